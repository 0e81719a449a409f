"""The page of errors says what the errors say of themselves; the pages about errors agree with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from onestop_core.errors import OnestopError
from tests.documentation.error_codes import PAGES, kinds, page
from tests.documentation.twins import DOCS

if TYPE_CHECKING:
    from onestop_core.text import Language


@pytest.mark.parametrize("language", PAGES)
def test_the_page_says_what_the_errors_say(language: Language) -> None:
    # If this fails: python -m tests.documentation.error_codes
    assert (DOCS / "reference" / PAGES[language]).read_text(encoding="utf-8") == page(language)


def test_every_kind_has_words_of_its_own() -> None:
    for words in ("title", "cause", "remedy"):
        said = [getattr(each, words) for each in (OnestopError, *kinds())]
        assert len({each.vi for each in said}) == len({each.en for each in said}) == len(said)
        assert all(each.vi != each.en for each in said)
    assert len({each.code for each in kinds()}) == len(kinds())


@pytest.mark.parametrize("name", ["errors.md", "errors.vi.md"])
def test_the_page_about_errors_has_every_kind_with_its_status(name: str) -> None:
    told = (DOCS / "explanation" / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| \w+ \| (\d+) \|", told, re.MULTILINE)
    assert dict(rows) == {each.__name__: str(each.http_status) for each in kinds()}
