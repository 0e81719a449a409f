"""Everything that the library builds at first use, built at once: behind :func:`onestop_core.warm`."""

from __future__ import annotations

import importlib
import pkgutil
from threading import RLock
from typing import Any, Final

__all__ = ["warm"]

_ROOMS: Final = ("catalogue", "workdays", "dossier", "kpi", "organisation", "deadlines")
_BUILDING: Final = RLock()


def warm() -> None:
    """Load every room of the core, read every edition that ships, build calendar, machines and validators of schemas."""
    with _BUILDING:
        for room in _ROOMS:
            _load(room)
        import onestop_core as library  # noqa: PLC0415 - it is what calls us
        from onestop_core.rules.reading import resources  # noqa: PLC0415
        from onestop_core.rules.schema import schemas  # noqa: PLC0415

        library.workdays.warm()
        library.catalogue.shipped()
        library.deadlines.office_hours()
        for name in resources.data_names("vn/lifecycle"):
            library.dossier.machine(resources.data(f"vn/lifecycle/{name}")["id"])
        for index in library.kpi.editions():
            library.kpi.index(index.id)
        for name in resources.schema_names():
            schemas.check_schema({}, name)


def _load(room: str) -> None:
    """Import *room* with all that is in it, and read the editions that its modules keep."""
    from onestop_core.rules.editions import Editions  # noqa: PLC0415 - heavy, and wanted now

    package = importlib.import_module(f"onestop_core.{room}")
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        tables: list[Editions[Any]] = [each for each in vars(module).values() if isinstance(each, Editions)]
        for table in tables:
            for reference in table.ids():
                table.pinned(reference)
