"""The trash: deleted records of all ledgers, and taking them back."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes, Record
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import button, label, row

_COLUMNS = (
    ListColumn("台账", 110),
    ListColumn("日期", 96),
    ListColumn("乡镇", 80),
    ListColumn("记录"),
    ListColumn("谁删的", 90),
    ListColumn("什么时候", 140),
)
_TYPING = 200
_SEARCH_WIDTH = 260
_SAID = (FieldType.TEXT, FieldType.REF)
_MOST_SAID = 3
_MOST_SHOWN = 2_000
_Found = tuple[list[Line], int]


class TrashDialog(Frame):
    """Deleted records, newest first; the selected ones can be taken back."""

    def __init__(self, context: Context, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__("回收站", 920, 600, parent)
        self._context = context
        self._kinds = CalmCombo("台账")
        self._kinds.addItem("全部台账", "")
        for declared in ALL:
            if not declared.parent:
                self._kinds.addItem(declared.label, declared.name)
        self._kinds.setCurrentIndex(max(self._kinds.findData(kind), 0))
        self._search = SearchLine("搜索回收站", "搜索：文字、拼音或首字母")
        self._search.setMinimumWidth(_SEARCH_WIDTH)
        self._count = label(role="muted")
        self.column.addLayout(row(self._kinds, self._search, None, self._count))
        self.table = Listing("回收站", _COLUMNS, several=True)
        self._search.went_on.connect(self.table.setFocus)
        self.column.addWidget(self.table, 1)
        self._restore = button("恢复", self.restore, icon="restore", primary=True)
        close = button("关闭", self.reject)
        hint = label("恢复时明细和佐证材料一起回来。Ctrl+A 全选。", "muted")
        self.column.addWidget(hint)
        self.close_with(None, close, self._restore, default=self._restore)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._read)
        self._search.textChanged.connect(lambda _: self._typing.start())
        self._kinds.currentIndexChanged.connect(lambda _: self._read())
        self.table.chosen_changed.connect(self._mark)
        context.changed.connect(self._changed)
        self._mark()
        self._read()

    def restore(self) -> None:
        """Take the selected records back."""
        chosen: dict[str, list[int]] = {}
        for kind, record in self.table.chosen():
            chosen.setdefault(kind, []).append(record)
        for kind, ids in chosen.items():
            self._context.write(_restore, kind, ids, owner=self)

    def _changed(self, _changes: Changes) -> None:
        self._read()

    def _read(self) -> None:
        self._context.read(
            _deleted, self._kinds.currentData(), self._search.text().strip(), done=self._show, owner=self
        )

    def _show(self, found: _Found) -> None:
        lines, total = found
        if self._search.text().strip():
            nothing = "回收站里没有找到这样的记录。换个词，或选“全部台账”。"
        elif self._kinds.currentData():
            nothing = f"{self._kinds.currentText()}没有删除的记录。别的台账的，选“全部台账”看。"
        else:
            nothing = "回收站是空的。删除的记录会到这里，随时可以恢复。"
        self.table.set_empty_text(nothing)
        self.table.set_lines(lines)
        more = f"，只列最近 {_MOST_SHOWN:,} 条" if total > len(lines) else ""
        self._count.setText(f"{total:,} 条{more}")

    def _mark(self) -> None:
        count = len(self.table.chosen())
        self._restore.setText(f"恢复 {count:,} 条" if count else "恢复")
        self._restore.setEnabled(count > 0)


def _deleted(ledger: Ledger, kind: str, search: str) -> _Found:
    """Lines of the deleted records, newest deletion first, and how many there are."""
    records: list[Record] = []
    total = 0
    for declared in ALL:
        if kind in ("", declared.name, declared.parent_kind):
            query = Query(declared.name, search=search, trash=True, sort=(("deleted_at", True),))
            ids = ledger.ids(query)
            found = ledger.records(declared.name, ids[:_MOST_SHOWN])
            alone = _alone(ledger, found) if declared.parent else found
            records += alone
            total += len(alone) + max(len(ids) - _MOST_SHOWN, 0)
    records.sort(key=lambda record: (record.deleted_at, record.id), reverse=True)
    return [_line(ledger, record) for record in records[:_MOST_SHOWN]], total


def _alone(ledger: Ledger, rows: list[Record]) -> list[Record]:
    """Rows of a child table that were deleted by themselves; the others come back with their record."""
    if not rows:
        return []
    declared = kind_of(rows[0].kind)
    parents = {int(str(line.values[declared.parent]).rpartition(":")[2]) for line in rows}
    alive = {
        f"{record.kind}:{record.id}"
        for record in ledger.records(declared.parent_kind, sorted(parents))
        if not record.deleted_at
    }
    return [line for line in rows if line.values[declared.parent] in alive]


def _line(ledger: Ledger, record: Record) -> Line:
    declared = kind_of(record.kind)
    date = record.shown.get(declared.date, "") or record.shown.get("record_date", "")
    texts = (
        declared.label,
        date[:10],
        record.shown.get("area", ""),
        _named(ledger, record),
        record.deleted_by,
        record.deleted_at[:16],
    )
    return Line(texts, (record.kind, record.id))


def _named(ledger: Ledger, record: Record) -> str:
    """The record's title, and what its table shows of it in words: a code alone tells nobody anything."""
    declared = kind_of(record.kind)
    title = ledger.title(record.kind, record.id)
    known = {"area", "reporter", declared.date, declared.parent, *declared.title}
    said = [
        record.shown[field.name]
        for field in declared.fields
        if field.column and field.type in _SAID and field.name not in known and record.shown.get(field.name)
    ]
    return "　".join((title, *said[:_MOST_SAID]))


def _restore(ledger: Ledger, kind: str, ids: list[int]) -> Changes:
    return ledger.restore(kind, ids)
