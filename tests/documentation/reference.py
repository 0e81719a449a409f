"""The reference that can be read in a checkout: ``python -m tests.documentation.reference`` writes ``docs/reference/names``.

A page for each package: every public name with its signature and what it means in a line, and of every public value every field.
"""

from __future__ import annotations

import inspect
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.rules.reading import resources
from tests.documentation.field_words import BY_CODE, BY_FIELD, BY_NAME
from tests.documentation.names import ROOT, described, fields, first_line, is_enumeration, packages

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = ROOT / "docs" / "reference" / "names"
_HEAD: Final = """# Every name, and every field

What each package makes public: functions with their arguments, values with their fields, codes with their meaning, one line each. The pages are
written from the sources (`python -m tests.documentation.reference`) and a test holds them to these; the pages called *API* have the docstrings in full, with
what is raised and examples.

"""


def meaning(value: type[Any], field: str) -> str:
    """Return what a field means: what the source says of it, or what a field of its name means everywhere."""
    said = described(value).get(field) or BY_FIELD.get(f"{value.__name__}.{field}") or BY_NAME.get(field, "")
    return _plain(said)


def code_meaning(value: type[Any], name: str) -> str:
    """Return what a member of an enumeration means: by the source, by the published schemas, or by its own words."""
    member = value.__members__[name]
    codes = frozenset(str(each.value) for each in value.__members__.values())
    said = (
        described(value).get(name)
        or _schema_codes().get(codes, {}).get(str(member.value))
        or BY_CODE.get(value.__name__, {}).get(name)
    )
    if not said and hasattr(member, "text"):
        return str(member.text.en)
    return said or ""


@cache
def _schema_codes() -> dict[frozenset[str], dict[str, str]]:
    """Return what the published schemas say of codes, by all codes of the enumeration."""
    found: dict[frozenset[str], dict[str, str]] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "enumDescriptions" in node and all(isinstance(code, str) for code in node["enum"]):
                said = (words.split(" / ")[0] for words in node["enumDescriptions"])
                found[frozenset(node["enum"])] = dict(zip(node["enum"], said, strict=True))
            for each in node.values():
                walk(each)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    for name in resources.schema_names():
        walk(resources.schema(name))
    return found


def _plain(words: str) -> str:
    """Return words of a docstring as Markdown: roles become code."""
    words = re.sub(r":\w+(?::\w+)?:`~?([^`]+)`", lambda found: f"`{found[1].removeprefix('onestop_core.')}`", words)
    return words.replace("``", "`")


def _cell(words: str) -> str:
    return words.replace("|", r"\|")


def _type(annotation: object) -> str:
    if annotation is type(None):
        return "None"
    text = (
        annotation
        if isinstance(annotation, str)
        else annotation.__name__
        if isinstance(annotation, type) and not getattr(annotation, "__args__", ())
        else str(annotation)
    )
    text = re.sub(r"<enum '(\w+)'>|<class '([\w.]+)'>", lambda found: found[1] or found[2], text)
    return re.sub(r"\b(?:[a-z_]\w*\.)+(?=[A-Za-z_])", "", text)


def _default(field: attrs.Attribute[Any]) -> str:
    if field.default is attrs.NOTHING:
        return ""
    if isinstance(field.default, attrs.Factory):  # type: ignore[arg-type]
        return "as it follows"
    shown = getattr(field.default, "value", field.default)
    return f"`{shown!r}`" if len(repr(shown)) <= 24 else "a default"


def _signature(value: Any) -> str:
    try:
        taken = inspect.signature(value)
    except (TypeError, ValueError):
        return "()"
    text = str(
        taken.replace(parameters=[each for name, each in taken.parameters.items() if name not in {"self", "cls"}])
    )
    text = re.sub(r"""(: |-> )(?:'([^']*)'|"([^"]*)")""", lambda found: found[1] + (found[2] or found[3]), text)
    text = text.replace("'", '"')
    text = re.sub(r" = (?:Policies|FrozenMap|Policy)\(.*?\)(?=[,)])", " = …", text)
    text = re.sub(r"<[^<>]*? at 0x[0-9a-f]+>|<object object[^>]*>", "…", text)
    return re.sub(
        r"<enum '(\w+)'>|<class '([\w.]+)'>|<(\w+\.\w+): [^>]*>",
        lambda found: found[1] or found[2] or found[3],
        _type(text),
    )


def _members(value: type[Any]) -> Iterator[str]:
    yield "| code | meaning |"
    yield "|---|---|"
    for name, member in value.__members__.items():
        words = code_meaning(value, name)
        yield f"| `{_cell(str(member.value))}` | {_cell(_plain(words)) or '–'} |"


def _is_told_here(kind: type[Any], value: type[Any]) -> bool:
    """Return whether what *kind* has is told under *value*: its own, and that of a base which nobody sees."""
    public = any(kind in names.values() for names in packages().values())
    return kind is value or (kind.__module__.startswith("onestop_core") and not public)


def _class(name: str, value: type[Any]) -> Iterator[str]:
    yield f"### {name}"
    yield ""
    yield _plain(first_line(value))
    yield ""
    if is_enumeration(value):
        yield from _members(value)
        yield ""
    elif attrs.has(value):
        rows = fields(value)
        if rows:
            yield "| field | type | unless given | meaning |"
            yield "|---|---|---|---|"
        for field in rows:
            yield f"| `{field.name}` | `{_cell(_type(field.type))}` | {_default(field) or '–'} | {_cell(meaning(value, field.name))} |"
        yield ""
    methods = [
        (each, inspect.getattr_static(value, each))
        for each in dir(value)
        if not each.startswith("_") and any(each in vars(kind) for kind in value.__mro__ if _is_told_here(kind, value))
    ]
    taken = {field.name for field in attrs.fields(value)} if attrs.has(value) else set()
    told = [
        f"* `{each}` – {_plain(first_line(found))}"
        if isinstance(found, property)
        else f"* `{each}{_signature(getattr(value, each))}` – {_plain(first_line(getattr(value, each)))}"
        for each, found in methods
        if each not in taken
        and (isinstance(found, property) or callable(getattr(value, each)))
        and not is_enumeration(value)
    ]
    if told:
        yield from told
        yield ""


def _other(name: str, value: object) -> str:
    if inspect.isroutine(value):
        return f"* `{name}{_signature(value)}` – {_plain(first_line(value))}"
    kind = "a type" if hasattr(value, "__args__") else f"a constant of the type `{type(value).__name__}`"
    return f"* `{name}` – {kind}"


def page(top: str, rooms: dict[str, dict[str, Any]]) -> str:
    """Return the page of the package *top* with its *rooms*."""
    lines = [f"# Names of {top}", ""]
    for package, names in rooms.items():
        lines += [f"## {package or 'onestop_core'}", ""]
        others = [
            _other(name, value)
            for name, value in sorted(names.items())
            if not inspect.isclass(value) and not inspect.ismodule(value)
        ]
        lines += [*others, ""] if others else []
        for name, value in sorted(names.items()):
            if inspect.isclass(value):
                lines += _class(name, value)
    return "\n".join(lines).rstrip() + "\n"


@cache
def pages() -> dict[str, str]:
    """Return each page by the name of its file."""
    tops: dict[str, dict[str, dict[str, Any]]] = {}
    for package, names in packages().items():
        inside = package.removeprefix("onestop_core").removeprefix(".")
        tops.setdefault(inside.split(".")[0] or "onestop_core", {})[inside] = names
    written = {f"{top}.md": page(top, rooms) for top, rooms in tops.items()}
    tree = "\n".join(
        ["```{toctree}", ":maxdepth: 1", "", *sorted(name.removesuffix(".md") for name in written), "```", ""]
    )
    return {"index.md": _HEAD + tree} | written


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
