"""Proofs: a lifecycle explored whole, and held to every property of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.deadlines.duties import DutyTable
from onestop_core.deadlines.duties.table import owed_table
from onestop_core.dossier import Machine, Policy
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.lab.proving.duties import duties_of
from onestop_core.lab.proving.exploring import explore
from onestop_core.lab.proving.findings import Violation, own_values
from onestop_core.lab.proving.judging import Ground, violations
from onestop_core.lab.proving.openings import policies_of
from onestop_core.lab.proving.properties import Property, PropertyTable, properties
from onestop_core.model.series import each_of, instance
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.text import Language

__all__ = ["Explored", "Outcome", "Proof", "prove"]


@attrs.frozen(kw_only=True)
class Explored:
    """What was explored under one policy."""

    policy: Policy = attrs.field(repr=False)
    configurations: int
    """Different situations of a dossier that were found; there are no others."""
    steps: int
    """Events that were tried in them."""


@attrs.frozen(kw_only=True)
class Outcome:
    """One property, and whether it holds."""

    rule: Property = attrs.field(repr=False)
    """The row of the table."""
    violations: tuple[Violation, ...] = ()
    """What breaks it, one for each thing that it is about, the shortest log first."""

    @property
    def code(self) -> str:
        """Code of the property."""
        return self.rule.code

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it."""
        return not self.violations


@attrs.frozen(kw_only=True)
class Proof:
    """What :func:`prove` found out about a lifecycle; the same each time that it is asked."""

    lifecycle: str
    """Reference of the edition."""
    explored: tuple[Explored, ...]
    outcomes: tuple[Outcome, ...]
    """Each property of the table, in its order."""

    @property
    def holds(self) -> bool:
        """Whether every property holds."""
        return all(each.holds for each in self.outcomes)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What breaks a property, all together."""
        return tuple(each for outcome in self.outcomes for each in outcome.violations)

    @property
    def configurations(self) -> int:
        """How many configurations were explored, under all policies."""
        return sum(each.configurations for each in self.explored)

    def outcome(self, code: str) -> Outcome:
        """Return what became of the property *code*.

        Raises:
            UnknownCodeError: the table has no such property.
        """
        for each in self.outcomes:
            if each.code == code:
                return each
        raise UnknownCodeError.among(_PROPERTY, code, [each.code for each in self.outcomes])

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the proof in JSON types."""
        return {
            "lifecycle": self.lifecycle,
            "holds": self.holds,
            "explored": [
                {
                    "policy": own_values(each.policy),
                    "configurations": each.configurations,
                    "steps": each.steps,
                }
                for each in self.explored
            ],
            "properties": [
                {
                    "code": each.code,
                    "name": each.rule.name.in_(language),
                    "basis": each.rule.basis.cite().in_(language),
                    "firmness": each.rule.basis.firmness.value,
                    "holds": each.holds,
                    "violations": [found.to_dict(language=language) for found in each.violations],
                }
                for each in self.outcomes
            ],
        }


_PROPERTY: Final = Text(vi="tính chất", en="property")


def prove(
    machine: Machine,
    *,
    policies: Iterable[Policy] | None = None,
    table: PropertyTable | None = None,
    duties: DutyTable | None = None,
) -> Proof:
    """Return whether everything that *machine* allows has the properties of the table.

    Every configuration that a dossier can come into is reached by steps of the machine itself. What breaks a property
    is a shortest log, which ``machine.replay`` takes.

    >>> from onestop_core import dossier
    >>> proof = prove(dossier.machine("vn@decree-118-2025"), policies=[dossier.sector("residence").policy])
    >>> proof.holds, proof.outcome("no_end_with_open_work").violations
    (True, ())

    Args:
        machine: The machine of a lifecycle: one that ships or one of your own.
        policies: The policies to explore, such as that of a sector; left out, the edition's own values, all that a
            procedure may permit at once, and each step that may wait for the fee.
        table: The properties; left out, those that ship.
        duties: The duties that must be possible; left out, those that ship and are in force on the first day. For a
            lifecycle of your own that the national portal does not follow none ship.

    Raises:
        InvalidValueError: no policy, or one that allows so many repetitions that there are too many configurations.
    """
    lifecycle = instance(machine, Machine, "machine").lifecycle
    wanted = properties() if table is None else instance(table, PropertyTable, "table")
    owed = (
        owed_table(lifecycle.id, on=lifecycle.in_force_from, portal=lifecycle.portal is not None)
        if duties is None
        else instance(duties, DutyTable, "duties")
    )
    under = policies_of(lifecycle) if policies is None else tuple(each_of(policies, Policy, "policies"))
    if not under:
        raise InvalidValueError.of("policies", under, vi="ít nhất một chính sách", en="at least one policy")
    ground = Ground(
        table=lifecycle,
        explorations=tuple(explore(machine, policy) for policy in dict.fromkeys(under)),
        duties=() if owed is None else duties_of(lifecycle, owed),
    )
    return Proof(
        lifecycle=machine.id,
        explored=tuple(
            Explored(policy=each.policy, configurations=len(each.dossiers), steps=each.taken)
            for each in ground.explorations
        ),
        outcomes=tuple(Outcome(rule=row, violations=violations(row, ground)) for row in wanted.properties),
    )
