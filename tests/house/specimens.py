"""One of everything: the shipped law and results of every kind, from which the tests of the whole library set out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from onestop_core import (
    catalogue,
    conformance,
    deadlines,
    desk,
    dossier,
    errors,
    kpi,
    lab,
    model,
    organisation,
    workdays,
)
from onestop_core.catalogue import overlay
from onestop_core.dossier import portal
from onestop_core.kpi.form06 import definition
from onestop_core.rules import Dated, Entry
from onestop_core.rules.reading import resources
from onestop_core.text import Text
from tests.catalogue import documents
from tests.catalogue.overlays import local, national
from tests.house.tree import reachable
from tests.organisation.samples import commune, posting, province

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T0: Final = datetime(2026, 2, 12, 2, 30, tzinfo=UTC)
DAY: Final = timedelta(days=1)
MONTH: Final = model.Interval(first=date(2026, 2, 1), last=date(2026, 2, 28))
LIMIT: Final = deadlines.TimeLimit.parse("5 working days")
HALF: Final = deadlines.TimeLimit.parse("0.5 working days")
HOURS: Final = "07:30-11:30, 13:30-17:00"
DETAILS: Final = desk.forms.FormDetails(
    office=desk.forms.Office(superior="UBND phường Bến Thành", name="Trung tâm", suffix="TTPVHCC"),
    slip=desk.forms.Slip(
        applicant=desk.forms.Person(name="Trần Thị Lan", number="079085001234"),
        signer="Nguyễn Văn An",
        papers=(desk.forms.FormPaper(name="Tờ khai", kind="original", count=1),),
        fee=Decimal(20_000),
    ),
    slips={"H26.12-260212-0001": desk.forms.Slip(applicant=desk.forms.Person(name="Trần Thị Lan"))},
    names={"H26.12": "Sở Tư pháp"},
)


OUTAGE: Final = desk.outages.Outage(id="1", start=T0, planned=True)


def kept() -> desk.retention.KeptFile:
    """Return a refused file with a document that is kept longer."""
    document = desk.retention.KeptDocument(subject="certified_contract", days={"certified": T0.date()})
    return desk.retention.KeptFile(
        id="1", subject="broker_certificate", outcome="refused", ended_on=T0.date(), documents=(document,)
    )


def feedback_item() -> dossier.Dossier:
    """Return an item of feedback that was registered."""
    machine = dossier.machine("vn-feedback", on=T0.date())
    made = machine.new(id="PA-1", procedure="phản ánh", channel="online", at=T0, about=["H26.12-260212-0001"])
    return machine.step(made, dossier.event("registered", T0, reason_code="conduct"))


def _capture(total: int) -> dict[str, Any]:
    """Return a capture of the portal with two communes under their province."""
    parts = [{"code": "PUBLISH_ON_TIME", "numerator": 1, "denominator": 47, "score": 0}]
    communes = [
        {
            "departmentCode": f"H21.{n}",
            "childGroup": "COMMUNE",
            "totalScore": total + n,
            "groupScores": {"CKMB": 5},
            "c": parts,
        }
        for n in (1, 2)
    ]
    return {"overview": {"departmentCode": "H21", "totalScore": total}, "communes": communes}


def case() -> dossier.Dossier:
    """Return a dossier that waited for papers and was answered, with a name and reasons in it."""
    machine = dossier.machine("vn", on=T0.date())
    made = machine.new(
        id="H26.12-260212-0001", procedure="1.004222", channel="online", at=T0, receiving_unit="H26.12", key="k0"
    )
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        (
            "received",
            {"due": T0 + 10 * DAY, "actor": "Trần Thị Lan", "role": "receiving_officer", "unit": "H26.12"},
        ),
        ("assigned", {"role": "unit_leader", "key": "k2"}),
        ("supplement_requested", {"reason": "Bà Nguyễn Văn An thiếu bản đồ", "papers": ("bản đồ",)}),
        ("supplemented", {"due": T0 + 20 * DAY}),
    )
    for day, (kind, fields) in enumerate(acts):
        made = machine.step(made, dossier.event(kind, T0 + day * DAY, **fields))
    return made


def facts() -> tuple[model.DossierFacts, ...]:
    """Return facts of two units, on time, late and unknown."""
    return (
        model.DossierFacts(
            id="1", received_at=T0, due_at=T0 + 5 * DAY, finished_at=T0 + 2 * DAY, unit="Tây Hồ", digitised=True
        ),
        model.DossierFacts(
            id="2", received_at=T0, due_at=T0 + DAY, finished_at=T0 + 2 * DAY, unit="Đống Đa", field="Hộ tịch"
        ),
        model.DossierFacts(id="3", received_at=T0),
    )


def sealed_log() -> dossier.logs.Log:
    """Return a log of a newer minor version, sealed with salts, of which something was taken out."""
    document: Any = json.loads(json.dumps(dossier.dump_log(case())))
    document |= {"schema_version": "1.9", "origin": {"hall": ["A", 2]}}
    document["events"][0] |= {"schema_version": "1.9", "place": ["A"]}
    log = dossier.load_log(dossier.dump_log(dossier.load_log(document), key=b"a secret of sixteen bytes or more"))
    number, field = next((number, next(iter(row))) for number, row in enumerate(log.salts or ()) if row)
    return dossier.logs.redact(log, number, field, at=T0, ground="yêu cầu")


def details() -> portal.PortalDetails:
    """Return what only a host knows of a dossier."""
    return portal.PortalDetails(
        procedure_name="Đăng ký thường trú", field_code="G01-CT", field_name="Cư trú", applicant="Nguyễn Văn An",
        applicant_kind="citizen", applicant_paper="001090000001", unit="Công an phường", filed_at="H26.99",
        identities=(portal.Identity(kind="1", number="001090000001"),), databases=(portal.Database(code="CSDLQGDC"),),
        papers=(portal.SubmittedPaper(name="Đơn.pdf", component="TP01", url="https://kho/1", digitised=True),),
        fees=(portal.FeeLine(name="Lệ phí", code="LP1", collected="1", amount="15000", kind="1"),),
        attachments=(portal.OtherAttachment(name="Ảnh", count="2", kind="0"),),
        results=(portal.ResultPaper(name="Kết quả", url="https://kho/2", code="KQ.G01.000001"),),
    )  # fmt: skip


def places() -> tuple[kpi.counters.Place, ...]:
    """Return two reception places."""
    return tuple(kpi.counters.Place(name=name, arrivals=12, minutes=10) for name in ("Ba Đình", "Đống Đa"))


def figures(hours: int) -> kpi.measures.PeriodFigures:
    """Return what is compared of a period."""
    return kpi.measures.PeriodFigures(
        name="2025", handling=kpi.measures.ElapsedTime(hours=hours), staff=40, procedures=2_149, agency_cost=5_000_000,
        why={"satisfaction": Text(vi="chưa hỏi", en="not asked")},
        on_time=kpi.measures.share("resolved_on_time_of_resolved", 90, 100),
    )  # fmt: skip


def two_periods() -> lab.burdens.TwoPeriods:
    """Return two periods of which nothing but their days is known."""
    days = {name: {"name": name, "first": f"{name}-01-01", "last": f"{name}-12-31"} for name in ("2025", "2026")}
    return lab.load_periods({"schema_version": "1.0", "before": days["2025"], "after": days["2026"]})


def activity() -> kpi.measures.Activity:
    """Return one activity of an applicant."""
    return kpi.measures.Activity(
        kind=next(iter(kpi.measures.ActivityKind)), effort=kpi.measures.Effort(hours=2), service=50_000
    )


DONE: Final = organisation.duties.DutyDone(code="staff_notice", on=date(2026, 2, 27))


@cache
def units() -> organisation.Organisation:
    """Return the units of an invented province."""
    return organisation.load_organisation(province(commune(fields=[{"code": "HT"}], postings=[posting(fields=["HT"])])))


@cache
def merged() -> organisation.Succession:
    """Return a table of one merger."""
    return organisation.load_succession({
        "schema_version": "1.0", "id": "h01@2025", "title": {"vi": "Tỉnh X"},
        "bases": {"d": {"instrument": "Nghị quyết 1/NQ-HĐND", "firmness": "read"}},
        "changes": [{"old": ["H01", "H02"], "new": ["H01"], "from": "2025-07-01", "basis": ["d"]}],
    })  # fmt: skip


PROMISE: Final = kpi.counters.WaitingPromise(share=Fraction(80, 100), minutes=10)
RECORD: Final = kpi.nine_index.AgencyRecord(level="province", listed=10, on_the_spot=3)
HANDLED: Final = kpi.nine_index.HandledDossier(id="1", total_time="shorter", contacts=0)
LINKED: Final[dict[str, Any]] = {"task": "thuế", "due": T0 + DAY}
CALENDAR: Final = workdays.calendar("vn-civil")
DECISION: Final[dict[str, Any]] = {
    "schema_version": "1.0",
    "kind": "local",
    "id": "H26-1",
    "territory": "H26",
    "issuer": {"vi": "UBND thành phố Hà Nội", "en": "Hanoi People's Committee"},
    "announced_on": "2026-09-01",
    "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
    "days_off": [{"date": "2026-10-09", "kind": "local_off", "basis": "d", "name": {"vi": "Nghỉ", "en": "Closed"}}],
    "makeup_workdays": [],
}


def proof() -> lab.Proof:
    """Return a proof of which one property does not hold: a portal that lets nothing move."""
    rules = lab.properties()
    still = lab.PropertyTable(
        id=rules.id,
        title=rules.title,
        properties=tuple(
            lab.Property(code=row.code, name=row.name, kind=row.kind, basis=row.basis)
            for row in rules.properties
            if row.kind == "portal_moves"
        ),
    )
    return lab.prove(dossier.machine("vn@decree-61-2018"), policies=[dossier.Policy(max_extensions=0)], table=still)


def _linked(machine: dossier.Machine) -> dossier.Dossier:
    made = machine.new(id="1", procedure="1.004222", channel="in_person", at=T0)
    for kind, fields in (("received", {"due": T0 + 9 * DAY}), ("transferred", {}), ("linked_handed_over", LINKED)):
        made = machine.step(made, dossier.event(kind, T0, **fields))
    return made


def _errors() -> tuple[errors.OnestopError, ...]:
    found: list[errors.OnestopError] = []
    machine, made = dossier.machine("vn", on=T0.date()), case()
    acts: tuple[Callable[[], object], ...] = (
        lambda: model.parse_moment("morgen"),
        lambda: catalogue.shipped()["1.0"],
        lambda: catalogue.load({"schema_version": "1.0"}),
        lambda: catalogue.load({"schema_version": "9.0"}),
        lambda: dossier.machine("vn", on=date(1990, 1, 1)),
        lambda: CALENDAR.is_workday(date(1950, 1, 1)),
        lambda: machine.step(made, dossier.event("delivered", T0 + 9 * DAY)),
        lambda: machine.step(made, dossier.event("received", T0 - DAY)),
        lambda: machine.step(made, dossier.event("extended", T0 + 40 * DAY, reason="x", due=T0 + 50 * DAY)),
    )
    for act in acts:
        try:
            act()
        except errors.OnestopError as error:
            found.append(error)
    assert len(found) == len(acts)
    return tuple(found)


@cache
def specimens() -> Mapping[str, object]:
    """Return one of everything, by name: what ships, and a result of every kind."""
    index = kpi.index("vn-766@portal-2026")
    made = case()
    machine = dossier.machine("vn", on=T0.date())
    counts: dict[str, tuple[int, int]] = {"2.1": (528_684, 597_918)}
    found: dict[str, object] = {
        "catalogue": catalogue.shipped(),
        "small catalogue": national(),
        "quote": catalogue.quote(catalogue.load(documents.catalogue(documents.procedure(), documents.published()))["1.000002"], {"lost": "no", "area": 5}, {"value": 10}, on=T0.date()),
        "bundle": catalogue.bundle(catalogue.load(documents.catalogue(documents.procedure(), documents.published())), ["1.000001", "1.000002"], {"lost": "yes", "area": 5, "case": None}, on=T0.date()),
        "fee wordings": tuple(catalogue.read_fee(text) for text in ("20.000 đồng/lần", "1.000 đồng; 2.000 đồng")),
        "not understood": catalogue.read_portal({"x": "y"})[1],
        "wordings": tuple(deadlines.read_limit(text) for text in ("05 ngày kể từ ngày nhận", "10-25 ngày", "2 ngày; 3 ngày")),
        "catalogue with everything": catalogue.load(documents.catalogue(documents.procedure(), documents.published())),
        "overlay": overlay.load(local()),
        "annex": catalogue.annex.content(catalogue.load(documents.catalogue(documents.published())), procedure="1.000002"),
        "changes": catalogue.diff(national(), catalogue.shipped())[:50],
        "totals": catalogue.totals(catalogue.diff(national(), catalogue.shipped())),
        "clarities": catalogue.clarities(catalogue.shipped()["1.004222"]),
        "findings": catalogue.check({"schema_version": "1.0", "procedures": [1]}),
        "accepted": catalogue.checking.accepted(resources.data("vn/catalogue/one-stop"))[:1],
        "rules": (catalogue.RULES, overlay.RULES),
        "calendar": CALENDAR,
        "calendar as announced": workdays.calendar("vn-civil", as_of=date(2025, 12, 24), predicted="refuse"),
        "calendar with decisions": CALENDAR.with_decisions(DECISION),
        "day": CALENDAR.day(date(2026, 2, 17)),
        "reception": workdays.reception(CALENDAR),
        "impact": tuple(
            deadlines.impact(
                (case_under_way(), ("2", T0, HALF)),
                deadlines.changes.Terms(calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 24))), CALENDAR,
            )
        ),
        "terms": deadlines.changes.Terms(calendar=CALENDAR, hours=deadlines.WorkingHours.parse(HOURS)),
        "case under way": case_under_way(),
        "duties": deadlines.duties.duty_table(on=T0.date()),
        "retention": desk.retention.retention_table(),
        "kept": kept(),
        "keeping": desk.retention.keeping_lists([kept()], on=date(2030, 1, 1), calendar=CALENDAR),
        "redaction": desk.retention.may_redact(kept(), on=date(2030, 1, 1)),
        "outage": desk.outages.notice_of(OUTAGE, calendar=CALENDAR),
        "met": desk.outages.met_outages([desk.outages.LastDay(id="1", due=T0)], [OUTAGE]),
        "last day": desk.outages.LastDay(id="1", due=T0),
        "feedback": desk.feedback.feedback_counts([feedback_item()], calendar=CALENDAR, now=T0 + 30 * DAY),
        "agenda": deadlines.agenda(made, LIMIT, calendar=CALENDAR, now=T0 + 30 * DAY),
        **{f"lifecycle {name}": dossier.machine(name) for name in ("vn@decree-61-2018", "vn@decree-118-2025", "vn@decree-118-2025-amended-309-2026")},
        **{f"sector {name}": dossier.sector(name) for name in dossier.lifecycle.sectors()},
        "dossier": made,
        "policy": dossier.Policy(max_extensions=2),
        "invitation": dossier.events.Invitation(at=T0, place="Thửa đất số 12", participants=["Chủ sử dụng đất"], content="Đo đạc lại"),
        "digitised paper": dossier.DigitisedPaper(type_code="HT.01", holder_id="1", name="Giấy khai sinh", summary="x"),
        "effects": made.effects,
        "holdings": dossier.holdings(made),
        "facts of a dossier": dossier.facts(made),
        "log": dossier.load_log(json.loads(json.dumps(dossier.dump_log(made)))),
        "sealed log": sealed_log(),
        "snapshot": dossier.logs.snapshot(made),
        "event rows": dossier.events.row_table(),
        "opencps": portal.peer("opencps"),
        "gateway": portal.peer("gateway-2026"),
        "details": details(),
        "record": portal.sync_record(made, details()),
        "progress": portal.progress_records(made),
        "history": portal.import_history(
            [portal.HistoryRow(status=2, at=T0), portal.HistoryRow(status=10, at=T0 + DAY)],
            machine, id="1", procedure="1.004222", channel="online",
        ),
        "limit": LIMIT,
        "hours": deadlines.WorkingHours.parse(HOURS),
        "hours of the state": deadlines.office_hours(),
        "deadline": deadlines.due(T0, LIMIT, calendar=CALENDAR, explain=True),
        "clock": deadlines.countdown(made, LIMIT, calendar=CALENDAR),
        "promised and counted": deadlines.countdown(
            model.Clock().start(T0, promise=T0 + 30 * DAY).extend(T0 + DAY, by=LIMIT), LIMIT, calendar=CALENDAR
        ),
        "organisation": units(),
        "rules of organisation": tuple(organisation.rules(on=day) for day in (date(2024, 1, 2), T0.date(), date(2026, 8, 5))),
        "what may be received": organisation.may_receive(
            units().unit("H01.01"), organisation.ProcedureScope(competence=organisation.law.Competence.VERTICAL), on=T0.date()
        ),
        "scope of a procedure": organisation.ProcedureScope(competence=organisation.law.Competence.COMMUNE),
        "duties of units": organisation.duties.unit_duties(on=T0.date()),
        "duties of a month": organisation.duties_due("commune_centre", "2026-02", done=[DONE]),
        "a duty that was done": DONE,
        "checklists": (
            organisation.publication_checklist("commune_centre", on=T0.date()),
            organisation.equipment_checklist("commune_centre", on=T0.date()),
        ),
        "succession": merged(),
        "a code read later": organisation.read_code("H02.12-240304-0001", on=T0.date(), table=merged()),
        "row of a list": deadlines.row(made, LIMIT, calendar=CALENDAR, officer="Trần Thị Lan"),
        "lists": tuple(deadlines.lists.with_status(code, now=T0) for code in deadlines.terms.StatusCode),
        "columns of a list": deadlines.lists.columns(),
        "another day": deadlines.explain_difference(deadlines.due(T0, LIMIT, calendar=CALENDAR), T0 + DAY),
        "known differences": deadlines.differences.known_differences(),
        "what differs": deadlines.answers.PromiseGap(promised=T0 + DAY, counted=T0, working_days=1),
        "an extension": model.Clock().start(T0).extend(T0 + DAY, by=LIMIT).extensions[0],
        "status": deadlines.due(T0, LIMIT, calendar=CALENDAR).status(now=T0),
        "readings": deadlines.readings(T0, deadlines.TimeLimit.parse("5 days + 3 years"), calendar=CALENDAR),
        "plan": deadlines.plan([deadlines.linked_work.PlanStep(id="check", limit=LIMIT)], T0, calendar=CALENDAR),
        "slip": deadlines.control_slip(made, {"processing": LIMIT}, now=T0 + 30 * DAY, calendar=CALENDAR),
        **{f"index {name}": kpi.index(name) for name in (each.id for each in kpi.editions())},
        **{f"card {name}": kpi.nine_index.card(name) for name in kpi.nine_index.card_names()},
        "figure": kpi.figure("2.1"),
        "scorecard": index.score(counts, level="province"),
        "scorecards": tuple(index.evaluate(facts(), period=MONTH, by="unit").items()),
        "facts": facts(),
        "tally": kpi.tally(facts(), period=MONTH),
        "form 06": kpi.form06.fill(facts(), period=MONTH, missing="leave_out"),
        "form 06 itself": definition(),
        "measures": kpi.measures.measures(),
        "factors": kpi.measures.satisfaction_factors(),
        "rates": tuple(kpi.measures.rates(kpi.tally(facts(), period=MONTH)).items()),
        "answers": kpi.measures.Answers(points=(0, 1, 2, 3, 4)),
        "slow spots": kpi.measures.find_slow_spots([kpi.measures.StepRecord(dossier="1", step="sign", unit="Đống Đa", used=3, allowed=2)]),
        "step record": kpi.measures.StepRecord(dossier="1", step="sign", unit="Đống Đa", used=3, allowed=2),
        "cost": kpi.measures.standard_cost(activity(), wage=kpi.measures.parameter("hourly-income-2024"), subjects=10),
        "cost of time": kpi.measures.processing_time_cost(
            kpi.measures.ElapsedTime(hours=8), wage=kpi.measures.parameter("hourly-income-2024"), dossiers=3
        ),
        "activity": activity(),
        "places": places(),
        "promise": PROMISE,
        "pooling": kpi.counters.pool(places(), PROMISE),
        "plan of counters": kpi.counters.plan_counters(places()[0], PROMISE),
        "standing": kpi.counting.standing(facts()[1], until=T0 + 9 * DAY),
        "slow spot": kpi.measures.find_slow_spots([kpi.measures.StepRecord(dossier="1", step="sign", used=3, allowed=2)]).rows,
        "record of an agency": RECORD,
        "dossier of an agency": HANDLED,
        "card's score": kpi.nine_index.card("vn-circular-01-2018").score([HANDLED], subject="agency", agency=RECORD),
        "points": kpi.nine_index.PointTally(),
        "linked work": _linked(machine),
        "what changed in a report": conformance.compare(
            conformance.run(conformance.reference(), ["codes"]), conformance.run(object(), ["codes"])
        ),
        "saving": kpi.measures.CostChange(before=2_306, after=654),
        "comparison": kpi.measures.compare(figures(80), figures(72)),
        "figures": figures(80),
        "properties": lab.properties(),
        "proof": proof(),
        "law": replayed().under,
        "replay": replayed(),
        "comparison of one dossier": next(iter(lab.replaying.compare([made], replayed().under, replayed().against, now=T0 + 40 * DAY))),
        "newly forbidden": replayed().forbidden[0],
        "figure of a replay": replayed().figure("moved"),
        "course": lab.follow(made.events, machine),
        "audit": lab.audit([lab.reading.CaseLog(source="x", id="y", problems=catalogue.check({})[:1]), made], law=replayed().under),
        "burden": lab.burden(national()),
        "a step priced": lab.burdens.StepBurden(id="a", name=Text(vi="a", en="a"), hours=Fraction(1), cost=Fraction(1)),
        "two periods compared": lab.reductions_and_increases(two_periods().before, two_periods().after),
        "what logs show of a period": lab.reductions_and_increases(two_periods().before, two_periods().after).before,
        "two periods": two_periods(),
        "a place of slowness": lab.slowness(lab.generate(60, year=2025), law=lab.law(limits="1 working day")).spots[0],
        "slowness": lab.slowness(lab.generate(60, year=2025), law=lab.law(limits="1 working day")),
        "period": lab.burdens.Period(name="2026", last=T0.date(), catalogue=national(), dossiers=[made], law=replayed().under),
        "forecast": next(iter(lab.forecast([made], law=replayed().under, steps=[("specialist", LIMIT)], now=T0 + 4 * DAY))),
        "log as it was read": lab.reading.CaseLog(source="x", id=made.id, events=made.events),
        "mapping of a log": lab.load_mapping({"schema_version": "1.0", "events": {"Xem": ""}, "channels": {"Trực tiếp": "in_person"}}),
        "view": desk.view(case(), limit=LIMIT, calendar=workdays.calendar(), now=T0 + 3 * DAY),
        "morning": desk.triage([{"id": "1", "unit": "H26.12", "due_at": "2026-02-20"}, {"id": "2"}], now=T0),
        "sheet of an office": desk.lists.morning_sheet(desk.triage([{"id": "1", "due_at": "2026-02-20"}], now=T0)),
        "notice": (told := desk.notice("supplement", case(), office="H26.12")),
        "text for a telephone": told.sms(),
        "words of notices": desk.notices.WORDINGS,
        "captures of the portal": (taken := kpi.captures.read_captures(_capture(66))),
        "brief for a leader": kpi.captures.leaders_brief(taken, "H21.1", before=kpi.captures.read_captures(_capture(65))),
        "errand": desk.errands(case())[0],
        "edition of forms": desk.forms.form_edition("vn-forms@circular-03-2025"),
        "details of forms": DETAILS,
        "form": desk.form_data("late", case(), office=DETAILS.office, slip=DETAILS.slip, edition="vn-forms@circular-03-2025"),
        "control slip as a form": desk.form_data("control", case(), slip=DETAILS.slip, edition="vn-forms@circular-03-2025"),
        "register as a form": desk.form_data("register", [case()], slips=DETAILS.slips, edition="vn-forms@circular-03-2025"),
        "stored event": desk.StoredEvent(position=7, dossier_id=case().id, version=1, event=case().events[0]),
        "suite": conformance.suite(),
        "profiles": conformance.profiles(),
        "progress of a run": conformance.Progress(done=1, total=2, faults=0, milliseconds=1_500, limit=60_000),
        "report": (report := conformance.run(conformance.reference(), profile="calendar")),
        "counts of a report": (report.by_area(), report.by_rule()),
        "disputed": conformance.Dispute(since=date(2026, 11, 26), why=Text(vi="Điều 148", en="article 148")),
        "codes": (
            model.ProcedureCode.parse("1.004222"),
            model.DossierCode.parse("H26.12-260212-0001"),
            model.AgencyCode.parse("H26.12"),
        ),
        "dated": Dated(what=Text(vi="bảng", en="table"), entries=(Entry(during=MONTH, value=1),)),
        "errors": _errors(),
        "texts": Text(vi="hồ sơ", en="dossier"),
        "frozen map": model.freeze({"a": [1, {"b": None}]}),
        "schemas": resources.schema_names(),
    }  # fmt: skip
    return MappingProxyType(found)


def case_under_way() -> deadlines.changes.OpenCase:
    """Return a case that the swap announced on 25 December 2025 moves."""
    received = datetime(2025, 12, 29, 2, tzinfo=UTC)
    return deadlines.changes.OpenCase(
        id="1",
        of=received,
        limit=deadlines.TimeLimit.parse("3 working days"),
        hours=deadlines.WorkingHours.parse(HOURS),
    )


@cache
def replayed() -> lab.Replay:
    """Return a dossier that asked for papers, under a law that allows no such thing."""
    ours = lab.law(name="ours", limits="5 working days", hours=deadlines.WorkingHours.parse(HOURS))
    return lab.replay(
        [case()], under=ours.but(policy=dossier.Policy(max_supplements=0)), against=ours, now=T0 + 40 * DAY
    )


@cache
def by_class() -> Mapping[type, object]:
    """Return the first value of each class of the library that the specimens hold."""
    found: dict[type, object] = {}
    for name, each in specimens().items():
        for _, value in reachable(each, name):
            if type(value).__module__.startswith("onestop_core"):
                found.setdefault(type(value), value)
    return MappingProxyType(found)
