"""The words of notices, as data: what is between braces is filled in, everything else stands as it is."""

from __future__ import annotations

import re
from typing import Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap
from onestop_core.model.words import LONGEST_TEXT, plain_text
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = ["FIELD", "FIELDS", "WORDINGS", "NoticeKind", "Wording"]

FIELD: Final = re.compile(r"\{([a-z_]*)\}")
FIELDS: Final = ("code", "procedure", "office", "due", "old_due", "reason", "papers", "contact", "place")
"""What can be filled in: code of the dossier, procedure, office, the day promised now and before, reason, papers asked for, whom to
ask, and where to come."""


class NoticeKind(Code):
    """What a notice is about."""

    SUPPLEMENT = "supplement"
    """Papers are asked for."""
    APOLOGY = "apology"
    """The result is late."""
    DUE_SOON = "due_soon"
    """The day of the result is near."""
    RESULT_READY = "result_ready"
    RESCHEDULED = "rescheduled"
    """The appointment was moved."""


def _text(value: object, what: str) -> Text:
    if not isinstance(value, Text):
        raise InvalidValueError.of(what, value, vi="chữ tiếng Việt và tiếng Anh (Text)", en="a Text in both languages")
    for words in (value.vi, value.en):
        for name in FIELD.findall(plain_text(words, what, longest=LONGEST_TEXT)):
            if name not in FIELDS:
                raise InvalidValueError.one_of(what, name, FIELDS)
    return value


@attrs.frozen(kw_only=True)
class Wording:
    """The words of one kind of notice.

    In the body a line is left out whose fields are all unknown; a field that is unknown in the other texts, or beside known ones, is
    asked for.

    Raises:
        InvalidValueError: something stands between braces that cannot be filled in.
    """

    subject: Text
    body: Text
    sms: Text
    needs_one_of: tuple[str, ...] = ()
    """Fields of which one at least must be known."""

    def __attrs_post_init__(self) -> None:
        for name in ("subject", "body", "sms"):
            _text(getattr(self, name), name)
        for field in self.needs_one_of:
            if field not in FIELDS:
                raise InvalidValueError.one_of("needs_one_of", field, FIELDS)


_CONTACT_VI: Final = "Cần hỏi thêm, liên hệ: {contact}."
_CONTACT_EN: Final = "Questions: {contact}."
_ABOUT_VI: Final = "Thủ tục: {procedure}."
_ABOUT_EN: Final = "Procedure: {procedure}."

WORDINGS: Final[FrozenMap[str, Wording]] = FrozenMap(
    {
        NoticeKind.SUPPLEMENT.value: Wording(
            subject=Text(
                vi="Yêu cầu bổ sung, hoàn thiện hồ sơ {code}",
                en="Papers are needed for the dossier {code}",
            ),
            body=Text(
                vi=f"{{office}} đề nghị Ông/Bà bổ sung, hoàn thiện hồ sơ {{code}}.\n{_ABOUT_VI}\nNội dung cần bổ sung: {{papers}}.\n"
                f"Lý do: {{reason}}.\n{_CONTACT_VI}",
                en=f"{{office}} asks you to complete the dossier {{code}}.\n{_ABOUT_EN}\nTo be added: {{papers}}.\n"
                f"Reason: {{reason}}.\n{_CONTACT_EN}",
            ),
            sms=Text(
                vi="{office}: đề nghị bổ sung hồ sơ {code}, nội dung ghi trong phiếu yêu cầu bổ sung.",
                en="{office}: papers are needed for the dossier {code}. See the supplement request.",
            ),
            needs_one_of=("papers", "reason"),
        ),
        NoticeKind.APOLOGY.value: Wording(
            subject=Text(vi="Xin lỗi về hồ sơ {code}", en="Our apology for the dossier {code}"),
            body=Text(
                vi=f"{{office}} xin lỗi Ông/Bà vì hồ sơ {{code}} chưa trả kết quả đúng hẹn.\n{_ABOUT_VI}\nNgày hẹn trước: {{old_due}}.\n"
                f"Lý do: {{reason}}.\nNgày hẹn trả kết quả mới: {{due}}.\n{_CONTACT_VI}",
                en=f"{{office}} apologises: the result of the dossier {{code}} is late.\n{_ABOUT_EN}\nPromised for: {{old_due}}.\n"
                f"Reason: {{reason}}.\nNew appointment: {{due}}.\n{_CONTACT_EN}",
            ),
            sms=Text(
                vi="{office} xin lỗi Ông/Bà: hồ sơ {code} trả kết quả chậm, hẹn lại {due}.",
                en="{office} apologises: the dossier {code} is late; new appointment {due}.",
            ),
        ),
        NoticeKind.DUE_SOON.value: Wording(
            subject=Text(vi="Sắp đến ngày trả kết quả hồ sơ {code}", en="The dossier {code} will soon be due"),
            body=Text(
                vi=f"Hồ sơ {{code}} nộp tại {{office}} được hẹn trả kết quả {{due}}.\n{_ABOUT_VI}\nNơi trả kết quả: {{place}}.\n{_CONTACT_VI}",
                en=f"The result of the dossier {{code}}, filed at {{office}}, is promised for {{due}}.\n{_ABOUT_EN}\n"
                f"Where: {{place}}.\n{_CONTACT_EN}",
            ),
            sms=Text(
                vi="{office}: hồ sơ {code} hẹn trả kết quả {due}.",
                en="{office}: the result of the dossier {code} is promised for {due}.",
            ),
        ),
        NoticeKind.RESULT_READY.value: Wording(
            subject=Text(vi="Đã có kết quả hồ sơ {code}", en="The result of the dossier {code} is ready"),
            body=Text(
                vi=f"{{office}} thông báo đã có kết quả của hồ sơ {{code}}.\n{_ABOUT_VI}\nNơi trả kết quả: {{place}}.\n{_CONTACT_VI}",
                en=f"{{office}} has the result of the dossier {{code}}.\n{_ABOUT_EN}\nWhere: {{place}}.\n{_CONTACT_EN}",
            ),
            sms=Text(
                vi="{office}: đã có kết quả hồ sơ {code}, mời Ông/Bà đến nhận.",
                en="{office}: the result of the dossier {code} is ready to be collected.",
            ),
        ),
        NoticeKind.RESCHEDULED.value: Wording(
            subject=Text(
                vi="Điều chỉnh ngày hẹn trả kết quả hồ sơ {code}", en="The appointment of the dossier {code} was moved"
            ),
            body=Text(
                vi=f"{{office}} điều chỉnh ngày hẹn trả kết quả hồ sơ {{code}}.\n{_ABOUT_VI}\nNgày hẹn trước: {{old_due}}.\n"
                f"Ngày hẹn mới: {{due}}.\nLý do: {{reason}}.\n{_CONTACT_VI}",
                en=f"{{office}} has moved the appointment of the dossier {{code}}.\n{_ABOUT_EN}\nIt was: {{old_due}}.\n"
                f"It is now: {{due}}.\nReason: {{reason}}.\n{_CONTACT_EN}",
            ),
            sms=Text(
                vi="{office}: hồ sơ {code} hẹn trả kết quả lại {due}.",
                en="{office}: the appointment of the dossier {code} is now {due}.",
            ),
        ),
    }
)
"""The words that ship, by the kind of notice; no law gives them."""
