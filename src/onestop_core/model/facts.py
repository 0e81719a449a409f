"""What the measures of one-stop work need to know of one dossier, and no more."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import attrs

from onestop_core._public import gated
from onestop_core.errors import InvalidValueError
from onestop_core.model.amounts import whole_number
from onestop_core.model.moments import aware
from onestop_core.model.words import plain_text
from onestop_core.text import Text, moment_text
from onestop_core.text.codes import Code

__all__ = ["CHANNEL_NAMES", "Channel", "DossierFacts", "FinishedKind"]


class Channel(Code):
    """How a dossier was filed."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"
    """Public postal service."""
    KIOSK = "kiosk"
    """A smart kiosk (Decree 118/2025/NĐ-CP, art. 3(9), since 5 August 2026)."""

    @property
    def is_online(self) -> bool:
        """Whether it counts as filed online: the portal has no code for a kiosk, and is told that it was online.

        >>> [channel.value for channel in Channel if channel.is_online]
        ['online', 'kiosk']
        """
        return self in {Channel.ONLINE, Channel.KIOSK}


CHANNEL_NAMES: Final = {
    Channel.IN_PERSON: Text(vi="trực tiếp", en="in person"),
    Channel.ONLINE: Text(vi="trực tuyến", en="online"),
    Channel.POST: Text(vi="dịch vụ bưu chính công ích", en="post"),
    Channel.KIOSK: Text(vi="ki-ốt thông minh", en="kiosk"),
}
"""What the channels are called in messages."""


class FinishedKind(Code):
    """What ended the handling of a dossier."""

    DONE = "done"
    """Handled; the result is at the desk."""
    RETURNED = "returned"
    """The result was handed over."""
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    """By the applicant, after acceptance."""


MOST: Final = 1_000_000
"""Largest number of hours or requests: more than a century."""


def _count(value: object, what: str) -> int:
    return whole_number(value, what, most=MOST)


def _channel(value: Channel | str | None) -> Channel | None:
    return None if value is None else Channel.of(value, "channel")


def _finished_kind(value: FinishedKind | str | None) -> FinishedKind | None:
    return None if value is None else FinishedKind.of(value, "finished_kind")


@attrs.frozen(kw_only=True, field_transformer=gated({datetime: aware, int: _count, str: plain_text}))
class DossierFacts:
    """The facts of one dossier on which it is counted; None is *unknown*, never "no".

    Times are aware moments, kept in Vietnamese civil time. The JSON and CSV form is published as
    ``schemas/facts.schema.json``.

    >>> from datetime import datetime
    >>> facts = DossierFacts(id="H26.1-261012-0001", channel="online",
    ...     received_at=datetime.fromisoformat("2026-10-12T08:00+07:00"),
    ...     due_at=datetime.fromisoformat("2026-10-19T08:00+07:00"))
    >>> facts.channel, facts.paid_online
    (<Channel.ONLINE: 'online'>, None)

    Raises:
        InvalidValueError: a value is of the wrong type, a moment has no zone, or the facts contradict
            each other (finished before received, an end without its moment, waiting without a request).
    """

    id: str
    procedure: str | None = None
    """Code of the procedure."""
    field: str | None = None
    """Field of administration (lĩnh vực) of the procedure."""
    level: str | None = None
    """Level that decides: ``central``, ``provincial`` or ``commune`` in a catalogue of ours."""
    receiving_place: str | None = None
    """Where it was handed in; receiving gives no power to decide."""
    unit: str | None = None
    """Agency that answers for the dossier."""
    officer: str | None = None

    channel: Channel | None = attrs.field(default=None, converter=_channel)
    submitted_at: datetime | None = None
    """When it was filed."""
    received_at: datetime | None = None
    """When it was accepted and handling began; None also while it has not been accepted."""
    due_at: datetime | None = None
    """The appointment (hẹn trả kết quả) in force."""
    allowed_hours: int | None = None
    """Longest elapsed time the law allows, in hours; looked at only where there is no appointment."""
    finished_at: datetime | None = None
    """End of handling; None while in progress."""
    finished_kind: FinishedKind | None = attrs.field(default=None, converter=_finished_kind)

    supplement_requests: int | None = None
    """How many times the applicant was asked to supplement the dossier."""
    supplement_requested_at: datetime | None = None
    """The request that is still open; None if the dossier does not wait for a supplement."""
    supplement_hours: int | None = None
    """Elapsed hours already waited for supplements that came."""

    fee_due: bool | None = None
    """Whether there is a financial obligation."""
    paid_online: bool | None = None
    electronic_result: bool | None = None
    digitised: bool | None = None
    """Whether components are digitised and, where required, the result is electronic."""
    data_reused: bool | None = None
    personal_store: bool | None = None
    """Whether it is synchronised with the citizen's electronic store."""
    population_data: bool | None = None
    guided: int | None = None
    """How many times the applicant was guided on this dossier; at the filing or apart from it."""
    visits: int | None = None
    """How many times the applicant came to the receiving place, the filing included; 0 where all went online."""
    agencies: int | None = None
    """How many agencies the applicant had to contact, that of the receipt included."""
    disliked: bool | None = None
    """Whether the applicant marked dissatisfaction; False where nothing was marked."""
    complained: bool | None = None
    """Whether a petition concerns the dossier."""

    def __attrs_post_init__(self) -> None:
        if self.finished_at is None and self.finished_kind is not None:
            raise InvalidValueError.of(
                "finished_at",
                None,
                vi="thời điểm kết thúc khi đã nêu cách kết thúc",
                en="a moment, since finished_kind is given",
            )
        if self.finished_at is not None and self.received_at is not None and self.finished_at < self.received_at:
            raise InvalidValueError.of(
                "finished_at",
                self.finished_at.isoformat(),
                vi=f"không sớm hơn thời điểm tiếp nhận {moment_text(self.received_at).vi}",
                en=f"a moment not before received_at {self.received_at.isoformat()}",
            )
        if self.supplement_requested_at is not None and self.supplement_requests == 0:
            raise InvalidValueError.of(
                "supplement_requests",
                0,
                vi="ít nhất 01 lần khi đang chờ bổ sung",
                en="at least 1 while waiting for a supplement",
            )
