"""A screen and a list show feedback, complaints and data requests as they show dossiers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from onestop_core import deadlines, desk, dossier, workdays

CALENDAR = workdays.calendar("vn-civil")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


@pytest.mark.parametrize(
    ("reference", "kind", "fields", "name", "button"),
    [
        ("vn-complaint@decree-155-2026", "accepted", {}, "Đã thụ lý lần đầu", "Bắt đầu xác minh"),
        (
            "vn-feedback@decree-20-2008",
            "registered",
            {"reason_code": "rule"},
            "Đã tiếp nhận và phân loại",
            "Giao người xử lý",
        ),
        ("vn-data-request@law-91-2025", "accepted", {"reason_code": "see"}, "Đang thực hiện", "Gia hạn"),
    ],
)
def test_a_screen_and_a_list_show_them(
    reference: str, kind: str, fields: dict[str, Any], name: str, button: str
) -> None:
    machine, limit = dossier.machine(reference), deadlines.TimeLimit.parse("30 days")
    case = machine.new(id="1", procedure="x", channel="post", at=at("2026-08-03T09:00"))
    case = machine.step(case, dossier.event(kind, at("2026-08-04T09:00"), **fields))
    shown = desk.view(case, limit=limit, calendar=CALENDAR, now=at("2026-08-10T09:00"), language="vi")
    assert (shown.state_name, shown.portal_status) == (name, None)
    assert button in [each.name for each in shown.buttons]
    assert shown.to_dict()["portal_status"] is None
    row = deadlines.row(case, limit, calendar=CALENDAR)
    assert (row.portal, row.state) == (None, case.state)
    assert deadlines.facts(case, limit, calendar=CALENDAR).received_at == at("2026-08-04T09:00")
