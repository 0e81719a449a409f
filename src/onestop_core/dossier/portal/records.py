"""The records of the synchronisation messages: one class to a message or a part of one, each field with its wire name.

Services of the classic integration: ``DongBoHoSoMC`` (dossiers) and ``CapNhatTienDoHoSoMC`` (progress); of a
ministry's gateway of 2026: ``NoiHoSo``. Fields and which of them are required were observed in running systems.
``repr`` shows codes and moments only: the rest speaks of people.
"""

# ruff: noqa: RUF009 - the call makes an attrs field
from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "SERVICES",
    "ConnectRecord",
    "Database",
    "FeeLine",
    "Identity",
    "OtherAttachment",
    "ProgressRecord",
    "Record",
    "ResultPaper",
    "SubmittedPaper",
    "SupplementRound",
    "SyncRecord",
]


_PUBLIC: Final = frozenset(
    {"MaHoSo", "MaTTHC", "MaLinhVuc", "TrangThaiHoSo", "TrangThai", "NgayTiepNhan", "NgayHenTra"}
)
"""What ``repr`` may show."""


def _wire(name: str, *, codes: str | None = None, default: Any = attrs.NOTHING) -> Any:
    """Return a field that is called *name* on the wire, its values being *codes* of the peer if that is given."""
    return attrs.field(default=default, repr=name in _PUBLIC, metadata={"wire": name, "codes": codes})


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


SERVICES: Final[Mapping[str, type]] = MappingProxyType(
    {"DongBoHoSoMC": SyncRecord, "CapNhatTienDoHoSoMC": ProgressRecord, "NoiHoSo": ConnectRecord}
)
"""The service that carries each kind of record."""
Record = SyncRecord | ProgressRecord | ConnectRecord
