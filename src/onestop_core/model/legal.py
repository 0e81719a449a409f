"""Legal basis: which instrument and article a rule rests on, and how firm the evidence for it is."""

from __future__ import annotations

import re
from datetime import date

import attrs

from onestop_core._public import gated
from onestop_core.model.intervals import Interval
from onestop_core.model.moments import plain_day
from onestop_core.model.words import LONGEST_TEXT, plain_text
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = ["Basis", "Firmness", "citation"]


class Firmness(Code):
    """How firm the evidence for a rule is, firmest first. Only ``READ`` may be presented as law."""

    READ = "read"
    """Seen in the legal text, in an official notice, or in a page that quotes it."""
    OBSERVED = "observed"
    """Seen in what an official system does or answers; not in the text that it implements."""
    SECONDARY = "secondary"
    """Several public sources quote it; the text itself was not seen."""
    COMPUTED = "computed"
    """Follows from a firm rule by computation, such as a date of the lunisolar calendar."""
    INFERRED = "inferred"
    """A conclusion of ours from firm facts; configurable."""
    RECALLED = "recalled"
    """Believed, not confirmed in any source; a named assumption, never law."""
    UNCONFIRMED = "unconfirmed"
    """Looked for and not found."""

    @property
    def is_law(self) -> bool:
        """Whether the rule may be presented as law."""
        return self is Firmness.READ

    @property
    def label(self) -> Text:
        """The mark in words."""
        return _LABELS[self]


_LABELS = {
    Firmness.READ: Text(vi="đã đọc văn bản", en="read"),
    Firmness.OBSERVED: Text(vi="theo hệ thống đang vận hành", en="observed in a running system"),
    Firmness.SECONDARY: Text(vi="theo nguồn thứ cấp", en="secondary sources"),
    Firmness.COMPUTED: Text(vi="tính toán", en="computed"),
    Firmness.INFERRED: Text(vi="suy luận", en="inferred"),
    Firmness.RECALLED: Text(vi="theo trí nhớ, chưa xác nhận", en="recalled, not confirmed"),
    Firmness.UNCONFIRMED: Text(vi="chưa xác nhận", en="unconfirmed"),
}


def _text(value: object, what: str) -> str:
    return plain_text(value, what, longest=LONGEST_TEXT)


def _firmness(value: Firmness | str) -> Firmness:
    return Firmness.of(value, "firmness")


@attrs.frozen(kw_only=True, field_transformer=gated({date: plain_day, str: _text}))
class Basis:
    """The ground on which a rule, a day or a fact rests.

    >>> basis = Basis(instrument="Nghị định 61/2018/NĐ-CP", article="19(4)", firmness=Firmness.READ)
    >>> basis.cite().en
    'Decree 61/2018/NĐ-CP, art. 19(4)'
    >>> basis.cite().vi
    'khoản 4 Điều 19 Nghị định số 61/2018/NĐ-CP'
    >>> Basis(instrument="Decree 118/2025/NĐ-CP", firmness=Firmness.RECALLED).cite().en
    'Decree 118/2025/NĐ-CP [recalled, not confirmed]'

    Raises:
        InvalidValueError: a field of the wrong type, blank or overlong text, or a firmness that there is not.
    """

    instrument: str
    """The instrument with its number, in Vietnamese, such as ``Nghị định 61/2018/NĐ-CP``."""
    article: str | None = None
    """Article, clause and point, such as ``19(4)`` or ``8(2)``."""
    firmness: Firmness = attrs.field(converter=_firmness)
    in_force_from: date | None = None
    """First day on which the instrument applies, if known."""
    in_force_to: date | None = None
    """Last day on which it applies; None while in force or unknown."""
    issued_on: date | None = None
    """Date of the instrument."""
    issuer: str | None = None
    """Who issued it."""
    announced_on: date | None = None
    """The day from which it could be known."""
    source: str | None = None
    """Where the fact was read: a page, a gazette, a notice."""
    note: Text | None = None
    """What a reader must know about the evidence."""

    def cite(self) -> Text:
        """Return the citation in both languages; anything but what was read is marked as such.

        Vietnamese goes from the point to the instrument: *điểm c khoản 2 Điều 11 Nghị định số …* (Decree
        30/2020/NĐ-CP, appendix I).
        """
        vi, en = citation(self.instrument, self.article)
        if not self.firmness.is_law:
            vi, en = f"{vi} ({self.firmness.label.vi})", f"{en} [{self.firmness.label.en}]"
        return Text(vi=vi, en=en)

    def in_force(self, on: date) -> bool:
        """Return whether the instrument applies *on* that day, as far as its dates are known.

        One whose last day is before its first, as a document may say by mistake, applies on no day.

        Raises:
            InvalidValueError: *on* is not a plain date.
        """
        return on in Interval(first=self.in_force_from) and on in Interval(last=self.in_force_to)


# Longest first, so that "Nghị quyết liên tịch" would not be read as "Nghị quyết". What is no instrument stands at the end.
_KINDS = (
    ("Bộ luật Lao động", "Labour Code"),
    ("Bộ luật Dân sự", "Civil Code"),
    ("Nghị định", "Decree"),
    ("Nghị quyết", "Resolution"),
    ("Thông tư", "Circular"),
    ("Quyết định", "Decision"),
    ("Thông báo", "Notice"),
    ("Công văn", "Official letter"),
    ("Luật", "Law"),
    ("Cách hiểu của thư viện", "The library’s reading"),
    ("Mã trạng thái hồ sơ của Cổng Dịch vụ công quốc gia", "Dossier statuses of the National Public Service Portal"),
    ("Thông điệp đồng bộ của các hệ thống đang chạy", "Synchronisation messages of systems in use"),
    ("Thông lệ của hệ thống một cửa điện tử", "Practice of electronic one-stop systems"),
    ("Thông lệ của Cổng Dịch vụ công quốc gia", "Practice of the National Public Service Portal"),
)


def _english(instrument: str) -> str:
    for vi, en in _KINDS:
        if instrument.startswith(vi):
            return en + instrument[len(vi) :]
    return instrument


_NUMBER = re.compile(r"(?<!số) (?=[0-9]+/[0-9A-ZĐ])")
_LAW_OF_YEAR = re.compile(r"((?:Bộ luật|Luật) .*?) ([0-9]{4})")
_ARTICLE = re.compile(r"([0-9]+[a-zđ]?)((?:\([0-9a-zđ]+\))*)")
_APPENDIX = "Phụ lục"


def citation(instrument: str, article: str | None = None) -> tuple[str, str]:
    """Return how *article* of *instrument* is cited, in Vietnamese and in English.

    >>> citation("Nghị định 118/2025/NĐ-CP", "11(2)(c)")
    ('điểm c khoản 2 Điều 11 Nghị định số 118/2025/NĐ-CP', 'Decree 118/2025/NĐ-CP, art. 11(2)(c)')
    >>> citation("Bộ luật Lao động 1994")[0], citation("Thông tư 01/2018/TT-VPCP", "Phụ lục I")[0]
    ('Bộ luật Lao động năm 1994', 'Phụ lục I ban hành kèm theo Thông tư số 01/2018/TT-VPCP')
    >>> citation("Cách hiểu của thư viện")
    ('Cách hiểu của thư viện', 'The library’s reading')
    """
    vi, en = _NUMBER.sub(" số ", instrument, count=1), _english(instrument)
    if (of_year := _LAW_OF_YEAR.fullmatch(instrument)) is not None:
        vi = f"{of_year[1]} năm {of_year[2]}"
    if article is None:
        return vi, en
    if article.startswith(_APPENDIX):
        return f"{article} ban hành kèm theo {vi}", f"{en}, appendix{article.removeprefix(_APPENDIX)}"
    places = [_place(each.strip()) for each in article.split(",")]
    return f"{', '.join(places)} {vi}", f"{en}, {'art.' if len(places) == 1 else 'arts'} {article}"


def _place(article: str) -> str:
    found = _ARTICLE.fullmatch(article)
    if found is None:
        return f"Điều {article}"
    parts = [part.strip("()") for part in found[2].split(")(") if part]
    clause = [f"khoản {part}" if part[0].isdigit() else f"điểm {part}" for part in parts]
    return " ".join([*reversed(clause), f"Điều {found[1]}"])
