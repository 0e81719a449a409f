"""What a dossier was opened with."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, cast

import attrs

from onestop_core.dossier.events.fields import (
    CREATED,
    LONGEST_NAME,
    channel_of,
    flag_of,
    invalid,
    papers_of,
    text_of,
)
from onestop_core.dossier.lifecycle.policies import NO_POLICY, Policy
from onestop_core.errors import InvalidValueError
from onestop_core.model import Channel, DossierCode
from onestop_core.text import Text, shown
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FiledBy", "FilingScope", "Opening"]


class FiledBy(enum.StrEnum):
    """Who files (Decree 118/2025/NĐ-CP, art. 15): an attribute of the filing, whatever the channel."""

    APPLICANT = "applicant"
    AUTHORISED_PERSON = "authorised_person"
    HIRED_SERVICE = "hired_service"


class FilingScope(enum.StrEnum):
    """How far the place of filing is free of administrative boundaries (art. 3(6), 14)."""

    NONE = "none"
    """It is filed where its authority is."""
    PROVINCE = "province"
    """At any desk of the province."""
    NATION = "nation"
    """At any desk of the country (since 5 August 2026)."""


def _code(value: DossierCode | str) -> str:
    return _name("id", value.text if isinstance(value, DossierCode) else value)


def _name(what: str, value: object) -> str:
    return text_of(CREATED, value, what, LONGEST_NAME)


def _procedure(value: str) -> str:
    return _name("procedure", value)


def _lifecycle(value: str) -> str:
    return _name("lifecycle", value)


def _version(value: str | None) -> str | None:
    return None if value is None else _name("procedure_version", value)


def _receiving(value: str | None) -> str | None:
    return None if value is None else _name("receiving_unit", value)


def _competent(value: str | None) -> str | None:
    return None if value is None else _name("competent_unit", value)


def _support(value: str | None) -> str | None:
    return None if value is None else _name("support_unit", value)


def _required(value: Iterable[str]) -> tuple[str, ...]:
    return papers_of(CREATED, value, "required_papers")


def _published(value: Iterable[str]) -> tuple[str, ...]:
    return papers_of(CREATED, value, "published_papers")


def _filed_by(value: Channel | str) -> Channel:
    return channel_of(CREATED, value)


def _held(value: Iterable[str]) -> tuple[str, ...]:
    return papers_of(CREATED, value, "database_papers")


def _filer(value: FiledBy | str) -> FiledBy:
    return value if type(value) is FiledBy else FiledBy(_one_of("filed_by", value, FiledBy))


def _reach(value: FilingScope | str) -> FilingScope:
    return value if type(value) is FilingScope else FilingScope(_one_of("non_territorial", value, FilingScope))


def _one_of(what: str, value: object, kind: type[enum.StrEnum]) -> str:
    known = [each.value for each in kind]
    if not isinstance(value, str) or value not in known:
        raise invalid(CREATED, InvalidValueError.one_of(what, value, known).message)
    return value


def _other_level(value: bool) -> bool:
    return flag_of(CREATED, value, "other_level")


def _about(value: Iterable[str]) -> tuple[str, ...]:
    return papers_of(CREATED, value, "about")


def _policy(value: Policy | None) -> Policy:
    if value is None:
        return NO_POLICY
    if not isinstance(cast("object", value), Policy):
        raise invalid(
            CREATED, Text(vi=f"policy: {shown(value)} không phải Policy", en=f"policy: {shown(value)} is no Policy")
        )
    return value


@attrs.frozen(kw_only=True, repr=False)
class Opening:
    """What a dossier is from its first moment on, and never changes: carried by the ``created`` event.

    >>> Opening(id="H26.12-260212-0001", procedure="1.004222", channel="online", lifecycle="vn@decree-118-2025")
    <Opening H26.12-260212-0001 1.004222>

    Raises:
        InvalidEventError: an empty or overlong text, or an unknown channel.
    """

    id: str = attrs.field(converter=_code)
    """The host's name for the dossier: its code or any other text."""
    procedure: str = attrs.field(converter=_procedure)
    """Code of the procedure."""
    procedure_version: str | None = attrs.field(default=None, converter=_version)
    """The edition of the procedure that applies, as the host names it."""
    channel: Channel = attrs.field(converter=_filed_by)
    """How it came in."""
    lifecycle: str = attrs.field(converter=_lifecycle)
    """Reference of the lifecycle edition pinned on the dossier, such as ``vn@decree-118-2025``."""
    policy: Policy = attrs.field(default=NO_POLICY, converter=_policy)
    """Where the procedure's own rules differ from the lifecycle's."""
    receiving_unit: str | None = attrs.field(default=None, converter=_receiving)
    """The unit whose desk takes it in. To help with a dossier, or to receive it, gives no power to decide it."""
    competent_unit: str | None = attrs.field(default=None, converter=_competent)
    """The authority that decides."""
    support_unit: str | None = attrs.field(default=None, converter=_support)
    """The point that helped the applicant to file; on record, with no power over the dossier."""
    required_papers: tuple[str, ...] = attrs.field(default=(), converter=_required)
    """The papers without which it is not received; none: not judged here."""
    published_papers: tuple[str, ...] = attrs.field(default=(), converter=_published)
    """Every paper that may be asked for, the required ones apart; with neither list, any."""
    database_papers: tuple[str, ...] = attrs.field(default=(), converter=_held)
    """The papers whose content a database holds: they may not be demanded, but for the reasons that the law names."""
    filed_by: FiledBy = attrs.field(default=FiledBy.APPLICANT, converter=_filer)
    """Who files it."""
    non_territorial: FilingScope = attrs.field(default=FilingScope.NONE, converter=_reach)
    """Whether it is filed without regard to administrative boundaries."""
    other_level: bool = attrs.field(default=False, converter=_other_level)
    """Whether the competent authority is of another level than the desk that receives it, such as a commune's desk for
    the province."""
    about: tuple[str, ...] = attrs.field(default=(), converter=_about)
    """The dossiers that it is about, by the host's names for them: of feedback, a complaint, a request."""

    def __repr__(self) -> str:
        return f"<Opening {line(self.id)} {line(self.procedure)}>"
