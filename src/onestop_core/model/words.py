"""The gate for text from outside: every constructor that takes text takes it through here."""

from __future__ import annotations

from typing import Final

from onestop_core.errors import InvalidValueError
from onestop_core.text import nfc

__all__ = ["LONGEST_NAME", "LONGEST_TEXT", "is_unicode", "optional_text", "plain_text"]

LONGEST_NAME: Final = 200
"""Most characters of a name, a code or another label."""
LONGEST_TEXT: Final = 4_000
"""Most characters of a reason, a note or another text of one field."""
_MOST_MARKS: Final = 4
"""A letter of Vietnamese that came decomposed has at most four parts."""


def plain_text(value: object, what: str, *, longest: int = LONGEST_NAME, blank: bool = False) -> str:
    r"""Return *value* as text that can be stored, sealed and sent: plain ``str``, in normal form C.

    >>> plain_text("Hà Nội", "unit")
    'Hà Nội'
    >>> plain_text("a\ud800", "unit")
    Traceback (most recent call last):
    onestop_core.errors.InvalidValueError: unit: cannot use 'a\ud800'; expected Unicode text of 1 to 200 characters...

    Args:
        value: Anything.
        what: Name of the argument or field, for the message.
        longest: Most characters.
        blank: Whether it may be empty, or made of blanks.

    Raises:
        InvalidValueError: it is no text, too long, or blank though it must say something, or it holds NUL or half a
            surrogate pair, which no file and no database takes.
    """
    # The everyday label is told at once.
    if type(value) is str and 0 < len(value) <= longest and value.isascii() and value.isprintable() and value.strip():
        return value
    if isinstance(value, str):
        # A subclass of str could say one thing and compare as another.
        given = str.__str__(value)
        # The length comes first: nothing here may take long on a hostile megabyte.
        if len(given) <= _MOST_MARKS * longest and "\0" not in given and is_unicode(given):
            text = nfc(given)
            if len(text) <= longest and (blank or text.strip()):
                return text
    least = 0 if blank else 1
    raise InvalidValueError.of(
        what,
        value,
        vi=f"chuỗi Unicode từ {least} đến {longest} ký tự" + ("" if blank else ", không chỉ có khoảng trắng"),
        en=f"Unicode text of {least} to {longest} characters" + ("" if blank else ", not only blanks"),
    )


def optional_text(value: object, what: str, *, longest: int = LONGEST_NAME, blank: bool = False) -> str | None:
    """Return None for None, else as :func:`plain_text`.

    Raises:
        InvalidValueError: as :func:`plain_text`.
    """
    return None if value is None else plain_text(value, what, longest=longest, blank=blank)


def is_unicode(text: str) -> bool:
    """Return whether *text* can be written: half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
