"""Standard output and standard error that a command may write to, whatever is at their other end."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["Outlet", "outlets"]


class Outlet(io.TextIOBase):
    r"""A stream that a command writes to without fear: once it fails, what follows is dropped.

    A reader that has seen enough (``head``, ``less``) is no failure, and the command still works out its exit code.

    >>> stream = io.StringIO()
    >>> print("words", file=Outlet(stream))
    >>> stream.getvalue()
    'words\n'
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.failure: OSError | None = None
        """Why output is missing; None where nobody wanted it."""

    def write(self, words: str) -> int:
        """Write *words*, or drop them."""
        self._do("write", words)
        return len(words)

    def flush(self) -> None:
        """Hand on what was written."""
        self._do("flush")

    def _do(self, what: str, *words: str) -> None:
        if self._stream is None:
            return
        try:
            getattr(self._stream, what)(*words)
        except OSError as error:
            # Windows calls a reader that has gone an invalid argument.
            if not isinstance(error, BrokenPipeError) and not (os.name == "nt" and error.errno == errno.EINVAL):
                self.failure = error
            _drain(self._stream)
            self._stream = None

    def isatty(self) -> bool:
        """Whether a person sees it."""
        return self._stream is not None and self._stream.isatty()

    def writable(self) -> bool:
        """Yes, whatever comes of it."""
        return True


def _drain(stream: TextIO) -> None:
    """Let what *stream* still holds go nowhere, or the interpreter would try again, and complain, when it ends."""
    with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


@contextlib.contextmanager
def outlets() -> Generator[tuple[Outlet, Outlet]]:
    """Put outlets in place of standard output and standard error, both in UTF-8 with plain line feeds.

    A stream that was closed before the command began (``>&-``) takes nothing and fails nothing.
    """
    with contextlib.ExitStack() as stack:
        out, err = (Outlet(_usable(stream, stack)) for stream in (sys.stdout, sys.stderr))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        yield out, err


def _usable(stream: TextIO | None, stack: contextlib.ExitStack) -> TextIO | None:
    if stream is None or stream.closed:
        # Its number would go to the next file that is opened, and that file would get what a library prints.
        stack.callback(Path(os.devnull).open("wb").close)  # noqa: SIM115 - the stack closes it
        return None
    reconfigure: Any = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        # Vietnamese must come out whole on a console that would rather have another encoding, and the line ends of
        # a format are part of it on every platform. A name that is no Unicode is shown by its bytes.
        with contextlib.suppress(OSError):
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return stream
