"""The dialect of JSON Schema in which documents are validated: 2020-12, formats always checked, ECMA 262 patterns.

``jsonschema`` has the keywords; how a schema is walked is ours. In one document every reference is a definition's name:
no URI is resolved, nothing could be fetched, and no resolver has to be carried to each value, which is most of what
validation costs otherwise.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import InvalidValueError
from onestop_core.model import parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema import FormatChecker, ValidationError
    from jsonschema.protocols import Validator

__all__ = ["validator_of"]


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        # fromisoformat also reads 20260212 and 2026-W07-4, which RFC 3339 does not.
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_RFC3339: Final = re.compile(
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


_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


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


_TYPES: Final = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}


def _identity(value: object) -> object:
    """Return what is equal for values that are equal in JSON, and can be hashed."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return (type(value), value)
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, sort_keys=True, default=str)
    return value


def validator_of(whole: Mapping[str, Any]) -> Validator:
    """Return the validator of a schema whose references all stay within it."""
    from jsonschema import Draft202012Validator, ValidationError, validators  # noqa: PLC0415 - heavy, loaded on first use

    @cache
    def definition(reference: str) -> Any:
        node: Any = whole
        for part in reference.split("/")[1:]:
            node = node[part]
        return node

    def ref(validator: Any, reference: str, value: object, _: object) -> Iterator[ValidationError]:
        return cast("Iterator[ValidationError]", validator.descend(value, definition(reference)))

    # The messages are written elsewhere (see `violations`): here they would each print the whole value.
    def pattern(_: Any, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
        if isinstance(value, str) and not _ecma(wanted).search(value):
            yield ValidationError("")

    def kind(validator: Any, wanted: str | list[str], value: object, _: object) -> Iterator[ValidationError]:
        if isinstance(wanted, str) and type(value) is _TYPES.get(wanted):
            return
        if not any(validator.is_type(value, each) for each in ([wanted] if isinstance(wanted, str) else wanted)):
            yield ValidationError("")

    def unique(_: Any, wanted: bool, value: object, __: object) -> Iterator[ValidationError]:
        if wanted and isinstance(value, list | tuple):
            items = cast("list[object]", value)
            if len({_identity(each) for each in items}) < len(items):
                yield ValidationError("")

    keywords = {"pattern": pattern, "$ref": ref, "type": kind, "uniqueItems": unique}
    dialect = cast("Any", validators).extend(Draft202012Validator, keywords)  # untyped there
    known: Mapping[str, Any] = dialect.VALIDATORS

    def descend(
        self: Any,
        instance: object,
        schema: Any,
        path: str | int | None = None,
        schema_path: str | int | None = None,
        **_: Any,
    ) -> Iterator[ValidationError]:
        if isinstance(schema, bool):
            schema = {} if schema else {"not": {}}
        for keyword, wanted in schema.items():
            check = known.get(keyword)
            if check is None:
                continue
            for error in check(self, wanted, instance, schema) or ():
                if not isinstance(error.validator, str):  # nobody below said what was wrong
                    error.validator, error.validator_value = keyword, wanted
                    error.instance, error.schema = instance, schema
                if keyword not in {"if", "$ref"}:
                    error.schema_path.appendleft(keyword)
                if path is not None:
                    error.path.appendleft(path)
                if schema_path is not None:
                    error.schema_path.appendleft(schema_path)
                yield error

    dialect.descend = descend
    validator: Validator = dialect(whole, format_checker=_formats())
    return validator
