"""Facts of dossiers from files: CSV, JSON, JSON Lines (``files``) and Parquet (``parquet``, an extra)."""
