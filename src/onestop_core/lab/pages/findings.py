"""What an audit found as a sheet: a row to a finding, for those who must answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.lab.pages.sheet import Sheet as Page
from onestop_core.model import HO_CHI_MINH
from onestop_core.rules.sheets import CellKind, Sheet, SheetColumn
from onestop_core.text import Text, moment_text

if TYPE_CHECKING:
    from onestop_core.lab.auditing import Audit
    from onestop_core.text import Language

__all__ = ["MISSING", "findings_sheet"]

_NAME: Final = Text(vi="Vi phạm", en="Irregularities")
MISSING: Final = Text(vi="thiếu bước không đọc được", en="steps could not be read")
_COLUMNS: Final = (
    (Text(vi="Mã hồ sơ", en="Dossier"), CellKind.TEXT, 24),
    (Text(vi="Thời điểm", en="When"), CellKind.MOMENT, 18),
    (Text(vi="Đơn vị", en="Unit"), CellKind.TEXT, 14),
    (Text(vi="Vai trò", en="Role"), CellKind.TEXT, 26),
    (Text(vi="Loại", en="Kind"), CellKind.TEXT, 22),
    (Text(vi="Bước hoặc việc", en="Step or duty"), CellKind.TEXT, 34),
    (Text(vi="Lý do", en="Reason"), CellKind.TEXT, 50),
    (Text(vi="Căn cứ", en="Basis"), CellKind.TEXT, 40),
    (Text(vi="Ngày làm việc bị chậm", en="Working days of delay"), CellKind.WHOLE, 12),
    (Text(vi="Lưu ý", en="Note"), CellKind.TEXT, 24),
    (Text(vi="Giải trình của đơn vị", en="Answer of the unit"), CellKind.TEXT, 40),
)


def findings_sheet(found: Audit, *, language: Language = "vi") -> Sheet:
    """Return a sheet of what was found, in the order of dossiers and moments, with a column in which the unit answers.

    No person is named in it. ``ext.office.sheets`` makes a workbook of it, ``rules.sheets.to_csv`` CSV.

    >>> from onestop_core import lab
    >>> found = lab.audit(lab.generate(50), law=lab.law(limits="3 working days"))
    >>> len(findings_sheet(found).rows) == found.count
    True

    Raises:
        InvalidValueError: it is no audit.
    """
    page = Page(language)
    lost = frozenset(found.incomplete)
    return Sheet(
        name=page.say(_NAME),
        titles=(" · ".join(part for part in (found.law.name, page.say(moment_text(found.now))) if part),),
        columns=tuple(SheetColumn(title=page.say(title), kind=kind, width=width) for title, kind, width in _COLUMNS),
        rows=tuple(
            (
                entry.dossier,
                entry.at.astimezone(HO_CHI_MINH),
                entry.unit,
                page.role(entry.role),
                page.say(entry.kind.text),
                page.say(entry.name),
                page.say(entry.reason),
                page.say(entry.basis),
                entry.delay,
                page.say(MISSING) if entry.dossier in lost else None,
                None,
            )
            for entry in sorted(found.entries, key=lambda entry: (entry.dossier, entry.at))
        ),
    )
