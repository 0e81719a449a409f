"""What a law did, or would do, to dossiers: figures that open to their dossiers, and scores between bounds."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from onestop_core import kpi
from onestop_core.errors import InvalidValueError
from onestop_core.kpi import DossierFacts, Scorecard
from onestop_core.lab.laws import Law
from onestop_core.lab.replaying.comparing import compare, events_of
from onestop_core.lab.replaying.values import Compared, OpenReason
from onestop_core.model import FrozenMap, Interval, aware, day_of
from onestop_core.text import Text, number, sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from onestop_core.dossier import Dossier, Event
    from onestop_core.dossier.logs import Log
    from onestop_core.lab.courses import Breach
    from onestop_core.text import Language

__all__ = ["By", "Figure", "Replay", "RuleChange", "Scores", "replay"]

By = Literal["unit", "procedure", "field", "month"]
_BY: Final = ("unit", "procedure", "field", "month")


@attrs.frozen(kw_only=True)
class Figure:
    """How many, and which: *dossiers* had everybody acted at the same moments, from *lowest* to *highest* if not."""

    name: str
    text: Text
    dossiers: tuple[str, ...]
    lowest: int
    highest: int

    @property
    def count(self) -> int:
        """How many there are, had everybody acted at the same moments."""
        return len(self.dossiers)

    @property
    def said(self) -> Text:
        """The figure in words, with its bounds where it has any."""
        count = number(self.count)
        if self.lowest == self.highest:
            return count
        low, high = number(self.lowest), number(self.highest)
        return Text(vi=f"{count.vi} (từ {low.vi} đến {high.vi})", en=f"{count.en} (from {low.en} to {high.en})")

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the figure in JSON types."""
        return {
            "name": self.name,
            "text": self.text.in_(language),
            "count": self.count,
            "lowest": self.lowest,
            "highest": self.highest,
            "dossiers": list(self.dossiers),
        }


_FIGURES: Final[dict[str, tuple[Text, Callable[[Compared], bool]]]] = {
    "dossiers": (Text(vi="Hồ sơ", en="Dossiers"), lambda _: True),
    "moved": (Text(vi="Hồ sơ có hạn thay đổi", en="Moved"), lambda row: row.moved),
    "later": (
        Text(vi="trong đó: hạn muộn hơn", en="of them: to a later moment"),
        lambda row: bool(row.by) and row.by.days >= 0,
    ),
    "earlier": (Text(vi="trong đó: hạn sớm hơn", en="of them: to an earlier moment"), lambda row: row.by.days < 0),
    "newly_late": (Text(vi="Mới thành quá hạn", en="Newly late"), lambda row: row.newly_late),
    "newly_in_time": (Text(vi="Mới thành đúng hạn", en="Newly in time"), lambda row: row.newly_in_time),
    "newly_forbidden": (
        Text(vi="Có bước mới bị cấm", en="With steps newly forbidden"),
        lambda row: bool(row.forbidden),
    ),
    "newly_allowed": (Text(vi="Có bước mới được phép", en="With steps newly allowed"), lambda row: bool(row.allowed)),
    "waiting_changed": (
        Text(vi="Thời gian chờ thay đổi", en="Waiting changed"),
        lambda row: (
            not row.open
            and (row.before.waits, row.before.waited, row.before.restarts)
            != (row.after.waits, row.after.waited, row.after.restarts)
        ),
    ),
    "extensions_changed": (
        Text(vi="Số lần gia hạn thay đổi", en="Extensions changed"),
        lambda row: not row.open and row.before.extensions != row.after.extensions,
    ),
    "open": (Text(vi="Không trả lời được", en="Cannot be answered"), lambda row: bool(row.open)),
    "failed": (Text(vi="Không tính được", en="Could not be counted"), lambda row: row.error is not None),
}
_UNSURE: Final[dict[str, Callable[[Compared], bool]]] = {
    "moved": lambda _: True,
    "later": lambda _: True,
    "earlier": lambda _: True,
    "newly_late": lambda row: row.before.late is not True,
    "newly_in_time": lambda row: row.before.late is not False,
    "waiting_changed": lambda _: True,
    "extensions_changed": lambda _: True,
}
"""Which of the dossiers of which nobody can know may belong to a figure."""
_BEHAVIOUR: Final = frozenset({"newly_late", "newly_in_time"})
"""Figures that nobody need belong to, had people kept the new moment as they kept the old one."""


@attrs.frozen(kw_only=True)
class RuleChange:
    """A step that one law refuses and the other does not, with the article."""

    event: str
    name: Text
    rule: str
    reason: Text
    basis: Text
    dossiers: tuple[str, ...]

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return it in JSON types."""
        return {
            "event": self.event,
            "name": self.name.in_(language),
            "rule": self.rule,
            "reason": self.reason.in_(language),
            "basis": self.basis.in_(language),
            "dossiers": list(self.dossiers),
        }


@attrs.frozen(kw_only=True)
class Scores:
    """The scorecard before, and twice after; what nobody can know lies between the bounds of a card."""

    before: Scorecard
    same_moments: Scorecard
    """After, had everybody acted at the same moments."""
    as_kept: Scorecard
    """After, had everybody kept, or missed, the new moment as the old one."""

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the three cards in JSON types."""
        return {
            "before": self.before.to_dict(language=language),
            "same_moments": self.same_moments.to_dict(language=language),
            "as_kept": self.as_kept.to_dict(language=language),
        }


@attrs.frozen(kw_only=True, repr=False)
class Replay:
    """Dossiers under two laws."""

    under: Law
    against: Law
    now: datetime
    """The moment of looking."""
    rows: tuple[Compared, ...]
    """Each dossier, as they came."""
    scores: Scores
    scores_by: FrozenMap[str, FrozenMap[str, Scores]]
    """By ``unit``, ``procedure``, ``field`` and ``month``; those without one under an empty text."""

    def __repr__(self) -> str:
        return f"<Replay of {len(self.rows)} dossiers under {self.under.name!r} against {self.against.name!r}>"

    def figure(self, name: str, *, by: By | None = None, key: str | None = None) -> Figure:
        """Return a figure: of all dossiers, or of those whose *by* is *key*.

        Raises:
            InvalidValueError: there is no such figure.
        """
        if name not in _FIGURES:
            raise InvalidValueError.one_of("name", name, _FIGURES)
        rows = self.rows if by is None else tuple(row for row in self.rows if getattr(row, by) == key)
        return _figure(name, rows)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, of all dossiers."""
        return tuple(_figure(name, self.rows) for name in _FIGURES)

    def figures_by(self, by: By) -> Mapping[str | None, tuple[Figure, ...]]:
        """Return every figure for each value of the column *by*, in the order of the alphabet, those without one last.

        Raises:
            InvalidValueError: it is another column.
        """
        if by not in _BY:
            raise InvalidValueError.one_of("by", by, _BY)
        groups: dict[str | None, list[Compared]] = {}
        for row in self.rows:
            groups.setdefault(getattr(row, by), []).append(row)
        keys = sorted(groups, key=lambda key: (key is None, sort_key(key or "")))
        return MappingProxyType({key: tuple(_figure(name, tuple(groups[key])) for name in _FIGURES) for key in keys})

    @property
    def forbidden(self) -> tuple[RuleChange, ...]:
        """The steps newly forbidden, that of most dossiers first."""
        return _changes(self.rows, lambda row: row.forbidden)

    @property
    def allowed(self) -> tuple[RuleChange, ...]:
        """The steps newly allowed, likewise."""
        return _changes(self.rows, lambda row: row.allowed)

    @property
    def open(self) -> tuple[tuple[OpenReason, tuple[str, ...]], ...]:
        """What cannot be answered: why, and of which dossiers."""
        return tuple(
            (reason, ids) for reason in OpenReason if (ids := tuple(row.id for row in self.rows if reason in row.open))
        )

    def lines(self, *, language: Language = "en") -> tuple[str, ...]:
        """Return the answer as lines to read."""
        lines = [f"{self.against.name} → {self.under.name}"]
        lines.extend(f"{figure.text.in_(language)}: {figure.said.in_(language)}" for figure in self.figures)
        for title, changes in ((_FORBIDDEN, self.forbidden), (_ALLOWED, self.allowed)):
            for change in changes:
                many, what = number(len(change.dossiers)), change.name.in_(language)
                lines.append(f"{title.in_(language)}: {what}: {many.in_(language)} ({change.basis.in_(language)})")
        lines.extend(
            f"{_FIGURES['open'][0].in_(language)}: {reason.text.in_(language)}: {number(len(ids)).in_(language)}"
            for reason, ids in self.open
        )
        return tuple(lines)

    def to_dict(self, *, language: Language = "en", rows: bool = True) -> dict[str, Any]:
        """Return the answer in JSON types; *rows*: each dossier too."""
        return {
            "under": self.under.name,
            "against": self.against.name,
            "now": self.now.isoformat(),
            "figures": {figure.name: figure.to_dict(language=language) for figure in self.figures},
            "by": {
                by: [
                    {"key": key, "figures": {each.name: each.count for each in figures}}
                    for key, figures in self.figures_by(by).items()
                ]
                for by in _BY
            },
            "forbidden": [change.to_dict(language=language) for change in self.forbidden],
            "allowed": [change.to_dict(language=language) for change in self.allowed],
            "open": [
                {"reason": reason.value, "text": reason.text.in_(language), "dossiers": list(ids)}
                for reason, ids in self.open
            ],
            "scores": self.scores.to_dict(language=language),
            **({"rows": [row.to_dict(language=language) for row in self.rows]} if rows else {}),
        }


_FORBIDDEN: Final = Text(vi="Bước mới bị cấm", en="Newly forbidden")
_ALLOWED: Final = Text(vi="Bước mới được phép", en="Newly allowed")


def _figure(name: str, rows: tuple[Compared, ...]) -> Figure:
    text, belongs = _FIGURES[name]
    sure = tuple(row for row in rows if belongs(row))
    settled = [row for row in sure if not row.open] if name in _UNSURE else list(sure)
    perhaps = _UNSURE.get(name)
    more = 0 if perhaps is None else sum(bool(row.open) and perhaps(row) and not belongs(row) for row in rows)
    return Figure(
        name=name,
        text=text,
        dossiers=tuple(row.id for row in sure),
        lowest=0 if name in _BEHAVIOUR else len(settled),
        highest=len(sure) + more,
    )


def _changes(rows: tuple[Compared, ...], of: Callable[[Compared], tuple[Breach, ...]]) -> tuple[RuleChange, ...]:
    found: dict[tuple[str, str, Text], list[str]] = {}
    first: dict[tuple[str, str, Text], Breach] = {}
    for row in rows:
        for breach in of(row):
            key = (breach.event, breach.rule, breach.basis)
            first.setdefault(key, breach)
            ids = found.setdefault(key, [])
            if not ids or ids[-1] != row.id:
                ids.append(row.id)
    changes = [
        RuleChange(
            event=event, name=first[key].name, rule=rule, reason=first[key].reason, basis=basis, dossiers=tuple(ids)
        )
        for key, ids in found.items()
        for event, rule, basis in [key]
    ]
    return tuple(sorted(changes, key=lambda change: -len(change.dossiers)))


_NO_FIELDS: Final[Mapping[str, str]] = FrozenMap({})


def replay(
    logs: Iterable[Dossier | Log | tuple[Event, ...]],
    *,
    under: Law,
    against: Law | None = None,
    now: datetime | None = None,
    period: Interval | None = None,
    fields: Mapping[str, str] = _NO_FIELDS,
) -> Replay:
    """Return what becomes of *logs* under a law, held against another.

    The people in the logs did what they did under the law of their day. Had the law been another, some would have acted
    otherwise: where a step could not have been taken, nothing is guessed and the dossier is *open*; who would have
    been late is said twice, had everybody acted at the same moments, and had everybody kept the new moment as the old one.
    Due moments are those that the law counts, not those that were promised.

    >>> from datetime import date
    >>> from onestop_core import workdays
    >>> from onestop_core.lab import generate, law
    >>> known = law(name="as of 24 December", calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 24)), limits="5 working days")
    >>> decided = known.but(name="as of 25 December", calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 25)))
    >>> found = replay(generate(300, year=2025), under=decided, against=known)
    >>> moved = found.figure("moved")
    >>> moved.count, moved.dossiers[:2], [part.value for part in next(row for row in found.rows if row.moved).why]
    (9, ('H99.47-251231-0024', 'H99.26-251225-0033'), ['calendar'])

    Args:
        logs: Dossiers, logs that were read (``dossier.load_log``), or their events.
        under: The law under which they are replayed.
        against: The law against which that is held; left out, the law of their day, otherwise as *under*.
        now: The moment of looking; left out, that of the last event of all.
        period: Whose receipts are scored; left out, all up to *now*.
        fields: Field of administration by procedure, for groups and scores by field.

    Raises:
        InvalidValueError: what is no log, or a naive moment.
    """
    given = [events_of(each) for each in logs]
    other = under.but(name="law of their day", lifecycle=None) if against is None else against
    if now is not None:
        moment = aware(now, "now")
    elif given:
        moment = max(events[-1].at for events in given)
    else:
        raise InvalidValueError.of(
            "now", now, vi="thời điểm xem xét, khi không có hồ sơ nào", en="a moment, since there is no log"
        )
    pairs = list(compare(given, under, other, now=moment, fields=fields))
    during = Interval(last=day_of(moment)) if period is None else period
    sides = (
        (other, [pair.before for pair in pairs]),
        (under, [pair.after for pair in pairs]),
        (under, [pair.kept for pair in pairs]),
    )
    rows = tuple(pair.row for pair in pairs)
    by: dict[str, FrozenMap[str, Scores]] = {}
    for column in _BY:
        keys = sorted({getattr(row, column) or "" for row in rows}, key=sort_key)
        by[column] = FrozenMap(
            {key: _scores(sides, during, [(getattr(row, column) or "") == key for row in rows]) for key in keys}
        )
    return Replay(
        under=under,
        against=other,
        now=moment,
        rows=rows,
        scores=_scores(sides, during, [True] * len(rows)),
        scores_by=FrozenMap(by),
    )


def _scores(sides: tuple[tuple[Law, list[DossierFacts | None]], ...], period: Interval, wanted: list[bool]) -> Scores:
    cards: list[Scorecard] = []
    for scored, facts in sides:
        told = [each for each, mine in zip(facts, wanted, strict=True) if mine and each is not None]
        cards.append(scored.index.score(kpi.tally(told, period=period)))
    return Scores(before=cards[0], same_moments=cards[1], as_kept=cards[2])
