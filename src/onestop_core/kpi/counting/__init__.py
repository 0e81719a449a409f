"""Which dossiers a number counts.

``terms`` and ``conditions`` are what a counting rule is made of; ``on_time`` says when a dossier ended and whether in
time; ``figures`` opens a number to what it counts; ``tallies`` counts.
"""
