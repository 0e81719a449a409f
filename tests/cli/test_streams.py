"""Output that nobody takes, cannot be written or was closed beforehand; interrupts; exit codes as promised."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from onestop_core.cli import commands, main, schema
from onestop_core.cli.shell.streams import Outlet

PROGRAM = f"{sys.executable} -m onestop_core"


def shell(script: str, folder: Path) -> tuple[int, str, str]:
    done = subprocess.run(  # noqa: S603 - our own text
        ["/bin/bash", "-c", f"set -o pipefail\n{script}"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "bad.json").write_text('{"procedures": [1, 2, 3]}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_findings_stay_findings_behind_a_pipe(bad: Path, form: str) -> None:
    code, out, err = shell(f"{PROGRAM} check bad.json --format {form} | true", bad)
    assert (code, out, err) == (1, "", "")


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    code, out, err = shell(f"{PROGRAM} calendar 2026 | head -n 1", tmp_path)
    assert (code, len(out.splitlines()), err) == (0, 1, "")


def test_closed_streams_change_neither_code_nor_place_of_the_message(bad: Path) -> None:
    assert shell(f"{PROGRAM} check bad.json >&-", bad) == (1, "", "")
    assert shell(f"{PROGRAM} calendar 2026 --format ics >&-", bad) == (0, "", "")
    assert shell(f"{PROGRAM} schema catalog 2>&-", bad) == (2, "", "")
    assert shell(f"{PROGRAM} schema <&- >&- 2>&-", bad) == (0, "", "")
    assert shell(f"{PROGRAM} check 2>&-", bad) == (2, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("command", ["schema", "calendar 2026", "--help", "check bad.json"])
def test_a_full_disk_is_said_in_one_line(bad: Path, command: str) -> None:
    code, _, err = shell(f"ONESTOP_LANG=vi {PROGRAM} {command} >/dev/full", bad)
    assert (code, len(err.splitlines())) == (2, 1)
    assert err.endswith("không ghi được kết quả: đĩa đã đầy\n")


def test_messages_that_cannot_be_written_are_dropped(bad: Path) -> None:
    assert shell(f"{PROGRAM} schema catalog 2>/dev/full", bad) == (2, "", "")


def test_a_name_that_is_no_unicode_is_shown_by_its_bytes(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"b\xff.json")).write_text("[]", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes Unicode only")
    for form in ("text", "json", "github", "sarif"):
        code, out, err = shell(f"{PROGRAM} check $'b\\xff.json' --format {form}", tmp_path)
        assert (code, "Traceback" in err, "b" in out) == (1, False, True)
    for command in ("check", "diff shipped", "dossier replay", "kpi", "import"):
        code, _, err = shell(f"{PROGRAM} {command} $'absent\\xff.json' --lang vi", tmp_path)
        assert (code, "absent\\udcff.json: không tìm thấy tệp\n" in err, "Traceback" in err) == (2, True, False)


class Failing(io.StringIO):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def write(self, words: str) -> int:
        del words
        raise self.error


def test_what_follows_a_failure_is_dropped() -> None:
    outlet = Outlet(Failing(OSError(28, "full")))
    assert (outlet.write("a"), outlet.write("b")) == (1, 1)
    assert isinstance(outlet.failure, OSError)
    assert (outlet.failure.errno, outlet.isatty(), outlet.writable()) == (28, False, True)
    gone = Outlet(Failing(BrokenPipeError()))
    print("a", file=gone)
    gone.flush()
    assert gone.failure is None
    assert Outlet(io.StringIO()).isatty() is False


def test_output_that_cannot_be_written_is_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Failing(OSError(28, "full")))
        assert main(["schema"]) == 2
    assert capsys.readouterr().err == "onestop schema: the output cannot be written: the disk is full\n"


def test_a_stream_of_a_host_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        assert main(["schema", "catalogue", "--lang", "vi"]) == 0
        assert sys.stdout is stream
    assert stream.getvalue().startswith("{")
    with monkeypatch.context() as patch:
        closed = io.StringIO()
        closed.close()
        patch.setattr(sys, "stdout", closed)
        patch.setattr(sys, "stderr", None)
        assert main(["schema", "catalog"]) == 2


# --- what ends a command early


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_interrupt_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "run", interrupted)
    assert main(["schema", "--lang", language]) == 130
    out, err = capsys.readouterr()
    assert (out, err) == ("", {"en": "onestop schema: interrupted\n", "vi": "onestop schema: đã bị ngắt\n"}[language])


def test_an_interrupt_while_the_program_loads_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupting(dict[str, object]):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "onestop_core.cli.commands", Interrupting())
    assert main(["schema"]) == 130


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_is_an_exit_code_and_is_ours_no_longer_afterwards(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip(f"there is no {name} here")

    def ended(_: object) -> int:
        os.kill(os.getpid(), number)
        return 0

    monkeypatch.setattr(schema, "run", ended)
    before = signal.signal(number, signal.SIG_DFL)
    try:
        assert main(["schema"]) == 128 + number
        assert capsys.readouterr() == ("", "")
        assert signal.getsignal(number) is signal.SIG_DFL
    finally:
        signal.signal(number, before)


def test_a_signal_that_is_ignored_stays_ignored(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unharmed(_: object) -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    monkeypatch.setattr(schema, "run", unharmed)
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)  # nohup does so with SIGHUP
    try:
        assert main(["schema"]) == 0
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capsys.readouterr() == ("", "")


def test_a_host_keeps_its_own_signals(capsys: pytest.CaptureFixture[str]) -> None:
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(main(["schema"])))
    thread.start()
    thread.join()
    assert codes == [0]
    assert "catalogue" in capsys.readouterr().out


def test_a_fault_of_our_own_is_one_message_unless_its_place_is_wanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty(_: object) -> int:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(schema, "run", faulty)
    assert main(["schema"]) == 2
    assert capsys.readouterr().err.startswith("onestop schema: a fault of this program (ZeroDivisionError); ")
    monkeypatch.setenv("ONESTOP_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["schema"])


def test_an_error_of_the_system_names_the_file_if_there_is_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for error, said in (
        (OSError(2, "x", "a\n::error::b"), "onestop schema: a\\x0a::error::b: no such file\n"),
        (OSError(2, "x", b"raw"), "onestop schema: b'raw': no such file\n"),
        (OSError(5, "x"), "onestop schema: the disk cannot be read or written\n"),
    ):

        def failing(_: object, error: OSError = error) -> int:
            raise error

        monkeypatch.setattr(schema, "run", failing)
        assert main(["schema"]) == 2
        assert capsys.readouterr().err == said
    assert commands.parser("vi").prog == "onestop"


def test_a_calendar_is_written_where_only_text_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from onestop_core.cli.deadlines import calendar

    taken = io.StringIO()
    monkeypatch.setattr(sys, "stdout", taken)
    calendar._write("BEGIN:VCALENDAR\r\n")
    assert taken.getvalue() == "BEGIN:VCALENDAR\r\n"


def test_a_calendar_is_written_byte_by_byte_where_bytes_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from onestop_core.cli.deadlines import calendar

    taken = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(taken, encoding="utf-8", newline="\r\n"))
    calendar._write("BEGIN:VCALENDAR\r\n")
    assert taken.getvalue() == b"BEGIN:VCALENDAR\r\n"
