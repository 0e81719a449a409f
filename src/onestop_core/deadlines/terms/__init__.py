"""What limits are counted by: ``law`` (the rules as data), ``policies`` (what law leaves open), ``values`` (steps, measures, status)."""
