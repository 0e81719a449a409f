"""The suite: cases as values, read from the documents under ``cases/``, one folder an area."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import ConformanceSuiteError, UnknownCodeError
from onestop_core.rules.documents import parse_json
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Area", "Case", "Level", "Suite", "case_documents", "read_suite", "suite"]


class Level(enum.StrEnum):
    """Whether an implementation that answers otherwise still conforms."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    """A matter of choice or of weak evidence; :attr:`Case.why` says which."""


@attrs.frozen(kw_only=True)
class Case:
    """One question with the one right answer.

    >>> case = suite()["workdays/tet-2026.add-1-from-eve"]
    >>> case.operation, case.expected
    ('add_workdays', '2026-02-23')
    """

    id: str
    """Area, topic and name: ``workdays/tet-2026.add-1-from-eve``. Never changes."""
    area: str
    operation: str
    """The method that is asked; its ``input`` and answer are defined in ``schemas/conformance-case``."""
    description: str
    input: Mapping[str, Any]
    """Keyword arguments of the method, in JSON types."""
    expected: Any = None
    """The answer in JSON types; members of an object that it does not name are not compared."""
    refused: str | None = None
    """Code of the refusal, where the input cannot be answered."""
    rules: tuple[str, ...]
    """What the case proves; the codes of its area in the suite."""
    basis: tuple[str, ...]
    """Its legal grounds in words, with the firmness of their evidence."""
    level: Level
    why: str | None = None
    """Why it is optional."""


@attrs.frozen(kw_only=True)
class Area:
    """A field of the law that an implementation may cover."""

    name: str
    title: Text
    operations: tuple[str, ...]
    rules: Mapping[str, Text]


@attrs.frozen(kw_only=True)
class Suite:
    """A version of the whole suite; ``suite[id]`` is a case.

    >>> suite().version, len(suite().cases) >= 1500, [area.name for area in suite().areas][:3]
    ('1.0.0', True, ['workdays', 'time-limits', 'deadlines'])
    """

    version: str
    areas: tuple[Area, ...]
    cases: tuple[Case, ...]

    def __getitem__(self, case_id: str) -> Case:
        for case in self.cases:
            if case.id == case_id:
                return case
        kind = Text(vi="tình huống kiểm thử", en="conformance case")
        raise UnknownCodeError(
            kind=kind, value=case_id[:100], suggestions=closest(case_id, [case.id for case in self.cases])
        )

    def of(self, areas: Iterable[str] | None) -> tuple[Case, ...]:
        """Return the cases of *areas*, of all areas when that is None.

        Raises:
            UnknownCodeError: there is no such area.
        """
        if areas is None:
            return self.cases
        known, wanted = [area.name for area in self.areas], set(areas)
        for name in sorted(wanted.difference(known)):
            kind = Text(vi="lĩnh vực kiểm thử", en="conformance area")
            raise UnknownCodeError(kind=kind, value=name[:100], suggestions=closest(name, known))
        return tuple(case for case in self.cases if case.area in wanted)


@cache
def suite() -> Suite:
    """Return the suite that ships with the library."""
    documents = dict(case_documents())
    return read_suite(documents.pop("suite"), documents)


def case_documents() -> Iterable[tuple[str, Any]]:
    """Yield the documents that ship: ``suite`` first, then each topic by name, such as ``workdays/tet``."""
    folder = resources.files("onestop_core.conformance") / "cases"
    yield "suite", _parsed(folder / "suite.json", "suite")
    for area in sorted((entry for entry in folder.iterdir() if entry.is_dir()), key=lambda entry: entry.name):
        for topic in sorted(area.iterdir(), key=lambda entry: entry.name):
            name = f"{area.name}/{topic.name.removesuffix('.json')}"
            yield name, _parsed(topic, name)


def _parsed(entry: Traversable, name: str) -> Any:
    return parse_json(entry.read_bytes(), source=name)


def read_suite(head: Any, topics: Mapping[str, Any]) -> Suite:
    """Return the suite made of documents that are valid under their schemas.

    Args:
        head: The document of the schema ``conformance-suite``.
        topics: Documents of the schema ``conformance-case``, by area and topic.

    Raises:
        ConformanceSuiteError: an id is used twice, or a name means nothing.
    """
    areas = tuple(
        Area(
            name=name,
            title=Text(**raw["title"]),
            operations=tuple(raw["operations"]),
            rules={code: Text(**words) for code, words in raw["rules"].items()},
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
            raise _malformed(name, vi=f"tên không có nghĩa: {shown}", en=f"names that mean nothing: {shown}")
        for raw in group["cases"]:
            yield Case(
                id=f"{area.name}/{raw['id']}",
                area=area.name,
                operation=group["operation"],
                description=raw["description"],
                input=raw["input"],
                expected=raw.get("expected"),
                refused=raw.get("refused"),
                rules=tuple(group["rules"]),
                basis=tuple(bases[key] for key in group["basis"]),
                level=Level(group["level"]),
                why=group.get("why"),
            )


def _cite(raw: Mapping[str, str]) -> str:
    article = f", art. {raw['article']}" if "article" in raw else ""
    return f"{raw['instrument']}{article} [{raw['firmness']}]"


def _malformed(case: str, *, vi: str, en: str) -> ConformanceSuiteError:
    return ConformanceSuiteError(case=case, reason=Text(vi=vi, en=en))
