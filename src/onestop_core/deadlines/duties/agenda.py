"""The agenda of a dossier: the table of duties, read against its log and its clock."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

from onestop_core import dossier as dossiers
from onestop_core.deadlines.duties.reading import LogReading
from onestop_core.deadlines.duties.table import DutyTable, owed_table
from onestop_core.deadlines.terms.policies import STANDARD, Policies
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import FrozenMap, TimeLimit, aware
from onestop_core.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from onestop_core.deadlines.duties.values import Duty
    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.dossier import Dossier, Lifecycle

__all__ = ["agenda"]

_NO_LIMITS: Final[FrozenMap[str, TimeLimit]] = FrozenMap({})


def agenda(
    dossier: Dossier,
    limit: TimeLimit | None,
    *,
    calendar: WorkingCalendar,
    now: datetime,
    hours: WorkingHours | None = None,
    policies: Policies = STANDARD,
    soon: Fraction | TimeLimit | None = None,
    limits: Mapping[str, TimeLimit] = _NO_LIMITS,
    duties: DutyTable | None = None,
    lifecycle: Lifecycle | None = None,
) -> tuple[Duty, ...]:
    """Return what must be done in time for *dossier* and what was, as it stands at *now*, the first due first.

    What happened after *now* is not looked at. Each duty has one row for each time that it began.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, workdays
    >>> from onestop_core.model import TimeLimit
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-09T17:00")))
    >>> for duty in agenda(case, TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil"),
    ...         now=at("2026-03-03T09:00")):
    ...     print(duty.text.en)
    Transfer the dossier to the competent authority: by 2026-03-02 17:00, missed
    Send the file back with the supplement request, if it is not complete: by the end of 2026-03-05, to be done
    Apologise and ask for an extension, if it will be late: by the end of 2026-03-08, to be done
    Have the result by the appointment: by 2026-03-09 17:00, to be done

    Args:
        dossier: The dossier.
        limit: How long the authority may take; None where no law gives it a time, so that nothing is counted but what
            was promised.
        calendar: Which days count.
        now: The moment of looking.
        hours: Office hours of the agency.
        policies: What the law leaves open.
        soon: When a duty is due soon: the share of its time that is left, such as ``Fraction(1, 5)``, or how long
            before its moment, such as ``1 working day``; left out, no duty is.
        limits: The times that the procedure's own law gives, by the code of the duty, such as
            ``{"opinion": sector.limit("opinion")}``; of a duty by the appointment, by what that is counted.
        duties: A table of your own; left out, the one that ships. For a lifecycle of your own that the national portal
            does not follow none ships, and nothing is owed.
        lifecycle: The dossier's edition, if it is one of your own: a duty of which it could not tell is ``unrecorded``.

    Raises:
        InvalidValueError: *now* is naive, a part of a working day without *hours*, a share that is none.
        UnknownCodeError: *limits* names no duty that has a limit.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    moment, opened = aware(now, "now"), dossier.events[0].at.date()
    follows = dossier.portal is not None
    table = owed_table(dossier.lifecycle, on=opened, portal=follows) if duties is None else duties
    if table is None:
        return ()
    reading = LogReading(
        dossier=dossier,
        log=tuple((event, state) for event, state in dossier.standing if event.at <= moment),
        clock=dossier.clock.as_of(moment),
        now=moment,
        limit=limit,
        calendar=calendar,
        hours=hours,
        policies=policies,
        soon=_soon(soon),
        limits=_limits(limits, table),
        table=table,
        lifecycle=_lifecycle(dossier) if lifecycle is None else lifecycle,
    )
    if limit is not None:
        reading.count(reading.clock)  # a limit that cannot be counted is refused whatever the dossier has of duties
    rows = [
        row
        for rule in (table.duties if reading.log else ())
        if rule.applies(opened, dossier.opening)
        for row in reading.rows(rule)
    ]
    return tuple(sorted(rows, key=lambda row: row.by))


def _soon(soon: object) -> Fraction | TimeLimit | None:
    share = Fraction(soon) if type(soon) is int else soon
    if share is None or isinstance(share, TimeLimit) or (isinstance(share, Fraction) and 0 <= share <= 1):
        return share
    raise InvalidValueError.of(
        "soon",
        soon,
        vi="một phần của thời hạn (Fraction từ 0 đến 1) hoặc một TimeLimit",
        en="a share of the limit (a Fraction from 0 to 1) or a TimeLimit",
    )


def _limits(limits: object, table: DutyTable) -> Mapping[str, TimeLimit]:
    given = cast("Mapping[object, object]", limits)
    if not isinstance(limits, Mapping) or not all(isinstance(limit, TimeLimit) for limit in given.values()):
        raise InvalidValueError.of(
            "limits", given, vi="ánh xạ từ mã việc đến TimeLimit", en="a mapping of codes of duties to a TimeLimit"
        )
    known = [rule.code for rule in table.duties if rule.has_limit]
    for code in given:
        if code not in known:
            raise UnknownCodeError.among(
                Text(vi="việc có thời hạn riêng", en="duty with a limit of its own"), code, known
            )
    return cast("Mapping[str, TimeLimit]", given)


def _lifecycle(dossier: Dossier) -> Lifecycle | None:
    try:
        return dossiers.machine(dossier.lifecycle).lifecycle
    except UnknownCodeError:
        return None
