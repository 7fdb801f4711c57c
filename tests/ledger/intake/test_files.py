from __future__ import annotations

import gc
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.recognising.plan_row import PlanRow
from mingxi_desktop.ledger.importing import Source, Wish
from mingxi_desktop.ledger.intake.memory import forget, remembered
from mingxi_desktop.ledger.intake.rows import RowReader
from tests.exchange.recognising.sheets import made_of

HEADER = ["日期", "乡镇", "隐患内容", "发现数量"]
ROW = ["2024-6-9", "盖洋镇", "甲", 1]
INSPECTION = [["检查日期", "乡镇", "检查类型", "受检企业"], ["2024-6-9", "盖洋镇", "执法检查", "甲厂"]]
ODD = [["何时", "乡镇", "谁", "什么"], ["2024-6-9", "盖洋", "王五", "漏电"]]
BOOK = Path("表.xlsx")


# which ledger


def test_each_sheet_finds_its_ledger(onlooker):
    found = onlooker.read(made_of([HEADER, ROW], "一"), made_of(INSPECTION, "二"))
    assert [(table.sheet, table.kind) for table in found.tables] == [("一", "hazard"), ("二", "inspection")]


def test_each_table_of_a_sheet_finds_its_ledger(onlooker):
    found = onlooker.read([["一、隐患"], HEADER, ROW, [], ["二、检查"], *INSPECTION])
    assert [(table.table, table.kind) for table in found.tables] == [(0, "hazard"), (1, "inspection")]


@pytest.mark.parametrize(("kind", "other"), [("hazard", "检查帮扶"), ("inspection", "隐患")])
def test_a_table_of_another_ledger_than_the_wanted_one_is_left_out_and_told(onlooker, kind, other):
    found = onlooker.read([["一、隐患"], HEADER, ROW, [], ["二、检查"], *INSPECTION], kind=kind)
    assert [table.kind for table in found.tables] == [kind]
    assert f"起的表像是“{other}”" in found.message("W_OTHER_LEDGER")


def test_a_title_decides_between_ledgers_of_the_same_header(onlooker):
    rows = [["日期", "乡镇", "名称", "类型", "人数"], ["2024-6-9", "盖洋镇", "某某", "其他", 3]]
    assert onlooker.read([["演练台账"], *rows]).tables[0].kind == "activity"


def test_a_sheet_that_fits_no_ledger_is_refused_with_words_and_offered(onlooker):
    found = onlooker.read([["姓名", "工资"], ["张三", 1]])
    assert found.faults == [(0, "", "E_NO_HEADER")]
    assert "没有找到任何一本台账的表头" in found.message("E_NO_HEADER")
    assert found.found.sheets[-1].cells.rows[1] == ["张三", 1]


def test_a_card_is_refused_with_words(onlooker):
    card = [["隐患登记卡"], ["日期", "2024-6-9", "乡镇", "盖洋镇"], ["隐患内容", "灭火器过期"]]
    found = onlooker.read(card, kind="hazard")
    assert found.faults == [(0, "", "E_OTHER_LEDGER")]
    assert "是一张登记卡（每项内容写在名称旁边），没有读" in found.message("E_OTHER_LEDGER")


def test_a_table_with_a_column_for_each_month_is_told(onlooker):
    found = onlooker.read([["培训场次"], ["乡镇", "1月", "2月"], ["盖洋镇", 2, 1]], kind="activity")
    assert "是一个月份一列的表，没有读；请改成一个月份一行" in found.message("E_OTHER_LEDGER")


def test_tables_beside_each_other_are_all_taken(onlooker):
    rows = [[*HEADER, None, *HEADER], [*ROW, None, "2024-6-10", "胡坊镇", "乙", 2]]
    found = onlooker.read(rows, kind="hazard")
    assert found.ready("area", "quantity_found") == [("盖洋镇", 1), ("胡坊镇", 2)]
    assert [table.table for table in found.tables] == [0, 1]


def test_a_sheet_beside_a_table_that_fits_none_is_told(onlooker):
    found = onlooker.read(made_of([HEADER, ROW], "一"), made_of([["花名", "爱好"], ["甲", "钓鱼"]], "二"))
    assert "工作表“二”里没有台账的表头" in found.message("W_SHEET_SKIPPED")


# hidden sheets


def hidden(name):
    return made_of([HEADER, ["2024-6-11", "雪峰镇", "旧", 1]], name, hidden=True)


def test_hidden_sheets_stay_out_and_are_told(onlooker):
    found = onlooker.read(made_of([HEADER, ROW], "一"), hidden("旧表"), kind="hazard")
    assert found.ready("area") == ["盖洋镇"]
    assert "工作表“旧表”是隐藏的，没有导入" in found.message("W_HIDDEN_SHEET")


def test_a_hidden_sheet_comes_in_when_it_is_named(onlooker):
    found = onlooker.read(made_of([HEADER, ROW], "一"), hidden("旧表"), kind="hazard", sheet="旧表")
    assert found.ready("area") == ["雪峰镇"]


def test_a_book_of_hidden_sheets_only_is_refused_with_words(onlooker):
    found = onlooker.read(hidden("旧表"), kind="hazard")
    assert found.faults == [(0, "", "E_ONLY_HIDDEN")]
    assert "只有隐藏的工作表“旧表”像台账，没有导入；确实要导入请指定这张表" in found.message("E_ONLY_HIDDEN")


def test_what_was_read_goes_without_a_search_for_circles(onlooker):
    """None is made while an import is looked at, and afterwards all of it is set aside."""
    rows = [["2024-6-9", "盖洋镇", f"第{number}处", number] for number in range(1, 9)]
    found = onlooker.read([HEADER, *rows], kind="hazard")
    left = [one for one in gc.get_objects() if isinstance(one, PlanRow | RowReader)]
    assert found.found.ready == 8
    assert left == []


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(onlooker):
    found = onlooker.read(made_of([HEADER, ROW], "一"), kind="hazard", sheet="没有")
    assert "没有工作表“没有”；有：一" in found.message("E_NO_SHEET")


# what the clerk says of a table


def test_columns_are_given_by_header_or_letter(onlooker):
    columns = {"何时": "record_date", "C列": "owner", "什么": "description"}
    found = onlooker.read(ODD, kind="hazard", columns=columns)
    assert found.ready("record_date", "owner", "description") == [("2024-06-09", "王五", "漏电")]
    assert found.mapping == {"何时": "record_date", "乡镇": "area", "谁": "owner", "什么": "description"}


def test_a_column_is_left_out(onlooker):
    found = onlooker.read([[*HEADER, "备注"], [*ROW, "乡里的话"]], kind="hazard", columns={"备注": ""})
    assert found.ready("note") == [None]


def test_a_column_of_a_field_that_there_is_not_is_refused(onlooker):
    with pytest.raises(UserError, match="没有这个字段：nobody"):
        onlooker.read(ODD, kind="hazard", columns={"谁": "nobody"})


def test_a_reporter_that_is_not_listed_is_refused(onlooker):
    with pytest.raises(UserError, match="没有这个填报单位：火星"):
        onlooker.read([HEADER, ROW], kind="hazard", reporter="火星")


def test_values_hold_for_every_row(onlooker):
    found = onlooker.read(
        [HEADER[2:], ROW[2:]], kind="hazard", values={"area": "胡坊", "record_date": "2024.6.1"}
    )
    assert found.ready("area", "record_date") == [("胡坊镇", "2024-06-01")]


def test_a_value_that_makes_no_sense_is_refused(onlooker):
    with pytest.raises(UserError, match="给整张表填的“日期”读不懂"):
        onlooker.read([HEADER[2:], ROW[2:]], kind="hazard", values={"record_date": "2024-2-30"})


def wish(place=0, **said):
    return {(BOOK, "Sheet1", place): Wish(**said)}


def test_one_table_is_not_taken(onlooker):
    found = onlooker.read([HEADER, ROW, [], *INSPECTION], by_table=wish(take=False))
    assert [table.kind for table in found.tables] == ["inspection"]


def test_a_table_goes_to_the_ledger_that_is_named(onlooker):
    found = onlooker.read(
        [["日期", "乡镇", "检查类型"], ["2024-6-9", "盖洋镇", "执法检查"]], by_table=wish(kind="inspection")
    )
    assert [table.kind for table in found.tables] == ["inspection"]


def test_the_header_is_in_the_row_that_is_named(onlooker):
    rows = [["日期", "乡镇", "隐患内容"], ["旧的", "旧的", "旧的"], HEADER, ROW]
    found = onlooker.read(rows, kind="hazard", by_table=wish(header_row=3))
    assert (found.tables[0].header_row, found.ready("description")) == (3, ["甲"])
    assert found.faults == []


def test_the_money_unit_is_asked_for_and_given(onlooker):
    rows = [["乡镇", "日期", "报次", "受灾人口", "直接经济损失"], ["盖洋镇", "2024-6-9", "初报", 10, 76]]
    asked = onlooker.read(rows, kind="disaster_loss")
    assert (2, "直接经济损失", "E_AMBIGUOUS") in asked.faults
    given = onlooker.read(rows, kind="disaster_loss", money_unit="万元")
    assert "E_AMBIGUOUS" not in [code for *_, code in given.faults]


# remembered


KNOWN = ["日期", "乡镇", "隐患内容", "谁"]


def corrected(desk):
    path = desk.file([KNOWN, ["2024-6-9", "盖洋", "漏电", "王五"]])
    wishes = {(path, "Sheet1", 0): Wish("hazard", {"谁": "owner"})}
    desk.take(path, by_table=wishes, reporter="盖洋镇人民政府")


def test_a_correction_is_used_on_the_next_file_of_that_layout(desk):
    corrected(desk)
    found = desk.read([KNOWN, ["2024-7-9", "盖洋", "漏气", "赵六"]])
    assert found.ready("owner") == ["赵六"]
    assert "记住的对应读（盖洋镇人民政府）" in found.message("W_REMEMBERED")


def test_a_correction_that_was_forgotten_is_not_used(desk):
    corrected(desk)
    forget(desk.ledger, remembered(desk.ledger)[0])
    found = desk.read([KNOWN, ["2024-7-9", "盖洋", "漏气", "赵六"]])
    assert found.ready("owner") == [None]
    assert "W_REMEMBERED" not in found.codes


# blocks from the clipboard


@pytest.mark.parametrize("columns", [(), tuple(HEADER)], ids=["with header", "without"])
def test_a_pasted_block_comes_in(desk, columns):
    lines = [ROW] if columns else [HEADER, ROW]
    data = "\n".join("\t".join(map(str, line)) for line in lines).encode()
    desk.take(Source(Path("剪贴板"), data, columns), kind="hazard")
    assert desk.records("hazard", "description", "quantity_found") == [("甲", 1)]


# several files


def test_a_refused_file_does_not_stop_the_others(desk):
    broken = desk.folder / "坏的.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    made = desk.take(broken, desk.file([HEADER, ROW]), kind="hazard", valid=True)
    assert desk.records("hazard", "description") == ["甲"]
    assert [(table.path.name, table.refused) for table in made.tables] == [
        ("坏的.xlsx", True),
        ("表.xlsx", False),
    ]


def test_a_refused_file_keeps_the_others_back_until_the_right_rows_are_accepted(desk):
    made = desk.take(desk.folder / "没有.xlsx", desk.file([HEADER, ROW]), kind="hazard")
    assert made.result.batch is None
    assert desk.records("hazard", "description") == []


def test_the_list_of_imports_names_files_sheets_and_ledgers(desk):
    first = desk.file({"六月": [HEADER, ROW]}, "一.xlsx")
    desk.take(first, desk.file(INSPECTION, "二.xlsx"))
    (batch,) = desk.ledger.batches()
    told = [(file.file, file.sheet, file.kind, file.rows) for file in batch.files]
    assert told == [("一.xlsx", "六月", "hazard", 1), ("二.xlsx", "Sheet1", "inspection", 1)]


@pytest.mark.parametrize("name", ["填表说明", "示例", "选项", "数据字典"])
def test_a_sheet_that_explains_the_others_is_left_out_and_told(onlooker, name):
    help_sheet = made_of([HEADER, ["2024-1-1", "某某镇", "示例", 1]], name)
    found = onlooker.read(made_of([HEADER, ROW], "台账"), help_sheet)
    assert [(sheet.sheet, sheet.taken) for sheet in found.found.sheets] == [("台账", True), (name, False)]
    assert f"“{name}”看名称是说明、示例或选项，没有导入" in found.message("W_HELP_SHEET")
    alone = onlooker.read(made_of([HEADER, ROW], name))
    assert [(sheet.sheet, sheet.taken) for sheet in alone.found.sheets] == [(name, True)]
