"""Totals of hazards that say of themselves that they were found in the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.checks import saying
from mingxi_desktop.ledger.checks.check import Cure, Scope, Trash
from mingxi_desktop.ledger.checks.twice import alike_totals
from mingxi_desktop.ledger.checks.twice.not_counted import not_counted
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.checks import found_again as reading

SUBJECT = "carried"
_SAYS = pattern(
    r"(?:上年度?|去年|上一年度?|跨年|历年)[^，。；]{0,6}(?:结转|遗留|转入|未整改|未完成|整改|隐患)|结转|跨年整改"
)
_NONE = pattern(r"无(?:上年|去年)?(?:结转|遗留)")


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each such total of the year."""
    schema = scope.store.schema
    totals = alike_totals.totals(scope, schema.kinds["hazard"])
    for number, area, day, found, text in reading.speaking_of_before(schema, totals):
        if _SAYS.search(text) and not _NONE.search(text):
            amount = saying.amount(kind_of("hazard"), found)
            message = (
                f"{saying.place(scope, area)}{saying.day(day)}的隐患“{saying.short(text)}”（{amount}）是上年发现的，"
                f"记成{scope.year}年发现会在两年各算一遍；整改数填到上年那些记录上"
            )
            earlier = reading.open_totals(schema, scope.year - 1, area)
            records = tuple(("hazard", one) for one in (number, *earlier))
            yield Concern("found_again", Severity.WARNING, message, records, SUBJECT, (found,))


def cures(scope: Scope, number: int) -> Sequence[Cure]:
    """It goes, or it does not count."""
    kind = kind_of("hazard")
    edit = not_counted(scope, kind, (number,), "上年发现的，不计入今年总数")
    return (
        Cure("不计入总数（1 条）", f"上年结转的隐患 #{number} 不计入{scope.year}年总数", (edit,)),
        Cure("移入回收站（1 条）", f"上年结转的隐患 #{number} 移入回收站", (Trash("hazard", (number,)),)),
    )
