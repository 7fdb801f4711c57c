"""The third and the fourth step: rows, messages, rows in doubt, who sent what, the result."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.ledger.intake.imported import ImportResult
from mingxi_desktop.ledger.intake.result import Choice, Doubt, Doubtful, Preview, Rejected
from mingxi_desktop.ui.importing.check_step import DOUBTS, SENDERS, CheckStep
from mingxi_desktop.ui.importing.digest import digest
from mingxi_desktop.ui.importing.doubts import ALIKE_EVERYWHERE, ALIKE_HERE
from mingxi_desktop.ui.importing.result_step import ResultStep
from mingxi_desktop.ui.importing.rows_table import widest
from mingxi_desktop.ui.importing.senders import missing
from tests.calls import calls
from tests.ui.importing import made

AREAS = (("盖洋镇", "盖洋"), ("雪峰镇", "雪峰"), ("胡坊镇", "胡坊"), ("沙溪乡", "沙溪"))


@pytest.fixture
def step(app, qtbot):
    def show(found: Preview) -> CheckStep:
        shown = CheckStep()
        qtbot.addWidget(shown)
        shown.resize(1280, 560)
        shown.show_preview(found, digest(found), AREAS)
        shown.show()
        return shown

    return show


def test_the_first_table_with_faults_is_in_front(step) -> None:
    shown = step(made.everything())
    assert shown.current().path.name == "雪峰镇6月.xls"
    assert shown.rows.current_row() == 5
    assert shown.rows.currentIndex().data() == "2024.6.31"
    assert "个人信息没有导入" in shown._personal.text()
    assert shown._full.text() == "2024.6.31不是日期（6月只有30天），请改成实际的检查日期"


def test_another_table_begins_at_its_first_column(step) -> None:
    far = Rejected(
        5, "其中已整改", "quantity_rectified", "无", "E_NUMBER", "第5行“其中已整改”（F5）：不是数", 5
    )
    shown = step(Preview([made.good(skipped=[]), made.good("雪峰镇6月.xls", rejected=[far])]))
    shown.resize(700, 560)
    bar = shown.rows.horizontalScrollBar()
    shown.sheets.selectRow(0)
    shown.sheets.selectRow(1)
    assert bar.value() > 0, "its fault stands far to the right"
    shown.sheets.selectRow(0)
    assert bar.value() == 0


def test_only_the_rows_with_something_to_say(step) -> None:
    shown = step(made.everything())
    shown._only.setChecked(True)
    model = shown.rows.rows
    assert [model.row_at(place) for place in range(model.rowCount())] == [4, 5, 6, 7]
    assert shown.rows.current_row() == 5


def test_the_widest_text_is_found_among_chinese_and_other_ones(step) -> None:
    metrics = step(made.everything()).rows.fontMetrics()
    texts = ["2024.6.9", "某木业有限公司", "GB 50016-2014 5.5.17", "配电箱未接地，灭火器过期", "", "2024.6.9"]
    assert widest(texts, metrics) == max(map(metrics.horizontalAdvance, texts))
    assert widest([], metrics) == 0


def test_enter_leads_from_one_row_of_a_message_to_the_next(step) -> None:
    from mingxi_desktop.exchange.recognising.plan import Notice

    many = [Notice("W_DEFAULT", f"第{row}行：没填", row, "其中已整改") for row in (3, 5, 6)]
    shown = step(Preview([made.good(warnings=many)]))
    shown.messages.setFocus()
    seen = [shown.rows.current_row()]
    for _ in range(3):
        QTest.keyClick(shown.messages, Qt.Key.Key_Return)
        seen.append(shown.rows.current_row())
    assert seen == [3, 5, 6, 3]


def test_what_a_row_would_get_as_a_record_of_its_own_is_said_where_it_is_decided(step) -> None:
    item = Doubtful(
        Doubt.FILE, [4], "第4行：与第3行重复", incoming=made.incoming(4), assumed="行业领域按“其他”记"
    )
    shown = step(Preview([made.good(doubtful=[item])]))
    shown.open(DOUBTS)
    assert shown.doubts._full.text() == "与第3行重复；另加一条时，行业领域按“其他”记，请核对"


def test_nothing_in_doubt_is_imported_before_somebody_says_so(step) -> None:
    found = made.everything()
    shown = step(found)
    assert found.ready == 9
    assert shown.switches[DOUBTS].text() == "已有或重复 3"
    shown.open(DOUBTS)
    assert [line.texts for line in shown.doubts.fields.lines.lines] == [
        ("发现数", "2", "3"),
        ("整改数", "（空）", "3"),
    ]
    shown.doubts.decide(Choice.REPLACE)
    assert found.ready == 10
    assert [item.choice for item in found.sheets[2].doubtful] == [Choice.REPLACE, Choice.SKIP, Choice.SKIP]
    assert shown.sheets.lines.lines[2].texts[2] == "4"


def test_all_of_a_kind_are_decided_at_once_here_or_everywhere(step) -> None:
    found = Preview([made.dirty(), made.dirty("盖洋镇.xls")])
    shown = step(found)
    shown.open(DOUBTS)
    shown.doubts.scope.setCurrentIndex(ALIKE_HERE)
    shown.doubts.decide(Choice.ADD)
    changed = [sheet.doubtful[0].choice for sheet in found.sheets]
    assert changed == [Choice.ADD, Choice.SKIP]
    shown.doubts.scope.setCurrentIndex(ALIKE_EVERYWHERE)
    shown.doubts.decide(Choice.REPLACE)
    assert [sheet.doubtful[0].choice for sheet in found.sheets] == [Choice.REPLACE, Choice.REPLACE]


def test_a_repetition_in_the_files_cannot_replace_anything(step) -> None:
    found = made.everything()
    shown = step(found)
    shown.open(DOUBTS)
    shown.doubts.table.selectRow(2)
    assert shown.doubts.items.items[2].doubt is Doubt.FILE
    assert not shown.doubts.buttons[Choice.REPLACE].isEnabled()
    shown.doubts.table.selectAll()
    shown.doubts.decide(Choice.REPLACE)
    assert [item.choice for item in shown.doubts.items.items] == [Choice.REPLACE, Choice.REPLACE, Choice.SKIP]


def test_who_sent_nothing() -> None:
    assert missing(made.everything(), AREAS) == [("沙溪乡", "")]
    other = made.good("雪峰镇演练.xlsx", kind="activity")
    both = Preview([made.good(), made.good("雪峰镇6月.xls"), made.good("胡坊镇6月.et"), other,
                    made.good("盖洋镇演练.xlsx", kind="activity")])  # fmt: skip
    assert missing(both, AREAS) == [("胡坊镇", "培训演练宣传"), ("沙溪乡", "")]


def test_a_hundred_thousand_rows_are_shown_at_once(step) -> None:
    rows = [["标题"], ["表头"], *([n, "2024.6.9", "甲", "乙", 1, 0] for n in range(100_000))]
    doubtful = [Doubtful(Doubt.SAME, [row], "已有", row, (), made.incoming(row)) for row in range(3, 50_003)]
    big = made.good(cells=Sheet("6月", rows), last_row=len(rows), doubtful=doubtful)
    found = Preview([big, made.good("乙.xlsx")])
    told = digest(found)
    shown = step(Preview([made.good()]))
    assert calls(lambda: shown.show_preview(found, told, AREAS)) < 100_000
    assert shown.rows.rows.rowCount() == 100_000
    assert calls(lambda: shown.open(DOUBTS)) < 100_000


def test_the_result_says_what_was_left_out_and_why(app, qtbot) -> None:
    found = made.everything()
    found.sheets[2].doubtful[0].choice = Choice.REPLACE
    shown = ResultStep()
    qtbot.addWidget(shown)
    shown.show_result(found, ImportResult(Changes("导入 隐患 10 条", added=(("hazard", 1),), batch=7)))
    assert shown.count.text() == "已导入 10 条（其中替换 1 条）"
    assert "导入批次 7" in shown.told.text()
    assert "1 行有错没有导入" in shown.told.text()
    assert shown.table.lines.lines[2].texts[2:7] == ("3", "1", "1", "2", "2")
    reasons = [line.texts for line in shown.reasons.lines.lines]
    assert ("· 跳过", "3 行", "合计行（合计）") in reasons
    assert ("· 跳过", "1 张表", "没有打勾，不导入") in reasons
    assert ("◆ 已有", "1 条", "重复，按“不导入”处理") in reasons
    assert reasons[0][0] == "▲ 有错"


def test_several_ledgers_have_a_door_each(app, qtbot) -> None:
    found = Preview([made.good(), made.good("演练.xlsx", kind="activity")])
    shown = ResultStep()
    qtbot.addWidget(shown)
    shown.show_result(found, ImportResult(Changes("导入", batch=7)))
    doors = shown.records.menu().actions()
    assert [door.text() for door in doors] == ["隐患 3 条(&1)", "培训演练宣传 3 条(&2)"]
    with qtbot.waitSignal(shown.records_wanted) as wanted:
        doors[1].trigger()
    assert wanted.args == ["activity"]
    shown.show_taken_back("撤销了 6 条")
    assert not shown.records.isEnabled()
    assert not shown.undo.isEnabled()


def test_what_could_not_be_read_has_no_counts_and_does_not_stand_in_front(step) -> None:
    shown = step(Preview([made.refused(), made.homeless(), made.dirty()]))
    assert shown.current().path.name == "雪峰镇6月.xls"
    lines = [line.texts for line in shown.sheets.lines.lines]
    assert lines[0][1:5] == ("—", "—", "—", "—")
    assert shown.sheets.lines.lines[1].roles[5] == "muted"
    shown.open(SENDERS)
    assert [line.texts[5:8] for line in shown.senders.table.lines.lines[:2]] == [("—", "—", "—")] * 2


def test_the_keys_of_the_parts_stay_when_their_texts_change(step) -> None:
    shown = step(made.everything())
    assert [made.shortcut().toString() for made in shown.switches] == ["Alt+1", "Alt+2", "Alt+3", "Alt+4"]


def test_the_steps_count_faults_in_the_same_way(app, qtbot, step) -> None:
    from dataclasses import replace

    table = made.dirty()
    table.rejected.append(replace(table.rejected[0], column="其中已整改", index=5, message="第5行：太多"))
    found = Preview([table])
    shown = ResultStep()
    qtbot.addWidget(shown)
    shown.show_result(found, ImportResult(Changes("导入", batch=7)))
    assert shown.table.lines.lines[0].texts[4] == step(found).sheets.lines.lines[0].texts[3] == "2"
    assert "1 行有错（2 处）没有导入" in shown.told.text()


def test_many_faults_of_one_column_are_one_reason(app, qtbot) -> None:
    from mingxi_desktop.ledger.intake.result import Rejected

    faults = [
        Rejected(row, "时间", "", "x", "E_DATE", f"第{row}行：{row}x不是日期", 1) for row in range(3, 9)
    ]
    shown = ResultStep()
    qtbot.addWidget(shown)
    shown.show_result(Preview([made.good(rejected=faults, skipped=[])]), ImportResult(None, "有错"))
    assert [line.texts[1] for line in shown.reasons.lines.lines] == ["6 处"]
    assert "3x不是日期（各处的值不同" in shown.reasons.lines.lines[0].texts[2]
