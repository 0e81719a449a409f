"""Tables of law name their bases once and cite them by name; here each name is replaced by what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar, cast

from onestop_core.errors import InvalidDocumentError, Problem
from onestop_core.rules.converter import structure
from onestop_core.rules.reading.documents import json_path
from onestop_core.text import Text, closest, shown

__all__ = ["cited", "repeated_codes", "unknown_bases"]

T = TypeVar("T")

_ENVELOPE: Final = frozenset({"bases", "schema_version"})


def _cites(key: str) -> bool:
    return key == "basis" or key.endswith("_basis")


def cited(
    document: Mapping[str, Any], kind: type[T], *, rename: Mapping[str, str] | None = None, source: str | None = None
) -> T:
    """Return *document* as a *kind*, each ``basis`` and ``…_basis`` in it a :class:`~onestop_core.model.Basis`.

    The envelope (``bases``, ``schema_version``) is not part of the value. *rename* gives the field for a property
    whose name Python cannot have, such as ``from``.

    Raises:
        InvalidDocumentError: a basis that the document does not have, or a place that does not fit.
    """
    if problems := tuple(unknown_bases(document)):
        raise InvalidDocumentError(problems=problems, source=source)
    bases = cast("Mapping[str, Any]", document.get("bases", {}))
    names = rename or {}

    def named(value: Any) -> Any:
        if isinstance(value, Mapping):
            members = cast("Mapping[str, Any]", value)
            return {names.get(key, key): ground(each) if _cites(key) else named(each) for key, each in members.items()}
        return [named(each) for each in cast("list[Any]", value)] if isinstance(value, list | tuple) else value

    def ground(name: Any) -> Any:
        return [bases[each] for each in cast("list[str]", name)] if isinstance(name, list | tuple) else bases[name]

    return structure(named({key: each for key, each in document.items() if key not in _ENVELOPE}), kind, source=source)


def unknown_bases(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each place that cites a basis the *document* does not have.

    >>> [p.path for p in unknown_bases({"bases": {"a": {}}, "rows": [{"basis": "a"}, {"basis": "b"}]})]
    ['$.rows[1].basis']
    """
    bases: Any = document.get("bases", {})

    def walk(value: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
        if isinstance(value, Mapping):
            for key, each in cast("Mapping[str, Any]", value).items():
                here = (*path, key)
                if not _cites(key):
                    yield from walk(each, here)
                    continue
                for name in cast("list[Any]", each) if isinstance(each, list | tuple) else [each]:
                    if not isinstance(name, str) or name not in bases:
                        yield _unknown(name, here, list(bases))
        elif isinstance(value, list | tuple):
            for number, each in enumerate(cast("list[Any]", value)):
                yield from walk(each, (*path, number))

    for key, each in document.items():
        if key not in _ENVELOPE:
            yield from walk({key: each}, ())


def repeated_codes(document: Mapping[str, Any], part: str, *, rule: str) -> Iterator[Problem]:
    """Yield a problem for each row of a *part* of the document whose ``code`` a row before it has.

    >>> [p.path for p in repeated_codes({"rows": [{"code": "a"}, {"code": "b"}, {"code": "a"}]}, "rows", rule="table/row")]
    ['$.rows[2].code']
    """
    seen: set[str] = set()
    for number, row in enumerate(cast("list[dict[str, Any]]", document[part])):
        code = row["code"]
        if code in seen:
            yield Problem.at(
                (part, number, "code"),
                rule,
                vi=f"{shown(code)}: mã đã dùng ở dòng trước",
                en=f"{shown(code)}: the code of a row before it",
            )
        seen.add(code)


def _unknown(name: object, path: tuple[str | int, ...], known: list[str]) -> Problem:
    meant = ", ".join(closest(str(name), known, limit=1))
    return Problem(
        path=json_path(path),
        rule="bases/unknown",
        text=Text(vi=f"chưa khai căn cứ {shown(name)}", en=f"no basis named {shown(name)}"),
        hint=Text(vi=f"có phải ý bạn là “{meant}”?", en=f"did you mean {meant}?") if meant else None,
    )
