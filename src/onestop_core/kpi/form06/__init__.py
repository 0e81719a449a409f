"""Report form 06 (Circular 01/2020/TT-VPCP): what came in, was resolved and is left, in thirteen columns.

* :func:`fill` makes a :class:`Form06` from the facts of dossiers; :class:`EarlyPolicy` and :class:`MissingPolicy` name what
  the form leaves open (``filling``).
* :func:`check` says what does not add up (``checking``).
* :func:`load` reads a form that was filled in; its values are :class:`FormRow`, :class:`Included`, :class:`LeftOut` (``values``).
* :func:`definition` is the form as data: columns, sums, rates, rules of counting (``definition``).
"""

from onestop_core._public import publish
from onestop_core.kpi.form06.checking import check
from onestop_core.kpi.form06.definition import (
    DEFAULT_FORM,
    Carried,
    Column,
    ColumnSum,
    CountingNote,
    Definition,
    Rate,
    definition,
)
from onestop_core.kpi.form06.filling import EarlyPolicy, MissingPolicy, fill
from onestop_core.kpi.form06.values import Form06, FormRow, Included, LeftOut, load

__all__ = [
    "DEFAULT_FORM",
    "Carried",
    "Column",
    "ColumnSum",
    "CountingNote",
    "Definition",
    "EarlyPolicy",
    "Form06",
    "FormRow",
    "Included",
    "LeftOut",
    "MissingPolicy",
    "Rate",
    "check",
    "definition",
    "fill",
    "load",
]

publish(globals())
