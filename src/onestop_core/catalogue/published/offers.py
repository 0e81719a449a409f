"""Ways to submit as they are published: rows of channel, time, fee and description become channels, limits and cases."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.catalogue.published.fee_values import FeeOutcome
from onestop_core.catalogue.published.fees import read_fee
from onestop_core.catalogue.published.flat import way_rows
from onestop_core.catalogue.published.places import Tell, said
from onestop_core.catalogue.structure import unstructured
from onestop_core.rules.wording import LimitOutcome, read_limit

if TYPE_CHECKING:
    from onestop_core.catalogue.published.fee_values import FeeWording
    from onestop_core.rules.wording import FoundLimit, LimitWording

__all__ = ["Cases", "channels_of"]

_PLACE: Final = "cach_thuc_thuc_hien"
_LONGEST: Final = 4_000
_LONGEST_READ: Final = 1_000
_KINDS: Final = (
    ("trực tuyến toàn trình", "online_full"),
    ("toàn trình", "online_full"),
    ("trực tuyến một phần", "online_partial"),
    ("một phần", "online_partial"),
    ("trực tuyến", "online"),
    ("dịch vụ bưu chính", "post"),
    ("bưu chính", "post"),
    ("bưu điện", "post"),
    ("bcci", "post"),
    ("trực tiếp", "in_person"),
)
_CHANNEL_TEXT: Final = re.compile(
    r"(?:nộp )?trực tuyến toàn trình|trực tuyến một phần|toàn trình|một phần|(?:nộp )?trực tuyến"
    r"|(?:qua )?(?:dịch vụ )?(?:bưu (?:chính|điện)(?: công ích)?|bcci)|(?:nộp )?trực tiếp|[,;/\n|&]| và | hoặc |\s"
)
_BARE: Final = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")
_READ_FEES: Final = frozenset({FeeOutcome.READ, FeeOutcome.FREE, FeeOutcome.SET_BY, FeeOutcome.PERCENTAGE})
_NO_FEE: Final = frozenset({FeeOutcome.NOT_STATED, FeeOutcome.NOT_PRESCRIBED})
_FEE_AND_CHARGE: Final = re.compile(r"Phí: (?P<fee>[^\n;|]{1,500})[\n;] ?Lệ phí: (?P<charge>[^\n;|]{1,500})")
"""Two columns of a sheet."""
_FEE_BESIDE: Final = re.compile(r"(?<!\w)(?:lệ )?phí(?: \([^)]{0,30}\))? ?:")
_FLAWED: Final = (LimitOutcome.EXTENSION, LimitOutcome.OTHER_PERIOD, LimitOutcome.MINIMUM)
"""What a description says of time although no limit can be read from it."""
_OF_TIME: Final = re.compile(
    r"(?:thời hạn|thời gi[aạ]n)(?: giải quyết| xử lý| thực hiện)? ?:|thời (?:hạn|gian) giải quyết"
)
_UNTIL: Final = re.compile(r"(?:kể )?từ ngày [^.;:]{1,120} đến (?:ngày hết hạn|khi)(?!\w)")
_BY_CASE: Final = re.compile(r"(?:trường hợp|đối với|nếu)(?!\w)")
_BRACKET: Final = re.compile(r"\([^()]*\)")
_BY_EVENT: Final = re.compile(
    r"(?:ngay )?trước khi|được coi là kết thúc|kết thúc (?:trước|khi)|(?:ngay )?khi [^.;]{0,60}(?:rời|cập)"
)


class Cases:
    """The cases that the rows of a page name, each once; an id is a number, the name is what the page says."""

    def __init__(self) -> None:
        self.listed: list[dict[str, Any]] = []
        self._ids: dict[tuple[str, str], str] = {}

    def named(self, words: str, dimension: str) -> str:
        """Return the id of the case that *words* name."""
        name = " ".join(words.split())
        key = (dimension, name.casefold())
        if key not in self._ids:
            self._ids[key] = f"{dimension}-{sum(each == dimension for each, _ in self._ids) + 1}"
            self.listed.append({"id": self._ids[key], "name": {"vi": name}, "dimension": dimension})
        return self._ids[key]


def channels_of(page: dict[str, Any], cases: Cases, tell: Tell) -> list[dict[str, Any]]:
    """Return the channels of a page, each with its limits; empty where the page names none."""
    rows = _rows(page, tell)
    channels: dict[str, list[dict[str, Any]]] = {}
    kinds = [_kind(row.get("hinh_thuc", "")) for row in rows]
    count = Counter(kinds)
    for index, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        place = f"{_PLACE}[{index}]"
        if kind is None:
            tell(f"{place}.hinh_thuc", row, "không nhận ra hình thức nộp", "no channel that is known")
            continue
        channels.setdefault(kind, []).extend(_limits(row, place, cases, tell, alone=count[kind] == 1))
    return [{"kind": kind, "limits": _apart(limits, kind, cases, tell)} for kind, limits in channels.items()]


def _rows(page: dict[str, Any], tell: Tell) -> list[dict[str, str]]:
    raw = page.get(_PLACE)
    beside = {key: page[key] for key in ("thoi_han_giai_quyet", "phi_le_phi") if isinstance(page.get(key), str)}
    if isinstance(raw, list):
        return [{**beside, **row} for row in cast("list[dict[str, str]]", raw)]
    if not isinstance(raw, str):
        return []
    if (rows := way_rows(raw)) is not None:
        return rows
    if "|" in raw:
        names = ("hinh_thuc", "thoi_han_giai_quyet", "phi_le_phi", "mo_ta")
        lines = [[cell.strip() for cell in line.split("|", 3)] for line in raw.splitlines() if line.strip()]
        return [{**beside, **{name: cell for name, cell in zip(names, line, strict=False) if cell}} for line in lines]
    found = {kind: words for words, kind in reversed(_KINDS) if re.search(rf"(?<!\w){words}(?!\w)", raw.lower())}
    if "online_full" in found or "online_partial" in found:
        found.pop("online", None)
    note = {} if _CHANNEL_TEXT.sub("", raw.lower()) == "" else {"mo_ta": raw}
    if not found:
        tell(_PLACE, raw, "không nhận ra hình thức nộp", "no channel that is known")
    return [{"hinh_thuc": words, **beside, **note} for words in found.values()]


def _kind(words: str) -> str | None:
    low = words.lower()
    return next((kind for name, kind in _KINDS if name in low), None)


def _limits(row: dict[str, str], place: str, cases: Cases, tell: Tell, *, alone: bool) -> list[dict[str, Any]]:
    """Return the limits of one row, *alone* or one of its channel's: one, or one to each case that its description names."""
    column, words = row.get("thoi_han_giai_quyet", ""), row.get("mo_ta", "")
    if "lan" in row:
        tell(
            f"{place}.thoi_han_giai_quyet", row["lan"],
            "thời hạn mất đơn vị và dính liền mức thu", "the time lost its unit and runs into the fee",
        )  # fmt: skip
    limit, read = _time(column, f"{place}.thoi_han_giai_quyet", tell)
    beside = read_limit(words) if words and len(words) <= _LONGEST_READ else None
    fees, condition = _fees(row, f"{place}.phi_le_phi", cases, tell)
    if fees:
        limit["fees"] = fees
    elif _FEE_BESIDE.search(words.lower()):
        tell(f"{place}.mo_ta", words, "mô tả nói về phí, lệ phí", "the description speaks of a fee")
    if words:
        limit["published"] = _published(column, words)
    elif column and said(column):
        limit["published"] = column[:_LONGEST]
    several = _described(limit, read, beside, (words, f"{place}.mo_ta"), tell, alone=alone)
    limits = [limit]
    if several is not None:
        limits = [{**limit, **_as_limit(each), **_case_of(each, cases)} for each in several]
    for each in limits:
        each["_row"] = (condition or words) if several is None else ""
    return limits


def _case_of(found: FoundLimit, cases: Cases) -> dict[str, str]:
    """Return the case for which a limit holds; nothing where it holds for all others."""
    return {"case": cases.named("; ".join(found.conditions), "limit")} if found.conditions else {}


def _published(column: str, words: str) -> str:
    return (f"{column}\n{words}" if said(column) else words)[:_LONGEST]


def _time(column: str, place: str, tell: Tell) -> tuple[dict[str, Any], LimitWording | None]:
    """Return what the column of the time says, as a limit without anything else."""
    if not said(column):
        return {}, None
    if len(column) > _LONGEST_READ:
        tell(place, column, "đoạn quá dài", "the text is too long")
        return {}, None
    if _BARE.fullmatch(column):
        tell(place, column, "thời hạn không có đơn vị", "the time has no unit")
        return {}, None
    read = read_limit(column)
    if read.limit is not None and not read.limit.is_budget:
        return _as_limit(read), read
    if read.outcome is LimitOutcome.NOT_PRESCRIBED or column.strip(" .").lower() == "không":
        return {"without_time": "not_prescribed"}, read
    if _BY_EVENT.search(column.lower()) and not read.found:
        return {"without_time": "by_event"}, read
    tell(place, column, read.reason.vi, read.reason.en)
    return {}, read


def _as_limit(read: Any) -> dict[str, Any]:
    limit: dict[str, Any] = {"time": str(read.limit)}
    if read.start is not None:
        limit["starts"] = {"event": str(read.start.value), "words": {"vi": read.runs_from}}
    return limit


def _described(
    limit: dict[str, Any],
    column: LimitWording | None,
    beside: LimitWording | None,
    described: tuple[str, str],
    tell: Tell,
    *,
    alone: bool,
) -> Any:
    """Take in what the description says of the time; return the limits that it names case by case, if it does."""
    words, place = described
    if beside is None:
        return None
    if "time" not in limit and "without_time" not in limit and not beside.found:
        if beside.outcome is LimitOutcome.NOT_PRESCRIBED and _OF_TIME.search(words.lower()):
            limit["without_time"] = "not_prescribed"
        elif _UNTIL.search(words.lower()):
            limit["without_time"] = "by_event"
        elif column is None and _OF_TIME.search(words.lower()):
            tell(place, words, beside.reason.vi, beside.reason.en)
        return None
    if beside.limit is not None and not beside.limit.is_budget and not beside.conditions:
        if "time" not in limit and "without_time" not in limit:
            if len(beside.found) == 1 and not re.search(r"\d+ (?:ngày|giờ|tháng)", " ".join(beside.dropped).lower()):
                limit.update(_as_limit(beside))
        elif column is not None and beside.limit == column.limit:
            limit.update(_as_limit(beside))
        else:
            tell(place, words, "mô tả nêu thời hạn khác cột thời hạn", "the description says another time")
        return None
    found = beside.found
    plain = [each for each in found if not each.conditions]
    apart = (
        not any(each.limit.is_budget for each in found)
        and len({each.conditions for each in found}) == len(found)
        and (not plain or (len(plain) == 1 and str(plain[0].limit) == limit.get("time")))
    )
    named = "time" not in limit or any(str(each.limit) == limit["time"] for each in found)
    if len(found) > 1 and apart and beside.outcome is LimitOutcome.SEVERAL and named:
        return found
    if column is not None and _in_parts(column, found) and not _BY_CASE.search(_BRACKET.sub("", words.lower())):
        return None
    if beside.outcome is LimitOutcome.READ and column is not None and beside.limit == column.limit and not alone:
        limit.update(_as_limit(beside))  # the row is for that case
    elif beside.outcome is LimitOutcome.READ:
        tell(place, words, "thời hạn chỉ cho một trường hợp", "a time limit for one case only")
    elif (
        found
        or beside.outcome in _FLAWED
        or (beside.outcome is LimitOutcome.NOT_PRESCRIBED and "time" in limit and _OF_TIME.search(words.lower()))
    ):
        tell(place, words, beside.reason.vi, beside.reason.en)
    return None


def _in_parts(column: LimitWording, found: tuple[FoundLimit, ...]) -> bool:
    """Whether the limits of a description are the parts of the column's, which it may say before: "07 ngày (Sở: 03; xã: 04)"."""
    if column.limit is None or len(column.limit.steps) != 1 or len(found) < 2:
        return False
    whole = column.limit.steps[0]
    steps = [each.limit.steps[0] for each in found]
    parts = steps[1:] if steps[0] == whole and len(steps) > 2 else steps
    return all(step.unit is whole.unit for step in parts) and sum(step.amount for step in parts) == whole.amount


def _fees(row: dict[str, str], place: str, cases: Cases, tell: Tell) -> tuple[list[dict[str, Any]], str | None]:
    """Return the fees of a row, and the condition of the one that it names."""
    words = row.get("phi_le_phi", "")
    if not words.strip() or not said(words):
        return [], None
    if len(words) > _LONGEST:
        tell(place, words, "đoạn quá dài", "the text is too long")
        return [{"published": words[:_LONGEST]}], None
    if (apart := _FEE_AND_CHARGE.fullmatch(words)) is not None:
        both = [(kind, read_fee(apart[kind])) for kind in ("fee", "charge")]
        if all(read.fee is not None and read.outcome in _READ_FEES and not read.condition for _, read in both):
            return [{**_plain(unstructured(read.fee)), "kind": kind} for kind, read in both], None
        tell(place, words, "không đọc được cả phí lẫn lệ phí", "not both the fee and the charge can be read")
        return [{"published": words}], None
    read = read_fee(words)
    if read.outcome in _READ_FEES and read.fee is not None:
        fee: dict[str, Any] = unstructured(read.fee)
        if read.condition:
            fee["note"] = {"vi": read.condition}
        return [_plain(fee)], read.condition
    if read.outcome in _NO_FEE:
        return [], None
    if (own := _of_channel(read, _kind(row["hinh_thuc"]))) is not None:
        return own, None
    if (listed := _listed(read, cases)) is not None:
        return listed, None
    tell(place, words, read.reason.vi, read.reason.en)
    return [{"published": read.text[:_LONGEST]}], None


def _plain(fee: dict[str, Any]) -> dict[str, Any]:
    """Return a fee whose texts say English only where they know it."""
    return {
        key: {"vi": value["vi"]} if isinstance(value, dict) and "vi" in value else value for key, value in fee.items()
    }


def _of_channel(read: FeeWording, kind: str | None) -> list[dict[str, Any]] | None:
    """Return the fee of the channel, where a text names an amount for each channel; else None."""
    if read.outcome is not FeeOutcome.SEVERAL or "%" in read.text:
        return None
    kinds = [_kind(each.condition) if each.condition and not _CHANNEL_TEXT.sub("", each.condition.lower()) else None
             for each in read.found]  # fmt: skip
    if None in kinds or len(set(kinds)) < len(kinds) or kind not in {*kinds, "online_full", "online_partial"}:
        return None
    fitting = [
        each for each, named in zip(read.found, kinds, strict=True) if named is not None and str(kind).startswith(named)
    ]
    return [{**_plain(unstructured(each.fee)), "published": read.text[:_LONGEST]} for each in fitting] or None


def _listed(read: FeeWording, cases: Cases) -> list[dict[str, Any]] | None:
    """Return the fees of a text with several, where a case or a period tells each from the others; None: nobody knows."""
    if read.outcome is not FeeOutcome.SEVERAL or "%" in read.text:
        return None
    found = list(read.found)
    if (
        len(found) > 1
        and found[0].condition is None
        and any(
            (each.fee.amount, each.fee.currency) == (found[0].fee.amount, found[0].fee.currency) for each in found[1:]
        )
    ):
        found = found[1:]  # the column of the amount says again what the words beside it say
    apart = {(each.condition, each.fee.in_force_from, each.fee.in_force_to) for each in found}
    plain = sum(each.condition is None and each.fee.in_force_to is None for each in found)
    conditions = sum(each.condition is not None for each in found)
    if (
        len(found) < 2
        or len(apart) < len(found)
        or plain > 1
        or (conditions and plain and conditions + plain == len(found))
    ):
        return None
    fees: list[dict[str, Any]] = []
    for each in found:
        fee: dict[str, Any] = _plain(unstructured(each.fee))
        if each.condition is not None:
            fee["case"] = cases.named(each.condition, "fee")
        fees.append({**fee, "published": read.text[:_LONGEST]})
    return fees


def _apart(limits: list[dict[str, Any]], kind: str, cases: Cases, tell: Tell) -> list[dict[str, Any]]:
    """Return the limits of a channel, those of several rows told apart by cases where their words differ."""
    rows = [each.pop("_row") for each in limits]
    unlike: list[dict[str, Any]] = []
    named: list[str] = []
    for limit, words in zip(limits, rows, strict=True):
        if limit not in unlike:
            unlike.append(limit)
            named.append(words)
    open_ones = [index for index, limit in enumerate(unlike) if "case" not in limit]
    rest = len(open_ones) == 1 and not named[open_ones[0]]  # it holds where no case of its description does
    if len(unlike) > 1 and open_ones and not rest:
        words = [named[index] for index in open_ones]
        if all(words) and len(set(words)) == len(words):
            for index in open_ones:
                unlike[index]["case"] = cases.named(named[index], "limit")
        else:
            tell(
                _PLACE, f"{kind}: {len(unlike)}",
                "một hình thức nộp có nhiều dòng mà không nêu trường hợp nào thì dùng dòng nào",
                "a channel has several rows and nothing says which holds when",
            )  # fmt: skip
    return unlike
