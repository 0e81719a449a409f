"""Enumerations whose members are the codes of JSON, and which refuse another code as everything here does."""

from __future__ import annotations

import enum
from typing import NoReturn, Self

__all__ = ["Code"]


class Code(enum.StrEnum):
    """What every enumeration of the library is: its members are equal to their codes.

    >>> class Size(Code):
    ...     SMALL = "small"
    >>> Size("small") is Size.SMALL, Size.SMALL == "small"
    (True, True)
    >>> Size("smal")
    Traceback (most recent call last):
    onestop_core.errors.InvalidValueError: Size: cannot use 'smal'; expected one of small; did you mean small?

    Raises:
        InvalidValueError: no member has that code.
    """

    @classmethod
    def of(cls, value: object, what: str) -> Self:
        """Return the member whose code is *value*, handed over as the argument or field *what*.

        Raises:
            InvalidValueError: no member has that code.
        """
        if type(value) is cls:
            return value
        plain = str.__str__(value) if isinstance(value, str) else None
        for member in cls:
            if member.value == plain:
                return member
        from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - errors have codes, so they come later

        raise InvalidValueError.one_of(what, value, cls)

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - errors have codes, so they come later

        raise InvalidValueError.one_of(cls.__name__, value, cls)
