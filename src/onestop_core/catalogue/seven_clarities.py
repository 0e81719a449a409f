"""The seven clarities (bảy rõ): what each step of a procedure says about itself, and what it leaves open.

Hanoi's motto of 2024, known from the press, asks for clear objective, person, work, time, responsibility,
product and result; Notice 627/TB-VPCP names six, with authority and without objective and result. Which
property of a step answers which of them is *our reading*: no text that was read says so.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.catalogue.values.codes import StepRole
from onestop_core.catalogue.values.fields import expect, typed
from onestop_core.catalogue.values.procedure import Procedure
from onestop_core.model import FrozenMap
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Container

__all__ = ["Clarity", "ProcedureClarity", "StepClarity", "clarities", "left_open"]


class Clarity(Code):
    """One of the seven."""

    OBJECTIVE = "objective"
    PERSON = "person"
    WORK = "work"
    TIME = "time"
    RESPONSIBILITY = "responsibility"
    PRODUCT = "product"
    RESULT = "result"

    @property
    def label(self) -> Text:
        """The clarity in words."""
        return _LABELS[self]


_LABELS: Final = {
    Clarity.OBJECTIVE: Text(vi="mục tiêu", en="objective"),
    Clarity.PERSON: Text(vi="người", en="person"),
    Clarity.WORK: Text(vi="việc", en="work"),
    Clarity.TIME: Text(vi="thời gian", en="time"),
    Clarity.RESPONSIBILITY: Text(vi="trách nhiệm", en="responsibility"),
    Clarity.PRODUCT: Text(vi="sản phẩm", en="product"),
    Clarity.RESULT: Text(vi="kết quả", en="result"),
}

_STATED: Final = {
    Clarity.OBJECTIVE: ("objective",),
    Clarity.PERSON: ("role",),
    Clarity.WORK: ("what",),
    Clarity.TIME: ("budget",),
    Clarity.RESPONSIBILITY: ("responsible", "body"),
    Clarity.PRODUCT: ("product",),
    Clarity.RESULT: ("result",),
}
"""The properties of a step of which one states it."""

_PROPERTIES: Final = tuple(name for properties in _STATED.values() for name in properties)


def left_open(stated: Container[str]) -> tuple[Clarity, ...]:
    """Return the clarities that a step of which the properties *stated* are known leaves open.

    >>> [clarity.value for clarity in left_open({"what", "role", "body", "budget", "product"})]
    ['objective', 'result']
    """
    return tuple(clarity for clarity, properties in _STATED.items() if not any(name in stated for name in properties))


@attrs.frozen(kw_only=True, field_transformer=typed)
class StepClarity:
    """What a step makes clear."""

    step: str
    """Its id."""
    index: int
    """Its place among the steps of the procedure, from 0."""
    missing: tuple[Clarity, ...]

    @property
    def score(self) -> Fraction:
        """Share of the seven that it states."""
        return Fraction(len(Clarity) - len(self.missing), len(Clarity))


@attrs.frozen(kw_only=True, field_transformer=typed)
class ProcedureClarity:
    """What the steps of a procedure make clear; those that the applicant takes are not asked."""

    code: str
    steps: tuple[StepClarity, ...]

    @property
    def score(self) -> Fraction | None:
        """Mean of the steps; None for a procedure without steps, of which nothing is clear and nothing is said."""
        return sum((step.score for step in self.steps), Fraction(0)) / len(self.steps) if self.steps else None

    @property
    def shares(self) -> FrozenMap[Clarity, Fraction]:
        """For each clarity the share of the steps that state it; empty without steps."""
        if not self.steps:
            return FrozenMap()
        return FrozenMap(
            {
                clarity: Fraction(sum(clarity not in step.missing for step in self.steps), len(self.steps))
                for clarity in Clarity
            }
        )


def clarities(procedure: Procedure) -> ProcedureClarity:
    """Return which of the seven clarities the steps of *procedure* state.

    >>> from onestop_core import catalogue
    >>> birth = clarities(catalogue.shipped()["1.001193"])
    >>> birth.score, birth.shares[Clarity.WORK]
    (Fraction(..., ...), Fraction(1, 1))
    >>> [clarity.label.vi for clarity in Clarity]
    ['mục tiêu', 'người', 'việc', 'thời gian', 'trách nhiệm', 'sản phẩm', 'kết quả']
    """
    expect(procedure, Procedure, "procedure")
    return ProcedureClarity(
        code=procedure.code,
        steps=tuple(
            StepClarity(
                step=step.id,
                index=index,
                missing=left_open({name for name in _PROPERTIES if getattr(step, name) is not None}),
            )
            for index, step in enumerate(procedure.steps)
            if step.role is not StepRole.APPLICANT
        ),
    )
