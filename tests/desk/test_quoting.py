"""From a quote to a dossier: one channel, one limit, or a refusal that says what is stated."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_core import catalogue, desk
from onestop_core.catalogue.values.codes import ChannelKind
from onestop_core.errors import InvalidValueError
from onestop_core.model import Channel, TimeLimit
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure


def quoted(*channels: dict[str, Any]) -> catalogue.quotes.Quote:
    made = procedure(channels=list(channels))
    return catalogue.quote(catalogue.load(document(made))[made["code"]], {"case": None})


def channel(kind: str, *times: str) -> dict[str, Any]:
    return {"kind": kind, "limits": [{"time": time} for time in times]}


def test_each_way_of_the_catalogue_is_a_channel_of_dossiers() -> None:
    assert {kind.value: desk.channel_of(kind).value for kind in ChannelKind} == {
        "in_person": "in_person",
        "post": "post",
        "online": "online",
        "online_partial": "online",
        "online_full": "online",
    }
    with pytest.raises(InvalidValueError):
        desk.channel_of("pigeon")


def test_the_limit_is_that_of_the_channel() -> None:
    quote = quoted(channel("in_person", "05 ngày làm việc"), channel("online_full", "03 ngày làm việc"))
    assert desk.limit_for(quote, "in_person") == TimeLimit.parse("5 working days")
    assert desk.limit_for(quote, Channel.ONLINE) == TimeLimit.parse("3 working days")
    assert desk.limit_for(quote, "kiosk") == TimeLimit.parse("3 working days")


def test_a_quote_says_its_limits_in_the_language_asked_for() -> None:
    unread = {"kind": "post", "limits": [{"without_time": "not_prescribed"}]}
    limits = quoted(channel("in_person", "7 working days"), unread).to_dict(language="vi")["limits"]
    assert [(each["time"], each["text"]) for each in limits] == [("7 working days", "07 ngày làm việc"), (None, None)]


def test_what_is_not_stated_or_differs_is_refused_with_what_is_stated() -> None:
    quote = quoted(channel("in_person", "5 working days"), channel("online_full", "3 days"))
    with pytest.raises(InvalidValueError, match="in_person: 5 working days, online: 3 days"):
        desk.limit_for(quote, "post")
    both = quoted(channel("online_full", "3 days"), channel("online_partial", "4 days"))
    with pytest.raises(InvalidValueError, match="one time limit"):
        desk.limit_for(both, "online")
    same = quoted(channel("online_full", "3 days"), channel("online_partial", "3 days"))
    assert str(desk.limit_for(same, "online")) == "3 days"
    nothing = quoted({"kind": "in_person", "limits": [{"without_time": "not_prescribed"}]})
    with pytest.raises(InvalidValueError, match="stated: none"):
        desk.limit_for(nothing, "in_person")
