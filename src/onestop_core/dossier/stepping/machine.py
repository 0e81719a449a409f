"""The machine: a small pure interpreter of a lifecycle table.

``step(dossier, event)`` returns a new dossier or raises; it reads no clock and changes nothing. All that
decides is in the table (``dossier.lifecycle``); what is here is the reading of it.
"""

from __future__ import annotations

from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.dossier.case import NOTHING_YET, Dossier, stepped
from onestop_core.dossier.events.event import Event
from onestop_core.dossier.events.fields import CREATED
from onestop_core.dossier.events.opening import FiledBy, FilingScope, Opening
from onestop_core.dossier.lifecycle.checks import checked
from onestop_core.dossier.lifecycle.editions import CREATED_NAME, event_name, find, is_shipped
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.dossier.sealing import ensure_sealed
from onestop_core.dossier.stepping.folding import history_move, moved
from onestop_core.dossier.stepping.guards import holds, is_elsewhere
from onestop_core.dossier.stepping.moves import TELL_PORTAL, Moves, moves_of
from onestop_core.dossier.stepping.refusals import MAX_EVENTS, Refusals, ensure_repeated, ensure_version
from onestop_core.dossier.stepping.striking import struck
from onestop_core.errors import InvalidEventError, InvalidValueError, OnestopError, UnknownCodeError
from onestop_core.errors.steps import NO_EVENT
from onestop_core.model.clock.clock import NOT_STARTED
from onestop_core.model.series import each_of, instance
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from onestop_core.dossier.lifecycle.policies import Policy
    from onestop_core.model import Basis, Channel, DossierCode

__all__ = ["Machine", "machine"]

_MOST_VERSIONS: Final = 10**9


def _sound(lifecycle: Lifecycle) -> Lifecycle:
    return checked(instance(lifecycle, Lifecycle, "lifecycle"))


@attrs.frozen(kw_only=True, repr=False)
class Machine:
    """Runs dossiers by one edition of a lifecycle; two machines of the same table are equal.

    >>> from datetime import date, datetime, timezone
    >>> m = machine("vn", on=date(2026, 2, 12))
    >>> t = datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc)
    >>> d = m.new(id="H26.12-260212-0001", procedure="1.004222", channel="in_person", at=t)
    >>> d = m.step(d, Event(kind="received", at=t))
    >>> d.state, d.clock.phase.value, [effect.form for effect in d.effects if effect.form]
    ('received', 'running', ['01'])
    >>> m.step(d, Event(kind="delivered", at=t))
    Traceback (most recent call last):
    onestop_core.errors.TransitionNotAllowedError: state received does not take event delivered; allowed: ...
    >>> m.replay(d.events) == d
    True

    Raises:
        InvalidDocumentError: the lifecycle is not total, deterministic, reachable or closed.
    """

    lifecycle: Lifecycle = attrs.field(converter=_sound)
    id: str = attrs.field(init=False, eq=False, default=attrs.Factory(lambda self: self.lifecycle.reference, True))
    """Reference of the edition, such as ``vn@decree-61-2018``; pinned on every dossier it opens."""
    _moves: Moves = attrs.field(
        init=False, eq=False, default=attrs.Factory(lambda self: moves_of(self.lifecycle), takes_self=True)
    )
    _refusals: Refusals = attrs.field(
        init=False,
        eq=False,
        default=attrs.Factory(lambda self: Refusals(lifecycle=self.lifecycle, moves=self._moves), takes_self=True),
    )

    def __repr__(self) -> str:
        return f"<Machine {self.id}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # What ships is found again by its reference; only a table of one's own travels with its machine.
        return (machine, (self.id,)) if is_shipped(self.lifecycle) else (_made, (self.lifecycle,))

    @property
    def basis(self) -> Basis:
        """The instrument on which the edition rests."""
        return self.lifecycle.bases[self.lifecycle.basis]

    def new(
        self,
        *,
        id: DossierCode | str,  # noqa: A002 - the word of the contract
        procedure: str,
        channel: Channel | str,
        at: datetime,
        procedure_version: str | None = None,
        policy: Policy | None = None,
        receiving_unit: str | None = None,
        competent_unit: str | None = None,
        support_unit: str | None = None,
        required_papers: Iterable[str] = (),
        published_papers: Iterable[str] = (),
        database_papers: Iterable[str] = (),
        filed_by: FiledBy | str = FiledBy.APPLICANT,
        non_territorial: FilingScope | str = FilingScope.NONE,
        other_level: bool = False,
        about: Iterable[str] = (),
        papers: Iterable[str] = (),
        actor: str | None = None,
        role: str | None = None,
        unit: str | None = None,
        key: str | None = None,
    ) -> Dossier:
        """Return a new dossier, which the desk has not received yet.

        Args:
            id: The host's name for it; the dossier code or any other.
            procedure: Code of the procedure.
            channel: ``in_person``, ``online`` or ``post``; ``kiosk`` under an edition that knows it.
            at: When it was registered or laid on the desk.
            procedure_version: The edition of the procedure, pinned with the lifecycle.
            policy: Where the procedure's own rules differ from the lifecycle's.
            receiving_unit: The unit whose desk takes it in.
            competent_unit: The authority that decides.
            support_unit: The point that helped the applicant, without any power over the dossier.
            required_papers: The papers without which it is not received.
            published_papers: The other papers that may be asked for.
            database_papers: The papers whose content a database holds, which are not demanded.
            filed_by: Who files it: ``applicant``, ``authorised_person`` or ``hired_service``.
            non_territorial: Whether it is filed without regard to boundaries, in the ``province`` or the ``nation``.
            other_level: Whether the competent authority is of another level than the desk that receives it.
            about: The dossiers that it is about, of feedback or a complaint; their time goes on as it did.
            papers: What was handed in.
            actor: Who opened it.
            role: In which role.
            unit: For which unit.
            key: Idempotency key.

        Raises:
            InvalidEventError: a naive moment, an empty id or procedure, an unknown channel.
        """
        opening = Opening(
            id=id,
            procedure=procedure,
            procedure_version=procedure_version,
            channel=channel,
            lifecycle=self.id,
            policy=policy,
            receiving_unit=receiving_unit,
            competent_unit=competent_unit,
            support_unit=support_unit,
            required_papers=required_papers,
            published_papers=published_papers,
            database_papers=database_papers,
            filed_by=filed_by,
            non_territorial=non_territorial,
            other_level=other_level,
            about=about,
        )
        return self._open(
            Event(kind=CREATED, at=at, actor=actor, role=role, unit=unit, papers=papers, key=key, opening=opening)
        )

    def step(
        self, dossier: Dossier, event: Event, *, expected_version: int | None = None, judge: bool = True
    ) -> Dossier:
        """Return *dossier* after *event*. Refused, it raises and the dossier is as it was.

        An event whose idempotency key the dossier has seen returns the very same dossier, so that
        ``machine.step(dossier, event) is dossier`` tells a host that its effects are done. The moment may differ, for
        a server that sends again takes a new one. With *expected_version*, the dossier must still have that many
        events (optimistic locking). With ``judge=False`` the event is history that a log tells, as in :meth:`replay`.

        Raises:
            UnknownCodeError: the lifecycle has no such event.
            TransitionNotAllowedError: the state does not take the event.
            GuardError: a condition of law, or the role, forbids it.
            InvalidEventError: the event lies before the last one, lacks a reason or appointment that it
                needs, or the dossier belongs to another lifecycle.
            VersionConflictError: the dossier is not at the expected version.
            KeyReusedError: the key was used for something else.
        """
        events = instance(dossier, Dossier, "dossier").events
        if instance(event, Event, "event").key is not None:
            for past in events:
                if past.key == event.key:
                    ensure_repeated(past, event)
                    return dossier
        if expected_version is not None:
            if type(expected_version) is not int or not 0 <= expected_version < _MOST_VERSIONS:
                raise InvalidValueError.of(
                    "expected_version", expected_version, vi="số sự kiện của hồ sơ", en="how many events it has"
                )
            ensure_version(expected_version, dossier, event)
        opening = events[0].opening
        assert opening is not None  # the machine begins every log with it
        if opening.lifecycle != self.id:
            raise self._refusals.foreign(event, dossier.lifecycle)
        return self._take(dossier, event) if instance(judge, bool, "judge") else self._tell(dossier, event)

    def replay(
        self,
        events: Iterable[Event],
        *,
        judge: bool = True,
        seal: Sequence[str] | None = None,
        salts: Sequence[Mapping[str, str]] | None = None,
        last_link: str | None = None,
    ) -> Dossier:
        """Return the dossier that *events*, the whole log from ``created`` on, lead to.

        ``replay(d.events) == d`` for every dossier *d* of this machine, judged or not.

        Args:
            events: The log.
            judge: False: what the log says is history. It is folded as it stands; no condition, role or missing word
                is asked about again, so that a table which became stricter since leaves stored logs readable.
            seal: The chain that ``dossier.seal`` made over the log: the events must be the very same.
            salts: Of a salted chain.
            last_link: The last link of that chain, as it was kept elsewhere: the events must end with it.

        Raises:
            InvalidEventError: the log is empty, does not begin with ``created``, does not match its seal, or was
                made under another lifecycle; or, not judged, it tells of something that no table can fold, such as a
                clock that stops twice: the message names the number of the event, ``__cause__`` is why.
            OnestopError: as :meth:`step`, for the first event that is refused.
        """
        rest = each_of(events, Event, "events")
        if seal is not None or last_link is not None:
            sealed = tuple(rest)
            ensure_sealed(sealed, seal, salts=salts, last_link=last_link)
            rest = iter(sealed)
        first = next(rest, None)
        if first is None or first.opening is None:
            raise InvalidEventError(
                event=NO_EVENT if first is None else first.kind,
                reason=Text(
                    vi=f"nhật ký phải bắt đầu bằng sự kiện “{CREATED_NAME.vi}”",
                    en="a log begins with the event created",
                ),
                event_name=None if first is None else event_name(first.kind),
            )
        if first.opening.lifecycle != self.id:
            raise self._refusals.foreign(first, first.opening.lifecycle)
        dossier = self._open(first)
        take = self._take if instance(judge, bool, "judge") else self._tell
        seen = {first.key: first} if first.key is not None else {}
        for number, event in enumerate(rest, 1):
            if event.key is not None and event.key in seen:
                ensure_repeated(seen[event.key], event)
                continue
            try:
                dossier = take(dossier, event)
            except OnestopError as error:
                if judge:
                    raise
                raise self._refusals.untold(dossier, event, number, error) from error
            if event.key is not None:
                seen[event.key] = event
        return dossier

    def allowed(self, dossier: Dossier, *, axis: str | None = None) -> tuple[str, ...]:
        """Return the codes of the events that *dossier* can take, in the order of the table.

        Events whose condition can no longer be met, such as a second supplement demand, are left out. What
        depends on the event itself (its time, role, unit, papers and appointment) is judged by :meth:`step`.

        Args:
            dossier: The dossier.
            axis: Instead of the events that move the dossier, those that only move this axis, such as ``payment``.

        Raises:
            UnknownCodeError: the lifecycle has no such axis.
        """
        instance(dossier, Dossier, "dossier")
        if axis is not None:
            known = [code for code, _ in self._moves.axes]
            if not isinstance(cast("object", axis), str) or axis not in known:
                raise UnknownCodeError.among(Text(vi="chiều trạng thái", en="axis"), axis, known)
        return self._moves.allowed(dossier, axis=axis)

    def _open(self, event: Event) -> Dossier:
        opening = event.opening
        assert opening is not None
        state = self.lifecycle.initial.get(opening.channel)
        if state is None:
            raise self._refusals.unknown_channel(event, opening.channel)
        portal = self._moves.portal[state]
        effects, axes = TELL_PORTAL[portal], self._moves.axes
        return stepped((event,), (state,), None, NOT_STARTED, NOTHING_YET, axes, (), portal, effects, ())

    def _take(self, dossier: Dossier, event: Event) -> Dossier:
        moves = self._moves
        move = moves.by_state[dossier.states[-1]].get(event.kind) or moves.beside_move(dossier, event.kind)
        if move is None:
            if event.kind not in moves.striking:
                raise self._refusals.without_move(dossier, event)
            self._refusals.ensure_stated(dossier, event, self.lifecycle.event(event.kind))
            return self._strike(dossier, event, judge=True)
        if move.afar is not None and is_elsewhere(dossier, moves):
            move = move.afar
        bare = event.due is None and event.task is None and event.reason_code is None and not event.event
        ordinary = move.is_plain and bare and event.role in move.roles
        if not ordinary or event.at < dossier.events[-1].at or len(dossier.events) >= MAX_EVENTS:
            self._refusals.ensure_stated(dossier, event, move.event)
        for guard in move.guards:
            if not holds(guard, dossier, event, moves):
                raise self._refusals.forbidden(guard, dossier, event)
        return moved(moves, dossier, event, move)

    def _tell(self, dossier: Dossier, event: Event) -> Dossier:
        """Return *dossier* after *event* as an accepted log tells it."""
        self._refusals.ensure_placed(dossier, event)
        if event.kind in self._moves.striking:
            return self._strike(dossier, event, judge=False)
        move = history_move(self._moves, dossier, event)
        if move is None:
            raise self._refusals.without_move(dossier, event)
        return moved(self._moves, dossier, event, move)

    def _strike(self, dossier: Dossier, event: Event, *, judge: bool) -> Dossier:
        def take(before: Dossier, past: Event, *, anew: bool) -> Dossier:
            return self._take(before, past) if judge and anew else self._tell(before, past)

        return struck(self._moves, self._refusals, dossier, event, opened=self._open(dossier.events[0]), take=take)


def machine(name: str | Lifecycle, *, on: date | None = None) -> Machine:
    """Return the machine of the lifecycle *name* in force *on* a day, of a pinned edition, or of a table of one's own.

    A full id such as ``vn@decree-118-2025`` needs no day: a dossier stays under the edition that was pinned on it.
    With a day, the edition must be in force then.

    >>> from datetime import date
    >>> machine("vn", on=date(2024, 5, 2)).basis.instrument
    'Nghị định 61/2018/NĐ-CP'
    >>> machine("vn@decree-118-2025").id
    'vn@decree-118-2025'
    >>> machine("vn", on=date(2018, 6, 20))
    Traceback (most recent call last):
    onestop_core.errors.NotInForceError: dossier lifecycle vn: nothing in force on 2018-06-20; ...

    Raises:
        UnknownCodeError: there is no lifecycle of that name.
        NotInForceError: no edition, or not the one given, is in force on that day.
        InvalidValueError: a name without edition needs a day, and a day is a ``date``, not a ``datetime``.
        InvalidDocumentError: a table of one's own that is not total, deterministic, reachable or closed.
    """
    if not isinstance(name, Lifecycle):
        reference = find(name, on=on).reference
        with _COMPILING:  # two threads that ask first would make two
            return _compiled(reference)
    if on is not None:
        name.ensure_in_force(on)
    return Machine(lifecycle=name)


_COMPILING: Final = RLock()


@cache
def _compiled(reference: str) -> Machine:
    return Machine(lifecycle=find(reference))


def _made(lifecycle: Lifecycle) -> Machine:
    return Machine(lifecycle=lifecycle)
