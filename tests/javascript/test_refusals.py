"""What the package refuses: with a code, the place and words in both languages, and nothing else goes out of it."""

from __future__ import annotations

import json
from typing import Final

import pytest

from tests.javascript.node import HERE, PACKAGE, program, run

AT: Final = "2026-02-12T09:30+07:00"
REFUSED: Final = [
    ('calendar("vn")', "unknown-code", "calendar", "no calendar 'vn'; there is vn-civil"),
    ('calendar().next("2050-12-31")', "calendar-coverage", "day", "calendar vn-civil does not cover 2051-01-01; it covers 2012-01-01 to 2050-12-31"),
    ('calendar().add("2026-02-12", 1.5)', "invalid-value", "n", "n: cannot use 1.5; expected a whole number"),
    ('calendar("vn-civil", { asOf: "2010-01-01", predicted: "refuse" })', "calendar-coverage", "day", None),
    ('calendar("vn-civil", { predicted: "perhaps" })', "invalid-value", "predicted", "predicted: cannot use 'perhaps'; expected one of allow, refuse"),
    (f'due("{AT}", "0.5 working days")', "invalid-value", "limit", None),
    (f'due("{AT}", "10000 days")', "invalid-value", "amount", "amount: cannot use '10000'; expected a number from 0 to 9999 with at most two decimals"),
    ('due("2026-02-12T09:30", "5 days")', "invalid-value", "receivedAt", None),
    (f'due("{AT}", "5 days", {{ pauses: [["{AT}", "2026-02-12T09:29+07:00"]] }})', "invalid-value", "pauses", None),
    ('WorkingHours.parse("07:30-11:30, 11:30-17:00")', "invalid-value", "hours", None),
    (f'new Clock().pause("{AT}")', "transition-not-allowed", "act", "a clock that is not_started does not take pause; it takes start, promise, stop"),
    (f'new Clock().stop("{AT}").start("{AT}")', "transition-not-allowed", "act", "a clock that is stopped does not take start; it takes nothing"),
    (f'new Clock().start("{AT}").pause("2026-02-12T09:29+07:00")', "invalid-event", "act", "invalid act pause: it comes before the act before it (2026-02-12 09:30)"),
    (f'new Clock().start("{AT}").extend("{AT}", {{}})', "invalid-event", "act", None),
    (f'new Clock().start("{AT}").take("pause", "{AT}", {{ by: "1 day" }})', "invalid-event", "act", "invalid act pause: only an extension says how much longer"),
    (f'new Clock().start("{AT}").take("promise", "{AT}")', "invalid-event", "act", "invalid act promise: it needs the appointment"),
    (f'new Clock().start("{AT}").take("pause", "{AT}", {{ promise: "{AT}" }})', "invalid-event", "act", "invalid act pause: it makes no appointment"),
    (f'new Clock().start("{AT}").reschedule("{AT}", {{ promise: "{AT}" }})', "invalid-event", "act", "invalid act reschedule: it needs a reason"),
    (f'countedOtherwise(due("{AT}", "5 days"), "makeup_saturday_missing")', "unknown-code", "code", "no way of counting 'makeup_saturday_missing'"),
    ('DossierCode.of("000.00.04.G18", "2026-02-12", 1, { digitsOfDay: 8 })', "invalid-value", "digitsOfDay", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def refusals() -> list[dict[str, str]]:
    tries = ",\n".join(f"tried(() => {code})" for code, *_ in REFUSED)
    script = f"""import {{ Clock, DossierCode, WorkingHours, calendar, countedOtherwise, due }} from "{PACKAGE.as_uri()}/index.mjs";
const tried = (make) => {{ try {{ return {{ made: String(make()) }}; }} catch (error) {{ return {{ name: error.name, said: error.message, ...JSON.parse(JSON.stringify(error)) }}; }} }};
console.log(JSON.stringify([{tries}]));"""
    found: list[dict[str, str]] = json.loads(run([program("node"), "--input-type=module"], given=script))
    return found


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=[code for code, *_ in REFUSED])
def test_what_is_refused_and_in_which_words(number: int, refusals: list[dict[str, str]]) -> None:
    _, code, place, said = REFUSED[number]
    found = refusals[number]
    assert (found["name"], found["code"], found["place"]) == ("OnestopError", code, place)
    assert said in {None, found["said"]}


def test_a_vietnamese_message_is_vietnamese_to_its_end(refusals: list[dict[str, str]]) -> None:
    for found in refusals:
        text = found["text"]["vi"]  # type: ignore[index]
        assert not {"not_started", "stopped", "pause", "extend", "promise", "reschedule", "receivedAt"} & set(
            text.replace("“", " ").replace("”", " ").split()
        )


def test_only_errors_of_the_package_go_out_of_its_doors() -> None:
    found = json.loads(run([program("node"), HERE / "doors.mjs", PACKAGE]))
    assert found["leaks"] == []
    assert found["doors"] > 50
    assert found["refused"] > 1500


def test_what_else_a_value_says_of_itself() -> None:
    script = f"""import {{ AgencyCode, Clock, DossierCode, ProcedureCode, TimeLimit, WorkingHours, calendar, officeHours }} from "{PACKAGE.as_uri()}/index.mjs";
const seasonal = WorkingHours.fromDocument({{ ...officeHours().toDocument(), seasons: [{{ first: "11-01", last: "02-28", week: officeHours().toDocument().week }}] }});
console.log(JSON.stringify([
  String(ProcedureCode.parse("1.004222")), String(ProcedureCode.parse("3.000181.000.00.00.H22")), String(AgencyCode.parse(" G09.20 ")),
  String(DossierCode.of(AgencyCode.parse("G09.20"), "2026-06-09", 92637n, {{ digitsOfDay: 8, width: 7 }})), String(TimeLimit.of("2.5", "days")),
  officeHours().sessions(calendar(), "2026-01-10"), officeHours().sessions(calendar(), "2026-01-02"), seasonal.toDocument().seasons.length,
  new Clock().start("{AT}").extend("{AT}", {{ by: "1 day" }}).stop("{AT}").stoppedAt,
]));"""
    assert json.loads(run([program("node"), "--input-type=module"], given=script)) == [
        "1.004222", "3.000181.000.00.00.H22", "G09.20", "G09.20-20260609-0092637", "2.5 days", ["07:00-11:30", "13:30-17:00"], [], 1, "2026-02-12T09:30:00+07:00",
    ]  # fmt: skip
