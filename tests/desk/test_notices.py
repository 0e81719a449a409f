"""Notices to applicants: words filled in with what is known, nothing invented, measured for a mobile telephone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import desk, dossier
from onestop_core.cli import main
from onestop_core.desk.lists import DeskRow, Stage
from onestop_core.desk.notices import WORDINGS, Alphabet, NoticeKind, Wording, sms
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, bare_letters

if TYPE_CHECKING:
    from pathlib import Path

OFFICE = "Bộ phận Một cửa phường Hoàn Kiếm"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def case(*events: dossier.Event) -> dossier.Dossier:
    machine = dossier.machine("vn@decree-118-2025")
    made = machine.new(id="H26.12-260302-0001", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    received = dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-09T17:00"))
    for event in (received, dossier.event("assigned", at("2026-03-02T10:00")), *events):
        made = machine.step(made, event)
    return made


ASKED = dossier.event(
    "supplement_requested", at("2026-03-04T09:00"), reason="thiếu bản đồ", papers=("Bản đồ địa chính", "Tờ khai")
)
MOVED = dossier.event("extended", at("2026-03-06T09:00"), due=at("2026-03-12T17:00"), reason="cần thẩm tra thêm")


DONE = (
    dossier.event("approved", at("2026-03-06T15:00")),
    dossier.event("result_handed_over", at("2026-03-06T16:00")),
)


def test_nobody_is_told_what_the_log_contradicts() -> None:
    for open_still in (case(), case(ASKED)):
        with pytest.raises(InvalidValueError, match="come to its end"):
            desk.notice("result_ready", open_still, office=OFFICE)
    # Of what waits nobody knows the day, and what has ended has none.
    for about in (case(ASKED), case(*DONE)):
        with pytest.raises(InvalidValueError, match="the appointment, which the notice needs"):
            desk.notice("due_soon", about, office=OFFICE)
        assert "16/03/2026" in desk.notice("due_soon", about, office=OFFICE, due=at("2026-03-16T17:00")).short
    row = DeskRow(id="A", stage=Stage.WAITING_FOR_APPLICANT, due_at=at("2026-03-09T17:00"))
    with pytest.raises(InvalidValueError, match="the appointment, which the notice needs"):
        desk.notice("due_soon", row, office=OFFICE)


def test_no_paper_is_left_out() -> None:
    papers = [f"giấy số {number}" for number in range(1_000)]
    assert desk.notice("supplement", case(), office=OFFICE, papers=papers).body.endswith("giấy số 998; giấy số 999.")
    with pytest.raises(InvalidValueError, match="1000 papers at most"):
        desk.notice("supplement", case(), office=OFFICE, papers=[*papers, "x"])


def test_words_for_a_kind_that_there_is_not_are_told() -> None:
    with pytest.raises(InvalidValueError, match="did you mean apology"):
        desk.notice("apology", case(MOVED), office=OFFICE, wordings={"apologie": WORDINGS["apology"]})


def test_what_a_supplement_notice_says_comes_from_the_log() -> None:
    made = desk.notice(
        "supplement", case(ASKED), office=OFFICE, procedure="Cấp giấy chứng nhận", contact="024 3825 0000"
    )
    assert made.subject == "Yêu cầu bổ sung, hoàn thiện hồ sơ H26.12-260302-0001"
    assert made.body.split("\n") == [
        "Kính gửi Ông/Bà,",
        "Bộ phận Một cửa phường Hoàn Kiếm đề nghị Ông/Bà bổ sung, hoàn thiện hồ sơ H26.12-260302-0001.",
        "Thủ tục: Cấp giấy chứng nhận.",
        "Nội dung cần bổ sung: Bản đồ địa chính; Tờ khai.",
        "Lý do: thiếu bản đồ.",
        "Cần hỏi thêm, liên hệ: 024 3825 0000.",
    ]
    assert repr(made) == "<Notice supplement H26.12-260302-0001>"


def test_an_apology_names_both_appointments() -> None:
    made = desk.notice("apology", case(MOVED), office=OFFICE, applicant="Nguyễn Văn An")
    assert made.body.split("\n") == [
        "Kính gửi Nguyễn Văn An,",
        "Bộ phận Một cửa phường Hoàn Kiếm xin lỗi Ông/Bà vì hồ sơ H26.12-260302-0001 chưa trả kết quả đúng hẹn.",
        "Ngày hẹn trước: 17:00 ngày 09/03/2026.",
        "Lý do: cần thẩm tra thêm.",
        "Ngày hẹn trả kết quả mới: 17:00 ngày 12/03/2026.",
    ]
    assert "Nguyễn" not in made.short
    assert made.short.endswith("trả kết quả chậm, hẹn lại 17:00 ngày 12/03/2026.")
    english = desk.notice("rescheduled", case(MOVED), office="The desk", language="en")
    assert english.body.split("\n")[:4] == [
        "Dear Sir or Madam,",
        "The desk has moved the appointment of the dossier H26.12-260302-0001.",
        "It was: 2026-03-09 17:00.",
        "It is now: 2026-03-12 17:00.",
    ]
    assert desk.notice("apology", case(MOVED), office="x", applicant="Mr An", language="en").body.startswith(
        "Dear Mr An,"
    )


def test_a_new_appointment_is_never_made_up() -> None:
    with pytest.raises(InvalidValueError, match="the appointment, which the notice needs") as caught:
        desk.notice("apology", case(), office=OFFICE)
    assert "cần ngày hẹn trả kết quả để ghi vào thông báo" in caught.value.message.vi
    made = desk.notice("apology", case(), office=OFFICE, due=at("2026-03-16T23:59:59"))
    assert "Ngày hẹn trước: 17:00 ngày 09/03/2026." in made.body
    assert made.short.endswith("hẹn lại ngày 16/03/2026.")
    # An appointment that came with a supplement was not moved.
    again = case(ASKED, dossier.event("supplemented", at("2026-03-05T09:00"), due=at("2026-03-12T17:00")))
    late = desk.notice("apology", again, office=OFFICE, due=at("2026-03-16T17:00"))
    assert "Ngày hẹn trước: 17:00 ngày 12/03/2026." in late.body
    with pytest.raises(InvalidValueError):
        desk.notice("supplement", case(), office=OFFICE)
    assert "Lý do" not in desk.notice("supplement", case(), office=OFFICE, papers=["Tờ khai"]).body


def test_a_moved_appointment_without_one_before() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    made = machine.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    made = machine.step(made, dossier.event("received", at("2026-03-02T08:20")))
    made = machine.step(made, dossier.event("assigned", at("2026-03-02T10:00")))
    moved = dossier.event("rescheduled", at("2026-03-06T09:00"), due=at("2026-03-12T17:00"), reason="x")
    made = machine.step(made, moved)
    assert "Ngày hẹn trước" not in desk.notice("apology", made, office=OFFICE).body


def test_a_row_of_a_list_is_enough() -> None:
    row = DeskRow(
        id="A", stage=Stage.IN_PROGRESS, due_at=at("2026-03-09T23:59:59"), procedure_name="Khai sinh", applicant="An"
    )
    made = desk.notice("due_soon", row, office=OFFICE, place="12 Hàng Bài, 07:30–11:30")
    assert made.body.split("\n") == [
        "Kính gửi Ông/Bà,",
        "Hồ sơ A nộp tại Bộ phận Một cửa phường Hoàn Kiếm được hẹn trả kết quả ngày 09/03/2026.",
        "Thủ tục: Khai sinh.",
        "Nơi trả kết quả: 12 Hàng Bài, 07:30–11:30.",
    ]
    late = desk.notice("apology", row, office=OFFICE, due=at("2026-03-12T17:00"))
    assert "Ngày hẹn trước: ngày 09/03/2026." in late.body
    with pytest.raises(InvalidValueError):
        desk.notice("apology", row, office=OFFICE)
    assert desk.notice("due_soon", row, office="Desk", language="en").short == (
        "Desk: the result of the dossier A is promised for 2026-03-09."
    )


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_kind_fits_one_message_without_diacritics(kind: NoticeKind, language: Any) -> None:
    about = case(*DONE) if kind == "result_ready" else case(MOVED)
    made = desk.notice(kind, about, office=OFFICE, language=language, due=at("2026-03-12T17:00"), papers=["Tờ khai"])
    bare = made.sms(diacritics=False)
    assert (bare.alphabet, bare.messages) == (Alphabet.GSM_7, 1)
    assert bare.text.isascii()
    assert "{" not in made.subject + made.body + made.short
    assert made.sms().messages == 2


@pytest.mark.parametrize(
    ("text", "alphabet", "length", "messages"),
    [
        ("x" * 160, "gsm_7", 160, 1),
        ("x" * 161, "gsm_7", 161, 2),
        ("x" * 306, "gsm_7", 306, 2),
        ("x" * 307, "gsm_7", 307, 3),
        ("€" * 80, "gsm_7", 160, 1),
        ("€" * 81, "gsm_7", 162, 2),
        ("x" * 152 + "€" * 77, "gsm_7", 306, 3),
        ("ă" * 70, "ucs_2", 70, 1),
        ("ă" * 134, "ucs_2", 134, 2),
        ("ă" * 135, "ucs_2", 135, 3),
        ("ă" + "😀" * 40, "ucs_2", 81, 2),
        ("", "gsm_7", 0, 1),
    ],
)
def test_messages_are_counted_as_networks_do(text: str, alphabet: str, length: int, messages: int) -> None:
    made = sms(text)
    assert (made.alphabet.value, made.length, made.messages) == (alphabet, length, messages)
    assert made.room == (160 if alphabet == "gsm_7" else 70)


def test_marks_are_taken_away_and_nothing_else() -> None:
    assert sms("Ông “Đỗ” – 5…", diacritics=False).text == 'Ong "Do" - 5...'
    assert sms("a\nb\t c\x1b").text == "a b c\\x1b"
    assert bare_letters("ƯỚC ước đĐ e\u0301") == "UOC uoc dD e"
    with pytest.raises(InvalidValueError):
        sms(3)  # type: ignore[arg-type]


def test_what_comes_from_outside_ends_no_line_and_fills_nothing_in() -> None:
    row = DeskRow(id="A\r\nBcc: x", stage=Stage.RESULT_READY)
    made = desk.notice("result_ready", row, office="{due} {office}", place="x\ny")
    assert "\n" not in made.subject
    assert "\r" not in made.subject
    assert made.body.count("\n") == 2
    assert made.short.startswith("{due} {office}: ")
    with pytest.raises(InvalidValueError):
        desk.notice("result_ready", row, office="")
    with pytest.raises(InvalidValueError):
        desk.notice("resultready", row, office="x")
    with pytest.raises(InvalidValueError):
        desk.notice("result_ready", "A", office="x")  # type: ignore[arg-type]


def test_words_of_an_office_of_its_own() -> None:
    own = Wording(
        subject=Text(vi="{code}", en="{code}"), body=Text(vi="{place}", en="x"), sms=Text(vi="Mời nhận {code}", en="x")
    )
    row = DeskRow(id="A", stage=Stage.RESULT_READY)
    made = desk.notice("result_ready", row, office="x", wordings={"result_ready": own})
    assert (made.subject, made.body, made.short) == ("A", "Kính gửi Ông/Bà,", "Mời nhận A")
    for bad in (
        {"subject": Text(vi="{cod}", en="x")},
        {"subject": "x"},
        {"needs_one_of": ("cod",)},
    ):
        with pytest.raises(InvalidValueError):
            Wording(**{"subject": own.subject, "body": own.body, "sms": own.sms, **bad})  # type: ignore[arg-type]
    assert set(WORDINGS) == set(NoticeKind)
    with pytest.raises(InvalidValueError):
        desk.notice("result_ready", row, office="x", wordings={"result_ready": 3})  # type: ignore[dict-item]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, table = tmp_path / "log.json", tmp_path / "a.csv"
    log.write_text(json.dumps(dossier.dump_log(case(MOVED))), encoding="utf-8")
    table.write_text("Mã HS,Hẹn trả\nA,09/03/2026\n", encoding="utf-8")
    assert main(["notice", "apology", str(log), "--office", OFFICE, "--lang", "vi"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Xin lỗi về hồ sơ H26.12-260302-0001\n\nKính gửi Ông/Bà,\n")
    assert "2 tin (một tin 70):" in out
    assert "1 tin (một tin 160):\nBo phan Mot cua phuong Hoan Kiem xin loi" in out
    arguments = ["notice", "apology", str(table), "--office", "x"]
    moments = ["--due", "2026-03-12T17:00+07:00", "--old-due", "2026-03-09T17:00+07:00", "--format", "json"]
    assert main([*arguments, "--id", "A", *moments]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["kind"], [each["messages"] for each in document["sms"]]) == ("apology", [1, 1])
    assert main(arguments) == 2
    assert main([*arguments, "--id", "B"]) == 2
