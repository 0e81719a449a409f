"""Facts of one dossier do not contradict each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from onestop_core.errors import InvalidValueError
from onestop_core.model import Channel, DossierFacts, FinishedKind

AT = datetime.fromisoformat("2026-03-02T09:00+07:00")
EARLIER = datetime.fromisoformat("2026-03-01T09:00+07:00")


@pytest.mark.parametrize(
    ("facts", "what", "vi"),
    [
        ({"finished_kind": "done"}, "finished_at", "thời điểm kết thúc: chưa có giá trị; cần thời điểm kết thúc khi đã nêu cách kết thúc"),
        ({"received_at": AT, "finished_at": EARLIER}, "finished_at", "không sớm hơn thời điểm tiếp nhận 09:00 ngày 02/03/2026"),
        ({"supplement_requested_at": AT, "supplement_requests": 0}, "supplement_requests", "ít nhất 01 lần khi đang chờ bổ sung"),
        ({"channel": "onlin"}, "channel", "hình thức nộp hồ sơ: giá trị 'onlin' không hợp lệ; cần một trong: in_person, online, post, kiosk; có phải ý bạn là “online”?"),
        ({"finished_at": AT, "finished_kind": 5}, "finished_kind", "cách kết thúc: giá trị 5 không hợp lệ"),
        ({"paid_online": "true"}, "paid_online", "đúng hoặc sai (True, False)"),
        ({"allowed_hours": 1_000_001}, "allowed_hours", "số nguyên từ 0 đến 1000000"),
        ({"id": " "}, "id", "mã hồ sơ: giá trị ' ' không hợp lệ"),
    ],
)  # fmt: skip
def test_what_contradicts_or_does_not_fit_is_refused(facts: dict[str, Any], what: str, vi: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        DossierFacts(**{"id": "1", **facts})
    assert caught.value.what == what
    assert vi in caught.value.message.vi


def test_codes_are_taken_as_text() -> None:
    facts = DossierFacts(id="1", channel="online", finished_at=AT, finished_kind="done")
    assert (facts.channel, facts.finished_kind) == (Channel.ONLINE, FinishedKind.DONE)
