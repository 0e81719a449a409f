"""The lifecycle as a statechart for other engines: State Chart XML (W3C Recommendation, 1 September 2015)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast
from xml.etree import ElementTree as ET

from onestop_core.dossier.lifecycle.rows import BACK, STAY
from onestop_core.dossier.stepping.machine import Machine
from onestop_core.errors import UnknownCodeError
from onestop_core.model.series import instance
from onestop_core.text import Text
from onestop_core.text.safe import xml

if TYPE_CHECKING:
    from onestop_core.model import Channel

__all__ = ["scxml"]

_NAMESPACE: Final = "http://www.w3.org/2005/07/scxml"
_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8'?>"
_FROM: Final = "--from--"
"""Stands between a state with a way back and the state to which it leads."""


def scxml(machine: Machine, channel: Channel | str = "in_person") -> str:
    """Return the lifecycle as an SCXML document for dossiers that come in by *channel*.

    States, events and where they lead are all there. A state with a way back is written once for each state
    from which it is entered, as ``withdrawal_requested--from--processing``. Where a non-territorial dossier goes another
    way, both are there, and an engine takes the ordinary one. Guards, roles, the clock and the
    axes are not: they need the dossier, which a statechart does not have, so an engine that runs the document
    accepts whatever this machine accepts, and a second supplement demand besides.

    >>> from onestop_core.dossier import machine
    >>> print(scxml(machine("vn@decree-61-2018")))
    <?xml version='1.0' encoding='UTF-8'?>
    <scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="vn@decree-61-2018" datamodel="null" initial="presented">
      <state id="presented">
        <transition event="received" target="received" />
    ...

    Raises:
        UnknownCodeError: dossiers do not come in by that channel.
    """
    table = instance(machine, Machine, "machine").lifecycle
    starts = {each.value: state for each, state in table.initial.items()}
    if not isinstance(cast("object", channel), str) or channel not in starts:
        raise UnknownCodeError.among(Text(vi="hình thức nộp hồ sơ", en="channel"), channel, sorted(starts))
    detours = {state for row in table.transitions if row.to == BACK for state in row.states}
    entered = [(row, state) for row in table.transitions if row.to in detours for state in row.states]
    root = ET.Element("scxml", xmlns=_NAMESPACE, version="1.0", name=xml(table.reference), datamodel="null")
    root.set("initial", xml(starts[channel]))
    for state in table.states:
        if state.terminal:
            ET.SubElement(root, "final", id=xml(state.code))
            continue
        origins = [origin for row, origin in entered if row.to == state.code] if state.code in detours else [None]
        for origin in origins:
            code = state.code if origin is None else f"{state.code}{_FROM}{origin}"
            node = ET.SubElement(root, "state", id=xml(code))
            for row in table.transitions:
                if state.code in row.states:
                    target = {STAY: None, BACK: origin}.get(row.to, row.to)
                    if target in detours:
                        target = f"{target}{_FROM}{state.code}"
                    arrow = ET.SubElement(node, "transition", event=xml(row.event))
                    if target is not None:
                        arrow.set("target", xml(target))
    ET.indent(root)
    return f"{_DECLARATION}\n{ET.tostring(root, encoding='unicode')}\n"
