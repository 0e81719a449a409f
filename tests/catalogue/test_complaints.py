"""Procedures for complaints, as they are published, are checked by the rules of any procedure."""

from __future__ import annotations

from onestop_core import catalogue
from tests.catalogue.pages import pages


def test_published_procedures_for_complaints_are_sound_and_their_many_limits_are_told() -> None:
    about = ("giải quyết khiếu nại", "giải quyết tố cáo")
    found = [page for page in pages("national-2026-07") if page["ten_thu_tuc"].lower().startswith(about)]
    document, left = catalogue.read_portal(found)
    assert catalogue.check(document) == ()
    loaded = catalogue.load(document)
    assert len(loaded) == len(found) > 2
    # First and second round, plain and complex, near and remote: several limits in one text are told, and none is chosen.
    assert {each.code for each in left if each.reason.en.startswith("several")} == {
        each["ma_thu_tuc"] for each in found
    }
