"""From a table of events to what a law refuses: one dossier of each shape is followed, and the columns do the rest.

``keys`` finds the dossiers that went the same way, ``courses`` says what the law makes of them, and the moments, units
and roles of each breach come from the columns.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from onestop_core.dossier import Event, Opening
from onestop_core.dossier.events import CREATED
from onestop_core.errors import InvalidValueError, OnestopError
from onestop_core.ext._logs.arrays import LogArrays
from onestop_core.ext._logs.courses import Court, Judged, Question
from onestop_core.ext._logs.facts import UNITS, Refused, built, codes_of
from onestop_core.ext._logs.keys import combined, keys_of, listed_papers, told_apart
from onestop_core.ext._logs.layout import JUDGED, arrow, event_of_row
from onestop_core.ext._logs.shapes import Places
from onestop_core.lab.laws import Law
from onestop_core.model import HO_CHI_MINH
from onestop_core.model.series import instance
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.ext._logs.shapes import Mark
    from onestop_core.text import Language

__all__ = ["JudgedLogs", "LogJudge", "judge_logs"]

_CHUNK: Final = 1 << 16
"""Dossiers at a time."""
_ALONE: Final = -1
"""The judgement of a dossier that is followed by itself."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY: Final = date(1970, 1, 1)
_MICROSECOND: Final = timedelta(microseconds=1)


@attrs.frozen(kw_only=True)
class JudgedLogs:
    """What a law makes of the logs of a table."""

    breaches: Any = attrs.field(eq=False, repr=False)
    """Table of PyArrow, a row a breach: ``id``, ``number``, ``event``, ``name``, ``at``, ``role``, ``unit``, ``state``, ``kind``,
    ``rule``, ``basis``, ``followed``, ``consequence``, as in ``lab.Breach``."""
    facts: Any = attrs.field(eq=False, repr=False)
    """As of ``fold_logs``: what the logs come to when what was refused is folded as history, where it can be."""
    spans: Any = attrs.field(eq=False, repr=False)
    """As of ``fold_logs``."""
    refused: tuple[Refused, ...]
    """The dossiers that nobody can follow, and why."""


def judge_logs(table: Any, *, law: Law, unit: str = "competent_unit", language: Language = "en") -> JudgedLogs:
    """Return what a *law* refuses of the events in a *table* of PyArrow, each judged where its dossier then stood.

    The same as ``lab.follow(events, law.machine(events[0]), policy=law.policy)`` of each dossier, and the facts and clocks to
    which it led. The table has the columns of ``log_columns``, whole dossiers one after another.

    The words of a refusal are left out, for they name units and moments of one dossier: ``lab.follow`` of that one says them.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, lab
    >>> from onestop_core.ext.frames import log_table
    >>> at = datetime.fromisoformat("2026-02-09T08:15+07:00")
    >>> opened = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.012783", channel="in_person", at=at)
    >>> table = log_table([(*opened.events, dossier.event("delivered", at))])
    >>> judge_logs(table, law=lab.law()).breaches.select(["id", "number", "rule", "basis"]).to_pylist()
    [{'id': '1', 'number': 1, 'rule': 'transition-not-allowed', 'basis': 'Decree 118/2025/NĐ-CP'}]

    Args:
        table: The events.
        law: What they are judged by: for its lifecycle, ``None`` is the edition that each names, the law of its day.
        unit: As for ``fold_logs``.
        language: Of the names and the articles.

    Raises:
        InvalidValueError: a column is missing or of another type, or the rows of a dossier are not one after another,
            from number 0 on.
        MissingExtraError: pyarrow or NumPy is not installed.
    """
    return LogJudge(law, unit=unit, language=language).judge(table)


@final
class LogJudge:
    """Judges one table after another by one law, and keeps what it has learnt of shapes."""

    def __init__(self, law: Law, *, unit: str = "competent_unit", language: Language = "en") -> None:
        self._law = instance(law, Law, "law")
        if unit not in UNITS:
            raise InvalidValueError.one_of("unit", unit, UNITS)
        Text(vi="", en="").in_(language)  # refuses what is no language
        self._unit = unit
        self._language: Language = language
        self._courts: list[Court | OnestopError | None] = [None]
        self._court_of: dict[tuple[str | None, date | None] | str, int] = {}
        self._marks: dict[Mark, int] = {}
        self._known: dict[Any, int] = {}
        self._shapes: dict[bytes, int] = {}
        self._tree: dict[tuple[Any, ...], Question | int] = {}
        """By shape and the answers so far: the next question, or the number of the judgement."""
        self._judged: list[Judged] = []

    def judge(self, table: Any) -> JudgedLogs:
        """Return what the law makes of the logs of *table*; see :func:`judge_logs`."""
        pa = arrow()
        if isinstance(table, pa.Table):
            table = table.select([name for name in table.column_names if name in JUDGED])
        log = LogArrays.of(table)
        parts = [
            self._part(log.part(first, min(first + _CHUNK, log.size))) for first in range(0, max(log.size, 1), _CHUNK)
        ]
        return JudgedLogs(
            breaches=pa.concat_tables([part.breaches for part in parts]),
            facts=pa.concat_tables([part.facts for part in parts]),
            spans=pa.concat_tables([part.spans for part in parts]),
            refused=tuple(one for part in parts for one in part.refused),
        )

    def _part(self, log: LogArrays) -> JudgedLogs:
        np = log.np
        judgement = self._by_shape(log)
        alone = np.flatnonzero(judgement == _ALONE)
        own = [self._alone(log, at) for at in alone.tolist()]
        judgement[alone] = len(self._judged) + np.arange(len(alone))
        known = [*self._judged, *own]
        folded = built(log, judgement, [each.places for each in known], self._unit)
        return JudgedLogs(
            breaches=self._breaches(log, judgement, known),
            facts=folded.facts,
            spans=folded.spans,
            refused=folded.refused,
        )

    def _by_shape(self, log: LogArrays) -> Any:
        """Return for each dossier the number of its judgement."""
        np = log.np
        courts = self._courts_of(log)
        alone = told_apart(log)
        lists, unread = listed_papers(log, self._known)
        looks = [each.looks if isinstance(each, Court) else None for each in self._courts]
        keys, untold = keys_of(log, looks, courts, lists, self._known)
        codes = combined(log, [codes_of(log, self._marks), keys], self._known).astype(np.int32)
        shapes, texts = log.same(codes)
        numbers = [self._shapes.setdefault(text, len(self._shapes)) for text in texts]
        together = np.flatnonzero(~(alone | unread | untold))
        together = together[np.argsort(shapes[together], kind="stable")]
        bounds = np.searchsorted(shapes[together], np.arange(len(texts) + 1)).tolist()
        judgement = np.full(log.size, _ALONE, np.int64)
        for at, number in enumerate(numbers):
            members = together[bounds[at] : bounds[at + 1]]
            if len(members):
                self._settle(
                    log, number, members, int(courts[members[0]]), is_listed=bool(lists[members[0]]), into=judgement
                )
        return judgement

    def _settle(self, log: LogArrays, shape: int, members: Any, court: int, *, is_listed: bool, into: Any) -> None:
        """Write *into* an array the judgement of *members*, dossiers of one shape: ask until those that are left agree."""
        waiting: list[tuple[tuple[Any, ...], Any]] = [((shape,), members)]
        while waiting:
            path, some = waiting.pop()
            if path not in self._tree:
                self._learn(log, shape, int(some[0]), court, is_listed=is_listed)
            found = self._tree[path]
            if isinstance(found, int):
                into[some] = found
                continue
            answers = found.answers(log, some)
            waiting += [(((*path, said)), few) for said in (False, True) if len(few := some[answers == said])]

    def _learn(self, log: LogArrays, shape: int, dossier: int, court: int, *, is_listed: bool) -> None:
        """Follow one dossier, and write down what was asked on its way and what became of it."""
        judge = self._courts[court]
        path: tuple[Any, ...] = (shape,)
        assert judge is not None  # an opening that names no lifecycle has no shape
        if isinstance(judge, OnestopError):
            self._tree[path] = len(self._judged)
            self._judged.append(Judged(Places(error=judge)))
            return
        try:
            events = tuple(event_of_row(row) for row in _looked_at(log.rows_of(dossier), is_listed=is_listed))
        except OnestopError:  # each says why
            self._tree[path] = _ALONE
            return
        for question in judge.questions(events):
            self._tree[path] = question
            path = (*path, bool(question.answers(log, log.np.array([dossier]))[0]))
        self._tree[path] = len(self._judged)
        self._judged.append(judge.judged(events))

    def _alone(self, log: LogArrays, dossier: int) -> Judged:
        """Return what the law makes of one dossier, by its own events."""
        try:
            events = tuple(event_of_row(row) for row in log.rows_of(dossier))
            opening = events[0].opening
            assert opening is not None  # the row of number 0 was read with one, or refused
            judge = self._courts[self._court(opening.lifecycle, events[0].at.date())]
            assert judge is not None  # that is for openings without a lifecycle, which were refused
            if isinstance(judge, OnestopError):
                raise judge
            return judge.judged(events)
        except OnestopError as error:
            return Judged(Places(error=error))

    def _courts_of(self, log: LogArrays) -> Any:
        """Return for each dossier the number of the court that judges it; 0 where no lifecycle is named."""
        np = log.np
        names = log.openings.column("lifecycle").dictionary_encode()
        words: list[str | None] = [*names.dictionary.to_pylist(), None]
        of = log.pc.fill_null(names.indices, len(words) - 1).to_numpy().astype(np.int64)
        days = np.clip(log.days(log.at[log.starts[:-1]]), 0, 1 << 20)
        pairs, found = np.unique(of << 32 | days, return_inverse=True)
        told: list[int] = pairs.tolist()
        numbers = [
            0 if (word := words[pair >> 32]) is None else self._court(word, _FIRST_DAY + timedelta(pair & 0xFFFFFFFF))
            for pair in told
        ]
        return np.array(numbers, np.int64)[found]

    def _court(self, pinned: str, day: date) -> int:
        """Return the number of the court that judges what was opened on a *day* with this edition *pinned* on it."""
        law = self._law
        asked = pinned if law.lifecycle is None else law.lifecycle
        key = (
            None if law.lifecycle is not None else pinned,
            day if isinstance(asked, str) and "@" not in asked else None,
        )
        if key not in self._court_of:
            try:
                opening = Opening(id="1", procedure="1", channel="in_person", lifecycle=pinned)
                machine = law.machine(Event(CREATED, datetime.combine(day, time(12), HO_CHI_MINH), opening=opening))
            except OnestopError as error:
                self._courts.append(error)
                self._court_of[key] = len(self._courts) - 1
            else:
                if machine.id not in self._court_of:
                    self._courts.append(Court(machine, law.policy))
                    self._court_of[machine.id] = len(self._courts) - 1
                self._court_of[key] = self._court_of[machine.id]
        return self._court_of[key]

    def _breaches(self, log: LogArrays, judgement: Any, known: list[Judged]) -> Any:
        np, pa, pc = log.np, log.pa, log.pc
        used, of = np.unique(judgement, return_inverse=True)
        places: list[int] = used.tolist()
        found = [known[at].breaches for at in places]
        flat = [breach for breaches in found for breach in breaches]
        sizes = np.array([len(breaches) for breaches in found], np.int64)
        firsts = np.cumsum(sizes) - sizes
        times = sizes[of]
        dossiers = np.repeat(np.arange(log.size), times)
        which = np.arange(len(dossiers)) - np.repeat(np.cumsum(times) - times, times) + firsts[of][dossiers]
        # What was followed by itself has words and moments of its own, and may number its events otherwise.
        is_own = judgement[dossiers] >= len(self._judged)
        numbers = np.array([breach.number for breach in flat], np.int64)[which]
        rows = log.starts[:-1][dossiers] + np.where(is_own, 0, numbers)

        def said(values: list[Any], kind: Any = pa.string()) -> Any:  # noqa: B008 - the type of nearly all
            return pa.array(values, kind).take(pa.array(which))

        def told(name: str) -> Any:
            words = pc.utf8_normalize(log.rows.column(name).take(pa.array(rows)), "NFC")
            return pc.if_else(pa.array(is_own), said([getattr(breach, name) for breach in flat]), words)

        own = np.array([(breach.at - _EPOCH) // _MICROSECOND for breach in flat], np.int64)[which]
        at = pa.array(np.where(is_own, own, log.at[rows]))
        return pa.table(
            {
                "id": log.openings.column("dossier_id").take(pa.array(dossiers)),
                "number": pa.array(numbers.astype(np.int32)),
                "event": said([breach.event for breach in flat]),
                "name": said([breach.name.in_(self._language) for breach in flat]),
                "at": at.cast(pa.timestamp("us", tz="UTC")),
                "role": told("role"),
                "unit": told("unit"),
                "state": said([breach.state for breach in flat]),
                "kind": said([breach.kind.value for breach in flat]),
                "rule": said([breach.rule for breach in flat]),
                "basis": said([breach.basis.in_(self._language) for breach in flat]),
                "followed": said([breach.followed for breach in flat], pa.bool_()),
                "consequence": said([breach.consequence for breach in flat], pa.bool_()),
            }
        )


def _looked_at(rows: list[dict[str, Any]], *, is_listed: bool) -> list[dict[str, Any]]:
    """Return *rows* with what is looked at alone: papers and their lists where the opening has lists."""
    for row in rows:
        row["rest"] = row["rest"] if is_listed and row["number"] == 0 else None
        row["papers"] = row["papers"] if is_listed else None
    return rows
