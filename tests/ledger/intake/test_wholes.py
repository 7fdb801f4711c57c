"""Parts of a sum of money that stand in one table with the whole they are of."""

from __future__ import annotations

import pytest

from mingxi_desktop.errors import UserError

HEADER = ["编号", "日期", "乡镇", "方向", "用途", "金额（元）", "上级项目"]


def won(code, amount, whole=None):
    return [code, "2024-6-1", "县直", "争取", "自然灾害救灾", amount, whole]


def test_parts_may_stand_above_their_whole(desk):
    rows = [won("丙", 100, "乙"), won("丁", 7), won("乙", 300, "甲"), won("甲", 1000), won("戊", 200, "甲")]
    done = desk.take([HEADER, *rows], kind="fund")
    assert (done.faults, done.skipped) == ([], [])
    stored = {row[0]: row[1:] for row in desk.records("fund", "code", "parent", "source_ref")}
    assert {code: bool(whole) for code, (whole, _) in stored.items()} == {
        "甲": False, "乙": True, "丙": True, "丁": False, "戊": True
    }  # fmt: skip
    assert [stored[row[0]][1].rpartition(" ")[2] for row in rows] == [f"第{line}行" for line in range(2, 7)]
    assert list(stored) == ["甲", "乙", "丙", "丁", "戊"], "each right after what it needs"


def test_rows_that_point_to_each_other_in_a_circle_are_refused(desk):
    rows = [won("甲", 100, "乙"), won("乙", 100, "甲")]
    with pytest.raises(UserError, match="没有这个上级项目：甲") as refused:
        desk.take([HEADER, *rows], kind="fund")
    assert refused.value.detail == "表.xlsx · Sheet1 第3行"
    assert desk.records("fund", "code") == []


def test_parts_of_a_wrong_row_are_left_out_with_it(desk):
    rows = [won("丙", 100, "乙"), won("乙", 300, "甲"), won("甲", "若干"), won("丁", 7)]
    done = desk.take([HEADER, *rows], kind="fund", valid=True)
    assert [row for row, *_ in done.faults] == [4]
    assert done.skipped == [
        (2, "上级项目“乙”那一行有错误，这一行也没有导入"),
        (3, "上级项目“甲”那一行有错误，这一行也没有导入"),
    ]
    assert desk.records("fund", "code") == ["丁"]
