"""What the host gives for a form: the office, the people, and what is known at the desk only."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core._public import gated
from onestop_core.errors import InvalidValueError
from onestop_core.model import Channel, FrozenMap, aware, plain_day
from onestop_core.model.series import items_of, mapping_of
from onestop_core.model.words import LONGEST_TEXT, plain_text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "NOBODY",
    "NO_NAMES",
    "NO_OFFICE",
    "NO_SLIP",
    "NO_SLIPS",
    "FormDetails",
    "FormKind",
    "FormPaper",
    "Office",
    "Outcome",
    "PaperKind",
    "PaperSize",
    "Person",
    "Slip",
    "given",
]


class FormKind(Code):
    """What a form is; its number differs from circular to circular."""

    RECEIPT = "receipt"
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""
    SUPPLEMENT = "supplement"
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""
    REFUSAL = "refusal"
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ."""
    LATE = "late"
    """The apology with a new appointment."""
    STOP = "stop"
    """Thông báo dừng giải quyết hồ sơ."""
    CONTROL = "control"
    """Phiếu kiểm soát quá trình giải quyết hồ sơ; not report form 06, which is a statistic (``kpi.form06``)."""
    REGISTER = "register"
    """Sổ theo dõi hồ sơ."""


class PaperSize(Code):
    """On what a form is printed."""

    A4 = "A4"
    A5 = "A5"


class PaperKind(Code):
    """In which form a paper is handed in."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"
    ELECTRONIC = "electronic"


class Outcome(Code):
    """How a step of the control slip ended."""

    EARLY = "early"
    ON_TIME = "on_time"
    """On the day on which it was due."""
    LATE = "late"


_MOST: Final = 9_999
_MOST_MONEY: Final = 15
"""Most digits of a sum of đồng."""


def _text(value: object, what: str) -> str:
    return plain_text(value, what, longest=LONGEST_TEXT)


def _count(value: object, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise InvalidValueError.of(
            what, value, vi=f"số nguyên từ 0 đến {_MOST}", en=f"a whole number from 0 to {_MOST}"
        )
    return int(value)


def _money(value: object, what: str) -> Decimal:
    amount = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(amount, Decimal) or not amount.is_finite() or amount < 0 or amount.adjusted() >= _MOST_MONEY:
        raise InvalidValueError.of(
            what, value, vi="số tiền chính xác, không âm (Decimal)", en="an exact amount, not negative (Decimal)"
        )
    return Decimal(amount.copy_abs())


def _kind(value: PaperKind | str | None) -> PaperKind | None:
    return None if value is None else PaperKind.of(value, "kind")


def _channel(value: Channel | str | None) -> Channel | None:
    return None if value is None else Channel.of(value, "return_channel")


given: Final = gated({str: _text, int: _count, Decimal: _money, date: plain_day, datetime: aware})
"""The gates of everything that is printed."""


@attrs.frozen(kw_only=True, repr=False, field_transformer=given)
class Person:
    """Who applies, or for whom somebody applies. None: not known, and left open on the form.

    >>> Person(name="Nguyễn Văn An", phone="0912 345 678")
    <Person>
    """

    name: str | None = None
    number: str | None = None
    """Personal or organisation number (số định danh)."""
    address: str | None = None
    phone: str | None = None
    email: str | None = None

    def __repr__(self) -> str:
        return "<Person>"


NOBODY: Final = Person()


@attrs.frozen(kw_only=True, field_transformer=given)
class Office:
    """Who issues the form: what stands at its head, and where it can be reached. None is left open.

    >>> Office(superior="UBND phường Bến Thành", name="Trung tâm Phục vụ hành chính công", place="Bến Thành",
    ...     suffix="TTPVHCC").place
    'Bến Thành'
    """

    superior: str | None = None
    """The body above it (đơn vị chủ quản)."""
    name: str | None = None
    """The one-stop desk or service centre."""
    place: str | None = None
    """Place name before the date."""
    suffix: str | None = None
    """What stands behind the number of a paper, such as ``TTPVHCC``."""
    phone: str | None = None
    hotline: str | None = None
    website: str | None = None


NO_OFFICE: Final = Office()


@attrs.frozen(kw_only=True, field_transformer=given)
class FormPaper:
    """A paper handed in or asked for."""

    name: str
    kind: PaperKind | None = attrs.field(default=None, converter=_kind)
    count: int | None = None


@attrs.frozen(kw_only=True, repr=False, field_transformer=given)
class Slip:
    """What is known at the desk only. What it says stands before what the log says; None is left to the log, or open."""

    code: str | None = None
    """Code of the dossier, where the host calls it by another name."""
    number: str | None = None
    """Number of the paper; with a ``/`` in it, it is printed as it is."""
    signed_on: date | None = None
    signer: str | None = None
    signer_title: str | None = None
    """In whose place the head signs, such as ``GIÁM ĐỐC``; None: as the form says."""
    acting_title: str | None = None
    """Of a deputy who signs for the head, such as ``PHÓ GIÁM ĐỐC``."""
    copies_to: tuple[str, ...] = ()
    """Who else gets the paper (nơi nhận)."""
    applicant: Person | None = None
    principal: Person | None = None
    """For whom an authorised person applies."""
    authorisation: str | None = None
    receiving_unit: str | None = None
    papers: tuple[FormPaper, ...] = ()
    """Handed in."""
    sets: int | None = None
    return_channel: Channel | None = attrs.field(default=None, converter=_channel)
    """How the result is to be returned."""
    fee: Decimal | None = None
    """Paid, in đồng."""
    book: str | None = None
    sequence: str | None = None
    secret: str | None = None
    """With which the applicant looks the dossier up."""
    items: tuple[FormPaper, ...] = ()
    """To be supplied."""
    reason: str | None = None
    ground: str | None = None
    contact: str | None = None
    contact_phone: str | None = None
    new_due: datetime | None = None
    has_passed: bool | None = None
    """Whether the appointed time has passed when the applicant is told; None: as the moments say."""
    asked_on: date | None = None
    stage: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    returned_papers: tuple[str, ...] = ()
    handling_unit: str | None = None
    coordinating: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """On the hand-overs of the control slip, the first one first."""
    field: str | None = None
    """Of a register: the field or group of fields."""
    year: int | None = None
    """Of a register."""

    def __repr__(self) -> str:
        return "<Slip>"


NO_SLIP: Final = Slip()
NO_SLIPS: Final[FrozenMap[str, Slip]] = FrozenMap({})
NO_NAMES: Final[FrozenMap[str, str]] = FrozenMap({})


def _slips(value: Mapping[str, Slip]) -> FrozenMap[str, Slip]:
    return mapping_of(value, Slip, "slips")


def _names(value: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap({_text(code, "names"): _text(name, "names") for code, name in items_of(value, "names").items()})


@attrs.frozen(kw_only=True, repr=False)
class FormDetails:
    """All that a host gives, in one document under ``schemas/form-details.schema.json``; see :func:`load_details`."""

    office: Office = NO_OFFICE
    slip: Slip = NO_SLIP
    slips: FrozenMap[str, Slip] = attrs.field(default=NO_SLIPS, converter=_slips)
    """Of a register: what is known of each dossier, by its id."""
    names: FrozenMap[str, str] = attrs.field(default=NO_NAMES, converter=_names)
    """How the units and persons of the log are called on paper, by their codes."""

    def __repr__(self) -> str:
        return "<FormDetails>"
