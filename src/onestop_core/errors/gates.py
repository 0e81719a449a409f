"""How the fields of frozen values pass their gates: by what the field is declared to hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import attrs

__all__ = ["Gate", "gated"]

Gate = Callable[[Any, str], Any]
"""Takes a value and the name of its field; gives back what the field holds, or refuses."""
_OR_NONE: Final = " | None"


def gated(gates: Mapping[str, Gate]) -> Callable[[type, list[attrs.Attribute[Any]]], list[attrs.Attribute[Any]]]:
    """Return the ``field_transformer`` of a class whose fields pass the gate of their declared type.

    A field that may be None lets None pass. The constructor keeps the declared types; a converter written at each
    field would hide them from type checkers, or could not tell which field it refused.

    >>> from datetime import date
    >>> import attrs
    >>> from onestop_core.model import plain_day
    >>> @attrs.frozen(kw_only=True, field_transformer=gated({"date": plain_day}))
    ... class Row:
    ...     day: date | None = None
    >>> Row(day="2026-02-12")
    Traceback (most recent call last):
    onestop_core.errors.InvalidValueError: day: cannot use '2026-02-12'; expected a date, not a datetime
    """

    def transformed(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
        return [_passed(field, gates.get(str(field.type).removesuffix(_OR_NONE))) for field in fields]

    return transformed


def _passed(field: attrs.Attribute[Any], gate: Gate | None) -> attrs.Attribute[Any]:
    if gate is None:
        return field
    name: Final = field.name

    def passed(value: Any) -> Any:
        return gate(value, name)

    def passed_or_none(value: Any) -> Any:
        return None if value is None else gate(value, name)

    return field.evolve(converter=passed_or_none if str(field.type).endswith(_OR_NONE) else passed)
