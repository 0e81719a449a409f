"""An audit: each number confirmed by a second way, in logs of every form."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import deadlines, dossier, lab
from onestop_core.errors import InvalidDocumentError, InvalidValueError
from onestop_core.lab.reading.mapping import moment_of
from onestop_core.model import Channel
from onestop_core.rules.reading import documents
from tests.lab import second

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = {"1.004873": "3 working days", "1.004222": "7 working days"}
TODAY = lab.law(name="today", limits=LIMITS)


def working_days(law: lab.Law, start: datetime, end: datetime) -> int:
    day, count = start.date(), 0
    while day < end.date():
        day += timedelta(days=1)
        count += law.calendar.is_workday(day)
    return count


@pytest.mark.parametrize(("year", "seed"), [(2025, 1), (2026, 1), (2026, 2)])
def test_every_number_is_confirmed_by_a_second_way(year: int, seed: int) -> None:
    cases = list(lab.generate(60, year=year, seed=seed, limits=TODAY.limits))
    found = lab.audit(cases, law=TODAY)
    now = max(case.events[-1].at for case in cases)
    steps: Counter[tuple[str, int]] = Counter()
    late: Counter[str] = Counter()
    delays = 0
    for case in cases:
        folded, refused = second.under(case, TODAY)
        assert folded is not None
        for number, followed in refused:
            steps[case.id, number] += 1
            event = case.events[number]
            waits = [span for span in folded.clock.spans if span.phase == "paused" and span.start == event.at]
            delays += sum(working_days(TODAY, span.start, span.end or now) for span in waits if followed)
        limit = TODAY.limits.of(case.procedure)
        assert limit is not None
        for duty in deadlines.agenda(case, limit, calendar=TODAY.calendar, now=now):
            if duty.status in {"missed", "done_late"}:
                late[duty.code] += 1
                delays += working_days(TODAY, duty.by, duty.done_at or case.clock.stopped_at or now)
    entries = found.entries
    assert Counter((each.dossier, each.number) for each in entries if each.kind == "step") == steps
    assert Counter(each.rule for each in entries if each.kind == "duty") == late
    assert found.delay == delays
    assert found.count == sum(steps.values()) + sum(late.values()) == len(entries) > 0
    assert sum(found.by_unit.values()) == sum(found.by_role.values()) == found.count
    assert found.broken == tuple(case.id for case in cases if case.id in {each.dossier for each in entries})
    assert [article.count for article in found.articles] == sorted((a.count for a in found.articles), reverse=True)
    for article in found.articles:
        assert len(article.dossiers) == len({entry.dossier for entry in article.entries})
        assert {entry.basis for entry in article.entries} == {article.basis}
    told = found.to_dict(most=1)
    assert sum(article["count"] for article in told["articles"]) == found.count
    assert all(len(article["entries"]) == 1 for article in told["articles"])


def broken_case() -> tuple[dossier.Event, ...]:
    """Return a log with a step that no law allows, and one whose reason is missing."""
    at = datetime.fromisoformat("2026-03-02T08:15+07:00")
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="H1", procedure="1.004873", channel="in_person", at=at, receiving_unit="H99.1")
    events = [
        dossier.event("received", at, role="receiving_officer"),
        dossier.event("assigned", at, role="clerk"),
        dossier.event("supplement_requested", at, role="specialist", to_unit="H99.1"),
        dossier.event("delivered", at + timedelta(days=1), role="receiving_officer", unit="H99.7"),
    ]
    return (*case.events, *events)


def test_it_goes_on_after_the_first_breach_and_says_who_and_where() -> None:
    found = lab.audit([broken_case()], law=TODAY)
    steps = [entry for entry in found.entries if entry.kind == "step"]
    assert [(entry.number, entry.rule, entry.role, entry.unit) for entry in steps] == [
        (2, "role", "clerk", "H99.1"),
        (3, "invalid-event", "specialist", "H99.1"),
        (4, "transition-not-allowed", "receiving_officer", "H99.7"),
    ]
    assert steps[1].delay == 1, "of the wait that it began, up to the last event"
    assert repr(found).startswith("<Audit of 1 dossiers: ")
    assert all(each.kind.text.vi and each.reason.vi for each in found.entries)
    lines = found.lines(language="vi")
    assert lines[0].startswith("1 hồ sơ, 1 hồ sơ có vi phạm, ")
    assert any("[transition-not-allowed]" in line for line in lines)


def test_what_has_no_limit_is_judged_by_its_steps_alone() -> None:
    found = lab.audit([broken_case()], law=lab.law())
    assert (found.not_counted, {entry.kind.value for entry in found.entries}) == (("H1",), {"step"})
    assert found.lines()[-1] == "Time limit not known, duties not counted: 1 dossiers"
    at = datetime.fromisoformat("2026-03-02T08:15+07:00")
    kiosk = dossier.machine("vn@decree-118-2025-amended-309-2026").new(
        id="1", procedure="1.004873", channel="kiosk", at=at
    )
    under = lab.audit([kiosk], law=TODAY.but(lifecycle="vn@decree-61-2018"))
    assert (under.not_counted, under.entries[0].number) == (("1",), 0)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+07:00")


def test_a_duty_that_began_after_the_end_is_late_until_it_is_done_or_looked_at() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="H1", procedure="1.004873", channel="in_person", at=at("03-02T08:15"))
    for event in (
        dossier.event("received", at("03-02T08:20")),
        dossier.event("transferred", at("03-02T09:00")),
        dossier.event("assigned", at("03-02T10:00")),
        dossier.event("approved", at("03-03T09:00")),
        dossier.event("result_handed_over", at("03-03T10:00")),
        dossier.event("delivered", at("03-03T11:00")),
        dossier.event("error_reported", at("03-09T09:00"), reason="sai ngày sinh"),
    ):
        case = machine.step(case, event)
    # Owed by the end of Thursday the 12th; looked at on Friday the 20th.
    [late] = lab.audit([case], law=TODAY, now=at("03-20T09:00")).entries
    assert (late.rule, late.at.day, late.delay) == ("result_correction", 12, 6)
    for event in (
        dossier.event("result_corrected", at("03-16T09:00"), reason="sai ngày sinh"),
        dossier.event("corrected_result_delivered", at("03-17T09:00")),
    ):
        case = machine.step(case, event)
    [late] = lab.audit([case], law=TODAY, now=at("03-20T09:00")).entries
    assert (late.rule, late.delay) == ("result_correction", 3)


def test_what_happened_after_the_moment_of_looking_is_not_looked_at() -> None:
    events = (
        broken_case()
    )  # created, received, assigned by a clerk and asked without a reason on 2 March; given on the 3rd
    found = lab.audit([events], law=TODAY, now=at("03-02T20:00"))
    assert [entry.rule for entry in found.entries if entry.kind == "step"] == ["role", "invalid-event"]
    before = lab.audit([events], law=TODAY, now=at("03-01T08:15"))
    assert (before.dossiers, before.count, before.not_counted) == ((), 0, ())


def test_a_wait_that_was_not_over_then_had_lasted_until_then() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="H1", procedure="1.004873", channel="in_person", at=at("03-02T08:15"))
    asked = dossier.event("supplement_requested", at("03-03T09:00"), role="clerk", reason="thiếu")
    for event in (
        dossier.event("received", at("03-02T08:20")),
        dossier.event("assigned", at("03-02T10:00")),
        asked,
        dossier.event("supplemented", at("03-13T09:00")),
    ):
        case = machine.step(case, event, judge=event is not asked)
    delays = {
        now: [each.delay for each in lab.audit([case], law=TODAY, now=at(now)).entries if each.rule == "role"]
        for now in ("03-05T08:15", "03-20T08:15")
    }
    assert delays == {"03-05T08:15": [2], "03-20T08:15": [8]}


def test_the_moment_of_looking_left_out_is_that_of_the_latest_event() -> None:
    events = broken_case()
    early = attrs.evolve(events[-1], at=at("03-01T08:15"))
    found = lab.audit([(*events, early)], law=TODAY)
    assert found.now == events[-1].at
    assert [entry.number for entry in found.entries if entry.kind == "step"][:3] == [2, 3, 4]


def test_a_log_of_an_unknown_edition_is_not_followed_and_said() -> None:
    events = broken_case()
    assert events[0].opening is not None
    foreign = attrs.evolve(events[0], opening=attrs.evolve(events[0].opening, lifecycle="vn@elsewhere"))
    found = lab.audit([(foreign, *events[1:])], law=TODAY)
    assert (found.dossiers, found.count, found.unread[0].problem.rule) == ((), 0, "lab/unknown-code")
    assert found.lines()[1] == "Could not be read: 1"
    assert found.to_dict()["unread"][0]["dossier"] == "H1"
    with pytest.raises(InvalidValueError, match="no log"):
        lab.audit([], law=TODAY)
    assert lab.audit([], law=TODAY, now=events[0].at).articles == ()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_logs_of_every_form_lead_to_the_same_breaches(tmp_path: Path) -> None:
    # How a dossier was filed without regard to boundaries is not in the forms of process mining.
    made = lab.generate(60, year=2026, limits=TODAY.limits)
    cases = [case for case in made if case.opening.non_territorial == "none"]
    logs = [dossier.dump_log(case) for case in cases]
    mining = dossier.process_mining
    files = [
        write(tmp_path / "lines.jsonl", "\n\n".join(json.dumps(log) for log in logs)),
        write(tmp_path / "list.json", json.dumps(logs)),
        write(tmp_path / "logs.xes", mining.to_xes(cases)),
        write(tmp_path / "ocel.json", json.dumps(mining.to_ocel(cases))),
    ]
    expected = Counter(
        (entry.dossier, entry.rule) for entry in lab.audit(cases, law=TODAY).entries if entry.kind == "step"
    )
    assert expected
    for file in files:
        read = lab.read_logs(file)
        assert [log.id for log in read] == [case.id for case in cases]
        assert not any(log.problems for log in read)
        found = Counter((e.dossier, e.rule) for e in lab.audit(read, law=TODAY).entries if e.kind == "step")
        # What an extension needs is not in the forms of process mining, and is not missed there.
        assert {key for key in expected if key[1] != "extension_before_due"} <= found.keys() <= expected.keys()
    one = write(tmp_path / "one.json", json.dumps(logs[0]))
    [log] = lab.read_logs(one)
    assert (log.source, log.events) == (str(one), cases[0].events)
    entry = next(iter(lab.audit(lab.read_logs(files[0]), law=TODAY).entries))
    assert entry.source == str(files[0])


CSV = """Mã hồ sơ;Bước;Thời điểm;Thủ tục;Hình thức;Vai trò;Đơn vị;Hẹn
A1;Nộp;02/03/2026 08:15;1.004873;Trực tiếp;;H99.1;
A1;Phân công;02/03/2026 09:00;;;Văn thư;H99.1;
A1;Tiếp nhận;02/03/2026 08:20;;;Một cửa;H99.1;05/03/2026 17:00
A1;Xem;02/03/2026 08:30;;;;;
A1;Trả kết quả;2026-03-04 10:00:00;;;Một cửa;H99.1;
A2;Tiếp nhận;31/02/2026 08:20;1.004873;Trực tiếp;;;
A3;Tiếp nhận;02/03/2026 08:20;1.004873;Bồ câu;;;
A4;;02/03/2026 08:20;1.004873;Trực tiếp;;;
A5;Ký số;02/03/2026 08:20;1.004873;Trực tiếp;;;
"""
MAPPING: dict[str, Any] = {
    "schema_version": "1.0",
    "columns": {
        "dossier": "Mã hồ sơ", "event": "Bước", "at": "Thời điểm", "procedure": "Thủ tục", "channel": "Hình thức",
        "role": "Vai trò", "unit": "Đơn vị", "due": "Hẹn",
    },
    "events": {"Nộp": "created", "Tiếp nhận": "received", "Phân công": "assigned", "Xem": "", "Trả kết quả": "delivered"},
    "channels": {"Trực tiếp": "in_person"},
    "roles": {"Một cửa": "receiving_officer", "Văn thư": "clerk"},
}  # fmt: skip


def test_a_table_of_a_case_system_is_read_through_a_mapping(tmp_path: Path) -> None:
    mapping = lab.load_mapping(write(tmp_path / "map.json", json.dumps(MAPPING)))
    assert mapping == lab.load_mapping(MAPPING)
    logs = lab.read_logs(write(tmp_path / "log.csv", CSV), mapping=mapping)
    assert [(log.id, len(log.events), [problem.path for problem in log.problems]) for log in logs] == [
        ("A1", 4, []),
        ("A2", 0, ["$[7]"]),
        ("A3", 0, ["$[8]"]),
        ("A4", 0, ["$[9]"]),
        ("A5", 0, ["$[10]"]),
    ]
    assert logs[4].problems[0].text.en == "row 10: no step in the mapping 'Ký số'"
    first = logs[0].events
    assert [event.kind for event in first] == ["created", "received", "assigned", "delivered"]
    assert (first[0].at.isoformat(), first[1].due is None) == ("2026-03-02T08:15:00+07:00", False)
    found = lab.audit(logs, law=TODAY)
    assert [entry.rule for entry in found.entries if entry.kind == "step"] == ["role", "transition-not-allowed"]
    assert [each.dossier for each in found.unread] == ["A2", "A3", "A4", "A5"]


HISTORY = """dossier,status,at,procedure
P1,1,2026-03-02 08:15,1.004873
P1,2,2026-03-02 09:00,1.004873
P1,4,2026-03-02 10:00,1.004873
P1,9,2026-03-03 10:00,1.004873
P1,2,2026-03-03 11:00,1.004873
P1,x,2026-03-03 11:00,1.004873
P1,10,soon,1.004873
P2,1,soon,1.004873
"""


def test_a_portals_history_is_read_by_its_statuses(tmp_path: Path) -> None:
    logs = lab.read_logs(write(tmp_path / "history.csv", HISTORY), mapping=lab.LogMapping(channel=Channel.ONLINE))
    assert [event.kind for event in logs[0].events] == [
        "created",
        "received",
        "transferred",
        "assigned",
        "approved",
        "result_handed_over",
    ]
    assert [(problem.path, problem.rule) for problem in logs[0].problems] == [
        ("$[8]", "log/row"),
        ("$[6]", "portal/unexplained"),
        ("$[7]", "portal/unexplained"),
    ]
    assert (logs[1].events, [problem.rule for problem in logs[1].problems]) == ((), ["log/row", "log/opening"])


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.xes", "<log", "log/xml"),
        ("a.xes", '<!DOCTYPE log [<!ENTITY a "b">]><log>&a;</log>', "log/xml"),
        ("a.csv", "a,b\n1,2\n", "log/column"),
        ("a.csv", "", "log/column"),
        ("a.json", '{"objectTypes": [], "events": [{}], "objects": []}', "log/ocel"),
        ("a.json", '{"objectTypes": [], "events": [{"type": "a", "time": "b", "relationships": [{}]}], "objects": []}', "log/ocel"),
        ("a.json", '{"objectTypes": [], "events": 1, "objects": [1]}', "log/ocel"),
        ("a.json", "{", "json/syntax"),
    ],
)  # fmt: skip
def test_what_is_no_log_at_all_is_refused(tmp_path: Path, name: str, content: str, rule: str) -> None:
    with pytest.raises(InvalidDocumentError) as refused:
        lab.read_logs(write(tmp_path / name, content))
    assert refused.value.problems[0].rule == rule
    assert refused.value.source == str(tmp_path / name)


def test_a_file_of_another_kind_and_one_that_is_too_large_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InvalidValueError, match="xes"):
        lab.read_logs(tmp_path / "a.txt")
    monkeypatch.setattr("onestop_core.lab.reading.foreign.MAX_BYTES", 3)
    with pytest.raises(InvalidDocumentError, match="larger"):
        lab.read_logs(write(tmp_path / "a.xes", "<log/>"))
    assert documents.MAX_BYTES > 3


def test_bad_lines_are_left_out_and_named(tmp_path: Path) -> None:
    log = dossier.dump_log(next(iter(lab.generate(1, year=2026))))
    bad = {**log, "dossier": {**log["dossier"], "channel": "pigeon"}}
    lines = ["{", json.dumps(bad), "5", json.dumps({"dossier": {"id": 5}}), json.dumps(log)]
    logs = lab.read_logs(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [(log.id, bool(log.events)) for log in logs] == [
        ("", False), (log["dossier"]["id"], False), ("", False), ("", False), (log["dossier"]["id"], True),
    ]  # fmt: skip
    assert logs[1].problems[0].path == "$[1].dossier.channel"


XES = """<log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="X1"/>
<string key="procedure" value="1.004873"/><string key="channel" value="online"/><string/>
<event><string key="concept:name" value="received"/><date key="time:timestamp" value="2026-03-02T08:20:00.000+07:00"/>
<string key="org:group" value="H99.1"/></event></trace><trace/></log>"""


def test_xes_of_other_tools_is_read_by_its_standard_attributes(tmp_path: Path) -> None:
    logs = lab.read_logs(write(tmp_path / "a.xes", XES))
    assert [(log.id, [(event.kind, event.unit) for event in log.events]) for log in logs] == [
        ("X1", [("created", None), ("received", "H99.1")])
    ]
    bad = lab.read_logs(write(tmp_path / "bad.xes", XES.replace("2026-03-02T08:20:00.000+07:00", "soon")))
    assert [(each.path, each.text.en.partition(":")[0]) for each in bad[0].problems] == [("$.trace[0].event[0]", "at")]
    named = lab.LogMapping(columns={"procedure": "case:concept:name"})
    [log] = lab.read_logs(tmp_path / "a.xes", mapping=named)
    assert log.events[0].opening is not None
    assert log.events[0].opening.procedure == "X1"


OCEL: dict[str, Any] = {
    "objectTypes": [],
    "objects": [
        {"id": "7", "type": "dossier", "attributes": [{"name": "procedure", "value": "1.004873", "time": "x"}]},
        {"id": "person:lan", "type": "person"},
        {"id": "unit:H99.2", "type": "unit"},
        {"id": "other", "type": "order"},
    ],
    "events": [
        {
            "id": "e", "type": "received", "time": "2026-03-02T08:20:00+07:00",
            "relationships": [
                {"objectId": "7", "qualifier": "concerns"},
                {"objectId": "person:lan", "qualifier": "done by"},
                {"objectId": "unit:H99.2", "qualifier": "handed to"},
                {"objectId": "other", "qualifier": "x"},
            ],
        }
    ],
}  # fmt: skip


def test_ocel_of_other_tools_is_read_by_its_relations(tmp_path: Path) -> None:
    [log] = lab.read_logs(write(tmp_path / "a.json", json.dumps(OCEL)))
    assert (log.id, log.events[1].actor, log.events[1].to_unit) == ("7", "lan", "H99.2")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "32/01/2026 08:00",
        "2026-02-30 08:00",
        "2026-02-12T09:30",
        "12-02-2026 9:30:05",
        "1" * 100,
        "08:30 05/03/2026",
        "8h30 ngày 05.03.2026",
        "05/03/2026, 1:30 CH",
        "12:05 SA 05/03/2026",
        "5/3/2026 12:05 PM",
        "13:30 CH 05/03/2026",
        "5/3/26 8:30",
        "05/03/2026",
        "2026-03-05",
        "05/03/2026 8:30:15.250",
    ],
)
def test_moments_are_of_vietnamese_civil_time_or_none(text: str) -> None:
    expected = {
        "2026-02-12T09:30": "2026-02-12T09:30:00+07:00",
        "12-02-2026 9:30:05": "2026-02-12T09:30:05+07:00",
        "08:30 05/03/2026": "2026-03-05T08:30:00+07:00",
        "8h30 ngày 05.03.2026": "2026-03-05T08:30:00+07:00",
        "05/03/2026, 1:30 CH": "2026-03-05T13:30:00+07:00",
        "12:05 SA 05/03/2026": "2026-03-05T00:05:00+07:00",
        "5/3/2026 12:05 PM": "2026-03-05T12:05:00+07:00",
        "05/03/2026 8:30:15.250": "2026-03-05T08:30:15+07:00",
    }
    if text in expected:
        assert moment_of(text).isoformat() == expected[text]
    else:
        with pytest.raises(InvalidValueError):
            moment_of(text)


def test_an_early_log_has_no_law(tmp_path: Path) -> None:
    text = "dossier,event,at,procedure\nA,received,2010-03-02 08:15,1\nB,received,2026-03-02 08:15,\n"
    logs = lab.read_logs(write(tmp_path / "a.csv", text))
    assert [log.problems[0].rule for log in logs] == ["log/opening", "log/opening"]
    assert date(2010, 3, 2) < date(2018, 6, 21)


def test_what_a_row_does_not_say_well_is_not_said(tmp_path: Path) -> None:
    text = (
        "So theo dõi,,,,,\n,,,,,\ndossier,event,at,procedure,role,due\n"
        "A,received,2026-03-02 08:15,1.004873,receiving_officer,05/03/2026\n"
        "A,assigned,2026-03-02 09:15,1.004873,boss,\n"
        "A,approved,2026-03-03 09:15,1.004873,authority_leader,soon\n"
        "A,extended,2026-03-03 09:20,1.004873,authority_leader,31/02/2026\n"
        ",approved,2026-03-03 09:15,1.004873,authority_leader,\n"
    )
    named, nameless = lab.read_logs(write(tmp_path / "a.tsv", text.replace(",", "\t")))
    assert [(event.kind, event.role, event.due and event.due.isoformat()) for event in named.events[1:]] == [
        ("received", "receiving_officer", "2026-03-05T23:59:59+07:00"),
        ("assigned", None, None),
        ("approved", "authority_leader", None),
        ("extended", "authority_leader", None),
    ]
    assert [(each.path, each.rule, each.text.vi.partition(":")[0]) for each in named.problems] == [
        ("$[5]", "log/cell", "dòng 5"),
        ("$[6]", "log/cell", "dòng 6"),
        ("$[7]", "log/cell", "dòng 7"),
    ]
    assert [(each.path, each.text.en) for each in nameless.problems] == [("$[8]", "row 8: no dossier is named")]
    assert not lab.audit([named, nameless], law=TODAY).incomplete


def test_a_row_that_comes_twice_is_one_step_and_a_lost_row_makes_findings_doubtful(tmp_path: Path) -> None:
    rows = [
        "A,received,2026-03-02 08:15,1.004873,receiving_officer",
        "A,received,2026-03-02 08:15,1.004873,receiving_officer",
        "B,received,soon,1.004873,receiving_officer",
        "B,approved,2026-03-02 09:00,1.004873,authority_leader",
        "B,approved,2026-03-02 09:30,1.004873,authority_leader",
    ]
    logs = lab.read_logs(write(tmp_path / "a.csv", "\n".join(["dossier,event,at,procedure,role", *rows])))
    assert [len(log.events) for log in logs] == [2, 3]
    assert [problem.text.en for problem in logs[0].problems] == ["row 3: the same as a row above; counted once"]
    found = lab.audit(logs, law=TODAY)
    assert found.incomplete == ("B",)
    assert "Steps could not be read, and what was found may come of that: 1 dossiers" in found.lines()
    assert found.to_dict()["incomplete"] == ["B"]
    page = lab.pages.audit_page(found, language="en")
    assert "(steps could not be read)" in page
    assert "Steps could not be read: what was found may come of that: 1" in page
    notes = {row[0]: row[9] for row in lab.pages.findings_sheet(found, language="en").rows}
    assert notes["B"] == "steps could not be read"
    assert notes.get("A") is None


def test_a_reason_that_the_form_has_no_column_for_hides_nothing_else(tmp_path: Path) -> None:
    steps = ("received", "assigned", "supplement_requested", "supplemented", "supplement_requested", "suspended")
    rows = [f"A,{kind},2026-03-02 08:{place}0,1.004873" for place, kind in enumerate(steps)]
    [log] = lab.read_logs(write(tmp_path / "a.csv", "\n".join(["dossier,event,at,procedure", *rows])))
    assert [event.reason for event in log.events if event.kind == "supplement_requested"] == ["–", "–"]
    assert log.events[1].reason is None
    found = lab.audit([log], law=TODAY)
    assert "one_supplement_after_appraisal" in {entry.rule for entry in found.entries}
    assert not {entry.rule for entry in found.entries} & {"invalid-event"}


def test_words_are_known_however_their_marks_are_written(tmp_path: Path) -> None:
    mapping = lab.load_mapping(MAPPING)
    apart = unicodedata.normalize("NFD", CSV)
    assert apart != CSV
    whole, decomposed = (lab.read_logs(write(tmp_path / "a.csv", text), mapping=mapping) for text in (CSV, apart))
    assert whole == decomposed
    split = {
        key: {unicodedata.normalize("NFD", a): unicodedata.normalize("NFD", b) for a, b in value.items()}
        for key, value in MAPPING.items()
        if key != "schema_version"
    }
    assert lab.load_mapping({**split, "schema_version": "1.0"}) == mapping


def test_a_column_that_the_mapping_names_is_there(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "dossier,event,at\nA,received,2026-03-02 08:15\n")
    with pytest.raises(InvalidDocumentError, match="missing columns: “Chức danh”; there are: “dossier”, “event”, “at”"):
        lab.read_logs(file, mapping=lab.LogMapping(columns={"role": "Chức danh"}))
    with pytest.raises(InvalidDocumentError, match="“at”"):
        lab.reading.read_table([(1, ["dossier", "event"])], source="x")


def test_a_mapping_is_held_to_its_schema() -> None:
    with pytest.raises(InvalidDocumentError):
        lab.load_mapping({**MAPPING, "channels": {"a": "pigeon"}})
    with pytest.raises(InvalidValueError):
        lab.LogMapping(channels={"a": "pigeon"})
