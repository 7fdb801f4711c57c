"""A tab of ledgers: its small tabs and the page's actions."""

from __future__ import annotations

import threading

import pytest

from mingxi_desktop.ledger import exporting
from mingxi_desktop.ledger.lists import Lists
from mingxi_desktop.ui.waiting import Waiting
from tests.ui.small import rest


def test_the_menu_of_columns_knows_what_is_shown(window, context) -> None:
    window.open_tab("隐患排查")
    tab = window.ledger_tab()
    rest(context.worker)
    menu = tab.columns_button.menu()
    level = next(action for action in menu.actions() if action.text() == "隐患等级")
    assert level.isChecked()
    tab.current.table.columns.show("level", False)
    menu.aboutToShow.emit()
    assert not level.isChecked()
    level.trigger()
    assert tab.current.table.columns.is_shown("level")


@pytest.mark.parametrize("name", ["隐患.xlsx", "隐患.csv"])
def test_an_export_can_be_stopped_and_leaves_no_file(
    window, context, answers, qtbot, monkeypatch, name
) -> None:
    window.open_tab("隐患排查")
    rest(context.worker)
    answers.file = context.path.with_name(name)
    reached, gate = threading.Event(), threading.Event()
    columns = Lists.columns

    def slow(*args, **more):
        reached.set()
        assert gate.wait(5)
        return columns(*args, **more)

    monkeypatch.setattr(Lists, "columns", slow)
    monkeypatch.setattr(exporting, "_CHUNK", 1)
    said = []
    context.said.connect(said.append)
    before = sorted(path.name for path in answers.file.parent.iterdir())
    window.ledger_tab().export()
    qtbot.waitUntil(reached.is_set)
    (shown,) = window.findChildren(Waiting)
    shown.reject()
    gate.set()
    qtbot.waitUntil(lambda: said[-1:] == ["没有导出"])
    rest(context.worker)
    assert sorted(path.name for path in answers.file.parent.iterdir()) == before
