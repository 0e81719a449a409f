"""How many counters a hall needs for a promise of waiting; apart and pooled.

Territorial counters serve their own territory; pooled ones serve whoever comes (tiếp nhận không phụ thuộc địa giới).
For the same promise the pool needs fewer people, because idle counters of one place help the queue of another.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import check_label, exact, rounded, shown
from onestop_core.kpi.counters.erlang_c import ServedWithin, erlang_c, least_counters
from onestop_core.model.series import each_of, instance
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.text import Language
    from onestop_core.text.numbers import Exact

__all__ = [
    "CounterPlan",
    "Place",
    "Pooling",
    "WaitingPromise",
    "plan_counters",
    "pool",
    "read_places",
]


def _positive(value: Exact) -> Fraction:
    return exact(value, "amount", positive=True)


def _minutes(value: Exact) -> Fraction:
    return exact(value, "minutes")


def _below_one(_: object, field: attrs.Attribute[Fraction], value: Fraction) -> None:
    if value >= 1:
        raise InvalidValueError.of(field.name, value, vi="dưới 1", en="below 1")


@attrs.frozen(kw_only=True)
class Place:
    """A counter hall: who comes and how long each takes.

    Raises:
        InvalidValueError: the name is empty, or a number is not exact and above 0.
    """

    name: str = attrs.field(validator=check_label)
    arrivals: Fraction = attrs.field(converter=_positive)
    """Applicants an hour."""
    minutes: Fraction = attrs.field(converter=_positive)
    """Mean handling time of one, at the counter."""

    @property
    def load(self) -> Fraction:
        """Arrivals x handling time, in erlangs: counters busy on average."""
        return self.arrivals * self.minutes / 60


@attrs.frozen(kw_only=True)
class WaitingPromise:
    """``80 % wait at most 10 minutes``: ``WaitingPromise(share=Fraction(80, 100), minutes=10)``.

    Raises:
        InvalidValueError: the share is not exact, above 0 and below 1, or the minutes not exact from 0 on.
    """

    share: Fraction = attrs.field(converter=_positive, validator=_below_one)
    minutes: Fraction = attrs.field(converter=_minutes)


@attrs.frozen(kw_only=True)
class CounterPlan:
    """Counters for one place, and what its applicants then meet."""

    place: Place
    promise: WaitingPromise
    counters: int
    """The fewest that keep the promise."""

    @property
    def waiting(self) -> Fraction:
        """Probability of having to wait, exact."""
        return erlang_c(self.place.load, self.counters)

    @property
    def served(self) -> ServedWithin:
        """Share served within the time promised."""
        power = (self.counters - self.place.load) * self.promise.minutes / self.place.minutes
        return ServedWithin(waiting=self.waiting, power=power)

    @property
    def mean_wait(self) -> Fraction:
        """Mean wait of all applicants in minutes, exact."""
        return self.waiting * self.place.minutes / (self.counters - self.place.load)

    @property
    def occupancy(self) -> Fraction:
        """Share of time in which a counter is busy."""
        return self.place.load / self.counters

    def posts(self, *, absence: Exact = 0) -> int:
        """Return the people to employ so that the counters are manned: *absence* is their share of time away.

        Raises:
            InvalidValueError: *absence* is not an exact number from 0 to less than 1.
        """
        away = exact(absence, "absence")
        if away >= 1:
            raise InvalidValueError.of("absence", absence, vi="dưới 1", en="below 1")
        return math.ceil(self.counters / (1 - away))

    def to_dict(self) -> dict[str, Any]:
        """Return the plan in JSON types: shares in percent, minutes as decimal text."""
        return {
            "place": self.place.name,
            "load": shown(self.place.load, 4),
            "counters": self.counters,
            "waiting_percent": str(rounded(100 * self.waiting)),
            "served_percent": str(rounded(100 * Fraction(self.served.rounded(4)))),
            "mean_wait_minutes": shown(self.mean_wait),
            "occupancy_percent": str(rounded(100 * self.occupancy)),
        }


_MODEL: Final = Text(
    vi="Công thức Erlang C: lượt đến ngẫu nhiên (Poisson), thời gian xử lý phân phối mũ, không ai bỏ về; là toán học, không phải luật",
    en="Erlang C: random arrivals (Poisson), exponential handling times, nobody leaves; mathematics, not law",
)
_MIXED: Final = Text(
    vi="thời gian xử lý của các nơi khác nhau: khi gộp, phân phối không còn là mũ, số quầy chỉ là xấp xỉ",
    en="handling times differ between the places: pooled they are no longer exponential, and the counters approximate",
)


@attrs.frozen(kw_only=True)
class Pooling:
    """Territorial counters against pooled ones, under one promise."""

    apart: tuple[CounterPlan, ...]
    pooled: CounterPlan
    notes: tuple[Text, ...]
    """The assumptions."""

    @property
    def counters_apart(self) -> int:
        """Counters of all places together, each for itself."""
        return sum(plan.counters for plan in self.apart)

    @property
    def saved(self) -> int:
        """Counters that pooling frees for other work."""
        return self.counters_apart - self.pooled.counters

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return both plans in JSON types."""
        promise = self.pooled.promise
        return {
            "promise": {"share_percent": shown(100 * promise.share), "minutes": shown(promise.minutes)},
            "apart": [plan.to_dict() for plan in self.apart],
            "pooled": self.pooled.to_dict(),
            "counters_apart": self.counters_apart,
            "saved": self.saved,
            "notes": [note.in_(language) for note in self.notes],
        }


def plan_counters(place: Place, promise: WaitingPromise) -> CounterPlan:
    """Return the fewest counters with which *place* keeps the *promise*, by Erlang C.

    >>> from fractions import Fraction
    >>> plan = plan_counters(Place(name="published example", arrivals=200, minutes=3),
    ...     WaitingPromise(share=Fraction(80, 100), minutes=Fraction(20, 60)))
    >>> plan.counters, plan.served.rounded(8), plan.posts(absence=Fraction(30, 100))
    (14, Decimal('0.88835002'), 20)

    Raises:
        InvalidValueError: more than 2,000 counters would be needed, or a number has too many digits.
    """
    instance(place, Place, "place")
    instance(promise, WaitingPromise, "promise")
    patience = promise.minutes / place.minutes
    counters = least_counters(place.load, promise.share, patience=patience)
    return CounterPlan(place=place, promise=promise, counters=counters)


def pool(places: Sequence[Place], promise: WaitingPromise, *, name: str = "pooled") -> Pooling:
    """Return the counters of each place for itself, and of all places as one.

    >>> from fractions import Fraction
    >>> wards = [Place(name=name, arrivals=18, minutes=10) for name in ("Tây Hồ", "Hoàn Kiếm", "Ba Đình", "Cửa Nam")]
    >>> found = pool(wards, WaitingPromise(share=Fraction(90, 100), minutes=10))
    >>> [plan.counters for plan in found.apart], found.pooled.counters, found.saved
    ([5, 5, 5, 5], 14, 6)

    Raises:
        InvalidValueError: there is no place, two have one name, or a plan cannot be made.
    """
    places = tuple(each_of(places, Place, "places"))
    names = [place.name for place in places]
    if not names or len(set(names)) != len(names):
        raise InvalidValueError.of(
            "places", names, vi="các nơi tiếp nhận có tên khác nhau", en="places of different names"
        )
    arrivals = sum((place.arrivals for place in places), Fraction(0))
    load = sum((place.load for place in places), Fraction(0))
    together = Place(name=name, arrivals=arrivals, minutes=load * 60 / arrivals)
    mixed = len({place.minutes for place in places}) > 1
    return Pooling(
        apart=tuple(plan_counters(place, promise) for place in places),
        pooled=plan_counters(together, promise),
        notes=(_MODEL, _MIXED) if mixed else (_MODEL,),
    )


def read_places(document: object, *, source: str | None = None) -> tuple[tuple[Place, ...], WaitingPromise]:
    """Return the places and the promise of a document under ``schemas/kpi-counters.schema.json``.

    >>> from fractions import Fraction
    >>> places, promise = read_places({"schema_version": "1.0", "promise": {"share_percent": "80", "minutes": "10"},
    ...     "places": [{"name": "Tây Hồ", "arrivals_per_hour": "18.5", "handling_minutes": "10"}]})
    >>> places[0].load, promise.share
    (Fraction(37, 12), Fraction(4, 5))

    Raises:
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: with every problem.
        InvalidValueError: a number is 0, or the share not below 100.
    """
    ensure_valid(document, "kpi-counters", source=source)
    parts = cast("dict[str, Any]", document)
    promise = parts["promise"]
    places = tuple(
        Place(name=row["name"], arrivals=Fraction(row["arrivals_per_hour"]), minutes=Fraction(row["handling_minutes"]))
        for row in parts["places"]
    )
    share = Fraction(promise["share_percent"]) / 100
    return places, WaitingPromise(share=share, minutes=Fraction(promise["minutes"]))
