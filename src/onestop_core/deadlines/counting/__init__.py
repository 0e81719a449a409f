"""The arithmetic of limits.

``limit_steps`` counts a limit step by step, ``part_of_day`` the part of a calendar day, ``days`` knows the days on which
time may end, ``waits`` when it stood still, ``promises`` what prolonged it and where a promised moment lies, ``countable``
what can be counted, ``time_left`` what is left. From which day on, the 15:00 rule says: ``deadlines.late_receipt``.
"""
