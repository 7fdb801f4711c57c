"""The menus, open: those of the menu bar, and those of a ledger's page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ui.gallery.stage import Stage, View, with_menus
from mingxi_desktop.ui.gallery.tabs import open_first
from mingxi_desktop.ui.shapes import without_mnemonic


def menus(stage: Stage) -> Iterator[View]:
    """The menu bar's, those of the buttons above the first ledger, and the ones its table has for the mouse."""
    window = stage.window
    page = open_first(stage)
    bar = window.menuBar()
    for action in bar.actions():
        at = bar.actionGeometry(action).bottomLeft()
        yield from stage.menu(f"菜单-{without_mnemonic(action.text())}", _menu_of(action.menu()), bar, at)
    tab = window.page(TABS[1])
    for button in with_menus(tab):
        # Where room is scarce a button is an icon alone.
        called = without_mnemonic(button.text()) or button.accessibleName()
        yield from stage.menu(f"按钮-{called}", _menu_of(button.menu()), button)
    page.table.selectRow(0)
    stage.settle()
    for name, place in (("表中", page.table), ("表头", page.table.horizontalHeader())):
        place.customContextMenuRequested.emit(QPoint(90, 12))
        menu = next((child for child in page.table.findChildren(QMenu) if child.isVisible()), None)
        if menu is not None:
            yield from stage.menu(f"菜单-{name}", menu, place, QPoint(90, 12))


def _menu_of(menu: object) -> QMenu:
    assert isinstance(menu, QMenu)
    return menu
