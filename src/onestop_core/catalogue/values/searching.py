"""Procedures found by what people type: without marks, by the beginnings of words, best first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from onestop_core.errors import InvalidValueError
from onestop_core.text import plain_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.catalogue.values.procedure import Procedure

__all__ = ["found"]

_LONGEST: Final = 200
"""Most characters of what was typed that are looked for."""
_CODE: Final = re.compile(r"[0-9]{7}")
_SAID_BEFORE: Final = (("thu", "tuc"), ("lam", "thu", "tuc"), ("ho", "so"), ("xin",), ("lam",))
"""Words with which people begin, and names of procedures seldom do."""


def found(words: object, procedures: Iterable[Procedure]) -> tuple[Procedure, ...]:
    """Return the *procedures* that *words* name, best first.

    Each word typed must begin a word of the name, in Vietnamese or English, of the field, or the code. Better is: the whole
    code, the words one after another as typed or all those of the name, those of the name alone, then the shorter name. Where no procedure has all
    of the words, those that have most of them are returned, if that is half or more.

    Raises:
        InvalidValueError: *words* are no text.
    """
    if not isinstance(words, str):
        raise InvalidValueError.of("words", words, vi="văn bản", en="text")
    wanted = _words(words[:_LONGEST])
    if not wanted:
        return ()
    every = [(each, _named(each)) for each in procedures]
    ranked = [(rank, each) for each, names in every if (rank := _rank(wanted, each, names)) is not None]
    for begun in _SAID_BEFORE:
        if not ranked and tuple(wanted[: len(begun)]) == begun and len(wanted) > len(begun):
            wanted = wanted[len(begun) :]
            ranked = [(rank, each) for each, names in every if (rank := _rank(wanted, each, names)) is not None]
    if not ranked:
        ranked = [(rank, each) for each, names in every if (rank := _partly(wanted, names)) is not None]
    return tuple(each for _, each in sorted(ranked, key=lambda pair: (*pair[0], pair[1].code)))


def _words(text: str) -> list[str]:
    # "kí" and "ký", "lí" and "lý" are two spellings of one word.
    plain = plain_letters(text).replace("y", "i")
    words = "".join(letter if letter.isalnum() or letter == "." else " " for letter in plain).split()
    return [f"{word[0]}.{word[1:]}" if _CODE.fullmatch(word) else word.rstrip(".") for word in words if word.strip(".")]


def _named(procedure: Procedure) -> tuple[tuple[list[str], int], ...]:
    """Return the words of a procedure's names, and how long each name is."""
    names = dict.fromkeys((procedure.name.vi, procedure.name.en))
    return tuple(([*_words(name), procedure.code], len(name)) for name in names)


def _rank(
    wanted: list[str], procedure: Procedure, names: tuple[tuple[list[str], int], ...]
) -> tuple[int, int, int] | None:
    """Return how well a procedure fits, less is better; None where it does not."""
    if wanted == [procedure.code]:
        return (0, 0, 0)
    ranks: list[tuple[int, int, int]] = []
    field = [*_words(procedure.field.name.vi), *_words(procedure.field.name.en)]
    for words, length in names:
        if all(any(word.startswith(each) for word in words) for each in wanted):
            # Every word of the name, in whatever order, is as good as the words in a row of a long one.
            together = all(any(word.startswith(each) for each in wanted) for word in words[:-1])
            together = together or any(_runs(wanted, words[start:]) for start in range(len(words)))
            ranks.append((1 if together else 2, 0, length))
        elif all(any(word.startswith(each) for word in (*words, *field)) for each in wanted):
            ranks.append((3, 0, length))
    return min(ranks, default=None)


def _partly(wanted: list[str], names: tuple[tuple[list[str], int], ...]) -> tuple[int, int, int] | None:
    """Return how well a procedure fits of which only some words were typed: whole words, at least half of them."""
    ranks = [(len(wanted) - sum(each in words for each in wanted), length) for words, length in names]
    missing, length = min(ranks)
    return (4, missing, length) if missing * 2 <= len(wanted) else None


def _runs(wanted: list[str], words: list[str]) -> bool:
    return len(wanted) <= len(words) and all(word.startswith(each) for each, word in zip(wanted, words, strict=False))
