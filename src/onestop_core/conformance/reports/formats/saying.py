"""What every form of a report says in the same words: the verdict, who was tested, why a case did not pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.conformance.demands import profiles
from onestop_core.conformance.reports.report import Report
from onestop_core.conformance.reports.results import Verdict
from onestop_core.conformance.suites import suite
from onestop_core.conformance.values import CaseLevel, CaseOutcome
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, number
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.conformance.reports.results import CaseResult, OperationResult
    from onestop_core.conformance.values import Software

__all__ = [
    "FAULTS",
    "OUTCOMES",
    "VERDICTS",
    "area_text",
    "build_of",
    "decides",
    "ensure_report",
    "in_area",
    "profile_title",
    "reason_of",
    "recommended_text",
    "required_text",
    "short",
    "verdict_text",
]

VERDICTS: Final = {
    Verdict.CONFORMS: Text(vi="phù hợp", en="conforms"),
    Verdict.FAILS: Text(vi="không phù hợp", en="does not conform"),
    Verdict.PARTIAL: Text(vi="phù hợp một phần", en="conforms in part"),
    Verdict.UNSUPPORTED: Text(vi="không hỗ trợ", en="unsupported"),
    Verdict.NOTHING_DEMANDED: Text(vi="không có yêu cầu nào", en="nothing demanded"),
}
OUTCOMES: Final = {
    CaseOutcome.PASSED: Text(vi="đạt", en="passed"),
    CaseOutcome.FAILED: Text(vi="không đạt", en="failed"),
    CaseOutcome.DECLINED: Text(vi="không trả lời", en="declined"),
    CaseOutcome.UNSUPPORTED: Text(vi="không hỗ trợ", en="unsupported"),
}
FAULTS: Final = {
    "crash": Text(vi="sự cố", en="crash"),
    "timeout": Text(vi="quá thời gian", en="timeout"),
    "nonsense": Text(vi="trả lời sai giao thức", en="nonsense"),
    "error": Text(vi="lỗi tự báo", en="own error"),
}
_SHORTEST_DIGEST: Final = 12


def ensure_report(report: object) -> None:
    """Check that *report* is one.

    Raises:
        InvalidValueError: it is not.
    """
    if not isinstance(report, Report):
        raise InvalidValueError.of("report", report, vi="một báo cáo", en="a report")


def short(digest: str) -> str:
    """Return *digest* as short as it may be cited.

    >>> short("sha256:" + "0123456789abcdef" * 4)
    'sha256:0123456789ab'
    """
    kind, _, digits = line(digest).rpartition(":")
    return f"{kind}:{digits[:_SHORTEST_DIGEST]}"


def build_of(software: Software) -> str:
    """Return name, version and build."""
    return line(f"{software} ({software.build})" if software.build else f"{software}")


def required_text(count: int) -> Text:
    """Return so many required cases in words."""
    said = number(count)
    return Text(vi=f"{said.vi} ca bắt buộc", en=f"{said.en} required case{'' if count == 1 else 's'}")


def area_text(name: str) -> Text:
    """Return how an area is called in a sentence: by its code in English, by its title in Vietnamese."""
    titles = {area.name: area.title.vi for area in suite().areas}
    return Text(vi=f"“{titles[name]}”" if name in titles else line(name), en=line(name))


def reason_of(result: CaseResult) -> Text:
    """Return why a case did not pass: a fault by its name first."""
    reason = result.reason or Text(vi="", en="")
    if result.fault is None:
        return Text(vi=line(reason.vi), en=line(reason.en))
    fault = FAULTS[result.fault]
    return Text(vi=f"{fault.vi}: {line(reason.vi)}", en=f"{fault.en}: {line(reason.en)}")


def decides(report: Report, result: CaseResult) -> bool:
    """Whether the verdict of the whole report depends on this case."""
    return result.counts and not _names(result).isdisjoint(report.demanded)


def in_area(report: Report, area: str | None) -> tuple[Verdict, str]:
    """Return the verdict on one area, or on the whole, and the name of that.

    Raises:
        InvalidValueError: the report has no such area.
    """
    if area is None:
        return report.verdict, "onestop" if report.profile is None else f"onestop {line(str(report.profile))}"
    verdicts = {each.area: each.verdict for each in report.by_area()}
    if area not in verdicts:
        raise InvalidValueError.one_of("area", area, verdicts)
    return verdicts[area], f"onestop {line(area)}"


def verdict_text(report: Report) -> Text:
    """Return the verdict in one sentence: who conforms to what, and what is in the way.

    >>> from onestop_core import conformance
    >>> verdict_text(conformance.run(conformance.reference(), areas=["codes"])).en.partition(" conforms ")[2]
    'to what was demanded (codes).'
    """
    who = line(str(report.implementation))
    what = _demands(report)
    match report.verdict:
        case Verdict.CONFORMS:
            return Text(vi=f"{who} phù hợp với {what.vi}.", en=f"{who} conforms to {what.en}.")
        case Verdict.FAILS:
            wrong = [each for each in report.failed if decides(report, each)]
            places, count = _areas_of(wrong), required_text(len(wrong))
            more = _listed([Text(vi="", en=""), *_missing(report)], "; ")
            return Text(
                vi=f"{who} không phù hợp với {what.vi}: {count.vi} không đạt, thuộc {places.vi}{more.vi}.",
                en=f"{who} does not conform to {what.en}: {count.en} failed, in {places.en}{more.en}.",
            )
        case Verdict.PARTIAL:
            nothing = Text(vi="không ca bắt buộc nào đạt", en="no required case passed")
            missing = _listed(_missing(report) or [nothing], "; ")
            return Text(
                vi=f"{who} chỉ phù hợp một phần với {what.vi}: {missing.vi}.",
                en=f"{who} conforms only in part to {what.en}: {missing.en}.",
            )
        case _:
            return Text(
                vi=f"Không kết luận về {who}: không có yêu cầu nào và phần mềm không nhận phép tính nào.",
                en=f"No verdict on {who}: nothing was demanded, and it takes no operation.",
            )


def _demands(report: Report) -> Text:
    if report.profile is None:
        names = _listed(map(_demand_text, report.demanded))
        return Text(vi=f"những gì được yêu cầu ({names.vi})", en=f"what was demanded ({names.en})")
    name = line(str(report.profile))
    title = profile_title(report)
    return Text(
        vi=f"bộ yêu cầu {name}" if title is None else f"bộ yêu cầu {name} “{title.vi}”", en=f"the profile {name}"
    )


def profile_title(report: Report) -> Text | None:
    """Return the title of the profile that was demanded, where this library has that very one."""
    cited = report.profile
    known = {(each.name, each.version): each.title for each in profiles()}
    return None if cited is None else known.get((cited.name, cited.version))


def _listed(parts: Iterable[Text], mark: str = ", ") -> Text:
    each = list(parts)
    return Text(vi=mark.join(part.vi for part in each), en=mark.join(part.en for part in each))


def _demand_text(name: str) -> Text:
    area, _, operation = name.partition("/")
    said = area_text(area)
    if not operation:
        return said
    return Text(vi=f"phép tính {line(operation)} thuộc {said.vi}", en=line(name))


def _areas_of(results: Iterable[CaseResult]) -> Text:
    return _listed(map(area_text, dict.fromkeys(each.area for each in results)))


def _missing(report: Report) -> list[Text]:
    """Return what is in the way of a report besides the cases that failed."""
    parts: list[Text] = []
    declined = [each for each in report.declined if decides(report, each)]
    if declined:
        count, places = required_text(len(declined)), _areas_of(declined)
        parts.append(Text(vi=f"{count.vi} không trả lời, thuộc {places.vi}", en=f"{count.en} declined, in {places.en}"))
    operations = [each for area in report.by_area() for each in area.operations]
    demanded = [each for each in operations if not _names(each).isdisjoint(report.demanded)]
    if lacking := line(", ".join(each.operation for each in demanded if each.verdict is Verdict.UNSUPPORTED)):
        parts.append(Text(vi=f"không hỗ trợ {lacking}", en=f"{lacking} unsupported"))
    known = {name for each in operations for name in _names(each)}
    if absent := [_demand_text(name) for name in report.demanded if name not in known]:
        said = _listed(absent)
        parts.append(Text(vi=f"không có kết quả về {said.vi}", en=f"nothing is told of {said.en}"))
    if left := sum(each.not_asked for each in demanded):
        count = required_text(left)
        parts.append(Text(vi=f"{count.vi} chưa hỏi", en=f"{count.en} not asked"))
    return parts


def _names(of: OperationResult | CaseResult) -> set[str]:
    """Return the names under which an operation can be demanded."""
    return {of.area, f"{of.area}/{of.operation}"}


def recommended_text(report: Report) -> Text:
    """Return how many recommended cases failed, which no verdict depends on."""
    counted = [each for each in report.results if each.level is CaseLevel.RECOMMENDED and each.disputed is None]
    failed = sum(each.outcome is CaseOutcome.FAILED for each in counted)
    if not failed:
        return Text(vi="không ca khuyến nghị nào không đạt", en="no recommended case failed")
    all_, some = number(len(counted)), number(failed)
    return Text(
        vi=f"{some.vi} trong {all_.vi} ca khuyến nghị không đạt", en=f"{some.en} of {all_.en} recommended cases failed"
    )
