"""What people type finds what they mean, best first."""

from __future__ import annotations

import pytest

from onestop_core import catalogue

FOUND_FIRST = {
    "dang ky thuong tru": "1.004222",
    "Đăng ký  thường-trú": "1.004222",
    "đăng kí thường trú": "1.004222",
    "thuong tru dang ky": "1.004222",
    "thu tuc dang ky thuong tru": "1.004222",
    "lam thu tuc thuong tru": "1.004222",
    "1.004222": "1.004222",
    "1004222": "1.004222",
    "permanent residence": "1.004222",
    "dang ky ket hon": "1.000894",
    "thủ tục đăng ký kết hôn": "1.000894",
    "xin giay phep xay dung": "1.013225",
    "lam dang ky khai sinh": "1.001193",
    "khai sinh": "1.001193",
    "ho tich khai tu": "1.000656",
    "xac nhan tinh trang doc than": "1.004873",
    "xac nhan hon nhan de ket hon": "1.004873",
    "khai bao tam vang.": "1.003677",
}


@pytest.mark.parametrize(("typed", "code"), FOUND_FIRST.items())
def test_what_people_type_finds_what_they_mean(typed: str, code: str) -> None:
    assert catalogue.shipped().find(typed)[0].code == code


@pytest.mark.parametrize("typed", ["", " . ", "zzz", "zzz yyy khai", "thu tuc zzz", "1.999999"])
def test_what_nobody_means_finds_nothing(typed: str) -> None:
    assert catalogue.shipped().find(typed) == ()


def test_words_of_the_field_count_less_than_those_of_the_name() -> None:
    found = catalogue.shipped().find("dat dai")
    named = ["đất đai" in each.name.vi.lower() for each in found]
    assert named == sorted(named, reverse=True)
    assert all(each.field.name.vi == "Đất đai" for each, name in zip(found, named, strict=True) if not name)
