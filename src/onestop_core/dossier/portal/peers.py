"""The systems at the other end: the code tables of each, as data."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.model import Basis, FrozenMap
from onestop_core.model.series import mapping_of, members
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Peer", "load_peer", "peer", "peers"]


def _codes(value: Mapping[str, str]) -> FrozenMap[str, str]:
    return mapping_of(value, str, "codes")


@attrs.frozen(kw_only=True)
class Peer:
    """The code tables of one system at the other end: our word to its code."""

    id: str
    revision: int = 1
    title: Text
    channels: FrozenMap[str, str] = attrs.field(converter=_codes, repr=False)
    applicants: FrozenMap[str, str] = attrs.field(converter=_codes, repr=False)
    payments: FrozenMap[str, str] = attrs.field(converter=_codes, repr=False)
    returns: FrozenMap[str, str] = attrs.field(converter=_codes, repr=False)
    basis: Basis = attrs.field(repr=False)


_PEERS: Final = Editions(
    "vn/portal/peers", what=Text(vi="hệ thống kết nối", en="peer"), kind=Peer, schema="portal-peer"
)


def peers() -> tuple[str, ...]:
    """Return the names of the peers whose tables ship.

    >>> peers()
    ('gateway-2026', 'opencps')
    """
    return _PEERS.ids()


def peer(name: str) -> Peer:
    """Return the tables of the peer *name*.

    >>> peer("opencps").applicants["citizen"], peer("gateway-2026").applicants["citizen"]
    ('1', '0')

    Raises:
        UnknownCodeError: no tables of that name ship.
    """
    return _PEERS.pinned(name)


def load_peer(source: str | Path | Mapping[str, Any]) -> Peer:
    """Return the tables of another system, from a JSON file or a parsed document of the schema ``portal-peer``.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema or cites a basis that it does not have.
    """
    return _PEERS.load(source if isinstance(source, str | PathLike) else members(source))
