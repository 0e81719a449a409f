"""Text in the two languages of the library, and the normal form that all text takes.

Every message to a user exists in Vietnamese and in English and is written where it arises, as one
:class:`Text`; nothing is looked up in a locale or in global state.
"""

from __future__ import annotations

import difflib
import reprlib
import unicodedata
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, cast, get_args

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["LANGUAGES", "Language", "Text", "closest", "did_you_mean", "nfc", "refuse", "shown"]

Language = Literal["vi", "en"]
"""The languages in which the library speaks."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
"""Every language, as a code."""


def refuse(what: str, value: object, *, vi: str, en: str) -> NoReturn:
    """Refuse an argument of a function of this room.

    Raises:
        InvalidValueError: always.
    """
    from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - errors speak in these words, so they come later

    raise InvalidValueError.of(what, value, vi=vi, en=en)


def nfc(value: str) -> str:
    """Return *value* in Unicode normal form C, the form of all text in the library.

    Vietnamese arrives both composed and decomposed; the two look alike and compare unequal.

    >>> nfc("Hà Nội") == "Hà Nội"
    True

    Raises:
        InvalidValueError: it is not text.
    """
    if not isinstance(cast("object", value), str):
        refuse("text", value, vi="chuỗi", en="text")
    # A subclass of str could say one thing and compare as another.
    return unicodedata.normalize("NFC", value if type(value) is str else str.__str__(value))


def _words(value: str) -> str:
    """Return *value* as words: text that can be written to a file and to a database."""
    plain = nfc(value)
    if "\0" in plain or (not plain.isascii() and _has_surrogate(plain)):
        refuse("text", value, vi="chuỗi Unicode không có ký tự NUL", en="Unicode text without NUL")
    return plain


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


@attrs.frozen(kw_only=True)
class Text:
    """The same words in Vietnamese and in English.

    >>> Text(vi="ngày làm việc", en="working day").in_("vi")
    'ngày làm việc'
    >>> str(Text(vi="hồ sơ", en="dossier"))
    'dossier'

    Raises:
        InvalidValueError: what is not text, or holds NUL or half a surrogate pair.
    """

    vi: str = attrs.field(converter=_words)
    en: str = attrs.field(converter=_words)

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Text:
        """Return the text that a valid document writes; where English is left out, the Vietnamese stands for it.

        >>> Text.of({"vi": "hồ sơ"}).en
        'hồ sơ'

        Raises:
            InvalidValueError: it is no mapping, or has no Vietnamese.
        """
        try:
            vi = words["vi"]
            en = words.get("en", vi)
        except Exception:  # noqa: BLE001 - a mapping of somebody else may answer anything
            refuse("text", words, vi="một ánh xạ có khóa vi", en="a mapping with the key vi")
        return cls(vi=vi, en=en)

    def in_(self, language: Language) -> str:
        """Return the words in *language*, ``"vi"`` or ``"en"``.

        Raises:
            InvalidValueError: another language.
        """
        if isinstance(cast("object", language), str):
            code = str.__str__(language)
            if code == "vi":
                return self.vi
            if code == "en":
                return self.en
        refuse("language", language, vi="vi hoặc en", en="vi or en")

    def __str__(self) -> str:
        return self.en


_CONTAINERS: Final = (list, tuple, dict, set, frozenset)
_MOST_SHOWN: Final = 40
"""Items in a container that is shown whole; of a larger one the beginning is shown."""


def _is_container(value: object) -> bool:
    return isinstance(value, _CONTAINERS)


class _Brief(reprlib.Repr):
    """Shows the beginning of containers, however large and however they unfold."""

    def repr_instance(self, x: Any, level: int) -> str:
        # A subclass of a container would be shown whole.
        return super().repr_instance(x, level) if not _is_container(x) else f"<{type(x).__name__}>"


_BRIEF: Final = _Brief()
_BRIEF.maxlevel = 3


def _is_small(value: object) -> bool:
    room, stack = _MOST_SHOWN, [value]
    while stack:
        each = stack.pop()
        if _is_container(each):
            members = cast("dict[object, object]", each)
            room -= len(members) + 1
            if room < 0:
                return False
            stack.extend([*members, *members.values()] if isinstance(each, dict) else members)
        elif isinstance(each, str | bytes) and len(each) > 1000:
            return False
    return True


def shown(value: Any, *, limit: int = 80) -> str:
    """Return *value* as an error may echo it: at most *limit* characters, whatever came in, and quickly.

    >>> shown("x" * 1000, limit=10)
    "'xxxxxx..."
    >>> shown([1, 2]), shown([0] * 1_000_000)
    ('[1, 2]', '[0, 0, 0, 0, 0, 0, ...]')
    """
    if not isinstance(cast("object", limit), int):
        refuse("limit", limit, vi="số nguyên", en="a whole number")
    whole = value
    try:
        # A text is cut before it is quoted, so that a hostile megabyte costs nothing.
        if isinstance(value, str):
            whole = str.__str__(value)[: limit + 1]
        elif isinstance(value, bytes):
            whole = bytes.__getitem__(value, slice(limit + 1))
        text = repr(whole) if _is_small(whole) else _BRIEF.repr(whole)
    except Exception:  # noqa: BLE001 - the value is hostile; that it cannot be shown is all that can be said of it
        text = f"<{type(value).__name__}>"
    return text if len(text) <= limit else text[: limit - 3] + "..."


def closest(word: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return up to *limit* of the *known* words that *word* may have been meant to be, best first.

    >>> closest("1.004322", ["1.004222", "2.000815"])
    ('1.004222',)

    Raises:
        InvalidValueError: *known* holds no words, or *limit* is not a number from 1 on.
    """
    most = cast("object", limit)
    if not isinstance(most, int) or most < 1:
        refuse("limit", limit, vi="số nguyên từ 1", en="a whole number from 1 on")
    # A hostile word of a megabyte must not buy a quadratic comparison.
    given = str.__str__(word)[:100] if isinstance(cast("object", word), str) else ""
    return tuple(difflib.get_close_matches(given, _listed(known), n=int.__index__(most), cutoff=0.6))


def _listed(words: Iterable[str]) -> list[str]:
    try:
        return [str.__str__(each) for each in words]
    except Exception:  # noqa: BLE001 - an iterable of somebody else may raise anything
        refuse("known", words, vi="một dãy chuỗi", en="several texts")


def did_you_mean(codes: Iterable[str]) -> Text | None:
    """Return the hint that one of *codes* may have been meant; None where there are none.

    >>> did_you_mean(closest("1.004322", ["1.004222"])).vi
    'có phải ý bạn là “1.004222”?'

    Raises:
        InvalidValueError: they are no words.
    """
    known = _listed(codes)
    if not known:
        return None
    vi = ", ".join(f"“{code}”" for code in known)
    return Text(vi=f"có phải ý bạn là {vi}?", en=f"did you mean {', '.join(known)}?")
