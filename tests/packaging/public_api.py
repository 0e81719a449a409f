"""What the library shows, as text: each public name with its signature. ``python -m tests.packaging.public_api`` writes it.

The file ``public_api.txt`` holds the names of the release in its first line. A later state is compared with it: what was taken
away or changed breaks somebody, what was added does not. Read at run time rather than from the sources: attrs writes the
constructors, and a room shows what its modules hold.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import re
import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Final, final

import attrs

from onestop_core import __version__
from onestop_core._public import writing
from onestop_core.errors import MissingExtraError
from tests.house.tree import module_names

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE: Final = Path(__file__).with_name("public_api.txt")
_NOT_ASKED: Final = ("onestop_core.ext.django.", "onestop_core.cli")
"""A model of Django wants the settings of a project; the command line is no door for programs."""


_AT_FIRST_CALL: Final = (writing.__file__, "<written at the first call>")


@final
class _Some:
    """A default that is a value: there is one, whatever it holds today."""

    def __repr__(self) -> str:
        return "…"


def _signature(value: object) -> str:
    if isinstance(value, enum.EnumMeta):
        return ""  # its members say it
    written = isinstance(value, FunctionType) and value.__code__.co_filename in _AT_FIRST_CALL
    if written and not hasattr(value, "__wrapped__"):
        return "(…)"  # what is written at the first call has no signature before
    try:
        told = inspect.signature(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""
    kept = (inspect.Parameter.empty, None, ())
    return str(
        told.replace(
            parameters=[
                each if isinstance(each.default, str | int) or each.default in kept else each.replace(default=_Some())
                for each in told.parameters.values()
            ]
        )
    )


def _members(kind: type) -> Iterator[tuple[str, str]]:
    """Yield the public members of a class that it or a base of ours defines, each with how it is used."""
    if issubclass(kind, enum.Enum):
        yield from ((f".{name}", f" = {member.value!r}") for name, member in kind.__members__.items())
    fields = {field.name for field in attrs.fields(kind)} if attrs.has(kind) else set[str]()
    for name in sorted(
        {name for each in kind.__mro__ if each.__module__.startswith("onestop_core") for name in vars(each)}
    ):
        static = inspect.getattr_static(kind, name)
        if name.startswith("_") or name in fields or (issubclass(kind, enum.Enum) and name in kind.__members__):
            continue
        if isinstance(static, property):
            yield f".{name}", ": property"
        elif isinstance(static, FunctionType | classmethod | staticmethod):
            yield f".{name}", _signature(getattr(kind, name))
    told = set(re.findall(r"(\w+): ", _signature(kind)))  # a field that a caller gives stands there
    yield from ((f".{name}", ": field") for name in sorted(fields - told) if not name.startswith("_"))


def shown() -> dict[str, str]:
    """Return each public name, by the module that shows it, with its signature; what is shown twice is an alias above."""
    found: dict[str, str] = {}
    homes: dict[int, str] = {}
    for module_name in sorted(module_names(), key=lambda name: (name.count("."), name)):
        if "._" in module_name or module_name.startswith(_NOT_ASKED):
            continue
        try:
            module = importlib.import_module(module_name)
        except MissingExtraError:
            found[f"{module_name.removeprefix('onestop_core.')}."] = ""  # not there to be looked at
            continue
        for name in sorted(getattr(module, "__all__", ())):
            value, public = getattr(module, name), f"{module_name.removeprefix('onestop_core.')}.{name}"
            if isinstance(value, ModuleType):
                continue
            if isinstance(value, type | FunctionType):
                if (home := homes.setdefault(id(value), public)) != public:
                    found[public] = f" is {home}"
                    continue
                found[public] = _signature(value)
                if isinstance(value, type):
                    found.update({f"{public}{member}": said for member, said in _members(value)})
            else:
                found[public] = f": {type(value).__name__}"
    return found


def breaks(then: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return what a user of *then* has to change: names that are gone, and signatures that are others."""
    unseen = tuple(name for name in now if name.endswith("."))
    gone = [f"- {name}{said}" for name, said in then.items() if name not in now and not name.startswith(unseen)]
    changed = [
        f"- {name}{said}\n+ {name}{now[name]}" for name, said in then.items() if name in now and now[name] != said
    ]
    return sorted(gone) + sorted(changed)


def kept() -> tuple[str, dict[str, str]]:
    """Return the release that the file is of, and what it showed."""
    first, *lines = FILE.read_text(encoding="utf-8").splitlines()
    return first.removeprefix("# onestop_core "), dict(_parted(line) for line in lines)


def _parted(line: str) -> tuple[str, str]:
    end = next((at for at, letter in enumerate(line) if letter in "(: "), len(line))
    return line[:end], line[end:]


def main() -> int:
    """Say what broke and what was added since the file was written, and write it anew."""
    now = shown()
    if FILE.is_file():
        _, then = kept()
        for line in [*breaks(then, now), *(f"+ {name}{said}" for name, said in now.items() if name not in then)]:
            print(line)  # noqa: T201
    lines = [f"# onestop_core {__version__}", *(f"{name}{said}" for name, said in sorted(now.items()))]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
