"""The rows of a table of organisation: kinds of units, what they may do and receive, who leads them, who works there."""

from __future__ import annotations

from datetime import date

import attrs

from onestop_core.model import Basis, FrozenMap
from onestop_core.text import Text
from onestop_core.text.codes import Code

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
]


class UnitGroup(Code):
    """What a kind of unit is for."""

    ONE_STOP = "one_stop"
    """A desk: it receives and hands over."""
    CONTRACTOR = "contractor"
    """A firm that does some of a desk's work under contract."""
    AUTHORITY = "authority"
    """A body that decides, posts staff, or answers for a system."""


class TerritoryKind(Code):
    """Whose units a document of organisation tells of."""

    PROVINCE = "province"
    CITY = "city"
    """A centrally run city."""
    MINISTRY = "ministry"


class Competence(Code):
    """Who is competent for a procedure: the lists of art. 14(1) and (2) of Decree 118/2025/NĐ-CP."""

    MINISTRY = "ministry"
    MINISTRY_ASSIGNED = "ministry_assigned"
    """Of a ministry, and assigned to localities."""
    PROVINCIAL = "provincial"
    DISTRICT = "district"
    """Until 30 June 2025."""
    COMMUNE = "commune"
    VERTICAL = "vertical"
    """Of an agency that is run from the centre, such as tax or police."""


class Within(Code):
    """How far a unit receives."""

    OWN = "own"
    """Procedures of the body that it belongs to."""
    AREA = "area"
    """Of its own commune or district."""
    PROVINCE = "province"
    NATION = "nation"


class ReceivingCondition(Code):
    """What must be so besides, before a unit receives."""

    LISTED = "listed"
    """The procedure is on a published list of those that are received nationwide."""
    POSTED = "posted"
    """The vertical agency posts staff at the unit."""


class Demand(Code):
    """Whether a thing is demanded or only allowed."""

    MUST = "must"
    MAY = "may"


class Sense(Code):
    """What a rule of conduct does."""

    FORBIDDEN = "forbidden"
    RIGHT = "right"
    DUTY = "duty"


@attrs.frozen(kw_only=True)
class UnitTask:
    """Something that units do."""

    code: str
    name: Text
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class KindOfUnit:
    """One kind of unit, desk or body."""

    code: str
    name: Text
    group: UnitGroup
    level: str | None = None
    """``central``, ``provincial``, ``district`` or ``commune``, where the kind has one level."""
    seal: bool = False
    """Whether it has a seal and an account of its own."""
    parents: tuple[str, ...] = ()
    """Kinds of the unit that it belongs to; none: not said."""
    only_in: tuple[str, ...] = ()
    """``city`` and ``pilot``, where it is not for all territories."""
    tasks: tuple[str, ...] = ()
    """What it may do, by codes of tasks; none: no list is kept of what bodies do."""
    tasks_basis: tuple[Basis, ...] = ()
    basis: tuple[Basis, ...]
    notes: tuple[Text, ...] = ()


@attrs.frozen(kw_only=True)
class Exclusion:
    """Two kinds of which a province has one or the other."""

    kinds: tuple[str, ...]
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class Remark:
    """What must be known of a rule before a day."""

    before: date
    text: Text
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class ReceivingRule:
    """Which units may receive whose procedures, and how far."""

    code: str
    kinds: tuple[str, ...]
    competences: tuple[Competence, ...]
    within: Within
    conditions: tuple[ReceivingCondition, ...] = ()
    remark: Remark | None = None
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class NotAtDesk:
    """A way of reception that is not at the desk; such dossiers are still tracked."""

    code: str
    name: Text
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class LeadershipRule:
    """Who leads units of a kind."""

    kind: str
    director: str
    """Code of the rank."""
    deputies_most: int | None = None
    """None: the text names no number."""
    deputy: str | None = None
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class ExperienceRule:
    """How many years in the sector who works at a desk must have, but for the staff of firms."""

    kinds: tuple[str, ...]
    years: int
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class TermRule:
    """How long a posting lasts, each time."""

    least_months: int
    most_months: int
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class PostingException:
    """A reason for which a posting may last shorter or longer."""

    code: str
    name: Text
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class PostingRules:
    """Who may be posted at a desk, and for how long."""

    experience: tuple[ExperienceRule, ...]
    term: TermRule
    exceptions: tuple[PostingException, ...]
    stand_in_basis: tuple[Basis, ...] = ()
    """What asks for a stand-in plan in each field; none: nothing does."""


@attrs.frozen(kw_only=True)
class RequiredThing:
    """A thing that desks must or may have."""

    code: str
    name: Text
    needed: Demand
    kinds: tuple[str, ...]
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class ConductRow:
    """What staff, applicants, firms and authorities must, may and must not do."""

    code: str
    name: Text
    who: str
    """``staff``, ``applicant``, ``contractor`` or ``authority``."""
    sense: Sense
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class OrganisationRules:
    """One edition of the rules of organisation."""

    id: str
    revision: int = 1
    title: Text
    in_force_from: date | None = None
    in_force_to: date | None = None
    announced_on: date | None = None
    notes: tuple[Text, ...] = ()
    partial: bool = False
    """Whether only part of the rules is recorded: what no row says is then not known, instead of not allowed."""
    ranks: FrozenMap[str, Text]
    """Ranks of leaders, by their code."""
    tasks: tuple[UnitTask, ...]
    kinds: tuple[KindOfUnit, ...]
    exclusions: tuple[Exclusion, ...]
    receiving: tuple[ReceivingRule, ...]
    not_at_desk: tuple[NotAtDesk, ...]
    leadership: tuple[LeadershipRule, ...]
    posting: PostingRules
    equipment: tuple[RequiredThing, ...]
    conduct: tuple[ConductRow, ...]

    def kind(self, code: str) -> KindOfUnit | None:
        """Return the kind *code*; None if the edition has none of that name."""
        return next((each for each in self.kinds if each.code == code), None)

    def task(self, code: str) -> UnitTask | None:
        """Return the task *code*; None if the edition has none of that name."""
        return next((each for each in self.tasks if each.code == code), None)
