"""The wording of a report: its page with a chip chosen, its menus, and the dialogs that put things in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from mingxi_desktop.ui.gallery.stage import Stage, View, with_menus
from mingxi_desktop.ui.pages.wording import WordingPage
from mingxi_desktop.ui.wording.chip_menu import ChipMenu
from mingxi_desktop.ui.wording.condition_dialog import ConditionDialog
from mingxi_desktop.ui.wording.insert_dialog import InsertDialog
from mingxi_desktop.ui.wording.years_dialog import YearsDialog

_NUMBER, _CONDITION = "{hazards_found}", "若相等"


def wording(stage: Stage, tab: QWidget) -> Iterator[View]:
    """The wording in front on the last tab; nothing of it is changed.  tab: the page of that tab."""
    page = tab.findChild(WordingPage)
    if page is None:
        return
    edit, faces, settings = page.edit, page.edit.faces, stage.window.context.settings
    chips = {source: position for position, source in edit.chips()}
    number = chips.get(_NUMBER, -1)
    if number >= 0:
        edit.select(number, number + 1)
        page.edit.chip_chosen.emit(number)
        yield stage.view("文字-选中一个数")
        menu = ChipMenu(faces, _NUMBER, lambda _: None, page)
        yield from stage.menu("文字-数的写法", menu, edit, QPoint(80, 80))
        menu.deleteLater()
    for button in with_menus(page):
        yield from stage.menu(f"文字-{button.text()}", button.menu(), button)
    yield from stage.menu("文字-右键", edit.text_menu(), edit, QPoint(80, 80))
    page.finder.begin()
    yield stage.view("文字-查找")
    page.finder.hide()
    yield from stage.dialog(
        "插入指标", lambda: InsertDialog(faces, settings, make_new=lambda *_: None, parent=page)
    )
    yield from stage.dialog("换成别的指标", lambda: InsertDialog(faces, settings, exchange=True, parent=page))
    head = next((edit.reader.head(source) for source in chips if source.startswith(_CONDITION)), None)
    yield from stage.dialog("插入条件", lambda: ConditionDialog(faces, settings, follows=True, parent=page))
    yield from stage.dialog("修改条件", lambda: ConditionDialog(faces, settings, head, parent=page))
    yield from stage.dialog("插入指标的图", lambda: YearsDialog(faces, settings, table=False, parent=page))
    yield from stage.dialog("插入历年表", lambda: YearsDialog(faces, settings, table=True, parent=page))
