"""From a dossier, and from what only the host knows of it, to the records that the portal is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.dossier.case import Dossier
from onestop_core.dossier.lifecycle.editions import find
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.dossier.portal.records import (
    ConnectRecord,
    Database,
    FeeLine,
    Identity,
    OtherAttachment,
    ProgressRecord,
    ResultPaper,
    SubmittedPaper,
    SupplementRound,
    SyncRecord,
)
from onestop_core.dossier.portal.wire import encode
from onestop_core.errors import InvalidValueError
from onestop_core.model import Channel, FinishedKind
from onestop_core.model.series import instance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from onestop_core.dossier.portal.peers import Peer

__all__ = ["PortalDetails", "connect_record", "outbox", "progress_records", "sync_record"]

_NOT_RECEIVED: Final = 3
"""The portal's own code for a dossier that was not taken in."""
_DONE: Final = frozenset({FinishedKind.DONE, FinishedKind.RETURNED})


@attrs.frozen(kw_only=True, repr=False)
class PortalDetails:
    """What the messages need and a dossier does not hold: names, the applicant, papers and money in the host's files.

    ``repr`` shows none of it.
    """

    procedure_name: str
    field_code: str
    field_name: str
    applicant: str
    applicant_kind: str
    """Our word, such as ``citizen``; the peer's tables have its code."""
    applicant_paper: str
    """Number of the paper that identifies the applicant."""
    unit: str
    """The unit that handles it."""
    filed_at: str
    """Where it was filed."""
    applicant_code: str = ""
    other_information: str | None = None
    email: str | None = None
    fax: str | None = None
    phone: str | None = None
    summary: str | None = None
    note: str | None = None
    delivery_note: str | None = None
    return_by: str = "desk"
    """``desk`` or ``post``."""
    has_digitised: bool = False
    vneid_verified: bool = False
    paid_online: str = "none"
    """``none``, ``national`` or ``local``: through which gateway."""
    identities: tuple[Identity, ...] = ()
    databases: tuple[Database, ...] = ()
    papers: tuple[SubmittedPaper, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    attachments: tuple[OtherAttachment, ...] = ()
    results: tuple[ResultPaper, ...] = ()

    def __repr__(self) -> str:
        return "<PortalDetails>"


_COPIED = tuple(field.name for field in attrs.fields(PortalDetails))


def sync_record(dossier: Dossier, details: PortalDetails, *, lifecycle: Lifecycle | None = None) -> SyncRecord:
    """Return *dossier* as ``DongBoHoSoMC`` carries it, with each demand for papers and the appointment before and after.

    A dossier that was not received yet is sent with the moment of its filing as that of its receipt, which the
    message requires.

    Args:
        dossier: The dossier.
        details: What only the host knows.
        lifecycle: Its edition, if it is one of your own.

    Raises:
        UnknownCodeError: the edition is not a packaged one and was not given.
    """
    instance(details, PortalDetails, "details")
    filed, course = _followed(dossier).events[0].at, dossier.milestones
    table = _table(dossier, lifecycle)
    ends = {state.code: state.outcome for state in table.states}
    refusals = {state.code for state in table.states if state.portal == _NOT_RECEIVED}
    refusals |= {code for code, outcome in ends.items() if outcome is FinishedKind.REFUSED}
    return SyncRecord(
        code=dossier.id,
        procedure=dossier.procedure,
        # The portal has no code for a kiosk; what is filed there goes to it as what is filed online.
        channel=(Channel.ONLINE if dossier.channel.is_online else dossier.channel).value,
        received_at=course.received_at or filed,
        due=dossier.appointment,
        status=str(dossier.portal),
        delivered_at=_entered(dossier, {code for code, outcome in ends.items() if outcome is FinishedKind.RETURNED}),
        finished_at=course.ended_at if course.outcome in _DONE else None,
        refused_at=_entered(dossier, refusals),
        submitted_at=filed,
        supplements=tuple(_supplements(dossier, table)),
        **{name: getattr(details, name) for name in _COPIED},
    )


def _followed(dossier: Dossier) -> Dossier:
    if instance(dossier, Dossier, "dossier").portal is None:
        raise InvalidValueError.of(
            "dossier",
            dossier,
            vi="một hồ sơ mà Cổng Dịch vụ công quốc gia theo dõi",
            en="a dossier that the national portal follows",
        )
    return dossier


def _table(dossier: Dossier, lifecycle: Lifecycle | None) -> Lifecycle:
    return find(dossier.lifecycle) if lifecycle is None else instance(lifecycle, Lifecycle, "lifecycle")


def _entered(dossier: Dossier, states: set[str]) -> datetime | None:
    """Return when the dossier first came into one of *states*."""
    return next((event.at for event, state in dossier.standing if state in states), None)


def _supplements(dossier: Dossier, table: Lifecycle) -> Iterator[SupplementRound]:
    asking = {event.code for event in table.events if event.asks_papers}
    handing_in = {event.code for event in table.events if event.hands_in}
    due: datetime | None = None
    asked: SupplementRound | None = None
    number = 0
    for event, _ in dossier.standing:
        if event.kind in asking:
            number += 1
            asked = SupplementRound(
                number=str(number),
                asked_by=event.actor or event.role or event.unit or "?",
                content=event.reason or "?",
                asked_at=event.at,
                papers=tuple(OtherAttachment(name=paper, count="1", kind="1") for paper in event.papers),
                due_before=due,
            )
        due = event.due if event.due is not None and event.task is None else due
        if event.kind in handing_in and asked is not None:
            answered: Any = {"received_by": event.actor, "answer": event.reason, "received_at": event.at}
            yield attrs.evolve(asked, **answered, done=True, due_after=due)
            asked = None
    if asked is not None:
        yield asked


def progress_records(
    dossier: Dossier, *, since: int = 0, lifecycle: Lifecycle | None = None
) -> tuple[ProgressRecord, ...]:
    """Return the progress of *dossier* as ``CapNhatTienDoHoSoMC`` carries it: a line an event, from number *since* on.

    Args:
        dossier: The dossier.
        since: How many events the portal has been told already.
        lifecycle: Its edition, if it is one of your own.

    Raises:
        InvalidValueError: *since* is negative or beyond the log.
        UnknownCodeError: the edition is not a packaged one and was not given.
    """
    _followed(dossier)
    if type(since) is not int or not 0 <= since <= len(dossier.events):
        raise InvalidValueError.of(
            "since", since, vi=f"từ 0 đến {len(dossier.events)}", en=f"from 0 to {len(dossier.events)}"
        )
    table = _table(dossier, lifecycle)
    names = {event.code: event.name.vi for event in table.events}
    portal = {state.code: str(state.portal) for state in table.states}
    due: datetime | None = None
    lines: list[ProgressRecord] = []
    for event, state in zip(dossier.events, dossier.states, strict=True):
        due = event.due if event.due is not None and event.task is None else due
        name = names.get(event.kind, "Nộp hồ sơ")
        lines.append(
            ProgressRecord(
                code=dossier.id,
                actor=event.actor or event.role or event.unit or "?",
                position=event.role,
                at=event.at,
                unit=event.unit,
                content=name if event.reason is None else f"{name}: {event.reason}",
                status=portal[state],
                due=due,
            )
        )
    return tuple(lines[since:])


def connect_record(dossier: Dossier, details: PortalDetails, *, service: str) -> ConnectRecord:
    """Return *dossier* as the 2026 gateway's ``NoiHoSo`` carries it.

    Args:
        dossier: The dossier.
        details: What only the host knows.
        service: Code of the public service (MaDichVuCong).
    """
    instance(details, PortalDetails, "details")
    _followed(dossier)
    return ConnectRecord(
        code=dossier.id,
        procedure=dossier.procedure,
        service=service,
        applicant=details.applicant,
        applicant_kind=details.applicant_kind,
        receiving_unit=dossier.opening.receiving_unit or details.filed_at,
        submitted_at=dossier.events[0].at,
        received_at=dossier.milestones.received_at,
    )


def outbox(
    dossier: Dossier,
    details: PortalDetails,
    to: Peer,
    *,
    known: bool,
    told: int = 0,
    lifecycle: Lifecycle | None = None,
) -> tuple[dict[str, Any], ...]:
    """Return what has to be sent now, in order: the dossier, made or updated, and its progress once it was received.

    Ask the portal first whether it has the dossier (``TraCuuHoSo``); that answer is *known*. Progress is sent only
    of a dossier that was accepted.

    Args:
        dossier: The dossier.
        details: What only the host knows.
        to: The system at the other end.
        known: Whether it has the dossier already.
        told: How many events it has been told.
        lifecycle: The dossier's edition, if it is one of your own.

    Raises:
        InvalidValueError: a word for which the peer has no code, or *told* beyond the log.
        UnknownCodeError: the edition is not a packaged one and was not given.
    """
    instance(known, bool, "known")
    messages = [encode([sync_record(dossier, details, lifecycle=lifecycle)], to, updating=known)]
    progress = progress_records(dossier, since=told, lifecycle=lifecycle)
    if progress and dossier.milestones.received_at is not None:
        messages.append(encode(progress, to))
    return tuple(messages)
