"""The index of service to people and businesses: Decision 766/QĐ-TTg and the portal's own formulas.

``definitions`` (what an index is made of), ``editions`` (those that ship), ``scoring`` (from counts to points),
``scorecard`` (the result), ``documents`` (counts that come in a file).
"""
