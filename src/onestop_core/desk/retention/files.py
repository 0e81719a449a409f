"""What is kept: a file with how and when its work ended, and the documents in it that have periods of their own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core._public import gated
from onestop_core.dossier import Dossier
from onestop_core.errors import InvalidValueError
from onestop_core.model import FinishedKind, FrozenMap, day_of, plain_day
from onestop_core.model.series import each_of, instance, mapping_of
from onestop_core.model.words import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["WORK_ENDED", "KeptDocument", "KeptFile", "kept_file"]

WORK_ENDED: Final = "work_ended"
"""The event from which a period counts unless its row says another."""
_LONGEST: Final = 200


def _name(value: object, what: str) -> str:
    return plain_text(value, what, longest=_LONGEST)


def _days(value: Mapping[str, date]) -> FrozenMap[str, date]:
    return mapping_of(value, date, "days")


def _documents(value: Iterable[KeptDocument]) -> tuple[KeptDocument, ...]:
    return tuple(each_of(value, KeptDocument, "documents"))


def _outcome(value: FinishedKind | str | None) -> FinishedKind | None:
    if value is None:
        return None
    try:
        return FinishedKind(value)
    except ValueError:
        raise InvalidValueError.one_of("outcome", value, FinishedKind) from None


@attrs.frozen(kw_only=True, field_transformer=gated({str: _name}))
class KeptDocument:
    """A document of a file that has a period of its own.

    >>> from datetime import date
    >>> KeptDocument(subject="certified_contract", days={"certified": date(2026, 3, 2)}).subject
    'certified_contract'
    """

    subject: str
    """What it is, as the table names it."""
    days: FrozenMap[str, date] = attrs.field(default=FrozenMap({}), converter=_days)
    """When the events were from which periods count, such as ``certified``."""


@attrs.frozen(kw_only=True, field_transformer=gated({str: _name, date: plain_day}))
class KeptFile:
    """A file that is kept.

    >>> from datetime import date
    >>> KeptFile(id="1", subject="broker_certificate", outcome="refused", ended_on=date(2026, 3, 2)).outcome.value
    'refused'

    Raises:
        InvalidValueError: an outcome that there is not, a day that is none, an empty name.
    """

    id: str
    subject: str
    """What it is, as the table names it: a kind of file or the code of a procedure."""
    outcome: FinishedKind | None = attrs.field(default=None, converter=_outcome)
    """How it ended; None: its work is not over."""
    ended_on: date | None = None
    """The day on which the work ended."""
    days: FrozenMap[str, date] = attrs.field(default=FrozenMap({}), converter=_days)
    """Other events from which periods count, such as ``result_expires``."""
    documents: tuple[KeptDocument, ...] = attrs.field(default=(), converter=_documents)
    """Documents in it that have periods of their own."""
    construction: bool = False
    """Whether it is of a construction work, which is handed over from the final settlement on (``days["settled"]``)."""
    handed_over_on: date | None = None
    """When it went to the body's archive."""
    kept_back_until: date | None = None
    """Until when it may stay where it is, by written consent."""

    @property
    def known_days(self) -> FrozenMap[str, date]:
        """Every event of it by name, the end of the work among them."""
        ended = {} if self.ended_on is None else {WORK_ENDED: self.ended_on}
        return FrozenMap({**ended, **self.days})


_NO_DAYS: Final[FrozenMap[str, date]] = FrozenMap({})


def kept_file(
    dossier: Dossier,
    *,
    subject: str | None = None,
    days: Mapping[str, date] = _NO_DAYS,
    documents: Iterable[KeptDocument] = (),
) -> KeptFile:
    """Return *dossier* as a file that is kept: its outcome and the day on which its handling ended, as its log tells.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-03-02T08:15+07:00")
    >>> d = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.012783", channel="post", at=at)
    >>> d = dossier.machine(d.lifecycle).step(d, dossier.event("not_received", at, reason="ngoài thẩm quyền"))
    >>> kept_file(d).outcome is None, kept_file(d).ended_on is None
    (True, True)

    Args:
        dossier: The dossier.
        subject: What it is in the table; left out, the code of its procedure.
        days: Events that no log tells, such as when the result expires.
        documents: Documents in it that have periods of their own.

    Raises:
        InvalidValueError: an argument of another type.
    """
    case = instance(dossier, Dossier, "dossier")
    ended = case.milestones.ended_at
    return KeptFile(
        id=case.id,
        subject=case.procedure if subject is None else subject,
        outcome=case.milestones.outcome,
        ended_on=None if ended is None else day_of(ended),
        days=_days(days),
        documents=_documents(documents),
    )
