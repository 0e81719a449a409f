"""``onestop lab replay``, ``audit``, ``forecast``, ``burden``, ``compare`` and ``generate``: files in, an answer out."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import attrs

from onestop_core.cli.catalogue.sarif import sarif
from onestop_core.cli.lab.findings import chosen, findings, steps_of, write_sheet
from onestop_core.cli.lab.laws import law_of, other_law_of
from onestop_core.cli.lab.words import role_name, role_of, when
from onestop_core.cli.shell.common import CLEAN, FINDINGS, language_of, print_json, read_date
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import TimeLimit
from onestop_core.rules.reading.documents import content_of
from onestop_core.text import Text, number, period_text, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from onestop_core.lab import Burden, Forecast, Law, LogMapping, Rates, Replay
    from onestop_core.lab.burdens import ProcedureBurden
    from onestop_core.lab.reading import CaseLog
    from onestop_core.text import Language

__all__ = ["run_audit", "run_burden", "run_compare", "run_forecast", "run_generate", "run_replay"]


def run_replay(options: argparse.Namespace) -> int:
    """Replay the logs under another law and print what becomes of them."""
    from onestop_core import lab  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    law = law_of(options)
    other = other_law_of(options, law)
    logs = _read(options)
    found = lab.replay(
        [log.events for log in logs if log.events], under=other, against=law, now=_now(options), fields=lab.fields()
    )
    _tell_unread(logs, options)
    if options.format == "json":
        print_json(found.to_dict(language=language))
    elif options.format == "html":
        most = {} if not options.all else {"most": None}
        print(safe.markup(lab.pages.replay_page(found, language=language, **most)), end="")
    else:
        _print([*found.lines(language=language), *_scores(found, language)])
    return CLEAN


def _scores(found: Replay, language: Language) -> Iterator[str]:
    """Yield the total before and after, had everybody acted at the same moments."""
    from onestop_core.kpi.service_index.rendering import earned  # noqa: PLC0415

    before, after = found.scores.before, found.scores.same_moments
    points = [earned(card.total, card.total_bounds).in_(language) for card in (before, after)]
    names = [card.index for card in (before, after)]
    title = Text(vi="Tổng điểm", en="Total score").in_(language)
    yield f"{title}: {points[0]} → {points[1]} ({' → '.join(dict.fromkeys(names))})"


def run_audit(options: argparse.Namespace) -> int:
    """Hold the logs to the law of their day and print what they broke."""
    from onestop_core import lab  # noqa: PLC0415

    language = language_of(options)
    logs = chosen(_read(options), options.dossier)
    found = lab.audit(logs, law=law_of(options), now=_now(options))
    if options.unit:
        if options.unit not in found.by_unit:
            raise UnknownCodeError.among(
                Text(vi="đơn vị có vi phạm", en="unit with irregularities"), options.unit, found.by_unit
            )
        found = found.of(unit=options.unit)
    if options.out:
        write_sheet(found, options, language)
    if options.format == "json":
        print_json(found.to_dict(language=language))
    elif options.format == "html":
        print(safe.markup(lab.pages.audit_page(found, language=language)), end="")
    elif options.format == "sarif":
        rules = {f"lab/{article.rule}": (article.name, article.basis) for article in found.articles}
        print_json(sarif(list(findings(found)), language, others=rules))
    else:
        if options.dossier:
            _print(line for log in logs for line in steps_of(log, found, language))
        _print(found.lines(language=language))
        _tell_unread(logs, options)
    return FINDINGS if found.count or found.unread else CLEAN


def run_forecast(options: argparse.Namespace) -> int:
    """Print which open cases will be late even if worked at budget."""
    from onestop_core import deadlines, lab  # noqa: PLC0415

    language = language_of(options)
    law = law_of(options).but(hours=deadlines.office_hours())
    now = when(options.now, "--now")
    logs = _read(options)
    cases = [
        course.dossier
        for log in logs
        if log.events and log.events[0].at <= now
        for course in [lab.follow(tuple(event for event in log.events if event.at <= now), law.machine(log.events[0]))]
        if course.dossier is not None
    ]
    rows = list(lab.forecast(cases, law=law, steps=[_step(each, law) for each in options.step], now=now))
    _tell_unread(logs, options)
    late = [row for row in rows if row.outlook in {"overdue", "late_at_budget", "late_anyhow"}]
    late.sort(key=lambda row: -row.days_over)
    if options.format == "json":
        print_json([row.to_dict(language=language) for row in rows])
    elif options.format == "html":
        print(safe.markup(lab.pages.forecast_page(rows, now=now, language=language)), end="")
    else:
        _print(_outlooks(rows, language))
        for row in late:
            held = " · ".join(part for part in (row.unit, role_name(row.role, law).in_(language)) if part)
            _print([f"{row.id} ({held}): {row.text.in_(language)}" if held else f"{row.id}: {row.text.in_(language)}"])
    return FINDINGS if late else CLEAN


def _outlooks(rows: list[Forecast], language: Language) -> Iterator[str]:
    """Yield how many open cases there are, and of each outlook."""
    from onestop_core.lab import Outlook  # noqa: PLC0415

    many = number(len(rows))
    yield Text(vi=f"Hồ sơ đang giải quyết: {many.vi}", en=f"Open cases: {many.en}").in_(language)
    for outlook in Outlook:
        if count := sum(row.outlook is outlook for row in rows):
            yield f"{outlook.text.in_(language)}: {number(count).in_(language)}"


def run_burden(options: argparse.Namespace) -> int:
    """Print what a catalogue costs and, with logs, why their dossiers were slow."""
    from onestop_core import catalogue, lab  # noqa: PLC0415

    language = language_of(options)
    offered = catalogue.load(options.catalogue) if options.catalogue else catalogue.shipped()
    day = read_date(options.on, "--on") if options.on else None
    logs = _read(options)
    law = lab.law(limits=offered)
    courses = [lab.follow(log.events, law.machine(log.events[0])) for log in logs if log.events]
    cases = [course.dossier for course in courses if course.dossier is not None]
    by_procedure: dict[str, list[str]] = {}
    for case in cases:
        by_procedure.setdefault(case.procedure, []).append(case.id)
    applications = {each.code: len(by_procedure.get(each.code, ())) for each in offered.procedures} if logs else {}
    found = lab.burden(offered, rates=_rates(options.rate), applications=applications, on=day)
    if options.procedure:
        found = _only(found, options.procedure)
    slow = lab.slowness(cases, law=law)
    _tell_unread(logs, options)
    if options.format == "json":
        print_json({**found.to_dict(language=language), "slowness": slow.to_dict(language=language)})
    elif options.format == "html":
        page = lab.pages.burden_page(found, slowness=slow if logs else None, dossiers=by_procedure, language=language)
        print(safe.markup(page), end="")
    else:
        asked = found.procedures if options.procedure else ()
        steps = [line for row in asked for line in _steps(row, language)]
        _print([*found.lines(language=language), *steps, *slow.lines(language=language)])
    return CLEAN


def _steps(row: ProcedureBurden, language: Language) -> Iterable[str]:
    yield f"{row.code}, {period_text(row.in_force_from, row.in_force_to).in_(language)}"
    yield from (f"  {text.in_(language)}" for text in row.texts)


def _only(found: Burden, codes: list[str]) -> Burden:
    known = {each.code for each in found.procedures}
    for code in codes:
        if code not in known:
            raise UnknownCodeError.among(
                Text(vi="thủ tục trong danh mục", en="procedure in the catalogue"), code, known
            )
    return attrs.evolve(found, procedures=tuple(each for each in found.procedures if each.code in codes))


def _rates(given: list[str]) -> Rates:
    from onestop_core import lab  # noqa: PLC0415

    return lab.Rates.of({name: value for name, _, value in (each.partition("=") for each in given)})


def run_compare(options: argparse.Namespace) -> int:
    """Print what two periods differ in, by three reductions and three increases."""
    from onestop_core import lab  # noqa: PLC0415

    language = language_of(options)
    asked = lab.load_periods(options.periods)
    found = lab.reductions_and_increases(asked.before, asked.after, prices=asked.prices)
    _tell_unread(asked.unread, options)
    if options.format == "json":
        print_json(found.to_dict(language=language))
    elif options.format == "html":
        print(safe.markup(lab.pages.aims_page(found, language=language)), end="")
    else:
        _print(found.lines(language=language))
    return CLEAN


def run_generate(options: argparse.Namespace) -> int:
    """Print a made-up year, one log a line."""
    from onestop_core import dossier, lab  # noqa: PLC0415

    dossiers, year, seed = (_number(getattr(options, name), f"--{name}") for name in ("dossiers", "year", "seed"))
    made = lab.generate(dossiers, year=year, seed=seed)
    said = Text(
        vi="Dữ liệu giả lập: tỷ lệ các việc là phỏng đoán, không phải thống kê.",
        en="Made-up data: how often things happen is a guess, no statistics.",
    )
    print(said.in_(language_of(options)), file=sys.stderr)
    for case in made:
        print(safe.json(json.dumps(dossier.dump_log(case), ensure_ascii=False)))
    return CLEAN


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise InvalidValueError.of(name, text, vi="số nguyên", en="a whole number")
    return int(text)


def _step(text: str, law: Law) -> tuple[str, TimeLimit]:
    word, _, limit = text.partition("=")
    return role_of(word, law), TimeLimit.parse(limit)


def _now(options: argparse.Namespace) -> datetime | None:
    return when(options.now, "--now") if options.now else None


def _read(options: argparse.Namespace) -> list[CaseLog]:
    from onestop_core import lab  # noqa: PLC0415

    mapping = lab.load_mapping(options.mapping) if options.mapping else lab.LogMapping()
    return [log for file in options.logs for log in _logs_in(file, mapping)]


def _logs_in(file: str, mapping: LogMapping) -> tuple[CaseLog, ...]:
    from onestop_core import lab  # noqa: PLC0415

    if not file.lower().endswith((".xlsx", ".xlsm")):
        return lab.read_logs(file, mapping=mapping)
    from onestop_core.cli.desk import spreadsheets  # noqa: PLC0415 - needs the extra

    return lab.reading.read_table(spreadsheets.read_sheet(content_of(file)), mapping=mapping, source=file)


def _tell_unread(logs: Iterable[CaseLog], options: argparse.Namespace) -> None:
    """Say on standard error what was left out."""
    language = language_of(options)
    for log in logs:
        for problem in log.problems:
            place = "" if problem.text.en.startswith("row ") else f"{problem.path}: "  # a table's row names itself
            print(safe.terminal(f"{log.source}: {place}{problem.text.in_(language)}"), file=sys.stderr)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(safe.line(line))
