"""A shipped edition is never edited: a correction is a new revision beside it."""

from __future__ import annotations

import json

from onestop_core import __version__
from tests.house.shipped import FILE, digests

FIRST_RELEASE = "0.2.0"
RELEASED = __version__ != FIRST_RELEASE
"""Nothing was released before it: until then, and no longer, `python -m tests.house.shipped` may be run again."""


def test_what_ships_is_what_shipped() -> None:
    then: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    now = digests()
    changed = sorted(name for name in then if now.get(name) != then[name])
    told = "make a new revision (see CONTRIBUTING)" if RELEASED else "run: python -m tests.house.shipped"
    assert changed == [], told
    assert sorted(now.keys() - then.keys()) == [], "run: python -m tests.house.shipped"
    assert len(then) > 20
