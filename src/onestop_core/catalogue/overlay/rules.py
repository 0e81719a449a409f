"""The rules for local overlays: each with its identifier, severity and what it is about.

``docs/reference/overlay-rules.md`` explains each with an example that runs as a test.
"""

from __future__ import annotations

from onestop_core.catalogue.checking.rules import Rule
from onestop_core.errors import Severity
from onestop_core.text import Text

__all__ = ["RULES"]


def _rule(name: str, severity: Severity, vi: str, en: str) -> Rule:
    return Rule(id=f"overlay/{name}", severity=severity, title=Text(vi=vi, en=en))


UNRESOLVED = _rule(
    "unresolved-reference",
    Severity.ERROR,
    "tên được dẫn chiếu phải có trong danh mục quốc gia hoặc trong nội dung công bố riêng",
    "a name that is referred to exists in the national catalogue or in the overlay",
)
DECISION_MISSING = _rule(
    "decision-missing",
    Severity.ERROR,
    "nội dung địa phương được công bố bằng quyết định có trong danh sách căn cứ",
    "what is local is published by a decision, which is among the bases",
)
DECISION_NOT_IN_FORCE = _rule(
    "decision-not-in-force",
    Severity.WARNING,
    "quyết định công bố có hiệu lực trong thời gian áp dụng nội dung địa phương",
    "the decision is in force on the first and on the last day of what it publishes",
)
DUPLICATE = _rule(
    "duplicate-change",
    Severity.ERROR,
    "mỗi nội dung chỉ được thay đổi một lần",
    "a thing is changed once",
)
AMBIGUOUS_FEE = _rule(
    "ambiguous-fee",
    Severity.ERROR,
    "mức thu thay đổi phải xác định đúng một khoản của danh mục quốc gia",
    "a changed fee fits one fee of the national catalogue",
)
BASIS_REDEFINED = _rule(
    "basis-redefined",
    Severity.ERROR,
    "tên căn cứ của danh mục quốc gia giữ nguyên nghĩa",
    "the name of a national basis keeps its meaning",
)
LONGER_TIME = _rule(
    "longer-time",
    Severity.ERROR,
    "địa phương không kéo dài thời hạn giải quyết",
    "a local authority does not lengthen a time limit",
)
TIME_NOT_COMPARABLE = _rule(
    "time-not-comparable",
    Severity.WARNING,
    "thời hạn của địa phương so sánh được với thời hạn quốc gia",
    "a local time limit can be compared with the national one",
)
CHANNEL_REMOVED = _rule(
    "channel-removed",
    Severity.ERROR,
    "địa phương không bỏ hình thức nộp hồ sơ",
    "a local authority does not remove a way to submit",
)
PAPER_ADDED = _rule(
    "paper-added",
    Severity.ERROR,
    "địa phương không yêu cầu thêm giấy tờ, thêm bản hoặc thêm trường hợp phải nộp",
    "a local authority does not ask for more papers, more pieces of them, or in more cases",
)
HIGHER_FEE = _rule(
    "higher-fee",
    Severity.ERROR,
    "mức thu cao hơn hoặc mới phải có căn cứ pháp lý riêng, ngoài quyết định công bố",
    "a higher or new fee has a legal basis of its own, apart from the decision that publishes it",
)
NARROWER_SCOPE = _rule(
    "narrower-scope",
    Severity.WARNING,
    "nơi tiếp nhận không thu hẹp phạm vi",
    "a receiving place does not take dossiers of fewer people",
)
NO_CHANGE = _rule(
    "no-change",
    Severity.NOTE,
    "nội dung công bố riêng của địa phương chỉ nêu điều khác với danh mục quốc gia",
    "an overlay states what differs from the national catalogue",
)

RULES: tuple[Rule, ...] = (
    UNRESOLVED,
    DECISION_MISSING,
    DECISION_NOT_IN_FORCE,
    DUPLICATE,
    AMBIGUOUS_FEE,
    BASIS_REDEFINED,
    LONGER_TIME,
    TIME_NOT_COMPARABLE,
    CHANNEL_REMOVED,
    PAPER_ADDED,
    HIGHER_FEE,
    NARROWER_SCOPE,
    NO_CHANGE,
)
"""Every rule for overlays, in the order of the reference page."""
