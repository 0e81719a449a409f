"""The ten statuses by which the national portal tells an applicant where the dossier stands, with its exact words.

Which state of a dossier has which status is in the lifecycle tables (``states[].portal``); the words are the same in
every edition and were observed in six independent systems.
"""

from __future__ import annotations

from typing import Final

from onestop_core.errors import UnknownCodeError
from onestop_core.model import FrozenMap
from onestop_core.text import Text

__all__ = ["STATUSES", "status_name"]

STATUSES: Final[FrozenMap[int, Text]] = FrozenMap(
    {
        1: Text(vi="Mới đăng ký", en="Newly registered"),
        2: Text(vi="Được tiếp nhận", en="Received"),
        3: Text(vi="Không được tiếp nhận", en="Not received"),
        4: Text(vi="Đang xử lý", en="In process"),
        5: Text(vi="Yêu cầu bổ sung giấy tờ", en="Papers asked for"),
        6: Text(vi="Yêu cầu thực hiện nghĩa vụ tài chính", en="Financial obligation demanded"),
        7: Text(vi="Công dân yêu cầu rút hồ sơ", en="Withdrawal asked"),
        8: Text(vi="Dừng xử lý", en="Stopped"),
        9: Text(vi="Đã xử lý xong", en="Result at the desk"),
        10: Text(vi="Đã trả kết quả", en="Result given"),
    }
)
"""Every status with its words."""


def status_name(code: int) -> Text:
    """Return the words of the status *code*.

    >>> status_name(5).vi
    'Yêu cầu bổ sung giấy tờ'

    Raises:
        UnknownCodeError: there is no such status.
    """
    if type(code) is not int or code not in STATUSES:
        raise UnknownCodeError.among(Text(vi="mã trạng thái trên Cổng", en="portal status"), code, STATUSES)
    return STATUSES[code]
