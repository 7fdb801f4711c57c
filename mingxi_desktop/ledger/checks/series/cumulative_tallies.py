"""Daily reports of a flood: running totals taken for increments, both at once, and totals that fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.kinds.response_tally import CUMULATIVE, INCREMENT
from mingxi_desktop.ledger.checks import saying, telling
from mingxi_desktop.ledger.checks.check import Cure, Edit, Scope, Trash
from mingxi_desktop.ledger.checks.series import running_totals
from mingxi_desktop.storage.checks.cumulative import TALLY_FIGURES, Tally, tallies

KIND = "response_tally"
RISING, BASES, FALLING, COUNTY = "rising", "bases", "falling", "county"
_NEVER_FALLING = ("evacuees", "cadres", "deaths", "injured")
"""Missing people are found again; nobody else leaves a running total."""
_PEOPLE = ("evacuees", "cadres")
_TOTAL_SHARE = 0.5
"""From this share of what the townships report on, the county's own row is taken for their total."""
Group = Sequence[Tally]
_Key = tuple[str, str]
_make = partial(Concern, "cumulative_added")


def find(scope: Scope) -> Iterator[Concern]:
    """What is wrong with the reports of each flood and township."""
    groups: dict[_Key, list[Tally]] = defaultdict(list)
    for tally in tallies(scope.store, scope.year):
        groups[tally.event, tally.area].append(tally)
    for key, group in groups.items():
        days = [tally for tally in group if tally.basis == INCREMENT]
        totals = [tally for tally in group if tally.basis == CUMULATIVE]
        if days and totals:
            yield from _bases(scope, key, days, totals)
        elif _runs_on(days):
            yield _rising(scope, key, days)
        yield from _falling(scope, key, totals)
    yield from _county(scope, groups)


def cures(_scope: Scope, concern: Concern) -> Sequence[Cure]:
    """Another basis, or only one of two."""
    ids = tuple(number for _, number in concern.records)
    sort = concern.subject.partition(":")[0]
    if sort == RISING:
        return (_as(CUMULATIVE, ids),)
    if sort == FALLING:
        return (_as(INCREMENT, ids),)
    if sort == COUNTY:
        own = ids[: int(concern.facts[0])]
        return (Cure(f"删除县直的 {len(own)} 条", "删除县直的合计，只留各乡镇自己报的", (Trash(KIND, own),)),)
    days = int(concern.facts[0])
    return (
        Cure("只留累计", f"删除 {days} 条当日新增，只留累计", (Trash(KIND, ids[:days]),)),
        Cure("只留当日新增", f"删除 {len(ids) - days} 条累计，只留当日新增", (Trash(KIND, ids[days:]),)),
        _as(CUMULATIVE, ids[:days]),
    )


def _as(basis: str, ids: tuple[int, ...]) -> Cure:
    edit = Edit(KIND, {key: {"basis": basis} for key in ids})
    return Cure(f"改为{basis}", f"把 {len(ids)} 条响应统计的口径改为“{basis}”", (edit,))


def _runs_on(days: Group) -> bool:
    """Whether rows marked 当日新增 are running totals."""
    told = [tally for tally in days if any(tally.figures)]
    figures = [tally.figures for tally in told]
    if len(told) < 2:
        return False
    said = any(running_totals.says_so(f"{tally.note}\n{_file(tally)}") for tally in told)
    if said and running_totals.never_fall(figures) and figures[0] != figures[-1]:
        return True
    return len({tally.day for tally in told}) == len(told) and running_totals.grow_daily(figures)


def _file(tally: Tally) -> str:
    return tally.source.rpartition(" · ")[0]


def _rising(scope: Scope, key: _Key, days: Group) -> Concern:
    name = max(TALLY_FIGURES, key=lambda name: (_sum(days, name), name == "evacuees"))
    field = kind_of(KIND).field(name)
    told = [tally for tally in days if _figure(tally, name) is not None]
    shown = telling.some(
        [f"{telling.month_day(one.day)}{telling.amount(field, _figure(one, name) or 0)}" for one in told]
    )
    added, last = _sum(days, name), _figure(told[-1], name) or 0
    message = (
        f"{_where(scope, key)}的响应统计有{len(days)}期写的是当日新增，"
        f"{field.label}却一期比一期多（{shown}），像是累计数："
        f"相加得{telling.amount(field, added)}，按累计只有{telling.amount(field, last)}"
    )
    return _make(Severity.WARNING, message, _refs(days), _subject(RISING, key), (added, last))


def _bases(scope: Scope, key: _Key, days: Group, totals: Group) -> Iterator[Concern]:
    """Increments beside running totals, but for those that came in one table and say the same."""
    batches = {tally.batch for tally in (*days, *totals)}
    until = totals[-1].day
    pairs = {
        name: (_sum([one for one in days if one.day <= until], name), _last(totals, name))
        for name in TALLY_FIGURES
        if any(_figure(one, name) is not None for one in days) and _last(totals, name) is not None
    }
    if len(batches) == 1 and None not in batches and all(one == other for one, other in pairs.values()):
        return
    said = [
        f"{field.label}当日新增相加{telling.amount(field, added)}、累计{telling.amount(field, last or 0)}"
        for name, (added, last) in pairs.items()
        if added or last
        for field in (kind_of(KIND).field(name),)
    ]
    message = (
        f"{_where(scope, key)}的响应统计既有当日新增（{len(days)}条）又有累计（{len(totals)}条）"
        f"{'：' if said else ''}{telling.some(said[:2])}；报告只取最后一期累计，当日新增不算，请核对以哪一种为准"
    )
    facts = [len(days), *(number or 0 for pair in pairs.values() for number in pair)]
    yield _make(Severity.WARNING, message, _refs([*days, *totals]), _subject(BASES, key), tuple(facts))


def _falling(scope: Scope, key: _Key, totals: Group) -> Iterator[Concern]:
    """A running total below one before it, without a word on why."""
    for name in _NEVER_FALLING:
        highest: Tally | None = None
        for tally in totals:
            number = _figure(tally, name)
            if number is None:
                continue
            before = None if highest is None else _figure(highest, name)
            if highest is not None and before is not None and number < before and not tally.note:
                field = kind_of(KIND).field(name)
                message = (
                    f"{_where(scope, key)}{telling.month_day(tally.day)}"
                    f"的累计{field.label}{telling.amount(field, number)}，"
                    f"比{telling.month_day(highest.day)}的{telling.amount(field, before)}还少；累计数不会减少，"
                    "请核对，确实如此的在备注里说明"
                )
                rest = [one for one in totals if one not in (tally, highest)]
                subject = _subject(FALLING, key)
                yield _make(
                    Severity.ERROR, message, _refs([tally, highest, *rest]), subject, (number, before)
                )
                return
            if before is None or number >= before:
                highest = tally


def _county(scope: Scope, groups: Mapping[_Key, Group]) -> Iterator[Concern]:
    """The county's own rows that are the total of what the townships report themselves."""
    county = telling.county(scope)
    for (event, area), own in groups.items():
        if area != county:
            continue
        others = [group for (of, place), group in groups.items() if of == event and place != county]
        for name in _PEOPLE:
            total = _counted(own, name)
            sums = [number for group in others if (number := _counted(group, name))]
            if total and (sum(sums) * _TOTAL_SHARE <= total if len(sums) > 1 else sums == [total]):
                field = kind_of(KIND).field(name)
                message = (
                    f"{telling.event(scope, event)}的响应统计里，"
                    f"县直的{field.label}{telling.amount(field, total)}像是全县合计，"
                    f"{len(sums)}个乡镇自己又报了{telling.amount(field, sum(sums))}，相加会把同一批人算两遍"
                )
                refs = _refs([*own, *(tally for group in others for tally in group if _figure(tally, name))])
                facts = (len(own), total, *sums)
                yield _make(Severity.WARNING, message, refs, _subject(COUNTY, (event, area)), facts)
                break


def _counted(group: Group, name: str) -> int:
    """What the reports of one place come to, as the indicators count them."""
    totals = [tally for tally in group if tally.basis == CUMULATIVE]
    return _last(totals, name) or _sum(group, name) if totals else _sum(group, name)


def _figure(tally: Tally, name: str) -> int | None:
    return tally.figures[TALLY_FIGURES.index(name)]


def _sum(group: Group, name: str) -> int:
    return sum(_figure(tally, name) or 0 for tally in group)


def _last(group: Group, name: str) -> int | None:
    return next((number for one in reversed(group) if (number := _figure(one, name)) is not None), None)


def _where(scope: Scope, key: _Key) -> str:
    return f"{saying.place(scope, key[1])}{telling.event(scope, key[0])}"


def _refs(group: Group) -> tuple[Ref, ...]:
    return tuple((KIND, tally.id) for tally in group)


def _subject(sort: str, key: _Key) -> str:
    return f"{sort}:{'/'.join(key)}"
