"""Who may receive what: facts O3 to O7 and O14 to O17 of the sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop_core.errors import InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.organisation import Origin, Posting, ProcedureScope, Unit, law, may_receive, rules
from onestop_core.text import Text

A, B, C = date(2024, 3, 4), date(2026, 8, 4), date(2026, 8, 5)
CENTRES = ("provincial_centre", "one_level_centre", "commune_centre", "branch", "reception_point")
HERE, ELSEWHERE = "H01", "H02"


def desk(kind: str, **more: Any) -> Unit:
    return Unit(code="U", kind=kind, name=Text(vi="Đơn vị", en="Unit"), **{"territory": HERE, **more})


def scope(competence: str, **more: Any) -> ProcedureScope:
    return ProcedureScope(competence=law.Competence(competence), **more)


def verdict(unit: Unit, day: date, competence: str, **more: Any) -> str:
    return may_receive(unit, scope(competence, **more), on=day).verdict.value


@pytest.mark.parametrize("kind", CENTRES)
@pytest.mark.parametrize("competence", ["provincial", "commune", "ministry_assigned"])
def test_any_centre_receives_for_its_whole_province(kind: str, competence: str) -> None:
    for day in (date(2025, 7, 1), B, C):
        assert verdict(desk(kind), day, competence, province=HERE) == "yes"
        assert verdict(desk(kind), day, competence, province=ELSEWHERE, listed=False) == "no"


@pytest.mark.parametrize("kind", CENTRES)
def test_beyond_the_province_only_from_august_2026_and_what_is_listed(kind: str) -> None:
    for competence in ("provincial", "commune", "ministry_assigned"):
        assert verdict(desk(kind), B, competence, province=ELSEWHERE, listed=True) == "no"
        assert verdict(desk(kind), C, competence, province=ELSEWHERE, listed=True) == "yes"
        assert verdict(desk(kind), C, competence, province=ELSEWHERE) == "depends"


def test_the_answer_names_its_provision_and_how_firm_it_is() -> None:
    there = scope("provincial", province=ELSEWHERE, listed=True)
    before, after = (may_receive(desk("commune_centre"), there, on=day) for day in (B, C))
    assert [each.cite().en for each in before.basis] == ["Decree 118/2025/NĐ-CP, art. 14(2)"]
    assert before.reason.vi == "Trung tâm Phục vụ hành chính công cấp xã: thủ tục của tỉnh khác"
    assert [each.cite().en for each in after.basis] == ["Decree 118/2025/NĐ-CP, art. 14(4)"]
    assert after.basis[0].in_force_from == C
    here = scope("commune", province=HERE)
    assert [each.firmness.value for each in may_receive(desk("reception_point"), here, on=C).basis] == [
        "read",
        "inferred",
    ]


# O5, O14 c): vertical agencies


@pytest.mark.parametrize("kind", ["provincial_centre", "commune_centre"])
def test_a_vertical_agencys_procedures_from_august_2026_only_where_it_posts_staff(kind: str) -> None:
    asked = {"province": HERE, "authority": "THUE", "listed": False}
    assert verdict(desk(kind, hosts=()), B, "vertical", **asked) == "yes"
    assert verdict(desk(kind, hosts=()), C, "vertical", **asked) == "no"
    assert verdict(desk(kind, hosts=("CA",)), C, "vertical", **asked) == "no"
    assert verdict(desk(kind, hosts=("CA", "THUE")), C, "vertical", **asked) == "yes"
    assert verdict(desk(kind), C, "vertical", **asked) == "depends"
    nobody = may_receive(desk(kind), scope("vertical", province=HERE, listed=False), on=C)
    assert nobody.missing == ("posted",)
    assert "14(2)(c)" in nobody.basis[0].cite().en
    which = may_receive(desk(kind, hosts=("CA",)), scope("vertical", province=HERE, listed=False), on=C)
    assert which.missing == ("authority",)


def test_postings_tell_which_vertical_agencies_are_there() -> None:
    post = Posting(officer="C1", origin=Origin.VERTICAL, sender="CA", from_=date(2026, 1, 1), to=date(2026, 12, 31))
    sent = Posting(officer="C2", origin=Origin.SENT, sender="S1", from_=date(2026, 1, 1))
    centre = desk("commune_centre", postings=(post, sent))
    asked = {"province": HERE, "authority": "CA", "listed": False}
    assert verdict(centre, C, "vertical", **asked) == "yes"
    assert verdict(centre, date(2027, 1, 1), "vertical", **asked) == "no"
    assert centre.posted_agencies(C) == ("CA",)
    # One who came back before going is taken to have been there for a day.
    backwards = Posting(officer="C1", origin=Origin.VERTICAL, sender="CA", from_=C, to=B)
    assert desk("commune_centre", postings=(backwards,)).posted_agencies(C) == ("CA",)


def test_a_vertical_agencys_own_desk_exists_from_august_2026() -> None:
    mine = desk("vertical_desk", parent="THUE")
    assert verdict(mine, B, "vertical", authority="THUE") == "no"
    assert verdict(mine, C, "vertical", authority="THUE") == "yes"
    assert verdict(mine, C, "vertical", authority="CA") == "no"
    assert verdict(mine, C, "vertical") == "depends"
    assert verdict(mine, C, "commune", province=HERE, listed=False) == "no"


# O4, O14: ministries


def test_a_ministrys_desk_receives_its_own() -> None:
    for day in (B, C):
        assert verdict(desk("ministry_desk", territory="G09"), day, "ministry", authority="G09", listed=False) == "yes"
        assert verdict(desk("ministry_desk", territory="G09"), day, "ministry", authority="G10", listed=False) == "no"
    assert verdict(desk("ministry_desk", territory=None), B, "ministry", authority="G09") == "depends"
    assert verdict(desk("ministry_desk", territory="G09"), B, "commune", province=HERE) == "no"
    assert verdict(desk("ministry_desk", territory="G09"), C, "commune", province=HERE, listed=True) == "yes"


@pytest.mark.parametrize("kind", CENTRES)
def test_no_centre_receives_what_no_ministry_assigned(kind: str) -> None:
    assert verdict(desk(kind), B, "ministry", authority="G09", province=HERE) == "no"
    assert verdict(desk(kind), C, "ministry", authority="G09", listed=False) == "no"


# O15: not at the desk


@pytest.mark.parametrize("way", ["mobile", "on_site", "electronic_only"])
def test_what_is_received_elsewhere_is_not_received_at_the_desk_but_tracked(way: str) -> None:
    asked = scope("commune", province=HERE, reception=way)
    answer = may_receive(desk("commune_centre"), asked, on=B)
    assert (answer.verdict, [each.article for each in answer.basis]) == ("no", ["14(3)"])
    assert "still to be tracked" in answer.reason.en
    if way != "electronic_only":
        assert may_receive(desk("commune_desk", area="X"), asked, on=A).basis[0].article == "14(5)"


# O17: the roadmap of 2025


def test_in_2025_the_roadmap_is_mentioned() -> None:
    asked = scope("commune", province=HERE)
    before, after = (
        may_receive(desk("commune_centre"), asked, on=day) for day in (date(2025, 12, 30), date(2025, 12, 31))
    )
    assert (before.verdict, after.verdict) == ("yes", "yes")
    assert [each.article for each in before.basis] == ["14(2)", "40(4)"]
    assert "lộ trình" in before.reason.vi
    assert [each.article for each in after.basis] == ["14(2)"]


# before July 2025


def test_until_june_2025_each_level_received_in_its_own_area() -> None:
    mine = desk("commune_desk", area="X1")
    assert verdict(mine, A, "commune", province=HERE, area="X1") == "yes"
    assert verdict(mine, A, "commune", province=HERE, area="X2") == "no"
    assert verdict(mine, A, "commune", province=ELSEWHERE, area="X1") == "no"
    assert verdict(mine, A, "commune", province=HERE) == "depends"
    assert verdict(mine, A, "provincial", province=HERE) == "depends"
    assert verdict(desk("district_desk", area="D"), A, "district", province=HERE, area="D") == "yes"
    assert verdict(desk("provincial_centre"), A, "provincial", province=HERE) == "yes"
    answer = may_receive(mine, scope("commune", province=HERE, area="X1"), on=A)
    assert [each.firmness.value for each in answer.basis] == ["inferred"]


# what cannot receive at all


def test_who_receives_nothing() -> None:
    firm = may_receive(desk("contractor"), scope("commune", province=HERE), on=C)
    assert (firm.verdict, "takes in only for the desk" in firm.reason.en) == ("no", True)
    body = may_receive(desk("commune_committee"), scope("commune", province=HERE), on=C)
    assert (body.verdict, "no rule lets it receive" in body.reason.en) == ("no", True)
    gone = may_receive(desk("commune_centre", to=B), scope("commune", province=HERE), on=C)
    assert (gone.verdict, gone.basis) == ("no", ())
    assert gone.to_dict(language="vi") == {
        "verdict": "no",
        "reason": "Trung tâm Phục vụ hành chính công cấp xã: chưa có hoặc không còn vào ngày này",
        "basis": [],
        "rule": None,
        "missing": [],
    }


def test_what_is_not_known_is_asked_for() -> None:
    answer = may_receive(desk("commune_centre"), scope("commune"), on=C)
    assert (answer.verdict, answer.missing) == ("depends", ("province", "listed"))
    assert answer.reason.vi.endswith(
        "tỉnh của cơ quan có thẩm quyền; thủ tục có trong danh mục tiếp nhận toàn quốc hay không"
    )


def test_what_is_no_question_is_refused() -> None:
    asked = scope("commune", province=HERE)
    with pytest.raises(UnknownCodeError, match="commune_centre"):
        may_receive(desk("comune_centre"), asked, on=C)
    with pytest.raises(UnknownCodeError, match="mobile"):
        may_receive(desk("branch"), scope("commune", reception="mobil"), on=C)
    with pytest.raises(NotInForceError):
        may_receive(desk("branch"), asked, on=date(2018, 1, 1))
    for unit, procedure, day in (("U", asked, C), (desk("branch"), "p", C), (desk("branch"), asked, "2026-08-05")):
        with pytest.raises(InvalidValueError):
            may_receive(unit, procedure, on=day)  # type: ignore[arg-type]
    assert may_receive(desk("branch"), asked, on=C, law=rules(on=B)).rule == "places"


def test_what_has_not_been_recorded_of_a_decree_is_not_denied() -> None:
    for kind, competence in (
        ("provincial_centre", "vertical"),
        ("commune_desk", "provincial"),
        ("contractor", "commune"),
    ):
        answer = may_receive(desk(kind), scope(competence, province=HERE), on=A)
        assert (answer.verdict, answer.missing, answer.basis) == ("depends", ("rule",), ())
        assert "Decree 61/2018" in answer.reason.en
