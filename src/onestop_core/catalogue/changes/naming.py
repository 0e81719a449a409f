"""What a place in a catalogue is called, and a value there: in the words of the schema, so that nobody reads a path."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from onestop_core.catalogue.structure import is_list, is_object
from onestop_core.catalogue.values.codes import ChannelKind
from onestop_core.errors import InvalidValueError
from onestop_core.model.time_limits import TimeLimit
from onestop_core.rules.once import once
from onestop_core.rules.schema.schemas import bundled
from onestop_core.rules.schema.wording import called, in_both
from onestop_core.text import Text, day_text, number, percent

if TYPE_CHECKING:
    from onestop_core.rules.reading.documents import Where

    Json = dict[str, Any]

__all__ = ["is_text", "name_of", "place_words", "value_words"]

_LONGEST: Final = 120
_LONGEST_NAME: Final = 80
_BASES: Final = frozenset({"basis", "legal_bases"})
_CASES: Final = frozenset({"case", "cases"})
_TIMES: Final = frozenset({"time", "budget", "valid_for"})
_FIGURES: Final = frozenset({"amount", "most", "least", "below", "up_to", "percent"})
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


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


def _shown_name(raw: Any) -> Any:
    """Return what people call an object: its name or its words before its id or its code."""
    named = next((raw[key] for key in ("name", "text", "what", "instrument", "id", "code") if key in raw), None)
    said = named.get("vi") if is_object(named) else named
    return _cut(said, _LONGEST_NAME) if isinstance(said, str) else said


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


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
        if (known := _offer_words(place[: depth + 1], value, document)) is not None:
            words += known
            continue
        if depth < len(steps) - 1 and _is_list_of_things(node):
            continue  # its item says what it is
        if isinstance(step, int) and words and not (is_object(value) and not is_text(value)):
            last = words.pop()
            words.append(Text(vi=f"{last.vi} {step + 1}", en=f"{last.en} {step + 1}"))
            continue
        above = steps[depth - 1][1] if depth else {}
        said = called(node) or (called(above) if _only_words(node) else None) or called(_meant(node))
        is_key = isinstance(step, str) and is_object(_meant(above).get("additionalProperties"))
        if said is None or (is_key and not is_object(value)):
            said = Text(vi=str(step), en=str(step))
        if isinstance(step, int) or (depth and place[depth - 1] == "bases"):
            name = _shown_name(value) if is_object(value) else None
            which = f"“{name}”" if isinstance(name, str) else str(step + 1 if isinstance(step, int) else step)
            said = Text(vi=f"{said.vi} {which}", en=f"{said.en} {which}")
        words.append(said)
    return Text(vi=", ".join(each.vi for each in words), en=", ".join(each.en for each in words))


def _only_words(node: Json) -> bool:
    """Return whether a thing is but a text with its basis, so that the list says what it is."""
    return {"text"} <= set(_meant(node).get("properties", ())) <= {"text", "basis"}


def _offer_words(place: Where, value: Any, document: Json) -> list[Text] | None:
    """Return what a way to submit is called, and the case of a limit there; None for any other thing."""
    if len(place) == 4 and place[2] == "channels" and is_object(value):
        label = ChannelKind(value["kind"]).label
        return [label]
    if len(place) == 6 and place[4] == "limits" and is_object(value):
        case = value.get("case")
        return [] if case is None else [_case(place[1], case, document)]
    return [] if len(place) == 5 and place[4] == "limits" else None


def _case(procedure: str | int, case: str, document: Json) -> Text:
    """Return what a case of a procedure is called."""
    cases: list[Json] = document["procedures"][procedure].get("cases", [])
    found: Json = next((each["name"] for each in cases if each["id"] == case), {"vi": case})
    vi: str = found["vi"]
    return Text(vi=vi, en=found.get("en", vi))


def value_words(place: Where, value: Any, document: Json) -> Text:
    """Return a value at *place* as people read it: a code by its words, a text in its language, a thing by its name.

    >>> value_words(("procedures", 0, "level"), "commune", {}).vi
    'cấp xã'

    Args:
        place: The keys and indexes.
        value: What stands there.
        document: Where bases and cases are named.
    """
    said = _said(place, document, str(place[-1]), _steps(place)[-1][1], value)
    return Text(vi=_cut(said.vi, _LONGEST), en=_cut(said.en, _LONGEST))


def _said(place: Where, document: Json, key: str, node: Json, value: Any) -> Text:
    node = _meant(node)
    if is_text(value):
        return Text(vi=value["vi"], en=value.get("en", value["vi"]))
    if is_list(value):
        items = _meant(node.get("items", {}))
        return _joined([_said(place, document, key, items, each) for each in value], ", ")
    if is_object(value):
        if isinstance(name := _shown_name(value), str):
            en = next((value[each].get("en") for each in ("name", "text", "what") if is_text(value.get(each))), None)
            return Text(vi=name, en=_cut(en, _LONGEST_NAME) if en else name)
        return _parts(place, document, node, value)
    if isinstance(value, str):
        return _word(place, document, key, node, value)
    return number(value)


def _parts(place: Where, document: Json, node: Json, value: Json) -> Text:
    """Return a thing without a name by its properties, each with what it is called."""
    found: list[Text] = []
    for key, each in value.items():
        below = node.get("properties", {}).get(key, {})
        said = _said(place, document, key, below, each)
        name = called(below) or called(_meant(below)) or Text(vi=key, en=key)
        found.append(Text(vi=f"{name.vi}: {said.vi}", en=f"{name.en}: {said.en}"))
    return _joined(found, "; ")


def _word(place: Where, document: Json, key: str, node: Json, value: str) -> Text:
    """Return a word of the document as people read it: a code, a time, a day, a figure, the name of a basis or a case."""
    if key in _BASES:
        basis = document.get("bases", {}).get(value)
        return Text(vi=value, en=value) if basis is None else Text(vi=basis["instrument"], en=basis["instrument"])
    if key in _CASES and place[0] == "procedures":
        return _case(place[1], value, document)
    if key in _TIMES:
        with contextlib.suppress(InvalidValueError):  # how long a result holds may be said otherwise
            return TimeLimit.parse(value).text
    if _DAY.fullmatch(value):
        return day_text(date.fromisoformat(value))
    if key in _FIGURES:
        return percent(Decimal(value)) if key == "percent" else number(Decimal(value))
    return _code(node, value)


def _joined(texts: list[Text], mark: str) -> Text:
    return Text(vi=mark.join(each.vi for each in texts), en=mark.join(each.en for each in texts))


def _code(node: Json, value: str) -> Text:
    codes = dict(zip(node.get("enum", ()), node.get("enumDescriptions", ()), strict=False))
    words = in_both(codes.get(value))
    if words is None:
        return Text(vi=value, en=value)
    return called({"description": f"{words.en} / {words.vi}"}) or words
