"""Two periods from files: a small document names catalogue, logs, ratings, posts, counts and law of each."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core import catalogue, dossier, workdays
from onestop_core.deadlines import WorkingHours
from onestop_core.errors import InvalidDocumentError, OnestopError, Problem
from onestop_core.kpi.measures import Answers
from onestop_core.lab.burdens.periods import Period
from onestop_core.lab.burdens.rates import Rates
from onestop_core.lab.courses import follow, happened_by
from onestop_core.lab.laws import Law, Limits, law
from onestop_core.lab.reading import CaseLog, LogMapping, load_mapping, read_logs
from onestop_core.model import HO_CHI_MINH
from onestop_core.model.series import each_of
from onestop_core.rules.reading.csv_files import CsvRow, read_csv
from onestop_core.rules.reading.documents import content_of, opened
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from onestop_core.dossier import Dossier

    T = TypeVar("T")

__all__ = ["TwoPeriods", "load_periods", "standing"]

_LONGEST_DAY: Final = time.max


@attrs.frozen(kw_only=True, repr=False)
class TwoPeriods:
    """Two periods as files tell them, and what of the logs could not be read."""

    before: Period
    after: Period
    prices: Rates
    """The rates that the document names, and for the rest guesses."""
    unread: tuple[CaseLog, ...]
    """Logs with problems, each named."""

    def __repr__(self) -> str:
        return f"<TwoPeriods {self.before.name}, {self.after.name}>"


def standing(logs: Iterable[CaseLog], *, law: Law, last: date) -> tuple[Dossier, ...]:
    """Return the dossiers of *logs* as they stood at the end of the day *last*: what came later is not known yet.

    What a law refuses is passed over, as :func:`onestop_core.lab.follow` does.

    Raises:
        OnestopError: a log names an edition that nobody knows.
    """
    end = datetime.combine(last, _LONGEST_DAY, HO_CHI_MINH)
    found: list[Dossier] = []
    for log in each_of(logs, CaseLog, "logs"):
        events = happened_by(log.events, end)
        if events and (made := follow(events, law.machine(events[0])).dossier) is not None:
            found.append(made)
    return tuple(found)


def load_periods(source: str | Path | Mapping[str, Any], *, folder: str | Path | None = None) -> TwoPeriods:
    """Return the two periods that a JSON file or a parsed document under ``schemas/periods.schema.json`` names.

    >>> asked = load_periods({"schema_version": "1.0", "before": {"name": "2025", "first": "2025-01-01", "last": "2025-12-31"},
    ...     "after": {"name": "2026", "first": "2026-01-01", "last": "2026-12-31", "staff": "36.5"}})
    >>> asked, asked.after.staff
    (<TwoPeriods 2025, 2026>, Fraction(73, 2))

    Args:
        source: The file, or the document.
        folder: From where the names of files are seen; left out, the folder of the file, or the current one.

    Raises:
        OSError: a file cannot be read.
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: with every problem, here or in a file that it names.
    """
    document, name = opened(source)
    ensure_valid(document, "periods", source=name)
    where = Path(folder) if folder is not None else Path() if name is None else Path(name).parent
    given = cast("dict[str, Any]", document)
    prices = Rates.of(given.get("rates", {}))
    read = [_Reader(where=where, source=name, place=f"$.{part}", given=given[part]) for part in ("before", "after")]
    (before, broken), (after, broken_too) = (each.period() for each in read)
    return TwoPeriods(before=before, after=after, prices=prices, unread=(*broken, *broken_too))


def _held(place: str, source: str | None, make: Callable[[], T]) -> T:
    """Return what *make* makes; what is wrong with it is told by its place in the document.

    Raises:
        InvalidDocumentError: it cannot be made.
    """
    try:
        return make()
    except InvalidDocumentError:
        raise  # it names a file of its own, and places there
    except OnestopError as error:
        raise _refused(place, source, error.message) from None


def _refused(place: str, source: str | None, text: Text) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem(path=place, rule="periods/value", text=text),), source=source)


@attrs.frozen(kw_only=True)
class _Reader:
    """Reads what one period of the document names."""

    where: Path
    source: str | None
    place: str
    given: dict[str, Any]

    def period(self) -> tuple[Period, tuple[CaseLog, ...]]:
        """Return the period, and the logs of which something could not be read."""
        given = self.given
        first, last = (date.fromisoformat(given[name]) for name in ("first", "last"))
        offered = catalogue.load(self.where / given["catalogue"]) if "catalogue" in given else catalogue.shipped()
        held = self.held("last", lambda: offered.on(last))
        counts = self.counts()
        # A procedure that was given up on the way has the limit of its last edition, the others that of the last day.
        known = {**law(limits=offered).limits.by_procedure, **law(limits=held).limits.by_procedure}
        judged = self.law(Limits(by_procedure=known), counts.pop("index", None))
        self.held(
            "counts",
            lambda: judged.index.score(
                counts["counts"], level=counts["level"], not_applicable=counts["not_applicable"]
            ),
        )
        logs = self.logs()
        dossiers = self.held("logs", lambda: standing([log for log in logs if log.events], law=judged, last=last))
        answers = self.answers()
        staff = Fraction(given["staff"]) if "staff" in given else None
        made = self.held(
            "first",
            lambda: Period(
                name=given["name"],
                first=first,
                last=last,
                catalogue=offered,
                dossiers=dossiers,
                law=judged,
                answers=answers,
                staff=staff,
                **counts,
            ),
        )
        return made, tuple(log for log in logs if log.problems)

    def law(self, limits: Limits, index: str | None) -> Law:
        """Return the law by which the dossiers are judged: that of their day, where nothing else is named."""
        given = self.given.get("law", {})
        parts: dict[str, Any] = {"limits": given.get("limits", limits), "index": given.get("index", index)}
        if "as_of" in given:
            parts["calendar"] = self.held(
                "law.as_of", lambda: workdays.calendar("vn-civil", as_of=date.fromisoformat(given["as_of"]))
            )
        if "hours" in given:
            parts["hours"] = self.held("law.hours", lambda: WorkingHours.parse(given["hours"]))
        named = given.get("lifecycle")
        if named is not None:
            parts["lifecycle"] = dossier.load_lifecycle(self.where / named) if named.endswith(".json") else named
        return self.held("law", lambda: law(name=self.given["name"], **parts))

    def logs(self) -> list[CaseLog]:
        """Return the logs; one that comes again under the same name is left out, and said."""
        given = self.given
        mapping = load_mapping(self.where / given["mapping"]) if "mapping" in given else LogMapping()
        found: list[CaseLog] = []
        names: set[str] = set()
        for number, name in enumerate(given.get("logs", ())):
            for log in self.held(f"logs[{number}]", partial(read_logs, self.where / name, mapping=mapping)):
                again = log.id in names and bool(log.events)
                found.append(attrs.evolve(log, events=(), problems=(*log.problems, _AGAIN)) if again else log)
                names.update([log.id] if log.events else [])
        return found

    def answers(self) -> Answers | None:
        """Return the ratings: counted, or of a table."""
        given = self.given.get("ratings")
        if given is None:
            return None
        if "points" in given:
            return Answers(points=tuple(given["points"]), invalid=given.get("invalid", 0))
        name, column = given["file"], given.get("column", "points")
        rows = read_csv(
            self.held("ratings.file", lambda: content_of(self.where / name)), place=lambda row: f"{name}: {row}"
        )
        heads = [cell.strip() for cell in next(rows, CsvRow(number=1, line=1, cells=())).cells]
        if column not in heads:
            there = ", ".join(f"“{head[:40]}”" for head in heads[:20]) or "–"
            raise self.refused(
                "ratings",
                vi=f"{name}: thiếu cột “{column}”; có: {there}",
                en=f"{name}: the column “{column}” is missing; there are: {there}",
            )
        cells = [(row.number, (*row.cells, *[""] * len(heads))[heads.index(column)].strip()) for row in rows]
        for number, cell in cells:
            if cell not in _POINTS:
                raise self.refused(
                    "ratings",
                    vi=f"{name}, dòng {number}: “{cell[:40]}” không phải mức từ 1 đến 5",
                    en=f"{name}, row {number}: “{cell[:40]}” is none of 1 to 5",
                )
        return Answers.of(int(cell) if cell else None for _, cell in cells)

    def counts(self) -> dict[str, Any]:
        """Return what a document of counts says, as a period takes it, and the index that it names."""
        name = self.given.get("counts")
        document: dict[str, Any] = {"counts": {}}
        if name is not None:
            loaded, source = opened(self.where / name)
            ensure_valid(loaded, "counts", source=source)
            document = cast("dict[str, Any]", loaded)
        for key in ("single_procedure", "unknown"):
            if key in document:
                raise self.refused(
                    "counts", vi=f"{name}: “{key}” không dùng ở đây", en=f"{name}: “{key}” has no use here"
                )
        return {
            "counts": {key: _pair(value) for key, value in document["counts"].items()},
            "level": document.get("level"),
            "not_applicable": tuple(document.get("not_applicable", ())),
            "index": document.get("index"),
        }

    def held(self, part: str, make: Callable[[], T]) -> T:
        """Return what *make* makes; what is wrong is told with its place in the document.

        Raises:
            InvalidDocumentError: it cannot be made.
        """
        return _held(f"{self.place}.{part}", self.source, make)

    def refused(self, part: str, *, vi: str, en: str) -> InvalidDocumentError:
        return _refused(f"{self.place}.{part}", self.source, Text(vi=vi, en=en))


def _pair(value: Any) -> Any:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value


_POINTS: Final = frozenset({"", "1", "2", "3", "4", "5"})
_AGAIN: Final = Problem.at(
    "$",
    "log/again",
    vi="hồ sơ này đã có trong nhật ký đọc trước; chỉ tính một lần",
    en="this dossier is in a log that was read before; it is counted once",
)
