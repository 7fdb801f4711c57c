"""A tab of ledgers: its small tabs and the page's actions."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication

from mingxi_desktop.ledger import exporting
from mingxi_desktop.ledger.lists import Lists
from mingxi_desktop.ui import turns
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.waiting import Waiting
from tests.ui.small import rest


def test_the_menu_of_columns_knows_what_is_shown(window, context) -> None:
    window.open_tab("隐患排查")
    tab = window.ledger_tab()
    rest(context.worker)
    menu = tab.columns_button.menu()
    menu.aboutToShow.emit()
    level = next(action for action in menu.actions() if action.text() == "隐患等级")
    assert level.isChecked()
    tab.current.table.columns.show("level", False)
    menu.aboutToShow.emit()
    assert not level.isChecked()
    level.trigger()
    assert tab.current.table.columns.is_shown("level")


def test_a_ledger_is_made_in_one_turn_and_shown_in_another(window, context, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", -1.0)  # however quick the machine is
    rest(context.worker)
    window.open_tab("隐患排查")
    tab = window.ledger_tab()
    front, made = tab._stack.currentWidget(), []
    while turns.under_way():
        before = tab._stack.currentWidget(), len(tab.findChildren(LedgerPage))
        QCoreApplication.processEvents()
        made.append((before[0] is front, before[1]))
    assert made[0] == (True, 0)  # what the tab itself consists of has a turn of its own
    assert (True, 1) in made
    assert tab._stack.currentWidget() is tab.current
    assert len(tab.findChildren(LedgerPage)) == 1


def test_a_ledger_that_is_wanted_in_its_turns_is_there_at_once(window, context) -> None:
    window.open_tab("隐患排查")
    tab = window.ledger_tab()
    assert tab.current is tab._stack.currentWidget()
    tab.open("inspection")
    tab.open("enforcement_case")  # before the one asked for first has had a turn
    assert tab.current.kind.name == "enforcement_case"
    assert tab._stack.currentWidget() is tab.current
    assert {page.kind.name for page in tab.findChildren(LedgerPage)} == {"hazard", "enforcement_case"}


def test_a_side_page_comes_instead_of_a_ledger_that_has_had_no_turn_yet(window, context) -> None:
    window.open_tab("救灾调拨")
    tab = window.ledger_tab()
    tab.open("stock")
    rest(context.worker)
    assert tab._stack.currentWidget() is tab.side
    assert not tab.findChildren(LedgerPage)


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
