"""核对: findings, their records and cures, accepting with a reason, narrowing down, paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.check import Cure, Trash
from mingxi_desktop.ledger.concern_list import RecordLine
from mingxi_desktop.ui.checking.accept import AcceptDialog
from mingxi_desktop.ui.checking.card import ConcernCard
from mingxi_desktop.ui.checking.printing import PrintConcernsDialog
from mingxi_desktop.ui.checking.ways import verb_of, what_goes
from mingxi_desktop.ui.pages.checks import ChecksPage
from tests.ui.checking import small_checks
from tests.ui.small import rest, type_text

HEAD = "同一条录了两遍　1"


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(widget, name: str) -> None:
    shown = [one for one in widget.findChildren(QPushButton) if one.isVisible()]
    found = [one for one in shown if one.accessibleName().startswith(name)]
    assert len(found) == 1, [one.accessibleName() for one in shown]
    found[0].click()


def listed(page) -> list[str]:
    """Headings and findings as they stand in the list."""
    model = page.tree.findings
    rows = []
    for place, group in enumerate(model.groups):
        rows.append(model.index(place, 0).data())
        rows += [concern.message for concern in group.concerns]
    return rows


def choose(page, qtbot, code: str):
    """The first finding of a check, its card read."""
    found = [one for group in page.tree.findings.groups for one in group.concerns]
    concern = next(one for one in found if one.code == code)
    page.tree.go_to(concern.key)
    qtbot.waitUntil(lambda: page.card.concern is concern and page.card.records.isVisible())
    return concern


def test_what_was_found_stands_by_check_the_worst_first(window, page) -> None:
    rows = listed(page)
    assert rows[0] == "库存对不上　1"
    assert rows[2:4] == [HEAD, "盖洋镇和雪峰镇2024年6月的两条隐患是一条，合计会多算12条"]
    assert rows[4] == "还没有改完　2"
    assert page.tree.current is page.tree.findings.groups[0].concerns[0]
    assert "发出去的不能比有的多。" in texts(page.card)
    assert window._status.page.text().startswith("2 处疑点，2 件待办")
    assert window._overview._pills["核对"].text() == "核对 4"


def test_a_cure_removes_only_after_a_question_and_is_one_undo_step(window, page, answers, qtbot) -> None:
    choose(page, qtbot, "twins")
    shown = [line.texts[:3] for line in page.card.records.lines.lines]
    assert [texts[:2] for texts in shown] == [("隐患", "#1"), ("隐患", "#2")], "as sentences call them"
    assert shown[0][2].startswith("2024-0001 配电箱未接地")
    assert "留下前一条，后一条移入回收站" in texts(page.card)
    answers.yes = False
    press(page.card, "合并")
    rest(window.context.worker)
    assert answers.asked == ["合并？"]
    assert HEAD in listed(page)
    answers.yes = True
    press(page.card, "合并")
    rest(window.context.worker)
    assert HEAD not in listed(page)
    assert page.tree.current.code == "unfinished", "the next one is chosen"
    assert "已保存：留下前一条" in window._status.news.text()
    window.actions_by_name["undo"].trigger()
    rest(window.context.worker)
    assert HEAD in listed(page)
    answers.asked.clear()
    choose(page, qtbot, "twins")
    press(page.card, "写明")
    rest(window.context.worker)
    assert answers.asked == [], "what removes nothing is not asked about"
    found = []
    window.context.worker.run(lambda ledger: ledger.get("hazard", 1).shown["note"], done=found.append)
    rest(window.context.worker)
    assert found == ["不是一条"]


def test_before_records_go_they_are_named_with_the_right_number() -> None:
    kept = "只保留“盖洋镇6月隐患（更正）.xlsx”的"
    cure = Cure(f"{kept}（2 条移入回收站）", "只保留更正的", (Trash("hazard", (7, 8)),))
    assert verb_of(cure) == f"{kept}并删除 2 条", "brackets in a name stay"
    assert verb_of(replace(cure, label="删除 2 条")) == "删除 2 条"
    assert verb_of(replace(cure, label="汇总移入回收站（2 条）")) == "汇总移入回收站 2 条"
    line = RecordLine("hazard", 7, "隐患", "2024-0007 配电箱", "2024-06-09", "盖洋镇", "1", "手工录入", "条")
    other = replace(line, id=9, name="2024-0009")
    said = what_goes(cure, [line, other])
    assert (
        "移入回收站的 2 条：\n隐患 #7 2024-0007 配电箱（2024-06-09，盖洋镇，1条，手工录入）\n……另有 1 条"
        in said
    )
    assert "2024-0009" not in said


def test_accepting_needs_a_reason_and_can_be_taken_back(window, page, qtbot) -> None:
    concern = choose(page, qtbot, "twins")
    dialog = AcceptDialog(window.context, concern, 2024, window)
    dialog.show()
    assert not dialog.go.isEnabled()
    press(dialog, "用这句理由：不是同一件事")
    assert dialog.reason.toPlainText() == "不是同一件事，分别发生"
    dialog.reason.selectAll()
    type_text(dialog.reason, "两次检查")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.go, "Enter leads to the button, past the usual reasons"
    dialog.go.click()
    rest(window.context.worker)
    assert HEAD not in listed(page)
    page.narrow.accepted.click()
    assert listed(page)[0] == HEAD
    choose(page, qtbot, "twins")
    assert "已说明：两次检查\n张三" in texts(page.card)
    press(page.card, "取消接受")
    rest(window.context.worker)
    assert listed(page) == []
    page.narrow.open.click()
    assert HEAD in listed(page)


def test_records_are_opened_one_by_one_and_together(window, page, qtbot) -> None:
    choose(page, qtbot, "twins")
    press(page.card, "全部打开 2 条")
    rest(window.context.worker)
    assert sorted(window.ledger_tab().current.model.ids) == [1, 2]
    window.go("checks")
    page.card.records.selectRow(1)
    QTest.keyClick(page.card.records, Qt.Key.Key_Return)
    rest(window.context.worker)
    assert window.ledger_tab().current.panel.record_id == 2
    window.go("checks")
    choose(page, qtbot, "wrong")
    press(page.card, "看库存")
    assert window.tab == "救灾调拨"


def test_narrowed_by_words_ledger_and_township(window, page, qtbot) -> None:
    page.narrow.search.setText("hby ldy")
    page.narrow.changed.emit()
    assert listed(page) == []
    page.narrow.search.setText("zds")
    page.narrow.changed.emit()
    page.narrow.clear()
    severity, ledger, area = page.narrow.chips
    assert severity._counts == [("有误", 1), ("疑似重复", 1), ("待办", 2)]
    assert dict(ledger._counts) == {"隐患": 3, "物资明细": 1}
    assert dict(area._counts)["雪峰镇"] == 1
    area._fill()
    next(one for one in area._menu.actions() if one.text().startswith("雪峰镇")).trigger()
    assert dict(ledger._counts) == {"隐患": 1}, "of those that the other chips leave"
    assert listed(page)[0] == HEAD
    assert page.title == "2024年雪峰镇核对清单"
    assert page.narrow.conditions == "乡镇：雪峰镇"
    page.show_concern(page._concerns.now.looked.open[0].key)
    assert page.tree.current.code == "wrong", "what is asked for is shown, whatever is narrowed down"


def test_nothing_found_says_among_what_and_an_empty_year_how_to_begin(window, page, monkeypatch) -> None:
    silent = tuple(replace(check, find=lambda _: ()) for check in small_checks.ALL)
    monkeypatch.setattr(running, "every", lambda: silent)
    window.context.write(lambda ledger: ledger.edit("hazard", 1, {"note": "改过"}), owner=window)
    rest(window.context.worker)
    assert "没有发现疑点" in texts(page)
    assert "核对了 2024 年的记录，共 3 个项目。" in texts(page)
    assert not page.tools[0].isEnabled()
    assert window._overview._pills["核对"].text() == "核对"
    window.context.set_year(2019)
    rest(window.context.worker)
    assert "2019 年还没有记录" in texts(page)
    press(page, "看核对了哪些项目")
    assert "1. 同一条录了两遍" in texts(page)
    press(page, "登记第一条隐患")
    rest(window.context.worker)
    assert window.ledger_tab().current.panel._title.text() == "新增隐患"


def test_the_list_on_paper_and_in_a_workbook(window, page, answers, tmp_path) -> None:
    listed_ones = page._listed()
    dialog = PrintConcernsDialog(window.context, listed_ones, page.title, "", window)
    dialog.show()
    rest(window.context.worker)
    assert dialog.print_button.isEnabled()
    assert "第 1 页 / 共 1 页" in dialog.status.text()
    table = dialog._presses[False].table
    assert dialog.options.scope.itemText(0) == f"全部 {len(listed_ones)} 处", "as the page counts them"
    assert [section.label for section in table.sections] == ["库存对不上", "同一条录了两遍", "还没有改完"]
    first, second = table.rows[1][2].split("\n")
    assert first == "隐患 #1 2024-0001 配电箱未接地 消防 一般（2024-06-09，盖洋镇，12条，手工录入）"
    assert second.startswith("隐患 #2 2024-0002")
    dialog.reject()
    answers.file = tmp_path / "核对清单.csv"
    window.actions_by_name["export"].trigger()
    rest(window.context.worker)
    assert answers.asked == ["2024年核对清单.xlsx"]
    assert "有误,2024年6月10日调拨的棉被比库存多120床" in answers.file.read_text(encoding="utf-8-sig")


def test_by_keyboard_alone(window, page, qtbot) -> None:
    window.open_tab("概览")
    window._overview.open("今天")
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F7)
    assert window.checks_page() is page
    choose(page, qtbot, "twins")
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_Return)
    assert window.focusWidget().accessibleName().startswith("合并")
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_Left)
    assert page.tree.current is None
    assert "1 处" in texts(page.card), "a heading tells of its check"
    QTest.keyClick(page.tree, Qt.Key.Key_Left)
    assert not page.tree.isExpanded(page.tree.currentIndex())
    window.actions_by_name["find"].trigger()
    assert page.narrow.search.hasFocus()


def test_the_card_comes_after_the_list_or_when_it_is_wanted(context, shown) -> None:
    first, second = ChecksPage(context), ChecksPage(context)
    assert not first.findChildren(ConcernCard)
    shown(first)
    assert len(first.findChildren(ConcernCard)) == 1, "by itself"
    wanted = second.card
    shown(second)
    assert second.findChildren(ConcernCard) == [wanted]
