"""The decision table of a procedure: which case the answers make, in each dimension exactly one.

Tables are read as DMN's *unique* hit policy has it: exactly one row fits. That a table has no gaps and no rows that
overlap is a check of the catalogue; here it would be an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.catalogue.quotes.values import ChosenCase
from onestop_core.catalogue.values.fields import expect, plain_word
from onestop_core.catalogue.values.procedure import Procedure
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.catalogue.values.cases import AnswerCondition, DecisionRule, Question

__all__ = ["CASE", "Answers", "Exact", "chosen", "exact", "given", "members", "open_questions"]

CASE: Final = "case"
"""The answer that names the case itself, where cases have no dimension."""
_MOST_DIGITS: Final = 40

_NONE: Final = ""
"""The answer that none of the cases of a dimension applies; no case has this id."""

Exact = int | Decimal | Fraction
Answers = Mapping[str, str | Exact | None]
"""By question: the id of an answer, or a number; by dimension: a case named outright, or None where none applies."""


def given(procedure: Procedure, answers: object) -> dict[str, str | Fraction]:
    """Return *answers* held to the questions of *procedure*.

    Raises:
        InvalidValueError: they are no mapping, or an answer is neither text nor an exact number.
        UnknownCodeError: the procedure asks no such question, or a question has no such answer.
    """
    questions = {each.id: each for each in procedure.questions}
    dimensions = {each.dimension or CASE for each in procedure.cases}
    found: dict[str, str | Fraction] = {}
    for key, value in members(answers, "answers"):
        name = plain_word(key)
        if name is None or name not in questions.keys() | dimensions:
            raise UnknownCodeError.among(Text(vi="câu hỏi", en="question"), key, [*questions, *sorted(dimensions)])
        question = questions.get(name)
        if question is None and value is None:
            found[name] = _NONE
        elif question is None:
            known = [each.id for each in procedure.cases if (each.dimension or CASE) == name]
            found[name] = _one_of(Text(vi="trường hợp", en="case"), value, known)
        elif question.answers:
            known = [each.id for each in question.answers]
            found[name] = _one_of(Text(vi="câu trả lời", en="answer"), value, known)
        else:
            found[name] = exact(value, name)
    return found


def members(value: object, what: str) -> list[tuple[object, object]]:
    """Return what stands in a mapping.

    Raises:
        InvalidValueError: it is none, or one that cannot be read.
    """
    try:
        found: list[tuple[object, object]] | None = list(cast("Mapping[object, object]", value).items())
    except Exception:  # noqa: BLE001 - somebody else's mapping may raise anything
        found = None
    if found is None or not isinstance(value, Mapping):
        raise InvalidValueError.of(what, value, vi="một bảng theo tên", en="a mapping by name")
    return found


def _one_of(kind: Text, value: object, known: list[str]) -> str:
    plain = plain_word(value)
    if plain is None or plain not in known:
        raise UnknownCodeError.among(kind, value, known)
    return plain


def exact(value: object, what: str) -> Fraction:
    """Return an exact number that is not negative.

    Raises:
        InvalidValueError: it is something else.
    """
    plain = isinstance(value, int | Fraction) and not isinstance(value, bool)
    small = isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS
    if not (plain or small) or cast("Any", value) < 0 or cast("Any", value) >= 10**_MOST_DIGITS:
        raise InvalidValueError.of(
            what,
            value,
            vi="số chính xác, không âm (int, Decimal, Fraction)",
            en="an exact number, not negative: int, Decimal or Fraction",
        )
    return Fraction(cast("Any", value))


def _holds(condition: AnswerCondition, answers: Mapping[str, str | Fraction]) -> bool | None:
    """Return whether a condition holds; None where its question has not been answered."""
    answer = answers.get(condition.question)
    if answer is None:
        return None
    if isinstance(answer, str):
        return answer in condition.answers
    return (condition.least is None or Fraction(condition.least) <= answer) and (
        condition.below is None or answer < Fraction(condition.below)
    )


def _fits(rule: DecisionRule, answers: Mapping[str, str | Fraction]) -> bool | None:
    held = [_holds(each, answers) for each in rule.when]
    return False if False in held else None if None in held else True


def _by_dimension(procedure: Procedure) -> dict[str, list[DecisionRule]]:
    """Return the rows of each dimension; none where its case is named outright."""
    dimension = {each.id: each.dimension or CASE for each in procedure.cases}
    found: dict[str, list[DecisionRule]] = {name: [] for name in dimension.values()}
    for rule in procedure.decisions:
        if rule.case in dimension:
            found[dimension[rule.case]].append(rule)
    return found


def open_questions(procedure: Procedure, answers: Answers) -> tuple[Question, ...]:
    """Return the questions that must still be answered to tell the case, in their order: what a form asks next.

    A question that no row needs any more, since other answers have decided, is not asked.

    Raises:
        InvalidValueError: *procedure* is none, or *answers* are no mapping of words and exact numbers.
        UnknownCodeError: there is no such question, or no such answer to it.
    """
    plain = given(expect(procedure, Procedure, "procedure"), answers)
    wanted: set[str] = set()
    for name, rules in _by_dimension(procedure).items():
        if name in plain:
            continue
        possible = [rule for rule in rules if _fits(rule, plain) is not False]
        wanted |= {each.question for rule in possible for each in rule.when if each.question not in plain}
    return tuple(each for each in procedure.questions if each.id in wanted)


def chosen(procedure: Procedure, plain: Mapping[str, str | Fraction]) -> tuple[ChosenCase, ...]:
    """Return the case of each dimension, with the answers that made it.

    Raises:
        InvalidValueError: an answer is missing, or the table has no row, or two, for these answers.
    """
    cases = {each.id: each for each in procedure.cases}
    found: list[ChosenCase] = []
    for name, rules in _by_dimension(procedure).items():
        named = plain.get(name)
        if isinstance(named, str) and name not in {each.id for each in procedure.questions}:
            reason = Text(vi="trường hợp được chọn trực tiếp", en="the case was named")
            found += [ChosenCase(case=cases[named], reason=reason)] if named else []
            continue
        fitting = [(rule, _fits(rule, plain)) for rule in rules]
        sure = [rule for rule, fits in fitting if fits]
        if not rules or any(fits is None for _, fits in fitting):
            raise _unanswered(procedure, name, rules, plain)
        if len(sure) != 1:
            raise InvalidValueError.of(
                "answers",
                sorted(plain),
                vi=f"câu trả lời khớp với đúng một dòng của bảng quyết định, không phải {len(sure)} dòng",
                en=f"answers that fit exactly one row of the decision table, not {len(sure)}",
            )
        (rule,) = sure
        found.append(ChosenCase(case=cases[rule.case], reason=_because(procedure, rule, plain), basis=rule.basis))
    return tuple(found)


def _unanswered(
    procedure: Procedure, dimension: str, rules: Iterable[DecisionRule], plain: Mapping[str, str | Fraction]
) -> InvalidValueError:
    asked = {each.question for rule in rules if _fits(rule, plain) is None for each in rule.when}
    left = [each for each in procedure.questions if each.id in asked and each.id not in plain]
    if left:
        said = Text(vi="; ".join(each.text.vi for each in left), en="; ".join(each.text.en for each in left))
        ids = ", ".join(each.id for each in left)
        return InvalidValueError.of(
            "answers", sorted(plain), vi=f"câu trả lời cho: {said.vi} ({ids})", en=f"an answer to: {said.en} ({ids})"
        )
    known = [each for each in procedure.cases if (each.dimension or CASE) == dimension]
    vi = "; ".join(f"{each.name.vi} ({each.id})" for each in known)
    en = "; ".join(f"{each.name.en} ({each.id})" for each in known)
    return InvalidValueError.of(
        "answers",
        sorted(plain),
        vi=f"{dimension}, một trong: {vi}; hoặc None",
        en=f"{dimension}, one of: {en}; or None",
    )


def _because(procedure: Procedure, rule: DecisionRule, plain: Mapping[str, str | Fraction]) -> Text:
    """Say which answers decided."""
    if not rule.when:
        return Text(vi="không phụ thuộc câu trả lời", en="whatever is answered")
    questions = {each.id: each for each in procedure.questions}
    vi: list[str] = []
    en: list[str] = []
    for each in rule.when:
        question = questions[each.question]
        answer = _answer(question, plain[each.question])
        vi.append(f"{question.text.vi} {answer.vi}")
        en.append(f"{question.text.en} {answer.en}")
    return Text(vi="; ".join(vi), en="; ".join(en))


def _answer(question: Question, answer: str | Fraction) -> Text:
    if isinstance(answer, str):
        return next(each.name for each in question.answers if each.id == answer)
    figure, unit = number(answer), question.unit
    return figure if unit is None else Text(vi=f"{figure.vi} {unit.vi}", en=f"{figure.en} {unit.en}")
