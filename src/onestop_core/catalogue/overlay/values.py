"""The Python reading of ``schemas/overlay.schema.json``: what a local authority changes of a national catalogue.

Where a thing has the shape that it has in a catalogue (a channel, a paper, a receiving place), it is the
same class; what is left out stays as the national catalogue has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import attrs

from onestop_core.catalogue.values.codes import ChannelKind, StepRole
from onestop_core.catalogue.values.fields import at_least_one, typed
from onestop_core.catalogue.values.offers import OfferedChannel
from onestop_core.catalogue.values.papers import Paper
from onestop_core.catalogue.values.parties import Body, Contact
from onestop_core.catalogue.values.procedure import Authority, ReceivingPlace
from onestop_core.model import Basis
from onestop_core.text import Text

__all__ = ["LocalProcedure", "LocalStep", "Overlay"]


@attrs.frozen(kw_only=True, field_transformer=typed)
class LocalStep:
    """Who takes a step of the national procedure, and in what time; what is done stays as it is.

    >>> LocalStep(id="check", budget="1 working day").body is None
    True
    """

    id: str
    """The step of the national procedure."""
    role: StepRole | None = None
    body: Text | None = None
    budget: str | None = None
    responsible: Text | None = None
    """Who answers for it: a position."""
    hand_over: Text | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class LocalProcedure:
    """What changes in one procedure. Things are found by what names them, and added where none has that name.

    A channel is found by its kind, a time limit by its case, a fee by case, unit and kind as far as they
    are stated, a paper, a receiving place, a body and a contact by their Vietnamese names, a step by its id.

    >>> from onestop_core.text import Text
    >>> LocalProcedure(code="1.004222", notes=(Text(vi="Từ 01/12/2026", en="From 1 December 2026"),)).channels
    ()
    """

    code: str
    """The national procedure."""
    on: date | None = None
    """A day on which the edition that it changes holds; None: the last one, or every one of its period."""
    in_force_from: date | None = None
    """First day on which it holds, where that is not the one of the overlay."""
    in_force_to: date | None = None
    """Last day on which it holds, likewise."""
    authority: Authority | None = None
    """The body here that has the power to decide."""
    implementing: tuple[Body, ...] = ()
    """Bodies here that handle it, besides the national ones."""
    coordinating: tuple[Body, ...] = ()
    receiving: tuple[ReceivingPlace, ...] = ()
    channels: tuple[OfferedChannel, ...] = ()
    channels_removed: tuple[ChannelKind, ...] = ()
    papers: tuple[Paper, ...] = ()
    papers_removed: tuple[str, ...] = ()
    """Papers that are not asked for here, by their Vietnamese names."""
    steps: tuple[LocalStep, ...] = ()
    contacts: tuple[Contact, ...] = ()
    notes: tuple[Text, ...] = ()
    """Put after the national ones."""


@attrs.frozen(kw_only=True, field_transformer=typed)
class Overlay:
    """A local overlay: who issued it, by which decision, and what it changes, procedure by procedure.

    >>> from onestop_core import catalogue
    >>> from onestop_core.catalogue.values import Authority
    >>> from onestop_core.model import Basis, Firmness
    >>> from onestop_core.text import Text
    >>> words = Text(vi="Tỉnh X", en="Province X")
    >>> decision = Basis(instrument="Quyết định 1/QĐ-UBND", firmness=Firmness.READ)
    >>> mine = Overlay(schema_version="1.0", title=words, issuer=Authority(name=words), decision=("d",),
    ...     bases={"d": decision}, procedures=())
    >>> catalogue.overlay.apply(catalogue.shipped(), mine).procedures == catalogue.shipped().procedures
    True
    """

    schema_version: Literal["1.0"]
    title: Text
    """Title of the catalogue that results."""
    issuer: Authority
    """The local authority that publishes it."""
    decision: tuple[str, ...] = attrs.field(validator=at_least_one)
    """The decision that publishes it, by name; what is changed rests on it unless it names its own basis."""
    in_force_from: date | None = None
    """First day on which its changes hold; before it the national procedure holds. None: from the beginning."""
    in_force_to: date | None = None
    """Last day on which its changes hold, such as that of a pilot; after it the national procedure holds again."""
    bases: Mapping[str, Basis] = attrs.field(repr=False)
    """Bases of its own; those of the national catalogue can be named as well."""
    procedures: tuple[LocalProcedure, ...]
