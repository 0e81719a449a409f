"""From what a catalogue quotes to what a dossier needs: its channel and its time limit."""

from __future__ import annotations

from typing import Final

from onestop_core.catalogue.quotes import Quote
from onestop_core.catalogue.values.codes import ChannelKind
from onestop_core.errors import InvalidValueError
from onestop_core.model import Channel, TimeLimit
from onestop_core.model.series import instance

__all__ = ["channel_of", "limit_for"]

_CHANNELS: Final = {
    ChannelKind.IN_PERSON: Channel.IN_PERSON,
    ChannelKind.POST: Channel.POST,
    ChannelKind.ONLINE: Channel.ONLINE,
    ChannelKind.ONLINE_PARTIAL: Channel.ONLINE,
    ChannelKind.ONLINE_FULL: Channel.ONLINE,
}


def channel_of(kind: ChannelKind | str) -> Channel:
    """Return the channel of a dossier that is handed in the way that a catalogue calls *kind*.

    >>> channel_of("online_full").value
    'online'

    Raises:
        InvalidValueError: a catalogue knows no such way.
    """
    return _CHANNELS[ChannelKind.of(kind, "kind")]


def limit_for(quote: Quote, channel: Channel | str) -> TimeLimit:
    """Return the time limit that *quote* gives for a dossier that comes in by *channel*.

    At a kiosk one files online. Where a procedure may be filed online in part and as a whole, both must have the same limit.

    >>> from onestop_core import catalogue
    >>> residence = catalogue.quote(catalogue.shipped()["1.004222"], {"case": "owner"})
    >>> str(limit_for(residence, "in_person"))
    '7 working days'

    Raises:
        InvalidValueError: no limit is stated for that channel, or several that differ.
    """
    offered = instance(quote, Quote, "quote").limits
    wanted = Channel.of(channel, "channel")
    by_channel: dict[Channel, list[TimeLimit | None]] = {}
    for each in offered:
        by_channel.setdefault(_CHANNELS[each.channel], []).append(each.time_limit)
    found = set(by_channel.get(Channel.ONLINE if wanted.is_online else wanted, ()))
    if len(found) == 1 and (limit := found.pop()) is not None:
        return limit
    stated = ", ".join(
        f"{name.value}: {limit}" for name, limits in by_channel.items() for limit in limits if limit is not None
    )
    raise InvalidValueError.of(
        "channel",
        channel,
        vi=f"hình thức nộp hồ sơ có đúng một thời hạn; đã nêu: {stated or 'không có'}",
        en=f"a channel with one time limit; stated: {stated or 'none'}",
    )
