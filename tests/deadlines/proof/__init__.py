"""The proof of one time: random lawful logs through every part that tells the time, against a slow second reading.

``python -m tests.deadlines.proof 100000`` runs so many; ``tests/deadlines/test_proof.py`` a few with every run of the tests.

* ``settings``: calendars, office hours, limits and policies, each told twice: as the library has it, and slowly.
* ``logs``: random lawful logs, from a number that brings the same log again.
* ``second``: the log read day by day.
* ``checks``: what must agree, and the laws.
* ``running``: many cases, counted by kind; a failing one cut down to the shortest log that fails.
"""
