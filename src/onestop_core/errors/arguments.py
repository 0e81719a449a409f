"""What a caller handed over and nobody can use: a value of the wrong form, a name that nothing answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from onestop_core.errors.base import OnestopError
from onestop_core.errors.fields import error_fields, items, text_of
from onestop_core.errors.names import vietnamese_name
from onestop_core.errors.saying import MOST_ECHOED, echoed, said
from onestop_core.text import Text, closest, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["InvalidValueError", "UnknownCodeError"]


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class InvalidValueError(OnestopError, ValueError):
    """An argument that cannot be used: a naive datetime, an unreadable time limit, a wrong type."""

    code: ClassVar[str] = "invalid-value"
    title: ClassVar[Text] = Text(vi="Giá trị không hợp lệ", en="A value that cannot be used")
    http_status: ClassVar[int] = 422

    what: str
    """Name of the argument or field."""
    value: str
    """The offending value as text, shortened."""
    expected: Text
    """What would have been accepted."""
    name: Text | None = None
    """What the argument is called in messages, where :attr:`what` alone would not say it."""

    @classmethod
    def of(cls, what: str | Text, value: object, *, vi: str, en: str) -> InvalidValueError:
        """Return the error for *value*, whose text is cut to a readable length.

        *what* is the name of the argument or field; as a text, what it is called in both languages.

        >>> from onestop_core.text import Text
        >>> InvalidValueError.of(Text(vi="cỡ giấy", en="paper size"), 7, vi="A4", en="A4").message.vi
        'cỡ giấy: giá trị 7 không hợp lệ; cần A4'
        """
        name = what if isinstance(what, Text) else None
        return cls(
            what=text_of(what if name is None else name.en), value=shown(value), expected=said(vi=vi, en=en), name=name
        )

    @classmethod
    def one_of(cls, what: str | Text, value: object, known: Iterable[object]) -> InvalidValueError:
        """Return the error for a *value* that is none of the *known* ones, an enumeration for example.

        >>> InvalidValueError.one_of("level", "provinc", ["province", "commune"]).message.en
        "level: cannot use 'provinc'; expected one of province, commune; did you mean province?"
        """
        codes = [text_of(each) for each in items(known, "known")]
        meant = _meant(closest(text_of(value), codes, limit=1) if isinstance(value, str) else ())
        listed = ", ".join(codes)
        return cls.of(what, value, vi=f"một trong: {listed}{meant.vi}", en=f"one of {listed}{meant.en}")

    @property
    def message(self) -> Text:
        """Which argument, its value, and what was expected."""
        name = self.name or Text(vi=vietnamese_name(echoed(self.what)), en=echoed(self.what))
        # "None" is a word of Python: to a reader of Vietnamese, nothing was given.
        given = "chưa có giá trị" if self.value == "None" else f"giá trị {echoed(self.value)} không hợp lệ"
        return Text(
            vi=f"{name.vi}: {given}; cần {self.expected.vi}",
            en=f"{name.en}: cannot use {echoed(self.value)}; expected {self.expected.en}",
        )


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class UnknownCodeError(OnestopError, KeyError):
    """A code or name that nothing answers to. Also a ``KeyError``, so that mappings behave as mappings."""

    code: ClassVar[str] = "unknown-code"
    title: ClassVar[Text] = Text(vi="Không tìm thấy", en="Not found")
    http_status: ClassVar[int] = 404

    kind: Text
    """What was looked for: a procedure, a calendar, a metric..."""
    value: str
    suggestions: tuple[str, ...] = ()
    """The nearest known codes, best first."""

    @classmethod
    def among(cls, kind: Text, value: object, known: Iterable[object]) -> UnknownCodeError:
        """Return the error for a *value* that is none of the *known* codes; what it echoes is cut to 80 characters.

        >>> from onestop_core.text import Text
        >>> error = UnknownCodeError.among(Text(vi="thủ tục", en="procedure"), "1.004322", ["1.004222"])
        >>> error.message.vi
        "không có thủ tục '1.004322'; có phải ý bạn là “1.004222”?"
        """
        codes = [text_of(each) for each in items(known, "known")]
        if isinstance(value, str):
            plain = text_of(value)
            return cls(kind=kind, value=plain[:MOST_ECHOED], suggestions=closest(plain, codes))
        return cls(kind=kind, value=shown(value))

    @property
    def message(self) -> Text:
        """What was not found, and what may have been meant."""
        meant, value = _meant(self.suggestions), shown(self.value)
        return said(vi=f"không có {self.kind.vi} {value}{meant.vi}", en=f"no {self.kind.en} {value}{meant.en}")


def _meant(codes: tuple[str, ...]) -> Text:
    hint = did_you_mean(codes)
    return Text(vi="", en="") if hint is None else Text(vi=f"; {hint.vi}", en=f"; {hint.en}")
