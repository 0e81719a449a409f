"""Logs as columns: ``layout`` (one row an event), ``arrays``, ``shapes`` and ``facts`` (folding), ``keys``, ``courses`` and ``judged``."""
