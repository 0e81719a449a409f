"""What the law leaves open, by name; strict unless a host chooses otherwise."""

from __future__ import annotations

from typing import Final

import attrs

from onestop_core.text.codes import Code

__all__ = ["STANDARD", "EndOnDayOff", "LateReceipt", "Policies"]


class EndOnDayOff(Code):
    """What happens to a period of calendar days, months or years whose last day is a day off."""

    NEXT_WORKING_DAY = "next_working_day"
    """It ends at the end of the next working day of the agency's calendar."""
    STRICT_CIVIL_CODE = "strict_civil_code"
    """The same with the words of art. 148 taken strictly: weekend days (made up or not) and public holidays are
    days off, and nothing else is; a period may end on a day in lieu or a swapped day off."""
    NONE = "none"
    """It ends there all the same."""


class LateReceipt(Code):
    """To which limits the rule "received after 15:00" applies."""

    SAME_DAY_LIMITS = "same_day_limits"
    """Only to "within the day": the result is due on the next working day."""
    EVERY_LIMIT = "every_limit"
    """To limits in days, weeks, months and years also: counted as received on the next working day, and so is what is
    received on a day off, which comes later still."""
    NO_LIMIT = "no_limit"


def _end_on_day_off(value: EndOnDayOff | str) -> EndOnDayOff:
    return EndOnDayOff.of(value, "end_on_day_off")


def _late_receipt(value: LateReceipt | str) -> LateReceipt:
    return LateReceipt.of(value, "late_receipt")


@attrs.frozen(kw_only=True)
class Policies:
    """What the law leaves open, by name; every deadline carries the choice it was counted with.

    >>> Policies(late_receipt="no_limit").late_receipt
    <LateReceipt.NO_LIMIT: 'no_limit'>

    Raises:
        InvalidValueError: an unknown policy.
    """

    end_on_day_off: EndOnDayOff = attrs.field(default=EndOnDayOff.NEXT_WORKING_DAY, converter=_end_on_day_off)
    late_receipt: LateReceipt = attrs.field(default=LateReceipt.SAME_DAY_LIMITS, converter=_late_receipt)


STANDARD: Final = Policies()
"""The policies of a deadline for which none were chosen."""
