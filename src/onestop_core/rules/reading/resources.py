"""The one reader of what ships with the library: law tables, cases and schemas.

Schemas live at the top of the repository, because they are a contract for every language. The wheel
carries them as ``onestop_core/schemas``; an editable install and a checkout do not, so the reader falls
back to the checkout. Everything is read through ``importlib.resources`` and works from a zipped wheel.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onestop_core.errors import UnknownCodeError
from onestop_core.rules.reading.documents import parse_json
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["data", "data_names", "frozen_names", "frozen_schema", "schema", "schema_names", "schema_text"]


def _package() -> Traversable:
    from importlib.resources import files  # noqa: PLC0415 - heavy, loaded on first use

    return files("onestop_core")


def _schema_folder() -> Traversable:
    packaged = _package() / "schemas"
    if packaged.is_dir():
        return packaged
    return Path(str(_package())).parents[1] / "schemas"


def data_names(folder: str) -> tuple[str, ...]:
    """Return the sorted names (without ``.json``) of the packaged documents in *folder*.

    >>> "one-stop" in data_names("vn/catalogue")
    True
    """
    names = (entry.name for entry in _package().joinpath("data", *folder.split("/")).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def data(name: str) -> Any:
    """Return the packaged document *name*, such as ``vn/catalogue/one-stop``, as parsed JSON; the caller owns it.

    >>> data("vn/calendar/2026")["working_days"]
    249

    Raises:
        UnknownCodeError: nothing of that name is shipped.
    """
    folder, _, leaf = name.rpartition("/")
    entry = _package().joinpath("data", *folder.split("/"), f"{leaf}.json")
    if not entry.is_file():
        raise UnknownCodeError(kind=Text(vi="dữ liệu kèm theo", en="packaged document"), value=name)
    return parse_json(entry.read_bytes(), source=name)


def schema_names() -> tuple[str, ...]:
    """Return the sorted names of the published schemas.

    >>> "catalogue" in schema_names()
    True
    """
    suffix = ".schema.json"
    names = (entry.name for entry in _schema_folder().iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in names if name.endswith(suffix)))


def schema_text(name: str) -> str:
    """Return the published schema *name*, such as ``catalogue``, exactly as written.

    >>> "https://json-schema.org/draft/2020-12/schema" in schema_text("catalogue")
    True

    Raises:
        UnknownCodeError: there is no schema of that name.
    """
    if name not in schema_names():
        raise UnknownCodeError(
            kind=Text(vi="lược đồ", en="schema"), value=name, suggestions=closest(name, schema_names())
        )
    return (_schema_folder() / f"{name}.schema.json").read_text(encoding="utf-8")


@cache
def schema(name: str) -> Any:
    """Return the published schema *name* as parsed JSON; not to be changed."""
    return parse_json(schema_text(name), source=f"{name}.schema.json")


def frozen_names() -> tuple[str, ...]:
    """Return the sorted names and versions of the frozen schemas, each a published schema as it once stood.

    >>> frozen_names()
    ('catalogue-1.0',)
    """
    suffix = ".schema.json"
    names = (entry.name for entry in (_schema_folder() / "frozen").iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in names if name.endswith(suffix)))


def frozen_schema(name: str) -> Any:
    """Return the frozen schema *name*, such as ``catalogue-1.0``, as parsed JSON; the caller owns it.

    It is one document whose references all stay within it.

    >>> frozen_schema("catalogue-1.0")["properties"]["schema_version"]["const"]
    '1.0'

    Raises:
        UnknownCodeError: no schema of that name and version was frozen.
    """
    if name not in frozen_names():
        raise UnknownCodeError(
            kind=Text(vi="lược đồ đã chốt", en="frozen schema"), value=name, suggestions=closest(name, frozen_names())
        )
    text = (_schema_folder() / "frozen" / f"{name}.schema.json").read_text(encoding="utf-8")
    return parse_json(text, source=f"{name}.schema.json")
