"""Trap: totals and single records of the same ledger, place and month, which add up to twice as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.same_things import LIKES
from mingxi_desktop.ledger.checks import saying
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope, Trash
from mingxi_desktop.ledger.checks.series import cumulative
from mingxi_desktop.ledger.checks.twice import alike_totals as alike
from mingxi_desktop.ledger.checks.twice import total_rows
from mingxi_desktop.ledger.checks.twice.not_counted import not_counted
from mingxi_desktop.ledger.checks.twice.total_evidence import total_words
from mingxi_desktop.ledger.checks.twice.totals_beside import Beside, Search

CODE = "mixed_granularity"


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each ledger, place and month in which totals and single records lie side by side."""
    told = total_rows.told(scope) | cumulative.told(scope)
    words = total_words(scope)
    for like in LIKES:
        kind = scope.store.schema.kinds[like.kind]
        ids = [number for number in alike.totals(scope, kind) if (like.kind, number) not in told]
        if ids:
            for found in Search(scope, kind, like, ids, words).found():
                yield _concern(scope, kind, found)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """The totals go, or the single records, or (of hazards) the totals no longer count."""
    kind = scope.store.schema.kinds[concern.records[0][0]]
    ids = tuple(number for _, number in concern.records)
    number = int(concern.facts[0])
    totals, single = ids[:number], ids[number:]
    called = concern.message.partition("既有")[0].partition("与")[0]
    found = [
        Cure(
            f"汇总移入回收站（{len(totals)} 条）",
            f"{called}只留逐条的，{len(totals)} 条汇总移入回收站",
            (Trash(kind.name, totals),),
        ),
        Cure(
            f"逐条移入回收站（{len(single)} 条）",
            f"{called}只留汇总的，{len(single)} 条移入回收站",
            (Trash(kind.name, single),),
        ),
    ]
    if kind.has("in_total") and not concern.subject.endswith("beside"):
        edit = not_counted(scope, kind, totals, "已有逐条记录，不计入总数")
        sentence = f"{called}已有逐条的，{len(totals)} 条汇总不计入总数"
        found.insert(1, Cure(f"汇总不计入总数（{len(totals)} 条）", sentence, (edit,)))
    return found


def _concern(scope: Scope, kind: Kind, found: Beside) -> Concern:
    beside = sorted(found.records.values(), key=lambda row: (row.day, row.id))
    totals = sorted(found.totals, key=lambda row: (row.day, row.id))
    records = tuple((kind.name, row.id) for row in (*totals, *beside))
    whole, parts = sum(row.quantity for row in totals), sum(row.quantity for row in beside)
    said = saying.amount(kind, whole) if kind.quantity else ""
    sums = f"，合计{said}" if said else ""
    part = f"，合计{saying.amount(kind, parts)}" if kind.quantity else ""
    where = f"{saying.place(scope, found.place)}{_time(scope, found.months)}的{kind.label}"
    if found.county:
        areas = len({row.place for row in beside})
        message = (
            f"{where}汇总（{saying.numbers([row.id for row in totals])}{sums}）与{areas}个乡镇同期的{len(beside)}条"
            f"{part.replace('，', '（', 1)}{'）' if part else ''}是同样的事，相加会算两遍"
        )
    else:
        message = (
            f"{where}既有逐条（{len(beside)}条{part}）又有汇总（{len(totals)}条{sums}），"
            f"相加会把{said or '同样的物资'}算两遍"
        )
    flag = totals[0].flag
    subject = (
        f"{kind.name}:{found.place}:{scope.year}-{found.months.start:02}{':beside' if flag is False else ''}"
    )
    return Concern(CODE, Severity.WARNING, message, records, subject, (len(totals), whole, parts))


def _time(scope: Scope, span: range) -> str:
    if span.start == 0:
        return f"{scope.year}年"
    last = span.stop - 1
    return f"{scope.year}年{span.start}月" if last == span.start else f"{scope.year}年{span.start}至{last}月"


CHECK = Check(
    code=CODE,
    label="汇总与逐条并存",
    about="同一乡镇同一月份，有了逐条的记录就不要再记合计；留一样，另一样移入回收站或不计入总数。",
    kinds=(*(like.kind for like in LIKES), "supply_line"),
    find=find,
    cures=cures,
)
