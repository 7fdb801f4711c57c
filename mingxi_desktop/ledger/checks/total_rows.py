"""Trap: rows of a table that are totals of others (合计, 小计) and were read as records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import COUNTY
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.ledger.checks import alike_totals as alike
from mingxi_desktop.ledger.checks import saying
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope, Trash
from mingxi_desktop.ledger.checks.not_counted import not_counted
from mingxi_desktop.ledger.checks.total_evidence import Names, Total, totals_of
from mingxi_desktop.storage.checks import total_rows as reading

CODE = "total_row"
_DAILY: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "response_tally": (("event", "record_date", "basis"), ("evacuees", "cadres")),
    "disaster_loss": (("event", "record_date", "stage"), ("affected", "relocated", "loss")),
}
"""Ledgers of a flood: what the figures of one moment have in common, and the figures."""


def find(scope: Scope) -> Sequence[Concern]:
    """A concern for each sheet, or place and month, that has totals among its records."""
    return scope.ledger.remembered.get((CODE, scope.year), lambda: tuple(_find(scope)))


def told(scope: Scope) -> frozenset[Ref]:
    """The records that this check tells of, so that no other one tells of them again."""
    return frozenset(ref for concern in find(scope) for ref in concern.records)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """The totals go, or (of hazards) do not count."""
    kind = scope.store.schema.kinds[concern.records[0][0]]
    ids = tuple(number for _, number in concern.records)
    count = f"{len(ids)} 条"
    found = [
        Cure(f"移入回收站（{count}）", f"{kind.label}的合计行 {count}移入回收站", (Trash(kind.name, ids),))
    ]
    if kind.has("in_total"):
        edit = not_counted(scope, kind, ids, "合计行，不计入总数")
        found.append(Cure(f"不计入总数（{count}）", f"{kind.label}的合计行 {count}不计入总数", (edit,)))
    return found


def _find(scope: Scope) -> Iterator[Concern]:
    names = Names(scope)
    for like in alike.LIKES:
        kind = scope.store.schema.kinds[like.kind]
        groups: dict[object, list[Total]] = defaultdict(list)
        for total in totals_of(scope, kind, like, names.of(kind)):
            groups[total.origin or (total.row.place, total.row.month)].append(total)
        for group in groups.values():
            yield _concern(scope, kind, group)
    yield from _of_floods(scope)


def _concern(scope: Scope, kind: Kind, group: Sequence[Total]) -> Concern:
    rows = [total.row for total in group]
    first = group[0]
    quantity = sum(row.quantity for row in rows)
    places = list(dict.fromkeys(saying.place(scope, row.place) for row in rows))
    where = f"{places[0]}等{len(places)}处" if len(places) > 1 else places[0]
    when = f"{scope.year}年{first.row.month}月" if first.row.month else f"{scope.year}年"
    words = "、".join(dict.fromkeys(f"“{saying.short(total.words)}”" for total in group if total.words))
    said = (
        f"合计行{words}"
        if words
        else f"合计行（数量正好是同表{'' if first.origin else '、同月'}其他各行之和）"
    )
    amount = f"，数量{saying.amount(kind, quantity)}" if kind.quantity else ""
    source = f"，来自“{first.origin.file}”" if first.origin and first.origin.file else ""
    message = (
        f"{where}{when}的{kind.label}里有{len(rows)}条是{said}"
        f"（{saying.numbers([row.id for row in rows])}{amount}{source}），和它所合计的记录相加会算两遍"
    )
    records = tuple((kind.name, row.id) for row in rows)
    return Concern(CODE, Severity.WARNING, message, records, f"{kind.name}:{where}:{when}", (quantity,))


def _of_floods(scope: Scope) -> Iterator[Concern]:
    """The county's own figures that are what the townships reported at the same time."""
    county = scope.store.references.find(AREA, COUNTY)
    if county is None:
        return
    for name, (by, figures) in _DAILY.items():
        kind = scope.store.schema.kinds[name]
        for number, *values in reading.of_a_day(scope.store.schema, kind, by, figures, county.id, scope.year):
            own, sums = values[: len(figures)], values[len(figures) :]
            pairs = [(one, two) for one, two in zip(own, sums, strict=True) if one]
            if pairs and all(one == two for one, two in pairs):
                shown = scope.ledger.get(name, number).shown
                message = (
                    f"{shown['event']}{saying.day(shown['record_date'])}的{kind.label}里，{shown['area']}一行"
                    f"（#{number}）正好是各乡镇之和，是合计行，和各乡镇的相加会算两遍"
                )
                yield Concern(
                    CODE,
                    Severity.WARNING,
                    message,
                    ((name, number),),
                    name,
                    tuple(int(value) for value in own if value),
                )


CHECK = Check(
    code=CODE,
    label="合计行当成了记录",
    about="表里的合计、小计行只用来核对，不是记录；它和上面各行相加就算了两遍，移入回收站。",
    kinds=(*(like.kind for like in alike.LIKES), *_DAILY),
    find=find,
    cures=cures,
)
