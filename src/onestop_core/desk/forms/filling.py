"""What a form says, gathered: from the log, the catalogue, the clock, the office and the person at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.catalogue import Catalogue
from onestop_core.catalogue.values.codes import WithoutTime
from onestop_core.deadlines import Deadline, receipts
from onestop_core.desk.forms.data import FormData, HandOver, RegisterRow, fields_of
from onestop_core.desk.forms.editions import NAME, FormEdition, form_edition
from onestop_core.desk.forms.values import (
    NO_NAMES,
    NO_OFFICE,
    NO_SLIP,
    NO_SLIPS,
    NOBODY,
    FormKind,
    FormPaper,
    Office,
    Outcome,
    Slip,
)
from onestop_core.desk.quoting import channel_of
from onestop_core.dossier import Dossier, Event, Lifecycle, holdings, machine
from onestop_core.errors import InvalidValueError
from onestop_core.model import Channel, DossierCode, TimeLimit
from onestop_core.model.series import each_of, instance, items_of
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.catalogue import Procedure
    from onestop_core.deadlines.linked_work import SlipRow

__all__ = ["form_data"]

_NO_ROWS: Final[tuple[SlipRow, ...]] = ()
_UNSET: Final = Text(vi="Không quy định", en="no time limit is set")
_DELIVERED: Final = "delivered"


def form_data(
    form: FormKind | str,
    case: Dossier | Iterable[Dossier] | None,
    *,
    office: Office = NO_OFFICE,
    slip: Slip = NO_SLIP,
    slips: Mapping[str, Slip] = NO_SLIPS,
    catalogue: Catalogue | None = None,
    limit: TimeLimit | None = None,
    deadline: Deadline | None = None,
    steps: Iterable[SlipRow] = _NO_ROWS,
    names: Mapping[str, str] = NO_NAMES,
    edition: str = NAME,
    on: date | None = None,
    lifecycle: Lifecycle | None = None,
) -> FormData:
    """Return what *form* says of *case*. Nothing is made up: what nobody knows is None, and is left open on paper.

    What the log tells (receipt, appointments, papers, reasons) is taken from the event with which the desk issues the
    form, the last one if there were several; what *slip* says stands before it.

    >>> from datetime import datetime
    >>> from onestop_core import catalogue, desk, dossier
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn", on=at("2026-03-02T08:15").date())
    >>> case = m.new(id="H26.12-260302-0001", procedure="1.004222", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-11T17:00")))
    >>> data = form_data("receipt", case, catalogue=catalogue.shipped(), slip=desk.forms.Slip(sets=1))
    >>> data.form_number, data.title.vi, data.procedure_name.vi
    ('01', 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', 'Đăng ký thường trú')
    >>> data.due_at.isoformat(), data.applicant.name
    ('2026-03-11T17:00:00+07:00', None)

    Args:
        form: What it is, such as ``"receipt"``; its number follows from the edition.
        case: The dossier; of a register several; None: an empty form, to be filled in by hand.
        office: Who issues it.
        slip: What is known at the desk only.
        slips: Of a register: what is known of each dossier, by its id.
        catalogue: Where the procedure's name, its authority and, if it has but one for the channel, its limit stand.
        limit: The time limit; None: that of *deadline*, else what the catalogue tells.
        deadline: The due moment as it was counted: printed where the log has no appointment, and as the short receipt where
            it comes to the day that the form names.
        steps: Of a control slip: what ``deadlines.control_slip`` counted, for how each step ended.
        names: What units and persons of the log are called on paper, by their codes.
        edition: The edition of the forms, by its reference; else the one in force on the day *on*.
        on: The day; None: that of the event that issues the form, else of the last event.
        lifecycle: The dossier's edition, if it is one of your own.

    Raises:
        UnknownCodeError: the edition has no such form (no stop notice before 2025), or the catalogue no such procedure.
        NotInForceError: no edition is known to hold on that day: name one.
        InvalidValueError: several dossiers for a form that is about one, or neither a day nor an edition.
    """
    kind = FormKind.of(form, "form")
    cases = _cases(kind, case)
    instance(office, Office, "office")
    instance(slip, Slip, "slip")
    desk = _Desk(
        kind=kind,
        slip=slip,
        office=office,
        catalogue=None if catalogue is None else instance(catalogue, Catalogue, "catalogue"),
        names={str(code): str(name) for code, name in items_of(names, "names").items()},
        lifecycle=lifecycle,
    )
    if kind is FormKind.REGISTER:
        every = items_of(slips, "slips")
        said: dict[str, Any] = {
            "field": slip.field,
            "year": slip.year,
            "book": slip.book,
            "rows": tuple(desk.row(each, instance(every.get(each.id, NO_SLIP), Slip, "slips")) for each in cases),
        }
        issued = None
    else:
        seen = _Seen.of(cases[0], desk) if cases else None
        issued = None if seen is None else seen.issued
        counted = None if deadline is None else instance(deadline, Deadline, "deadline")
        said = desk.said(seen, counted.limit if limit is None and counted is not None else limit)
        if counted is not None:
            printed = said.get("due_at") or counted.at
            # Of a count that came later (an extension, papers handed in), a receipt would belie the paper that it stands on.
            if counted.at.date() == printed.date():
                said["short_receipt"] = receipts.short(counted.to_receipt())
            said["due_at"] = printed
        if seen is not None and kind is FormKind.CONTROL:
            said["hand_overs"] = desk.hand_overs(seen, tuple(steps))
    table = _edition(edition, on, issued, cases)
    definition = table.form(kind)
    return FormData(
        form=kind,
        edition=table.id if table.revision == 1 else f"{table.id}+{table.revision}",
        form_number=definition.number,
        title=definition.name,
        office=office,
        number=slip.number,
        signed_on=slip.signed_on,
        signer=slip.signer,
        signer_title=slip.signer_title,
        acting_title=slip.acting_title,
        **{name: said[name] for name in fields_of(kind) if name in said},
    )


def _cases(kind: FormKind, case: object) -> tuple[Dossier, ...]:
    if case is None:
        return ()
    if isinstance(case, Dossier):
        return (case,)
    cases = tuple(each_of(case, Dossier, "case"))
    if kind is not FormKind.REGISTER and len(cases) > 1:
        raise InvalidValueError.of("case", len(cases), vi="một hồ sơ", en="one dossier")
    return cases


def _edition(edition: str, on: date | None, issued: Event | None, cases: tuple[Dossier, ...]) -> FormEdition:
    if on is None and edition == NAME:
        last = [each.events[-1].at for each in cases] if issued is None else [issued.at]
        on = max(last).date() if last else None
    return form_edition(edition, on=on)


@attrs.frozen(kw_only=True)
class _Seen:
    """A dossier, its table, and the event with which the form is issued."""

    case: Dossier
    table: Lifecycle
    issued: Event | None

    @classmethod
    def of(cls, case: Dossier, desk: _Desk) -> _Seen:
        table = machine(case.lifecycle if desk.lifecycle is None else desk.lifecycle).lifecycle
        numbers = {number for number, form in table.forms.items() if form.use == desk.kind}
        kinds = {event.code for event in table.events if event.form in numbers}
        found = (event for event, _ in reversed(case.standing) if event.kind in kinds)
        # Each transfer makes the control slip go along; it is about all of them.
        return cls(case=case, table=table, issued=None if desk.kind is FormKind.CONTROL else next(found, None))


@attrs.frozen(kw_only=True)
class _Desk:
    """What is at hand while one form is filled in."""

    kind: FormKind
    slip: Slip
    office: Office
    catalogue: Catalogue | None
    names: Mapping[str, str]
    lifecycle: Lifecycle | None

    def name(self, code: str | None) -> str | None:
        return None if code is None else self.names.get(code, code)

    def unit(self, code: str | None, known: str | None) -> str | None:
        """Return what a unit of the log is called: as *names* has it, else as it is *known*, else by its code."""
        return self.names.get(code or "") or known or code

    def procedure(self, case: Dossier) -> Procedure | None:
        return None if self.catalogue is None else self.catalogue[case.procedure]

    def said(self, seen: _Seen | None, limit: TimeLimit | None) -> dict[str, Any]:
        slip = self.slip
        said: dict[str, Any] = {
            each.name: getattr(slip, each.name) for each in attrs.fields(Slip) if each.name != "applicant"
        }
        said |= {
            "applicant": slip.applicant or NOBODY,
            "principal": slip.principal or NOBODY,
            "limit": None if limit is None else limit.text,
        }
        return said if seen is None else said | self._of_case(seen, said)

    def _of_case(self, seen: _Seen, said: Mapping[str, Any]) -> dict[str, Any]:
        case, slip, issued, procedure = seen.case, self.slip, seen.issued, self.procedure(seen.case)
        found: dict[str, Any] = {
            "code": slip.code or _code(case),
            "procedure_code": case.procedure,
            "procedure_name": None if procedure is None else procedure.name,
            "receiving_unit": slip.receiving_unit or self.unit(case.opening.receiving_unit, self.office.name),
            "handling_unit": slip.handling_unit or self.unit(case.opening.competent_unit, _authority(procedure)),
            "received_at": case.milestones.received_at,
            "due_at": case.appointment,
        }
        if self.kind is FormKind.RECEIPT:
            found["due_at"] = None if issued is None else issued.due
            found["papers"] = slip.papers or _handed_in(seen)
            if said["limit"] is None and procedure is not None:
                found["limit"] = _limit(procedure, case.opening.channel)
            found["without_due"] = found["due_at"] is None and found.get("limit") == _UNSET
        if issued is not None:
            found |= {"reason": slip.reason or issued.reason, "ground": slip.ground or issued.ground}
            found["items"] = slip.items or _papers(issued.papers)
        if self.kind is FormKind.STOP:
            found["asked_on"] = slip.asked_on or _asked(case)
        if self.kind is FormKind.LATE:
            found |= _postponed(seen, slip)
        return found

    def hand_overs(self, seen: _Seen, steps: tuple[SlipRow, ...]) -> tuple[HandOver, ...]:
        """Return who gave the dossier to whom: each stretch in one hand with the one before it."""
        rows = holdings(seen.case, lifecycle=self.lifecycle)
        counted = {(row.holding.role, row.holding.since): row for row in steps}
        made: list[HandOver] = []
        for one, other in pairwise(rows):
            if one.role == other.role and one.actor is one.unit is None:
                continue  # the same hands, whose name the log learns now
            number, step = len(made), counted.get((one.role, one.since))
            made.append(
                HandOver(
                    giver=self._holder(one.unit, one.role, seen),
                    giver_person=self.name(one.actor),
                    receiver=self._holder(other.unit, other.role, seen),
                    receiver_person=self.name(other.actor),
                    at=other.since,
                    outcome=None if step is None else _outcome(step, other.since),
                    note=self.slip.notes[number] if number < len(self.slip.notes) else None,
                )
            )
        return tuple(made)

    def _holder(self, unit: str | None, role: str, seen: _Seen) -> Text:
        name = self.name(unit)
        return seen.table.roles[role] if name is None else Text(vi=name, en=name)

    def row(self, case: Dossier, slip: Slip) -> RegisterRow:
        """Return the line of the register about *case*."""
        procedure = self.procedure(case)
        given = [event for event, _ in case.standing if event.kind == _DELIVERED]
        return RegisterRow(
            code=slip.code or _code(case),
            procedure_code=case.procedure,
            procedure_name=None if procedure is None else procedure.name,
            applicant=slip.applicant or NOBODY,
            unit=slip.handling_unit or self.unit(case.opening.competent_unit, _authority(procedure)),
            received_at=case.milestones.received_at,
            due_at=case.appointment,
            returned_at=given[-1].at if given else None,
            return_channel=(given[-1].channel if given else None) or slip.return_channel,
        )


def _code(case: Dossier) -> str | None:
    """Return the code of a dossier that was received under one; a name of the host's own is none."""
    return None if DossierCode.parse(case.id).is_foreign else case.id


def _authority(procedure: Procedure | None) -> str | None:
    return None if procedure is None or procedure.authority is None else procedure.authority.name.vi


def _papers(names: Iterable[str]) -> tuple[FormPaper, ...]:
    return tuple(FormPaper(name=name) for name in names)


def _handed_in(seen: _Seen) -> tuple[FormPaper, ...]:
    """Return what was handed in up to the receipt."""
    names: dict[str, None] = {}
    takes = {event.code for event in seen.table.events if event.hands_in}
    for event, _ in seen.case.standing:
        if event.opening is not None or event.kind in takes:
            names |= dict.fromkeys(event.papers)
        if event is seen.issued:
            break
    return _papers(names)


def _limit(procedure: Procedure, channel: Channel) -> Text | None:
    """Return the limit that a procedure has by *channel*, if it is one whatever the case."""
    wanted = Channel.ONLINE if channel.is_online else channel
    limits = [limit for each in procedure.channels if channel_of(each.kind) is wanted for limit in each.limits]
    found = {(limit.time_limit, limit.without_time) for limit in limits}
    if len(found) != 1:
        return None
    (time, without), *_ = found
    if without is WithoutTime.NOT_PRESCRIBED:
        return _UNSET
    return None if time is None else time.text


def _asked(case: Dossier) -> date | None:
    """Return when the applicant asked for the dossier to be stopped, as the log says."""
    asked = [event.at for event, _ in case.standing if event.kind == "withdrawal_requested"]
    return asked[-1].date() if asked else None


def _postponed(seen: _Seen, slip: Slip) -> dict[str, Any]:
    """Return what the apology says of the appointments."""
    case, issued = seen.case, seen.issued
    promised = [each for each in case.appointments if issued is None or each.at < issued.at]
    old = promised[-1].new if promised else None
    told: date | datetime | None = slip.signed_on if issued is None else issued.at
    has_passed = slip.has_passed
    if has_passed is None and told is not None and old is not None:
        has_passed = told > old if isinstance(told, datetime) else told > old.date()
    times = [event for event, _ in case.standing if issued is not None and event.kind == issued.kind]
    return {
        "old_due": old,
        "new_due": slip.new_due or (None if issued is None else issued.due),
        "has_passed": has_passed,
        "extension_count": times.index(cast("Event", issued)) + 1 if times else None,
    }


def _outcome(step: SlipRow, until: datetime) -> Outcome | None:
    if step.due is None:
        return None
    if until > step.due.at:
        return Outcome.LATE
    return Outcome.ON_TIME if until.date() == step.due.at.date() else Outcome.EARLY
