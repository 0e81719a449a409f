"""Pages in two languages: what an English page and its Vietnamese twin must have in common, and what has moved on.

``python -m tests.documentation.twins`` lists where the twins differ, and which English sections were rewritten since their
translation; with ``--read`` it records that the Vietnamese of every section says what the English says today.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import attrs

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
READ: Final = Path(__file__).with_name("twins.json")
"""What each English section said when its translation was last read against it."""


def english(twin: Path) -> Path:
    """Return the English page of a Vietnamese one."""
    return twin.with_name(twin.name.replace(".vi.md", ".md"))


MADE: Final = frozenset({"options.vi.md"})
"""Pages that are made in both languages from one source, and held to it by a test of their own."""


def twins() -> tuple[Path, ...]:
    """Return every Vietnamese page that somebody wrote; what has no English page speaks to readers of Vietnamese alone."""
    written = (page for page in DOCS.rglob("*.vi.md") if page.name not in MADE)
    return tuple(sorted(page for page in written if english(page).is_file()))


def name(twin: Path) -> str:
    """Return what a pair is called, such as ``how-to/quote``."""
    return twin.relative_to(DOCS).as_posix().removesuffix(".vi.md")


_FENCE: Final = re.compile(r"^(`{3,}|:{3,})(\{?[\w-]*\}?)([^\n]*)\n(.*?)^\1[ ]*$", re.DOTALL | re.MULTILINE)
_HEADING: Final = re.compile(r"^(#+) +(.*)$")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_LABEL: Final = re.compile(r"^\([\w-]+\)=$\n?", re.MULTILINE)
_SPAN: Final = re.compile(r"``(?:[^`]|`(?!`))+``|`[^`]+`")
_LINK: Final = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_ROLE: Final = re.compile(r"\{(\w+)\}`(?:[^`<]*<)?([^`>]+)>?`")
_PICTURE: Final = re.compile(r'<img src="([^"]+)" alt="([^"]*)"[^>]*>')
_ITEM: Final = re.compile(r"^\s*(?:[*+-]|\d+\.) ")

_IN_WORDS: Final = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80, "ninety": 90} | {
    "hundred": 100, "thousand": 1000, "million": 1_000_000, "once": 1, "twice": 2, "first": 1, "second": 2, "third": 3,
    "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10, "a": 1, "an": 1, "half": 2, "hundredth": 100, "quarter": 4, "both": 2,
}  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH: Final = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_FIGURE: Final = re.compile(r"\d[\d.,]*\d|\d")


@attrs.frozen(kw_only=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    depth: int
    text: str

    @property
    def said(self) -> str:
        """Digest of its words, however they are broken into lines."""
        return hashlib.sha256(" ".join((self.heading + "\n" + self.text).split()).encode()).hexdigest()[:12]


def sections(page: str) -> tuple[Section, ...]:
    """Return the sections of *page*; a line of a code block that begins with # is no heading."""
    found: list[tuple[str, int, list[str]]] = [("", 0, [])]
    fence = ""
    for line in page.splitlines():
        mark = re.match(r"`{3,}|:{3,}", line)
        if mark and not fence:
            fence = mark[0]
        elif fence and line.rstrip() == fence:
            fence = ""
        heading = None if fence else _HEADING.match(line)
        if heading:
            found.append((heading[2], len(heading[1]), []))
        else:
            found[-1][2].append(line)
    return tuple(
        Section(heading=heading, depth=depth, text="\n".join(lines).strip() + "\n")
        for heading, depth, lines in found
        if depth or "".join(lines).strip()
    )


def _without_language(code: str) -> str:
    """Return what is typed without what chooses the language, and without the words that stand for a value."""
    code = re.sub(r"(?<=.) *\n *(?=.)", " ", code) if code.startswith("`") else code
    code = re.sub(r" ?--lang vi\b|\bONESTOP_LANG=vi ?", "", code)
    if code.startswith("`onestop "):  # files and what is quoted have names of their own
        code = re.sub(r'"[^"]*"|[^\s`]+\.(?:json|csv|xlsx|html|docx|svg|ics)\b', "…", code)
    return re.sub(r"(?<![\w$])[A-ZÀ-ỸĐ][A-ZÀ-ỸĐ-]+(?![\w])", "…", code)


@attrs.frozen(kw_only=True)
class Shape:
    """What does not change with the language: of one section."""

    code: tuple[tuple[str, str], ...]
    """The blocks of code: kind and what is in them."""
    blocks: tuple[str, ...]
    """The kinds of what stands below one another: text, items of a list, tables."""
    rows: tuple[tuple[Counter[str], frozenset[str]], ...]
    """Of each row of a table: what stands as code, and the figures."""
    spans: Counter[str]
    """What stands as code within the text."""
    targets: Counter[str]
    """Where links and pictures lead; a page and its twin are one."""
    figures: frozenset[str]


def _plain(text: str) -> str:
    """Return *text* without what only arranges pages, and with pictures as Markdown has them."""
    text = _LABEL.sub("", _COMMENT.sub("", text))
    text = _FENCE.sub(lambda found: "" if found[2] == "{toctree}" else found[0], text)
    return _PICTURE.sub(r"![\2](\1)", text)


def _figure(text: str, language: str) -> str:
    """Return one figure in one form, whichever marks the language has: ``17,68`` is ``17.68``."""
    point, group = (",", ".") if language == "vi" else (".", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", text):
        text = text.replace(group, "")
    if re.fullmatch(rf"\d+\{point}\d+", text):
        text = text.replace(point, ".")
    return text.lstrip("0") or "0"


def figures(prose: str, language: str) -> frozenset[str]:
    """Return the figures that *prose* has in digits; days by their parts, in whichever order."""
    found: set[str] = set()
    if language == "en":
        for number, month in enumerate(_MONTHS, 1):
            if re.search(rf"\d (?:to \d+ )?{month}\b|\b{month} (?=\d)", prose):
                found.add(str(number))
    prose = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", prose)
    prose = re.sub(r"(\d):00\b", r"\1", prose).replace("II.06a", "06")  # English: form 06
    prose = re.sub(r"(?<=\d)(?:/[A-ZĐ][A-Za-zĐđ\d-]*)+", "", prose)  # of an instrument the number, and the year
    for each in re.findall(r"(?<![\w])[\w./,:–-]*\d[\w./,:–-]*", prose):
        if not re.search(r"[A-Za-zĐđ]", each) or re.fullmatch(r"\d+-?[a-zđ]|\d+-[a-z]+", each):
            found |= {_figure(one, language) for one in _FIGURE.findall(each)}
    return frozenset(found)


def _also_in_words(prose: str) -> set[str]:
    """Return the figures that English *prose* may mean by words, so that a translation may write them in digits."""
    found, together = set(), 0
    for word in re.findall(r"[a-z]+", prose.lower()):
        number = _IN_WORDS.get(word)
        if number is None:
            together = 0 if word != "and" else together
            continue
        found.add(str(number))
        if number in {100, 1000, 1_000_000}:
            together = (together or 1) * number
        elif word not in {"a", "an"}:
            together += number
        else:
            together = 1
        found.add(str(together))
    found |= {str(_MONTHS.index(month) + 1) for month in _MONTH.findall(prose)}
    return found


def _prose(text: str) -> str:
    """Return *text* without what is typed and without where links lead."""
    text = _ROLE.sub(" ", text)
    text = _LINK.sub(lambda found: f" {found[2]} ", text)
    return _SPAN.sub(" ", text)


def _target(target: str) -> str:
    page = target.split("#", 1)[0] or "#"
    return page.replace(".vi.md", ".md").replace(".vi.svg", ".svg")


def shape(section: Section, language: str) -> Shape:
    """Return what a section has that its twin must have too."""
    text = _plain(section.text)
    code = tuple(
        (
            found[2] or found[1][:3],
            _without_language(found[4]) if found[2] in {"console", "text", "sh", ""} else found[4],
        )
        for found in _FENCE.finditer(text)
    )
    text = _FENCE.sub("\n⟦code⟧\n", text)
    blocks: list[str] = []
    rows: list[tuple[Counter[str], frozenset[str]]] = []
    within = ""
    for line in text.splitlines():
        if not line.strip():
            within = "" if within != "item" else "item?"
        elif line.startswith("|"):
            cells = line.strip().strip("|").replace(r"\|", "¦").split("|")
            if within != "table":
                blocks.append(f"table of {len(cells)}")
            within = "table"
            typed = Counter(_without_language(each) for each in _SPAN.findall(line))
            rows.append((typed, figures(_prose(line), language)))
        elif line.strip() == "⟦code⟧":
            blocks.append("code")
            within = "code"
        elif _ITEM.match(line):
            blocks.append("item")
            within = "item"
        elif line.startswith(" ") and within in {"item", "item?"}:
            within = "item"
        elif within not in {"text", "item"}:
            blocks.append("quotation" if line.startswith(">") else "text")
            within = "text"
    whole = f"{section.heading}\n{text}"
    return Shape(
        code=code,
        blocks=tuple(blocks),
        rows=tuple(rows),
        spans=Counter(_without_language(each) for each in _SPAN.findall(_ROLE.sub(" ", whole))),
        targets=Counter(_target(found[3]) for found in _LINK.finditer(whole)) + Counter(
            _target(f"{found[2]}.md") for found in _ROLE.finditer(whole) if found[1] == "doc"
        ),
        figures=figures(_prose(whole), language),
    )  # fmt: skip


def _more(here: Counter[str], there: Counter[str]) -> str:
    return ", ".join(sorted((here - there).elements()))


_SPOKEN: Final = frozenset({"console", "text", "```"})
"""Blocks in which a command, a mail or a form speaks the language of the page; what is typed in is the same."""


def _typed(code: str) -> list[list[str]]:
    """Return of each line that is typed, or of each line of a synopsis, the command, its options and what they choose from."""
    lines = code.splitlines()
    if any(line.startswith("$ ") for line in lines):
        lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return [re.findall(r"(?<![\w-])--[\w-]+|^onestop [\w-]+|(?:[a-z][\w-]*\|)+[a-z][\w-]*", line) for line in lines]


def _differences(ours: Section, theirs: Section) -> list[str]:
    vi, en = shape(theirs, "vi"), shape(ours, "en")
    found: list[str] = []
    if [kind for kind, _ in vi.code] != [kind for kind, _ in en.code]:
        found.append(f"blocks of code {[kind for kind, _ in vi.code]}, in English {[kind for kind, _ in en.code]}")
    for number, (here, there) in enumerate(zip(vi.code, en.code, strict=False), 1):
        if here[0] not in _SPOKEN:
            if here != there:
                found.append(f"block {number} is not the English one")
        elif _typed(here[1]) != _typed(there[1]):
            typed, meant = ([" ".join(line) for line in _typed(code)] for _, code in (here, there))
            only, lacks = _more(Counter(typed), Counter(meant)), _more(Counter(meant), Counter(typed))
            found.append(f"block {number}: types {only!r}, not {lacks!r}")
    if vi.blocks != en.blocks:
        found.append(f"is made of {list(vi.blocks)}, in English of {list(en.blocks)}")
    if len(vi.rows) != len(en.rows):
        found.append(f"{len(vi.rows)} lines of tables, in English {len(en.rows)}")
    words = _also_in_words(_prose(_FENCE.sub("", f"{ours.heading}\n{_plain(ours.text)}")))
    for number, (row, other) in enumerate(zip(vi.rows, en.rows, strict=False), 1):
        if row[0] != other[0]:
            found.append(f"line {number} of tables: has {_more(row[0], other[0])!r}, lacks {_more(other[0], row[0])!r}")
        if other[1] - row[1] or row[1] - other[1] - words:
            found.append(f"line {number} of tables: figures {sorted(row[1])}, in English {sorted(other[1])}")
    if vi.spans != en.spans:
        found.append(f"as code has {_more(vi.spans, en.spans)!r}, lacks {_more(en.spans, vi.spans)!r}")
    if vi.targets != en.targets:
        found.append(f"leads to {_more(vi.targets, en.targets)!r}, not to {_more(en.targets, vi.targets)!r}")
    if lacking := en.figures - vi.figures:
        found.append(f"lacks the figures {sorted(lacking)}")
    if added := vi.figures - en.figures - words:
        found.append(f"has figures that are not in the English: {sorted(added)}")
    return found


def compare(vietnamese: str, page: str) -> list[str]:
    """Return where the Vietnamese text of a page is not in step with the English one."""
    here, there = sections(vietnamese), sections(page)
    depths = [[each.depth for each in one] for one in (here, there)]
    if depths[0] != depths[1]:
        lists = [[f"{'#' * each.depth} {each.heading}" for each in one] for one in (here, there)]
        return [f"sections {lists[0]}, in English {lists[1]}"]
    return [
        f"{theirs.heading or 'before the title'}: {each}"
        for ours, theirs in zip(there, here, strict=True)
        for each in _differences(ours, theirs)
    ]


def rewritten(page: str, known: list[str]) -> list[str]:
    """Return the sections of an English *page* that say something else than when their translation was read."""
    return [each.heading or "before the title" for each in sections(page) if each.said not in known]


def known() -> dict[str, list[str]]:
    """Return the digests of the English sections, page by page, as they were when their translation was read."""
    found: dict[str, list[str]] = json.loads(READ.read_text(encoding="utf-8")) if READ.is_file() else {}
    return found


def main(arguments: list[str]) -> int:
    """List what is not in step; with ``--read``, record that all of it was read."""
    recorded, wrong = known(), 0
    for twin in twins():
        page = english(twin).read_text(encoding="utf-8")
        for each in compare(twin.read_text(encoding="utf-8"), page):
            wrong += 1
            print(f"{name(twin)}: {each}")  # noqa: T201
        if arguments == ["--read"]:
            recorded[name(twin)] = [each.said for each in sections(page)]
        for each in rewritten(page, recorded.get(name(twin), [])):
            wrong += 1
            print(f"{name(twin)}: {each}: rewritten in English since it was translated")  # noqa: T201
    if arguments == ["--read"]:
        kept = {name(twin): recorded[name(twin)] for twin in twins()}
        READ.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
