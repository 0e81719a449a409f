"""The page for those who decide: whole, accessible, self-contained, and deaf to what an adapter says of itself."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from onestop_core import conformance
from onestop_core.conformance.reports.formats.grounds import Ground, by_ground
from onestop_core.conformance.reports.formats.page_parts import STYLE
from onestop_core.conformance.reports.formats.page_words import WORDS
from onestop_core.errors import InvalidValueError
from onestop_core.model import Firmness, FrozenMap
from onestop_core.text.safe import line
from tests.browser import printed, words
from tests.conformance.sample_reports import EVIL, bad, good, named, unlike, wrong

html = conformance.formats.html
VOID: Final = {"meta", "col"}


class Page(HTMLParser):
    """What a browser makes of a page: its elements, each with its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[dict[str, Any]] = []
        self.elements: list[dict[str, Any]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = {"tag": tag, "text": "", "in": [each["tag"] for each in self.open], **dict(attrs)}
        self.elements.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()["tag"] == tag

    def handle_data(self, data: str) -> None:
        for each in self.open:
            each["text"] += data

    def all(self, tag: str) -> list[dict[str, Any]]:
        return [each for each in self.elements if each["tag"] == tag]

    def rows(self) -> list[list[str]]:
        found: list[list[str]] = []
        for each in self.elements:
            if each["tag"] == "tr":
                found.append([])
            elif each["tag"] in {"td", "th"}:
                found[-1].append(each["text"])
        return found

    def facts(self) -> list[tuple[str, str]]:
        return list(
            zip((each["text"] for each in self.all("dt")), (each["text"] for each in self.all("dd")), strict=True)
        )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("report", [good(), bad()], ids=["good", "bad"])
def test_a_page_can_be_read_by_everybody_and_needs_nothing(report: Any, language: Any) -> None:
    page = Page(html(report, language=language))
    tags = [each["tag"] for each in page.elements]
    assert page.all("html")[0]["lang"] == language
    assert not {"script", "link", "img", "iframe", "form", "object"} & set(tags)
    assert {"style", "src", "srcset", "action"}.isdisjoint(
        {key for each in page.elements for key in each} - {"tag", "text", "in"}
    )
    assert not any(key.startswith("on") for each in page.elements for key in each)
    # One heading of the page, then sections with a name, each reached from the contents, none twice.
    assert tags.count("h1") == 1
    assert [tags.count(mark) for mark in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    ids = [each["id"] for each in page.elements if "id" in each]
    assert len(ids) == len(set(ids))
    assert [each["href"] for each in page.all("a")] == [f"#{mark}" for mark in ids]
    assert all(each["aria-label"] for each in page.all("section"))
    # Tables have names and heads, frames that scroll can be reached by the keyboard.
    assert all(each["scope"] in {"col", "row", "colgroup", "rowgroup"} for each in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    frames = [each for each in page.all("div") if each.get("class") == "wide"]
    assert len(frames) == len(page.all("table"))
    assert {(each["role"], each["tabindex"]) for each in frames} == {("region", "0")}
    # Signs are for the eye; the words beside them say the same.
    signs = [each for each in page.all("span") if each.get("class") == "sign"]
    assert signs
    assert all(each["aria-hidden"] == "true" for each in signs)
    # What is told in English only is marked so.
    assert {each["lang"] for each in page.all("span") if each.get("class") == "description"} <= {"en"}


def test_the_page_says_who_what_when_and_which_edition() -> None:
    facts = dict(Page(html(bad(), language="en")).facts()[:17])
    assert facts["Version"] == "2.3"
    assert facts["Build"] == "7f4e756"
    assert facts["Law tables that it works with"] == "2026-10"
    assert facts["Command"].startswith("mine </style>")
    assert facts["Tested"] == "2026-11-26 18:41:05 (UTC+07:00)"
    assert facts["Runner"] == "onestop_core"
    assert facts["Digest of the suite"] == bad().suite_digest
    assert facts["Digest of the law tables"] == bad().tables_digest
    assert facts["Profile"] == "none"
    assert facts["Demanded"] == "workdays, codes"
    assert facts["Seed of fresh cases"] == "42"
    assert facts["Digest of this report"] == bad().digest
    plain = dict(Page(html(good(), language="vi")).facts())
    assert plain["Thời điểm kiểm thử"] == "không ghi"
    assert plain["Số sinh ca kiểm thử mới"].startswith("không sinh ca mới")
    assert "Bản dựng" not in plain


def test_a_profile_is_named_with_its_digest() -> None:
    report = conformance.run(conformance.reference(), profile="calendar")
    facts = dict(Page(html(report, language="vi")).facts())
    assert facts["Bộ yêu cầu"] == "Lịch làm việc (calendar@1)"
    assert report.profile is not None
    assert facts["Mã băm bộ yêu cầu"] == report.profile.digest
    other = attrs.evolve(report, profile=attrs.evolve(report.profile, name="moon"), demanded=())
    facts = dict(Page(html(other, language="en")).facts())
    assert (facts["Profile"], facts["Demanded"]) == ("moon@1", "nothing")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_verdict_stands_at_the_top_in_words(language: Any) -> None:
    page = Page(html(bad(), language=language))
    (top,) = [each for each in page.all("p") if each.get("class", "").startswith("verdict")]
    assert top["class"] == "verdict fails"
    assert top["in"] == ["html", "body", "header"]
    assert conformance.formats.verdict_text(bad()).in_(language) in top["text"]
    assert {"vi": "1 trong ", "en": "1 of "}[language] in top["text"]


def test_areas_and_operations_are_counted() -> None:
    page = Page(html(bad(), language="en"))
    rows = {row[0]: row[1:] for row in reversed(page.rows()) if row}
    total = sum(each.operation == "is_workday" and each.counts for each in bad().results)
    recommended = sum(each.operation == "is_workday" and each.level == "recommended" for each in bad().results)
    failed = sum(
        each.operation == "is_workday" and each.level == "recommended" and each.outcome == "failed"
        for each in bad().results
    )
    assert rows["is_workday"][0] == "✗does not conform"
    assert rows["is_workday"][1:5] == [str(total - 7), "6", "1", "0"]
    assert int(rows["is_workday"][5]) + int(rows["is_workday"][6]) <= recommended
    assert rows["is_workday"][6] == str(failed)
    assert rows["write_dossier_code"][0] == "–unsupported"
    assert rows["codes Codes".replace(" ", "")][0].startswith("◐conforms in part")
    asked = attrs.evolve(good(), not_asked=FrozenMap({**good().not_asked, "codes/parse_agency_code": 2}))
    rows = {row[0]: row[1:] for row in reversed(Page(html(asked, language="en")).rows()) if row}
    assert rows["parse_agency_code"][5] == "2"
    assert rows["is_workday"][5] == "0"


def sections(page: Page) -> dict[str, str]:
    return {each["id"]: each["aria-label"] for each in page.all("section")}


def test_lists_are_apart_and_an_empty_one_says_so_where_that_tells_something() -> None:
    assert list(sections(Page(html(bad(), language="en")))) == [
        *("about", "areas", "failures", "declined", "recommended", "disputed", "unsupported", "rules", "law"),
    ]
    told = sections(Page(html(bad(), language="en")))
    assert told["failures"] == "Required cases that failed (6)"
    assert told["declined"] == "Questions that were declined (2)"
    assert told["recommended"] == "Recommended cases that failed (1)"
    assert told["disputed"] == "Disputed cases (1)"
    assert told["unsupported"] == "Operations that are not supported (1)"
    page = html(good(), language="en")
    assert list(sections(Page(page))) == ["about", "areas", "failures", "recommended", "rules", "law"]
    assert "No required case failed." in page
    assert "No recommended case failed." in page


def test_each_failure_has_question_answers_ground_and_the_way_back() -> None:
    page = Page(html(bad(), language="en"))
    details = list(page.all("details"))
    assert len(details) == 10
    assert {each["class"] for each in details} == {"failed", "declined"}
    facts = page.facts()
    one = next(each for each in bad().results if each.outcome == "failed")
    begin = next(place for place, (name, _) in enumerate(facts) if name == "Outcome")
    told = dict(facts[begin : begin + 8])
    assert json.loads(told["Input"]) == dict(one.input or {})
    assert told["Expected"] in {"true", "false"}
    assert json.loads(told["Got"])["all"] == list(range(60))
    assert told["Time"] == "1,250 ms"
    assert told["Look at it again"] == f"onestop conformance show {one.case}"
    assert "working" in told["Rules"].lower() or one.rules[0] in told["Rules"]
    words = "".join(each["text"] for each in page.all("dd"))
    assert "refused, with whatever code" in words
    assert "refused with: " in words
    assert "no answer that could be judged" in words
    assert "2026-11-20: Article 18 bears two readings." in words
    # What this suite does not know is told as the report has it.
    assert "no law (not told)" in words
    assert any(value == "no-such-rule" for _, value in facts)


def test_long_answers_are_laid_out_and_cut_with_a_word() -> None:
    one = good().results[0]
    answers: list[Any] = [
        {"a": {"b": ["x" * 60, {"c": "y" * 60}]}, "d": []},
        ["z" * 120],
        "w" * 150,
        [["v" * 30] * 100] * 3,
    ]
    report = named("mine", results=[wrong(one, got=each) for each in answers])
    shown = [each["text"] for each in Page(html(report, language="en")).all("pre")]
    kept = [each.got for each in report.results]
    read = [json.loads(each) for each in shown if "xx" in each or "zz" in each or "ww" in each]
    assert [json.loads(conformance.wire.json_text(each)) for each in kept[:3]] == read
    assert '{\n  "a": {\n    "b": [\n      "xxx' in "".join(shown)


def test_a_question_that_is_too_long_for_a_page_is_cut() -> None:
    one = good().results[0]
    from onestop_core.conformance.reports.formats.page_parts import Sheet

    shown = Sheet("vi").json({"facts": ["x" * 30_000]}).text or ""
    assert shown.endswith("\n… (phần còn lại có trong báo cáo JSON)")
    assert len(shown) < 21_000
    assert html(named("mine", results=[unlike(one, outcome="failed", input={"facts": ["x" * 3_000]})]))


def test_a_failure_of_which_the_question_was_not_kept_is_told_all_the_same() -> None:
    report = named("mine", results=[attrs.evolve(good().results[0], outcome="failed", rules=(), basis=())])
    facts = Page(html(report, language="en")).facts()
    assert "Input" not in dict(facts)
    assert ("Look at it again", f"onestop conformance show {good().results[0].case}") in facts


def test_rules_and_articles_are_counted_apart() -> None:
    page = Page(html(bad(), language="en"))
    rows = page.rows()
    counted = {row[0]: row[1:] for row in rows if row}
    rule = next(each for each in bad().by_rule() if each.rule == "tet")
    (name,) = [key for key in counted if key.endswith("(tet)")]
    assert counted[name][0] == str(rule.required.passed)
    for each in by_ground(bad().results):
        said = line(each.ground.text.en)
        assert [said, each.ground.evidence.en, f"{each.required.passed:,}"] in [row[:3] for row in rows]


def test_grounds_are_read_back_and_stand_in_their_order() -> None:
    assert Ground.of("Bộ luật Dân sự 91/2015/QH13, art. 148(5) [read]") == (
        "Bộ luật Dân sự 91/2015/QH13",
        "148(5)",
        Firmness.READ,
    )
    assert Ground.of("Luật 1/2020/QH14 [observed]") == ("Luật 1/2020/QH14", None, Firmness.OBSERVED)
    assert Ground.of("Luật 1/2020/QH14 [sworn]") == ("Luật 1/2020/QH14 [sworn]", None, None)
    assert Ground.of("hearsay").evidence.vi == "không rõ"
    civil = Ground.of("Bộ luật Dân sự 91/2015/QH13, art. 148(5) [read]")
    assert (civil.text.vi, civil.text.en) == (
        "khoản 5 Điều 148 Bộ luật Dân sự số 91/2015/QH13",
        "Civil Code 91/2015/QH13, art. 148(5)",
    )
    written = [
        "B, art. 10 [read]",
        "B, art. 9(2) [read]",
        "B [read]",
        "A, art. 3 [inferred]",
        "A, art. 3 [read]",
        "A, art. 3(1)(đ) [read]",
        "A",
    ]
    assert sorted(written, key=lambda each: Ground.of(each).order) == [
        *(
            "A",
            "A, art. 3 [read]",
            "A, art. 3 [inferred]",
            "A, art. 3(1)(đ) [read]",
            "B [read]",
            "B, art. 9(2) [read]",
            "B, art. 10 [read]",
        ),
    ]


def test_every_ground_of_the_suite_can_be_told() -> None:
    for case in conformance.suite().cases:
        for basis in case.basis:
            ground = Ground.of(basis)
            assert ground.firmness is not None, basis
            article = f", art. {ground.article}" if ground.article else ""
            assert f"{ground.instrument}{article} [{ground.firmness.value}]" == basis


def test_a_case_counts_for_each_ground_once_and_a_disputed_one_for_none() -> None:
    one = good().results[0]
    twice = attrs.evolve(one, basis=("A [read]", "A [read]", "B [observed]"))
    counts = by_ground([twice, twice])
    assert [(each.ground.instrument, each.required.passed + each.recommended.passed) for each in counts] == [
        ("A", 2),
        ("B", 2),
    ]
    assert by_ground([each for each in bad().results if each.disputed]) == ()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_words_stay_words(language: Any) -> None:
    page = html(bad(), language=language)
    assert not set(page) & {"\x1b", "\u202e", "\x00"}
    assert not re.search("<script|<img|&#x202e;", page)
    assert "##[" not in page
    read = Page(page)
    # Once only, and as words: in the name, its title, its command, reasons and answers.
    assert read.all("title")[0]["text"].count("<script>alert(1)</script>") == 1
    said = [each for each in read.all("pre") if "alert(1)" in each["text"]]
    assert json.loads(said[0]["text"].replace("\\x1b", "").replace("\\u202e", "").replace("#\\x23", "##"))[
        "answer"
    ].startswith(EVIL[:20])


def test_a_report_of_another_suite_is_told_by_its_codes() -> None:
    results = tuple(attrs.evolve(each, area="moon") for each in bad().results)
    other = attrs.evolve(
        bad(),
        results=results,
        demanded=("moon",),
        not_asked=FrozenMap({"moon/is_workday": 0, "moon/write_dossier_code": 0}),
    )
    page = Page(html(other, language="en"))
    assert "moon" in {row[0] for row in page.rows() if row}
    assert any(row[0] == "tet" for row in page.rows() if row)


def test_what_is_no_report_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        html("a report")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        html(good(), language="fr")  # type: ignore[arg-type]


def test_every_word_of_the_pages_is_used_and_there() -> None:
    from onestop_core.conformance.reports import formats

    folder = Path(str(formats.__file__)).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "page_words.py")
    composed = {"implementation_version", "implementation_build", "runner_version", "runner_build"}
    composed |= {
        f"{name}_{kind}" for name in ("failures", "declined", "recommended", "disputed") for kind in ("told", "none")
    }
    assert {key for key in WORDS if not re.search(f"""["']{key}["']""", sources)} <= composed


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_stand_out_on_paper_and_in_the_dark() -> None:
    light, _, dark = STYLE.partition("prefers-color-scheme")
    for part in (light, dark):
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", part))
        for letters in ("ink", "quiet", "good", "bad", "part"):
            for ground in ("paper", "box"):
                one, two = sorted((luminance(colours[letters]), luminance(colours[ground])))
                assert (two + 0.05) / (one + 0.05) >= 4.5, (letters, ground)


def test_a_browser_prints_every_answer(tmp_path: Path) -> None:
    said = words(printed(html(bad(), language="vi"), tmp_path))
    # Closed parts are open on paper, and what is for the screen only is not there.
    assert said.count("Câu trả lời đúng ") >= 10
    assert "Người kiểm thử (ký, ghi rõ họ tên)" in said
    assert "Nội dung" not in said
    # Every sheet names the report that it is of, and how many there are.
    last = re.search(r"\b([0-9]+) ?/ ?\1$", said)
    assert last is not None
    assert said.count(bad().digest) >= int(last[1]) > 3
