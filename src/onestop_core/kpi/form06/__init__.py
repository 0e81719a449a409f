"""Report form 06 (Circular 01/2020/TT-VPCP): what came in, was resolved and is left, in thirteen columns.

``definition`` (the form as data), ``values`` (a form, filled in), ``building`` (from the facts of
dossiers), ``checking`` (what does not add up).
"""

from onestop_core._publish import publish
from onestop_core.kpi.form06.checking import check_form_06
from onestop_core.kpi.form06.definition import definition
from onestop_core.kpi.form06.filling import EarlyPolicy, MissingPolicy, form_06
from onestop_core.kpi.form06.values import Form06, Included, LeftOut, Row, load_form_06

__all__ = [
    "EarlyPolicy",
    "Form06",
    "Included",
    "LeftOut",
    "MissingPolicy",
    "Row",
    "check_form_06",
    "definition",
    "form_06",
    "load_form_06",
]

publish(globals())
