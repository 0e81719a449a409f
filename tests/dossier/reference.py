"""The reference page of the lifecycle tables, drawn from them: ``python -m tests.dossier.reference``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onestop_core import dossier
from onestop_core.dossier.lifecycle import find
from onestop_core.model import thaw
from tests.dossier.driving import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onestop_core.dossier import Lifecycle

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "lifecycle.md"
TABLES: Final[tuple[Lifecycle, ...]] = tuple(find(edition) for edition in EDITIONS)
SHORT: Final = ("61/2018", "118/2025", "118/2025 amended")
_HEAD: Final = """# Lifecycle tables

The editions shipped, as their tables say; the page is drawn from them (`python -m tests.dossier.reference`) and a test holds it to them.
`onestop dossier diagram --format table` prints the transitions of any of them. What changed between them for a desk is told in
{doc}`../explanation/decree-118`, and which fact of the decree is in which row in {doc}`decree-118-facts`.

| Edition | In force | Instrument | Evidence |
|---|---|---|---|
| `vn@decree-61-2018` | 2018-06-21 to 2025-06-30 | Decree 61/2018/NĐ-CP | read, as of its wording of 2018; the amendments of Decree 107/2021 were not read |
| `vn@decree-118-2025` | 2025-07-01 to 2026-08-04 | Decree 118/2025/NĐ-CP | read; the amendments of Decree 367/2025 were not read |
| `vn@decree-118-2025-amended-309-2026` | from 2026-08-05 | the same, as amended by Decree 309/2026/NĐ-CP | read |

From 5 August 2026 on, 1 July 2025 to 4 August 2026, and until 30 June 2025, each as `dossier.render.svg` draws it:

<img src="../_static/pictures/lifecycle-decree-118-2025-amended-309-2026.svg" alt="Lifecycle vn@decree-118-2025-amended-309-2026: 24 states and the ways between them" width="400">

<img src="../_static/pictures/lifecycle-decree-118-2025.svg" alt="Lifecycle vn@decree-118-2025: 22 states and the ways between them" width="400">

<img src="../_static/pictures/lifecycle-decree-61-2018.svg" alt="Lifecycle vn@decree-61-2018: 21 states and the ways between them" width="400">

In the last columns of each table: where a row rests in each edition. Anything but what was read is marked; – means that the edition has no
such row.
"""


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [_line(heads), "|" + "---|" * len(heads), *(_line(row) for row in rows), ""]


def _cite(table: Lifecycle, basis: str | None) -> str:
    return "–" if basis is None else table.bases[basis].cite().en


def _union(rows: Callable[[Lifecycle], Iterable[tuple[str, Any]]]) -> dict[str, list[Any]]:
    """Return every row by its key, in the order of the tables, with what each edition has of it."""
    each = [dict(rows(table)) for table in TABLES]
    keys: list[str] = []
    for found in reversed(each):
        keys += [key for key in found if key not in keys]
    return {key: [found.get(key) for found in each] for key in keys}


def _last(rows: list[Any]) -> Any:
    return next(row for row in reversed(rows) if row is not None)


def _bases(rows: list[Any]) -> tuple[str, ...]:
    return tuple("–" if row is None else _cite(table, row.basis) for table, row in zip(TABLES, rows, strict=True))


def _states() -> list[str]:
    rows = []
    for code, found in _union(lambda table: ((state.code, state) for state in table.states)).items():
        state = _last(found)
        end = f" ({state.outcome})" if state.outcome else " (end)" if state.terminal else ""
        rows.append((f"`{code}`{end}", state.name.vi, str(state.portal), ", ".join(state.clock), *_bases(found)))
    return _table(("State", "Vietnamese", "Portal", "Clock", *SHORT), rows)


def _events() -> list[str]:
    rows = []
    for code, found in _union(lambda table: ((event.code, event) for event in table.events)).items():
        event = _last(found)
        forms = [row.form or "–" for row in found if row is not None]
        form = forms[0] if len(set(forms)) == 1 else ", ".join(forms)
        due = {"never": []}.get(event.due, [f"due: {event.due}" + (" (answer)" if event.due_is == "answer" else "")])
        flags = ("receives", "asks_papers", "hands_in", "reroutes", "strikes")
        needs = [
            *(["reason"] if event.needs_reason else []),
            *(["ground or reason"] if event.needs_ground else []),
            *(name for name in flags if getattr(event, name)),
            *([f"task: {event.task}"] if event.task else []),
            *due,
        ]
        told = ", ".join(event.notify) or "–"
        words = (f"`{code}`", event.name.vi, ", ".join(event.roles), told, form, ", ".join(needs) or "–")
        rows.append((*words, *_bases(found)))
    return _table(("Event", "Vietnamese", "Roles", "Told", "Form", "Needs", *SHORT), rows)


def _guards() -> list[str]:
    rows = []
    for code, found in _union(lambda table: ((guard.code, guard) for guard in table.guards)).items():
        guard, table = next((row, TABLES[n]) for n, row in reversed(list(enumerate(found))) if row is not None)
        parameter = f"`{guard.parameter}` = {table.parameters[guard.parameter].value}" if guard.parameter else "–"
        where = ", ".join(guard.states) or "everywhere"
        rows.append((f"`{code}`", f"`{guard.event}`", where, str(guard.condition), parameter, *_bases(found)))
    return _table(("Guard", "Event", "In", "Condition", "Parameter", *SHORT), rows)


def _parameters() -> list[str]:
    found = _union(lambda table: table.parameters.items())
    rows = [(f"`{code}`", _last(row).name.en, str(_last(row).value), *_bases(row)) for code, row in found.items()]
    return _table(("Parameter", "Meaning", "Value", *SHORT), rows)


def _axes() -> list[str]:
    def moves(table: Lifecycle) -> Iterable[tuple[str, Any]]:
        return ((f"{axis.code} {move.event} {move.to}", move) for axis in table.axes for move in axis.moves)

    rows = []
    for key, found in _union(moves).items():
        move, axis = _last(found), key.partition(" ")[0]
        where = ", ".join(move.states) or "everywhere"
        rows.append((f"`{axis}`", f"`{move.event}`", ", ".join(move.origins), move.to, where, *_bases(found)))
    return _table(("Axis", "Event", "From", "To", "While the dossier is", *SHORT), rows)


def _portal() -> list[str]:
    last = TABLES[-1]
    rows = []
    gateway = last.portal
    assert gateway is not None
    for code, name in gateway.statuses.items():
        moves = ", ".join(map(str, gateway.moves.get(code, ()))) or "–"
        inside = ", ".join(f"`{state.code}`" for state in last.states if str(state.portal) == code)
        rows.append((code, name.vi, moves, inside))
    return _table(("Code", "Vietnamese", "May be followed by", "States"), rows)


def _forms() -> list[str]:
    rows = []
    uses = dict.fromkeys(form.use for table in TABLES for form in table.forms.values())
    for use in uses:
        old = next(((number, form) for number, form in TABLES[0].forms.items() if form.use == use), None)
        number, form = TABLES[-1].form(use)
        circular = "–" if form.circular_name is None else f"{number} {form.circular_name.vi}"
        first = "–" if old is None else f"{old[0]} {old[1].name.vi}"
        rows.append((f"`{use}`", first, form.name.vi, circular, _cite(TABLES[-1], form.basis)))
    return _table(
        ("Form", "Circular 01/2018/TT-VPCP", "Decree 118/2025/NĐ-CP", "Circular 03/2025/TT-VPCP (secondary)", "Basis"),
        rows,
    )


def _reasons() -> list[str]:
    found = _union(lambda table: table.reasons.items())
    return _table(
        ("Reason", "Vietnamese", *SHORT),
        [(f"`{code}`", _last(row).name.vi, *_bases(row)) for code, row in found.items()],
    )


def _sectors() -> list[str]:
    rows = []
    for name in dossier.lifecycle.sectors():
        rules = dossier.sector(name)
        own = ", ".join(f"`{field}` = {thaw(getattr(rules.policy, field))}" for field, _ in rules.grounds) or "–"
        limits = ", ".join(f"{row.code}: {row.limit}" for row in rules.limits) or "–"
        cites = [*(basis.cite().en for _, basis in rules.grounds), *(row.basis.cite().en for row in rules.limits)]
        rows.append((f"`{name}`", own, limits, "; ".join(dict.fromkeys(cites))))
    return _table(("Sector", "Policy", "Limits", "Basis"), rows)


def _assumptions() -> list[str]:
    lines = []
    for table in TABLES:
        rows = (
            (f"`{place.replace('|', ', ')}`", basis.firmness.label.en, basis.cite().en)
            for place, basis in table.assumptions()
        )
        lines += [f"### `{table.reference}`", "", *_table(("Row", "Firmness", "Basis"), rows)]
    return lines


_SECTIONS: Final = (
    (
        "States (trạng thái)",
        "In person and by post a dossier begins as `presented`, online and at a kiosk as `registered_online`.",
        _states,
    ),
    ("Events (sự kiện)", "", _events),
    (
        "Guards (điều kiện)",
        (
            "A guard of the kind `never` says why there is no such step. `wait_over` looks at the moment that the last request for papers named (its "
            "`due`) or, where it named none, at so many whole days after it; `to_unit` at the unit to which an event goes; `papers_not_held` at what a "
            "database holds; `after_due` at an appointment that has passed. Other lifecycles also ask for an event that came before (`after_event`) and for a "
            "moment so many days ahead (`due_ahead`); their numbers may stand in the row itself (`number`), `since` names the events at which a row looks, and "
            "with `in_force_from` or `in_force_to` it is asked on these days only."
        ),
        _guards,
    ),
    ("Parameters that a procedure may replace", "`None`: nothing is asked.", _parameters),
    ("Reasons that an event may give by code (`reason_code`)", "", _reasons),
    (
        "Sectors",
        (
            "Set the parameters with `dossier.Policy(...)`; `forms` puts a sector's own form in the place of a one-stop form. What a "
            "sector's own law changes ships as cited data (schema `sector-rules`), for `dossier.sector(...)`: values of the policy, and "
            "times that the host counts."
        ),
        _sectors,
    ),
    (
        "Axes (chiều trạng thái)",
        (
            "What goes on beside the state and never moves it. An event of the transitions moves an axis where it can; an event "
            "that stands in no transition belongs to the first axis that names it and is refused where that axis does not take it."
        ),
        _axes,
    ),
    ("National portal", "", _portal),
    ("Forms (mẫu)", "By what they are; the numbers are those of the circulars.", _forms),
    (
        "Assumptions that law has not confirmed",
        "Rows that do not rest on a text that was read; `machine.lifecycle.assumptions()` lists them.",
        _assumptions,
    ),
)


def page() -> str:
    """Return the page."""
    lines = [_HEAD]
    for title, words, rows in _SECTIONS:
        lines += [f"## {title}", "", *([words, ""] if words else []), *rows()]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
