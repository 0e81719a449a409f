"""Text from outside, made safe for where it goes. The one place that knows how each place can be hurt.

HTML and SVG are not here: they are built as trees (``xml.etree``), which escape by construction; :func:`xml`
takes out the characters that XML cannot hold at all.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, cast

from onestop_core.text.words import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "csv_cell",
    "csv_text",
    "dot",
    "icalendar",
    "json",
    "line",
    "markdown",
    "markup",
    "mermaid",
    "terminal",
    "xml",
]

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Categories that a reader does not see or that move what he sees: controls, direction marks, line separators."""


def _plain(words: str) -> str:
    if not isinstance(cast("object", words), str):
        refuse("text", words, vi="chuỗi", en="text")
    return words


def _shown(mark: str) -> str:
    code = ord(mark)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _revealed(words: str, kept: str) -> str:
    plain = _written(_plain(words), kept, _shown)
    return _COMMAND.sub(lambda found: found[0][:-1] + _shown(found[0][-1]), plain)


def _written(plain: str, kept: str, write: Callable[[str], str]) -> str:
    """Return *plain* with what is hidden written otherwise, but for what is *kept*; long texts are looked at once."""
    if plain.isprintable():
        return plain
    hidden = {ord(m): write(m) for m in set(plain) if m not in kept and unicodedata.category(m) in _HIDDEN}
    return plain.translate(hidden) if hidden else plain


_COMMAND: Final = re.compile(r"^[^\S\n]*:(?=:)|##(?=(?:vso|teamcity)?\[)", re.MULTILINE)


def terminal(words: str) -> str:
    r"""Return *words* for a terminal: line breaks and tabs stay, every other control is shown as an escape.

    What a CI takes for a command, because it stands where a line begins, is broken as :func:`line` does.

    >>> terminal("a\x1b[31mb\nc")
    'a\\x1b[31mb\nc'
    """
    return _revealed(words, "\n\t")


def line(words: str) -> str:
    r"""Return *words* as part of one line of a log: no break, no control, nothing that a CI takes for a command.

    A line that begins with ``::error::`` is executed by some CI systems, ``##[…]`` and ``##vso[…]`` by others
    wherever it stands; a name may begin with it, and one with a line break could begin another line.

    >>> line("name\n::error::x"), line("::error::x"), line("a ##vso[task]")
    ('name\\x0a::error::x', '\\x3a:error::x', 'a #\\x23vso[task]')
    """
    return _revealed(words, "")


def json(document: str) -> str:
    r"""Return the JSON text *document* with the same meaning, and nothing in it that a terminal or a CI obeys.

    What :func:`line` would show is written as an escape of JSON; line breaks between the tokens stay.

    >>> json('{"name": "a\u202eb ##[error]"}')
    '{"name": "a\\u202eb #\\u0023[error]"}'
    """
    plain = _written(_plain(document), "\n", _escaped)
    return _COMMAND.sub(lambda found: found[0][:-1] + _escaped(found[0][-1]), plain)


def _escaped(mark: str) -> str:
    """Return *mark* as JSON escapes it: a surrogate pair where it lies above U+FFFF."""
    units = mark.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n] << 8 | units[n + 1]:04x}" for n in range(0, len(units), 2))


# Parentheses stay: they mean something after a bracket only, and no bracket is left bare.
def markup(document: str) -> str:
    r"""Return XML or HTML with the same meaning, and nothing in it that a terminal or a CI obeys.

    What :func:`line` would show is written as a character reference; line breaks and tabs stay.

    >>> markup("<name>a\u202eb ##[error]</name>")
    '<name>a&#x202e;b #&#x23;[error]</name>'
    """
    plain = _written(_plain(document), "\n\t", _reference)
    return _COMMAND.sub(lambda found: found[0][:-1] + _reference(found[0][-1]), plain)


def _reference(mark: str) -> str:
    return f"&#x{ord(mark):x};"


_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#+!|~&$])")
_MARKDOWN_START: Final = re.compile(r"\A(\s*[0-9]{0,9})([-=.:])")


def markdown(words: str) -> str:
    r"""Return *words* as plain text of a Markdown paragraph or table cell.

    >>> markdown("<script>|`x`"), markdown("1. a"), markdown("- a")
    ('\\<script\\>\\|\\`x\\`', '1\\. a', '\\- a')
    """
    return _MARKDOWN_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", line(words)))


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


def icalendar(words: str) -> str:
    r"""Return *words* as a text value of iCalendar (RFC 5545, 3.3.11): no line end, and no character that ends the value.

    >>> icalendar("a;b,c\\d\ne")
    'a\\;b\\,c\\\\d\\ne'
    """
    shown = terminal(words)
    return shown.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def xml(words: str) -> str:
    r"""Return *words* with what XML 1.0 cannot hold shown as U+FFFD.

    >>> xml("a\x00b") == "a\ufffdb"
    True
    """
    return _NOT_XML.sub("\ufffd", _plain(words))


_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def csv_cell(words: str) -> str:
    r"""Return *words* so that no spreadsheet runs them: an apostrophe stands before what would begin a formula.

    A semicolon, comma, tab or line break inside begins a new cell for the spreadsheet of another locale, so what
    follows one is guarded too. :func:`csv_text` gives back exactly what was there.

    >>> csv_cell("=1+1"), csv_cell("Tên;=HYPERLINK(1)"), csv_cell("Lệ phí; 5"), csv_cell("'quoted'")
    ("'=1+1", "Tên;'=HYPERLINK(1)", 'Lệ phí; 5', "'quoted'")
    """
    # A long text is looked through at once for what separates cells, and from letter to letter only behind one.
    return _FORMULA.sub("'", words) if _BEGINS_FORMULA.match(_plain(words)) or _NEXT_FORMULA.search(words) else words


def csv_text(cell: str) -> str:
    """Return the text of which :func:`csv_cell` made *cell*.

    >>> csv_text("'=1+1"), csv_text("Tên;'=HYPERLINK(1)"), csv_text("'quoted'")
    ('=1+1', 'Tên;=HYPERLINK(1)', "'quoted'")
    """
    return _GUARD.sub("", cell) if "'" in _plain(cell) else cell


# A cell begins where the text does or after what separates cells; blanks and quotes before a formula are passed over.
# The full-width signs begin formulas in some editions of spreadsheets. No blank of the pattern is a separator, so
# that each character is looked at once.
_BEGINS_CELL: Final = r"(?:\A|(?<=[;,|\t\r\n]))"
_LEADS_FORMULA: Final = r"(?=[ \xa0\u3000\"']*[=+\-@\t\r\n＝＋－＠])"
_FORMULA: Final = re.compile(_BEGINS_CELL + _LEADS_FORMULA)
_BEGINS_FORMULA: Final = re.compile(_LEADS_FORMULA)
_NEXT_FORMULA: Final = re.compile(r"[;,|\t\r\n]" + _LEADS_FORMULA)
_GUARD: Final = re.compile(_BEGINS_CELL + "'" + _LEADS_FORMULA)
