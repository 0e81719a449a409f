"""Pages of HTML: a tree that escapes, under a policy that lets nothing in."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode

from onestop_core.text.pages import DARK, STYLE, document, element, page


def test_words_stand_before_between_and_after_elements() -> None:
    made = element("p", "a", None, "", "b", element("i"), "c", "d", element("b", "e"), "f")
    assert document(made) == "<p>ab<i></i>cd<b>e</b>f</p>"


def test_attributes_are_named_as_html_names_them() -> None:
    assert document(element("label", for_="x", aria_label='"<&')) == '<label for="x" aria-label="&quot;<&amp;"></label>'


def test_what_no_document_can_hold_is_replaced_and_what_moves_a_log_is_a_reference() -> None:
    made = document(element("p", "a\x00\ud800 \u202e\x9b ##[error]\n::warning::x", title="\x1b[31m"))
    assert made == '<p title="\ufffd[31m">a\ufffd\ufffd &#x202e;&#x9b; #&#x23;[error]\n&#x3a;:warning::x</p>'


def test_a_page_allows_its_own_style_and_nothing_else() -> None:
    style = STYLE + DARK
    shown = page("</title><script>", [element("main", "x")], style=style, language="vi")
    policy = re.search(r'content="(default-src[^"]+)"', shown)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules.keys() == {"default-src", "style-src", "base-uri", "form-action"}
    assert {rules["default-src"], rules["base-uri"], rules["form-action"]} == {"'none'"}
    # Browsers take the sum of what stands between the tags, byte for byte.
    between = shown[shown.index("<style>") + 7 : shown.index("</style>")]
    assert between == style
    assert hashlib.sha256(between.encode()).digest() == b64decode(rules["style-src"].strip("'").removeprefix("sha256-"))
    assert re.findall("<([a-z]+)", shown) == ["html", "head", "meta", "meta", "meta", "title", "style", "body", "main"]
