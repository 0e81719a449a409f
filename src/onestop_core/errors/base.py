"""What every error of the library is: a value with fields, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final, cast

import attrs

from onestop_core.errors.problem import Problem
from onestop_core.text import Language, Text

__all__ = ["OnestopError"]


_OF_THE_STANDARD: Final = frozenset({"type", "title", "status", "detail", "instance"})


def _plain(value: Any, language: Language) -> Any:
    """Return a field of an error in JSON types."""
    match value:
        case Problem():
            return value.to_dict(language=language)
        case Text():
            return value.in_(language)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item, language) for item in cast("tuple[object, ...]", value)]
        case None | bool() | int():
            return value
        case _:
            return str(value)


def _rebuild(error_type: type[OnestopError], fields: dict[str, Any]) -> OnestopError:
    return error_type(**fields)


@attrs.frozen(kw_only=True, slots=False)
class OnestopError(Exception):
    """What every error of this library derives from; only its subclasses are raised."""

    code: ClassVar[str] = "onestop"
    """Stable identifier of the kind of error, for programs."""
    title: ClassVar[Text] = Text(vi="Lỗi", en="Error")
    """What kind of error it is, in a few words that are the same each time."""
    http_status: ClassVar[int] = 500
    """The status with which a web service answers (RFC 9110): 4xx where the one who asked can do something about it."""

    @property
    def message(self) -> Text:
        """What happened, where and what was expected, in both languages."""
        raise NotImplementedError

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the error as a JSON-ready mapping, its words in *language*: ``code``, ``message`` and the fields.

        Raises:
            InvalidValueError: another language than ``"vi"`` and ``"en"``.
        """
        fields = {name: _plain(value, language) for name, value in self._fields().items()}
        return {"code": self.code, "message": self.message.in_(language), **fields}

    def to_problem(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the error as the body of an answer ``application/problem+json`` (RFC 9457).

        >>> from onestop_core import workdays
        >>> from onestop_core.errors import UnknownCodeError
        >>> try:
        ...     workdays.calendar("vn-civl")
        ... except UnknownCodeError as error:
        ...     problem = error.to_problem()
        >>> problem["type"], problem["status"], problem["detail"]
        ('urn:onestop-core:error:unknown-code', 404, "no calendar 'vn-civl'; did you mean vn-civil?")

        Raises:
            InvalidValueError: another language than ``"vi"`` and ``"en"``.
        """
        fields = self.to_dict(language=language)
        code, detail = fields.pop("code"), fields.pop("message")
        # What the standard gives a meaning of its own keeps it.
        beside = {name: value for name, value in fields.items() if name not in _OF_THE_STANDARD}
        return {
            "type": f"urn:onestop-core:error:{code}",
            "title": self.title.in_(language),
            "status": self.http_status,
            "detail": detail,
            "code": code,
            **beside,
        }

    def __str__(self) -> str:
        return self.message.en

    # attrs compares exceptions by identity; ours are values.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, OnestopError) and type(other) is type(self) and self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash((type(self), *self._fields().values()))

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by position; our fields are keyword-only.
        return _rebuild, (type(self), self._fields())

    def _fields(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
