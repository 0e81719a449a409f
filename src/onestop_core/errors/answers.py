"""Answers that cannot be given: an undefined figure, a broken suite or adapter, a package that is not there."""

from __future__ import annotations

from typing import ClassVar

import attrs

from onestop_core.errors.base import OnestopError
from onestop_core.errors.fields import error_fields
from onestop_core.errors.saying import echoed, said
from onestop_core.text import Text

__all__ = ["AdapterError", "ConformanceSuiteError", "MissingExtraError", "UndefinedMetricError"]


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class UndefinedMetricError(OnestopError, ValueError):
    """A figure was demanded that the counts do not define, such as a share of nothing."""

    code: ClassVar[str] = "undefined-metric"
    title: ClassVar[Text] = Text(vi="Chỉ số không xác định", en="An undefined figure")
    http_status: ClassVar[int] = 422
    cause: ClassVar[Text] = Text(
        vi="Số liệu không xác định được con số này, chẳng hạn tỷ lệ trên số không.",
        en="The counts do not define the figure, such as a share of nothing.",
    )
    remedy: ClassVar[Text] = Text(
        vi="Nêu số liệu có mẫu số, hoặc chọn cách tính khi mẫu số bằng không.",
        en="Give counts with a denominator, or choose what a denominator of nothing means.",
    )

    metric: str
    reason: Text

    @property
    def message(self) -> Text:
        """Which metric and why it has no value."""
        return said(
            vi=f"chỉ số {echoed(self.metric)} không xác định: {self.reason.vi}",
            en=f"metric {echoed(self.metric)} is undefined: {self.reason.en}",
        )


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class ConformanceSuiteError(OnestopError, ValueError):
    """The conformance suite itself is malformed."""

    code: ClassVar[str] = "conformance-suite"
    title: ClassVar[Text] = Text(vi="Bộ ca kiểm thử có lỗi", en="A malformed conformance suite")
    http_status: ClassVar[int] = 500
    cause: ClassVar[Text] = Text(
        vi="Bộ ca kiểm thử bị sửa hoặc viết sai.", en="The suite was changed, or written wrongly."
    )
    remedy: ClassVar[Text] = Text(
        vi="Sửa ca được nêu, hoặc cài lại bộ ca kiểm thử.", en="Mend the case that is named, or install the suite anew."
    )

    case: str
    reason: Text

    @property
    def message(self) -> Text:
        """Which case and what is wrong with it."""
        return said(
            vi=f"bộ ca kiểm thử có lỗi tại {echoed(self.case)}: {self.reason.vi}",
            en=f"conformance suite, {echoed(self.case)}: {self.reason.en}",
        )


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class AdapterError(OnestopError, RuntimeError):
    """An adapter under test broke the protocol: it crashed, kept silent or answered nonsense."""

    code: ClassVar[str] = "adapter"
    title: ClassVar[Text] = Text(vi="Adapter (bộ điều hợp) có lỗi", en="A broken adapter")
    http_status: ClassVar[int] = 502
    cause: ClassVar[Text] = Text(
        vi="Chương trình được kiểm thử gặp sự cố, im lặng hoặc trả lời sai giao thức.",
        en="The program under test crashed, kept silent or answered nonsense.",
    )
    remedy: ClassVar[Text] = Text(
        vi="Tự chạy chương trình với câu hỏi được nêu, rồi sửa chương trình.",
        en="Run the program by hand with the question that is shown, and mend it.",
    )

    adapter: str
    reason: Text

    @property
    def message(self) -> Text:
        """Which adapter and what it did."""
        return said(
            vi=f"adapter (bộ điều hợp) {echoed(self.adapter)}: {self.reason.vi}",
            en=f"adapter {echoed(self.adapter)}: {self.reason.en}",
        )


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class MissingExtraError(OnestopError, ImportError):
    """A function needs an optional package that is not installed."""

    code: ClassVar[str] = "missing-extra"
    title: ClassVar[Text] = Text(vi="Thiếu gói cài đặt", en="A package that is not installed")
    http_status: ClassVar[int] = 501
    cause: ClassVar[Text] = Text(
        vi="Hàm cần một gói tùy chọn chưa được cài.", en="The function needs an optional package that is not installed."
    )
    remedy: ClassVar[Text] = Text(
        vi="Cài gói đó; thông báo có sẵn lệnh cài.", en="Install it; the message has the command."
    )

    extra: str
    package: str

    @property
    def message(self) -> Text:
        """What to install."""
        return said(
            vi=f"cần cài gói {self.package}: `pip install 'onestop-core[{self.extra}]'`",
            en=f"{self.package} is needed: pip install 'onestop-core[{self.extra}]'",
        )
