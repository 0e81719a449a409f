"""What a local authority publishes over a national catalogue.

``values`` (an overlay), ``documents`` (reading and writing), ``merging`` (laying it over), ``rules`` and ``checks``
(what it may change), ``only_national_law`` (fees and times that may fall and not rise).
"""
