"""Every door of the library, and what comes out when something hostile goes in.

``python -m tests.house.doors [ROOM...]`` prints what raw errors come out today, room by room.
"""

from __future__ import annotations

import enum
import inspect
import json
import random
import re
import signal
import sys
import threading
import time
import typing
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import FunctionType, MappingProxyType, MethodType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from onestop_core import catalogue, desk, dossier, kpi, model
from onestop_core.errors import OnestopError
from onestop_core.rules.reading import resources
from tests.catalogue.overlays import local, national
from tests.house.hostile import HOSTILE, Malice, of_other_packages
from tests.house.specimens import DECISION, HOURS, LIMIT, MONTH, T0, by_class, case, details, facts, specimens
from tests.house.tree import room, shown
from tests.organisation.samples import commune, province

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PATIENCE: Final = 20.0
"""Seconds after which a call counts as one that never ends; a watchdog, not a measure."""
CHEAP: Final = 0.002
"""Seconds of a lawful call up to which every hostile value is tried; of a dearer one only some."""
FEW: Final = 12

NOT_CALLED: Final = {
    "onestop_core.conformance.export": "it writes folders; tests/conformance tries it with hostile names",
    "onestop_core.conformance.run_command": "it starts programs; tests/conformance tries it with hostile commands",
}
"""What is not called, and why."""

UNSEEN: Final = frozenset({"Silent", "SilentText", "SilentMoment", "deep", "10**5000", "huge Fraction", "numpy array"})
"""Hostile values that cannot even be shown, or compared."""

DUNDERS: Final = ("__add__", "__sub__", "__contains__", "__getitem__", "__eq__", "__lt__", "__call__")
FROM_OUTSIDE: Final = (OSError,)
"""Errors that functions which open files may raise, as their documentation says."""


class Door(NamedTuple):
    """One callable, with arguments that it takes."""

    name: str
    call: Callable[..., object]
    lawful: Mapping[str, object]
    parameters: tuple[inspect.Parameter, ...]


class Fault(NamedTuple):
    """A call from which something raw came out."""

    door: str
    given: str
    raised: str

    def __str__(self) -> str:
        return f"{self.door}({self.given}): {self.raised}"


class TooLongError(BaseException):
    """A call that did not end."""


@contextmanager
def _bounded() -> Iterator[None]:
    # Signals reach the main thread only; elsewhere, and on Windows, a call that never ends is the runner's to notice.
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@cache
def _by_name() -> dict[str, object]:
    """Return what a parameter of a name means, where its annotation does not say it."""
    document = {"schema_version": "1.0", "counts": {"2.1": [1, 2]}}
    return {
        "language": "vi", "on": T0.date(), "as_of": None, "day": date(2026, 3, 2), "at": T0, "now": T0, "moment": T0,
        "until": T0, "start": T0, "received_at": T0, "what": "limit", "text": "5 working days", "kind": "received",
        "document": document, "source": None, "name": "vn-civil", "n": 3, "limit": 3, "unit": "H26.12", "sequence": 7,
        "channel": "online", "id": "1", "procedure": "1.004222", "language_": "vi", "value": 3, "amount": 3, "words": "hồ sơ",
        "facts": facts(), "counts": {"2.1": (1, 2)}, "level": "province", "dossier": case(), "details": details(),
        "calendar": specimens()["calendar"], "catalogue": catalogue.shipped(), "national": national(), "period": None,
        "separator": ",", "by": "unit", "areas": ["codes"], "load": 3, "counters": 5, "share": "0.8", "patience": 2,
        "known": ["a"], "word": "a", "first": None, "last": None, "base_uri": "https://example.vn/", "rows": (), "records": (),
    }  # fmt: skip


@cache
def _special() -> Mapping[str, Mapping[str, object]]:
    """Return what single doors take that neither the names nor the annotations of their parameters tell."""
    log = json.loads(json.dumps(dossier.dump_log(case())))
    sealed: Any = specimens()["sealed log"]
    place = next((number, next(iter(row))) for number, row in enumerate(sealed.salts) if row)
    tally: Any = specimens()["tally"]
    slow: Any = specimens()["slow spots"]
    report: Any = specimens()["report"]
    answers = {"staff": kpi.measures.Answers.of([1, 2])}
    hours = {"schema_version": "1.0", "name": {"vi": "Giờ", "en": "Hours"}, "week": {"monday": ["07:30-11:30"]}}
    return {
        "onestop_core.dossier.machine": {"name": "vn"},
        "onestop_core.dossier.sector": {"name": "construction-permit"},
        "onestop_core.dossier.portal.peer": {"name": "opencps"},
        "onestop_core.dossier.portal.load_peer": {"source": resources.data("vn/portal/peers/opencps")},
        "onestop_core.dossier.portal.outbox": {"known": True, "told": 0, "lifecycle": None},
        "onestop_core.dossier.lifecycle.find": {"name": "vn"},
        "onestop_core.dossier.Lifecycle.ensure_in_force": {"on": date(2020, 1, 2)},
        "onestop_core.dossier.portal.encode": {"records": (specimens()["record"],)},
        "onestop_core.dossier.portal.decode": {"message": {}},
        "onestop_core.dossier.load_lifecycle": {"source": resources.data("vn/lifecycle/decree-118-2025")},
        "onestop_core.dossier.lifecycle.load_sector": {"source": resources.data("vn/sectors/construction-permit")},
        "onestop_core.dossier.load_log": {"source": log, "lifecycle": None},
        "onestop_core.dossier.replay": {"source": log, "lifecycle": None},
        "onestop_core.dossier.Event.from_dict": {"document": log["events"][1]},
        "onestop_core.dossier.dump_log": {"source": case(), "sealed": False, "key": None, "salts": None},
        "onestop_core.dossier.logs.redact": {
            "log": sealed,
            "number": place[0],
            "field": place[1],
            "at": T0,
            "ground": "x",
        },
        "onestop_core.dossier.logs.restore": {
            "snapshot": dossier.logs.snapshot(case()),
            "events": case().events,
            "lifecycle": None,
        },
        "onestop_core.dossier.logs.verify_snapshot": {
            "snapshot": dossier.logs.snapshot(case()),
            "events": case().events,
            "lifecycle": None,
        },
        "onestop_core.dossier.logs.load_snapshot": {
            "source": dossier.logs.dump_snapshot(dossier.logs.snapshot(case()))
        },
        "onestop_core.dossier.seal": {"events": case().events, "salts": None},
        "onestop_core.dossier.salts": {"events": case().events, "key": b"a secret of sixteen bytes or more"},
        "onestop_core.dossier.commitment": {"salt": "0" * 64, "value": "An"},
        "onestop_core.dossier.events.Redacted": {"commitment": "0" * 64, "at": T0, "ground": "x"},
        "onestop_core.dossier.Machine.replay": {"events": case().events},
        "onestop_core.dossier.Lifecycle.event": {"code": "received"},
        "onestop_core.dossier.Lifecycle.state": {"code": "received"},
        "onestop_core.dossier.lifecycle.SectorRules.limit": {"code": "opinion"},
        "onestop_core.kpi.index": {"name": "vn-766"},
        "onestop_core.kpi.nine_index.card": {"name": "vn-circular-01-2018", "on": None},
        "onestop_core.kpi.figure": {"metric": "2.1"},
        "onestop_core.kpi.measures.parameter": {"parameter_id": "hourly-income-2024"},
        "onestop_core.kpi.measures.share": {"share_id": "resolved_on_time_of_resolved"},
        "onestop_core.kpi.measures.Measures.share": {"share_id": "resolved_on_time_of_resolved"},
        "onestop_core.kpi.Index.score": {"counts": {"2.1": (1, 2)}, "level": "province"},
        "onestop_core.kpi.Index.evaluate": {"by": "unit", "level": None},
        "onestop_core.kpi.Index.metric": {"metric_id": "2.1"},
        "onestop_core.kpi.Index.figure": {"metric_id": "2.1"},
        "onestop_core.kpi.Scorecard.__getitem__": {"metric_id": "2.1"},
        "onestop_core.kpi.Tally.__getitem__": {"metric_id": "2.1"},
        "onestop_core.kpi.Tally.from_dict": {"document": tally.to_dict()},
        "onestop_core.kpi.measures.SlowSpots.from_dict": {"document": slow.to_dict()},
        "onestop_core.kpi.measures.Answers.of": {"answers": [1, 2, None]},
        "onestop_core.kpi.measures.ElapsedTime.of_days": {"days": 3},
        "onestop_core.kpi.counters.ServedWithin": {"waiting": 1},
        "onestop_core.kpi.tally_by": {"by": "unit"},
        "onestop_core.kpi.measures.find_slow_spots": {"by": ("step",)},
        "onestop_core.kpi.html_report": {"cards": {"A": specimens()["scorecard"]}, "trend": ()},
        "onestop_core.kpi.form06.load": {"source": {"schema_version": "1.0"}},
        "onestop_core.kpi.load_index": {"source": resources.data("vn/kpi/vn-766-portal-2026")},
        "onestop_core.kpi.score_document": {
            "source": {"schema_version": "1.0", "counts": {"2.1": [1, 2]}, "index": "vn-766@portal-2026"}
        },
        "onestop_core.kpi.measures.satisfaction_by_factor": {"answers": answers},
        "onestop_core.kpi.counting.end_of_handling": {"moments": {next(iter(model.FinishedKind)): T0}},
        "onestop_core.kpi.counters.least_counters": {"share": Fraction(4, 5)},
        "onestop_core.kpi.measures.processing_time_cost": {"dossiers": 3},
        "onestop_core.kpi.measures.standard_cost": {"subjects": 3},
        "onestop_core.kpi.workload_staff": {"dossiers": 3, "minutes": 3, "productive_hours": 3},
        "onestop_core.kpi.form06.FormRow.rate": {"name": "on_time_rate"},
        "onestop_core.catalogue.Catalogue.__getitem__": {"code": "1.004222"},
        "onestop_core.catalogue.Catalogue.editions": {"code": "1.004222"},
        "onestop_core.lab.Law.machine": {"created": case().events[0]},
        "onestop_core.lab.Rates.of": {"given": {"income": "48500"}},
        "onestop_core.lab.follow": {"events": case().events, "policy": None},
        "onestop_core.lab.forecast": {"cases": (case(),), "steps": (("specialist", LIMIT),)},
        "onestop_core.lab.burdens.standing": {"logs": (), "last": date(2026, 3, 2)},
        "onestop_core.lab.replaying.Compared.late_if": {"behaviour": "as_fast"},
        "onestop_core.lab.replaying.Scores.after": {"behaviour": "as_fast"},
        "onestop_core.lab.replaying.Scores.bounds": {"metric": "2.1"},
        "onestop_core.catalogue.check": {"severities": None, "document": catalogue.dump(national())},
        "onestop_core.catalogue.check_file": {
            "severities": None,
            "path": Path(catalogue.__file__).parents[1] / "data/vn/catalogue/one-stop.json",
        },
        "onestop_core.catalogue.load": {"source": catalogue.dump(national())},
        "onestop_core.catalogue.overlay.load": {"source": local()},
        "onestop_core.catalogue.overlay.apply": {"local": local(), "national": national()},
        "onestop_core.catalogue.overlay.check": {"document": local()},
        "onestop_core.catalogue.totals": {"changes": specimens()["changes"]},
        "onestop_core.catalogue.from_tables": {"tables": catalogue.to_tables(national())},
        "onestop_core.conformance.Report.from_dict": {"document": json.loads(json.dumps(report.to_dict()))},
        "onestop_core.deadlines.WorkingHours.parse": {"text": HOURS},
        "onestop_core.deadlines.WorkingHours.from_document": {"document": hours},
        "onestop_core.deadlines.hours.Session.parse": {"text": "07:30-11:30"},
        "onestop_core.deadlines.linked_work.Plan.of": {"id": "check"},
        "onestop_core.deadlines.control_slip": {"budgets": {"processing": LIMIT}},
        "onestop_core.deadlines.agenda": {
            "limit": LIMIT,
            "soon": Fraction(1, 5),
            "limits": {"opinion": LIMIT},
            "duties": None,
            "lifecycle": None,
        },
        "onestop_core.deadlines.duties.load_duties": {"source": resources.data("vn/deadlines/duties/one-stop-decrees")},
        "onestop_core.deadlines.duties.DutyTable.rule": {"code": "transfer"},
        "onestop_core.organisation.check_units": {"units": UNITS, "law": None},
        "onestop_core.organisation.load_organisation": {"source": UNITS},
        "onestop_core.organisation.load_succession": {"source": resources.data("vn/organisation/succession/units")},
        "onestop_core.organisation.law.load_rules": {"source": resources.data("vn/organisation/rules/decree-118-2025")},
        "onestop_core.organisation.duties.load_unit_duties": {
            "source": resources.data("vn/organisation/duties/one-stop-decrees")
        },
        "onestop_core.organisation.rules": {"on": T0.date()},
        "onestop_core.organisation.may_receive": {"law": None},
        "onestop_core.organisation.duties_due": {
            "unit": "commune_centre",
            "month": "2026-02",
            "done": (),
            "table": None,
        },
        "onestop_core.organisation.publication_checklist": {
            "unit": "commune_centre",
            "answers": {"heads": True},
            "table": None,
        },
        "onestop_core.organisation.equipment_checklist": {
            "unit": "commune_centre",
            "answers": {"seats": True},
            "law": None,
        },
        "onestop_core.organisation.successors": {"code": "H02", "table": None},
        "onestop_core.organisation.predecessors": {"code": "H01", "table": None},
        "onestop_core.organisation.read_code": {"code": "H02.12-240304-0001", "table": None},
        "onestop_core.organisation.Succession.successors": {"code": "H02"},
        "onestop_core.organisation.Succession.predecessors": {"code": "H01"},
        "onestop_core.organisation.Succession.grounds": {"code": "H01"},
        "onestop_core.organisation.Organisation.unit": {"code": "H01.01"},
        "onestop_core.organisation.law.OrganisationRules.kind": {"code": "branch"},
        "onestop_core.organisation.law.OrganisationRules.task": {"code": "intake"},
        "onestop_core.deadlines.impact": {"cases": (("1", case(), LIMIT),)},
        "onestop_core.deadlines.next_due": {
            "event": dossier.event("stopped", LATER, reason="x"),
            "machine": dossier.machine("vn@decree-118-2025"),
        },
        **{f"onestop_core.desk.{act}": {"store": desk.MemoryStore()} for act in ("act", "fetch", "open_next")},
        "onestop_core.desk.form_data": {"slips": {}},
        "onestop_core.desk.notice": {"wordings": {}},
        "onestop_core.desk.lists.read_rows": {"rows": ()},
        "onestop_core.lab.Limits.cut": {"share": Fraction(1, 3)},
        "onestop_core.lab.Replay.figure": {"name": "moved"},
        "onestop_core.lab.generate": {"first": 0, "limits": None},
        "onestop_core.kpi.captures.ranking": {"by": "total"},
        "onestop_core.lab.audit": {"logs": (case(),)},
        "onestop_core.lab.replay": {"logs": (case(),), "keep": "telling"},
        "onestop_core.desk.step": {
            "event": dossier.event("stopped", LATER, reason="x"),
            "machine": dossier.machine("vn@decree-118-2025"),
            "expected_version": None,
        },
        **{
            f"onestop_core.model.Clock.{act}": {"at": LATER, "promise": LATER, "by": None, "reason": "x"}
            for act in ("extend", "promise", "reschedule", "restart", "stop")
        },
        "onestop_core.model.Clock.pause": {"at": LATER},
        "onestop_core.model.Clock.take": {"act": "restart", "at": LATER, "promise": LATER, "by": None},
        "onestop_core.model.ProcedureCode.parse": {"text": "1.004222"},
        "onestop_core.model.DossierCode.parse": {"text": "H26.12-260212-0001"},
        "onestop_core.model.AgencyCode.parse": {"text": "H26.12"},
        "onestop_core.model.parse_moment": {"text": "2026-03-02T09:00+07:00"},
        "onestop_core.model.FrozenMap.__getitem__": {"key": "a"},
        "onestop_core.rules.Dated.on": {"day": MONTH.first},
        "onestop_core.text.nfc": {"value": "hồ sơ"},
        "onestop_core.workdays.Calendar.count": {"after": MONTH.first, "through": MONTH.last},
        "onestop_core.workdays.reception": {"decisions": DECISION},
    }


UNITS: Final = province(commune())
LATER: Final = T0 + timedelta(days=90)
"""After everything that happened to the specimens."""


@cache
def _samples() -> Mapping[str, object]:
    return MappingProxyType({kind.__name__: value for kind, value in by_class().items()})


_PLAIN: Final[Mapping[str, object]] = {
    "datetime": datetime(2026, 3, 2, 2, tzinfo=UTC), "date": date(2026, 3, 2), "bool": True, "int": 3, "str": "x",
    "Decimal": 3, "Fraction": 3,
}  # fmt: skip


def _meant(door: str, parameter: inspect.Parameter) -> object:
    """Return a value that *parameter* takes, as far as its name and annotation tell."""
    special = _special().get(door, {})
    if parameter.name in special:
        return special[parameter.name]
    words = re.findall(r"[A-Za-z_]\w*", str(parameter.annotation).rpartition("[")[2] or str(parameter.annotation))
    for word in words:
        if word in _samples():
            found = _samples()[word]
            return (found,) if re.search(r"Iterable|Sequence|tuple", str(parameter.annotation)) else found
    names = _by_name()
    if parameter.name in names:
        return names[parameter.name]
    if parameter.default is not parameter.empty:
        return parameter.default
    return next((_PLAIN[word] for word in words if word in _PLAIN), None)


def _signature(call: Callable[..., object]) -> tuple[inspect.Parameter, ...]:
    skipped = (inspect.Parameter.VAR_KEYWORD,)
    return tuple(each for each in inspect.signature(call).parameters.values() if each.kind not in skipped)


def _door(name: str, call: Callable[..., object], lawful: Mapping[str, object] | None = None) -> Door:
    parameters = _signature(call)
    given = {each.name: _meant(name, each) for each in parameters if lawful is None or each.name not in lawful}
    return Door(name, call, {**given, **(lawful or {})}, parameters)


def _fields(value: object) -> dict[str, object]:
    return {
        field.alias: getattr(value, field.name)
        for field in attrs.fields(type(value))  # type: ignore[arg-type]
        if field.init and hasattr(value, field.name)
    }


def _of_class(name: str, kind: type) -> Iterator[Door]:
    if getattr(kind, "_is_protocol", False) or inspect.isabstract(kind):
        return
    specimen = by_class().get(kind)
    if issubclass(kind, enum.Enum):
        yield Door(
            name,
            kind,
            {"value": next(iter(kind)).value},
            tuple(inspect.signature(lambda value: value).parameters.values()),
        )
    else:
        yield _door(name, kind, _fields(specimen) if specimen is not None and attrs.has(kind) else None)
    for member, static in ((each, inspect.getattr_static(kind, each)) for each in dir(kind)):
        if member.startswith("_") and member not in DUNDERS:
            continue
        on_class = isinstance(static, classmethod | staticmethod)
        function = getattr(static, "__func__", static)
        if not isinstance(function, FunctionType) or not function.__module__.startswith("onestop_core"):
            continue
        if on_class or specimen is not None:
            yield _door(f"{name}.{member}", getattr(kind if on_class else specimen, member))


@cache
def doors() -> tuple[Door, ...]:
    """Return every door: public functions, constructors, class methods, and methods of a specimen."""
    found: list[Door] = []
    for name, value in shown().items():
        if name in NOT_CALLED or not callable(value) or typing.get_origin(value) is not None:
            continue
        if isinstance(value, type):
            found += _of_class(name, value)
        else:
            found.append(_door(name, value))
    return tuple(found)


def _call(door: Door, given: Mapping[str, object]) -> object:
    positional = [given[p.name] for p in door.parameters if p.kind is p.POSITIONAL_ONLY]
    several = [each for p in door.parameters if p.kind is p.VAR_POSITIONAL for each in _many(given[p.name])]
    named = {p.name: given[p.name] for p in door.parameters if p.kind in {p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY}}
    if several:  # what stands before *several* can only be given by its place
        before = [p.name for p in door.parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
        positional += [named.pop(name) for name in before]
    return door.call(*positional, *several, **named)


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _use(result: object) -> None:
    """Look at what came out, as a host would: read on, print it, put it into a set, ask its properties."""
    if inspect.isgenerator(result):
        for _ in zip(range(5), result, strict=False):
            pass
    if not type(result).__module__.startswith("onestop_core"):
        return
    repr(result)
    str(result)
    assert result == result  # noqa: PLR0124
    hash(result)
    for name in dir(type(result)):
        static = inspect.getattr_static(type(result), name)
        if not name.startswith("_") and isinstance(static, property):
            getattr(result, name)
    for name in ("to_dict", "to_json"):
        method = getattr(result, name, None)
        if isinstance(method, MethodType):
            method()


def _words(error: Exception) -> str:
    try:
        return str(error)[:80]
    except Exception:  # noqa: BLE001 - it holds the hostile value
        return "it cannot even be printed"


def is_lawful(door: Door) -> str | None:
    """Return what a door says to its lawful arguments: None if it takes them."""
    try:
        _call(door, door.lawful)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return f"{type(error).__name__}: {_words(error)}"
    return None


def attempts(door: Door) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield hostile calls of *door*: each value in each place, and a few with hostile values everywhere."""
    makers = {**HOSTILE, **of_other_packages()}
    chance = random.Random(door.name)
    began = time.perf_counter()
    is_lawful(door)
    cheap = time.perf_counter() - began <= CHEAP
    for parameter in door.parameters:
        names = list(makers) if cheap else chance.sample(list(makers), FEW)
        if isinstance(door.call, enum.EnumType):
            # An enumeration of Python looks a value up, and shows it, before it can refuse it.
            names = [each for each in names if each not in UNSEEN]
        for name in names:
            yield f"{parameter.name}={name}", {**door.lawful, parameter.name: makers[name]()}
    if len(door.parameters) > 1:
        for _ in range(FEW):
            picked = {parameter.name: chance.choice(list(makers)) for parameter in door.parameters}
            yield (
                ", ".join(f"{key}={name}" for key, name in picked.items()),
                {k: makers[n]() for k, n in picked.items()},
            )


def attack(door: Door) -> tuple[int, list[Fault]]:
    """Return how many calls were made, and from which something raw came out."""
    faults: list[Fault] = []
    made = 0
    for given, arguments in attempts(door):
        made += 1
        try:
            with _bounded():
                result = _call(door, arguments)
                # What only hands back what it was given is not to blame for it.
                if not any(result is each for each in arguments.values()):
                    _use(result)
        except OnestopError:
            pass
        except FROM_OUTSIDE as error:
            if not any(word in given for word in ("path", "source", "document", "index", "local", "figures")):
                faults.append(Fault(door.name, given, type(error).__name__))
        except TooLongError:
            faults.append(Fault(door.name, given, f"no end within {PATIENCE:.0f} s"))
        except Malice:
            # What a host's own iterator or mapping throws when it is read is the host's, and passes through.
            if not re.search("failing iterator|Silent", given):
                faults.append(Fault(door.name, given, "Malice"))
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            faults.append(Fault(door.name, given, f"{type(error).__name__}: {_words(error)}"))
    return made, faults


def rooms() -> tuple[str, ...]:
    """Return the rooms that have doors."""
    return tuple(sorted({room(door.name) for door in doors()}))


def main(wanted: list[str]) -> int:
    """Print the raw errors of the *wanted* rooms, of all where none is named."""
    total = 0
    for name in wanted or rooms():
        made, found = 0, []
        for door in doors():
            if room(door.name) == name or door.name.startswith(name):
                calls, faults = attack(door)
                made += calls
                found += faults
        total += len(found)
        kinds = Counter((fault.door, fault.raised.partition(":")[0]) for fault in found)
        print(f"== {name}: {made:,} calls, {len(found):,} raw errors in {len(kinds)} kinds")  # noqa: T201
        for (door_, kind), count in sorted(kinds.items()):
            example = next(f for f in found if f.door == door_ and f.raised.partition(":")[0] == kind)
            print(f"{count:5} {example}"[:220])  # noqa: T201
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
