"""What of each event a judge looks at, as one number an event: dossiers with the same numbers go to the same judgement.

Beside what a fold needs (``shapes``), that is whether the role may do it, which of the words that the table asks for are
there, which reason, which unit and piece of work *among those of the dossier* (the names themselves do not matter), and which
papers, where the opening lists papers. What is asked follows from the table, so that one of somebody's own works as well.

Logs of which columns cannot say so much are told apart here, and followed one by one: those that strike events, have a key
twice, go back in time or lie before 1976, those with redacted fields, and those with a cell that no event may hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop_core.dossier.events import CREATED
from onestop_core.dossier.lifecycle.rows import GuardCondition
from onestop_core.errors import OnestopError
from onestop_core.rules.reading.documents import parse_json
from onestop_core.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onestop_core.dossier import Lifecycle
    from onestop_core.ext._logs.arrays import LogArrays

__all__ = ["Looks", "keys_of", "listed_papers", "told_apart"]

_LISTS: Final = ("required_papers", "published_papers", "database_papers")
_TEXTS: Final = ("role", "unit", "to_unit", "task", "reason", "reason_code", "ground", "key")
_NEEDED: Final = ("lifecycle", "opening_channel", "procedure")
_NAMES: Final = ("dossier_id", "procedure", "receiving_unit", "competent_unit")
_ELSEWHERE: Final = (
    '"(redacted|due|role|unit|to_unit|task|reason|reason_code|ground|papers|key|event|schema_version|id|procedure|'
    'lifecycle|channel|receiving_unit|competent_unit|non_territorial|policy)"'
)
"""In ``rest``: a field that has a column of its own, and what was redacted."""
_VERSIONS: Final = ("1.0", "1.1")
_LONGEST_KIND, _LONGEST_NAME, _LONGEST_TEXT = 64, 200, 4_000
_FIRST_MOMENT: Final = 189_302_400_000_000
"""1976-01-01: from then on Vietnamese civil time is seven hours ahead."""
_LAST_MOMENT: Final = 253_370_764_800_000_000
"""9999-01-01."""
_MOST_PAPERS: Final = 1_000
_ROOM: Final = 1 << 62


class Looks:
    """At what of an event one table looks."""

    def __init__(self, table: Lifecycle) -> None:
        papers = {GuardCondition.PAPERS_COMPLETE, GuardCondition.PAPERS_LISTED, GuardCondition.PAPERS_NOT_HELD}

        def guarded(*conditions: GuardCondition) -> set[str]:
            return {guard.event for guard in table.guards if guard.condition in conditions}

        self.roles: Mapping[str, frozenset[str]] = {event.code: frozenset(event.roles) for event in table.events}
        self.reason = {event.code for event in table.events if event.needs_reason or event.needs_ground}
        self.ground = {event.code for event in table.events if event.needs_ground}
        self.unit = guarded(GuardCondition.UNIT)
        self.to_unit = guarded(GuardCondition.TO_UNIT) | {event.code for event in table.events if event.reroutes}
        self.papers = guarded(*papers) | {event.code for event in table.events if event.hands_in} | {CREATED}


def told_apart(log: LogArrays) -> Any:
    """Return which dossiers are followed one by one."""
    pc, rows, np = log.pc, log.rows, log.np
    bad = np.array(log.flags(rows.column("event").is_valid()))
    for name in _TEXTS:
        bad |= _unsound(log, rows.column(name), _LONGEST_TEXT)
    bad |= _unsound(log, rows.column("kind"), _LONGEST_KIND)
    rest = log.flags(pc.fill_null(pc.match_substring_regex(rows.column("rest"), _ELSEWHERE), fill_value=False))
    version = rows.column("schema_version")
    known = pc.or_(pc.is_null(version), pc.is_in(version, log.pa.array(_VERSIONS)))
    bad |= rest | ~log.flags(known) | (log.at < _FIRST_MOMENT) | (log.at > _LAST_MOMENT)
    bad |= log.flags(rows.column("due").is_valid()) & ((log.due < _FIRST_MOMENT) | (log.due > _LAST_MOMENT))
    opening = log.openings
    found: Any = log.any_of(bad) | log.backwards() | log.repeats_a_key()
    for name in _NEEDED:
        found |= log.flags(opening.column(name).is_null())
    for name in _NAMES:
        found |= _unsound(log, opening.column(name), _LONGEST_NAME)
    return found


def _unsound(log: LogArrays, column: Any, longest: int) -> Any:
    """Return which cells hold a text that no event may say, or one so long that it has to be looked at."""
    if column.null_count == len(column):
        return log.np.zeros(len(column), bool)
    pc = log.pc
    length = pc.binary_length(column)
    wrong = pc.or_(pc.or_(pc.equal(length, 0), pc.greater(length, longest)), pc.match_substring(column, "\0"))
    return log.flags(pc.fill_null(wrong, fill_value=False))


def listed_papers(log: LogArrays, known: dict[Any, int]) -> tuple[Any, Any]:
    """Return for each dossier the number of its lists of papers, 0 for none, and which lists cannot be read."""
    np, pc = log.np, log.pc
    lists, bad = np.zeros(log.size, np.int64), np.zeros(log.size, bool)
    rest = log.openings.column("rest")
    has = pc.match_substring_regex(rest, f'"({"|".join(_LISTS)})"')
    rows = np.flatnonzero(log.flags(pc.fill_null(has, fill_value=False)))
    if len(rows):
        texts = rest.take(log.pa.array(rows)).dictionary_encode()
        numbers = [_lists_in(text, known) for text in texts.dictionary.to_pylist()]
        lists[rows] = np.array(numbers, np.int64)[texts.indices.to_numpy()]
        bad = lists < 0
    return lists, bad


def _lists_in(rest: str, known: dict[Any, int]) -> int:
    """Return the number of the lists of papers in an opening, 0 for none; negative: they are none."""
    try:
        said = parse_json(rest)["opening"]
        lists = tuple(tuple(nfc(paper) for paper in said.get(name, ())) for name in _LISTS)
    except (OnestopError, TypeError, KeyError, AttributeError):
        return -1
    return known.setdefault(lists, len(known) + 1) if any(lists) else 0


def keys_of(
    log: LogArrays, looks: Sequence[Looks | None], court: Any, lists: Any, known: dict[Any, int]
) -> tuple[Any, Any]:
    """Return for each event the number of what is looked at, and in which dossiers that cannot be told.

    Args:
        log: The events.
        looks: What each court looks at; None: there is no table.
        court: Which of them judges each dossier.
        lists: The number of the lists of papers of each dossier, 0 where it has none.
        known: Numbers given so far; new ones are added.
    """
    np, rows = log.np, log.rows
    kinds, words = _coded(log, rows.column("kind"))
    kind_at = {word: at for at, word in enumerate(words)}
    which = court[log.group] * len(words) + kinds

    def looked(name: str) -> Any:
        """Return of which events the table looks at a field."""
        flags = np.zeros(len(looks) * len(words), bool)
        for number, each in enumerate(looks):
            if each is not None:
                flags[[number * len(words) + kind_at[kind] for kind in getattr(each, name) if kind in kind_at]] = True
        return flags[which]

    opening = np.zeros(log.length, np.int64)
    opening[log.starts[:-1]] = court + 1
    listed = np.zeros(log.length, np.int64)
    listed[log.starts[:-1]] = lists
    codes, reasons = _coded(log, rows.column("reason_code"))
    numbers = np.array([known.setdefault(("reason", each), len(known) + 1) for each in reasons] + [0], np.int64)
    papers, bad = _papers(log, looked("papers") & (lists[log.group] > 0), known)
    to_unit, unit = _units(log, looked("to_unit"), looked("unit"))
    columns = [
        *(opening, listed, papers, numbers[codes], to_unit, unit, _tasks(log)),
        _unfit(log, looks, kind_at, which).astype(np.int64),
        (looked("reason") & log.flags(rows.column("reason").is_valid())).astype(np.int64),
        (looked("ground") & log.flags(rows.column("ground").is_valid())).astype(np.int64),
    ]
    return combined(log, columns, known), log.any_of(bad)


def combined(log: LogArrays, columns: Iterable[Any], known: dict[Any, int]) -> Any:
    """Return for each row one number for what stands in all *columns*, of whole numbers from 0 on."""
    np, pa = log.np, log.pa
    given = list(columns)
    packed, room = np.zeros(log.length, np.int64), 1
    for column in given:
        radix = int(column.max(initial=0)) + 1
        if room * radix > _ROOM:
            dense = pa.array(packed).dictionary_encode()
            packed, room = dense.indices.to_numpy().astype(np.int64), len(dense.dictionary)
        packed, room = packed * radix + column, room * radix
    found = pa.array(packed).dictionary_encode()
    index = found.indices.to_numpy()
    first = np.empty(len(found.dictionary), np.int64)
    first[index[::-1]] = np.arange(log.length)[::-1]
    tuples = zip(*(column[first].tolist() for column in given), strict=True)
    return np.array([known.setdefault(each, len(known) + 1) for each in tuples], np.int64)[index]


def _coded(log: LogArrays, column: Any) -> tuple[Any, list[str]]:
    """Return the number of each text among those that *column* has, the last and more by one for none; and the texts."""
    np = log.np
    found = column.dictionary_encode()
    words: dict[str, int] = {}
    texts: list[str] = found.dictionary.to_pylist()
    numbers = [words.setdefault(nfc(text), len(words)) for text in texts]
    codes = np.array([*numbers, len(words)], np.int64)
    at = log.pc.fill_null(found.indices, len(numbers)).to_numpy().astype(np.int64)
    return codes[at], list(words)


def _unfit(log: LogArrays, looks: Sequence[Looks | None], kind_at: Mapping[str, int], which: Any) -> Any:
    """Return which events somebody did whose role may not."""
    np = log.np
    roles, words = _coded(log, log.rows.column("role"))
    known = sorted({role for each in looks if each is not None for allowed in each.roles.values() for role in allowed})
    place = {role: at for at, role in enumerate(known, 2)}
    # 0: no role is said, 1: one that no table has
    numbers = np.array([*(place.get(word, 1) for word in words), 0], np.int64)[roles]
    fits = np.ones((len(looks) * len(kind_at), len(known) + 2), bool)
    for number, each in enumerate(looks):
        for kind, allowed in () if each is None else each.roles.items():
            if kind in kind_at:
                row = number * len(kind_at) + kind_at[kind]
                fits[row, 1:] = False
                fits[row, [place[role] for role in allowed]] = True
    return ~fits[which, numbers]


def _first_places(log: LogArrays, groups: Any, names: Any, places: Any) -> Any:
    """Return of each name, a number, the place where it first stands in its dossier; the places of each come in order."""
    np = log.np
    found = log.pa.array(groups * (int(names.max(initial=0)) + 1) + names).dictionary_encode()
    index = found.indices.to_numpy()
    first = np.empty(len(found.dictionary), np.int64)
    first[index[::-1]] = places[::-1]
    return first[index]


def _units(log: LogArrays, to_unit: Any, unit: Any) -> tuple[Any, Any]:
    """Return of each event 0, or which unit it names *to_unit* and *unit*, of those events of which one looks at them."""
    np, pa = log.np, log.pa
    place = 3 + 2 * (np.arange(log.length) - log.starts[:-1][log.group])
    cells: list[tuple[Any, Any, Any, Any]] = []
    for shift, name in ((1, "receiving_unit"), (2, "competent_unit")):
        column = log.openings.column(name)
        at = np.flatnonzero(log.flags(column.is_valid()))
        cells.append((at, at, np.full(len(at), shift, np.int64), column))
    for shift, name, looked in ((0, "to_unit", to_unit), (1, "unit", unit)):
        column = log.rows.column(name)
        at = np.flatnonzero(looked & log.flags(column.is_valid()))
        cells.append((at, log.group[at], place[at] + shift, column))
    names, _ = _coded(log, pa.concat_arrays([column.take(pa.array(at)) for at, _, _, column in cells]))
    groups, places = (np.concatenate([cell[side] for cell in cells]) for side in (1, 2))
    order = np.argsort(places, kind="stable")
    labels = np.empty(len(places), np.int64)
    labels[order] = _first_places(log, groups[order], names[order], places[order])
    found: list[Any] = []
    end = len(labels)
    for at, *_ in cells[:1:-1]:
        column = np.zeros(log.length, np.int64)
        column[at] = labels[end - len(at) : end]
        end -= len(at)
        found.append(column)
    return found[1], found[0]


def _tasks(log: LogArrays) -> Any:
    """Return of each event 0, or at which event of the dossier the piece of work was named first that it names."""
    np = log.np
    column = log.rows.column("task")
    found = np.zeros(log.length, np.int64)
    at = np.flatnonzero(log.flags(column.is_valid()))
    if len(at):
        names, _ = _coded(log, column.take(log.pa.array(at)))
        found[at] = _first_places(log, log.group[at], names, at - log.starts[log.group[at]] + 1)
    return found


def _papers(log: LogArrays, looked: Any, known: dict[Any, int]) -> tuple[Any, Any]:
    """Return of each event the number of its papers, 0 for none, and which cannot be told."""
    np, pc = log.np, log.pc
    found, bad = np.zeros(log.length, np.int64), np.zeros(log.length, bool)
    column = log.rows.column("papers")
    many = pc.fill_null(pc.list_value_length(column), 0).to_numpy()
    at = np.flatnonzero(looked & (many > 0))
    if len(at):
        # A paper without a name leaves nothing to join.
        codes, words = _coded(log, pc.binary_join(column.take(log.pa.array(at)), "\0"))
        numbers = [known.setdefault(("papers", each), len(known) + 1) for each in words]
        found[at] = np.array([*numbers, 0], np.int64)[codes]
        parts = [each.split("\0") for each in words]
        sound = [len(each) if all(0 < len(part) <= _LONGEST_TEXT for part in each) else 0 for each in parts]
        bad[at] = (np.array([*sound, 0], np.int64)[codes] != many[at]) | (many[at] > _MOST_PAPERS)
    return found, bad
