"""What limits are counted by: ``law`` (the rules as data), ``values`` (policies, waits, steps)."""
