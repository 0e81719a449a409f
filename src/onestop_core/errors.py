"""The errors of the library, and :class:`Problem`, the one form in which findings are reported.

Every error derives from :class:`OnestopError` and from the standard error a Python programmer would
expect (``ValueError``, ``LookupError``, ``ImportError``, ``RuntimeError``). The facts are fields, not
prose: ``error.to_dict()`` is JSON-ready, ``str(error)`` is English, ``error.message.vi`` Vietnamese.
Errors are values: equal when their fields are, and they survive pickling between processes.
"""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any, ClassVar, cast

import attrs

from onestop_core.text import Language, Text, long_date

__all__ = [
    "AdapterError",
    "CalendarCoverageError",
    "ConformanceSuiteError",
    "GuardError",
    "InvalidDocumentError",
    "InvalidEventError",
    "InvalidValueError",
    "MissingExtraError",
    "NotInForceError",
    "OnestopError",
    "Problem",
    "Severity",
    "TransitionNotAllowedError",
    "UndefinedMetricError",
    "UnknownCodeError",
    "UnsupportedSchemaVersionError",
]


class Severity(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The document must not be used."""
    WARNING = "warning"
    """The document can be used; something in it is probably wrong."""
    NOTE = "note"
    """Worth knowing, for example that a fact rests on unconfirmed evidence."""


@attrs.frozen(kw_only=True)
class Problem:
    """One finding about a document: where, which rule, how serious, what and why.

    >>> problem = Problem(path="$.procedures[3].code", rule="schema/pattern",
    ...     text=Text(vi="sai dạng mã", en="not a procedure code"))
    >>> problem.message, problem.severity
    ('not a procedure code', <Severity.ERROR: 'error'>)
    >>> problem.to_dict(language="vi")["message"]
    'sai dạng mã'
    """

    path: str
    """JSON path of the place, such as ``$.procedures[3].code``."""
    rule: str
    """Stable identifier of the rule that fired, such as ``schema/required``."""
    text: Text
    """What is wrong and what was expected, in both languages."""
    severity: Severity = Severity.ERROR
    basis: Text | None = None
    """The legal ground of the rule, where there is one."""
    hint: Text | None = None
    """What probably was meant, or how to mend it."""

    @property
    def message(self) -> str:
        """The text in English."""
        return self.text.en

    def to_dict(self, *, language: Language = "en") -> dict[str, str | None]:
        """Return the finding as a JSON-ready mapping, its words in *language*."""
        return {
            "path": self.path,
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.text.in_(language),
            "basis": self.basis.in_(language) if self.basis else None,
            "hint": self.hint.in_(language) if self.hint else None,
        }

    def __str__(self) -> str:
        hint = f" ({self.hint.en})" if self.hint else ""
        return f"{self.path}: {self.severity}: {self.text.en}{hint} [{self.rule}]"


def _plain(value: Any) -> Any:
    """Return a field of an error in JSON types."""
    match value:
        case Problem():
            return value.to_dict()
        case Text():
            return value.en
        case date() | datetime():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in cast("tuple[object, ...]", value)]
        case None | bool() | int():
            return value
        case _:
            return str(value)


def _rebuild(error_type: type[OnestopError], fields: dict[str, Any]) -> OnestopError:
    return error_type(**fields)


@attrs.frozen(kw_only=True, slots=False)
class OnestopError(Exception):
    """What every error of this library derives from; only its subclasses are raised."""

    code: ClassVar[str] = "onestop"
    """Stable identifier of the kind of error, for programs."""

    @property
    def message(self) -> Text:
        """What happened, where and what was expected, in both languages."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """Return the error as a JSON-ready mapping: ``code``, ``message`` and the fields."""
        fields = {field.name: _plain(getattr(self, field.name)) for field in attrs.fields(type(self))}
        return {"code": self.code, "message": str(self), **fields}

    def __str__(self) -> str:
        return self.message.en

    # attrs compares exceptions by identity; ours are values.
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, field.name) for field in attrs.fields(type(self)))))

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by position; our fields are keyword-only.
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
        return _rebuild, (type(self), fields)


@attrs.frozen(kw_only=True, slots=False)
class InvalidValueError(OnestopError, ValueError):
    """An argument that cannot be used: a naive datetime, an unreadable time limit, a wrong type."""

    code: ClassVar[str] = "invalid-value"

    what: str
    """Name of the argument or field."""
    value: str
    """The offending value as text, shortened."""
    expected: Text
    """What would have been accepted."""

    @classmethod
    def of(cls, what: str, value: object, *, vi: str, en: str) -> InvalidValueError:
        """Return the error for *value*, whose text is cut to a readable length."""
        shown = repr(value)
        return cls(what=what, value=shown if len(shown) <= 80 else shown[:77] + "...", expected=Text(vi=vi, en=en))

    @property
    def message(self) -> Text:
        """Which argument, its value, and what was expected."""
        return Text(
            vi=f"{self.what}: không dùng được {self.value}; cần {self.expected.vi}",
            en=f"{self.what}: cannot use {self.value}; expected {self.expected.en}",
        )


@attrs.frozen(kw_only=True, slots=False)
class InvalidDocumentError(OnestopError, ValueError):
    """A document from outside does not hold to its schema or rules; all its problems at once."""

    code: ClassVar[str] = "invalid-document"

    problems: tuple[Problem, ...]
    """Every finding, in the order of the document."""
    source: str | None = None
    """File or other origin, if known."""

    @property
    def message(self) -> Text:
        """How many problems, and the first few of them."""
        shown = 5
        more = len(self.problems) - shown
        name = self.source or ""

        def lines(language: Language) -> str:
            rest = {"vi": f"\n  … và {more} lỗi khác", "en": f"\n  … and {more} more"}[language] if more > 0 else ""
            return "".join(f"\n  {p.path}: {p.text.in_(language)}" for p in self.problems[:shown]) + rest

        return Text(
            vi=f"tài liệu {name} không hợp lệ ({len(self.problems)} lỗi):{lines('vi')}".replace("  không", " không"),
            en=f"invalid document {name} ({len(self.problems)} problems):{lines('en')}".replace("  (", " ("),
        )


@attrs.frozen(kw_only=True, slots=False)
class UnsupportedSchemaVersionError(InvalidDocumentError):
    """A document says it is written for a schema version that this library does not read."""

    code: ClassVar[str] = "unsupported-schema-version"

    found: str
    supported: tuple[str, ...]

    @property
    def message(self) -> Text:
        """The version found and those that can be read."""
        known = ", ".join(self.supported)
        return Text(
            vi=f"phiên bản lược đồ {self.found} chưa được hỗ trợ; đọc được: {known}",
            en=f"schema version {self.found} is not supported; can be read: {known}",
        )


@attrs.frozen(kw_only=True, slots=False)
class UnknownCodeError(OnestopError, KeyError):
    """A code or name that nothing answers to. Also a ``KeyError``, so that mappings behave as mappings."""

    code: ClassVar[str] = "unknown-code"

    kind: Text
    """What was looked for: a procedure, a calendar, a metric..."""
    value: str
    suggestions: tuple[str, ...] = ()
    """The nearest known codes, best first."""

    @property
    def message(self) -> Text:
        """What was not found, and what may have been meant."""
        meant = ", ".join(self.suggestions)
        return Text(
            vi=f"không có {self.kind.vi} {self.value!r}" + (f"; có phải: {meant}?" if meant else ""),
            en=f"no {self.kind.en} {self.value!r}" + (f"; did you mean {meant}?" if meant else ""),
        )


def _span(start: date | None, end: date | None) -> Text:
    return Text(
        vi=f"{long_date(start).vi if start else '…'} – {long_date(end).vi if end else '…'}",
        en=f"{start.isoformat() if start else '…'} to {end.isoformat() if end else '…'}",
    )


@attrs.frozen(kw_only=True, slots=False)
class NotInForceError(OnestopError, LookupError):
    """No rule of a dated table applies on the day asked for: a gap is an error, never the last known value."""

    code: ClassVar[str] = "not-in-force"

    what: Text
    on: date
    known: tuple[tuple[date, date | None], ...]
    """The periods (first day, last day or None for open) in which there is a rule."""

    @property
    def message(self) -> Text:
        """What has no rule on which day, and when it has one."""
        spans = [_span(start, end) for start, end in self.known]
        return Text(
            vi=f"{self.what.vi}: không có quy định vào {long_date(self.on).vi}; "
            f"có cho: {'; '.join(s.vi for s in spans) or 'không kỳ nào'}",
            en=f"{self.what.en}: nothing in force on {self.on.isoformat()}; "
            f"known for: {'; '.join(s.en for s in spans) or 'no period'}",
        )


@attrs.frozen(kw_only=True, slots=False)
class CalendarCoverageError(OnestopError, LookupError):
    """A day about which the calendar knows nothing, or about which it was told not to guess."""

    code: ClassVar[str] = "calendar-coverage"

    calendar: str
    day: date
    first: date
    last: date
    """The calendar answers from *first* to *last*, both included."""

    @property
    def message(self) -> Text:
        """Which day, and the days for which the calendar answers."""
        return Text(
            vi=f"lịch {self.calendar} không có {long_date(self.day).vi}; chỉ có {_span(self.first, self.last).vi}",
            en=f"calendar {self.calendar} does not cover {self.day.isoformat()}; it covers "
            f"{_span(self.first, self.last).en}",
        )


@attrs.frozen(kw_only=True, slots=False)
class InvalidEventError(OnestopError, ValueError):
    """An event that is malformed or comes at an impossible time; the dossier is as it was."""

    code: ClassVar[str] = "invalid-event"

    event: str
    """Kind of the event."""
    reason: Text

    @property
    def message(self) -> Text:
        """Which event and what is wrong with it."""
        return Text(
            vi=f"sự kiện {self.event} không hợp lệ: {self.reason.vi}",
            en=f"invalid event {self.event}: {self.reason.en}",
        )


@attrs.frozen(kw_only=True, slots=False)
class TransitionNotAllowedError(OnestopError, ValueError):
    """The lifecycle in force does not let the dossier take this event; the dossier is as it was."""

    code: ClassVar[str] = "transition-not-allowed"

    state: str
    event: str
    allowed: tuple[str, ...]
    """Events that the state does take."""
    basis: Text | None = None
    """The legal ground of the lifecycle or of the refusal."""

    @property
    def message(self) -> Text:
        """State, event and what would have been allowed."""
        known = ", ".join(self.allowed)
        return Text(
            vi=f"trạng thái {self.state} không nhận sự kiện {self.event}; "
            + (f"cho phép: {known}" if known else "đây là trạng thái kết thúc"),
            en=f"state {self.state} does not take event {self.event}; "
            + (f"allowed: {known}" if known else "it is final"),
        )


@attrs.frozen(kw_only=True, slots=False)
class GuardError(TransitionNotAllowedError):
    """The state takes the event, but a condition of law is not met; the dossier is as it was."""

    code: ClassVar[str] = "guard"

    guard: str
    """Identifier of the condition in the lifecycle table."""
    reason: Text

    @property
    def message(self) -> Text:
        """Which condition refused which event, why, and on what ground."""
        return Text(
            vi=f"sự kiện {self.event} ở trạng thái {self.state} bị từ chối ({self.guard}): {self.reason.vi}"
            + (f" [{self.basis.vi}]" if self.basis else ""),
            en=f"event {self.event} in state {self.state} refused ({self.guard}): {self.reason.en}"
            + (f" [{self.basis.en}]" if self.basis else ""),
        )


@attrs.frozen(kw_only=True, slots=False)
class UndefinedMetricError(OnestopError, ValueError):
    """A figure was demanded that the counts do not define, such as a share of nothing."""

    code: ClassVar[str] = "undefined-metric"

    metric: str
    reason: Text

    @property
    def message(self) -> Text:
        """Which metric and why it has no value."""
        return Text(
            vi=f"chỉ số {self.metric} không xác định: {self.reason.vi}",
            en=f"metric {self.metric} is undefined: {self.reason.en}",
        )


@attrs.frozen(kw_only=True, slots=False)
class ConformanceSuiteError(OnestopError, ValueError):
    """The conformance suite itself is malformed."""

    code: ClassVar[str] = "conformance-suite"

    case: str
    reason: Text

    @property
    def message(self) -> Text:
        """Which case and what is wrong with it."""
        return Text(
            vi=f"bộ kiểm thử sai ở {self.case}: {self.reason.vi}",
            en=f"conformance suite, {self.case}: {self.reason.en}",
        )


@attrs.frozen(kw_only=True, slots=False)
class AdapterError(OnestopError, RuntimeError):
    """An adapter under test broke the protocol: it crashed, kept silent or answered nonsense."""

    code: ClassVar[str] = "adapter"

    adapter: str
    reason: Text

    @property
    def message(self) -> Text:
        """Which adapter and what it did."""
        return Text(
            vi=f"bộ chuyển {self.adapter}: {self.reason.vi}",
            en=f"adapter {self.adapter}: {self.reason.en}",
        )


@attrs.frozen(kw_only=True, slots=False)
class MissingExtraError(OnestopError, ImportError):
    """A function needs an optional package that is not installed."""

    code: ClassVar[str] = "missing-extra"

    extra: str
    package: str

    @property
    def message(self) -> Text:
        """What to install."""
        return Text(
            vi=f"cần gói {self.package}: pip install 'onestop-core[{self.extra}]'",
            en=f"{self.package} is needed: pip install 'onestop-core[{self.extra}]'",
        )
