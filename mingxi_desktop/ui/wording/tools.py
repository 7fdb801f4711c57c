"""The buttons above the wording of a report."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mingxi_desktop.ui import style
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import button, toggle
from mingxi_desktop.ui.wording.commands import Commands
from mingxi_desktop.ui.wording.editor import WordingEdit
from mingxi_desktop.ui.wording.finding import FindBar


class Tools:
    """Makes them; `row` is their layout.  What `pages` and `save` do is for the page to say."""

    def __init__(self, commands: Commands, edit: WordingEdit, finder: FindBar) -> None:
        undo = button("撤消", edit.undo, icon="undo", tip="撤消刚才的改动（Ctrl+Z）")
        redo = button("重做", edit.redo, icon="redo", tip="重做撤消了的改动（Ctrl+Y）")
        for tool, may in ((undo, edit.undoAvailable), (redo, edit.redoAvailable)):
            tool.setEnabled(False)
            may.connect(tool.setEnabled)
        self._changing = (
            _with_menu("插入", commands.insert_menu(), "add", "插入指标、条件、图表或章节"),
            _with_menu("本节", commands.section_menu(), "", "转到、移动、删除光标所在的一节"),
            _with_menu("恢复", commands.reset_menu(), "restore", "换回程序自带的文字"),
        )
        insert, section, reset = self._changing
        names = toggle("显示名称", "segment", lambda: None)
        names.toggled.connect(lambda checked: edit.show_names(names=checked))
        names.setToolTip("在数的前面显示指标的名称，印出来没有")
        seek = button("查找", finder.begin, icon="search", tip="在文字里查找（Ctrl+F）")
        self.pages = toggle("看页面", "segment", lambda: None)
        self.pages.setToolTip("看印出来的页面；再点一下回到文字")
        tip = "保存；从这一期起有效，以后的沿用（Ctrl+S）"
        self.save = button("保存文字", lambda: None, primary=True, tip=tip)
        left: list[QWidget] = [insert, section, undo, redo, reset]
        self.row = flow(left, [names, seek, self.pages, self.save])

    def enable(self, *, text: bool, save: bool) -> None:
        """text: whether there is one to be changed.  save: whether there is anything to be kept."""
        for tool in self._changing:
            tool.setEnabled(text)
        self.save.setEnabled(save)


def _with_menu(text: str, menu: QMenu, icon: str, tip: str) -> QPushButton:
    made = button(text, lambda: None, icon=icon, tip=tip)
    style.set_state(made, "menu", value=True)
    made.setMenu(menu)
    return made
