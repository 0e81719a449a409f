"""The check rules: each with its identifier, severity, what it is about and its legal basis.

``docs/reference/catalogue-rules.md`` explains each with an example that runs as a test.
"""

from __future__ import annotations

import attrs

from onestop_core.errors import Problem, Severity
from onestop_core.rules.documents import json_path
from onestop_core.text import Text

__all__ = ["RULES", "Rule", "Where"]

Where = tuple[str | int, ...]
"""Where in the document: keys and indexes from the top."""


@attrs.frozen(kw_only=True)
class Rule:
    """A rule beyond the schema, by which :func:`~onestop_core.catalogue.check` finds problems."""

    id: str
    """Stable identifier, such as ``catalogue/duplicate-code``."""
    severity: Severity
    title: Text
    """What the rule asks for."""
    basis: Text | None = None
    """The legal ground, where there is one."""

    def problem(self, place: Where, *, vi: str, en: str, hint: Text | None = None) -> Problem:
        """Return the finding that this rule is broken at *place*."""
        return Problem(
            path=json_path(place),
            rule=self.id,
            severity=self.severity,
            text=Text(vi=vi, en=en),
            basis=self.basis,
            hint=hint,
        )


# What a published procedure must hold; steps, papers and time limit among it.
_STATUTORY_PARTS = Text(vi="Nghị định 63/2010/NĐ-CP, Điều 8(2)", en="Decree 63/2010/NĐ-CP, art. 8(2)")


def _rule(name: str, severity: Severity, vi: str, en: str, basis: Text | None = None) -> Rule:
    return Rule(id=f"catalogue/{name}", severity=severity, title=Text(vi=vi, en=en), basis=basis)


DUPLICATE_CODE = _rule(
    "duplicate-code",
    Severity.ERROR,
    "mỗi mã thủ tục chỉ xuất hiện một lần",
    "a procedure code appears once",
)
DUPLICATE_ID = _rule(
    "duplicate-id",
    Severity.ERROR,
    "trong một thủ tục, mỗi trường hợp, bước, mẫu có tên riêng",
    "cases, steps and forms of a procedure have names of their own",
)
UNRESOLVED = _rule(
    "unresolved-reference",
    Severity.ERROR,
    "tên được dẫn chiếu phải có trong tài liệu",
    "a name that is referred to exists in the document",
)
STEP_CYCLE = _rule(
    "step-cycle",
    Severity.ERROR,
    "không bước nào chờ chính nó",
    "no step waits for itself",
)
REVERSED_DATES = _rule(
    "reversed-dates",
    Severity.ERROR,
    "ngày hết hiệu lực không trước ngày có hiệu lực",
    "the last day in force is not before the first",
)
TIME_UNREADABLE = _rule(
    "time-limit-unreadable",
    Severity.ERROR,
    "thời hạn đọc được bằng máy",
    "a time limit can be read by the deadline engine",
)
NO_TIME = _rule(
    "no-time-limit",
    Severity.WARNING,
    "thủ tục được công bố phải có thời hạn giải quyết",
    "a published procedure states its time limit",
    _STATUTORY_PARTS,
)
PART_MISSING = _rule(
    "part-missing",
    Severity.NOTE,
    "thủ tục được công bố phải có trình tự và thành phần hồ sơ",
    "a published procedure states its steps and papers",
    _STATUTORY_PARTS,
)
STEPS_EXCEED_LIMIT = _rule(
    "steps-exceed-limit",
    Severity.WARNING,
    "tổng thời gian các bước, theo nhánh dài nhất, không quá thời hạn",
    "the budgets of the steps, along the longest path, fit the time limit",
)
STEP_WITHOUT_BODY = _rule(
    "step-without-body",
    Severity.WARNING,
    "mỗi bước có cơ quan chịu trách nhiệm, trừ bước của người nộp",
    "a step has a responsible body, unless the applicant takes it",
)
NOT_IN_FORCE = _rule(
    "basis-not-in-force",
    Severity.WARNING,
    "căn cứ pháp lý còn hiệu lực vào ngày kiểm tra",
    "a legal basis is in force on the day of the check",
)
UNCONFIRMED = _rule(
    "unconfirmed",
    Severity.NOTE,
    "nội dung dựa trên nguồn đã xác nhận",
    "a fact rests on more than memory",
)
NOT_NFC = _rule(
    "not-nfc",
    Severity.WARNING,
    "văn bản ở dạng Unicode NFC",
    "text is in Unicode normal form C",
)
STRAY_CHARACTER = _rule(
    "stray-character",
    Severity.WARNING,
    "không có ký tự điều khiển hoặc ký tự vô hình",
    "text holds no control or invisible characters",
)
LOOK_ALIKE = _rule(
    "look-alike",
    Severity.ERROR,
    "mã và tên chỉ dùng chữ Latinh, không dùng chữ giống hệt của bảng chữ khác",
    "codes and names use Latin letters, not letters of another script that look the same",
)

SUPPRESSED = _rule(
    "suppressed",
    Severity.NOTE,
    "phát hiện được bỏ qua có lý do thì được đếm",
    "findings that the catalogue suppresses are counted, with the reason",
)
UNUSED_SUPPRESSION = _rule(
    "unused-suppression",
    Severity.WARNING,
    "mỗi mục bỏ qua đều còn tác dụng; lỗi thì không bỏ qua được",
    "a suppression covers a finding; an error cannot be suppressed",
)

RULES: tuple[Rule, ...] = (
    DUPLICATE_CODE,
    DUPLICATE_ID,
    UNRESOLVED,
    STEP_CYCLE,
    REVERSED_DATES,
    TIME_UNREADABLE,
    NO_TIME,
    PART_MISSING,
    STEPS_EXCEED_LIMIT,
    STEP_WITHOUT_BODY,
    NOT_IN_FORCE,
    UNCONFIRMED,
    NOT_NFC,
    STRAY_CHARACTER,
    LOOK_ALIKE,
    SUPPRESSED,
    UNUSED_SUPPRESSION,
)
"""Every rule, in the order of the reference page."""
