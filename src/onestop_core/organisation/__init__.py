"""Who does the work of a one-stop shop: units, what they may receive, their duties, and who follows whom.

* ``units``: a province's or ministry's units as they are; ``checking``: whether they keep the rules
* ``receiving``: whether a unit may take in a dossier
* ``duties``: what is due in a month, what must be public, what a desk must have
* ``succession``: codes of merged and divided units
* ``law``: the rules as data, edition by edition; ``words``: citations and months, shared by these
"""

from onestop_core._public import publish
from onestop_core.organisation import duties, law
from onestop_core.organisation.checking import check_units
from onestop_core.organisation.duties import (
    duties_due,
    equipment_checklist,
    publication_checklist,
)
from onestop_core.organisation.law import rules
from onestop_core.organisation.receiving import ProcedureScope, Receiving, Verdict, may_receive
from onestop_core.organisation.succession import (
    CodeReading,
    Succession,
    UnitChange,
    load_succession,
    predecessors,
    read_code,
    succession,
    successors,
)
from onestop_core.organisation.units import (
    DeskField,
    Leadership,
    Organisation,
    Origin,
    Posting,
    Territory,
    Unit,
    load_organisation,
)

__all__ = [
    "CodeReading",
    "DeskField",
    "Leadership",
    "Organisation",
    "Origin",
    "Posting",
    "ProcedureScope",
    "Receiving",
    "Succession",
    "Territory",
    "Unit",
    "UnitChange",
    "Verdict",
    "check_units",
    "duties",
    "duties_due",
    "equipment_checklist",
    "law",
    "load_organisation",
    "load_succession",
    "may_receive",
    "predecessors",
    "publication_checklist",
    "read_code",
    "rules",
    "succession",
    "successors",
]

publish(globals())
