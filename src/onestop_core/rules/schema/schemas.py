"""Validation against the published schemas, every violation as a :class:`~onestop_core.errors.Problem`.

``jsonschema`` does the work; ``dialect`` adds what it leaves open, ``violations`` says what it found.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from onestop_core.errors import InvalidDocumentError, Problem, UnsupportedSchemaVersionError
from onestop_core.errors.problem import MAX_PROBLEMS, capped
from onestop_core.rules.reading.documents import inspect
from onestop_core.rules.reading.resources import schema
from onestop_core.rules.schema.dialect import validator_of
from onestop_core.rules.schema.violations import problem_of, violations_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jsonschema.protocols import Validator

__all__ = ["bundled", "check_schema", "ensure_valid", "violations"]


@cache
def _validator(name: str) -> Validator:
    return validator_of(bundled(name))


def check_schema(document: Any, name: str, *, most: int = MAX_PROBLEMS) -> tuple[Problem, ...]:
    """Return every violation of the published schema *name* by *document*; never raises on content.

    >>> [(p.path, p.rule) for p in check_schema({"schema_version": "1.0", "counts": {"2.1": "x"}}, "counts")]
    [('$.counts["2.1"]', 'schema/type')]

    Args:
        document: Anything.
        name: Name of the schema, such as ``counts``.
        most: Most problems listed; of more, a last one says that there are, and validation stops there.

    Raises:
        UnknownCodeError: there is no schema of that name.
    """
    # A text of somebody else may answer anything.
    plain = str.__str__(document) if isinstance(document, str) else document
    return inspect(plain, most=most) or violations(plain, name, most=most)


def violations(document: Any, name: str, *, most: int = MAX_PROBLEMS) -> tuple[Problem, ...]:
    """Return every violation of the schema *name* by a *document* that was found plain before, at most *most*.

    >>> [problem.path for problem in violations({"schema_version": "1.0"}, "counts")]
    ['$']

    Raises:
        UnknownCodeError: there is no schema of that name.
    """
    # Validation stops where nobody reads on.
    found = capped(map(problem_of, violations_in(_validator(name).iter_errors(document))), most=most)
    listed = sorted(dict.fromkeys(found[:most]), key=lambda problem: (problem.path, problem.rule, problem.text.en))
    return (*listed, *found[most:])


def ensure_valid(document: Any, name: str, *, source: str | None = None, most: int = MAX_PROBLEMS) -> None:
    """Raise unless *document* is valid under the published schema *name*.

    >>> ensure_valid({"schema_version": "1.0", "counts": {"2.1": [3, 5]}}, "counts")
    >>> ensure_valid({"schema_version": "9.9", "counts": {}}, "counts")
    Traceback (most recent call last):
    onestop_core.errors.UnsupportedSchemaVersionError: schema version 9.9 is not supported; can be read: 1.0

    Raises:
        UnsupportedSchemaVersionError: it says it is written for another version of the schema.
        InvalidDocumentError: with every violation, at most *most*.
    """
    problems = check_schema(document, name, most=most)
    if not problems:
        return
    version = schema(name).get("properties", {}).get("schema_version", {}).get("const")
    plain = isinstance(document, Mapping) and not inspect(cast("object", document))
    found = cast("Mapping[str, object]", document).get("schema_version") if plain else None
    if version is not None and isinstance(found, str) and found != version:
        raise UnsupportedSchemaVersionError(problems=problems, source=source, found=found[:40], supported=(version,))
    raise InvalidDocumentError(problems=problems, source=source)


def bundled(name: str) -> dict[str, Any]:
    """Return the published schema *name* as one document whose references all stay within it.

    For validators and editors that resolve nothing: a definition of another of our schemas, such as
    ``common.schema.json#/$defs/text``, becomes ``#/$defs/common.text``. What is valid does not change.

    >>> sorted(key for key in bundled("catalogue")["$defs"] if key.startswith("common."))[:2]
    ['common.bases', 'common.basis']

    Raises:
        UnknownCodeError: there is no schema of that name.
    """
    brought: dict[str, Any] = {}

    def local(node: Any, home: str) -> Any:
        if isinstance(node, list):
            return [local(child, home) for child in cast("Sequence[Any]", node)]
        if not isinstance(node, dict):
            return node
        members = cast("dict[str, Any]", node)
        return {key: target(child, home) if key == "$ref" else local(child, home) for key, child in members.items()}

    def target(reference: str, home: str) -> str:
        file, _, pointer = reference.partition("#")
        owner = file.removesuffix(".schema.json") or home
        if owner == name:
            return f"#{pointer}"
        definition, _, rest = pointer.removeprefix("/$defs/").partition("/")
        key = f"{owner}.{definition}" if definition else owner
        if key not in brought:
            brought[key] = {}  # holds the place, should a definition lead back to itself
            root = {part: value for part, value in schema(owner).items() if part not in {"$schema", "$id", "$defs"}}
            brought[key] = local(schema(owner)["$defs"][definition] if definition else root, owner)
        return "/".join(["#/$defs", key, *([rest] if rest else [])])

    whole: dict[str, Any] = local(schema(name), name)
    return {**whole, "$defs": {**whole.get("$defs", {}), **brought}}
