"""The rules of organisation as data: ``tables`` (what a row says), ``editions`` (which table is in force on a day)."""

from onestop_core._public import publish
from onestop_core.organisation.law.editions import load_rules, rules, rules_editions
from onestop_core.organisation.law.tables import (
    Competence,
    Condition,
    ConductRow,
    Exclusion,
    ExperienceRule,
    Group,
    KindOfUnit,
    LeadershipRule,
    Needed,
    NotAtDesk,
    OrganisationRules,
    PostingException,
    PostingRules,
    ReceivingRule,
    Remark,
    RequiredThing,
    Sense,
    Task,
    TermRule,
    TerritoryKind,
    Within,
)

__all__ = [
    "Competence",
    "Condition",
    "ConductRow",
    "Exclusion",
    "ExperienceRule",
    "Group",
    "KindOfUnit",
    "LeadershipRule",
    "Needed",
    "NotAtDesk",
    "OrganisationRules",
    "PostingException",
    "PostingRules",
    "ReceivingRule",
    "Remark",
    "RequiredThing",
    "Sense",
    "Task",
    "TermRule",
    "TerritoryKind",
    "Within",
    "load_rules",
    "rules",
    "rules_editions",
]

publish(globals())
