"""CSV: whatever Excel saves in any locale is read; what is written comes back exactly, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidDocumentError, InvalidValueError
from onestop_core.rules.reading import csv_files
from onestop_core.rules.reading.csv_files import SEPARATORS, read_csv, write_csv

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
PIECES = [*FORMULA, "'", '"', ",", ";", "|", " ", "\u00a0", "1", "Đ", "Tên", "=HYPERLINK(1)", '""=1']
CELLS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"])
)
HEADINGS = st.lists(st.sampled_from(["id", "tên", "unit", "=x", "a b"]), min_size=2, max_size=5)


def cells(content: str | bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_csv(content)]


def refused(content: Any) -> tuple[str, str, str]:
    with pytest.raises(InvalidDocumentError) as caught:
        list(read_csv(content, place=lambda number: f"row {number}"))
    [problem] = caught.value.problems
    return problem.path, problem.rule, problem.text.en


@given(HEADINGS, st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=5), st.sampled_from(SEPARATORS))
def test_what_is_written_comes_back_exactly(heading: list[str], rows: list[list[str]], separator: str) -> None:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    content = write_csv([heading, *rows], separator=separator)
    found = cells(content)
    assert found == cells(content.encode()) == cells(bytearray(content.encode()))  # type: ignore[arg-type]
    assert found[0] == tuple(heading)
    assert len(found) == len(filled) + 1
    for read, written in zip(found[1:], filled, strict=True):
        assert [*read, *written[len(read) :]] == written
        assert not "".join(written[len(read) :]).strip()


@given(st.lists(CELLS, min_size=1, max_size=4), st.sampled_from(SEPARATORS), st.sampled_from([",", ";", "\t", "|"]))
def test_no_spreadsheet_of_any_locale_finds_a_formula(row: list[str], written_with: str, opened_with: str) -> None:
    content = write_csv([row], separator=written_with).removeprefix("\ufeff")
    # A lenient reader, as spreadsheets are: a quote inside a cell means nothing.
    for line in csv.reader(io.StringIO(content, newline=""), delimiter=opened_with):
        for cell in line:
            assert not cell.lstrip(' \u00a0\u3000"\t\r\n').startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("first", ["", "sep=", '"sep='])
def test_every_way_in_which_excel_saves_is_read(separator: str, end: str, mark: str, first: str) -> None:
    sep = "" if not first else f"{first}{separator}" + ('"' if first.startswith('"') else "") + end
    lines = ["id;tên;đơn vị", "1;An;Ba Đình", "", ";;", " ;\u00a0; ", "2;;Cửa Nam;", ";;", ""]
    content = mark + sep + end.join(line.replace(";", separator) for line in lines)
    found = list(read_csv(content.encode()))
    assert [row.cells for row in found] == [("id", "tên", "đơn vị"), ("1", "An", "Ba Đình"), ("2", "", "Cửa Nam")]
    # Excel does not show the line sep= and counts rows without it.
    assert [row.number for row in found] == [1, 2, 6]
    assert [row.line for row in found] == [number + bool(sep) for number in (1, 2, 6)]


def test_the_separator_is_that_of_the_heading_outside_of_quotes() -> None:
    assert cells('"a,b,c";d\n1;2,5') == [("a,b,c", "d"), ("1", "2,5")]
    assert cells("\n;;\nid;x\n1;2") == [("id", "x"), ("1", "2")]
    assert cells("id\n1,5") == [("id",), ("1", "5")]
    assert cells("") == cells("\n\n") == cells(" , ,") == []


def test_a_cell_beyond_the_heading_is_kept_and_a_row_knows_where_it_begins() -> None:
    rows = list(read_csv('a,b\n"1\n2",3,4\n5,,,\n'))
    assert [(row.cells, row.number, row.line) for row in rows] == [
        (("a", "b"), 1, 1),
        (("1\n2", "3", "4"), 2, 2),
        (("5", ""), 3, 4),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("id\n1".encode("utf-16"), ("row 1", "csv/encoding", "not UTF-8 (UTF-16); in Excel, save as CSV UTF-8")),
        (
            b"\xfe\xff" + "id".encode("utf-16-be"),
            ("row 1", "csv/encoding", "not UTF-8 (UTF-16); in Excel, save as CSV UTF-8"),
        ),
        ("id\n1".encode("utf-16-le"), ("row 1", "csv/encoding", "not UTF-8 (holds NUL); in Excel, save as CSV UTF-8")),
        ("tên".encode("cp1258"), ("row 1", "csv/encoding", "not UTF-8 (at byte 1); in Excel, save as CSV UTF-8")),
        ("a\ud800", ("row 1", "csv/encoding", "not UTF-8 (at byte 1); in Excel, save as CSV UTF-8")),
        ("sep=|\na|b", ("row 1", "csv/separator", "the separator must be a comma, a semicolon or a tab")),
        ('a,b\n1,"2', ("row 2", "csv/syntax", "not CSV: a quotation mark is never closed")),
        ('a,b\n\n1,"2"x', ("row 3", "csv/syntax", "not CSV: after a closing quotation mark comes a separator")),
        ("a\n" + "x" * 200_000, ("row 2", "csv/syntax", "not CSV: a cell is too long")),
    ],
)
def test_what_is_no_csv_is_refused_in_clear_words(content: str | bytes, expected: tuple[str, str, str]) -> None:
    assert refused(content) == expected


def test_what_stands_before_a_fault_was_read() -> None:
    rows = read_csv('a\n1\n"2')
    assert [next(rows).cells, next(rows).cells] == [("a",), ("1",)]
    with pytest.raises(InvalidDocumentError) as caught:
        next(rows)
    assert caught.value.problems[0].path == "$"


def test_a_file_that_promises_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "MAX_BYTES", 10)
    assert refused("x" * 11)[1] == refused(b"x" * 11)[1] == "csv/too-large"


@pytest.mark.parametrize("content", [None, 5, ["a"], {"a": 1}])
def test_only_text_and_bytes_are_read(content: Any) -> None:
    with pytest.raises(InvalidValueError, match="content"):
        list(read_csv(content))


@pytest.mark.parametrize("separator", ["|", "", ",,", None, [1]])
def test_only_known_separators_are_written(separator: Any) -> None:
    with pytest.raises(InvalidValueError, match="separator"):
        write_csv([], separator=separator)


@given(st.text() | st.binary())
def test_whatever_comes_in_is_read_or_refused(content: str | bytes) -> None:
    rules = "csv/"
    rows: list[tuple[str, ...]] = []
    try:
        rows = cells(content)
    except InvalidDocumentError as error:
        rules = error.problems[0].rule
    assert rules.startswith("csv/")
    assert all(any(cell.strip() for cell in row) for row in rows)
