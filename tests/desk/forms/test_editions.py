"""The tables of forms: dated, cited, of fields that a form has; what was not read in law says so."""

from __future__ import annotations

import re
from datetime import date

import attrs
import pytest

from onestop_core.desk.forms import FormData, FormKind, Office, PaperSize, Person, fields_of, form_edition
from onestop_core.errors import NotInForceError, UnknownCodeError
from onestop_core.model import Firmness
from tests.desk.forms.samples import EVERY, NEW, OLD


@pytest.mark.parametrize(("edition", "kind"), EVERY)
def test_every_place_of_a_form_is_one_of_its_fields(edition: str, kind: FormKind) -> None:
    form = form_edition(edition).form(kind)
    placed = {row.key for row in form.fields if row.key is not None}
    for row in form.fields:
        for text in (row.text, row.text_before):
            if text is not None:
                found = [re.findall(r"\{([a-z_.]+)\}", words) for words in (text.vi, text.en)]
                assert found[0] == found[1]
                placed.update(found[0])
    roots = {key.partition(".")[0] for key in placed}
    assert roots - {*fields_of(kind), "procedure", "office"} == set()
    parts = {"applicant": Person, "principal": Person, "office": Office}
    for key in placed:
        root, _, name = key.partition(".")
        assert not name or name in {each.name for each in attrs.fields(parts[root])}
    assert fields_of(kind)
    assert set(fields_of(kind)) <= {each.name for each in attrs.fields(FormData)}
    for row in form.fields:
        assert sum(column.width for column in row.columns) in {0, 100}
        assert (row.shape == "table") is bool(row.columns)


def test_each_edition_has_its_forms_and_numbers() -> None:
    found = {
        edition: [(form.form.value, form.number) for form in form_edition(edition).forms] for edition in (OLD, NEW)
    }
    assert found[OLD] == [
        ("receipt", "01"), ("supplement", "02"), ("refusal", "03"), ("late", "04"), ("control", "05"), ("register", "06"),
    ]  # fmt: skip
    assert found[NEW] == [
        ("receipt", "01"), ("supplement", "02"), ("refusal", "03"), ("late", "04"), ("stop", "05"), ("control", "06"), ("register", "07"),
    ]  # fmt: skip


def test_what_was_not_read_in_law_says_so() -> None:
    for edition, kind in EVERY:
        form = form_edition(edition).form(kind)
        assert Firmness.READ not in {row.basis.firmness for row in form.fields} | {
            row.basis.firmness for row in form.signatures
        }
        if edition == NEW:
            assert form.name_basis.firmness is Firmness.SECONDARY
            assert form.size_basis.firmness is Firmness.INFERRED
            assert form.decree_name_basis is None or form.decree_name_basis.firmness is Firmness.READ
        else:
            assert form.name_basis.firmness is form.size_basis.firmness is Firmness.READ
    stop = form_edition(NEW).form("stop")
    assert stop.draft
    assert {row.basis.firmness for row in stop.fields} == {Firmness.INFERRED}
    places = [place for place, _ in form_edition(OLD).assumptions()]
    assert "in_force_to" in places
    assert "receipt.fields" in places
    assert "receipt.name" not in places


def test_days_and_sizes_are_those_of_the_circulars() -> None:
    old, new = form_edition(OLD), form_edition(NEW)
    assert (old.in_force_from, old.in_force_to, new.in_force_from, new.in_force_to) == (
        date(2019, 1, 6), date(2025, 6, 30), date(2025, 9, 15), None,
    )  # fmt: skip
    assert {form.form: form.size for form in old.forms if form.size is not PaperSize.A5} == {
        FormKind.REGISTER: PaperSize.A4
    }
    with pytest.raises(NotInForceError):
        form_edition(on=date(2018, 12, 31))
    with pytest.raises(UnknownCodeError):
        old.form("stop")
