"""Which findings are reported: rules selected and ignored, severities changed, no more than asked for.

Whatever is asked for, a document that is not plain JSON is reported, for nothing else was looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core.catalogue.checking import rules
from onestop_core.errors import MAX_PROBLEMS, InvalidValueError, Problem, Severity, UnknownCodeError
from onestop_core.errors.problem import MORE
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Selection", "is_known"]

_FAMILIES: Final = ("json/", "schema/")
"""Rules that are not listed one by one: those of the JSON reader and the keywords of JSON Schema."""

_ON_REQUEST: Final = frozenset(rule.id for rule in rules.RULES if rule.on_request)
_ALWAYS: Final = ("json/", "problems/")
"""What nobody can silence: that nothing else was looked at, and that there is more than is listed."""
_WEIGHT: Final = {severity: weight for weight, severity in enumerate(Severity)}


def is_known(code: str) -> bool:
    """Return whether *code* is the id of a rule, or the beginning of one."""
    # A keyword of JSON Schema is not ours to list; a family by its name, or anything within it.
    return bool(code) and (
        any(rule.id.startswith(code) for rule in rules.RULES)
        or any(family.startswith(code) or code.startswith(family) for family in _FAMILIES)
    )


def _codes(codes: object, option: str) -> tuple[str, ...]:
    # A string is a sequence of letters, which is never what was meant.
    try:
        given = (None,) if isinstance(codes, str | bytes) else tuple(cast("Iterable[object]", codes))
    except Exception:  # noqa: BLE001 - what cannot be gone through is no list
        given = (None,)
    for code in given:
        if not isinstance(code, str):
            raise InvalidValueError.of(option, codes, vi="danh sách mã quy tắc", en="a list of rule ids")
        if not is_known(code):
            known = [rule.id for rule in rules.RULES]
            raise UnknownCodeError.among(Text(vi="quy tắc kiểm tra", en="check rule"), code, known)
    return tuple(str(code) for code in given)


def _pairs(severities: object) -> list[tuple[object, object]]:
    try:
        return list(cast("Mapping[object, object]", severities).items())
    except Exception:  # noqa: BLE001 - what has no items is no mapping
        raise InvalidValueError.of(
            "severities", severities, vi="bảng từ mã quy tắc sang mức độ", en="a mapping from rule ids to severities"
        ) from None


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
    most: int | None = MAX_PROBLEMS
    """Report at most so many, the gravest first; None: all."""

    @classmethod
    def of(
        cls,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severities: Mapping[str, Severity | str] | None = None,
        most: int | None = MAX_PROBLEMS,
    ) -> Selection:
        """Return the selection.

        Raises:
            UnknownCodeError: no rule has this id or begins like this.
            InvalidValueError: ids not given as a list, a severity that does not exist, or a number that is none.
        """
        changed: list[tuple[str, Severity]] = []
        for code, severity in _pairs({} if severities is None else severities):
            _codes((code,), "severities")
            changed.append((str(code), Severity.of(severity, "severities")))
        if most is not None and (not isinstance(cast("object", most), int) or isinstance(most, bool) or most < 1):
            raise InvalidValueError.of("most", most, vi="số nguyên dương hoặc None", en="a positive integer or None")
        return cls(
            select=_codes(select, "select"), ignore=_codes(ignore, "ignore"), severities=tuple(changed), most=most
        )

    @property
    def completeness(self) -> bool:
        """Whether it asks which procedures are not complete: a rule that is applied on request only."""
        return rules.INCOMPLETE.id in self.select

    def apply(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return what is to be reported of *problems*, in their order."""
        wanted = tuple(self._restated(problem) for problem in problems if self._wants(problem.rule))
        return wanted if self.most is None or len(wanted) <= self.most else _gravest(wanted, self.most)

    def _wants(self, rule: str) -> bool:
        if rule.startswith(_ALWAYS):
            return True
        if rule in _ON_REQUEST and rule not in self.select:
            return False
        return (not self.select or rule.startswith(self.select)) and not rule.startswith(self.ignore or ("\0",))

    def _restated(self, problem: Problem) -> Problem:
        fitting = [(len(code), severity) for code, severity in self.severities if problem.rule.startswith(code)]
        if not fitting or problem.rule.startswith("json/"):
            return problem
        return attrs.evolve(problem, severity=max(fitting)[1])


def _gravest(problems: Sequence[Problem], most: int) -> tuple[Problem, ...]:
    """Return the *most* gravest of *problems*, in their order, and a note that says how many there are more."""
    by_weight = sorted(range(len(problems)), key=lambda index: _WEIGHT[problems[index].severity])
    more = number(len(problems) - most)
    note = Problem.at(
        "$",
        MORE,
        vi=f"và {more.vi} phát hiện khác",
        en=f"and {more.en} more",
        severity=Severity.NOTE,
    )
    return (*(problems[index] for index in sorted(by_weight[:most])), note)
