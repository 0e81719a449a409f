"""The codes of a catalogue, each with its words: levels, scopes, applicants, channels, money, roles."""

from __future__ import annotations

from typing import Final

from onestop_core.rules.wording.values import LimitStart
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = [
    "ApplicantKind",
    "AuthorityLevel",
    "ChannelKind",
    "FeeKind",
    "FeeSetter",
    "LimitStart",
    "NonTerritorial",
    "ProcedureKind",
    "ReceptionWay",
    "ResultForm",
    "ScanExemption",
    "Scope",
    "StepRole",
    "WithoutTime",
]


class AuthorityLevel(Code):
    """Level of the authority that decides."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    COMMUNE = "commune"
    OTHER = "other"
    """Another body (cơ quan khác)."""

    @property
    def label(self) -> Text:
        """The level in words.

        >>> AuthorityLevel.CENTRAL.label.vi
        'cấp bộ'
        """
        return _LEVELS[self]


class Scope(Code):
    """Whose dossiers a receiving place takes."""

    OWN_TERRITORY = "own_territory"
    WHOLE_PROVINCE = "whole_province"
    """Regardless of boundaries inside the province (không phụ thuộc địa giới hành chính)."""
    NATIONWIDE = "nationwide"

    @property
    def label(self) -> Text:
        """Whose dossiers, in words."""
        return _SCOPES[self]


class ApplicantKind(Code):
    """Who may apply: three wide kinds, and those of the national portal."""

    CITIZEN = "citizen"
    """A person, also a foreigner."""
    BUSINESS = "business"
    AGENCY = "agency"
    """An agency or organisation that is no business."""
    VIETNAMESE_CITIZEN = "vietnamese_citizen"
    VIETNAMESE_ABROAD = "vietnamese_abroad"
    FOREIGNER = "foreigner"
    RESIDENT_FOREIGNER = "resident_foreigner"
    OFFICIAL = "official"
    PARTY_MEMBER = "party_member"
    VIETNAMESE_BUSINESS = "vietnamese_business"
    FOREIGN_INVESTED_BUSINESS = "foreign_invested_business"
    COOPERATIVE = "cooperative"
    FOREIGN_ORGANISATION = "foreign_organisation"
    PARTY_ORGANISATION = "party_organisation"

    @property
    def label(self) -> Text:
        """Who, in words.

        >>> ApplicantKind.COOPERATIVE.label.vi
        'hợp tác xã'
        """
        return _APPLICANTS[self]


class ChannelKind(Code):
    """Way to submit."""

    IN_PERSON = "in_person"
    POST = "post"
    ONLINE = "online"
    """Online, without saying how far: what the national portal publishes."""
    ONLINE_PARTIAL = "online_partial"
    """Part of the procedure is online (một phần)."""
    ONLINE_FULL = "online_full"
    """All of it is (toàn trình)."""

    @property
    def label(self) -> Text:
        """The way to submit, in words.

        >>> ChannelKind.ONLINE_PARTIAL.label.vi
        'trực tuyến một phần'
        """
        return _CHANNELS[self]


class FeeKind(Code):
    """What the law calls the money."""

    FEE = "fee"
    """Phí: pays for a service."""
    CHARGE = "charge"
    """Lệ phí: a fixed sum for an act of administration."""
    PRICE = "price"
    """Giá dịch vụ: the price of a service."""


class FeeSetter(Code):
    """Who sets an amount that the procedure itself does not give."""

    PROVINCE = "province"
    """The provincial people's council."""
    MINISTRY = "ministry"
    AGREEMENT = "agreement"


class WithoutTime(Code):
    """Why a limit has no time."""

    NOT_PRESCRIBED = "not_prescribed"
    """The law prescribes none (không quy định)."""
    BY_EVENT = "by_event"
    """It ends with an event, such as the departure of a ship."""


class ProcedureKind(Code):
    """Kind of procedure (loại thủ tục), as the national portal has it."""

    DELEGATED = "delegated"
    """Detailed by delegation of a law."""
    NOT_DELEGATED = "not_delegated"
    """Not delegated by law to localities."""
    OTHER = "other"


class NonTerritorial(Code):
    """Where a dossier is received whatever the territory."""

    PROVINCE = "province"
    NATION = "nation"


class ReceptionWay(Code):
    """Where a dossier is received, if not at a desk (Decree 118/2025, art. 14(3))."""

    MOBILE = "mobile"
    ON_SITE = "on_site"
    ELECTRONIC_ONLY = "electronic_only"


class ResultForm(Code):
    """In which form a result is given (Decree 118/2025, art. 22(1))."""

    BOTH = "both"
    ELECTRONIC = "electronic"
    PAPER = "paper"


class ScanExemption(Code):
    """Why a paper need not be scanned (Circular 03/2025/TT-VPCP, art. 5(2), from secondary evidence)."""

    FILED_ELECTRONICALLY = "filed_electronically"
    SHOWN_ONLY = "shown_only"
    VERIFICATION = "verification"
    SECRET = "secret"  # noqa: S105 - a state secret


class StepRole(Code):
    """Who acts in a step."""

    APPLICANT = "applicant"
    RECEIVING_OFFICER = "receiving_officer"
    SPECIALIST = "specialist"
    UNIT_LEADER = "unit_leader"
    AUTHORITY_LEADER = "authority_leader"
    CLERK = "clerk"
    RETURNING_OFFICER = "returning_officer"


_LEVELS: Final = {
    AuthorityLevel.CENTRAL: Text(vi="cấp bộ", en="central"),
    AuthorityLevel.PROVINCIAL: Text(vi="cấp tỉnh", en="provincial"),
    AuthorityLevel.COMMUNE: Text(vi="cấp xã", en="commune"),
    AuthorityLevel.OTHER: Text(vi="cơ quan khác", en="another body"),
}
_SCOPES: Final = {
    Scope.OWN_TERRITORY: Text(vi="trong địa bàn", en="its own territory"),
    Scope.WHOLE_PROVINCE: Text(vi="toàn tỉnh, không phụ thuộc địa giới hành chính", en="the whole province"),
    Scope.NATIONWIDE: Text(vi="toàn quốc, không phụ thuộc địa giới hành chính", en="the whole country"),
}
_APPLICANTS: Final = {
    ApplicantKind.CITIZEN: Text(vi="cá nhân", en="citizen"),
    ApplicantKind.BUSINESS: Text(vi="doanh nghiệp", en="business"),
    ApplicantKind.AGENCY: Text(vi="cơ quan, tổ chức", en="agency or organisation"),
    ApplicantKind.VIETNAMESE_CITIZEN: Text(vi="công dân Việt Nam", en="Vietnamese citizen"),
    ApplicantKind.VIETNAMESE_ABROAD: Text(vi="người Việt Nam định cư ở nước ngoài", en="Vietnamese living abroad"),
    ApplicantKind.FOREIGNER: Text(vi="người nước ngoài", en="foreigner"),
    ApplicantKind.RESIDENT_FOREIGNER: Text(
        vi="người nước ngoài cư trú tại Việt Nam", en="foreigner resident in Vietnam"
    ),
    ApplicantKind.OFFICIAL: Text(vi="cán bộ, công chức, viên chức", en="official, civil servant or public employee"),
    ApplicantKind.PARTY_MEMBER: Text(vi="đảng viên", en="party member"),
    ApplicantKind.VIETNAMESE_BUSINESS: Text(vi="doanh nghiệp Việt Nam", en="Vietnamese business"),
    ApplicantKind.FOREIGN_INVESTED_BUSINESS: Text(
        vi="doanh nghiệp có vốn đầu tư nước ngoài", en="business with foreign capital"
    ),
    ApplicantKind.COOPERATIVE: Text(vi="hợp tác xã", en="cooperative"),
    ApplicantKind.FOREIGN_ORGANISATION: Text(vi="tổ chức nước ngoài", en="foreign organisation"),
    ApplicantKind.PARTY_ORGANISATION: Text(vi="tổ chức Đảng", en="party organisation"),
}
_CHANNELS: Final = {
    ChannelKind.IN_PERSON: Text(vi="trực tiếp", en="in person"),
    ChannelKind.POST: Text(vi="dịch vụ bưu chính công ích", en="post"),
    ChannelKind.ONLINE: Text(vi="trực tuyến", en="online"),
    ChannelKind.ONLINE_PARTIAL: Text(vi="trực tuyến một phần", en="partly online"),
    ChannelKind.ONLINE_FULL: Text(vi="trực tuyến toàn trình", en="fully online"),
}
