"""催报单 on paper: all who owe anything in one table, or the list of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mingxi_desktop.ledger.duties.reminding import CLOSING, Owed, Reminder, day_words
from mingxi_desktop.report.table_pages.model import Column, Section, Table

if TYPE_CHECKING:
    from mingxi_desktop.report.table_pages.press import TablePress

_COLUMNS = (("台账", 30.0), ("报送时段", 42.0), ("应报日期", 22.0), ("已过（天）", 16.0))


def table(asked: Reminder, ref: str = "") -> Table:
    """A reminder to be printed: all in one table with a heading for each, or the list of one of them."""
    chosen = asked.only(ref)
    whose = dict(asked.who).get(ref, "")
    number = f"{len(asked.who)}个单位" if not ref else ""
    return Table(
        title=f"{whose}{asked.year}年台账报送催报单",
        conditions=f"截至{day_words(asked.today)}，{number}应报未报共{len(chosen)}项。{CLOSING}",
        office=asked.bureau,
        printed=f"打印日期：{asked.today.isoformat()}",
        columns=[Column(header, "", width, right=header.endswith("）")) for header, width in _COLUMNS],
        rows=[_row(one) for one in chosen],
        sections=() if ref else _sections(chosen),
    )


def press(asked: Reminder, ref: str = "") -> TablePress:
    """What prints the reminder."""
    from mingxi_desktop.report import fonts
    from mingxi_desktop.report.table_pages.press import TablePress

    return TablePress(table(asked, ref), fonts.resolve())


def _sections(chosen: Sequence[Owed]) -> list[Section]:
    found: list[Section] = []
    for place, one in enumerate(chosen):
        if not place or chosen[place - 1].ref != one.ref:
            count = sum(other.ref == one.ref for other in chosen)
            found.append(Section(one.name, place, count))
    return found


def _row(one: Owed) -> tuple[str, ...]:
    return one.what, one.period.full, one.due.isoformat(), str(one.days) if one.days else "今天"
