"""The one reader: ``documents`` and ``json_text`` (JSON), ``csv_files``, ``positions`` (where in a text a place stands).

``resources`` is what ships, ``plain`` what a value from outside may hold, ``size_limits`` how much of it.
"""
