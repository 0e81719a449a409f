"""Policies: where the rules of one procedure differ from those of the lifecycle under which it runs."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final, TypeVar, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap

__all__ = ["NO_POLICY", "ContentChangeClock", "FeeStep", "Policy", "SupplementClock"]

_HIGHEST_COUNT: Final = 100
_LONGEST_FORM: Final = 40


class SupplementClock(enum.StrEnum):
    """What papers added after appraisal do to the processing time."""

    RESTART = "restart"
    """It is counted again from zero (Decree 61/2018/NĐ-CP, art. 19(4))."""
    PAUSE = "pause"
    """The wait is not counted and the rest goes on, as some systems and sector rules have it."""


class ContentChangeClock(enum.StrEnum):
    """What a change of content by the applicant does to the processing time; the law does not say."""

    NONE = "none"
    """The time goes on as it did."""
    RESTART = "restart"
    """It is counted again from zero."""


class FeeStep(enum.StrEnum):
    """The step before which the fee must have been paid or waived."""

    NONE = "none"
    """No step waits for money; what is owed stays visible on the payment axis."""
    RECEIPT = "receipt"
    APPROVAL = "approval"
    DELIVERY = "delivery"


C = TypeVar("C", SupplementClock, ContentChangeClock, FeeStep)


def _choice(kind: type[C], name: str, value: object) -> C | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in list(kind):
        raise InvalidValueError.one_of(name, value, kind)
    return kind(value)


def _supplement_clock(value: SupplementClock | str | None) -> SupplementClock | None:
    return _choice(SupplementClock, "supplement_clock", value)


def _content_change_clock(value: ContentChangeClock | str | None) -> ContentChangeClock | None:
    return _choice(ContentChangeClock, "content_change_clock", value)


def _fee_before(value: FeeStep | str | None) -> FeeStep | None:
    return _choice(FeeStep, "fee_before", value)


def _forms(value: Mapping[str, str] | None) -> FrozenMap[str, str] | None:
    if value is None:
        return None
    given = cast("object", value)
    forms = FrozenMap(cast("Mapping[object, object]", given)) if isinstance(given, Mapping) else None
    if forms is None or not all(
        isinstance(text, str) and 0 < len(text) <= _LONGEST_FORM for pair in forms.items() for text in pair
    ):
        raise InvalidValueError.of("forms", value, vi='mẫu như {"01": "CT04"}', en='forms such as {"01": "CT04"}')
    return cast("FrozenMap[str, str]", forms)


@attrs.frozen(kw_only=True)
class Policy:
    """Where the rules of one procedure differ from the lifecycle's own; None leaves the lifecycle's value.

    >>> construction_permit = Policy(max_supplements=1, max_suspensions=0, supplement_clock="pause")
    >>> Policy(max_supplements=-1)
    Traceback (most recent call last):
    onestop_core.errors.InvalidValueError: max_supplements: cannot use -1; expected a whole number from 0 to 100

    Raises:
        InvalidValueError: a number or choice that cannot be used.
    """

    max_intake_supplements: int | None = None
    """Demands for more papers before receipt."""
    max_supplements: int | None = None
    """Demands for more papers after appraisal began."""
    max_supplements_total: int | None = None
    """Demands for more papers at whatever stage: the stricter reading of *only once* (Decree 118/2025/NĐ-CP,
    art. 11(2)(c)). Left out, only the counts of the stages hold."""
    closing_days: int | None = None
    """Days that an applicant has to complete a dossier after appraisal before the desk may close it, where the request
    itself names no moment (its ``due``)."""
    close_incomplete: bool | None = None
    """Whether the desk closes a dossier that is never completed (Decree 118/2025/NĐ-CP, art. 19(5)); no where the
    sector's law gives another time and has the authority stop."""
    supplement_clock: SupplementClock | None = attrs.field(default=None, converter=_supplement_clock)
    """What papers added after appraisal do to the processing time; its code does as well."""
    content_change_clock: ContentChangeClock | None = attrs.field(default=None, converter=_content_change_clock)
    """What a change of content by the applicant does to the processing time; its code does as well."""
    max_suspensions: int | None = None
    """How often the work may be suspended."""
    max_extensions: int | None = None
    """How often the appointment may be extended."""
    extension_notice_days: int | None = None
    """An extension is filed at the latest this many days before the appointment."""
    decide_at_desk: bool | None = None
    """Whether the staff of the desk are authorised to decide at once (Decree 61/2018/NĐ-CP, art. 17(5))."""
    through_the_desk: bool | None = None
    """Whether demands for papers must go through the desk that received the dossier (Decree 118/2025/NĐ-CP, art. 5(1)(e));
    no where the sector's law has the authority write to the applicant."""
    silence_is_consent: bool | None = None
    """Whether a consulted unit that lets its time pass counts as having agreed."""
    refuse_late: bool | None = None
    """Whether a dossier may still be refused once its appointment has passed."""
    end_with_open_work: bool | None = None
    """Whether a dossier may be decided or ended while work handed over is open; what is open is then recalled."""
    fee_before: FeeStep | None = attrs.field(default=None, converter=_fee_before)
    """The step that waits for the fee; its code does as well."""
    forms: FrozenMap[str, str] | None = attrs.field(default=None, converter=_forms)
    """The sector's own form in place of a one-stop form, such as ``{"01": "CT04"}`` of residence."""

    def __attrs_post_init__(self) -> None:
        for name in _COUNTS:
            value: object = getattr(self, name)
            if value is not None and (
                not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _HIGHEST_COUNT
            ):
                raise InvalidValueError.of(
                    name,
                    value,
                    vi=f"số nguyên từ 0 đến {_HIGHEST_COUNT}",
                    en=f"a whole number from 0 to {_HIGHEST_COUNT}",
                )
        for name in _SWITCHES:
            switch: object = getattr(self, name)
            if switch is not None and not isinstance(switch, bool):
                raise InvalidValueError.of(name, switch, vi="đúng hoặc sai", en="True or False")


_COUNTS: Final = (
    "max_intake_supplements",
    "max_supplements",
    "max_supplements_total",
    "closing_days",
    "max_suspensions",
    "max_extensions",
    "extension_notice_days",
)
_SWITCHES: Final = (
    *("decide_at_desk", "through_the_desk", "silence_is_consent", "refuse_late", "end_with_open_work"),
    "close_incomplete",
)


NO_POLICY: Final = Policy()
"""Nothing of its own: the lifecycle's values hold."""
