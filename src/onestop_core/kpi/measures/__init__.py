"""Measures beside the index.

``definitions`` (shares and parameters as data), ``shares``, ``satisfaction``, ``compliance_cost``, ``slow_spots``
(which step, in which unit, consumes the time), ``three_three`` (three reductions, three increases).
"""
