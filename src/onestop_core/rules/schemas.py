"""Validation against the published schemas, every violation as a :class:`~onestop_core.errors.Problem`.

``jsonschema`` does the work; this module adds what it leaves open: only our own registry is consulted
(a remote ``$ref`` is never fetched), formats are always checked, and patterns mean what ECMA 262 says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem, UnsupportedSchemaVersionError
from onestop_core.errors.problem import MORE, capped
from onestop_core.model import parse_moment
from onestop_core.rules.documents import inspect, json_path
from onestop_core.rules.resources import schema
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jsonschema import FormatChecker, ValidationError
    from jsonschema.protocols import Validator

__all__ = ["bundled", "check_schema", "ensure_valid", "violations"]


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        # fromisoformat also reads 20260212 and 2026-W07-4, which RFC 3339 does not.
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-5][0-9])"
)


def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not _RFC3339.fullmatch(value):
        return False
    try:
        parse_moment(value.upper())
    except InvalidValueError:
        return False
    return True


_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


@cache
def _formats() -> FormatChecker:
    from jsonschema import FormatChecker  # noqa: PLC0415 - heavy, loaded on first use

    checker = FormatChecker(formats=())
    for name, check in (("date", _is_date), ("date-time", _is_moment), ("uri", _is_uri)):
        checker.checks(name)(check)
    return checker


@cache
def _ecma(pattern: str) -> re.Pattern[str]:
    # In Python "$" also matches before a final newline, and \d is any script's digit.
    return re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern), re.ASCII if r"\d" in pattern or r"\w" in pattern else 0)


@cache
def _validator(name: str) -> Validator:
    from jsonschema import Draft202012Validator, ValidationError, validators  # noqa: PLC0415 - heavy, loaded on first use

    # In one document every reference is a definition's name: no URI is resolved, and nothing could be fetched.
    whole = bundled(name)

    @cache
    def definition(reference: str) -> Any:
        node: Any = whole
        for part in reference.split("/")[1:]:
            node = node[part]
        return node

    def ref(validator: Validator, reference: str, value: object, _: object) -> Iterator[ValidationError]:
        yield from cast("Any", validator).descend(value, definition(reference))

    def pattern(_: Validator, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
        if isinstance(value, str) and not _ecma(wanted).search(value):
            yield ValidationError(f"{value!r} does not match {wanted!r}")

    extend = cast("Any", validators).extend  # untyped there
    dialect = extend(Draft202012Validator, {"pattern": pattern, "$ref": ref})
    validator: Validator = dialect(whole, format_checker=_formats())
    return validator


def check_schema(document: Any, name: str) -> tuple[Problem, ...]:
    """Return every violation of the published schema *name* by *document*; never raises on content.

    >>> [(p.path, p.rule) for p in check_schema({"schema_version": "1.0", "counts": {"2.1": "x"}}, "counts")]
    [('$.counts["2.1"]', 'schema/type')]

    Raises:
        UnknownCodeError: there is no schema of that name.
    """
    # A text of somebody else may answer anything; found plain, it is made plain.
    return inspect(document) or violations(str.__str__(document) if isinstance(document, str) else document, name)


def violations(document: Any, name: str) -> tuple[Problem, ...]:
    """Return the violations of the schema *name* by a *document* that was found plain before.

    At most :data:`~onestop_core.errors.MAX_PROBLEMS`: each costs some hundred times what a hostile document spends on it.

    >>> [problem.path for problem in violations({"schema_version": "1.0"}, "counts")]
    ['$']

    Raises:
        UnknownCodeError: there is no schema of that name.
    """
    found = capped(_distinct(document, name))
    return tuple(sorted(found, key=lambda problem: (problem.rule == MORE, problem.path, problem.rule, problem.text.en)))


def _distinct(document: Any, name: str) -> Iterator[Problem]:
    seen: set[Problem] = set()
    for error in _validator(name).iter_errors(document):
        for leaf in _leaves(error):
            problem = _problem(leaf)
            if problem not in seen:
                seen.add(problem)
                yield problem


def ensure_valid(document: Any, name: str, *, source: str | None = None) -> None:
    """Raise unless *document* is valid under the published schema *name*.

    >>> ensure_valid({"schema_version": "1.0", "counts": {"2.1": [3, 5]}}, "counts")
    >>> ensure_valid({"schema_version": "9.9", "counts": {}}, "counts")
    Traceback (most recent call last):
    onestop_core.errors.UnsupportedSchemaVersionError: schema version 9.9 is not supported; can be read: 1.0

    Raises:
        UnsupportedSchemaVersionError: it says it is written for another version of the schema.
        InvalidDocumentError: with every violation.
    """
    problems = check_schema(document, name)
    if not problems:
        return
    version = schema(name).get("properties", {}).get("schema_version", {}).get("const")
    plain = isinstance(document, Mapping) and not inspect(document)
    found = cast("Mapping[str, object]", document).get("schema_version") if plain else None
    if version is not None and isinstance(found, str) and found != version:
        raise UnsupportedSchemaVersionError(problems=problems, source=source, found=found[:40], supported=(version,))
    raise InvalidDocumentError(problems=problems, source=source)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Yield the errors a reader can act on: inside the branch of a oneOf/anyOf that was nearly met."""
    if error.validator in {"oneOf", "anyOf"} and error.context:
        branches: dict[Any, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        deepest = max(branches.values(), key=lambda inner: max(len(e.absolute_path) for e in inner) * 1000 - len(inner))
        if max(len(e.absolute_path) for e in deepest) > len(error.absolute_path) or len(branches) == 1:
            for inner in deepest:
                yield from _leaves(inner)
            return
    yield error


def _short(value: object, limit: int = 60) -> str:
    shown = repr(value)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _meant(codes: Sequence[str]) -> Text | None:
    meant = ", ".join(codes)
    return Text(vi=f"có phải: {meant}?", en=f"did you mean {meant}?") if meant else None


def _problem(error: ValidationError) -> Problem:
    hint: Text | None = None
    keyword = str(error.validator)
    wanted: Any = error.validator_value
    value: Any = error.instance
    shown = _short(value)
    match keyword:
        case "required":
            # One error a missing name, each with the whole list: told once, all together.
            names = ", ".join(name for name in wanted if name not in value)
            text = Text(vi=f"thiếu {names}", en=f"missing {names}")
        case "additionalProperties" | "unevaluatedProperties":
            known = list(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []
            extra = [key for key in value if key not in known] or list(value)
            text = Text(vi=f"thuộc tính lạ: {_short(extra)}", en=f"unknown property: {_short(extra)}")
            hint = _meant([match for key in extra for match in closest(key, known, limit=1)])
        case "type":
            text = Text(vi=f"cần kiểu {wanted}, nhận {shown}", en=f"expected {wanted}, got {shown}")
        case "enum":
            text = Text(
                vi=f"{shown} không thuộc {_short(wanted, 300)}", en=f"{shown} is not one of {_short(wanted, 300)}"
            )
            words = [word for word in wanted if isinstance(word, str)]
            hint = _meant(closest(value, words, limit=1)) if isinstance(value, str) else None
        case "const":
            text = Text(vi=f"cần {wanted!r}, nhận {shown}", en=f"expected {wanted!r}, got {shown}")
        case "pattern":
            text = Text(vi=f"{shown} không khớp mẫu {wanted}", en=f"{shown} does not match {wanted}")
        case "format":
            text = Text(vi=f"{shown} không phải dạng {wanted}", en=f"{shown} is not a {wanted}")
        case "minItems" | "minLength" | "minProperties":
            text = Text(vi=f"cần ít nhất {wanted}, nhận {shown}", en=f"expected at least {wanted}, got {shown}")
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "maxLength" | "maxItems":
            text = Text(
                vi=f"{shown} vượt giới hạn {wanted} ({keyword})",
                en=f"{shown} is outside the limit {wanted} ({keyword})",
            )
        case "oneOf" | "anyOf":
            text = Text(vi=f"{shown} không khớp dạng nào cho phép", en=f"{shown} fits none of the allowed forms")
        case _:
            text = Text(vi=f"{shown}: sai {keyword}", en=error.message[:300])
    return Problem(path=json_path(tuple(error.absolute_path)), rule=f"schema/{keyword}", text=text, hint=hint)


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
