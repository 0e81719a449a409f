"""Catalogues as linked data: ``cpsv_ap`` writes JSON-LD in the terms of CPSV-AP 3.2.0.

The context stands in the document, so that nothing is fetched. Who reads it finds the profile's classes and
properties, and the exact amounts besides its floating-point ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from onestop_core.catalogue.values.catalogue import Catalogue
from onestop_core.catalogue.values.codes import FeeSetter
from onestop_core.catalogue.values.fields import expect, plain_word
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import LimitUnit
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onestop_core.catalogue.values.cases import Statement
    from onestop_core.catalogue.values.money import Fee
    from onestop_core.catalogue.values.offers import Limit, OfferedChannel
    from onestop_core.catalogue.values.papers import Paper
    from onestop_core.catalogue.values.procedure import Procedure, ReceivingPlace

__all__ = ["cpsv_ap"]

_CONTEXT: Final[Mapping[str, str]] = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_VIETNAM: Final = "http://publications.europa.eu/resource/authority/country/VNM"
_CURRENCIES: Final = "http://publications.europa.eu/resource/authority/currency/"
_DONG: Final = f"{_CURRENCIES}VND"
_SETTERS: Final = {
    FeeSetter.PROVINCE: Text(
        vi="Mức thu do Hội đồng nhân dân cấp tỉnh quy định", en="Set by the provincial people's council"
    ),
    FeeSetter.MINISTRY: Text(vi="Mức thu do bộ quy định", en="Set by the ministry"),
    FeeSetter.AGREEMENT: Text(vi="Mức thu theo thỏa thuận", en="As agreed"),
}
_BASE: Final = re.compile(
    r"(?:https?://[^\s<>\"{}|\\^`#?/]+/(?:[^\s<>\"{}|\\^`#?]*/)?|urn:[a-z0-9-]+:[^\s<>\"{}|\\^`#?]*)"
)
_EVENTS: Final = {"life_events": "cv:LifeEvent", "business_events": "cv:BusinessEvent"}
# Working time has no duration: how long it takes depends on the calendar.
_DESIGNATORS: Final = {LimitUnit.DAYS: "D", LimitUnit.MONTHS: "M", LimitUnit.YEARS: "Y"}


def cpsv_ap(catalogue: Catalogue, *, base_uri: str) -> dict[str, Any]:
    """Return *catalogue* as a JSON-LD document of the Core Public Service Vocabulary Application Profile 3.2.0.

    Procedures become ``cpsv:PublicService``, authorities ``cv:PublicOrganisation``, ways to submit ``cv:Channel``,
    fees ``cv:Cost``, papers ``cv:Evidence``, results ``cv:Output``, conditions ``cv:Requirement``, steps one
    ``cpsv:Rule``, events ``cv:LifeEvent`` and ``cv:BusinessEvent``, the instruments a procedure names ``eli:LegalResource``; everything in words is in Vietnamese and
    English. What is not law but memory or observation is marked as such in the title of the legal resource.

    The profile wants amounts as ``xsd:double``; the exact amount stands besides it, as ``schema:price`` of type
    ``xsd:decimal``. Time limits in days, months and years are durations; those in working time stand in the
    description of their channel.

    >>> from onestop_core import catalogue
    >>> document = cpsv_ap(catalogue.shipped(), base_uri="https://example.vn/tthc/")
    >>> next(node["@id"] for node in document["@graph"] if node["@type"] == "cpsv:PublicService")
    'https://example.vn/tthc/service/1.004222'

    Args:
        catalogue: The catalogue.
        base_uri: What the addresses of the things described begin with: ``http://`` or ``https://`` up to a slash,
            or ``urn:name:``.

    Raises:
        InvalidValueError: *base_uri* is not such an address, or a time limit cannot be read (never for a catalogue
            that was loaded).
        UnknownCodeError: a procedure names a legal basis that the catalogue does not hold (likewise never).

    Source: CPSV-AP 3.2.0 (SEMIC, European Commission).
    """
    expect(catalogue, Catalogue, "catalogue")
    base = plain_word(base_uri)
    if base is None or not _BASE.fullmatch(base):
        raise InvalidValueError.of(
            "base_uri", base_uri, vi="địa chỉ như https://example.vn/tthc/", en="an address such as https://example.vn/"
        )
    graph = _Graph(base, catalogue)
    graph.add(_VIETNAM, "dct:Location", **{"skos:prefLabel": _said(Text(vi="Việt Nam", en="Vietnam"))})
    graph.add(_DONG, "skos:Concept", **{"skos:prefLabel": _said(Text(vi="Đồng Việt Nam", en="Vietnamese dong"))})
    for procedure in catalogue.procedures:
        graph.service(procedure)
    return {"@context": dict(_CONTEXT), "@graph": list(graph.nodes.values())}


def _said(*texts: Text) -> list[dict[str, str]]:
    """Return the words in each language."""
    return [
        {"@language": "vi", "@value": "; ".join(text.vi for text in texts)},
        {"@language": "en", "@value": "; ".join(text.en for text in texts)},
    ]


def _links(addresses: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": address} for address in addresses]


def _labelled(vi: str, en: str, text: Text) -> Text:
    return Text(vi=f"{vi}: {text.vi}", en=f"{en}: {text.en}")


class _Graph:
    """The nodes, each once, in the order in which they were met."""

    def __init__(self, base: str, catalogue: Catalogue) -> None:
        self.base = base
        self.catalogue = catalogue
        self.nodes: dict[str, dict[str, Any]] = {}

    def add(self, address: str, kind: str | list[str], **properties: Any) -> str:
        """Add a node, without the properties that say nothing, unless it is there; return its address."""
        filled = {name: value for name, value in properties.items() if value}
        self.nodes.setdefault(address, {"@id": address, "@type": kind, **filled})
        return address

    def address(self, kind: str, name: str) -> str:
        return f"{self.base}{kind}/{quote(name, safe='')}"

    def concept(self, scheme: str, name: str, label: Text) -> str:
        return self.add(self.address(scheme, name), "skos:Concept", **{"skos:prefLabel": _said(label)})

    def service(self, procedure: Procedure) -> None:
        """Add a procedure and everything that belongs to it."""
        here = self.address("service", procedure.code)
        field = procedure.field
        channels = {index: self.channel(here, index, channel) for index, channel in enumerate(procedure.channels, 1)}
        costs = [
            self.cost(f"{address}/cost/{first}-{second}", address, procedure, limit, fee)
            for index, address in channels.items()
            for first, limit in enumerate(procedure.channels[index - 1].limits, 1)
            for second, fee in enumerate(limit.fees, 1)
        ]
        description = (procedure.name, _labelled("Lĩnh vực", "Field", field.name), *procedure.notes)
        properties: dict[str, Any] = {
            "dct:identifier": procedure.code,
            "dct:title": _said(procedure.name),
            "dct:description": _said(*description),
            "cv:hasCompetentAuthority": _links(map(self.organisation, _authorities(procedure))),
            "cv:thematicArea": _links([self.concept("field", field.code or field.name.vi, field.name)]),
            "dct:audience": _links(self.concept("subject", s.value, _titled(s.label)) for s in procedure.subjects),
            "dct:spatial": _links([_VIETNAM]),
            "cv:contactPoint": _links(
                self.place(f"{here}/place/{index}", place) for index, place in enumerate(procedure.receiving, 1)
            ),
            "cv:hasChannel": _links(channels.values()),
            "cv:hasCost": _links(costs),
            "cv:hasInputType": _links(
                self.add(self.address("form", form.code), "cv:EvidenceType", **_named(form.code, form.name))
                for form in procedure.forms
            ),
            "cpsv:hasInput": _links(
                self.paper(f"{here}/paper/{index}", procedure, paper) for index, paper in enumerate(procedure.papers, 1)
            ),
            "cv:holdsRequirement": _links(
                self.requirement(f"{here}/condition/{index}", condition)
                for index, condition in enumerate(procedure.conditions, 1)
            ),
            "cpsv:produces": _links(
                self.add(
                    f"{here}/result/{index}",
                    "cv:Output",
                    **_named(result.code or str(index), result.name, result.validity),
                )
                for index, result in enumerate(procedure.results, 1)
            ),
            "cv:isGroupedBy": _links(self.events(procedure)),
            "cv:hasLegalResource": _links(map(self.law, procedure.legal_bases)),
            "cpsv:follows": _links(self.rule(f"{here}/rule", procedure)),
        }
        self.add(here, "cpsv:PublicService", **properties)

    def organisation(self, name: Text) -> str:
        return self.add(
            self.address("organisation", name.vi),
            "cv:PublicOrganisation",
            **{"skos:prefLabel": _said(name), "dct:spatial": _links([_VIETNAM])},
        )

    def place(self, address: str, place: ReceivingPlace) -> str:
        hours = place.hours and self.add(
            f"{address}/hours", "time:TemporalEntity", **{"dct:description": _said(place.hours)}
        )
        return self.add(
            address,
            "cv:ContactPoint",
            **{"dct:title": _said(place.name), "cv:openingHours": _links([hours] if hours else [])},
        )

    def channel(self, service: str, index: int, channel: OfferedChannel) -> str:
        durations = {duration for limit in channel.limits if (duration := _duration(limit))}
        said = [words for limit in channel.limits for words in _limit_in_words(limit)]
        # The profile has one duration to a channel; two, or one beside limits that have none, would mislead.
        single = len(channel.limits) == 1 and durations
        return self.add(
            f"{service}/channel/{index}",
            "cv:Channel",
            **{
                "dct:identifier": f"{channel.kind.value}-{index}",
                "dct:type": _links([self.concept("channel", channel.kind.value, _titled(channel.kind.label))]),
                "dct:description": _said(_titled(channel.kind.label), *said, *_noted(channel.note)),
                "cv:processingTime": {"@type": "xsd:duration", "@value": durations.pop()} if single else None,
            },
        )

    def currency(self, code: str) -> str:
        return self.add(f"{_CURRENCIES}{code}", "skos:Concept", **{"skos:prefLabel": _said(Text(vi=code, en=code))})

    def cost(self, address: str, channel: str, procedure: Procedure, limit: Limit, fee: Fee) -> str:
        amount = None if fee.amount is None else format(fee.amount, "f")
        case = _case(procedure, fee.case or limit.case)
        said = [*case, *_labelled_if("Đơn vị tính", "Per", fee.unit), *_noted(fee.note)]
        if fee.set_by is not None:
            said.append(_SETTERS[fee.set_by])
        said.extend(_labelled("Miễn", "Exempt", exemption.text) for exemption in fee.exemptions)
        return self.add(
            address,
            "cv:Cost",
            **{
                "dct:identifier": address.removeprefix(self.base),
                "cv:hasValue": amount and {"@type": "xsd:double", "@value": amount},
                "schema:price": amount and {"@type": "xsd:decimal", "@value": amount},
                "cv:currency": _links([self.currency(fee.currency or "VND")]) if amount else None,
                "dct:description": _said(*said) if said else None,
                "cv:ifAccessedThrough": _links([channel]),
            },
        )

    def paper(self, address: str, procedure: Procedure, paper: Paper) -> str:
        said = [
            Text(
                vi=f"Bản chính: {paper.originals}, bản sao: {paper.copies}",
                en=f"Originals: {paper.originals}, copies: {paper.copies}",
            )
        ]
        said.extend(words for case in paper.cases for words in _case(procedure, case))
        said.extend(_labelled("Hoặc", "Or", other.name) for other in paper.alternatives)
        said.extend(_labelled_if("Thay bằng dữ liệu", "Replaced by data", paper.replaced_by_data))
        forms = {form.code for form in procedure.forms}
        form = [self.address("form", paper.form)] if paper.form in forms and paper.form else []
        return self.add(
            address,
            "cv:Evidence",
            **_named(address.removeprefix(self.base), paper.name, *said, *_noted(paper.note)),
            **{"dct:conformsTo": _links(form)},
        )

    def requirement(self, address: str, condition: Statement) -> str:
        return self.add(address, "cv:Requirement", **_named(address.removeprefix(self.base), condition.text))

    def events(self, procedure: Procedure) -> list[str]:
        """Add the events of life or business that lead to the procedure, where the procedure knows any."""
        addresses: list[str] = []
        for field, kind in _EVENTS.items():
            found: tuple[Any, ...] = getattr(procedure, field, ())
            for event in found:
                name = event.code or event.name.vi
                # The profile asks for an event; it does not infer that a life event is one.
                addresses.append(self.add(self.address("event", name), [kind, "cv:Event"], **_named(name, event.name)))
        return addresses

    def law(self, name: str) -> str:
        basis = self.catalogue.bases.get(name)
        if basis is None:
            near = closest(name, self.catalogue.bases)
            raise UnknownCodeError(kind=Text(vi="căn cứ", en="basis"), value=name, suggestions=near)
        return self.add(self.address("basis", name), "eli:LegalResource", **_named(name, basis.cite()))

    def rule(self, address: str, procedure: Procedure) -> list[str]:
        """Add the steps as the rule that the service follows; none without steps."""
        if not procedure.steps:
            return []
        steps = [_labelled(str(number), str(number), step.what) for number, step in enumerate(procedure.steps, 1)]
        title = _labelled("Trình tự thực hiện", "Steps", procedure.name)
        named = _named(address.removeprefix(self.base), title, *steps)
        return [
            self.add(address, "cpsv:Rule", **named, **{"cpsv:implements": _links(map(self.law, procedure.legal_bases))})
        ]


def _named(identifier: str, title: Text, *description: Text | None) -> dict[str, Any]:
    words = [text for text in description if text is not None]
    named: dict[str, Any] = {"dct:identifier": identifier, "dct:title": _said(title)}
    return {**named, "dct:description": _said(*words)} if words else named


def _titled(label: Text) -> Text:
    """Return *label* as a title: it begins with a capital."""
    return Text(vi=label.vi[0].upper() + label.vi[1:], en=label.en[0].upper() + label.en[1:])


def _noted(note: Text | None) -> list[Text]:
    return [] if note is None else [note]


def _labelled_if(vi: str, en: str, text: Text | None) -> list[Text]:
    return [] if text is None else [_labelled(vi, en, text)]


def _case(procedure: Procedure, name: str | None) -> list[Text]:
    return [_labelled("Trường hợp", "Case", case.name) for case in procedure.cases if case.id == name]


def _limit_in_words(limit: Limit) -> list[Text]:
    time = limit.time_limit
    return [*_labelled_if("Thời hạn", "Time limit", None if time is None else time.text), *_noted(limit.note)]


def _duration(limit: Limit) -> str | None:
    """Return the time limit as a duration of XML Schema; None when it has none."""
    time = limit.time_limit
    if time is None or any(step.unit not in _DESIGNATORS for step in time.steps) or len(time.steps) != 1:
        return None
    return "".join(f"P{step.amount}{_DESIGNATORS[step.unit]}" for step in time.steps)


def _authorities(procedure: Procedure) -> tuple[Text, ...]:
    """Return the names of those who decide; where none is published, of those who handle it."""
    named = (procedure.authority, *procedure.other_authorities)
    return tuple(each.name for each in named if each) or tuple(each.name for each in procedure.implementing)
