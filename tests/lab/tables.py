"""Lifecycle tables broken on purpose, each in one thing."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from onestop_core import dossier
from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_core.dossier import Machine

TABLE = "vn/lifecycle/decree-61-2018"


def broken(*changes: Callable[[dict[str, Any]], object], table: str = TABLE) -> Machine:
    document = copy.deepcopy(resources.data(table))
    for change in changes:
        change(document)
    return dossier.machine(dossier.load_lifecycle({**document, "id": "vn@broken"}))


def without_guard(*codes: str) -> Callable[[dict[str, Any]], object]:
    def change(document: dict[str, Any]) -> None:
        before = len(document["guards"])
        document["guards"] = [each for each in document["guards"] if each["code"] not in codes]
        assert len(document["guards"]) == before - len(codes)

    return change


def with_guard(**guard: Any) -> Callable[[dict[str, Any]], object]:
    reason = {"vi": "không được", "en": "not so"}
    return lambda document: document["guards"].insert(
        0, {"code": "broken", "reason": reason, "basis": "practice", **guard}
    )


def not_in(event: str, *states: str) -> Callable[[dict[str, Any]], object]:
    """Take *event* out of *states*, and of what its guards say of them."""

    def change(document: dict[str, Any]) -> None:
        for row in document["transitions"]:
            if row["event"] == event:
                row["states"] = [each for each in row["states"] if each not in states]
        document["transitions"] = [row for row in document["transitions"] if row["states"]]
        for guard in document["guards"]:
            if guard["event"] == event and guard["condition"] != "never" and "states" in guard:
                guard["states"] = [each for each in guard["states"] if each not in states]

    return change


def without_event(event: str) -> Callable[[dict[str, Any]], object]:
    def change(document: dict[str, Any]) -> None:
        for name in ("transitions", "guards"):
            document[name] = [row for row in document[name] if row["event"] != event]
        document["events"] = [row for row in document["events"] if row["code"] != event]

    return change


def set_in(kind: str, code: str, **fields: Any) -> Callable[[dict[str, Any]], object]:
    """Set *fields* of one row; None takes a field away."""

    def change(document: dict[str, Any]) -> None:
        row = next(each for each in document[kind] if each["code"] == code)
        row.update(fields)
        for name in [name for name, each in fields.items() if each is None]:
            del row[name]

    return change


def portal_moves(old: str, new: int) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["portal"]["moves"][old].append(new)
