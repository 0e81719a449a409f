"""The portal's messages: what is sent of a dossier, what comes back, and histories explained or reported."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event, Policy, portal
from onestop_core.dossier.portal.records import SERVICES
from onestop_core.errors import InvalidDocumentError, InvalidEventError, InvalidValueError, UnknownCodeError
from onestop_core.model import HO_CHI_MINH
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema

from .driving import DAY, EDITIONS, GENEROUS, HOUR, T0, reached, story

MACHINE = dossier.machine(EDITIONS[1])
OPENCPS, GATEWAY = portal.peer("opencps"), portal.peer("gateway-2026")
DETAILS = portal.PortalDetails(
    procedure_name="Đăng ký thường trú",
    field_code="G01-CT",
    field_name="Cư trú",
    applicant="Nguyễn Văn An",
    applicant_kind="citizen",
    applicant_paper="001090000001",
    unit="Công an phường",
    filed_at="H26.99",
    return_by="post",
    vneid_verified=True,
    identities=(portal.Identity(kind="1", number="001090000001"),),
    databases=(portal.Database(code="CSDLQGDC"),),
    papers=(portal.SubmittedPaper(name="Đơn.pdf", component="TP01", url="https://kho/1", digitised=True),),
    fees=(portal.FeeLine(name="Lệ phí", code="LP1", collected="1", amount="15000", kind="1"),),
    attachments=(portal.OtherAttachment(name="Ảnh", count="2", kind="0"),),
    results=(portal.ResultPaper(name="Kết quả", url="https://kho/2", code="KQ.G01.000001"),),
)


def handled() -> Dossier:
    due = T0 + 10 * DAY
    case = MACHINE.new(
        id="H26.99-260212-0001",
        procedure="1.004222",
        channel="online",
        at=T0,
        receiving_unit="H26.99",
        policy=Policy(end_with_open_work=True),
    )
    for hour, (kind, fields) in enumerate(
        (
            ("received", {"actor": "Lan", "role": "receiving_officer", "unit": "H26.99", "due": due}),
            ("assigned", {"role": "unit_leader"}),
            ("linked_handed_over", {"task": "thuế", "due": due - DAY}),
            ("supplement_requested", {"actor": "Minh", "reason": "thiếu bản đồ", "papers": ("bản đồ", "ảnh")}),
            ("supplemented", {"actor": "Lan", "due": due + 3 * DAY}),
            ("approved", {}),
            ("result_handed_over", {}),
            ("delivered", {"actor": "Hoa"}),
        ),
        1,
    ):
        case = MACHINE.step(case, Event(kind=kind, at=T0 + hour * HOUR, **fields))  # type: ignore[arg-type]
    return case


def test_a_dossier_is_told_whole() -> None:
    record = portal.sync_record(handled(), DETAILS)
    message = portal.encode([record], OPENCPS, updating=False)
    assert check_schema(message, "portal-messages") == ()
    assert json.loads(json.dumps(message)) == message
    (row,) = message["data"]
    assert (message["service"], message["isUpdating"]) == ("DongBoHoSoMC", "false")
    expected = {
        "MaHoSo": "H26.99-260212-0001",
        "MaTTHC": "1.004222",
        "KenhThucHien": "2",
        "LoaiDoiTuong": "1",
        "MaDoiTuong": "",
        "HinhThuc": "1",
        "TrangThaiHoSo": "10",
        "NgayNopHoSo": "20260212093000",
        "NgayTiepNhan": "20260212103000",
        "NgayHenTra": "20260225093000",
        "NgayKetThucXuLy": "20260212163000",
        "NgayTra": "20260212173000",
        "TaiKhoanDuocXacThucVoiVNeID": "1",
        "HoSoCoThanhPhanSoHoa": "0",
        "DuocThanhToanTrucTuyen": "0",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "001090000001"}],
        "DSKetNoiCSDL": [{"MaCSDL": "CSDLQGDC"}],
    }
    assert {name: row[name] for name in expected} == expected
    assert "NgayTuChoi" not in row
    assert row["DanhSachHoSoBoSung"] == [
        {
            "HoSoBoSungId": "1",
            "NguoiYeuCauBoSung": "Minh",
            "NoiDungBoSung": "thiếu bản đồ",
            "NgayBoSung": "20260212133000",
            "NguoiTiepNhanBoSung": "Lan",
            "NgayTiepNhanBoSung": "20260212143000",
            "TrangThaiBoSung": "1",
            "DanhSachGiayToBoSung": [
                {"TenGiayTo": "bản đồ", "SoLuong": "1", "LoaiGiayTo": "1"},
                {"TenGiayTo": "ảnh", "SoLuong": "1", "LoaiGiayTo": "1"},
            ],
            "DanhSachLePhiBoSung": [],
            "NgayHenTraTruoc": "20260222093000",
            "NgayHenTraMoi": "20260225093000",
        }
    ]


def test_a_demand_without_an_answer_is_open() -> None:
    case = MACHINE.replay(handled().events[:5])
    (asked,) = portal.sync_record(case, DETAILS).supplements
    assert (asked.done, asked.received_at, asked.due_after) == (False, None, None)
    again = story(
        MACHINE, MACHINE.new(id="1", procedure="1", channel="post", at=T0, policy=GENEROUS), "supplement_requested"
    )
    (asked,) = portal.sync_record(again, DETAILS).supplements
    assert (asked.asked_by, asked.due_before) == ("?", None)
    again = story(MACHINE, again, "supplemented", "supplement_requested", "supplemented", "received", "assigned")
    again = story(MACHINE, again, "supplement_requested")
    rounds = portal.sync_record(again, DETAILS).supplements
    assert [(each.number, each.done) for each in rounds] == [("1", True), ("2", True), ("3", False)]


def test_refusals_are_dated_and_a_dossier_not_yet_received_carries_its_filing() -> None:
    fresh = MACHINE.new(id="1", procedure="1", channel="post", at=T0)
    assert portal.sync_record(fresh, DETAILS).received_at == T0
    case = story(MACHINE, fresh, "not_received")
    assert portal.sync_record(case, DETAILS).refused_at == T0 + HOUR
    case = story(MACHINE, fresh, "received", "assigned", "refused")
    assert portal.sync_record(case, DETAILS).refused_at == T0 + 3 * HOUR


def test_progress_is_a_line_for_each_event() -> None:
    lines = portal.progress_records(handled())
    assert [(line.status, line.content) for line in lines] == [
        ("1", "Nộp hồ sơ"),
        ("2", "Tiếp nhận"),
        ("4", "Phân công thụ lý"),
        ("4", "Chuyển xử lý liên thông"),
        ("5", "Yêu cầu bổ sung, hoàn thiện hồ sơ: thiếu bản đồ"),
        ("4", "Đã nhận hồ sơ bổ sung"),
        ("4", "Phê duyệt, ký kết quả"),
        ("9", "Chuyển kết quả về Bộ phận Một cửa"),
        ("10", "Trả kết quả"),
    ]
    assert [line.actor for line in lines[:4]] == ["?", "Lan", "unit_leader", "?"]
    assert [line.due for line in lines[:4]] == [None, *[T0 + 10 * DAY] * 3]
    assert lines[5].due == T0 + 13 * DAY
    assert portal.progress_records(handled(), since=7) == lines[7:]
    assert portal.progress_records(handled(), since=9) == ()
    for since in (-1, 10):
        with pytest.raises(InvalidValueError, match="since: cannot use"):
            portal.progress_records(handled(), since=since)


def test_a_local_edition_tells_its_own_names() -> None:
    document = {**resources.data("vn/lifecycle/decree-61-2018"), "id": "hanoi@2026"}
    lifecycle = dossier.load_lifecycle(document)
    case = dossier.Machine(lifecycle=lifecycle).new(id="1", procedure="1", channel="post", at=T0)
    assert len(portal.progress_records(case, lifecycle=lifecycle)) == 1
    with pytest.raises(UnknownCodeError):
        portal.progress_records(case)


def renamed(table: dossier.Lifecycle) -> dossier.Lifecycle:
    """Return the same table with every state and event under another code."""

    def at(code: str) -> str:
        return code if code in {"stay", "back"} else f"nha_{code}"

    def many(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(at, codes))

    return attrs.evolve(
        table,
        id="nha@2026",
        initial={channel: at(state) for channel, state in table.initial.items()},
        states=tuple(attrs.evolve(state, code=at(state.code)) for state in table.states),
        events=tuple(attrs.evolve(event, code=at(event.code)) for event in table.events),
        transitions=tuple(
            attrs.evolve(row, states=many(row.states), event=at(row.event), to=at(row.to)) for row in table.transitions
        ),
        guards=tuple(attrs.evolve(row, states=many(row.states), event=at(row.event)) for row in table.guards),
        axes=tuple(
            attrs.evolve(
                axis,
                moves=tuple(attrs.evolve(move, event=at(move.event), states=many(move.states)) for move in axis.moves),
            )
            for axis in table.axes
        ),
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_table_of_ones_own_words_is_told_like_the_one_that_ships(edition: str) -> None:
    own = dossier.Machine(lifecycle=renamed(dossier.machine(edition).lifecycle))
    told = [handled()] if edition == EDITIONS[1] else []
    for case in [*reached(edition).values(), *told]:
        first, *rest = case.events
        assert first.opening is not None
        opening = attrs.evolve(first.opening, lifecycle=own.id)
        log = [attrs.evolve(event, kind=f"nha_{event.kind}") for event in rest]
        same = own.replay([attrs.evolve(first, opening=opening), *log])
        assert portal.sync_record(same, DETAILS, lifecycle=own.lifecycle) == portal.sync_record(case, DETAILS)
        assert portal.progress_records(same, lifecycle=own.lifecycle) == portal.progress_records(case)
        assert portal.connect_record(same, DETAILS, service="DVC01") == portal.connect_record(
            case, DETAILS, service="DVC01"
        )
        assert portal.outbox(same, DETAILS, OPENCPS, known=False, lifecycle=own.lifecycle) == portal.outbox(
            case, DETAILS, OPENCPS, known=False
        )
        with pytest.raises(UnknownCodeError):
            portal.sync_record(same, DETAILS)


def test_the_gateway_has_codes_of_its_own() -> None:
    record = portal.connect_record(handled(), DETAILS, service="DVC01")
    message = portal.encode([record], GATEWAY)
    assert message["data"][0]["LoaiDoiTuong"] == "0"
    assert message["data"][0]["MaDonViTiepNhan"] == "H26.99"
    assert portal.decode(message, GATEWAY) == (record,)
    fresh = MACHINE.new(id="1", procedure="1", channel="post", at=T0)
    record = portal.connect_record(fresh, attrs.evolve(DETAILS, applicant_kind="household"), service="DVC01")
    assert (record.receiving_unit, record.received_at) == (DETAILS.filed_at, None)
    assert portal.decode(portal.encode([record], GATEWAY), GATEWAY) == (record,)
    with pytest.raises(
        InvalidValueError, match="applicant_kind: cannot use 'household'; expected one of: citizen, business"
    ):
        portal.encode([record], OPENCPS)


def test_records_of_one_kind_are_sent_together() -> None:
    case = handled()
    several: list[list[Any]] = [[], [portal.sync_record(case, DETAILS), *portal.progress_records(case)]]
    for records in several:
        with pytest.raises(InvalidValueError, match="records: cannot use"):
            portal.encode(records, OPENCPS)


def test_what_has_to_be_sent_depends_on_what_the_portal_knows() -> None:
    case = handled()
    first, progress = portal.outbox(case, DETAILS, OPENCPS, known=False)
    assert (first["isUpdating"], progress["service"], len(progress["data"])) == ("false", "CapNhatTienDoHoSoMC", 9)
    again, rest = portal.outbox(case, DETAILS, OPENCPS, known=True, told=7)
    assert (again["isUpdating"], len(rest["data"])) == ("true", 2)
    assert len(portal.outbox(case, DETAILS, OPENCPS, known=True, told=9)) == 1
    fresh = MACHINE.new(id="1", procedure="1", channel="post", at=T0)
    assert [m["service"] for m in portal.outbox(fresh, DETAILS, OPENCPS, known=False)] == ["DongBoHoSoMC"]


@pytest.mark.parametrize("state", sorted(reached(EDITIONS[1])))
@pytest.mark.parametrize("tables", [OPENCPS, GATEWAY])
def test_every_dossier_comes_back_as_it_was_sent(state: str, tables: portal.Peer) -> None:
    case = reached(EDITIONS[1])[state]
    record = portal.sync_record(case, DETAILS)
    message = portal.encode([record, record], tables, updating=True)
    assert check_schema(message, "portal-messages") == ()
    assert portal.decode(message, tables) == (record, record)
    assert record.status == str(dossier.portal_status(case))
    lines = portal.progress_records(case)
    assert portal.decode(portal.encode(lines, tables), tables) == lines


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=HO_CHI_MINH)
)
papers = st.builds(
    portal.SubmittedPaper,
    id=st.none() | words,
    name=words,
    component=words,
    url=words,
    deleted=st.booleans(),
    digitised=st.booleans(),
    reused=st.sampled_from("012"),
    from_national_store=st.booleans(),
    replaces_result=st.none() | words,
)


@given(
    st.builds(
        portal.ProgressRecord,
        code=words,
        actor=words,
        position=st.none() | words,
        at=moments,
        unit=st.none() | words,
        content=words,
        status=st.sampled_from([str(n) for n in range(1, 11)]),
        started_at=st.none() | moments,
        due=st.none() | moments,
    ),
    st.lists(papers, max_size=3),
)
def test_anything_comes_back_as_it_was_sent(line: portal.ProgressRecord, given_papers: list[Any]) -> None:
    message = portal.encode([line], OPENCPS)
    assert portal.decode(json.loads(json.dumps(message)), OPENCPS) == (line,)
    record = attrs.evolve(portal.sync_record(handled(), DETAILS), papers=tuple(given_papers))
    assert portal.decode(portal.encode([record], OPENCPS), OPENCPS) == (record,)


def message() -> dict[str, Any]:
    return copy.deepcopy(portal.encode([portal.sync_record(handled(), DETAILS)] * 2, OPENCPS, updating=True))


def test_everything_that_cannot_be_read_is_named_at_once() -> None:
    bad = message()
    bad["data"][0]["NgayTiepNhan"] = "20260231103000"
    bad["data"][1]["KenhThucHien"] = "9"
    bad["data"][1]["DanhSachHoSoBoSung"][0]["NgayBoSung"] = "20261301000000"
    with pytest.raises(InvalidDocumentError) as caught:
        portal.decode(bad, OPENCPS, source="message.json")
    assert [(p.path, p.rule, p.message) for p in caught.value.problems] == [
        ("$.data[0].NgayTiepNhan", "portal/moment", "'20260231103000': there is no such moment"),
        ("$.data[1].KenhThucHien", "portal/code", "'9': expected 1, 2, 3"),
        ("$.data[1].DanhSachHoSoBoSung[0].NgayBoSung", "portal/moment", "'20261301000000': there is no such moment"),
    ]
    assert "'9': cần 1, 2, 3" in {problem.text.vi for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d.pop("service"), "$"),
        (lambda d: d.update(service="XoaHoSo"), "$.service"),
        (lambda d: d.update(data=[]), "$.data"),
        (lambda d: d.update(isUpdating=True), "$.isUpdating"),
        (lambda d: d.update(extra="1"), "$"),
        (lambda d: (d["data"][0].pop("MaHoSo"), d["data"][0].pop("TenTTHC")), "$.data[0]"),
        (lambda d: d["data"][0].update(NgayTiepNhan="12/02/2026"), "$.data[0].NgayTiepNhan"),
        (lambda d: d["data"][0].update(TrangThaiHoSo="11"), "$.data[0].TrangThaiHoSo"),
        (lambda d: d["data"][0].update(TrangThaiHoSo=10), "$.data[0].TrangThaiHoSo"),
        (lambda d: d["data"][0].update(HoSoCoThanhPhanSoHoa="có"), "$.data[0].HoSoCoThanhPhanSoHoa"),
        (lambda d: d["data"][0]["TaiLieuNop"].append("x"), "$.data[0].TaiLieuNop[1]"),
    ],
)
def test_what_breaks_the_schema_is_refused_with_its_place(change: Any, place: str) -> None:
    bad = message()
    change(bad)
    with pytest.raises(InvalidDocumentError) as caught:
        portal.decode(bad, OPENCPS)
    assert place in {problem.path for problem in caught.value.problems}


def test_the_schema_and_the_records_have_the_same_fields() -> None:
    schema = resources.schema("portal-messages")
    for kind in SERVICES.values():
        stated = schema["$defs"][kind.__name__]
        fields: Any = attrs.fields(kind)
        assert list(stated["properties"]) == [field.metadata["wire"] for field in fields]
        assert stated["required"] == [f.metadata["wire"] for f in fields if f.default is attrs.NOTHING]


def test_the_tables_of_the_peers_are_valid_and_cited() -> None:
    assert portal.peers() == resources.data_names("vn/portal/peers") == ("gateway-2026", "opencps")
    for name in portal.peers():
        document = resources.data(f"vn/portal/peers/{name}")
        assert check_schema(document, "portal-peer") == ()
        assert portal.load_peer(document) == portal.peer(name)
        assert not portal.peer(name).basis.firmness.is_law
    with pytest.raises(UnknownCodeError, match="opencps"):
        portal.peer("opencp")


def test_a_peer_of_ones_own_is_loaded_and_one_with_a_hole_is_refused() -> None:
    document = copy.deepcopy(resources.data("vn/portal/peers/opencps"))
    document["id"], document["applicants"]["household"] = "phu-tho", "7"
    own = portal.load_peer(document)
    assert (own.id, own.applicants["household"]) == ("phu-tho", "7")
    document["basis"] = "hearsay"
    with pytest.raises(InvalidDocumentError) as caught:
        portal.load_peer(document)
    assert [problem.path for problem in caught.value.problems] == ["$.basis"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_ten_statuses_have_the_words_of_the_tables(edition: str) -> None:
    lifecycle = dossier.machine(edition).lifecycle
    assert lifecycle.portal is not None
    assert dict(lifecycle.portal.statuses) == {str(code): name for code, name in portal.STATUSES.items()}
    assert {state.portal for state in lifecycle.states} == set(portal.STATUSES)
    assert portal.status_name(5).vi == "Yêu cầu bổ sung giấy tờ"


@pytest.mark.parametrize("code", [0, 11, True, "5", 5.0, None])
def test_there_is_no_other_status(code: Any) -> None:
    with pytest.raises(UnknownCodeError):
        portal.status_name(code)


def test_records_print_no_person() -> None:
    records = [portal.sync_record(handled(), DETAILS), *portal.progress_records(handled())]
    words = repr([*records, DETAILS])
    assert "H26" in words
    hidden = [DETAILS.applicant, DETAILS.applicant_paper, "thiếu bản đồ", "minh"]
    assert [word for word in hidden if word and word in words] == []


# --- histories


def row(status: int, hours: int, **fields: Any) -> portal.HistoryRow:
    return portal.HistoryRow(status=status, at=T0 + hours * HOUR, **fields)


def imported(*rows: portal.HistoryRow, channel: str = "online", policy: Policy | None = None) -> portal.History:
    return portal.import_history(rows, MACHINE, id="1", procedure="1.004222", channel=channel, policy=policy)


def test_a_whole_history_becomes_a_dossier() -> None:
    history = imported(
        row(1, 0, actor="An"),
        row(2, 1, actor="Lan", unit="H26"),
        row(4, 2),
        row(4, 3, note="đang xử lý"),
        row(5, 4, note="thiếu bản đồ"),
        row(4, 5),
        row(6, 6),
        row(4, 7),
        row(9, 8),
        row(10, 9),
    )
    assert (history.filled, history.unexplained) == ((), ())
    assert [event.kind for event in history.dossier.events] == [
        "created",
        "received",
        "transferred",
        "assigned",
        "supplement_requested",
        "supplemented",
        "financial_obligation_set",
        "financial_obligation_met",
        "approved",
        "result_handed_over",
        "delivered",
    ]
    assert history.dossier.events[4].reason == "thiếu bản đồ"
    assert (history.dossier.events[1].actor, history.dossier.events[1].unit) == ("Lan", "H26")
    assert MACHINE.replay(history.dossier.events) == history.dossier


@pytest.mark.parametrize("channel", ["online", "in_person", "post"])
def test_a_history_may_begin_anywhere(channel: str) -> None:
    history = imported(row(4, 0), row(8, 1), channel=channel)
    assert [event.kind for event in history.dossier.events][:3] == ["created", "received", "transferred"]
    assert history.dossier.portal == 8
    assert history.unexplained == ()
    assert [(each.number, each.row.status, each.through) for each in history.filled] == [(0, 4, (2,))]


def test_what_cannot_be_explained_is_reported_and_the_rest_goes_on() -> None:
    history = imported(row(1, 0), row(2, 3), row(4, 2), row(3, 4), row(4, 5), row(9, 6))
    assert [(each.number, each.row.status) for each in history.unexplained] == [(2, 4), (3, 3)]
    assert history.dossier.portal == 9
    assert [each.reason.en for each in history.unexplained] == [
        "its moment is before that of the row before",
        "no lawful way leads from status 2 to 3",
    ]
    assert history.unexplained[1].reason.vi == "không có bước chuyển hợp lệ từ mã 2 đến mã 3"


def test_a_second_demand_for_papers_is_not_explained_under_the_one_stop_rules() -> None:
    twice = (row(2, 0), row(4, 1), row(5, 2), row(4, 3), row(5, 4))
    history = imported(*twice)
    assert [each.number for each in history.unexplained] == [4]
    assert imported(*twice, policy=Policy(max_supplements=2)).unexplained == ()


def test_a_history_needs_a_beginning() -> None:
    with pytest.raises(InvalidEventError, match="the history is empty"):
        imported()
    with pytest.raises(InvalidEventError, match="channel"):
        imported(row(1, 0), channel="pigeon")
    with pytest.raises(InvalidValueError, match="at: cannot use"):
        portal.HistoryRow(status=1, at=datetime(2026, 2, 12))


def test_a_history_that_jumps_is_filled_in_and_says_so() -> None:
    history = imported(row(1, 0), row(10, 1))
    assert [each.through for each in history.filled] == [(2, 4, 9)]
    assert history.dossier.state == "delivered"
    assert {event.at for event in history.dossier.events[1:]} == {T0 + HOUR}


@given(st.lists(st.tuples(st.integers(-1, 12), st.integers(-3, 9)), min_size=1, max_size=12))
def test_any_history_is_read_without_a_fault(rows: list[tuple[int, int]]) -> None:
    at, history = T0, []
    for status, hours in rows:
        at += timedelta(hours=hours)
        history.append(portal.HistoryRow(status=status, at=at.astimezone(UTC)))
    read = imported(*history)
    assert MACHINE.replay(read.dossier.events) == read.dossier
    reported = {each.number for each in read.unexplained}
    explained = [each.status for number, each in enumerate(history) if number not in reported]
    portals = [MACHINE.lifecycle.state(state).portal for state in read.dossier.states]
    assert (explained[-1] if explained else 1) == portals[-1]


def test_what_was_filed_at_a_kiosk_goes_to_the_portal_as_filed_online() -> None:
    # The portal has no code of its own for it: inferred.
    machine = dossier.machine(EDITIONS[2])
    case = machine.new(id="1", procedure="1.004222", channel="kiosk", at=T0)
    assert portal.sync_record(case, DETAILS).channel == "online"
    assert dossier.facts(case).channel == "kiosk"
