"""Early warnings and slow spots by a second way, over random small worlds; and what the commands and pages print of them."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue, dossier, lab, workdays
from onestop_core.cli import main
from onestop_core.lab import Outlook
from onestop_core.lab.burdens import Cause
from onestop_core.lab.burdens.slowness import Size
from onestop_core.model import TimeLimit
from tests.lab.second_days import OFFICE, Days
from tests.lab.second_slow import forecast, slow
from tests.lab.second_steps import moment
from tests.lab.second_worlds import World, world
from tests.lab.test_second_audit import CIVIL, law_of

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_core.dossier import Dossier
    from tests.lab.second_days import Limit

BUDGETS: list[tuple[str, Limit]] = [
    ("receiving_officer", (1, "working_days")),
    ("unit_leader", (4, "working_hours")),
    ("specialist", (3, "working_days")),
    ("authority_leader", (2, "working_days")),
    ("clerk", (1, "working_days")),
]
LATE = ("overdue", "late_at_budget", "late_anyhow")


def folded(small: World, law: lab.Law) -> list[Dossier]:
    events = [dossier.load_log(log).events for log in small.logs]
    courses = [lab.follow(each, law.machine(each[0])) for each in events]
    return [course.dossier for course in courses if course.dossier is not None]


def limit_of(budget: Limit) -> TimeLimit:
    return TimeLimit.parse(f"{budget[0]} {budget[1].replace('_', ' ')}")


@pytest.mark.parametrize("seed", range(60))
def test_why_dossiers_were_slow(seed: int) -> None:
    small = world(random.Random(seed), dossiers=4, unlawful=8)
    law, days = law_of(small)
    found = lab.slowness(folded(small, law), law=law)
    ended, rows = slow(small, days)
    assert (found.ended, [row.to_dict() for row in found.rows]) == (ended, rows)
    places = {
        (place.edition, place.size.value, place.cause.value): ([row.id for row in place.rows], place.over)
        for place in found.spots
    }
    assert places == spots(rows)
    assert found.lines() == tuple(
        f"{titled(edition)}, {Size(size).text.en}, {Cause(cause).text.en}: "
        f"{counted_in_words(len(ids), 'dossier')}, {counted_in_words(over, 'working day')} beyond"
        for (edition, size, cause), (ids, over) in sorted(places.items(), key=as_printed)
    )


def spots(rows: list[dict[str, Any]]) -> dict[tuple[str, str, str], tuple[list[str], int]]:
    """Return the slow dossiers and their days beyond the limit, by edition, size and cause."""
    found: dict[tuple[str, str, str], tuple[list[str], int]] = {}
    for row in rows:
        for cause in row["causes"]:
            ids, over = found.get((row["edition"], row["size"], cause), ([], 0))
            found[row["edition"], row["size"], cause] = ([*ids, row["id"]], over + row["over"])
    return found


def as_printed(item: tuple[tuple[str, str, str], object]) -> tuple[str, int, int]:
    edition, size, cause = item[0]
    return edition, [each.value for each in Size].index(size), [each.value for each in Cause].index(cause)


def titled(edition: str) -> str:
    return dossier.machine(edition).lifecycle.title.en


def counted_in_words(many: int, what: str) -> str:
    return f"{many} {what}" if many == 1 else f"{many} {what}s"


@pytest.mark.parametrize("seed", range(60))
def test_who_will_be_late(seed: int) -> None:
    chance = random.Random(seed)
    small = world(chance, dossiers=4, unlawful=8)
    law, days = law_of(small)
    budgets = [BUDGETS[place] for place in sorted(chance.sample(range(5), chance.randint(2, 5)))]
    moments = [moment(row) for log in small.logs for row in (log["dossier"], *log["events"])]
    now = chance.choice(moments) + timedelta(minutes=chance.choice([0, 1, 600]))
    steps = [(role, limit_of(budget)) for role, budget in budgets]
    rows = [row.to_dict() for row in lab.forecast(folded(small, law), law=law, steps=steps, now=now)]
    assert [{name: row[name] for name in row if name != "text"} for row in rows] == forecast(small, days, budgets, now)


def test_the_worlds_meet_every_cause_and_every_outlook() -> None:
    causes, outlooks = Counter[str](), Counter[str]()
    for seed in range(60):
        chance = random.Random(seed)
        small = world(chance, dossiers=4, unlawful=8)
        _, days = law_of(small)
        causes.update(cause for row in slow(small, days)[1] for cause in row["causes"])
        moments = [moment(row) for log in small.logs for row in (log["dossier"], *log["events"])]
        for now in moments[:8]:
            outlooks.update(row["outlook"] for row in forecast(small, days, BUDGETS, now))
    assert set(causes) >= {cause.value for cause in Cause if cause is not Cause.LARGE}
    assert set(outlooks) == {outlook.value for outlook in Outlook}


def written(small: World, tmp_path: Path) -> str:
    file = tmp_path / "logs.jsonl"
    file.write_text("\n".join(json.dumps(log, ensure_ascii=False) for log in small.logs), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("seed", [5, 6])
def test_what_the_command_and_the_page_print_of_warnings(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = world(random.Random(seed), dossiers=12, unlawful=8)
    small = World(
        small.logs, {log["dossier"]["procedure"]: (5, "working_days") for log in small.logs}, False, small.day
    )
    file = written(small, tmp_path)
    moments = sorted(moment(row) for log in small.logs for row in log["events"])
    now = moments[len(moments) // 2]
    wanted = forecast(small, Days(CIVIL, OFFICE), BUDGETS, now)  # the command counts in the office hours that ship
    late = [row for row in wanted if row["outlook"] in LATE]
    words = [word for role, (many, unit) in BUDGETS for word in ("--step", f"{role}={many} {unit.replace('_', ' ')}")]

    def printed(form: str) -> str:
        options = ["--limits", "5 working days", "--now", now.isoformat(), "--lang", "en", "--format", form]
        assert main(["lab", "forecast", file, *options, *words]) == (1 if late else 0)
        return capsys.readouterr().out

    rows: list[dict[str, Any]] = json.loads(printed("json"))
    assert [{name: row[name] for name in row if name != "text"} for row in rows] == wanted
    text = printed("text").splitlines()
    counts = Counter(row["outlook"] for row in wanted)
    assert text[0] == f"Open cases: {len(wanted)}"
    for outlook in Outlook:
        assert (f"{outlook.text.en}: {counts[outlook.value]}" in text) is bool(counts[outlook.value])
    assert late
    shown = [line for line in text if any(line.startswith((f"{row['id']} (", f"{row['id']}: ")) for row in wanted)]
    assert sorted(re.split(" |:", line)[0] for line in shown) == sorted(row["id"] for row in late)
    page = printed("html")
    figures = re.findall(r'<span class="big">(\d+)</span><span>(.*?)</span>', page)
    assert {words: int(many) for many, words in figures} == {
        outlook.text.en: counts[outlook.value] for outlook in Outlook if counts[outlook.value]
    }
    assert page.count("<tr>") == len(late) + 1


@pytest.mark.parametrize("seed", [7])
def test_what_the_command_and_the_page_print_of_slowness(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = list(lab.generate(150, year=2025, seed=seed))
    logs = tuple(dossier.dump_log(case) for case in made)
    known: dict[str, Limit] = {}
    for code, limit in lab.law(limits=catalogue.shipped()).limits.by_procedure.items():
        if stated := re.fullmatch(r"(\d+) (working day|day|working hour)s?", str(limit)):
            known[code] = (int(stated[1]), f"{stated[2].replace(' ', '_')}s")
    logs = tuple(log for log in logs if log["dossier"]["procedure"] in known)
    small = World(logs, known, False, made[0].events[0].at.date())
    ended, rows = slow(small, Days(workdays.calendar()))
    file = written(small, tmp_path)
    assert main(["lab", "burden", "--logs", file, "--lang", "en", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["slowness"]["ended"], told["slowness"]["rows"]) == (ended, rows)
    places = spots(rows)
    assert {
        (place["edition"], place["size"], place["cause"]): (place["dossiers"], place["over"])
        for place in told["slowness"]["spots"]
    } == places
    assert main(["lab", "burden", "--logs", file, "--lang", "en", "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert f"Why dossiers were slow: {len(rows)}/{ended}" in page
    texts = [re.findall(r">([^<>]+)<", row) for row in page.split("<tr>")]
    for (edition, size, cause), (ids, over) in places.items():
        heads = [titled(edition), Size(size).text.en, Cause(cause).text.en, str(len(ids))]
        [mine] = [row for row in texts if row[:4] == heads]
        assert [said.split(" (")[0] for said in mine[4:-1]] == ids
        assert mine[-1] == str(over)
