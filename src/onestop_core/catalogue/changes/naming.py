"""What a place in a catalogue is called, and a value there: in the words of the schema, so that nobody reads a path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from onestop_core.catalogue.structure import is_list, is_object
from onestop_core.rules.once import once
from onestop_core.rules.schema.schemas import bundled
from onestop_core.rules.schema.wording import called, in_both
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.rules.reading.documents import Where

    Json = dict[str, Any]

__all__ = ["is_text", "name_of", "place_words", "value_words"]

_LONGEST: Final = 120


@once
def _schema() -> Json:
    return bundled("catalogue")


def is_text(value: Any) -> bool:
    """Return whether *value* is a text in two languages."""
    return is_object(value) and {"vi"} <= set(value) <= {"vi", "en"}


def name_of(raw: Any) -> Any:
    """Return what names an object among its like; None if nothing does.

    >>> name_of({"name": {"vi": "Đơn", "en": "Form"}, "copies": 1})
    'Đơn'
    """
    named = next((raw[key] for key in ("id", "code", "name", "text") if key in raw), raw)
    return named.get("vi") if is_object(named) else named


def _meant(node: Json) -> Json:
    """Return the definition that *node* refers to, or itself."""
    while "$ref" in node:
        found: Any = _schema()
        for step in node["$ref"].split("/")[1:]:
            found = found[step]
        node = found
    return node


def _steps(place: Where) -> list[tuple[str | int, Json]]:
    """Return each step of *place* with the schema of what stands there; what the schema does not know has none."""
    node: Json = _schema()
    found: list[tuple[str | int, Json]] = []
    for step in place:
        held = _meant(node)
        below: Any = held.get("items") if isinstance(step, int) else held.get("properties", {}).get(step)
        node = below or held.get("additionalProperties") or {}
        found.append((step, node))
    return found


def _is_list_of_things(node: Json) -> bool:
    held = _meant(node)
    items = _meant(held["items"]) if held.get("type") == "array" else {}
    return "properties" in items and "vi" not in items["properties"]


def place_words(place: Where, document: Json, *, item: Any = None) -> Text:
    """Return what *place* is called, from the procedure on, outermost first.

    >>> place = ("procedures", 0, "steps", 0, "what")
    >>> place_words(place, {"procedures": [{"steps": [{"id": "receive"}]}]}).en
    'step of the procedure “receive”, what is done'

    Args:
        place: The keys and indexes.
        document: Where things on the way are named.
        item: What stands there, if it is one of a list that is only in another document.
    """
    words: list[Text] = []
    value: Any = document
    steps = _steps(place)
    for depth, (step, node) in enumerate(steps):
        if is_object(value):
            value = value.get(str(step))
        else:
            value = value[step] if is_list(value) and isinstance(step, int) and step < len(value) else None
        if depth == len(steps) - 1 and item is not None:
            value = item
        if depth < 2 and place[0] == "procedures":
            continue
        if depth < len(steps) - 1 and _is_list_of_things(node):
            continue  # its item says what it is
        if isinstance(step, int) and words and not (is_object(value) and not is_text(value)):
            last = words.pop()
            words.append(Text(vi=f"{last.vi} {step + 1}", en=f"{last.en} {step + 1}"))
            continue
        said = called(node) or called(_meant(node)) or Text(vi=str(step), en=str(step))
        if isinstance(step, int):
            name = name_of(value) if is_object(value) else None
            which = f"“{name}”" if isinstance(name, str) else str(step + 1)
            said = Text(vi=f"{said.vi} {which}", en=f"{said.en} {which}")
        words.append(said)
    return Text(vi=", ".join(each.vi for each in words), en=", ".join(each.en for each in words))


def value_words(place: Where, value: Any) -> Text:
    """Return a value at *place* as people read it: a code by its words, a text in its language, a thing by its name.

    >>> value_words(("procedures", 0, "level"), "commune").vi
    'cấp xã'
    """
    node = _meant(_steps(place)[-1][1])
    values, of = (value, _meant(node.get("items", {}))) if is_list(value) else ([value], node)
    each = [_said(of, one) for one in values]
    return _short(Text(vi=", ".join(said.vi for said in each), en=", ".join(said.en for said in each)))


def _said(node: Json, value: Any) -> Text:
    if is_text(value):
        return Text(vi=value["vi"], en=value.get("en", value["vi"]))
    if is_object(value) and isinstance(name := name_of(value), str):
        return Text(vi=name, en=name)
    return _code(node, value)


def _code(node: Json, value: Any) -> Text:
    codes = dict(zip(node.get("enum", ()), node.get("enumDescriptions", ()), strict=False))
    words = in_both(codes.get(value)) if isinstance(value, str) else None
    if words is None:
        plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return Text(vi=plain, en=plain)
    return called({"description": f"{words.en} / {words.vi}"}) or words


def _short(words: Text) -> Text:
    def cut(text: str) -> str:
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    return Text(vi=cut(words.vi), en=cut(words.en))
