"""Satisfaction as surveys of the SIPAS form measure it: answers on five points, the share of the upper two.

The formula is recalled, not read in the Decision that sets the method; ``measures().share("satisfied").basis`` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.kpi.amounts import whole
from onestop_core.kpi.counting.counts import Count, UnknownPolicy
from onestop_core.kpi.measures.definitions import SatisfactionFactor, measures
from onestop_core.kpi.measures.shares import Share
from onestop_core.model.series import each_of, items_of
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Answers", "Survey", "satisfaction_by_factor", "satisfaction_factors"]

_POINTS = 5


def _five(value: tuple[int, ...] | list[int]) -> tuple[int, ...]:
    return tuple(value) if isinstance(value, list) else value


@attrs.frozen(kw_only=True)
class Answers:
    """How many answered with 1, 2, 3, 4 and 5 points (very dissatisfied to very satisfied); answers add up.

    >>> (Answers(points=(1, 2, 7, 60, 30), invalid=4) + Answers()).share().percent
    Decimal('90.00')

    Raises:
        InvalidValueError: there are not five whole numbers from 0 on.
    """

    points: tuple[int, ...] = attrs.field(default=(0,) * _POINTS, converter=_five)
    invalid: int = 0
    """Answers that say nothing: in neither numerator nor denominator."""

    def __attrs_post_init__(self) -> None:
        points = cast("object", self.points)
        if not isinstance(points, tuple) or len(self.points) != _POINTS:
            raise InvalidValueError.of(
                "points", self.points, vi="năm số đếm, từ 1 đến 5 điểm", en="five counts, for 1 to 5"
            )
        for count in self.points:
            whole(count, "points")
        whole(self.invalid, "invalid")

    @classmethod
    def of(cls, answers: Iterable[int | None]) -> Answers:
        """Count single answers: 1 to 5, or None for one that says nothing.

        >>> Answers.of([5, 4, 4, 2, None]).points
        (0, 1, 0, 2, 1)

        Raises:
            InvalidValueError: an answer is something else.
        """
        counts, invalid = [0] * _POINTS, 0
        for answer in each_of(answers, object, "answers"):
            if answer is None:
                invalid += 1
                continue
            points = whole(answer, "answer")
            if points not in range(1, _POINTS + 1):
                raise InvalidValueError.of("answer", answer, vi="1 đến 5, hoặc None", en="1 to 5, or None")
            counts[points - 1] += 1
        return cls(points=tuple(counts), invalid=invalid)

    def __add__(self, other: Answers) -> Answers:
        if not isinstance(other, Answers):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        points = tuple(mine + theirs for mine, theirs in zip(self.points, other.points, strict=True))
        return Answers(points=points, invalid=self.invalid + other.invalid)

    def share(self) -> Share:
        """Return satisfied and very satisfied, of all valid answers: the formula itself leaves the others out."""
        return Share(
            definition=measures().share("satisfied"),
            count=Count(numerator=self.points[3] + self.points[4], denominator=sum(self.points), unknown=self.invalid),
            policy=UnknownPolicy.LEAVE_OUT,
        )


class Survey(Code):
    """Who asks what."""

    SIPAS = "sipas"
    """The survey of satisfaction: five factors, from a secondary page."""
    APPLICANTS = "applicants"
    """What applicants rate by Decree 118/2025, art. 33(1): nine matters; no way of asking and no scale is in the decree."""


def satisfaction_factors(survey: Survey | str = Survey.SIPAS) -> tuple[SatisfactionFactor, ...]:
    """Return what a survey asks about.

    >>> [factor.key for factor in satisfaction_factors()]
    ['access', 'procedure', 'officials', 'result', 'feedback']
    >>> [factor.key for factor in satisfaction_factors("applicants")][:3]
    ['promised_time', 'agencies', 'contacts']

    Raises:
        InvalidValueError: there is no such survey.
    """
    asked = Survey.of(survey, "survey")
    defined = measures()
    return (defined.factors if asked is Survey.SIPAS else defined.questions).items


def satisfaction_by_factor(
    answers: Mapping[str, Answers], *, survey: Survey | str = Survey.SIPAS
) -> tuple[dict[str, Share], Share]:
    """Return the share of each factor, and that of all answers together.

    >>> shares, overall = satisfaction_by_factor({"access": Answers.of([5, 3]), "result": Answers.of([4, 4])})
    >>> shares["access"].percent, overall.percent
    (Decimal('50.00'), Decimal('75.00'))

    Raises:
        UnknownCodeError: the survey has no such factor.
        InvalidValueError: there is no such survey, or they are no :class:`Answers` by factor.
    """
    known = [factor.key for factor in satisfaction_factors(survey)]
    given: dict[object, Answers] = items_of(answers, "answers")
    for key, each in given.items():
        if key not in known:
            raise UnknownCodeError.among(Text(vi="yếu tố hài lòng", en="factor of satisfaction"), key, known)
        if not isinstance(each, Answers):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError.of("answers", each, vi="Answers theo yếu tố", en="Answers by factor")
    total = sum(given.values(), Answers())
    return {key: given[key].share() for key in known if key in given}, total.share()
