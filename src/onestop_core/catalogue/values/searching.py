"""Procedures found by what people type: without marks, by the beginnings of words, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.errors import InvalidValueError
from onestop_core.text import plain_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.catalogue.values.procedure import Procedure

__all__ = ["found"]

_LONGEST: Final = 200
"""Most characters of what was typed that are looked for."""


def found(words: object, procedures: Iterable[Procedure]) -> tuple[Procedure, ...]:
    """Return the *procedures* that *words* name, best first.

    Each word typed must begin a word of the name, in Vietnamese or English, or the code. Better is: the whole code, the words
    one after another as typed, then the shorter name.

    Raises:
        InvalidValueError: *words* are no text.
    """
    if not isinstance(words, str):
        raise InvalidValueError.of("words", words, vi="văn bản", en="text")
    wanted = _words(words[:_LONGEST])
    if not wanted:
        return ()
    ranked = [(rank, each) for each in procedures if (rank := _rank(wanted, each)) is not None]
    return tuple(each for _, each in sorted(ranked, key=lambda pair: (*pair[0], pair[1].code)))


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() or letter == "." else " " for letter in plain_letters(text)).split()


def _rank(wanted: list[str], procedure: Procedure) -> tuple[int, int] | None:
    """Return how well a procedure fits, less is better; None where it does not."""
    if wanted == [procedure.code]:
        return (0, 0)
    best: tuple[int, int] | None = None
    for name in dict.fromkeys((procedure.name.vi, procedure.name.en)):
        words = [*_words(name), procedure.code]
        if not all(any(word.startswith(each) for word in words) for each in wanted):
            continue
        together = any(_runs(wanted, words[start:]) for start in range(len(words)))
        rank = (1 if together else 2, len(name))
        best = rank if best is None else min(best, rank)
    return best


def _runs(wanted: list[str], words: list[str]) -> bool:
    return len(wanted) <= len(words) and all(word.startswith(each) for each, word in zip(wanted, words, strict=False))
