"""The check rules: each with its identifier, severity and what it is about; what it rests on is data (``grounds``).

``docs/reference/catalogue-rules.md`` explains each with an example that runs as a test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from onestop_core.catalogue.checking.grounds import cited, ground
from onestop_core.catalogue.values.fields import typed
from onestop_core.errors import Problem, Severity
from onestop_core.rules.reading.documents import json_path
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.model import Basis
    from onestop_core.rules.reading.documents import Where

__all__ = ["RULES", "Rule"]


@attrs.frozen(kw_only=True, field_transformer=typed)
class Rule:
    """A rule beyond the schema, by which :func:`~onestop_core.catalogue.check` finds problems."""

    id: str
    """Stable identifier, such as ``catalogue/duplicate-code``."""
    severity: Severity
    title: Text
    """What the rule asks for."""
    advisory: bool = False
    """Whether it is advice of this library, which no other implementation need give."""
    on_request: bool = False
    """Whether it is reported only where it is selected by its whole id."""

    @property
    def basis(self) -> Basis | None:
        """What the rule rests on, with its article, days and firmness; None where it rests on no text.

        >>> next(rule for rule in RULES if rule.id == "catalogue/no-time-limit").basis.cite().en
        'Decree 63/2010/NĐ-CP, art. 8(2)'
        """
        return ground(self.id)

    def problem(self, place: Where, *, vi: str, en: str, hint: Text | None = None) -> Problem:
        """Return the finding that this rule is broken at *place*."""
        return Problem(
            path=json_path(place),
            rule=self.id,
            severity=self.severity,
            text=Text(vi=vi, en=en),
            basis=cited(self.id),
            hint=hint,
        )


def _rule(name: str, severity: Severity, vi: str, en: str, *, advisory: bool = False) -> Rule:
    return Rule(id=f"catalogue/{name}", severity=severity, title=Text(vi=vi, en=en), advisory=advisory)


DUPLICATE_CODE = _rule(
    "duplicate-code",
    Severity.ERROR,
    "vào mỗi ngày, mỗi mã thủ tục chỉ có một thủ tục",
    "on any day a code is that of one procedure",
)
DUPLICATE_ID = _rule(
    "duplicate-id",
    Severity.ERROR,
    "trong một thủ tục, mỗi trường hợp, bước, mẫu, thủ tục liên thông có tên riêng",
    "cases, steps, forms and linked procedures of a procedure have names of their own",
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
FEE_FRACTION = _rule(
    "fee-fraction",
    Severity.ERROR,
    "số tiền bằng đồng không có phần lẻ",
    "an amount in đồng has no fraction",
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
)
PART_MISSING = _rule(
    "part-missing",
    Severity.NOTE,
    "thủ tục được công bố phải có trình tự và thành phần hồ sơ",
    "a published procedure states its steps and papers",
)
INCOMPLETE = attrs.evolve(
    _rule(
        "incomplete",
        Severity.NOTE,
        "thủ tục được công bố có đủ các bộ phận, giấy tờ và kết quả có mã",
        "a published procedure has all its parts, its papers and results with codes",
        advisory=True,
    ),
    on_request=True,
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
UNREACHABLE = _rule(
    "unreachable-limit",
    Severity.WARNING,
    "mỗi thời hạn, mức thu có hình thức nộp và trường hợp dẫn tới",
    "a limit or fee can be reached by a channel and a case",
)
DECISION = _rule(
    "decision-table",
    Severity.WARNING,
    "với mọi câu trả lời, bảng quyết định cho đúng một trường hợp của mỗi tiêu chí",
    "any answers make exactly one case in each dimension of the decision table",
)
EDITION_GAP = _rule(
    "edition-gap",
    Severity.NOTE,
    "các giai đoạn hiệu lực của một thủ tục nối tiếp nhau",
    "the periods of one procedure follow each other without a gap",
    advisory=True,
)
UNUSED_CASE = _rule(
    "unused-case",
    Severity.NOTE,
    "mỗi trường hợp được ít nhất một mục dùng tới",
    "something refers to each case",
    advisory=True,
)
BODY_WITHOUT_STEP = _rule(
    "body-without-step",
    Severity.WARNING,
    "mỗi cơ quan thực hiện, phối hợp có ít nhất một bước",
    "a body that takes part has a step",
)
PAPER_HELD = _rule(
    "paper-held-by-state",
    Severity.NOTE,
    "không yêu cầu giấy tờ mà cơ quan nhà nước đã có dữ liệu",
    "a paper that the state holds already is not asked for in every case",
    advisory=True,
)
OVERLAPPING = _rule(
    "overlapping-procedures",
    Severity.WARNING,
    "không có hai thủ tục cùng kết quả, đối tượng, cơ quan, cấp, và cùng tên hoặc thành phần hồ sơ",
    "no two procedures have the same results, applicants, authority and level, and the same name or papers",
    advisory=True,
)
LINKED = _rule(
    "linked-procedures",
    Severity.WARNING,
    "thủ tục liên thông có cơ quan chủ trì, cơ chế liên thông và trình tự hợp lệ",
    "linked procedures have a lead among the bodies, the linked mechanism and a sound order",
)
SEVEN_CLARITIES = _rule(
    "seven-clarities",
    Severity.NOTE,
    "mỗi bước rõ mục tiêu, người, việc, thời gian, trách nhiệm, sản phẩm, kết quả",
    "a step is clear in objective, person, work, time, responsibility, product and result",
    advisory=True,
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
BLANK_TEXT = _rule(
    "blank-text",
    Severity.ERROR,
    "văn bản có nội dung, không chỉ có khoảng trắng",
    "text says something; blanks alone say nothing",
)
LOOK_ALIKE = _rule(
    "look-alike",
    Severity.ERROR,
    "mã và tên chỉ dùng chữ Latinh, không dùng chữ giống hệt của bảng chữ khác",
    "codes and names use Latin letters, not letters of another script that look the same",
)

SUPPRESSED = attrs.evolve(
    _rule(
        "suppressed",
        Severity.NOTE,
        "phát hiện được bỏ qua có lý do thì được đếm và liệt kê khi có yêu cầu",
        "findings that the catalogue suppresses are counted, with the reason, on request",
        advisory=True,
    ),
    on_request=True,
)
UNUSED_SUPPRESSION = _rule(
    "unused-suppression",
    Severity.WARNING,
    "mỗi mục bỏ qua đều còn tác dụng; lỗi thì không bỏ qua được",
    "a suppression covers a finding; an error cannot be suppressed",
    advisory=True,
)

RULES: tuple[Rule, ...] = (
    DUPLICATE_CODE,
    DUPLICATE_ID,
    UNRESOLVED,
    STEP_CYCLE,
    REVERSED_DATES,
    FEE_FRACTION,
    TIME_UNREADABLE,
    NO_TIME,
    PART_MISSING,
    INCOMPLETE,
    STEPS_EXCEED_LIMIT,
    STEP_WITHOUT_BODY,
    UNREACHABLE,
    DECISION,
    EDITION_GAP,
    UNUSED_CASE,
    BODY_WITHOUT_STEP,
    PAPER_HELD,
    OVERLAPPING,
    LINKED,
    SEVEN_CLARITIES,
    NOT_IN_FORCE,
    UNCONFIRMED,
    NOT_NFC,
    STRAY_CHARACTER,
    BLANK_TEXT,
    LOOK_ALIKE,
    SUPPRESSED,
    UNUSED_SUPPRESSION,
)
"""Every rule, in the order of the reference page."""
