"""What arguments and fields are called in Vietnamese, so that a message to an officer is Vietnamese to its end.

A name that is not here is a programmer's; a Vietnamese message shows it as code, in backticks.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["vietnamese_name"]

_NAMES: Final = {
    "absence": "tỷ lệ vắng mặt",
    "actor": "người thực hiện",
    "agency": "mã cơ quan",
    "allowed_hours": "số giờ được giải quyết",
    "amount": "số lượng",
    "appointments": "các lịch hẹn",
    "as_of": "ngày biết thông tin",
    "at": "thời điểm",
    "base_uri": "địa chỉ gốc",
    "channel": "hình thức nộp hồ sơ",
    "count": "số lượng",
    "counters": "số quầy",
    "counts": "số liệu",
    "day": "ngày",
    "decisions": "quyết định về ngày làm việc",
    "dossier code": "mã hồ sơ",
    "dossiers": "các hồ sơ",
    "due": "hạn trả kết quả",
    "due_at": "hạn trả kết quả",
    "effort": "khối lượng công việc",
    "end": "ngày cuối",
    "facts": "số liệu hồ sơ",
    "field": "lĩnh vực",
    "finished_at": "thời điểm kết thúc",
    "finished_kind": "cách kết thúc",
    "first": "ngày đầu",
    "forms": "biểu mẫu",
    "hours": "giờ làm việc",
    "id": "mã hồ sơ",
    "key": "khóa",
    "kind": "loại",
    "language": "ngôn ngữ",
    "last": "ngày cuối",
    "level": "cấp",
    "limit": "thời hạn",
    "load": "tải",
    "moment": "thời điểm",
    "month": "tháng",
    "name": "tên",
    "now": "thời điểm hiện tại",
    "officer": "người thụ lý",
    "on": "ngày áp dụng",
    "papers": "giấy tờ",
    "pause": "thời gian tạm ngừng",
    "pauses": "thời gian tạm ngừng",
    "period": "kỳ báo cáo",
    "places": "số chữ số thập phân",
    "points": "số phiếu theo mức điểm",
    "predicted": "cách xử lý ngày dự kiến",
    "procedure": "mã thủ tục",
    "reason": "lý do",
    "reason_code": "mã lý do",
    "received_at": "thời điểm tiếp nhận",
    "receiving_place": "nơi tiếp nhận",
    "role": "vai trò",
    "separator": "dấu phân cách",
    "sequence": "số thứ tự",
    "session": "buổi làm việc",
    "start": "ngày đầu",
    "step": "bước",
    "steps": "các bước",
    "submitted_at": "thời điểm nộp",
    "supplement_hours": "số giờ chờ bổ sung",
    "supplement_requested_at": "thời điểm yêu cầu bổ sung",
    "supplement_requests": "số lần yêu cầu bổ sung",
    "supplements": "số lần bổ sung",
    "time limit": "thời hạn",
    "unit": "đơn vị",
    "to_actor": "người nhận",
    "to_unit": "đơn vị nhận",
    "until": "thời điểm cuối",
    "wage": "tiền lương",
    "waiting": "thời gian chờ",
    "width": "số chữ số",
    "year": "năm",
}
_PLACE: Final = re.compile(r"([a-z_ ]+)(?:\[(.*)\])?", re.DOTALL)


def vietnamese_name(what: str) -> str:
    """Return what the argument or field *what* is called in a Vietnamese message.

    >>> vietnamese_name("time limit"), vietnamese_name("counts[2.1]"), vietnamese_name("base")
    ('thời hạn', 'số liệu 2.1', '`base`')
    """
    found = _PLACE.fullmatch(what)
    if found is None or found[1] not in _NAMES:
        return f"`{what}`"
    return _NAMES[found[1]] if found[2] is None else f"{_NAMES[found[1]]} {found[2]}"
