"""Each error says where, what and what was expected, in both languages, and survives a process border."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from onestop_core import errors
from onestop_core.errors import OnestopError, Problem, Severity
from onestop_core.errors.problem import capped
from onestop_core.text import LANGUAGES, Text

T = Text(vi="thử", en="try")
NAME = Text(vi="Tiếp nhận", en="Receive")
DAY, MOMENT = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
PROBLEM = Problem(path="$.a", rule="test/rule", text=T)

# (error, the standard error it also is, a part of its English and of its Vietnamese message)
EXAMPLES: list[tuple[OnestopError, type[Exception], str, str]] = [
    (
        errors.InvalidValueError.of("limit", "5 suns", vi="hạn", en="a time limit"),
        ValueError,
        "limit: cannot use '5 suns'; expected a time limit",
        "thời hạn: giá trị '5 suns' không hợp lệ; cần hạn",
    ),
    (
        errors.InvalidDocumentError(problems=(PROBLEM,), source="f.json"),
        ValueError,
        "invalid document f.json (1 problems):\n  $.a: try",
        "tài liệu f.json không hợp lệ (1 lỗi):\n  $.a: thử",
    ),
    (
        errors.UnsupportedSchemaVersionError(problems=(PROBLEM,), found="9.9", supported=("1.0",)),
        ValueError,
        "schema version 9.9 is not supported; can be read: 1.0",
        "phiên bản lược đồ 9.9 chưa được hỗ trợ; đọc được: 1.0",
    ),
    (
        errors.UnknownCodeError(kind=Text(vi="lịch", en="calendar"), value="vn", suggestions=("vn-civil",)),
        LookupError,
        "no calendar 'vn'; did you mean vn-civil?",
        "không có lịch 'vn'; có phải ý bạn là “vn-civil”?",
    ),
    (
        errors.NotInForceError(what=T, on=date(2017, 1, 1), known=((date(2018, 6, 21), None),)),
        LookupError,
        "try: nothing in force on 2017-01-01; known for: from 2018-06-21",
        "thử: không có quy định có hiệu lực vào ngày 01/01/2017; có hiệu lực trong: từ 21/06/2018",
    ),
    (
        errors.CalendarCoverageError(
            calendar="vn-civil", day=date(1999, 1, 1), first=date(2012, 1, 1), last=date(2050, 12, 31)
        ),
        LookupError,
        "calendar vn-civil does not cover 1999-01-01; it covers 2012-01-01 to 2050-12-31",
        "lịch vn-civil không bao gồm ngày 01/01/1999; phạm vi: 01/01/2012 – 31/12/2050",
    ),
    (
        errors.InvalidEventError(event="received", reason=T),
        ValueError,
        "invalid event received: try",
        "sự kiện “received” không hợp lệ: thử",
    ),
    (
        errors.VersionConflictError(event="received", reason=T, expected=2, actual=4),
        ValueError,
        "invalid event received: try",
        "sự kiện “received” không hợp lệ: thử",
    ),
    (
        errors.KeyReusedError(event="received", reason=T, key="k", used_for="assigned", event_name=NAME),
        ValueError,
        "invalid event received: try",
        "sự kiện “Tiếp nhận” không hợp lệ: thử",
    ),
    (
        errors.TransitionNotAllowedError(state="new", event="deliver", allowed=("receive", "refuse")),
        ValueError,
        "state new does not take event deliver; allowed: receive, refuse",
        "hồ sơ đang ở trạng thái “new”, không thể “deliver”; có thể: “receive”, “refuse”",
    ),
    (
        errors.GuardError(state="s", event="e", allowed=(), guard="once", reason=T, basis=Text(vi="NĐ", en="Decree")),
        ValueError,
        "event e in state s refused (once): try; basis: Decree",
        "hồ sơ đang ở trạng thái “s”, không thể “e”: thử; căn cứ: NĐ",
    ),
    (
        errors.UndefinedMetricError(metric="2.1", reason=T),
        ValueError,
        "metric 2.1 is undefined: try",
        "chỉ số 2.1 không xác định: thử",
    ),
    (
        errors.ConformanceSuiteError(case="c1", reason=T),
        ValueError,
        "conformance suite, c1: try",
        "bộ ca kiểm thử có lỗi tại c1: thử",
    ),
    (
        errors.AdapterError(adapter="java", reason=T),
        RuntimeError,
        "adapter java: try",
        "adapter (bộ điều hợp) java: thử",
    ),
    (
        errors.MissingExtraError(extra="arrays", package="numpy"),
        ImportError,
        "numpy is needed: pip install 'onestop-core[arrays]'",
        "cần cài gói numpy: `pip install 'onestop-core[arrays]'`",
    ),
]
IDS = [type(error).__name__ for error, *_ in EXAMPLES]


def test_every_error_has_an_example() -> None:
    public = {getattr(errors, name) for name in errors.__all__}
    concrete = {c for c in public if isinstance(c, type) and issubclass(c, OnestopError)} - {OnestopError}
    assert concrete == {type(error) for error, *_ in EXAMPLES}


@pytest.mark.parametrize(("error", "standard", "en", "vi"), EXAMPLES, ids=IDS)
def test_an_error_says_it_in_both_languages_and_is_a_standard_error(
    error: OnestopError, standard: type[Exception], en: str, vi: str
) -> None:
    assert str(error) == en
    assert error.message.vi == vi
    assert isinstance(error, standard)


@pytest.mark.parametrize("error", [error for error, *_ in EXAMPLES], ids=IDS)
def test_an_error_is_a_value_that_travels(error: OnestopError) -> None:
    assert pickle.loads(pickle.dumps(error)) == error  # noqa: S301 - our own bytes
    assert copy.copy(error) == error
    assert hash(copy.deepcopy(error)) == hash(error)
    assert error != ValueError("other")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        error.code = "changed"  # type: ignore[misc]


@pytest.mark.parametrize("error", [error for error, *_ in EXAMPLES], ids=IDS)
def test_an_error_becomes_json(error: OnestopError) -> None:
    as_dict = json.loads(json.dumps(error.to_dict()))
    assert as_dict["code"] == error.code
    assert as_dict["message"] == str(error)
    assert set(as_dict) == {"code", "message", *(field.name for field in attrs.fields(type(error)))}


def test_codes_of_errors_are_distinct() -> None:
    codes = [type(error).code for error, *_ in EXAMPLES]
    assert len(set(codes)) == len(codes)


def test_an_unknown_code_without_a_near_one_guesses_nothing() -> None:
    assert str(errors.UnknownCodeError(kind=T, value="?")) == "no try '?'"


def test_mappings_that_raise_unknown_code_behave_as_mappings() -> None:
    assert issubclass(errors.UnknownCodeError, KeyError)


def test_a_table_without_entries_says_so() -> None:
    error = errors.NotInForceError(what=T, on=date(2026, 1, 1), known=())
    assert str(error).endswith("known for: no period")
    assert error.message.vi.endswith("không kỳ nào")


def test_a_final_state_says_that_it_is_final() -> None:
    error = errors.TransitionNotAllowedError(state="done", event="x", allowed=())
    assert str(error) == "state done does not take event x; it is final"
    assert error.message.vi.endswith("đây là trạng thái kết thúc")


def test_a_guard_without_basis_shows_none() -> None:
    error = errors.GuardError(state="s", event="e", allowed=(), guard="g", reason=T)
    assert str(error) == "event e in state s refused (g): try"


def test_an_unnamed_document_with_many_problems_shows_the_first_five() -> None:
    many = tuple(attrs.evolve(PROBLEM, path=f"$[{n}]") for n in range(8))
    lines = str(errors.InvalidDocumentError(problems=many)).splitlines()
    assert lines[0] == "invalid document (8 problems):"
    assert lines[5:] == ["  $[4]: try", "  … and 3 more"]
    assert errors.InvalidDocumentError(problems=many).message.vi.splitlines()[0] == "tài liệu không hợp lệ (8 lỗi):"


def test_a_value_too_long_to_show_is_cut() -> None:
    error = errors.InvalidValueError.of("x", "a" * 1000, vi="", en="less")
    assert len(error.value) == 80
    assert error.value.endswith("...")


def test_a_problem_shows_its_hint_and_speaks_both_languages() -> None:
    problem = Problem(
        path="$.x",
        rule="r",
        text=T,
        severity=Severity.NOTE,
        hint=Text(vi="gợi ý", en="hint"),
        basis=Text(vi="Luật", en="Law"),
    )
    assert str(problem) == "$.x: note: try (hint) [r]"
    assert problem.to_dict(language="vi") == {
        "path": "$.x",
        "rule": "r",
        "severity": "note",
        "message": "thử",
        "basis": "Luật",
        "hint": "gợi ý",
    }
    assert PROBLEM.to_dict() == {
        "path": "$.a",
        "rule": "test/rule",
        "severity": "error",
        "message": "try",
        "basis": None,
        "hint": None,
    }
    assert str(PROBLEM) == "$.a: error: try [test/rule]"


def test_the_base_error_is_never_raised_itself() -> None:
    with pytest.raises(NotImplementedError):
        _ = OnestopError().message


@pytest.mark.parametrize("folder", ["", "x" * 200 + "/", "\x1b[31m" * 40 + "/"])
def test_of_a_long_path_the_end_is_told(folder: str) -> None:
    problem = errors.Problem(path="$", rule="json/syntax", text=Text(vi="sai", en="wrong"))
    error = errors.InvalidDocumentError(problems=(problem,), source=f"{folder}broken.json")
    for words in (error.message.vi, error.message.en):
        assert "broken.json" in words
        assert "\x1b" not in words
        assert len(words) < 150


WRONG: list[tuple[type[Any], dict[str, Any], dict[str, Any]]] = [
    (
        errors.VersionConflictError,
        {"event": "e", "reason": T, "expected": 1, "actual": 2},
        {"expected": True, "actual": "2"},
    ),
    (
        errors.CalendarCoverageError,
        {"calendar": "c", "day": DAY, "first": DAY, "last": DAY},
        {"day": MOMENT, "first": "x"},
    ),
    (errors.NotInForceError, {"what": T, "on": DAY, "known": ()}, {"what": "x", "on": MOMENT, "known": ((DAY,),)}),
    (errors.InvalidDocumentError, {"problems": (PROBLEM,)}, {"problems": "ab"}),
    (errors.UnknownCodeError, {"kind": T, "value": "x"}, {"kind": "x", "suggestions": 5}),
    (
        errors.GuardError,
        {"state": "s", "event": "e", "allowed": (), "guard": "g", "reason": T},
        {"reason": None, "basis": "x"},
    ),
    (Problem, {"path": "$", "rule": "r", "text": T}, {"severity": "eror", "text": "x", "hint": 5}),
]


@pytest.mark.parametrize(("kind", "sound", "wrong"), WRONG, ids=lambda value: getattr(value, "__name__", ""))
def test_an_error_of_wrong_fields_is_refused_by_an_error_that_can_be_said(
    kind: type[Any], sound: dict[str, Any], wrong: dict[str, Any]
) -> None:
    assert kind(**sound) == kind(**sound)
    for name, value in wrong.items():
        with pytest.raises(errors.InvalidValueError, match=name):
            kind(**sound | {name: value})


def test_what_is_no_text_is_shown_where_a_code_is_due() -> None:
    error = errors.TransitionNotAllowedError(state=5, event=None, allowed=[1, "b"])  # type: ignore[arg-type]
    assert str(error) == "state 5 does not take event None; allowed: 1, b"
    assert (error.state, error.allowed) == ("5", ("1", "b"))
    assert hash(error) == hash(copy.copy(error))


def test_severity_is_taken_as_its_code() -> None:
    problem = Problem.at("$", "r", vi="a", en="b", severity="note")  # type: ignore[arg-type]
    assert problem.severity is Severity.NOTE
    with pytest.raises(errors.InvalidValueError, match="did you mean warning"):
        Severity("warnin")


def test_names_of_states_and_events_come_before_their_codes_in_vietnamese() -> None:
    named: dict[str, Any] = {"state_name": Text(vi="Đang thụ lý", en="Processing"), "event_name": NAME}
    error = errors.TransitionNotAllowedError(state="s", event="e", allowed=("r",), allowed_names=(NAME,), **named)
    assert error.message.vi == ("hồ sơ đang ở trạng thái “Đang thụ lý”, không thể “Tiếp nhận”; có thể: “Tiếp nhận”")
    guard = errors.GuardError(
        state="s", event="e", allowed=(), guard="g", reason=T, basis=Text(vi="Luật", en="Law"), **named
    )
    assert guard.message.vi == "hồ sơ đang ở trạng thái “Đang thụ lý”, không thể “Tiếp nhận”: thử; căn cứ: Luật"
    assert guard.message.en == "event e in state s refused (g): try; basis: Law"


@pytest.mark.parametrize(
    ("what", "name"),
    [("time limit", "thời hạn"), ("counts[2.1]", "số liệu 2.1"), ("zzz", "`zzz`"), (Text(vi="cỡ", en="size"), "cỡ")],
)
def test_an_argument_is_called_by_its_vietnamese_name(what: Any, name: str) -> None:
    error = errors.InvalidValueError.of(what, 5, vi="x", en="y")
    assert error.message.vi == f"{name}: giá trị 5 không hợp lệ; cần x"
    assert errors.InvalidValueError.of(what, None, vi="x", en="y").message.vi == f"{name}: chưa có giá trị; cần x"


def test_an_error_can_be_said_whatever_it_holds() -> None:
    hostile = "\ud800\0\x1b[31m\n::error::" + "x" * 100_000
    made = [
        errors.InvalidEventError(event=hostile, reason=T),
        errors.TransitionNotAllowedError(state=hostile, event=hostile, allowed=(hostile,)),
        errors.GuardError(state=hostile, event=hostile, allowed=(), guard=hostile, reason=T),
        errors.UnknownCodeError(kind=T, value=hostile),
        errors.InvalidValueError(what=hostile, value=hostile, expected=T),
        errors.AdapterError(adapter=hostile, reason=T),
        errors.ConformanceSuiteError(case=hostile, reason=T),
        errors.UndefinedMetricError(metric=hostile, reason=T),
        errors.InvalidDocumentError(problems=(PROBLEM,), source=hostile),
        errors.UnsupportedSchemaVersionError(problems=(), found=hostile, supported=("1.0",)),
    ]
    for error in made:
        for said in (str(error), error.message.vi):
            said.encode()
            assert len(said) < 500
            assert "\x1b" not in said
            assert "\n::" not in said
    assert len(errors.UnknownCodeError.among(T, hostile, ["a"]).value) == 80
    assert Problem.at(("a", hostile), "r", vi=hostile[:10], en="x").path.isprintable()


def test_many_problems_are_capped() -> None:
    many = [attrs.evolve(PROBLEM, path=f"$[{n}]") for n in range(5)]
    assert capped(many, most=5) == tuple(many)
    assert capped([], most=5) == ()
    for more, said in ((4, "and 1 more problem"), (2, "and 3 more problems")):
        found = capped(many, most=more)
        assert (found[:-1], found[-1].message) == (tuple(many[:more]), said)
    looking = iter(many)
    assert capped(looking, most=2)[-1].text == Text(
        vi="và còn lỗi khác; đã liệt kê 2 lỗi đầu", en="and more problems; the first 2 are listed"
    )
    assert len(list(looking)) == 2  # one was looked at to know that there are more


@pytest.mark.parametrize("error", [error for error, *_ in EXAMPLES], ids=IDS)
def test_an_error_is_the_body_of_an_answer(error: OnestopError) -> None:
    for language in LANGUAGES:
        body = json.loads(json.dumps(error.to_problem(language=language)))
        told = error.to_dict(language=language)
        assert body.pop("type") == f"urn:onestop-core:error:{told['code']}"
        assert body.pop("title") == type(error).title.in_(language)
        assert body.pop("status") == type(error).http_status
        assert body.pop("detail") == told.pop("message")
        assert body == {name: value for name, value in told.items() if name != "type"}


def test_the_status_says_who_can_do_something_about_it() -> None:
    told = {type(error).code: type(error).http_status for error, *_ in EXAMPLES}
    assert {code for code, status in told.items() if status == 409} == {
        "version-conflict",
        "key-reused",
        "transition-not-allowed",
        "guard",
    }
    assert told["unknown-code"] == 404
    assert {code for code, status in told.items() if status >= 500} == {"conformance-suite", "adapter", "missing-extra"}


def test_each_kind_of_error_has_a_title_of_its_own() -> None:
    titles = [type(error).title for error, *_ in EXAMPLES]
    assert len(set(titles)) == len(titles)
