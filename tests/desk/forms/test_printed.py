"""Printed by a browser: forms fit their paper, no block of signatures is torn, no page is empty."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import attrs
import pytest

from onestop_core import desk
from onestop_core.desk.forms import FormKind, FormPaper
from tests.browser import printed
from tests.desk.forms.samples import AN, NEW, OLD, filled

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_core.desk.forms import FormData

NAME = ("Công ty trách nhiệm hữu hạn " * 3)[:79] + "x"


def pages(data: FormData, paper: str, folder: Path) -> list[str]:
    """Return what each printed page says."""
    pdf = printed(desk.form_html(data, paper=paper), folder)
    found = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, timeout=60)  # noqa: S603, S607
    return [" ".join(each.split()) for each in found.stdout.decode().split("\f")[:-1]]


@pytest.mark.parametrize(
    ("edition", "kind", "paper"),
    [
        (NEW, FormKind.RECEIPT, "A4"),
        (OLD, FormKind.CONTROL, "A5"),
        (NEW, FormKind.REGISTER, "A5"),
    ],
)
def test_a_usual_form_is_one_page(edition: str, kind: FormKind, paper: str, tmp_path: Path) -> None:
    data = filled(kind, edition)
    (only,) = pages(
        attrs.evolve(data, principal=attrs.evolve(AN, name=None, number=None, address=None), authorisation=None),
        paper,
        tmp_path,
    )
    assert data.title.vi.upper() in only
    if kind is not FormKind.REGISTER:
        assert "Nguyễn Văn An" in only


def test_ten_papers_and_a_long_name_go_on_and_the_signatures_stay_together(tmp_path: Path) -> None:
    papers = tuple(
        FormPaper(
            name=f"Giấy tờ thứ {n} chứng minh quyền sử dụng đất và tài sản gắn liền với đất", kind="certified", count=2
        )
        for n in range(1, 11)
    )
    data = attrs.evolve(filled(FormKind.RECEIPT, NEW), papers=papers, applicant=attrs.evolve(AN, name=NAME))
    found = pages(data, "A5", tmp_path)
    assert len(found) == 2
    assert all(len(each) > 100 for each in found)
    (signed,) = [each for each in found if "NGƯỜI NỘP HỒ SƠ" in each]
    assert re.search(r"NGƯỜI TIẾP NHẬN HỒ SƠ.*\(Ký, ghi rõ họ tên\).*Trần Thị Lan", signed)
