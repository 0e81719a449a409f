"""Catalogues checked again, slowly: each rule as a walk over plain JSON."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance import Refusal
from onestop_core.conformance.fresh.limits import SlowLimits
from onestop_core.rules.reading import resources
from tests.conformance.slow_schema import broken
from tests.conformance.slow_times import added, amounts, exceeds

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTES: Final = ("catalogue/part-missing", "catalogue/unconfirmed")
WARNINGS: Final = (
    "catalogue/no-time-limit",
    "catalogue/steps-exceed-limit",
    "catalogue/step-without-body",
    "catalogue/unreachable-limit",
    "catalogue/decision-table",
    "catalogue/body-without-step",
    "catalogue/linked-procedures",
    "catalogue/basis-not-in-force",
    "catalogue/not-nfc",
    "catalogue/stray-character",
    "catalogue/look-alike",
)
BASIS: Final = ({"$ref": "#/$defs/basis"}, "common")
GRAVE: Final = "!"
"""Behind the name of a rule that is a warning elsewhere."""
CODES: Final = ("code", "id", "form", "case", "cases", "after", "basis", "legal_bases", "amount", "schema_version")
IDENTIFIERS: Final = ("instrument", "article", "number")
STRUCTURE: Final = ("body", "role", "budget", "responsible", "product", "hand_over", "objective", "result")


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
            yield "stray-character" + GRAVE * ("\0" in text)
        words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text))
        foreign = [word for word in words if any(is_foreign(letter) for letter in word)]
        mixed = [word for word in foreign if not all(is_foreign(letter) for letter in word) or "Ð" in word]
        if foreign if key in CODES else mixed:
            yield "look-alike" + GRAVE * (key in {*CODES, *IDENTIFIERS})


def is_foreign(letter: str) -> bool:
    name = unicodedata.name(letter, "")
    return name.startswith(("CYRILLIC", "GREEK", "FULLWIDTH")) or letter in "Ððꓓ"


def period(raw: Any, *, sound: bool) -> tuple[str, str]:
    """First and last day; all days where they cannot be told."""
    return (raw.get("in_force_from", "0000"), raw.get("in_force_to", "9999")) if sound else ("0000", "9999")


class Procedure:
    """One procedure under the rules."""

    def __init__(self, raw: dict[str, Any], bases: dict[str, Any] | None, on: str | None) -> None:
        self.raw, self.bases, self.on = raw, bases, on
        self.steps = {step["id"]: step for step in raw.get("steps", ())}
        self.questions = {question["id"]: question for question in raw.get("questions", ())}

    def findings(self) -> Iterator[str]:
        raw = self.raw
        if raw.get("in_force_to", "9999") < raw.get("in_force_from", "0000"):
            yield "reversed-dates"
        groups = [(raw.get(group, ()), key) for group, key in (("cases", "id"), ("steps", "id"), ("forms", "code"))]
        groups += [(raw.get("questions", ()), "id"), (raw.get("linked", {}).get("procedures", ()), "id")]
        for each_group, key in groups:
            names = [each[key] for each in each_group]
            if len(set(names)) < len(names):
                yield "duplicate-id"
        if not raw.get("steps") or not raw.get("papers"):
            yield "part-missing"
        structured = any(name in step for step in raw.get("steps", ()) for name in STRUCTURE)
        for step in raw.get("steps", ()):
            if structured and "body" not in step and step.get("role") != "applicant":
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
        yield from self.decisions()
        yield from self.times()
        if any(self.waits_for_itself(name) for name in self.steps):
            yield "step-cycle"
        else:
            yield from self.budgets()

    def service(self) -> Iterator[str]:
        raw = self.raw
        kinds = {case["id"]: case.get("dimension") for case in raw.get("cases", ())}
        for channel in raw["channels"]:
            for each in channel["limits"]:
                if "case" in each and channel.get("cases") and each["case"] not in channel["cases"]:
                    yield "unreachable-limit"
                for fee in each.get("fees", ()):
                    other = fee.get("case", each.get("case"))
                    alike = kinds.get(other) == kinds.get(each.get("case"))
                    if "case" in each and other != each["case"] and alike:
                        yield "unreachable-limit"
        bodies = [body["name"]["vi"] for group in ("implementing", "coordinating") for body in raw.get(group, ())]
        acting = [step["body"]["vi"] for step in raw.get("steps", ()) if "body" in step]
        if acting and any(body not in acting for body in bodies):
            yield "body-without-step"
        if "linked" not in raw:
            return
        linked = raw["linked"]
        names = [each["id"] for each in linked["procedures"]]
        authorities = [*([raw["authority"]] if "authority" in raw else []), *raw.get("other_authorities", ())]
        if (
            linked["lead"]["vi"] not in [*(each["name"]["vi"] for each in authorities), *bodies]
            or any(each.get("code") == raw["code"] for each in linked["procedures"])
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

    def decisions(self) -> Iterator[str]:
        raw, sound = self.raw, True
        kinds = {case["id"]: case.get("dimension") for case in raw.get("cases", ())}
        for row in raw.get("decisions", ()):
            sound = sound and row["case"] in kinds
            for condition in row["when"]:
                question = self.questions.get(condition["question"])
                if question is None:
                    sound = False
                    continue
                known = {answer["id"] for answer in question.get("answers", ())}
                given = condition.get("answers", [])
                bounded = "least" in condition or "below" in condition
                if any(answer not in known for answer in given):
                    sound = False
                    yield "unresolved-reference"
                if (known and (bounded or not given)) or (not known and not bounded):
                    sound = False
                    yield "decision-table"
        if not sound:
            return
        for kind in {kinds[row["case"]] for row in raw.get("decisions", ())}:
            rows = [row for row in raw["decisions"] if kinds[row["case"]] == kind]
            asked = sorted({condition["question"] for row in rows for condition in row["when"]})
            for answers in product(*(self.answers(question, rows) for question in asked)):
                said = dict(zip(asked, answers, strict=True))
                if sum(all(fits(said[each["question"]], each) for each in row["when"]) for row in rows) != 1:
                    yield "decision-table"

    def answers(self, name: str, rows: list[Any]) -> list[Any]:
        """Every answer; of a number one below, at and between all bounds, and one above."""
        if self.questions[name].get("answers"):
            return [answer["id"] for answer in self.questions[name]["answers"]]
        bounds = {Fraction(0)}
        for row in rows:
            for condition in row["when"]:
                if condition["question"] == name:
                    bounds |= {Fraction(condition[bound]) for bound in ("least", "below") if bound in condition}
        ordered = sorted(bounds)
        between = [(one + other) / 2 for one, other in pairwise(ordered)]
        return [*ordered, *between, ordered[-1] + 1]

    def references(self) -> Iterator[str]:
        known = {
            "case": {case["id"] for case in self.raw.get("cases", ())},
            "form": {form["code"] for form in self.raw.get("forms", ())},
            "after": set(self.steps),
            "before": set(self.steps),
            "question": set(self.questions),
            "basis": set(self.bases or ()),
        }
        known |= {"cases": known["case"], "legal_bases": known["basis"]}
        if self.bases is None:  # that there are none to look in is said once, by the schema
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
                    yield from self.evidence(
                        key, [basis for name in named if (basis := (self.bases or {}).get(name)) is not None]
                    )

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
        if any("time" not in each and "without_time" not in each for each in limits):
            yield "no-time-limit"
        parts = [each["valid_for"] for each in self.raw.get("results", ()) if "valid_for" in each]
        parts += [each["time"] for each in self.raw.get("linked", {}).get("procedures", ()) if "time" in each]
        for text in (*words, *parts):
            try:
                steps = SlowLimits().parse_limit(text)["steps"]
            except Refusal:
                yield "time-limit-unreadable"
                continue
            # Nothing at all and a part of a calendar day are budgets of steps.
            if any(each["amount"] == "0" or (each["unit"] == "days" and "/" in each["amount"]) for each in steps):
                yield "time-limit-unreadable"
        for text in (step["budget"] for step in self.raw.get("steps", ()) if "budget" in step):
            try:
                SlowLimits().parse_limit(text)
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
                allowed = amounts(each.get("time"))
                if any(exceeds(chain, allowed) for name in self.steps for chain in self.chains(name, each.get("case"))):
                    yield "steps-exceed-limit"

    def chains(self, name: str, case: str | None) -> list[dict[str, Fraction]]:
        """What every chain of steps that ends with this one takes."""
        step = self.steps[name]
        taken = not step.get("cases") or case in step["cases"]
        own = amounts(step.get("budget")) if taken else {}
        before = [chain for one in step.get("after", ()) if one in self.steps for chain in self.chains(one, case)]
        return [added(own, chain) for chain in before or [{}]]


def fits(answer: Any, condition: dict[str, Any]) -> bool:
    if isinstance(answer, str):
        return answer in condition["answers"]
    above = "least" not in condition or answer >= Fraction(condition["least"])
    return above and ("below" not in condition or answer < Fraction(condition["below"]))


def accepted(rule: str, place: str, code: str | None, suppressions: Any) -> bool:
    """Whether the document accepts a warning or note of this rule about a whole procedure, or about itself."""
    for each in suppressions:
        reaches = each["path"] in {"$", place} if "code" not in each else each["code"] == code
        whole = "code" not in each or each.get("path", "$") == "$"
        if each["rule"] == rule and reaches and whole:
            return True
    return False


class SlowCatalogue:
    """The area ``catalogue``."""

    name = "slow"

    def check_catalogue(self, document: Any, on: str | None = None) -> dict[str, Any]:
        found: list[tuple[str, str, str | None]]
        found = [(f"catalogue/{name}", "", None) for name in characters(document)]
        found += [(f"catalogue/{name}", place, code) for name, place, code in self.deeper(document, on)]
        wrong = [f"schema/{name}" for name in broken(document, resources.schema("catalogue"), "catalogue")]
        held = document.get("suppressions", []) if isinstance(document, dict) else []
        shape = resources.schema("catalogue")["properties"]["suppressions"]
        held = [] if any(broken(held, shape, "catalogue")) else held
        said = {
            rule
            for rule, place, code in found
            if rule not in {*NOTES, *WARNINGS} or not accepted(rule, place, code, held)
        }
        rules = {*said, *wrong}
        return {"usable": rules <= {*NOTES, *WARNINGS}, "rules": sorted({rule.removesuffix(GRAVE) for rule in rules})}

    def deeper(self, document: Any, on: str | None) -> Iterator[tuple[str, str, str | None]]:
        """Each broken rule, the path of the procedure that breaks it, and its code."""
        if not isinstance(document, dict):
            return
        bases, procedures = document.get("bases"), document.get("procedures")
        readable: dict[str, Any] | None = None
        if isinstance(bases, dict):
            is_sound = {name: not any(broken(basis, *BASIS)) for name, basis in bases.items()}
            readable = {name: basis if is_sound[name] else None for name, basis in bases.items()}
            for basis in filter(None, readable.values()):
                if basis.get("in_force_to", "9999") < basis.get("in_force_from", "0000"):
                    yield "reversed-dates", "", None
        if not isinstance(procedures, list):
            return
        shape = resources.schema("catalogue")["$defs"]["procedure"]
        sound = [not any(broken(raw, shape, "catalogue")) for raw in procedures]
        coded = [
            (raw["code"], *period(raw, sound=fine))
            for raw, fine in zip(procedures, sound, strict=True)
            if isinstance(raw, dict) and isinstance(raw.get("code"), str)
        ]
        for (code, first, last), (other, other_first, other_last) in combinations(coded, 2):
            if code == other and first <= other_last and other_first <= last:
                yield "duplicate-code", "", None
        for index, raw in enumerate(procedures):
            if sound[index]:
                for name in Procedure(raw, readable, on).findings():
                    yield name, f"$.procedures[{index}]", raw["code"]
