"""Tables of drafts read row by row."""

from __future__ import annotations

from mingxi_desktop.report.proofreading.grids import in_rows
from mingxi_desktop.report.proofreading.numbers import find
from mingxi_desktop.report.proofreading.sentences import passages

_ROWS = "排查隐患数2023年1502条；排查隐患数2024年1683条；。整改率2023年99.2%；整改率2024年99.76%；。"


def read(text: str) -> str:
    (passage,) = passages(text, find(text), 2024)
    return in_rows(passage).text.replace("\n", "").strip()


def test_cells_one_a_line():
    cells = "指标 单位 2023年 2024年 排查隐患数 条 1502 1683 整改率 % 99.2% 99.76%".split()
    assert read("\n".join([*cells, ""])) == _ROWS


def test_rows_of_plain_text():
    rows = [
        "指标          单位  2023年  2024年",
        "----------  ----  ------  ------",
        "排查隐患数      条      1502    1683",
        "整改率          %     99.2%  99.76%",
    ]
    assert read("\n".join([*rows, ""])).replace("-", "").strip() == _ROWS


def test_the_unit_may_stand_in_the_head():
    text = "乡镇\n排查数（条）\n整改数（条）\n盖洋镇\n19\n16\n胡坊镇\n8\n8\n合计\n27\n24\n"
    assert read(text).endswith("合计排查数27条；合计整改数24条；。")


def test_cells_without_a_head_are_left_alone():
    text = "排查隐患数\n1683\n条\n"
    assert read(text) == text.replace("\n", "")
