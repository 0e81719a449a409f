"""Many cases, counted by kind; one that fails is cut down to the shortest log that fails."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from onestop_core.model import HO_CHI_MINH
from tests.deadlines.proof.checks import check, check_together
from tests.deadlines.proof.logs import Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator

TOGETHER: Final = 200
"""Cases that are looked at at the same moment, in one list and one frame."""
PART: Final = 25 * TOGETHER


def until(batch: int) -> datetime:
    """The moment at which a batch is looked at: the last of some day."""
    day = date(2024, 4, 1) + timedelta(days=Random(f"batch {batch}").randrange(790))
    return datetime.combine(day, time.max, HO_CHI_MINH)


def run_in_parts(first: int, cases: int, *, workers: int = 2) -> Iterator[Counter[str]]:
    """Yield the counts so far while processes side by side check so many cases.

    Raises:
        AssertionError: as :func:`run`.
    """
    starts = range(first, first + cases, PART)
    counter: Counter[str] = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for found in pool.map(run, starts, [min(PART, first + cases - start) for start in starts]):
            counter += found
            yield counter


def run(first: int, cases: int) -> Counter[str]:
    """Check so many cases from number *first* on, and return how many there were of each kind.

    Raises:
        AssertionError: one of them, cut down to the shortest log that fails.
    """
    counter: Counter[str] = Counter()
    batch, number, last = first // TOGETHER, first, first + cases
    while number < last:
        moment = until(batch)
        found = [case(each, until=moment) for each in range(number, min(last, (batch + 1) * TOGETHER))]
        for each in found:
            checked(each, moment, counter)
        check_together(found, moment, counter)
        number, batch = number + len(found), batch + 1
    counter["cases"] = cases
    return counter


def checked(whole: Case, moment: datetime, counter: Counter[str]) -> None:
    """Check *whole*; where it fails, the shortest beginning of its log that fails.

    Raises:
        AssertionError: it fails; the message tells the number, which brings the case again.
    """
    try:
        check(whole, counter)
    except Exception as error:
        for length in range(1, whole.steps):
            short = case(whole.number, until=moment, longest=length)
            try:
                check(short, Counter())
            except Exception as sooner:
                raise AssertionError(f"{sooner!r}\n{short}") from sooner
        raise AssertionError(f"{error!r}\n{whole}") from error


def told(counter: Counter[str]) -> str:
    """The counts, a kind a line."""
    kinds: dict[str, list[str]] = {}
    for name, number in sorted(counter.items()):
        kind, _, rest = name.partition(": ")
        kinds.setdefault(kind, []).append(f"{rest} {number:,}".strip() if rest else f"{number:,}")
    return "\n".join(f"{kind}: {', '.join(rows)}" for kind, rows in kinds.items())
