"""Catalogues of administrative procedures: read, check, compare.

``values`` and ``bodies`` hold the frozen classes, the Python reading of ``schemas/catalogue.schema.json``; ``documents``
loads and dumps them; ``checks`` finds every problem of a document by the ``rules``; ``clarities`` scores its steps; ``changes`` compares
two catalogues. The facts of the shipped catalogue are data, in ``data/vn/catalogue``.
"""

from onestop_core.catalogue.bodies import (
    Body,
    Contact,
    Decision,
    Electronic,
    Event,
    Linked,
    LinkedProcedure,
    Mechanism,
    Obligation,
    Status,
)
from onestop_core.catalogue.changes import Change, ChangeKind, Effect, diff
from onestop_core.catalogue.checks import check, check_file
from onestop_core.catalogue.clarities import Clarity, ProcedureClarity, StepClarity, clarities
from onestop_core.catalogue.documents import SCHEMA_VERSIONS, dump, load, shipped
from onestop_core.catalogue.rules import RULES, Rule
from onestop_core.catalogue.values import (
    Alternative,
    Authority,
    Case,
    Catalogue,
    Channel,
    ChannelKind,
    Fee,
    FeeKind,
    Field,
    Form,
    Level,
    Limit,
    Paper,
    Place,
    Procedure,
    Result,
    Role,
    Scope,
    Statement,
    Step,
    Subject,
    Suppression,
)

__all__ = [
    "RULES",
    "SCHEMA_VERSIONS",
    "Alternative",
    "Authority",
    "Body",
    "Case",
    "Catalogue",
    "Change",
    "ChangeKind",
    "Channel",
    "ChannelKind",
    "Clarity",
    "Contact",
    "Decision",
    "Effect",
    "Electronic",
    "Event",
    "Fee",
    "FeeKind",
    "Field",
    "Form",
    "Level",
    "Limit",
    "Linked",
    "LinkedProcedure",
    "Mechanism",
    "Obligation",
    "Paper",
    "Place",
    "Procedure",
    "ProcedureClarity",
    "Result",
    "Role",
    "Rule",
    "Scope",
    "Statement",
    "Status",
    "Step",
    "StepClarity",
    "Subject",
    "Suppression",
    "check",
    "check_file",
    "clarities",
    "diff",
    "dump",
    "load",
    "shipped",
]
