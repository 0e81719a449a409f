"""A law as a value: calendar, lifecycle, limits, what is left open, and index, any of which can be exchanged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack, cast

import attrs

from onestop_core import dossier, kpi, workdays
from onestop_core.catalogue import Catalogue
from onestop_core.deadlines import WorkingHours
from onestop_core.deadlines.terms import Policies, WorkingCalendar
from onestop_core.dossier import Event, Lifecycle, Machine, Policy
from onestop_core.errors import InvalidValueError
from onestop_core.kpi import Index
from onestop_core.model import FrozenMap, LimitStep, TimeLimit
from onestop_core.model.series import each_of, instance, mapping_of
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from onestop_core.text.numbers import Exact

__all__ = ["Law", "LawPart", "Limits", "law"]

_STANDARD: Final = Policies()
_NO_POLICY: Final = Policy()
_VN: Final = "vn"


class LawPart(Code):
    """What a law is made of, as far as dossiers feel it."""

    CALENDAR = "calendar"
    LIFECYCLE = "lifecycle"
    LIMITS = "limits"
    POLICIES = "policies"
    POLICY = "policy"
    HOURS = "hours"

    @property
    def text(self) -> Text:
        """The part in words."""
        return _PARTS[self]


_PARTS: Final = {
    LawPart.CALENDAR: Text(vi="lịch làm việc", en="calendar"),
    LawPart.LIFECYCLE: Text(vi="quy định về các bước giải quyết", en="rules of the steps"),
    LawPart.LIMITS: Text(vi="thời hạn giải quyết", en="time limits"),
    LawPart.POLICIES: Text(vi="cách hiểu chỗ luật để ngỏ", en="reading of what law leaves open"),
    LawPart.POLICY: Text(vi="quy định riêng về bổ sung, gia hạn", en="rules of supplements and extensions"),
    LawPart.HOURS: Text(vi="giờ làm việc", en="office hours"),
}


def _by_procedure(value: Mapping[str, TimeLimit]) -> FrozenMap[str, TimeLimit]:
    return mapping_of(value, TimeLimit, "by_procedure")


@attrs.frozen(kw_only=True)
class Limits:
    """How long the authority may take, by procedure."""

    by_procedure: FrozenMap[str, TimeLimit] = attrs.field(default=FrozenMap({}), converter=_by_procedure)
    otherwise: TimeLimit | None = None
    """For procedures that are not named; None: their time is not known, and they are not counted."""

    def of(self, procedure: str) -> TimeLimit | None:
        """Return the limit of the procedure of that code."""
        return self.by_procedure.get(procedure, self.otherwise)

    def cut(self, share: Exact, *, procedures: Iterable[str] | None = None) -> Limits:
        """Return the limits, each shorter by *share*, rounded up to whole days or hours: nobody loses more than was said.

        What is due at once or within the day stays; with *procedures*, so do the limits of all others.

        >>> from fractions import Fraction
        >>> limits = Limits(otherwise=TimeLimit.parse("10 working days"), by_procedure={"1": TimeLimit.parse("1 working day")})
        >>> less = limits.cut(Fraction(1, 3))
        >>> str(less.otherwise), str(less.of("1"))
        ('7 working days', '1 working day')
        >>> one = limits.cut(Fraction(1, 2), procedures=["2"])
        >>> str(one.otherwise), str(one.of("2"))
        ('10 working days', '5 working days')

        Raises:
            InvalidValueError: *share* is not an exact number from 0 to 1, or *procedures* are no codes.
        """
        given: object = share
        if isinstance(given, bool) or not isinstance(given, int | Fraction) or not 0 <= given <= 1:
            raise InvalidValueError.of(
                "share", share, vi="phần cắt giảm, Fraction từ 0 đến 1", en="the part to cut, a Fraction from 0 to 1"
            )
        rest = 1 - Fraction(given)
        if procedures is not None:
            named = {code: self.of(code) for code in each_of(procedures, str, "procedures")}
            shorter = {code: _cut(limit, rest) for code, limit in named.items() if limit is not None}
            return attrs.evolve(self, by_procedure={**self.by_procedure, **shorter})
        return Limits(
            by_procedure={code: _cut(limit, rest) for code, limit in self.by_procedure.items()},
            otherwise=None if self.otherwise is None else _cut(self.otherwise, rest),
        )


def _cut(limit: TimeLimit, rest: Fraction) -> TimeLimit:
    return TimeLimit(
        steps=[
            LimitStep(unit=step.unit, amount=max(ceil(step.amount * rest), min(1, ceil(step.amount))))
            for step in limit.steps
        ]
    )


class Parts(TypedDict, total=False):
    """The parts of a law, as :func:`law` takes them."""

    name: str
    calendar: WorkingCalendar | None
    lifecycle: str | Lifecycle | None
    limits: Limits | Catalogue | Mapping[str, TimeLimit | str] | TimeLimit | str | None
    policies: Policies
    policy: Policy
    hours: WorkingHours | None
    index: Index | str | None


@attrs.frozen(kw_only=True, repr=False)
class Law:
    """What dossiers are judged, counted and scored by; made by :func:`law`, exchanged in part by :meth:`but`."""

    name: str
    calendar: WorkingCalendar
    lifecycle: str | Lifecycle | None
    """None: the edition that is pinned on each dossier, the law of its day. A name without edition, such as ``vn``, is
    the one in force when a dossier was opened."""
    limits: Limits
    policies: Policies
    """What the law leaves open of counting."""
    policy: Policy
    """Rules of supplements, extensions and the like that take the place of each procedure's own where they say something."""
    hours: WorkingHours | None
    index: Index

    def __repr__(self) -> str:
        return f"<Law {self.name}>"

    def but(self, **parts: Unpack[Parts]) -> Law:
        """Return this law with other *parts*, each as :func:`law` takes it.

        >>> from fractions import Fraction
        >>> ours = law(limits="10 working days")
        >>> str(ours.but(limits=ours.limits.cut(Fraction(1, 2)), name="half").limits.otherwise)
        '5 working days'

        Raises:
            OnestopError: as :func:`law`.
        """
        if unknown := parts.keys() - _FIELDS:
            raise InvalidValueError.one_of("parts", min(unknown), _FIELDS)
        return law(**cast("Any", {**{name: getattr(self, name) for name in _FIELDS}, **parts}))

    def machine(self, created: Event) -> Machine:
        """Return what judges a dossier that begins with the event *created*.

        Raises:
            UnknownCodeError: the edition is one of somebody's own, and was not given.
            NotInForceError: no edition was in force on that day.
            InvalidValueError: the event opens no dossier.
        """
        if created.opening is None:
            raise InvalidValueError.of("created", created, vi="sự kiện mở hồ sơ", en="the event that opens a dossier")
        asked = created.opening.lifecycle if self.lifecycle is None else self.lifecycle
        if isinstance(asked, Lifecycle):
            return dossier.machine(asked)
        return dossier.machine(asked, on=None if "@" in asked else created.at.date())

    def differs(self, other: Law) -> tuple[LawPart, ...]:
        """Return in which parts that dossiers feel the laws differ.

        >>> law().differs(law(limits="5 working days", name="short"))
        (<LawPart.LIMITS: 'limits'>,)
        """
        return tuple(part for part in LawPart if getattr(self, part.value) != getattr(other, part.value))


_FIELDS: Final = tuple(field.name for field in attrs.fields(Law))


def law(
    *,
    name: str = "",
    calendar: WorkingCalendar | None = None,
    lifecycle: str | Lifecycle | None = None,
    limits: Limits | Catalogue | Mapping[str, TimeLimit | str] | TimeLimit | str | None = None,
    policies: Policies = _STANDARD,
    policy: Policy = _NO_POLICY,
    hours: WorkingHours | None = None,
    index: Index | str | None = None,
) -> Law:
    """Return a law as a value: what is left out is the law as it is known today.

    >>> from datetime import date
    >>> from onestop_core import workdays
    >>> before = law(name="before", calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 24)), limits="3 working days")
    >>> after = before.but(name="after", calendar=workdays.calendar("vn-civil"))
    >>> [part.value for part in before.differs(after)]
    ['calendar']

    Args:
        name: What the law is called in a report.
        calendar: Which days count, from ``workdays.calendar``.
        lifecycle: The rules of the steps: an edition, a copy of one that was edited, or ``vn`` for the edition in force
            when each dossier was opened. Left out, the edition that each log names.
        limits: By procedure; one for all; or a catalogue, of which those count that all channels and cases share.
        policies: What the law leaves open of counting.
        policy: Rules of supplements and extensions in place of each procedure's own.
        hours: Office hours.
        index: What is scored by.

    Raises:
        InvalidValueError: a part is of another kind, or a limit cannot be read.
        UnknownCodeError: there is no such edition or index.
        InvalidDocumentError: a lifecycle that is not sound.
    """
    made: object = lifecycle
    if isinstance(made, str):
        dossier.machine(made) if "@" in made else _ensure_named(made)
    elif made is not None:
        dossier.machine(instance(made, Lifecycle, "lifecycle"))
    days: object = workdays.calendar() if calendar is None else calendar
    if not hasattr(days, "is_workday"):
        raise InvalidValueError.of(
            "calendar", days, vi="một lịch làm việc (workdays.calendar)", en="a calendar, from workdays.calendar"
        )
    scored = index if isinstance(cast("object", index), Index) else kpi.index(cast("str", index or kpi.DEFAULT_INDEX))
    return Law(
        name=name,
        calendar=cast("WorkingCalendar", days),
        lifecycle=lifecycle,
        limits=_limits(limits),
        policies=policies,
        policy=policy,
        hours=hours,
        index=cast("Index", scored),
    )


def _ensure_named(name: str) -> None:
    if name != _VN:
        known = [_VN, *(edition.reference for edition in dossier.lifecycle.editions())]
        raise InvalidValueError.one_of("lifecycle", name, known)


def _limit(value: TimeLimit | str) -> TimeLimit:
    return value if isinstance(value, TimeLimit) else TimeLimit.parse(value)


def _limits(given: Limits | Catalogue | Mapping[str, TimeLimit | str] | TimeLimit | str | None) -> Limits:
    if given is None:
        return Limits()
    if isinstance(given, Limits):
        return given
    if isinstance(given, Catalogue):
        return Limits(by_procedure=dict(_of_catalogue(given)))
    if isinstance(given, Mapping):
        return Limits(by_procedure={code: _limit(cast("Any", limit)) for code, limit in given.items()})
    return Limits(otherwise=_limit(given))


def _of_catalogue(catalogue: Catalogue) -> list[tuple[str, TimeLimit]]:
    found: list[tuple[str, TimeLimit]] = []
    for procedure in catalogue.procedures:
        stated = {limit.time_limit for channel in procedure.channels for limit in channel.limits}
        if len(stated) == 1 and (only := stated.pop()) is not None:
            found.append((procedure.code, only))
    return found
