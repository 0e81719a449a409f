"""The reference in the checkout says what the sources say, of every public name and of every field."""

from __future__ import annotations

import inspect
import re

import attrs
import pytest

from tests.documentation.field_words import BY_CODE, BY_FIELD, BY_NAME
from tests.documentation.names import MISSING, described, fields, first_line, is_enumeration, packages, values
from tests.documentation.reference import FOLDER, code_meaning, meaning, pages

VALUES = list(values())
ENUMERATIONS = [value for names in packages().values() for value in names.values() if is_enumeration(value)]


def test_there_is_something_to_read() -> None:
    assert {"onestop_core.workdays", "onestop_core.deadlines", "onestop_core.dossier", "onestop_core.kpi"} <= set(
        packages()
    )
    assert len(VALUES) > 300


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = [
        f"{package}.{name}"
        for package, names in packages().items()
        for name, value in names.items()
        if (inspect.isclass(value) or inspect.isroutine(value)) and not first_line(value)
    ]
    assert silent == []


def test_every_field_of_every_public_value_is_described() -> None:
    # If this fails: say it below the field, in the source, or in field_words.py where its name says it all.
    silent = [
        f"{package}.{value.__name__}.{field.name}"
        for package, value in VALUES
        for field in fields(value)
        if not meaning(value, field.name)
    ]
    assert silent == []


def test_every_code_is_described() -> None:
    silent = [
        f"{value.__name__}.{name}"
        for value in ENUMERATIONS
        for name in value.__members__
        if not code_meaning(value, name)
    ]
    assert silent == []


def test_a_description_is_a_sentence() -> None:
    for words in [
        *BY_NAME.values(),
        *BY_FIELD.values(),
        *(each for codes in BY_CODE.values() for each in codes.values()),
    ]:
        assert re.fullmatch(r"[A-Z].*\.", words), words


def test_no_description_is_left_over() -> None:
    named = {field.name for _, value in VALUES for field in attrs.fields(value)}
    owned = {f"{value.__name__}.{field.name}" for _, value in VALUES for field in attrs.fields(value)}
    assert sorted(set(BY_NAME) - named) == []
    assert sorted(set(BY_FIELD) - owned) == []
    codes = {value.__name__: set(value.__members__) for value in ENUMERATIONS}
    assert sorted(name for name, told in BY_CODE.items() if not set(told) <= codes.get(name, set())) == []


def test_what_the_source_says_is_not_said_again() -> None:
    silent = {
        f"{value.__name__}.{field.name}"
        for _, value in VALUES
        for field in fields(value)
        if field.name not in described(value)
    }
    assert sorted(set(BY_FIELD) - silent) == []


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_pages_are_those_of_today(name: str) -> None:
    if name == "ext.md" and MISSING:
        pytest.skip(f"{', '.join(MISSING)}: what it needs is not installed")
    # If this fails: python -m tests.documentation.reference
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name]


def test_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(pages())


def test_no_page_holds_what_differs_from_run_to_run() -> None:
    for text in pages().values():
        assert " at 0x" not in text
        assert "<object" not in text
