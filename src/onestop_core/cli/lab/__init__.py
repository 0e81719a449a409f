"""``onestop lab``.

* ``command``: its parts. ``laws``: a law by options. ``words``: moments and roles as people write them.
* ``asking``: replay, audit, forecast, burden, generate. ``findings``: what an audit hands on. ``proving``: proofs.
* ``folding``: large files.
"""
