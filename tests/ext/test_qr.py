"""QR codes of short receipts: a code of the right size for what it holds, as modules and as a picture."""

from __future__ import annotations

import importlib
import sys

import pytest

from onestop_core.errors import InvalidValueError, MissingExtraError
from tests.desk.forms.samples import due

pytest.importorskip("segno", reason="segno, of the extra qr, is not installed")

from onestop_core.deadlines import receipts
from onestop_core.ext import qr

FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def test_a_code_has_its_three_corners_and_is_square() -> None:
    rows = qr.modules(receipts.short(due().to_receipt()))
    assert {len(row) for row in rows} == {len(rows)}
    assert (len(rows) - 17) % 4 == 0, "4 modules more with each version"
    corner = tuple("".join(map(str, row[:7])) for row in rows[:7])
    assert corner == FINDER
    assert tuple("".join(map(str, row[-7:])) for row in rows[:7]) == FINDER
    assert tuple("".join(map(str, row[:7])) for row in rows[-7:]) == FINDER
    assert {module for row in rows for module in row} == {0, 1}


def test_a_short_receipt_is_written_in_the_alphabet_that_takes_least_room() -> None:
    import segno

    assert segno.make_qr(receipts.short(due().to_receipt()), error="m", boost_error=False).mode == "alphanumeric"


def test_a_picture_is_a_png() -> None:
    assert qr.png("OS1/X").startswith(b"\x89PNG")


@pytest.mark.parametrize("text", ["", "x" * 4000, "x" * 5000, None, 5.0])
def test_what_no_code_holds_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        qr.modules(text)
    with pytest.raises(InvalidValueError):
        qr.png(text)


def test_without_the_extra_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    monkeypatch.delitem(sys.modules, "onestop_core.ext.qr")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.qr")
    assert (raised.value.extra, raised.value.package) == ("qr", "segno")
