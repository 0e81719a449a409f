"""What annotations say: they are text, which only the module can read that wrote it."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import sys
import types
from types import FunctionType
from typing import TYPE_CHECKING, Any, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["parameters", "read", "resolve"]


def resolve(kind: type) -> bool:
    """Put into the fields of *kind*, a class of attrs, the types that their annotations name; False if one says nothing.

    As ``typing.get_type_hints``, which takes ten times as long. The annotations are text that only the module of the
    class can read; so this comes before the class says that it belongs elsewhere.
    """
    if "__attrs_types_resolved__" in vars(kind):
        return True
    hints: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        own = vars(base).get("__annotations__", {})
        try:
            found = {name: read(hint, sys.modules[base.__module__]) for name, hint in own.items()}
        except NameError:
            return False  # nobody could read it before either
        hints |= found
        if base is kind:
            own.update(found)
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cast("type[attrs.AttrsInstance]", kind))
    for field in fields:
        object.__setattr__(field, "type", hints[field.name])
    cast("Any", kind).__attrs_types_resolved__ = kind  # as attrs.resolve_types
    return True


def read(annotation: Any, module: types.ModuleType) -> Any:
    """Return the type that an *annotation* of *module* names.

    Raises:
        NameError: it names what is imported for type checkers only.
    """
    return eval(_compiled(annotation), vars(module)) if isinstance(annotation, str) else annotation  # noqa: S307 - our own


@functools.cache
def _compiled(annotation: str) -> types.CodeType:
    return compile(annotation, "<annotation>", "eval")


def parameters(function: FunctionType) -> tuple[inspect.Signature, Mapping[str, Any]]:
    """Return the signature of *function*, and what its parameters take, as far as that can be read."""
    module = str(function.__globals__["__name__"])
    known = {**_for_checkers(module), **function.__globals__}
    signature = inspect.signature(function)
    hints: dict[str, Any] = {}
    for name, parameter in signature.parameters.items():
        text = parameter.annotation
        try:
            hint = eval(text, known) if isinstance(text, str) else text  # noqa: S307 - our own annotations
        except Exception:  # noqa: BLE001, S112 - it binds type checkers only
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            hints[name] = types.GenericAlias(tuple, (hint, ...))
        elif hint is not parameter.empty and parameter.kind is not parameter.VAR_KEYWORD:
            hints[name] = hint
    return signature, hints


@functools.cache
def _for_checkers(module: str) -> Mapping[str, Any]:
    """Return what *module* imports for type checkers only."""
    found: dict[str, Any] = {}
    for node in ast.walk(ast.parse(inspect.getsource(sys.modules[module]))):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for each in (line for line in node.body if isinstance(line, ast.ImportFrom) and line.module):
                source = importlib.import_module(str(each.module))
                found |= {alias.asname or alias.name: getattr(source, alias.name, Any) for alias in each.names}
    return found
