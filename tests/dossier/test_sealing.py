"""The chain of hashes over a log: a second way of making it, and every way of breaking it."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier.sealing import canonical, commitment, ensure_sealed
from onestop_core.errors import InvalidDocumentError, InvalidEventError, InvalidValueError
from onestop_core.rules.schema.schemas import check_schema

from .driving import EDITIONS, HOUR, T0, opened, story
from .test_history import walks

if TYPE_CHECKING:
    from onestop_core.dossier import Event

MACHINE = dossier.machine(EDITIONS[1])
CASE = story(MACHINE, opened(MACHINE), "received", "assigned", "approved")
LINKS = dossier.seal(CASE.events)


def test_a_chain_can_be_made_from_the_log_alone() -> None:
    link = ""
    for event, made in zip(CASE.events, LINKS, strict=True):
        row = {name: value for name, value in event.to_dict().items() if name != "schema_version"}
        plain = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        link = hashlib.sha256((link + plain).encode("utf-8")).hexdigest()
        assert made == link


def test_a_log_that_matches_its_seal_is_replayed() -> None:
    assert MACHINE.replay(CASE.events, seal=LINKS) == CASE
    assert MACHINE.replay(iter(CASE.events), seal=list(LINKS)) == CASE


def broken() -> dict[str, tuple[tuple[Event, ...], tuple[str, ...], str]]:
    created, received, assigned, approved = CASE.events
    other = story(MACHINE, opened(MACHINE), "received").events[1]
    changed = dossier.event("received", other.at, actor="kẻ gian", due=other.due)
    return {
        "changed": ((created, changed, assigned, approved), LINKS, "event number 1"),
        "dropped": ((created, received, approved), LINKS, "event number 2"),
        "moved": ((created, assigned, received, approved), LINKS, "event number 1"),
        "added": ((*CASE.events, approved), LINKS, "event number 4"),
        "cut off": (CASE.events[:-1], LINKS, "the seal covers 4 events, the log has 3"),
        "forged": (CASE.events, (*LINKS[:-1], LINKS[0]), "event number 3"),
        "empty": ((), LINKS, "the log has 0"),
    }


@pytest.mark.parametrize(("events", "links", "said"), broken().values(), ids=broken())
def test_a_log_that_was_tampered_with_is_refused(events: tuple[Event, ...], links: tuple[str, ...], said: str) -> None:
    with pytest.raises(InvalidEventError, match=said):
        ensure_sealed(events, links)
    with pytest.raises(InvalidEventError):
        MACHINE.replay(events, seal=links)


def test_a_sealed_document_is_read_back_and_checked() -> None:
    document = dossier.dump_log(CASE, sealed=True)
    assert document["seal"] == {"algorithm": "sha-256/rfc-8785", "links": list(LINKS)}
    assert dossier.load_log(document).seal == LINKS
    assert dossier.load_log(dossier.dump_log(CASE)).seal is None
    assert dossier.replay(document) == CASE
    document["events"][1]["actor"] = "kẻ gian"
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.load_log(document)
    (problem,) = caught.value.problems
    assert (problem.path, problem.text.vi) == (
        "$.seal",
        "sự kiện “Phân công thụ lý” không hợp lệ: sự kiện thứ 2 không khớp chuỗi băm niêm phong của nhật ký",
    )


@pytest.mark.parametrize(
    "seal", [{}, {"algorithm": "md5", "links": ["0" * 64]}, {"algorithm": "sha-256/rfc-8785", "links": ["x"]}]
)
def test_a_seal_of_another_make_is_refused(seal: Any) -> None:
    with pytest.raises(InvalidDocumentError):
        dossier.load_log({**dossier.dump_log(CASE), "seal": seal})


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_09", max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_our_canonical_json_is_that_of_rfc_8785(value: Any) -> None:
    rfc8785 = pytest.importorskip("rfc8785", reason="the rfc8785 package is not installed")
    assert canonical(value) == rfc8785.dumps(value)


@given(PLAIN)
def test_canonical_json_is_json(value: Any) -> None:
    assert json.loads(canonical(value)) == value


def test_what_is_not_exact_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"amount": float("nan")})


def test_a_seal_that_reaches_further_names_the_last_event() -> None:
    for events, name in ((CASE.events[:3], "assigned"), ((), "(none)")):
        with pytest.raises(InvalidEventError) as caught:
            ensure_sealed(events, LINKS)
        assert caught.value.event == name


KEY = b"a secret of sixteen bytes or more"


def with_people() -> dossier.Dossier:
    case = MACHINE.new(id="1", procedure="1.004222", channel="online", at=T0, actor="Nguyễn Văn An")
    case = MACHINE.step(case, dossier.event("received", T0 + HOUR, actor="Lan", role="receiving_officer"))
    case = MACHINE.step(case, dossier.event("assigned", T0 + 2 * HOUR, to_actor="Minh", to_unit="H26.12"))
    return MACHINE.step(
        case, dossier.event("supplement_requested", T0 + 3 * HOUR, reason="thiếu giấy khai sinh của An")
    )


PEOPLE = with_people()
SALTED = dossier.dump_log(PEOPLE, key=KEY)


def refusal(document: Any, **options: Any) -> str:
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.replay(document, **options)
    assert {problem.path for problem in caught.value.problems} == {"$.seal"}
    return caught.value.problems[0].text.en


def test_a_salted_chain_can_be_made_from_the_log_alone() -> None:
    salts, link = SALTED["seal"]["salts"], ""
    for event, row, made in zip(PEOPLE.events, salts, SALTED["seal"]["links"], strict=True):
        plain = {name: value for name, value in event.to_dict().items() if name != "schema_version"}
        hidden = {}
        for name, salt in row.items():
            text = json.dumps(plain.pop(name), ensure_ascii=False).encode("utf-8")
            hidden[name] = hashlib.sha256(bytes.fromhex(salt) + text).hexdigest()
        said = json.dumps({"event": plain, "salted": hidden}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        link = hashlib.sha256((link + said).encode("utf-8")).hexdigest()
        assert made == link
    assert [sorted(row) for row in salts] == [["actor"], ["actor"], ["to_actor"], ["reason"]]


def test_a_salt_is_derived_from_key_dossier_number_and_field() -> None:
    rows = dossier.salts(PEOPLE.events, key=KEY)
    said = canonical(["onestop-core/salt", "1", 0, "actor"])
    assert rows[0]["actor"] == hmac.new(KEY, said, "sha256").hexdigest()
    assert len({salt for row in rows for salt in row.values()}) == 4
    assert dossier.salts(PEOPLE.events, key=KEY + b"2")[0] != rows[0]


def test_a_chain_that_grew_begins_with_the_old_one() -> None:
    older = dossier.dump_log(MACHINE.replay(PEOPLE.events[:3]), key=KEY)
    assert SALTED["seal"]["links"][:3] == older["seal"]["links"]
    assert SALTED["seal"]["salts"][:3] == older["seal"]["salts"]


def test_a_field_taken_out_leaves_the_chain_and_the_dossier() -> None:
    log = dossier.load_log(SALTED)
    for number, field in ((0, "actor"), (3, "reason")):
        log = dossier.logs.redact(log, number, field, at=T0 + 9 * HOUR, ground="yêu cầu ngày 12/02/2026")
    document = dossier.dump_log(log)
    text = json.dumps(document, ensure_ascii=False)
    assert "Nguyễn Văn An" not in text
    assert "giấy khai sinh" not in text
    assert all(SALTED["seal"]["salts"][n][name] not in text for n, name in ((0, "actor"), (3, "reason")))
    assert check_schema(document, "event-log") == ()
    kept = SALTED["seal"]["links"][-1]
    read = dossier.load_log(document, sealed=True, last_link=kept)
    assert read == log
    assert [(n, name, r.ground) for n, name, r in read.redactions] == [
        (0, "actor", "yêu cầu ngày 12/02/2026"),
        (3, "reason", "yêu cầu ngày 12/02/2026"),
    ]
    for judge in (True, False):
        case = dossier.replay(document, judge=judge)
        assert (case.state, case.clock) == (PEOPLE.state, PEOPLE.clock)
    grown = dossier.dump_log(story(MACHINE, dossier.replay(document), "supplemented"), key=KEY)
    assert grown["seal"]["links"][:4] == SALTED["seal"]["links"]
    assert grown["dossier"]["redacted"] == document["dossier"]["redacted"]


def redacted() -> dict[str, Any]:
    log = dossier.logs.redact(dossier.load_log(SALTED), 0, "actor", at=T0, ground="x")
    return dossier.dump_log(log)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["dossier"]["redacted"]["actor"].update(commitment="0" * 64),
        lambda d: d["dossier"].pop("redacted"),
        lambda d: d["dossier"].update(actor="kẻ gian", redacted={}) or d["dossier"].pop("redacted"),
        lambda d: d["events"][0].update(actor="kẻ gian"),
        lambda d: d["seal"]["salts"][1].update(actor="0" * 64),
        lambda d: d["seal"]["salts"][1].pop("actor"),
        lambda d: d["seal"]["salts"].pop(),
        lambda d: d["seal"]["salts"].append({}),
        lambda d: d["seal"]["salts"][1].update(role="0" * 64),
        lambda d: d["seal"]["salts"][1].update(reason="0" * 64),
        lambda d: d["seal"].update(algorithm="sha-256/rfc-8785"),
        lambda d: d["seal"].update(algorithm="sha-256/rfc-8785") or d["seal"].pop("salts"),
        lambda d: d["events"].pop(),
    ],
)
def test_what_was_redacted_can_still_not_be_changed(change: Any) -> None:
    document = redacted()
    change(document)
    refusal(document)


def test_a_redaction_forged_by_hand_needs_the_very_commitment() -> None:
    document = redacted()
    del document["events"][0]["actor"]
    record = {"commitment": commitment("0" * 64, "Lan"), "at": "2026-02-12T09:30:00+07:00", "ground": "x"}
    document["events"][0]["redacted"] = {"actor": record}
    del document["seal"]["salts"][1]["actor"]
    assert "event number 1 does not match" in refusal(document)


def test_a_redacted_field_says_nothing() -> None:
    record = dossier.events.Redacted(commitment="0" * 64, at=T0, ground="x")
    for name in ("actor", "nothing_of_the_kind"):
        with pytest.raises(InvalidEventError, match="says nothing any more"):
            dossier.event("received", T0, actor="Lan", redacted={name: record})
    for wrong in (None, {"actor": None}, {1: record}, [record]):
        with pytest.raises(InvalidEventError):
            dossier.event("received", T0, redacted=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [
        {"commitment": "x"},
        {"commitment": "A" * 64},
        {"commitment": None},
        {"at": T0.replace(tzinfo=None)},
        {"ground": ""},
    ],
)
def test_a_record_of_a_redaction_is_whole(fields: dict[str, Any]) -> None:
    whole: dict[str, Any] = {"commitment": "0" * 64, "at": T0, "ground": "x"}
    with pytest.raises(InvalidValueError):
        dossier.events.Redacted(**whole | fields)


@pytest.mark.parametrize(
    ("number", "field"), [(-1, "actor"), (4, "actor"), (True, "actor"), ("0", "actor"), (0, "role"), (0, "reason")]
)
def test_only_what_hangs_by_a_commitment_can_be_taken_out(number: Any, field: str) -> None:
    with pytest.raises(InvalidValueError):
        dossier.logs.redact(dossier.load_log(SALTED), number, field, at=T0, ground="x")


def test_a_plain_chain_lets_nothing_be_taken_out() -> None:
    for sealed in (False, True):
        log = dossier.load_log(dossier.dump_log(PEOPLE, sealed=sealed))
        with pytest.raises(InvalidValueError, match="sealed with salts"):
            dossier.logs.redact(log, 0, "actor", at=T0, ground="x")


def test_a_seal_can_be_demanded() -> None:
    assert dossier.replay(SALTED, sealed=True) == PEOPLE
    assert "one is demanded" in refusal(dossier.dump_log(PEOPLE), sealed=True)
    stripped = {name: value for name, value in SALTED.items() if name != "seal"}
    assert "one is demanded" in refusal(stripped, sealed=True)
    assert dossier.replay(stripped) == PEOPLE


@pytest.mark.parametrize("options", [{"sealed": True}, {"key": KEY}])
def test_a_last_link_kept_elsewhere_tells_what_a_chain_alone_cannot(options: dict[str, Any]) -> None:
    document = dossier.dump_log(PEOPLE, **options)
    kept = document["seal"]["links"][-1]
    assert dossier.replay(document, last_link=kept) == PEOPLE
    cut = dossier.dump_log(MACHINE.replay(PEOPLE.events[:-1]), **options)
    assert dossier.replay(cut).version == 3
    assert "cut off or replaced" in refusal(cut, last_link=kept)
    forged = MACHINE.replay((*PEOPLE.events[:-1], dossier.event("approved", T0 + 3 * HOUR)))
    assert "cut off or replaced" in refusal(dossier.dump_log(forged, **options), last_link=kept)
    grown = dossier.dump_log(story(MACHINE, PEOPLE, "supplemented"), **options)
    assert "gone on since by 1 events" in refusal(grown, last_link=kept)


def test_a_last_link_can_be_held_to_a_log_that_carries_no_seal() -> None:
    kept = dossier.seal(PEOPLE.events)[-1]
    assert dossier.replay(dossier.dump_log(PEOPLE), last_link=kept) == PEOPLE
    assert MACHINE.replay(PEOPLE.events, last_link=kept) == PEOPLE
    with pytest.raises(InvalidEventError, match="cut off or replaced"):
        MACHINE.replay(PEOPLE.events[:-1], last_link=kept)
    rows = dossier.salts(PEOPLE.events, key=KEY)
    links = dossier.seal(PEOPLE.events, salts=rows)
    assert MACHINE.replay(PEOPLE.events, seal=links, salts=rows, last_link=links[-1]) == PEOPLE
    with pytest.raises(InvalidEventError):
        MACHINE.replay(PEOPLE.events, seal=links)
    with pytest.raises(InvalidEventError, match="cut off"):
        ensure_sealed((), None, last_link=kept)


@pytest.mark.parametrize("link", ["", "x", "A" * 64, 7, b"0" * 64])
def test_a_last_link_is_a_link(link: Any) -> None:
    with pytest.raises(InvalidValueError):
        dossier.replay(SALTED, last_link=link)


@pytest.mark.parametrize("key", [b"short", "a secret of sixteen bytes or more", None, bytearray(32)])
def test_a_key_is_secret_bytes_and_is_not_told(key: Any) -> None:
    with pytest.raises(InvalidValueError) as caught:
        dossier.salts(PEOPLE.events, key=key)
    assert "short" not in str(caught.value)
    assert "secret of" not in str(caught.value)


@pytest.mark.parametrize(
    "salts", [(), [{}] * 3, "abcd", None, [{"actor": "0"}, {}, {}, {}], [{1: "0" * 64}, {}, {}, {}]]
)
def test_salts_fit_the_events(salts: Any) -> None:
    if salts is None:
        assert dossier.seal(PEOPLE.events, salts=None) == dossier.seal(PEOPLE.events)
    else:
        with pytest.raises(InvalidValueError):
            dossier.seal(PEOPLE.events, salts=salts)


def test_salts_of_ones_own_are_taken_too() -> None:
    drawn = [dict.fromkeys(row, "ab" * 32) for row in dossier.salts(PEOPLE.events, key=KEY)]
    document = dossier.dump_log(PEOPLE, salts=drawn)
    assert document["seal"]["salts"] == drawn
    assert dossier.replay(document, sealed=True) == PEOPLE
    assert dossier.dump_log(dossier.load_log(document)) == document


def test_a_commitment_is_of_a_salt_and_a_text() -> None:
    for salt, value in (("0", "An"), ("0" * 64, object()), ("0" * 64, "\ud800")):
        with pytest.raises(InvalidValueError):
            commitment(salt, value)


def test_an_invitation_is_taken_out_whole() -> None:
    at = PEOPLE.events[0].at
    invited = dossier.events.Invitation(
        at=at, place="Thửa đất số 12", participants=["Nguyễn Văn An"], content="Đo đạc lại"
    )
    case = story(MACHINE, opened(MACHINE), "received", "assigned")
    start = dossier.event("verification_started", case.events[-1].at, invitation=invited)
    log = dossier.load_log(dossier.dump_log(MACHINE.step(case, start, judge=False), key=KEY))
    less = dossier.logs.redact(log, 3, "invitation", at=at, ground="x")
    document = dossier.dump_log(less)
    assert "Nguyễn Văn An" not in json.dumps(document, ensure_ascii=False)
    assert dossier.load_log(document, last_link=(log.seal or ("",))[-1]) == less


@given(walks(), st.booleans(), st.data())
def test_every_sealed_log_is_read_back_and_every_change_is_seen(
    case: dossier.Dossier, salted: bool, data: st.DataObject
) -> None:
    document = dossier.dump_log(case, sealed=True, key=KEY if salted else None)
    assert dossier.dump_log(dossier.load_log(document)) == document
    assert dossier.replay(document, sealed=True, last_link=document["seal"]["links"][-1]) == case
    number = data.draw(st.integers(0, case.version - 1))
    row = document["dossier"] if number == 0 else document["events"][number - 1]
    row["unit"] = "kẻ gian"
    assert "does not match" in refusal(document)


@given(walks(), st.data())
def test_whatever_is_taken_out_the_chain_holds(case: dossier.Dossier, data: st.DataObject) -> None:
    log = dossier.load_log(dossier.dump_log(case, key=KEY))
    assert log.salts is not None
    places = [(number, name) for number, row in enumerate(log.salts) for name in row]
    for number, name in data.draw(st.lists(st.sampled_from(places), unique=True)) if places else ():
        log = dossier.logs.redact(log, number, name, at=T0, ground="x")
    read = dossier.load_log(dossier.dump_log(log), sealed=True)
    assert read == log
    replayed = MACHINE_OF[case.lifecycle].replay(read.events)
    assert (replayed.states, replayed.portal, replayed.axes) == (case.states, case.portal, case.axes)


MACHINE_OF = {edition: dossier.machine(edition) for edition in EDITIONS}


def test_which_fields_are_personal_is_said_in_one_place() -> None:
    table = dossier.events.row_table()
    named = [each.field for each in table.personal]
    assert named == ["actor", "to_actor", "reason", "ground", "fault", "apology", "invitation"]
    assert set(named) <= {field.name for field in attrs.fields(dossier.Event)}
    assert not any(each.basis.firmness.is_law for each in table.personal)


@pytest.mark.parametrize("links", ["ab", 7, {}, iter(())])
def test_a_seal_is_a_series_of_links(links: Any) -> None:
    with pytest.raises(InvalidValueError):
        ensure_sealed(PEOPLE.events, links)


def test_a_ground_that_was_redacted_was_given() -> None:
    case = story(MACHINE, opened(MACHINE), "received", "assigned")
    late = case.appointment
    assert late is not None
    moved = dossier.event("rescheduled", case.events[-1].at, ground="bão số 1", due=late + 9 * HOUR)
    log = dossier.load_log(dossier.dump_log(MACHINE.step(case, moved), key=KEY))
    less = dossier.logs.redact(log, 3, "ground", at=T0, ground="x")
    assert MACHINE.replay(less.events).appointment == late + 9 * HOUR
    without = dossier.event("rescheduled", case.events[-1].at, due=late + 9 * HOUR)
    with pytest.raises(InvalidEventError, match="ground"):
        MACHINE.step(case, without)
