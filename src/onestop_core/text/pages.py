"""A page of HTML as a tree of elements: one sheet that loads nothing, runs nothing and escapes whatever it says.

The tree (:mod:`xml.etree`) escapes by construction, :func:`~onestop_core.text.safe.xml` takes out what no document can hold,
and the page forbids itself, by its own policy, all but its one style.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from onestop_core.text.safe import markup, xml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.text.words import Language

__all__ = ["DARK", "STYLE", "Part", "document", "element", "page"]

Part = ET.Element | str | None
"""What an element can hold: another, words, or nothing."""

STYLE: Final = """
:root { --ink: #1a1a1a; --paper: #fff; --quiet: #4a4a4a; --line: #bbb; --rule: #555; --box: #f3f3f1; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1.05rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--rule); }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.quiet { color: var(--quiet); font-size: .9rem; }
svg { display: block; max-width: 100%; } section { break-inside: auto; } tr, svg { break-inside: avoid; }
@page { size: A4; margin: 15mm 12mm; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } h2, h3 { break-after: avoid; } }
"""
"""How a page looks that has no look of its own: dark letters on white, tables without upright lines, A4 when printed."""

DARK: Final = """
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --ink: #ececec; --paper: #16181b; --quiet: #b9bcc1; --line: #44484f; --rule: #9aa0a8; --box: #22262b; }
}
"""
"""The same for a reader who has asked for dark pages; a print stays white."""


def element(tag: str, *children: Part, **attributes: str) -> ET.Element:
    """Return an element that holds *children*.

    An attribute that is a word of Python is written with a ``_`` behind, and a hyphen as ``_``.

    >>> document(element("p", "a < ", element("b", "b"), " & c", class_="quiet", aria_label="x"))
    '<p class="quiet" aria-label="x">a &lt; <b>b</b> &amp; c</p>'
    """
    made = ET.Element(tag, {name.rstrip("_").replace("_", "-"): xml(value) for name, value in attributes.items()})
    for child in children:
        if isinstance(child, ET.Element):
            made.append(child)
        elif child and len(made):
            made[-1].tail = (made[-1].tail or "") + xml(child)
        elif child:
            made.text = (made.text or "") + xml(child)
    return made


def document(root: ET.Element) -> str:
    """Return *root* as HTML; whoever prints it to a terminal or a log of a CI is not obeyed by either."""
    return markup(ET.tostring(root, encoding="unicode", method="html"))


def page(title: str, body: Iterable[ET.Element], *, style: str, language: Language) -> str:
    """Return the whole page.

    >>> shown = page("Bảng", [element("main", "…")], style="main { color: #000 }", language="vi")
    >>> shown.startswith("<!DOCTYPE html>"), "default-src 'none'" in shown, "<script" in shown
    (True, True, False)
    """
    # A style that is not this one, a picture or a script does nothing here, even where the host allows them.
    mark = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{mark}'; base-uri 'none'; form-action 'none'"
    root = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=policy),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title),
            element("style", style),
        ),
        element("body", *body),
        lang=language,
    )
    return f"<!DOCTYPE html>\n{document(root)}\n"
