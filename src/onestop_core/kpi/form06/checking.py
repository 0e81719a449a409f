"""What does not add up in a filled form 06: findings, never an exception."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from onestop_core.errors import InvalidDocumentError, Problem, Severity
from onestop_core.kpi.form06.definition import definition
from onestop_core.kpi.form06.values import NUMBERS, Form06, FormRow, read_form
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text, day_text, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onestop_core.model import Basis
    from onestop_core.rules.reading.documents import Where

__all__ = ["check"]

_KINDS: Final = {
    "refused": Text(vi="bị từ chối giải quyết", en="refused"),
    "stopped": Text(vi="bị cơ quan dừng xử lý", en="stopped"),
    "withdrawn": Text(vi="dừng theo yêu cầu (rút hồ sơ)", en="withdrawn"),
    "waiting": Text(vi="đang chờ bổ sung", en="waiting for a supplement"),
}
_FACTS: Final = {
    "channel": Text(vi="hình thức nộp hồ sơ", en="the channel"),
    "due_at": Text(vi="hạn trả kết quả", en="the appointment"),
}
_UNIT: Final = Text(vi="đơn vị báo cáo", en="the reporting unit")
_BY: Final = Text(vi="cách chia dòng", en="what rows stand for")


def check(form: object, previous: object = None) -> tuple[Problem, ...]:
    """Return everything that does not add up in *form*; never raises on content.

    Args:
        form: a :class:`Form06`, or a document of ``schemas/form-06.schema.json``.
        previous: the form of the period just before, for the stock that is carried over.

    What breaks the schema is reported alone, since nothing can be added up then. Rules beyond it:
    ``form-06/received-sum``, ``resolved-sum``, ``pending-sum``, ``balance`` (the columns), ``total-row``,
    ``duplicate-row``, ``not-filled``, ``carried-over``, ``not-the-period-before``, ``not-comparable``,
    ``previous-unusable``, ``included`` and ``left-out``. The identities rest on evidence below law, which
    ``problem.basis`` says: published tables do break them.

    >>> numbers = dict(received=9, online=5, direct=3, carried_over=2, resolved=8, early=8, on_time=0, late=0,
    ...     pending=2, within=2, overdue=0)
    >>> form = {"schema_version": "1.0", "period": {"first": "2026-10-01", "last": "2026-10-31"},
    ...     "rows": [{"label": "Hộ tịch", **numbers}], "total": {"label": None, **numbers}}
    >>> print(check(form)[0])
    $.rows[0].received: error: column 3 is 9, but columns 4 + 5 + 6 make 10 [form-06/received-sum]
    """
    read = _read(form)
    if not isinstance(read, Form06):
        return read
    return tuple(_problems(read, previous))


def _read(form: object) -> Form06 | tuple[Problem, ...]:
    if isinstance(form, Form06):
        return form
    problems = check_schema(form, "form-06")
    if problems:
        return problems
    try:
        return read_form(form)
    except InvalidDocumentError as error:
        return error.problems


def _problems(form: Form06, previous: object) -> Iterator[Problem]:
    places: list[tuple[Where, FormRow]] = [(("rows", index), row) for index, row in enumerate(form.rows)]
    for place, row in [*places, (("total",), form.total)]:
        yield from _identities(place, row)
    yield from _totals(form)
    for label, times in Counter(row.label for row in form.rows).items():
        for again in [index for index, row in enumerate(form.rows) if row.label == label][1:]:
            yield _problem(
                "duplicate-row",
                ("rows", again, "label"),
                Severity.ERROR,
                vi=f"{_named(label).vi} có {number(times).vi} dòng",
                en=f"{_named(label).en} has {times} rows",
            )
    if previous is not None:
        yield from _carried(form, previous)
    yield from _remarks(form)


def _identities(place: Where, row: FormRow) -> Iterator[Problem]:
    blank = [key for key in NUMBERS if getattr(row, key) is None]
    if blank:
        yield _problem(
            "not-filled",
            place,
            Severity.NOTE,
            vi=f"chưa điền cột {_numbers(blank, ', ')}; không cộng được",
            en=f"column {_numbers(blank, ', ')} is not filled in and cannot be added up",
        )
    for identity in definition().identities:
        total: int | None = getattr(row, identity.total)
        parts: list[int | None] = [getattr(row, part) for part in identity.parts]
        known = [part for part in parts if part is not None]
        if total is None or len(known) < len(parts) or total == sum(known):
            continue
        column = _numbers([identity.total])
        yield _problem(
            identity.id,
            (*place, identity.total),
            identity.severity,
            vi=f"cột {column} là {number(total).vi}, nhưng các cột {_numbers(identity.parts)} cộng lại là {number(sum(known)).vi}",
            en=f"column {column} is {number(total).en}, but columns {_numbers(identity.parts)} make {number(sum(known)).en}",
            basis=identity.basis,
        )


def _totals(form: Form06) -> Iterator[Problem]:
    for key in NUMBERS:
        cells: list[int | None] = [getattr(row, key) for row in form.rows]
        known = [cell for cell in cells if cell is not None]
        total: int | None = getattr(form.total, key)
        if total is not None and len(known) == len(cells) and total != sum(known):
            yield _problem(
                "total-row",
                ("total", key),
                Severity.ERROR,
                vi=f"dòng tổng, cột {_numbers([key])} là {number(total).vi}, nhưng các dòng cộng lại là {number(sum(known)).vi}",
                en=f"in the row of totals column {_numbers([key])} is {number(total).en}, but the rows make {number(sum(known)).en}",
                basis=definition().totals_basis,
            )


def _carried(form: Form06, previous: object) -> Iterator[Problem]:
    before = _read(previous)
    if not isinstance(before, Form06):
        first = before[0]
        yield _problem(
            "previous-unusable",
            (),
            Severity.ERROR,
            vi=f"không đọc được biểu kỳ trước: {first.path}: {first.text.vi}",
            en=f"the form of the period before cannot be read: {first.path}: {first.text.en}",
        )
        return
    assert before.period.last is not None
    assert form.period.first is not None
    begins, ended = day_text(form.period.first), day_text(before.period.last)
    if before.period.last + timedelta(days=1) != form.period.first:
        yield _problem(
            "not-the-period-before",
            ("period", "first"),
            Severity.WARNING,
            vi=f"kỳ này bắt đầu {begins.vi}, kỳ trước kết thúc {ended.vi}; không so sánh được số tồn",
            en=f"begins {begins.en}, the form before ends {ended.en}; stocks cannot be compared",
        )
        return
    differ = [
        (("unit",), _UNIT, before.unit, form.unit),
        (("by",), _BY, before.by, form.by),
    ]
    for place, what, was, now in differ:
        if was is not None and now is not None and was != now:
            yield _problem(
                "not-comparable",
                place,
                Severity.WARNING,
                vi=f"{what.vi} là “{now[:80]}”, kỳ trước là “{was[:80]}”; không so sánh được số tồn",
                en=f"{what.en} is {now[:80]!r}, before {was[:80]!r}; stocks cannot be compared",
            )
            return
    yield from _stocks(form, before)


def _stocks(form: Form06, before: Form06) -> Iterator[Problem]:
    carried = definition().carried
    left = {row.label: getattr(row, carried.origin) for row in before.rows}
    pairs: list[tuple[Where, str | None, int | None, int | None]] = [
        (("rows", index, carried.to), row.label, left.pop(row.label, 0), getattr(row, carried.to))
        for index, row in enumerate(form.rows)
    ]
    pairs += [(("rows",), label, stock, 0) for label, stock in left.items()]
    pairs.append((("total", carried.to), None, getattr(before.total, carried.origin), getattr(form.total, carried.to)))
    for place, label, stock, opened in pairs:
        if stock is None or opened is None or stock == opened:
            continue
        name = Text(vi="dòng tổng", en="the row of totals") if place[0] == "total" else _named(label)
        yield _problem(
            "carried-over",
            place,
            Severity.WARNING,
            vi=f"{name.vi}: kỳ trước còn {number(stock).vi} hồ sơ, kỳ này ghi từ kỳ trước chuyển qua {number(opened).vi}",
            en=f"{name.en}: {number(stock).en} dossiers were left before, {number(opened).en} are carried over",
            basis=carried.basis,
        )


def _remarks(form: Form06) -> Iterator[Problem]:
    for index, item in enumerate(form.included):
        if item.dossiers:
            yield _problem(
                "included",
                ("included", index),
                Severity.NOTE,
                vi=f"cột {_numbers([item.column])} gồm {number(item.dossiers).vi} hồ sơ {_KINDS[item.kind].vi}, ảnh hưởng tỷ lệ",
                en=f"column {_numbers([item.column])} counts {number(item.dossiers).en} {_KINDS[item.kind].en}, which moves the rate",
                basis=definition().included_basis,
            )
    for index, gap in enumerate(form.left_out):
        if gap.dossiers:
            yield _problem(
                "left-out",
                ("left_out", index),
                Severity.NOTE,
                vi=f"{number(gap.dossiers).vi} hồ sơ không vào cột nào vì không rõ {_FACTS[gap.missing].vi}",
                en=f"in no column, since {_FACTS[gap.missing].en} is unknown: {number(gap.dossiers).en}",
            )


def _named(label: str | None) -> Text:
    return Text(vi="dòng không rõ", en="the unknown row") if label is None else Text(vi=label[:80], en=label[:80])


def _numbers(keys: Any, between: str = " + ") -> str:
    printed: Mapping[str, int] = {column.key: column.number for column in definition().columns}
    return between.join(str(printed[key]) for key in keys)


def _problem(rule: str, place: Where, severity: Severity, *, vi: str, en: str, basis: Basis | None = None) -> Problem:
    ground = None if basis is None else basis.cite()
    return Problem.at(place, f"form-06/{rule}", vi=vi, en=en, severity=severity, basis=ground)
