"""Values as fields of Pydantic models: read as the library reads, written as it writes, described as its schemas say."""

from __future__ import annotations

import importlib
import json
import sys
from datetime import datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from onestop_core import deadlines, dossier, workdays
from onestop_core.errors import MissingExtraError, OnestopError
from onestop_core.model import DossierFacts, TimeLimit

pytest.importorskip("pydantic", reason="Pydantic, of the extra pydantic, is not installed")

import pydantic

from onestop_core.ext.pydantic import (
    DeadlineField,
    EventField,
    FactsField,
    ProblemDetails,
    TimeLimitField,
    WorkingHoursField,
)

AT = datetime.fromisoformat("2026-03-02T08:20+07:00")
HOURS = deadlines.WorkingHours.parse("07:30-11:30, 13:30-17:00")


class Act(pydantic.BaseModel):
    event: EventField
    limit: TimeLimitField
    hours: WorkingHoursField | None = None
    facts: list[FactsField] = []


class Answer(pydantic.BaseModel):
    due: DeadlineField


EVENT = {"kind": "received", "at": "2026-03-02T08:20:00+07:00"}


def test_values_come_in_from_json_and_go_out_as_they_came() -> None:
    facts = {"id": "1", "received_at": "2026-03-02T08:20:00+07:00", "unit": "Tây Hồ"}
    act = Act.model_validate_json(
        json.dumps({"event": EVENT, "limit": "05 ngày làm việc", "hours": "07:30-11:30, 13:30-17:00", "facts": [facts]})
    )
    assert act.event == dossier.event("received", AT)
    assert act.limit == TimeLimit.parse("5 working days")
    assert act.hours == HOURS
    assert act.facts == [DossierFacts(id="1", received_at=AT, unit="Tây Hồ")]
    assert Act.model_validate_json(act.model_dump_json()) == act
    assert Act.model_validate(act.model_dump()) == act


def test_values_come_in_as_they_are() -> None:
    act = Act(event=dossier.event("received", AT), limit=TimeLimit.parse("2 days"), hours=HOURS)
    assert json.loads(act.model_dump_json())["limit"] == "2 days"
    assert Act.model_validate({"event": EVENT, "limit": "2 days", "hours": HOURS.to_document()}).hours == HOURS


@pytest.mark.parametrize(
    ("document", "place", "kind"),
    [
        ({"event": EVENT, "limit": "5 ngày làm"}, ("limit",), "onestop_invalid_value"),
        ({"event": EVENT, "limit": 5}, ("limit",), "onestop_invalid_value"),
        ({"event": {"kind": "received"}, "limit": "2 days"}, ("event",), "onestop_invalid_event"),
        ({"event": "received", "limit": "2 days"}, ("event",), "onestop_invalid_event"),
        ({"event": EVENT, "limit": "2 days", "hours": "all day"}, ("hours",), "onestop_invalid_value"),
        ({"event": EVENT, "limit": "2 days", "facts": [{"id": 1}]}, ("facts", 0), "onestop_invalid_document"),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_field(document: Any, place: tuple[Any, ...], kind: str) -> None:
    with pytest.raises(pydantic.ValidationError) as refused:
        Act.model_validate(document)
    error = refused.value.errors()[0]
    assert (error["loc"], error["type"]) == (place, kind)
    assert error["ctx"]["detail"] == error["msg"]


def test_all_problems_of_a_document_are_told() -> None:
    with pytest.raises(pydantic.ValidationError) as refused:
        Act.model_validate({"event": EVENT, "limit": "2 days", "facts": [{"id": 1, "received_at": "yesterday"}]})
    places = [problem["path"] for problem in refused.value.errors()[0]["ctx"]["problems"]]
    assert len(places) > 1


def test_an_answer_is_written_and_not_read() -> None:
    due = deadlines.due(AT, TimeLimit.parse("5 working days"), calendar=workdays.calendar())
    assert json.loads(Answer(due=due).model_dump_json())["due"] == due.to_dict()
    with pytest.raises(pydantic.ValidationError, match="answer of the library"):
        Answer.model_validate({"due": due.to_dict()})


def test_schemas_stand_alone_and_say_what_is_valid() -> None:
    whole = Act.model_json_schema()
    Draft202012Validator.check_schema(whole)
    assert "$ref" not in json.dumps(whole["properties"])
    assert {name: whole["properties"][name].get("title") for name in ("event", "limit")} == {
        "event": "LoggedEvent",
        "limit": "TimeLimit",
    }
    judge = Draft202012Validator(whole)
    assert "pattern" in whole["properties"]["event"]["properties"]["at"]
    good = {"event": EVENT, "limit": "5 working days", "facts": [{"id": "1", "received_at": None}]}
    assert list(judge.iter_errors(good)) == []
    assert [*judge.iter_errors({**good, "event": {"kind": "received", "at": "x"}})] != []
    assert [*judge.iter_errors({**good, "limit": 5})] != []
    due = deadlines.due(AT, TimeLimit.parse("5 working days"), calendar=workdays.calendar())
    answer = Draft202012Validator(Answer.model_json_schema(mode="serialization"))
    assert list(answer.iter_errors(json.loads(Answer(due=due).model_dump_json()))) == []


def test_an_error_is_the_body_of_an_answer() -> None:
    with pytest.raises(OnestopError) as refused:
        workdays.calendar("vn-civl")
    body = ProblemDetails(**refused.value.to_problem(language="vi"))
    assert (body.status, body.code, body.title) == (404, "unknown-code", "Không tìm thấy")
    assert body.model_dump() == refused.value.to_problem(language="vi")


def test_without_pydantic_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pydantic", None)
    monkeypatch.delitem(sys.modules, "onestop_core.ext.pydantic")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.pydantic")
    assert (raised.value.extra, raised.value.package) == ("pydantic", "pydantic")
