"""Every Vietnamese text that the library can say, and what is not to be said in it.

``python -m tests.house.vietnamese [ROOM...]`` lists what is wrong, room by room.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tests.house.tree import SRC

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
SHARED: Final = Path(os.environ.get("ONESTOP_SHARED_DATA") or ROOT.parent / "shared" / "data").parent
GLOSSARY: Final = SHARED / "domain" / "glossary.md"
_VIETNAMESE: Final = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


class Said(NamedTuple):
    """One Vietnamese text, and where it is said."""

    place: str
    room: str
    text: str


def _in_document(node: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, each in node.items():
            if key == "vi" and isinstance(each, str):
                yield path, each
            else:
                yield from _in_document(each, f"{path}.{key}")
    elif isinstance(node, list):
        for number, each in enumerate(node):
            yield from _in_document(each, f"{path}[{number}]")


def _in_module(source: str) -> Iterator[tuple[int, str]]:
    """Yield the Vietnamese string literals of a module; what is filled in stands as …"""
    nodes = list(ast.walk(ast.parse(source)))
    within = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    told = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    told |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    named = [word for node in nodes if isinstance(node, ast.Call) for word in node.keywords]
    keyed = {id(word.value) for word in named if word.arg == "vi"}
    english = {id(part) for word in named if word.arg == "en" for part in ast.walk(word.value)}
    for node in nodes:
        text = None
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within | told:
            text = node.value
        if text is None or id(node) in english or "(?" in text:
            continue
        if id(node) in keyed or _VIETNAMESE.search(text):
            yield getattr(node, "lineno", 0), text


@cache
def everything() -> tuple[Said, ...]:
    """Return every Vietnamese text: of the data, the schemas, the code and the Vietnamese pages."""
    found: list[Said] = []
    folders = ((SRC / "data", "data"), (ROOT / "schemas", "schemas"))
    for folder, room in folders:
        for file in sorted(folder.rglob("*.json")):
            document = json.loads(file.read_text(encoding="utf-8"))
            of = file.relative_to(folder).parts[1] if room == "data" else room
            found += [Said(f"{file.name}:{path}", of, text) for path, text in _in_document(document, "$")]
    for file in sorted(SRC.rglob("*.py")):
        name = file.relative_to(SRC)
        room = name.parts[0].removesuffix(".py")
        found += [Said(f"{name}:{line}", room, text) for line, text in _in_module(file.read_text(encoding="utf-8"))]
    # What is typed, and what other programs call their menus, is left out.
    aside = re.compile(r"```.*?```|`[^`\n]*`|(?<!\*)\*[^*\n]+\*(?!\*)", re.DOTALL)
    for file in sorted((ROOT / "docs").rglob("*.vi.md")):
        page = aside.sub(" ", file.read_text(encoding="utf-8"))
        found += [
            Said(f"{file.name}:{number}", "docs", line) for number, line in enumerate(page.splitlines(), 1) if line
        ]
    found = [said for said in found if not said.place.startswith(_ONLY_READ)]
    return tuple(said for said in found if not said.place.startswith(_NOT_SAID) or said.text != "Tết Nguyên Đán")


_ONLY_READ: Final = (
    "rules/wording/limits.py",
    "rules/wording/quantities.py",
    "rules/wording/starts.py",
    "text/numerals.py",
)
"""Modules that hold what others wrote, to recognise it, and say nothing."""
_NOT_SAID: Final = "workdays/predicted_years.py"
"""Where a name is the key under which the package `holidays` has a day."""
_IN_CONTEXT: Final = frozenset({
    # Right words in another sense, or parts of right words; only a reader can tell.
    "nhận", "thu", "báo", "hạn", "hẹn", "ngày ấy", "ca", "máy", "trục", "giá", "ngành", "đơn", "sơ đồ", "hạng", "cơ sở",
    "tái sử dụng", "treo", "đồng hồ", "đầu ra", "duyệt", "biên nhận", "bản gốc", "biểu mẫu", "quy trình", "trễ", "chậm",
    "xã, phường", "kho cá nhân", "dữ liệu dân cư", "tiền phải nộp", "công dân", "cuối tuần", "sếp", "lãnh đạo",
    "giờ hành chính", "mức 3, 4", "nhân sự", "trả về", "khiếu nại", "trình tự", "không nhận", "thẻ điểm", "ghi nhớ",
    "tạm dừng", "hủy hồ sơ", "sửa hồ sơ", "đánh giá", "cước", "KPI", "người nhận", "biểu 06", "mẫu 06", "từ chối tiếp nhận",
    "thời gian xử lý", "mức 3", "số hồ sơ", "gia hạn", "dừng giải quyết", "không giải quyết", "giao kết quả", "tạm ngưng", "cấp huyện", "khách hàng",
})  # fmt: skip
"""Words of the column that are not looked for, since they are also right elsewhere."""


@cache
def unwanted() -> tuple[str, ...]:
    """Return the words of the glossary's column *not* that are wrong wherever they stand."""
    found: list[str] = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 4 or not line.startswith("|") or cells[0] in {"vi", "---"} or set(cells[0]) <= {"-", " "}:
            continue
        plain = re.sub(r"\([^)]*\)", "", cells[2])
        found += [word.strip().rstrip(":") for word in plain.split(",") if word.strip() and "…" not in word]
    return tuple(sorted({word for word in found if word not in _IN_CONTEXT and " " in word}))


_WORDS_OF_OTHERS: Final = frozenset(
    [
        "json",
        "csv",
        "utf",
        "nfc",
        "iso",
        "xml",
        "html",
        "svg",
        "pdf",
        "xlsx",
        "docx",
        "sarif",
        "yaml",
        "url",
        "uri",
        "http",
        "https",
        "html",
        "mermaid",
        "dot",
        "scxml",
        "xes",
        "ocel",
        "bpmn",
        "python",
        "pip",
        "java",
        "node",
        "spark",
        "unicode",
        "api",
        "id",
        "vneid",
        "dvc",
        "dvctt",
        "tthc",
        "ubnd",
        "hđnd",
        "csdl",
        "cpsv",
        "ap",
        "shacl",
        "sha",
        "oasis",
        "excel",
        "erlang",
        "github",
        "opencps",
        "vietopencps",
        "onestop",
        "core",
        "tuple",
        "true",
        "false",
        "none",
        "text",
        "mapping",
        "fraction",
        "decimal",
        "adapter",
        "lgsp",
        "bom",
        "ics",
        "icalendar",
        "junit",
        "markdown",
        "parquet",
        "pyarrow",
        "numpy",
        "narwhals",
        "holidays",
        "sql",
        "sla",
        "otp",
        "qr",
        "email",
        "web",
        "windows",
        "lf",
        "crlf",
        "nul",
        "nan",
        "kstt",
        "vpcp",
        "sdk",
        "cli",
        "ci",
        "internet",
        "fax",
        "zip",
        "asean",
        "cites",
        "oda",
        "ppp",
    ]
)
_ENGLISH: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "not",
        "is",
        "are",
        "be",
        "by",
        "to",
        "from",
        "with",
        "without",
        "for",
        "on",
        "in",
        "at",
        "as",
        "if",
        "must",
        "may",
        "expected",
        "got",
        "unknown",
        "missing",
        "cannot",
        "use",
        "used",
        "using",
        "value",
        "values",
        "day",
        "days",
        "date",
        "time",
        "limit",
        "working",
        "hours",
        "hour",
        "calendar",
        "procedure",
        "dossier",
        "event",
        "state",
        "index",
        "metric",
        "case",
        "cases",
        "error",
        "errors",
        "warning",
        "note",
        "level",
        "unit",
        "period",
        "field",
        "channel",
        "online",
        "post",
        "full",
        "refuse",
        "allow",
        "name",
        "code",
        "number",
        "text",
        "file",
        "line",
        "column",
        "row",
        "table",
        "option",
        "options",
        "required",
        "property",
        "key",
        "path",
        "valid",
        "invalid",
        "such",
        "this",
        "that",
        "no",
        "none",
        "yes",
        "true",
        "false",
        "default",
        "start",
        "end",
        "month",
        "year",
        "week",
        "step",
        "steps",
        "fee",
        "count",
        "counts",
        "score",
    ]
) - {"a", "no", "or", "on", "in", "at", "to", "an", "be", "is", "as", "case", "code", "text", "true", "false", "none"}

_RIGHT: Final = (
    "Bộ phận Một cửa",
    "có phải ý bạn là",
    "Có phải ý bạn là",
    "(thực hiện tại cấp trung ương)",  # in titles as published
)
"""Right words that contain wrong ones."""


def _says(word: str, text: str) -> bool:
    for right in _RIGHT:
        text = text.replace(right, " ")
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


RULES: Final = {
    "n of m": re.compile(r"thứ (?:\d+|…)/(?:\d+|…)|\((?:\d|…)/(?:\d|…)\)"),
    "ISO date": re.compile(r"(?<![\d-])(?:19|20)\d\d-\d\d-\d\d(?!\d)"),
    "comma group": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])"),
    "decimal point": re.compile(r"(?<![\d.§@v])\d+\.\d{1,2}(?:%| %| điểm| ngày| giờ| triệu| tỷ)"),
    "percent": re.compile(r"\d %"),
    "we": re.compile(r"chúng tôi"),
    "article": re.compile(r"Điều \d+\(\d"),
    "old tone": re.compile(r"\b(?:hoá|hoà|huỷ|xoá|thoả|tuỳ|uỷ|Uỷ|Hoá|Huỷ|Xoá)\b"),
    "decomposed": re.compile("[\u0300-\u0309\u0323\u031b\u0302\u0306]"),
    # A sentence names states, events, roles and the like as officers do; the code stays in the fields of the error.
    "code in brackets": re.compile(r"[”’] \((?:…|[a-z][a-z0-9_.-]*)\)|\w \([a-z0-9]+(?:_[a-z0-9]+)+\)"),
    "weekday": re.compile(r"[a-zà-ỹ,;] Thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)"),
}


def _prose(text: str) -> str:
    """Return *text* without code: what stands in backticks or quotes, options, identifiers, citations."""
    text = re.sub(r"\{\w*\}|`[^`]*`|“[^”]*”|'[^']*'|\"[^\"]*\"|«[^»]*»", " ", text)
    text = re.sub(r"\([^()à-ỹÀ-Ỹđ]*\)", " ", text)  # a code in brackets
    return re.sub(
        r"--?[a-z][\w-]*(?:=\S*)?|\S*[/_@$<>\\=]\S*|\b[\w-]+\.(?:json|csv|md|py|gs|js|mjs|com|vn|org)\b|\w+\(",
        " ",
        text,
    )


def faults(said: Said) -> list[str]:
    """Return what is wrong with one text."""
    found = [f"{name}: {match[0]}" for name, rule in RULES.items() if (match := rule.search(said.text))]
    if re.search("ví dụ|chẳng hạn|dạng|như 2", said.text):  # how a day is typed in
        found = [each for each in found if not each.startswith("ISO date")]
    plain = _prose(said.text)
    words = re.findall(r"(?<![\w-])[A-Za-z]{2,}(?![\w-])", plain)
    found += [f"English: {word}" for word in words if word.lower() in _ENGLISH - _WORDS_OF_OTHERS]
    if GLOSSARY.is_file():
        found += [f"glossary: {word}" for word in unwanted() if _says(word, said.text)]
    return found


def rooms() -> tuple[str, ...]:
    """Return the rooms that say something in Vietnamese."""
    return tuple(sorted({said.room for said in everything()}))


def main(wanted: list[str]) -> int:
    """Print what is wrong, of the *wanted* rooms or of all."""
    total = Counter[str]()
    for said in everything():
        if not wanted or said.room in wanted:
            for fault in faults(said):
                total[said.room] += 1
                print(f"{said.room}: {said.place}: {fault}: {said.text[:120]!r}")  # noqa: T201
    print(f"{len(everything()):,} texts; {dict(total)}")  # noqa: T201
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
