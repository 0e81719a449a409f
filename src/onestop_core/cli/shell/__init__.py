"""What every command shares: ``common``, ``files``, ``parsing``, ``streams``."""
