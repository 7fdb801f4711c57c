"""Which column fills which field: neighbours tell totals, parts and facets apart, twins are left to the user."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.exchange.recognising.layout import Column, Facets, Role
from mingxi_desktop.exchange.recognising.meaning_column import Reading
from mingxi_desktop.exchange.recognising.meaning_facets import completed
from mingxi_desktop.exchange.recognising.meaning_lexicon import LAST, TELLING, Lexicon, fits, is_unit_key
from mingxi_desktop.exchange.recognising.meaning_text import family, text_of
from mingxi_desktop.exchange.recognising.targets import Target
from mingxi_desktop.patterns import pattern

_VALUE = "supply_line.value"
_GOODS = ("supply_line.quantity", "supply_line.item")
_EVERY_LEVEL = frozenset({"一般", "重大"})
_BASIS, _BASES = "basis", ("当日新增", "累计")
_YEAR = re.compile(r"(20\d\d)年")
_ONE_PERIOD = pattern(
    r"(?<![\d至到~—-])(?:1[0-2]|0?[1-9]|[一二三四五六七八九]|十[一二]?)月(?:份)?(?!\d)|第?[一二三四1-4]季度?|[上下]半年"
)
_SOURCE = pattern(
    r"(?:中央|省级?|市级?|县级?|本级|上级|财政|自筹|其他)+(?:财政)?(?:资金|补助|补助资金|经费|配套)(?:[(（].*[)）])?"
)
"""Columns of where money comes from: what they sum stands under 合计."""
_AREA = pattern(r"(?!各|乡镇|全)[\u4e00-\u9fff]{1,4}[镇乡]")
_LEGS = (("入库", "购入", "采购", "购置", "调入"), ("出库", "调拨", "调出", "领用"), ("发放",), ("报废",))


@dataclass(slots=True)
class Place:
    """A column with its reading; by_user: the user said what it means."""

    index: int
    header: str
    texts: tuple[str, ...]
    reading: Reading
    by_user: bool = False


def settle(lexicon: Lexicon, places: Sequence[Place]) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns in their final roles, and the headers that nobody can tell apart."""
    _earlier_years(places)
    _inherit(places)
    _bare_words(lexicon, places)
    _repeated_parts(places)
    _drop_told(places)
    _two_meanings(lexicon, places)
    _other_basis(places)
    _first_start(places)
    _totals(lexicon, places)
    _units_of_goods(lexicon, places)
    repeated = _one_for_each(places)
    return tuple(map(column_of, places)), repeated


def column_of(place: Place) -> Column:
    """The column as it is taken: a rate that the program works out by itself is marked as computed."""
    reading = place.reading
    computed = reading.rate and reading.role is Role.UNKNOWN  # 整改率: the program works it out
    role = Role.COMPUTED if computed else reading.role
    return Column(
        place.index, place.header, role, reading.target, reading.unit, reading.facets, place.texts,
        left_out=place.by_user and role is Role.UNKNOWN,
    )  # fmt: skip


def _earlier_years(places: Sequence[Place]) -> None:
    """2023年 beside 2024年: the figures of the earlier years are no news."""
    years = {place.index: _YEAR.findall("".join(place.texts)) for place in places}
    named = {found[0] for found in years.values() if len(set(found)) == 1}
    if len(named) < 2:
        return
    for place in places:
        found = years[place.index]
        if found and found[0] != max(named) and place.reading.numeric and not place.by_user:
            place.reading = replace(place.reading, role=Role.EARLIER)


def _inherit(places: Sequence[Place]) -> None:
    """其中已整改 is of the number at its left: it takes its facets; a part of a number unknown is unknown."""
    left: Reading | None = None
    for place in places:
        reading = place.reading
        if not reading.part or place.by_user:
            if not reading.rate:
                left = reading
            continue
        if reading.bare and (left is None or not left.numeric):
            place.reading = replace(reading, bare=())
        elif left is not None and left.role is not Role.FIELD:
            place.reading = replace(reading, role=Role.UNKNOWN, target=None, bare=(), names=())
        elif left is not None and left.numeric and reading.numeric and left.facets and not reading.facets:
            place.reading = replace(reading, facets=left.facets)


def _bare_words(lexicon: Lexicon, places: Sequence[Place]) -> None:
    """Columns that are nothing but words of one choice field count the ledger's things by them."""
    bare = [place for place in places if place.reading.bare and place.reading.role is Role.UNKNOWN]
    if not bare or not lexicon.kind.quantity:
        return
    votes = Counter(name for place in bare for name, _ in place.reading.bare)
    name, count = votes.most_common(1)[0]
    quantity = lexicon.kind.field(lexicon.kind.quantity)
    others = [place for place in places if place.reading.numeric and place.reading.facets]
    if quantity.name not in lexicon.words.numbers.get(name, ()):
        return
    counted = any(place.reading.unit and fits(quantity, place.reading.unit) for place in bare)
    plain = [
        place for place in places
        if place.reading.target and place.reading.target.field is quantity and not place.reading.facets
        and not place.reading.total
    ]  # fmt: skip
    alone = count + bool(others) + counted < 2
    if alone and not (plain and lexicon.kind.field(name).default is not None):
        return
    last: Reading | None = None
    for place in places:
        word = dict(place.reading.bare).get(name)
        if place not in bare or word is None:
            if place.reading.numeric:
                last = place.reading
            continue
        target, part = Target(quantity), place.reading.part
        if part and last is not None and last.target is not None:
            target = last.target
        if not fits(target.field, place.reading.unit):
            numbers = [lexicon.kind.field(number) for number in lexicon.words.numbers[name]]
            fitting = [item for item in numbers if fits(item, place.reading.unit)]
            if len(fitting) != 1:
                continue
            target = Target(fitting[0])  # 从业人员培训（人） beside 从业人员培训（场）
        facets = completed(lexicon.kind, ((name, word),))
        place.reading = replace(place.reading, role=Role.FIELD, target=target, facets=facets, bare=())
    for place in plain if not alone else ():
        place.reading = replace(place.reading, total=True)


def _repeated_parts(places: Sequence[Place]) -> None:
    """已整改 after 一般隐患 and 已整改 after 重大隐患: each is of the number at its left."""
    left: Facets = ()
    said: dict[str, list[tuple[Place, Facets]]] = {}
    for place in places:
        reading = place.reading
        if reading.role is not Role.FIELD or not reading.numeric or place.by_user:
            continue
        if reading.facets:
            left = reading.facets
        else:
            said.setdefault(reading.target.name if reading.target else "", []).append((place, left))
    for twins in said.values():
        facets = [found for _, found in twins]
        if len(twins) > 1 and all(facets) and len(set(facets)) == len(facets):
            for place, found in twins:
                place.reading = replace(place.reading, facets=found)


def _drop_told(places: Sequence[Place]) -> None:
    """A facet that has a column of its own is not needed, unless the header tells several apart by it."""
    told = {
        place.reading.target.field.name
        for place in places
        if place.reading.role is Role.FIELD and place.reading.target and not place.reading.target.child
    }
    words: dict[str, set[str]] = {}
    for place in places:
        for name, word in place.reading.facets:
            words.setdefault(name, set()).add(word)
    dropped = {name for name, found in words.items() if name in told and len(found) == 1}
    for place in places:
        if dropped and place.reading.facets:
            kept: Facets = tuple(pair for pair in place.reading.facets if pair[0] not in dropped)
            place.reading = replace(place.reading, facets=kept)


def _two_meanings(lexicon: Lexicon, places: Sequence[Place]) -> None:
    """A header with two meanings gets the first whose field is free and whose kind of value fits."""
    numbers = any(
        (place.reading.numeric and place.reading.rank < LAST)
        or place.reading.rate
        or (lexicon.kind.name == "fund" and _SOURCE.fullmatch("".join(place.texts)))
        for place in places
    )
    for place in places:
        if not place.reading.names or place.reading.role is not Role.UNKNOWN:
            continue
        taken = {other.reading.target.plain_name for other in places if other.reading.target}
        for name in place.reading.names:
            if not name or name in taken:
                continue
            item = lexicon.kind.field(name)
            if name != "reporter" and "reporter" in place.reading.names and _counts_only(lexicon, places):
                continue
            number = item.type in (FieldType.INT, FieldType.DECIMAL, FieldType.MONEY)
            unit = place.reading.unit
            if (number and not (unit or numbers)) or not fits(item, unit):
                continue
            place.reading = replace(place.reading, role=Role.FIELD, target=Target(item), rank=LAST)
            break


def _other_basis(places: Sequence[Place]) -> None:
    """转移人数 beside 累计转移人数 is the day's, and the total beside 当日新增."""
    bases: dict[str, set[str]] = {}
    for place in places:
        reading = place.reading
        if reading.role is Role.FIELD and reading.target:
            bases.setdefault(reading.target.name, set()).add(dict(reading.facets).get(_BASIS, ""))
    for place in places:
        reading = place.reading
        found = bases.get(reading.target.name, set()) if reading.target else set()
        if reading.role is Role.FIELD and not reading.facets and len(found) == len(_BASES) and "" in found:
            (other,) = set(_BASES) - found
            place.reading = replace(reading, facets=((_BASIS, other),))


def _first_start(places: Sequence[Place]) -> None:
    """Ⅳ级启动时间 and Ⅲ级启动时间: a response starts once, what follows raises it."""
    started = False
    for place in places:
        target = place.reading.target
        if target is None or ("action", "启动") not in target.sets or target.field.name != "at":
            continue
        if started:
            sets = (("action", "提升"), *target.sets[1:])
            place.reading = replace(place.reading, target=replace(target, sets=sets))
        started = True


def _counts_only(lexicon: Lexicon, places: Sequence[Place]) -> bool:
    """Whether each row counts many things and tells of none."""
    fields = [place.reading.target.field for place in places if place.reading.target]
    told = {item.name for item in fields} & set(TELLING.get(lexicon.kind.name, ()))
    return not told and any(item.type is FieldType.INT for item in fields)


def _totals(lexicon: Lexicon, places: Sequence[Place]) -> None:
    """合计 beside the numbers it sums, and a number without facets beside the same number by all facets."""
    split: dict[str, set[Facets]] = {}
    wide = any(place.reading.target and place.reading.target.sets for place in places)
    for place in places:
        reading = place.reading
        if reading.role is Role.FIELD and reading.numeric and reading.facets and reading.target:
            split.setdefault(reading.target.name, set()).add(reading.facets)
    _open_parts(lexicon, places, split)
    for place in places:
        reading = place.reading
        if place.by_user or reading.role not in (Role.FIELD, Role.UNKNOWN):
            continue
        name = reading.target.name if reading.target and reading.role is Role.FIELD else ""
        if name and len(split.get(name, ())) > 1:
            sums = reading.total or not reading.facets
        else:
            sums = reading.total and not name and (bool(split) or (wide and family(reading.unit) != "money"))
        if sums:
            place.reading = replace(reading, role=Role.TOTAL)
    _lone_parts(lexicon, places, split)


def _open_parts(lexicon: Lexicon, places: Sequence[Place], split: dict[str, set[Facets]]) -> None:
    """其中企业负责人, 其中从业人员 of all trained: there may be others, so that the whole is what counts."""
    whole = _wholes(places)
    for place in places:
        reading = place.reading
        if not reading.part or not reading.facets or reading.target is None or place.by_user:
            continue
        name = reading.target.name
        said = {word for facets in split.get(name, ()) for _, word in facets}
        if name in whole and not said >= _EVERY_LEVEL and not _leaves_rest(lexicon, reading):
            place.reading = replace(reading, role=Role.UNKNOWN)
            split[name].discard(reading.facets)


def _lone_parts(lexicon: Lexicon, places: Sequence[Place], split: dict[str, set[Facets]]) -> None:
    """其中中小企业 beside the number of all: the rest has no column, so the part is only mentioned."""
    whole = _wholes(places)
    for place in places:
        reading = place.reading
        if place.by_user or reading.role is not Role.FIELD or not reading.facets or reading.target is None:
            continue
        name = reading.target.name
        if name in whole and len(split.get(name, ())) == 1 and not _leaves_rest(lexicon, reading):
            place.reading = replace(reading, role=Role.UNKNOWN)


def _leaves_rest(lexicon: Lexicon, reading: Reading) -> bool:
    """Whether what is not of the part is known all the same: of all hazards those that are not 重大 are 一般."""
    kind, target = lexicon.kind, reading.target
    counts = target is not None and target.field.name == kind.quantity and not target.child
    return counts and all(kind.field(name).default is not None for name, _ in reading.facets)


def _units_of_goods(lexicon: Lexicon, places: Sequence[Place]) -> None:
    """单位 behind the goods is their unit, which the list of goods has, else who receives; 合计（元） their value."""
    if lexicon.kind.name != "supply_movement":
        return
    names = {place.reading.target.plain_name for place in places if place.reading.target}
    first = next((place.index for place in places if _is_of_goods(place)), -1)
    for place in places:
        if place.reading.total and family(place.reading.unit) == "money" and _VALUE not in names:
            value = kinds.kind_of("supply_line").field("value")
            place.reading = replace(place.reading, role=Role.FIELD, target=Target(value, "supply_line"))
        if place.reading.role is not Role.UNKNOWN or not is_unit_key(text_of(place.texts[-1]).key):
            continue
        if names & set(_GOODS) and place.index > first:
            place.reading = replace(place.reading, role=Role.COMPUTED, rank=0)
        elif not names & {"receiver", "area"}:
            names.add("receiver")
            target = Target(lexicon.kind.field("receiver"))
            place.reading = replace(place.reading, role=Role.FIELD, target=target)


def _is_of_goods(place: Place) -> bool:
    """Whether the column names goods or counts them: the unit they are counted in stands to the right."""
    return place.reading.target is not None and place.reading.target.plain_name in _GOODS


def _one_for_each(places: Sequence[Place]) -> tuple[str, ...]:
    """One column for each field and facets: the user's, else the one best known, else the first."""
    groups: dict[tuple[str, Facets], list[Place]] = {}
    for place in places:
        reading = place.reading
        if reading.role is Role.FIELD and reading.target:
            groups.setdefault((reading.target.name, reading.facets), []).append(place)
    repeated: list[str] = []
    for (name, _), group in groups.items():
        best = min(
            group,
            key=lambda place: _preference(place, group),
        )
        if len(group) > 1 and not best.by_user:
            shared = _shared_out(best, group)
            repeated += [place.header for place in shared]
            if not shared and _are_twins(name, best, group):
                repeated.append(best.header)
        for place in group:
            if place is not best and not (place.by_user and best.by_user):
                place.reading = replace(place.reading, role=Role.SECOND)
    return tuple(repeated)


def _preference(place: Place, group: Sequence[Place]) -> tuple[bool, bool, bool, int, int]:
    """The best of several columns for one field sorts first."""
    running = "累计" in place.header and any("累计" not in other.header for other in group)
    return (not place.by_user, running, _is_hour(place, group), place.reading.rank, place.index)


def _is_hour(place: Place, group: Sequence[Place]) -> bool:
    """Whether 调度时间 stands beside 调度日期: then it is the hour."""
    head, ending = place.header[:-2], place.header[-2:]
    return ending == "时间" and any(other.header == f"{head}日期" for other in group)


def _shared_out(best: Place, group: Sequence[Place]) -> list[Place]:
    """Columns of one number for several months or townships (1月 排查数, 2月 排查数): none stands for all."""
    whose, rest = _whose(best)
    if not whose or not best.reading.numeric:
        return []
    said = {place.index: _whose(place) for place in group}
    alike = [place for place in group if said[place.index][0] and said[place.index][1] == rest]
    return alike if any(said[place.index][0] != whose for place in alike) else []


def _whose(place: Place) -> tuple[str, str]:
    """The one month or township that a header names, and the header without it."""
    header = "".join(place.texts)
    named = [found[0] for found in _ONE_PERIOD.finditer(header)]
    named = named or [text for text in place.texts[:1] if _AREA.fullmatch(text)]
    return (named[0], header.replace(named[0], "", 1)) if len(named) == 1 else ("", header)


def _are_twins(name: str, best: Place, group: Sequence[Place]) -> bool:
    """Whether another column says the very same, or goods go in and out in the same row."""
    if any(other.texts == best.texts for other in group if other is not best):
        return True
    legs = {leg for leg in _LEGS for place in group if any(word in place.header for word in leg)}
    return name == _GOODS[0] and len(legs) > 1


def _wholes(places: Sequence[Place]) -> set[str]:
    """The fields that have a column for all, not for one sort only."""
    return {
        place.reading.target.name
        for place in places
        if place.reading.role is Role.FIELD and place.reading.target and not place.reading.facets
    }
