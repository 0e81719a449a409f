"""The command line itself: which commands there are, and what becomes of an error."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from onestop_core.__about__ import __version__
from onestop_core.cli import dossier, duties, schema, tour
from onestop_core.cli.catalogue import check, diff, exchange, overlay
from onestop_core.cli.catalogue.answers import find, quote
from onestop_core.cli.conformance import running as conformance
from onestop_core.cli.deadlines import calendar, due, verify
from onestop_core.cli.desk import form, lists, notice, triage
from onestop_core.cli.kpi import form06, index_766
from onestop_core.cli.kpi import scores as kpi
from onestop_core.cli.lab import command as lab
from onestop_core.cli.shell.common import FAILED, INTERRUPTED
from onestop_core.cli.shell.files import trouble
from onestop_core.cli.shell.parsing import Parser, chosen_language
from onestop_core.cli.shell.streams import outlets
from onestop_core.errors import OnestopError
from onestop_core.text import LANGUAGES, Language, Text, safe, shown

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from types import ModuleType

__all__ = ["parser", "run"]

_COMMANDS: Final[tuple[ModuleType, ...]] = (
    tour,
    check,
    diff,
    overlay,
    find,
    quote,
    due,
    verify,
    calendar,
    dossier,
    form,
    lab,
    duties,
    triage,
    lists,
    notice,
    kpi,
    form06,
    index_766,
    conformance,
    schema,
    exchange,
)


def parser(language: Language) -> Parser:
    """Return the parser of the whole command line, which speaks *language*."""
    top = Parser(language=language, prog="onestop")
    say = top.say
    top.description = say(
        vi="Nghiệp vụ một cửa: thủ tục, hồ sơ, thời hạn giải quyết, điểm phục vụ.",
        en="One-stop-shop logic for Vietnam: procedures, dossiers, deadlines, scores.",
    )
    top.epilog = say(
        vi="Mã kết thúc: 0 không có lỗi, 1 có phát hiện, 2 không đọc được hoặc không hợp lệ, 130 bị ngắt.",
        en="Exit codes: 0 clean, 1 findings, 2 cannot be read or used, 130 interrupted.",
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"onestop_core {__version__}",
        help=say(vi="in phiên bản rồi kết thúc", en="print the version and end"),
    )
    top.set_defaults(lang=language)
    commands = top.add_subparsers(
        title=say(vi="các lệnh", en="commands"), required=True, metavar=say(vi="LỆNH", en="COMMAND"), dest="command"
    )
    for module in _COMMANDS:
        module.register(commands)
    return top


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on *arguments* (default: those of the process) and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    with outlets() as (out, _), _ended_by_a_signal():
        code, language = _run(given)
        out.flush()
        if out.failure is not None:
            what = Text(vi="không ghi được kết quả", en="the output cannot be written")
            _complain(given, f"{what.in_(language)}: {trouble(out.failure).in_(language)}")
            return FAILED
    return code


def _run(given: list[str]) -> tuple[int, Language]:
    """Return the exit code, whatever happens, and the language in which to speak of it."""
    language: Language = "en"
    try:
        language = chosen_language(given)
        options = parser(language).parse_args(given)
        code: int = options.run(options)
    except SystemExit as stop:  # help, version, a usage error, SIGTERM
        return int(stop.code or 0), language
    except KeyboardInterrupt:
        _complain(given, Text(vi="đã bị ngắt", en="interrupted").in_(language))
        return INTERRUPTED, language
    except OnestopError as error:
        _complain(given, error.message.in_(language))
    except OSError as error:
        _complain(given, _name(error.filename) + trouble(error).in_(language))
    except Exception as error:
        if os.environ.get("ONESTOP_DEBUG"):
            raise
        kind = type(error).__name__
        said = Text(
            vi=f"chương trình có lỗi ({kind}); đặt ONESTOP_DEBUG=1 để xem chi tiết khi báo lỗi",
            en=f"a fault of this program ({kind}); ONESTOP_DEBUG=1 shows where, for a report",
        )
        _complain(given, said.in_(language))
    else:
        return code, language
    return FAILED, language


def _name(file: Any) -> str:
    if file is None:
        return ""
    return f"{safe.line(file[:200]) if isinstance(file, str) else shown(file)}: "


def _complain(given: Sequence[str], message: str) -> None:
    """Print *message* on standard error; what comes from outside moves no terminal and is no command of a CI."""
    command = next((word[:20] for word in given if not word.startswith("-") and word not in LANGUAGES), "")
    print(safe.terminal(f"{f'onestop {command}'.strip()}: {message}"), file=sys.stderr)


@contextlib.contextmanager
def _ended_by_a_signal() -> Generator[None]:
    """Let SIGTERM, and SIGHUP of a terminal that closes, end the command as an exception does.

    Programs under test are ended, half-written files removed.
    """
    ours = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
    if threading.current_thread() is threading.main_thread():
        # One that is ignored (nohup), or that somebody else takes, stays so.
        ours = [number for number in ours if signal.getsignal(number) is signal.SIG_DFL]
    else:
        ours = []

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
