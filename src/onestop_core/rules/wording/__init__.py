"""Published wordings, read: ``limits`` (time limits; ``numerals``), ``values`` (what was read, and what was not)."""
