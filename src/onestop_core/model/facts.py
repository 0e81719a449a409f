"""What the measures of one-stop work need to know of one dossier, and no more."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any, Final, TypeVar

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model.moments import HO_CHI_MINH, aware
from onestop_core.text import nfc

__all__ = ["Channel", "DossierFacts", "FinishedKind"]

C = TypeVar("C", bound=enum.StrEnum)


class Channel(enum.StrEnum):
    """How a dossier was filed."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"
    """Public postal service."""


class FinishedKind(enum.StrEnum):
    """What ended the handling of a dossier."""

    DONE = "done"
    """Handled; the result is at the desk."""
    RETURNED = "returned"
    """The result was handed over."""
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    """By the applicant, after acceptance."""


_MOST: Final = 1_000_000
"""Largest number of hours or requests: more than a century."""


def _check_label(_: object, field: attrs.Attribute[str | None], value: object) -> None:
    if value is not None and not (isinstance(value, str) and value):
        raise InvalidValueError.of(field.name, value, vi="chuỗi không rỗng", en="text that is not empty")


def _check_id(_: object, field: attrs.Attribute[str], value: object) -> None:
    if not (isinstance(value, str) and value):
        raise InvalidValueError.of(field.name, value, vi="mã hồ sơ", en="the code of the dossier")


def _check_flag(_: object, field: attrs.Attribute[bool | None], value: object) -> None:
    if value is not None and not isinstance(value, bool):
        raise InvalidValueError.of(field.name, value, vi="True, False hoặc None", en="True, False or None")


def _check_count(_: object, field: attrs.Attribute[int | None], value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST):
        raise InvalidValueError.of(
            field.name, value, vi=f"số nguyên từ 0 đến {_MOST}", en=f"a whole number from 0 to {_MOST}"
        )


def _text(value: Any) -> Any:
    return nfc(value) if isinstance(value, str) else value


def _local(value: Any) -> Any:
    """Return an aware moment in Vietnamese civil time; anything else as it is, for the validator to refuse."""
    return value.astimezone(HO_CHI_MINH) if isinstance(value, datetime) and value.utcoffset() is not None else value


def _check_moment(_: object, field: attrs.Attribute[datetime | None], value: object) -> None:
    if value is not None:
        aware(value, field.name)


def _channel(value: Any) -> Channel | None:
    return _code(value, Channel, "channel")


def _finished_kind(value: Any) -> FinishedKind | None:
    return _code(value, FinishedKind, "finished_kind")


def _code(value: Any, kind: type[C], name: str) -> C | None:
    try:
        return None if value is None else kind(value)
    except ValueError:
        known = ", ".join(kind)
        raise InvalidValueError.of(name, value, vi=f"một trong: {known}", en=f"one of {known}") from None


@attrs.frozen(kw_only=True)
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

    id: str = attrs.field(converter=_text, validator=_check_id)
    procedure: str | None = attrs.field(default=None, converter=_text, validator=_check_label)
    """Code of the procedure."""
    field: str | None = attrs.field(default=None, converter=_text, validator=_check_label)
    """Field of administration (lĩnh vực) of the procedure."""
    level: str | None = attrs.field(default=None, converter=_text, validator=_check_label)
    """Level that decides: ``central``, ``provincial`` or ``commune`` in a catalogue of ours."""
    receiving_place: str | None = attrs.field(default=None, converter=_text, validator=_check_label)
    """Where it was handed in; receiving gives no power to decide."""
    unit: str | None = attrs.field(default=None, converter=_text, validator=_check_label)
    """Agency that answers for the dossier."""
    officer: str | None = attrs.field(default=None, converter=_text, validator=_check_label)

    channel: Channel | None = attrs.field(default=None, converter=_channel)
    submitted_at: datetime | None = attrs.field(default=None, converter=_local, validator=_check_moment)
    """When it was filed."""
    received_at: datetime | None = attrs.field(default=None, converter=_local, validator=_check_moment)
    """When it was accepted and handling began; None also while it has not been accepted."""
    due_at: datetime | None = attrs.field(default=None, converter=_local, validator=_check_moment)
    """The appointment (hẹn trả kết quả) in force."""
    allowed_hours: int | None = attrs.field(default=None, validator=_check_count)
    """Longest elapsed time the law allows, in hours; looked at only where there is no appointment."""
    finished_at: datetime | None = attrs.field(default=None, converter=_local, validator=_check_moment)
    """End of handling; None while in progress."""
    finished_kind: FinishedKind | None = attrs.field(default=None, converter=_finished_kind)

    supplement_requests: int | None = attrs.field(default=None, validator=_check_count)
    """How many times the applicant was asked to supplement the dossier."""
    supplement_requested_at: datetime | None = attrs.field(default=None, converter=_local, validator=_check_moment)
    """The request that is still open; None if the dossier does not wait for a supplement."""
    supplement_hours: int | None = attrs.field(default=None, validator=_check_count)
    """Elapsed hours already waited for supplements that came."""

    fee_due: bool | None = attrs.field(default=None, validator=_check_flag)
    """Whether there is a financial obligation."""
    paid_online: bool | None = attrs.field(default=None, validator=_check_flag)
    electronic_result: bool | None = attrs.field(default=None, validator=_check_flag)
    digitised: bool | None = attrs.field(default=None, validator=_check_flag)
    """Whether components are digitised and, where required, the result is electronic."""
    data_reused: bool | None = attrs.field(default=None, validator=_check_flag)
    personal_store: bool | None = attrs.field(default=None, validator=_check_flag)
    """Whether it is synchronised with the citizen's electronic store."""
    population_data: bool | None = attrs.field(default=None, validator=_check_flag)
    disliked: bool | None = attrs.field(default=None, validator=_check_flag)
    """Whether the applicant marked dissatisfaction; False where nothing was marked."""
    complained: bool | None = attrs.field(default=None, validator=_check_flag)
    """Whether a petition concerns the dossier."""

    def __attrs_post_init__(self) -> None:
        if self.finished_at is None and self.finished_kind is not None:
            raise InvalidValueError.of(
                "finished_at",
                None,
                vi="thời điểm kết thúc khi đã có finished_kind",
                en="a moment, since finished_kind is given",
            )
        if self.finished_at is not None and self.received_at is not None and self.finished_at < self.received_at:
            raise InvalidValueError.of(
                "finished_at",
                self.finished_at.isoformat(),
                vi=f"không sớm hơn received_at {self.received_at.isoformat()}",
                en=f"a moment not before received_at {self.received_at.isoformat()}",
            )
        if self.supplement_requested_at is not None and self.supplement_requests == 0:
            raise InvalidValueError.of(
                "supplement_requests",
                0,
                vi="ít nhất 1 khi đang chờ bổ sung",
                en="at least 1 while waiting for a supplement",
            )
