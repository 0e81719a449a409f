"""A procedure as it is published, with its steps and places; frozen values, one class to one object of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from onestop_core.catalogue.values.cases import DecisionRule, ProcedureCase, Question, Statement
from onestop_core.catalogue.values.codes import (
    ApplicantKind,
    AuthorityLevel,
    NonTerritorial,
    ProcedureKind,
    ReceptionWay,
    Scope,
    StepRole,
)
from onestop_core.catalogue.values.fields import at_least_one, plain_word, quantity, typed
from onestop_core.catalogue.values.offers import OfferedChannel
from onestop_core.catalogue.values.papers import ApplicationForm, Paper, ProcedureResult
from onestop_core.catalogue.values.parties import (
    Body,
    Contact,
    Decision,
    Linked,
    Mechanism,
    Obligation,
    Occasion,
    ProcedureStatus,
)
from onestop_core.errors import UnknownCodeError
from onestop_core.model import FrozenMap
from onestop_core.text import Text

__all__ = ["Authority", "Field", "Procedure", "ProcedureStep", "ReceivingPlace"]


@attrs.frozen(kw_only=True, field_transformer=typed)
class Field:
    """Field of administration (lĩnh vực)."""

    name: Text
    code: str | None = None


@attrs.frozen(kw_only=True, field_transformer=typed)
class Authority:
    """The body that has the power to decide (cơ quan có thẩm quyền)."""

    name: Text
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class ReceivingPlace:
    """Where a dossier can be handed in; receiving gives no power to decide."""

    name: Text
    code: str | None = None
    """Its agency code."""
    scope: Scope | None = None
    address: Text | None = None
    hours: Text | None = None
    opening_hours: str | None = None
    """When it takes dossiers, as schema.org writes it: ``Mo-Fr 07:30-11:30,13:30-17:00``."""
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class ProcedureStep:
    """A step of the procedure; steps of which neither comes after the other run in parallel."""

    id: str
    after: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    """Cases in which it is taken; none: all."""
    objective: Text | None = None
    role: StepRole | None = None
    body: Text | None = None
    responsible: Text | None = None
    """Who answers for it: a position."""
    what: Text
    budget: str | None = None
    """Time for this step, as written; never extends the legal limit."""
    product: Text | None = None
    result: Text | None = None
    """What is reached by it."""
    hand_over: Text | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Procedure:
    """An administrative procedure (thủ tục hành chính) as published."""

    code: str
    name: Text
    other_names: Mapping[str, str] = attrs.field(factory=FrozenMap[str, str])
    """By BCP 47 language tag, besides Vietnamese and English."""
    objective: Text | None = None
    status: ProcedureStatus | None = None
    decision: Decision | None = None
    field: Field
    level: AuthorityLevel
    other_levels: tuple[AuthorityLevel, ...] = ()
    kind: ProcedureKind | None = None
    authority: Authority | None = None
    """None where none is published."""
    other_authorities: tuple[Authority, ...] = ()
    authorised: tuple[Body, ...] = ()
    """Bodies authorised to decide (cơ quan được ủy quyền)."""
    mechanism: Mechanism | None = None
    implementing: tuple[Body, ...] = ()
    """Bodies that handle it (cơ quan thực hiện)."""
    coordinating: tuple[Body, ...] = ()
    """Bodies that take part (cơ quan phối hợp)."""
    receiving: tuple[ReceivingPlace, ...] = ()
    subjects: tuple[ApplicantKind, ...] = attrs.field(validator=at_least_one)
    life_events: tuple[Occasion, ...] = ()
    business_events: tuple[Occasion, ...] = ()
    non_territorial: NonTerritorial | None = None
    reception: ReceptionWay | None = None
    sets: int | None = attrs.field(default=None, validator=attrs.validators.optional(quantity))
    """Number of sets of the dossier (số bộ hồ sơ)."""
    related: tuple[str, ...] = ()
    """Codes of procedures that belong with it."""
    cases: tuple[ProcedureCase, ...] = ()
    questions: tuple[Question, ...] = ()
    decisions: tuple[DecisionRule, ...] = ()
    channels: tuple[OfferedChannel, ...] = attrs.field(validator=at_least_one)
    papers: tuple[Paper, ...]
    steps: tuple[ProcedureStep, ...] = ()
    linked: Linked | None = None
    """The procedures that it joins on one dossier."""
    obligations: tuple[Obligation, ...] = ()
    results: tuple[ProcedureResult, ...] = ()
    conditions: tuple[Statement, ...] = ()
    forms: tuple[ApplicationForm, ...] = ()
    legal_bases: tuple[str, ...] = ()
    """Names of the instruments, to be looked up in the ``bases`` of the catalogue."""
    languages: tuple[str, ...] = ()
    """In which it is offered, BCP 47."""
    contacts: tuple[Contact, ...] = ()
    notes: tuple[Text, ...] = ()
    in_force_from: date | None = None
    in_force_to: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether it is in force on *day*."""
        first, last = self.in_force_from, self.in_force_to
        return (first is None or first <= day) and (last is None or day <= last)

    def papers_for(self, case: str | None = None) -> tuple[Paper, ...]:
        """Return the papers asked for in *case*; with None, those asked for in every case.

        >>> from onestop_core import catalogue
        >>> passport = catalogue.shipped()["1.001456"]
        >>> [paper.form for paper in passport.papers_for("under-14") if paper.form]
        ['TK01a']

        Raises:
            UnknownCodeError: the procedure has no such case.
        """
        if case is not None and plain_word(case) not in (known := [each.id for each in self.cases]):
            raise UnknownCodeError.among(Text(vi="trường hợp", en="case"), case, known)
        return tuple(paper for paper in self.papers if not paper.cases or case in paper.cases)
