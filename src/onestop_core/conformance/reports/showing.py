"""One case to read: what is asked, what is right and why, and how to ask it by hand. And a profile, as a tender cites it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance.demands import Profile
from onestop_core.conformance.reports.formats.grounds import Ground
from onestop_core.conformance.suites import suite
from onestop_core.conformance.values import ANY_REFUSAL, Case
from onestop_core.conformance.wire import PROTOCOL, json_text
from onestop_core.errors import InvalidValueError
from onestop_core.model import thaw
from onestop_core.text import Language, Text, day_text, number
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["case_document", "case_text", "profile_document", "profile_text"]

_WORDS: Final = {
    "area": Text(vi="Lĩnh vực", en="Area"),
    "rule": Text(vi="Quy tắc", en="Rule"),
    "level": Text(vi="Mức", en="Level"),
    "required": Text(vi="bắt buộc", en="required"),
    "recommended": Text(vi="khuyến nghị", en="recommended"),
    "description": Text(vi="Mô tả (tiếng Anh)", en="Description"),
    "why": Text(vi="Lý do (tiếng Anh)", en="Why"),
    "disputed": Text(vi="Đang xem xét lại từ", en="Disputed since"),
    "basis": Text(vi="Căn cứ", en="Basis"),
    "operation": Text(vi="Phép tính", en="Operation"),
    "input": Text(vi="Câu hỏi", en="Question"),
    "expected": Text(vi="Câu trả lời đúng", en="Right answer"),
    "refused": Text(vi="Phải từ chối, với mã", en="To be refused, with the code"),
    "any": Text(vi="Phải từ chối, mã nào cũng được", en="To be refused, whatever the code"),
    "by hand": Text(vi="Tự hỏi chương trình của mình", en="Ask your own program"),
    "or": Text(vi="Hoặc để lệnh này hỏi", en="Or let this command ask"),
    "demands": Text(vi="Yêu cầu", en="Demands"),
    "cited": Text(vi="Dẫn chiếu", en="Cite as"),
    "cases": Text(vi="Số ca bắt buộc", en="Required cases"),
}


def _ensure(what: str, value: object, kind: type, *, vi: str, en: str) -> None:
    if not isinstance(value, kind):
        raise InvalidValueError.of(what, value, vi=vi, en=en)


def case_document(case: Case) -> dict[str, Any]:
    """Return all that the suite says of *case*, in JSON types.

    >>> from onestop_core import conformance
    >>> case_document(conformance.suite()["workdays/tet-2026.add-1-from-eve"])["expected"]
    '2026-02-23'

    Raises:
        InvalidValueError: no case.
    """
    _ensure("case", case, Case, vi="ca kiểm thử", en="a case")
    question: dict[str, Any] = thaw(case.question)
    document = {
        **question,
        "area": case.area,
        "level": case.level.value,
        "rules": list(case.rules),
        "basis": list(case.basis),
        "description": case.description,
    }
    if case.why is not None:
        document["why"] = case.why
    if case.disputed is not None:
        why = {"vi": case.disputed.why.vi, "en": case.disputed.why.en}
        document["disputed"] = {"since": case.disputed.since.isoformat(), "why": why}
    return document


def case_text(case: Case, *, language: Language = "en") -> str:
    """Return *case* as text: what is asked, what is right, on what ground, and how to ask it by hand.

    >>> from onestop_core import conformance
    >>> shown = case_text(conformance.suite()["workdays/tet-2026.add-1-from-eve"])
    >>> print(shown.partition("Ask")[0])
    workdays/tet-2026.add-1-from-eve
    Area          workdays: Working days
    Rule          tet: The days of Tết are not worked
    Rule          first-day-not-counted: The first day is not counted
    Level         required
    Description   1 working day after Friday 2026-02-13: Monday 2026-02-23
    ...

    Raises:
        InvalidValueError: no case, or another language.
    """
    _ensure("case", case, Case, vi="ca kiểm thử", en="a case")
    words = {key: each.in_(language) for key, each in _WORDS.items()}
    rows = [*_place(case, words, language), (words["level"], words[case.level.value])]
    rows.append((words["description"], case.description))
    if case.why is not None:
        rows.append((words["why"], case.why))
    if case.disputed is not None:
        since = f"{day_text(case.disputed.since).in_(language)}: {case.disputed.why.in_(language)}"
        rows.append((words["disputed"], since))
    rows += [(words["basis"], _ground(basis, language)) for basis in case.basis]
    rows += [(words["operation"], case.operation), (words["input"], json_text(case.input))]
    if case.refused is None:
        rows.append((words["expected"], json_text(case.expected)))
    else:
        rows.append((words["any"], "") if case.refused == ANY_REFUSAL else (words["refused"], case.refused))
    of = suite()
    lines = [
        json_text({"hello": PROTOCOL, "suite": of.version, "digest": of.digest}, ascii_only=True),
        json_text({"id": 1, "operation": case.operation, "input": case.input}, ascii_only=True),
    ]
    told = " ".join(shlex.quote(each) for each in lines)
    return "\n".join(
        [
            line(case.id),
            *_table(rows),
            "",
            f"{words['by hand']}:",
            f"  printf '%s\\n' {told} | java -jar mine.jar",
            f"{words['or']}:",
            f'  onestop conformance --exec "java -jar mine.jar" --case {shlex.quote(case.id)}',
        ]
    )


def _place(case: Case, words: dict[str, str], language: Language) -> list[tuple[str, str]]:
    area = next((each for each in suite().areas if each.name == case.area), None)
    rules: Mapping[str, Text] = {} if area is None else area.rules
    title = case.area if area is None else f"{case.area}: {area.title.in_(language)}"
    told = [f"{rule}: {rules[rule].in_(language)}" if rule in rules else rule for rule in case.rules]
    return [(words["area"], title), *((words["rule"], each) for each in told)]


def _ground(basis: str, language: Language) -> str:
    """Return a basis, as it is cited in *language*, with how firm it is in words."""
    ground = Ground.of(basis)
    return f"{ground.text.in_(language)} ({ground.evidence.in_(language)})"


def _table(rows: list[tuple[str, str]]) -> list[str]:
    width = max(len(name) for name, _ in rows)
    return [f"{name:<{width}}  {line(value)}".rstrip() for name, value in rows]


def profile_document(profile: Profile) -> dict[str, Any]:
    """Return *profile* in JSON types, with its digest and how it is cited.

    Raises:
        InvalidValueError: no profile.
    """
    _ensure("profile", profile, Profile, vi="bộ yêu cầu", en="a profile")
    return {
        "name": profile.name,
        "version": profile.version,
        "title": {"vi": profile.title.vi, "en": profile.title.en},
        "purpose": {"vi": profile.purpose.vi, "en": profile.purpose.en},
        "demanded": list(profile.demanded),
        "required_cases": len(profile.cases),
        "digest": profile.digest,
        "cited": profile.cited,
    }


def profile_text(profile: Profile, *, language: Language = "en") -> str:
    """Return *profile* as text: for whom it is, what it demands, how it is cited.

    >>> from onestop_core import conformance
    >>> print(profile_text(conformance.profile("calendar")).partition("Cite")[0])
    calendar@1: Calendar
    Software that has to know which days are worked: holidays, Tết, days in lieu, swaps, make-up days.
    Demands         workdays
    ...

    Raises:
        InvalidValueError: no profile, or another language.
    """
    _ensure("profile", profile, Profile, vi="bộ yêu cầu", en="a profile")
    words = {key: each.in_(language) for key, each in _WORDS.items()}
    rows = [(words["demands"], each) for each in profile.demanded]
    rows.append((words["cases"], number(len(profile.cases)).in_(language)))
    rows.append((words["cited"], profile.cited))
    title = f"{profile.name}@{profile.version}: {profile.title.in_(language)}"
    return "\n".join([title, profile.purpose.in_(language), *_table(rows)])
