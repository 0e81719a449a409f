"""What is asked of an implementation: one protocol an area. No base class; anything with the methods will do.

Arguments and answers are in JSON types (text, whole numbers, booleans, None, lists, mappings), so that the same
questions can be put to a program in another language. Optional arguments are left out when a case does not name
them. An input that cannot be answered is refused by raising an exception whose attribute ``code`` is the code of
the refusal, as every error of :mod:`onestop_core.errors` has it; ``conformance.Refusal`` serves where there is none.

An implementation need not have every method: what it lacks is *unsupported*, not wrong. A method that raises
``NotImplementedError`` has *declined* the question, and does not conform in its operation.
"""

from __future__ import annotations

from typing import Any, Protocol

__all__ = [
    "Catalogues",
    "Codes",
    "Deadlines",
    "Forms",
    "Kpi",
    "LifecycleTables",
    "Lifecycles",
    "OtherFiles",
    "TimeLimits",
    "Workdays",
]


class Workdays(Protocol):
    """Area ``workdays``. Days are text such as ``2026-02-12``."""

    def is_workday(self, date: str, as_of: str | None = None) -> bool:
        """Return whether *date* is a working day, by what had been announced *as_of* a day."""
        ...

    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        """Return the *n*-th working day strictly after *date*; before it for n < 0; for 0 itself or the next."""
        ...

    def count_workdays(self, start: str, end: str, as_of: str | None = None) -> int:
        """Return the working days after *start* up to and including *end*, negative when *end* comes first."""
        ...


class TimeLimits(Protocol):
    """Area ``time-limits``."""

    def parse_limit(self, text: str) -> dict[str, Any]:
        """Return ``{"steps": [{"amount": "5", "unit": "working_days"}]}`` for ``5 working days``."""
        ...


class Deadlines(Protocol):
    """Area ``deadlines``. Moments are text with their offset, such as ``2026-02-12T09:30:00+07:00``."""

    def due(
        self,
        received_at: str,
        limit: str,
        *,
        as_of: str | None = None,
        hours: str | None = None,
        pauses: list[list[str | None]] | None = None,
        end_on_day_off: str = "next_working_day",
        late_receipt: str = "same_day_limits",
    ) -> dict[str, Any]:
        """Return ``due_at`` and ``certainty`` of a dossier."""
        ...

    def clock_due(self, limit: str, acts: list[dict[str, str]]) -> dict[str, Any]:
        """Return ``due_at``, ``in_force`` and ``state`` of a clock after what happened to it.

        An act has its name and moment, ``act`` and ``at``; an extension how much longer, ``by``, or until when; and
        every act that makes an appointment the moment it promises, ``promise``. ``due_at`` is what the law counts,
        ``in_force`` what was promised last in the present count, moved by the waiting since, or else the same.
        """
        ...

    def transfer_due(self, received_at: str, hours: str) -> str:
        """Return by when the desk hands a dossier on."""
        ...


class OtherFiles(Protocol):
    """Areas ``feedback``, ``complaint`` and ``data-request``: by when the law wants something done."""

    def law_due(
        self,
        file: str,
        duty: str,
        began_at: str,
        *,
        opened_at: str | None = None,
        practice: str | None = None,
        request: str | None = None,
        grounds: list[str] | None = None,
        pauses: list[list[str | None]] | None = None,
    ) -> str | None:
        """Return by when *duty* of a *file* is to be done; None: the law gives it no time.

        The rules are those of the day on which the file was opened: *opened_at*, or where that is left out when the duty
        began. *practice* names times that are no law, *request* the kind of a data request, *grounds* what is on record
        and gives more time; *pauses* are times that do not count.
        """
        ...


class Codes(Protocol):
    """Area ``codes``."""

    def parse_agency_code(self, text: str) -> dict[str, Any]:
        """Return ``level_one`` and ``old_order``."""
        ...

    def parse_procedure_code(self, text: str) -> dict[str, Any]:
        """Return ``short`` and ``owner`` (None in the short form)."""
        ...

    def parse_dossier_code(self, text: str) -> dict[str, Any]:
        """Return ``foreign`` and, where it is not, ``agency``, ``day`` and ``sequence``."""
        ...

    def write_dossier_code(
        self, agency: str, day: str, sequence: int, *, digits_of_day: int = 6, width: int = 4
    ) -> str:
        """Return the code of a dossier."""
        ...


class Lifecycles(Protocol):
    """Area ``lifecycle``: how a dossier stands by law, whatever states a system has."""

    def follow(self, log: dict[str, Any], limit: str | None = None) -> dict[str, Any]:
        """Return ``portal_code``, ``clock``, ``due_on`` and ``counted_from`` after an event log.

        The clock is ``not-started``, ``running``, ``waiting`` or ``ended``. ``due_on`` is the day on which the result
        is due: what was promised last in the present count, or else what the law counts by *limit*; None before the
        receipt, while the dossier waits, and where there is neither promise nor limit.
        """
        ...


class LifecycleTables(Protocol):
    """Area ``lifecycle-tables``: the states and lists of the tables that ship."""

    def replay(self, log: dict[str, Any]) -> dict[str, Any]:
        """Return ``state``, ``clock``, ``portal_status``, ``allowed``, ``axes`` and ``due_at`` after an event log."""
        ...


class Catalogues(Protocol):
    """Area ``catalogue``."""

    def check_catalogue(self, document: Any, on: str | None = None) -> dict[str, Any]:
        """Return whether a document is ``usable``, and the ``rules`` that fire."""
        ...


class Kpi(Protocol):
    """Area ``kpi``. Figures are decimal text, None where undefined."""

    def score(
        self,
        index: str,
        counts: dict[str, list[int]],
        *,
        level: str | None = None,
        single_procedure: bool = False,
        not_applicable: list[str] | None = None,
        zero: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return ``metrics`` (``ratio`` in percent and ``score``), ``groups`` and ``total``."""
        ...

    def tally(
        self,
        facts: list[dict[str, Any]],
        *,
        first: str | None = None,
        last: str | None = None,
        supplements: str = "portal",
    ) -> dict[str, list[int]]:
        """Return numerator, denominator and unknown of each metric."""
        ...


class Forms(Protocol):
    """Area ``form-06``."""

    def fill_form_06(
        self,
        facts: list[dict[str, Any]],
        first: str,
        last: str,
        *,
        by: str = "field",
        early: str = "day",
        supplements: str = "ignore",
        missing: str = "refuse",
    ) -> dict[str, Any]:
        """Return ``rows``, ``total``, ``included`` and ``left_out`` of report form 06."""
        ...

    def check_form_06(self, form: Any, previous: Any = None) -> dict[str, Any]:
        """Return whether a filled form is ``usable``, and ``findings``: path and rule of what does not add up."""
        ...
