"""``onestop check --statistics``: how many findings there are, by rule and by unit, instead of the findings."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.cli.catalogue.findings import severity_text, title_of
from onestop_core.errors import Severity
from onestop_core.text import Text, safe, sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from onestop_core.cli.catalogue.findings import Finding
    from onestop_core.errors import Problem
    from onestop_core.text import Language

__all__ = ["counted", "lines", "units_of"]

_PROCEDURE: Final = re.compile(r"\$\.procedures\[([0-9]+)\]")
_UNKNOWN: Final = Text(vi="–", en="–")
_Unit = tuple[Text, Text]


def units_of(document: Any) -> Callable[[Problem], _Unit | None]:
    """Return what says of a finding about *document* whose it is: the competent authority and the field of its procedure.

    Where no authority is published, the first body that handles the procedure stands for it.

    >>> from onestop_core import catalogue
    >>> from onestop_core.rules.reading import resources
    >>> document = resources.data("vn/catalogue/one-stop")
    >>> problem = catalogue.checking.accepted(document)[0].problem
    >>> authority, field = units_of(document)(problem)
    >>> field.vi
    'Đăng ký, quản lý cư trú'
    """
    found = cast("Mapping[str, Any]", document).get("procedures") if isinstance(document, dict) else None
    procedures: Sequence[Any] = cast("Sequence[Any]", found) if isinstance(found, list) else ()
    known: dict[int, _Unit] = {}

    def unit(problem: Problem) -> _Unit | None:
        place = _PROCEDURE.match(problem.path)
        if place is None or (index := int(place[1])) >= len(procedures):
            return None
        if index not in known:
            bodies = _member(procedures[index], "implementing")
            first = cast("Sequence[Any]", bodies)[0] if isinstance(bodies, list) and bodies else None
            authority = _named(_member(procedures[index], "authority")) or _named(first)
            known[index] = (authority or _UNKNOWN, _named(_member(procedures[index], "field")) or _UNKNOWN)
        return known[index]

    return unit


def _member(value: Any, key: str) -> Any:
    return cast("Mapping[str, Any]", value).get(key) if isinstance(value, dict) else None


def _named(value: Any) -> Text | None:
    name = _member(value, "name")
    vi, en = _member(name, "vi"), _member(name, "en")
    return Text(vi=vi, en=en if isinstance(en, str) else vi) if isinstance(vi, str) else None


def counted(found: Sequence[Finding], language: Language) -> dict[str, Any]:
    """Return the counts as a JSON-ready mapping: of each rule, most first; of each unit, most first; of all."""
    rules = Counter((finding.problem.rule, finding.problem.severity) for finding in found)
    units: dict[_Unit, Counter[Severity]] = {}
    for finding in found:
        if finding.unit is not None:
            units.setdefault(finding.unit, Counter())[finding.problem.severity] += 1
    return {
        "rules": [
            {"rule": rule, "severity": severity.value, "count": count, "title": title_of(rule).in_(language)}
            for (rule, severity), count in sorted(rules.items(), key=lambda each: (-each[1], each[0]))
        ],
        "units": [
            {"authority": authority.in_(language), "field": field.in_(language), **_by_severity(counts)}
            for (authority, field), counts in sorted(
                units.items(), key=lambda each: (-each[1].total(), *map(sort_key, (each[0][0].vi, each[0][1].vi)))
            )
        ],
        "total": _by_severity(Counter(finding.problem.severity for finding in found)),
    }


def _by_severity(counts: Counter[Severity]) -> dict[str, int]:
    return {f"{severity.value}s": counts[severity] for severity in Severity}


def lines(found: Sequence[Finding], language: Language) -> Iterator[str]:
    """Yield the counts as lines for people."""
    counts = counted(found, language)
    for each in counts["rules"]:
        grave = severity_text(Severity(each["severity"])).in_(language)
        yield safe.line(f"{each['count']:>7}  {grave:<8}  {each['rule']}  {each['title']}")
    if counts["units"]:
        yield ""
        yield {
            "vi": "   lỗi  cảnh báo  ghi chú  cơ quan có thẩm quyền; lĩnh vực",
            "en": "errors  warnings    notes  competent authority; field",
        }[language]
    for each in counts["units"]:
        figures = f"{each['errors']:>6}  {each['warnings']:>8}  {each['notes']:>7}"
        yield safe.line(f"{figures}  {each['authority']}; {each['field']}")
