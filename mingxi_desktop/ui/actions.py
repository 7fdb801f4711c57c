"""The menus, in one table: every command of the program with its keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ui import icons, opening, veil
from mingxi_desktop.ui.keeper import Keeper
from mingxi_desktop.ui.part_names import CHARTS, DEADLINES, FROZEN, PROOFREADING, REPORTING, WORDING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

    from mingxi_desktop.domain.records import Changes
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ui.pages.ledger_tab import LedgerTab
    from mingxi_desktop.ui.tab_window import TabWindow

_Entry = tuple[str, str, str, str, Callable[["TabWindow"], object]]
"""(name, text, keys, icon, what it does); an empty name is a separator."""


def fill(window: TabWindow) -> dict[str, QAction]:
    """Put the menus into the window's menu bar; the actions by name."""
    made: dict[str, QAction] = {}
    for title, entries in _MENUS:
        menu = window.menuBar().addMenu(title)
        drawn: list[tuple[QAction, str]] = []
        # Drawn when the menu is first opened: all of them take as long as the window itself.
        menu.aboutToShow.connect(partial(_draw, drawn))
        for name, text, keys, icon, do in entries:
            if not name:
                menu.addSeparator()
                continue
            action = QAction(text, window)
            action.setObjectName(name)
            if keys:
                action.setShortcut(QKeySequence(keys))
            if icon:
                drawn.append((action, icon))
            action.triggered.connect(lambda _=False, do=do: do(window))
            menu.addAction(action)
            made[name] = action
    window.addAction(made["manual"])  # an action of the window, for what is shown over it to have, too
    made["personal"].setCheckable(True)
    veil.current().changed.connect(made["personal"].setChecked)
    made["undo"].setEnabled(False)
    made["redo"].setEnabled(False)
    return made


def _draw(waiting: list[tuple[QAction, str]]) -> None:
    """Give the actions their icons, once."""
    while waiting:
        icons.give(*waiting.pop())


def _new(window: TabWindow) -> None:
    tab = window.ledger_tab()
    if tab is not None:
        tab.start_new()
    else:
        window.go("new:hazard")


def _save(window: TabWindow) -> None:
    tab, report = window.ledger_tab(), window.report_page()
    if tab is not None:
        tab.current.panel.save()
    elif report is not None:
        report.save_wording()


def _find(window: TabWindow) -> None:
    tab, report, checks = window.ledger_tab(), window.report_page(), window.checks_page()
    if tab is not None:
        tab.current.search.setFocus()
        tab.current.search.selectAll()
    elif report is not None:
        report.find_indicator()
    elif checks is not None:
        checks.to_search()


def _print(window: TabWindow) -> None:
    """The table or list in front; everywhere else the report."""
    front = window.ledger_tab() or window.overview_tab()
    if front is not None and front.print is not None:
        front.print()
    else:
        _print_report(window)


def _print_report(window: TabWindow) -> None:
    window.open_tab(TABS[-1])
    report = window.report_page()
    if report is not None:
        report.print()


def _brief(window: TabWindow) -> None:
    window.open_tab(TABS[-1])
    report = window.report_page()
    if report is not None:
        report.choose("monthly")


def _to_part(part: str) -> Callable[[TabWindow], object]:
    def go(window: TabWindow) -> None:
        window.open_tab(TABS[-1])
        report = window.report_page()
        if report is not None:
            report.open(part)

    return go


_BLOCKS = ("paste_cells", "fill_down", "clear_cells", "change_many")
_ON_LEDGERS = ("template", "save_new", "paste", "delete", *_BLOCKS)


def enable(window: TabWindow, made: dict[str, QAction]) -> None:
    """Only what the page in front can do: the import page has keys of its own."""
    ledger, report = window.ledger_tab() is not None, window.report_page() is not None
    checks = window.checks_page() is not None
    for name in _ON_LEDGERS:
        made[name].setEnabled(ledger)
    made["export"].setEnabled(ledger or checks)
    made["save"].setEnabled(ledger or report)
    made["find"].setEnabled(ledger or report or checks)


def _export(window: TabWindow) -> None:
    front = window.ledger_tab() or window.checks_page()
    if front is not None:
        front.export()


def _undo(window: TabWindow) -> None:
    """In a field being typed into, undo the typing; otherwise the last change of records."""
    field = _typing_in(window)
    if field is not None:
        field.undo()
    else:
        window.context.write(_undo_last, owner=window)


def _redo(window: TabWindow) -> None:
    field = _typing_in(window)
    if field is not None:
        field.redo()
    else:
        window.context.write(_redo_last, owner=window)


def _typing_in(window: TabWindow) -> QLineEdit | QPlainTextEdit | QTextEdit | None:
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

    focus: QWidget | None = window.focusWidget()
    if isinstance(focus, QLineEdit) and focus.isUndoAvailable() and not focus.isReadOnly():
        return focus
    if (
        isinstance(focus, QPlainTextEdit | QTextEdit)
        and focus.document().isUndoAvailable()
        and not focus.isReadOnly()
    ):
        return focus
    return None


def _backup(window: TabWindow) -> None:
    def done(path: Path) -> None:
        window.context.said.emit(f"已备份并检查：{path.name}")
        window.context.changed.emit(_unchanged("备份"))

    keeper = window.context.findChild(Keeper)
    if keeper is not None:
        keeper.now()
    else:
        window.context.read(_make_backup, done=done, owner=window)


def _restore(window: TabWindow) -> None:
    from mingxi_desktop.ui.dialogs.restore import go_back

    go_back(window.context, window)


def _verify(window: TabWindow) -> None:
    from mingxi_desktop.ui.verifying import verify

    verify(window.context, window)


def _trash(window: TabWindow) -> None:
    from mingxi_desktop.ui.dialogs.trash import TrashDialog

    tab = window.ledger_tab()
    TrashDialog(window.context, tab.current.kind.name if tab else "", window).exec()


def _settings(window: TabWindow) -> None:
    from mingxi_desktop.ui.dialogs.settings import SettingsDialog

    SettingsDialog(window.context, window).exec()
    window.look_around()


def _manual(window: TabWindow) -> None:
    from mingxi_desktop.ui.dialogs.manual import open_manual

    open_manual(window)


def _unchanged(sentence: str) -> Changes:
    """News without a changed record."""
    from mingxi_desktop.domain.records import Changes

    return Changes(sentence)


def _make_backup(ledger: Ledger) -> Path:
    return ledger.backup()


def _undo_last(ledger: Ledger) -> Changes | None:
    return ledger.undo()


def _redo_last(ledger: Ledger) -> Changes | None:
    return ledger.redo()


def _on_ledger(do: Callable[[LedgerTab], object]) -> Callable[[TabWindow], object]:
    """What is done to the ledgers in front, if they are."""

    def on(window: TabWindow) -> None:
        tab = window.ledger_tab()
        if tab is not None:
            do(tab)

    return on


def _block(command: str) -> Callable[[TabWindow], object]:
    """What is done to the selected cells of the table in front; it has the keys, the menu only tells them."""
    return _on_ledger(lambda tab: getattr(tab.current.block, command)())


def _to(tab: str) -> Callable[[TabWindow], object]:
    return lambda window: window.open_tab(tab)


def _to_overview(part: str) -> Callable[[TabWindow], object]:
    return lambda window: window.go(f"overview:{part}")


_LINE: _Entry = ("", "", "", "", lambda _: None)
_MENUS: tuple[tuple[str, tuple[_Entry, ...]], ...] = (
    (
        "文件(&F)",
        (
            ("open", "打开或新建台账(&O)…", "Ctrl+O", "folder", lambda window: window.open_other()),
            ("import", "导入表格(&I)…", "Ctrl+I", "import", lambda window: window.start_import([])),
            ("export", "导出当前表(&E)…", "Ctrl+E", "export", _export),
            ("export_all", "导出全部台账(&A)…", "", "export", opening.export_all),
            ("template", "保存导入模板(&T)…", "", "document", _on_ledger(lambda tab: tab.template())),
            ("print", "打印(&P)…", "Ctrl+P", "print", _print),
            _LINE,
            ("backup", "立即备份(&B)", "Ctrl+B", "backup", _backup),
            ("restore", "从备份恢复(&R)…", "", "restore", _restore),
            ("handover", "制作交接包(&H)…", "", "folder", opening.handover),
            _LINE,
            ("quit", "退出(&X)", "Ctrl+Q", "close", lambda window: window.close()),
        ),
    ),
    (
        "编辑(&E)",
        (
            ("undo", "撤消(&U)", "Ctrl+Z", "undo", _undo),
            ("redo", "重做(&R)", "Ctrl+Y", "redo", _redo),
            _LINE,
            ("paste", "粘贴成新记录(&P)…\tCtrl+V", "", "import", _on_ledger(lambda tab: tab.current.paste())),
            ("paste_cells", "粘贴到所选单元格(&C)…\tCtrl+Shift+V", "", "", _block("paste_cells")),
            ("fill_down", "向下填充(&D)\tCtrl+D", "", "", _block("fill_down")),
            ("clear_cells", "清空单元格(&E)\t退格键", "", "", _block("clear_cells")),
            ("change_many", "批量修改(&M)…", "", "edit", _block("change_many")),
            _LINE,
            ("find", "查找(&F)", "Ctrl+F", "search", _find),
        ),
    ),
    (
        "视图(&V)",
        (
            *(
                (f"tab{number}", f"{tab}(&{number})", f"Ctrl+{number}", "", _to(tab))
                for number, tab in enumerate(TABS, 1)
            ),
            _LINE,
            ("personal", "显示个人信息(&P)", "", "view", opening.show_personal),
        ),
    ),
    (
        "数据(&D)",
        (
            ("new", "新增记录(&N)", "Ctrl+N", "add", _new),
            ("save", "保存记录(&S)", "Ctrl+S", "save", _save),
            (
                "save_new",
                "保存并新增(&A)",
                "Ctrl+Return",
                "",
                _on_ledger(lambda tab: tab.current.panel.save_and_new()),
            ),
            ("delete", "删除所选记录(&D)\tDel", "", "trash", _on_ledger(lambda tab: tab.current.delete())),
            _LINE,
            ("checks", "核对(&K)", "F7", "warning", lambda window: window.go("checks")),
            ("reporting", "报送(&R)", "", "calendar", _to_overview(REPORTING)),
            ("deadlines", "期限(&L)", "", "history", _to_overview(DEADLINES)),
            ("campaigns", "专项行动计入总数(&C)…", "", "filter", opening.campaigns),
            _LINE,
            ("batches", "导入记录(&B)…", "", "history", opening.batches),
            ("exported", "导出登记(&E)…", "", "history", opening.exported),
            ("trash", "回收站(&T)…", "", "trash", _trash),
        ),
    ),
    (
        "报表(&R)",
        (
            ("report", "年度总结(&A)", "", "report", _to(TABS[-1])),
            ("print_report", "打印报告(&P)…", "", "print", _print_report),
            ("brief", "月报(&M)", "", "document", _brief),
            ("wording", "编辑报告文字(&W)", "", "edit", _to_part(WORDING)),
            ("charts", "图表(&C)", "", "chart", _to_part(CHARTS)),
            ("proofread", "校稿(&J)", "", "ok", _to_part(PROOFREADING)),
            ("freeze", "定稿(&D)", "", "save", _to_part(FROZEN)),
            ("openings", "期初数(&O)…", "", "edit", opening.openings),
        ),
    ),
    (
        "工具(&T)",
        (
            ("deadline_table", "期限表(&L)…", "", "history", opening.deadline_table),
            ("holidays", "节假日(&H)…", "", "calendar", opening.holidays),
            ("areas", "乡镇和村居(&A)…", "", "edit", opening.areas),
            ("verify", "检查数据完整性(&C)", "", "ok", _verify),
            ("password", "口令和锁定(&P)…", "", "lock", opening.password),
            ("encryption", "加密(&E)…", "", "key", opening.encryption),
            ("lock", "锁定(&K)", "Ctrl+L", "lock", opening.lock),
            ("settings", "设置(&S)…", "", "settings", _settings),
        ),
    ),
    (
        "帮助(&H)",
        (
            ("manual", "使用手册(&M)", "F1", "help", _manual),
            ("examples", "示例文件(&X)…", "", "folder", opening.examples),
            ("about", "关于(&A)…", "", "info", opening.about),
        ),
    ),
)
