"""Every number of an audit by a second way: random small worlds, lawful and not, judged and counted from plain JSON."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import dossier, lab, workdays
from onestop_core.cli import main
from onestop_core.deadlines import WorkingHours
from onestop_core.model import TimeLimit
from tests.lab.second_audit import audited
from tests.lab.second_days import Days
from tests.lab.second_steps import moment
from tests.lab.second_worlds import EDITIONS, World, world

if TYPE_CHECKING:
    from pathlib import Path

CIVIL = workdays.calendar()
HOURS = WorkingHours.parse("07:30-11:30, 13:30-16:30")
SESSIONS = ((time(7, 30), time(11, 30)), (time(13, 30), time(16, 30)))
TOLD = ("dossier", "number", "kind", "rule", "basis", "at", "unit", "role", "delay")


def law_of(small: World) -> tuple[lab.Law, Days]:
    limits = {code: TimeLimit.parse(f"{many} {unit.replace('_', ' ')}") for code, (many, unit) in small.limits.items()}
    law = lab.law(calendar=CIVIL, limits=limits, hours=HOURS if small.hours else None)
    return law, Days(CIVIL, SESSIONS if small.hours else None)


def ordered(entries: Any) -> list[dict[str, Any]]:
    rows = [{name: entry[name] for name in TOLD} for entry in entries]
    return sorted(rows, key=lambda row: [str(row[name]) for name in TOLD])


def hold(found: lab.Audit, wanted: dict[str, Any]) -> None:
    """Hold every number of an audit to the second way."""
    assert ordered(entry.to_dict() for entry in found.entries) == ordered(wanted["entries"])
    assert list(found.dossiers) == wanted["dossiers"]
    assert list(found.not_counted) == wanted["not_counted"]
    assert list(found.broken) == wanted["broken"]
    assert (found.now, found.count, found.delay) == (wanted["now"], wanted["count"], wanted["delay"])
    assert dict(found.by_unit) == wanted["by_unit"]
    assert dict(found.by_role) == wanted["by_role"]
    for counts in (list(found.by_unit.values()), list(found.by_role.values()), [a.count for a in found.articles]):
        assert counts == sorted(counts, reverse=True)
    groups = Counter((row["kind"], row["rule"], row["basis"]) for row in wanted["entries"])
    assert sum(groups.values()) == sum(article.count for article in found.articles)
    for kind, rule, basis in groups:
        mine = [row for row in wanted["entries"] if (row["kind"], row["rule"], row["basis"]) == (kind, rule, basis)]
        theirs = [each for each in found.articles if (each.kind, each.rule, each.basis.en) == (kind, rule, basis)]
        assert sum(each.count for each in theirs) == len(mine)
        assert sum(each.delay for each in theirs) == sum(row["delay"] for row in mine)
        assert {name for each in theirs for name in each.dossiers} == {row["dossier"] for row in mine}
        for name, counted in (("unit", "by_unit"), ("role", "by_role")):
            several = sum((Counter(dict(getattr(each, counted))) for each in theirs), Counter[str]())
            assert several == Counter(row[name] or "" for row in mine)


@pytest.mark.parametrize("seed", range(60))
def test_logs_against_the_law_of_their_day(seed: int) -> None:
    small = world(random.Random(seed))
    law, days = law_of(small)
    hold(lab.audit([dossier.load_log(log) for log in small.logs], law=law), audited(small, days, None))


@pytest.mark.parametrize("seed", range(12))
def test_at_an_earlier_moment_of_looking(seed: int) -> None:
    chance = random.Random(1_000 + seed)
    small = world(chance)
    law, days = law_of(small)
    moments = [moment(row) for log in small.logs for row in (log["dossier"], *log["events"])]
    now = chance.choice(moments) + timedelta(minutes=chance.choice([0, 1, 5_000]))
    hold(lab.audit([dossier.load_log(log) for log in small.logs], law=law, now=now), audited(small, days, now))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("seed", range(4))
def test_under_another_edition_with_rules_of_its_own(seed: int, edition: str) -> None:
    small = world(random.Random(2_000 + seed))
    law, days = law_of(small)
    law = law.but(lifecycle=edition, policy=dossier.Policy(max_supplements=2, max_extensions=0))
    wanted = audited(small, days, None, policy={"max_supplements": 2, "max_extensions": 0}, edition=edition)
    hold(lab.audit([dossier.load_log(log) for log in small.logs], law=law), wanted)


def test_the_second_way_meets_steps_and_duties_of_every_kind() -> None:
    seen: set[tuple[str, str]] = set()
    for seed in range(60):
        small = world(random.Random(seed))
        _, days = law_of(small)
        seen |= {(row["kind"], row["rule"]) for row in audited(small, days, None)["entries"]}
    assert {rule for kind, rule in seen if kind == "duty"} >= {
        *("appointment", "extension_request", "hand_over", "transfer", "transfer_of_data", "supplement_notice"),
        *("online_answer", "online_desk_notice", "kiosk_answer", "payment_settlement", "result_correction"),
    }
    assert {rule for kind, rule in seen if kind == "step"} >= {
        *("role", "invalid-event", "unknown-code", "transition-not-allowed", "one_supplement_after_appraisal"),
        *("one_intake_supplement", "extension_before_due", "one_extension", "refusal_in_time", "late_already"),
    }


@pytest.mark.parametrize("seed", [3, 11])
def test_what_the_command_and_the_page_print_are_these_numbers(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = world(random.Random(seed), dossiers=6)
    small = World(
        small.logs, {log["dossier"]["procedure"]: (5, "working_days") for log in small.logs}, False, small.day
    )
    wanted = audited(small, Days(CIVIL), None)
    file = tmp_path / "logs.jsonl"
    file.write_text("\n".join(json.dumps(log, ensure_ascii=False) for log in small.logs), encoding="utf-8")

    def printed(form: str) -> str:
        code = main(["lab", "audit", str(file), "--limits", "5 working days", "--lang", "en", "--format", form])
        assert code == (1 if wanted["count"] else 0)
        return capsys.readouterr().out

    told = json.loads(printed("json"))
    assert ordered(entry for article in told["articles"] for entry in article["entries"]) == ordered(wanted["entries"])
    for name in ("broken", "count", "delay", "by_unit", "by_role", "not_counted"):
        assert told[name] == wanted[name], name
    assert (told["dossiers"], datetime.fromisoformat(told["now"])) == (len(wanted["dossiers"]), wanted["now"])
    assert sum(article["count"] for article in told["articles"]) == wanted["count"]
    assert sum(article["delay"] for article in told["articles"]) == wanted["delay"]
    for counts in ("by_unit", "by_role"):
        several = sum((Counter(article[counts]) for article in told["articles"]), Counter[str]())
        assert several == Counter(wanted[counts])
    whole = [len(wanted["dossiers"]), len(wanted["broken"]), wanted["count"], wanted["delay"]]
    text = printed("text").splitlines()
    assert list(map(int, re.findall(r"\d+", text[0]))) == whole
    lines = [re.fullmatch(r".*: (\d+)(?:, (\d+) working days)? \[[\w-]+\]", line) for line in text[1:]]
    assert sum(int(line[1]) for line in lines if line) == wanted["count"]
    assert sum(int(line[2] or 0) for line in lines if line) == wanted["delay"]
    page = printed("html")
    assert [int(each) for each in re.findall(r'<span class="big">(\d+)</span>', page)] == whole
    articles = re.findall(r"<summary>(.*?)</summary>", page)
    assert (
        sum(int(each.rpartition(": ")[2]) for each in articles if not each.startswith("Time limit")) == wanted["count"]
    )
    sarif = json.loads(printed("sarif"))
    results = sarif["runs"][0]["results"]
    assert len(results) == wanted["count"]
    places = [each["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for each in results]
    numbers = [row["number"] for row in wanted["entries"]]
    assert Counter(places) == Counter("$" if number is None else f"$.events[{number - 1}]" for number in numbers)


def test_a_finding_about_the_opening_is_placed_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = {"id": "1", "procedure": "1.004873", "channel": "kiosk", "at": "2026-09-01T08:00:00+07:00"}
    log = {"schema_version": "1.1", "lifecycle": "vn@decree-118-2025-amended-309-2026", "dossier": head, "events": []}
    file = tmp_path / "log.json"
    file.write_text(json.dumps(log), encoding="utf-8")
    assert main(["lab", "audit", str(file), "--lifecycle", "vn@decree-61-2018", "--format", "sarif"]) == 1
    [result] = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "$.dossier"
