"""One to sixty working days from every day of 2025 to 2027, and back: none wrong."""

from __future__ import annotations

import json
from datetime import date, timedelta

from onestop_core import workdays
from tests.javascript.node import PACKAGE, program, run

COUNT = f"""
import {{ calendar, due }} from "{PACKAGE.as_uri()}/index.mjs";
const vn = calendar();
const out = [];
for (let at = Date.UTC(2025, 0, 1); at <= Date.UTC(2027, 11, 31); at += 86_400_000) {{
  const day = new Date(at).toISOString().slice(0, 10);
  const ends = Array.from({{ length: 60 }}, (_, n) => vn.add(day, n + 1));
  const wrong = ends.filter((end, n) => vn.count(day, end) !== n + 1 || (n % 12 === 0 && due(`${{day}}T08:00+07:00`, `${{n + 1}} working days`).day !== end));
  out.push([day, ends, wrong.length]);
}}
console.log(JSON.stringify(out));
"""


def test_from_every_day_of_three_years() -> None:
    found = json.loads(run([program("node"), "--input-type=module"], given=COUNT))
    vn, first = workdays.calendar("vn-civil"), date(2025, 1, 1)
    expected = []
    for number in range((date(2027, 12, 31) - first).days + 1):
        day = first + timedelta(days=number)
        expected.append([day.isoformat(), [vn.add(day, n).isoformat() for n in range(1, 61)], 0])
    assert len(expected) == 1095
    assert found == expected
