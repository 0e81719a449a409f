"""What the library shows says what it takes: no ``Any``, no open keywords, but where there is a reason."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

from tests.house.tree import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT: Final = "a document as a JSON reader gives it, which is judged before it is believed"
REASONS: Final = {
    "document": DOCUMENT, "source": DOCUMENT, "form": DOCUMENT, "previous": DOCUMENT, "head": DOCUMENT, "topics": DOCUMENT,
    "message": DOCUMENT, "decisions": DOCUMENT, "local": DOCUMENT, "value": "what is looked at may be anything",
    "pages": "pages of JSON", "log": DOCUMENT, "facts": DOCUMENT, "expected": "what JSON may hold", "actual": "what JSON may hold", "got": "what JSON may hold", "input": "what JSON may hold", "validator": DOCUMENT,
}  # fmt: skip
"""Parameters that may take ``Any``, and why."""


def signatures() -> Iterator[tuple[str, inspect.Signature]]:
    for name, value in shown().items():
        if isinstance(value, type):
            members = {key: each for key, each in vars(value).items() if not key.startswith("_")}
            for key, each in members.items():
                function = getattr(each, "__func__", each)
                if inspect.isfunction(function):
                    yield f"{name}.{key}", inspect.signature(function)
            if attrs.has(value) and not issubclass(value, Exception):
                yield name, inspect.signature(value)
        elif inspect.isfunction(value):
            yield name, inspect.signature(value)


SIGNATURES: Final = dict(signatures())


def open_parameters(signature: inspect.Signature) -> list[str]:
    """Return the parameters that take anything."""
    found = []
    for parameter in signature.parameters.values():
        annotation: Any = parameter.annotation
        text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
        plain = text.replace("typing.", "")
        if parameter.kind is parameter.VAR_KEYWORD and "Unpack" not in plain:
            found.append(f"**{parameter.name}")
        elif parameter.name not in {"self", "cls", *REASONS} and re.search(r"\bAny\b", plain):
            found.append(parameter.name)
        elif annotation is parameter.empty and parameter.name not in {"self", "cls"}:
            found.append(f"{parameter.name} without a type")
    return found


def test_what_is_shown_says_what_it_takes() -> None:
    assert len(SIGNATURES) > 300
    assert {name: found for name, signature in SIGNATURES.items() if (found := open_parameters(signature))} == {}


@pytest.mark.parametrize("name", sorted(name for name, each in SIGNATURES.items() if "language" in each.parameters))
def test_language_is_passed_by_its_name(name: str) -> None:
    parameter = SIGNATURES[name].parameters["language"]
    if not name.endswith(".in_"):
        assert parameter.kind is parameter.KEYWORD_ONLY
