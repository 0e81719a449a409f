"""``check``: everything that is wrong with a catalogue document, at once.

Four sieves, each working on what the one before found sound: plain JSON, the schema, each procedure on
its own, the document as a whole. One bad procedure therefore hides no finding about another.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.catalogue.checking import rules
from onestop_core.catalogue.checking.characters import character_problems, is_suspect
from onestop_core.catalogue.checking.parts import Together
from onestop_core.catalogue.checking.procedure import Surroundings, procedure_problems, reversed_dates
from onestop_core.catalogue.checking.selection import Selection
from onestop_core.catalogue.checking.suppressing import Accepted, suppressed
from onestop_core.catalogue.structure import composed, is_list, is_object, opened, plain_copy, structured
from onestop_core.catalogue.values.catalogue import Suppression
from onestop_core.errors import MAX_PROBLEMS, InvalidDocumentError, InvalidValueError, Problem, Severity
from onestop_core.errors.problem import MORE
from onestop_core.model import Basis, plain_day
from onestop_core.rules.collecting import uncollected
from onestop_core.rules.reading.documents import inspect, json_path
from onestop_core.rules.reading.documents import seen as look
from onestop_core.rules.schema.schemas import violations
from onestop_core.text import period_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from onestop_core.rules.reading.documents import Seen, Where

__all__ = ["Judged", "accepted", "check", "check_file", "document_order", "ensure_callable", "judged"]


def check(
    document: Any,
    *,
    on: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity | str] | None = None,
    validator: Callable[[Any], bool] | None = None,
    most: int | None = MAX_PROBLEMS,
) -> tuple[Problem, ...]:
    """Return every problem of a catalogue *document*, in the order of the document.

    Never raises on content, whatever the document is made of. With *on*, legal bases that are not in
    force that day are findings too. Warnings and notes that the document itself suppresses, with the reason,
    are left out; *select* ``catalogue/suppressed`` for them. Which procedures are not complete is said where
    ``catalogue/incomplete`` is selected.

    >>> [problem.path for problem in check({"schema_version": "1.0", "title": "x"})]
    ['$', '$.title']
    >>> from onestop_core.rules.reading import resources
    >>> check(resources.data("vn/catalogue/one-stop"))
    ()
    >>> accepted = check(resources.data("vn/catalogue/one-stop"), select=["catalogue/suppressed"])
    >>> accepted[0].severity, accepted[0].message
    (<Severity.NOTE: 'note'>, '... of catalogue/... suppressed: ...')

    Args:
        document: A parsed JSON document: ``dict``, ``list``, ``str`` and so on; anything else is a finding.
        on: The day for which legal bases are checked; None leaves that out.
        select: Ids of rules, or beginnings of ids, to report; none: all but
            ``catalogue/suppressed`` and ``catalogue/incomplete``, which are reported where their whole id is given. ``json/`` is always reported.
        ignore: Likewise, not to report.
        severities: Other severities, by id of a rule or beginning of an id.
        validator: Says faster than ``jsonschema`` whether a plain document is valid under the published
            schema, such as :func:`onestop_core.ext.speed.validator` does; only if not is the schema asked why.
        most: How many findings to return at most, the gravest first, with a note about the rest; None: all.

    Raises:
        InvalidValueError: *on* is not a plain date, a severity does not exist, or another argument is of a wrong type.
        UnknownCodeError: no rule has this id or begins like this.
    """
    selection = Selection.of(select=select, ignore=ignore, severities=severities, most=most)
    ensure_callable(validator)
    return selection.apply(judged(document, on=on, validator=validator, completeness=selection.completeness).problems)


def ensure_callable(validator: object) -> None:
    """Refuse a *validator* that cannot be asked.

    Raises:
        InvalidValueError: it is neither a function nor None.
    """
    if validator is not None and not callable(validator):
        raise InvalidValueError.of("validator", validator, vi="một hàm hoặc None", en="a function or None")


def accepted(
    document: Any,
    *,
    on: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity | str] | None = None,
    validator: Callable[[Any], bool] | None = None,
) -> tuple[Accepted, ...]:
    """Return the findings that a catalogue *document* accepts by its suppressions, which :func:`onestop_core.catalogue.check` leaves out.

    For reports that list them too, such as SARIF. The arguments are those of :func:`onestop_core.catalogue.check`.

    >>> from onestop_core.rules.reading import resources
    >>> first = accepted(resources.data("vn/catalogue/one-stop"))[0]
    >>> first.problem.rule == first.suppression.rule, bool(first.suppression.reason)
    (True, True)

    Raises:
        InvalidValueError: as :func:`onestop_core.catalogue.check` does.
        UnknownCodeError: likewise.
    """
    selection = Selection.of(select=select, ignore=ignore, severities=severities, most=None)
    found = judged(document, on=on, validator=validator, completeness=selection.completeness)
    return found.selected(selection).accepted


@attrs.frozen(kw_only=True)
class Judged:
    """A document that was judged."""

    document: Any
    """Made of JSON's very types; as it came where it is not plain."""
    problems: tuple[Problem, ...]
    """In the order of the document."""
    suspects: frozenset[int] = frozenset()
    """The numbers of the procedures whose texts may not be in normal form C."""
    accepted: tuple[Accepted, ...] = ()
    """What the document accepts, likewise in its order."""

    def selected(self, selection: Selection) -> Judged:
        """Return it with the findings of *selection* only."""
        accepted = (
            attrs.evolve(each, problem=kept) for each in self.accepted for kept in selection.apply((each.problem,))
        )
        return attrs.evolve(self, problems=selection.apply(self.problems), accepted=tuple(accepted))


def judged(
    document: Any,
    seen: Seen | None = None,
    *,
    on: date | None = None,
    validator: Callable[[Any], bool] | None = None,
    completeness: bool = False,
) -> Judged:
    """Return *document* with everything that is wrong with it, and what of that it accepts.

    Args:
        document: Anything.
        seen: What was seen of it when it was read, where suspect texts were marked; None: it is looked at now.
        on: As of :func:`check`.
        validator: Likewise.
        completeness: Whether procedures that are not complete are findings.
    """
    if on is not None:
        plain_day(on, "on")
    whole = seen or look(document, mark=is_suspect)
    if whole is None:
        if problems := inspect(document):
            return Judged(document=document, problems=problems)
        # Validators differ about what is not of JSON's very types, such as tuples.
        document = plain_copy(document)
        whole = look(document, mark=is_suspect)
    found = set(() if _is_valid(document, validator) else violations(document, "catalogue"))
    unsound = {problem.path for problem in found}
    suspects = _suspects(document, whole)
    if whole is None or whole.marked:
        found.update(_characters(document, suspects))
    covered: list[Accepted] = []
    cut_off = any(problem.rule == MORE for problem in found)
    if is_object(document) and not cut_off:  # else nobody knows which procedures are sound
        # Names are compared in normal form C, as they are read.
        found.update(_deeper(document, unsound, on, suspects, completeness))
        readable = not any(path.startswith("$.suppressions") for path in unsound)
        if readable and (suppressions := document.get("suppressions")):
            known = [structured(raw, Suppression) for raw in suppressions]
            found = set(
                suppressed(
                    found,
                    known,
                    codes=_codes(document),
                    without=_not_applied(on, completeness),
                    unsound=unsound,
                    accepted=covered,
                )
            )
    problems = tuple(sorted(found, key=lambda problem: (problem.rule == MORE, document_order(problem))))
    covered.sort(key=lambda each: document_order(each.problem))
    return Judged(document=document, problems=problems, suspects=suspects, accepted=tuple(covered))


def _not_applied(on: date | None, completeness: bool) -> tuple[str, ...]:
    """Return the rules that were not asked for, so that nothing is said of their suppressions."""
    return (*(() if on else (rules.NOT_IN_FORCE.id,)), *(() if completeness else (rules.INCOMPLETE.id,)))


def _is_valid(document: Any, validator: Callable[[Any], bool] | None) -> bool:
    """Return whether *validator* finds nothing wrong; what it cannot read, the schema will explain."""
    try:
        return validator is not None and bool(validator(document))
    except Exception:  # noqa: BLE001 - it is somebody else's, and content must not make a check raise
        return False


def _suspects(document: Any, seen: Seen | None) -> frozenset[int]:
    """Return which procedures something may be wrong with the characters of: of a national catalogue a few."""
    if seen is not None and not seen.marked:
        return frozenset()
    part = 1  # the first texts are those of the document's own level and of the lists in it
    members: dict[str, Any] = document if is_object(document) else {}
    for name, value in members.items():
        entries: list[Any] = list(value.values()) if is_object(value) else value if is_list(value) else []
        whole = [is_object(entry) or is_list(entry) for entry in entries]
        if name == "procedures":
            numbers = [
                part + before if own else 0 for own, before in zip(whole, accumulate(whole, initial=0), strict=False)
            ]
            # What is in the keys, or was not seen because the same objects stand in many places, may be everywhere.
            if seen is None or seen.last in seen.marked:
                return frozenset(range(len(entries)))
            return frozenset(index for index, number in enumerate(numbers) if number in seen.marked)
        part += sum(whole)
    return frozenset()


def _characters(document: Any, suspects: frozenset[int]) -> Iterator[Problem]:
    """Yield what is wrong with characters; only suspects are looked at text by text."""
    if not is_object(document) or not is_list(procedures := document.get("procedures")):
        yield from character_problems(document)
        return
    yield from character_problems({key: value for key, value in document.items() if key != "procedures"})
    for index in suspects:
        for problem in character_problems(procedures[index]):
            yield attrs.evolve(problem, path=f"{json_path(('procedures', index))}{problem.path[1:]}")


def check_file(
    path: str | Path,
    *,
    on: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity | str] | None = None,
    validator: Callable[[Any], bool] | None = None,
    most: int | None = MAX_PROBLEMS,
) -> tuple[Problem, ...]:
    """Return every problem of the catalogue in the file *path*; a file that is not plain JSON is a finding.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "catalogue.json"
    ...     _ = path.write_text("{", encoding="utf-8")
    ...     [problem.rule for problem in check_file(path)]
    ['json/syntax']

    Raises:
        OSError: the file cannot be read.
        InvalidValueError: *on* is not a plain date, a severity does not exist, or another argument is of a wrong type.
        UnknownCodeError: no rule has this id or begins like this.
    """
    if not isinstance(cast("object", path), str | Path):
        raise InvalidValueError.of("path", path, vi="đường dẫn của tệp", en="a path")
    selection = Selection.of(select=select, ignore=ignore, severities=severities, most=most)
    ensure_callable(validator)
    with uncollected():
        try:
            _, document, seen = opened(path, mark=is_suspect)
        except InvalidDocumentError as error:
            return error.problems
        whole = judged(document, seen, on=on, validator=validator, completeness=selection.completeness)
        return selection.apply(whole.problems)


_NUMBER: Final = re.compile(r"([0-9]+)")


def document_order(problem: Problem) -> tuple[Any, ...]:
    """Return by what findings are sorted: their place in the document, then rule and words.

    >>> import attrs
    >>> places = ("$.procedures[10]", "$.procedures[2]")
    >>> problems = [rules.DUPLICATE_CODE.problem((), vi="", en="")] * 2
    >>> moved = [attrs.evolve(problem, path=path) for problem, path in zip(problems, places, strict=True)]
    >>> [problem.path for problem in sorted(moved, key=document_order)]
    ['$.procedures[2]', '$.procedures[10]']
    """
    # $.procedures[10] comes after $.procedures[2]; splitting leaves text and numbers in turn.
    parts = _NUMBER.split(problem.path)
    return (*(int(part) if index % 2 else part for index, part in enumerate(parts)), problem.rule, problem.text.en)


_PROCEDURE: Final = re.compile(r"\$\.procedures\[([0-9]+)\]")


def _deeper(
    document: dict[str, Any], unsound: set[str], on: date | None, suspects: frozenset[int], completeness: bool
) -> Iterator[Problem]:
    """Yield what the schema cannot say, about the parts that can be read as values."""
    raw_bases, raw_procedures = document.get("bases"), document.get("procedures")
    bases: dict[str, Basis | None] | None = None
    if is_object(raw_bases):
        bases = {name: _basis(raw) for name, raw in composed(raw_bases).items()}
        for name, basis in bases.items():
            if basis is not None:
                yield from reversed_dates(("bases", name), basis.in_force_from, basis.in_force_to)
    if not is_list(raw_procedures):
        return
    refused = {int(match[1]) for path in unsound if (match := _PROCEDURE.match(path))}
    surroundings = Surroundings(bases, on, completeness=completeness)
    yield from _editions(raw_procedures, refused)
    together = Together()
    for index, raw in enumerate(raw_procedures):
        # What is wrong there by the schema comes first; guessing at the rest would only confuse.
        if index in refused:
            continue
        place: Where = ("procedures", index)
        procedure = composed(raw) if index in suspects else raw
        yield from procedure_problems(procedure, place, surroundings)
        yield from together.note(procedure, place)
    yield from together.papers_issued()


def _codes(document: dict[str, Any]) -> list[str | None]:
    """Return the code of each procedure, None where it has none that can be read."""
    procedures = document.get("procedures")
    found = [each.get("code") if is_object(each) else None for each in procedures] if is_list(procedures) else []
    return [code if isinstance(code, str) else None for code in found]


def _basis(raw: object) -> Basis | None:
    try:
        return structured(raw, Basis) if is_object(raw) else None
    except InvalidDocumentError:
        return None


def _editions(procedures: list[Any], refused: set[int]) -> Iterator[Problem]:
    """Yield the procedures of one code that hold on the same day, and the days between two of them."""
    by_code: dict[str, list[tuple[date, date, int]]] = {}
    for index, raw in enumerate(procedures):
        code = raw.get("code") if is_object(raw) else None
        if isinstance(code, str):
            dates = (None, None) if index in refused else (raw.get("in_force_from"), raw.get("in_force_to"))
            first, last = (None if each is None else date.fromisoformat(each) for each in dates)
            by_code.setdefault(code, []).append((first or date.min, last or date.max, index))
    for code, periods in by_code.items():
        (_, ended, before), *later = sorted(periods)
        for begun, end, index in later:
            shown, where = code[:60], json_path(("procedures", before))
            if begun <= ended:
                one, other = sorted((before, index))
                where = json_path(("procedures", one))
                yield rules.DUPLICATE_CODE.problem(
                    ("procedures", other, "code"),
                    vi=f"mã {shown} đã có ở {where} trong cùng thời gian",
                    en=f"code {shown} is already that of {where} on the same days",
                )
            elif begun - ended > timedelta(days=1):
                gap = period_text(ended + timedelta(days=1), begun - timedelta(days=1))
                yield rules.EDITION_GAP.problem(
                    ("procedures", index, "in_force_from"),
                    vi=f"giữa {where} và thủ tục này không có quy định: {gap.vi}",
                    en=f"nothing is stated between {where} and this: {gap.en}",
                )
            if end >= ended:
                ended, before = end, index
