"""Where logs broke the law of their day: every step judged, every duty counted, and on after the first breach."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.deadlines import agenda
from onestop_core.deadlines.duties import DutyStatus
from onestop_core.errors import InvalidValueError, OnestopError, Problem
from onestop_core.lab.auditing.values import Article, EntryKind, Irregularity, Unread
from onestop_core.lab.courses import BreachKind, Course, follow
from onestop_core.lab.laws import Law
from onestop_core.lab.reading import CaseLog
from onestop_core.lab.reading.mapping import LOST
from onestop_core.lab.replaying.comparing import events_of, unit_of
from onestop_core.model import FrozenMap, aware
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.deadlines.duties import Duty
    from onestop_core.deadlines.terms import WorkingCalendar
    from onestop_core.dossier import Dossier, Event
    from onestop_core.dossier.logs import Log
    from onestop_core.text import Language

__all__ = ["Audit", "audit"]

_BROKEN: Final = frozenset({DutyStatus.MISSED, DutyStatus.DONE_LATE})


@attrs.frozen(kw_only=True, repr=False)
class Audit:
    """What an audit came to."""

    law: Law
    now: datetime
    """The moment of looking."""
    dossiers: tuple[str, ...]
    """Those that were followed, as they came."""
    articles: tuple[Article, ...]
    """What was found, by article and rule, the most frequent first."""
    unread: tuple[Unread, ...]
    """What could not be read or followed."""
    not_counted: tuple[str, ...]
    """The dossiers whose time limit is not known: their steps were judged, and no duty of theirs was counted."""

    def __repr__(self) -> str:
        return f"<Audit of {len(self.dossiers)} dossiers: {self.count} irregularities of {len(self.articles)} rules>"

    @property
    def count(self) -> int:
        """How many irregularities there are."""
        return sum(article.count for article in self.articles)

    @property
    def entries(self) -> tuple[Irregularity, ...]:
        """All of them, in the order of the articles."""
        return tuple(entry for article in self.articles for entry in article.entries)

    @property
    def broken(self) -> tuple[str, ...]:
        """The dossiers in which something was found, as they came."""
        found = {entry.dossier for entry in self.entries}
        return tuple(name for name in dict.fromkeys(self.dossiers) if name in found)

    @property
    def incomplete(self) -> tuple[str, ...]:
        """The dossiers of which steps could not be read, as they came: what was found in them may come of what is missing."""
        lost = {each.dossier for each in self.unread if each.problem.rule in LOST}
        return tuple(name for name in dict.fromkeys(self.dossiers) if name in lost)

    def of(self, *, unit: str) -> Audit:
        """Return what was found with *unit* alone, to hand to it; how many dossiers were followed stays.

        >>> from onestop_core.lab import generate
        >>> from onestop_core.lab import law as made
        >>> found = audit(generate(200, year=2026), law=made(limits="3 working days"))
        >>> found.of(unit="H99.12").count == found.by_unit["H99.12"]
        True
        """
        return attrs.evolve(self, articles=_by_article([entry for entry in self.entries if entry.unit == unit]))

    @property
    def delay(self) -> int:
        """Working days that all of it cost."""
        return sum(article.delay for article in self.articles)

    @property
    def by_unit(self) -> FrozenMap[str, int]:
        """How many irregularities there are by unit, that of most first."""
        return _all_of(self.entries).by_unit

    @property
    def by_role(self) -> FrozenMap[str, int]:
        """How many by role."""
        return _all_of(self.entries).by_role

    def lines(self, *, language: Language = "en") -> tuple[str, ...]:
        """Return the answer as lines to read."""
        counts = {
            name: number(value)
            for name, value in (
                ("dossiers", len(self.dossiers)),
                ("broken", len(self.broken)),
                ("count", self.count),
                ("delay", self.delay),
            )
        }
        head = Text(
            vi=f"{counts['dossiers'].vi} hồ sơ, {counts['broken'].vi} hồ sơ có vi phạm, {counts['count'].vi} vi phạm, "
            f"chậm {counts['delay'].vi} ngày làm việc",
            en=f"{counts['dossiers'].en} dossiers, {counts['broken'].en} with irregularities, {counts['count'].en} "
            f"irregularities, {counts['delay'].en} working days of delay",
        )
        lines = [head.in_(language)]
        for article in self.articles:
            many, late = number(article.count), number(article.delay)
            delay = Text(vi=f", chậm {late.vi} ngày làm việc", en=f", {late.en} working days")
            lines.append(
                f"{article.basis.in_(language)}: {article.name.in_(language)}: {many.in_(language)}"
                f"{delay.in_(language) if article.delay else ''} [{article.rule}]"
            )
        if self.unread:
            many = number(len(self.unread))
            unread = Text(vi=f"Không đọc được: {many.vi}", en=f"Could not be read: {many.en}")
            lines.append(unread.in_(language))
        if self.incomplete:
            many = number(len(self.incomplete))
            lost = Text(
                vi=f"Thiếu bước không đọc được, vi phạm có thể do đó: {many.vi} hồ sơ",
                en=f"Steps could not be read, and what was found may come of that: {many.en} dossiers",
            )
            lines.append(lost.in_(language))
        if self.not_counted:
            many = number(len(self.not_counted))
            open_ = Text(
                vi=f"Không biết thời hạn, chưa xét việc đúng hạn: {many.vi} hồ sơ",
                en=f"Time limit not known, duties not counted: {many.en} dossiers",
            )
            lines.append(open_.in_(language))
        return tuple(lines)

    def to_dict(self, *, language: Language = "en", most: int | None = None) -> dict[str, Any]:
        """Return the answer in JSON types, with at most so many examples an article."""
        return {
            "law": self.law.name,
            "now": self.now.isoformat(),
            "dossiers": len(self.dossiers),
            "broken": list(self.broken),
            "count": self.count,
            "delay": self.delay,
            "by_unit": dict(self.by_unit),
            "by_role": dict(self.by_role),
            "articles": [article.to_dict(language=language, most=most) for article in self.articles],
            "unread": [each.to_dict(language=language) for each in self.unread],
            "not_counted": list(self.not_counted),
            "incomplete": list(self.incomplete),
        }


def _all_of(entries: tuple[Irregularity, ...]) -> Article:
    nothing = Text(vi="", en="")
    return Article(kind=EntryKind.STEP, rule="", name=nothing, basis=nothing, entries=entries)


def audit(
    logs: Iterable[CaseLog | Dossier | Log | tuple[Event, ...]], *, law: Law, now: datetime | None = None
) -> Audit:
    """Return where *logs* broke the law: each step judged, each duty counted, and on after the first breach.

    >>> from onestop_core import catalogue
    >>> from onestop_core.lab import generate
    >>> from onestop_core.lab import law as made
    >>> found = audit(generate(200, year=2026), law=made(limits=catalogue.shipped()))
    >>> found
    <Audit of 200 dossiers: 45 irregularities of 6 rules>
    >>> worst = next(article for article in found.articles if article.kind.value == "step")
    >>> worst.rule, worst.count, worst.basis.en
    ('one_supplement_after_appraisal', 2, 'Decree 118/2025/NĐ-CP, art. 11(2)(c) [inferred]')

    Args:
        logs: Logs that were read (``read_logs``, ``dossier.load_log``), dossiers, or their events.
        law: What they are judged by: for its lifecycle, ``None`` is the edition that each names, the law of its day.
        now: The moment of looking; what happened after it is not looked at. Left out, that of the latest event of all.

    Raises:
        InvalidValueError: what is no log, or a naive moment.
    """
    read = [each if isinstance(each, CaseLog) else _as_read(each) for each in logs]
    latest = max((event.at for each in read for event in each.events), default=None)
    moment = latest if now is None else aware(now, "now")
    if moment is None:
        raise InvalidValueError.of(
            "now", now, vi="thời điểm xem xét, khi không có hồ sơ nào", en="a moment, since there is no log"
        )
    found: list[Irregularity] = []
    unread: list[Unread] = []
    followed: list[str] = []
    unknown: list[str] = []
    for each in read:
        unread.extend(Unread(source=each.source or None, dossier=each.id, problem=problem) for problem in each.problems)
        if not each.events or each.events[0].at > moment:
            continue
        try:
            course = follow(each.events, law.machine(each.events[0]), policy=law.policy)
            found.extend(_steps(each, course, law.calendar, moment))
            duties = _duties(each, course, law, moment)
        except OnestopError as error:
            problem = Problem(path="$", rule=f"lab/{error.code}", text=error.message)
            unread.append(Unread(source=each.source or None, dossier=each.id, problem=problem))
            continue
        followed.append(each.id)
        if duties is None:
            unknown.append(each.id)
        else:
            found.extend(duties)
    return Audit(
        law=law,
        now=moment,
        dossiers=tuple(followed),
        articles=_by_article(found),
        unread=tuple(unread),
        not_counted=tuple(unknown),
    )


def _as_read(given: Dossier | Log | tuple[Event, ...]) -> CaseLog:
    events = events_of(given)
    opening = events[0].opening
    assert opening is not None  # events_of looked
    return CaseLog(source="", id=opening.id, events=events, whole=True)


def _steps(log: CaseLog, course: Course, calendar: WorkingCalendar, now: datetime) -> Iterator[Irregularity]:
    waits = () if course.dossier is None else course.dossier.clock.waits
    for breach in course.breaches:
        if breach.consequence or breach.at > now or (breach.kind is BreachKind.UNSAID and not log.whole):
            continue
        begun = next((span for span in waits if span.start == breach.at and breach.followed), None)
        yield Irregularity(
            dossier=log.id,
            source=log.source or None,
            number=breach.number,
            kind=EntryKind.STEP,
            rule=breach.rule,
            name=breach.name,
            reason=breach.reason,
            basis=breach.basis,
            at=breach.at,
            unit=breach.unit or unit_of(log.events),
            role=breach.role,
            delay=0 if begun is None else _days(begun.start, min(begun.end or now, now), calendar),
        )


def _duties(log: CaseLog, course: Course, law: Law, now: datetime) -> list[Irregularity] | None:
    case = course.dossier
    limit = None if case is None else law.limits.of(case.procedure)
    if case is None or limit is None:
        return None
    rows = agenda(
        case,
        limit,
        calendar=law.calendar,
        now=now,
        hours=law.hours,
        policies=law.policies,
        lifecycle=law.machine(log.events[0]).lifecycle,
    )
    ended = case.clock.stopped_at
    late: list[Irregularity] = []
    for duty in rows:
        if duty.status in _BROKEN:
            # What began after the end, such as to correct a result, is owed on.
            until = now if ended is None or ended < duty.since else min(ended, now)
            late.append(_late(log, duty, until, law.calendar))
    return late


def _late(log: CaseLog, duty: Duty, until: datetime, calendar: WorkingCalendar) -> Irregularity:
    bases = [basis.cite() for basis in duty.basis]
    return Irregularity(
        dossier=log.id,
        source=log.source or None,
        kind=EntryKind.DUTY,
        rule=duty.code,
        name=duty.name,
        reason=duty.text,
        basis=Text(vi="; ".join(each.vi for each in bases), en="; ".join(each.en for each in bases)),
        at=duty.by,
        unit=duty.unit or unit_of(log.events),
        role=duty.who,
        delay=_days(duty.by, duty.done_at or until, calendar),
    )


def _days(start: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    return max(calendar.count(start.date(), end.date()), 0)


def _by_article(found: list[Irregularity]) -> tuple[Article, ...]:
    groups: dict[tuple[EntryKind, str, Text, Text], list[Irregularity]] = {}
    for each in found:
        groups.setdefault((each.kind, each.rule, each.name, each.basis), []).append(each)
    articles = (
        Article(kind=kind, rule=rule, name=name, basis=basis, entries=tuple(entries))
        for (kind, rule, name, basis), entries in groups.items()
    )
    return tuple(sorted(articles, key=lambda article: -article.count))
