"""The page of every option says what the commands say of themselves, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.documentation.options import PAGES, page
from tests.documentation.twins import DOCS

if TYPE_CHECKING:
    from onestop_core.text import Language


@pytest.mark.parametrize("language", PAGES)
def test_the_page_says_what_the_commands_say(language: Language) -> None:
    # If this fails: python -m tests.documentation.options
    assert (DOCS / "reference" / PAGES[language]).read_text(encoding="utf-8") == page(language)


def test_both_pages_have_the_same_commands_and_options() -> None:
    found = [re.findall(r"^## `(.*)`$|^\| `(--[\w-]+)", page(language), re.MULTILINE) for language in PAGES]
    assert found[0] == found[1]
    assert len(found[0]) > 100


def test_every_argument_is_explained() -> None:
    for language in PAGES:
        assert re.findall(r"^.*\| {0,2}\|$", page(language), re.MULTILINE) == []
