"""Counts as they come: by metric, by the portal's codes or by the portal's fields, checked and brought to metrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import MOST
from onestop_core.kpi.counting.counts import Count
from onestop_core.kpi.service_index.definitions import Metric, MetricKind, UnusedFields
from onestop_core.kpi.service_index.scorecard import unknown_metric
from onestop_core.model import FrozenMap
from onestop_core.model.series import items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Given", "Names", "names_of", "read_counts"]

Given: TypeAlias = tuple[int | None, ...] | list[int] | list[int | None] | Count | int | None
"""Counts of one metric: numerator and denominator, perhaps the dossiers of which the facts do not tell; a
:class:`~onestop_core.kpi.Count`; None for nothing known. A field of the portal holds one number."""
_SEQUENCES: Final = (tuple, list)


@attrs.frozen(kw_only=True)
class Names:
    """By what names the counts of an edition may come."""

    metrics: tuple[Metric, ...]
    codes: FrozenMap[str, Metric]
    """The portal's codes of metrics."""
    fields: FrozenMap[str, tuple[Metric, ...]]
    """The portal's fields, and the metrics that ask for them."""
    unused: frozenset[str]

    @property
    def known(self) -> tuple[str, ...]:
        """Every name."""
        return (*(metric.id for metric in self.metrics), *self.codes, *self.fields)


def names_of(metrics: Iterable[Metric], unused: UnusedFields) -> Names:
    """Return the names of the *metrics* of an edition."""
    fields: dict[str, tuple[Metric, ...]] = {}
    rows = tuple(metrics)
    for metric in rows:
        asked = (
            () if metric.portal_fields is None else metric.portal_fields.numerator + metric.portal_fields.denominator
        )
        for field in asked:
            fields[field] = (*fields.get(field, ()), metric)
    return Names(
        metrics=rows,
        codes=FrozenMap({code: metric for metric in rows for code in metric.portal_codes}),
        fields=FrozenMap(fields),
        unused=frozenset(unused.names),
    )


def read_counts(names: Names, counts: object) -> dict[str, tuple[int, int] | Count]:
    """Return the counts by metric id, whatever names they came under; what is not known is not there.

    Raises:
        UnknownCodeError: a name is that of nothing.
        InvalidValueError: counts are no whole numbers from 0 on, the part is larger than the whole, or a metric is
            given twice.
    """
    if not isinstance(counts, Mapping):
        raise InvalidValueError.of("counts", counts, vi="số liệu theo mã chỉ số", en="counts by metric id")
    given, found = items_of(cast("object", counts), "counts"), dict[str, tuple[int, int] | Count]()
    for metric in names.metrics:
        if metric.id in given and (read := _read(metric, given.pop(metric.id))) is not None:
            found[metric.id] = read
    if given:
        for name, read in _by_portal_names(names, given):
            if name in found:
                raise InvalidValueError.of(
                    f"counts[{name}]", name, vi="mỗi chỉ số một lần", en="each metric once, under one of its names"
                )
            found[name] = read
    return found


def _by_portal_names(names: Names, loose: Mapping[object, object]) -> Iterator[tuple[str, tuple[int, int] | Count]]:
    classes: dict[str, tuple[int, int] | Count] = {}
    numbers: dict[str, int] = {}
    for name, value in loose.items():
        if not isinstance(name, str) or not (name in names.codes or name in names.fields or name in names.unused):
            raise unknown_metric(name, names.known)
        if name in names.codes:
            metric = names.codes[name]
            read = _read(metric, value)
            if read is not None:
                classes[metric.id] = read if metric.id not in classes else _added(metric, classes[metric.id], read)
        elif name in names.fields and value is not None:
            numbers[name] = _number(name, value)
    yield from classes.items()
    used: set[str] = set()
    for metric in names.metrics:
        fields = metric.portal_fields
        if fields is not None and all(name in numbers for name in fields.numerator + fields.denominator):
            used.update(fields.numerator, fields.denominator)
            above, below = (sum(numbers[name] for name in side) for side in (fields.numerator, fields.denominator))
            yield metric.id, _pair(metric, (above, below))
    for name in (each for each in numbers if each not in used):
        _ensure_company(names.fields[name], name, loose)


def _ensure_company(metrics: tuple[Metric, ...], name: str, loose: Mapping[object, object]) -> None:
    """Refuse a number of no use: the other fields of its metrics are not there, not even as unknown."""
    asked = [fields.numerator + fields.denominator for metric in metrics if (fields := metric.portal_fields)]
    if not any(all(other in loose for other in others) for others in asked):
        wanted = ", ".join(dict.fromkeys(other for others in asked for other in others if other not in loose))
        raise InvalidValueError.of(f"counts[{name}]", loose[name], vi=f"kèm {wanted}", en=f"{wanted} with it")


def _added(metric: Metric, one: tuple[int, int] | Count, other: tuple[int, int] | Count) -> tuple[int, int]:
    """Return the sum of two classes of one whole."""
    if isinstance(one, Count) or isinstance(other, Count) or one[1] != other[1]:
        raise InvalidValueError.of(
            f"counts[{metric.id}]", other, vi="các loại của cùng một tổng số", en="classes of one and the same whole"
        )
    return _pair(metric, (one[0] + other[0], one[1]))


def _read(metric: Metric, value: object) -> tuple[int, int] | Count | None:
    """Return the counts of one metric; None where there are none."""
    nothing, given = value is None, value
    if isinstance(value, _SEQUENCES):
        parts = cast("Sequence[Any]", value)
        if len(parts) == 2 and type(parts[0]) is int and type(parts[1]) is int:
            return _pair(metric, (parts[0], parts[1]))
        nothing = len(parts) == 2 and parts[0] is None and parts[1] is None
        if len(parts) == 3 and all(type(part) is int and 0 <= part < MOST for part in parts):
            above, below, unknown = parts
            pair = _pair(metric, (above, below))
            if not unknown:
                return pair
            if metric.kind is MetricKind.SHARE:
                return Count(numerator=above, denominator=below, unknown=unknown)
    if nothing:
        return (0, 0) if metric.zero.null_too else None
    if not isinstance(value, Count):
        raise _not_counts(metric, given)
    if value.denominator + value.unknown >= MOST:
        raise _not_counts(metric, given)
    pair = value.numerator, value.denominator
    if value.unknown or value.told != pair:
        if metric.kind is MetricKind.SHARE:
            return value
        raise _not_counts(metric, value)
    return pair


def _pair(metric: Metric, pair: tuple[int, int]) -> tuple[int, int]:
    numerator, denominator = pair
    if not (0 <= numerator < MOST and 0 <= denominator < MOST):
        raise _not_counts(metric, pair)
    if numerator > denominator and (metric.kind is MetricKind.SHARE or denominator == 0):
        raise InvalidValueError.of(
            f"counts[{metric.id}]",
            (numerator, denominator),
            vi="tử số không lớn hơn mẫu số",
            en="a numerator that is not above its denominator",
        )
    return numerator, denominator


def _number(name: str, value: object) -> int:
    # an exact type: True is an int to Python and no count
    if type(value) is not int or not 0 <= value < MOST:
        raise InvalidValueError.of(f"counts[{name}]", value, vi="số nguyên từ 0 trở lên", en="a whole number from 0 on")
    return value


def _not_counts(metric: Metric, pair: object) -> InvalidValueError:
    return InvalidValueError.of(
        f"counts[{metric.id}]",
        pair,
        vi="cặp (tử số, mẫu số) gồm hai số nguyên từ 0 trở lên",
        en="a pair (numerator, denominator) of whole numbers from 0 on",
    )
