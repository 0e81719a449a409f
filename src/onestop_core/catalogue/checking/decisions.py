"""The check rules about decision tables: every name exists, and any answers make exactly one case in each dimension."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.checking import rules
from onestop_core.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.catalogue.checking.plain import Raw
    from onestop_core.errors import Problem
    from onestop_core.rules.reading.documents import Where

__all__ = ["decision_problems"]

_MOST_TRIED: Final = 20_000
"""How many combinations of answers are tried for one dimension; a table that people can read needs far fewer."""

Span = tuple[Fraction, Fraction | None]
"""Numbers from the first on, below the second; None: all above."""
Value = str | Span


def decision_problems(procedure: Raw, place: Where) -> Iterator[Problem]:
    """Yield what is wrong with the decision table of one *procedure*."""
    decisions: list[Raw] = procedure.get("decisions", [])
    if not decisions:
        return
    questions = {each["id"]: each for each in procedure.get("questions", ())}
    named = {condition["question"] for row in decisions for condition in row["when"]}
    sound = named <= questions.keys()  # a name that does not exist is found with the other names
    for index, row in enumerate(decisions):
        for number_, condition in enumerate(row["when"]):
            here: Where = (*place, "decisions", index, "when", number_)
            for problem in _condition(condition, questions, here):
                sound = False
                yield problem
    dimension = {case["id"]: case.get("dimension") for case in procedure.get("cases", ())}
    if not sound or not all(row["case"] in dimension for row in decisions):
        return
    for name in dict.fromkeys(dimension[row["case"]] for row in decisions):
        rows = [(index, row) for index, row in enumerate(decisions) if dimension[row["case"]] == name]
        yield from _hits(_Table(rows, questions), (*place, "decisions"))


def _condition(condition: Raw, questions: dict[str, Raw], place: Where) -> Iterator[Problem]:
    known = {each["id"] for each in questions.get(condition["question"], {}).get("answers", ())}
    for index, answer in enumerate(condition.get("answers", ())):
        if answer not in known:
            yield rules.UNRESOLVED.problem(
                (*place, "answers", index),
                vi=f"câu hỏi {condition['question']!r} không có câu trả lời {answer[:60]!r}",
                en=f"the question {condition['question']!r} has no answer {answer[:60]!r}",
            )
    bounds = [bound for bound in ("least", "below") if bound in condition]
    if condition["question"] in questions and (bool(known) is bool(bounds) or (known and not condition.get("answers"))):
        yield rules.DECISION.problem(
            place,
            vi=f"câu hỏi {condition['question']!r} cần "
            + ("câu trả lời trong danh sách" if known else "giới hạn bằng số"),
            en=f"the question {condition['question']!r} takes "
            + ("one of its answers" if known else "bounds of a number"),
        )


class _Table:
    """The rows of one dimension."""

    def __init__(self, rows: list[tuple[int, Raw]], questions: dict[str, Raw]) -> None:
        self.rows = rows
        self.questions = questions

    def values(self, question: str) -> list[Value]:
        """Return the answers to a question; for a number, the spans between the bounds of the rows."""
        listed: list[Raw] = self.questions[question].get("answers", [])
        if listed:
            return [each["id"] for each in listed]
        bounds = {Fraction(0)} | {
            Fraction(condition[bound])
            for _, row in self.rows
            for condition in row["when"]
            if condition["question"] == question
            for bound in ("least", "below")
            if bound in condition
        }
        ordered = sorted(bounds)
        return [*pairwise(ordered), (ordered[-1], None)]


def _allows(condition: Raw, value: Value) -> bool:
    if isinstance(value, str):
        return value in condition["answers"]
    least, below = condition.get("least"), condition.get("below")
    return (least is None or Fraction(least) <= value[0]) and (
        below is None or (value[1] is not None and value[1] <= Fraction(below))
    )


def _hits(table: _Table, place: Where) -> Iterator[Problem]:
    """Yield the first answers for which no row fits, and the first for which two do."""
    asked = list(dict.fromkeys(each["question"] for _, row in table.rows for each in row["when"]))
    tried = 0
    told: set[str] = set()
    # Depth first, with the rows that still fit; what is decided is not split further.
    stack: list[tuple[list[tuple[str, Value]], list[tuple[int, Raw]]]] = [([], list(table.rows))]
    while stack and len(told) < 2:
        so_far, fitting = stack.pop()
        tried += 1
        if tried > _MOST_TRIED:
            yield rules.DECISION.problem(
                place,
                vi=f"bảng có hơn {number(_MOST_TRIED).vi} tổ hợp câu trả lời, không kiểm tra hết được",
                en=f"has more than {number(_MOST_TRIED).en} combinations of answers, too many to try",
            )
            return
        answered = {name for name, _ in so_far}
        left = [
            name
            for name in asked
            if any(c["question"] == name for _, row in fitting for c in row["when"]) and name not in answered
        ]
        if not fitting or not left:
            yield from _judged(table, so_far, fitting, told, place)
            continue
        for value in reversed(table.values(left[0])):
            still = [
                (index, row)
                for index, row in fitting
                if all(_allows(c, value) for c in row["when"] if c["question"] == left[0])
            ]
            stack.append(([*so_far, (left[0], value)], still))


def _judged(
    table: _Table, answers: list[tuple[str, Value]], fitting: list[tuple[int, Raw]], told: set[str], place: Where
) -> Iterator[Problem]:
    vi = (
        "; ".join(f"{table.questions[name]['text']['vi']} {_said(value)}" for name, value in answers)
        or "mọi câu trả lời"
    )
    en = (
        "; ".join(f"{_english(table.questions[name])} {_said(value)}" for name, value in answers)
        or "whatever is answered"
    )
    if not fitting and "gap" not in told:
        told.add("gap")
        yield rules.DECISION.problem(place, vi=f"không dòng nào khớp với: {vi}", en=f"no row fits: {en}")
    elif len(fitting) > 1 and "overlap" not in told:
        told.add("overlap")
        cases = ", ".join(row["case"] for _, row in fitting)
        yield rules.DECISION.problem(
            (*place, fitting[1][0]),
            vi=f"nhiều dòng ({cases}) cùng khớp với: {vi}",
            en=f"several rows ({cases}) fit: {en}",
        )


def _english(question: Raw) -> str:
    text: Raw = question["text"]
    words: str = text.get("en", text["vi"])
    return words


def _said(value: Value) -> str:
    if isinstance(value, str):
        return value
    least, below = value
    return f"≥ {number(least).en}" if below is None else f"{number(least).en} ≤ … < {number(below).en}"
