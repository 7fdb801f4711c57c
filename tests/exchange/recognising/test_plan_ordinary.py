from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.exchange.cells import CellError, Merged, Sheet
from mingxi_desktop.exchange.recognising import plan as planning
from mingxi_desktop.exchange.recognising.headers import find_layout
from mingxi_desktop.exchange.recognising.plan import make_plan
from mingxi_desktop.exchange.recognising.plan_ordinary import Block
from mingxi_desktop.exchange.recognising.targets import targets_of

HEADER = ["序号", "排查日期", "乡镇", "隐患内容", "发现数量", "已整改数量", "身份证号", "天气"]
DAY = datetime.date(2024, 6, 9)
ODD = [
    ["合计", None, None, None, 12, 3],
    [None, "小计：", None, None, 4, 1],
    ["单位负责人：张三", None, None, "填表人：李四"],
    ["注：本表每月5日前报送", "一"],
    ["上年同期", DAY, "盖洋镇", "问题", 3, 1],
    ["示例", DAY, "盖洋镇", "问题", 3, 1],
    ["条", "个", "家", "处", "次", "人"],
    HEADER,
    [],
    [None, "  ", "\u3000"],
    [7],
    ["盖洋镇"],
    [8, DAY, "同上", "问题", 1, 0],
    [None, None, None, None, None, None, "350421"],
    [9, DAY, "胡坊镇", "总阀漏水", 1, 0, "350421", "晴", "多出的"],
    [10, DAY, "胡坊镇", "备注：没有栏杆", 1, CellError("#REF!")],
    [11, "2024-6-9", "统计局", "全县累计", True, 0.5],
]  # fmt: skip


def ordinary(number):
    return [number, DAY, "盖洋镇", f"第{number}处", 1, 0, None, "晴" if number % 3 else None]


def looked_at(plan):
    rows = [
        (row.number, row.uid, row.running, row.parent, row.section, row.shifted, list(row.cells),
         list(row.others), list(row.people)) for row in plan.rows
    ]  # fmt: skip
    return rows, plan.skipped, plan.notices, plan.below


@pytest.mark.parametrize("header", [HEADER, HEADER[1:], ["记录标识", *HEADER[1:]]], ids=["数", "字", "标识"])
@pytest.mark.parametrize("block", [3, 7, 1000])
@pytest.mark.parametrize("separated", [True, False])
def test_rows_sorted_in_blocks_are_those_sorted_one_by_one(monkeypatch, header, block, separated):
    rows = [["1", "2", "3", "4", "5", "6"]]
    for place, odd in enumerate(ODD):
        rows += [*(ordinary(10 * place + more) for more in range(place % 5)), odd]
    rows += [ordinary(300 + more) for more in range(20)]
    rows = [list(row[len(HEADER) - len(header) :]) for row in rows]

    def planned():
        sheet = Sheet("表", [header, *rows], separated=separated, merged=(Merged(40, 2, 41, 2),) * separated)
        return looked_at(make_plan(sheet, find_layout(sheet, targets_of("hazard"))))

    monkeypatch.setattr(planning, "_BLOCK", block)
    together = planned()
    monkeypatch.setattr(Block, "remarkable", lambda *_: None)
    assert planned() == together
    assert len(together[0]) > 20


def test_ordinary_rows_are_not_looked_at_one_by_one(monkeypatch):
    alone = []
    take = planning._Sorting.take
    monkeypatch.setattr(
        planning._Sorting, "take", lambda self, index: (alone.append(index), take(self, index))
    )
    rows = [*(ordinary(number) for number in range(50)), ["合计", None, None, None, 50, 0]]
    sheet = Sheet("表", [HEADER, *rows])
    monkeypatch.setattr(planning, "_BLOCK", 10)
    plan = make_plan(sheet, find_layout(sheet, targets_of("hazard")))
    assert len(plan.rows) == 50
    assert alone == [1, 51]


def test_a_row_under_many_that_says_the_same_takes_what_was_written_last():
    towns = ["盖洋镇", *["同上"] * 5, "胡坊镇", "同上", None, "同上"]
    rows = [[number, DAY, town, "问题", 1, 0] for number, town in enumerate(towns, 1)]
    sheet = Sheet("表", [HEADER[:6], *rows])
    plan = make_plan(sheet, find_layout(sheet, targets_of("hazard")))
    area = [{column.header: cell for column, cell in row.cells}["乡镇"] for row in plan.rows]
    assert area == ["盖洋镇"] * 6 + ["胡坊镇"] * 2 + [None, "胡坊镇"]
