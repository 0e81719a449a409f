"""The order of Vietnamese names: a ă â b c d đ e ê …, and of one spelling the tones ngang huyền hỏi ngã sắc nặng."""

from __future__ import annotations

import unicodedata
from typing import Final

from onestop_core.text.words import nfc

__all__ = ["bare_letters", "plain_letters", "sort_key"]

_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK: Final = {letter: rank for rank, letter in enumerate(_LETTERS)}
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES: Final = frozenset("\u0306\u0302\u031b")  # breve, circumflex, horn: they make another letter, not another tone


def sort_key(name: str) -> tuple[object, ...]:
    """Return the key by which names are listed: letters first, then tones, then capitals, then the name itself.

    >>> sorted(["Ứng Hòa", "Đống Đa", "Ba Đình", "Cửa Nam", "Ô Chợ Dừa", "Hoàn Kiếm"], key=sort_key)
    ['Ba Đình', 'Cửa Nam', 'Đống Đa', 'Hoàn Kiếm', 'Ô Chợ Dừa', 'Ứng Hòa']

    Raises:
        InvalidValueError: it is not text.

    Source of the order: the alphabet of 29 letters with its five marks, as Vietnamese dictionaries list it;
    f, j, w and z stand where English has them.
    """
    letters: list[tuple[int, int, str]] = []
    tones: list[int] = []
    for mark in unicodedata.normalize("NFD", nfc(name).lower()):
        if mark in _TONES and letters:
            tones[-1] = _TONES[mark]
        elif mark in _SHAPES and letters:
            whole = unicodedata.normalize("NFC", letters[-1][2] + mark)
            letters[-1] = (1, _RANK[whole], whole) if whole in _RANK else letters[-1]
        else:
            letters.append((1, _RANK[mark], mark) if mark in _RANK else (0, ord(mark), mark))
            tones.append(0)
    return (tuple(letter[:2] for letter in letters), tuple(tones), name.swapcase(), name)


def plain_letters(words: str) -> str:
    """Return *words* in small letters without their marks, as people type them in a search box.

    >>> plain_letters("Đăng ký thường trú")
    'dang ky thuong tru'
    """
    bare = unicodedata.normalize("NFD", nfc(words).lower().replace("đ", "d"))
    return "".join(mark for mark in bare if not unicodedata.combining(mark))


def bare_letters(words: str) -> str:
    """Return *words* without the marks of their letters, capitals as they are: what fits a telephone of old.

    >>> bare_letters("Đăng ký thường trú, Ứng Hòa")
    'Dang ky thuong tru, Ung Hoa'

    Raises:
        InvalidValueError: it is not text.
    """
    bare = unicodedata.normalize("NFD", nfc(words).replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(mark for mark in bare if not unicodedata.combining(mark)))
