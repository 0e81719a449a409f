"""``onestop tour``: the whole story on the catalogue that ships, each step held against what it must come to.

The story and its expectations are data (``data/vn/tour.json``); everything printed is computed here and now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.cli.deadlines.due import lines
from onestop_core.cli.shell.common import CLEAN, FINDINGS, language_of
from onestop_core.errors import Severity
from onestop_core.model import Interval, day_of, parse_moment
from onestop_core.text import Language, Text, long_date, moment_text, number, padded

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say
    from onestop_core.deadlines import Deadline, TimeLimit
    from onestop_core.dossier import Dossier, Machine
    from onestop_core.kpi.service_index import MetricScore
    from onestop_core.workdays import Calendar

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "tour",
        help=say(
            vi="chạy thử trọn quy trình trên danh mục đi kèm, kiểm tra từng bước",
            en="the whole story on the shipped catalogue, checked as it goes",
        ),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Tell the story; 1 if any step disagrees with the shipped expectation."""
    from onestop_core.rules.reading import resources  # noqa: PLC0415

    script = resources.data("vn/tour")
    teller = _Teller(language=language_of(options), expected=script["expected"])
    _catalogue(teller)
    limit = _procedure(teller, script)
    case = _story(teller, script, limit)
    _replay(teller, case)
    _scores(teller, script, limit, case)
    return teller.close()


@attrs.define
class _Teller:
    """Prints the story and keeps count of what agreed."""

    language: Language
    expected: Mapping[str, Any]
    agreed: int = 0
    disagreed: int = 0

    def title(self, number: int, *, vi: str, en: str) -> None:
        heading = f"{number}. {vi if self.language == 'vi' else en}"
        print(f"\n{heading}\n{'-' * len(heading)}")

    def say(self, *, vi: str, en: str) -> None:
        print(vi if self.language == "vi" else en)

    def hold(self, found: object, *place: str) -> None:
        """Compare what was computed with what ships as expected, and say when they differ."""
        expected: Any = self.expected
        for part in place:
            expected = expected[part]
        if found == expected:
            self.agreed += 1
            return
        self.disagreed += 1
        name = ".".join(place)
        self.say(
            vi=f"  KHÔNG KHỚP {name}: được {found!r}, cần {expected!r}",
            en=f"  DISAGREES {name}: got {found!r}, expected {expected!r}",
        )

    def close(self) -> int:
        print()
        if self.disagreed:
            self.say(
                vi=f"Kết thúc: {self.disagreed} bước KHÔNG khớp, {self.agreed} bước khớp.",
                en=f"End of the tour: {self.disagreed} checks DISAGREE, {self.agreed} agree.",
            )
            return FINDINGS
        self.say(
            vi=f"Kết thúc: cả {self.agreed} bước kiểm tra đều khớp.",
            en=f"End of the tour: all {self.agreed} checks agree.",
        )
        return CLEAN


def _catalogue(teller: _Teller) -> None:
    from onestop_core import catalogue  # noqa: PLC0415
    from onestop_core.rules.reading import resources  # noqa: PLC0415

    teller.title(1, vi="Danh mục thủ tục đi kèm", en="The catalogue that ships")
    document = resources.data("vn/catalogue/one-stop")
    problems = catalogue.check(document)
    count = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    errors, warnings, notes = (count[severity] for severity in Severity)
    total = len(catalogue.load(document))
    # Known and accepted is not the same as confirmed.
    accepted = len(document["suppressions"])
    remembered = sum(each["rule"] == "catalogue/unconfirmed" for each in document["suppressions"])
    teller.say(
        vi=f"{total} thủ tục thật, kiểm tra theo lược đồ và quy tắc: {errors} lỗi, {warnings} cảnh báo, {notes} ghi chú\n"
        f"({accepted} chỗ nguồn không nêu hoặc chưa xác nhận, {remembered} chỗ ghi theo trí nhớ: danh mục nêu rõ lý do, không coi là luật).",
        en=f"{total} real procedures, checked against schema and rules: {errors} errors, {warnings} warnings, {notes} notes\n"
        f"(in {accepted} places the catalogue says, with the reason, what is missing or not confirmed; {remembered} rest on memory only).",
    )
    teller.hold(total, "catalogue", "procedures")
    teller.hold(errors, "catalogue", "error")
    teller.hold(warnings, "catalogue", "warning")


def _procedure(teller: _Teller, script: Mapping[str, Any]) -> TimeLimit:
    from onestop_core import catalogue, deadlines  # noqa: PLC0415

    procedure = catalogue.shipped()[script["procedure"]]
    channel = next(channel for channel in procedure.channels if channel.kind == script["channel"])
    stated = channel.limits[0].time
    assert stated is not None  # of this procedure the limit is known
    limit = deadlines.TimeLimit.parse(stated)
    teller.title(2, vi="Một hồ sơ", en="One dossier")
    name, time = procedure.name, limit.text
    teller.say(
        vi=f"{procedure.code} {name.vi}: {time.vi}",
        en=f"{procedure.code} {name.en} ({name.vi}): {time.en}",
    )
    return limit


def _appointment(at: datetime, limit: TimeLimit, calendar: Calendar, *, explain: bool = False) -> Deadline:
    from onestop_core import deadlines  # noqa: PLC0415

    return deadlines.due(at, limit, calendar=calendar, explain=explain)


def _story(teller: _Teller, script: Mapping[str, Any], limit: TimeLimit) -> Dossier:
    from onestop_core import dossier, workdays  # noqa: PLC0415

    opened = parse_moment(script["story"][0]["event"]["at"])
    machine = dossier.machine("vn", on=day_of(opened))
    # What had been announced when the dossier came in; the Tết holiday of 2026 had.
    calendar = workdays.calendar("vn-civil", as_of=day_of(opened))
    basis = machine.basis.cite()
    teller.say(vi=f"Vòng đời hồ sơ: {machine.id} – {basis.vi}", en=f"Lifecycle: {machine.id} – {basis.en}")
    case = machine.new(id="H26.12-260209-0001", procedure=script["procedure"], channel=script["channel"], at=opened)
    last: Deadline | None = None
    for line in script["story"]:
        event = dossier.Event.from_dict(line["event"])
        if line.get("appoint"):
            last = _appointment(event.at, limit, calendar, explain=True)
            event = attrs.evolve(event, due=last.at)
        case = machine.step(case, event)
        _tell(teller, machine, case)
    teller.hold(list(case.states), "states")
    teller.hold(
        [dossier.portal_status(machine.replay(case.events[:n])) for n in range(1, len(case.events) + 1)], "portal"
    )
    teller.hold([day_of(each.new).isoformat() for each in case.appointments], "appointments")
    assert last is not None
    _why(teller, last, calendar)
    return case


def _tell(teller: _Teller, machine: Machine, case: Dossier) -> None:
    from onestop_core import dossier  # noqa: PLC0415

    event, language = case.events[-1], teller.language
    name = machine.lifecycle.event(event.kind).name.in_(language)
    state = machine.lifecycle.state(case.state).name.in_(language)
    portal = dossier.portal_status(case)
    told = [Text(vi=f"Cổng: mã {portal}", en=f"portal {portal}")]
    # By their names: the numbers of the one-stop forms are also those of reports.
    told[:0] = [machine.lifecycle.forms[effect.form].name for effect in case.effects if effect.form]
    if event.due:
        due = long_date(day_of(event.due))
        told.append(Text(vi=f"hẹn trả {due.vi}", en=f"due {due.en}"))
    print(f"  {moment_text(event.at).in_(language)}  {name} → {state} [{'; '.join(t.in_(language) for t in told)}]")


def _why(teller: _Teller, due: Deadline, calendar: Calendar) -> None:
    teller.title(3, vi="Vì sao hẹn trả kết quả vào ngày đó", en="Why that day")
    for line in lines(due, teller.language):
        print(f"  {line}")
    first = day_of(due.received_at) + timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((day_of(due.at) - first).days + 1)]
    teller.hold([day.isoformat() for day in days if not calendar.is_workday(day)], "skipped")


def _replay(teller: _Teller, case: Dossier) -> None:
    from onestop_core import dossier  # noqa: PLC0415

    teller.title(4, vi="Chạy lại nhật ký", en="Replaying the log")
    again = dossier.replay(dossier.dump_log(case))
    same = again == case
    teller.say(
        vi=f"{len(case.events)} sự kiện ghi ra JSON, đọc lại, chạy lại: {'cùng một hồ sơ' if same else 'KHÁC'}.",
        en=f"{len(case.events)} events written as JSON, read and replayed: {'the same dossier' if same else 'DIFFERENT'}.",
    )
    teller.agreed, teller.disagreed = teller.agreed + same, teller.disagreed + (not same)


def _others(script: Mapping[str, Any], limit: TimeLimit) -> list[Dossier]:
    """Run the other dossiers of the story through the lifecycle, straight from receipt to result."""
    from onestop_core import dossier, workdays  # noqa: PLC0415

    cases: list[Dossier] = []
    for order, line in enumerate(script["others"], start=2):
        received, ended = parse_moment(line["received"]), parse_moment(line["handed_over"])
        machine = dossier.machine("vn", on=day_of(received))
        calendar = workdays.calendar("vn-civil", as_of=day_of(received))
        case = machine.new(
            id=f"H26.12-{received:%y%m%d}-{order:04d}",
            procedure=script["procedure"],
            channel=script["channel"],
            at=received,
        )
        due = _appointment(received, limit, calendar).at
        case = machine.step(case, dossier.event("received", received, due=due))
        for kind in ("transferred", "assigned", "approved"):
            case = machine.step(case, dossier.event(kind, received + timedelta(hours=1)))
        cases.append(machine.step(case, dossier.event("result_handed_over", ended)))
    return cases


def _scores(teller: _Teller, script: Mapping[str, Any], limit: TimeLimit, case: Dossier) -> None:
    from onestop_core import deadlines, kpi, workdays  # noqa: PLC0415

    teller.title(
        5, vi="Điểm tiến độ giải quyết (chỉ số 2.1, tối đa 20)", en="The progress score (metric 2.1, 20 at most)"
    )
    first, last = (date.fromisoformat(text) for text in script["period"])
    index = kpi.index("vn-766", on=last)
    calendar = workdays.calendar("vn-civil", as_of=last)
    facts = [deadlines.facts(each, limit, calendar=calendar) for each in (case, *_others(script, limit))]
    ours = index.evaluate(facts, period=Interval(first=first, last=last))["2.1"]
    theirs = index.score({"2.1": tuple(script["published"]["counts"])})["2.1"]
    what = script["published"]["what"]
    for name, result in (
        (_dossiers(len(facts)), ours),
        (Text(vi=what["vi"], en=what["en"]), theirs),
    ):
        print(f"  {name.in_(teller.language)}: {_figures(result).in_(teller.language)}")
    teller.hold([ours.numerator, ours.denominator], "tour_counts")
    teller.hold(str(ours.score), "tour_score")
    teller.hold(str(theirs.percent), "published_ratio")
    teller.hold(str(theirs.score), "published_score")
    basis = theirs.metric.basis.cite()
    teller.say(vi=f"  {index.id}: {basis.vi}", en=f"  {index.id}: {basis.en}")


def _dossiers(total: int) -> Text:
    return Text(
        vi=f"{padded(total)} hồ sơ (01 hồ sơ trên và {padded(total - 1)} hồ sơ khác)",
        en=f"{total} dossiers (the one above and {total - 1} others)",
    )


def _figures(result: MetricScore) -> Text:
    """Return counts, share and points of a metric, as people write them; of those of the tour all are known."""
    told = (result.numerator, result.denominator, result.percent, result.score, result.metric.max)
    over, under, share, score, most = (number(each) for each in told if each is not None)
    return Text(
        vi=f"{over.vi}/{under.vi} = {share.vi}% → {score.vi}/{most.vi} điểm",
        en=f"{over.en}/{under.en} = {share.en}% → {score.en} of {most.en} points",
    )
