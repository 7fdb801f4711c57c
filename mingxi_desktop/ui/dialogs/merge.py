"""Several spellings of one enterprise made one: which of them are one, and which name stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import LABELS
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.register import Alike, Spelling
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, card, label, row

_GROUPS = (ListColumn("可能是同一家"), ListColumn("为什么", 136, optional=True))
_NAMES = (ListColumn("名称"), ListColumn("记录", 56, right=True))
_CHOSEN = "您选的名称"


class MergeDialog(Frame):
    """Groups of names at the left, the names of the chosen group at the right; stays open until all is done."""

    def __init__(
        self, context: Context, listed: str, refs: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        """refs: only these entries, picked by hand; otherwise whatever looks alike in the list."""
        super().__init__(f"合并{LABELS[listed]}名称", 960, 520, parent)
        self._context = context
        self._listed = listed
        self._refs = tuple(refs)
        self._groups: list[Alike] = []
        self._spellings: dict[str, Spelling] = {}
        self._same: set[str] = set()
        self._count = label("正在查找……", "muted")
        self.groups = Listing("相近的名称", _GROUPS)
        self.groups.current_changed.connect(self._choose)
        self.groups.setVisible(not self._refs)
        self.names = Listing("这一组的名称", _NAMES)
        self.names.ticked.connect(self._tick)
        self.kept = CalmCombo("留下的名称")
        self.kept.currentIndexChanged.connect(lambda _: self._tell())
        self._what = label(role="muted")
        self._message = label(role="error")
        for text in (self._what, self._message):
            text.setWordWrap(True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.groups)
        splitter.addWidget(self._right())
        splitter.setSizes([460, 460])
        splitter.setChildrenCollapsible(False)
        self.column.addWidget(self._count)
        self.column.addWidget(splitter, 1)
        self.column.addWidget(self._message)
        self._apart = button("不是同一家", self.keep_apart, tip="记住，以后不再列出来")
        self._merge = button("合并", self.merge, primary=True)
        close = button("关闭", self.reject)
        self.close_with(self._apart, None, close, self._merge, default=self._merge)
        self._show_names(())
        self._read()

    def _right(self) -> QWidget:
        frame = card()
        name = label("留下(&K)")
        name.setBuddy(self.kept)
        name.setTextFormat(Qt.TextFormat.AutoText)
        self.kept.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice = row(name, self.kept)
        choice.setStretchFactor(self.kept, 1)
        frame.column.addWidget(label("勾选是同一家的（空格键）", "section"))
        frame.column.addWidget(self.names, 1)
        frame.column.addLayout(choice)
        frame.column.addWidget(self._what)
        return frame

    def merge(self) -> None:
        """Make the ticked names one."""
        kept, gone = self._chosen()
        if kept and gone:
            self._write(_merge, kept, gone)

    def keep_apart(self) -> None:
        """Remember that the names of this group are not one."""
        if len(self._spellings) > 1:
            self._write(_keep_apart, list(self._spellings))

    def _write(self, fn: Callable[..., Changes], *args: object) -> None:
        self._merge.setEnabled(False)
        self._apart.setEnabled(False)
        self._message.setText("")
        self._context.write(fn, *args, owner=self, done=self._done, failed=self._failed)

    def _done(self, _changes: Changes) -> None:
        if self._refs:
            self.accept()
        else:
            self._read()

    def _failed(self, error: UserError) -> None:
        self._message.setText(error.in_one_line())
        self._tell()

    def _read(self) -> None:
        if self._refs:
            self._context.read(_picked, self._refs, done=self._show, owner=self, failed=self._failed)
        else:
            self._context.read(_alike, self._listed, done=self._show, owner=self)

    def _show(self, groups: list[Alike]) -> None:
        self._groups = groups
        found = f"{len(groups):,} 组名称可能是同一家，请看过再合并" if groups else "没有相近的名称"
        self._count.setText(_CHOSEN if self._refs else found)
        self.groups.set_empty_text("没有找到相近的写法。\n在名单里选中几个名称，也可以直接合并。")
        self.groups.set_lines(
            [
                Line((" / ".join(item.entry.name for item in group.spellings), group.reason), place)
                for place, group in enumerate(groups)
            ],
            keep=False,
        )
        self._choose(0 if groups else None)

    def _choose(self, place: int | None) -> None:
        self._message.setText("")
        self._show_names(self._groups[place].spellings if place is not None else ())

    def _show_names(self, spellings: Sequence[Spelling]) -> None:
        """The names of a group, all of them ticked, the most used one to be kept."""
        self._spellings = {item.entry.ref: item for item in spellings}
        self._same = set(self._spellings)
        self.names.set_lines([_line(item) for item in spellings], keep=False)
        self._offer("")

    def _tick(self, ref: str, ticked: bool) -> None:
        kept = str(self.kept.currentData() or "")
        self._same = self._same | {ref} if ticked else self._same - {ref}
        self._offer(kept)

    def _offer(self, kept: str) -> None:
        """Any of the ticked names can be the one that stays."""
        self.kept.blockSignals(True)
        self.kept.clear()
        for ref, item in self._spellings.items():
            if ref in self._same:
                self.kept.addItem(item.entry.name, ref)
        self.kept.setCurrentIndex(max(self.kept.findData(kept), 0) if self.kept.count() else -1)
        self.kept.blockSignals(False)
        self.kept.setEnabled(self.kept.count() > 1)
        self._tell()

    def _chosen(self) -> tuple[str, list[str]]:
        """(the entry kept, those that go up in it)."""
        kept = str(self.kept.currentData() or "")
        return kept, [ref for ref in self._spellings if ref in self._same and ref != kept]

    def _tell(self) -> None:
        """What merging would do, before it is done."""
        kept, gone = self._chosen()
        if kept and gone:
            number = sum(self._spellings[ref].uses for ref in gone)
            names = "、".join(f"“{self._spellings[ref].entry.name}”" for ref in gone)
            stays = self._spellings[kept].entry.name
            done = f"{number:,} 条记录里的{names}改成“{stays}”" if number else "没有记录要改"
            self._what.setText(f"{done}；{names}成为它别的写法，以后录入、导入都认得。可以撤消。")
        else:
            self._what.setText("至少勾选两个名称。" if self._spellings else "")
        self._merge.setText(f"合并 {len(gone) + 1} 个名称" if gone else "合并")
        self._merge.setEnabled(bool(kept and gone))
        self._apart.setEnabled(len(self._spellings) > 1)


def _line(item: Spelling) -> Line:
    entry = item.entry
    tip = [
        entry.name,
        f"信用代码 {entry.code}" if entry.code else "",
        f"别的写法：{'、'.join(entry.aliases)}" if entry.aliases else "",
    ]
    said = "，".join(part for part in tip if part)
    return Line((entry.name, f"{item.uses:,}"), entry.ref, tip=said, ticked=True)


def _alike(ledger: Ledger, listed: str) -> list[Alike]:
    return ledger.register.alike(listed)


def _picked(ledger: Ledger, refs: Sequence[str]) -> list[Alike]:
    return [Alike(_CHOSEN, ledger.register.spellings(refs))]


def _merge(ledger: Ledger, kept: str, gone: list[str]) -> Changes:
    return ledger.register.merge(kept, gone)


def _keep_apart(ledger: Ledger, refs: list[str]) -> Changes:
    return ledger.register.keep_apart(refs)
