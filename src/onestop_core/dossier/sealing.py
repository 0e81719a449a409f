"""Tamper evidence: a chain of hashes over the log of events.

Each link is the SHA-256 of the link before and of the event as canonical JSON (RFC 8785), in hexadecimal; the
first one hangs on nothing. Whoever keeps the last link, and nothing else, can tell whether an event was changed,
dropped, added or moved. A chain proves no authorship: for that the last link is signed, with means of the host.

A chain may be *salted*. Then a personal field (``data/vn/event-rows``) hangs in it not as it is but by its commitment: the
SHA-256 of 32 bytes of salt and of the value. The salts go with the log. Without value and salt the commitment tells
nothing, and the chain still holds: that is how a field is redacted.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.dossier.events.event import Event
from onestop_core.dossier.events.redacted import digest_of
from onestop_core.dossier.events.rows import Version, row_table, written
from onestop_core.dossier.lifecycle.editions import event_name
from onestop_core.errors import InvalidEventError, InvalidValueError
from onestop_core.errors.steps import NO_EVENT
from onestop_core.model import FrozenMap
from onestop_core.model.series import each_of
from onestop_core.rules.converter import unstructure
from onestop_core.rules.reading.documents import inspect
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ALGORITHM", "SALTED", "canonical", "commitment", "ensure_sealed", "salts", "salts_of", "seal"]

ALGORITHM: Final = "sha-256/rfc-8785"
"""How the links are made, as logs name it."""
SALTED: Final = "sha-256/rfc-8785/salted"
"""The same, with commitments in place of personal fields."""

_LEAST_KEY: Final = 16
"""Fewest bytes of a key from which salts are derived."""


def canonical(value: Any) -> bytes:
    """Return *value*, JSON types without floating-point numbers, as canonical JSON (RFC 8785).

    >>> canonical({"kind": "received", "at": "2026-02-12T09:30:00+07:00", "papers": ["Đơn"]}).decode()
    '{"at":"2026-02-12T09:30:00+07:00","kind":"received","papers":["Đơn"]}'

    The members of an event are named in ASCII, for which the order of code points is the order of RFC 8785; its
    numbers are small integers, and amounts and times are text, so that no rule about floating point is needed.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def commitment(salt: str, value: object) -> str:
    """Return what a salted chain holds of *value*, a text or other JSON: SHA-256 of the bytes of *salt* and of canonical JSON.

    >>> commitment("00" * 32, "Nguyễn Văn An") == commitment("00" * 32, "Nguyễn Văn An")
    True

    Raises:
        InvalidValueError: the salt is not 32 bytes in hexadecimal, or the value has no form in JSON.
    """
    if inspect(value):
        raise InvalidValueError.of("value", value, vi="giá trị có dạng JSON", en="a value that has a form in JSON")
    return hashlib.sha256(bytes.fromhex(digest_of(salt, "salt")) + canonical(value)).hexdigest()


def salts(events: Iterable[Event], *, key: bytes) -> tuple[FrozenMap[str, str], ...]:
    """Return a salt for each personal field that *events*, a whole log, say: derived from a secret *key*.

    A salt is the HMAC-SHA256, under the key, of the dossier, the number of the event and the field, so that the
    chain of a log that grew is the old chain with more links. Who holds the key can make the salts again and so try
    values against a commitment: keep it apart from the logs, best one for each dossier, and destroy it with what was
    redacted. Whoever would rather draw salts hands over a tuple of his own, made of 32 random bytes each
    (``secrets.token_hex(32)``).

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> d = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.004222", channel="online", at=at, actor="An")
    >>> [sorted(each) for each in salts(d.events, key=b"a secret of sixteen bytes or more")]
    [['actor']]

    Raises:
        InvalidValueError: the key is not bytes, or shorter than 16.
    """
    if not isinstance(cast("object", key), bytes) or len(key) < _LEAST_KEY:
        # The key itself is told to nobody.
        raise InvalidValueError.of(
            "key", type(key).__name__, vi=f"khóa bí mật, ít nhất {_LEAST_KEY} byte", en=f"at least {_LEAST_KEY} bytes"
        )
    made: list[FrozenMap[str, str]] = []
    code: str | None = None
    for number, event in enumerate(each_of(events, Event, "events")):
        code = event.opening.id if event.opening is not None else code
        said = [row.field for row in row_table().personal if getattr(event, row.field) is not None]
        made.append(FrozenMap({name: _derived(key, [code, number, name]) for name in said}))
    return tuple(made)


def _derived(key: bytes, what: list[Any]) -> str:
    return hmac.new(key, canonical(["onestop-core/salt", *what]), hashlib.sha256).hexdigest()


def salts_of(values: object, events: int) -> tuple[FrozenMap[str, str], ...]:
    """Return *values* as the salts of a log of so many *events*: for each, a salt by the name of its field.

    Raises:
        InvalidValueError: they are something else.
    """
    given = values
    rows = tuple(cast("Sequence[object]", values)) if isinstance(values, tuple | list) else ()
    if len(rows) != events or not all(isinstance(row, Mapping) for row in rows):
        raise InvalidValueError.of(
            "salts", given, vi=f"{events} ánh xạ từ trường đến muối", en=f"{events} mappings of fields to salts"
        )
    named = {row.field for row in row_table().personal}
    made: list[FrozenMap[str, str]] = []
    for row in cast("tuple[Mapping[object, object], ...]", rows):
        items = dict(row)
        for name in items.keys() - named:
            raise InvalidValueError.one_of("salts", name, sorted(named))
        made.append(FrozenMap({cast("str", name): digest_of(salt, "salt") for name, salt in items.items()}))
    return tuple(made)


def seal(events: Iterable[Event], *, salts: Iterable[Mapping[str, str]] | None = None) -> tuple[str, ...]:
    """Return the chain over *events*: one link an event, in hexadecimal. With *salts*, a salted chain.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> d = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.004222", channel="online", at=at)
    >>> [link[:16] for link in seal(d.events)]
    ['...']

    Raises:
        InvalidValueError: *salts* are not a mapping for each event, or salt a field that the event does not say.
    """
    log = tuple(each_of(events, Event, "events"))
    given = None if salts is None else salts_of(salts, len(log))
    links: list[str] = []
    link = ""
    for number, event in enumerate(log):
        said = _row(event) if given is None else _salted(event, given[number])
        link = hashlib.sha256(link.encode() + canonical(said)).hexdigest()
        links.append(link)
    return tuple(links)


def _row(event: Event) -> dict[str, Any]:
    row = event.to_dict()
    row.pop("schema_version", None)
    return row


def _salted(event: Event, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what a salted chain holds of *event*; its fields by the names of the version in which it is written."""
    made = {name: each.commitment for name, each in event.redacted.items()}
    for name, salt in given.items():
        value = getattr(event, name)
        if value is None:
            raise InvalidValueError.of("salts", name, vi="trường mà sự kiện có nêu", en="a field that the event says")
        made[name] = commitment(salt, unstructure(value))
    version = Version.of(event.schema_version)
    assert version is not None  # it was read when the event was made
    row, salted = _row(event), written(made, version)
    row.pop("redacted", None)
    return {"event": {name: value for name, value in row.items() if name not in salted}, "salted": salted}


def ensure_sealed(
    events: Sequence[Event],
    links: Sequence[str] | None,
    *,
    salts: Iterable[Mapping[str, str]] | None = None,
    last_link: str | None = None,
) -> None:
    """Raise if *events* are not those over which the chain *links* was made, or the chain does not end as it should.

    Args:
        events: The log.
        links: Its chain; None: only its last link is known.
        salts: Of a salted chain.
        last_link: The last link as it was kept elsewhere. A chain that goes with its log can be made anew with it, or
            be cut off with it; this tells.

    Raises:
        InvalidEventError: at the first event that was changed, dropped, added or moved; or the log is cut off,
            replaced, or has gone on since.
        InvalidValueError: *links*, *salts* or *last_link* are something else.
    """
    made = seal(events, salts=salts)
    if links is not None:
        _ensure_chain(events, made, links)
    if last_link is not None and [digest_of(last_link, "last_link")] != [*made[-1:]]:
        raise _broken(events[-1] if events else None, _otherwise(made, last_link))


def _broken(event: Event | None, reason: Text) -> InvalidEventError:
    if event is None:
        return InvalidEventError(event=NO_EVENT, reason=reason)
    return InvalidEventError(event=event.kind, reason=reason, event_name=event_name(event.kind))


def _otherwise(made: tuple[str, ...], last_link: str) -> Text:
    if last_link in made:
        more = len(made) - 1 - made.index(last_link)
        return Text(
            vi=f"mắt xích đã giữ khớp với nhật ký, nhưng sau đó nhật ký có thêm {more} sự kiện",
            en=f"the link that was kept is in the chain, and the log has gone on since by {more} events",
        )
    return Text(
        vi="nhật ký không kết thúc bằng mắt xích đã giữ: bị cắt bớt hoặc bị thay thế",
        en="the log does not end with the link that was kept: it was cut off or replaced",
    )


def _ensure_chain(events: Sequence[Event], made: tuple[str, ...], links: Sequence[str]) -> None:
    if not isinstance(cast("object", links), tuple | list):
        raise InvalidValueError.of("seal", links, vi="dãy mắt xích của chuỗi băm", en="the links of a seal")
    for number, (event, link) in enumerate(zip(events, made, strict=True)):
        if number >= len(links) or links[number] != link:
            words = Text(
                vi=f"sự kiện thứ {number} không khớp chuỗi băm niêm phong của nhật ký",
                en=f"event number {number} does not match the seal of the log",
            )
            raise _broken(event, words)
    if len(links) > len(made):
        words = Text(
            vi=f"chuỗi băm niêm phong có {len(links)} sự kiện, nhật ký chỉ có {len(made)}",
            en=f"the seal covers {len(links)} events, the log has {len(made)}",
        )
        raise _broken(events[-1] if events else None, words)
