"""Reading a suite from its documents under ``cases/``, one folder an area."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.conformance.values import Area, Case, CaseLevel, Dispute, Suite
from onestop_core.errors import ConformanceSuiteError, InvalidValueError
from onestop_core.model import FrozenMap
from onestop_core.rules.reading.documents import parse_json
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

__all__ = ["case_documents", "dispute", "read_suite", "suite", "words"]


@cache
def suite() -> Suite:
    """Return the suite that ships with the library.

    >>> suite().version.count("."), len(suite().cases) >= 1500
    (2, True)
    """
    documents = dict(case_documents())
    return _suite(documents.pop("suite"), documents)  # its tests hold it to the schemas


def case_documents() -> Iterable[tuple[str, Any]]:
    """Yield the documents that ship: ``suite`` first, then each topic by name, such as ``workdays/tet``."""
    from importlib.resources import files  # noqa: PLC0415 - heavy, loaded on first use

    folder = files("onestop_core.conformance") / "cases"
    yield "suite", _parsed(folder / "suite.json", "suite")
    for area in sorted((entry for entry in folder.iterdir() if entry.is_dir()), key=lambda entry: entry.name):
        for topic in sorted(area.iterdir(), key=lambda entry: entry.name):
            name = f"{area.name}/{topic.name.removesuffix('.json')}"
            yield name, _parsed(topic, name)


def _parsed(entry: Traversable, name: str) -> Any:
    return parse_json(entry.read_bytes(), source=name)


def read_suite(head: Any, topics: Mapping[str, Any]) -> Suite:
    """Return the suite made of documents.

    Args:
        head: The document of the schema ``conformance-suite``.
        topics: Documents of the schema ``conformance-case``, by area and topic.

    Raises:
        InvalidDocumentError: a document is not valid under its schema.
        ConformanceSuiteError: an id is used twice, or a name means nothing.
        InvalidValueError: *topics* is no mapping by names.
    """
    ensure_valid(head, "conformance-suite", source="suite")
    try:
        named = dict(topics)
    except (TypeError, ValueError):
        named = None
    if named is None or not all(isinstance(cast("object", name), str) for name in named):
        raise InvalidValueError.of("topics", topics, vi="tài liệu theo tên", en="documents by name")
    for name, document in named.items():
        ensure_valid(document, "conformance-case", source=name)
    return _suite(head, named)


def _suite(head: Any, topics: Mapping[str, Any]) -> Suite:
    areas = tuple(
        Area(
            name=name,
            title=words(raw["title"]),
            operations=raw["operations"],
            rules=FrozenMap({code: words(each) for code, each in raw["rules"].items()}),
        )
        for name, raw in head["areas"].items()
    )
    by_name = {area.name: area for area in areas}
    cases: dict[str, Case] = {}
    for name, document in topics.items():
        if f"{document['area']}/{document['topic']}" != name or document["area"] not in by_name:
            raise _malformed(name, vi="lĩnh vực hoặc chủ đề không khớp tên tệp", en="area or topic is not its name")
        for case in _cases(name, document, by_name[document["area"]]):
            if case.id in cases:
                raise _malformed(case.id, vi="mã bị lặp", en="the id is used twice")
            cases[case.id] = case
    order: Final = {area.name: number for number, area in enumerate(areas)}
    return Suite(
        version=head["version"],
        areas=areas,
        cases=tuple(sorted(cases.values(), key=lambda case: order[case.area])),  # topics stay in their order
    )


def _cases(name: str, document: Any, area: Area) -> Iterable[Case]:
    bases = {key: _cite(raw) for key, raw in document["bases"].items()}
    for group in document["groups"]:
        strange = [
            *({group["operation"]}.difference(area.operations)),
            *(set(group["rules"]).difference(area.rules)),
            *(set(group["basis"]).difference(bases)),
        ]
        if strange:
            shown = ", ".join(sorted(strange))
            raise _malformed(name, vi=f"tên không xác định: {shown}", en=f"names that mean nothing: {shown}")
        for raw in group["cases"]:
            yield Case(
                id=f"{area.name}/{raw['id']}",
                area=area.name,
                operation=group["operation"],
                description=raw["description"],
                input=raw["input"],
                expected=raw.get("expected"),
                refused=raw.get("refused"),
                rules=group["rules"],
                basis=tuple(bases[key] for key in group["basis"]),
                level=CaseLevel(group["level"]),
                why=group.get("why"),
                disputed=dispute(raw.get("disputed")),
            )


def dispute(raw: Mapping[str, Any] | None) -> Dispute | None:
    """Return the dispute that a document tells of, if it tells of one."""
    return None if raw is None else Dispute(since=date.fromisoformat(raw["since"]), why=words(raw["why"]))


def words(raw: Mapping[str, str]) -> Text:
    """Return a text of a document: where English is left out, the Vietnamese stands for it."""
    return Text(vi=raw["vi"], en=raw.get("en", raw["vi"]))


def _cite(raw: Mapping[str, str]) -> str:
    article = f", art. {raw['article']}" if "article" in raw else ""
    return f"{raw['instrument']}{article} [{raw['firmness']}]"


def _malformed(case: str, *, vi: str, en: str) -> ConformanceSuiteError:
    return ConformanceSuiteError(case=case, reason=Text(vi=vi, en=en))
