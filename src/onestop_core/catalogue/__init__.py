"""Catalogues of administrative procedures: read, check, compare.

Here stands what most people need. The rooms, each with everything of its subject:

* ``values``: what a catalogue is made of, one class to one object of ``schemas/catalogue.schema.json``;
* ``checking``: what is wrong with a catalogue, and by which rules;
* ``overlay``: what a local authority publishes over a national catalogue;
* ``quotes``: which case an applicant is, and what it takes: papers, fees, time limits;
* ``changes``: what two catalogues differ in, and what it comes to;
* ``published``: pages of the national portal and wordings of fees, read: what they say, and what was not understood;
* ``tables``: a catalogue as tables for spreadsheets, and back;
* ``annex``: the annex of the publishing decision, to print.

``documents`` loads and dumps; ``seven_clarities`` scores steps; ``linked_data`` writes CPSV-AP. The facts of the shipped catalogue are data, in ``data/vn/catalogue``, and so are the rules, in
``data/vn/check-rules``.

``structure`` turns documents into values and back.
"""

from onestop_core._public import publish
from onestop_core.catalogue import annex, changes, checking, overlay, published, quotes, tables, values
from onestop_core.catalogue.changes import Change, ChangeEffect, ChangeKind, diff, totals
from onestop_core.catalogue.checking import RULES, check, check_file
from onestop_core.catalogue.documents import dump, load, shipped
from onestop_core.catalogue.linked_data import cpsv_ap
from onestop_core.catalogue.published import read_fee, read_portal
from onestop_core.catalogue.quotes import Quote, bundle, quote
from onestop_core.catalogue.seven_clarities import Clarity, clarities
from onestop_core.catalogue.tables import from_tables, to_tables
from onestop_core.catalogue.values import Catalogue, ChannelKind, Fee, Limit, OfferedChannel, Paper, Procedure

__all__ = [
    "RULES",
    "Catalogue",
    "Change",
    "ChangeEffect",
    "ChangeKind",
    "ChannelKind",
    "Clarity",
    "Fee",
    "Limit",
    "OfferedChannel",
    "Paper",
    "Procedure",
    "Quote",
    "annex",
    "bundle",
    "changes",
    "check",
    "check_file",
    "checking",
    "clarities",
    "cpsv_ap",
    "diff",
    "dump",
    "from_tables",
    "load",
    "overlay",
    "published",
    "quote",
    "quotes",
    "read_fee",
    "read_portal",
    "shipped",
    "tables",
    "to_tables",
    "totals",
    "values",
]

publish(globals())
