"""What ``onestop lab audit`` hands on: findings as SARIF, as a sheet for a unit, and one dossier step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop_core.cli.catalogue.findings import Finding
from onestop_core.cli.lab.words import role_name
from onestop_core.cli.shell.files import write_file
from onestop_core.errors import InvalidValueError, Problem, UnknownCodeError
from onestop_core.text import Text, moment_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from onestop_core.lab import Audit
    from onestop_core.lab.auditing import Irregularity
    from onestop_core.lab.reading import CaseLog
    from onestop_core.text import Language

__all__ = ["chosen", "findings", "steps_of", "write_sheet"]

_OPENED: Final = Text(vi="Mở hồ sơ", en="Dossier opened")


def findings(found: Audit) -> Iterable[Finding]:
    """Yield what was found as findings of the command line."""
    for entry in found.entries:
        # In a log the opening stands apart, so that the event of number 1 is the first of its events.
        place = {None: "$", 0: "$.dossier"}.get(entry.number, f"$.events[{(entry.number or 0) - 1}]")
        text = Text(vi=f"{entry.dossier}: {entry.reason.vi}", en=f"{entry.dossier}: {entry.reason.en}")
        problem = Problem(path=place, rule=f"lab/{entry.rule}", text=text, basis=entry.basis)
        yield Finding(file=entry.source or "", problem=problem)
    for each in found.unread:
        yield Finding(file=each.source or "", problem=each.problem)


def chosen(logs: Sequence[CaseLog], ids: Sequence[str] | None) -> list[CaseLog]:
    """Return the logs of those *ids*; without any, all.

    Raises:
        UnknownCodeError: one is not there.
    """
    if not ids:
        return list(logs)
    known = [log.id for log in logs]
    for name in ids:
        if name not in known:
            raise UnknownCodeError.among(Text(vi="hồ sơ", en="dossier"), name, known)
    return [log for log in logs if log.id in ids]


def write_sheet(found: Audit, options: argparse.Namespace, language: Language) -> None:
    """Write what was found as a workbook or as CSV, as the name of the file says.

    Raises:
        InvalidValueError: it says neither.
        OSError: it cannot be written.
    """
    from onestop_core.lab.pages import findings_sheet  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.rules.sheets import to_csv  # noqa: PLC0415

    kind = Path(options.out).suffix.lower()
    if kind not in {".xlsx", ".csv"}:
        raise InvalidValueError.of("--out", options.out, vi="tệp .xlsx hoặc .csv", en="an .xlsx or .csv file")
    sheet = findings_sheet(found, language=language)
    if kind == ".csv":
        write_file(options.out, to_csv(sheet, language=language))
        return
    from onestop_core.cli.desk import spreadsheets  # noqa: PLC0415 - needs the extra

    write_file(options.out, spreadsheets.sheets([sheet], language=language))


def steps_of(log: CaseLog, found: Audit, language: Language) -> Iterator[str]:
    """Yield the steps of a dossier, each with what was found in it; then the duties that were not done in time."""
    mine = [entry for entry in found.entries if entry.dossier == log.id]
    if not log.events:
        yield log.id
        return
    table = found.law.machine(log.events[0]).lifecycle
    names = {event.code: event.name for event in table.events}
    yield f"{log.id} · {table.title.in_(language)}"
    for number, event in enumerate(log.events):
        name = names.get(event.kind, Text(vi=event.kind, en=event.kind)) if number else _OPENED
        who = (event.unit, role_name(event.role, found.law).in_(language))
        yield "  " + " · ".join(
            part for part in (moment_text(event.at).in_(language), name.in_(language), *who) if part
        )
        yield from (_said(entry, language) for entry in mine if entry.number == number)
    yield from (_said(entry, language) for entry in mine if entry.number is None)


def _said(entry: Irregularity, language: Language) -> str:
    return f"    ! {entry.reason.in_(language)} ({entry.basis.in_(language)})"
