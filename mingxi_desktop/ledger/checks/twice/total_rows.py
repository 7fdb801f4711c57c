"""Trap: rows of a table that are totals of others (合计, 小计) and were read as records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.same_things import LIKES
from mingxi_desktop.ledger.checks import saying
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope, Trash
from mingxi_desktop.ledger.checks.series import cumulative
from mingxi_desktop.ledger.checks.twice.not_counted import not_counted
from mingxi_desktop.ledger.checks.twice.total_evidence import Names, Total, totals_of

CODE = "total_row"


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
    names, known = Names(scope), cumulative.told(scope)
    for like in LIKES:
        kind = scope.store.schema.kinds[like.kind]
        groups: dict[object, list[Total]] = defaultdict(list)
        for total in totals_of(scope, kind, like, names):
            if (kind.name, total.row.id) not in known:
                groups[total.origin or (total.row.place, total.row.month)].append(total)
        for group in groups.values():
            yield _concern(scope, kind, group)


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


CHECK = Check(
    code=CODE,
    label="合计行当成了记录",
    about="表里的合计、小计行只用来核对，不是记录；它和上面各行相加就算了两遍，移入回收站。",
    kinds=tuple(like.kind for like in LIKES),
    find=find,
    cures=cures,
)
