"""What people write on a command line: moments of Vietnamese time, and roles by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.errors import UnknownCodeError
from onestop_core.text import Text
from onestop_core.text.sorting import plain_letters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from onestop_core.lab import Law

__all__ = ["role_name", "role_of", "when"]


def when(text: str, option: str) -> datetime:
    """Return the moment that was given for *option*; without an offset it is of Vietnamese time.

    Raises:
        InvalidValueError: it is no moment.
    """
    from onestop_core.lab.reading.mapping import moment_of  # noqa: PLC0415 - only the command that runs is loaded

    return moment_of(text, option)


def role_of(word: str, law: Law) -> str:
    """Return the code of a role that is named by its code or in words, with or without marks.

    Raises:
        UnknownCodeError: there is no such role.
    """
    names = _names(law)
    wanted = plain_letters(word).strip()
    for code, name in names.items():
        if wanted in {code, plain_letters(name.vi), plain_letters(name.en)}:
            return code
    raise UnknownCodeError.among(Text(vi="vai trò", en="role"), word, names)


def role_name(code: str | None, law: Law) -> Text:
    """Return what a role is called; nothing where nobody is named."""
    return _names(law).get(code or "", Text(vi=code or "", en=code or ""))


def _names(law: Law) -> Mapping[str, Text]:
    """Return the roles of the law's own table and of all editions that ship, as the latest that has them names them."""
    from onestop_core import dossier  # noqa: PLC0415 - only the command that runs is loaded

    tables = [dossier.lifecycle.find(edition.reference) for edition in dossier.lifecycle.editions()]
    tables.sort(key=lambda table: (table.id.startswith("vn@"), table.in_force_from))
    if isinstance(law.lifecycle, dossier.Lifecycle):
        tables.append(law.lifecycle)
    return {code: name for table in tables for code, name in table.roles.items()}
