"""The reference page lists what the tables say, row by row; a change of a table must change the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onestop_core import dossier
from onestop_core.dossier.lifecycle import find
from onestop_core.model import thaw

from .driving import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop_core.dossier import Lifecycle

OLD, NEW = (find(edition) for edition in EDITIONS)


def cited(edition: Lifecycle, basis: str) -> str:
    return edition.bases[basis].cite().en


def states() -> Iterator[str]:
    for state in OLD.states:
        end = f" ({state.outcome})" if state.outcome else " (end)" if state.terminal else ""
        clock = ", ".join(state.clock)
        yield f"| `{state.code}`{end} | {state.name.vi} | {state.portal} | {clock} | {cited(OLD, state.basis)} |"


def events() -> Iterator[str]:
    for row, new in zip(OLD.events, NEW.events, strict=True):
        form = row.form if row.form == new.form else f"{row.form or 'none'}, since 2025 {new.form}"
        needs = ", ".join(
            [
                *(["reason"] if row.needs_reason else []),
                *(["ground or reason"] if row.needs_ground else []),
                *(name for name in ("receives", "asks_papers", "hands_in", "strikes") if getattr(row, name)),
                *([] if row.due == "never" else [f"due: {row.due}"]),
            ]
        )
        roles = ", ".join(row.roles)
        yield f"| `{row.code}` | {row.name.vi} | {roles} | {form or '–'} | {needs or '–'} | {cited(OLD, row.basis)} |"


def guards() -> Iterator[str]:
    for guard in OLD.guards:
        parameter = f"`{guard.parameter}` = {OLD.parameters[guard.parameter].value}" if guard.parameter else "–"
        where = ", ".join(guard.states) or "everywhere"
        yield f"| `{guard.code}` | `{guard.event}` | {where} | {guard.condition} | {parameter} | {cited(OLD, guard.basis)} |"


def parameters() -> Iterator[str]:
    for code, row in OLD.parameters.items():
        yield f"| `{code}` | {row.name.en} | {row.value} | {cited(OLD, row.basis)} |"


def portal() -> Iterator[str]:
    for code, name in OLD.portal.statuses.items():
        moves = ", ".join(map(str, OLD.portal.moves.get(code, ()))) or "–"
        inside = ", ".join(f"`{state.code}`" for state in OLD.states if str(state.portal) == code)
        yield f"| {code} | {name.vi} | {moves} | {inside} |"


def forms() -> Iterator[str]:
    for number, form in NEW.forms.items():
        old = OLD.forms.get(number)
        yield f"| {number} | {old.name.vi if old else '–'} | {form.name.vi} |"


def assumptions() -> Iterator[str]:
    for place, basis in OLD.assumptions():
        yield f"| `{place.replace('|', ', ')}` | {basis.firmness.label.en} | {basis.cite().en} |"


def axes() -> Iterator[str]:
    for axis in OLD.axes:
        for move in axis.moves:
            where = ", ".join(move.states) or "everywhere"
            basis = cited(OLD, move.basis)
            yield f"| `{axis.code}` | `{move.event}` | {', '.join(move.origins)} | {move.to} | {where} | {basis} |"


def own_rules() -> Iterator[str]:
    for name in dossier.sectors():
        rules = dossier.sector(name)
        own = ", ".join(f"`{field}` = {thaw(getattr(rules.policy, field))}" for field, _ in rules.grounds) or "–"
        limits = ", ".join(f"{row.code}: {row.limit}" for row in rules.limits) or "–"
        cites = [*(basis.cite().en for _, basis in rules.grounds), *(row.basis.cite().en for row in rules.limits)]
        yield f"| `{name}` | {own} | {limits} | {'; '.join(dict.fromkeys(cites))} |"


SECTIONS = (axes, own_rules, states, events, guards, parameters, portal, forms, assumptions)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_page_lists_every_row(section: Callable[[], Iterator[str]]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "lifecycle.md").read_text(encoding="utf-8")
    missing = [row for row in section() if row not in page.splitlines()]
    assert missing == []
