"""Sheets as offices fill them in, as one catalogue document: titles above, sections, marks, two rows of headings, several sheets.

What is known of a sheet is known from its headings; everything else that stands there is read where it is certain, or told
with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.catalogue.published.pages import COLUMNS, key_of, unit_of
from onestop_core.catalogue.published.places import NotUnderstood, shortened
from onestop_core.catalogue.published.portal import read_portal
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cell_name", "read_sheets"]

_MOST_HEADINGS: Final = 200
_CODE: Final = "ma_thu_tuc"
_FIELD: Final = "linh_vuc"
_LEVEL: Final = "cap_thuc_hien"
_FEES: Final = "phi_le_phi"
_WAYS: Final = ("cach_thuc_thuc_hien", "thoi_han_giai_quyet", _FEES)
_NUMBERS: Final = frozenset({"stt", "so_thu_tu", "tt", "so_tt"})
_GO_ON: Final = frozenset(
    {*_WAYS, "thanh_phan_ho_so", "can_cu_phap_ly", "ket_qua_xu_ly", "yeu_cau_dieu_kien", "trinh_tu_thuc_hien"}
)
"""Columns of which one procedure may fill several rows."""
_CHANNELS: Final = {
    "truc_tiep": "Trực tiếp",
    "nop_truc_tiep": "Trực tiếp",
    "truc_tuyen": "Trực tuyến",
    "nop_truc_tuyen": "Trực tuyến",
    "toan_trinh": "Trực tuyến toàn trình",
    "truc_tuyen_toan_trinh": "Trực tuyến toàn trình",
    "dvc_truc_tuyen_toan_trinh": "Trực tuyến toàn trình",
    "dich_vu_cong_truc_tuyen_toan_trinh": "Trực tuyến toàn trình",
    "mot_phan": "Trực tuyến một phần",
    "truc_tuyen_mot_phan": "Trực tuyến một phần",
    "dvc_truc_tuyen_mot_phan": "Trực tuyến một phần",
    "dich_vu_cong_truc_tuyen_mot_phan": "Trực tuyến một phần",
    "buu_chinh": "Dịch vụ bưu chính",
    "bcci": "Dịch vụ bưu chính",
    "qua_bcci": "Dịch vụ bưu chính",
    "buu_chinh_cong_ich": "Dịch vụ bưu chính",
    "dich_vu_buu_chinh": "Dịch vụ bưu chính",
    "dich_vu_buu_chinh_cong_ich": "Dịch vụ bưu chính",
}
"""Columns that say by a mark whether a procedure can be handed in so."""
_YES: Final = frozenset({"x", "×", "✓", "✔", "có"})
_MARKS: Final = _YES | {"", "không", "-", "–", "0"}
_BARE: Final = re.compile(r"\d{1,12}(?:[.,]\d{1,3}){0,4}")
_COUNTING: Final = re.compile(r"\(?(\d{1,3})\)?")
_ROMAN: Final = re.compile(r"(?:[IVXLC]{1,7}|[A-ZĐ])[.)]?")
_TOTAL: Final = re.compile(r"tổng (?:cộng|số)(?!\w)", re.IGNORECASE)
_SECTION: Final = re.compile(r"lĩnh vực\s{0,3}:?\s{0,3}(?P<name>[^():]{2,150})", re.IGNORECASE)
_SECTION_OF_LEVEL: Final = re.compile(r"(?:thủ tục|tthc).{0,60}?cấp (bộ|trung ương|tỉnh|xã)(?!\w)", re.IGNORECASE)
_BROKEN: Final = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
_LIKE_A_CODE: Final = re.compile(r"\d[.,]\d{3}|\d{7}")
_LONGEST_NUMBER: Final = 7
"""What is longer in the column of numbers is the name of a section, or a total."""
_LONGEST_SECTION: Final = 250
_FEE_NAMES: Final = {"phi": "Phí", "le_phi": "Lệ phí"}


def read_sheets(sheets: Mapping[str, Iterable[Iterable[str]]]) -> tuple[dict[str, Any], tuple[NotUnderstood, ...]]:
    """Return the catalogue document that sheets with the portal's headings say, and what was not understood, with its cell.

    Headings stand in the first row with two that are known, in any order, in small or capital letters, with or without marks; what
    stands above is passed over. A row is a procedure; rows below it without code and name go on with its papers, ways, legal
    bases and so on. A row such as "II. Lĩnh vực Hộ tịch" gives the rows below it their field. Sheets without headings are told.

    >>> rows = [["DANH MỤC THỦ TỤC"], ["MA THU TUC", "Tên thủ tục", "Lĩnh vực", "Phí (đồng)"], ["1.004222", "Đăng ký", "Cư trú", "x"]]
    >>> document, told = read_sheets({"Xã": rows})
    >>> [(each.cell, each.reason.en) for each in told if each.cell == "Xã!D3"]
    []

    Args:
        sheets: The rows of each sheet by its title, from the first row on; a cell is a text.

    Raises:
        InvalidValueError: these are no sheets, none has headings that are known, or a known heading stands there twice.
    """
    if not isinstance(cast("object", sheets), Mapping):
        raise InvalidValueError.of("sheets", sheets, vi="các trang tính theo tên", en="sheets by their titles")
    read = [_Sheet(title, _plain(rows)) for title, rows in sheets.items()]
    known = [each for each in read if each.columns]
    if not known:
        titles = ", ".join(each.title for each in read if each.title) or None
        raise InvalidValueError.of(
            "sheet", titles, vi="tiêu đề cột như «Mã thủ tục», «Tên thủ tục»", en="headings such as «Mã thủ tục»"
        )
    pages: list[_Page] = []
    told: list[NotUnderstood] = []
    for sheet in read:
        told += sheet.told(len(pages))
        pages += sheet.pages
    document, found = read_portal([page.whole() for page in pages])
    told += [attrs.evolve(each, cell=pages[each.page].cell_of(each)) for each in found]
    return document, tuple(sorted(told, key=lambda each: each.page))


def cell_name(title: str, row: int, column: int | None) -> str:
    """Return a cell as spreadsheets name it, or the whole row.

    >>> cell_name("", 7, 28), cell_name("Cấp xã", 7, None)
    ('AB7', "'Cấp xã'!7:7")
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    place = f"{letters}{row}" if letters else f"{row}:{row}"
    if not title:
        return place
    quoted = title if title.isalnum() else "'" + title.replace("'", "''") + "'"
    return f"{quoted}!{place}"


def _plain(rows: object) -> list[list[str]]:
    if isinstance(rows, str | bytes) or not isinstance(rows, Iterable):
        raise InvalidValueError.of("rows", rows, vi="các dòng của trang tính", en="the rows of a sheet")
    plain: list[list[str]] = []
    row: object
    for row in cast("Iterable[object]", rows):
        cells: list[object] = [*cast("Iterable[object]", row)] if isinstance(row, list | tuple) else [None]
        texts = [cell.strip() for cell in cells if isinstance(cell, str)]
        if len(texts) < len(cells):
            raise InvalidValueError.of(
                "rows", cells, vi="các dòng, mỗi dòng là các ô văn bản", en="rows, each of texts"
            )
        plain.append(texts)
    return plain


class _Page:
    """One procedure of a sheet: what its cells say, and where."""

    def __init__(self, title: str, row: int) -> None:
        self.said: dict[str, str] = {}
        self.row = row
        self.ways: list[tuple[str, str, str]] = []
        """Of each of its rows: how, how long and for how much it is handed in."""
        self._title = title
        self._cells: dict[str, list[tuple[str, str]]] = {}

    def hold(self, keys: set[str], words: str, cell: str) -> None:
        """Note which cell says what."""
        for key in keys:
            self._cells.setdefault(key, []).append((cell, words))

    def say(self, name: str, words: str) -> None:
        """Take in a property; what further rows of the procedure say of it stands below."""
        if words not in self.said.get(name, "").split("\n"):
            self.said[name] = "\n".join(filter(None, (self.said.get(name), words)))

    def whole(self) -> dict[str, str]:
        """Return the page: of several rows each way to hand in is a line of its own."""
        ways = [way for way in dict.fromkeys(self.ways) if any(way)]
        if len(ways) == 1:
            said = dict(zip(_WAYS, ways[0], strict=True))
        else:
            said = {_WAYS[0]: "\n".join(" | ".join(map(_in_line, way)) for way in ways)}
        return self.said | {COLUMNS[key]: words for key, words in said.items() if words}

    def cell_of(self, told: NotUnderstood) -> str:
        """Return the cell of what was not understood: one that holds the text, of the columns that its place names."""
        parts = (told.place, *reversed(re.sub(r"\[\d+\]", "", told.place).split(".")))
        cells = [cell for part in parts for cell in self._cells.get(key_of(part), ())]
        held = (name for name, words in cells if told.text and _in_line(told.text) in _in_line(words))
        return next(held, cells[0][0] if cells else cell_name(self._title, self.row, None))


class _Sheet:
    """The rows of one sheet; what is not a procedure is noted."""

    def __init__(self, title: str, rows: list[list[str]]) -> None:
        self.title = title
        self.pages: list[_Page] = []
        self.columns: list[tuple[str, str]] = []
        self._told: list[tuple[int, str, str, str, Text]] = []
        self._field = self._level = ""
        self._last: dict[str, str] = {}
        self._rows = rows
        start = self._headings(rows)
        if start is None:
            return
        for number, row in enumerate(rows[start:], start=start + 1):
            self._read(row, number)

    def told(self, before: int) -> Iterator[NotUnderstood]:
        """Yield what makes no procedure; *before*: how many procedures of other sheets come first."""
        if not self.columns:
            words = next((" ".join(filter(None, row)) for row in self._rows if any(row)), "")
            if words:
                reason = Text(
                    vi="trang tính không có dòng tiêu đề cột nên không đọc", en="a sheet without headings is not read"
                )
                self._told.append((0, cell_name(self.title, 1, 1), self.title, words, reason))
        for count, cell, place, words, reason in self._told:
            yield NotUnderstood(
                page=before + count, code=None, place=place, text=shortened(words), reason=reason, cell=cell
            )

    def _headings(self, rows: list[list[str]]) -> int | None:
        """Take the headings of the sheet; return where its rows begin."""
        at = next((at for at, row in enumerate(rows) if sum(key_of(cell) in COLUMNS for cell in row) > 1), None)
        if at is None:
            return None
        names, start = rows[at], at + 1
        below = rows[start] if start < len(rows) else []
        # A heading that is merged over two rows stands in both; between them others are divided.
        again = sum(bool(cell) and cell == under for cell, under in zip(names, below, strict=False))
        if again and again * 2 >= sum(key_of(cell) in COLUMNS for cell in names):
            wide = max(len(names), len(below))
            upper, lower = (row + [""] * (wide - len(row)) for row in (names, below))
            names, start = [under or above for above, under in zip(upper, lower, strict=True)], start + 1
        seen: set[str] = set()
        for number, name in enumerate(names, start=1):
            key = key_of(name) if name else f"#{number}"
            if key in seen and (key not in COLUMNS or (key == _FEES and key_of(name, {}) in _FEE_NAMES)):
                self.columns.append((key, f"{name} {number}"))
                continue
            if key in seen or number > _MOST_HEADINGS:
                raise InvalidValueError.of("sheet", name, vi="mỗi tiêu đề cột một lần", en="each heading once")
            seen.add(key)
            self.columns.append((key, name or key))
        return start

    def _tell(self, row: int, column: int | None, place: str, words: str, reason: Text) -> None:
        self._told.append((len(self.pages), cell_name(self.title, row, column), place, words, reason))

    def _read(self, row: list[str], number: int) -> None:
        """Read one row: a procedure, or more of the one above, or what stands between procedures."""
        for place, words in enumerate(row, start=1):
            if _BROKEN.fullmatch(words):
                name = self.columns[place - 1][1] if place <= len(self.columns) else f"#{place}"
                self._tell(number, place, name, words, Text(vi="ô công thức bị lỗi", en="a formula with an error"))
                row = [*row[: place - 1], "", *row[place:]]
        filled = {place: words for place, words in enumerate(row) if words}
        values = {
            place: words
            for place, words in filled.items()
            if self._key(place) not in _NUMBERS or len(words) > _LONGEST_NUMBER
        }
        own = {self._key(place): words for place, words in values.items()}
        coded = _LIKE_A_CODE.search(own.get(_CODE, "")) is not None
        if not values or self._counts(filled) or (not coded and self._is_heading(filled)):
            return
        # A code and a name make a procedure; less may be a section, a total or a signature below the table.
        little = len(set(values.values())) <= 2 and not coded
        if little and self._between(filled, values):
            return
        alone = {key: words for key, words in own.items() if key not in _GO_ON and key in COLUMNS}
        goes_on = bool(self.pages) and (set(own) <= _GO_ON or (_CODE in own and alone.items() <= self._last.items()))
        if not goes_on:
            if little:
                words = " ".join(values.values())
                reason = Text(vi="dòng này không phải là một thủ tục", en="this row is no procedure")
                self._tell(number, None, "", words, reason)
                return
            self.pages.append(_Page(self.title, number))
            self._last = alone
        self._fill(row, number)

    def _key(self, place: int) -> str:
        return self.columns[place][0] if place < len(self.columns) else f"#{place + 1}"

    def _counts(self, filled: dict[int, str]) -> bool:
        """Return whether a row only numbers the columns: (1) (2) (3)."""
        numbers = [_COUNTING.fullmatch(words) for words in filled.values()]
        found = [int(each[1]) for each in numbers if each is not None]
        return len(found) == len(numbers) > 2 and found == list(range(found[0], found[0] + len(found)))

    def _is_heading(self, filled: dict[int, str]) -> bool:
        """Return whether the headings stand there once more, as on top of a new sheet of paper."""
        return sum(key_of(words) == self._key(place) in COLUMNS for place, words in filled.items()) > 1

    def _between(self, filled: dict[int, str], values: dict[int, str]) -> bool:
        """Return whether a row stands between procedures: a section that gives those below it their field or level, or a total."""
        words = max(values.values(), key=len)
        if any(_TOTAL.match(each) for each in values.values()):
            return True
        if len(words) > _LONGEST_SECTION:
            return False
        field, level = _SECTION.search(words), _SECTION_OF_LEVEL.search(words)
        if field is None and level is None:
            keys = {key for key, _ in self.columns}
            marks = [each for place, each in filled.items() if self._key(place) in _NUMBERS]
            if _FIELD in keys or len(set(values.values())) > 1 or not marks or not _ROMAN.fullmatch(marks[0]):
                return False
            self._field = _small(words)
            return True
        if field is not None:
            self._field = _small(field["name"].strip(" .;,-"))
        if level is not None:
            self._level = f"Cấp {level[1].lower()}"
        return True

    def _fill(self, row: list[str], number: int) -> None:
        """Take what a row says into the last page."""
        page = self.pages[-1]
        goes_on = page.row != number
        said: dict[str, str] = {}
        marks: list[str] = []
        fees: dict[str, str] = {}
        for place, words in enumerate(row):
            key, name = self.columns[place] if place < len(self.columns) else (f"#{place + 1}",) * 2
            if key in _NUMBERS or (goes_on and key not in _GO_ON and key in COLUMNS):
                continue
            if key in _CHANNELS and words.lower() in _MARKS:
                marks += [_CHANNELS[key]] if words.lower() in _YES else []
                continue
            words = _with_unit(words, unit_of(name)) if key in _WAYS else words  # noqa: PLW2901 - the same words, whole
            page.hold({key, key_of(name)}, words, cell_name(self.title, number, place + 1))
            if key == _FEES and words and (part := _FEE_NAMES.get(key_of(name.rstrip("0123456789 "), {}))):
                fees[part] = words
            elif key in _WAYS:
                said[key] = words
            elif words:
                page.say(COLUMNS.get(key, name), words)
        if fees:
            both = "\n".join(f"{part}: {words}" for part, words in fees.items())
            alone = len(fees) == 1 and not said.get(_FEES)
            said[_FEES] = next(iter(fees.values())) if alone else "\n".join(filter(None, (said.get(_FEES), both)))
        way, time, fee = (said.get(key, "") for key in _WAYS)
        page.ways.append((way or ", ".join(marks), time, fee))
        if not goes_on:
            for key, words in ((_FIELD, self._field), (_LEVEL, self._level)):
                if words and COLUMNS[key] not in page.said:
                    page.say(COLUMNS[key], words)


def _with_unit(words: str, unit: str) -> str:
    """Return a bare number with the unit that its heading names in brackets."""
    return f"{words} {unit}" if unit and _BARE.fullmatch(words) else words


def _small(words: str) -> str:
    """Return words in small letters, the first one apart, if they stood in capitals."""
    return words[:1] + words[1:].lower() if words.isupper() else words[:1].upper() + words[1:]


def _in_line(words: str) -> str:
    """Return words that fit between two strokes of a line."""
    return " ".join(words.replace("|", "/").replace("\n", "; ").split())
