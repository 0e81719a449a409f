"""The logic a one-stop shop must get right: catalogue, dossier, working days, deadlines, KPIs.

The sub-modules are the API; each is loaded on first use, so ``import onestop_core`` costs little:

>>> from onestop_core import workdays
>>> from datetime import date
>>> workdays.calendar("vn-civil").add(date(2026, 2, 12), 5)
datetime.date(2026, 2, 26)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from onestop_core.__about__ import __version__

if TYPE_CHECKING:
    from types import ModuleType

    from onestop_core import (
        catalogue,
        conformance,
        deadlines,
        desk,
        dossier,
        errors,
        kpi,
        lab,
        model,
        organisation,
        workdays,
    )

__all__ = [
    "__version__",
    "catalogue",
    "conformance",
    "deadlines",
    "desk",
    "dossier",
    "errors",
    "kpi",
    "lab",
    "model",
    "organisation",
    "warm",
    "workdays",
]


def warm() -> None:
    """Build ahead of time all that is otherwise built at first use, so that no first request waits for it.

    For servers, before they take requests or fork; safe to call from many threads, and cheap the second time. It
    takes a good second; nothing needs it.

    >>> import onestop_core
    >>> onestop_core.warm()
    """
    from onestop_core._warming import warm as build  # noqa: PLC0415 - it loads everything

    build()


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return importlib.import_module(f"{__name__}.{name}")
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__
