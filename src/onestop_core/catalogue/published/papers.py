"""Papers as they are published: numbers of originals and copies, forms and their files, alternatives, number of sets."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from onestop_core.catalogue.published.alternatives import alternatives_of, conditional, papers_in
from onestop_core.catalogue.published.flat import paper_rows
from onestop_core.catalogue.published.places import Tell, said
from onestop_core.catalogue.structure import is_list

if TYPE_CHECKING:
    from onestop_core.catalogue.published.offers import Cases

__all__ = ["Papers", "papers_of"]

_PLACE: Final = "thanh_phan_ho_so"
_MOST: Final = 99
_ORIGINALS: Final = re.compile(r"bản chính ?: ?(\d{1,3})", re.IGNORECASE)
_COPIES: Final = re.compile(r"bản sao ?: ?(\d{1,3})", re.IGNORECASE)
_COUNTED: Final = re.compile(r"(\d{1,3}) ?(?:\([^)]{1,20}\) ?)?bản (chính|sao)", re.IGNORECASE)
_NUMBERED_CODE: Final = (
    r"[Mm]ẫu(?: số)?:? \d{1,3}[a-zđA-ZĐ]{0,2}(?:[./-](?:\d{1,4}[A-Za-zđ]?|[A-ZĐ]{1,8}\d{0,3}))*(?![\w/-])(?!\.\w)"
)
_LETTER_CODE: Final = r"[A-ZĐ]{1,6}\d{1,3}[a-zđ]?(?:[.-][A-ZĐ]{1,6}\d{0,3})*|[A-ZĐ]{1,4}(?:[./-][A-ZĐ]{1,6}){0,3}[./-]\d{1,4}(?:\.\d{1,3})?[a-zđ]?(?:/[A-ZĐ]{2,4})?"
_FORM: Final = re.compile(
    rf"(?i:mẫu|tờ khai|biểu mẫu|phiếu)(?: số)?:? (?P<code>{_LETTER_CODE})(?![\w/])|(?P<numbered>{_NUMBERED_CODE})"
    r"|\((?P<in>[A-Z]{2,4}\d{1,3}[a-zđ]?)\)"
)
_OR_FORM: Final = re.compile(r"(?: ?\([^()]*\))?,? (?:hoặc|hay)(?: theo)? (?:(?i:mẫu|tờ khai|phiếu)(?: số)? )?")
_SETS: Final = re.compile(
    r"số (?:lượng|bộ)(?: hồ sơ| bộ hồ sơ| bộ)? ?:? ?(?:là )?(?P<number>\d{1,2}) ?(?:\([^)]{1,20}\) ?)?\(?bộ",
    re.IGNORECASE,
)
_ONLY_SETS: Final = re.compile(r"[\W\d]*(?:b\) ?)?số (?:lượng|bộ)[^.;]{0,60}bộ\)?(?: hồ sơ)?[\W]*", re.IGNORECASE)
_FOR: Final = re.compile(r"[\W\d]*(?:[a-zđ]\) ?)?(?:đối với|trường hợp|nếu)(?!\w)", re.IGNORECASE)
_REMARK: Final = re.compile(r"[\W\d]*(?:lưu ý|ghi chú|chú ý|chú thích)(?!\w)", re.IGNORECASE)
_HEADING: Final = re.compile(r"(?:gồm|sau|sau đây|như sau|gồm có|dưới đây) ?:$", re.IGNORECASE)
"""Rows of the table that are no papers."""
_COUNTS: Final = re.compile(
    r"[ :;,(–-]{0,5}(?:\d{1,3} ?(?:\([^()]{1,20}\) ?)?bản (?:chính|sao)(?: và |[,;+ ]{0,3}))+\)?[.;]?$", re.IGNORECASE
)
_ITS_NUMBER: Final = re.compile(r"^(?:\d{1,2}[.)]|[a-zđ]\)) +(?=\w)")
"""Of a paper in a list; the order of the papers says it."""
_FILE: Final = re.compile(r"[^\n;|]{1,200}?\.(?i:docx?|xlsx?|pdf|rar|zip|odt|rtf|jpe?g|png|pptx?)(?!\w)")


class Papers:
    """What the papers of a page come to."""

    def __init__(self) -> None:
        self.papers: list[dict[str, Any]] = []
        self.forms: dict[str, dict[str, Any]] = {}
        self.sets: int | None = None
        self.notes: list[str] = []
        """Remarks and headings that stand in the table as if they were papers."""


def papers_of(page: dict[str, Any], cases: Cases, tell: Tell) -> Papers:
    """Return the papers of a page, with its forms and its number of sets."""
    found = Papers()
    raw = page.get(_PLACE)
    rows = _rows(raw, tell)
    sets: set[int] = set()
    for index, row in enumerate(rows):
        words = row["ten_giay_to"]
        place = f"{_PLACE}[{index}]"
        for text in (words, row.get("nhom", "")):
            if (number := _SETS.search(text)) is not None:
                sets.add(int(number["number"]))
        if not words:
            if row.get("nhom") and said(row["nhom"]) and not _ONLY_SETS.fullmatch(row["nhom"]):
                found.notes.append(row["nhom"])
                if not _REMARK.match(row["nhom"]) and not row["nhom"].startswith("("):
                    tell(
                        place,
                        row["nhom"],
                        "không có bản chính, bản sao nào đi kèm",
                        "no number of originals and copies",
                    )
            continue
        if _ONLY_SETS.fullmatch(words):
            continue
        empty = not row["originals"] and not row["copies"]
        ends = words.endswith(":") and (empty or _FOR.match(words) is not None)
        heads = not row["files"] and (ends or _HEADING.search(words) is not None)
        if _REMARK.match(words) or heads:
            found.notes.append(words)
            continue
        listed = (words,) if row["files"] else papers_in(words, row.get("nhom", ""))
        for words in listed:
            found.papers.append(_paper({**row, "ten_giay_to": words}, place, found, cases, tell))
    beside = page.get("so_bo_ho_so")
    if isinstance(beside, str) and (number := re.match(r"\d{1,2}(?!\d)", beside)) is not None:
        sets.add(int(number[0]))
    elif beside is not None:
        tell("so_bo_ho_so", beside, "không đọc được số bộ hồ sơ", "the number of sets cannot be read")
    if len(sets) == 1:
        found.sets = sets.pop()
    elif sets:
        tell("so_bo_ho_so", sorted(sets), "nhiều số bộ hồ sơ khác nhau", "several numbers of sets")
    return found


def _rows(raw: Any, tell: Tell) -> list[dict[str, Any]]:
    if is_list(raw):
        return [_table_row(row, f"{_PLACE}[{index}]", tell) for index, row in enumerate(raw)]
    if not isinstance(raw, str):
        return []
    if (rows := paper_rows(raw)) is not None:
        return rows
    lines = [line.strip() for line in raw.splitlines() if said(line.strip())]
    return [_line(line, f"{_PLACE}[{index}]", tell) for index, line in enumerate(lines)]


def _table_row(row: dict[str, str], place: str, tell: Tell) -> dict[str, Any]:
    """Return a row of a table; the numbers and the file stand in whichever of its cells."""
    cells = {key: text for key, text in row.items() if key not in ("ten_giay_to", "ten")}
    counts = " ".join(cells.values())
    files = [name.strip() for text in cells.values() for name in _FILE.findall(text)]
    name = row.get("ten_giay_to", row.get("ten", ""))
    return {"ten_giay_to": name, "files": files, "nhom": cells.get("nhom", ""), **_numbers(counts, place, tell)}


def _numbers(text: str, place: str, tell: Tell) -> dict[str, int]:
    first, second = _ORIGINALS.search(text), _COPIES.search(text)
    if first is not None or second is not None:
        return {"originals": int(first[1]) if first else 0, "copies": int(second[1]) if second else 0}
    counted = {kind.lower(): int(number) for number, kind in _COUNTED.findall(text)}
    if not counted:
        tell(place, text, "không có số bản chính, bản sao", "no number of originals and copies")
    return {"originals": counted.get("chính", 0), "copies": counted.get("sao", 0)}


def _line(line: str, place: str, tell: Tell) -> dict[str, Any]:
    """Return a line of a cell of a sheet: ``name | file | originals, copies``, or a name with numbers in its words."""
    name, *rest = (cell.strip() for cell in line.split("|"))
    counts = " ".join(rest) or line
    return {
        "ten_giay_to": _ITS_NUMBER.sub("", (_COUNTS.sub("", name) or name).lstrip("-+•* ")),
        "files": [each.strip() for text in rest for each in _FILE.findall(text)],
        "nhom": "",
        **_numbers(counts, place, tell),
    }


def _paper(row: dict[str, Any], place: str, found: Papers, cases: Cases, tell: Tell) -> dict[str, Any]:
    words: str = row["ten_giay_to"]
    if row.get("doubt") == "file":
        tell(place, words, "tên tệp dính liền tên giấy tờ", "the name of a file runs into that of the paper")
    elif row.get("doubt"):
        tell(
            place, words, "chữ số cuối tên giấy tờ dính liền số bản", "digits of the name run into those of the number"
        )
    if max(row["originals"], row["copies"]) > _MOST:
        tell(place, words, "số bản quá lớn", "too many pieces")
    paper: dict[str, Any] = {
        "name": {"vi": words.lstrip(" -+•*").rstrip(" ;") or words},
        "originals": min(row["originals"], _MOST),
        "copies": min(row["copies"], _MOST),
    }
    if row["files"]:
        paper["files"] = [{"name": name[:255]} for name in row["files"][:50]]
    group = row.get("nhom", "")
    if group and said(group):
        if _FOR.match(group):
            paper["cases"] = [cases.named(group.strip(" :-*+"), "papers")]
        else:
            paper["note"] = {"vi": group}
    replaced = alternatives_of(words, group)
    if not replaced and (asked := conditional(words)) is not None and (listed := alternatives_of(asked[1])):
        replaced = listed
        paper["cases"] = [*paper.get("cases", ()), cases.named(asked[0], "papers")]
    if replaced is None:
        tell(place, words, "giấy tờ thay thế nhau nằm trong tên", "papers that replace each other stand in the name")
    elif replaced:
        paper["name"] = {"vi": replaced[0]}
        paper["alternatives"] = [{"name": {"vi": name}, **_pieces(paper)} for name in replaced[1:]]
        paper["note"] = {"vi": "\n".join(filter(None, (paper.get("note", {}).get("vi"), words)))}
    _forms(paper, words, place, found, tell)
    return paper


def _pieces(paper: dict[str, Any]) -> dict[str, int]:
    return {"originals": paper["originals"], "copies": paper["copies"]}


def _named_forms(words: str) -> list[tuple[int, int, str]]:
    """Return the forms that words name, each with its place; "mẫu: số 1" and "Mẫu số 1" are one."""
    found = ((match, match["code"] or match["numbered"] or match["in"]) for match in _FORM.finditer(words))
    return [(match.start(), match.end(), code[:1].upper() + code[1:].replace("ẫu:", "ẫu")) for match, code in found]


def _forms(paper: dict[str, Any], words: str, place: str, found: Papers, tell: Tell) -> None:
    """Put in the form that the words of a paper name; of several, each where it replaces the others."""
    named = _named_forms(words)
    codes = list(dict.fromkeys(code for _, _, code in named))
    if not codes:
        return
    others: list[dict[str, Any]] = paper.get("alternatives", [])
    own = [{code for _, _, code in _named_forms(each["name"]["vi"])} for each in (paper, *others)]
    if len(codes) > 1 and not others and _either_form(words, named):
        paper["form"] = codes[0]
        paper["alternatives"] = [{"name": paper["name"], "form": code, **_pieces(paper)} for code in codes[1:]]
    elif others and set().union(*own) == set(codes) and all(len(each) < 2 for each in own):
        for each, forms in zip((paper, *others), own, strict=True):
            if forms:
                each["form"] = next(iter(forms))
    elif len(codes) > 1:
        tell(place, words, "tên giấy tờ nêu nhiều mẫu", "the name speaks of several forms")
        return
    else:
        paper["form"] = codes[0]
    for code in codes:
        form = found.forms.setdefault(code, {"code": code, "name": {"vi": words}})
        for file in paper.get("files", ()):
            listed = form.setdefault("files", [])
            if file not in listed and len(listed) < 50:
                listed.append(file)


def _either_form(words: str, named: list[tuple[int, int, str]]) -> bool:
    """Whether nothing but "hoặc", with whom it is for in brackets, stands between the forms that a name speaks of."""
    between = (words[end:start] for (_, end, _), (start, _, _) in pairwise(named))
    return all(_OR_FORM.fullmatch(gap) for gap in between)
