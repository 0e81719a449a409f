"""Linked data: what the profile's own shapes say of it, and that the facts of the catalogue are in it."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from onestop_core import catalogue
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.text import Text
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

BASE: Final = "https://example.vn/tthc/"
DATA: Final = Path(os.environ.get("ONESTOP_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
"""Published material that is too large or not ours to ship; tests that need it are skipped without it."""
SHAPES: Final = DATA / "cpsv-ap-3.2.0" / "cpsv-ap-SHACL.ttl"
SHIPPED: Final = catalogue.shipped()
FULL: Final = catalogue.load(
    document(
        procedure(
            papers=[
                {
                    "name": text("Tờ khai"),
                    "form": "TK01",
                    "originals": 1,
                    "copies": 2,
                    "cases": ["urgent"],
                    "alternatives": [{"name": text("Đơn")}],
                    "replaced_by_data": text("Dữ liệu"),
                    "note": text("Chú ý"),
                },
            ],
            channels=[
                {
                    "kind": "post",
                    "limits": [
                        {
                            "time": "2 months",
                            "note": text("Ghi chú"),
                            "fees": [
                                {
                                    "amount": "999999999999999999",
                                    "case": "urgent",
                                    "unit": text("Bản"),
                                    "note": text("Lưu ý"),
                                    "exemptions": [{"text": text("Người nghèo")}],
                                }
                            ],
                        }
                    ],
                    "note": text("Qua bưu điện"),
                },
                {"kind": "online_full", "limits": [{"time": "3 days"}, {"time": "5 days", "case": "urgent"}]},
                {"kind": "online_partial", "limits": [{"time": "1 day + 1 month"}]},
                {"kind": "in_person", "limits": [{}]},
            ],
            receiving=[
                {"name": text("Một cửa"), "scope": "nationwide", "hours": text("Sáng")},
                {"name": text("Hai cửa"), "scope": "own_territory"},
            ],
            results=[{"name": text("Giấy"), "code": "KQ.1", "validity": text("Một năm")}, {"name": text("Thẻ")}],
            conditions=[{"text": text("Đủ 18 tuổi")}],
            notes=[text("Xem thêm")],
        ),
        bases={"law": {"instrument": "Luật 1/2020/QH14", "article": "5", "firmness": "recalled"}},
    )
)


@attrs.frozen(kw_only=True)
class Occasion:
    name: Text
    code: str | None = None


@attrs.frozen(kw_only=True)
class Eventful(catalogue.Procedure):
    life_events: Any = ()
    business_events: Any = ()


def eventful() -> catalogue.Catalogue:
    first = FULL.procedures[0]
    fields = {field.name: getattr(first, field.name) for field in attrs.fields(catalogue.Procedure)}
    birth = Occasion(name=Text(vi="Sinh con", en="Having a child"), code="birth")
    opening = Occasion(name=Text(vi="Mở cửa hàng", en="Opening a shop"))
    changed = Eventful(**{**fields, "life_events": (birth,), "business_events": (opening,)})
    return attrs.evolve(FULL, procedures=(changed,))


def nodes(cat: catalogue.Catalogue, kind: str) -> list[dict[str, Any]]:
    return [node for node in catalogue.cpsv_ap(cat, base_uri=BASE)["@graph"] if node["@type"] == kind]


def vi(node: dict[str, Any], name: str = "dct:description") -> str:
    return next(str(words["@value"]) for words in node[name] if words["@language"] == "vi")


@cache
def shapes() -> Any:
    rdflib = pytest.importorskip("rdflib", reason="the rdflib package is not installed")
    return rdflib.Graph().parse(SHAPES)


# rdflib warns of its own classes when pyshacl and its reader of JSON-LD use them.
WARNS_OF_ITSELF = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def report(made: dict[str, Any]) -> tuple[bool, str]:
    """Return whether the profile's shapes hold, and what they say."""
    rdflib = pytest.importorskip("rdflib", reason="the rdflib package is not installed")
    pyshacl = pytest.importorskip("pyshacl", reason="the pyshacl package is not installed")
    if not SHAPES.is_file():
        pytest.skip("the shapes of CPSV-AP 3.2.0 are not here; ONESTOP_SHARED_DATA names their folder")
    graph = rdflib.Graph().parse(data=json.dumps(made), format="json-ld")
    holds, _, words = pyshacl.validate(graph, shacl_graph=shapes())
    return bool(holds), str(words)


@WARNS_OF_ITSELF
@pytest.mark.parametrize("cat", [SHIPPED, FULL, eventful()], ids=["shipped", "full", "eventful"])
def test_the_shapes_of_the_profile_hold(cat: catalogue.Catalogue) -> None:
    assert report(catalogue.cpsv_ap(cat, base_uri=BASE)) == (True, "Validation Report\nConforms: True\n")


@WARNS_OF_ITSELF
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("cpsv:PublicService", "dct:description"),
        ("cpsv:PublicService", "cv:hasCompetentAuthority"),
        ("cv:PublicOrganisation", "dct:spatial"),
        ("cv:Channel", "dct:identifier"),
        ("cv:Cost", "dct:identifier"),
        ("cv:Evidence", "dct:title"),
        ("cv:Output", "dct:title"),
        ("cv:Requirement", "dct:title"),
        ("cpsv:Rule", "dct:description"),
    ],
)
def test_the_shapes_do_look_at_what_is_written(kind: str, name: str) -> None:
    made = catalogue.cpsv_ap(FULL, base_uri=BASE)
    del next(node for node in made["@graph"] if node["@type"] == kind)[name]
    assert report(made)[0] is False


@pytest.mark.parametrize("cat", [SHIPPED, FULL, eventful()], ids=["shipped", "full", "eventful"])
def test_every_link_leads_to_a_node_and_every_node_is_there_once(cat: catalogue.Catalogue) -> None:
    made = catalogue.cpsv_ap(cat, base_uri=BASE)
    prefixes = {*made["@context"]}
    addresses = [node["@id"] for node in made["@graph"]]
    assert len(set(addresses)) == len(addresses)
    for node in made["@graph"]:
        for name, value in node.items():
            assert name.startswith("@") or name.split(":")[0] in prefixes
            if isinstance(value, list) and "@id" in value[0]:
                assert {link["@id"] for link in value} <= set(addresses)


def test_each_thing_of_the_catalogue_is_there() -> None:
    found = [*SHIPPED.values()]
    assert [node["dct:identifier"] for node in nodes(SHIPPED, "cpsv:PublicService")] == [p.code for p in found]
    assert len(nodes(SHIPPED, "cv:Channel")) == sum(len(p.channels) for p in found)
    assert len(nodes(SHIPPED, "cv:Evidence")) == sum(len(p.papers) for p in found)
    assert len(nodes(SHIPPED, "cv:Output")) == sum(len(p.results) for p in found)
    assert len(nodes(SHIPPED, "cpsv:Rule")) == sum(bool(p.steps) for p in found)
    fees = [fee.amount for p in found for c in p.channels for limit in c.limits for fee in limit.fees]
    costs = nodes(SHIPPED, "cv:Cost")
    # What is set by another, or comes to a sum only with a quantity, has no price of its own.
    assert [Decimal(cost["schema:price"]["@value"]) if "schema:price" in cost else None for cost in costs] == fees
    priced = [cost for cost in costs if "schema:price" in cost]
    assert {cost["cv:currency"][0]["@id"].rpartition("/")[2] for cost in priced} == {"VND"}
    set_elsewhere = [
        fee.set_by for p in found for c in p.channels for limit in c.limits for fee in limit.fees if fee.set_by
    ]
    told = [vi(cost) for cost in costs if "dct:description" in cost]
    assert sum("do Hội đồng nhân dân cấp tỉnh quy định" in words for words in told) == len(set_elsewhere) > 0


def test_amounts_are_exact() -> None:
    (cost,) = nodes(FULL, "cv:Cost")
    assert cost["schema:price"] == {"@type": "xsd:decimal", "@value": "999999999999999999"}
    assert cost["cv:hasValue"]["@type"] == "xsd:double"
    assert vi(cost) == "Trường hợp: Gấp; Đơn vị tính: Bản; Lưu ý; Miễn: Người nghèo"


def test_only_calendar_time_is_a_duration() -> None:
    post, full, partial, in_person = nodes(FULL, "cv:Channel")
    assert post["cv:processingTime"] == {"@type": "xsd:duration", "@value": "P2M"}
    assert vi(post) == "Dịch vụ bưu chính công ích; Thời hạn: 02 tháng; Ghi chú; Qua bưu điện"
    assert [c for c in (full, partial, in_person) if "cv:processingTime" in c] == []
    assert "cv:processingTime" not in nodes(SHIPPED, "cv:Channel")[0]
    assert "07 ngày làm việc" in vi(nodes(SHIPPED, "cv:Channel")[0])


def test_papers_say_how_many_when_and_what_serves_instead() -> None:
    (paper,) = nodes(FULL, "cv:Evidence")
    said = "Bản chính: 1, bản sao: 2; Trường hợp: Gấp; Hoặc: Đơn; Thay bằng dữ liệu: Dữ liệu; Chú ý"
    assert vi(paper) == said
    assert paper["dct:conformsTo"] == [{"@id": BASE + "form/TK01"}]


def test_what_was_not_read_is_not_law() -> None:
    (law,) = nodes(FULL, "eli:LegalResource")
    assert vi(law, "dct:title") == "Điều 5 Luật số 1/2020/QH14 (theo trí nhớ, chưa xác nhận)"


@pytest.mark.parametrize("base", ["https://example.vn/", "http://example.vn/a/", "urn:tthc:"])
def test_addresses_begin_with_the_base(base: str) -> None:
    made = catalogue.cpsv_ap(FULL, base_uri=base)
    own = [node["@id"] for node in made["@graph"] if "publications.europa.eu" not in node["@id"]]
    assert [address for address in own if not address.startswith(base)] == []
    assert base + "organisation/%E1%BB%A6y%20ban" in own


@pytest.mark.parametrize("base", ["", "example.vn/", "https://example.vn", "https://", "https://a b/", "file:///x/"])
def test_other_bases_are_refused(base: str) -> None:
    with pytest.raises(InvalidValueError, match="base_uri"):
        catalogue.cpsv_ap(FULL, base_uri=base)


def test_events_group_services() -> None:
    (service,) = nodes(eventful(), "cpsv:PublicService")
    assert [link["@id"] for link in service["cv:isGroupedBy"]] == [
        BASE + "event/birth",
        BASE + "event/M%E1%BB%9F%20c%E1%BB%ADa%20h%C3%A0ng",
    ]
    made = catalogue.cpsv_ap(eventful(), base_uri=BASE)["@graph"]
    kinds = [node["@type"] for node in made if "/event/" in node["@id"]]
    assert kinds == [["cv:LifeEvent", "cv:Event"], ["cv:BusinessEvent", "cv:Event"]]
    assert [node for node in nodes(FULL, "cpsv:PublicService") if "cv:isGroupedBy" in node] == []


def test_a_basis_that_is_not_there_is_an_error() -> None:
    lost = attrs.evolve(FULL.procedures[0], legal_bases=("lww",))
    with pytest.raises(UnknownCodeError, match="did you mean law"):
        catalogue.cpsv_ap(attrs.evolve(FULL, procedures=(lost,)), base_uri=BASE)
