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

    extra: str
    package: str

    @property
    def message(self) -> Text:
        """What to install."""
        return said(
            vi=f"cần cài gói {self.package}: `pip install 'onestop-core[{self.extra}]'`",
            en=f"{self.package} is needed: pip install 'onestop-core[{self.extra}]'",
        )
