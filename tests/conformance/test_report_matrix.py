"""Several reports side by side, as text and as a page; and every form on the command line."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import conformance
from onestop_core.cli import main
from onestop_core.conformance.reports.report import Report
from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap
from tests.conformance.sample_reports import DISPUTE, at_noon, bad, good, named, unlike, wrong
from tests.conformance.test_report_page import Page

if TYPE_CHECKING:
    from pathlib import Path

formats = conformance.formats
CODES = conformance.run(conformance.reference(), areas=["codes"])


def test_areas_stand_against_implementations() -> None:
    lines = formats.matrix_text([good(), bad(), CODES]).splitlines()
    assert lines[0] == "A  onestop_core: conforms"
    assert lines[2].startswith("B  Mine ")
    assert lines[2].endswith(" 2.3 (7f4e756): does not conform")
    assert "2026-11-26 18:41:05" in lines[3]
    head = next(place for place, line in enumerate(lines) if line.startswith("Area, operation"))
    rows = {re.split(r"  +", line.strip())[0]: re.split(r"  +", line.strip())[1:] for line in lines[head:]}
    assert rows["Area, operation"] == ["A", "B", "C"]
    written = [each.level.value for each in good().results if each.operation == "write_dossier_code"]
    binds, more = written.count("required"), written.count("recommended")
    assert rows["write_dossier_code"] == [
        f"conforms {binds}/{binds} · {more}/{more}",
        f"unsupported 0/{binds} · 0/{more}",
        f"conforms {binds}/{binds} · {more}/{more}",
    ]
    assert rows["workdays"][2] == "–"
    assert rows["is_workday"][0].startswith("conforms ")
    assert " · " in rows["is_workday"][0]


def test_what_keeps_reports_from_being_compared_is_told() -> None:
    assert "!" not in formats.matrix_text([good(), good()])
    others: list[tuple[dict[str, Any], str]] = [
        ({"suite_digest": f"sha256:{'ab' * 32}"}, "! The reports come from different suites"),
        ({"tables_digest": f"sha256:{'ab' * 32}"}, "! The reports come from different law tables"),
        ({"demanded": ("codes",)}, "! The reports answer different demands"),
        ({"seed": 7}, "! The reports made their fresh cases from different seeds"),
    ]
    for changes, notice in others:
        other = attrs.evolve(good(), **changes)
        assert [line for line in formats.matrix_text([good(), other]).splitlines() if line.startswith("!")] == [
            next(line for line in formats.matrix_text([other, good()]).splitlines() if line.startswith(notice))
        ]
        assert notice[2:] in formats.matrix_html([good(), other], language="en")
    # The order in which things were demanded is no difference.
    turned = attrs.evolve(good(), demanded=tuple(reversed(good().demanded)))
    assert "!" not in formats.matrix_text([good(), turned])


def test_cases_that_differ_are_listed_required_ones_first() -> None:
    shown = formats.matrix_text([good(), bad()], every_difference=True).splitlines()
    begin = next(place for place, line in enumerate(shown) if line.startswith("Cases that they answer differently: "))
    rows = [re.split(r"  +", line) for line in shown[begin + 2 :]]
    assert len(rows) == int(shown[begin].rpartition(" ")[2])
    assert {tuple(row[2:]) for row in rows} == {("passed", "failed"), ("passed", "declined"), ("passed", "unsupported")}
    levels = [row[1] for row in rows]
    ranks = ["recommended" in level for level in levels]
    assert ranks == sorted(ranks)
    assert set(levels) == {"required", "required; disputed cases", "recommended"}


def test_a_case_that_one_report_lacks_is_no_difference_by_itself() -> None:
    assert formats.matrix_text([good(), CODES]).splitlines()[-1] == "No case came out differently."
    changed = attrs.evolve(CODES, results=(wrong(CODES.results[0]), *CODES.results[1:]))
    last = formats.matrix_text(
        [CODES, good(), changed, conformance.run(conformance.reference(), areas=["time-limits"])]
    )
    assert re.split(r"  +", last.splitlines()[-1])[2:] == ["passed", "passed", "failed", "not there"]


def test_fifty_differences_are_shown_unless_all_are_wanted() -> None:
    other = attrs.evolve(good(), results=tuple(unlike(each, outcome="declined") for each in good().results))
    shown = formats.matrix_text([good(), other])
    assert shown.splitlines()[-1] == f"… and {len(good().results) - 50:,} more; --all shows them"
    assert shown.count("declined") < 60
    assert formats.matrix_text([good(), other], every_difference=True).count("declined") >= len(good().results)


@pytest.mark.parametrize("reports", [[], [good()], [good()] * 27, "ab", None, [good(), "x"]])
def test_two_to_twenty_six_reports_fit(reports: Any) -> None:
    for call in (formats.matrix_text, formats.matrix_html):
        with pytest.raises(InvalidValueError):
            call(reports)
    assert formats.matrix_text([CODES] * 26).splitlines()[50].startswith("Z  ")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_can_be_read_by_everybody_and_needs_nothing(language: Any) -> None:
    shown = formats.matrix_html([good(), bad(), CODES], language=language)
    page = Page(shown)
    tags = [each["tag"] for each in page.elements]
    assert not {"script", "link", "img", "iframe"} & set(tags)
    assert not re.search("<script|<img|\x1b|\u202e|##\\[", shown)
    assert page.all("html")[0]["lang"] == language
    assert [tags.count(mark) for mark in ("h1", "header", "main", "footer")] == [1] * 4
    assert all(each["scope"] in {"col", "row"} for each in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 3


def test_the_page_has_the_reports_their_areas_and_their_differences() -> None:
    page = Page(formats.matrix_html([at_noon(good()), bad(), CODES], language="en"))
    rows = page.rows()
    assert rows[0] == ["Mark", "Implementation", "Tested", "Version of the suite", "Digest of the suite", "Profile", "Digest of this report", "Verdict"]  # fmt: skip
    assert rows[1][0:3] == ["A", "onestop_core", "2026-01-02 19:00"]
    assert rows[1][6] == at_noon(good()).digest[:19]
    assert rows[3][2] == "not told"
    found = {row[0]: row[1:] for row in rows}
    assert found["codes Codes".replace(" ", "")][1].startswith("◐conforms in part")
    assert found["is_workday"][2] == "not there"
    assert ["required", "passed", "failed", "not there"] in [row[1:] for row in rows]
    alike = Page(formats.matrix_html([CODES, CODES], language="vi"))
    assert len(alike.all("table")) == 2
    assert "Không có ca nào cho kết quả khác nhau." in "".join(each["text"] for each in alike.all("p"))
    profile = conformance.run(conformance.reference(), profile="calendar")
    assert "calendar@1" in Page(formats.matrix_html([profile, CODES], language="en")).rows()[1]
    assert "Profile: calendar@1 sha256:" in formats.matrix_text([profile, CODES])


def test_areas_of_another_suite_and_operations_that_a_report_lacks_are_told_by_their_codes() -> None:
    moon = attrs.evolve(CODES.results[0], area="moon", operation="rise")
    other = named("other", results=(moon,), demanded=("moon",), not_asked=FrozenMap({"moon/rise": 0}))
    one = attrs.evolve(CODES, not_asked=FrozenMap({"codes/parse_agency_code": 0}))
    shown = formats.matrix_text([CODES, one, other])
    rows = {line.split()[0]: line for line in shown.splitlines() if line}
    assert rows["moon"].split()[1:3] == ["–", "–"]
    assert rows["write_dossier_code"].split()[-2:] == ["–", "–"]
    page = Page(formats.matrix_html([CODES, one, other], language="en"))
    assert "moon" in {row[0] for row in page.rows()}


def test_a_disputed_case_is_marked_in_vietnamese_too() -> None:
    one = CODES.results[0]
    other = attrs.evolve(CODES, results=(wrong(one, disputed=DISPUTE), *CODES.results[1:]))
    assert "bắt buộc; ca đang xem xét lại" in formats.matrix_text([other, CODES], language="vi")


# The command line.


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths: list[str] = []
    for name, report in (("good", good()), ("bad", bad())):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(report.to_dict()), encoding="utf-8")
        paths.append(str(path))
    return paths


def test_a_kept_report_is_printed_in_every_form(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    def printed(*arguments: str) -> str:
        assert main(["conformance", "print", files[1], *arguments]) == 1
        return capsys.readouterr().out

    assert printed().splitlines()[-1].startswith("does not conform; 1 of ")
    assert printed("--lang", "vi").splitlines()[-1].startswith("không phù hợp")
    assert "workdays/tet " in printed("--rules")
    assert printed("--all") == f"{formats.text(Report.from_dict(bad().to_dict()), every_failure=True)}\n"
    assert json.loads(printed("--format", "json")) == bad().to_dict()
    assert printed("--format", "html", "--lang", "vi").startswith('<!DOCTYPE html>\n<html lang="vi">')
    assert ET.fromstring(printed("--format", "junit").encode()).tag == "testsuites"
    assert printed("--format", "markdown").startswith("**Mine ")
    assert json.loads(printed("--format", "badge"))["color"] == "red"
    assert ET.fromstring(printed("--format", "badge-svg")).attrib["aria-label"] == "onestop: does not conform"
    assert main(["conformance", "print", files[0], "--format", "badge"]) == 0


def test_reports_stand_side_by_side(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformance", "matrix", *files]) == 0
    assert "Cases that they answer differently" in capsys.readouterr().out
    assert main(["conformance", "matrix", *files, "--all", "--lang", "vi"]) == 0
    assert "Ca cho kết quả khác nhau" in capsys.readouterr().out
    assert main(["conformance", "matrix", *files, "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
    assert main(["conformance", "matrix", files[0]]) == 2
    assert "2 to 26 reports" in capsys.readouterr().err


def test_a_comparison_says_where_the_suites_are_not_the_same(
    files: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(attrs.evolve(good(), suite_digest=f"sha256:{'ab' * 32}").to_dict()), encoding="utf-8")
    assert main(["conformance", "compare", files[0], str(other), "--lang", "vi"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("! Các báo cáo dùng bộ ca kiểm thử khác nhau")
    assert shown[1] == "Hai báo cáo như nhau."
    assert main(["conformance", "compare", files[0], files[0]]) == 0
    assert capsys.readouterr().out == "The reports tell the same.\n"


def test_a_report_that_was_changed_is_not_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    document = bad().to_dict()
    document["verdict"] = "conforms"
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert main(["conformance", "print", str(path)]) == 2
    assert "changed" in capsys.readouterr().err
