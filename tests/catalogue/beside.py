"""The shipped catalogue beside the pages of July 2026: what agrees, what differs, and why.

The pages are read here by a reader of its own, which shares nothing with the library's. ``python -m
tests.catalogue.beside`` draws the table of ``docs/reference/shipped-catalogue.md``; a test holds the page to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop_core import catalogue, deadlines
from tests.catalogue.pages import pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop_core.catalogue.values import Procedure

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "shipped-catalogue.md"

Row = dict[str, str]

LEVELS = {"bộ": "central", "tỉnh": "provincial", "xã": "commune"}
WAYS = {"Trực tuyến": "online", "Dịch vụ bưu chính": "post", "Trực tiếp": "in_person"}
UNITS = {"Ngày làm việc": "working days", "Ngày": "days", "Giờ": "hours", "Tháng": "months"}
APPLICANTS = {
    "Công dân Việt Nam": "vietnamese_citizen",
    "Người Việt Nam định cư ở nước ngoài": "vietnamese_abroad",
    "Người nước ngoài": "foreigner",
    "Người nước ngoài cư trú tại Việt Nam": "resident_foreigner",
    "Cán bộ, công chức, viên chức": "official",
    "Doanh nghiệp": "business",
    "Doanh nghiệp Việt Nam": "vietnamese_business",
    "Doanh nghiệp có vốn đầu tư nước ngoài": "foreign_invested_business",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)": "agency",
    "Tổ chức nước ngoài": "foreign_organisation",
    "Hợp tác xã": "cooperative",
    "Đảng viên": "party_member",
}

REASONS: Final = {
    "unit": "the copy of the page has the number without its unit; the unit is that of the law or of the steps",
    "words": "the column is empty, or says another thing than the words of the page; the words are followed",
    "law": "the column is empty; the limit is that of the law, which is cited",
    "empty": "the page leaves it empty, and so does the catalogue",
    "alternatives": "a paper here with what serves instead of it; the page prints each as a paper",
    "cases": "the page prints papers again for each of its cases, or instructions and special cases among the papers",
    "split": "one row of the page names two papers, which stand apart here",
    "steps": "the steps of the page name a paper to be shown, which its table of papers leaves out",
}
"""Why page and catalogue differ."""

EXPLAINED: Final[dict[str, dict[str, str]]] = {
    "limits": {
        "unit": "1.000656 1.000689 1.000894 1.001022 1.001193 1.001570 1.001766 1.004746 1.004772 1.004859 1.004873 2.002029"
        " 3.000323",
        "words": "1.001266 1.001612 1.003677 1.010040 1.012566 1.013065 1.013274 1.014035 2.000575 2.001680 3.000277 3.000498",
        "law": "2.000635 2.000815 2.000884",
        "empty": "2.000942 2.001008 2.001016 2.001019 2.001406",
    },
    "fees": {"words": "2.001827 3.000348"},
    "papers": {
        "alternatives": "1.000656 1.000894 1.001022 1.001193 1.001471 1.001766 1.004746 1.004772 1.004859 1.004873 2.000635"
        " 3.000323 3.000333 3.000334",
        "cases": "1.001266 1.001570 1.001612 1.001613 1.001939 1.002755 1.004194 1.004222 1.010055 1.010382 1.013225 1.013226"
        " 1.013831 1.014035 1.014062 2.000575 2.000821 2.001583 2.002029 3.000228",
        "split": "1.001456 2.000815",
        "steps": "2.001016 2.001019 2.001406",
    },
}
"""By aspect and reason the codes of which page and catalogue differ; no other may."""


def explained(aspect: str) -> dict[str, str]:
    """Return by code why the two differ in *aspect*."""
    return {code: reason for reason, codes in EXPLAINED.get(aspect, {}).items() for code in codes.split()}


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def published() -> dict[str, Row]:
    """Return the pages of what ships, by code."""
    rows = (*pages("national-2026-07"), *pages("shipped-2026-07"))
    shipped = catalogue.shipped()
    return {
        row["ma_thu_tuc"]: {key: normal(str(value)) for key, value in row.items()}
        for row in rows
        if row["ma_thu_tuc"] in shipped
    }


def ways(page: Row) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the table of ways: way, time and what stands after it."""
    parts = re.split(
        r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=\d|Không có thông tin|Trong)", page["cach_thuc_thuc_hien"]
    )
    for way, rest in zip(parts[1::2], parts[2::2], strict=True):
        time = re.match(r"\d+ ?(?:Ngày làm việc|Ngày|Giờ|Tháng)|\d+|Không có thông tin|Trong", rest)
        assert time
        yield WAYS[way], time[0], rest[time.end() :]


def table_of_papers(page: Row) -> str:
    """Return the table; where the crawler has cut another part, what the whole text has between its neighbours."""
    if re.search(r"\d bản (?:chính|sao)", page["thanh_phan_ho_so"]):
        return page["thanh_phan_ho_so"]
    _, _, rest = page["raw_text"].rpartition("Cách Thức Thực Hiện")
    return rest.partition("Thành phần hồ sơ")[2].partition("Cơ quan thực hiện")[0]


def numbers_of(page: Row) -> list[tuple[int, int]]:
    # A name that ends in a number runs into the number of pieces: "Mẫu số 181 bản chính".
    found = re.findall(
        r"(\d) bản chính(?:, ?(\d) bản sao)?|(?<!chính,)(?<!chính, )(\d) bản sao(?! bản)", table_of_papers(page)
    )
    counts = sorted((int(first or 0), int(second or third or 0)) for first, second, third in found)
    return [each for each in counts if sum(each)]


TYPES = "NQ-CP|NĐ-CP|QĐ-[A-ZĐ]+(?:-[A-ZĐ0-9]+)?|TT-[A-ZĐ]+|TTLT-[A-ZĐ-]+|NQLT-[A-ZĐ-]+|QH\\d+|PL-[A-Z]+\\d+"
INSTRUMENT = re.compile(rf"\d+(?:\.\d+)?/(?:(?:19|20)\d\d/)?(?:{TYPES})(?=$|[A-ZĐ][a-zà-ỹ]|[A-ZĐ]{{4}})")


def instruments(page: Row) -> set[str]:
    """Return the numbers in the column of numbers: each ends its row, and the next begins without a blank."""
    return set(INSTRUMENT.findall(page["can_cu_phap_ly"]))


def _levels(page: Row, ours: Procedure) -> bool:
    named = [LEVELS[each] for each in re.findall(r"Cấp (bộ|tỉnh|xã)", page["cap_thuc_hien"])]
    other = ["other"] if "Cơ quan khác" in page["cap_thuc_hien"] else []
    return sorted([*named, *other]) == sorted(level.value for level in (ours.level, *ours.other_levels))


def _applicants(page: Row, ours: Procedure) -> bool:
    said = page["doi_tuong_thuc_hien"]
    named: set[str] = set()
    for words in sorted(APPLICANTS, key=len, reverse=True):
        if words in said:
            named.add(APPLICANTS[words])
            said = said.replace(words, "")
    return named == {each.value for each in ours.subjects}


def _ways(page: Row, ours: Procedure) -> bool:
    return {way for way, _, _ in ways(page)} == {channel.kind.value for channel in ours.channels}


def _limits(page: Row, ours: Procedure) -> bool:
    named = set()
    for way, time, _ in ways(page):
        match = re.fullmatch(r"(\d+) ?(\D+)", time)
        if match is None or match[2] not in UNITS:
            return False
        named.add((way, deadlines.TimeLimit.parse(f"{int(match[1])} {UNITS[match[2]]}")))
    return named == {(channel.kind.value, limit.time_limit) for channel in ours.channels for limit in channel.limits}


def _fees(page: Row, ours: Procedure) -> bool:
    for channel in ours.channels:
        own = [fee for limit in channel.limits for fee in limit.fees]
        cells = [rest for way, _, rest in ways(page) if way == channel.kind.value]
        amounts = {
            int(each.replace(",", ""))
            for cell in cells
            for each in re.findall(r"^(\d{1,3}(?:,\d{3})*) (?:Việt Nam Đồng|VNĐ)", cell)
        }
        mine = {
            int(each) for fee in own for each in (fee.amount, *(tier.amount for tier in fee.tiers)) if each is not None
        }
        if all(cell.startswith("Không có thông tin") for cell in cells):
            if own:
                return False
        elif amounts:
            if not (amounts & mine or any(fee.published or fee.note for fee in own)):
                return False
        elif not (own and all(not fee.amount or fee.in_force_from for fee in own)):
            return False
    return True


def _papers(page: Row, ours: Procedure) -> bool:
    return numbers_of(page) == sorted((paper.originals, paper.copies) for paper in ours.papers)


def _results(page: Row, ours: Procedure) -> bool:
    found = set(re.findall(r"Mã: (KQ\.[A-Z]\d\d\.\d{6})", page["ket_qua_xu_ly"]))
    return found == {each.code for each in ours.results if each.code and each.code.startswith("KQ.")}


def _laws(page: Row, ours: Procedure) -> bool:
    cited = {catalogue.shipped().bases[name].instrument.rpartition(" ")[2] for name in ours.legal_bases}
    # In the copy a number may run into the year before it, or its end into the name after it.
    missing = [one for one in instruments(page) if not any(one.endswith(own) or own.startswith(one) for own in cited)]
    return not missing and all(own in page["can_cu_phap_ly"] for own in cited)


ASPECTS: Final[dict[str, Callable[[Row, Procedure], bool]]] = {
    "levels": _levels,
    "applicants": _applicants,
    "ways": _ways,
    "limits": _limits,
    "fees": _fees,
    "papers": _papers,
    "results": _results,
    "laws": _laws,
}


def differences() -> dict[str, set[str]]:
    """Return by aspect the codes for which page and catalogue differ."""
    found: dict[str, set[str]] = {aspect: set() for aspect in ASPECTS}
    shipped = catalogue.shipped()
    for code, page in published().items():
        for aspect, same in ASPECTS.items():
            if not same(page, shipped[code]):
                found[aspect].add(code)
    return found


def counted() -> str:
    """Return the table of what ships, by field."""
    shipped = catalogue.shipped()
    fields: dict[str, list[Procedure]] = {}
    for each in shipped.values():
        fields.setdefault(each.field.name.en, []).append(each)
    rows = ["| field | procedures | complete | with budgets | with decision tables |", "|---|--:|--:|--:|--:|"]
    for name, own in (
        *sorted(fields.items(), key=lambda item: (-len(item[1]), item[0])),
        ("**all**", [*shipped.values()]),
    ):
        figures = (
            len(own),
            sum(map(is_complete, own)),
            sum(map(has_budgets, own)),
            sum(bool(one.decisions) for one in own),
        )
        rows.append(f"| {name} | {' | '.join(map(str, figures))} |")
    return "\n".join(rows)


def missing(procedure: Procedure) -> tuple[catalogue.values.PublishedPart, ...]:
    return catalogue.values.missing_parts(procedure)


def is_complete(procedure: Procedure) -> bool:
    return not missing(procedure)


def has_budgets(procedure: Procedure) -> bool:
    return any(step.budget for step in procedure.steps)


def compared() -> str:
    """Return the table of the comparison, with each difference and why it is."""
    every = differences()
    total = len(published())
    rows = ["| what | agree | differ, explained | why |", "|---|--:|--:|---|"]
    for aspect, codes in every.items():
        why = Counter(explained(aspect)[code] for code in codes)
        said = "; ".join(f"{REASONS[reason]} ({count})" for reason, count in why.most_common())
        rows.append(f"| {aspect} | {total - len(codes)} | {len(codes)} | {said or '–'} |")
    rows += ["", "| what | why | procedures |", "|---|---|---|"]
    for aspect, reasons in EXPLAINED.items():
        rows += [f"| {aspect} | {reason} | {', '.join(sorted(codes.split()))} |" for reason, codes in reasons.items()]
    return "\n".join(rows)


BLOCKS: Final[dict[str, Callable[[], str]]] = {"counts": counted, "beside the pages": compared}


def block(name: str, page: str) -> str:
    """Return what stands on the *page* between the marks of *name*."""
    return page.partition(f"<!-- {name} -->\n")[2].partition(f"\n<!-- end of {name} -->")[0]


def drawn(page: str) -> str:
    """Return the *page* with its blocks drawn anew."""
    for name, draw in BLOCKS.items():
        page = page.replace(f"<!-- {name} -->\n{block(name, page)}\n", f"<!-- {name} -->\n{draw()}\n")
    return page


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
