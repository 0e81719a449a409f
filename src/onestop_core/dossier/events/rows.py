"""The row of an event in a stored log: in which version it was written, what was renamed since, what is personal in it.

The version has two parts. A *minor* version only adds fields: what this library does not know of a newer one is kept as
it came, and written again as it came. A *major* version means something else, and is refused. What was renamed from one
version to the next is a table (``data/vn/event-rows``): a row is read through it, and written again as it was written first,
so that a seal over it still holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import attrs

from onestop_core.errors import Problem, UnsupportedSchemaVersionError
from onestop_core.model import Basis, FrozenMap
from onestop_core.rules.editions import Editions
from onestop_core.rules.once import once
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "FIRST",
    "VERSION",
    "PersonalField",
    "RowTable",
    "Upcast",
    "Version",
    "ensure_readable",
    "row_table",
    "upcast",
    "written",
]

FIRST: Final = "1.0"
"""The version of a row that names none."""
VERSION: Final = "1.1"
"""The version that is written; a test holds it to the table."""

_WRITTEN: Final = re.compile(r"([1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})", re.ASCII)


class Version(NamedTuple):
    """A version of the schema ``event-log``; greater is newer."""

    major: int
    minor: int

    @classmethod
    def of(cls, text: object) -> Version | None:
        """Return the version that *text* names, such as ``1.1``; None: it names none."""
        found = _WRITTEN.fullmatch(text) if isinstance(text, str) else None
        return None if found is None else cls(int(found[1]), int(found[2]))

    @property
    def is_newer(self) -> bool:
        """Whether it may have fields that this library does not know."""
        return self > _PRESENT


_PRESENT: Final = Version(1, 1)


@attrs.frozen(kw_only=True)
class Upcast:
    """What was renamed from one version to the next."""

    earlier: str
    later: str
    kinds: FrozenMap[str, str]
    """New kind of event by old kind."""
    fields: FrozenMap[str, str]
    """New name of a field by its old name."""


@attrs.frozen(kw_only=True)
class PersonalField:
    """A field of an event that may carry personal data: it is sealed by a commitment, so that it can be redacted."""

    field: str
    name: Text
    basis: Basis


@attrs.frozen(kw_only=True)
class RowTable:
    """What is known of the rows of stored logs."""

    id: str
    revision: int = 1
    title: Text
    notes: tuple[Text, ...] = ()
    version: str
    """The version that is written."""
    upcasts: tuple[Upcast, ...]
    """From the first version on, in order."""
    personal: tuple[PersonalField, ...]


def _problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what keeps the upcasts from being followed in order and back: a gap, or two old names for one new."""
    reached = FIRST
    for number, step in enumerate(document["upcasts"]):
        if step["from"] != reached:
            yield Problem(
                path=f"$.upcasts[{number}].from",
                rule="event-rows/order",
                text=Text(vi=f"cần {reached}, nhận {step['from']}", en=f"expected {reached}, got {step['from']}"),
            )
        reached = step["to"]
        for what in ("kinds", "fields"):
            names: Mapping[str, str] = step[what]
            if len({*names, *names.values()}) < 2 * len(names):
                yield Problem(
                    path=f"$.upcasts[{number}].{what}",
                    rule="event-rows/reversible",
                    text=Text(
                        vi="tên cũ và tên mới phải khác nhau từng cặp", en="each old and each new name stands once"
                    ),
                )
    version = document["version"]
    if reached != version:
        yield Problem(
            path="$.upcasts",
            rule="event-rows/order",
            text=Text(vi=f"chưa tới {version}", en=f"they do not lead to {version}"),
        )


_TABLES: Final = Editions(
    "vn/event-rows",
    what=Text(vi="bảng dòng sự kiện", en="table of event rows"),
    kind=RowTable,
    rename={"from": "earlier", "to": "later"},
    check=_problems,
    schema="event-rows",
)


@once
def row_table() -> RowTable:
    """Return the table that ships.

    >>> row_table().version, [each.field for each in row_table().personal]
    ('1.1', ['actor', 'to_actor', 'reason', 'ground', 'fault', 'apology', 'invitation'])
    """
    return _TABLES.pinned("event-rows")


def ensure_readable(version: object, *, source: str | None = None) -> Version | None:
    """Return the version that *version* names; None where it names none, which is for the schema to say.

    Raises:
        UnsupportedSchemaVersionError: a major version that is not ours.
    """
    found = Version.of(version)
    if found is not None and found.major != _PRESENT.major:
        text = Text(
            vi=f"phiên bản {shown(version)} của lược đồ không đọc được", en=f"cannot read version {shown(version)}"
        )
        raise UnsupportedSchemaVersionError(
            problems=(Problem(path="$.schema_version", rule="schema/version", text=text),),
            source=source,
            found=str(version),
            supported=tuple(f"1.{minor}" for minor in range(_PRESENT.minor + 1)),
        )
    return found


def upcast(row: Mapping[str, Any], version: Version) -> dict[str, Any]:
    """Return a *row* that was written in *version* by the names of today."""
    named = dict(row)
    for step in row_table().upcasts:
        if version < _version(step.later):
            named = _renamed(named, step.kinds, step.fields)
    return named


def written(row: Mapping[str, Any], version: Version) -> dict[str, Any]:
    """Return a *row* with the names of today by those of *version*; undoes :func:`upcast`."""
    named = dict(row)
    for step in reversed(row_table().upcasts):
        if version < _version(step.later):
            named = _renamed(named, _turned(step.kinds), _turned(step.fields))
    return named


def _version(text: str) -> Version:
    found = Version.of(text)
    assert found is not None  # the table was held to its schema
    return found


def _turned(names: Mapping[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


def _renamed(row: dict[str, Any], kinds: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, Any]:
    if fields:
        row = {fields.get(name, name): value for name, value in row.items()}
        redacted = row.get("redacted")
        if isinstance(redacted, Mapping):
            records = cast("Mapping[str, Any]", redacted)
            row["redacted"] = {fields.get(name, name): record for name, record in records.items()}
    kind = row.get("kind")
    return {**row, "kind": kinds[kind]} if isinstance(kind, str) and kind in kinds else row
