"""Who answers: ``interfaces`` (a Python object), ``programs`` (one that speaks JSON Lines), ``this_library``.

``conversation`` is what ``programs`` has with them, ``processes`` how they are started and ended, ``progress`` how far it is.
``law_times`` reads the tables of feedback, complaints and data requests for ``this_library``.
"""
