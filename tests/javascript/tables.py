"""The tables of the JavaScript package, made from those of the library: ``python -m tests.javascript.tables`` writes them.

They are committed, so that the package works from a checkout as it does from its archive, and that a change of the law
shows line by line. ``test_package.py`` holds them to the tables from which they come.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.__about__ import __version__
from onestop_core.deadlines.differences import DifferenceKind, known_differences
from onestop_core.deadlines.hours.office_hours import office_hours
from onestop_core.deadlines.receipts.writing import hours_part, rules_part
from onestop_core.rules.converter import unstructure
from onestop_core.workdays.announced_years import announced_years, year
from onestop_core.workdays.civil_servants import HORIZON
from onestop_core.workdays.predicted_years import CULTURE_DAY_ADOPTED, predicted_rows

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date

    from onestop_core.model import Basis
    from onestop_core.text import Text

PACKAGE: Final = Path(__file__).parents[2] / "src" / "javascript"
TABLES: Final = PACKAGE / "data.mjs"
HEAD: Final = """\
// Made from the law tables of onestop_core by `python -m tests.javascript.tables`; do not edit.
// years: the announced days, each row [month and day, kind, name, basis, known from (0: always, null: the notice), what it makes up for];
// predicted: what law and habit lead one to expect, each row [month and day, kind, name, basis, how many
// days on end (null: 1), note, known from].
"""


class Shared:
    """Values that are listed once, and told by their place."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[Hashable, int] = {}

    def place(self, key: Hashable, value: Any) -> int:
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(value)
        return self._places[key]


def tables() -> str:
    """Return the text of ``data.mjs``."""
    names, bases = Shared(), Shared()

    def name_of(text: Text) -> int:
        return names.place(text, {"vi": text.vi, "en": text.en})

    def basis_of(basis: Basis) -> int:
        return bases.place(basis, basis_part(basis))

    years = {number: _announced(number, name_of, basis_of) for number in announced_years()}
    predicted = {number: _predicted(number, name_of, basis_of) for number in range(announced_years()[0], HORIZON + 1)}
    rules = rules_part(CULTURE_DAY_ADOPTED)
    parts = {
        "library": json.dumps(__version__),
        "names": _lines(names.values),
        "bases": _lines(bases.values),
        "years": _lines(years),
        "predicted": _lines(predicted),
        "rules": _json(rules),
        "officeHours": _json(hours_part(office_hours())),
        "conventions": _lines(
            [
                {"code": row.code, "name": {"vi": row.name.vi, "en": row.name.en}}
                for row in known_differences()
                if row.kind is DifferenceKind.CONVENTION
            ]
        ),
    }
    body = "".join(f"  {name}: {text},\n" for name, text in parts.items())
    return f"{HEAD}export const data = {{\n{body}}};\n"


def _announced(number: int, name_of: Any, basis_of: Any) -> dict[str, Any]:
    notice = year(number).known_from
    rows = [
        _cut(
            row.date.strftime("%m-%d"),
            row.kind.value,
            name_of(row.name),
            basis_of(row.basis),
            0 if row.known_from is None else None if row.known_from == notice else _iso(row.known_from),
            _iso(row.replaces),
        )
        for row in year(number).rows
    ]
    return {"knownFrom": _iso(notice), "rows": rows}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _cut(*row: Any) -> list[Any]:
    """Return *row* without what is nothing at its end."""
    last = max(place for place, value in enumerate(row) if value is not None)
    return list(row[: last + 1])


def _predicted(number: int, name_of: Any, basis_of: Any) -> list[list[Any]]:
    """Return the rows expected of a year; days on end that are told alike stand as one."""
    out: list[list[Any]] = []
    after: date | None = None
    for row in predicted_rows(number, as_of=None):
        told = [row.kind.value, name_of(row.name), basis_of(row.basis)]
        note = None if row.note is None else name_of(row.note)
        known = _iso(CULTURE_DAY_ADOPTED) if row.announced_on == CULTURE_DAY_ADOPTED else None
        if row.date == after and told == out[-1][1:4]:
            out[-1][4] = (out[-1][4] or 1) + 1
        else:
            out.append([row.date.strftime("%m-%d"), *told, None, note, known])
        after = row.date + timedelta(days=1)
    return [_cut(*row) for row in out]


def basis_part(basis: Basis) -> dict[str, Any]:
    """Return *basis* as the package tells it; where it was read stays with the tables of the library."""
    out: dict[str, Any] = {}
    for key, value in unstructure(attrs.evolve(basis, source=None)).items():
        first, *rest = key.split("_")
        out[first + "".join(word.capitalize() for word in rest)] = value
    return out


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _lines(values: Any) -> str:
    """Return *values*, one a line, so that a change of one is a change of one line."""
    if isinstance(values, dict):
        return "{\n" + "".join(f"    {key}: {_json(value)},\n" for key, value in values.items()) + "  }"
    return "[\n" + "".join(f"    {_json(value)},\n" for value in values) + "  ]"


if __name__ == "__main__":
    TABLES.write_text(tables(), encoding="utf-8")
