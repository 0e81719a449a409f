"""Dossiers of a desk in Bến Thành, a form of each, and what a page says, read back."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from onestop_core import catalogue, deadlines, desk, dossier, workdays
from onestop_core.desk.forms import FormKind, FormPaper, Office, Person, Slip
from onestop_core.errors import OnestopError

if TYPE_CHECKING:
    from onestop_core.desk.forms import FormData
    from onestop_core.dossier import Dossier

OLD: Final = "vn-forms@circular-01-2018"
NEW: Final = "vn-forms@circular-03-2025"
EVERY: Final = [
    (edition, kind) for edition in (OLD, NEW) for kind in FormKind if (edition, kind) != (OLD, FormKind.STOP)
]
OFFICE: Final = Office(
    superior="UBND phường Bến Thành", name="Trung tâm Phục vụ hành chính công", place="Bến Thành", suffix="TTPVHCC",
    phone="028 3829 0001", hotline="1022", website="dichvucong.gov.vn",
)  # fmt: skip
AN: Final = Person(
    name="Nguyễn Văn An", number="079085001234", address="12 đường Lê Lai, phường Bến Thành", phone="0912 345 678",
    email="an@example.vn",
)  # fmt: skip
SLIP: Final = Slip(
    number="128", signed_on=date(2026, 3, 2), signer="Trần Thị Lan", applicant=AN, sets=1, return_channel="post",
    fee=Decimal(20_000), book="01/2026", sequence="0128", secret="4821",  # noqa: S106 - no password
    papers=(FormPaper(name="Tờ khai CT01", kind="original", count=1), FormPaper(name="Giấy khai sinh", kind="certified", count=2)),
    contact="Trần Thị Lan", contact_phone="028 3829 0002", coordinating=("Văn phòng đăng ký đất đai",),
    copies_to=("Như trên;", "Lưu: VT."), stage="Đang thẩm định", decided_by="Phạm Hùng", decided_on=date(2026, 3, 5),
    returned_papers=("Tờ khai CT01",), field="Cư trú", year=2026,
    principal=Person(name="Lê Thị Bình", number="079085009999", address="3 đường Lê Lợi"), authorisation="Giấy ủy quyền số 5",
)  # fmt: skip
NAMES: Final = {"lan": "Trần Thị Lan", "minh": "Lê Minh", "hung": "Phạm Hùng", "CA": "Công an phường Bến Thành"}
LIMIT: Final = deadlines.TimeLimit.parse("7 working days")
CAL: Final = workdays.calendar()
HOURS: Final = deadlines.office_hours()
ID: Final = "H29.12-260302-0001"
Act = tuple[str, str, dict[str, Any]]
RECEIVED: Final[tuple[Act, ...]] = (
    ("received", "2026-03-02T08:20", {"role": "receiving_officer", "actor": "lan"}),
    ("transferred", "2026-03-02T10:05", {"role": "receiving_officer", "actor": "lan", "to_unit": "CA", "to_actor": "hung"}),
    ("assigned", "2026-03-02T14:00", {"role": "unit_leader", "actor": "hung", "to_unit": "CA", "to_actor": "minh"}),
)  # fmt: skip
ASKED: Final[Act] = (
    "supplement_requested", "2026-03-04T09:00",
    {"role": "specialist", "reason": "Chưa có xác nhận chỗ ở", "papers": ("Văn bản xác nhận chỗ ở", "Bản sao giấy khai sinh")},
)  # fmt: skip
REFUSED: Final[Act] = (
    "refused", "2026-03-05T09:00",
    {"role": "authority_leader", "reason": "Chỗ ở không được đăng ký", "ground": "Điều 23 Luật Cư trú"},
)  # fmt: skip
EXTENDED: Final[Act] = (
    "extended", "2026-03-09T09:00",
    {"role": "authority_leader", "reason": "Chờ kết quả xác minh", "due": datetime.fromisoformat("2026-03-18T17:00+07:00")},
)  # fmt: skip
STOPPED: Final[tuple[Act, ...]] = (
    ("withdrawal_requested", "2026-03-05T08:00", {}),
    ("withdrawal_granted", "2026-03-05T10:00", {"reason": "Người nộp tự nguyện"}),
)
DELIVERED: Final[tuple[Act, ...]] = (
    ("approved", "2026-03-06T09:00", {}),
    ("result_handed_over", "2026-03-06T15:00", {"to_actor": "lan"}),
    ("delivered", "2026-03-09T08:00", {"channel": "in_person"}),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def case(*acts: Act, lifecycle: str = "vn@decree-118-2025", **opened: Any) -> Dossier:
    """Return a dossier after *acts*, each with the appointment that it makes."""
    m = dossier.machine(lifecycle)
    given = {"id": ID, "procedure": "1.004222", "channel": "in_person", "papers": ("Tờ khai CT01",)} | opened
    made = m.new(at=at("2026-03-02T08:15"), **given)
    for kind, when, more in acts:
        event = dossier.event(kind, at(when), **more)
        made = desk.step(m, made, event, limit=LIMIT, calendar=CAL, hours=HOURS)
    return made


def due() -> deadlines.Deadline:
    found = deadlines.countdown(case(*RECEIVED), LIMIT, calendar=CAL, hours=HOURS).due()
    assert found is not None
    return found


def filled(kind: FormKind, edition: str) -> FormData:
    """Return a form of which everything is known."""
    acts = {
        FormKind.SUPPLEMENT: (*RECEIVED, ASKED),
        FormKind.REFUSAL: (*RECEIVED, REFUSED),
        FormKind.LATE: (*RECEIVED, EXTENDED),
        FormKind.STOP: (*RECEIVED, *STOPPED),
        FormKind.CONTROL: (*RECEIVED, *DELIVERED),
        FormKind.REGISTER: (*RECEIVED, *DELIVERED),
    }.get(kind, RECEIVED)
    made = case(*acts)
    return desk.form_data(
        kind, [made] if kind is FormKind.REGISTER else made, office=OFFICE, slip=SLIP, slips={made.id: SLIP}, names=NAMES,
        catalogue=catalogue.shipped(), limit=LIMIT, edition=edition,
        deadline=due() if kind is FormKind.RECEIPT else None,
    )  # fmt: skip


def empty(kind: FormKind, edition: str) -> FormData:
    return desk.form_data(kind, None, edition=edition)


def walked(seed: int, edition: str) -> Dossier:
    """Return a dossier that went some way by chance."""
    chance, m = random.Random(seed), dossier.machine(edition)
    now = at("2026-03-02T08:15")
    made = m.new(
        id=chance.choice([ID, "x"]), procedure="1.004222", channel=chance.choice(["in_person", "online"]), at=now
    )
    for _ in range(chance.randint(0, 14)):
        now += timedelta(hours=chance.randint(1, 60))
        event = dossier.event(
            chance.choice(m.allowed(made) or ("archived",)), now, reason="lý do", ground="căn cứ", papers=("giấy",),
            due=max(now, made.appointment or now) + timedelta(days=9), actor=chance.choice(["lan", "minh"]),
        )  # fmt: skip
        try:
            made = m.step(made, event)
        except OnestopError:
            continue
    return made


class Page(HTMLParser):
    """What a page says: each ``data-field`` in order with its text, which are left open, and all the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.left_open: set[str] = set()
        self.words = ""
        self.tags: list[str] = []
        self._open: list[int | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in {"br", "meta", "col"}:
            return
        said = dict(attrs)
        key = said.get("data-field")
        self._open.append(None if key is None else len(self.fields))
        if key is not None:
            self.fields.append((key, ""))
            if "data-open" in said:
                self.left_open.add(key)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in {"br", "meta", "col"}:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data
        for place in self._open:
            if place is not None:
                key, words = self.fields[place]
                self.fields[place] = (key, words + data)

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.fields]

    def said(self, key: str) -> str:
        (found,) = [words for name, words in self.fields if name == key]
        return found
