"""What of two catalogues is the same thing: editions of one code, items of one key, papers under another name."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    Json = dict[str, Any]

__all__ = ["Entry", "begins_on", "editions_of", "paired", "papers_paired"]

Entry = tuple[int, "Json"]
"""An object and its place in its list."""


def begins_on(edition: Entry) -> str:
    """Return the first day of a procedure as it is written; empty for one without a first day, which comes before all."""
    first: str = edition[1].get("in_force_from", "")
    return first


def editions_of(document: Json) -> dict[str, list[Entry]]:
    """Return the procedures by code, in the order of the document, the editions of one in that of time."""
    found: dict[str, list[Entry]] = {}
    for index, raw in enumerate(document["procedures"]):
        found.setdefault(raw["code"], []).append((index, raw))
    return {code: sorted(editions, key=begins_on) for code, editions in found.items()}


def paired(
    old: Iterable[Json], new: Iterable[Json], key: Callable[[Json], Hashable]
) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Yield the items of both lists that have the same *key*, the n-th of a key with the n-th; None where one is alone."""
    waiting: dict[Hashable, deque[Entry]] = {}
    for entry in enumerate(old):
        waiting.setdefault(key(entry[1]), deque()).append(entry)
    for entry in enumerate(new):
        same = waiting.get(key(entry[1]))
        yield (same.popleft() if same else None), entry
    for entries in waiting.values():
        for entry in entries:
            yield entry, None


def papers_paired(old: list[Json], new: list[Json]) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Yield papers of one name, then renamed ones: of one code, or of one form where no codes tell them apart."""
    pairs = list(paired(old, new, lambda paper: paper["name"]["vi"]))
    gone = {before[0]: before for before, after in pairs if before and not after}
    for before, after in pairs:
        if after is None:
            continue
        same = [] if before else [place for place, each in enumerate(old) if _is_renamed(each, after[1])]
        # Of several that may be meant nobody knows which it is.
        if len(same) == 1 and same[0] in gone and sum(_is_renamed(old[same[0]], each) for each in new) == 1:
            yield gone.pop(same[0]), after
        else:
            yield before, after
    for each in gone.values():
        yield each, None


def _is_renamed(old: Json, new: Json) -> bool:
    codes, forms = ({old.get(field), new.get(field)} - {None} for field in ("code", "form"))
    both = {field for field in ("code", "form") if old.get(field) == new.get(field) is not None}
    return bool(both) and len(codes) < 2 and len(forms) < 2
