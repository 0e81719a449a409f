"""How many counters: ``erlang_c`` (waiting in a queue, with exact bounds), ``staffing`` (territorial or pooled)."""
