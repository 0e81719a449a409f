"""Reports for other programs: JUnit XML as CI systems read it, badges, Markdown."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any, Final

import attrs
import pytest

from onestop_core import conformance
from onestop_core.conformance.reports.results import Verdict
from onestop_core.errors import InvalidValueError
from tests.conformance.sample_reports import DISPUTE, bad, good, named, unlike, wrong

formats = conformance.formats
SECONDS: Final = re.compile(r"[0-9]+\.[0-9]{3}")
SHAPE: Final[dict[str, tuple[set[str], set[str], list[str]]]] = {
    # What CI systems agree on: attributes that must be, those that may, and the elements inside in their order.
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, set(), ["testsuite"]),
    "testsuite": (
        {"name", "tests", "failures", "errors", "skipped", "time"},
        {"timestamp", "hostname", "id", "package", "file"},
        ["properties", "testcase", "system-out", "system-err"],
    ),
    "testcase": ({"name", "classname", "time"}, {"file"}, ["properties", "skipped", "error", "failure", "system-out"]),
    "properties": (set(), set(), ["property"]),
    "property": ({"name", "value"}, set(), []),
    "skipped": ({"type", "message"}, set(), []),
    "error": ({"type", "message"}, set(), []),
    "failure": ({"type", "message"}, set(), []),
}


def ensure_shape(node: ET.Element) -> None:
    must, may, inside = SHAPE[node.tag]
    assert must <= node.attrib.keys() <= must | may, node.tag
    order = [inside.index(child.tag) for child in node]
    assert order == sorted(order), node.tag
    if "time" in node.attrib:
        assert SECONDS.fullmatch(node.attrib["time"])
    for child in node:
        ensure_shape(child)


def read(report: Any) -> ET.Element:
    shown = formats.junit(report)
    assert shown.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    root = ET.fromstring(shown.encode())
    ensure_shape(root)
    return root


def properties(node: ET.Element) -> list[tuple[str, str]]:
    return [(each.attrib["name"], each.attrib["value"]) for each in node.findall("properties/property")]


@pytest.mark.parametrize("report", [good(), bad(), attrs.evolve(good(), results=())], ids=["good", "bad", "empty"])
def test_junit_has_the_common_shape_and_its_sums_are_those_of_its_cases(report: Any) -> None:
    root = read(report)
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[kind]) == sum(case.find(tag) is not None for case in cases)
    for kind in ("tests", "failures", "errors"):
        assert int(root.attrib[kind]) == sum(int(suite.attrib[kind]) for suite in root)
    assert int(root.attrib["tests"]) == len(report.results)


def test_junit_names_the_editions_and_of_each_case_level_rules_and_basis() -> None:
    report = conformance.run(conformance.reference(), profile="calendar")
    suite = read(report)[0]
    told = dict(properties(suite))
    assert report.profile is not None
    assert told["suite-digest"] == report.suite_digest
    assert told["tables-digest"] == report.tables_digest
    assert (told["profile"], told["profile-digest"]) == ("calendar@1", report.profile.digest)
    assert told["report-digest"] == report.digest
    assert told["verdict"] == "conforms"
    assert "timestamp" not in suite.attrib
    result = report.results[0]
    case = suite.find("testcase")
    assert case is not None
    assert properties(case) == [
        ("level", result.level.value),
        *(("rule", rule) for rule in result.rules),
        *(("basis", basis) for basis in result.basis),
    ]
    assert case.attrib["classname"] == f"onestop.workdays.{result.operation}"
    assert case.attrib["name"] == result.case


def test_junit_tells_when_with_which_seed_and_how_long() -> None:
    suite = read(bad())[0]
    assert suite.attrib["timestamp"] == "2026-11-26T18:41:05+07:00"
    assert dict(properties(suite))["seed"] == "42"
    assert "1.250" in {case.attrib["time"] for case in suite.findall("testcase")}


def test_what_the_verdict_falls_on_breaks_the_build_and_nothing_else() -> None:
    found = {case.attrib["name"]: case for suite in read(bad()) for case in suite.findall("testcase")}
    kinds = {name: case[1].tag for name, case in found.items() if len(case) > 1}
    required = [each for each in good().results if each.level == "required" and each.operation == "is_workday"]
    assert [kinds.get(each.case) for each in required[:9]] == [
        *("failure", "failure", "error", "error", "failure", "skipped", "error", "failure", None),
    ]
    assert [found[each.case][1].attrib["type"] for each in required[:8]] == [
        *("wrong-answer", "wrong-answer", "crash", "error", "declined", "wrong-answer", "timeout", "wrong-answer"),
    ]
    assert found[required[5].case][1].attrib["message"].startswith("disputed: $: got")
    assert found[required[6].case][1].attrib["message"] == "timeout: "
    written = [each for each in good().results if each.operation == "write_dossier_code"]
    assert {kinds[each.case] for each in written if each.level == "required"} == {"failure"}
    recommended = [each for each in good().results if each.level == "recommended"]
    assert found[recommended[0].case][1].attrib["message"].startswith("recommended: $: got")
    # The same failure in an area that nobody demanded.
    asked = attrs.evolve(bad(), demanded=("codes",))
    other = {case.attrib["name"]: case for suite in read(asked) for case in suite.findall("testcase")}
    assert other[required[0].case][1].tag == "skipped"
    assert other[required[0].case][1].attrib["message"].startswith("not demanded: ")


def test_a_failure_shows_question_and_both_answers() -> None:
    texts = {
        case.attrib["name"]: case[1].text
        for suite in read(bad())
        for case in suite.findall("testcase")
        if len(case) > 1
    }
    one, two, *_ = [each for each in good().results if each.level == "required" and each.operation == "is_workday"]
    said = (texts[one.case] or "").splitlines()
    assert said[0] == one.description
    assert said[1].startswith('input: {"date": "')
    assert said[2] in {"expected: true", "expected: false"}
    assert said[3].startswith('got: {"answer": "</style>')
    assert said[4] == f"again: onestop conformance show {one.case}"
    assert "got: refused: " in (texts[two.case] or "")
    asked = [each for each in bad().results if each.refused == "any"]
    assert "expected: refused: any" in (texts[asked[0].case] or "")
    long = named("mine", results=(wrong(one, description="x" * 9_000),))
    assert "x…" in (read(long)[0].findall("testcase")[0][1].text or "")


def test_hostile_words_are_words() -> None:
    shown = formats.junit(bad())
    assert not set(shown) & {"\x1b", "\u202e", "\x00"}
    assert "##[" not in shown
    assert "<script" not in shown
    assert not any(line.startswith("::") for line in shown.splitlines())


VERDICTS = [
    ({}, "conforms", "brightgreen"),
    ({"demanded": ()}, "nothing demanded", "lightgrey"),
    ({"demanded": ("workdays", "kpi")}, "conforms in part", "yellow"),
]


@pytest.mark.parametrize(("changes", "message", "color"), VERDICTS)
def test_a_badge_says_the_verdict(changes: Any, message: str, color: str) -> None:
    report = attrs.evolve(good(), **changes)
    expected = {"schemaVersion": 1, "label": "onestop", "message": message, "color": color}
    assert formats.badge(report) == expected
    picture = ET.fromstring(formats.badge_svg(report))
    assert picture.attrib["aria-label"] == f"onestop: {message}"
    assert picture.attrib["role"] == "img"
    assert [each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")] == ["onestop", message]


def test_a_badge_of_an_area_or_a_profile_is_labelled_so() -> None:
    assert formats.badge(bad(), area="codes", language="vi") == {
        "schemaVersion": 1,
        "label": "onestop codes",
        "message": "phù hợp một phần",
        "color": "yellow",
    }
    assert formats.badge(bad(), area="workdays")["color"] == "red"
    report = conformance.run(conformance.reference(), profile="calendar")
    assert formats.badge(report)["label"] == "onestop calendar@1"
    unsupported = tuple(unlike(each, outcome="unsupported") for each in good().results)
    assert formats.badge(attrs.evolve(good(), results=unsupported), area="codes")["message"] == "unsupported"
    for call in (formats.badge, formats.badge_svg):
        with pytest.raises(InvalidValueError, match="moon"):
            call(good(), area="moon")
        with pytest.raises(InvalidValueError):
            call({})  # type: ignore[arg-type]


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_white_letters_are_read_on_every_badge() -> None:
    from onestop_core.conformance.reports.formats.badges import _COLOURS

    assert _COLOURS.keys() == set(Verdict)
    for _, shade in _COLOURS.values():
        assert 1.05 / (luminance(shade) + 0.05) >= 4.5, shade
    assert '"#3b3f45"' in formats.badge_svg(good())


def test_markdown_has_verdict_areas_and_the_first_failures() -> None:
    lines = formats.markdown(good()).splitlines()
    assert lines[0] == "**onestop\\_core conforms to what was demanded (workdays, codes).**"
    assert "Suite 2." in lines[2]
    assert "no recommended case failed" in lines[2]
    assert lines[6].startswith("| workdays | conforms | ")
    assert len(lines) == 8
    shown = formats.markdown(bad(), language="vi")
    assert "| codes | phù hợp một phần | " in shown
    assert shown.count("\n* workdays/") == 7
    assert "<script" not in shown.replace("\\<script", "")
    every = named("mine", results=tuple(wrong(each) for each in good().results))
    required = sum(each.counts for each in good().results)
    assert formats.markdown(every).splitlines()[-1] == f"… and {required - 20:,} more."


def test_a_disputed_case_is_not_among_the_failures_of_markdown() -> None:
    one = good().results[0]
    report = named("mine", results=(wrong(one, disputed=DISPUTE), *good().results[1:]))
    assert "\n* " not in formats.markdown(report)
