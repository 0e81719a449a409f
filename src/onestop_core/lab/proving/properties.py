"""The table of properties that a lifecycle must have, whatever becomes of a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.dossier.lifecycle import GuardCondition
from onestop_core.errors import InvalidValueError
from onestop_core.model import Basis, FrozenMap
from onestop_core.rules.cited import repeated_codes
from onestop_core.rules.editions import Editions
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Property", "PropertyKind", "PropertyTable", "load_properties", "properties"]


class PropertyKind(Code):
    """What is held to what."""

    ENDS_JOINED = "ends_joined"
    """Where a dossier is decided or ended, no work handed over is open, or the step says that it is recalled."""
    APPOINTMENT_KNOWN = "appointment_known"
    """While the clock runs, an appointment is on record; or the time is counted and one can be put on record there."""
    TRUE_REASON = "true_reason"
    """No event is refused by one of the *conditions*, which count from an appointment, while none is on record."""
    WAIT_HAS_EXIT = "wait_has_exit"
    """From every wait a way leads out, of steps that some role may take; with a *holder*: out of its hands, by other roles."""
    ONE_HOLDER = "one_holder"
    """At every moment one role has the dossier in hand, without gap, and none after its end."""
    REFUSAL_CAN_BE_MET = "refusal_can_be_met"
    """What refuses an event can be put right, so that it is taken later; but for the *conditions* that are final."""
    PORTAL_MOVES = "portal_moves"
    """The status of the national portal only moves as *moves* says."""
    FORM_HAS_EVENT = "form_has_event"
    """Each form is issued by an event that can come, but for those that are *kept* as books."""
    DUTY_CAN_BE_MET = "duty_can_be_met"
    """Each duty that begins can be done: an event that answers it can come from there on."""


def _moves(value: Mapping[str, Sequence[int]]) -> FrozenMap[str, tuple[int, ...]]:
    given = cast("object", value)
    if not isinstance(given, Mapping) or not all(
        isinstance(code, str) and isinstance(targets, tuple | list)
        for code, targets in cast("Mapping[object, object]", given).items()
    ):
        raise InvalidValueError.of("moves", value, vi="ánh xạ từ mã đến các mã", en="a mapping of codes to codes")
    return FrozenMap({code: tuple(targets) for code, targets in value.items()})


_NONE: Final[FrozenMap[str, tuple[int, ...]]] = FrozenMap({})


@attrs.frozen(kw_only=True)
class Property:
    """One row of the table: a property of lifecycles."""

    code: str
    name: Text
    kind: PropertyKind
    conditions: tuple[GuardCondition, ...] = ()
    """The conditions of which the kind speaks."""
    holder: str | None = None
    """The role that is waited for."""
    moves: FrozenMap[str, tuple[int, ...]] = attrs.field(default=_NONE, converter=_moves)
    """The portal's statuses with those that may follow each."""
    kept: tuple[str, ...] = ()
    """Uses of forms that no event issues, for they are books that somebody keeps, such as ``register``."""
    basis: Basis


@attrs.frozen(kw_only=True)
class PropertyTable:
    """A table of properties."""

    id: str
    revision: int = 1
    title: Text
    notes: tuple[Text, ...] = ()
    properties: tuple[Property, ...]


_NAME: Final = "vn-lifecycle-properties"
_EDITIONS: Final[Editions[PropertyTable]] = Editions(
    "vn/properties",
    what=Text(vi="bảng tính chất của vòng đời", en="table of properties"),
    kind=PropertyTable,
    check=partial(repeated_codes, part="properties", rule="properties/row"),
    schema="lifecycle-properties",
)


def properties() -> PropertyTable:
    """Return the table of properties that ships.

    >>> [row.code for row in properties().properties][:3]
    ['no_end_with_open_work', 'no_clock_without_appointment', 'refused_for_the_true_reason']
    """
    return _EDITIONS.pinned(_NAME)


def load_properties(source: str | Path | Mapping[str, Any]) -> PropertyTable:
    """Return a table of one's own, from a JSON file or a parsed document of the schema ``lifecycle-properties``.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, cites a basis that it does not have, or repeats a code.
    """
    return _EDITIONS.load(source)
