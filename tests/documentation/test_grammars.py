"""The grammars of the reference are what the library reads: texts are made up from them, changed, and read by both."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from onestop_core import deadlines
from onestop_core.errors import InvalidValueError
from onestop_core.model import AgencyCode, DossierCode, ProcedureCode, TimeLimit
from tests.documentation.ebnf import Grammar, Tree, grammars

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs/reference/grammars.md"
LIMIT, HOURS, AGENCY, PROCEDURE, DOSSIER = grammars(PAGE)
BOUNDS = {
    row[0]: (row[1], int(row[2]), int(row[3]), row[4] == "hundredths")
    for row in re.findall(
        r"^\| `(\w+)` \| `(\w+)` \| ([0-9]+) \| ([0-9]+) \| (\w+) \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
}
WORDS = dict(zip(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], range(1, 11), strict=True))
WORDS |= {"bẩy": 7, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
ISO = {"y": "Year", "m": "Month", "w": "Week", "d": "Day", "h": "Hour"}


def blanks(text: str, *, keep: str = "") -> str:
    """Every run of blanks as one, none around it."""
    out: list[str] = []
    for character in text:
        if character.isspace() and character not in keep:
            out += [] if out and out[-1] == " " else [" "]
        else:
            out.append(character)
    return "".join(out).strip()


def numeral(words: str) -> int:
    parts = words.split()
    if parts[0] == "mười":
        return 10 + (WORDS[parts[1]] if parts[1:] else 0)
    return WORDS[words] if len(parts) == 1 else 10 * WORDS[parts[0]] + (WORDS[parts[2]] if parts[2:] else 0)


def step(tree: Tree) -> tuple[str, Fraction] | None:
    """What the page says a step means; None where it is refused."""
    if tree.one("SameDay"):
        return "same_day", Fraction(1)
    if tree.one("Immediate"):
        return "immediate", Fraction(1)
    if (duration := tree.one("Duration")) is not None:
        name, digits = ISO[duration.text[-1]], tree.all("Digits")[0].text
        return bounded(name, Fraction(int(digits)))
    unit = tree.one("Unit")
    name = unit.children[0].name if unit else "WorkingDay"
    if tree.one("Half"):
        word = unit.text if unit else ""
        civil_code = {"month": ("days", 15), "tháng": ("days", 15), "year": ("months", 6), "năm": ("months", 6)}
        if word in civil_code:
            return civil_code[word][0], Fraction(civil_code[word][1])
        return bounded(name, Fraction(1, 2))
    if (quotient := tree.one("Quotient")) is not None:
        over, under = quotient.text.split("/")
        if int(under) == 0:
            return None
        amount = Fraction(int(over), int(under))
    elif (decimal := tree.one("Decimal")) is not None:
        amount = Fraction(decimal.text.replace(",", "."))
    else:
        amount = Fraction(int(tree.all("Digits")[0].text))
        again = tree.one("Again")
        if again is not None:
            inside = again.text.strip(" ()")
            if (int(inside) if inside.isdigit() else numeral(inside)) != amount:
                return None
    return bounded(name, amount / 2 if tree.one("Session") else amount)


def bounded(name: str, amount: Fraction) -> tuple[str, Fraction] | None:
    unit, least, most, parts = BOUNDS[name]
    fits = least <= amount <= most and (amount * (100 if parts else 1)).denominator == 1
    return (unit, amount) if fits else None


def limit_by_the_page(text: str) -> list[tuple[str, Fraction]] | None:
    if len(text) > 600:
        return None
    tree = LIMIT.read(blanks(unicodedata.normalize("NFC", text).lower()))
    steps = [step(each) for each in tree.all("Step")] if tree else [None]
    return None if None in steps else [each for each in steps if each]


def limit_by_the_library(text: str) -> list[tuple[str, Fraction]] | None:
    try:
        return [(each.unit.value, each.amount) for each in TimeLimit.parse(text).steps]
    except InvalidValueError:
        return None


def hours_by_the_page(text: str) -> list[tuple[int, int]] | None:
    plain = unicodedata.normalize("NFC", text)
    if len(plain) > 200 or "\0" in plain or not plain.strip():
        return None
    tree = HOURS.read(blanks(plain.lower(), keep="\n"))
    sessions = [tuple(map(clock, each.all("Clock"))) for each in tree.all("Session")] if tree else []
    found = [(opens, closes) for opens, closes in sessions if opens is not None and closes is not None]
    order = [moment for session in found for moment in session]
    return found if found and len(found) == len(sessions) and order == sorted(set(order)) else None


def clock(tree: Tree) -> int | None:
    minute = tree.one("OfMinute")
    hours, minutes = int(tree.all("OfHour")[0].text), int(minute.text) if minute else 0
    return hours * 60 + minutes if minutes < 60 and hours * 60 + minutes <= 1440 else None


def hours_by_the_library(text: str) -> list[tuple[int, int]] | None:
    try:
        week = deadlines.WorkingHours.parse(text).week
    except InvalidValueError:
        return None
    assert week[0] == week[4]
    assert week[5:] == ((), ())
    return [(each.opening, each.closing) for each in week[0]]


def plain_code(text: str) -> str | None:
    plain = unicodedata.normalize("NFC", text)
    return plain.strip() if len(plain) <= 100 and "\0" not in plain and plain.strip() else None


def agency_by_the_page(text: str) -> tuple[str, bool] | None:
    plain = plain_code(text)
    tree = AGENCY.read(plain) if plain and len(plain) <= 35 else None
    return (tree.all("LevelOne")[0].text, tree.one("Old") is not None) if tree else None


def agency_by_the_library(text: str) -> tuple[str, bool] | None:
    try:
        code = AgencyCode.parse(text)
    except InvalidValueError:
        return None
    return code.level_one, code.is_old_order


def procedure_by_the_page(text: str) -> tuple[str, str | None] | None:
    plain = plain_code(text)
    tree = PROCEDURE.read(plain) if plain else None
    if tree is None:
        return None
    owner = tree.one("Owner")
    return tree.all("Short")[0].text, owner.text if owner else None


def procedure_by_the_library(text: str) -> tuple[str, str | None] | None:
    try:
        code = ProcedureCode.parse(text)
    except InvalidValueError:
        return None
    return code.short, None if code.owner is None else str(code.owner)


def dossier_by_the_page(text: str) -> tuple[str, date, int] | str | None:
    plain = plain_code(text)
    if plain is None:
        return None
    tree = DOSSIER.read(plain)
    if tree is None:
        return "foreign"
    agency, shown = tree.one("Old", "New"), tree.one("LongDay", "ShortDay")
    assert agency
    assert shown
    whole = shown.text if shown.name == "LongDay" else "20" + shown.text
    try:
        day = date(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    except ValueError:
        return "foreign"
    return (agency.text, day, int(tree.all("Sequence")[0].text)) if len(agency.text) <= 35 else "foreign"


def dossier_by_the_library(text: str) -> tuple[str, date, int] | str | None:
    try:
        code = DossierCode.parse(text)
    except InvalidValueError:
        return None
    if code.agency is None or code.day is None or code.sequence is None:
        return "foreign"
    return code.agency.text, code.day, code.sequence


READERS: dict[str, tuple[Grammar, Callable[[str], object], Callable[[str], object]]] = {
    "limit": (LIMIT, limit_by_the_page, limit_by_the_library),
    "hours": (HOURS, hours_by_the_page, hours_by_the_library),
    "agency": (AGENCY, agency_by_the_page, agency_by_the_library),
    "procedure": (PROCEDURE, procedure_by_the_page, procedure_by_the_library),
    "dossier": (DOSSIER, dossier_by_the_page, dossier_by_the_library),
}


def fitted(text: str, random: Random) -> str:
    """The same text with days that there are and hours in order, so that more than a few are read."""
    days = ["240229", "991231", "000101", "260230", "20240229", "00010101", "00000101", "21001231"]
    hours = iter(sorted(random.sample(range(24), 20)))
    text = re.sub(r"(?<=-)[0-9]{6}(?:[0-9]{2})?(?=-)", lambda _: random.choice(days), text)
    return re.sub(r"[0-9]{1,2}(?= ?[:hg])", lambda found: str(next(hours, found[0])), text)


def changed(text: str, grammar: Grammar, random: Random) -> str:
    """One small change: a character or a word of the grammar put in, taken out or put for another."""
    at = random.randrange(len(text) + 1)
    words = sorted(grammar.literals())
    new: str = random.choice([*words, *"0123456789 .,+-:()/\n'\u00a0\u3000\u001cAaZzh", ""])
    return text[:at] + new + text[at + random.choice([0, 1, 1, len(new)]) :]


def dressed(text: str, random: Random) -> str:
    """The same text as somebody else would write it: capitals, decomposed letters, other blanks."""
    out = "".join(each.upper() if random.random() < 0.2 and len(each.upper()) == 1 else each for each in text)
    out = unicodedata.normalize(random.choice(["NFC", "NFD"]), out)
    return random.choice(["", " ", "\t"]) + out.replace(" ", random.choice([" ", "  ", "\u00a0", "\u2009 "])) + " "


@pytest.mark.parametrize("name", READERS)
def test_the_library_reads_what_the_grammar_says_and_nothing_else(name: str) -> None:
    grammar, by_the_page, by_the_library = READERS[name]
    random = Random(20260426)
    read = refused = 0
    for number in range(1500):
        text = grammar.make(random)
        if number % 2:
            text = fitted(text, random)
        for given in (text, changed(text, grammar, random), changed(dressed(text, random), grammar, random)):
            wanted = by_the_page(given)
            assert by_the_library(given) == wanted, repr(given)
            strange = wanted is None or wanted == "foreign"
            read, refused = read + (not strange), refused + strange
    assert read > 200, (read, refused)
    assert refused > 300, (read, refused)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("05 (năm) ngày làm việc.", [("working_days", Fraction(5))]),
        ("05 (bốn) ngày làm việc", None),
        ("Trong thời hạn không quá 02 tháng", [("months", Fraction(2))]),
        ("within nửa ngày", None),
        ("within half a day", [("days", Fraction(1, 2))]),
        ("nửa giờ", [("hours", Fraction(1, 2))]),
        ("nửa tháng", [("days", Fraction(15))]),
        ("half a year", [("months", Fraction(6))]),
        ("half a months", None),
        ("nửa tuần", None),
        ("3 buổi", [("working_days", Fraction(3, 2))]),
        ("1/0 ngày", None),
        ("1/3 ngày", None),
        ("9999.00 days", [("days", Fraction(9999))]),
        ("9999.01 days", None),
        ("0 days", [("days", Fraction(0))]),
        ("0 months", None),
        ("pt8h", [("hours", Fraction(8))]),
        (" + ".join(["1 day"] * 20), [("days", Fraction(1))] * 20),
        (" + ".join(["1 day"] * 21), None),
        ("1 day" + " " * 596, None),
    ],
)
def test_limits_of_each_kind_are_read_so_by_both(text: str, wanted: object) -> None:
    assert limit_by_the_page(text) == wanted == limit_by_the_library(text)


@pytest.mark.parametrize("name", BOUNDS)
def test_the_bounds_of_the_page_are_those_of_the_library(name: str) -> None:
    unit, least, most, parts = BOUNDS[name]

    def takes(amount: Fraction) -> bool:
        try:
            return TimeLimit.of(amount, unit).steps[0].amount == amount
        except InvalidValueError:
            return False

    assert takes(Fraction(least))
    assert takes(Fraction(most))
    assert not takes(Fraction(least - 1))
    assert not takes(most + Fraction(1, 100))
    assert takes(Fraction(3, 2)) is parts
    assert takes(Fraction(5, 4)) is parts
    assert not takes(Fraction(1, 8) + 1)


def test_the_page_names_every_word_that_it_may() -> None:
    """All words of the grammar, alone in their place, are read; a word in the library that the page lacks is found above."""
    from onestop_core.model import time_limits

    words = LIMIT.literals()
    assert set(time_limits._FIXED) <= words
    assert {word.removesuffix("s") for word in time_limits._UNITS} <= words
    assert words >= time_limits._HALF_DAYS


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (("H26.12", date(2026, 2, 12), 7, 6, 4), "H26.12-260212-0007"),
        (("H26.12", date(2026, 2, 12), 10**20 - 1, 8, 20), "H26.12-20260212-99999999999999999999"),
        (("H26.12", date(2026, 2, 12), 10**20, 6, 4), None),
        (("H26.12", date(2026, 2, 12), 0, 6, 4), None),
        (("H26.12", date(2026, 2, 12), 1, 6, 3), None),
        (("H26.12", date(2026, 2, 12), 1, 6, 21), None),
        (("H26.12", date(2026, 2, 12), 1, 7, 4), None),
        (("H26.12", date(1999, 12, 31), 1, 6, 4), None),
        (("H26.12", date(2100, 1, 1), 1, 6, 4), None),
        (("000.00.04.G18", date(2026, 2, 12), 1, 8, 4), None),
    ],
)
def test_what_the_page_says_of_writing_codes(given: tuple[str, date, int, int, int], wanted: str | None) -> None:
    agency, day, sequence, digits, width = given
    try:
        made = DossierCode.of(AgencyCode.parse(agency), day, sequence, digits_of_day=digits, width=width).text
    except InvalidValueError:
        made = None
    assert made == wanted
