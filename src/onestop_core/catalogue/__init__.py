"""Catalogues of administrative procedures: read, check, compare.

``values`` and ``bodies`` hold the frozen classes, the Python reading of ``schemas/catalogue.schema.json``;
``documents`` loads and dumps them; ``checks`` finds every problem of a document by the ``rules``; ``clarities``
scores its steps; ``changes`` compares two catalogues, and ``totals`` adds up what changed. ``overlays`` lays what a local authority
publishes over a national catalogue, its shape in ``overlay_values``, held to the ``overlay_rules`` by
``overlay_checks``. ``flat`` turns catalogues into tables for spreadsheets and back, ``cpsv_ap`` into
linked data. The facts of the shipped catalogue are data, in ``data/vn/catalogue``.
"""

from onestop_core._publish import publish
from onestop_core.catalogue.changes.diff import diff
from onestop_core.catalogue.changes.kinds import Change, ChangeKind, Effect
from onestop_core.catalogue.changes.totals import Sums, Totals, totals
from onestop_core.catalogue.checking.document import check, check_file
from onestop_core.catalogue.checking.rules import RULES, Rule
from onestop_core.catalogue.clarities import Clarity, ProcedureClarity, StepClarity, clarities
from onestop_core.catalogue.cpsv_ap import cpsv_ap
from onestop_core.catalogue.documents import SCHEMA_VERSIONS, dump, load, shipped
from onestop_core.catalogue.overlay.checks import check_overlay
from onestop_core.catalogue.overlay.documents import dump_overlay, load_overlay, overlay
from onestop_core.catalogue.overlay.rules import OVERLAY_RULES
from onestop_core.catalogue.overlay.values import LocalProcedure, LocalStep, Overlay
from onestop_core.catalogue.tables.tables import from_tables, not_in_tables, to_tables
from onestop_core.catalogue.values.parties import (
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
from onestop_core.catalogue.values.procedure import (
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
    "OVERLAY_RULES",
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
    "LocalProcedure",
    "LocalStep",
    "Mechanism",
    "Obligation",
    "Overlay",
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
    "Sums",
    "Suppression",
    "Totals",
    "check",
    "check_file",
    "check_overlay",
    "clarities",
    "cpsv_ap",
    "diff",
    "dump",
    "dump_overlay",
    "from_tables",
    "load",
    "load_overlay",
    "not_in_tables",
    "overlay",
    "shipped",
    "to_tables",
    "totals",
]

publish(globals())
