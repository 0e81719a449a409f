"""What a law did, or would do, to dossiers: figures that open to their dossiers, and scores between bounds."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.lab.laws import Law
from onestop_core.lab.replaying.comparing import compare, events_of
from onestop_core.lab.replaying.figures import FIGURES, Figure, RuleChange, changes_of, figure_of, tells
from onestop_core.lab.replaying.scores import COLUMNS, By, Scorer, Scores
from onestop_core.lab.replaying.values import Compared, OpenReason
from onestop_core.model import FrozenMap, Interval, aware, day_of
from onestop_core.text import Text, number, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onestop_core.dossier import Dossier, Event
    from onestop_core.dossier.logs import Log
    from onestop_core.text import Language

__all__ = ["Keep", "Replay", "replay"]

Keep = Literal["all", "telling"]
_KEEP: Final = ("all", "telling")


@attrs.frozen(kw_only=True, repr=False)
class Replay:
    """Dossiers under two laws."""

    under: Law
    against: Law
    now: datetime
    """The moment of looking."""
    rows: tuple[Compared, ...]
    """Each dossier, as they came; or only those that tell something, see :func:`replay`."""
    others: FrozenMap[str, FrozenMap[str, int]]
    """How many dossiers have no row: by ``unit``, ``procedure``, ``field`` and ``month``, those without one under an empty text."""
    scores: Scores
    scores_by: FrozenMap[str, FrozenMap[str, Scores]]
    """By ``unit``, ``procedure``, ``field`` and ``month``; those without one under an empty text."""

    def __repr__(self) -> str:
        return f"<Replay of {self.figure('dossiers').count} dossiers under {self.under.name!r} against {self.against.name!r}>"

    def figure(self, name: str, *, by: By | None = None, key: str | None = None) -> Figure:
        """Return a figure: of all dossiers, or of those whose *by* is *key*.

        Raises:
            InvalidValueError: there is no such figure.
        """
        if name not in FIGURES:
            raise InvalidValueError.one_of("name", name, FIGURES)
        if by is None:
            return figure_of(name, self.rows, self._without)
        rows = (row for row in self.rows if getattr(row, by) == key)
        return figure_of(name, rows, self.others.get(by, _NONE).get(key or "", 0))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, of all dossiers."""
        return tuple(figure_of(name, self.rows, self._without) for name in FIGURES)

    @property
    def _without(self) -> int:
        return sum(self.others.get("month", _NONE).values())

    def figures_by(self, by: By) -> Mapping[str | None, tuple[Figure, ...]]:
        """Return every figure for each value of the column *by*, in the order of the alphabet, those without one last.

        Raises:
            InvalidValueError: it is another column.
        """
        if by not in COLUMNS:
            raise InvalidValueError.one_of("by", by, COLUMNS)
        groups: dict[str | None, list[Compared]] = {}
        for row in self.rows:
            groups.setdefault(getattr(row, by), []).append(row)
        others = self.others.get(by, _NONE)
        for key in others:
            groups.setdefault(key or None, [])
        keys = sorted(groups, key=lambda key: (key is None, sort_key(key or "")))
        return MappingProxyType(
            {key: tuple(figure_of(name, groups[key], others.get(key or "", 0)) for name in FIGURES) for key in keys}
        )

    @property
    def forbidden(self) -> tuple[RuleChange, ...]:
        """The steps newly forbidden, that of most dossiers first."""
        return changes_of(self.rows, lambda row: row.forbidden)

    @property
    def allowed(self) -> tuple[RuleChange, ...]:
        """The steps newly allowed, likewise."""
        return changes_of(self.rows, lambda row: row.allowed)

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
            f"{FIGURES['open'].text.in_(language)}: {reason.text.in_(language)}: {number(len(ids)).in_(language)}"
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
                    {
                        "key": key,
                        "figures": {each.name: each.count for each in figures},
                        "bounds": {each.name: [each.lowest, each.highest] for each in figures},
                        "scores": self.scores_by[by][key or ""].bounds_dict(),
                    }
                    for key, figures in self.figures_by(by).items()
                ]
                for by in COLUMNS
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


_NONE: Final[FrozenMap[str, int]] = FrozenMap({})
_FORBIDDEN: Final = Text(vi="Bước mới bị cấm", en="Newly forbidden")
_ALLOWED: Final = Text(vi="Bước mới được phép", en="Newly allowed")


_NO_FIELDS: Final[Mapping[str, str]] = FrozenMap({})


def replay(
    logs: Iterable[Dossier | Log | tuple[Event, ...]],
    *,
    under: Law,
    against: Law | None = None,
    now: datetime | None = None,
    period: Interval | None = None,
    fields: Mapping[str, str] = _NO_FIELDS,
    keep: Keep = "all",
) -> Replay:
    """Return what becomes of *logs* under a law, held against another.

    The people in the logs did what they did under the law of their day. Had the law been another, some would have acted
    otherwise: where a step could not have been taken, nothing is guessed and the dossier is *open*. Who would have been late
    is said for people who acted at the same moments, between bounds for four behaviours (:class:`Behaviour`) and, of dossiers
    that are still being handled, for either end. Due moments are those that the law counts, not those that were promised.

    With a moment *now* and ``keep="telling"``, a million dossiers need no more memory than the rows that tell something.

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
        now: The moment of looking; what happened after it is not looked at. Left out, that of the latest event of all.
        period: Whose receipts are scored; left out, all up to *now*.
        fields: Field of administration by procedure, for groups and scores by field.
        keep: ``all`` rows, or only those ``telling`` something: that belong, or may belong, to a figure other than that of
            all dossiers. Every figure and score is the same; the others are counted and have no row.

    Raises:
        InvalidValueError: what is no log, a naive moment, or another choice of rows.
    """
    if keep not in _KEEP:
        raise InvalidValueError.one_of("keep", keep, _KEEP)
    other = under.but(name="law of their day", lifecycle=None) if against is None else against
    given, moment = (logs, aware(now, "now")) if now is not None else _with_last(logs)
    scorer = Scorer(under, other, Interval(last=day_of(moment)) if period is None else period)
    rows: list[Compared] = []
    others: dict[By, Counter[str]] = {by: Counter() for by in COLUMNS}
    for pair in compare(given, under, other, now=moment, fields=fields):
        scorer.add(pair)
        if keep == "all" or tells(pair.row):
            rows.append(pair.row)
        else:
            for by in COLUMNS:
                others[by][getattr(pair.row, by) or ""] += 1
    scores, scores_by = scorer.scores()
    return Replay(
        under=under,
        against=other,
        now=moment,
        rows=tuple(rows),
        others=FrozenMap({by: FrozenMap(others[by]) for by in COLUMNS if others[by]}),
        scores=scores,
        scores_by=scores_by,
    )


def _with_last(logs: Iterable[Dossier | Log | tuple[Event, ...]]) -> tuple[list[tuple[Event, ...]], datetime]:
    """Return the events of *logs*, and the moment of the last of all."""
    given = [events_of(each) for each in logs]
    if not given:
        raise InvalidValueError.of(
            "now", None, vi="thời điểm xem xét, khi không có hồ sơ nào", en="a moment, since there is no log"
        )
    return given, max(event.at for events in given for event in events)
