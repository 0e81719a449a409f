"""A report in words: the verdict in a sentence, the text for a terminal, and what differs between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import conformance
from onestop_core.conformance.reports.results import Verdict
from onestop_core.conformance.values import CaseLevel, CaseOutcome
from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap
from tests.conformance.sample_reports import DISPUTE, bad, good, named, unlike, wrong

if TYPE_CHECKING:
    from onestop_core.conformance.reports.report import Report

formats = conformance.formats


def with_outcomes(**outcomes: str) -> Report:
    """A report in which the first required case of an operation came out so."""
    left = dict(outcomes)
    results = tuple(
        unlike(each, outcome=left.pop(each.operation)) if each.operation in left and each.counts else each
        for each in good().results
    )
    assert not left
    return named("mine", results=results)


def verdict_in(report: Report) -> tuple[str, str]:
    said = formats.verdict_text(report)
    return said.en, said.vi


def test_the_verdict_is_one_sentence_in_words() -> None:
    assert verdict_in(named("mine")) == (
        "mine conforms to what was demanded (workdays, codes).",
        "mine phù hợp với những gì được yêu cầu (“Ngày làm việc”, “Mã số”).",
    )
    assert verdict_in(with_outcomes(is_workday="failed")) == (
        "mine does not conform to what was demanded (workdays, codes): 1 required case failed, in workdays.",
        "mine không phù hợp với những gì được yêu cầu (“Ngày làm việc”, “Mã số”): 1 ca bắt buộc không đạt, thuộc “Ngày làm việc”.",
    )
    assert verdict_in(with_outcomes(is_workday="failed", add_workdays="failed", parse_agency_code="declined"))[
        0
    ].endswith(": 2 required cases failed, in workdays; 1 required case declined, in codes.")


def test_what_keeps_a_verdict_partial_is_told() -> None:
    unsupported = tuple(
        unlike(each, outcome="unsupported") if each.operation == "write_dossier_code" else each
        for each in good().results
    )
    report = named("mine", results=unsupported, demanded=("codes", "kpi", "deadlines/due"))
    en, vi = verdict_in(report)
    assert en.endswith(": write_dossier_code unsupported; nothing is told of kpi, deadlines/due.")
    assert "không hỗ trợ write_dossier_code; không có kết quả về “" in vi
    assert "phép tính due thuộc “Hạn giải quyết”" in vi
    asked = attrs.evolve(
        report,
        not_asked=FrozenMap({**good().not_asked, "codes/parse_agency_code": 2}),
        demanded=("codes/parse_agency_code",),
    )
    assert verdict_in(asked)[0].endswith(": 2 required cases not asked.")
    nothing = tuple(each for each in good().results if each.level == "recommended")
    assert verdict_in(named("mine", results=nothing, demanded=("workdays",)))[0].endswith(": no required case passed.")


def test_where_nothing_was_demanded_there_is_no_verdict() -> None:
    report = named("mine", demanded=())
    assert verdict_in(report)[0].startswith("No verdict on mine")
    assert formats.text(report).splitlines()[-1] == "nothing demanded; no recommended case failed"


def test_a_profile_is_called_by_its_title_where_it_is_known() -> None:
    report = conformance.run(conformance.reference(), profile="calendar")
    assert verdict_in(attrs.evolve(report, implementation=named("mine").implementation)) == (
        "mine conforms to the profile calendar@1.",
        "mine phù hợp với bộ yêu cầu calendar@1 “Lịch làm việc”.",
    )
    assert report.profile is not None
    other = attrs.evolve(report, profile=attrs.evolve(report.profile, version=9))
    assert "bộ yêu cầu calendar@9." in verdict_in(other)[1]


def test_an_area_of_another_suite_is_called_by_its_code() -> None:
    results = tuple(attrs.evolve(each, area="moon") for each in with_outcomes(is_workday="failed").results)
    report = named("mine", results=results, demanded=("moon",), not_asked=FrozenMap({"moon/is_workday": 0}))
    assert "thuộc moon." in verdict_in(report)[1]


def test_the_text_names_editions_counts_operations_and_ends_with_the_verdict() -> None:
    lines = formats.text(bad(), language="en").splitlines()
    assert "2.3 (7f4e756) · Suite 2." in lines[0]
    assert good().suite_digest[:19] in lines[0]
    assert "2026-11-26 18:41:05" in lines[1]
    assert lines[1].endswith("Seed 42")
    rows = {line.split()[0]: line.split()[-6:] for line in lines[3 : lines.index("", 3)]}
    assert rows["write_dossier_code"][:5] == [
        "0",
        "0",
        "0",
        str(sum(each.level == "required" for each in of("write_dossier_code"))),
        "0",
    ]
    assert rows["is_workday"][1:3] == ["6", "1"]
    assert lines[-1] == f"does not conform; 1 of {len(recommended())} recommended cases failed"
    assert formats.text(bad(), language="vi").splitlines()[-1].startswith("không phù hợp; 1 trong ")


def of(operation: str) -> list[Any]:
    return [each for each in good().results if each.operation == operation]


def recommended() -> list[Any]:
    return [each for each in good().results if each.level == "recommended"]


def test_what_decides_is_listed_first_and_with_its_mark() -> None:
    signs = [line for line in formats.text(bad()).splitlines() if line.startswith(("✗", "?"))]
    assert [sign[0] for sign in signs] == ["✗"] * 6 + ["?"] + ["✗"] * 2 + ["?"]
    assert " (declined): " in signs[6]
    assert {mark for mark in ("(disputed, not counted)", "(recommended)") for sign in signs[7:9] if mark in sign} == {
        "(disputed, not counted)",
        "(recommended)",
    }
    assert "(recommended; declined)" in signs[9]
    # To a reader of Vietnamese the English description is not told.
    assert "(khuyến nghị; không trả lời)" in formats.text(bad(), language="vi")
    assert of("is_workday")[0].description not in formats.text(bad(), language="vi")


def test_fifty_are_shown_unless_all_are_wanted() -> None:
    results = tuple(wrong(each) for each in good().results)
    report = named("mine", results=results)
    short, long = formats.text(report), formats.text(report, every_failure=True)
    assert short.count("✗") == 50
    assert f"… and {len(results) - 50:,} more; --all shows them" in short
    assert long.count("✗") == len(results)
    assert "more;" not in long


def test_rules_and_the_profile_are_told_when_asked_for() -> None:
    report = conformance.run(conformance.reference(), profile="calendar")
    shown = formats.text(report, rules=True)
    assert "Profile calendar@1 sha256:" in shown
    assert "workdays/tet" in shown
    assert "workdays/tet" not in formats.text(report)


def test_a_description_and_a_reason_may_be_missing() -> None:
    one = good().results[0]
    report = named("mine", results=(unlike(one, outcome="failed", description=""),))
    assert f"\n✗ {one.case}\n" in formats.text(report)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_words_move_no_terminal_and_begin_no_command(language: Any) -> None:
    for shown in (
        formats.text(bad(), language=language, every_failure=True),
        formats.verdict_text(bad()).in_(language),
    ):
        assert not set(shown) & {"\x1b", "\u202e", "\x00"}
        assert "##[" not in shown
        assert not any(each.startswith("::") for each in shown.splitlines())


def test_what_differs_is_told_verdicts_first() -> None:
    assert formats.changes_text(conformance.compare(good(), good())) == "The reports tell the same."
    assert formats.changes_text(conformance.compare(good(), good()), language="vi") == "Hai báo cáo như nhau."
    worse = formats.changes_text(conformance.compare(good(), bad())).splitlines()
    assert worse[0] == "✗ Verdict on the whole: conforms → does not conform"
    assert "✗ workdays: conforms → does not conform" in worse
    assert any(line.startswith("✗ workdays/") and "passed → declined" in line for line in worse)
    assert any(line.startswith("  workdays/") and "(recommended)  passed → failed: $: got" in line for line in worse)
    better = formats.changes_text(conformance.compare(bad(), good()), language="vi")
    assert "✗" not in better
    assert "không trả lời → đạt" in better


def test_cases_and_areas_that_are_new_or_gone_are_told() -> None:
    part = conformance.run(conformance.reference(), areas=["codes"])
    assert "  workdays: new → conforms" in formats.changes_text(conformance.compare(part, good()))
    gone = formats.changes_text(conformance.compare(good(), part))
    assert "  workdays: conforms → gone" in gone
    assert "  passed → gone" in gone


@pytest.mark.parametrize(
    "call", [formats.text, formats.verdict_text, formats.changes_text, formats.markdown, formats.junit]
)
def test_what_is_no_report_is_refused(call: Any) -> None:
    with pytest.raises(InvalidValueError):
        call("a report")


def test_every_outcome_and_verdict_has_its_words() -> None:
    from onestop_core.conformance.reports.formats import saying
    from onestop_core.conformance.reports.results import FAULTS

    assert saying.OUTCOMES.keys() == set(CaseOutcome)
    assert saying.VERDICTS.keys() == set(Verdict)
    assert saying.FAULTS.keys() == set(FAULTS)


def test_a_disputed_case_is_no_recommended_one() -> None:
    one = next(each for each in good().results if each.level is CaseLevel.RECOMMENDED)
    report = named(
        "mine", results=tuple(wrong(each, disputed=DISPUTE) if each is one else each for each in good().results)
    )
    assert formats.text(report).splitlines()[-1] == "conforms; no recommended case failed"
