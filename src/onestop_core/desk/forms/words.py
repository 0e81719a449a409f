"""Words and marks that all forms share: moments, channels, and text from outside made plain to see."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.deadlines.terms.values import END_OF_DAY
from onestop_core.model import Channel
from onestop_core.text import Text, day_in_words, moment_in_words, money, padded
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from onestop_core.desk.forms.data import FormData

__all__ = ["BLANKS", "CHANNELS", "DAY", "DOTS", "MOMENT", "known", "lines_of", "moment_words", "same", "words_of"]

DOTS: Final = "…………"
DAY: Final = Text(vi="ngày …… tháng …… năm ………", en="………………………")
MOMENT: Final = Text(vi="…… giờ …… phút, ngày …… tháng …… năm ………", en="……:……, ………………………")
BLANKS: Final = {
    **dict.fromkeys(("received_at", "due_at", "old_due", "new_due"), MOMENT),
    **dict.fromkeys(("signed_on", "asked_on", "decided_on"), DAY),
}
"""How a field is left open where a dotted line does not tell what to write."""
_NO_DUE: Final = Text(vi="Không có ngày hẹn trả cụ thể theo quy định", en="No day can be promised: law sets no time")
CHANNELS: Final = {
    Channel.IN_PERSON: Text(vi="Trực tiếp", en="At the desk"),
    Channel.POST: Text(vi="Dịch vụ bưu chính công ích", en="By post"),
    Channel.ONLINE: Text(vi="Trực tuyến", en="Online"),
    Channel.KIOSK: Text(vi="Ki-ốt thông minh", en="At a kiosk"),
}


def same(words: str) -> Text:
    """Return words that are the same in both languages."""
    return Text(vi=words, en=words)


def known(data: FormData, key: str) -> Any:
    """Return what the field *key* of a form holds, such as ``applicant.name``."""
    if key == "procedure":
        return data.procedure_name or data.procedure_code
    found: Any = data
    for name in key.split("."):
        found = getattr(found, name)
    return found


def words_of(data: FormData, key: str) -> tuple[Text, ...]:
    """Return what is printed in the field *key*, in lines; nothing where nothing is known."""
    value = known(data, key)
    match value:
        case None:
            return (_NO_DUE,) if key == "due_at" and data.without_due else ()
        case Channel():
            return (CHANNELS[value],)
        case datetime():
            return (moment_words(value),)
        case date():
            return (day_in_words(value),)
        case int():
            return (same(str(value) if key == "year" else padded(value)),)
        case Decimal():
            return (money(value),)
        case tuple():
            return tuple(shown for each in cast("tuple[str, ...]", value) for shown in lines_of(each))
        case Text() if key == "procedure" and data.procedure_code is not None:
            code = data.procedure_code
            return lines_of(Text(vi=f"{value.vi} (mã thủ tục {code})", en=f"{value.en} (procedure code {code})"))
        case _:
            return lines_of(value)


def moment_words(moment: datetime) -> Text:
    """Return a moment in words; the last second of a day stands for the day itself, of which nobody said an hour."""
    at_end = moment.time() == END_OF_DAY
    return day_in_words(moment) if at_end else moment_in_words(moment)


def lines_of(words: str | Text) -> tuple[Text, ...]:
    r"""Return words as lines in which nothing hidden moves the reader's eye.

    >>> [each.vi for each in lines_of("một\nhai\u202e")]
    ['một', 'hai\\u202e']
    """
    text = words if isinstance(words, Text) else same(words)
    vi, en = ([line(each) for each in said.splitlines() if each.strip()] for said in (text.vi, text.en))
    if len(vi) == len(en):
        return tuple(Text(vi=one, en=other) for one, other in zip(vi, en, strict=True))
    return (Text(vi=" ".join(vi), en=" ".join(en)),)
