"""Commands about days: ``due``, ``verify``, ``calendar``."""
