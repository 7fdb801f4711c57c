"""The reference lists and the clerk's own words, to be looked after in the settings."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import (
    AREA,
    CHOICE_PREFIX,
    ENTERPRISE,
    ITEM,
    LABELS,
    ORG,
    VILLAGE,
    Entry,
)
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.register import MERGING
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.areas import AreasDialog
from mingxi_desktop.ui.dialogs.enterprise import EnterpriseDialog
from mingxi_desktop.ui.dialogs.entry import EntryDialog
from mingxi_desktop.ui.dialogs.merge import MergeDialog
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import button, label, row

_COLUMNS = (
    ListColumn("名称", 200),
    ListColumn("别的写法"),
    ListColumn("说明", 180),
    ListColumn("状态", 72),
)

_SEARCH_WIDTH = 260


class ListsEditor(QWidget):
    """Entries of one list at a time: add, change, stop and use again. Every step is stored at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entries: dict[int, Entry] = {}
        self._lists = CalmCombo("名单")
        for name in (AREA, VILLAGE, ORG, ENTERPRISE, ITEM):
            self._lists.addItem(LABELS[name], name)
        for vocabulary in delivered().values():
            if vocabulary.open:
                self._lists.addItem(f"自己的词：{vocabulary.label}", CHOICE_PREFIX + vocabulary.name)
        self._search = SearchLine("搜索名单", "搜索：文字、拼音或首字母")
        self._search.setMinimumWidth(_SEARCH_WIDTH)
        self._count = label(role="muted")
        self.table = Listing("名单", _COLUMNS, several=True)
        self._search.went_on.connect(self.table.setFocus)
        self._add = button("新增…", self.add, icon="add")
        self._change = button("修改…", self.change, icon="edit")
        self._stop = button("停用", self.switch)
        self._story = button("经过…", self.story, icon="history", tip="它的全部检查、隐患和案件")
        self._alike = button(
            "查找相近的写法…", self.find_alike, icon="search", tip="同一家的不同写法，可以合并"
        )
        self._merge = button("合并…", self.merge, icon="link", tip="按住 Ctrl 选几个名称，合并成一个")
        self._many = button(
            "乡镇和村居…", self.take_in, icon="edit", tip="一次登记全部：打字、粘贴，或从表格读入"
        )
        self._hint = label(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(row(self._lists, self._search, None, self._count))
        column.addWidget(self.table, 1)
        column.addLayout(
            flow([self._add, self._change, self._stop, self._many, self._story, self._alike, self._merge], [])
        )
        column.addWidget(self._hint)
        self._lists.currentIndexChanged.connect(lambda _: self.read())
        self._search.textChanged.connect(lambda _: self._fill())
        self.table.current_changed.connect(self._current)
        self.table.chosen_changed.connect(self._selected)
        self.table.opened.connect(lambda _: self.change())
        self._current(None)
        self.read()

    @property
    def list_name(self) -> str:
        """The list shown: its name among `references.LABELS`, or choice:NAME."""
        return str(self._lists.currentData())

    def read(self) -> None:
        """Read the entries of the list shown from the ledger, and show them when they come."""
        name = self.list_name
        self._context.read(_entries, name, done=lambda found: self._arrived(name, found), owner=self)

    def add(self) -> None:
        """A new entry of the list."""
        self._edit(Entry(self.list_name, ""))

    def change(self) -> None:
        """Change the entry with the cursor."""
        entry = self._chosen()
        if entry is not None and self._change.isEnabled():
            self._edit(entry)

    def switch(self) -> None:
        """No longer offer the entry with the cursor for new records, or offer it again."""
        entry = self._chosen()
        if entry is not None:
            self._context.write(
                _save, replace(entry, active=not entry.active), owner=self, done=self._changed
            )

    def story(self) -> None:
        """Everything the ledgers know of the entry with the cursor."""
        entry = self._chosen()
        if entry is not None:
            EnterpriseDialog(self._context, entry.ref, self).exec()
            self.read()

    def find_alike(self) -> None:
        """Look for several spellings of one, and merge them."""
        MergeDialog(self._context, self.list_name, parent=self).exec()
        self._changed()

    def merge(self) -> None:
        """Merge the selected entries."""
        refs = [self._entries[number].ref for number in self.table.chosen()]
        if len(refs) > 1:
            MergeDialog(self._context, self.list_name, refs, self).exec()
            self._changed()

    def take_in(self) -> None:
        """All townships and villages at once."""
        if AreasDialog(self._context, self).exec():
            self._context.sources.refresh([AREA, VILLAGE, ORG])
            self.read()

    def _edit(self, entry: Entry) -> None:
        what = self._lists.currentText().removeprefix("自己的词：")
        if EntryDialog(self._context, entry, what, self).exec():
            self._changed()

    def _changed(self, _changes: Changes | None = None) -> None:
        self._context.sources.refresh([self.list_name])
        self.read()

    def _arrived(self, name: str, found: list[Entry]) -> None:
        if name == self.list_name:
            self._entries = {entry.id: entry for entry in found}
            self._fill()

    def _fill(self) -> None:
        query = self._search.text()
        shown = [
            entry
            for entry in self._entries.values()
            if not query.strip() or texts.matches(query, texts.search_text((entry.name, *entry.aliases)))
        ]
        own = self.list_name.startswith(CHOICE_PREFIX)
        self.table.set_empty_text(
            "没有找到。换个词，或点“新增”登记。"
            if query.strip()
            else "还没有自己加的词。点“新增”，它就会出现在下拉选项里。"
            if own
            else "还是空的。点“新增”登记；企业/场所在录入和导入时会自动登记。"
        )
        self.table.set_lines([_line(entry) for entry in shown])
        self.table.tighten(0, 2)
        self._count.setText(f"{len(shown):,} 个")

    def _chosen(self) -> Entry | None:
        number = self.table.current()
        return self._entries.get(number) if number is not None else None

    def _current(self, _number: int | None) -> None:
        entry = self._chosen()
        own = self.list_name.startswith(CHOICE_PREFIX)
        self._change.setEnabled(entry is not None and not own)
        self._stop.setEnabled(entry is not None)
        merging = self.list_name in MERGING
        self._many.setVisible(self.list_name in (AREA, VILLAGE))
        self._story.setVisible(merging)
        self._story.setEnabled(entry is not None)
        self._alike.setVisible(merging)
        self._merge.setVisible(merging)
        self._selected()
        self._stop.setText("停用" if entry is None or entry.active else "重新启用")
        self._hint.setText(
            "每一步马上保存。词已写在记录里，只能停用，不能改名。"
            if own
            else "每一步马上保存。停用的不再出现在下拉选项里，原有记录不变。"
        )

    def _selected(self) -> None:
        number = len(self.table.chosen())
        self._merge.setText(f"合并 {number:,} 个名称…" if number > 1 else "合并…")
        self._merge.setEnabled(number > 1)


def _line(entry: Entry) -> Line:
    code = f"信用代码 {entry.code}" if entry.list == ENTERPRISE and entry.code else ""
    notes = [entry.parent, entry.group, entry.unit, code]
    if entry.extra.get("floor"):
        notes.append(f"下限 {entry.extra['floor']}")
    note = " · ".join(part for part in notes if part)
    state = "在用" if entry.active else "停用"
    roles = {} if entry.active else {0: "muted", 1: "muted", 2: "muted", 3: "muted"}
    return Line((entry.name, "、".join(entry.aliases), note, state), entry.id, roles)


def _entries(ledger: Ledger, name: str) -> list[Entry]:
    return ledger.entries(name, active_only=False)


def _save(ledger: Ledger, entry: Entry) -> Changes:
    return ledger.save_entry(entry)
