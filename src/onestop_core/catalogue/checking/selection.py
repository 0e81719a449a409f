"""Which findings are reported: rules selected and ignored, severities changed, suppressions with a reason.

Two limits hold whatever is asked for: a document that is not plain JSON is always reported, for nothing
else was looked at; and a suppression in a catalogue never hides an error, for ``load`` refuses errors.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.catalogue.checking import rules
from onestop_core.errors import InvalidValueError, Problem, Severity, UnknownCodeError
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onestop_core.catalogue.values.procedure import Suppression

__all__ = ["Selection", "suppressed"]

_FAMILIES: Final = ("json/", "schema/")
"""Rules that are not listed one by one: those of the JSON reader and the keywords of JSON Schema."""

_ON_REQUEST: Final = frozenset(rule.id for rule in rules.RULES if rule.on_request)


def _known(code: str) -> bool:
    # A keyword of JSON Schema is not ours to list; a family by its name, or anything within it.
    return bool(code) and (
        any(rule.id.startswith(code) for rule in rules.RULES)
        or any(family.startswith(code) or code.startswith(family) for family in _FAMILIES)
    )


def _codes(codes: Iterable[str], option: str) -> tuple[str, ...]:
    # A string is a sequence of letters, which is never what was meant.
    given: tuple[object, ...] = (None,) if isinstance(codes, str) else tuple(codes)
    for code in given:
        if not isinstance(code, str):
            raise InvalidValueError.of(option, codes, vi="danh sách mã quy tắc", en="a list of rule ids")
        if not _known(code):
            near = closest(code, [rule.id for rule in rules.RULES], limit=1)
            raise UnknownCodeError(kind=Text(vi="quy tắc kiểm tra", en="check rule"), value=code, suggestions=near)
    return tuple(str(code) for code in given)


@attrs.frozen(kw_only=True)
class Selection:
    """The rules to report, by id or by the beginning of an id.

    >>> selection = Selection.of(ignore=["catalogue/unconfirmed"], severities={"schema": "warning"})
    >>> selection.ignore
    ('catalogue/unconfirmed',)
    >>> Selection.of(select=["catalogue/duplicate-cod3"])
    Traceback (most recent call last):
    onestop_core.errors.UnknownCodeError: no check rule 'catalogue/duplicate-cod3'; did you mean ...?
    """

    select: tuple[str, ...] = ()
    """Report only these; none: all but those that are reported on request."""
    ignore: tuple[str, ...] = ()
    """Do not report these, even if selected."""
    severities: tuple[tuple[str, Severity], ...] = ()
    """Report these with another severity; the longest beginning that fits decides."""

    @classmethod
    def of(
        cls,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severities: Mapping[str, Severity | str] | None = None,
    ) -> Selection:
        """Return the selection.

        Raises:
            UnknownCodeError: no rule has this id or begins like this.
            InvalidValueError: ids not given as a list, or a severity that does not exist.
        """
        changed: list[tuple[str, Severity]] = []
        for code, severity in (severities or {}).items():
            _codes((code,), "severities")
            try:
                changed.append((code, Severity(severity)))
            except ValueError:
                raise InvalidValueError.of(
                    "severities", severity, vi="error, warning hoặc note", en="error, warning or note"
                ) from None
        return cls(select=_codes(select, "select"), ignore=_codes(ignore, "ignore"), severities=tuple(changed))

    def apply(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return what is to be reported of *problems*, in their order."""
        return tuple(self._restated(problem) for problem in problems if self._wants(problem.rule))

    def _wants(self, rule: str) -> bool:
        if rule.startswith("json/"):
            return True
        if rule in _ON_REQUEST and rule not in self.select:
            return False
        return (not self.select or rule.startswith(self.select)) and not rule.startswith(self.ignore or ("\0",))

    def _restated(self, problem: Problem) -> Problem:
        fitting = [(len(code), severity) for code, severity in self.severities if problem.rule.startswith(code)]
        if not fitting or problem.rule.startswith("json/"):
            return problem
        return attrs.evolve(problem, severity=max(fitting)[1])


def _covers(suppression: Suppression, problem: Problem) -> bool:
    rest = problem.path.removeprefix(suppression.path)
    below = problem.path.startswith(suppression.path) and (not rest or rest[0] in ".[")
    return below and problem.rule == suppression.rule and problem.severity is not Severity.ERROR


def suppressed(
    problems: Iterable[Problem], suppressions: Sequence[Suppression], *, without: Iterable[str] = ()
) -> list[Problem]:
    """Return *problems* less what *suppressions* cover, with a finding about each of the suppressions.

    Args:
        problems: Every finding about the document.
        suppressions: Those that the document holds.
        without: Ids of rules that were not applied this time, so that nothing is said of their suppressions.
    """
    left: list[Problem] = []
    used: Counter[int] = Counter()
    for problem in problems:
        covering = [index for index, each in enumerate(suppressions) if _covers(each, problem)]
        used.update(covering)
        if not covering:
            left.append(problem)
    skipped = set(without)
    for index, each in enumerate(suppressions):
        if used[index]:
            left.append(
                rules.SUPPRESSED.problem(
                    ("suppressions", index),
                    vi=f"đã bỏ qua {used[index]} phát hiện {each.rule}: {each.reason}",
                    en=f"{used[index]} of {each.rule} suppressed: {each.reason}",
                )
            )
        elif each.rule not in skipped:
            near = () if _known(each.rule) else closest(each.rule, [rule.id for rule in rules.RULES], limit=1)
            left.append(
                rules.UNUSED_SUPPRESSION.problem(
                    ("suppressions", index),
                    vi=f"không có cảnh báo hay ghi chú {each.rule} nào tại {each.path}",
                    en=f"no warning or note of {each.rule} at {each.path}",
                    hint=Text(vi=f"có phải: {near[0]}?", en=f"did you mean {near[0]}?") if near else None,
                )
            )
    return left
