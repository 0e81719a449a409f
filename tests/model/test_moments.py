"""Aware datetimes only: nothing is guessed about a moment or a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pendulum
import pytest

from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, aware, day_of, parse_moment, plain_day


@pytest.mark.parametrize("value", [datetime(2026, 2, 12, 9, 30), date(2026, 2, 12), "2026-02-12T09:30+07:00", None])
def test_a_moment_without_a_zone_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError, match="received_at: cannot use"):
        aware(value, "received_at")


def test_a_moment_of_any_zone_becomes_vietnamese_civil_time() -> None:
    tokyo = timezone(timedelta(hours=9))
    moment = aware(datetime(2026, 2, 13, 1, 30, tzinfo=tokyo), "at")
    assert (moment.isoformat(), moment.tzinfo) == ("2026-02-12T23:30:00+07:00", HO_CHI_MINH)
    assert day_of(datetime(2026, 2, 12, 16, 59, tzinfo=UTC)) == date(2026, 2, 12)
    assert day_of(datetime(2026, 2, 12, 17, 0, tzinfo=UTC)) == date(2026, 2, 13)


@pytest.mark.parametrize("value", [datetime(2026, 2, 12, tzinfo=UTC), "2026-02-12", None, 5])
def test_a_day_is_a_date_and_not_a_moment(value: object) -> None:
    with pytest.raises(InvalidValueError, match="start: cannot use"):
        plain_day(value, "start")


def test_a_plain_day_passes() -> None:
    assert plain_day(date(2026, 2, 12), "start") == date(2026, 2, 12)


@pytest.mark.parametrize(
    "text", ["2026-02-12T09:30", "2026-02-12", "", "soon", "2026-02-30T09:30+07:00", "0001-01-01T00:00+14:00", 5, None]
)
def test_a_text_that_is_no_moment_with_an_offset_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_moment(text)


def test_a_text_with_an_offset_is_read() -> None:
    assert parse_moment("2026-02-12T02:30Z") == datetime(2026, 2, 12, 9, 30, tzinfo=HO_CHI_MINH)


def test_a_subclass_of_date_comes_out_plain() -> None:
    plain = plain_day(pendulum.date(2026, 2, 12), "start")
    assert (type(plain), plain) == (date, date(2026, 2, 12))
