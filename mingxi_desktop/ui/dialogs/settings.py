"""Settings: the bureau and its report, target numbers, lists, appearance."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, keeping
from mingxi_desktop.ui import ask, style, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.dialogs.lists import ListsEditor
from mingxi_desktop.ui.shapes import button, label, row, toggle

_TEXTS = (
    ("bureau", "单位名称(&N)", "印在标题上，如 明溪县应急管理局"),
    ("signer", "落款单位(&G)", "空着就用单位名称"),
    ("report.sign_date", "成文日期(&D)", "如 2025-01-23；空着按次年1月23日"),
    ("target.county_pump_teams", "县级水泵队应建数(&C)", "空着按 1 支"),
    ("target.township_pump_teams", "乡镇水泵队应建数(&T)", "空着按乡镇个数"),
)
"""(key in the ledger file, label, what an empty field means)."""
_EMPTY = {"target.county_pump_teams": "1", "target.township_pump_teams": "0"}
"""What is kept for a number that was cleared; 0 stands for the number of townships."""
_SEALED = "report.sealed"
_KEYS = (*(key for key, _, _ in _TEXTS), _SEALED)
_LOOKS = (("跟随系统", "system"), ("浅色", "light"), ("深色", "dark"))
_PAGES = ("单位与总结", "名单", "外观与本机")


class SettingsDialog(Frame):
    """What is kept in the ledger file, and what is kept on this PC."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("设置", 760, 560, parent)
        self._context = context
        self._before: dict[str, str] = {}
        self._fields: dict[str, QLineEdit] = {}
        self._stack = QStackedWidget()
        self._pills = [
            toggle(title, "pill", partial(self.show_page, place)) for place, title in enumerate(_PAGES)
        ]
        self.column.addLayout(row(*self._pills, None))
        self.column.addWidget(self._stack, 1)
        self.lists = ListsEditor(context)
        for page in (_scrolled(self._bureau_page()), self.lists, _scrolled(self._own_page())):
            self._stack.addWidget(page)
        self._message = label(role="error")
        self._message.setWordWrap(True)
        self._save = button("保存", self.save, primary=True)
        self.column.addWidget(self._message)
        self.close_with(None, button("取消", self.reject), self._save, default=self._save)
        self.show_page(0)
        self._save.setEnabled(False)
        context.read(_settings, done=self._show, owner=self)

    def show_page(self, place: int) -> None:
        """Show a page."""
        self._stack.setCurrentIndex(place)
        for number, pill in enumerate(self._pills):
            pill.setChecked(number == place)

    def save(self) -> None:
        """Keep everything; what is wrong is said, and nothing is kept then."""
        try:
            changed = self._changed()
        except UserError as error:
            self._wrong(error)
            return
        settings = self._context.settings
        settings.setValue("operator", self._operator.text().strip())
        settings.setValue("appearance", self._look.currentData())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            style.apply(app, self._look.currentData())
        if not changed:
            self.accept()
            return
        self._save.setEnabled(False)
        self._context.read(_keep, changed, done=self._kept, owner=self, failed=self._wrong)

    # the pages

    def _bureau_page(self) -> QWidget:
        page, form = _form()
        for key, title, hint in _TEXTS:
            field = QLineEdit()
            field.setPlaceholderText(hint)
            field.setToolTip(hint)
            field.setAccessibleName(title.partition("(")[0])
            self._fields[key] = field
            form.addRow(title, field)
        self._sealed = QCheckBox("落款处留出盖章的位置(&S)")
        form.addRow("", self._sealed)
        note = label(
            "应建数是“水泵队覆盖率”等指标的分母。这一页的内容存在台账文件里，换电脑也跟着走。", "muted"
        )
        note.setWordWrap(True)
        form.addRow(note)
        return page

    def _own_page(self) -> QWidget:
        page, form = _form()
        settings = self._context.settings
        self._operator = QLineEdit(str(settings.value("operator", "")))
        self._operator.setPlaceholderText("写进变更历史；下次打开台账时生效")
        self._operator.setAccessibleName("操作人")
        form.addRow("操作人(&O)", self._operator)
        self._look = CalmCombo("外观")
        for text, name in _LOOKS:
            self._look.addItem(text, name)
        self._look.setCurrentIndex(max(self._look.findData(str(settings.value("appearance", "system"))), 0))
        form.addRow("外观(&L)", self._look)
        folder = QLineEdit(str(self._context.path.parent / keeping.FOLDER))
        folder.setReadOnly(True)
        folder.setAccessibleName("备份文件夹")
        form.addRow("备份文件夹(&B)", folder)
        form.addRow("", row(button("打开备份文件夹", self._open_backups, icon="folder"), None))
        note = label("备份放在台账文件旁边。重要的备份请再抄一份到U盘。", "muted")
        note.setWordWrap(True)
        form.addRow(note)
        return page

    # inside

    def _show(self, found: dict[str, str]) -> None:
        self._before = found
        for key, field in self._fields.items():
            field.setText("" if found[key] == "0" else found[key])
        self._sealed.setChecked(found[_SEALED] != "0")
        self._save.setEnabled(True)
        self._fields["bureau"].setFocus()

    def _changed(self) -> dict[str, str]:
        """What differs from the ledger file, in the form it is kept in; UserError where a text is wrong."""
        typed = {key: field.text().strip() for key, field in self._fields.items()}
        typed["report.sign_date"] = _date(typed["report.sign_date"])
        for key in (key for key in typed if key.startswith("target.")):
            typed[key] = _number(key, typed[key]) or (_EMPTY[key] if self._before.get(key) else "")
        if not typed["bureau"]:
            raise UserError("单位名称不能空着", field="bureau")
        typed[_SEALED] = "1" if self._sealed.isChecked() else "0"
        before = {**self._before, _SEALED: "0" if self._before.get(_SEALED) == "0" else "1"}
        return {key: value for key, value in typed.items() if value != before.get(key, "")}

    def _kept(self, _: None) -> None:
        self._context.changed.emit(Changes("修改设置"))
        self._context.said.emit("设置已保存")
        self.accept()

    def _wrong(self, error: UserError) -> None:
        self._save.setEnabled(True)
        self._message.setText("。".join(part for part in (error.title, error.detail, error.hint) if part))
        field = self._fields.get(error.field)
        for other in self._fields.values():
            style.set_state(other, "state", "error" if other is field else "")
        if field is not None:
            self.show_page(0)
            field.setFocus()

    def _open_backups(self) -> None:
        folder = self._context.path.parent / keeping.FOLDER
        if folder.exists():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        else:
            ask.show_message("还没有备份", "用“文件 → 立即备份”做一个。", parent=self)


def _form() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    style.set_state(page, "plain", value=True)
    form = QFormLayout(page)
    form.setContentsMargins(0, theme.GAP, theme.GAP, 0)
    form.setVerticalSpacing(theme.GAP)
    form.setHorizontalSpacing(theme.WIDE_GAP)
    return page, form


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(area.focusPolicy().NoFocus)
    area.setWidget(page)
    return area


def _date(text: str) -> str:
    if not text:
        return ""
    try:
        day = parse.parse_date(text).value
    except ValueError as error:
        raise UserError(
            f"成文日期：{error}", "", "如 2025-01-23，或空着", field="report.sign_date"
        ) from error
    return day.isoformat() if isinstance(day, datetime.date) else ""


def _number(key: str, text: str) -> str:
    if not text:
        return ""
    try:
        found = parse.parse_int(text).value
    except ValueError as error:
        raise UserError(f"应建数：{error}", "", "写一个整数，或空着", field=key) from error
    if found is None or found < 0:
        raise UserError("应建数不能小于 0", "", "写一个整数，或空着", field=key)
    return str(found)


def _settings(ledger: Ledger) -> dict[str, str]:
    return {key: ledger.setting(key) for key in _KEYS}


def _keep(ledger: Ledger, changed: Mapping[str, str]) -> None:
    for key, value in changed.items():
        ledger.set_setting(key, value)
