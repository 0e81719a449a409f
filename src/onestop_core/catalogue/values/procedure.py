"""The Python reading of ``schemas/catalogue.schema.json``: frozen values, one class to one object of the schema.

A field here is a property there, with the same name; a field without a default is a required property.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal, TypeVar, cast, overload

import attrs

from onestop_core.catalogue.values.fields import at_least_one, plain_word, quantity, typed
from onestop_core.catalogue.values.parties import (
    Body,
    Contact,
    Decision,
    Electronic,
    Linked,
    Mechanism,
    Obligation,
    Occasion,
    ProcedureStatus,
)
from onestop_core.errors import UnknownCodeError
from onestop_core.model import Basis, FrozenMap
from onestop_core.model.time_limits import TimeLimit
from onestop_core.text import Text, plain_letters
from onestop_core.text.codes import Code

__all__ = [
    "Alternative",
    "ApplicantKind",
    "ApplicationForm",
    "Authority",
    "AuthorityLevel",
    "Catalogue",
    "ChannelKind",
    "Fee",
    "FeeKind",
    "Field",
    "Limit",
    "OfferedChannel",
    "Paper",
    "Procedure",
    "ProcedureCase",
    "ProcedureResult",
    "ProcedureStep",
    "ReceivingPlace",
    "Scope",
    "Statement",
    "StepRole",
    "Suppression",
]


D = TypeVar("D")


class AuthorityLevel(Code):
    """Level of the authority that decides."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    COMMUNE = "commune"

    @property
    def label(self) -> Text:
        """The level in words.

        >>> AuthorityLevel.CENTRAL.label.vi
        'cấp bộ'
        """
        return _LEVELS[self]


class Scope(Code):
    """Whose dossiers a receiving place takes."""

    OWN_TERRITORY = "own_territory"
    WHOLE_PROVINCE = "whole_province"
    """Regardless of boundaries inside the province (không phụ thuộc địa giới hành chính)."""
    NATIONWIDE = "nationwide"

    @property
    def label(self) -> Text:
        """Whose dossiers, in words."""
        return _SCOPES[self]


class ApplicantKind(Code):
    """Who may apply."""

    CITIZEN = "citizen"
    BUSINESS = "business"
    AGENCY = "agency"

    @property
    def label(self) -> Text:
        """Who, in words."""
        return _APPLICANTS[self]


class ChannelKind(Code):
    """Way to submit."""

    IN_PERSON = "in_person"
    POST = "post"
    ONLINE_PARTIAL = "online_partial"
    """Part of the procedure is online (một phần)."""
    ONLINE_FULL = "online_full"
    """All of it is (toàn trình)."""

    @property
    def label(self) -> Text:
        """The way to submit, in words.

        >>> ChannelKind.ONLINE_PARTIAL.label.vi
        'trực tuyến một phần'
        """
        return _CHANNELS[self]


class FeeKind(Code):
    """What the law calls the money."""

    FEE = "fee"
    """Phí: pays for a service."""
    CHARGE = "charge"
    """Lệ phí: a fixed sum for an act of administration."""


class StepRole(Code):
    """Who acts in a step."""

    APPLICANT = "applicant"
    RECEIVING_OFFICER = "receiving_officer"
    SPECIALIST = "specialist"
    UNIT_LEADER = "unit_leader"
    AUTHORITY_LEADER = "authority_leader"
    CLERK = "clerk"
    RETURNING_OFFICER = "returning_officer"


_LEVELS: Final = {
    AuthorityLevel.CENTRAL: Text(vi="cấp bộ", en="central"),
    AuthorityLevel.PROVINCIAL: Text(vi="cấp tỉnh", en="provincial"),
    AuthorityLevel.COMMUNE: Text(vi="cấp xã", en="commune"),
}
_SCOPES: Final = {
    Scope.OWN_TERRITORY: Text(vi="trong địa bàn", en="its own territory"),
    Scope.WHOLE_PROVINCE: Text(vi="toàn tỉnh, không phụ thuộc địa giới hành chính", en="the whole province"),
    Scope.NATIONWIDE: Text(vi="toàn quốc, không phụ thuộc địa giới hành chính", en="the whole country"),
}
_APPLICANTS: Final = {
    ApplicantKind.CITIZEN: Text(vi="cá nhân", en="citizen"),
    ApplicantKind.BUSINESS: Text(vi="doanh nghiệp", en="business"),
    ApplicantKind.AGENCY: Text(vi="cơ quan, tổ chức", en="agency or organisation"),
}
_CHANNELS: Final = {
    ChannelKind.IN_PERSON: Text(vi="trực tiếp", en="in person"),
    ChannelKind.POST: Text(vi="dịch vụ bưu chính công ích", en="post"),
    ChannelKind.ONLINE_PARTIAL: Text(vi="trực tuyến một phần", en="partly online"),
    ChannelKind.ONLINE_FULL: Text(vi="trực tuyến toàn trình", en="fully online"),
}


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
    scope: Scope
    address: Text | None = None
    hours: Text | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class ProcedureCase:
    """A case of a procedure (trường hợp), to which limits, fees, papers and steps refer by its id."""

    id: str
    name: Text


@attrs.frozen(kw_only=True, field_transformer=typed)
class Statement:
    """A condition or an exemption, and what it rests on."""

    text: Text
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Fee:
    """What is paid (phí, lệ phí)."""

    amount: Decimal
    """In VND, exact; 0 is free."""
    kind: FeeKind | None = None
    unit: Text | None = None
    """What the amount is for, such as one page; None: the dossier."""
    case: str | None = None
    exemptions: tuple[Statement, ...] = ()
    note: Text | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Limit:
    """A time limit (thời hạn giải quyết) and the fees that go with it."""

    time: str | None = None
    """As written, such as ``5 working days``; None when it is not known."""
    case: str | None = None
    fees: tuple[Fee, ...] = ()
    note: Text | None = None
    basis: tuple[str, ...] = ()

    @property
    def time_limit(self) -> TimeLimit | None:
        """The time limit as a value to compute with.

        >>> from onestop_core.model.time_limits import TimeLimit
        >>> Limit(time="05 ngày làm việc").time_limit == TimeLimit.parse("5 working days")
        True

        Raises:
            InvalidValueError: the words cannot be read; never for a limit of a loaded catalogue.
        """
        return None if self.time is None else TimeLimit.parse(self.time)


@attrs.frozen(kw_only=True, field_transformer=typed)
class OfferedChannel:
    """A way to submit (cách thức thực hiện) with its time limits and their fees."""

    kind: ChannelKind
    cases: tuple[str, ...] = ()
    """Cases that it serves; none: all."""
    url: str | None = None
    limits: tuple[Limit, ...] = attrs.field(validator=at_least_one)
    note: Text | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Alternative:
    """A paper that is accepted in place of another."""

    name: Text
    form: str | None = None
    originals: int = attrs.field(default=0, validator=quantity)
    copies: int = attrs.field(default=0, validator=quantity)


@attrs.frozen(kw_only=True, field_transformer=typed)
class Paper:
    """A paper of the dossier (thành phần hồ sơ)."""

    name: Text
    form: str | None = None
    """Code of the form to fill in, one of the procedure's forms."""
    code: str | None = None
    """Code of the paper in the national database."""
    originals: int = attrs.field(validator=quantity)
    copies: int = attrs.field(validator=quantity)
    electronic: Electronic | None = None
    cases: tuple[str, ...] = ()
    """Cases in which it is asked for; none: all."""
    alternatives: tuple[Alternative, ...] = ()
    replaced_by_data: Text | None = None
    """The database whose data make the paper unnecessary."""
    note: Text | None = None
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
class ProcedureResult:
    """What the applicant gets (kết quả thực hiện)."""

    name: Text
    code: str | None = None
    validity: Text | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class ApplicationForm:
    """A form to fill in or a slip that is issued."""

    code: str
    name: Text
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
    authority: Authority
    mechanism: Mechanism | None = None
    implementing: tuple[Body, ...] = ()
    """Bodies that handle it (cơ quan thực hiện)."""
    coordinating: tuple[Body, ...] = ()
    """Bodies that take part (cơ quan phối hợp)."""
    receiving: tuple[ReceivingPlace, ...] = ()
    subjects: tuple[ApplicantKind, ...] = attrs.field(validator=at_least_one)
    life_events: tuple[Occasion, ...] = ()
    business_events: tuple[Occasion, ...] = ()
    cases: tuple[ProcedureCase, ...] = ()
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


@attrs.frozen(kw_only=True, field_transformer=typed)
class Suppression:
    """A finding that the catalogue accepts, and why; counted by ``check`` instead of reported.

    >>> Suppression(rule="catalogue/part-missing", path="$.procedures[0]", reason="no steps published").reason
    'no steps published'
    """

    rule: str
    path: str
    """JSON path of the place; what lies below it is covered too."""
    reason: str


@attrs.frozen(kw_only=True, field_transformer=typed)
class Catalogue(Mapping[str, Procedure]):
    """A catalogue: a mapping from procedure codes to procedures, with the bases that they cite.

    >>> from onestop_core import catalogue
    >>> shipped = catalogue.shipped()
    >>> shipped["1.004873"].level
    <AuthorityLevel.COMMUNE: 'commune'>
    >>> "1.000000" in shipped
    False
    >>> shipped["1.004783"]
    Traceback (most recent call last):
    onestop_core.errors.UnknownCodeError: no procedure '1.004783'; did you mean ...1.004873...?
    """

    schema_version: Literal["1.0"]
    title: Text
    bases: Mapping[str, Basis] = attrs.field(repr=False)
    procedures: tuple[Procedure, ...] = attrs.field(validator=at_least_one, repr=False)
    suppressions: tuple[Suppression, ...] = ()
    _by_code: Mapping[str, Procedure] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(lambda self: _by_code(self.procedures), takes_self=True)
    )

    def __getitem__(self, code: str) -> Procedure:
        found = self.get(code)
        if found is None:
            raise self._unknown(code)
        return found

    def __contains__(self, code: object) -> bool:
        return self.get(cast("str", code)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    @overload
    def get(self, code: str, /) -> Procedure | None: ...
    @overload
    def get(self, code: str, default: Procedure | D, /) -> Procedure | D: ...
    def get(self, code: str, default: object = None, /) -> object:
        """Return the procedure of *code*, or *default*; what may have been meant is not looked for."""
        plain = plain_word(code)
        return default if plain is None else self._by_code.get(plain, cast("Any", default))

    def _unknown(self, code: object) -> UnknownCodeError:
        """Return the error for a *code* that is none: the nearest codes, or those of the procedures named like that."""
        kind = Text(vi="thủ tục", en="procedure")
        error = UnknownCodeError.among(kind, code, self._by_code)
        words = plain_word(code)
        if error.suggestions or words is None:
            return error
        return attrs.evolve(error, suggestions=_named_like(words, self.procedures))


def _by_code(procedures: tuple[Procedure, ...]) -> FrozenMap[str, Procedure]:
    return FrozenMap({procedure.code: procedure for procedure in procedures})


_LONGEST_NAME: Final = 200
"""Most characters of what was typed that are looked for."""


def _named_like(words: str, procedures: tuple[Procedure, ...]) -> tuple[str, ...]:
    """Return the codes of the procedures whose names hold *words*, typed with or without their marks; shortest first.

    >>> from onestop_core import catalogue
    >>> _named_like("dang ky thuong tru", catalogue.shipped().procedures)[0]
    '1.004222'
    """
    wanted = " ".join(plain_letters(words[:_LONGEST_NAME]).split())
    if not wanted:
        return ()
    names = (
        (len(name), procedure.code)
        for procedure in procedures
        for name in (procedure.name.vi, procedure.name.en)
        if wanted in plain_letters(name)
    )
    return tuple(dict.fromkeys(code for _, code in sorted(names)))[:3]
