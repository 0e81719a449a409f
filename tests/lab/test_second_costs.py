"""What catalogues cost by a second way, over random small ones; and what the command and the page print of it."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue as catalogues
from onestop_core import lab
from onestop_core.cli import main
from tests.lab.second_costs import SHIPPED, burden, catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_core.lab import Burden

INCOME = 40_000
GUESSED = {
    "paper_hours": Fraction(1),
    "form_hours": Fraction(1, 2),
    "copy_cost": 5_000,
    "trip_hours": 2,
    "trip_cost": 20_000,
    "online_hours": Fraction(1, 2),
    "staff_cost": 60_000,
}
"""What stands in ``docs/how-to/lab-costs.md`` and in the docstring of the rates."""


def hold(found: Burden, wanted: dict[str, Any]) -> None:
    told = found.to_dict()
    rows = [{name: row[name] for name in wanted["procedures"][0]} for row in told["procedures"]]
    assert rows == wanted["procedures"]
    assert {name: told[name] for name in ("yearly", "agency", "without_budgets")} == {
        name: wanted[name] for name in ("yearly", "agency", "without_budgets")
    }


@pytest.mark.parametrize("seed", range(30))
def test_random_small_catalogues(seed: int) -> None:
    chance = random.Random(seed)
    document = catalogue(chance)
    own: dict[str, Any] = {name: Fraction(chance.randint(0, 40), chance.choice([1, 2, 3])) for name in GUESSED}
    codes = sorted({row["code"] for row in document["procedures"]})
    applications = {code: chance.randint(0, 900) for code in codes[:3]}
    on = chance.choice([None, date(2026, 6, 30), date(2026, 7, 1)])
    found = lab.burden(catalogues.load(document), rates=lab.Rates(**own), applications=applications, on=on)
    hold(found, burden(document, {**own, "income": INCOME}, applications, on))


def test_the_shipped_catalogue_at_the_guessed_rates() -> None:
    hold(lab.burden(catalogues.shipped()), burden(SHIPPED, {**GUESSED, "income": INCOME}, {}))


@pytest.mark.parametrize("seed", [1, 2])
def test_what_the_command_and_the_page_print_are_these_numbers(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = catalogue(random.Random(seed))
    wanted = burden(document, {**GUESSED, "income": INCOME}, {})
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    def printed(form: str) -> str:
        assert main(["lab", "burden", str(file), "--lang", "en", "--format", form]) == 0
        return capsys.readouterr().out

    told = json.loads(printed("json"))
    assert (told["yearly"], told["without_budgets"]) == (wanted["yearly"], wanted["without_budgets"])
    assert [row["each"] for row in told["procedures"]] == [row["each"] for row in wanted["procedures"]]
    applicants = f"{round(Fraction(wanted['yearly'])):,} VND"
    agencies = "not known"
    if wanted["agency"] is not None:
        agencies = f"{'at least ' if wanted['at_least'] else ''}{round(Fraction(wanted['agency'])):,} VND"
    text = printed("text").splitlines()[0]
    assert text.startswith(f"Cost of a year: applicants {applicants}, agencies {agencies} (not known of ")
    figures = re.findall(r'<span class="big">(.*?)</span>', printed("html"))
    assert figures[:2] == [applicants, agencies]
