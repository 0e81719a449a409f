"""What is demanded of an implementation: profiles, which a tender cites, and what one run asks for."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import gated
from onestop_core.conformance.fields import members, text, texts
from onestop_core.conformance.fresh import fresh
from onestop_core.conformance.suites import suite, words
from onestop_core.conformance.values import Case, Suite
from onestop_core.conformance.wire import digest
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import aware
from onestop_core.rules.reading.documents import parse_json
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Plan", "Profile", "ProfileName", "case_of", "plan", "profile", "profile_documents", "profiles"]

_CITED: Final = re.compile(r"(?P<name>[^@#]+)(@(?P<version>[0-9]{1,6}))?(#sha256:(?P<digest>[0-9a-f]{12,64}))?")
_FRESH: Final = re.compile(r"(?P<area>[a-z0-9-]{1,64})/fresh-(?P<seed>[0-9]{1,16})\.[0-9]{1,6}")
_LARGEST_SEED: Final = 2**53 - 1
"""What every reader of JSON holds exactly."""


@attrs.frozen(kw_only=True, field_transformer=gated({str: text}))
class ProfileName:
    """A profile as a report names it."""

    name: str
    version: int
    digest: str = attrs.field(repr=False)

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


@attrs.frozen(kw_only=True, field_transformer=gated({str: text, tuple[str, ...]: texts}))
class Profile:
    """A named list of areas and operations that must conform: what a tender cites.

    >>> from onestop_core import conformance
    >>> desk = conformance.profile("desk")
    >>> desk.version, desk.areas[:3], desk.cited[:14]
    (1, ('workdays', 'time-limits', 'deadlines'), 'desk@1#sha256:')
    """

    name: str
    version: int
    title: Text = attrs.field(repr=False)
    purpose: Text = attrs.field(repr=False)
    """For whom it is."""
    areas: tuple[str, ...]
    """All of these areas."""
    operations: tuple[str, ...] = ()
    """Single operations of other areas."""

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the profile and of all its required cases, in the order of their ids.

        Whoever cites it is sure of every question and every answer.
        """
        return _digest(self)

    @property
    def cases(self) -> tuple[Case, ...]:
        """The required cases of what it demands, in the order of their ids."""
        return tuple(
            case
            for case in sorted(suite().cases, key=lambda case: case.id)
            if case.level == "required" and (case.area in self.areas or case.operation in self.operations)
        )

    @property
    def cited(self) -> str:
        """How a tender cites it: name, version and digest."""
        return f"{self.name}@{self.version}#{self.digest}"

    @property
    def demanded(self) -> tuple[str, ...]:
        """What it demands, areas as they are and operations as ``area/operation``."""
        return (*self.areas, *(_demand(each) for each in self.operations))


@cache
def _digest(of: Profile) -> str:
    said: dict[str, Any] = {
        "name": of.name,
        "version": of.version,
        "title": {"vi": of.title.vi, "en": of.title.en},
        "purpose": {"vi": of.purpose.vi, "en": of.purpose.en},
        "areas": of.areas,
    }
    if of.operations:
        said["operations"] = of.operations
    return digest({"profile": said, "cases": [case.question for case in of.cases]})


def profile_documents() -> Any:
    """Return the document of the profiles that ship."""
    from importlib.resources import files  # noqa: PLC0415 - heavy, loaded on first use

    return parse_json((files("onestop_core.conformance") / "profiles.json").read_bytes(), source="profiles.json")


@cache
def profiles() -> tuple[Profile, ...]:
    """Return the profiles that ship.

    >>> [str(each.name) for each in profiles()]
    ['calendar', 'desk', 'portal-scores', 'catalogue-validator', 'everything']
    """
    return tuple(
        Profile(
            name=raw["name"],
            version=raw["version"],
            title=words(raw["title"]),
            purpose=words(raw["purpose"]),
            areas=raw["areas"],
            operations=raw.get("operations", ()),
        )
        for raw in profile_documents()["profiles"]
    )


def profile(cited: str) -> Profile:
    """Return the profile that is *cited*: ``desk``, ``desk@1`` or ``desk@1#sha256:…`` with twelve digits or more.

    Raises:
        UnknownCodeError: there is no such profile, or not in that version.
        InvalidValueError: it is no name of a profile, or its digest is another: questions or answers have changed.
    """
    match = _CITED.fullmatch(cited) if isinstance(cast("object", cited), str) else None
    if match is None:
        wanted = "desk, desk@1, desk@1#sha256:0123456789ab"
        raise InvalidValueError.of("profile", cited, vi=f"bộ yêu cầu như {wanted}", en=f"a profile such as {wanted}")
    name, version, wanted = match["name"], match["version"], match["digest"]
    known = {each.name: each for each in profiles()}
    kind = Text(vi="bộ yêu cầu", en="profile")
    if name not in known:
        raise UnknownCodeError.among(kind, name, known)
    found = known[name]
    if version is not None and int(version) != found.version:
        raise UnknownCodeError.among(kind, f"{name}@{version}", [f"{name}@{found.version}"])
    if wanted is not None and not found.digest.startswith(f"sha256:{wanted}"):
        raise InvalidValueError.of(
            "profile",
            cited,
            vi=f"mã băm của bộ ca kiểm thử này: {found.cited}",
            en=f"the digest that this suite has: {found.cited}",
        )
    return found


def _demand(name: str) -> str:
    """Return *name*, of an area, an operation or ``area/operation``, as it is demanded.

    Raises:
        UnknownCodeError: there is no such area or operation.
    """
    known = [area.name for area in suite().areas]
    known += [f"{area.name}/{operation}" for area in suite().areas for operation in area.operations]
    if name in known:
        return name
    for each in known:
        if each.endswith(f"/{name}"):
            return each
    known += [operation for area in suite().areas for operation in area.operations]
    raise UnknownCodeError.among(Text(vi="lĩnh vực hoặc phép tính", en="area or operation"), name, known)


@attrs.frozen(kw_only=True)
class Plan:
    """What one run asks, and what it demands."""

    suite: Suite = attrs.field(repr=False)
    cases: tuple[Case, ...] = attrs.field(repr=False)
    demanded: tuple[str, ...] | None
    """None: every area of which some operation is claimed."""
    profile: ProfileName | None = None
    seed: int | None = None
    made_at: datetime | None = None


def plan(
    areas: Iterable[str] | None,
    cases: Sequence[Case] | Suite | None,
    *,
    profile: Profile | str | None = None,
    require: Iterable[str] | None = None,
    seed: int | None = None,
    made_at: datetime | None = None,
) -> Plan:
    """Return what a run with these arguments asks and demands.

    Raises:
        UnknownCodeError: there is no such area, operation or profile.
        InvalidValueError: an argument is of another type, or the digest of the profile is another.
    """
    wanted = _profile(profile)
    demanded: tuple[str, ...] | None = None
    if wanted is not None:
        demanded = wanted.demanded
    elif require is not None:
        demanded = tuple(dict.fromkeys(_demand(name) for name in members("require", str, require)))
    elif areas is not None:
        demanded = areas = tuple(dict.fromkeys(members("areas", str, areas)))
    of = cases if isinstance(cases, Suite) else suite()
    if isinstance(cases, Suite) or cases is None:
        asked = of.of(areas)
        if wanted is not None:
            mine = {name.partition("/")[0] for name in wanted.demanded} | set(areas or ())
            asked = tuple(case for case in of.cases if case.area in mine)
    else:
        asked = members("cases", Case, cases)
    if seed is not None and cases is not None:
        raise InvalidValueError.of(
            "seed", seed, vi="chỉ dùng với bộ ca kiểm thử đi kèm", en="no cases beside it: fresh ones vary the suite"
        )
    asked += _fresh(seed, asked)
    return Plan(
        suite=of,
        cases=asked,
        demanded=demanded,
        profile=None if wanted is None else ProfileName(name=wanted.name, version=wanted.version, digest=wanted.digest),
        seed=seed,
        made_at=None if made_at is None else aware(made_at, "made_at"),
    )


def _fresh(seed: int | None, asked: tuple[Case, ...]) -> tuple[Case, ...]:
    """Return the fresh cases of the areas of *asked*."""
    if seed is None:
        return ()
    if type(seed) is not int or not 0 <= seed <= _LARGEST_SEED:
        most = number(_LARGEST_SEED)
        raise InvalidValueError.of(
            "seed", seed, vi=f"số nguyên từ 0 đến {most.vi}", en=f"a whole number from 0 to {most.en}"
        )
    return fresh(seed, list(dict.fromkeys(case.area for case in asked)))


def case_of(case_id: str) -> Case:
    """Return the case of that id, of the suite or a fresh one, such as ``workdays/fresh-7.0001``.

    Raises:
        UnknownCodeError: there is none.
    """
    match = _FRESH.fullmatch(case_id) if isinstance(cast("object", case_id), str) else None
    if match is not None and any(area.name == match["area"] for area in suite().areas):
        for case in fresh(int(match["seed"]), [match["area"]]):
            if case.id == case_id:
                return case
    return suite()[case_id]


def _profile(given: Profile | str | None) -> Profile | None:
    return given if given is None or isinstance(given, Profile) else profile(given)
