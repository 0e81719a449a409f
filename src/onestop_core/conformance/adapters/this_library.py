"""The reference implementation: the questions of the suite put to this library."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance.values import Refusal
from onestop_core.errors import InvalidDocumentError, InvalidEventError
from onestop_core.model import (
    AgencyCode,
    Clock,
    DossierCode,
    DossierFacts,
    Interval,
    Phase,
    ProcedureCode,
    TimeLimit,
    day_of,
    parse_moment,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from onestop_core.conformance.adapters.interfaces import (
        Catalogues,
        Codes,
        Deadlines,
        Forms,
        Kpi,
        Lifecycles,
        LifecycleTables,
        OtherFiles,
        TimeLimits,
        Workdays,
    )
    from onestop_core.deadlines import WorkingHours
    from onestop_core.dossier import Dossier
    from onestop_core.workdays import Calendar

__all__ = ["Reference", "reference"]


def reference() -> Reference:
    """Return onestop_core itself as an implementation.

    >>> from onestop_core import conformance
    >>> conformance.reference().add_workdays("2026-02-12", 5)
    '2026-02-26'
    >>> report = conformance.run(conformance.reference(), areas=["codes"])
    >>> report.conforms, report.failed, report.unsupported
    (True, (), ())
    """
    return Reference()


class Reference:
    """onestop_core as an implementation of every area; also a starting point for one's own adapter."""

    name = "onestop_core"

    # What a method means is said by its protocol in ``interfaces``. Each loads what it needs, so that asking for one
    # area does not load them all.

    def is_workday(self, date: str, as_of: str | None = None) -> bool:
        return _calendar(as_of).is_workday(_day(date))

    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        return _calendar(as_of).add(_day(date), n).isoformat()

    def count_workdays(self, start: str, end: str, as_of: str | None = None) -> int:
        return _calendar(as_of).count(_day(start), _day(end))

    def parse_limit(self, text: str) -> dict[str, Any]:
        steps = TimeLimit.parse(text).steps
        return {"steps": [{"amount": str(step.amount), "unit": step.unit.value} for step in steps]}

    def due(
        self,
        received_at: str,
        limit: str,
        *,
        as_of: str | None = None,
        hours: str | None = None,
        pauses: list[list[str | None]] | None = None,
        end_on_day_off: str = "next_working_day",
        late_receipt: str = "same_day_limits",
    ) -> dict[str, Any]:
        from onestop_core import deadlines  # noqa: PLC0415

        deadline = deadlines.due(
            parse_moment(received_at),
            TimeLimit.parse(limit),
            calendar=_calendar(as_of),
            hours=_hours(hours),
            pauses=[
                (parse_moment(start or ""), None if end is None else parse_moment(end)) for start, end in pauses or ()
            ],
            end_on_day_off=end_on_day_off,
            late_receipt=late_receipt,
        )
        return {"due_at": deadline.at.isoformat(), "certainty": deadline.certainty}

    def clock_due(self, limit: str, acts: list[dict[str, str]]) -> dict[str, Any]:
        from onestop_core import deadlines  # noqa: PLC0415

        clock = Clock()
        for act in acts:
            clock = clock.take(
                act["act"],
                parse_moment(act["at"]),
                promise=parse_moment(act["promise"]) if "promise" in act else None,
                by=TimeLimit.parse(act["by"]) if "by" in act else None,
                reason=act.get("reason"),
            )
        count = deadlines.countdown(clock, TimeLimit.parse(limit), calendar=_calendar(None))
        counted, held = count.counted, count.in_force
        if counted is None or held is None:
            raise Refusal("invalid-event")
        return {"due_at": counted.isoformat(), "in_force": held.isoformat(), "state": clock.phase.value}

    def transfer_due(self, received_at: str, hours: str) -> str:
        from onestop_core import deadlines  # noqa: PLC0415

        at = deadlines.transfer_due(parse_moment(received_at), calendar=_calendar(None), hours=_hours(hours))
        return at.isoformat()

    def law_due(
        self,
        file: str,
        duty: str,
        began_at: str,
        *,
        opened_at: str | None = None,
        practice: str | None = None,
        request: str | None = None,
        grounds: list[str] | None = None,
        pauses: list[list[str | None]] | None = None,
    ) -> str | None:
        from onestop_core import deadlines  # noqa: PLC0415
        from onestop_core.conformance.adapters.law_times import law_limit_of  # noqa: PLC0415

        opened = parse_moment(began_at if opened_at is None else opened_at)
        limit = law_limit_of(file, duty, opened, practice=practice, request=request, grounds=grounds or [])
        if limit is None:
            return None
        waits = [(parse_moment(str(start)), None if end is None else parse_moment(end)) for start, end in pauses or []]
        at = deadlines.due(parse_moment(began_at), limit, calendar=_calendar(None), pauses=waits).at
        return at.isoformat()

    def parse_agency_code(self, text: str) -> dict[str, Any]:
        code = AgencyCode.parse(text)
        return {"level_one": code.level_one, "old_order": code.is_old_order}

    def parse_procedure_code(self, text: str) -> dict[str, Any]:
        code = ProcedureCode.parse(text)
        return {"short": code.short, "owner": None if code.owner is None else str(code.owner)}

    def parse_dossier_code(self, text: str) -> dict[str, Any]:
        code = DossierCode.parse(text)
        if code.day is None:
            return {"foreign": True}
        return {"foreign": False, "agency": str(code.agency), "day": code.day.isoformat(), "sequence": code.sequence}

    def write_dossier_code(
        self, agency: str, day: str, sequence: int, *, digits_of_day: int = 6, width: int = 4
    ) -> str:
        unit = AgencyCode.parse(agency)
        return DossierCode.of(unit, _day(day), sequence, digits_of_day=digits_of_day, width=width).text

    def follow(self, log: dict[str, Any], limit: str | None = None) -> dict[str, Any]:
        from onestop_core import deadlines, dossier  # noqa: PLC0415

        case = _replayed(log)
        due = case.appointment
        if limit is not None:
            due = deadlines.countdown(case.clock, TimeLimit.parse(limit), calendar=_calendar(None)).in_force
        counted_from = case.clock.counted_from
        return {
            "portal_code": dossier.portal_status(case),
            "clock": _PHASES[case.clock.phase],
            "due_on": None if due is None or case.clock.phase is Phase.PAUSED else day_of(due).isoformat(),
            "counted_from": None if counted_from is None else counted_from.isoformat(),
        }

    def replay(self, log: dict[str, Any]) -> dict[str, Any]:
        from onestop_core import dossier  # noqa: PLC0415

        case = _replayed(log)
        return {
            "state": case.state,
            "clock": case.clock.phase.value,
            "portal_status": dossier.portal_status(case),
            "allowed": sorted(dossier.machine(case.lifecycle).allowed(case)),
            "axes": case.axes,
            "due_at": case.appointment.isoformat() if case.appointment else None,
        }

    def check_catalogue(self, document: Any, on: str | None = None) -> dict[str, Any]:
        from onestop_core import catalogue  # noqa: PLC0415

        advice = [rule.id for rule in catalogue.RULES if rule.advisory]
        problems = catalogue.check(document, on=None if on is None else _day(on), ignore=advice)
        return {
            "usable": all(problem.severity != "error" for problem in problems),
            "rules": sorted({problem.rule for problem in problems}),
        }

    def score(
        self,
        index: str,
        counts: dict[str, list[int]],
        *,
        level: str | None = None,
        single_procedure: bool = False,
        not_applicable: list[str] | None = None,
        zero: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        from onestop_core import kpi  # noqa: PLC0415

        card = kpi.index(index).score(
            {metric: (pair[0], pair[1]) for metric, pair in counts.items()},
            level=level,
            single_procedure=single_procedure,
            not_applicable=not_applicable or (),
            zero=zero,
        )
        return {
            "metrics": {
                result.metric.id: {"ratio": _figure(result.percent), "score": _figure(result.score)}
                for result in card.results
                if result.metric.id in counts
            },
            "groups": {group.group.key: _figure(group.score) for group in card.group_results},
            "total": _figure(card.total),
        }

    def tally(
        self,
        facts: list[dict[str, Any]],
        *,
        first: str | None = None,
        last: str | None = None,
        supplements: str = "portal",
    ) -> dict[str, list[int]]:
        from onestop_core import kpi  # noqa: PLC0415

        period = None
        if first is not None or last is not None:
            period = Interval(first=None if first is None else _day(first), last=None if last is None else _day(last))
        done = kpi.tally(_facts(facts), period=period, supplements=supplements)
        counts = {**done.metrics, "finished": done.finished, "in_progress": done.in_progress}
        return {metric: [count.numerator, count.denominator, count.unknown] for metric, count in counts.items()}

    def fill_form_06(
        self,
        facts: list[dict[str, Any]],
        first: str,
        last: str,
        *,
        by: str = "field",
        early: str = "day",
        supplements: str = "ignore",
        missing: str = "refuse",
    ) -> dict[str, Any]:
        from onestop_core import kpi  # noqa: PLC0415

        form = kpi.form06.fill(
            _facts(facts),
            period=Interval(first=_day(first), last=_day(last)),
            by=by,  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] - checked there
            early=early,
            supplements=supplements,
            missing=missing,
        )
        return {"included": [], "left_out": [], **form.to_dict()}

    def check_form_06(self, form: Any, previous: Any = None) -> dict[str, Any]:
        from onestop_core import kpi  # noqa: PLC0415

        problems = kpi.form06.check(form, previous)
        if any(not problem.rule.startswith("form-06/") for problem in problems):
            return {"usable": False, "findings": []}
        found = sorted({(problem.path, problem.rule) for problem in problems})
        return {"usable": True, "findings": [{"path": path, "rule": rule} for path, rule in found]}


_PHASES: Final = {
    Phase.NOT_STARTED: "not-started",
    Phase.RUNNING: "running",
    Phase.PAUSED: "waiting",
    Phase.STOPPED: "ended",
}


def _replayed(log: dict[str, Any]) -> Dossier:
    from onestop_core import dossier  # noqa: PLC0415

    try:
        return dossier.replay(log)
    except InvalidDocumentError as error:
        # The event that was refused is named by the cause; a log that is no log has none. Errors of ours that say more
        # exactly what is wrong with an event are one refusal to the suite.
        cause = error.__cause__
        code = InvalidEventError.code if isinstance(cause, InvalidEventError) else getattr(cause, "code", error.code)
        raise Refusal(code) from error


def _facts(rows: list[dict[str, Any]]) -> list[DossierFacts]:
    from onestop_core.rules.converter import structure  # noqa: PLC0415

    try:
        return [structure(row, DossierFacts) for row in rows]
    except InvalidDocumentError as error:
        raise Refusal("invalid-value") from error


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _calendar(as_of: str | None) -> Calendar:
    from onestop_core import workdays  # noqa: PLC0415

    return workdays.calendar("vn-civil", as_of=None if as_of is None else _day(as_of))


def _hours(text: str | None) -> WorkingHours | None:
    from onestop_core import deadlines  # noqa: PLC0415

    return None if text is None else deadlines.WorkingHours.parse(text)


def _figure(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


if TYPE_CHECKING:
    # Held to the protocols by the type checkers: a method that takes or gives something else does not pass.
    _every_area: tuple[
        Workdays, TimeLimits, Deadlines, OtherFiles, Codes, Lifecycles, LifecycleTables, Catalogues, Kpi, Forms
    ]
    _every_area = (
        reference(),
        reference(),
        reference(),
        reference(),
        reference(),
        reference(),
        reference(),
        reference(),
        reference(),
        reference(),
    )
