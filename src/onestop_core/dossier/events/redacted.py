"""What stands in an event where a personal field was taken out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model import aware
from onestop_core.model.words import plain_text

__all__ = ["Redacted", "digest_of"]

_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST: Final = 4_000


def digest_of(value: object, what: str) -> str:
    """Return *value* if it is 32 bytes in lower-case hexadecimal, as a link, a salt or a commitment is.

    Raises:
        InvalidValueError: it is something else.
    """
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise InvalidValueError.of(
            what, value, vi="64 ký tự thập lục phân chữ thường", en="64 lower-case hexadecimal digits"
        )
    return str.__str__(value)


def _commitment(value: str) -> str:
    return digest_of(value, "commitment")


def _at(value: datetime) -> datetime:
    return aware(cast("object", value), "at")


def _ground(value: str) -> str:
    return plain_text(value, "ground", longest=_LONGEST)


@attrs.frozen(kw_only=True)
class Redacted:
    """The record of a redaction: the field said something, to which the seal is still bound, and which is gone.

    Raises:
        InvalidValueError: no commitment of 64 hexadecimal digits, a naive moment, or no ground.
    """

    commitment: str = attrs.field(converter=_commitment)
    """SHA-256 of the salt that went with the value, and of the value."""
    at: datetime = attrs.field(converter=_at)
    """When it was taken out."""
    ground: str = attrs.field(converter=_ground)
    """On what ground, such as the provision or the request."""
