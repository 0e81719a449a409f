"""One registry for every kind of edition: lifecycles, indices, cards, sectors, forms, measures, peers, rules of counting.

An edition is a document under ``data/`` with an ``id``, often ``name@edition``, the days on which it applies, and a
``revision``. What ships is never edited: a correction is a new document with the same id and the next revision, and
its digest says what exactly was read. ``vn@x`` is the first revision, ``vn@x+2`` the second; a name alone, with a
day, gives the newest revision of the edition in force.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, NotInForceError, Problem, UnknownCodeError
from onestop_core.errors.problem import capped
from onestop_core.model import Interval, plain_day
from onestop_core.rules.cited import cited
from onestop_core.rules.dated import Dated, Entry
from onestop_core.rules.reading.documents import opened
from onestop_core.rules.reading.resources import data, data_names
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

__all__ = ["Edition", "Editions", "digest"]

T = TypeVar("T")


def digest(document: Any) -> str:
    """Return the SHA-256 of *document*, written as canonical JSON: keys sorted, no blanks, UTF-8.

    >>> digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})
    True
    """
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@attrs.frozen(kw_only=True)
class Edition:
    """What is known of an edition before it is read."""

    id: str
    """Without its revision, such as ``vn@decree-118-2025``."""
    revision: int = 1
    during: Interval
    """The days on which it applies."""
    announced_on: date | None = None
    digest: str
    """SHA-256 of the document, see :func:`digest`."""

    @property
    def name(self) -> str:
        """What stands before the ``@``: the rule whose edition it is."""
        return self.id.partition("@")[0]

    @property
    def reference(self) -> str:
        """The id by which exactly this revision is asked for again."""
        return self.id if self.revision == 1 else f"{self.id}+{self.revision}"


class Editions(Generic[T]):
    """The editions of one kind that ship with the library, each read on first use; safe to share between threads.

    >>> from onestop_core.model import Basis
    >>> table = Editions("vn/sectors", read=lambda document, source: document["id"], what=Text(vi="ngành", en="sector"))
    >>> table.pinned("vn/id-card")
    'vn/id-card'
    """

    def __init__(
        self,
        folder: str,
        *,
        what: Text,
        read: Callable[[Mapping[str, Any], str | None], T] | None = None,
        kind: type[T] | None = None,
        rename: Mapping[str, str] | None = None,
        check: Callable[[Mapping[str, Any]], Iterable[Problem]] | None = None,
        schema: str | None = None,
    ) -> None:
        """Make the registry of the documents in *folder*.

        Args:
            folder: Where they lie, under ``data/``.
            what: What an edition is called in messages.
            read: Makes the value of a document that is valid; left out, :func:`~onestop_core.rules.cited.cited` does.
            kind: The class of the value, where *read* is left out.
            rename: For :func:`~onestop_core.rules.cited.cited`.
            check: Says what is wrong in a document that the schema accepts, before it is read.
            schema: The published schema that a document from outside must hold to.
        """
        assert (read is None) is not (kind is None)
        self._folder: Final = folder
        self._what: Final = what
        self._reads: Final = read
        self._kind: Final = kind
        self._rename: Final = rename
        self._check: Final = check
        self._schema: Final = schema
        self._documents: dict[str, tuple[Edition, str]] = {}
        self._values: dict[str, T] = {}
        self._tables: dict[str, Dated[str]] = {}
        self._lock: Final = RLock()

    def editions(self) -> tuple[Edition, ...]:
        """Return what ships, by id and revision."""
        return tuple(edition for edition, _ in self._known().values())

    def ids(self) -> tuple[str, ...]:
        """Return the references of what ships, in order."""
        return tuple(self._known())

    def edition(self, reference: str) -> Edition:
        """Return what is known of the edition *reference*: its days, revision and digest.

        Raises:
            UnknownCodeError: nothing of that reference ships.
        """
        found = self._known().get(_plain(reference))
        if found is None:
            raise UnknownCodeError.among(self._what, reference, sorted({*self._names(), *self._known()}))
        return found[0]

    def pinned(self, reference: str) -> T:
        """Return exactly the edition *reference*, whatever the day.

        Raises:
            UnknownCodeError: nothing of that reference ships.
        """
        edition = self.edition(reference)
        value = self._values.get(edition.reference)
        if value is None:
            with self._lock:
                # Another thread may have read it meanwhile; all must hold the same value.
                if edition.reference not in self._values:
                    source = self._known()[edition.reference][1]
                    self._values[edition.reference] = self._made(data(source), source)
                value = self._values[edition.reference]
        return value

    def on(self, name: str, day: date, *, as_of: date | None = None) -> T:
        """Return the edition of *name* in force on *day*, in its newest revision; *as_of*: as announced by then.

        Raises:
            UnknownCodeError: there is no such name.
            NotInForceError: no edition applies on that day.
            InvalidValueError: *day* is not a plain date.
        """
        if _plain(name) not in self._names():
            raise UnknownCodeError.among(self._what, name, sorted({*self._names(), *self._known()}))
        return self.pinned(self._table(_plain(name)).on(plain_day(day, "on"), as_of=as_of))

    def find(self, name: str, *, on: date | None = None) -> T:
        """Return the edition *name*: pinned by its reference, or by its name the one in force *on* a day.

        Raises:
            UnknownCodeError: there is no such name or reference.
            NotInForceError: no edition, or not the pinned one, is in force on that day.
            InvalidValueError: a name without edition needs a day, and a day is a plain date.
        """
        asked = _plain(name)
        if asked in self._known():
            edition = self.edition(asked)
            if on is not None and plain_day(on, "on") not in edition.during:
                raise NotInForceError(
                    what=self._called(asked), on=on, known=((edition.during.first, edition.during.last),)
                )
            return self.pinned(asked)
        if on is None and asked in self._names():
            ids = " | ".join(each.reference for each in self.editions() if each.name == asked)
            raise InvalidValueError.of(
                "on",
                on,
                vi=f"một ngày, `on=date(...)`, hoặc phiên bản: {ids}",
                en=f"a day, on=date(...), or an edition: {ids}",
            )
        return self.on(name, cast("date", on))

    def load(self, source: str | Path | Mapping[str, Any]) -> T:
        """Return an edition of one's own, from a JSON file or a parsed document, held to the published schema.

        Raises:
            OSError: the file cannot be read.
            UnsupportedSchemaVersionError: the document is written for another version of the schema.
            InvalidDocumentError: with every problem.
        """
        document, name = opened(source)
        if self._schema is not None:
            ensure_valid(document, self._schema, source=name)
        return self._made(document, name)

    def _made(self, document: Mapping[str, Any], source: str | None) -> T:
        if self._check is None:
            return self._read(document, source)
        problems = capped(self._check(document))
        try:
            value = self._read(document, source)
        except InvalidDocumentError as error:
            raise InvalidDocumentError(problems=capped([*error.problems, *problems]), source=source) from None
        if problems:
            raise InvalidDocumentError(problems=problems, source=source)
        return value

    def _read(self, document: Mapping[str, Any], source: str | None) -> T:
        if self._reads is not None:
            return self._reads(document, source)
        return cited(document, cast("type[T]", self._kind), rename=self._rename, source=source)

    def _known(self) -> dict[str, tuple[Edition, str]]:
        if not self._documents:
            with self._lock:
                found = [
                    (_edition(data(f"{self._folder}/{name}")), f"{self._folder}/{name}")
                    for name in data_names(self._folder)
                ]
                found.sort(key=lambda each: (each[0].id, each[0].revision))
                self._documents = {edition.reference: (edition, source) for edition, source in found}
        return self._documents

    def _names(self) -> set[str]:
        return {edition.name for edition in self.editions()}

    def _called(self, name: str) -> Text:
        return Text(vi=f"{self._what.vi} {name}", en=f"{self._what.en} {name}")

    def _table(self, name: str) -> Dated[str]:
        if name not in self._tables:
            newest = {each.id: each for each in self.editions() if each.name == name}  # in order: the last one stays
            rows = sorted(newest.values(), key=lambda each: each.during.first or date.min)
            self._tables[name] = Dated(
                what=self._called(name),
                entries=tuple(
                    Entry(during=each.during, value=each.reference, announced_on=each.announced_on) for each in rows
                ),
            )
        return self._tables[name]


def _plain(name: object) -> str:
    """Return a name as plain text; of what is no text, one that no edition has."""
    return str.__str__(name) if isinstance(name, str) else ""


def _edition(document: Mapping[str, Any]) -> Edition:
    def day(key: str) -> date | None:
        return date.fromisoformat(document[key]) if key in document else None

    return Edition(
        id=document["id"],
        revision=document.get("revision", 1),
        during=Interval(first=day("in_force_from"), last=day("in_force_to")),
        announced_on=day("announced_on"),
        digest=digest(document),
    )
