from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import kpi
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnknownCodeError, UnsupportedSchemaVersionError

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = {"2.1": [528_684, 597_918]}


@pytest.mark.parametrize("document", [COUNTS, {"schema_version": "1.0", "counts": COUNTS}, MappingProxyType(COUNTS)])
def test_e1_from_a_document(document: Any, tmp_path: Path) -> None:
    assert kpi.score_document(document).to_dict()["metrics"] == {"2.1": {"ratio": "88.42", "score": "17.68"}}
    path = tmp_path / "counts.json"
    path.write_text(json.dumps(dict(document)), encoding="utf-8")
    assert kpi.score_document(path) == kpi.score_document(str(path)) == kpi.score_document(document)


def test_the_caller_s_index_goes_before_the_document_s() -> None:
    document = {"schema_version": "1.0", "index": "vn-766@decision-2022", "counts": COUNTS}
    assert kpi.score_document(document).index == "vn-766@decision-2022"
    assert kpi.score_document(document, "vn-766@portal-2026").index == "vn-766@portal-2026"
    assert kpi.score_document(document, kpi.index("vn-766@portal-2026")).index == "vn-766@portal-2026"
    assert kpi.score_document(document, "vn-766", on=date(2024, 1, 1)).index == "vn-766@decision-2022"
    assert kpi.score_document(COUNTS).index == kpi.DEFAULT_INDEX
    with pytest.raises(InvalidValueError):
        kpi.score_document(COUNTS, "vn-766")
    with pytest.raises(UnknownCodeError):
        kpi.score_document(COUNTS, "vn-767")


def test_options_of_a_document() -> None:
    document = {
        "schema_version": "1.0",
        "level": "commune",
        "single_procedure": True,
        "not_applicable": ["1.2"],
        "counts": {"1.1": [1, 2]},
    }
    card = kpi.score_document(document)
    assert card.level is kpi.service_index.Level.COMMUNE
    assert card.groups["CKMB"].score == Decimal("7.00")
    assert card.groups["MDSH"].maximum == 20


def test_every_wrong_count_is_named_at_once() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        kpi.score_document({"2.1": [5, 3], "9.9": [1, 2], "4.1": [1, 2]})
    assert [problem.path for problem in caught.value.problems] == ['$["2.1"]', '$["9.9"]']
    with pytest.raises(InvalidDocumentError) as caught:
        kpi.score_document(
            {"schema_version": "1.0", "level": "province", "not_applicable": ["1.2"], "counts": {"2.1": [5, 3]}}
        )
    assert [problem.path for problem in caught.value.problems] == ['$.counts["2.1"]', "$.not_applicable"]


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"2.1": [1]},
        {"2.1": [1, 2, 3, 4]},
        {"2.1": [1.5, 2]},
        {"2.1": [-1, 2]},
        {"2.1": [True, 2]},
        {"2.1": "1/2"},
        {"counts": COUNTS},
        {"schema_version": "1.0", "counts": COUNTS, "extra": 1},
        {"schema_version": "1.0", "counts": COUNTS, "level": "village"},
    ],
)
def test_other_documents_are_refused(document: Any, tmp_path: Path) -> None:
    path = tmp_path / "counts.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InvalidDocumentError) as caught:
        kpi.score_document(path)
    assert caught.value.source == str(path)


def test_another_version_is_refused_as_such() -> None:
    with pytest.raises(UnsupportedSchemaVersionError):
        kpi.score_document({"schema_version": "3.0", "counts": COUNTS})
