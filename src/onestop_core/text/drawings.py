"""A picture as an SVG document: said in words, without ids, readable on white and on dark, and nothing loaded or run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from onestop_core.text.pages import element
from onestop_core.text.safe import markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.text.words import Language

__all__ = ["at", "drawing", "label", "sign"]

_LIGHT: Final = (
    "text{font:13px system-ui,sans-serif;fill:#222}",
    "text.m{text-anchor:middle}",
    "text.e{text-anchor:end}",
    "text.b{font-weight:bold}",
    "text.q{fill:#6a6a6a}",
    "rect.paper{fill:#fff;stroke:none}",
)
_DARK: Final = ("text{fill:#e8e8e8}", "text.q{fill:#a9adb3}", "rect.paper{fill:#16181b}")


def drawing(
    name: str,
    shapes: Iterable[ET.Element],
    *,
    size: tuple[int, int],
    title: str,
    description: str,
    light: Iterable[str],
    dark: Iterable[str],
    language: Language,
) -> str:
    """Return *shapes* as one document; the rules of *light* and *dark* hold for this picture only.

    >>> drawn = drawing("onestop-x", [label("1 < 2", 4, 9)], size=(20, 10), title="T", description="D", light=(), dark=(), language="vi")
    >>> drawn.startswith("<svg xmlns="), "1 &lt; 2" in drawn, 'aria-label="T. D"' in drawn, " id=" in drawn
    (True, True, True, False)
    """
    width, height = (str(each) for each in size)
    style = "".join(f".{name} {rule}" for rule in (*_LIGHT, *light))
    night = "".join(f".{name} {rule}" for rule in (*_DARK, *dark))
    root = element(
        "svg",
        element("title", title),
        element("desc", description),
        element("style", f"{style}@media screen and (prefers-color-scheme:dark){{{night}}}"),
        element("rect", class_="paper", width=width, height=height),
        *shapes,
        **{"xmlns": "http://www.w3.org/2000/svg", "class": name, "viewBox": f"0 0 {width} {height}"},
        width=width,
        height=height,
        role="img",
        aria_label=f"{title}. {description}",
        lang=language,
    )
    return markup(ET.tostring(root, encoding="unicode")) + "\n"


def label(words: str, x: float, y: float, look: str = "") -> ET.Element:
    """Return *words* that begin, end or have their middle at *x*, by the classes of *look*: none, ``e`` or ``m``."""
    return element("text", words, x=f"{x:g}", y=f"{y:g}", **({"class": look} if look else {}))


def sign(shape: str, x: float, y: float, look: str) -> ET.Element:
    """Return the path *shape*, which is drawn around its middle, with that at *x* and *y*."""
    return element("path", d=shape, transform=f"translate({x:g} {y:g})", class_=look)


def at(group: Iterable[ET.Element], told: str) -> ET.Element:
    """Return what belongs together, told in words to who points at it."""
    return element("g", element("title", told), *group)
