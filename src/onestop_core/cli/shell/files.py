"""Files on the command line: written beside and renamed; what is the matter with one is said in words of our own."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["input_file", "trouble", "write_file", "write_files"]

_NOT_A_FILE: Final = errno.ESPIPE

_TROUBLES: Final[dict[int, Text]] = {
    errno.ENOENT: Text(vi="không tìm thấy tệp", en="no such file"),
    errno.ENOTDIR: Text(vi="không phải thư mục", en="not a folder"),
    errno.EISDIR: Text(vi="là thư mục, không phải tệp", en="a folder, not a file"),
    errno.ENOTEMPTY: Text(vi="thư mục đã có tệp khác", en="the folder holds other files"),
    errno.EEXIST: Text(vi="đã có tệp cùng tên", en="there is a file of that name"),
    errno.EACCES: Text(vi="không có quyền truy cập", en="access is denied"),
    errno.EPERM: Text(vi="không có quyền truy cập", en="access is denied"),
    errno.EROFS: Text(vi="chỉ được đọc, không được ghi", en="can be read, not written"),
    errno.ENOSPC: Text(vi="đĩa đã đầy", en="the disk is full"),
    errno.EDQUOT: Text(vi="đã hết dung lượng được cấp", en="the disk quota is used up"),
    errno.EFBIG: Text(vi="tệp quá lớn", en="the file is too large"),
    errno.ENAMETOOLONG: Text(vi="tên tệp quá dài", en="the name is too long"),
    errno.ELOOP: Text(vi="liên kết vòng", en="its links lead in a circle"),
    errno.EMFILE: Text(vi="mở quá nhiều tệp cùng lúc", en="too many files are open"),
    errno.EINVAL: Text(vi="tên tệp không hợp lệ", en="no name of a file"),
    errno.EBADF: Text(vi="không ghi được", en="it cannot be written to"),
    errno.EIO: Text(vi="lỗi đọc hoặc ghi đĩa", en="the disk cannot be read or written"),
    _NOT_A_FILE: Text(vi="là đường ống, không phải tệp", en="a pipe, not a file"),
}
_OTHER: Final = Text(vi="không đọc hoặc ghi được", en="it cannot be read or written")


def trouble(error: OSError) -> Text:
    """Return what is the matter with a file, without its name.

    >>> trouble(FileNotFoundError(2, "No such file or directory")).vi
    'không tìm thấy tệp'
    """
    return _TROUBLES.get(error.errno or 0, _OTHER)


def input_file(name: str) -> str:
    """Return *name* unless it is one that cannot be opened, or a pipe for whose other end one could wait for ever.

    A type for arguments. What a shell hands over as ``<(command)``, ``/dev/fd/63``, is a pipe with both ends and passes;
    whether a file exists is found out when it is read.

    Raises:
        OSError: a named pipe, or no possible name.
    """
    if "\0" in name or not name:
        raise OSError(errno.EINVAL, "not a name", name)
    try:
        is_pipe = stat.S_ISFIFO(Path(name).stat().st_mode)
    except OSError:
        return name
    if is_pipe and not name.startswith(("/dev/", "/proc/")):
        raise OSError(_NOT_A_FILE, "a pipe", name)
    return name


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write *content* (text as UTF-8, its line ends as they are) to *path*; where that fails, the old file stays.

    Raises:
        OSError: it cannot be written.
    """
    write_files([(path, content)])


def write_files(contents: Iterable[tuple[str | Path, str | bytes]]) -> None:
    """Write several files that belong together: none takes its name before all are written.

    Raises:
        OSError: one cannot be written.
    """
    beside: list[tuple[Path, Path]] = []
    try:
        for name, content in contents:
            if "\0" in str(name):
                raise OSError(errno.EINVAL, "not a name", str(name))
            # Through a link, the file it leads to is written, and the link stays.
            path = Path(os.path.realpath(name))
            data = content.encode() if isinstance(content, str) else content
            if path.exists() and not path.is_file():
                path.write_bytes(data)  # a terminal, a pipe, /dev/null: nothing can take its place
                continue
            if path.exists() and not os.access(path, os.W_OK):
                # A rename would replace what its owner protected.
                raise PermissionError(errno.EACCES, "protected", str(path))
            part = path.with_name(f".onestop-{secrets.token_hex(8)}.part")
            beside.append((part, path))
            _write(part, path, data)
        for part, path in beside:
            part.replace(path)
    finally:
        for part, _ in beside:
            part.unlink(missing_ok=True)


def _write(part: Path, path: Path, data: bytes) -> None:
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o7777)
    except OSError as error:
        # The user named the one file, and has never heard of the other.
        raise OSError(error.errno, error.strerror, str(path)) from None
