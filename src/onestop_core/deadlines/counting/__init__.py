"""The arithmetic of limits.

``steps`` counts a limit step by step, ``parts`` the part of a calendar day, ``days`` knows the days on which time may
end, ``waits`` when it stood still, ``promises`` what prolonged it and where a promised moment lies, ``limits`` what can
be counted, ``standing`` what is left.
"""
