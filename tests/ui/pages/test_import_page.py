"""The import page: four steps over the real import."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from mingxi_desktop.ledger.intake.result import Choice, Doubt
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.importing.check_step import SENDERS
from mingxi_desktop.ui.importing.columns_table import CHOICE
from mingxi_desktop.ui.pages.import_page import CHECK, COLUMNS, FILES, RESULT
from tests.ui.pages.import_page_cases import BAD, GOOD, choose, hazards, shown, to_check, workbook

pytestmark = pytest.mark.usefixtures("one_child")


def test_from_files_to_records_and_back(qtbot, real, settle, on_ledger, page, tmp_path, monkeypatch) -> None:
    path = workbook(tmp_path / "盖洋镇6月.xlsx", GOOD, [*GOOD[:2], "丙厂", *GOOD[3:]])
    page.start([path, path], "hazard")
    settle()
    assert page.files.paths == [path]
    assert page.files.kind.currentData() == "hazard"
    page.forward()
    settle()
    assert page.step == COLUMNS
    page.forward()
    assert page.step == CHECK
    assert page.bars.next.text() == "导入 2 条"
    assert not page.bars.give_back.isVisible()
    with qtbot.waitSignal(real.changed):
        page.forward()
    settle()
    assert page.step == RESULT
    assert on_ledger(hazards) == 2
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    page.undo()
    settle()
    assert on_ledger(hazards) == 0
    assert not page.result.records.isEnabled()
    with qtbot.waitSignal(page.closed):
        page.forward()
    assert page.step == FILES
    assert not page.files.paths


def test_the_step_that_is_seen_is_filled_before_the_next(qtbot, page, settle, tmp_path, monkeypatch) -> None:
    seen: list[str] = []
    columns, check = page.columns, page.check
    for name, step in (("columns", columns), ("check", check)):
        real = step.show_preview

        def note(*given: object, name: str = name, real=real) -> None:
            seen.append(name)
            real(*given)

        monkeypatch.setattr(step, "show_preview", note)
    page.start([workbook(tmp_path / "盖洋镇6月.xlsx", GOOD)], "hazard")
    settle()
    seen.clear()
    monkeypatch.setattr(page, "go", lambda step, real=page.go: (seen.append(f"step {step}"), real(step)))
    page.forward()
    qtbot.waitUntil(lambda: "check" in seen)
    assert seen == ["columns", f"step {COLUMNS}", "check"]
    page.check.open(SENDERS)
    assert seen.count("check") == 1


def test_wrong_rows_wait_for_a_word(qtbot, real, settle, on_ledger, page, tmp_path, monkeypatch) -> None:
    to_check(page, settle, workbook(tmp_path / "甲.xlsx", GOOD, BAD))
    assert page.bars.next.text() == "接收正确的 1 条"
    message = page.check.messages.current()
    assert (message.severity, message.rows, message.column, message.value) == (
        "错误",
        (3,),
        "检查时间",
        "2024.6.31",
    )
    cell = page.check.rows.currentIndex()
    assert cell.data() == "2024.6.31"
    assert cell.data(Qt.ItemDataRole.BackgroundRole).name() == "#fceae8"
    assert "31" in cell.data(Qt.ItemDataRole.ToolTipRole)
    header = page.check.rows.model().headerData(cell.row(), Qt.Orientation.Vertical)
    assert header == "3  ▲ 错误"
    assert on_ledger(hazards) == 0
    folder = tmp_path / "退回"
    monkeypatch.setattr(ask, "folder", lambda *_, **__: folder)
    monkeypatch.setattr(ask, "offer", lambda *_, **__: False)
    page.write_returned()
    settle()
    assert [path.name for path in folder.iterdir()] == ["甲_退回.xlsx"]
    page.forward()
    settle()
    assert "1 行有错没有导入" in page.result.told.text()
    assert any("有错" in line.texts[0] for line in page.result.reasons.lines.lines)
    with qtbot.waitSignal(real.query_wanted) as wanted:
        page.result.records.click()
    assert on_ledger(lambda ledger: ledger.count(wanted.args[0])) == 1


def test_a_column_is_given_another_meaning(settle, on_ledger, page, tmp_path) -> None:
    page.start(
        [workbook(tmp_path / "甲.xlsx", GOOD), workbook(tmp_path / "乙.xlsx", ["2024-06-10", *GOOD[1:]])]
    )
    page.forward()
    settle()
    assert "2 张表要看一下" in page._summary.text()
    assert page.columns.table.columns.index(6, CHOICE).data() == "（不导入）"
    choose(page, 6, "owner")
    assert [line.texts[4] for line in page.columns.sheets.lines.lines] == ["已改", "已改"]
    page.forward()
    settle()
    assert page.step == CHECK
    page.forward()
    settle()
    assert on_ledger(shown, "owner") == ["乡里的话", "乡里的话"]


def test_what_was_corrected_is_remembered_and_forgotten(settle, on_ledger, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)])
    page.forward()
    settle()
    choose(page, 6, "owner")
    page.forward()
    settle()
    page.forward()
    settle()
    page.start([workbook(tmp_path / "乙.xlsx", ["2024-07-10", *GOOD[1:]])])
    page.forward()
    settle()
    assert page.columns.table.columns.index(6, CHOICE).data().startswith("整改责任人")
    assert page.columns.head.forget.isVisible()
    page.columns.head.forget.click()
    settle()
    assert page.columns.table.columns.index(6, CHOICE).data() == "（不导入）"
    assert not page.columns.head.forget.isVisible()


def test_a_hidden_sheet_comes_in_when_it_is_ticked(settle, on_ledger, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD, hidden=True)])
    page.forward()
    settle()
    lines = page.columns.sheets.lines.lines
    assert [line.ticked for line in lines] == [True, False]
    page.columns.sheets.selectRow(1)
    QTest.keyClick(page.columns.sheets, Qt.Key.Key_Space)
    page.forward()
    settle()
    assert page.bars.next.text() == "导入 2 条"
    page.forward()
    settle()
    assert sorted(on_ledger(shown, "area")) == ["盖洋镇", "雪峰镇"]


def test_a_ticked_off_table_stays_out(settle, on_ledger, page, tmp_path) -> None:
    other = workbook(tmp_path / "乙.xlsx", ["2024-06-10", *GOOD[1:]])
    page.start([workbook(tmp_path / "甲.xlsx", GOOD), other])
    page.forward()
    settle()
    page.columns.sheets.selectRow(0)
    QTest.keyClick(page.columns.sheets, Qt.Key.Key_Space)
    page.forward()
    settle()
    assert page.bars.next.text() == "导入 1 条"
    page.forward()
    settle()
    assert on_ledger(shown, "record_date") == ["2024-06-10"]


def test_the_same_file_again_waits_for_a_decision(settle, on_ledger, page, tmp_path) -> None:
    to_check(page, settle, workbook(tmp_path / "甲.xlsx", GOOD))
    page.forward()
    settle()
    to_check(page, settle, workbook(tmp_path / "改.xlsx", [*GOOD[:4], 5, 1, ""]))
    assert page.bars.next.text() == "没有可以导入的"
    page.check.open(1)
    part = page.check.doubts
    assert part.items.items[0].doubt is Doubt.CHANGED
    assert [line.texts for line in part.fields.lines.lines] == [("发现数", "2", "5")]
    part.decide(Choice.REPLACE)
    assert page.bars.next.text() == "导入 1 条"
    page.forward()
    settle()
    assert "其中替换 1 条" in page.result.count.text()
    assert on_ledger(shown, "quantity_found") == ["5"]


def test_a_table_that_fits_no_ledger_is_told_and_can_be_chosen(settle, on_ledger, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "通讯录.xlsx", ["甲", "钓鱼", "好"], headers=["花名", "爱好", "印象"])])
    page.forward()
    settle()
    assert page.bars.next.text() == "没有能导入的表"
    assert not page.bars.next.isEnabled()
    assert page.columns.sheets.lines.lines[0].texts[4] == "要选台账"
    told = "没有找到合适的台账；要导入请在这里选台账和表头所在的行，不要的不用管"
    assert page.columns.head._note.text() == told, "nobody is sent to the step that he is on"
    assert told in page.columns.sheets.lines.lines[0].tip
    page.columns.head.kind_chosen.emit("hazard")
    settle()
    assert page.columns.table.columns.rowCount() == 3
    choose(page, 0, "description")
    page.columns.head.inputs["area"].set_text("盖洋镇")
    page.columns.head.inputs["area"].left.emit()
    page.columns.head.inputs["record_date"].set_text("2024-06-09")
    page.columns.head.inputs["record_date"].left.emit()
    page.forward()
    settle()
    assert page.bars.next.text() == "导入 1 条"
    page.forward()
    settle()
    assert on_ledger(shown, "description") == ["甲"]


def test_a_table_without_rows_is_told(settle, page, tmp_path) -> None:
    page.start([workbook(tmp_path / "空.xlsx")])
    page.forward()
    settle()
    page.forward()
    settle()
    assert page.step == CHECK
    assert page.bars.next.text() == "没有可以导入的"
    assert not page.bars.next.isEnabled()


def test_refused_files_are_told_and_stop_nothing(settle, page, tmp_path, told) -> None:
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    to_check(page, settle, broken, workbook(tmp_path / "甲.xlsx", GOOD))
    assert page.bars.next.text() == "接收正确的 1 条"
    page.check.sheets.selectRow(0)
    assert not page.check.rows.isVisible()
    assert page.check.sheets.lines.lines[0].roles == {3: "error", 5: "error"}
    assert not told


def test_another_ledger_forgets_the_corrections(settle, page, tmp_path, told) -> None:
    page.start([workbook(tmp_path / "甲.xlsx", GOOD)], "hazard")
    page.forward()
    settle()
    choose(page, 6, "owner")
    page.back()
    page.files.set_kind("inspection")
    page.forward()
    settle()
    assert not told
    assert page.columns.wishes == {}


def test_files_and_folders_are_dropped_on_the_page(settle, page, tmp_path) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    inside = workbook(folder / "盖洋镇.xlsx", GOOD)
    (folder / "~$盖洋镇.xlsx").write_bytes(b"lock")
    (folder / "说明.docx").write_bytes(b"text")
    beside = workbook(tmp_path / "雪峰镇.xlsx", GOOD)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (beside, folder, tmp_path / "没有了.xlsx")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    page.dropEvent(event)
    settle()
    assert page.files.paths == [beside, inside]
    assert "没有了.xlsx" in page.files._said.text()
    page.start([beside])
    assert page.files.paths == [beside, inside]
    assert "已经在列表里" in page.files._said.text()


def test_who_sent_what_and_who_did_not(settle, page, tmp_path) -> None:
    to_check(
        page, settle,
        workbook(tmp_path / "盖洋镇.xlsx", GOOD),
        workbook(tmp_path / "雪峰镇.xlsx", [GOOD[0], "雪峰镇", *GOOD[2:]]),
    )  # fmt: skip
    page.check.open(SENDERS)
    lines = [line.texts for line in page.check.senders.table.lines.lines]
    assert [line[1] for line in lines[:2]] == ["盖洋镇.xlsx", "雪峰镇.xlsx"]
    absent = [line[0] for line in lines if line[8] == "没有收到"]
    assert len(absent) == 7
    assert "盖洋镇" not in absent
    assert "沙溪乡" in absent
