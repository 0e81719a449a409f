"""Three reductions, three increases by a second way, over random small worlds and catalogues."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from onestop_core import catalogue as catalogues
from onestop_core import dossier, lab
from onestop_core.model import TimeLimit
from tests.lab.second_aims import figures
from tests.lab.second_costs import catalogue
from tests.lab.second_days import Days
from tests.lab.second_worlds import world
from tests.lab.test_second_audit import CIVIL
from tests.lab.test_second_costs import GUESSED, INCOME

LAST = date(2027, 6, 30)
LIMIT = (5, "working_days")


@pytest.mark.parametrize("seed", range(12))
def test_each_figure_of_two_periods(seed: int) -> None:
    chance = random.Random(seed)
    documents = [catalogue(chance), catalogue(chance)]
    law = lab.law(limits=TimeLimit.parse("5 working days"))
    periods, logs = [], []
    for name, document in zip(("before", "after"), documents, strict=True):
        offered = catalogues.load(document)
        mine = []
        for log in world(chance, dossiers=6, unlawful=0).logs:
            log["dossier"]["procedure"] = chance.choice([row["code"] for row in document["procedures"]])
            mine.append(log)
        events = [dossier.load_log(log).events for log in mine]
        cases = [lab.follow(each, law.machine(each[0])).dossier for each in events]
        logs.append(mine)
        periods.append(
            lab.burdens.Period(
                name=name, last=LAST, catalogue=offered, law=law, dossiers=[c for c in cases if c is not None]
            )
        )
    counts = [Counter(log["dossier"]["procedure"] for log in mine) for mine in logs]
    applications = {**counts[1], **counts[0]}
    limits = dict.fromkeys(applications, LIMIT)
    wanted = [
        figures(mine, document, LAST, {**GUESSED, "income": INCOME}, applications, Days(CIVIL), limits)
        for mine, document in zip(logs, documents, strict=True)
    ]
    found = lab.reductions_and_increases(*periods)
    for name in wanted[0]:
        change = found[name]
        assert (change.before, change.after) == (wanted[0][name], wanted[1][name]), name
        if wanted[0][name] is not None and wanted[1][name] is not None:
            assert change.absolute == Fraction(wanted[1][name]) - Fraction(wanted[0][name])
        else:
            assert change.reason is not None
