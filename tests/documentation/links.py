"""Links of the pages: ``python -m tests.documentation.links FOLDER`` looks at a built site, ``--external`` lists what lies elsewhere."""

from __future__ import annotations

import re
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urldefrag

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
_BLOCK: Final = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
_SPAN: Final = re.compile(r"`[^`\n]+`")
_LINK: Final = re.compile(r"(?<!\\)\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"|\{doc\}`(?:[^`<]*<)?([^`>]+)>?`")
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//")


class _Page(HTMLParser):
    """The places of a page, and what it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == "id" or (tag == "a" and name == "name")):
                self.ids.add(value)
            elif value and name in {"href", "src"}:
                self.targets.append(value)


@cache
def _built(page: Path) -> _Page:
    read = _Page()
    read.feed(page.read_text(encoding="utf-8"))
    return read


def broken(site: Path) -> list[str]:
    """Return each link of a built site that leads nowhere: to no file, or to no place in its page."""
    found: list[str] = []
    for page in sorted(site.rglob("*.html")):
        for target in _built(page).targets:
            path, place = urldefrag(target)
            if _ELSEWHERE.match(target) or (page.name in {"search.html", "genindex.html"} and not path):
                continue
            file = (page.parent / unquote(path.partition("?")[0])).resolve() if path else page
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file():
                found.append(f"{page.relative_to(site)}: {target} is not there")
            elif place and file.suffix == ".html" and unquote(place) not in _built(file).ids:
                found.append(f"{page.relative_to(site)}: {target} has no such place")
    return found


def external(site: Path) -> list[str]:
    """Return the addresses of other sites to which the pages lead."""
    targets = {target for page in site.rglob("*.html") for target in _built(page).targets}
    return sorted(urldefrag(target)[0] for target in targets if target.startswith("http"))


def places(text: str) -> set[str]:
    """Return the anchors that the headings of a page have, as forges and the site make them."""
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6} +(.*)$", _BLOCK.sub("", text), re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()).replace(
            " ", "-"
        )
        found.add(plain if plain not in found else f"{plain}-1")
    return found | set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


def written(page: Path) -> Iterator[tuple[str, str]]:
    """Yield (link, what is wrong with it) of a page as it is read in a checkout."""
    text = page.read_text(encoding="utf-8")
    for first, second, third in _LINK.findall(_SPAN.sub(_kept, _BLOCK.sub("", text))):
        target = first or second or f"{third}.md"
        if _ELSEWHERE.match(target):
            continue
        path, place = urldefrag(target)
        file = page.parent / path if path else page
        if not file.exists():
            yield target, "is not there"
        elif place and file.suffix == ".md" and place not in places(file.read_text(encoding="utf-8")):
            yield target, "has no such place"


def _kept(span: re.Match[str]) -> str:
    """Return code without what looks like a link, but roles as they are."""
    return span[0] if "](" not in span[0] else ""


def main(site: Path, *, list_external: bool) -> int:
    """Print what is wrong, or what lies elsewhere."""
    lines = external(site) if list_external else broken(site)
    print(*lines, sep="\n")  # noqa: T201 - a command prints
    return 0 if list_external else min(1, len(lines))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), list_external="--external" in sys.argv))
