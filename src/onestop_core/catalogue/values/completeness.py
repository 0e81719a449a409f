"""Whether a procedure is complete: every part that a published procedure must have, its papers and results with codes.

Article 8(2) of Decree 63/2010 names the parts: the name, the steps, the ways to submit, the papers and their numbers, the
time limit, who may apply, who handles it, the result; forms, fees and conditions where there are any. Those that may be
absent are asked for as far as a catalogue can know: each limit says what it costs, be it nothing. (A form that a paper
names must be declared, or the catalogue does not load.) That nobody asks for a condition cannot be told from one that was
forgotten, so conditions are not asked for; nor is the number of sets, for which the pages of the national portal have no
place any more: the numbers of each paper are required by the schema. Legal bases and codes are *our own* addition: without
a code the result of one procedure cannot be known as a paper of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.catalogue.values.fields import expect
from onestop_core.catalogue.values.procedure import Procedure
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PublishedPart", "lacking", "missing_parts"]


class PublishedPart(Code):
    """A part of a complete procedure that may be missing; name, level, applicants, ways and numbers are required anyway."""

    AUTHORITY = "authority"
    STEPS = "steps"
    LIMITS = "limits"
    FEES = "fees"
    PAPERS = "papers"
    PAPER_CODES = "paper_codes"
    RESULTS = "results"
    RESULT_CODES = "result_codes"
    LEGAL_BASES = "legal_bases"

    @property
    def label(self) -> Text:
        """The part in words."""
        return _LABELS[self]


_LABELS: Final = {
    PublishedPart.AUTHORITY: Text(vi="cơ quan có thẩm quyền", en="competent authority"),
    PublishedPart.STEPS: Text(vi="trình tự thực hiện", en="steps"),
    PublishedPart.LIMITS: Text(vi="thời hạn giải quyết", en="time limits"),
    PublishedPart.FEES: Text(vi="phí, lệ phí", en="fees"),
    PublishedPart.PAPERS: Text(vi="thành phần hồ sơ", en="papers"),
    PublishedPart.PAPER_CODES: Text(vi="mã thành phần hồ sơ", en="codes of the papers"),
    PublishedPart.RESULTS: Text(vi="kết quả thực hiện", en="results"),
    PublishedPart.RESULT_CODES: Text(vi="mã kết quả", en="codes of the results"),
    PublishedPart.LEGAL_BASES: Text(vi="căn cứ pháp lý", en="legal bases"),
}


def _of(thing: Any, name: str) -> Any:
    """Return what *thing*, a value or an object of a document, states as *name*; nothing where it does not."""
    stated: Any = cast("Mapping[str, Any]", thing).get(name) if isinstance(thing, Mapping) else getattr(thing, name)
    return stated or ()


def _limits(procedure: Any) -> Iterator[Any]:
    for channel in _of(procedure, "channels"):
        yield from _of(channel, "limits")


def _asked(procedure: Any) -> Iterator[Any]:
    """Yield the papers and what serves instead of them."""
    for paper in _of(procedure, "papers"):
        yield paper
        for each in _of(paper, "alternatives"):
            yield each
            yield from _of(each, "together_with")


_STATES: Final[dict[PublishedPart, Callable[[Any], bool]]] = {
    PublishedPart.AUTHORITY: lambda it: bool(_of(it, "authority")),
    PublishedPart.STEPS: lambda it: bool(_of(it, "steps")),
    PublishedPart.LIMITS: lambda it: all(_of(each, "time") or _of(each, "without_time") for each in _limits(it)),
    PublishedPart.FEES: lambda it: all(_of(each, "fees") for each in _limits(it)),
    PublishedPart.PAPERS: lambda it: bool(_of(it, "papers")),
    PublishedPart.PAPER_CODES: lambda it: all(_of(each, "code") for each in _asked(it)),
    PublishedPart.RESULTS: lambda it: bool(_of(it, "results")),
    PublishedPart.RESULT_CODES: lambda it: all(_of(each, "code") for each in _of(it, "results")),
    PublishedPart.LEGAL_BASES: lambda it: bool(_of(it, "legal_bases")),
}


def lacking(procedure: Any) -> tuple[PublishedPart, ...]:
    """Return what a *procedure*, a value or an object of a document that is valid under the schema, lacks."""
    return tuple(part for part, states in _STATES.items() if not states(procedure))


def missing_parts(procedure: Procedure) -> tuple[PublishedPart, ...]:
    """Return the parts that *procedure* lacks; none: it is complete.

    >>> from onestop_core import catalogue
    >>> cat = catalogue.shipped()
    >>> missing_parts(cat["1.001193"])
    ()
    >>> [part.label.en for part in missing_parts(cat["2.001178"])]
    ['steps', 'codes of the results']
    >>> sum(not missing_parts(each) for each in cat.values()) >= 60
    True

    Raises:
        InvalidValueError: *procedure* is none.
    """
    return lacking(expect(procedure, Procedure, "procedure"))
