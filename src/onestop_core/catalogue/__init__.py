"""Catalogues of administrative procedures: read, check, compare.

``values`` holds the frozen classes, the Python reading of ``schemas/catalogue.schema.json``; ``documents``
loads and dumps them; ``checks`` finds every problem of a document by the ``rules``; ``changes`` compares
two catalogues; ``flat`` turns them into tables for spreadsheets and back, ``cpsv_ap`` into
linked data. The facts of the shipped catalogue are data, in ``data/vn/catalogue``.
"""

from onestop_core.catalogue.changes import Change, ChangeKind, Effect, diff
from onestop_core.catalogue.checks import check, check_file
from onestop_core.catalogue.cpsv_ap import cpsv_ap
from onestop_core.catalogue.documents import SCHEMA_VERSIONS, dump, load, shipped
from onestop_core.catalogue.flat import from_tables, not_in_tables, to_tables
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
    "Case",
    "Catalogue",
    "Change",
    "ChangeKind",
    "Channel",
    "ChannelKind",
    "Effect",
    "Fee",
    "FeeKind",
    "Field",
    "Form",
    "Level",
    "Limit",
    "Paper",
    "Place",
    "Procedure",
    "Result",
    "Role",
    "Rule",
    "Scope",
    "Statement",
    "Step",
    "Subject",
    "Suppression",
    "check",
    "check_file",
    "cpsv_ap",
    "diff",
    "dump",
    "from_tables",
    "load",
    "not_in_tables",
    "shipped",
    "to_tables",
]
