"""Laws under the glass: what a table of law leads to, proved rather than tried.

* ``proving``: every dossier that a lifecycle allows, held to properties: :func:`prove`, :class:`Proof`.
"""

from onestop_core._public import publish
from onestop_core.lab import proving
from onestop_core.lab.proving import (
    Explored,
    Outcome,
    Proof,
    Property,
    PropertyKind,
    PropertyTable,
    Violation,
    load_properties,
    properties,
    prove,
)

__all__ = [
    "Explored",
    "Outcome",
    "Proof",
    "Property",
    "PropertyKind",
    "PropertyTable",
    "Violation",
    "load_properties",
    "properties",
    "prove",
    "proving",
]

publish(globals())
