"""Codes of the one-stop editions that ship, spelled out for editors and type checkers; a test holds them to the tables.

Another lifecycle has codes of its own, so that wherever one of these is expected, other text is taken too.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["EventKind", "RoleCode", "StateCode"]

EventKind = Literal[
    "received",
    "guided",
    "desk_notified",
    "rerouted",
    "not_received",
    "supplement_requested",
    "supplemented",
    "content_changed",
    "closed_incomplete",
    "transferred",
    "arrived",
    "assigned",
    "verification_started",
    "verified",
    "opinion_asked",
    "opinion_given",
    "opinion_lapsed",
    "opinion_deemed_given",
    "linked_handed_over",
    "linked_returned",
    "financial_obligation_set",
    "financial_obligation_met",
    "fee_set",
    "fee_paid",
    "fee_settled",
    "fee_waived",
    "fee_refunded",
    "suspended",
    "resumed",
    "extended",
    "rescheduled",
    "late_notified",
    "approved",
    "refused",
    "result_handed_over",
    "result_notified",
    "result_posted",
    "delivered",
    "error_reported",
    "result_corrected",
    "corrected_result_delivered",
    "withdrawal_requested",
    "withdrawal_granted",
    "withdrawal_refused",
    "papers_lost",
    "stopped",
    "archived",
    "portal_told",
    "portal_failed",
    "opinion_recalled",
    "linked_recalled",
    "struck",
]
"""Kinds of events, ``created`` apart, which only a machine makes."""

StateCode = Literal[
    "presented",
    "registered_online",
    "intake_supplement_requested",
    "intake_supplemented",
    "not_received",
    "received",
    "received_elsewhere",
    "on_its_way",
    "transferred",
    "processing",
    "verifying",
    "opinion_asked",
    "supplement_requested",
    "awaiting_payment",
    "suspended",
    "withdrawal_requested",
    "approved",
    "refused",
    "result_at_desk",
    "delivered",
    "refusal_delivered",
    "withdrawn",
    "stopped",
    "closed",
]
"""States of a dossier."""

RoleCode = Literal[
    "applicant",
    "receiving_officer",
    "authorised_desk_officer",
    "one_stop_head",
    "specialist",
    "unit_leader",
    "authority_leader",
    "clerk",
    "returning_officer",
    "finance_officer",
    "consulted_unit",
    "system",
]
"""Roles of the people and systems that act."""
