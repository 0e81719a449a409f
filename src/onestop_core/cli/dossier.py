"""``onestop dossier``: replay an event log, draw the lifecycle that judges it, or prove its properties (``lab.proving``)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from onestop_core.cli.lab import proving
from onestop_core.cli.shell.common import CLEAN, FAILED, add_format, language_of, print_json, read_date
from onestop_core.cli.shell.files import input_file, trouble
from onestop_core.errors import InvalidValueError, OnestopError
from onestop_core.rules.reading import resources
from onestop_core.rules.reading.documents import read_json
from onestop_core.text import moment_text, safe

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say
    from onestop_core.dossier import Dossier, Lifecycle
    from onestop_core.text import Language

__all__ = ["register", "run_diagram", "run_export", "run_replay"]


def register(commands: Any) -> None:
    """Add the command and its parts to the command line."""
    say: Say = commands.say
    parts = commands.add_parser(
        "dossier",
        help=say(vi="chạy lại nhật ký sự kiện; vẽ vòng đời hồ sơ", en="replay an event log; draw a lifecycle"),
    ).add_subparsers(required=True, metavar=say(vi="PHẦN", en="PART"), dest="part")
    replay = parts.add_parser(
        "replay",
        help=say(
            vi="chạy nhật ký sự kiện qua vòng đời có hiệu lực khi mở hồ sơ",
            en="run an event log through the lifecycle in force when it was opened",
        ),
    )
    replay.add_argument(
        "file",
        type=input_file,
        metavar=say(vi="NHẬT-KÝ.json", en="EVENTS.json"),
        help=say(vi="tài liệu theo lược đồ “event-log”", en="document of the schema event-log"),
    )
    replay.add_argument(
        "--no-judge",
        action="store_true",
        help=say(
            vi="coi nhật ký là việc đã qua, không xét lại điều kiện nào",
            en="take the log as accepted history: no condition is asked about again",
        ),
    )
    replay.add_argument(
        "--sealed",
        action="store_true",
        help=say(
            vi="từ chối nhật ký không có chuỗi băm niêm phong",
            en="refuse a log without a seal",
        ),
    )
    replay.add_argument(
        "--last-link",
        metavar=say(vi="MẮT-XÍCH", en="LINK"),
        help=say(
            vi="mắt xích cuối của chuỗi băm, giữ ở nơi khác; nhật ký phải kết thúc bằng mắt xích này",
            en="last link of the seal as it was kept elsewhere; the log must end with it",
        ),
    )
    replay.add_argument(
        "--lifecycle",
        type=input_file,
        metavar=say(vi="BẢNG.json", en="TABLE.json"),
        help=say(
            vi="bảng vòng đời của riêng bạn, khi nhật ký theo bảng đó",
            en="a table of your own, if the log runs under it",
        ),
    )
    add_format(replay, "text", "json")
    replay.set_defaults(run=run_replay)

    export = parts.add_parser(
        "export", help=say(vi="xuất nhật ký sự kiện để khai phá quy trình", en="write event logs for process mining")
    )
    export.add_argument(
        "files",
        nargs="+",
        type=input_file,
        metavar=say(vi="NHẬT-KÝ.json", en="EVENTS.json"),
        help=say(vi="các tài liệu theo lược đồ “event-log”", en="documents of the schema event-log"),
    )
    add_format(export, "ocel", "xes")
    export.set_defaults(run=run_export)

    diagram = parts.add_parser(
        "diagram", help=say(vi="vẽ vòng đời hồ sơ từ bảng quy định", en="draw the lifecycle from its table")
    )
    diagram.add_argument(
        "--lifecycle",
        default="vn",
        metavar=say(vi="MÃ|BẢNG.json", en="ID|TABLE.json"),
        help=say(
            vi="chẳng hạn vn (nếu không nêu), vn@decree-61-2018 hoặc bảng của riêng bạn",
            en="such as vn (default), vn@decree-61-2018 or a table of your own",
        ),
    )
    diagram.add_argument(
        "--on",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="phiên bản có hiệu lực vào ngày đó", en="the edition in force that day"),
    )
    add_format(diagram, "mermaid", "dot", "scxml", "svg", "table", "json")
    diagram.set_defaults(run=run_diagram)

    proving.register(parts, "verify")


def run_replay(options: argparse.Namespace) -> int:
    """Replay the log and print where the dossier stands."""
    from onestop_core import dossier  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.dossier.events.redacted import digest_of  # noqa: PLC0415

    last_link = None if options.last_link is None else digest_of(options.last_link, "--last-link")
    own = None if options.lifecycle is None else dossier.load_lifecycle(options.lifecycle)
    case = dossier.replay(
        options.file, lifecycle=own, judge=not options.no_judge, sealed=options.sealed, last_link=last_link
    )
    if options.format == "json":
        print_json(_as_dict(case, own))
    else:
        for line in _lines(case, language_of(options), own):
            print(safe.line(line))
    return CLEAN


def run_export(options: argparse.Namespace) -> int:
    """Print the logs as one OCEL 2.0 (JSON) or XES document; all of them, or nothing but what is wrong with each file."""
    from onestop_core import dossier  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    cases: list[Dossier] = []
    for file in options.files:
        try:
            cases.append(dossier.replay(file))
        except OnestopError as error:
            print(safe.terminal(f"onestop dossier: {error.message.in_(language)}"), file=sys.stderr)
        except OSError as error:
            print(safe.terminal(f"onestop dossier: {file}: {trouble(error).in_(language)}"), file=sys.stderr)
    if len(cases) < len(options.files):
        return FAILED
    if options.format == "xes":
        print(safe.markup(dossier.process_mining.to_xes(cases)), end="")
    else:
        print_json(dossier.process_mining.to_ocel(cases))
    return CLEAN


def run_diagram(options: argparse.Namespace) -> int:
    """Print the lifecycle as Mermaid, Graphviz DOT, SCXML, a Markdown table, or the document itself to edit a copy of."""
    from onestop_core import dossier  # noqa: PLC0415 - only the command that runs is loaded

    day = read_date(options.on, "--on") if options.on else None
    name: str = options.lifecycle
    own = name.endswith(".json")
    if day is None and "@" not in name and not own:
        raise InvalidValueError.of(
            "--lifecycle",
            name,
            vi="chỉ rõ --on NGÀY, hoặc phiên bản, như --lifecycle vn@decree-118-2025",
            en="--on DATE beside it, or an edition, such as --lifecycle vn@decree-118-2025",
        )
    machine = dossier.machine(dossier.load_lifecycle(name) if own else name, on=day)
    language = language_of(options)
    match options.format:
        case "dot":
            print(dossier.render.dot(machine, language=language))
        case "svg":
            print(dossier.render.svg(machine, language=language), end="")
        case "scxml":
            print(safe.markup(dossier.render.scxml(machine)), end="")
        case "json":
            edition = machine.lifecycle.reference.partition("@")[2]
            print_json(read_json(name) if own else resources.data(f"vn/lifecycle/{edition}"))
        case "table":
            print(dossier.render.table(machine, language=language))
        case _:
            print(dossier.render.mermaid(machine, language=language))
    return CLEAN


def _as_dict(case: Dossier, own: Lifecycle | None) -> dict[str, Any]:
    from onestop_core import dossier  # noqa: PLC0415
    from onestop_core.rules.converter import unstructure  # noqa: PLC0415

    holder = dossier.holder(case, case.events[-1].at, lifecycle=own)
    return {
        "id": case.id,
        "procedure": case.procedure,
        "lifecycle": case.lifecycle,
        "state": case.state,
        "portal_status": dossier.portal_status(case),
        "version": case.version,
        "due": case.appointment.isoformat() if case.appointment else None,
        "axes": case.axes,
        "holder": unstructure(holder) if holder is not None else None,
        "linked_work": unstructure(case.tasks),
        "clock": unstructure(case.clock),
        "appointments": unstructure(case.appointments),
        "struck": list(case.struck),
        "redacted": [
            {"event": number, "field": field, "at": record.at.isoformat(), "ground": record.ground}
            for number, event in enumerate(case.events)
            for field, record in sorted(event.redacted.items())
        ],
    }


def _coded(name: str, code: str, language: Language) -> str:
    """Return a name; in English with the code, which programs write, in Vietnamese as officers say it."""
    return name if language == "vi" else f"{name} ({code})"


def _lines(case: Dossier, language: Language, own: Lifecycle | None) -> list[str]:
    from onestop_core import dossier  # noqa: PLC0415
    from onestop_core.dossier.lifecycle.editions import CREATED_NAME  # noqa: PLC0415

    machine = dossier.machine(case.lifecycle if own is None else own)
    states = {state.code: state.name.in_(language) for state in machine.lifecycle.states}
    events = {event.code: event.name.in_(language) for event in machine.lifecycle.events}
    opened = CREATED_NAME.in_(language)
    struck = {"vi": " (đã hủy)", "en": " (struck)"}[language]
    steps = [
        f"{moment_text(event.at).in_(language)}  {_coded(events.get(event.kind, opened), event.kind, language)} → {states[state]}"
        f"{struck if number in case.struck else ''}"
        for number, (event, state) in enumerate(zip(case.events, case.states, strict=True))
    ]
    fields = {row.field: row.name.in_(language) for row in dossier.events.row_table().personal}
    taken_out = [
        {
            "vi": f"Đã che ở sự kiện số {number}: {fields.get(name, name)}; {moment_text(record.at).vi}; {record.ground}",
            "en": f"Redacted in event number {number}: {fields.get(name, name)}; {moment_text(record.at).en}; {record.ground}",
        }[language]
        for number, event in enumerate(case.events)
        for name, record in sorted(event.redacted.items())
    ]
    portal = dossier.portal_status(case)
    now = {"vi": "Trạng thái", "en": "State"}[language]
    code = {"vi": "Mã trên Cổng Dịch vụ công quốc gia", "en": "National portal code"}[language]
    appointment = {"vi": "Ngày hẹn trả kết quả", "en": "Appointment"}[language]
    axes = {axis.code: axis for axis in machine.lifecycle.axes}
    beside = [
        f"{axes[code].name.in_(language)}: {_coded(name.in_(language), state, language)}"
        for code, state in case.axis_states
        for name in [next(each.name for each in axes[code].states if each.code == state)]
    ]
    return [
        f"{case.id} · {case.procedure} · {case.lifecycle}",
        *steps,
        f"{now}: {_coded(states[case.state], case.state, language)}",
        *([f"{code}: {portal} ({dossier.portal.status_name(portal).in_(language)})"] if portal is not None else []),
        *beside,
        *([f"{appointment}: {moment_text(case.appointment).in_(language)}"] if case.appointment else []),
        *taken_out,
    ]
