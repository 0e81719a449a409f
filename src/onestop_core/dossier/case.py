"""The dossier as a value, what its log says of its course, and what a step asks the host to do."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core._public import filler
from onestop_core.dossier.events.event import Event
from onestop_core.errors import InvalidValueError
from onestop_core.model import Appointment, FinishedKind
from onestop_core.model.clock.clock import NOT_STARTED, Clock
from onestop_core.model.series import instance
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from onestop_core.dossier.events.opening import Opening
    from onestop_core.dossier.lifecycle.codes import StateCode
    from onestop_core.dossier.lifecycle.policies import Policy
    from onestop_core.model import Channel

__all__ = ["NOTHING_YET", "Dossier", "Effect", "EffectKind", "Milestones", "Task", "portal_status", "stepped"]


class EffectKind(enum.StrEnum):
    """What a step asks of the host; the library does none of it."""

    ISSUE_FORM = "issue_form"
    NOTIFY = "notify"
    CHANGE_APPOINTMENT = "change_appointment"
    TELL_PORTAL = "tell_portal"
    RECALL_WORK = "recall_work"
    """Work handed over was open when the dossier was decided or ended, and is not wanted any more."""
    WITHDRAW_FORM = "withdraw_form"
    """The event with which the form was issued has been struck: take it back or tell that it does not hold."""
    RETRACT_NOTICE = "retract_notice"
    """The party was told of an event that has been struck: tell it so."""
    WITHDRAW_APPOINTMENT = "withdraw_appointment"
    """The event that made the appointment has been struck: it does not hold."""
    RESTORE_WORK = "restore_work"
    """The event with which work was recalled has been struck: it is wanted after all."""


@attrs.frozen(kw_only=True)
class Effect:
    """One thing that the host must do now that the event is accepted."""

    kind: EffectKind
    form: str | None = None
    """Number of the form to issue or to take back, such as ``01``, as the lifecycle edition numbers it."""
    party: str | None = None
    """The role to notify, or to tell that a notice does not hold."""
    portal: int | None = None
    """Status code of which the national portal must be told."""
    due: datetime | None = None
    """The appointment to write down and to announce, or that does not hold."""
    task: str | None = None
    """The piece of linked work to recall, or wanted after all."""
    unit: str | None = None
    """The unit that has it, where the log names one."""
    state: str | None = None
    """The state whose work is to be recalled: an opinion that was asked for, a verification."""


@attrs.frozen(kw_only=True)
class Milestones:
    """What the log says of the course of a dossier, by the columns of its lifecycle; None: it has not happened."""

    received_at: datetime | None = None
    """The receipt."""
    ended_at: datetime | None = None
    """When the dossier, once received, first entered a state that ends handling."""
    outcome: FinishedKind | None = None
    """How it ended."""
    asked: tuple[datetime, ...] = ()
    """When papers were asked for after the receipt, oldest first."""


NOTHING_YET: Final = Milestones()


@attrs.frozen(kw_only=True)
class Task:
    """A piece of linked work, handed over to another unit while the lead keeps the dossier."""

    id: str
    unit: str | None = None
    """Who does it."""
    actor: str | None = attrs.field(default=None, repr=False)
    given_at: datetime
    due: datetime | None = None
    """When it is due back at the lead."""
    returned_at: datetime | None = None
    """None while it is open or if it was recalled."""
    recalled_at: datetime | None = None
    """When the lead took it back before it was done."""

    @property
    def is_open(self) -> bool:
        """Whether it has neither come back nor been recalled."""
        return self.returned_at is None and self.recalled_at is None


@attrs.frozen(kw_only=True, repr=False)
class Dossier:
    """A case: its log of events, and what follows from them. Made by a machine only, never by hand.

    ``repr`` tells which dossier and where it stands, and nothing about people.
    """

    events: tuple[Event, ...]
    """Everything that happened, in order, from ``created`` on; the rest can be replayed from it."""
    states: tuple[str, ...]
    """The state after each event; after one that was struck, the state as it was before it."""
    origin: str | None = None
    """The state to go back to, while the dossier is on a detour such as a request to withdraw."""
    clock: Clock = NOT_STARTED
    """When its time ran, stood still and ended, and what was promised."""
    milestones: Milestones = NOTHING_YET
    axis_states: tuple[tuple[str, str], ...] = ()
    """What goes on beside the state: each axis of the lifecycle with its state."""
    tasks: tuple[Task, ...] = ()
    """Linked work handed over, oldest first."""
    portal: int | None = None
    """Status code of the national portal, 1 to 10; None where that portal does not follow the lifecycle."""
    effects: tuple[Effect, ...] = ()
    """What the last event asks the host to do. A repeated event returns the same dossier, whose effects are done."""
    struck: tuple[int, ...] = ()
    """Numbers of the events that were struck and count for nothing, in order; the event ``created`` is number 0."""

    def __attrs_post_init__(self) -> None:
        # What a machine makes is sound and comes by another way; this is for what was stored and is read back.
        for name in ("events", "states"):
            instance(getattr(self, name), tuple, name)
        sound = [instance(event, Event, "events").opening is not None for event in self.events]
        if not sound or not sound[0] or len(sound) != len(self.states):
            raise InvalidValueError.of(
                "events",
                self.events,
                vi="nhật ký bắt đầu bằng created, mỗi sự kiện một trạng thái",
                en="a log that begins with the event created, and a state for each event",
            )
        numbers = [number for number in range(1, len(sound)) if number in instance(self.struck, tuple, "struck")]
        if self.struck != tuple(numbers):
            raise InvalidValueError.of(
                "struck", self.struck, vi="số thứ tự sự kiện, tăng dần", en="numbers of events, in order"
            )

    def __repr__(self) -> str:
        return f"<Dossier {line(self.id)} {self.state} v{self.version}>"

    @property
    def state(self) -> StateCode | str:
        """Code of the state, such as ``processing``."""
        return self.states[-1]

    @property
    def standing(self) -> tuple[tuple[Event, str], ...]:
        """Each event that was not struck, with the state after it: what the dossier went through as it is known now."""
        rows = zip(self.events, self.states, strict=True)
        if not self.struck:
            return tuple(rows)
        return tuple(row for number, row in enumerate(rows) if number not in self.struck)

    @property
    def axes(self) -> dict[str, str]:
        """The state of each axis, such as ``{"payment": "due", "delivery": "not_ready", ...}``."""
        return dict(self.axis_states)

    @property
    def version(self) -> int:
        """How many events the dossier has; for optimistic locking."""
        return len(self.events)

    @property
    def appointment(self) -> datetime | None:
        """The appointment on record; None if none was made since the time was counted from."""
        last = self.clock.appointment
        return None if last is None else last.new

    @property
    def appointments(self) -> tuple[Appointment, ...]:
        """Every appointment ever made, oldest first; also those that a restart did away with."""
        return self.clock.appointments

    @property
    def opening(self) -> Opening:
        """What the dossier was opened with."""
        return cast("Opening", self.events[0].opening)  # the machine begins every log with it

    @property
    def id(self) -> str:
        """The host's name for the dossier."""
        return self.opening.id

    @property
    def procedure(self) -> str:
        """Code of the procedure."""
        return self.opening.procedure

    @property
    def channel(self) -> Channel:
        """How it came in."""
        return self.opening.channel

    @property
    def lifecycle(self) -> str:
        """Id of the lifecycle edition pinned on it."""
        return self.opening.lifecycle

    @property
    def policy(self) -> Policy:
        """Where the procedure's own rules differ from the lifecycle's."""
        return self.opening.policy


_fill: Final = filler(Dossier)


def stepped(  # noqa: PLR0917 - keywords cost time here
    events: tuple[Event, ...],
    states: tuple[str, ...],
    origin: str | None,
    clock: Clock,
    milestones: Milestones,
    axis_states: tuple[tuple[str, str], ...],
    tasks: tuple[Task, ...],
    portal: int | None,
    effects: tuple[Effect, ...],
    struck: tuple[int, ...],
) -> Dossier:
    """Return the dossier of these fields; for the machine, which has judged them."""
    made = object.__new__(Dossier)
    _fill(made, events, states, origin, clock, milestones, axis_states, tasks, portal, effects, struck)
    return made


def portal_status(dossier: Dossier) -> int | None:
    """Return the national portal's status code of *dossier*, 1 to 10; None where that portal does not follow its lifecycle.

    What each code says to the applicant is in ``dossier.portal.STATUSES``.

    >>> from datetime import datetime, timezone
    >>> from onestop_core.dossier import machine
    >>> t = datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc)
    >>> portal_status(machine("vn@decree-118-2025").new(id="1", procedure="1.004222", channel="online", at=t))
    1
    """
    return instance(dossier, Dossier, "dossier").portal
