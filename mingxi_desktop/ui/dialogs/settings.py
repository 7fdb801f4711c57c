"""Settings: the bureau and its report, the first page, lists, and what belongs to this PC."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

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

from mingxi_desktop.domain.county import COUNTY
from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.overview import CARDS
from mingxi_desktop.ledger.preferences import BY_KEY, read
from mingxi_desktop.ledger.reports.reporting import BUNDLED, FONTS
from mingxi_desktop.ui import stored_settings, style, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs import backup_settings
from mingxi_desktop.ui.dialogs.backup_settings import BackupSettings
from mingxi_desktop.ui.dialogs.card_choice import CardChoice
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.dialogs.lists import ListsEditor
from mingxi_desktop.ui.shapes import button, label, row, toggle

_MNEMONICS = {
    "bureau": "N",
    "signer": "G",
    COUNTY: "X",
    "report.sign_date": "D",
    "target.county_pump_teams": "C",
    "target.township_pump_teams": "T",
}
_SEALED = "report.sealed"
_KEYS = (*BY_KEY, _SEALED, CARDS, FONTS, *backup_settings.KEYS)
_FONTS = (("本机有仿宋、楷体、小标宋就用本机的", ""), ("只用随程序的字体，每台电脑印出来一样", BUNDLED))
_LONGEST = 20
"""Characters of the name of whoever uses the program."""
_LOOKS = (("跟随系统", "system"), ("浅色", "light"), ("深色", "dark"))
_PAGES = ("单位与总结", "概览", "名单", "外观与本机")


class SettingsDialog(Frame):
    """What is kept in the ledger file, and what is kept on this PC."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("设置", 760, 560, parent)
        self._context = context
        self._before: dict[str, str] = {}
        self._shown_look = str(context.settings.value("appearance", "system"))
        self._fields: dict[str, QLineEdit] = {}
        self._stack = QStackedWidget()
        self._pills = [
            toggle(title, "pill", partial(self.show_page, place)) for place, title in enumerate(_PAGES)
        ]
        self.column.addLayout(row(*self._pills, None))
        self.column.addWidget(self._stack, 1)
        self.lists = ListsEditor(context)
        self.cards = CardChoice()
        for page in (_scrolled(self._bureau_page()), self.cards, self.lists, _scrolled(self._own_page())):
            self._stack.addWidget(page)
        self._message = label(role="error")
        self._message.setWordWrap(True)
        self._message.hide()
        self._save = button("保存", self.save, primary=True)
        self.column.addWidget(self._message)
        self.close_with(None, button("取消", self.reject), self._save, default=self._save)
        self.show_page(0)
        self._save.setEnabled(False)
        context.read(_settings, done=self._show, owner=self)

    @property
    def pages(self) -> int:
        """How many pages there are; the last is about this PC."""
        return self._stack.count()

    def show_page(self, place: int) -> None:
        """Bring a page to the front and mark its pill.  place: from 0."""
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
        self._save.setEnabled(False)
        operator = self._operator.text().strip()
        self._context.read(_keep, changed, operator, done=self._kept, owner=self, failed=self._wrong)

    def done(self, result: int) -> None:
        """Also at Esc: without saving, the look is again what it was."""
        if not result:
            self._apply_look(str(self._context.settings.value("appearance", "system")))
        super().done(result)

    # the pages

    def _bureau_page(self) -> QWidget:
        page, form = _form()
        for key, setting in BY_KEY.items():
            field = QLineEdit()
            field.setPlaceholderText(setting.empty)
            field.setToolTip(setting.empty)
            field.setAccessibleName(setting.label)
            self._fields[key] = field
            form.addRow(f"{setting.label}(&{_MNEMONICS[key]})", field)
        self._fonts = CalmCombo("报告字体")
        for text, name in _FONTS:
            self._fonts.addItem(text, name)
        form.addRow("报告字体(&R)", self._fonts)
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
        self._operator.setPlaceholderText("写进变更历史；空着就用电脑的用户名")
        self._operator.setAccessibleName("操作人")
        self._fields["operator"] = self._operator
        form.addRow("操作人(&O)", self._operator)
        self._look = CalmCombo("外观")
        for text, name in _LOOKS:
            self._look.addItem(text, name)
        self._look.setCurrentIndex(max(self._look.findData(str(settings.value("appearance", "system"))), 0))
        self._look.currentIndexChanged.connect(lambda _: self._apply_look(self._look.currentData()))
        form.addRow("外观(&L)", self._look)
        self._backups = BackupSettings(self._context.path, form, self)
        self._fields |= self._backups.fields
        return page

    # inside

    def _show(self, read: tuple[dict[str, str], IndicatorBook]) -> None:
        found, book = read
        self._before = found
        for key in BY_KEY:
            self._fields[key].setText("" if found[key] == "0" else found[key])
        self._backups.show(found)
        self._fonts.setCurrentIndex(max(self._fonts.findData(found[FONTS]), 0))
        self.cards.set_book(book)
        self.cards.set_value(found[CARDS])
        self._sealed.setChecked(found[_SEALED] != "0")
        self._save.setEnabled(True)
        self._fields["bureau"].setFocus()

    def _changed(self) -> dict[str, str]:
        """What differs from the ledger file, in the form it is kept in; UserError where a text is wrong."""
        _not_longer(self._operator)
        typed = {key: read(key, self._fields[key].text(), self._before[key]) for key in BY_KEY}
        typed[_SEALED] = "1" if self._sealed.isChecked() else "0"
        typed[CARDS] = self.cards.value()
        typed[FONTS] = str(self._fonts.currentData())
        typed |= self._backups.values(self._before)
        before = {**self._before, _SEALED: "0" if self._before.get(_SEALED) == "0" else "1"}
        return {key: value for key, value in typed.items() if value != before.get(key, "")}

    def _kept(self, _: None) -> None:
        """Once the ledger file has it all, this PC's own settings follow."""
        settings = self._context.settings
        settings.setValue("operator", self._operator.text().strip())
        settings.setValue("appearance", self._look.currentData())
        self._context.changed.emit(Changes("修改设置"))
        self._context.said.emit(stored_settings.fault(settings) or "设置已保存")
        self.accept()

    def _apply_look(self, name: str) -> None:
        """Show the look without waiting for 保存."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and name != self._shown_look:
            self._shown_look = name
            style.change(app, name)

    def _wrong(self, error: UserError) -> None:
        self._save.setEnabled(True)
        self._message.setText(error.in_one_line())
        self._message.show()
        field = self._fields.get(error.field)
        for other in self._fields.values():
            style.set_state(other, "state", "error" if other is field else "")
        if field is not None:
            here = error.field in ("operator", *backup_settings.KEYS)
            self.show_page(_PAGES.index("外观与本机") if here else 0)
            field.setFocus()


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


def _not_longer(operator: QLineEdit) -> None:
    length = len(operator.text().strip())
    if length > _LONGEST:
        raise UserError(f"操作人有 {length} 个字，最多 {_LONGEST} 个字", "", "写短一些", field="operator")


def _settings(ledger: Ledger) -> tuple[dict[str, str], IndicatorBook]:
    found = {key: ledger.setting(key) for key in _KEYS}
    return found | {COUNTY: ledger.home.county.whole}, ledger.definitions.book


def _keep(ledger: Ledger, changed: Mapping[str, str], operator: str) -> None:
    """What can be refused comes first."""
    backup_settings.check(changed, ledger.setting)
    ledger.preferences.keep(changed)
    ledger.preferences.sign_as(operator)
