"""What is wrong with the characters of a document: normal form, invisible characters, look-alike letters, blanks.

Works on any plain document, whatever its shape, because a look-alike letter is often the very reason
why a code does not fit the schema.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.catalogue.checking import rules
from onestop_core.catalogue.structure import is_list, is_object
from onestop_core.errors import Severity
from onestop_core.text import did_you_mean, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.errors import Problem
    from onestop_core.rules.reading.documents import Where

__all__ = ["character_problems", "is_suspect"]

_CODE_KEYS: Final = frozenset(
    {"code", "id", "form", "case", "cases", "after", "basis", "legal_bases", "amount", "schema_version"}
)
"""Properties that hold codes or names (or lists of them) rather than words for people."""
_IDENTIFIERS: Final = frozenset({"instrument", "article", "number"})
"""Properties that hold words by which others look something up."""

# Line feeds structure longer notes; every other control, format or private-use character is an accident.
_STRAY: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ue000-\uf8ff]"
)

_BLANK: Final = (
    r"[\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
"""What leaves no mark: blanks of every width, controls, joiners, fillers."""
_BLANK_TEXT: Final = re.compile(f"{_BLANK}+")
_BLANK_LINE: Final = re.compile(rf"\n(?:(?!\n){_BLANK})*\n")
"""It begins with a letter, so that it is tried only there."""

_LOOK_ALIKES: Final = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХЗасеоруѕіјх" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο" + "ÐƉð",
        "ABESIJKMHOPCTYX3aceopysijx" + "ABEZHIKMNOPTYXo" + "ĐĐđ",
        strict=True,
    )
)
"""Cyrillic, Greek, Icelandic and African letters that look like Latin or Vietnamese ones."""
_FOREIGN: Final = re.compile("[\u0370-\u052f\uff01-\uff5e\u00d0\u00f0\u0189]")
_SUSPECT: Final = re.compile(f"[{_STRAY.pattern[1:-1]}{_FOREIGN.pattern[1:-1]}]")
_USUAL: Final = re.compile(
    "[\n -~\xa0\xa7\xb0\xc0-\xcf\xd1-\xef\xf1-\u0188\u018a-\u01b0\u1ea0-\u1ef9\u2013-\u201f\u2022-\u2026]*"
)
"""What Vietnamese is written with: in normal form C, and none of it looks like something else."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def is_suspect(text: str) -> bool:
    r"""Return whether something may be wrong with the characters of *text*, or of texts joined by line feeds.

    >>> is_suspect("hồ sơ\nbản sao"), is_suspect("bản\u200bsao"), is_suspect("ho\u0302 so\u031b"), is_suspect("a\n \nb")
    (False, True, True, True)
    """
    if text == "":
        return False
    if _BLANK_LINE.search(f"\n{text}\n"):
        return True
    # Nearly all text is of the usual letters, which are looked for faster than those that are not.
    return _USUAL.fullmatch(text) is None and (
        _SUSPECT.search(text) is not None or not unicodedata.is_normalized("NFC", text)
    )


def character_problems(document: Any) -> Iterator[Problem]:
    """Yield what is wrong with the characters of a plain *document*."""
    stack: list[tuple[Where, Any, str]] = [((), document, "")]
    while stack:
        place, value, key = stack.pop()
        if is_object(value):
            for name, child in value.items():
                yield from _text_problems((*place, name), name, is_code=True, in_prose=False)
                stack.append(((*place, name), child, name))
        elif is_list(value):
            stack.extend(((*place, index), child, key) for index, child in enumerate(value))
        elif isinstance(value, str):
            is_code = key in _CODE_KEYS
            yield from _text_problems(place, value, is_code=is_code, in_prose=not is_code and key not in _IDENTIFIERS)


def _text_problems(place: Where, text: str, *, is_code: bool, in_prose: bool) -> Iterator[Problem]:
    if _BLANK_TEXT.fullmatch(text):
        yield rules.BLANK_TEXT.problem(
            place,
            vi="chỉ có khoảng trắng hoặc ký tự vô hình; điều chưa biết thì bỏ trống thuộc tính",
            en="holds blanks or invisible characters only; what is unknown is left out",
        )
    if text.isascii() and text.isprintable():
        return
    if not unicodedata.is_normalized("NFC", text):
        yield rules.NOT_NFC.problem(
            place,
            vi="không ở dạng Unicode NFC (dựng sẵn); so sánh và tìm kiếm sẽ sai",
            en="not in Unicode normal form C; it will not compare equal to the same words typed elsewhere",
        )
    if stray := _STRAY.search(text):
        point, column = f"U+{ord(stray[0]):04X}", stray.start() + 1
        problem = rules.STRAY_CHARACTER.problem(
            place,
            vi=f"có ký tự điều khiển hoặc vô hình {point} ở vị trí {column}",
            en=f"holds the control or invisible character {point} at position {column}",
        )
        # NUL ends a text for many programs and databases, so no value holds it.
        yield attrs.evolve(problem, severity=Severity.ERROR) if "\0" in text else problem
    if found := _look_alike(nfc(text), is_code=is_code):
        letter, word = found
        meant = _latin(word)
        name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
        problem = rules.LOOK_ALIKE.problem(
            place,
            vi=f"{word[:60]!r} có ký tự {letter!r} (U+{ord(letter):04X}) giống chữ Latinh nhưng không phải",
            en=f"{word[:60]!r} holds {letter!r} ({name}), which looks like a Latin letter and is not",
            hint=did_you_mean([meant[:60]]) if meant != word else None,
        )
        # In words for people it is a slip; a code that looks like another is another.
        yield attrs.evolve(problem, severity=Severity.WARNING) if in_prose else problem


def _look_alike(text: str, *, is_code: bool) -> tuple[str, str] | None:
    """Return the first foreign letter of a code, or of a word that mixes it with Latin letters, and the word."""
    first = _FOREIGN.search(text)
    if first is None or is_code:
        return first and (first[0], text)
    for match in _LETTERS.finditer(text):
        word = match[0]
        foreign = _FOREIGN.search(word)
        # A word that is Greek or Cyrillic throughout is meant; one stray letter is not.
        if foreign and (foreign[0] in "ÐƉð" or not all(map(_FOREIGN.match, word))):
            return foreign[0], word
    return None


def _latin(text: str) -> str:
    wide = (unicodedata.normalize("NFKC", letter) if "\uff01" <= letter <= "\uff5e" else letter for letter in text)
    return "".join(_LOOK_ALIKES.get(letter, letter) for letter in wide)
