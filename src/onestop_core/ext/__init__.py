"""What needs an optional package. The core never imports this; each module says which extra it wants.

* :mod:`onestop_core.ext.arrays` – working days of whole NumPy columns (extra ``arrays``).
* :mod:`onestop_core.ext.frames` – counting the dossiers of a data frame (extra ``frames``).
"""
