"""Text in the two languages of the library, and the normal form that all text takes.

Every message to a user exists in Vietnamese and in English and is written where it arises, as one
:class:`Text`; nothing is looked up in a locale or in global state.
"""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LANGUAGES", "Language", "Text", "closest", "did_you_mean", "nfc", "shown"]

Language = Literal["vi", "en"]
"""The languages in which the library speaks."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
"""Every language, as a code."""


def nfc(value: str) -> str:
    """Return *value* in Unicode normal form C, the form of all text in the library.

    Vietnamese arrives both composed and decomposed; the two look alike and compare unequal.

    >>> nfc("Hà Nội") == "Hà Nội"
    True
    """
    return unicodedata.normalize("NFC", value)


@attrs.frozen(kw_only=True)
class Text:
    """The same words in Vietnamese and in English.

    >>> Text(vi="ngày làm việc", en="working day").in_("vi")
    'ngày làm việc'
    >>> str(Text(vi="hồ sơ", en="dossier"))
    'dossier'
    """

    vi: str = attrs.field(converter=nfc)
    en: str = attrs.field(converter=nfc)

    def in_(self, language: Language) -> str:
        """Return the words in *language*, ``"vi"`` or ``"en"``.

        Raises:
            InvalidValueError: another language.
        """
        if language == "vi":
            return self.vi
        if language == "en":
            return self.en
        raise _no_language(language)

    def __str__(self) -> str:
        return self.en


def _no_language(language: object) -> Exception:
    from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - errors speak in these words, so they come later

    return InvalidValueError.of("language", language, vi="vi hoặc en", en="vi or en")


def shown(value: Any, *, limit: int = 80) -> str:
    """Return *value* as an error may echo it: at most *limit* characters, whatever came in.

    >>> shown("x" * 1000, limit=10)
    "'xxxxxx..."
    """
    # A text is cut before it is quoted, so that a hostile megabyte costs nothing.
    whole = value[: limit + 1] if isinstance(value, str | bytes) else value
    try:
        text = repr(whole)
    except Exception:  # noqa: BLE001 - the value is hostile; that it cannot be shown is all that can be said of it
        text = f"<{type(value).__name__}>"
    return text if len(text) <= limit else text[: limit - 3] + "..."


def closest(word: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return up to *limit* of the *known* words that *word* may have been meant to be, best first.

    >>> closest("1.004322", ["1.004222", "2.000815"])
    ('1.004222',)
    """
    # A hostile word of a megabyte must not buy a quadratic comparison.
    return tuple(difflib.get_close_matches(str(word)[:100], list(known), n=limit, cutoff=0.6))


def did_you_mean(codes: Iterable[str]) -> Text | None:
    """Return the hint that one of *codes* may have been meant; None where there are none.

    >>> did_you_mean(closest("1.004322", ["1.004222"])).vi
    'có phải ý bạn là “1.004222”?'
    """
    known = tuple(codes)
    if not known:
        return None
    vi = ", ".join(f"“{code}”" for code in known)
    return Text(vi=f"có phải ý bạn là {vi}?", en=f"did you mean {', '.join(known)}?")
