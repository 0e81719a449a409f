"""Snapshots: what a dossier had come to after so many events, so that a host need not fold its log from the beginning.

A snapshot says to which log it belongs by the last link of the plain chain over those events (``dossier.seal``). It can be
made anew at any time and holds nothing that the log does not: the log alone is the truth. A log that was redacted since
does not fit its old snapshots any more, which is right, for they say what was taken out.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.dossier.case import Dossier, Effect, Milestones, Task
from onestop_core.dossier.events.event import Event
from onestop_core.dossier.logs.log import revision_of
from onestop_core.dossier.sealing import seal
from onestop_core.dossier.stepping.machine import machine
from onestop_core.errors import InvalidDocumentError, OnestopError, Problem
from onestop_core.model import Clock, FrozenMap
from onestop_core.model.series import each_of, instance
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.reading.documents import opened
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from onestop_core.dossier.lifecycle.table import Lifecycle

__all__ = ["Snapshot", "dump_snapshot", "load_snapshot", "restore", "snapshot", "verify_snapshot"]


@attrs.frozen(kw_only=True, repr=False)
class Snapshot:
    """What a dossier had come to after so many events."""

    id: str
    """The host's name for the dossier."""
    lifecycle: str
    """Reference of the edition pinned on it."""
    version: int
    """After how many events."""
    last_link: str
    """The last link of the chain over them: by it a snapshot knows its log."""
    states: tuple[str, ...]
    origin: str | None = None
    clock: Clock
    milestones: Milestones
    axes: FrozenMap[str, str]
    tasks: tuple[Task, ...] = ()
    portal: int | None = None
    effects: tuple[Effect, ...] = ()
    struck: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"<Snapshot v{self.version} {self.lifecycle}>"


_SAME: Final = ("states", "origin", "clock", "milestones", "tasks", "portal", "effects", "struck")
"""Fields that a dossier and its snapshot name alike."""


def snapshot(dossier: Dossier) -> Snapshot:
    """Return the snapshot of *dossier* as it stands.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> d = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.004222", channel="online", at=at)
    >>> dossier.logs.snapshot(d)
    <Snapshot v1 vn@decree-118-2025>
    >>> dossier.logs.restore(dossier.logs.snapshot(d), d.events) == d
    True
    """
    return _snapshot(instance(dossier, Dossier, "dossier"))


def _snapshot(case: Dossier) -> Snapshot:
    return Snapshot(
        id=case.id,
        lifecycle=case.lifecycle,
        version=case.version,
        last_link=seal(case.events)[-1],
        axes=FrozenMap(case.axes),
        **{name: getattr(case, name) for name in _SAME},
    )


def dump_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    """Return *snapshot* as a document of the schema ``dossier-snapshot``; ``load_snapshot(dump_snapshot(s)) == s``."""
    row: dict[str, Any] = unstructure(instance(snapshot, Snapshot, "snapshot"))
    return {"schema_version": "1.0", "revision": revision_of(snapshot.lifecycle), **row}


def load_snapshot(source: str | Path | Mapping[str, Any]) -> Snapshot:
    """Return the snapshot that a JSON file or a parsed document of the schema ``dossier-snapshot`` holds.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema.
    """
    document, name = opened(source)
    ensure_valid(document, "dossier-snapshot", source=name)
    left_out = {"schema_version", "revision"}
    row = {key: value for key, value in document.items() if key not in left_out}
    found = structure({"milestones": {}, **row}, Snapshot, source=name)
    if document["revision"] != revision_of(found.lifecycle):
        raise _unfit("$.revision", vi="lần sửa khác với vòng đời", en="another revision than that of the lifecycle")
    return found


def restore(
    snapshot: Snapshot, events: Iterable[Event], *, lifecycle: Lifecycle | None = None, judge: bool = True
) -> Dossier:
    """Return the dossier of *events*, its whole log, beginning at *snapshot*: only what came after it is stepped on.

    What the snapshot says is taken as it is, once it is known to be of this log and to speak of states that the
    edition has. Where others may write into the store, hold it to its log with :func:`verify_snapshot`.

    Args:
        snapshot: The snapshot.
        events: The log, from ``created`` on.
        lifecycle: The edition, if it is one of your own.
        judge: Whether what came after it is judged.

    Raises:
        InvalidDocumentError: the snapshot is not of this log, or could not be of any.
        OnestopError: as :meth:`onestop_core.dossier.Machine.step`, for an event that came after it.
    """
    instance(snapshot, Snapshot, "snapshot")
    log = iter(each_of(events, Event, "events"))
    past = tuple(islice(log, snapshot.version))
    if len(past) < snapshot.version or not past or seal(past)[-1] != snapshot.last_link:
        raise _unfit(
            "$.last_link",
            vi="ảnh chụp trạng thái không thuộc nhật ký này",
            en="the snapshot does not match the log: it was made over other events",
        )
    runner = machine(snapshot.lifecycle if lifecycle is None else lifecycle)
    opening = past[0].opening
    if opening is None or (opening.id, opening.lifecycle) != (snapshot.id, snapshot.lifecycle):
        raise _unfit("$.id", vi="ảnh chụp trạng thái của hồ sơ khác", en="the snapshot is of another dossier")
    if opening.lifecycle != runner.id:
        raise _unfit("$.lifecycle", vi="vòng đời khác", en=f"the lifecycle is not {runner.id}")
    _ensure_possible(snapshot, runner.lifecycle)
    axes = tuple((axis.code, snapshot.axes[axis.code]) for axis in runner.lifecycle.axes)
    case = Dossier(events=past, axis_states=axes, **{name: getattr(snapshot, name) for name in _SAME})
    for event in log:
        case = runner.step(case, event, judge=judge)
    return case


def _ensure_possible(snapshot: Snapshot, table: Lifecycle) -> None:
    """Refuse what no machine of the edition could go on from."""
    states = {state.code: state for state in table.states}
    if len(snapshot.states) != snapshot.version or not {*snapshot.states} <= states.keys():
        raise _unfit("$.states", vi="cần một trạng thái cho mỗi sự kiện", en="a state of the lifecycle for each event")
    now = states[snapshot.states[-1]]
    if snapshot.origin is not None and snapshot.origin not in states:
        raise _unfit("$.origin", vi="không có trạng thái này", en="no state of the lifecycle")
    if snapshot.portal != now.portal:
        raise _unfit("$.portal", vi="mã khác với trạng thái", en="another code than that of the state")
    if snapshot.clock.phase not in now.clock:
        raise _unfit("$.clock", vi="thời hạn không hợp với trạng thái", en="a clock that cannot be in this state")
    known = {axis.code: {state.code for state in axis.states} for axis in table.axes}
    if snapshot.axes.keys() != known.keys() or any(where not in known[code] for code, where in snapshot.axes.items()):
        raise _unfit("$.axes", vi="chiều trạng thái khác với vòng đời", en="other axes than those of the lifecycle")


def verify_snapshot(
    snapshot: Snapshot, events: Iterable[Event], *, lifecycle: Lifecycle | None = None
) -> tuple[Problem, ...]:
    """Return where *snapshot* says anything else than what its log, folded from the beginning, leads to.

    Args:
        snapshot: The snapshot.
        events: The log, from ``created`` on; what came after the snapshot is not looked at.
        lifecycle: The edition, if it is one of your own.

    Raises:
        OnestopError: the log itself cannot be folded.
    """
    instance(snapshot, Snapshot, "snapshot")
    past = tuple(islice(each_of(events, Event, "events"), snapshot.version))
    runner = machine(snapshot.lifecycle if lifecycle is None else lifecycle)
    told = _snapshot(runner.replay(past, judge=False))
    return tuple(
        _problem(
            f"$.{field.name}",
            vi="ảnh chụp trạng thái không khớp nhật ký",
            en="the snapshot does not match the log",
        )
        for field in attrs.fields(Snapshot)
        if getattr(told, field.name) != getattr(snapshot, field.name)
    )


def _problem(path: str, *, vi: str, en: str) -> Problem:
    return Problem(path=path, rule="snapshot/mismatch", text=Text(vi=vi, en=en))


def _unfit(path: str, *, vi: str, en: str) -> OnestopError:
    return InvalidDocumentError(problems=(_problem(path, vi=vi, en=en),))
