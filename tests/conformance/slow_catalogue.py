"""Catalogues checked again, slowly: a validator of a few keywords, and each rule as a walk over plain JSON."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance import Refusal
from onestop_core.rules.reading import resources
from tests.conformance.slow_codes import SlowCodes

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final[dict[str, type[Any]]] = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
NOTES: Final = ("catalogue/part-missing", "catalogue/unconfirmed")
WARNINGS: Final = (
    "catalogue/no-time-limit",
    "catalogue/steps-exceed-limit",
    "catalogue/step-without-body",
    "catalogue/unreachable-limit",
    "catalogue/body-without-step",
    "catalogue/linked-procedures",
    "catalogue/basis-not-in-force",
    "catalogue/not-nfc",
    "catalogue/stray-character",
)
CODES: Final = ("code", "id", "form", "case", "cases", "after", "basis", "legal_bases", "amount", "schema_version")


def broken(value: Any, schema: Any, name: str) -> Iterator[str]:
    """The keywords of the schema that *value* breaks."""
    if "$ref" in schema:
        other, _, path = schema["$ref"].partition("#/$defs/")
        other = other.removesuffix(".schema.json") or name
        yield from broken(value, resources.schema(other)["$defs"][path], other)
    if "type" in schema and not (
        isinstance(value, KINDS[schema["type"]]) and (schema["type"] == "boolean" or not isinstance(value, bool))
    ):
        yield "type"
        return
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        yield "const" if "const" in schema else "enum"
    if isinstance(value, str):
        yield from broken_text(value, schema)
    if isinstance(value, int):
        if value < schema.get("minimum", value):
            yield "minimum"
        if value > schema.get("maximum", value):
            yield "maximum"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield "minItems"
        for item in value:
            yield from broken(item, schema.get("items", {}), name)
    if isinstance(value, dict):
        if any(key not in value for key in schema.get("required", ())):
            yield "required"
        known, other = schema.get("properties", {}), schema.get("additionalProperties", {})
        for key, item in value.items():
            yield from broken(key, schema.get("propertyNames", {}), name)
            if key in known:
                yield from broken(item, known[key], name)
            elif other is False:
                yield "additionalProperties"
            else:
                yield from broken(item, other, name)


def broken_text(value: str, schema: Any) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield "minLength"
    if len(value) > schema.get("maxLength", len(value)):
        yield "maxLength"
    if "pattern" in schema and not re.fullmatch(schema["pattern"].removeprefix("^").removesuffix("$"), value):
        yield "pattern"
    if schema.get("format") == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            yield "format"


def everywhere(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every object and text of a document, each with the nearest key above it."""
    yield key, value
    if isinstance(value, dict):
        for name, child in value.items():
            yield "code", name
            yield from everywhere(child, name)
    elif isinstance(value, list):
        for child in value:
            yield from everywhere(child, key)


def characters(document: Any) -> Iterator[str]:
    for key, text in everywhere(document):
        if not isinstance(text, str):
            continue
        if unicodedata.normalize("NFC", text) != text:
            yield "not-nfc"
        if text and all(letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf"} for letter in text):
            yield "blank-text"
        if any(unicodedata.category(letter) in {"Cc", "Cf", "Co"} and letter != "\n" for letter in text):
            yield "stray-character"
        words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text))
        foreign = [word for word in words if any(is_foreign(letter) for letter in word)]
        mixed = [word for word in foreign if not all(is_foreign(letter) for letter in word) or "Ð" in word]
        if foreign if key in CODES else mixed:
            yield "look-alike"


def is_foreign(letter: str) -> bool:
    name = unicodedata.name(letter, "")
    return name.startswith(("CYRILLIC", "GREEK", "FULLWIDTH")) or letter in "Ððꓓ"


def limit(text: str) -> tuple[str, Fraction] | None:
    """Unit and amount of a limit in one unit; None for the others and for what cannot be read."""
    steps = SlowCodes().parse_limit(text)["steps"]
    units = {step["unit"] for step in steps}
    if len(units) > 1 or units & {"same_day", "immediate"}:
        return None
    return units.pop(), sum((Fraction(step["amount"]) for step in steps), Fraction(0))


def readable(text: str | None) -> tuple[str, Fraction] | None:
    try:
        return None if text is None else limit(text)
    except Refusal:
        return None


class Procedure:
    """One procedure under the rules."""

    def __init__(self, raw: dict[str, Any], document: dict[str, Any], on: str | None) -> None:
        self.raw, self.bases, self.on = raw, document["bases"], on
        self.steps = {step["id"]: step for step in raw.get("steps", ())}

    def findings(self) -> Iterator[str]:
        raw = self.raw
        if raw.get("in_force_to", "9999") < raw.get("in_force_from", "0000"):
            yield "reversed-dates"
        for group, key in (("cases", "id"), ("steps", "id"), ("forms", "code")):
            names = [each[key] for each in raw.get(group, ())]
            if len(set(names)) < len(names):
                yield "duplicate-id"
        if not raw.get("steps") or not raw.get("papers"):
            yield "part-missing"
        for step in raw.get("steps", ()):
            if "body" not in step and step.get("role") != "applicant":
                yield "step-without-body"
        for channel in raw["channels"]:
            for offered in channel["limits"]:
                for fee in offered.get("fees", ()):
                    sums = [fee.get("amount"), fee.get("most"), fee.get("share", {}).get("least")]
                    sums += [tier["amount"] for tier in fee.get("tiers", ())]
                    if fee.get("currency", "VND") == "VND" and any("." in one for one in sums if one):
                        yield "fee-fraction"
        yield from self.references()
        yield from self.service()
        yield from self.times()
        if any(self.waits_for_itself(name) for name in self.steps):
            yield "step-cycle"
        else:
            yield from self.budgets()

    def service(self) -> Iterator[str]:
        raw = self.raw
        for channel in raw["channels"]:
            for each in channel["limits"]:
                if "case" in each and channel.get("cases") and each["case"] not in channel["cases"]:
                    yield "unreachable-limit"
                for fee in each.get("fees", ()):
                    if "case" in each and fee.get("case", each["case"]) != each["case"]:
                        yield "unreachable-limit"
        bodies = [body["name"]["vi"] for group in ("implementing", "coordinating") for body in raw.get(group, ())]
        acting = [step["body"]["vi"] for step in raw.get("steps", ()) if "body" in step]
        if raw.get("steps") and any(body not in acting for body in bodies):
            yield "body-without-step"
        if "linked" not in raw:
            return
        linked = raw["linked"]
        names = [each["id"] for each in linked["procedures"]]
        if (
            linked["lead"]["vi"] not in [raw["authority"]["name"]["vi"], *bodies]
            or raw.get("mechanism") != "linked_one_stop"
            or any(name not in names for each in linked["procedures"] for name in each.get("after", ()))
        ):
            yield "linked-procedures"
        orders = {each["id"]: each.get("after", ()) for each in linked["procedures"]}
        for start in orders:
            reached: set[str] = set()
            fresh = {start}
            while fresh:
                fresh = {name for one in fresh for name in orders.get(one, ())} - reached
                reached |= fresh
            if start in reached:
                yield "linked-procedures"

    def references(self) -> Iterator[str]:
        known = {
            "case": {case["id"] for case in self.raw.get("cases", ())},
            "form": {form["code"] for form in self.raw.get("forms", ())},
            "after": set(self.steps),
            "before": set(self.steps),
            "basis": set(self.bases),
        }
        known |= {"cases": known["case"], "legal_bases": known["basis"]}
        if not self.bases:  # that there are none at all is said once, by the schema
            del known["basis"], known["legal_bases"]
        for _, part in everywhere(self.raw):
            if not isinstance(part, dict) or part in self.raw.get("linked", {}).get("procedures", ()):
                continue
            for key, names in known.items():
                if key not in part or (part is self.raw and key == "cases"):
                    continue
                named = [part[key]] if isinstance(part[key], str) else part[key]
                if any(name not in names for name in named):
                    yield "unresolved-reference"
                if key in {"basis", "legal_bases"}:
                    yield from self.evidence(key, [self.bases[name] for name in named if name in self.bases])

    def evidence(self, key: str, cited: list[Any]) -> Iterator[str]:
        if key == "basis" and cited and all(basis["firmness"] in {"recalled", "unconfirmed"} for basis in cited):
            yield "unconfirmed"
        if self.on is None or not self.raw.get("in_force_from", "") <= self.on <= self.raw.get("in_force_to", "9999"):
            return
        if any(not basis.get("in_force_from", "") <= self.on <= basis.get("in_force_to", "9999") for basis in cited):
            yield "basis-not-in-force"

    def times(self) -> Iterator[str]:
        limits = [each for channel in self.raw["channels"] for each in channel["limits"]]
        words = [each["time"] for each in limits if "time" in each]
        if len(words) < len(limits):
            yield "no-time-limit"
        parts = [each["time"] for each in self.raw.get("linked", {}).get("procedures", ()) if "time" in each]
        for text in (*words, *parts):
            try:
                steps = SlowCodes().parse_limit(text)["steps"]
            except Refusal:
                yield "time-limit-unreadable"
                continue
            # Nothing at all and a part of a calendar day are budgets of steps.
            if any(each["amount"] == "0" or (each["unit"] == "days" and "/" in each["amount"]) for each in steps):
                yield "time-limit-unreadable"
        for text in (step["budget"] for step in self.raw.get("steps", ()) if "budget" in step):
            try:
                limit(text)
            except Refusal:
                yield "time-limit-unreadable"

    def waits_for_itself(self, name: str) -> bool:
        behind: set[str] = set()
        fresh = set(self.steps[name].get("after", ()))
        while fresh:
            behind |= fresh
            fresh = {
                earlier for one in fresh if one in self.steps for earlier in self.steps[one].get("after", ())
            } - behind
        return name in behind

    def budgets(self) -> Iterator[str]:
        for channel in self.raw["channels"]:
            for each in channel["limits"]:
                total = readable(each.get("time"))
                if total is not None and any(
                    self.longest(name, total[0], each.get("case")) > total[1] for name in self.steps
                ):
                    yield "steps-exceed-limit"

    def longest(self, name: str, unit: str, case: str | None) -> Fraction:
        """The longest chain of budgets that ends with this step."""
        step = self.steps[name]
        budget = readable(step.get("budget"))
        taken = not step.get("cases") or case in step["cases"]
        own = budget[1] if budget is not None and taken and budget[0] == unit else Fraction(0)
        before = [self.longest(one, unit, case) for one in step.get("after", ()) if one in self.steps]
        return own + max(before, default=Fraction(0))


class SlowCatalogue:
    """The area ``catalogue``."""

    name = "slow"

    def check_catalogue(self, document: Any, on: str | None = None) -> dict[str, Any]:
        rules = {f"catalogue/{name}" for name in (*characters(document), *self.deeper(document, on))}
        rules |= {f"schema/{name}" for name in broken(document, resources.schema("catalogue"), "catalogue")}
        return {"usable": rules <= {*NOTES, *WARNINGS}, "rules": sorted(rules)}

    def deeper(self, document: Any, on: str | None) -> Iterator[str]:
        if not isinstance(document, dict):
            return
        bases, procedures = document.get("bases"), document.get("procedures")
        if isinstance(bases, dict):
            for basis in bases.values():
                if basis.get("in_force_to", "9999") < basis.get("in_force_from", "0000"):
                    yield "reversed-dates"
        if isinstance(procedures, list):
            codes = [each["code"] for each in procedures if isinstance(each, dict) and "code" in each]
            if len(set(codes)) < len(codes):
                yield "duplicate-code"
            shape = resources.schema("catalogue")["$defs"]["procedure"]
            for raw in procedures:
                if not any(broken(raw, shape, "catalogue")):
                    yield from Procedure(raw, {"bases": bases or {}}, on).findings()
