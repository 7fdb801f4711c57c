"""Many lines that say the same, as one: of rows of a table, of indicators without records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

NO_RECORDS = "：没有记录"
"""How a report ends what it says of an indicator without records."""
_FEW, _LISTED = 2, 3


def of_rows(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """A line for what is said of rows, in the order of the first.

    items: with row (1-based, None of the whole table), column (a header) and message.  Where more than two rows are
    told the same, one line names the first of them and how many they are.
    """
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for item in items:
        groups.setdefault((item.get("column") or "", _without_row(item)), []).append(item)
    lines = []
    for (_, said), alike in groups.items():
        if len(alike) <= _FEW or not alike[0].get("row"):
            lines += [placed(item) for item in alike]
            continue
        rows = list(dict.fromkeys(int(item["row"]) for item in alike))
        listed = "、".join(map(str, rows[:_LISTED])) + ("等" if len(rows) > _LISTED else "")
        lines.append(f"{placed({**alike[0], 'row': None, 'message': said})}（{len(rows)}行：第{listed}行）")
    return lines


def of_indicators(warnings: Sequence[str]) -> list[str]:
    """The same warnings, those of more than two indicators without records in one line, the first."""
    bare = [warning.removesuffix(NO_RECORDS) for warning in warnings if warning.endswith(NO_RECORDS)]
    if len(bare) <= _FEW:
        return list(warnings)
    others = [warning for warning in warnings if not warning.endswith(NO_RECORDS)]
    return [f"{len(bare)}个指标没有记录：{'、'.join(bare)}", *others]


def placed(item: Mapping[str, Any]) -> str:
    """The message, with row and column before it as far as it does not name them itself."""
    row = f"第{item['row']}行" if item.get("row") else ""
    column = f"“{item['column']}”" if item.get("column") else ""
    place = "".join(part for part in (row, column) if part not in item["message"])
    return f"{place}：{item['message']}" if place else str(item["message"])


def _without_row(item: Mapping[str, Any]) -> str:
    """第3行“整改情况”（H3）“是”按…记 → “整改情况”（H列）“是”按…记."""
    row = item.get("row")
    if not row:
        return str(item["message"])
    start = f"第{row}行"
    message = str(item["message"]).removeprefix(f"{start}：").removeprefix(start)
    head, sign, rest = message.partition(f"{row}）")
    letters = head.rpartition("（")[2]
    return f"{head}列）{rest}" if sign and letters.isascii() and letters.isupper() else message
