"""A procedure as it stands in a document: plain JSON that the schema has found sound, read without making values.

The check rules judge the document itself, so that a finding names what stands in the file, and a national
catalogue is checked without making two hundred thousand values first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_core.rules.reading.documents import Where

__all__ = ["Part", "Raw", "english", "parts"]

Raw = Mapping[str, Any]
"""An object of a plain document."""


Part = tuple[str, "Where", Raw]
"""An object inside a procedure, such as a step or a fee: the property under which it stands (empty for the
procedure itself), its place, and itself. Texts are not parts."""


_kind: Callable[[Any], Any] = type  # of which type checkers conclude nothing about what is in a dict


def parts(procedure: Raw, place: Where) -> list[Part]:
    """Return *procedure*, which stands at *place*, and every part of it.

    >>> [(group, place) for group, place, _ in parts({"code": "1", "steps": [{"what": {"vi": "Nộp"}}]}, ("p", 0))]
    [('', ('p', 0)), ('steps', ('p', 0, 'steps', 0))]
    """
    found: list[Part] = []
    _collect(procedure, "", place, found)
    return found


def _collect(raw: Raw, group: str, place: Where, found: list[Part]) -> None:
    found.append((group, place, raw))
    for name, inner in raw.items():
        # Nearly all is text, and of a plain document every type is what it says.
        kind = _kind(inner)
        if kind is str:
            continue
        if kind is dict:
            if "vi" not in inner:
                _collect(inner, name, (*place, name), found)
        elif kind is list and inner and type(inner[0]) is dict and "vi" not in inner[0]:
            for index, item in enumerate(inner):
                _collect(item, name, (*place, name, index), found)


def english(words: Raw) -> str:
    """Return the English of a text; where it is left out, the Vietnamese stands for it.

    >>> english({"vi": "giấy phép", "en": "licence"}), english({"vi": "giấy phép"})
    ('licence', 'giấy phép')
    """
    text: str = words.get("en", words["vi"])
    return text
