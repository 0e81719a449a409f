"""What the last release showed is still there, used as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core import __version__
from tests.packaging.public_api import breaks, kept, shown

if TYPE_CHECKING:
    from collections.abc import Callable

HOW = """
If it is meant, say it in CHANGELOG.md (docs/explanation/support.md says what a version may break) and accept it:
    python -m tests.packaging.public_api"""


def test_nothing_that_was_shown_is_gone_or_used_otherwise(record_property: Callable[[str, object], None]) -> None:
    release, then = kept()
    assert release == __version__, f"the file is of {release}: run python -m tests.packaging.public_api"
    now = shown()
    broken = breaks(then, now)
    assert broken == [], "\n".join([*broken, HOW])
    added = sorted(now.keys() - then.keys())
    record_property("counted", f"{len(then):,} public names kept, {len(added):,} added: {', '.join(added[:10])}")
    assert len(then) > 3000


def test_what_breaks_is_told_from_what_was_added() -> None:
    then = {"a.f": "(x: 'int') -> 'int'", "a.g": "()", "a.h": "()", "ext.far.f": "()"}
    now = {"a.f": "(x: 'str') -> 'int'", "a.h": "()", "a.i": "()", "ext.far.": ""}
    assert breaks(then, now) == ["- a.g()", "- a.f(x: 'int') -> 'int'\n+ a.f(x: 'str') -> 'int'"]
    assert breaks(then, then) == []


def test_names_constructors_members_and_aliases_are_seen() -> None:
    now = shown()
    assert now["workdays.calendar"].startswith("(name: 'str' = 'vn-civil'")
    assert now["workdays.Calendar.add"] == "(self, day: 'date', n: 'int') -> 'date'"
    assert "(*, at: 'datetime', received_at: 'datetime'" in now["deadlines.Deadline"]
    assert now["deadlines.Deadline.day"] == ": property"
    assert now["desk.stepping.step"] == " is desk.step"
    assert now["model.Firmness.READ"] == " = 'read'"
    assert "workdays.working_calendar._covered" not in now
