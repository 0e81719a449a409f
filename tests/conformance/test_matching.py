"""Moments compare as instants, however RFC 3339 lets them be written, and the end of a day is a day."""

from __future__ import annotations

import pytest

from onestop_core.conformance import difference

END = "2026-02-26T23:59:59+07:00"
NOON = "2026-02-26T12:00:00+07:00"


@pytest.mark.parametrize(
    "answer",
    [
        "2026-02-26T23:59:59.0000000+07:00",  # as .NET writes
        "2026-02-26t23:59:59+07:00",
        "2026-02-26T16:59:59z",
        "2026-02-26T16:59:59Z",
        "2026-02-26T16:59:59-00:00",
        "2026-02-26T23:59:59.999+07:00",
        "2026-02-26T23:59:59.999999999+07:00",
        "2026-02-26T24:00:00+07:00",
        "2026-02-27T00:00:00+07:00",
        "2026-02-27T00:00+07:00",
        "2026-02-26T17:00:00.000Z",
        "2026-02-26T09:59:59-07:00",
        "2026-02-26T16:59:59." + "9" * 100_000 + "Z",
    ],
)
def test_every_moment_of_the_last_second_is_the_end_of_the_day(answer: str) -> None:
    assert difference(END, answer) is None
    assert difference({"due_at": [END]}, {"due_at": [answer]}) is None


@pytest.mark.parametrize(
    "answer",
    [
        "2026-02-26T23:59:58.999+07:00",
        "2026-02-26T23:59+07:00",
        "2026-02-27T00:00:00.001+07:00",
        "2026-02-27T00:00:01+07:00",
        "2026-02-26T24:00:01+07:00",
        "2026-02-26T24:00:00.5+07:00",
        "2026-02-26T23:59:60+07:00",
        "2026-02-26T23:60:00+07:00",
        "2026-02-26T25:00:00+07:00",
        "2026-02-26T23:59:59Z",
        "2026-02-26T23:59:59",
        "2026-02-26 23:59:59+07:00",
        "2026-02-26T23:59:59+07:60",
        "2026-02-26T23:59:59+24:00",
        "2026-02-30T23:59:59+07:00",
        "0000-02-26T23:59:59+07:00",
        "2026-02-26T23:59:59.+07:00",
        "2026-02-26",
        "",
        20260226,
        None,
    ],
)
def test_other_moments_and_what_is_none_are_not(answer: object) -> None:
    assert difference(END, answer) is not None


def test_only_the_end_of_a_day_in_vietnam_is_a_day() -> None:
    for answer in ("2026-02-26T12:00:00.0000000+07:00", "2026-02-26T05:00:00z", "2026-02-26T12:00+07:00"):
        assert difference(NOON, answer) is None
    for answer in ("2026-02-26T12:00:00.5+07:00", "2026-02-26T12:00:01+07:00"):
        assert difference(NOON, answer) is not None
    # The last second of a day somewhere else, or a part of the last second here, is that very moment.
    for moment in ("2026-02-26T23:59:59Z", "2026-02-26T23:59:59.5+07:00"):
        assert difference(moment, moment.replace("59Z", "59.0Z").replace(".5", ".50")) is None
        assert (
            difference(moment, "2026-02-27T00:00:00Z" if moment.endswith("Z") else "2026-02-27T00:00:00+07:00")
            is not None
        )


def test_the_last_moment_that_can_be_written_has_an_end() -> None:
    assert difference("9999-12-31T23:59:59+07:00", "9999-12-31T24:00:00+07:00") is None
    assert difference("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00.0+14:00") is None
