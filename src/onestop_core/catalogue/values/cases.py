"""Which case an application is: cases, the questions that tell them apart, and the decision table."""

from __future__ import annotations

from decimal import Decimal

import attrs

from onestop_core.catalogue.values.fields import typed
from onestop_core.text import Text

__all__ = ["Answer", "AnswerCondition", "DecisionRule", "ProcedureCase", "Question", "Statement"]


@attrs.frozen(kw_only=True, field_transformer=typed)
class ProcedureCase:
    """A case of a procedure (trường hợp), to which limits, fees, papers and steps refer by its id."""

    id: str
    name: Text
    dimension: str | None = None
    """What it is a case of. Cases of one dimension exclude each other, those of different dimensions go together."""


@attrs.frozen(kw_only=True, field_transformer=typed)
class Statement:
    """A condition or an exemption, and what it rests on."""

    text: Text
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Answer:
    """An answer that can be chosen."""

    id: str
    name: Text


@attrs.frozen(kw_only=True, field_transformer=typed)
class Question:
    """A question that tells the case: one of its answers, or a number where it has none."""

    id: str
    text: Text
    answers: tuple[Answer, ...] = ()
    unit: Text | None = None
    """Of what the number is."""
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class AnswerCondition:
    """A condition on one answer: any one of some answers, or a number from *least* on and *below* a bound."""

    question: str
    answers: tuple[str, ...] = ()
    least: Decimal | None = None
    below: Decimal | None = None


@attrs.frozen(kw_only=True, field_transformer=typed)
class DecisionRule:
    """A row of the decision table: the case, where all its conditions hold."""

    case: str
    when: tuple[AnswerCondition, ...]
    basis: tuple[str, ...] = ()
