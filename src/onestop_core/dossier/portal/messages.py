"""The records of the synchronisation messages and their wire form: one table of fields, read in both directions.

Services of the classic integration: ``DongBoHoSoMC`` (dossiers) and ``CapNhatTienDoHoSoMC`` (progress); of a
ministry's gateway of 2026: ``NoiHoSo``. Fields and which of them are required were observed in running systems.
"""

# ruff: noqa: RUF009 - the call makes an attrs field
from __future__ import annotations

import types
import typing
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem, UnknownCodeError
from onestop_core.model import HO_CHI_MINH, Basis, aware
from onestop_core.rules.converter import structure
from onestop_core.rules.resources import data
from onestop_core.rules.schemas import ensure_valid
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "ConnectRecord",
    "Database",
    "FeeLine",
    "Identity",
    "OtherAttachment",
    "Peer",
    "ProgressRecord",
    "ResultPaper",
    "SubmittedPaper",
    "SupplementRound",
    "SyncRecord",
    "decode",
    "encode",
    "peer",
]

_MOMENT: Final = "%Y%m%d%H%M%S"


@attrs.frozen(kw_only=True)
class Peer:
    """The code tables of one system at the other end: our word to its code."""

    name: str
    channels: dict[str, str]
    applicants: dict[str, str]
    payments: dict[str, str]
    returns: dict[str, str]
    basis: Basis


@cache
def peer(name: str) -> Peer:
    """Return the tables of the peer *name*.

    >>> peer("opencps").applicants["citizen"], peer("gateway-2026").applicants["citizen"]
    ('1', '0')

    Raises:
        UnknownCodeError: no tables of that name ship.
    """
    document = data("vn/portal/peers")
    peers = document["peers"]
    if name not in peers:
        raise UnknownCodeError(
            kind=Text(vi="hệ thống kết nối", en="peer"), value=str(name), suggestions=closest(str(name), peers)
        )
    tables = {key: value for key, value in peers[name].items() if key != "basis"}
    return Peer(name=name, basis=structure(document["bases"][peers[name]["basis"]], Basis), **tables)


def _wire(name: str, *, codes: str | None = None, default: Any = attrs.NOTHING) -> Any:
    """Return a field that is called *name* on the wire, its values being *codes* of the peer if that is given."""
    return attrs.field(default=default, metadata={"wire": name, "codes": codes})


@attrs.frozen(kw_only=True)
class Identity:
    """A proof of who the applicant is."""

    kind: str = _wire("LoaiDinhDanh")
    number: str = _wire("SoDinhDanh")


@attrs.frozen(kw_only=True)
class SubmittedPaper:
    """A paper that was handed in (TaiLieuNop)."""

    id: str | None = _wire("TepDinhKemId", default=None)
    name: str = _wire("TenTepDinhKem")
    deleted: bool = _wire("IsDeleted", default=False)
    component: str = _wire("MaThanhPhanHoSo")
    url: str = _wire("DuongDanTaiTepTin")
    digitised: bool = _wire("DuocSoHoa", default=False)
    reused: str = _wire("DuocTaiSuDung", default="0")
    """0 no, 1 and 2 as the peer has them."""
    from_national_store: bool = _wire("DuocLayTuKhoDMQG", default=False)
    replaces_result: str | None = _wire("MaKetQuaThayThe", default=None)


@attrs.frozen(kw_only=True)
class FeeLine:
    """A fee or charge (DanhSachLePhi)."""

    name: str = _wire("TenPhiLePhi")
    code: str = _wire("MaPhiLePhi")
    collected: str = _wire("HinhThucThu")
    """When it is collected, as the peer codes it."""
    amount: str = _wire("Gia")
    """Đồng, in digits."""
    kind: str = _wire("LoaiPhiLePhi")


@attrs.frozen(kw_only=True)
class OtherAttachment:
    """Another paper (DanhSachTepDinhKemKhac)."""

    name: str = _wire("TenGiayTo")
    count: str = _wire("SoLuong")
    kind: str = _wire("LoaiGiayTo")


@attrs.frozen(kw_only=True)
class SupplementRound:
    """One demand for papers and its answer (DanhSachHoSoBoSung), with the appointments before and after."""

    number: str = _wire("HoSoBoSungId")
    asked_by: str = _wire("NguoiYeuCauBoSung")
    content: str = _wire("NoiDungBoSung")
    asked_at: datetime = _wire("NgayBoSung")
    received_by: str | None = _wire("NguoiTiepNhanBoSung", default=None)
    answer: str | None = _wire("ThongTinTiepNhan", default=None)
    received_at: datetime | None = _wire("NgayTiepNhanBoSung", default=None)
    done: bool = _wire("TrangThaiBoSung", default=False)
    papers: tuple[OtherAttachment, ...] = _wire("DanhSachGiayToBoSung", default=())
    fees: tuple[FeeLine, ...] = _wire("DanhSachLePhiBoSung", default=())
    due_before: datetime | None = _wire("NgayHenTraTruoc", default=None)
    due_after: datetime | None = _wire("NgayHenTraMoi", default=None)


@attrs.frozen(kw_only=True)
class ResultPaper:
    """A paper of the result (DanhSachGiayToKetQua)."""

    name: str = _wire("TenGiayTo")
    component: str | None = _wire("MaThanhPhanHoSo", default=None)
    id: str | None = _wire("GiayToId", default=None)
    url: str = _wire("DuongDanTepTinKetQua")
    code: str = _wire("MaGiayToKetQua")


@attrs.frozen(kw_only=True)
class Database:
    """A database from which the dossier took data."""

    code: str = _wire("MaCSDL")


@attrs.frozen(kw_only=True)
class SyncRecord:
    """A dossier as ``DongBoHoSoMC`` carries it."""

    code: str = _wire("MaHoSo")
    procedure: str = _wire("MaTTHC")
    procedure_name: str = _wire("TenTTHC")
    field_code: str = _wire("MaLinhVuc")
    field_name: str = _wire("TenLinhVuc")
    channel: str | None = _wire("KenhThucHien", codes="channels", default=None)
    applicant_paper: str = _wire("SoGiayToChuHoSo")
    applicant: str | None = _wire("ChuHoSo", default=None)
    applicant_kind: str = _wire("LoaiDoiTuong", codes="applicants")
    applicant_code: str = _wire("MaDoiTuong", default="")
    other_information: str | None = _wire("ThongTinKhac", default=None)
    email: str | None = _wire("Email", default=None)
    fax: str | None = _wire("Fax", default=None)
    phone: str | None = _wire("SoDienThoai", default=None)
    summary: str | None = _wire("TrichYeuHoSo", default=None)
    received_at: datetime = _wire("NgayTiepNhan")
    due: datetime | None = _wire("NgayHenTra", default=None)
    status: str = _wire("TrangThaiHoSo")
    """Code of the portal, 1 to 10."""
    delivered_at: datetime | None = _wire("NgayTra", default=None)
    delivery_note: str | None = _wire("ThongTinTra", default=None)
    return_by: str = _wire("HinhThuc", codes="returns", default="desk")
    finished_at: datetime | None = _wire("NgayKetThucXuLy", default=None)
    unit: str = _wire("DonViXuLy")
    note: str | None = _wire("GhiChu", default=None)
    filed_at: str = _wire("NoiNopHoSo")
    """Where it was filed."""
    has_digitised: bool = _wire("HoSoCoThanhPhanSoHoa", default=False)
    vneid_verified: bool = _wire("TaiKhoanDuocXacThucVoiVNeID", default=False)
    paid_online: str = _wire("DuocThanhToanTrucTuyen", codes="payments", default="none")
    refused_at: datetime | None = _wire("NgayTuChoi", default=None)
    submitted_at: datetime = _wire("NgayNopHoSo")
    identities: tuple[Identity, ...] = _wire("DinhDanhCHS", default=())
    databases: tuple[Database, ...] = _wire("DSKetNoiCSDL", default=())
    papers: tuple[SubmittedPaper, ...] = _wire("TaiLieuNop", default=())
    fees: tuple[FeeLine, ...] = _wire("DanhSachLePhi", default=())
    attachments: tuple[OtherAttachment, ...] = _wire("DanhSachTepDinhKemKhac", default=())
    supplements: tuple[SupplementRound, ...] = _wire("DanhSachHoSoBoSung", default=())
    results: tuple[ResultPaper, ...] = _wire("DanhSachGiayToKetQua", default=())


@attrs.frozen(kw_only=True)
class ProgressRecord:
    """One line of ``CapNhatTienDoHoSoMC``."""

    code: str = _wire("MaHoSo")
    actor: str = _wire("NguoiXuLy")
    position: str | None = _wire("ChucDanh", default=None)
    at: datetime = _wire("ThoiDiemXuLy")
    unit: str | None = _wire("PhongBanXuLy", default=None)
    content: str = _wire("NoiDungXuLy")
    status: str = _wire("TrangThai")
    started_at: datetime | None = _wire("NgayBatDau", default=None)
    due: datetime | None = _wire("NgayKetThucTheoQuyDinh", default=None)


@attrs.frozen(kw_only=True)
class ConnectRecord:
    """A dossier as the 2026 gateway's ``NoiHoSo`` carries it, as far as its fields were seen."""

    code: str = _wire("MaHoSo")
    procedure: str = _wire("MaTTHC")
    service: str = _wire("MaDichVuCong")
    applicant: str = _wire("ChuHoSo")
    applicant_kind: str = _wire("LoaiDoiTuong", codes="applicants")
    receiving_unit: str = _wire("MaDonViTiepNhan")
    submitted_at: datetime = _wire("NgayNop")
    received_at: datetime | None = _wire("NgayTiepNhan", default=None)


SERVICES: Final[dict[str, type]] = {
    "DongBoHoSoMC": SyncRecord,
    "CapNhatTienDoHoSoMC": ProgressRecord,
    "NoiHoSo": ConnectRecord,
}
Record = SyncRecord | ProgressRecord | ConnectRecord


def encode(records: Iterable[Record], to: Peer, *, updating: bool | None = None) -> dict[str, Any]:
    """Return the message that carries *records*, all of one kind, in the codes of the peer *to*.

    >>> from datetime import datetime
    >>> line = ProgressRecord(code="H26-260212-0001", actor="Lan", content="Tiếp nhận", status="2",
    ...     at=datetime.fromisoformat("2026-02-12T09:30+07:00"))
    >>> encode([line], peer("opencps"))["data"][0]["ThoiDiemXuLy"]
    '20260212093000'

    Args:
        records: What to send.
        to: Who reads it.
        updating: For ``DongBoHoSoMC``: whether the peer has the dossier already.

    Raises:
        InvalidValueError: no record, records of different kinds, or a word for which the peer has no code.
    """
    given = tuple(records)
    kinds = {type(record) for record in given}
    service = next((name for name, kind in SERVICES.items() if kinds == {kind}), None)
    if service is None:
        raise InvalidValueError.of(
            "records",
            sorted(kind.__name__ for kind in kinds),
            vi="các bản ghi cùng một loại",
            en="records, all of one kind",
        )
    message: dict[str, Any] = {"service": service}
    if updating is not None:
        message["isUpdating"] = "true" if updating else "false"
    message["data"] = [_encoded(record, to) for record in given]
    return message


def _encoded(record: Any, to: Peer) -> dict[str, Any]:
    wire: dict[str, Any] = {}
    for field in _fields(type(record)):
        value, codes = getattr(record, field.name), field.metadata["codes"]
        if value is None:
            continue
        if codes is not None:
            table: dict[str, str] = getattr(to, codes)
            if value not in table:
                known = ", ".join(table)
                raise InvalidValueError.of(
                    field.name, value, vi=f"một trong: {known} ({to.name})", en=f"one of: {known} ({to.name})"
                )
            value = table[value]
        elif isinstance(value, bool):
            value = "1" if value else "0"
        elif isinstance(value, datetime):
            value = aware(value, field.name).strftime(_MOMENT)
        elif isinstance(value, tuple):
            value = [_encoded(each, to) for each in getattr(record, field.name)]
        wire[field.metadata["wire"]] = value
    return wire


def decode(message: Mapping[str, Any], sender: Peer, *, source: str | None = None) -> tuple[Record, ...]:
    """Return the records of a *message* in the codes of its *sender*; ``decode(encode(x, p), p) == x``.

    Raises:
        InvalidDocumentError: it breaks the schema ``portal-messages``, or holds a time or a code that cannot be
            read: every place at once.
    """
    ensure_valid(message, "portal-messages", source=source)
    kind, problems = SERVICES[message["service"]], list[Problem]()
    rows = [_decoded(row, kind, sender, f"$.data[{n}]", problems) for n, row in enumerate(message["data"])]
    if problems:
        raise InvalidDocumentError(problems=tuple(problems), source=source)
    return tuple(kind(**row) for row in rows)


def _fields(kind: Any) -> tuple[Any, ...]:
    return tuple(attrs.fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decoded(row: Mapping[str, Any], kind: type, sender: Peer, path: str, problems: list[Problem]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in _fields(kind):
        name, codes, hint = field.metadata["wire"], field.metadata["codes"], _hints(kind)[field.name]
        place = f"{path}.{name}"
        if name not in row:
            continue
        given = row[name]
        if codes is not None:
            words = {code: word for word, code in getattr(sender, codes).items()}
            if given not in words:
                known = ", ".join(words)
                problems.append(_problem(place, "code", f"{given!r}: cần {known}", f"{given!r}: expected {known}"))
            values[field.name] = words.get(given)
        elif typing.get_origin(hint) is tuple:
            part = typing.get_args(hint)[0]
            parts = [_decoded(each, part, sender, f"{place}[{n}]", problems) for n, each in enumerate(given)]
            values[field.name] = () if problems else tuple(part(**each) for each in parts)
        elif hint is bool:
            values[field.name] = given == "1"
        elif datetime in ((hint,) if not isinstance(hint, types.UnionType) else typing.get_args(hint)):
            values[field.name] = _moment(given, place, problems)
        else:
            values[field.name] = given
    return values


def _moment(text: str, path: str, problems: list[Problem]) -> datetime | None:
    try:
        parts = (text[:4], *(text[n : n + 2] for n in range(4, 14, 2)))  # strptime reads other digits too
        return datetime(*(int(part) for part in parts), tzinfo=HO_CHI_MINH)  # type: ignore[misc, arg-type]
    except ValueError:
        problems.append(
            _problem(path, "moment", f"{text!r}: không có thời điểm này", f"{text!r}: there is no such moment")
        )
        return None


def _problem(path: str, rule: str, vi: str, en: str) -> Problem:
    return Problem(path=path, rule=f"portal/{rule}", text=Text(vi=vi, en=en))
