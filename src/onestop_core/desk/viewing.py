"""What a screen shows of a dossier: where it stands, until when, what is to be done, and the buttons of a role."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.deadlines import Policies, agenda, countdown
from onestop_core.deadlines.duties import Duty
from onestop_core.deadlines.terms import Status
from onestop_core.dossier import Dossier, Lifecycle, machine
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Phase
from onestop_core.model.series import instance
from onestop_core.text import Language, Text, moment_text
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from onestop_core.deadlines import WorkingHours
    from onestop_core.deadlines.terms import WorkingCalendar
    from onestop_core.dossier.lifecycle import EventType
    from onestop_core.dossier.stepping import Machine
    from onestop_core.model import TimeLimit

__all__ = ["AxisView", "Button", "View", "view"]

_STANDARD: Final = Policies()


@attrs.frozen(kw_only=True)
class Button:
    """An event that the dossier can take now, and what the form behind the button must ask for."""

    event: str
    name: str
    roles: tuple[str, ...]
    """Codes of the roles that may do it."""
    needs: tuple[str, ...] = ()
    """Fields of the event without which it is refused, such as ``reason``; ``due`` where a person must name the day."""
    takes: tuple[str, ...] = ()
    """Fields that it may have besides; ``due`` where ``desk.step`` fills in the appointment, ``amount`` of a payment."""
    form: str | None = None
    """Number of the form that it makes the desk issue."""
    axis: str | None = None
    """What it moves beside the dossier, such as ``payment``; None: it moves the dossier."""


@attrs.frozen(kw_only=True)
class AxisView:
    """Where something stands that goes on beside the state of the dossier."""

    axis: str
    name: str
    state: str
    state_name: str


@attrs.frozen(kw_only=True, repr=False)
class View:
    """A dossier as a screen shows it, in one language. What it counts is of the moment at which it was asked."""

    id: str
    procedure: str
    version: int
    """How many events it has: what the screen saw, for ``expected_version``."""
    language: Language
    state: str
    state_name: str
    holder: str | None = None
    """The role in whose hands it lies; None: the case is over."""
    holder_name: str | None = None
    portal_status: int | None
    """None where the national portal does not follow the lifecycle."""
    phase: Phase
    """What its clock is doing."""
    axes: tuple[AxisView, ...] = ()
    promised: datetime | None = None
    """The appointment on record."""
    counted: datetime | None = None
    """When its time ends as the law counts it; None: it was not asked, or no time counts yet."""
    status: Status | None = None
    """How it stands, if a limit, a calendar and a moment were given."""
    duties: tuple[Duty, ...] = ()
    """What is to be done and what was, the first due first; likewise."""
    buttons: tuple[Button, ...] = ()

    def __repr__(self) -> str:
        return f"<View {line(self.id)} {self.state} v{self.version}>"

    def to_dict(self) -> dict[str, Any]:
        """Return it in JSON types, its words in its language."""
        words = self.language
        return {
            "id": self.id,
            "procedure": self.procedure,
            "version": self.version,
            "state": {"code": self.state, "name": self.state_name},
            "holder": None if self.holder is None else {"code": self.holder, "name": self.holder_name},
            "portal_status": self.portal_status,
            "phase": self.phase.value,
            "axes": [attrs.asdict(each) for each in self.axes],
            "promised": _moment(self.promised, words),
            "counted": _moment(self.counted, words),
            "status": None
            if self.status is None
            else {"code": self.status.code.value, "text": self.status.text.in_(words)},
            "duties": [duty.to_dict(language=words) for duty in self.duties],
            "buttons": [
                {**attrs.asdict(each), **{name: list(getattr(each, name)) for name in ("roles", "needs", "takes")}}
                for each in self.buttons
            ],
        }


def _moment(at: datetime | None, words: Language) -> dict[str, str] | None:
    return None if at is None else {"at": at.isoformat(), "text": moment_text(at).in_(words)}


def view(
    dossier: Dossier,
    *,
    language: Language = "en",
    role: str | None = None,
    limit: TimeLimit | None = None,
    calendar: WorkingCalendar | None = None,
    now: datetime | None = None,
    hours: WorkingHours | None = None,
    policies: Policies = _STANDARD,
    lifecycle: Lifecycle | None = None,
) -> View:
    """Return *dossier* as a screen shows it to *role*.

    >>> from datetime import datetime
    >>> from onestop_core import desk, dossier, workdays
    >>> from onestop_core.model import TimeLimit
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-09T17:00")))
    >>> shown = desk.view(case, language="vi", role="unit_leader", limit=TimeLimit.parse("5 working days"),
    ...     calendar=workdays.calendar(), now=at("2026-03-04T09:00"))
    >>> shown.state_name, shown.status.text.vi, [(each.name, each.needs) for each in shown.buttons][:2]
    ('Đã tiếp nhận', 'còn 03 ngày làm việc', [('Phân công thụ lý', ()), ('Xin lỗi, hẹn lại ngày trả kết quả', ('reason', 'due'))])

    Args:
        dossier: The dossier.
        language: Of the words.
        role: Only the buttons of this role; None: of all, as for a supervisor.
        limit: How long the authority may take; with *calendar* and *now*, the time is counted and duties are listed.
        calendar: Which days count.
        now: The moment of looking.
        hours: Office hours of the agency.
        policies: What the law leaves open.
        lifecycle: The edition, if it is one of your own.

    Raises:
        UnknownCodeError: the lifecycle has no such role.
        InvalidValueError: only some of limit, calendar and moment are given.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    case = instance(dossier, Dossier, "dossier")
    runner = machine(case.lifecycle if lifecycle is None else lifecycle)
    table = runner.lifecycle
    if role is not None and role not in table.roles:
        raise UnknownCodeError.among(Text(vi="vai trò", en="role"), role, table.roles)
    state = table.state(case.state)
    names = {axis.code: (axis.name, {each.code: each.name for each in axis.states}) for axis in table.axes}
    asked = [each is not None for each in (limit, calendar, now)]
    counted = status = None
    duties: tuple[Duty, ...] = ()
    if all(asked):
        days, how_long, moment = cast("WorkingCalendar", calendar), cast("TimeLimit", limit), cast("datetime", now)
        clock = countdown(case, how_long, calendar=days, hours=hours, policies=policies)
        deadline = clock.due()
        counted, status = None if deadline is None else deadline.at, clock.status(now=moment)
        duties = agenda(case, how_long, calendar=days, now=moment, hours=hours, policies=policies, lifecycle=lifecycle)
    elif any(asked):
        raise InvalidValueError.of(
            "limit, calendar, now",
            None,
            vi="cả ba: thời hạn, lịch và thời điểm xem",
            en="all three, or none",
        )
    return View(
        id=case.id,
        procedure=case.procedure,
        version=case.version,
        language=language,
        state=state.code,
        state_name=state.name.in_(language),
        holder=state.holder,
        holder_name=None if state.holder is None else table.roles[state.holder].in_(language),
        portal_status=case.portal,
        phase=case.clock.phase,
        axes=tuple(
            AxisView(
                axis=code,
                name=names[code][0].in_(language),
                state=where,
                state_name=names[code][1][where].in_(language),
            )
            for code, where in case.axis_states
        ),
        promised=case.appointment,
        counted=counted,
        status=status,
        duties=duties,
        buttons=tuple(
            _button(event, axis, language)
            for axis in (None, *names)
            for event in (table.event(code) for code in _events(runner, case, axis))
            if role is None or role in event.roles
        ),
    )


def _events(runner: Machine, case: Dossier, axis: str | None) -> tuple[str, ...]:
    beside = runner.allowed(case) if axis is not None else ()
    return tuple(code for code in runner.allowed(case, axis=axis) if code not in beside)


def _button(event: EventType, axis: str | None, language: Language) -> Button:
    # An appointment is counted by ``desk.step``, but how long an extension is, or by when another unit answers, a person says.
    fields = {
        "reason": event.needs_reason,
        "reason_code": bool(event.reason_codes),
        "ground": event.needs_ground,
        "due": event.due.value == "required",
        "task": event.task is not None,
        "to_unit": event.reroutes,
    }
    takes = ("due",) if event.due.value == "optional" else ()
    return Button(
        event=event.code,
        name=event.name.in_(language),
        roles=event.roles,
        needs=tuple(name for name, needed in fields.items() if needed),
        takes=takes
        + (("papers",) if event.asks_papers or event.hands_in else ())
        + (("amount",) if axis == "payment" else ()),
        form=event.form,
        axis=axis,
    )
