"""What stands in a ledger's table where it has no rows, and leads on from there."""

from __future__ import annotations

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.elsewhere import Held

_NONE_YET = "没有{0.label}记录。\n{0.help}\n按 Ctrl+N 新增，或把表格文件拖进窗口导入。"
_OTHER_YEARS = (
    "{1} 年没有{0.label}记录；{2}。换年度在窗口右上角。\n按 Ctrl+N 新增，或把表格文件拖进窗口导入。"
)
_NONE_FOUND = "没有符合条件的{0.label}。换个词或条件，或点“清除条件”看全部。"
_YEARS_NAMED = 3


def words(kind: Kind, query: Query, held: Held, *, narrowed: bool) -> str:
    """The sentence for an empty table.

    held: as counted last, maybe of the year before.  narrowed: by a search or a filter, which can be cleared.
    """
    if narrowed:
        return _NONE_FOUND.format(kind)
    if not held.elsewhere or held.year != query.year:
        return _NONE_YET.format(kind)
    years = "，".join(f"{year} 年有 {count:,} 条" for year, count in held.elsewhere[:_YEARS_NAMED])
    return _OTHER_YEARS.format(kind, query.year, years)
