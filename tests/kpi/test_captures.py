"""The portal's own figures: captures read as they come, compared, ranked, and the page for the leader."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop_core import kpi
from onestop_core.cli import main
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnknownCodeError
from onestop_core.kpi.captures import (
    Snapshot,
    brief_page,
    brief_sheets,
    compare_snapshots,
    leaders_brief,
    ranking,
    read_captures,
)
from onestop_core.kpi.service_index import Level
from tests.browser import printed, words

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED: Final = Path(os.environ.get("ONESTOP_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
FILE: Final = SHARED / "kpi-portal-gia-lai-2026.csv"
INDEX: Final = kpi.index("vn-766@portal-2026")
GROUPS: Final = {"CKMB": "11.79", "TDGQ": "17.17", "CLGQ": "9.14", "TTTT": "7.21", "MDHL": "11.30", "MDSH": "9.62"}


def groups(**other: Any) -> dict[str, Any]:
    return {**{key: Decimal(points) for key, points in GROUPS.items()}, **other}


def unit(code: str, total: Any = Decimal("66.23"), **fields: Any) -> dict[str, Any]:
    return {
        "departmentCode": code,
        "departmentName": f"UBND {code}",
        "totalScore": total,
        "groupScores": groups(),
        **fields,
    }


def answer(*units: dict[str, Any], at: str = "2026-10-10T07:00:13Z", **fields: Any) -> dict[str, Any]:
    return {"code": "OK", "data": {"evaluation": list(units)}, "metadata": {"extractedAt": at, "year": 2026}, **fields}


def rules(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [(problem.path, problem.rule) for problem in snapshot.told]


def test_an_answer_of_the_portal_is_read_as_it_comes() -> None:
    overview = {
        "departmentName": "Cả nước",
        "departmentCode": None,
        "totalScore": Decimal("62.59"),
        "groupScores": groups(),
    }
    document = {
        "code": "OK",
        "data": {"overview": overview, "evaluation": [unit("H21"), unit("H15", None, groupScores=None)]},
    }
    taken = read_captures(document)
    assert [each.code for each in taken.units] == ["H15", "H21"]
    assert [each.code for each in taken.above] == ["Cả nước"]
    assert taken.unit("H21").total == Decimal("66.23")
    assert taken.unit("H21").level is Level.PROVINCE
    assert taken.unit("H21").groups["MDSH"] == Decimal("9.62")
    assert (taken.unit("H15").total, dict(taken.unit("H15").groups)) == (None, {})
    assert (taken.first_at, taken.year) == (None, None)
    assert ("H15", "capture/unknown") in rules(taken)
    assert ("Cả nước", "capture/no-code") in rules(taken)
    assert repr(taken).startswith("<Snapshot vn-766@portal-2026: 2 units")
    assert repr(taken.unit("H21")) == "<UnitCapture H21: 66.23>"
    with pytest.raises(UnknownCodeError):
        taken.unit("H99")


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({"childGroup": "COMMUNE"}, "commune"),
        ({"childGroup": "AGENCY"}, "department"),
        ({"departmentType": "PROVINCIAL_DEPARTMENT", "departmentLevel": "PROVINCE"}, "department"),
        ({"departmentName": "UBND xã Vân Canh"}, "commune"),
        ({"departmentName": "UBND Phường Hoài Nhơn"}, "commune"),
        ({"departmentName": None}, "department"),
        ({"departmentCode": "G01", "departmentName": "Bộ"}, None),
        ({"departmentCode": None, "departmentId": "x-1", "departmentName": None}, None),
    ],
)
def test_levels_are_told_or_seen_from_name_and_code(fields: dict[str, Any], level: str | None) -> None:
    (found,) = read_captures(answer({**unit("H21.17"), **fields})).units
    assert found.level == level


def test_nothing_that_is_not_there_is_0_and_what_is_no_figure_is_told() -> None:
    strange = unit("H01", "66", groupScores={**groups(), "CKMB": 19, "TDGQ": True, "MDHL": None, "new": 3}, scores=[])
    taken = read_captures(answer(strange, {"totalScore": 5}, {"totalScore": 5, "departmentCode": " "}))
    assert set(taken.unit("H01").groups) == {"CLGQ", "TTTT", "MDSH"}
    assert taken.unit("H01").total is None
    assert rules(taken).count(("H01", "capture/points")) == 3
    assert rules(taken).count(("H01", "capture/unknown")) == 3
    assert len(taken.units) == 1


def metrics(**changed: Any) -> dict[str, Any]:
    progress = {
        "totalReceived": 2618,
        "totalOnTime": 2248,
        "totalOverdue": 370,
        "ratio": Decimal("85.87"),
        "score": Decimal("17.17"),
    }
    digitised = [
        {"code": "ORIGINAL_RESULT_AVAILABLE", "numerator": 2497, "denominator": 2618, "score": Decimal("5.72")},
        {"code": "ELECTRONIC_CERTIFIED_COPY", "numerator": None, "denominator": None, "ratio": 100, "score": 2},
    ]
    petitions = [{"code": "PETITION_CLASSIFICATION_STAFF", "numerator": 0, "denominator": 0, "score": None}]
    paid = {"totalDossierOnlinePaymentSuccess": 2352, "totalDossierFinancialObligation": 2489}
    return {"a": progress, "b": {"metrics": digitised}, "c": petitions, "d": paid, **changed}


def test_components_are_read_by_code_and_by_field() -> None:
    found = read_captures(answer(unit("H21.227", componentIndicators=metrics()))).unit("H21.227").metrics
    assert set(found) == {"2.1", "3.6", "4.1", "4.6"}
    assert (found["2.1"].numerator, found["2.1"].denominator, found["2.1"].points) == (2248, 2618, Decimal("17.17"))
    assert (found["4.6"].numerator, str(found["4.6"].points)) == (None, "2")
    assert (found["3.6"].numerator, found["3.6"].points) == (2352, None)
    tool = {
        "progress": {"totalReceived": 587, "onTime": {"numerator": 579, "denominator": 587, "score": Decimal("19.73")}}
    }
    assert read_captures(answer(unit("H01", indicatorDetails=tool))).unit("H01").metrics["2.1"].numerator == 579


def test_counts_that_are_none_are_unknown_and_told() -> None:
    paid = {"totalDossierOnlinePaymentSuccess": "x", "totalDossierFinancialObligation": 5}
    found = read_captures(answer(unit("H01", componentIndicators=metrics(d=paid))))
    assert found.unit("H01").metrics["3.6"].numerator is None
    assert ("H01", "capture/count") in rules(found)


def test_figures_that_do_not_fit_together_are_told() -> None:
    def told(**fields: Any) -> list[str]:
        return [rule for _, rule in rules(read_captures(answer(unit("H01", **fields))))]

    assert told() == []
    assert told(total=66) == ["capture/total"]
    assert told(componentIndicators=metrics()) == []
    received = {"totalReceived": 2600, "totalOnTime": 2248}
    assert told(componentIndicators=metrics(a=received)) == ["capture/mixed-moments"]
    more = {"code": "REUSED_DIGITIZED_DATA", "numerator": 9, "denominator": 5, "score": 1}
    assert "capture/count" in told(componentIndicators=metrics(e=[more]))
    other = {"code": "PUBLIC_CONTENT_FULL", "numerator": 47, "denominator": 47, "score": 1}
    assert told(componentIndicators={"e": [other]}) == ["capture/score"]
    progress = {"totalReceived": 100, "totalOnTime": 50, "score": 10}
    assert told(componentIndicators={"a": progress}) == ["capture/group"]


def test_captures_of_several_moments_are_put_together_and_told() -> None:
    summary, details = answer(unit("H01")), answer(unit("H01", componentIndicators=metrics()))
    taken = read_captures(summary, details)
    assert (len(taken.units), rules(taken)) == (1, [])
    assert set(taken.unit("H01").metrics) == {"2.1", "3.6", "4.1", "4.6"}
    later = answer(unit("H01", 67, groupScores=groups(CKMB=12)), at="2026-10-11T07:00:00Z")
    for order in ((details, later), (later, details)):
        mixed = read_captures(*order)
        assert [rule for _, rule in rules(mixed)].count("capture/mixed-moments") == 2
        assert mixed.unit("H01").total == 67
        assert set(mixed.unit("H01").metrics) == {"2.1", "3.6", "4.1", "4.6"}
        assert (mixed.first_at, mixed.last_at) != (mixed.last_at, mixed.first_at)
    bare = {"units": [{"departmentCode": "H01", "totalScore": None}]}
    assert read_captures(details, bare).unit("H01").total == Decimal("66.23")


@pytest.mark.parametrize(
    ("head", "is_mixed"),
    [
        ({"date": "2026-10-10"}, False),
        ({"date": "2026-10-09"}, True),
        ({"runDateStr": "10102026"}, False),
        ({"runDateStr": "09102026"}, True),
        ({"date": "soon", "timestamp": "x", "year": True}, False),
        ({"date": 5}, False),
    ],
)
def test_the_day_of_a_file_and_its_moment_are_one(head: dict[str, Any], is_mixed: bool) -> None:
    assert (rules(read_captures(answer(unit("H01"), **head))) == [("$", "capture/mixed-moments")]) is is_mixed


def test_captures_of_two_years() -> None:
    other = {**answer(unit("H02"), at="2026-10-10T08:00:00Z"), "year": 2025}
    taken = read_captures(answer(unit("H01")), other)
    assert (taken.year, rules(taken)) == (None, [("$", "capture/years")])


@pytest.mark.parametrize(
    "document", [{}, [], {"units": [{"totalScore": 1}]}, {"a": 0.5, "totalScore": float("nan")}, 7]
)
def test_what_holds_no_unit_is_refused(document: Any) -> None:
    with pytest.raises(InvalidDocumentError):
        read_captures(document)


def test_what_cannot_be_asked_for() -> None:
    with pytest.raises(InvalidValueError):
        read_captures()
    with pytest.raises(UnknownCodeError):
        read_captures(answer(unit("H01")), edition="vn-767")
    with pytest.raises(InvalidValueError):
        ranking(read_captures(answer(unit("H01"))), "province", by="XYZ")


def test_too_many_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onestop_core.kpi.captures.reading._MOST_UNITS", 1)
    with pytest.raises(InvalidDocumentError, match="more than 1 units"):
        read_captures(answer(unit("H01"), unit("H02")))


def test_levels_are_ranked_apart_and_equals_share_a_place() -> None:
    rows = [unit(f"H21.{n}", total, childGroup="COMMUNE") for n, total in enumerate((70, 72, 72, None, 66))]
    taken = read_captures(answer(*rows, unit("H21.9", 99, childGroup="AGENCY"), unit("H21", 80)))
    communes = ranking(taken, "commune")
    assert [(each.unit.code, each.place and each.place.rank) for each in communes] == [
        ("H21.1", 1), ("H21.2", 1), ("H21.0", 3), ("H21.4", 4), ("H21.3", None),
    ]  # fmt: skip
    assert [each.unit.code for each in ranking(taken, "department")] == ["H21.9"]
    assert {each.place.rank for each in ranking(taken, "commune", by="CKMB") if each.place} == {1}


def test_two_snapshots_are_compared_by_code() -> None:
    before = read_captures(answer(unit("H01"), unit("H02"), unit("H03"), at="2026-10-02T07:00:00Z"))
    changed = unit("H01", 67, groupScores=groups(CKMB=Decimal("12.56"), TDGQ=None))
    after = read_captures(answer(changed, unit("H02", None), unit("H04")))
    found = compare_snapshots(before, after)
    one, two = found.of("H01"), found.of("H02")
    assert one is not None
    assert two is not None
    assert (one.total, one.groups["CKMB"], "TDGQ" in one.groups) == (Decimal("0.77"), Decimal("0.77"), False)
    assert one.place_before is not None
    assert one.place_after is not None
    assert (one.place_before.rank, one.place_after.rank) == (1, 1)
    assert (two.total, found.of("H03"), [each.code for each in found.gone]) == (None, None, ["H03"])
    assert [each.code for each in found.appeared] == ["H04"]
    assert (found.told, repr(found)) == ((), "<SnapshotDifference: 2 units in both>")
    with pytest.raises(InvalidValueError, match="not later"):
        compare_snapshots(after, before)


def test_years_and_editions_that_do_not_compare_are_told() -> None:
    before = {**answer(unit("H01"), at="2025-12-31T07:00:00Z"), "metadata": {"year": 2025}}
    other = read_captures(answer(unit("H01")), edition="vn-766@decision-2022")
    assert len(compare_snapshots(read_captures(before), other).told) == 2


def province() -> tuple[Snapshot, Snapshot]:
    def taken(at: str, step: int) -> Snapshot:
        rows = [
            unit(f"H21.{n}", Decimal(60 + n // 2 + step), childGroup="COMMUNE" if n > 4 else "AGENCY")
            for n in range(20)
        ]
        rows[7] |= {
            "componentIndicators": metrics(
                e=[{"code": "PUBLISH_ON_TIME", "numerator": 1, "denominator": 47, "score": Decimal("0.13")}]
            )
        }
        return read_captures({"overview": unit("H21"), "metadata": {"extractedAt": at, "year": 2026}, "units": rows})

    return taken("2026-10-02T07:00:00Z", 0), taken("2026-10-10T07:00:00Z", 1)


def test_the_brief_of_a_unit() -> None:
    before, now = province()
    brief = leaders_brief(now, "H21.7", before=before)
    assert brief.place is not None
    assert brief.place.text.en == "rank 13 of 15, shared by 2"
    assert brief.ahead_of == Fraction(1, 14)
    assert brief.band is not None
    assert brief.band.key == "average"
    assert [each.unit.code for each in brief.around] == ["H21.9", "H21.6", "H21.7", "H21.5"]
    assert brief.change is not None
    assert brief.change.total == 1
    assert [each.place and each.place.sharers for each in brief.groups] == [15] * 6
    costly = brief.attention[0]
    assert (costly.lost, "còn thiếu 46 để đạt điểm tối đa" in costly.text.vi) == (Decimal("6.70"), False)
    assert any("46 more would earn the maximum" in each.text.en for each in brief.attention)
    assert len(brief.attention) == 3
    assert brief.below == ()
    assert repr(brief) == "<Brief H21.7>"


def test_the_brief_of_a_province_shows_departments_and_communes_apart() -> None:
    _, now = province()
    brief = leaders_brief(now, "H21")
    assert (brief.place, brief.ahead_of, brief.around, brief.change) == (None, None, (), None)
    assert [(level.value, len(first), len(last)) for level, first, last in brief.below] == [
        ("department", 5, 0),
        ("commune", 5, 5),
    ]
    assert [each.unit.code for each in brief.below[1][2]] == ["H21.8", "H21.9", "H21.6", "H21.7", "H21.5"]
    country = read_captures(
        {"overview": {"departmentName": "Cả nước", "totalScore": 60}, "evaluation": [unit("H01"), unit("H02")]}
    )
    assert [level.value for level, _, _ in leaders_brief(country, "Cả nước").below] == ["province"]


def test_a_brief_of_little() -> None:
    lonely = leaders_brief(read_captures({"units": [{"departmentCode": "X", "totalScore": None}]}), "X")
    assert "Xếp loại" not in brief_page(lonely)
    odd = {"code": "PUBLIC_CONTENT_FULL", "numerator": 47, "denominator": 47, "score": 1}
    (costly,) = leaders_brief(
        read_captures(answer(unit("H01", groupScores={}, componentIndicators={"e": odd}))), "H01"
    ).attention
    assert costly.text.en == "1/2 points, 47/47"
    assert (lonely.place, lonely.band, lonely.attention, lonely.ahead_of) == (None, None, (), None)
    alone = leaders_brief(read_captures(answer(unit("H01"))), "H01")
    assert (alone.place and alone.place.rank, alone.ahead_of) == (1, None)
    unknown = leaders_brief(read_captures(answer(unit("H01"), unit("H02", None))), "H02")
    assert (unknown.place, unknown.ahead_of) == (None, None)
    new = compare = leaders_brief(read_captures(answer(unit("H01"))), "H01", before=read_captures(answer(unit("H02"))))
    assert new.change is None
    assert "chưa biết" in brief_page(compare)
    full = unit("H01", 100, groupScores={group.key: group.max for group in INDEX.groups})
    assert leaders_brief(read_captures(answer(full)), "H01").attention == ()


def test_the_page_says_it_in_words_and_escapes_what_comes_from_outside() -> None:
    before, now = province()
    page = brief_page(leaders_brief(now, "H21.7", before=before))
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="vi">' in page
    assert "<script" not in page
    assert "default-src 'none'" in page
    for said in (
        "hạng 13 trên 15, đồng hạng 02 đơn vị",
        "Ba việc cần chú ý",
        "+1,00",
        "Sáu nhóm chỉ số",
        "14:00 ngày 02/10/2026",
    ):
        assert said in page, said
    english = brief_page(leaders_brief(now, "H21"), language="en")
    assert "First places" in english
    assert "Since the capture before" not in english
    hostile = unit("H01", departmentName="<script>alert(1)</script>", groupScores={"CKMB": 5})
    shown = brief_page(leaders_brief(read_captures(answer(hostile)), "H01"))
    assert "<script" not in shown
    assert "chưa biết điểm nhóm" in shown
    many = read_captures(answer(unit("H01", 3, groupScores={}), date="2026-01-01"))
    assert "lưu ý khác" in brief_page(leaders_brief(many, "H01"))


def test_the_page_is_printed_on_one_sheet(tmp_path: Path) -> None:
    before, now = province()
    for code in ("H21", "H21.7"):
        pdf = printed(brief_page(leaders_brief(now, code, before=before)), tmp_path)
        told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, check=True, timeout=60).stdout.decode()  # noqa: S603, S607
        assert "Pages:           1\n" in told
        assert "(A4)" in told
        assert "Ba việc cần chú ý" in words(pdf)


def test_the_sheets_of_a_brief() -> None:
    before, now = province()
    overview, of_metrics, departments, communes = brief_sheets(leaders_brief(now, "H21.7", before=before))
    assert overview.rows[0] == (1, "Công khai, minh bạch", Decimal("11.79"), 18, Decimal("65.5"), 1, 0)
    assert overview.rows[-1] == (7, "Tổng điểm", 64, 100, 64, 13, 1)
    assert [row[0] for row in of_metrics.rows] == ["1.1", "2.1", "3.6", "4.1", "4.6"]
    assert (departments.name, len(departments.rows), len(communes.rows)) == ("Xếp hạng sở, ban, ngành", 5, 15)
    assert [column.title for column in communes.columns][3:9] == [
        "CKMB (18)", "TDGQ (20)", "CLGQ (12)", "TTTT (10)", "MDSH (22)", "MDHL (18)",
    ]  # fmt: skip
    assert communes.rows[0][-1] == "Khá"
    unknown = brief_sheets(
        leaders_brief(read_captures({"units": [{"departmentCode": "H01", "totalScore": None}]}), "H01")
    )
    assert unknown[0].rows[-1] == (7, "Tổng điểm", None, 100, None, None, None)
    assert unknown[1].rows == ((None, "H01", "H01", *(None,) * 8),)


CODES: Final = {metric.id: metric.portal_codes[0] for metric in INDEX.metrics if len(metric.portal_codes) == 1}


def published(day: str) -> dict[str, Any]:
    """Return the published figures of one day as a capture has them."""
    if not FILE.exists():
        pytest.skip("the figures of the portal are not beside the checkout")
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(dict)
    with FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["date"] == day:
                found[row["unit_id"], row["level"]][row["metric"]] = row

    def figure(text: str) -> Any:
        return None if not text else int(text) if text.isdigit() else Decimal(text)

    units = []
    for (number, level), rows in found.items():
        parts = [
            {"code": CODES[metric], "numerator": figure(row["numerator"]), "denominator": figure(row["denominator"]),
             "ratio": figure(row["percent"]), "score": figure(row["points"])}
            for metric, row in rows.items() if metric in CODES
        ]  # fmt: skip
        progress = rows["2.1"]
        units.append(
            {
                "departmentCode": f"H21.{number}",
                "childGroup": "COMMUNE" if level == "commune" else "AGENCY",
                "totalScore": figure(rows["total"]["points"]) if "total" in rows else None,
                "groupScores": {
                    ("ONLINE" if key == "CLGQ" else key): figure(rows[key]["points"]) for key in GROUPS if key in rows
                },
                "componentIndicators": {
                    "metrics": parts,
                    "progress": {
                        "totalReceived": figure(progress["denominator"]),
                        "totalOnTime": figure(progress["numerator"]),
                        "score": figure(progress["points"]),
                    },
                },
            }
        )
    return {"metadata": {"extractedAt": f"{day}T07:00:13Z", "year": 2026}, "units": units}


def test_published_figures_of_one_moment_fit_together_and_mixed_ones_are_told() -> None:
    now = read_captures(published("2026-10-10"))
    assert (len(now.units), now.told) == (25, ())
    first = [(each.place.rank, each.points) for each in ranking(now, "commune")[:4] if each.place]
    assert first == [(1, Decimal("75.34")), (2, Decimal("72.01")), (2, Decimal("72.01")), (4, Decimal("71.53"))]
    mixed = read_captures(published("2026-09-24"))
    assert {rule for _, rule in rules(mixed)} == {"capture/mixed-moments", "capture/unknown"}
    assert compare_snapshots(mixed, now).changes


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str]]:
    monkeypatch.chdir(tmp_path)
    for name, at, total in (("old", "2026-10-02T07:00:00Z", 66), ("new", "2026-10-10T07:00:00Z", 67)):
        rows = [
            unit("H21.1", total, childGroup="COMMUNE", groupScores={}),
            unit("H21.2", None, childGroup="COMMUNE", groupScores={}),
        ]
        (tmp_path / f"{name}.json").write_text(json.dumps(answer(*rows, at=at), default=float), encoding="utf-8")
    (tmp_path / "doubt.json").write_text(json.dumps(answer(unit("H01", 50)), default=float), encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str]:
        code = main(["index-766", *arguments])
        return code, capsys.readouterr().out

    return call


def test_the_command_ranks_and_compares(run: Callable[..., tuple[int, str]]) -> None:
    code, out = run("new.json", "--before", "old.json", "--lang", "vi")
    assert code == 0
    assert out.splitlines()[:4] == [
        "vn-766@portal-2026 · 14:00 ngày 10/10/2026",
        "cấp xã: 2",
        "     1  67,00 (+1,00)  H21.1 UBND H21.1",
        "  chưa biết  chưa biết (chưa biết)  H21.2 UBND H21.2",
    ]
    code, out = run("new.json", "--before", "old.json", "--format", "json", "--level", "commune")
    rows = json.loads(out)["rankings"]["commune"]
    assert [(row["code"], row["rank"], row["total"], row["change"]) for row in rows] == [
        ("H21.1", 1, "67", "1"),
        ("H21.2", None, None, None),
    ]
    assert "change" not in json.loads(run("new.json", "--format", "json")[1])["rankings"]["commune"][0]
    code, out = run("doubt.json")
    assert (code, "[capture/total]" in out) == (1, True)
    assert run("doubt.json", "--format", "json")[0] == 1
    (Path("year.json")).write_text(json.dumps({"year": 2025, "units": [unit("H01")]}, default=float), encoding="utf-8")
    assert "two years" in run("doubt.json", "--before", "year.json")[1]


def test_the_command_writes_the_page(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    assert run("new.json", "--unit", "H21.1", "--format", "html")[1].startswith("<!DOCTYPE html>")
    assert run("doubt.json", "--unit", "H01", "--out", "a.html")[0] == 1
    assert "UBND H01" in (tmp_path / "a.html").read_text(encoding="utf-8")
    for wrong in (
        ("--out", "a.html"),
        ("--format", "html"),
        ("--unit", "H21.1"),
        ("--unit", "H21.1", "--out", "a.pdf"),
        ("--unit", "X", "--out", "a.html"),
    ):
        assert run("new.json", *wrong)[0] == 2


def test_the_command_writes_the_workbook(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
    assert run("new.json", "--unit", "H21.1", "--out", "a.xlsx")[0] == 0
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"
