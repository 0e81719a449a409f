"""The rules of organisation as data: ``tables`` (what a row says), ``editions`` (which table is in force on a day)."""

from onestop_core._public import publish
from onestop_core.organisation.law.editions import load_rules, rules, rules_editions
from onestop_core.organisation.law.tables import (
    Competence,
    ConductRow,
    Demand,
    Exclusion,
    ExperienceRule,
    KindOfUnit,
    LeadershipRule,
    NotAtDesk,
    OrganisationRules,
    PostingException,
    PostingRules,
    ReceivingCondition,
    ReceivingRule,
    Remark,
    RequiredThing,
    Sense,
    TermRule,
    TerritoryKind,
    UnitGroup,
    UnitTask,
    Within,
)

__all__ = [
    "Competence",
    "ConductRow",
    "Demand",
    "Exclusion",
    "ExperienceRule",
    "KindOfUnit",
    "LeadershipRule",
    "NotAtDesk",
    "OrganisationRules",
    "PostingException",
    "PostingRules",
    "ReceivingCondition",
    "ReceivingRule",
    "Remark",
    "RequiredThing",
    "Sense",
    "TermRule",
    "TerritoryKind",
    "UnitGroup",
    "UnitTask",
    "Within",
    "load_rules",
    "rules",
    "rules_editions",
]

publish(globals())
