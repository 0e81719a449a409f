"""What units must do by period and make public: ``table`` (the rows), ``due`` (of a month), ``checklists`` (answered by a host).

``values`` (a duty as it stands, what was done) and ``periods`` (months, quarters, years in words).
"""

from onestop_core._public import publish
from onestop_core.organisation.duties.checklists import (
    ChecklistItem,
    ChecklistStatus,
    equipment_checklist,
    publication_checklist,
)
from onestop_core.organisation.duties.due import duties_due
from onestop_core.organisation.duties.table import (
    DutyPeriod,
    PublicationPlace,
    PublicationRow,
    UnitDuty,
    UnitDutyTable,
    load_unit_duties,
    unit_duties,
)
from onestop_core.organisation.duties.values import DutyDone, UnitDutyDue, UnitDutyStatus

__all__ = [
    "ChecklistItem",
    "ChecklistStatus",
    "DutyDone",
    "DutyPeriod",
    "PublicationPlace",
    "PublicationRow",
    "UnitDuty",
    "UnitDutyDue",
    "UnitDutyStatus",
    "UnitDutyTable",
    "duties_due",
    "equipment_checklist",
    "load_unit_duties",
    "publication_checklist",
    "unit_duties",
]

publish(globals())
