"""Overlays: the national catalogue with the local changes, and nothing else changed."""

from __future__ import annotations

import copy
import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue import ChangeEffect, ChangeKind
from onestop_core.catalogue.overlay.merging import laid_over
from onestop_core.catalogue.structure import structured
from onestop_core.errors import InvalidDocumentError, UnsupportedSchemaVersionError
from onestop_core.model.time_limits import TimeLimit
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, shipped, text
from tests.catalogue.overlays import local, national, overlay
from tests.catalogue.test_drift import SAMPLES, places

if TYPE_CHECKING:
    from pathlib import Path


def result(raw: Any, base: catalogue.Catalogue | None = None) -> catalogue.Procedure:
    return catalogue.overlay.apply(base or national(), raw)["1.000001"]


def in_person(*limits: dict[str, Any], **channel: Any) -> list[dict[str, Any]]:
    return [{"kind": "in_person", "limits": list(limits), **channel}]


def test_a_limit_changes_that_of_its_case_and_keeps_its_fees() -> None:
    limits = result(local(channels=in_person({"time": "1 working day", "case": "urgent"}))).channels[0].limits
    assert [(limit.time, limit.case, limit.basis) for limit in limits] == [
        ("5 working days", None, ("law",)),
        ("1 working day", "urgent", ("qd",)),
    ]
    general = result(local(channels=in_person({"time": "4 working days", "basis": ["nq"]}))).channels[0].limits[0]
    assert (general.basis, [fee.amount for fee in general.fees]) == (("nq",), [Decimal(20000)])


def test_a_limit_for_one_case_begins_as_the_general_one() -> None:
    base = catalogue.load(document(procedure(channels=[{"kind": "in_person", "limits": [
        {"time": "5 working days", "fees": [{"amount": "9"}], "basis": ["law"]}]}])))  # fmt: skip
    general, urgent = (
        result(local(channels=in_person({"time": "1 working day", "case": "urgent"})), base).channels[0].limits
    )
    assert general.case is None
    assert (urgent.case, urgent.basis, urgent.fees) == ("urgent", ("qd",), general.fees)


def test_a_fee_changes_the_one_that_it_fits_or_is_new() -> None:
    changed = in_person(
        {
            "fees": [
                {"amount": "5000", "kind": "charge"},
                {"amount": "0", "case": "urgent"},
                {"amount": "0", "unit": text("bản")},
            ]
        }
    )
    limit = result(local(channels=changed)).channels[0].limits[0]
    assert limit.basis == ("law",)  # the time is still the national one
    assert [(str(fee.amount), fee.kind, fee.case, fee.basis) for fee in limit.fees] == [
        ("5000", "charge", None, ("qd",)),
        ("0", None, "urgent", ("qd",)),
        ("0", None, None, ("qd",)),
    ]


def test_exemptions_and_notes_are_added_and_said_once() -> None:
    poor, old = {"text": text("Hộ nghèo"), "basis": ["law"]}, {"text": text("Người cao tuổi")}
    fees = [{"amount": "1", "exemptions": [poor]}]
    base = catalogue.load(document(procedure(channels=in_person({"time": "1 day", "fees": fees}), notes=[text("cũ")])))
    changed = in_person({"fees": [{"amount": "1", "exemptions": [{"text": text("Hộ nghèo")}, old]}]})
    here = result(local(channels=changed, notes=[text("cũ"), text("mới")]), base)
    (fee,) = here.channels[0].limits[0].fees
    assert [(each.text.vi, each.basis) for each in fee.exemptions] == [
        ("Hộ nghèo", ("law",)),
        ("Người cao tuổi", ("qd",)),
    ]
    assert (fee.basis, [note.vi for note in here.notes]) == ((), ["cũ", "mới"])


def test_places_channels_and_bodies_are_added_or_replaced() -> None:
    places = [
        {"name": text("Trung tâm"), "scope": "whole_province"},
        {"name": text("Bưu cục"), "scope": "nationwide", "basis": ["nq"]},
    ]
    online = {"kind": "online_full", "limits": [{"time": "4 working days"}]}
    steps = [{"id": "solve", "body": text("Phòng Tư pháp"), "budget": "3 working days", "role": "specialist"}]
    here = result(local(receiving=places, channels=[online], steps=steps, authority={"name": text("Ủy ban phường")}))
    assert [(place.name.vi, place.basis) for place in here.receiving] == [("Trung tâm", ("qd",)), ("Bưu cục", ("nq",))]
    assert [(channel.kind, channel.basis) for channel in here.channels] == [("in_person", ()), ("online_full", ("qd",))]
    assert (here.authority and (here.authority.name.vi, here.authority.basis)) == ("Ủy ban phường", ("qd",))
    receive, solve = here.steps
    assert receive == national()["1.000001"].steps[0]
    assert (solve.body and solve.body.vi, solve.budget, solve.what.vi, solve.after, solve.basis) == (
        "Phòng Tư pháp", "3 working days", "Giải quyết", ("receive",), ("qd",))  # fmt: skip
    same = result(local(authority={"name": text("Ủy ban")}))
    assert same.authority
    assert same.authority.basis == ("law",)


def test_bodies_and_contacts_are_added_or_completed() -> None:
    body, other = {"name": text("Sở Tư pháp"), "basis": ["law"]}, {"name": text("Thuế tỉnh")}
    contact = {"name": text("Tổng đài"), "phone": "1022"}
    base = catalogue.load(document(procedure(implementing=[body], contacts=[contact])))
    changes = {
        "implementing": [{**body, "code": "H26.12", "basis": []}],
        "coordinating": [other],
        "contacts": [{"name": text("Tổng đài"), "email": "x@example.org"}, {"name": text("Một cửa")}],
        "steps": [{"id": "solve", "responsible": text("Trưởng phòng")}],
    }
    here = result(local(**changes), base)
    assert [(each.code, each.basis) for each in here.implementing] == [("H26.12", ("qd",))]
    assert [each.basis for each in here.coordinating] == [("qd",)]
    assert [(each.phone, each.email) for each in here.contacts] == [("1022", "x@example.org"), (None, None)]
    assert here.steps[1].responsible is not None


def test_papers_can_be_fewer_or_replaced_by_data() -> None:
    paper = {"name": text("Tờ khai"), "originals": 0, "copies": 0, "replaced_by_data": text("CSDL quốc gia về dân cư")}
    (here,) = result(local(papers=[paper])).papers
    assert (here.originals, here.form, here.basis) == (0, "TK01", ("qd",))
    assert result(local(papers_removed=["Tờ khai"])).papers == ()


def test_papers_of_one_name_are_told_apart_by_their_cases() -> None:
    cases = [{"id": name, "name": text(name)} for name in ("a", "b", "c")]
    paper = {"name": text("Đơn"), "originals": 1, "copies": 1}
    channels = in_person({"time": "1 day"})
    base = catalogue.load(
        document(
            procedure(
                cases=cases,
                obligations=[],
                channels=channels,
                papers=[{**paper, "cases": [case]} for case in ("a", "b")],
            )
        )
    )
    fewer = [{**paper, "cases": ["b"], "copies": 0}, {**paper, "cases": ["a"], "originals": 0}]
    assert [(each.originals, each.copies) for each in result(local(papers=fewer), base).papers] == [(0, 1), (1, 0)]
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.overlay.apply(base, local(papers=[{**paper, "cases": ["c"]}]))
    assert [problem.rule for problem in caught.value.problems] == ["overlay/paper-added"]
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.overlay.apply(base, local(papers=[fewer[0], fewer[0]]))
    assert [problem.rule for problem in caught.value.problems] == ["overlay/duplicate-change"]


def test_a_suppression_stays_with_its_paper() -> None:
    def accepted(path: str) -> dict[str, str]:
        return {"rule": "catalogue/not-nfc", "path": path, "reason": "as printed"}

    papers = [{"name": text(name), "originals": 1, "copies": 0} for name in "abc"]
    paths = [
        "$.procedures[0].papers[0]",
        "$.procedures[0].papers[1].name",
        "$.procedures[0].papers[2].name.vi",
        "$.procedures[0].papers[9]",
        "$.procedures[1].papers[2]",
        "$.procedures[7].papers[2]",
        "$.title",
    ]
    base = catalogue.load(
        document(
            procedure(papers=papers), procedure("1.000002", papers=papers), suppressions=[accepted(p) for p in paths]
        )
    )
    merged = catalogue.overlay.apply(base, local(papers_removed=["b"]))
    assert [each.path for each in merged.suppressions] == [paths[0], "$.procedures[0].papers[1].name.vi", *paths[4:]]


def test_removing_every_channel_is_a_finding_and_not_a_crash() -> None:
    changes = catalogue.overlay.load(local(channels_removed=["in_person"])).procedures[0]
    assert laid_over(national()["1.000001"], changes, ("qd",)) == national()["1.000001"]
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.overlay.apply(national(), local(channels_removed=["in_person"]))
    assert [problem.rule for problem in caught.value.problems] == ["overlay/channel-removed"]


def test_overlays_are_read_from_files_and_written_back(tmp_path: Path) -> None:
    raw = local(channels=in_person({"time": "4 working days"}))
    path = tmp_path / "local.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    read = catalogue.overlay.load(path)
    assert catalogue.overlay.load(catalogue.overlay.dump(read)) == read
    assert catalogue.overlay.apply(national(), str(path)) == catalogue.overlay.apply(national(), read)
    assert result(read).channels[0].limits[0].time == "4 working days"
    path.write_text(json.dumps(overlay({"code": "9.999999"})), encoding="utf-8")
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.overlay.apply(national(), path)
    assert caught.value.source == str(path)


def test_what_is_no_overlay_is_refused() -> None:
    with pytest.raises(UnsupportedSchemaVersionError):
        catalogue.overlay.load({**overlay(), "schema_version": "2.0"})
    with pytest.raises(InvalidDocumentError):
        catalogue.overlay.load({"schema_version": "1.0"})


def test_a_field_that_was_empty_takes_a_part_that_rests_on_the_decision() -> None:
    """As a field would that a class may get: none there, and a value with a basis of its own."""

    @attrs.frozen(kw_only=True)
    class Whole:
        code: str = "1"
        part: catalogue.values.Authority | None = None

    words = national().title
    merged: Any = laid_over.__globals__["_laid"](Whole(), Whole(part=catalogue.values.Authority(name=words)), ("qd",))
    assert merged.part.basis == ("qd",)


# --- against a second implementation, plain and slow


def slow(base: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """The merged document, worked out on JSON, for overlays as drawn below."""
    merged = copy.deepcopy(base)
    merged["title"] = raw["title"]
    merged["bases"].update(raw["bases"])
    for change in raw["procedures"]:
        (target,) = [each for each in merged["procedures"] if each["code"] == change["code"]]
        target["papers"] = [p for p in target["papers"] if p["name"]["vi"] not in change.get("papers_removed", ())]
        for place in change.get("receiving", ()):
            target.setdefault("receiving", []).append({**place, "basis": ["qd"]})
        for channel in change.get("channels", ()):
            old = [each for each in target["channels"] if each["kind"] == channel["kind"]]
            if not old:
                target["channels"].append({**channel, "basis": ["qd"]})
                continue
            for limit in channel["limits"]:
                (there,) = [each for each in old[0]["limits"] if each.get("case") == limit.get("case")]
                if "time" in limit and limit["time"] != there.get("time"):
                    there["time"], there["basis"] = limit["time"], ["qd"]
                for fee, paid in zip(limit.get("fees", ()), there.get("fees", ()), strict=False):
                    if Decimal(fee["amount"]) != Decimal(paid["amount"]):
                        paid["amount"], paid["basis"] = fee["amount"], ["qd"]
        for note in change.get("notes", ()):
            target.setdefault("notes", []).append(note)
    return merged


def code_of(raw: dict[str, Any]) -> str:
    return str(raw["code"])


# Some real procedures of every shape: several cases, several fees, no limit known, no papers.
CODES = {"1.004222", "1.001456", "2.001178", "2.000815", "1.012783"}
BASE = shipped()
BASE["procedures"] = [raw for raw in BASE["procedures"] if raw["code"] in CODES]
PROCEDURES: list[dict[str, Any]] = BASE["procedures"]
NATIONAL = catalogue.load(BASE)


@st.composite
def reducing(draw: st.DrawFn) -> dict[str, Any]:
    """An overlay of some real procedures that only makes things shorter, cheaper, nearer and fewer."""
    changes: list[dict[str, Any]] = []
    drawn_from = st.lists(st.sampled_from(PROCEDURES), max_size=3, unique_by=code_of)
    for raw in draw(drawn_from):
        change: dict[str, Any] = {"code": raw["code"]}
        channels = [drawn for channel in raw["channels"] if (drawn := draw(reduced(channel)))]
        missing = sorted({"in_person", "post", "online_full"} - {channel["kind"] for channel in raw["channels"]})
        if len(missing) > 0 and draw(st.booleans()):
            channels.append({"kind": draw(st.sampled_from(missing)), "limits": [{"time": "ngay"}]})
        if channels:
            change["channels"] = channels
        if draw(st.booleans()):
            change["receiving"] = [
                {"name": text("Điểm hỗ trợ"), "scope": draw(st.sampled_from(["own_territory", "nationwide"]))}
            ]
        names = [paper["name"]["vi"] for paper in raw["papers"]]
        if len(names) > 0 and draw(st.booleans()):
            change["papers_removed"] = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        if draw(st.booleans()):
            change["notes"] = [text("Chú thích của tỉnh")]
        changes.append(change)
    return overlay(*changes)


@st.composite
def reduced(draw: st.DrawFn, channel: dict[str, Any]) -> dict[str, Any] | None:
    limits: list[dict[str, Any]] = []
    for limit in channel["limits"]:
        change: dict[str, Any] = {"case": limit["case"]} if "case" in limit else {}
        if "time" in limit and draw(st.booleans()):
            (step,) = TimeLimit.parse(limit["time"]).steps
            counted = step.unit not in {"same_day", "immediate"}
            fewer = TimeLimit.of(draw(st.integers(1, int(step.amount))), step.unit) if counted else None
            change["time"] = str(fewer) if fewer and draw(st.booleans()) else "ngay"
        amounts = [fee for fee in limit.get("fees", ()) if "amount" in fee]
        if len(amounts) > 0 and draw(st.booleans()):
            change["fees"] = [
                {
                    "amount": str(draw(st.integers(0, int(fee["amount"])))),
                    **{k: fee[k] for k in ("case", "unit", "kind") if k in fee},
                }
                for fee in amounts
            ]
        if set(change) - {"case"}:
            limits.append(change)
    return {"kind": channel["kind"], "limits": limits} if limits else None


@given(reducing())
def test_what_only_reduces_is_never_a_finding_and_merges_as_the_slow_way_does(raw: dict[str, Any]) -> None:
    found = {problem.rule for problem in catalogue.overlay.check(NATIONAL, raw) if problem.rule.startswith("overlay/")}
    assert found <= {"overlay/no-change"}
    merged = catalogue.overlay.apply(NATIONAL, raw)
    assert merged == structured(slow(BASE, raw), catalogue.Catalogue)
    assert catalogue.load(catalogue.dump(merged)) == merged


FULL: dict[str, Any] = overlay(
    {
        "code": "1.004222",
        "authority": {"name": text("Công an phường"), "basis": ["qd"]},
        "receiving": [{"name": text("Trung tâm"), "scope": "whole_province", "hours": text("Cả ngày")}],
        "channels": [
            {
                "kind": "in_person",
                "limits": [{"time": "5 working days", "fees": [{"amount": "10000", "basis": ["nq"]}]}],
            },
            {"kind": "post", "limits": [{"time": "6 working days", "case": "owner"}]},
        ],
        "papers": [{"name": text("Tờ khai CT01"), "form": "CT01", "originals": 1, "copies": 0, "cases": ["owner"]}],
        "papers_removed": ["Hợp đồng thuê, mượn, ở nhờ"],
        "steps": [{"id": "check", "body": text("Công an phường"), "role": "specialist", "budget": "1 working day"}],
        "notes": [text("Chú thích")],
    },
    {"code": "2.000815", "notes": [text("Chú thích")]},
)
PLACES = places(FULL)


@given(st.sampled_from(PLACES), st.sampled_from([*SAMPLES, "3 working days", "owner", "qd", "post"]))
def test_a_changed_overlay_is_refused_with_reasons_or_makes_a_sound_catalogue(place: Any, value: Any) -> None:
    raw = copy.deepcopy(FULL)
    parent: Any = raw
    for step in place[:-1]:
        parent = parent[step]
    parent[place[-1]] = copy.deepcopy(value)
    errors = [problem for problem in catalogue.overlay.check(NATIONAL, raw) if problem.severity == "error"]
    if errors:
        with pytest.raises(InvalidDocumentError) as caught:
            catalogue.overlay.apply(NATIONAL, raw)
        assert list(caught.value.problems) == errors
    else:
        merged = catalogue.overlay.apply(NATIONAL, raw)
        assert catalogue.load(catalogue.dump(merged)) == merged


def slow_changes(base: dict[str, Any], raw: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Kind and procedure of each change for citizens that an overlay as drawn above makes."""
    made: Counter[tuple[str, str]] = Counter()
    for change in raw["procedures"]:
        (national,) = [each for each in base["procedures"] if each["code"] == change["code"]]
        kinds: list[str] = ["place_added"] * len(change.get("receiving", ()))
        kinds += ["paper_removed"] * len(change.get("papers_removed", ()))
        for channel in change.get("channels", ()):
            old = [each for each in national["channels"] if each["kind"] == channel["kind"]]
            if not old:
                kinds.append("channel_added")
                continue
            for limit in channel["limits"]:
                (there,) = [each for each in old[0]["limits"] if each.get("case") == limit.get("case")]
                if "time" in limit and TimeLimit.parse(limit["time"]) != TimeLimit.parse(there["time"]):
                    kinds.append("limit_shorter")
                for fee, paid in zip(limit.get("fees", ()), there.get("fees", ()), strict=False):
                    kinds += ["fee_lower"] * (Decimal(fee["amount"]) < Decimal(paid["amount"]))
        made.update((kind, change["code"]) for kind in kinds)
    return made


@given(reducing())
def test_the_difference_names_what_the_overlay_changes_and_nothing_else(raw: dict[str, Any]) -> None:
    changes = catalogue.diff(NATIONAL, catalogue.overlay.apply(NATIONAL, raw))
    typed = [change for change in changes if change.kind is not ChangeKind.OTHER]
    assert Counter((change.kind.value, change.procedure) for change in typed) == slow_changes(BASE, raw)
    for change in set(changes) - set(typed):
        # What goes with a change: on what it rests, and the words of the province; or the same time in other words.
        expected = (".basis", ".notes", "$.title", "$.bases", ".time")
        assert any(part in change.path for part in expected)
    assert catalogue.totals(changes).effects(ChangeEffect.WORSE) == 0


@given(st.lists(st.sampled_from(PROCEDURES), max_size=3, unique_by=code_of))
def test_an_overlay_that_changes_nothing_is_the_identity(procedures: list[dict[str, Any]]) -> None:
    # Saying again what is said already is no change either.
    again: list[dict[str, Any]] = [
        {k: raw[k] for k in ("code", "authority", "channels", "papers", "receiving", "notes") if k in raw}
        for raw in procedures
    ]
    raw = overlay(*again, title=BASE["title"], bases={}, decision=[next(iter(BASE["bases"]))])
    assert catalogue.overlay.apply(NATIONAL, raw) == NATIONAL
    assert {problem.rule for problem in catalogue.overlay.check(NATIONAL, raw)} == (
        {"overlay/no-change"} if again else set()
    )


def test_a_suppression_by_code_moves_with_its_paper() -> None:
    papers = [{"name": text(name), "originals": 1, "copies": 0} for name in ("A", "B")]
    held = {"rule": "catalogue/unconfirmed", "code": "1.000001", "path": "$.papers[1]", "reason": "c"}
    base = catalogue.load(document(procedure(papers=papers), suppressions=[held]))
    laid = catalogue.overlay.apply(base, local(papers_removed=["A"]))
    assert [(each.code, each.path) for each in laid.suppressions] == [("1.000001", "$.papers[0]")]
