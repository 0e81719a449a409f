"""What the catalogue itself accepts: findings at a place and below it, counted instead of reported, with the reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.catalogue.checking import rules
from onestop_core.catalogue.checking.selection import is_known
from onestop_core.catalogue.values.catalogue import Suppression
from onestop_core.catalogue.values.fields import typed
from onestop_core.errors import Problem, Severity
from onestop_core.text import closest, did_you_mean, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Accepted", "suppressed"]

_LONGEST_PATH: Final = 300
"""Most characters in the path of a suppression (schema)."""
_PROCEDURE: Final = re.compile(r"\$\.procedures\[[0-9]+\]")
_MOST_HINTS: Final = 50
"""For how many unknown rules a likely one is looked for: that is slow, and a hostile document may hold a million."""


@attrs.frozen(kw_only=True, field_transformer=typed)
class Accepted:
    """A finding that the catalogue accepts, and by which of its suppressions."""

    problem: Problem
    suppression: Suppression


def _above(path: str) -> Iterator[str]:
    """Yield *path* and the path of everything that it stands in.

    >>> list(_above("$.procedures[3].papers"))
    ['$.procedures[3].papers', '$', '$.procedures', '$.procedures[3]']
    """
    yield path
    for end in range(min(len(path), _LONGEST_PATH + 1)):
        if path[end] in ".[":
            yield path[:end]


def suppressed(
    problems: Iterable[Problem],
    suppressions: Sequence[Suppression],
    *,
    codes: Sequence[str | None] = (),
    without: Iterable[str] = (),
    unsound: Iterable[str] = (),
    accepted: list[Accepted] | None = None,
) -> list[Problem]:
    """Return *problems* less what *suppressions* cover, with a finding about each of the suppressions.

    Args:
        problems: Every finding about the document.
        suppressions: Those that the document holds.
        codes: The code of each procedure of the document, in their order, for suppressions that name one.
        without: Ids of rules that were not applied this time, so that nothing is said of their suppressions.
        unsound: Paths where the document does not hold to the schema: what a procedure accepts that was not judged for that
            reason is not called unused.
        accepted: Takes what is covered, where somebody wants to see it.
    """
    # By rule and place, so that the cost grows with findings and suppressions, not with their product.
    held: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    places: defaultdict[str | None, list[str]] = defaultdict(list)
    for place, code in enumerate(codes):
        places[code].append(f"$.procedures[{place}]")
    for index, each in enumerate(suppressions):
        for start in ["$"] if each.code is None else places[each.code]:
            held[each.rule, start + (each.path or "$")[1:]].append(index)
    rules_held = {each.rule for each in suppressions}
    left: list[Problem] = []
    used: Counter[int] = Counter()
    for problem in problems:
        covering: list[int] = []
        if problem.rule in rules_held and problem.severity is not Severity.ERROR:
            for path in _above(problem.path):
                covering += held.get((problem.rule, path), ())
        used.update(covering)
        if not covering:
            left.append(problem)
        elif accepted is not None:
            accepted.append(Accepted(problem=problem, suppression=suppressions[covering[0]]))
    wrong = set(unsound)
    unjudged = {found[0] for path in wrong if (found := _PROCEDURE.match(path)) is not None}
    unread = {code for code, at in places.items() if not unjudged.isdisjoint(at)}
    # A code that cannot be read may be any.
    lost = None in unread or any(f"{place}.code" in wrong for place in unjudged)
    waiting = {
        index
        for index, each in enumerate(suppressions)
        if (each.code is not None and (each.code in unread or (lost and not places[each.code])))
        or ((found := _PROCEDURE.match(each.path or "")) is not None and found[0] in unjudged)
    }
    left.extend(_told(suppressions, used, set(without), waiting))
    return left


def _told(
    suppressions: Sequence[Suppression], used: Counter[int], without: set[str], waiting: set[int]
) -> Iterator[Problem]:
    """Yield a finding about each suppression: what it covers, or that it covers nothing; of those *waiting* nobody knows."""
    hints = _MOST_HINTS
    for index, each in enumerate(suppressions):
        if used[index]:
            times = number(used[index])
            yield rules.SUPPRESSED.problem(
                ("suppressions", index),
                vi=f"đã bỏ qua {times.vi} phát hiện {each.rule}: {each.reason}",
                en=f"{times.en} of {each.rule} suppressed: {each.reason}",
            )
        elif each.rule not in without and index not in waiting:
            near: tuple[str, ...] = ()
            where = " ".join(word for word in (each.code, each.path) if word)
            if hints and not is_known(each.rule):
                hints -= 1
                near = closest(each.rule, [rule.id for rule in rules.RULES], limit=1)
            yield rules.UNUSED_SUPPRESSION.problem(
                ("suppressions", index),
                vi=f"không có cảnh báo hay ghi chú {each.rule} nào tại {where}",
                en=f"no warning or note of {each.rule} at {where}",
                hint=did_you_mean(near),
            )
