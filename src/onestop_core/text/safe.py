"""Text from outside, made safe for where it goes. The one place that knows how each place can be hurt.

HTML and SVG are not here: they are built as trees (``xml.etree``), which escape by construction; :func:`xml`
takes out the characters that XML cannot hold at all.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["csv_cell", "dot", "line", "markdown", "mermaid", "terminal", "xml"]

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Categories that a reader does not see or that move what he sees: controls, direction marks, line separators."""


def _shown(mark: str) -> str:
    code = ord(mark)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _revealed(words: str, kept: str) -> str:
    if words.isprintable():
        return words
    return "".join(m if m in kept or unicodedata.category(m) not in _HIDDEN else _shown(m) for m in words)


def terminal(words: str) -> str:
    r"""Return *words* for a terminal: line breaks and tabs stay, every other control is shown as an escape.

    >>> terminal("a\x1b[31mb\nc")
    'a\\x1b[31mb\nc'
    """
    return _revealed(words, "\n\t")


def line(words: str) -> str:
    r"""Return *words* as part of one line of a log: no break, no control, nothing that a CI takes for a command.

    A line that begins with ``::error::`` is executed by some CI systems; a name with a line break could begin one.

    >>> line("name\n::error::x")
    'name\\x0a::error::x'
    """
    return _revealed(words, "")


_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$])")


def markdown(words: str) -> str:
    r"""Return *words* as plain text of a Markdown paragraph or table cell.

    >>> markdown("<script>|`x`")
    '\\<script\\>\\|\\`x\\`'
    """
    return _MARKDOWN.sub(r"\\\1", line(words))


def mermaid(label: str) -> str:
    """Return *label* as a label of Mermaid; what would end it or begin markup is written as a character reference.

    >>> mermaid('a; b: "c" #1')
    'a#59; b#58; #34;c#34; #35;1'
    """
    return "".join(m if m.isalnum() or m in " .,-–/…" else f"#{ord(m)};" for m in line(label))


def dot(label: str) -> str:
    r"""Return *label* in the double quotes of Graphviz.

    >>> dot('a "b" \\n')
    '"a \\"b\\" \\\\n"'
    """
    return '"' + line(label).replace("\\", "\\\\").replace('"', '\\"') + '"'


def xml(words: str) -> str:
    r"""Return *words* with what XML 1.0 cannot hold shown as U+FFFD.

    >>> xml("a\x00b") == "a\ufffdb"
    True
    """
    return _NOT_XML.sub("\ufffd", words)


_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def csv_cell(words: str) -> str:
    """Return *words* so that no spreadsheet runs them: a guard stands before what would begin a formula.

    A semicolon, comma or tab inside begins a new cell for the spreadsheet of another locale, so what follows
    one is guarded too. :func:`onestop_core.catalogue.tables` takes the guards away again.

    >>> csv_cell("=1+1"), csv_cell("Tên;=HYPERLINK(1)")
    ("'=1+1", "Tên;'=HYPERLINK(1)")
    """
    return _FORMULA.sub(r"\1'\2", words)


_FORMULA: Final = re.compile(r"(\A|[;,\t\r\n])((?:[\s\"']*)[=+\-@\t\r＝＋－＠])")
