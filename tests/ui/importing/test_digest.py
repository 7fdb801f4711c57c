"""What is said of a table: equal messages are one line, and every row has its word."""

from __future__ import annotations

import ast
from pathlib import Path

import mingxi_desktop
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.ledger.intake.result import Doubt, Doubtful, Rejected
from mingxi_desktop.ui.importing.digest import _HERE, ERROR, HINT, SKIP, rows_text, short, told
from mingxi_desktop.ui.importing.told import remark, summary, unclear
from tests.ui.importing import made


def test_each_row_has_its_word_and_each_cell_its_mark() -> None:
    said = told(made.dirty())
    assert said.words == {4: "重复", 5: ERROR, 6: "有改动", 7: "已有", 8: SKIP, 9: SKIP}
    assert said.marks[5, 1][0] == ERROR
    assert said.marks[4, 1] == (HINT, "6.10没有年份，按标题的2024年")
    assert list(said.filled) == [3, 4, 5, 6, 7, 8, 9]
    assert list(said.noted) == [4, 5, 6, 7]
    assert said.place_of(6, noted=False) == 3
    assert said.place_of(6, noted=True) == 2
    assert said.place_of(8, noted=True) == -1


def test_faults_come_first_and_say_where_and_what() -> None:
    first, *rest = told(made.dirty()).messages
    assert (first.severity, first.where, first.column, first.value) == (ERROR, "5", "检查时间", "2024.6.31")
    assert first.text == "2024.6.31不是日期（6月只有30天），请改成实际的检查日期"
    assert [message.severity for message in rest] == [HINT, HINT, HINT, SKIP, SKIP]


def test_equal_messages_are_one_line_with_a_count() -> None:
    many = [
        Notice("W_DEFAULT", f"第{row}行“发现数”（E{row}）：没填，按1", row, "发现") for row in range(3, 303)
    ]
    (line,) = told(made.good(warnings=many, skipped=[])).messages
    assert line.rows == tuple(range(3, 303))
    assert line.where == "3–302"
    assert line.text == "没填，按1"


def test_like_messages_with_other_values_are_put_together_when_they_are_many() -> None:
    def years(count: int) -> list[Notice]:
        return [
            Notice("W_YEAR_ASSUMED", f"第{row}行“检查时间”（B{row}）：6.{row}没有年份", row, "检查时间")
            for row in range(3, 3 + count)
        ]

    assert len(told(made.good(warnings=years(4), skipped=[])).messages) == 4
    (line,) = told(made.good(warnings=years(40), skipped=[])).messages
    assert "同类的共 40 处" in line.text


def test_different_faults_stay_apart_but_do_not_flood_the_list() -> None:
    faults = [
        Rejected(row, "数", "x", str(row), "E_NUMBER", f"第{row}行：{row}x不是数", 4)
        for row in range(3, 2503)
    ]
    messages = told(made.good(rejected=faults, skipped=[])).messages
    assert len(messages) == 1_001
    assert "另有 1,500 条" in messages[-1].text


def test_rows_in_words() -> None:
    assert rows_text(()) == ""
    assert rows_text((3, 5)) == "3、5"
    assert rows_text((3, 5, 9, 20)) == "3 等 4 行"


def test_like_sentences_of_many_rows_are_one() -> None:
    rows = [["标题"], ["表头"], *([n, "2024.6.9", "甲", "乙"] for n in range(5_000))]
    doubtful = [Doubtful(Doubt.SAME, [row], "已有", row) for row in range(3, 2_503)]
    many = [Notice("W_YEAR_ASSUMED", f"第{row}行：{row}没有年份", row, "检查时间") for row in range(3, 5_003)]
    sheet = made.good(
        cells=Sheet("6月", rows), last_row=len(rows), doubtful=doubtful, warnings=many, skipped=[]
    )
    said = told(sheet)
    assert len(said.filled) == 5_000
    assert len(said.messages) == 1


def test_tables_in_a_few_words() -> None:
    assert remark(made.good()) == "全部识别"
    assert remark(made.hidden()).startswith("没有打勾，不导入")
    assert "没有找到合适的台账" in remark(made.homeless())
    assert remark(made.refused()) == "有打开密码，请先在 Excel 或 WPS 里去掉密码再导入"
    assert remark(made.good(rows=[], read=0)) == "表头下面没有数据"
    text = summary(made.everything())
    assert text.startswith("5 个文件，3 张表：9 条可导入，1 处有错，1 条已有，1 条重复，1 条有改动")
    assert text.endswith("1 张没读成")


def test_many_columns_without_a_meaning_are_one_sentence() -> None:
    many = [
        Notice("W_COLUMN_IGNORED", f"列“栏{n}”（{n}列）不是这本台账的内容，没有导入", 0, f"栏{n}")
        for n in range(34)
    ]
    sheet = made.good(warnings=many, skipped=[])
    assert remark(sheet) == "34 列不认得，没有导入（栏0、栏1、栏2 等）"
    (line,) = told(sheet).messages
    assert line.text == f"{remark(sheet)}；要导入请在第 2 步给它们选字段"
    assert "不认得" not in remark(made.good(warnings=many[:1]))


def test_a_page_of_explanations_asks_for_nothing() -> None:
    rows = [["填表说明"], [None, "一、每月25日前报"], ["二、没有的填0"]]
    sheet = made.homeless()
    assert unclear(sheet) == "要选台账"
    sheet.cells = Sheet("填表说明", rows)
    assert unclear(sheet) == ""
    assert remark(sheet) == "不是表格，没有读"


def test_what_to_do_is_said_as_it_is_done_in_the_window() -> None:
    """Every phrase that is put otherwise is one that the program says."""
    package = Path(mingxi_desktop.__file__).parent
    codes = [path.read_text(encoding="utf-8") for path in package.rglob("*.py") if "ui" not in path.parts]
    # Reading code takes long: first where a phrase stands in one piece.
    codes.sort(key=lambda code: not any(phrase in code for phrase in _HERE))
    unsaid = set(_HERE)
    for code in codes:
        if unsaid:
            said = [str(node.value) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]
            unsaid -= {phrase for phrase in unsaid if any(phrase in text for text in said)}
    assert not unsaid
    assert not [phrase for phrase, here in _HERE.items() if here == phrase]
    text = "要填写乡镇；表里没有这一列，请指定哪一列是它，或给整张表填一个值"
    assert "请在第 2 步指定哪一列是它" in short(made.good(), text)
