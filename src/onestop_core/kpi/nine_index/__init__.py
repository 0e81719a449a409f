"""The historical card of nine indices, each worth 2, 1 or 0 points: Circular 01/2018/TT-VPCP.

* :func:`card` gives a :class:`Card` that scores officials, by dossiers (:class:`HandledDossier`), and agencies, by a record
  of their own as well (:class:`AgencyRecord`, ``records``); :class:`CardScore` is what comes out (``scoring``).
* :class:`PointTally` adds up what dossiers earn, with the bounds of what is unknown (``point_tallies``).
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
from onestop_core.kpi.nine_index.point_tallies import IndexPoints, PointTally
from onestop_core.kpi.nine_index.records import AgencyRecord, HandledDossier, Pace
from onestop_core.kpi.nine_index.scoring import Card, CardScore, IndexScore, card

__all__ = [
    "AgencyRecord",
    "Card",
    "CardClass",
    "CardIndex",
    "CardScore",
    "CardSubject",
    "CardTable",
    "HandledDossier",
    "IndexPoints",
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
