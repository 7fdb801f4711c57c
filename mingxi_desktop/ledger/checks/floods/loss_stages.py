"""Trap: 初报, 续报 and 核报 of one loss that count more than once, or contradict one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.checks import saying, telling
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope, Trash
from mingxi_desktop.ledger.checks.floods import loss_events
from mingxi_desktop.ledger.checks.twice import recorded_twice
from mingxi_desktop.storage.checks.loss_stages import FIGURES, Loss, losses

CODE = "loss_stages"
KIND = "disaster_loss"
STAGES = ("初报", "续报", "核报")
_FIRST, _NEXT, _FINAL = STAGES
_SAME, _ORDER, _EMPTY, _COUNTY = "same", "order", "empty", "county"
_TOTALLED = ("affected", "relocated", "loss")
"""What a county adds up of its townships' reports."""
_MONEY, _TOTAL_SHARE = "loss", 0.5
_MOST_NAMED = 3
Group = Sequence[Loss]
_Key = tuple[str, str]
_make = partial(Concern, CODE)


def find(scope: Scope) -> Iterator[Concern]:
    """The floods entered twice first, then each flood and place."""
    found = losses(scope.store, scope.year)
    yield from loss_events.find(scope, found)
    groups: dict[_Key, list[Loss]] = defaultdict(list)
    for loss in found:
        groups[loss.event, loss.area].append(loss)
    for key, group in groups.items():
        same = _twice(group)
        if same:
            if not _is_repetition(scope, same):
                yield _told_twice(scope, key, same)
        elif _astray(group):
            yield _told_order(scope, key, group)
        yield from _emptied(scope, key, group)
    yield from _county(scope, groups)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """The ways to put a finding right, by the sort that its subject begins with."""
    sort = concern.subject.partition(":")[0]
    if sort == loss_events.SORT:
        return loss_events.cures(scope, concern)
    ids = [number for _, number in concern.records]
    if sort == _COUNTY:
        own = tuple(ids[: int(concern.facts[0])])
        sentence = f"删除县直的 {len(own)} 条灾情合计，只留各乡镇自己报的"
        return (Cure(f"删除县直的 {len(own)} 条", sentence, (Trash(KIND, own),)),)
    known = {loss.id: loss for loss in losses(scope.store, scope.year)}
    if not all(number in known for number in ids):
        return ()
    group = sorted((known[number] for number in ids), key=lambda loss: (loss.day, loss.id))
    if sort == _SAME:
        return _cures_twice(group)
    return _cures_order(group) if sort == _ORDER else _cures_empty(known[ids[0]], group)


def _twice(group: Group) -> Group:
    """Reports of one stage of which there is one only: 续报 may follow 续报, but not on one day or word for word."""
    for stage in STAGES:
        alike = [loss for loss in group if loss.stage == stage]
        days = {loss.day for loss in alike}
        said = {loss.figures for loss in alike}
        if len(alike) > 1 and (stage != _NEXT or len(days) < len(alike) or len(said) < len(alike)):
            return alike
    return ()


def _is_repetition(scope: Scope, same: Group) -> bool:
    """Whether it is told already that these were entered twice."""
    numbers = {loss.id for loss in same}
    return any(numbers <= ids for ids in recorded_twice.together(scope, KIND))


def _told_twice(scope: Scope, key: _Key, same: Group) -> Concern:
    days = telling.some([f"{telling.month_day(loss.day)}{_said(loss)}" for loss in same])
    message = (
        f"{_where(scope, key)}的灾情有{len(same)}份{same[0].stage}（{days}），同一报次只有一份；"
        f"报告只取最后一份，请核对是重复登记还是报次写错"
    )
    return _make(
        Severity.WARNING, message, _refs(same), f"{_SAME}:{'/'.join(key)}:{same[0].stage}", (len(same),)
    )


def _cures_twice(same: Group) -> tuple[Cure, ...]:
    stage, ids = same[0].stage, [loss.id for loss in same]
    gone = Trash(KIND, tuple(ids[:-1]))
    last = Cure("只留最后一份", f"删除前面 {len(gone.ids)} 份{stage}，只留最后一份", (gone,))
    if stage == _NEXT or len({loss.day for loss in same}) < len(same):
        return (last,)
    others = ids[1:] if stage == _FIRST else ids[:-1]
    which = "后面" if stage == _FIRST else "前面"
    edit = Edit(KIND, {key: {"stage": _NEXT} for key in others})
    return Cure("改为续报", f"把{which} {len(others)} 份{stage}的报次改为“续报”", (edit,)), last


def _astray(group: Group) -> bool:
    """Whether a later stage is of an earlier day."""
    ranks = [STAGES.index(loss.stage) for loss in group]
    days = [loss.day for loss in group]
    return any(
        ranks[one] > ranks[other] and days[one] < days[other]
        for one in range(len(group))
        for other in range(one + 1, len(group))
    )


def _told_order(scope: Scope, key: _Key, group: Group) -> Concern:
    order = "、".join(f"{telling.month_day(loss.day)}{loss.stage}" for loss in group)
    last = max(group, key=lambda loss: STAGES.index(loss.stage))
    message = (
        f"{_where(scope, key)}的灾情报次和日期的先后相反（{order}）；"
        f"报告取的是{telling.month_day(last.day)}的{last.stage}，请核对日期或报次"
    )
    return _make(
        Severity.ERROR,
        message,
        _refs(group),
        f"{_ORDER}:{'/'.join(key)}",
        tuple(loss.stage for loss in group),
    )


def _cures_order(group: Group) -> tuple[Cure, ...]:
    """The stages there are, in the order of the days; none where two are of one day."""
    if len({loss.day for loss in group}) < len(group):
        return ()
    stages = sorted((loss.stage for loss in group), key=STAGES.index)
    values = {
        loss.id: {"stage": stage} for loss, stage in zip(group, stages, strict=True) if loss.stage != stage
    }
    return (Cure("按日期排报次", "把灾情的报次改成和日期的先后一致", (Edit(KIND, values),)),)


def _emptied(scope: Scope, key: _Key, group: Group) -> Iterator[Concern]:
    """A final report that leaves out what an earlier one had said, or any later one that says nothing."""
    order = sorted(group, key=lambda loss: STAGES.index(loss.stage))
    last = order[-1]
    names = _left_out(last, order[:-1])
    if names and (last.stage == _FINAL or not any(number is not None for number in last.figures)):
        labels = "、".join(kind_of(KIND).field(name).label for name in names[:_MOST_NAMED])
        more = f"等{len(names)}项" if len(names) > _MOST_NAMED else ""
        message = (
            f"{_where(scope, key)}{telling.month_day(last.day)}的{last.stage}没有填{labels}{more}，以前各报填过；"
            "没有填的仍按以前报的数计算，确实没有的请填0"
        )
        others = list(reversed(order[:-1]))
        yield _make(
            Severity.WARNING, message, _refs([last, *others]), f"{_EMPTY}:{'/'.join(key)}", tuple(names)
        )


def _left_out(last: Loss, earlier: Group) -> list[str]:
    return [
        name
        for place, name in enumerate(FIGURES)
        if last.figures[place] is None and any(loss.figures[place] for loss in earlier)
    ]


def _cures_empty(last: Loss, group: Group) -> tuple[Cure, ...]:
    """What was left out is 0, for this is what an empty figure of a final report means."""
    names = _left_out(last, [loss for loss in group if loss.id != last.id])
    if not names:
        return ()
    labels = "、".join(kind_of(KIND).field(name).label for name in names)
    values = Edit(KIND, {last.id: dict.fromkeys(names, 0)})
    return (Cure("没有填的补0", f"{last.stage}里没有填的{labels}补0", (values,)),)


def _county(scope: Scope, groups: Mapping[_Key, Group]) -> Iterator[Concern]:
    """The county's own report that is the total of the townships'."""
    county = telling.county(scope)
    for (event, area), own in groups.items():
        others = [group for (of, place), group in groups.items() if of == event and place != county]
        if area != county or not others:
            continue
        for name in _TOTALLED:
            total = _counted(own, name)
            sums = [number for group in others if (number := _counted(group, name))]
            if total and sums and _is_total(name, total, sums):
                field = kind_of(KIND).field(name)
                message = (
                    f"{telling.event(scope, event)}的灾情里，"
                    f"县直的{field.label}{telling.amount(field, total)}像是全县合计，"
                    f"{len(sums)}个乡镇自己又报了{telling.amount(field, sum(sums))}，相加会算两遍"
                )
                refs = _refs([*own, *(loss for group in others for loss in group if _counted([loss], name))])
                facts = (len(own), total, sum(sums))
                yield _make(Severity.WARNING, message, refs, f"{_COUNTY}:{event}", facts)
                break


def _is_total(name: str, total: int, sums: Sequence[int]) -> bool:
    """People live in townships; money the county's own departments may have lost beside them."""
    if name == _MONEY or len(sums) == 1:
        return total == sum(sums) or (len(sums) > 1 and abs(total - sum(sums)) * 10 <= sum(sums))
    return total >= sum(sums) * _TOTAL_SHARE


def _counted(group: Group, name: str) -> int | None:
    """The figure of the latest stage that says it."""
    place = FIGURES.index(name)
    order = sorted(group, key=lambda loss: STAGES.index(loss.stage))
    return next((loss.figures[place] for loss in reversed(order) if loss.figures[place] is not None), None)


def _said(loss: Loss) -> str:
    """The first figure of a report, with its unit."""
    for name, number in zip(FIGURES, loss.figures, strict=True):
        if number is not None and name in _TOTALLED:
            return telling.amount(kind_of(KIND).field(name), number)
    return ""


def _where(scope: Scope, key: _Key) -> str:
    return f"{saying.place(scope, key[1])}{telling.event(scope, key[0])}"


def _refs(group: Group) -> tuple[Ref, ...]:
    return tuple((KIND, loss.id) for loss in group)


CHECK = Check(
    CODE,
    "灾情重复统计",
    "同一过程同一乡镇只算最后一报：报次重复、先后颠倒、过程登记两遍、县里的合计和乡镇的数并存，都会算错。",
    (KIND, "disaster_event"),
    find,
    cures,
)
