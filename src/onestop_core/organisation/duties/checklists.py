"""What a unit must make public and what a desk must have, as lists that a host answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Basis, FrozenMap, plain_day
from onestop_core.organisation.duties.table import PublicationPlace, UnitDutyTable, unit_duties
from onestop_core.organisation.law.editions import known_kinds, rules
from onestop_core.organisation.law.tables import Demand, OrganisationRules
from onestop_core.organisation.units import Unit
from onestop_core.organisation.words import listed
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from datetime import date

    from onestop_core.text import Language

__all__ = ["ChecklistItem", "ChecklistStatus", "equipment_checklist", "publication_checklist"]


class ChecklistStatus(Code):
    """What a host answered."""

    DONE = "done"
    MISSING = "missing"
    UNANSWERED = "unanswered"


_WORDS: Final = {
    ChecklistStatus.DONE: Text(vi="đã có", en="there"),
    ChecklistStatus.MISSING: Text(vi="còn thiếu", en="missing"),
    ChecklistStatus.UNANSWERED: Text(vi="chưa trả lời", en="not answered"),
}
_MAY_BE_LEFT_OUT: Final = Text(vi="không bắt buộc", en="may be left out")
_PLACES: Final = {
    PublicationPlace.PREMISES: Text(vi="tại trụ sở", en="at the premises"),
    PublicationPlace.WEBSITE: Text(vi="trên trang thông tin điện tử", en="on the website"),
    PublicationPlace.PORTAL: Text(vi="trên Cổng Dịch vụ công quốc gia", en="on the national portal"),
}


@attrs.frozen(kw_only=True)
class ChecklistItem:
    """One line of a checklist, and how it stands."""

    code: str
    name: Text
    where: tuple[PublicationPlace, ...] = ()
    """Where it is to be public; none: the text does not say, or it is no publication."""
    needed: Demand = Demand.MUST
    status: ChecklistStatus
    basis: tuple[Basis, ...]

    @property
    def text(self) -> Text:
        """The line in words."""
        vi, en = self.name.vi, self.name.en
        if self.where:
            places = listed(_PLACES[each] for each in self.where)
            vi, en = f"{vi} ({places.vi})", f"{en} ({places.en})"
        if self.needed is Demand.MAY:
            vi, en = f"{vi} ({_MAY_BE_LEFT_OUT.vi})", f"{en} ({_MAY_BE_LEFT_OUT.en})"
        word = _WORDS[self.status]
        return Text(vi=f"{vi}: {word.vi}", en=f"{en}: {word.en}")

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the line in JSON types."""
        return {
            "code": self.code,
            "name": self.name.in_(language),
            "where": [each.value for each in self.where],
            "needed": self.needed.value,
            "status": self.status.value,
            "status_text": _WORDS[self.status].in_(language),
            "basis": [each.cite().in_(language) for each in self.basis],
        }


_NOTHING: Final[FrozenMap[str, bool | None]] = FrozenMap({})


def publication_checklist(
    unit: Unit | str,
    *,
    on: date,
    answers: Mapping[str, bool | None] = _NOTHING,
    table: UnitDutyTable | None = None,
) -> tuple[ChecklistItem, ...]:
    """Return what *unit* must make public *on* a day, with the *answers* of the host.

    >>> from datetime import date
    >>> for item in publication_checklist("commune_centre", on=date(2026, 8, 5), answers={"heads": True, "staff": False}):
    ...     print(item.text.en)
    Procedures and facts of the desk: not answered
    The forms in which guidance is given: not answered
    Names, titles and telephones of the head and deputies (at the premises, on the website): there
    Name, title, field and telephone of the staff (at the premises, on the website): missing

    Args:
        unit: The unit, or a kind of units.
        on: The day.
        answers: Whether it is public, by code of the line; None and what is left out: not answered.
        table: A table of your own; left out, the one in force on the day.

    Raises:
        UnknownCodeError: there is no such kind of unit, or no such line for it.
        NotInForceError: no table is in force on the day, and none was given.
        InvalidValueError: an argument of another type.
    """
    day = plain_day(on, "on")
    found = unit_duties(on=day) if table is None else table
    kind = _kind(unit, {name for row in found.publication for name in row.who})
    rows = [row for row in found.publication if kind in row.who and day in row.during]
    said = _answers(answers, [row.code for row in rows])
    return tuple(
        ChecklistItem(
            code=row.code, name=row.name, where=row.where, status=_status(said.get(row.code)), basis=row.basis
        )
        for row in rows
    )


def equipment_checklist(
    unit: Unit | str,
    *,
    on: date,
    answers: Mapping[str, bool | None] = _NOTHING,
    law: OrganisationRules | None = None,
) -> tuple[ChecklistItem, ...]:
    """Return what a desk must or may have *on* a day, with the *answers* of the host.

    >>> from datetime import date
    >>> items = equipment_checklist("commune_centre", on=date(2026, 8, 5), answers={"priority_counter": False})
    >>> next(item.text.en for item in items if item.code == "priority_counter")
    'Priority counter for elderly, pregnant and disabled people (may be left out): missing'

    Args:
        unit: The unit, or a kind of units.
        on: The day.
        answers: Whether it is there, by code of the line; None and what is left out: not answered.
        law: Rules of your own; left out, those in force on the day.

    Raises:
        UnknownCodeError: there is no such kind of unit, or no such line for it.
        NotInForceError: no rules are in force on the day, and none were given.
        InvalidValueError: an argument of another type.
    """
    day = plain_day(on, "on")
    found = rules(on=day) if law is None else law
    kind = _kind(unit, {each.code for each in found.kinds})
    rows = [row for row in found.equipment if kind in row.kinds]
    said = _answers(answers, [row.code for row in rows])
    return tuple(
        ChecklistItem(
            code=row.code, name=row.name, needed=row.needed, status=_status(said.get(row.code)), basis=row.basis
        )
        for row in rows
    )


def _status(answer: bool | None) -> ChecklistStatus:
    if answer is None:
        return ChecklistStatus.UNANSWERED
    return ChecklistStatus.DONE if answer else ChecklistStatus.MISSING


def _kind(unit: object, more: set[str]) -> str:
    kind = unit.kind if isinstance(unit, Unit) else unit
    if not isinstance(kind, str):
        raise InvalidValueError.of("unit", unit, vi="một `Unit` hoặc mã loại đơn vị", en="a Unit or a kind of units")
    known = {*known_kinds(), *more}
    if (plain := str.__str__(kind)) not in known:
        raise UnknownCodeError.among(Text(vi="loại đơn vị", en="kind of unit"), plain, sorted(known))
    return plain


def _answers(answers: object, known: list[str]) -> dict[str, bool | None]:
    if not isinstance(answers, Mapping):
        raise InvalidValueError.of(
            "answers", answers, vi="một ánh xạ từ mã đến true hoặc false", en="a mapping of codes to True or False"
        )
    said: dict[str, bool | None] = {}
    for code, answer in cast("Mapping[object, object]", answers).items():
        plain = str.__str__(code) if isinstance(code, str) else None
        if plain is None or plain not in known:
            raise UnknownCodeError.among(Text(vi="nội dung của danh sách", en="line of the checklist"), code, known)
        if answer is not None and not isinstance(answer, bool):
            raise InvalidValueError.of("answers", answer, vi="true, false hoặc bỏ trống", en="True, False or None")
        said[plain] = answer
    return said
