"""A log followed to its end under a law, and what that law refused on the way.

The machine judges each event as it does at a counter. What it refuses has happened all the same, so it is written down
as a :class:`Breach` and then folded as history, and the rest is judged from there; what cannot be folded either is left
out, and the breach says so.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core import dossier as dossiers
from onestop_core.dossier import Dossier, Event, Machine, Policy
from onestop_core.dossier.events import CREATED
from onestop_core.errors import (
    GuardError,
    InvalidEventError,
    OnestopError,
    TransitionNotAllowedError,
)
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from onestop_core.text import Language

__all__ = ["Breach", "BreachKind", "Course", "follow", "happened_by"]


class BreachKind(Code):
    """What is wrong with a step."""

    NOT_ALLOWED = "not_allowed"
    """The dossier does not take it where it stands, or a condition of law forbids it."""
    ROLE = "role"
    """Another role may do it."""
    UNSAID = "unsaid"
    """It lacks something that it must say, or says what it may not."""
    UNKNOWN = "unknown"
    """The law has no such step."""

    @property
    def text(self) -> Text:
        """The kind in words."""
        return _KINDS[self]


_KINDS: Final = {
    BreachKind.NOT_ALLOWED: Text(vi="bước không được phép", en="step not allowed"),
    BreachKind.ROLE: Text(vi="người thực hiện không có thẩm quyền", en="wrong role"),
    BreachKind.UNSAID: Text(vi="thiếu nội dung bắt buộc", en="something is missing"),
    BreachKind.UNKNOWN: Text(vi="bước không có trong quy định", en="step that the law does not have"),
}


@attrs.frozen(kw_only=True)
class Breach:
    """One event that a law refuses."""

    number: int
    """Place of the event in the log; ``created`` is 0, and an event sent again under its key is not counted."""
    event: str
    """Kind of the event."""
    name: Text
    at: datetime
    role: str | None = None
    unit: str | None = None
    state: str | None = None
    """Where the dossier stood; None before it was opened."""
    kind: BreachKind
    rule: str
    """Code of the condition, or of the refusal."""
    reason: Text
    basis: Text
    """The article on which the refusal rests."""
    followed: bool
    """Whether the log could be followed on with it."""
    consequence: bool = False
    """Whether it is refused only because an earlier step could not be followed."""

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the breach in JSON types."""
        return {
            "number": self.number,
            "event": self.event,
            "name": self.name.in_(language),
            "at": self.at.isoformat(),
            "role": self.role,
            "unit": self.unit,
            "state": self.state,
            "kind": self.kind.value,
            "rule": self.rule,
            "reason": self.reason.in_(language),
            "basis": self.basis.in_(language),
            "followed": self.followed,
            "consequence": self.consequence,
        }


@attrs.frozen(kw_only=True)
class Course:
    """A log under a law."""

    dossier: Dossier | None
    """Where it led; None where the law does not even open it."""
    breaches: tuple[Breach, ...] = ()
    """What the law refuses, in order; what was struck later is not in it."""

    @property
    def holds(self) -> bool:
        """Whether it could have gone so under the law: only roles and words are wrong, or steps that it does not have."""
        return self.dossier is not None and all(
            breach.kind is BreachKind.UNKNOWN or (breach.followed and breach.kind is not BreachKind.NOT_ALLOWED)
            for breach in self.breaches
        )


_NO_POLICY: Final = Policy()


def happened_by(events: tuple[Event, ...], moment: datetime) -> tuple[Event, ...]:
    """Return those of *events* that had happened by the *moment*; none where the first, the opening, had not.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> opened = m.new(id="1", procedure="1.004222", channel="in_person", at=at("2026-03-02T08:15"))
    >>> events = m.step(opened, dossier.event("received", at("2026-03-02T08:20"))).events
    >>> [len(happened_by(events, at(when))) for when in ("2026-03-02T08:15", "2026-03-02T08:20", "2026-03-01T08:00")]
    [1, 2, 0]
    """
    if not events or events[0].at > moment:
        return ()
    return (
        events if all(event.at <= moment for event in events) else tuple(each for each in events if each.at <= moment)
    )


def follow(events: tuple[Event, ...], machine: Machine, *, policy: Policy | None = None) -> Course:
    """Return the course of the log *events* under the law of *machine*, whatever edition is pinned on it.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-61-2018")
    >>> d = m.new(id="1", procedure="1.004222", channel="in_person", at=at("2025-06-02T08:15"))
    >>> for event in (dossier.event("received", at("2025-06-02T08:20")), dossier.event("assigned", at("2025-06-02T09:00"))):
    ...     d = m.step(d, event)
    >>> log = (*d.events, dossier.event("delivered", at("2025-06-03T09:00"), role="specialist"))
    >>> [(breach.number, breach.kind.value) for breach in follow(log, m).breaches]
    [(3, 'not_allowed')]

    Args:
        events: The log, from ``created`` on.
        machine: What judges.
        policy: What takes the place of the procedure's own rules where it says something.

    Raises:
        InvalidEventError: the log is empty or does not begin with ``created``.
    """
    if not events or events[0].opening is None:
        machine.replay(events)  # says what is wrong
    opening = events[0].opening
    assert opening is not None  # a log without it was refused
    first, pinned = _opened(events[0], machine, policy), opening.lifecycle
    try:
        dossier = machine.replay((first,))
    except InvalidEventError as error:
        return Course(dossier=None, breaches=(_breach(machine, first, 0, None, error, pinned=pinned, followed=False),))
    places = {0: 0}
    breaches: list[Breach] = []
    number, lost = 0, False
    for event in events[1:]:
        told = _renumbered(event, places)
        try:
            after = machine.step(dossier, told)
        except OnestopError as error:
            number += 1
            try:
                after = machine.step(dossier, told, judge=False)
            except OnestopError:
                after = dossier
            followed = after is not dossier
            breach = _breach(machine, event, number, dossier, error, pinned=pinned, followed=followed)
            breaches.append(attrs.evolve(breach, consequence=lost and type(error) is TransitionNotAllowedError))
            lost = lost or (not followed and breach.kind is not BreachKind.UNKNOWN)
        else:
            if after is dossier:
                continue  # sent again
            number += 1
            followed = True
        if followed:
            places[number] = after.version - 1
        dossier = after
    struck = {place for place, at in places.items() if at in dossier.struck}
    return Course(dossier=dossier, breaches=tuple(each for each in breaches if each.number not in struck))


def _opened(event: Event, machine: Machine, policy: Policy | None) -> Event:
    opening = event.opening
    assert opening is not None  # looked at before
    if opening.lifecycle == machine.id and policy in {None, _NO_POLICY}:
        return event
    own = (
        {}
        if policy is None
        else {name: value for name, value in attrs.asdict(policy, recurse=False).items() if value is not None}
    )
    return attrs.evolve(
        event,
        opening=attrs.evolve(
            opening, lifecycle=machine.id, policy=attrs.evolve(opening.policy, **own) if own else opening.policy
        ),
    )


def _renumbered(event: Event, places: dict[int, int]) -> Event:
    """Return *event* with the numbers of what it strikes as this course has them, in which something may be left out."""
    if not event.event or all(places.get(each, each) == each for each in event.event if isinstance(each, int)):
        return event
    return attrs.evolve(
        event, event=tuple(places.get(each, each) if isinstance(each, int) else each for each in event.event)
    )


def _breach(
    machine: Machine,
    event: Event,
    number: int,
    dossier: Dossier | None,
    error: OnestopError,
    *,
    pinned: str,
    followed: bool,
) -> Breach:
    table = machine.lifecycle
    rule = next((each for each in table.events if each.code == event.kind), None)
    basis = table.bases[table.basis if rule is None else rule.basis].cite()
    reason = error.message
    code = error.code
    if isinstance(error, GuardError):
        kind = BreachKind.ROLE if error.guard == "role" else BreachKind.NOT_ALLOWED
        code, reason, basis = error.guard, error.reason, error.basis or basis
    elif isinstance(error, TransitionNotAllowedError):
        kind, basis = BreachKind.NOT_ALLOWED, error.basis or basis
        state = error.state_name or Text(vi=error.state, en=error.state)
        reason = Text(vi=f"không thực hiện được ở trạng thái “{state.vi}”", en=f"not taken in the state “{state.en}”")
    else:
        # A step that the table has lacks something; one that it has not is unknown to it, a way of filing too.
        kind = BreachKind.UNKNOWN if rule is None else BreachKind.UNSAID
        reason = error.reason if isinstance(error, InvalidEventError) else reason
    return Breach(
        number=number,
        event=event.kind,
        name=_name(event.kind, pinned) if rule is None else rule.name,
        at=event.at,
        role=event.role,
        unit=event.unit,
        state=None if dossier is None else dossier.state,
        kind=kind,
        rule=code,
        reason=reason,
        basis=basis,
        followed=followed,
    )


def _name(kind: str, pinned: str) -> Text:
    """Return what a step is called that the law does not have: as the edition calls it under which it was taken."""
    if kind == CREATED:
        return Text(vi="Nộp hồ sơ", en="File the dossier")
    try:
        return dossiers.machine(pinned).lifecycle.event(kind).name
    except OnestopError:
        return Text(vi=kind, en=kind)
