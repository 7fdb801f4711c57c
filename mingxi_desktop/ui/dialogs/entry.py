"""One entry of a reference list, to be added or changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import CHOICE_PREFIX, ENTERPRISE, ITEM, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import button, label

_MARKS = str.maketrans({",": "、", "，": "、", ";": "、", "；": "、", "|": "、"})


class EntryDialog(Frame):
    """Name, other spellings, an enterprise's code, a supply's unit, group and floor. Accepted once it is stored."""

    def __init__(self, context: Context, entry: Entry, what: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{'修改' if entry.id else '新增'}{what}", 460, 300, parent)
        self._context = context
        self._entry = entry
        self._fields: dict[str, QLineEdit] = {}
        self._form = QFormLayout()
        self._form.setSpacing(theme.GAP)
        self.scrolled().addLayout(self._form)
        self._add("name", "名称(&N)", entry.name)
        if not entry.list.startswith(CHOICE_PREFIX):
            self._add("aliases", "别的写法(&A)", "、".join(entry.aliases), "多个用“、”隔开，导入时都认得")
        if entry.list == ENTERPRISE:
            self._add("code", "统一社会信用代码(&C)", entry.code, "营业执照上的18位代码，不知道就空着")
        if entry.list == ITEM:
            self._add("unit", "单位(&U)", entry.unit, "床、件、袋……登记后不能改")
            self._fields["unit"].setReadOnly(bool(entry.id))
            self._add("group", "类别(&G)", entry.group, "如 救助物资")
            self._add(
                "floor", "库存下限(&F)", entry.extra.get("floor", ""), "低于它时在概览提醒；不提醒就空着"
            )
        self._message = label(role="error")
        self._message.setWordWrap(True)
        self.column.addWidget(self._message)
        self._save = button("保存", self.save, primary=True)
        self.close_with(None, button("取消", self.reject), self._save, default=self._save)
        self._fields["name"].setFocus()
        self._fields["name"].textChanged.connect(self._mark)
        self._mark()

    def save(self) -> None:
        """Store the entry; what is wrong is said in the dialog."""
        entry = self._typed()
        fault = _fault(entry)
        if fault is not None:
            self._failed(fault)
            return
        self._save.setEnabled(False)
        self._context.write(_save, entry, owner=self, done=lambda _: self.accept(), failed=self._failed)

    def _add(self, name: str, title: str, text: str, hint: str = "") -> None:
        field = QLineEdit(text)
        field.setPlaceholderText(hint)
        field.setToolTip(hint)
        field.setAccessibleName(title.partition("(")[0])
        self._fields[name] = field
        self._form.addRow(title, field)

    def _typed(self) -> Entry:
        texts = {name: field.text().strip() for name, field in self._fields.items()}
        aliases = texts.get("aliases", "").translate(_MARKS).split("、")
        made = replace(
            self._entry, name=texts["name"], aliases=tuple(part.strip() for part in aliases if part.strip())
        )
        if made.list == ENTERPRISE:
            made = replace(made, code=texts["code"])
        if made.list != ITEM:
            return made
        extra = {name: value for name, value in made.extra.items() if name != "floor"}
        if texts["floor"]:
            extra["floor"] = texts["floor"]
        return replace(made, unit=texts["unit"], group=texts["group"], extra=extra)

    def _failed(self, error: UserError) -> None:
        self._mark()
        self._message.setText(error.in_one_line())
        field = self._fields.get(error.field)
        if field is not None:
            style.set_state(field, "state", "error")
            field.setFocus()

    def _mark(self) -> None:
        self._message.setText("")
        for field in self._fields.values():
            style.set_state(field, "state", "")
        self._save.setEnabled(bool(self._fields["name"].text().strip()))


def _fault(entry: Entry) -> UserError | None:
    """What the ledger would not notice."""
    floor = entry.extra.get("floor", "")
    if entry.list == ITEM and not entry.unit:
        return UserError("物资要有单位", "", "如 床、件、袋", field="unit")
    if floor and not floor.isdecimal():
        return UserError(f"库存下限“{floor}”不是整数", "", "如 100，或空着", field="floor")
    return None


def _save(ledger: Ledger, entry: Entry) -> Changes:
    return ledger.save_entry(entry)
