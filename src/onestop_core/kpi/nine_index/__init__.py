"""The historical card of nine indices, each worth 2, 1 or 0 points: Circular 01/2018/TT-VPCP.

* :func:`card` gives a :class:`Card` that scores officials, by dossiers (:class:`HandledDossier`), and agencies, by a record
  of their own as well (:class:`AgencyRecord`); :class:`CardScore` is what comes out (``scoring``).
* :class:`CardTable` is the card as it is written: indices, points, classes (``card_table``).
"""

from onestop_core._public import publish
from onestop_core.kpi.nine_index.card_table import (
    CardClass,
    CardIndex,
    CardSubject,
    CardTable,
    PointLevel,
    SpotShare,
    Subject,
    card_names,
)
from onestop_core.kpi.nine_index.scoring import (
    AgencyRecord,
    Card,
    CardScore,
    HandledDossier,
    IndexScore,
    Pace,
    PointTally,
    card,
)

__all__ = [
    "AgencyRecord",
    "Card",
    "CardClass",
    "CardIndex",
    "CardScore",
    "CardSubject",
    "CardTable",
    "HandledDossier",
    "IndexScore",
    "Pace",
    "PointLevel",
    "PointTally",
    "SpotShare",
    "Subject",
    "card",
    "card_names",
]

publish(globals())
