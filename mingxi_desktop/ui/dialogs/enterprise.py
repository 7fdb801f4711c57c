"""The whole story of an enterprise or place: every inspection, hazard and case in one list."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from mingxi_desktop.domain.references import LABELS
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.relations import Relation, Story, write_story
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.copying import copy_lines
from mingxi_desktop.ui.dialogs.entry import EntryDialog
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label

_COLUMNS = (
    ListColumn("日期", 96),
    ListColumn("台账", 96),
    ListColumn("内容"),
    ListColumn("状态", 80),
)
_ROLES = {"逾期": "error", "已销号": "ok"}


class EnterpriseDialog(Frame):
    """Shows what the ledgers know of one entry; a record opens with Enter or a double click.

    A record is opened in the window behind; this dialog and those it was opened from close for that.
    """

    def __init__(self, context: Context, ref: str, parent: QWidget | None = None) -> None:
        super().__init__("企业/场所的经过", 860, 600, parent)
        self._context = context
        self._ref = ref
        self._story: Story | None = None
        self._title = label("正在读取……", "title")
        self._title.setWordWrap(True)
        self._about = label(role="muted")
        self._about.setWordWrap(True)
        self._doors = QWidget()
        self._count = label(role="muted")
        self.table = Listing("经过", _COLUMNS)
        self.table.opened.connect(self._open)
        self.column.addWidget(self._title)
        self.column.addWidget(self._about)
        self.column.addWidget(self._doors)
        self.column.addWidget(self.table, 1)
        self._copy = button("复制", self.copy, icon="copy", tip="复制下面的清单，可以贴进 Excel 或 WPS")
        self._export = button("导出…", self.export, icon="export", tip="存成 Excel 或 CSV")
        self._change = button("修改名称…", self.change, icon="edit")
        self._go = button("打开记录", lambda: self._open(self.table.current()), primary=True)
        self.column.addWidget(self._count)
        self.close_with(
            self._copy,
            self._export,
            self._change,
            None,
            button("关闭", self.reject),
            self._go,
            default=self._go,
        )
        for one in (self._copy, self._export, self._change, self._go):
            one.setEnabled(False)
        context.changed.connect(lambda _: self._read())
        self._read()

    def copy(self) -> None:
        """The list as text, for a spreadsheet or a letter."""
        lines = [line.texts for line in self.table.lines.lines]
        number = copy_lines([column.header for column in _COLUMNS], lines)
        self._context.said.emit(f"已复制 {number:,} 条")

    def export(self) -> None:
        """Write the list into a workbook or csv."""
        story = self._story
        if story is None:
            return
        name = f"{story.entry.name}监管经过.xlsx"
        path = ask.save_file("导出", name, "Excel 工作簿 (*.xlsx);;CSV 文本 (*.csv)", parent=self)
        if path is not None:
            self._context.read(_write, story, path, done=partial(self._exported, path), owner=self)

    def change(self) -> None:
        """Change the entry itself: name, other spellings, code."""
        if self._story is not None:
            entry = self._story.entry
            EntryDialog(self._context, entry, LABELS.get(entry.list, ""), self).exec()

    def _read(self) -> None:
        self._context.read(_story, self._ref, done=self._show, owner=self, failed=self._failed)

    def _show(self, story: Story) -> None:
        self._story = story
        entry = story.entry
        self.setWindowTitle(f"{entry.name} — 经过")
        self._title.setText(entry.name)
        parts = [
            f"统一社会信用代码 {entry.code}" if entry.code else "还没有登记统一社会信用代码",
            f"别的写法：{'、'.join(entry.aliases)}" if entry.aliases else "",
            "" if entry.active else "已停用",
        ]
        self._about.setText("　".join(part for part in parts if part))
        holder = QWidget()
        holder.setLayout(flow([self._door(one) for one in story.relations], [], spacing=theme.GAP))
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(self._doors, holder)
        self._doors.deleteLater()
        self._doors = holder
        self.table.set_empty_text("台账里还没有提到它的记录。")
        self.table.set_lines(
            [
                Line(
                    (one.day.isoformat(), one.ledger, one.said, one.state),
                    (one.kind, one.id),
                    {3: _ROLES[one.state]} if one.state in _ROLES else {},
                )
                for one in story.happenings
            ]
        )
        shown = len(story.happenings)
        more = f"，只列最近 {shown:,} 条" if story.total > shown else ""
        self._count.setText(f"共 {story.total:,} 条{more}，新的在前。双击打开记录。" if shown else "")
        self._change.setEnabled(True)
        for button_ in (self._copy, self._export, self._go):
            button_.setEnabled(bool(shown))

    def _door(self, relation: Relation) -> QWidget:
        made = button(f"{relation.label} {relation.number:,} 条", partial(self._go_to, relation), link=True)
        made.setToolTip(f"在{relation.label}台账里查看这 {relation.number:,} 条")
        return made

    def _go_to(self, relation: Relation) -> None:
        if relation.query is not None:
            self._close_all()
            self._context.show(relation.query)

    def _open(self, pair: tuple[str, int] | None) -> None:
        if pair is not None:
            self._close_all()
            self._context.record_wanted.emit(*pair)

    def _close_all(self) -> None:
        """The window must be free for the record: this dialog goes, and those behind it."""
        dialogs: list[QDialog] = []
        widget: QWidget | None = self
        while widget is not None:
            if isinstance(widget, QDialog):
                dialogs.append(widget)
            widget = widget.parentWidget()
        for dialog in dialogs:
            dialog.reject()

    def _exported(self, path: Path, number: int) -> None:
        self._context.said.emit(f"已导出 {number:,} 条：{path}")

    def _failed(self, error: UserError) -> None:
        self._title.setText(error.title)
        self._about.setText(error.hint)


def _story(ledger: Ledger, ref: str) -> Story:
    return ledger.relations.story(ref)


def _write(_ledger: Ledger, story: Story, path: Path) -> int:
    return write_story(story, path)
