"""What needs an optional package. The core never imports this; each module says which extra it wants.

* :mod:`onestop_core.ext.arrays` – working days and due moments of whole NumPy columns (extra ``arrays``).
* :mod:`onestop_core.ext.frames` – counting and dating the dossiers of a data frame (extra ``frames``).
* :mod:`onestop_core.ext.mcp` – answers for an assistant, by the Model Context Protocol (extra ``mcp``).
* :mod:`onestop_core.ext.office` – catalogues as workbooks, and back, annexes as Word, sheets of an office (extra ``office``).
* :mod:`onestop_core.ext.pytest_plugin` – the conformance cases as tests (extra ``pytest``).
* :mod:`onestop_core.ext.speed` – the catalogue's schema judged by jsonschema-rs (extra ``speed``).
"""
