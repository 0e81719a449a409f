"""The chain of hashes over a log: a second way of making it, and every way of breaking it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier.sealing import canonical, ensure_sealed
from onestop_core.errors import InvalidDocumentError, InvalidEventError

from .driving import EDITIONS, opened, story

if TYPE_CHECKING:
    from onestop_core.dossier import Event

MACHINE = dossier.machine(EDITIONS[1])
CASE = story(MACHINE, opened(MACHINE), "received", "assigned", "approved")
LINKS = dossier.seal(CASE.events)


def test_a_chain_can_be_made_from_the_log_alone() -> None:
    link = ""
    for event, made in zip(CASE.events, LINKS, strict=True):
        plain = json.dumps(event.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
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
        "sự kiện “assigned” không hợp lệ: sự kiện thứ 2 không khớp chuỗi băm niêm phong của nhật ký",
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
