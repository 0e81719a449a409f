"""Event logs as documents: ``files`` (read, written, replayed)."""
