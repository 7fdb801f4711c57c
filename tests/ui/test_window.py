"""The whole window: doors from numbers to records, undo, what is unsaved, keys; names are the audit's."""

from __future__ import annotations

import re
import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from mingxi_desktop import paths
from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.ask import Answer
from mingxi_desktop.ui.draft_todos import draft_todos
from mingxi_desktop.ui.pages import overview
from mingxi_desktop.ui.window import MainWindow
from tests.ui.small import YEAR, rest, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


def hazards(window):
    """The hazard page, in front."""
    window.open_tab("隐患排查")
    rest(window.context.worker)
    return window.ledger_tab().current


def typed(window, text: str = "abc"):
    """Something unsaved in the first hazard."""
    page = hazards(window)
    page.show_record(1)
    rest(window.context.worker)
    editor = page.panel.form.inputs["owner"].editor
    editor.setFocus()
    type_text(editor, text)
    return page


def owner(window) -> str:
    found = []
    window.context.worker.run(lambda ledger: ledger.get("hazard", 1).shown["owner"], done=found.append)
    rest(window.context.worker)
    return found[0]


def press(window, key: Qt.Key, modifiers=CTRL) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers)
    rest(window.context.worker)


def test_a_demonstration_from_a_stick_says_so_all_the_time(window, monkeypatch) -> None:
    monkeypatch.setenv(paths.PORTABLE, "1")
    window.look_around()
    rest(window.context.worker)
    assert window.windowTitle().endswith("（U盘演示）")


def test_the_first_page_is_read_once_for_the_year_that_is_offered(context, qtbot, few, monkeypatch) -> None:
    read: list[int] = []
    look = overview._look
    monkeypatch.setattr(
        overview, "_look", lambda ledger, year, *rest: read.append(year) or look(ledger, year, *rest)
    )
    context.set_year(YEAR + 1)  # that of the PC's clock: there are no records yet
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    rest(context.worker)
    assert read == [YEAR]
    assert window.overview_tab() is not None


def test_keys_lead_to_the_tabs(window) -> None:
    for number, tab in list(enumerate(TABS, 1))[:-1]:
        press(window, Qt.Key(Qt.Key.Key_0 + number))
        assert window.tab == tab
        assert window._tabs[tab].isChecked()
    assert [window._tabs[name].text() for name in TABS] == list(TABS)


def test_a_change_by_keys_and_its_undo_with_a_sentence(window) -> None:
    typed(window)
    press(window, Qt.Key.Key_S)
    assert owner(window) == "abc"
    undo, redo = window.actions_by_name["undo"], window.actions_by_name["redo"]
    assert undo.text() == "撤消(&U) 修改 隐患 2024-0001"
    assert "已保存：修改 隐患 2024-0001" in window._status.news.text()
    undo.trigger()
    rest(window.context.worker)
    assert owner(window) == ""
    assert not undo.isEnabled()
    assert undo.text() == "撤消(&U)"
    assert redo.text() == "重做(&R) 修改 隐患 2024-0001"
    redo.trigger()
    rest(window.context.worker)
    assert owner(window) == "abc"
    assert window.ledger_tab().current.panel.form.texts()["owner"] == "abc"


def test_ctrl_z_takes_back_typing_first(window) -> None:
    page = typed(window)
    press(window, Qt.Key.Key_Z)
    assert page.panel.form.texts()["owner"] == ""
    assert not page.panel.dirty


def test_one_hazard_after_the_other_by_keys(window) -> None:
    page = hazards(window)
    press(window, Qt.Key.Key_N)
    assert page.panel._title.text() == "新增隐患"
    inputs = page.panel.form.inputs
    for text in ("楼道堆物", "电线老化"):
        inputs["description"].editor.setFocus()
        type_text(inputs["description"].editor, text)
        inputs["record_date"].editor.setFocus()
        inputs["record_date"].editor.selectAll()
        type_text(inputs["record_date"].editor, "2024.9.1")
        press(window, Qt.Key.Key_Return)
        assert page.panel._title.text() == "新增隐患"
        assert inputs["description"].text() == ""
    assert len(page.model.ids) == 7
    assert page.panel.record_id is None


@pytest.mark.parametrize("answer", [Answer.SAVE, Answer.DISCARD])
def test_what_is_unsaved_holds_tab_ledger_year_and_window(window, answers, answer) -> None:
    for leave, left in (
        (lambda: window.open_tab("培训演练"), lambda: window.tab == "培训演练"),
        (lambda: window.ledger_tab().open("inspection"), lambda: window.ledger_tab().current.kind.name != "hazard"),
        (lambda: window.years.setCurrentIndex(window.years.findData(2023)), lambda: window.context.year == 2023),
        (lambda: window.start_import([]), lambda: window.ledger_tab() is None),
        (window.close, lambda: not window.isVisible()),
    ):  # fmt: skip
        before = owner(window)
        page = typed(window, "x")
        answers.leave = Answer.CANCEL
        leave()
        rest(window.context.worker)
        assert not left()
        assert page.panel.form.texts()["owner"] == before + "x"
        assert window._tabs["隐患排查"].isChecked()
        assert window.years.currentData() == 2024
        answers.leave = answer
        leave()
        rest(window.context.worker)
        assert left()
        assert owner(window) == (before + "x" if answer is Answer.SAVE else before)
        window.show()
        answers.leave = Answer.DISCARD
        window.open_tab("概览")
        window.context.set_year(2024)
        window.years.go_to(2024)
        window.open_tab("隐患排查")
        window.ledger_tab().open("hazard")
        window.ledger_tab().current.panel.clear()


def test_an_import_begins_without_the_news_of_what_was_saved_before(window) -> None:
    window.context.said.emit("已保存：修改 隐患 2024-0001")
    window.start_import([])
    assert window._status.news.text() == ""


def test_what_is_wrong_keeps_the_window_open(window, answers) -> None:
    page = typed(window)
    number = page.panel.form.inputs["quantity_rectified"].editor
    number.setFocus()
    number.selectAll()
    type_text(number, "99")
    answers.leave = Answer.SAVE
    window.close()
    rest(window.context.worker)
    assert window.isVisible()
    assert page.panel.form.inputs["quantity_rectified"].error


def test_doors_lead_to_records(window) -> None:
    window.show_query(Query("hazard", year=2024, where=(("level", ("重大",)),)))
    rest(window.context.worker)
    assert window.tab == "隐患排查"
    assert list(window.ledger_tab().current.model.ids) == [4]
    window.show_record("supply_line", 2)
    rest(window.context.worker)
    page = window.ledger_tab().current
    assert page.kind.name == "supply_movement"
    assert page.panel.record_id == 1
    window.show_query(Query("response_step", year=2024, where=(("action", ("提升",)),)))
    rest(window.context.worker)
    assert window.ledger_tab().current.kind.name == "response"
    assert list(window.ledger_tab().current.model.ids) == [1]
    window.show_query(Query("response_step", year=2024, where=(("action", ("降低",)),)))
    rest(window.context.worker)
    assert list(window.ledger_tab().current.model.ids) == [], "no rows, no records; not all of them"
    window.go("new:activity")
    rest(window.context.worker)
    assert window.tab == "培训演练"
    assert window.ledger_tab().current.panel._title.text().startswith("新增")


def test_the_status_bar_is_about_the_page_in_front(window) -> None:
    hazards(window)
    assert window._status.page.text().startswith("显示 5 / 共 5 条")
    window.open_tab("概览")
    rest(window.context.worker)
    assert re.fullmatch(
        r"今天 [\d-]{10}　紧急 \d 项，待办 \d 项　2024 年的指标和图，数据截至 2024-12-31",
        window._status.page.text(),
    )
    window.overview_tab().open("今天")
    assert window._status.page.text(), "its small tab clicked again"
    window.open_tab("隐患排查")
    assert window._status.page.text().startswith("显示 5 / 共 5 条")


def test_the_year_selector_offers_years_with_records_and_this_one(window) -> None:
    offered = [window.years.itemData(place) for place in range(window.years.count())]
    assert {2024, 2023} <= set(offered)
    assert offered == sorted(offered, reverse=True)
    assert "明溪县应急管理局" in window.windowTitle()


def test_files_dropped_on_the_window_start_an_import(window, tmp_path) -> None:
    hazards(window)
    file = tmp_path / "六月.csv"
    file.write_text("日期,乡镇\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPoint(50, 50).toPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(drop)
    rest(window.context.worker)
    page = window._pages["import"]
    assert page.isVisible()
    assert list(page.files.paths) == [file]
    assert not window.actions_by_name["save_new"].isEnabled(), "Ctrl+Return is the import's now"
    window.open_tab("隐患排查")
    assert window.actions_by_name["save_new"].isEnabled()


def test_closing_while_something_is_being_saved_finishes_it(window, db) -> None:
    from mingxi_desktop.ledger import Ledger

    hazards(window)
    window.context.write(lambda ledger: ledger.edit("hazard", 1, {"owner": "张三"}), owner=window)
    window.close()
    window.context.worker.close()
    with Ledger.open(db) as ledger:
        assert ledger.get("hazard", 1).shown["owner"] == "张三"


def test_a_job_that_fails_is_told_and_the_window_goes_on(window, answers) -> None:
    def broken(_ledger: object) -> None:
        raise KeyError("x")

    window.context.write(broken, owner=window)
    rest(window.context.worker)
    assert [type(error) for error in answers.told] == [KeyError]
    answers.told.clear()
    typed(window)
    press(window, Qt.Key.Key_S)
    assert owner(window) == "abc"


def test_a_check_can_be_stopped_and_is_not_noted(window, context, qtbot, monkeypatch) -> None:
    from mingxi_desktop.ledger.safekeeping import proving
    from mingxi_desktop.ui.waiting import Waiting

    started = threading.Event()

    def endless(store, *_: object) -> list[str]:
        started.set()
        endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        return [str(store.database.execute_sql(endless).fetchall())]

    monkeypatch.setattr(proving, "verify", endless)
    said: list[str] = []
    context.said.connect(said.append)
    changes: list[object] = []
    context.changed.connect(changes.append)
    window.actions_by_name["verify"].trigger()
    assert said == ["正在检查数据完整性……"], "what was done before is not told beside it"
    assert started.wait(5)
    window.findChildren(Waiting)[0].reject()
    qtbot.waitUntil(lambda: said[-1:] == ["检查停止了，没有查完"])
    rest(context.worker)
    assert not changes


def test_a_check_that_fails_is_not_told_as_going_on(window, context, answers, monkeypatch) -> None:
    from mingxi_desktop.ledger.safekeeping import proving

    def broken(*_: object) -> list[str]:
        raise UserError("磁盘读不出", "第 3 页", "换一块磁盘")

    monkeypatch.setattr(proving, "verify", broken)
    context.said.emit("已备份")
    window.actions_by_name["verify"].trigger()
    rest(context.worker)
    assert [type(error) for error in answers.told] == [UserError]
    assert window._status.news.text() == ""
    answers.told.clear()


def test_backup_and_check_from_the_menu(window, answers) -> None:
    window.actions_by_name["backup"].trigger()
    rest(window.context.worker)
    assert "已备份" in window._status.news.text()
    window.actions_by_name["verify"].trigger()
    rest(window.context.worker)
    assert answers.told == ["没有发现问题"]
    assert window._status.news.text() == "检查完了，没有发现问题"
    answers.told.clear()


def test_the_first_page_leads_into_an_unfinished_form_by_one_click(window) -> None:
    window.start_new("hazard", {"area": "盖洋镇"})
    rest(window.context.worker)
    panel = window.ledger_tab().current.panel
    panel.form.inputs["description"].set_text("楼道堵塞")
    panel.desk.look_elsewhere("inspection", 1)
    rest(window.context.worker)
    drafts.settle()
    [todo] = draft_todos(window.context.path)
    window.open_tab(TABS[0])
    window.go(todo.target)
    rest(window.context.worker)
    assert window.ledger_tab().current.panel is panel
    assert (panel.form.texts()["description"], panel.dirty) == ("楼道堵塞", True)
    panel.form.inputs["description"].set_text("")
    panel.clear()
