"""A tab of ledgers: its small tabs and the page's actions."""

from __future__ import annotations

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
