"""What cannot be true beside another number of the same draft, whatever the records say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.judge import in_unit, says
from mingxi_desktop.report.proofreading.numbers import Shape
from mingxi_desktop.report.proofreading.reading import Reading
from mingxi_desktop.report.proofreading.verdicts import written

_PARENT = "parent"
_TOTAL = pattern(r"^(?:合计|共计|总计|共)$")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Readings that do not fit together (their places), and why, in a Chinese half sentence."""

    places: tuple[int, ...]
    why: str


def conflicts(readings: Sequence[Reading]) -> Iterator[Conflict]:
    """Every contradiction among the numbers of a draft."""
    said: dict[tuple[str, int], list[int]] = {}
    for place, reading in enumerate(readings):
        if reading.value is not None and _counts(reading):
            said.setdefault((reading.value.indicator.id, reading.back), []).append(place)
    first = {key: min(places, key=lambda place: _is_rough(readings[place])) for key, places in said.items()}
    for places in said.values():
        yield from _twice(readings, places)
    for key, place in first.items():
        yield from _rate(readings, first, key, place)
        yield from _pairs(readings, first, key, place)
    yield from _parts(readings)
    yield from _sums(readings)


def _counts(reading: Reading) -> bool:
    return reading.number.shape is Shape.COUNT and isinstance(reading.number.amount.value, Decimal)


def _amount(reading: Reading) -> Decimal:
    """What is written, in the indicator's unit."""
    assert reading.value is not None
    return in_unit(reading.number, reading.value.indicator.unit)[0]


def _is_rough(reading: Reading) -> bool:
    amount = reading.number.amount
    return amount.least or amount.about or reading.number.scaled


def _twice(readings: Sequence[Reading], places: Sequence[int]) -> Iterator[Conflict]:
    """The same indicator with two values; a rounded one may stand beside the exact one."""
    for at, place in enumerate(places):
        for other in places[at + 1 :]:
            one, two = readings[place], readings[other]
            unit = one.value.indicator.unit if one.value else ""
            if not (says(one.number, _amount(two), unit) or says(two.number, _amount(one), unit)):
                label = one.value.indicator.label if one.value else ""
                why = f"本稿的{label}一处写{written(one.number)}，一处写{written(two.number)}"
                yield Conflict((place, other), why)


def _rate(
    readings: Sequence[Reading], first: Mapping[tuple[str, int], int], key: tuple[str, int], place: int
) -> Iterator[Conflict]:
    """A rate against the two numbers that it is made of."""
    reading = readings[place]
    indicator = reading.value.indicator if reading.value else None
    if indicator is None or indicator.aggregate is not Aggregate.RATIO:
        return
    top, bottom = first.get((indicator.of, key[1])), first.get((indicator.per, key[1]))
    if top is None or bottom is None or not _amount(readings[bottom]):
        return
    if _is_rough(readings[top]) or _is_rough(readings[bottom]):
        return
    share = _amount(readings[top]) * 100 / _amount(readings[bottom])
    if not says(reading.number, share, "%"):
        parts = f"{plain(_amount(readings[top]))}÷{plain(_amount(readings[bottom]))}"
        why = f"{indicator.label}写{reading.number.amount.text}，按{parts}应为{plain(share.quantize(Decimal('0.01')))}%"
        yield Conflict((place, top, bottom), why)


def _pairs(
    readings: Sequence[Reading], first: Mapping[tuple[str, int], int], key: tuple[str, int], place: int
) -> Iterator[Conflict]:
    """A part above its whole (整改多于排查, 一项资金多于总额), and what should be the same and is not."""
    one = readings[place]
    for (_, back), other in first.items():
        two = readings[other]
        if other == place or back != key[1] or one.value is None or two.value is None:
            continue
        part, whole = one.value.indicator, two.value.indicator
        if _is_part(part, whole) and _amount(one) > _most(two):
            why = f"{part.label}{written(one.number)}多于{whole.label}{written(two.number)}"
            yield Conflict((place, other), why)
        elif _agree(part, whole) and _amount(one) != _amount(two):
            why = f"{part.label}{written(one.number)}与{whole.label}{written(two.number)}应当一致"
            yield Conflict((place, other), why)


def _agree(one: Indicator, other: Indicator) -> bool:
    """Whether the two must be the same, each pair asked once; not all that is found need be rectified yet."""
    return one.agrees_with == other.id and one.id < other.id and not (one.until or other.until)


def _is_part(part: Indicator, whole: Indicator) -> bool:
    """Whether every record of the one is, by its definition, counted in the other."""
    if part.kind != whole.kind or part.unit != whole.unit or part.aggregate is not whole.aggregate:
        return False
    if part.aggregate is not Aggregate.SUM or part.years != whole.years:
        return False
    own, of = dict(part.where or {}), dict(whole.where or {})
    if part.until and not whole.until:
        return own == of
    of.pop(_PARENT, None)
    narrower = all(own.get(name) == values for name, values in of.items()) and len(own) > len(of)
    return part.fields == whole.fields and bool(of) and narrower


def _most(reading: Reading) -> Decimal:
    assert reading.value is not None
    value, step = in_unit(reading.number, reading.value.indicator.unit)
    return value + step if _is_rough(reading) else value


def _parts(readings: Sequence[Reading]) -> Iterator[Conflict]:
    """What follows 其中 in its clause against the number before it in the same unit."""
    for place, reading in enumerate(readings):
        if reading.scope.part < 0 or not _counts(reading) or "，" in reading.since_part:
            continue
        whole = _whole(readings, place)
        if whole is not None and not _is_rough(whole) and _written(reading) > _written(whole):
            why = f"“其中”的{written(reading.number)}多于前面的{written(whole.number)}"
            yield Conflict((place,), why)


def _whole(readings: Sequence[Reading], place: int) -> Reading | None:
    """The nearest number before 其中 in the same sentence and unit."""
    reading = readings[place]
    for other in reversed(readings[:place]):
        if not reading.same_sentence(other):
            return None
        if (
            other.at < reading.scope.part
            and _counts(other)
            and other.number.amount.unit == reading.number.amount.unit
        ):
            return other
    return None


def _written(reading: Reading) -> Decimal:
    value = reading.number.amount.value
    assert isinstance(value, Decimal)
    return value


def _sums(readings: Sequence[Reading]) -> Iterator[Conflict]:
    """A total behind a list of numbers in its unit: 甲3件、乙4件，共计8件."""
    for place, reading in enumerate(readings):
        if not _is_exact(reading) or not _TOTAL.search(reading.before):
            continue
        unit = reading.number.amount.unit
        listed: list[Reading] = []
        for part in reversed(readings[:place]):
            if not (reading.same_sentence(part) and _is_exact(part) and part.number.amount.unit == unit):
                break
            listed.append(part)
        total = sum(map(_written, listed), Decimal(0))
        if len(listed) > 1 and total != _written(reading):
            yield Conflict((place,), f"前面各项相加是{plain(total)}{unit}，这里写{written(reading.number)}")


def _is_exact(reading: Reading) -> bool:
    return (
        _counts(reading)
        and bool(reading.number.amount.unit)
        and not (_is_rough(reading) or reading.scope.why)
    )
