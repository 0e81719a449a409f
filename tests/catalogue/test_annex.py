"""The annex of the publishing decision says all that the catalogue does, and nothing that it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

from onestop_core import catalogue
from onestop_core.catalogue.annex import Annex, Fact, Heading, Paragraph, Table
from onestop_core.catalogue.annex.values import without_empty_columns
from onestop_core.catalogue.annex.words import duration_text, opening_text
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Basis, FrozenMap
from onestop_core.rules.reading import resources
from onestop_core.text import Text, sort_key
from tests.catalogue.annexes import everything
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure, published, text

EVERYTHING = catalogue.load(everything())
CODE = "1.000002"


def texts(annex: Annex) -> list[Text]:
    """Return all that *annex* says, in its order."""
    found = [annex.head, *annex.title, annex.issued_with]
    for block in annex.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Fact():
                found += [block.label, *block.values]
            case Table():
                found += [*block.heads, *(line for row in block.rows for cell in row for line in cell)]
    return found


def said(document: Any, **options: Any) -> list[str]:
    given = document if isinstance(document, catalogue.Catalogue) else catalogue.load(document)
    return [line.vi for line in texts(catalogue.annex.content(given, **options))]


def part(document: Any, heading: str) -> list[str]:
    """Return what stands below the *heading* of one part, in one procedure."""
    words = said(document, procedure=CODE)
    start = words.index(heading) + 1
    letters = re.compile(r"[a-zđ]\) ")
    end = next((place for place in range(start, len(words)) if letters.match(words[place])), len(words))
    return words[start:end]


# Every property of the schema.


def schema_properties() -> set[str]:
    schema = resources.schema("catalogue")
    found = set(schema["properties"]) | set(resources.schema("common")["$defs"]["basis"]["properties"])
    for each in schema["$defs"].values():
        found |= set(each.get("properties", ()))
    return found


def properties(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, each in node.items():
            yield key
            yield from properties(each)
    elif isinstance(node, list):
        for each in node:
            yield from properties(each)


def test_the_catalogue_of_these_tests_has_every_property_of_the_schema() -> None:
    assert schema_properties() - set(properties(everything())) == set()


NOT_SAID = {
    "Catalogue.schema_version": "says how the document is written",
    "Catalogue.suppressions": "is for those who check",
    "ProcedureCase.id": "a name inside the document",
    "Question.id": "a name inside the document",
    "Answer.id": "a name inside the document",
    "ProcedureStep.id": "a name inside the document; the annex numbers steps",
    "LinkedProcedure.id": "a name inside the document; the annex numbers them",
    "ProcedureCase.dimension": "is shown by the line in which a case stands",
    "Start.event": "is said by the words, where there are any",
    "FeeShare.quantity": "a name to compute with; `of` says it",
}


def changed(value: Any) -> Any:
    """Return another value of the same kind."""
    match value:
        case StrEnum():
            members = list(type(value))
            return members[(members.index(value) + 1) % len(members)]
        case Text():
            return Text(vi=f"{value.vi} khác", en=f"{value.en} other")
        case Decimal():
            return value + 1
        case int():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case str() if re.fullmatch(r"[0-9]+ [a-z ]+", value):
            return f"1{value}"
        case str():
            return f"{value}x"
        case FrozenMap():
            return FrozenMap({f"{key}x": each for key, each in value.items()})
        case _:
            raise AssertionError(value)


def mutants(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield *value* with each of its fields, at any depth, left out or changed; with the name of the field."""
    for field in attrs.fields(type(value)):
        if not field.init:
            continue
        own = getattr(value, field.name)
        name = f"{type(value).__name__}.{field.name}"
        if own is None or own == () or name in NOT_SAID:
            continue
        for mutant in inside(own):
            yield mutant[0] or name, attrs.evolve(value, **{field.name: mutant[1]})


def inside(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield mutants of a field's *value*; those of the value as a whole without a name."""
    match value:
        case tuple():
            if len(value) > 1:
                yield "", value[:-1]
            for place, each in enumerate(value):
                for name, mutant in inside(each):
                    yield name, (*value[:place], mutant, *value[place + 1 :])
        case Mapping() if value and isinstance(next(iter(value.values())), Basis):
            for key, basis in value.items():
                for name, mutant in mutants(basis):
                    yield name, FrozenMap({**value, key: mutant})
        case _ if attrs.has(type(value)) and not isinstance(value, Text):
            yield from mutants(value)
        case _:
            yield "", changed(value)


def test_nothing_that_the_catalogue_says_is_left_out() -> None:
    whole = attrs.evolve(EVERYTHING, suppressions=())
    before = texts(catalogue.annex.content(whole))
    tried, silent = 0, set()
    for name, mutant in mutants(whole):
        tried += 1
        after = texts(catalogue.annex.content(mutant))
        if not all(
            [getattr(line, language) for line in before] != [getattr(line, language) for line in after]
            for language in ("vi", "en")
        ):
            silent.add(name)
    assert tried > 250
    assert silent == set()


def test_every_value_of_every_code_is_said_in_its_own_words() -> None:
    tried = 0
    for name, mutant in codes(EVERYTHING[CODE]):
        tried += 1
        lines = said(attrs.evolve(EVERYTHING, procedures=(mutant,)), procedure=CODE)
        assert lines != said(EVERYTHING, procedure=CODE) or name in NOT_SAID, name
    assert tried > 60


def codes(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield *value* with each code, at any depth, in every other value that it can have."""
    for field in attrs.fields(type(value)):
        own = getattr(value, field.name)
        name = f"{type(value).__name__}.{field.name}"
        for inner, mutant in others(own):
            yield inner or name, attrs.evolve(value, **{field.name: mutant})


def others(value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case StrEnum():
            yield from (("", each) for each in type(value) if each is not value)
        case tuple():
            for place, each in enumerate(value):
                yield from ((name, (*value[:place], one, *value[place + 1 :])) for name, one in others(each))
        case _ if attrs.has(type(value)) and not isinstance(value, Text):
            yield from codes(value)


# The order, and how things are written.


def test_the_parts_stand_in_the_order_of_the_decree_for_every_shipped_procedure() -> None:
    shipped = catalogue.shipped()
    for code in shipped:
        blocks = catalogue.annex.content(shipped, procedure=code).blocks
        heads = [block.text.vi for block in blocks if isinstance(block, Heading) and block.level == 5]
        assert [head[0] for head in heads if head[1] == ")"] == list("abcdđeghikl")


def test_a_field_is_sorted_by_the_vietnamese_alphabet_and_found_without_marks() -> None:
    names = ["Ông", "Đính chính", "Ủy quyền", "An", "Ấn", "Đăng ký"]
    procedures = [procedure(f"1.00000{place}", name=text(name)) for place, name in enumerate(names)]
    procedures += [procedure("1.000009", field={"name": text("Đất đai"), "code": "G13-TN06"})]
    cat = catalogue.load(small(*procedures))

    def listed(**options: Any) -> list[str]:
        blocks = catalogue.annex.content(cat, **options).blocks
        (first, *_) = (block for block in blocks if isinstance(block, Table))
        return [row[2][0].vi for row in first.rows]

    assert listed(field="linh vuc") == ["An", "Ấn", "Đăng ký", "Đính chính", "Ông", "Ủy quyền"]
    assert listed(field="G13-TN06") == listed(field="dat dai") == listed(field="Đất đai") == ["Thủ tục"]
    assert listed() == ["Thủ tục", *sorted(names, key=sort_key)]


def test_of_fields_that_differ_by_a_mark_the_one_that_is_written_is_taken() -> None:
    two = [procedure("1.000001", field={"name": text("Đất")}), procedure("1.000002", field={"name": text("Đát")})]
    cat = catalogue.load(small(*two))
    assert catalogue.annex.content(cat, field="Đất").title[-1].vi == "LĨNH VỰC ĐẤT"
    assert len(catalogue.annex.content(cat, field="dat").title) == 1


def test_the_decision_of_all_is_named_and_that_of_some_is_left_to_be_filled_in() -> None:
    decision = {"number": "1811/QĐ-UBND", "issued_on": "2026-01-05", "issuer": text("Ủy ban nhân dân tỉnh")}
    all_, some = (
        catalogue.load(small(procedure(decision=decision), procedure(CODE, **more)))
        for more in ({"decision": decision}, {})
    )
    named = "(Ban hành kèm theo Quyết định số 1811/QĐ-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh)"
    assert catalogue.annex.content(all_).issued_with.vi == named
    dotted = "(Ban hành kèm theo Quyết định số …… ngày …… của ……)"
    assert catalogue.annex.content(some).issued_with.vi == dotted
    bare = catalogue.load(small(procedure(decision={"number": "7/QĐ"})))
    assert catalogue.annex.content(bare).issued_with.en == "(Issued with Decision no. 7/QĐ of …… by ……)"


def test_what_is_not_known_is_said_to_be_unknown_and_nothing_is_pretended() -> None:
    bare = {
        "code": CODE,
        "name": text("Thủ tục"),
        "field": {"name": text("Lĩnh vực")},
        "level": "commune",
        "subjects": ["citizen"],
        "channels": [{"kind": "in_person", "limits": [{}]}],
        "papers": [],
    }
    document = small(bare)
    words = said(document, procedure=CODE)
    assert "Không quy định" not in words
    for heading in ("a) Trình tự thực hiện", "g) Kết quả thực hiện", "h) Phí, lệ phí", "i) Tên mẫu đơn, mẫu tờ khai"):
        assert part(document, heading) == ["Chưa có thông tin"]
    assert part(document, "k) Yêu cầu, điều kiện thực hiện") == ["Không"]
    assert part(document, "l) Căn cứ pháp lý") == ["Chưa có thông tin"]
    assert part(document, "d) Thời hạn giải quyết")[-3:] == ["Trực tiếp", "Mọi trường hợp", "Chưa có thông tin"]
    assert part(document, "c) Thành phần, số lượng hồ sơ") == [
        "Thành phần hồ sơ",
        "Chưa có thông tin",
        "Số lượng hồ sơ",
        "Chưa có thông tin",
    ]
    bare["channels"] = [
        {"kind": "in_person", "limits": [{"without_time": "not_prescribed", "fees": [{"amount": "0"}]}]}
    ]
    assert part(document, "d) Thời hạn giải quyết")[-1] == "Không quy định"
    assert part(document, "h) Phí, lệ phí")[-1] == "Miễn phí"


def test_time_limits_are_written_as_offices_write_them() -> None:
    rows = part(EVERYTHING, "d) Thời hạn giải quyết")
    assert "05 ngày làm việc kể từ ngày nhận đủ hồ sơ" in rows
    # What was published says the same, and is not said twice.
    assert not any("Nguyên văn công bố: “05" in row for row in rows)
    bare = [re.sub(r" \[[0-9]+\]", "", row) for row in rows]
    assert "Theo sự kiện kể từ ngày nhận được văn bản của cơ quan khác" in bare
    assert "Nguyên văn công bố: “Khi tàu rời cảng”" in rows


def test_limits_and_fees_of_channels_that_are_alike_are_said_once() -> None:
    limits = [{"time": "5 working days", "fees": [{"amount": "20000", "kind": "charge"}]}]
    channels = [{"kind": kind, "limits": limits} for kind in ("in_person", "post", "online")]
    document = small(procedure(CODE, channels=channels, cases=[], obligations=[]))
    assert part(document, "d) Thời hạn giải quyết")[3:] == ["Mọi hình thức", "Mọi trường hợp", "05 ngày làm việc"]
    assert part(document, "h) Phí, lệ phí")[3:] == ["Mọi hình thức", "Mọi trường hợp", "Lệ phí: 20.000 đồng"]
    channels[2]["limits"] = [{"time": "3 working days"}]
    rows = part(document, "d) Thời hạn giải quyết")[3:]
    assert rows[0] == "Trực tiếp; dịch vụ bưu chính công ích"
    assert rows[3:] == ["Trực tuyến", "Mọi trường hợp", "03 ngày làm việc"]


@pytest.mark.parametrize(
    ("fee", "vi"),
    [
        ({"amount": "20000"}, ["20.000 đồng"]),
        ({"amount": "0", "kind": "charge"}, ["Lệ phí: Miễn phí"]),
        ({"amount": "2000", "unit": text("trang")}, ["2.000 đồng/trang"]),
        ({"amount": "2000", "unit": text("mỗi trang, từ trang thứ ba")}, ["2.000 đồng mỗi trang, từ trang thứ ba"]),
        ({"amount": "2000", "quantity": "pages"}, ["2.000 đồng cho mỗi đơn vị (pages)"]),
        ({"amount": "25.5", "currency": "USD"}, ["25,5 USD"]),
        (
            {"tiers": [{"up_to": "2", "amount": "2000"}, {"up_to": "9", "amount": "1500"}, {"amount": "1000"}]},
            ["Đến 2: 2.000 đồng", "Trên 2 đến 9: 1.500 đồng", "Trên 9: 1.000 đồng"],
        ),
        ({"tiers": [{"amount": "1000"}], "most": "200000"}, ["Mọi số lượng: 1.000 đồng", "Tối đa: 200.000 đồng"]),
        (
            {"share": {"percent": "0.5", "of": text("giá trị"), "least": "1000"}},
            ["0,5% của giá trị", "Tối thiểu: 1.000 đồng"],
        ),
        ({"share": {"percent": "10", "of": text("giá trị")}}, ["10% của giá trị"]),
        ({"set_by": "province"}, ["Theo quy định của Hội đồng nhân dân cấp tỉnh"]),
        ({"published": "Theo biểu phí"}, ["Nguyên văn công bố: “Theo biểu phí”"]),
    ],
)
def test_fees_are_written_as_offices_write_them(fee: dict[str, Any], vi: list[str]) -> None:
    channels = [{"kind": "in_person", "limits": [{"time": "5 working days", "fees": [fee]}]}]
    document = small(procedure(CODE, channels=channels, cases=[], obligations=[]))
    assert part(document, "h) Phí, lệ phí")[5:] == vi


def test_an_amount_for_each_in_english() -> None:
    for unit, en in (({"vi": "trang", "en": "page"}, " per page"), ({"vi": "trang", "en": "each page"}, " each page")):
        channels = [{"kind": "in_person", "limits": [{"fees": [{"amount": "2000", "unit": unit}]}]}]
        annex = catalogue.annex.content(catalogue.load(small(procedure(channels=channels, cases=[], obligations=[]))))
        assert f"2,000 VND{en}" in [line.en for line in texts(annex)]


def test_a_fee_stands_under_the_case_of_its_limit_and_its_own() -> None:
    rows = part(EVERYTHING, "h) Phí, lệ phí")
    assert "Cấp mới; Dưới 100 m²" in rows
    limits = [{"time": "5 working days", "fees": [{"amount": "1", "case": "urgent"}]}]
    channels = [{"kind": "in_person", "cases": ["urgent"], "limits": limits}]
    document = small(procedure(CODE, channels=channels))
    assert part(document, "h) Phí, lệ phí")[3:6] == ["Trực tiếp", "Gấp", "1 đồng"]


def test_papers_of_every_case_come_first_and_numbers_go_on() -> None:
    document = small(published())
    first, second = document["procedures"][0]["papers"]
    document["procedures"][0]["papers"] = [second, first]
    rows = part(document, "c) Thành phần, số lượng hồ sơ")[5:]
    assert rows[:3] == ["Mọi trường hợp", "1", "Tờ khai"]
    assert rows[6:9] == ["Trường hợp: Cấp lại", "2", "Giấy khai sinh"]
    assert "– Hộ chiếu (mã: 0013, 01 bản sao) + Đơn (01 bản chính)" in rows
    assert rows[-2:] == ["Số lượng hồ sơ", "02 bộ"]


def test_a_paper_held_by_a_database_of_which_only_the_code_is_known() -> None:
    papers = [{"name": text("Giấy"), "originals": 0, "copies": 0, "database": "population"}]
    papers.append({"name": text("Khác"), "originals": 0, "copies": 0, "replaced_by_data": text("Cơ sở dữ liệu")})
    papers[1]["alternatives"] = [{"name": text("Bản khác")}]
    rows = part(small(procedure(CODE, papers=papers)), "c) Thành phần, số lượng hồ sơ")
    assert "Không phải nộp nếu có dữ liệu trong: (population)" in rows
    assert "Không phải nộp nếu có dữ liệu trong: Cơ sở dữ liệu" in rows
    assert "– Bản khác" in rows


def test_a_form_that_only_a_paper_names_is_listed() -> None:
    document = small(procedure(CODE, forms=[{"code": "TK01", "name": text("Tờ khai")}]))
    cat = catalogue.load(document)
    own = attrs.evolve(cat[CODE], forms=())
    rows = part(attrs.evolve(cat, procedures=(own,)), "i) Tên mẫu đơn, mẫu tờ khai")
    assert rows == ["Mã mẫu", "Tên mẫu", "TK01", "Chưa có thông tin"]  # and no column for files


def test_the_list_names_legal_bases_by_their_firmness_in_few_lines() -> None:
    document = small(procedure(CODE, legal_bases=["law", "decree", "page", "notice"]))
    document["bases"].update(
        law={"instrument": "Luật Cư trú 68/2020/QH14", "article": "3", "firmness": "read"},
        decree={"instrument": "Nghị định 154/2024/NĐ-CP", "firmness": "read"},
        page={"instrument": "Thông tư 53/2025/TT-BCA", "firmness": "observed"},
        notice={"instrument": "Thông tư 75/2022/TT-BTC", "firmness": "observed"},
    )
    annex = catalogue.annex.content(catalogue.load(document), procedure=CODE)
    (row,) = next(block for block in annex.blocks if isinstance(block, Table)).rows
    assert [line.vi for line in row[-1]] == [
        "Điều 3 Luật Cư trú số 68/2020/QH14; Nghị định số 154/2024/NĐ-CP",
        "Theo hệ thống đang vận hành: Thông tư số 53/2025/TT-BCA; Thông tư số 75/2022/TT-BTC",
    ]


def test_a_row_higher_than_a_few_lines_may_go_on_upon_the_next_sheet() -> None:
    for count, wanted in ((3, 0), (40, 1)):
        names = {
            f"b{number}": {"instrument": f"Thông tư {number}/2025/TT-BCA", "firmness": "read"}
            for number in range(count)
        }
        document = small(procedure(CODE, legal_bases=list(names)))
        document["bases"].update(names)
        page = catalogue.annex.html(catalogue.load(document), procedure=CODE)
        assert page.count('<tr class="tall">') == wanted


def test_a_table_of_which_no_cell_says_anything_keeps_its_columns() -> None:
    table = Table(caption=text_of("c"), heads=(text_of("a"), text_of("b")), widths=(50, 50), rows=(((), ()),))
    assert without_empty_columns(table) == table


def text_of(words: str) -> Text:
    return Text(vi=words, en=words)


def test_steps_of_which_only_the_work_is_known_are_lines() -> None:
    steps = [{"id": "a", "what": text("Nộp"), "cases": ["urgent"]}, {"id": "b", "what": text("Nhận")}]
    document = small(procedure(CODE, steps=steps, obligations=[]))
    assert part(document, "a) Trình tự thực hiện") == ["Bước 1: Nộp; Trường hợp: Gấp", "Bước 2: Nhận"]


def test_what_a_value_made_by_hand_names_and_does_not_hold_stands_as_it_is() -> None:
    cat = catalogue.load(small(procedure(CODE)))
    own = attrs.evolve(
        cat[CODE],
        cases=(),
        legal_bases=("gone",),
        related=("9.999999", CODE),
        decisions=(
            catalogue.values.DecisionRule(
                case="lost", when=(catalogue.values.AnswerCondition(question="what", least=Decimal(2)),)
            ),
            catalogue.values.DecisionRule(case="none", when=()),
        ),
    )
    words = said(attrs.evolve(cat, procedures=(own,)), procedure=CODE)
    assert {"[1] gone", "9.999999", "1.000002 – Thủ tục", "what: từ 2", "lost", "Với mọi câu trả lời", "urgent"} <= set(
        words
    )
    assert duration_text("khi tàu rời cảng").vi == "khi tàu rời cảng"
    assert [line.vi for line in opening_text("mọi ngày")] == ["mọi ngày"]


def test_a_basis_that_was_not_read_is_marked_and_the_mark_is_explained() -> None:
    lines = part(EVERYTHING, "l) Căn cứ pháp lý")
    assert lines[0].startswith("[1] khoản 4 Điều 19 Luật số 1/2020/QH14 (theo nguồn thứ cấp); ban hành ngày 01/06/2020")
    assert "Căn cứ có ghi độ chắc chắn trong ngoặc dựa trên chứng cứ yếu hơn văn bản đã đọc." in lines
    firm = part(small(procedure(CODE)), "l) Căn cứ pháp lý")
    assert firm == ["[1] Luật số 1/2020/QH14"]


def test_what_is_asked_for_is_one_procedure_or_one_field() -> None:
    shipped = catalogue.shipped()
    with pytest.raises(InvalidValueError):
        catalogue.annex.content(shipped, procedure="1.004222", field="Hộ tịch")
    with pytest.raises(UnknownCodeError) as refused:
        catalogue.annex.content(shipped, field="Hộ tịh")
    assert "Hộ tịch" in refused.value.suggestions
    with pytest.raises(UnknownCodeError):
        catalogue.annex.html(shipped, procedure="9.999999")
    with pytest.raises(InvalidValueError):
        catalogue.annex.html(shipped, procedure="1.004222", language="fr")  # type: ignore[arg-type]


# The page.


class Reader(HTMLParser):
    """Reads a page as a browser does: its tags in balance, its words, the addresses it would load."""

    VOID = frozenset({"meta", "col"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.words: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_says_all_of_the_annex_and_loads_nothing(language: Any) -> None:
    page = catalogue.annex.html(EVERYTHING, procedure=CODE, language=language)
    reader = read(page)
    words = "".join(reader.words)
    for line in texts(catalogue.annex.content(EVERYTHING, procedure=CODE)):
        assert line.in_(language) in words
    assert set(reader.seen) <= {
        *("html", "head", "meta", "title", "style", "body", "main", "p", "b", "ul", "li", "h1", "span"),
        *("h2", "h3", "h4", "h5", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
    }
    assert reader.attributes == {
        *("lang", "charset", "http-equiv", "name", "content", "class", "scope", "colspan", "aria-label"),
    }
    assert "url(" not in page
    assert "@import" not in page
    assert "size: A4" in page
    assert f'lang="{language}"' in page


HOSTILE = '</style></td><script>alert(1)</script>&<img src=x onerror="x">\u0007\ufffe\u202e'


def test_hostile_texts_stay_texts() -> None:
    document = everything()

    def poison(node: Any) -> None:
        for key, each in node.items() if isinstance(node, dict) else enumerate(node):
            if key in {"vi", "en"}:
                node[key] = f"{each} {HOSTILE}"
            elif isinstance(each, dict | list):
                poison(each)

    poison(document)
    page = catalogue.annex.html(catalogue.load(document))
    assert "<script" not in page
    assert "<img" not in page
    assert "\u0007" not in page
    reader = read(page)
    assert not {"script", "img"} & set(reader.seen)
    assert sum(HOSTILE[:30] in word for word in reader.words) > 50


def test_the_whole_shipped_catalogue_is_one_page() -> None:
    page = catalogue.annex.html(catalogue.shipped())
    reader = read(page)
    assert reader.seen.count("h4") == len(catalogue.shipped())
    assert reader.seen.count("h3") == len({each.field.name.vi for each in catalogue.shipped().values()})
