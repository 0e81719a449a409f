"""What the logs of a period show beside its figures: the dossiers behind each, who is named, what is not counted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from onestop_core.dossier import Dossier
    from onestop_core.lab.burdens.costs import ProcedureBurden
    from onestop_core.lab.burdens.periods import Period
    from onestop_core.model import DossierFacts
    from onestop_core.text import Language

__all__ = ["Seen", "seen_in"]

_NO_OFFICIAL: Final = frozenset({"applicant", "system"})


@attrs.frozen(kw_only=True, repr=False)
class Seen:
    """The dossiers of a period, by what became of them. No figure of these is an indicator of an aim."""

    name: str
    """Of the period."""
    first: date | None
    last: date
    dossiers: tuple[str, ...]
    """Received in the period."""
    hours: tuple[tuple[str, Fraction], ...]
    """Dossiers that have ended, each with its working hours of handling: behind the mean handling time."""
    open: tuple[str, ...]
    """Those that had not ended: in no mean, quick or slow."""
    late: tuple[str, ...]
    """Those that ended later than due."""
    not_judged: tuple[str, ...]
    """Those that ended, of which it is not known when they were due."""
    outside: tuple[str, ...]
    """Those whose procedure the catalogue does not hold on the last day: they are in no cost."""
    unpriced: tuple[str, ...]
    """Procedures with dossiers whose steps have no budgets: why the cost of agencies is not known."""
    without_fees: tuple[str, ...]
    """Procedures with dossiers of whose fees the catalogue names no amount: the cost is without them."""
    units: tuple[str, ...]
    """Units that the logs name."""
    officials: int | None
    """How many persons other than applicants the logs name; None where they name none. Posts it does not tell."""
    per_post: Fraction | None
    """Ended dossiers for each post; None where posts were not stated."""

    def __repr__(self) -> str:
        return f"<Seen {self.name}: {len(self.dossiers)} dossiers>"

    @property
    def texts(self) -> tuple[Text, ...]:
        """What is seen, in words."""
        dossiers, ended, still = (number(len(each)) for each in (self.dossiers, self.hours, self.open))
        units = number(len(self.units))
        found = [
            Text(
                vi=f"{self.name}: {dossiers.vi} hồ sơ, {ended.vi} đã kết thúc, {still.vi} đang giải quyết; nhật ký nêu {units.vi} đơn vị",
                en=f"{self.name}: {dossiers.en} dossiers, {ended.en} ended, {still.en} under way; the logs name {units.en} units",
            )
        ]
        if self.officials is not None:
            people = number(self.officials)
            found.append(
                Text(
                    vi=f"{self.name}: nhật ký nêu tên {people.vi} người giải quyết; đó không phải số vị trí việc làm",
                    en=f"{self.name}: the logs name {people.en} people who handled; that is no number of posts",
                )
            )
        if self.per_post is not None:
            each = number(self.per_post, places=1)
            found.append(
                Text(
                    vi=f"{self.name}: {each.vi} hồ sơ đã kết thúc trên một vị trí",
                    en=f"{self.name}: {each.en} ended dossiers for each post",
                )
            )
        for ids, vi, en in (
            (
                self.not_judged,
                "đã kết thúc mà không rõ hạn trả kết quả",
                "ended, and it is not known when they were due",
            ),
            (
                self.outside,
                "có thủ tục không còn trong danh mục vào ngày cuối kỳ, nên không tính vào chi phí",
                "of procedures that the catalogue does not hold on the last day, so in no cost",
            ),
        ):
            if ids:
                many = number(len(ids))
                found.append(Text(vi=f"{self.name}: {many.vi} hồ sơ {vi}", en=f"{self.name}: {many.en} dossiers {en}"))
        if self.without_fees:
            lacking = number(len(self.without_fees))
            found.append(
                Text(
                    vi=f"{self.name}: chi phí chưa gồm phí, lệ phí của {lacking.vi} thủ tục mà danh mục không nêu số tiền",
                    en=f"{self.name}: the cost is without fees of {lacking.en} procedures, of which the catalogue names no amount",
                )
            )
        return tuple(found)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return it in JSON types; hours exact."""
        return {
            "name": self.name,
            "first": None if self.first is None else self.first.isoformat(),
            "last": self.last.isoformat(),
            **{name: list(getattr(self, name)) for name in ("dossiers", "open", "late", "not_judged", "outside")},
            "hours": {each: str(hours) for each, hours in self.hours},
            **{name: list(getattr(self, name)) for name in ("unpriced", "without_fees", "units")},
            "officials": self.officials,
            "per_post": None if self.per_post is None else str(self.per_post),
            "text": [text.in_(language) for text in self.texts],
        }


def seen_in(
    period: Period,
    cases: Sequence[Dossier],
    told: Sequence[DossierFacts],
    hours: tuple[tuple[str, Fraction], ...],
    *,
    asked: Sequence[ProcedureBurden],
    offered: Container[str],
) -> Seen:
    """Return what the dossiers *cases* show, whose facts are *told* and whose handling took *hours*, and the procedures *asked* for."""
    ended = [each for each in told if each.finished_at is not None]
    events = [event for case in cases for event in case.events]
    people = {event.actor for event in events if event.actor and event.role and event.role not in _NO_OFFICIAL}
    places = {place for event in events for place in (event.unit, event.to_unit) if place}
    return Seen(
        name=period.name,
        first=period.first,
        last=period.last,
        dossiers=tuple(case.id for case in cases),
        hours=hours,
        open=tuple(case.id for case in cases if case.clock.stopped_at is None),
        late=tuple(
            each.id for each in ended if each.due_at is not None and each.finished_at and each.finished_at > each.due_at
        ),
        not_judged=tuple(each.id for each in ended if each.due_at is None),
        outside=tuple(case.id for case in cases if case.procedure not in offered),
        unpriced=tuple(row.code for row in asked if row.agency_cost is None),
        without_fees=tuple(row.code for row in asked if not row.fees_known),
        units=tuple(sorted(places)),
        officials=len(people) or None,
        per_post=len(hours) / period.staff if period.staff else None,
    )
