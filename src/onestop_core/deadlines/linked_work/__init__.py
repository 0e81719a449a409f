"""Linked work in time: ``plan`` (when each step is due), ``control_slip`` (who used how much of it)."""
