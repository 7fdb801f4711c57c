"""The stock sheet in words and on paper."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from mingxi_desktop.domain.references import ITEM, Entry
from mingxi_desktop.ledger import stock_paper
from mingxi_desktop.ledger.stock_sheet import StockRow
from mingxi_desktop.report.table_pages.model import Look
from mingxi_desktop.storage.stock import Sums

DAY = datetime.date(2024, 6, 18)


def row(name: str, *numbers: int | Decimal, floor: int | None = None, price: int | None = None) -> StockRow:
    opening, incoming, outgoing, counted = (Decimal(number) for number in numbers)
    left = opening + incoming - outgoing + counted
    cost = Decimal(price) if price is not None else None
    return StockRow(
        Entry(ITEM, name, unit="床", group="生活类"),
        Sums(opening, incoming, outgoing, counted, left, cost),
        any(numbers),
        floor,
    )


QUILTS = row("棉被", 1500, 0, Decimal("82.5"), 0, floor=100, price=12)
BEDS = row("折叠床", 0, 0, 40, 0)
TENTS = row("帐篷", 0, 0, 0, 0, floor=5)


def test_what_was_not_moved_is_empty_and_what_is_left_is_always_said() -> None:
    assert stock_paper.row_texts(QUILTS) == (
        "棉被", "床", "生活类", "1,500", "", "82.5", "", "1,417.5", "100", "够用", "17,010.00",
    )  # fmt: skip
    assert stock_paper.row_texts(BEDS)[7:] == ("-40", "", "▲ 出大于入", "")
    assert stock_paper.row_texts(TENTS)[3:] == ("", "", "", "", "0", "5", "▲ 低于下限", "")


@pytest.mark.parametrize(
    ("number", "text"), [("12500", "12,500"), ("82.50", "82.5"), ("-1234.5", "-1,234.5"), ("0", "0")]
)
def test_numbers_have_their_thousands_told_apart(number: str, text: str) -> None:
    assert stock_paper.number_text(Decimal(number)) == text


def test_the_sheet_says_its_day_its_number_of_supplies_and_their_worth() -> None:
    made = stock_paper.table("明溪县应急管理局", [QUILTS, BEDS], DAY)
    assert (made.title, made.office) == ("救灾物资库存（2024年6月18日）", "明溪县应急管理局")
    assert made.conditions == "2024年1月1日至6月18日为本年收发；共 2 种"
    assert made.totals == {10: "17,010.00"}
    assert [column.header for column in made.columns][3:8] == ["期初", "入库", "出库", "盘点", "现存"]
    assert stock_paper.table("局", [BEDS], DAY, short=True).conditions.endswith(
        "只列低于下限、出大于入的，共 1 种"
    )


def test_all_columns_have_room_on_a_page() -> None:
    printed = stock_paper.press("明溪县应急管理局", [QUILTS, BEDS, TENTS], DAY).render(Look())
    assert not printed.left_out
    assert printed.rendered.pages == 1
