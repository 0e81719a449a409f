"""What the whole library consists of: its rooms, what each shows, and everything that a value holds."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any, Final

import attrs

import onestop_core

SRC: Final = Path(onestop_core.__file__).parent
NOT_VALUES: Final = (FunctionType, MethodType, BuiltinFunctionType, ModuleType, type)


@cache
def module_names() -> tuple[str, ...]:
    """Return every module of the library, packages included, but for the one that is a command."""
    found = pkgutil.walk_packages(onestop_core.__path__, "onestop_core.")
    return tuple(sorted({"onestop_core", *(each.name for each in found if not each.name.endswith("__main__"))}))


@cache
def packages() -> tuple[str, ...]:
    """Return every package that shows something: the rooms of the core, without the command line and the extras."""
    found = [
        name for name in module_names() if name.partition("onestop_core.")[2].partition(".")[0] not in {"cli", "ext"}
    ]
    modules = {name: importlib.import_module(name) for name in found}
    return tuple(
        name
        for name in found
        if "._" not in name and hasattr(modules[name], "__path__") and hasattr(modules[name], "__all__")
    )


@cache
def shown() -> Mapping[str, object]:
    """Return what the rooms show, each thing once, under the name of the uppermost room that shows it."""
    found: dict[str, object] = {}
    seen: set[int] = set()
    for package in sorted(packages(), key=lambda name: (name.count("."), name)):
        module = importlib.import_module(package)
        for name in module.__all__:
            value = getattr(module, name)
            if not isinstance(value, ModuleType) and (id(value) not in seen or not callable(value)):
                seen.add(id(value))
                found[f"{package}.{name}"] = value
    return MappingProxyType(found)


def room(name: str) -> str:
    """Return the room of a public name: the package below ``onestop_core``."""
    return name.split(".")[1]


def parts(value: object, *, private: bool = False) -> Iterator[tuple[str, object]]:
    """Yield what *value* holds, by where: items, fields and slots; with *private*, what begins with an underscore too."""
    if isinstance(value, Mapping):
        for number, (key, each) in enumerate(value.items()):
            yield f".keys()[{number}]", key
            yield f"[{key!r}]", each
    elif isinstance(value, tuple | list | set | frozenset):
        yield from ((f"[{number}]", each) for number, each in enumerate(value))
    if type(value).__module__.startswith("onestop_core") and not isinstance(value, type):
        kind: Any = type(value)
        places, own = _places(kind), getattr(value, "__dict__", None)
        for name, stored in sorted({*places, *zip(own, own, strict=True)}) if own else places:
            if (private or not name.startswith("_")) and hasattr(value, stored):
                yield f".{name}", getattr(value, stored)


@cache
def _places(kind: Any) -> tuple[tuple[str, str], ...]:
    """Return the fields and slots of a class, each with the name under which a value stores it."""
    names: set[str] = {field.name for field in attrs.fields(kind)} if attrs.has(kind) else set()
    for each in kind.__mro__:
        slots = vars(each).get("__slots__", ())
        names |= set((slots,) if isinstance(slots, str) else slots)
    mangled = f"_{kind.__name__.lstrip('_')}"
    return tuple(
        (name, f"{mangled}{name}" if name.startswith("__") else name)
        for name in sorted(names - {"__weakref__", "__dict__"})
    )


def properties(value: object) -> Iterator[str]:
    """Yield the names of what can be read of *value* without calling: its public properties."""
    for name in dir(type(value)):
        if not name.startswith("_") and isinstance(inspect.getattr_static(type(value), name), property):
            yield name


def reachable(value: object, name: str = "", *, private: bool = False) -> Iterator[tuple[str, object]]:
    """Yield everything that *value* holds, itself first, each thing once, with the way to it."""
    seen: set[int] = set()
    kept: list[Any] = []  # what was seen stays alive, or its id might be given to another
    fresh: list[tuple[str, object]] = [(name, value)]
    while fresh:
        path, each = fresh.pop()
        if id(each) in seen or isinstance(each, NOT_VALUES):
            continue
        seen.add(id(each))
        kept.append(each)
        yield path, each
        fresh += [(f"{path}{step}", part) for step, part in parts(each, private=private)]
