"""Every dossier that a lifecycle allows, held to properties that are data; what breaks one is a log.

* ``proofs``: :func:`prove`, which does it; a :class:`Proof` says what was explored and which properties hold.
* ``properties``: the table of properties: :class:`Property`, its :class:`PropertyKind`, :func:`load_properties`.
* ``openings``: under which policies and in which ways a dossier is opened.
* ``attempts``: which events are tried on a dossier, with which moment and appointment.
* ``configurations``: what of a dossier can still matter; two that agree in it go the same ways.
* ``exploring``: the walk through all configurations, the shortest log to each first.
* ``beside``: axes that no condition looks at, walked through beside the rest.
* ``judging``: how each kind of property is judged, and ``duties`` those about the table of duties; ``findings``: what they find.
"""

from onestop_core._public import publish
from onestop_core.lab.proving.findings import Violation
from onestop_core.lab.proving.proofs import Explored, Outcome, Proof, prove
from onestop_core.lab.proving.properties import Property, PropertyKind, PropertyTable, load_properties, properties

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
]

publish(globals())
