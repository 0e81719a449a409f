"""The words of an annex: those of codes, and small ways to put values into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.values.codes import (
    FeeKind,
    FeeSetter,
    LimitStart,
    NonTerritorial,
    ProcedureKind,
    ReceptionWay,
    ResultForm,
    ScanExemption,
    StepRole,
)
from onestop_core.catalogue.values.parties import Electronic, Mechanism, ProcedureStatus
from onestop_core.errors import InvalidValueError
from onestop_core.model import TimeLimit
from onestop_core.text import Text, money, number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

__all__ = [
    "ELECTRONIC",
    "FEE_KINDS",
    "KINDS",
    "MECHANISMS",
    "NONE",
    "NOTHING_KNOWN",
    "NOT_SCANNED",
    "RECEPTIONS",
    "RESULT_FORMS",
    "ROLES",
    "SETTERS",
    "STARTS",
    "STATUSES",
    "TERRITORIES",
    "amount_text",
    "capital",
    "duration_text",
    "joined",
    "labelled",
    "opening_text",
    "same",
]

NOTHING_KNOWN: Final = Text(vi="Chưa có thông tin", en="No information")
"""Said where the catalogue is silent: nobody knows whether there is nothing."""
NONE: Final = Text(vi="Không", en="None")

ROLES: Final = {
    StepRole.APPLICANT: Text(vi="tổ chức, cá nhân", en="applicant"),
    StepRole.RECEIVING_OFFICER: Text(vi="công chức, viên chức tiếp nhận hồ sơ", en="receiving officer"),
    StepRole.SPECIALIST: Text(vi="công chức thụ lý hồ sơ", en="specialist"),
    StepRole.UNIT_LEADER: Text(vi="người đứng đầu đơn vị", en="head of the unit"),
    StepRole.AUTHORITY_LEADER: Text(vi="người đứng đầu cơ quan", en="head of the authority"),
    StepRole.CLERK: Text(vi="văn thư", en="clerk"),
    StepRole.RETURNING_OFFICER: Text(vi="công chức, viên chức trả kết quả", en="returning officer"),
}
STATUSES: Final = {
    ProcedureStatus.DRAFT: Text(vi="Dự thảo, chưa công bố", en="Draft, not yet published"),
    ProcedureStatus.PUBLISHED: Text(vi="Đã công bố", en="Published"),
    ProcedureStatus.SUSPENDED: Text(vi="Tạm ngưng thực hiện", en="Suspended"),
    ProcedureStatus.ABOLISHED: Text(vi="Bị bãi bỏ", en="Abolished"),
}
KINDS: Final = {
    ProcedureKind.DELEGATED: Text(
        vi="Thủ tục hành chính được luật giao quy định chi tiết", en="Detailed by delegation of a law"
    ),
    ProcedureKind.NOT_DELEGATED: Text(
        vi="Thủ tục hành chính không được luật giao cho địa phương quy định", en="Not delegated by law to localities"
    ),
    ProcedureKind.OTHER: Text(vi="Loại khác", en="Another kind"),
}
MECHANISMS: Final = {
    Mechanism.ONE_STOP: Text(vi="Theo cơ chế một cửa", en="One-stop"),
    Mechanism.LINKED_ONE_STOP: Text(vi="Theo cơ chế một cửa liên thông", en="Linked one-stop"),
}
TERRITORIES: Final = {
    NonTerritorial.PROVINCE: Text(vi="Trong toàn tỉnh", en="In the whole province"),
    NonTerritorial.NATION: Text(vi="Trong toàn quốc", en="In the whole country"),
}
RECEPTIONS: Final = {
    ReceptionWay.MOBILE: Text(vi="Lưu động", en="Mobile"),
    ReceptionWay.ON_SITE: Text(vi="Tại nơi kiểm tra", en="On the spot of an inspection"),
    ReceptionWay.ELECTRONIC_ONLY: Text(vi="Chỉ tiếp nhận điện tử", en="Electronically only"),
}
RESULT_FORMS: Final = {
    ResultForm.BOTH: Text(vi="Bản giấy và bản điện tử", en="On paper and electronically"),
    ResultForm.ELECTRONIC: Text(vi="Chỉ bản điện tử", en="Electronically only"),
    ResultForm.PAPER: Text(vi="Chỉ bản giấy", en="On paper only"),
}
NOT_SCANNED: Final = {
    ScanExemption.FILED_ELECTRONICALLY: Text(vi="nộp bằng bản điện tử", en="filed electronically"),
    ScanExemption.SHOWN_ONLY: Text(vi="chỉ xuất trình", en="only shown"),
    ScanExemption.VERIFICATION: Text(
        vi="kết quả thẩm tra, xác minh hoặc ý kiến", en="results of verification, opinions"
    ),
    ScanExemption.SECRET: Text(vi="bí mật nhà nước", en="a state secret"),
}
ELECTRONIC: Final = {
    Electronic.ORIGINAL: Text(vi="bản điện tử có giá trị như bản chính", en="electronic original"),
    Electronic.CERTIFIED_COPY: Text(vi="bản sao điện tử được chứng thực", en="certified electronic copy"),
    Electronic.SCAN: Text(vi="bản chụp, bản quét", en="scan or photograph"),
}
FEE_KINDS: Final = {
    FeeKind.FEE: Text(vi="Phí", en="Fee"),
    FeeKind.CHARGE: Text(vi="Lệ phí", en="Charge"),
    FeeKind.PRICE: Text(vi="Giá dịch vụ", en="Price of the service"),
}
SETTERS: Final = {
    FeeSetter.PROVINCE: Text(
        vi="Theo quy định của Hội đồng nhân dân cấp tỉnh", en="Set by the provincial people's council"
    ),
    FeeSetter.MINISTRY: Text(vi="Theo quy định của bộ", en="Set by the ministry"),
    FeeSetter.AGREEMENT: Text(vi="Theo thỏa thuận", en="By agreement"),
}
STARTS: Final = {
    LimitStart.FULL_DOSSIER: Text(
        vi="kể từ ngày nhận đủ hồ sơ hợp lệ", en="from the day on which the full and valid dossier is received"
    ),
    LimitStart.DOSSIER: Text(vi="kể từ ngày nhận hồ sơ", en="from the day on which the dossier is received"),
    LimitStart.DOCUMENT: Text(
        vi="kể từ ngày nhận được văn bản của cơ quan khác",
        en="from the day on which another body's document is received",
    ),
    LimitStart.OTHER: Text(vi="kể từ một thời điểm khác", en="from another time"),
}


def same(words: str) -> Text:
    """Return *words* that are the same in both languages: a code, a name, what a page says."""
    return Text(vi=words, en=words)


def capital(text: Text) -> Text:
    """Return *text* with its first letter a capital, as a line begins."""
    return Text(vi=text.vi[:1].upper() + text.vi[1:], en=text.en[:1].upper() + text.en[1:])


def joined(texts: Iterable[Text], mark: str = "; ") -> Text:
    """Return *texts* one after another."""
    given = tuple(texts)
    return Text(vi=mark.join(each.vi for each in given), en=mark.join(each.en for each in given))


def labelled(vi: str, en: str, text: Text) -> Text:
    """Return *text* behind its label."""
    return Text(vi=f"{vi}: {text.vi}", en=f"{en}: {text.en}")


def duration_text(written: str) -> Text:
    """Return a time as offices write it; as it is *written*, where it cannot be read.

    >>> duration_text("5 working days").vi, duration_text("khi tàu rời cảng").vi
    ('05 ngày làm việc', 'khi tàu rời cảng')
    """
    try:
        return TimeLimit.parse(written).text
    except InvalidValueError:
        return same(written)


def amount_text(amount: Decimal, currency: str | None) -> Text:
    """Return a sum of money in its currency; None is the đồng."""
    if currency is None or currency == "VND":
        return money(amount)
    figures = number(amount)
    return Text(vi=f"{figures.vi} {currency}", en=f"{figures.en} {currency}")


_DAYS: Final = {
    "Mo": Text(vi="thứ Hai", en="Monday"),
    "Tu": Text(vi="thứ Ba", en="Tuesday"),
    "We": Text(vi="thứ Tư", en="Wednesday"),
    "Th": Text(vi="thứ Năm", en="Thursday"),
    "Fr": Text(vi="thứ Sáu", en="Friday"),
    "Sa": Text(vi="thứ Bảy", en="Saturday"),
    "Su": Text(vi="Chủ nhật", en="Sunday"),
}


def opening_text(hours: str) -> tuple[Text, ...]:
    """Return hours in the form of schema.org in words, a line for each group of days.

    >>> [line.vi for line in opening_text("Mo-Fr 07:30-11:30,13:30-17:00; Sa,Su 08:00-11:00")]
    ['Thứ Hai đến thứ Sáu: 07:30 – 11:30, 13:30 – 17:00', 'Thứ Bảy, Chủ nhật: 08:00 – 11:00']
    """
    return tuple(_opening(group) for group in hours.split("; "))


def _opening(group: str) -> Text:
    days, _, times = group.partition(" ")
    if any(day not in _DAYS for span in days.split(",") for day in span.split("-")):
        return same(group)  # made by hand, in another form
    spans = [[_DAYS[day] for day in span.split("-")] for span in days.split(",")]
    said = capital(
        Text(
            vi=", ".join(" đến ".join(day.vi for day in span) for span in spans),
            en=", ".join(" to ".join(day.en for day in span) for span in spans),
        )
    )
    when = times.replace("-", " – ").replace(",", ", ")
    return Text(vi=f"{said.vi}: {when}", en=f"{said.en}: {when}")
