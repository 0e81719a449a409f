"""Codes of procedures, dossiers and agencies: read, written, compared; foreign codes kept as they are.

Two orders of agency codes live side by side. The old one (QCVN 102:2016) has four fixed groups with the
first level last, ``000.00.04.G18``; the new one (Decision 20/2020/QĐ-TTg, art. 4) begins with the first
level and grows to the right, ``G09.20``. A dossier code is an agency, a day and a sequence number, as in
``000.00.04.G18-210105-0001`` or ``G09.20-20260609-0092637``; what does not look like that is somebody
else's code and stays opaque.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model.amounts import whole_number
from onestop_core.model.moments import plain_day
from onestop_core.model.words import plain_text

__all__ = ["AgencyCode", "DossierCode", "ProcedureCode", "issue", "issue_central", "result_code"]

_LONGEST: Final = 100  # characters of any code; a bound for what comes from outside
_OLD_UNIT: Final = r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}"
_NEW_UNIT: Final = r"[A-Y][0-9]{2}(?:\.[0-9A-Z]{1,3})*"
_AGENCY: Final = re.compile(f"{_OLD_UNIT}|{_NEW_UNIT}")
_PROCEDURE: Final = re.compile(rf"(?P<short>[0-9]\.[0-9]{{6}})(?:\.(?P<owner>{_OLD_UNIT}))?")
_DOSSIER: Final = re.compile(
    rf"(?:(?P<old>{_OLD_UNIT})-(?P<short>[0-9]{{6}})|(?P<new>{_NEW_UNIT})-(?P<day>[0-9]{{8}}|[0-9]{{6}}))-(?P<sequence>[0-9]{{4,}})"
)
_CENTRAL: Final = re.compile(r"[A-Y][0-9]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{2}-[0-9]{6}-(?P<owner>[0-9]{2})[0-9]{4,}")
_OWNER: Final = re.compile(r"[0-9]{2}")
_LEAST_WIDTH: Final = 4
_MOST_WIDTH: Final = 20
_LAST_SEQUENCE: Final = 10**_MOST_WIDTH - 1
_LONGEST_AGENCY: Final = 35
_FIRST_SHORT_YEAR, _LAST_SHORT_YEAR = 2000, 2099


def _plain(value: object, what: str) -> str:
    return plain_text(value, what, longest=_LONGEST).strip()


def _agency(value: str) -> str:
    # A value is not mended: blanks around it are for parse() to drop.
    plain = plain_text(value, "agency", longest=_LONGEST)
    if len(plain) > _LONGEST_AGENCY or not _AGENCY.fullmatch(plain):
        raise InvalidValueError.of(
            "agency",
            value,
            vi="mã cơ quan như 000.00.04.G18 hoặc G09.20",
            en="an agency code such as 000.00.04.G18 or G09.20",
        )
    return plain


def _short(value: str) -> str:
    plain = plain_text(value, "procedure", longest=_LONGEST)
    found = _PROCEDURE.fullmatch(plain)
    if found is None or found["owner"] is not None:
        raise _not_a_procedure(value)
    return plain


def _owner(value: AgencyCode | None) -> AgencyCode | None:
    return None if value is None else _agency_code(value)


def _agency_code(value: object) -> AgencyCode:
    if not isinstance(value, AgencyCode):
        raise InvalidValueError.of("agency", value, vi="một AgencyCode", en="an AgencyCode")
    return value


def _dossier(value: str) -> str:
    return plain_text(value, "dossier code", longest=_LONGEST)


@attrs.frozen(kw_only=True, order=True)
class AgencyCode:
    """Identifier of an agency or unit.

    >>> AgencyCode.parse("000.00.04.G18").level_one, AgencyCode.parse("G09.20").level_one
    ('G18', 'G09')
    >>> AgencyCode.parse("000.00.04.G18").is_old_order
    True

    Source: QCVN 102:2016 (Circular 10/2016/TT-BTTTT); Decision 20/2020/QĐ-TTg, art. 4 (at most 35 characters).

    Raises:
        InvalidValueError: the text is not such a code.
    """

    text: str = attrs.field(converter=_agency)

    @classmethod
    def parse(cls, text: str) -> AgencyCode:
        """Read a code; blanks around it are dropped.

        Raises:
            InvalidValueError: it is not an agency code.
        """
        return cls(text=_plain(text, "agency"))

    @property
    def is_old_order(self) -> bool:
        """Whether the first level stands last, as in the codes of 2016."""
        return self.text[0].isdigit()

    @property
    def level_one(self) -> str:
        """The ministry or province: one letter and two digits."""
        return self.text[-3:] if self.is_old_order else self.text[:3]

    def __str__(self) -> str:
        return self.text


@attrs.frozen(kw_only=True, order=True)
class ProcedureCode:
    """Code of a procedure in the national database, with its owner's agency code in the long form.

    >>> code = ProcedureCode.parse("3.000181.000.00.00.H22")
    >>> code.short, str(code.owner), str(code)
    ('3.000181', '000.00.00.H22', '3.000181.000.00.00.H22')
    >>> ProcedureCode.parse("1.04222")
    Traceback (most recent call last):
    onestop_core.errors.InvalidValueError: procedure: cannot use '1.04222'; expected a procedure code such as 1.004222

    Raises:
        InvalidValueError: the text is not such a code.
    """

    short: str = attrs.field(converter=_short)
    """The digit, the point and the six digits."""
    owner: AgencyCode | None = attrs.field(default=None, converter=_owner)
    """The agency of the long form."""

    @classmethod
    def parse(cls, text: str) -> ProcedureCode:
        """Read a short or long code; blanks around it are dropped.

        Raises:
            InvalidValueError: it is not a procedure code.
        """
        plain = _plain(text, "procedure")
        found = _PROCEDURE.fullmatch(plain)
        if found is None:
            raise _not_a_procedure(plain)
        owner = None if found["owner"] is None else AgencyCode(text=found["owner"])
        return cls(short=found["short"], owner=owner)

    def __str__(self) -> str:
        return self.short if self.owner is None else f"{self.short}.{self.owner}"


def _not_a_procedure(value: object) -> InvalidValueError:
    return InvalidValueError.of(
        "procedure", value, vi="mã thủ tục như 1.004222", en="a procedure code such as 1.004222"
    )


@attrs.frozen(kw_only=True)
class DossierCode:
    """Code of a received dossier: agency, day of receipt and the number in that day's sequence.

    Codes are equal when their text is. A code of another form is *foreign*: only its text is known.

    >>> code = DossierCode.parse("G09.20-20260609-0092637")
    >>> str(code.agency), code.day, code.sequence
    ('G09.20', datetime.date(2026, 6, 9), 92637)
    >>> DossierCode.parse("03706/2026/07906").is_foreign
    True
    >>> from datetime import date
    >>> DossierCode.of(AgencyCode.parse("H26.12"), date(2025, 9, 15), 1).text
    'H26.12-250915-0001'
    >>> DossierCode.of(AgencyCode.parse("H26.12"), date(2025, 9, 15), 12_345).text
    'H26.12-250915-12345'

    Source: Decree 61/2018/NĐ-CP, art. 26; Circular 01/2018/TT-VPCP, art. 19. Eight-digit days and seven-digit
    sequences were observed at ministries in 2026; the rule of Circular 03/2025/TT-VPCP was not found.

    Raises:
        InvalidValueError: empty or overlong text.
    """

    text: str = attrs.field(converter=_dossier)
    """The code as written."""

    @property
    def agency(self) -> AgencyCode | None:
        """The unit that received the dossier."""
        return _read(self.text)[0]

    @property
    def day(self) -> date | None:
        """The day of receipt."""
        return _read(self.text)[1]

    @property
    def sequence(self) -> int | None:
        """The number in the sequence of that day."""
        return _read(self.text)[2]

    @classmethod
    def parse(cls, text: str) -> DossierCode:
        """Read a code of either order, or keep a foreign one as it is; blanks around it are dropped.

        Raises:
            InvalidValueError: empty or overlong text.
        """
        return cls(text=_plain(text, "dossier code"))

    @classmethod
    def of(
        cls, agency: AgencyCode, day: date, sequence: int, *, digits_of_day: int = 6, width: int = _LEAST_WIDTH
    ) -> DossierCode:
        """Return the code of the dossier number *sequence* that *agency* received on *day*.

        The sequence grows beyond *width* and never wraps. That (agency, day, sequence) is given out once only
        is for the host to ensure, in one transaction with the receipt.

        Args:
            agency: The unit that received the dossier.
            day: The day of receipt.
            sequence: From 1 on.
            digits_of_day: 6 (``yymmdd``) or 8 (``yyyymmdd``, agencies of the new order only).
            width: Least digits of the sequence, at least 4.

        Raises:
            InvalidValueError: a value that no such code can carry.
        """
        unit, on = _agency_code(agency), plain_day(day, "day")
        number = whole_number(sequence, "sequence", least=1, most=_LAST_SEQUENCE)
        digits = whole_number(width, "width", least=_LEAST_WIDTH, most=_MOST_WIDTH)
        of_day = whole_number(digits_of_day, "digits_of_day", least=6, most=8)
        if of_day == 8 and not unit.is_old_order:
            shown = f"{on.year:04d}{on.month:02d}{on.day:02d}"
        elif of_day == 6 and _FIRST_SHORT_YEAR <= on.year <= _LAST_SHORT_YEAR:
            shown = f"{on.year % 100:02d}{on.month:02d}{on.day:02d}"
        else:
            raise InvalidValueError.of(
                "digits_of_day",
                digits_of_day,
                vi="6 (năm 2000 đến 2099), hoặc 8 với mã cơ quan mới",
                en="6 (years 2000 to 2099), or 8 with an agency code of the new order",
            )
        return cls(text=f"{unit}-{shown}-{number:0{digits}d}")

    @property
    def central_owner(self) -> str | None:
        """The two digits of the owner, if the code has the form of a service built for the whole country; else None.

        That form is ``MX1X2.Y1Y2Y3.Z1Z2-YYMMDD-AAXXXX`` (Circular 03/2025/TT-VPCP, art. 13(3), from a secondary source).
        An ordinary code whose sequence has six digits or more looks the same: only the host knows.

        >>> DossierCode.parse("G01.123.04-260809-070012").central_owner, DossierCode.parse("H26.12-260212-0007").central_owner
        ('07', None)
        """
        found = _CENTRAL.fullmatch(self.text)
        return None if found is None or self.is_foreign else found["owner"]

    @property
    def is_foreign(self) -> bool:
        """Whether the code is of no known form; then only its text says anything."""
        return self.agency is None

    def __str__(self) -> str:
        return self.text


def issue(
    unit: AgencyCode | str, day: date, sequence: int, *, digits_of_day: int = 6, width: int = _LEAST_WIDTH
) -> DossierCode:
    """Return the code of dossier number *sequence* that *unit* received on *day*.

    >>> from datetime import date
    >>> str(issue("H26.12", date(2026, 2, 12), 7)), str(issue("G09.20", date(2026, 6, 9), 92_637, digits_of_day=8, width=7))
    ('H26.12-260212-0007', 'G09.20-20260609-0092637')

    **What the host must ensure.** The library keeps no counter. A code is unique if and only if no (unit, day,
    sequence) is given out twice: take the next number from a counter of that unit and day in the same transaction
    that writes the receipt, begin at 1 each day, never reuse the number of a dossier that was cancelled, and keep to
    one ``digits_of_day`` per unit. The number grows beyond *width* (…-9999, …-10000) and never wraps.

    Args:
        unit: The agency or unit that received the dossier.
        day: The day of receipt.
        sequence: From 1 on.
        digits_of_day: 6 (``yymmdd``) or 8 (``yyyymmdd``, agencies of the new order only).
        width: Least digits of the sequence, at least 4.

    Raises:
        InvalidValueError: a unit that is no agency code, or a value that no such code can carry.
    """
    agency = unit if isinstance(unit, AgencyCode) else AgencyCode.parse(unit)
    return DossierCode.of(agency, day, sequence, digits_of_day=digits_of_day, width=width)


def issue_central(unit: AgencyCode | str, day: date, owner: str, sequence: int) -> DossierCode:
    """Return the code of a dossier of a service that was built centrally for the whole country.

    >>> from datetime import date
    >>> str(issue_central("G01.123.04", date(2026, 8, 9), "07", 12))
    'G01.123.04-260809-070012'

    Source: Circular 03/2025/TT-VPCP, art. 13(3), added by Circular 04/2025/TT-VPCP (secondary).

    Args:
        unit: Electronic identifier of the unit, such as ``G01.123.04``.
        day: The day of receipt.
        owner: Two digits of the owner of the central system.
        sequence: From 1 on.

    Raises:
        InvalidValueError: a value that no such code can carry.
    """
    digits = plain_text(owner, "owner", longest=_LONGEST)
    if not _OWNER.fullmatch(digits):
        raise InvalidValueError.of("owner", owner, vi="hai chữ số như 07", en="two digits such as 07")
    plain = issue(unit, day, sequence)
    code = DossierCode(text=f"{plain.agency}-{plain.text.rsplit('-', 2)[1]}-{digits}{plain.text.rsplit('-', 1)[1]}")
    if code.central_owner is None:
        raise InvalidValueError.of("unit", unit, vi="mã như G01.123.04", en="an identifier such as G01.123.04")
    return code


def result_code(holder: str, kind: str, *, separator: str = ".") -> str:
    """Return the code of an electronic result: the holder's identity number and the code of the kind of paper.

    >>> result_code("001090012345", "HT.01")
    '001090012345.HT.01'

    Source: Decree 118/2025/NĐ-CP, art. 22(4). What stands between the two is not said: the *separator* is this library's.
    What the holder's part is for foreigners and bodies without a number is open.

    Args:
        holder: The holder's identity number.
        kind: Code of the kind of paper, uniform with the list of results of the procedure database.
        separator: What stands between them.

    Raises:
        InvalidValueError: empty or overlong text.
    """
    number, code = plain_text(holder, "holder", longest=_LONGEST), plain_text(kind, "kind", longest=_LONGEST)
    if type(separator) is not str or len(separator) > 1:
        raise InvalidValueError.of("separator", separator, vi="một ký tự hoặc chuỗi rỗng", en="one character or none")
    return f"{number}{separator}{code}"


def _read(text: str) -> tuple[AgencyCode, date, int] | tuple[None, None, None]:
    found = _DOSSIER.fullmatch(text)
    if found is None:
        return None, None, None
    unit, digits = found["old"] or found["new"], found["short"] or found["day"]
    try:
        # strptime reads the locale's digits and years of one digit; ours are counted already.
        year = int(digits[:-4]) + (_FIRST_SHORT_YEAR if len(digits) == 6 else 0)
        return AgencyCode(text=unit), date(year, int(digits[-4:-2]), int(digits[-2:])), int(found["sequence"])
    except ValueError:
        return None, None, None  # looks like a code, but its day or agency cannot be: somebody else's
