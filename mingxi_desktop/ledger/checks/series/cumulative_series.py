"""Rows that stand for many things and run on from the beginning of the year, added together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.checks import saying, telling
from mingxi_desktop.ledger.checks.check import Cure, Edit, Scope, Trash
from mingxi_desktop.ledger.checks.series import running_totals
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.checks import cumulative as reading
from mingxi_desktop.storage.checks.cumulative import FIGURES, Batch

SAID, BESIDE, GROWING = "said", "beside", "growing"
"""Rows that say that they run on; one of them beside ordinary ones; rows that grow as only such rows do."""
_GOODS = "supply_movement"
_TOGETHER, _ALMOST_ALL = 3, 0.8
_PERIOD = pattern(
    r"20\d\d年?|\d+|[一二三四五六七八九十]+(?=[月期季周次])|[月日号期周]份?|第|[上下]半年|[至到—~～-]"
    r"|截至|截止|累计|以来|年初|今年"
)
_DEFAULTS = frozenset({"其他", "一般", None})
Series = list[Batch]
_Key = tuple[str, tuple[Any, ...]]
"""Area and thing."""
_make = partial(Concern, "cumulative_added", Severity.WARNING)


def find(scope: Scope) -> Iterator[Concern]:
    """Series of running totals in every ledger but the daily reports."""
    for kind in FIGURES:
        yield from _of_kind(scope, kind, reading.batches(scope.store, kind, scope.year))
    yield from _of_kind(scope, _GOODS, reading.goods(scope.store, scope.year))


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """Only the last one, or what came new in each."""
    sort, kind = concern.subject.split(":")[:2]
    ids = [number for _, number in concern.records]
    label = kind_of(kind).label
    earlier = tuple(ids[1:] if sort == BESIDE else ids[:-1])
    sentence = f"删除前面 {len(earlier)} 条{label}，只留最后一期累计"
    last = Cure("只留最后一期", sentence, (Trash(kind, earlier),))
    if kind == _GOODS:
        return (last,)
    found = {row.id: row for row in reading.batches(scope.store, kind, scope.year)}
    if not all(number in found for number in ids):
        return ()
    rows = [found[number] for number in ids]
    steps = _one_new(kind, rows) if sort == BESIDE else _each_new(kind, rows)
    if not steps:
        return (last,)
    steps = tuple(_noted(scope, step) if isinstance(step, Edit) else step for step in steps)
    new = Cure("改成当期新增", f"把 {len(ids)} 条{label}里的累计数改成当期新增", steps)
    return (new, last) if sort == BESIDE else (last, new)


def _of_kind(scope: Scope, kind: str, rows: Sequence[Batch]) -> Iterator[Concern]:
    groups: dict[_Key, Series] = defaultdict(list)
    for row in rows:
        groups[row.area, _thing(scope, kind, row)].append(row)
    left: dict[_Key, Series] = {}
    for key, series in groups.items():
        said = _said(series)
        if len(said) > 1:
            yield _told(scope, kind, key, [*_before(said[0], series), *said], SAID)
        elif said and (earlier := _before(said[0], series)):
            yield _told(scope, kind, key, [*earlier, said[0]], BESIDE)
        else:
            left[key] = [row for row in series if row.aggregate]
    together = _together(left)
    for key, series in left.items():
        if key in together or _grows(series):
            yield _told(scope, kind, key, series, GROWING)


def _thing(scope: Scope, kind: str, row: Batch) -> tuple[Any, ...]:
    """What rows of one series agree in; of a title what is left without periods and the place."""
    if kind != "activity":
        return row.thing
    sort, title = row.thing
    return sort, _PERIOD.sub("", (title or "").replace(saying.place(scope, row.area), ""))


def _said(series: Series) -> Series:
    """The rows that say that they run on, if their days and figures bear it out."""
    own = [row for row in series if running_totals.says_so(row.said)]
    files = [_file(row) for row in series]
    told = [row for row in series if row in own or running_totals.says_so(_file(row))]
    if len(told) < 2:
        return told if own or (told and files.count(_file(told[0])) == 1) else []
    figures = [row.figures for row in told]
    if len({row.day for row in told}) < len(told) or not running_totals.never_fall(figures):
        return []
    one_file = not own and len({_file(row) for row in told}) == 1
    return [] if one_file and not running_totals.rise(figures) else told


def _file(row: Batch) -> str:
    return row.source.rpartition(" · ")[0]


def _before(total: Batch, series: Series) -> Series:
    """The ordinary rows before one that runs on, if it can hold them all."""
    earlier = [row for row in series if row.day < total.day and row.aggregate]
    sums = [sum(row.figures[place] or 0 for row in earlier) for place in range(len(total.figures))]
    holds = all(one is None or one >= added for one, added in zip(total.figures, sums, strict=True))
    return earlier if holds and sums[0] else []


def _grows(series: Series) -> bool:
    return len(series) > 1 and running_totals.grow_steadily(
        [row.figures for row in series], [row.day for row in series]
    )


def _together(left: Mapping[_Key, Series]) -> set[_Key]:
    """Where the rows of one sort grow like running totals in nearly all the townships that report it."""
    alike: dict[tuple[Any, ...], list[_Key]] = defaultdict(list)
    for key, series in left.items():
        if len(series) >= _TOGETHER:
            alike[key[1]].append(key)
    found: set[_Key] = set()
    for keys in alike.values():
        rising = {key for key in keys if _rises(left[key])}
        if len(rising) >= max(_TOGETHER, _ALMOST_ALL * len(keys)):
            found |= rising
    return found


def _rises(series: Series) -> bool:
    days = {row.day for row in series}
    return len(days) == len(series) and running_totals.rise([row.figures for row in series])


def _told(scope: Scope, kind: str, key: _Key, rows: Series, sort: str) -> Concern:
    declared = kind_of(kind)
    field = kind_of("supply_line").field("quantity") if kind == _GOODS else declared.field(declared.quantity)
    unit = _goods_unit(scope, key) if kind == _GOODS else ""
    values = [row.figures[0] or 0 for row in rows]
    shown = [f"{telling.month_day(row.day)}{_amount(field, row, unit)}" for row in rows]
    added, last = sum(values), values[-1]
    what = f"{saying.place(scope, key[0])}的{declared.label}{_called(kind, key[1])}"
    total, kept = f"{telling.amount(field, added)}{unit}", f"{telling.amount(field, last)}{unit}"
    if sort == SAID:
        own = sum(running_totals.says_so(f"{row.said}\n{_file(row)}") for row in rows)
        message = (
            f"{what}有{own}条写明是累计数（{telling.some(shown)}），后一期已包含前一期，"
            f"相加得{total}，按最后一期只有{kept}"
        )
    elif sort == BESIDE:
        message = (
            f"{what}里{telling.month_day(rows[-1].day)}的{kept}写明是累计数，前面{len(rows) - 1}期"
            f"（{telling.some(shown[:-1])}）很可能已包含在内，相加得{total}，会算两遍"
        )
        rows = [rows[-1], *rows[:-1]]
    else:
        message = (
            f"{what}有{len(rows)}期汇总一期比一期多（{telling.some(shown)}），像是累计数："
            f"相加得{total}，如果是累计只有{kept}"
        )
    refs: tuple[Ref, ...] = tuple((kind, row.id) for row in rows)
    words = "/".join(str(part) for part in key[1])
    return _make(message, refs, f"{sort}:{kind}:{key[0]}:{words}", tuple(values))


def _amount(field: Field, row: Batch, unit: str) -> str:
    return f"{telling.amount(field, row.figures[0] or 0)}{unit}"


def _goods_unit(scope: Scope, key: _Key) -> str:
    """The unit and the name of the first of the goods."""
    found = scope.store.references.get(f"item:{str(key[1][2][0]).rpartition(':')[2]}")
    return f"{found.unit}{found.name}" if found else ""


def _called(kind: str, thing: tuple[Any, ...]) -> str:
    """In brackets what the rows are of, as far as it is more than the usual."""
    parts = thing[:-1] if kind == "hazard" else thing[:1] if kind == _GOODS else thing
    words = ["、".join(part) if isinstance(part, tuple) else part for part in parts if part not in _DEFAULTS]
    return f"（{'·'.join(words)}）" if words else ""


def _each_new(kind: str, rows: Series) -> tuple[Edit | Trash, ...]:
    """Each row becomes the difference to the one before; none where the ledger would refuse one of them."""
    return _changed(kind, rows[1:], [row.figures for row in rows[:-1]])


def _noted(scope: Scope, edit: Edit) -> Edit:
    """With a word in the note, for the texts still speak of running totals."""
    notes = {
        record.id: "；".join(filter(None, (record.values.get("note"), running_totals.MADE_NEW)))
        for record in scope.ledger.records(edit.kind, list(edit.values))
    }
    return Edit(edit.kind, {number: {**new, "note": notes[number]} for number, new in edit.values.items()})


def _one_new(kind: str, rows: Series) -> tuple[Edit | Trash, ...]:
    """The row that runs on, the first, becomes what came on top of the others."""
    sums = tuple(sum(row.figures[place] or 0 for row in rows[1:]) for place in range(len(rows[0].figures)))
    return _changed(kind, rows[:1], [sums])


def _changed(kind: str, rows: Series, before: Sequence[running_totals.Figures]) -> tuple[Edit | Trash, ...]:
    names = FIGURES[kind]
    edits: dict[int, dict[str, int]] = {}
    gone: list[int] = []
    for row, known in zip(rows, before, strict=True):
        new = {
            name: value - (less or 0)
            for name, value, less in zip(names, row.figures, known, strict=True)
            if value is not None
        }
        if not any(new.values()):
            gone.append(row.id)
        elif min(new.values()) < 0 or not new[names[0]] or not _parts_fit(kind, new):
            return ()
        else:
            edits[row.id] = new
    steps = (Edit(kind, edits), Trash(kind, tuple(gone)))
    return tuple(step for step in steps if (step.values if isinstance(step, Edit) else step.ids))


def _parts_fit(kind: str, new: Mapping[str, int]) -> bool:
    """Whether no more is rectified than was found."""
    return kind != "hazard" or new.get("quantity_rectified", 0) <= new["quantity_found"]
