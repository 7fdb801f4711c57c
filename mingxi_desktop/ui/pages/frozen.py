"""定稿: the frozen versions of a report, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.frozen.changes import Difference
from mingxi_desktop.ledger.frozen.freezing import Standing, Version
from mingxi_desktop.ledger.frozen.report import name_of
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui import ask, printing, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.freeze import FreezeDialog
from mingxi_desktop.ui.dialogs.withdraw import WithdrawDialog
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.frozen_changes import FrozenChanges, LowListing
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.listing import Line, ListColumn
from mingxi_desktop.ui.part_keys import PartKeys
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.shapes import button, card, label

_COLUMNS = (ListColumn("版本", 122), ListColumn("定稿", 92), ListColumn("签字人"))
_WHAT_FOR = """报告签发以后点“定稿…”：数字、文字和 PDF 原样存下来，记下签字人和日期。
台账照常可以改；以后谁改了哪条记录、哪个数因此变了，这里一一列出。
要改报告，就写明原因撤回这一版，再重新定稿；撤回的版本仍然看得到。"""
_FILTERS = "PDF 文件 (*.pdf);;纯文本 (*.txt)"
_BESIDE = 780
"""Pixels of width from which versions and changes stand side by side."""
_SIZES = {Qt.Orientation.Horizontal: [330, 1000], Qt.Orientation.Vertical: [100, 400]}
_HASH = "SHA256-"
_NAMED = 12
"""Signs of the hash that are shown; all of them are in the tool tip."""
_MOST = 8
"""Numbers left open that are named; all of them are in the tool tip."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read of a report.  state: of the version in force."""

    name: str
    versions: tuple[Version, ...]
    state: Standing | None


class FrozenPage(QWidget):
    """The versions of one report of the context's year; of the year's annual report until told otherwise."""

    status = Signal(str)
    """What the status bar says of this page."""

    def __init__(self, context: Context, order: Order | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._order = order or Order(context.year)
        self._seen: _Seen | None = None
        self._comparing: Job | None = None
        self._compared: int | None = None
        self._found: list[Difference] | None = None
        """What differs from the version shown; None while that is not known."""
        self._to_newest = False
        # What is made inside its parent is polished once, not at every move.
        scroll = UprightScroll(self)
        inside = QWidget(scroll.viewport())
        style.set_state(inside, "plain", value=True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._make_card(inside))
        column.addWidget(self._make_below(inside), 1)
        column.addStretch(0)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        context.changed.connect(lambda _: self.refresh())
        context.year_changed.connect(self._year_changed)

    def _make_card(self, parent: QWidget) -> QWidget:
        made = card(parent)
        self._name = label("", "title")
        self._state = label()
        self._facts = label(role="muted")
        self._left_open = label(role="warning")
        for said in (self._name, self._state, self._facts, self._left_open):
            said.setWordWrap(True)
            made.column.addWidget(said)
        self._freeze = button("定稿…", self.freeze, icon="ok", primary=True)
        self._open = button("打开 PDF", self.open_pdf, icon="document")
        self._save = button("另存…", self.save, icon="save", tip="把这一版存成 PDF 或纯文本")
        self._withdraw = button("撤回…", self.withdraw, icon="undo")
        made.column.addLayout(flow([self._freeze, self._open, self._save, self._withdraw], []))
        return made

    def _make_below(self, parent: QWidget) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal, parent)
        left = card(splitter)
        self.table = LowListing("定稿的版本", _COLUMNS, parent=left)
        self.table.setMinimumWidth(220)
        self.table.current_changed.connect(lambda _: self._turn())
        self.table.opened.connect(lambda _: self.open_pdf())
        left.column.addWidget(label("版本", "title"))
        left.column.addWidget(self.table, 1)
        self.changes = FrozenChanges(self._context, splitter)
        splitter.addWidget(left)
        splitter.addWidget(self.changes)
        splitter.setSizes(_SIZES[Qt.Orientation.Horizontal])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        self._below = splitter
        parts = (self.table, self.changes.table, self.changes.causes)
        PartKeys(self, [(part, part.setFocus) for part in parts])
        return splitter

    # what is shown

    @property
    def version(self) -> Version | None:
        """The version that has the cursor; None where the list is empty."""
        versions = self._seen.versions if self._seen else ()
        return next((one for one in versions if one.id == self.table.current()), None)

    def set_order(self, order: Order) -> None:
        """Show the versions of another report."""
        if order.plain != self._order.plain:
            self._order = order
            self.refresh()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        beside = Qt.Orientation.Horizontal if self.width() >= _BESIDE else Qt.Orientation.Vertical
        if self._below.orientation() != beside:
            self._below.setOrientation(beside)
            self._below.setSizes(_SIZES[beside])

    def refresh(self) -> None:
        """Read versions and changes anew; nothing while out of sight."""
        if self.isVisible():
            self._compared = None
            self._context.read(_read, self._order, done=self._show, owner=self)

    def say(self) -> None:
        """Say in the status bar which versions there are, and how the one shown compares; nothing out of sight."""
        if self._seen is None or not self.isVisible():
            return
        version, versions = self.version, self._seen.versions
        valid = sum(one.in_force for one in versions)
        parts = [f"定稿 {len(versions)} 版，有效 {valid} 版" if versions else f"{self._seen.name}还没有定稿"]
        if version is not None:
            found = self._found
            now = (
                "正在比较" if found is None else f"和现在有 {len(found):,} 处不同" if found else "和现在一样"
            )
            parts.append(f"{version.title}数据截至 {version.row.as_of}，{now}")
        self.status.emit("　".join(parts))

    def _year_changed(self, year: int) -> None:
        self.set_order(Order(year, template=self._order.template, month=self._order.month))

    def _show(self, seen: _Seen) -> None:
        self._seen = seen
        self.table.set_lines([_line(one) for one in seen.versions], keep=not self._to_newest)
        self._to_newest = False
        self._turn()

    def _turn(self) -> None:
        """Show the version with the cursor."""
        if self._seen is None:
            return
        version, state = self.version, self._seen.state
        self._tell(version, state)
        self._below.setVisible(version is not None)
        for part in (self._open, self._save):
            part.setVisible(version is not None)
        self._withdraw.setVisible(version is not None and version.in_force)
        self._freeze.setVisible(state is None)
        self._freeze.setText("重新定稿…" if self._seen.versions else "定稿…")
        self._freeze.setAccessibleName(self._freeze.text())
        if version is not None and version.id != self._compared:
            self._compare(version)
        self.say()

    def _tell(self, version: Version | None, state: Standing | None) -> None:
        assert self._seen is not None
        if version is None:
            self._name.setText(f"{self._seen.name}还没有定稿")
            self._facts.setText(_WHAT_FOR)
        else:
            self._name.setText(f"{self._seen.name}　{version.title}")
            self._facts.setText(_facts(version))
            self._facts.setToolTip(
                f"校验值 {_HASH}{version.row.sha256}\n变更历史 {_HASH}{version.row.history}"
            )
        same = version is not None and state is not None and state.id == version.id
        words = state.sentence if same and state is not None else ""
        differs = state is not None and state.differs
        self._state.setText(f"▲ {words}" if words and differs else words)
        style.set_state(self._state, "role", "warning" if differs else "ok")
        self._state.setVisible(bool(words))
        left = version.unverified if version is not None else ()
        more = f"；……另有 {len(left) - _MOST} 处" if len(left) > _MOST else ""
        said = f"▲ 定稿时留有 {len(left)} 处〔待核〕：{'；'.join(left[:_MOST])}{more}"
        self._left_open.setText(said if left else "")
        self._left_open.setToolTip("\n".join(left) if more else "")
        self._left_open.setVisible(bool(left))

    def _compare(self, version: Version) -> None:
        if self._comparing is not None:
            self._comparing.cancel()
        self._compared, self._found = version.id, None
        self.changes.clear()
        self._comparing = self._context.read(
            _changes, version.id,
            done=self._differ, failed=self._unequal, owner=self, priority=Priority.LONG,
        )  # fmt: skip

    def _differ(self, found: list[Difference]) -> None:
        self._comparing, self._found = None, found
        self.changes.show_differences(found)
        self.say()

    def _unequal(self, error: UserError) -> None:
        self._comparing = None
        self.changes.clear(f"▲ {error.title}。{error.detail}\n{error.hint}")

    # what can be done

    def freeze(self) -> None:
        """Open the dialog that keeps the report as a version, and then show that version."""
        if FreezeDialog(self._context, self._order, self.window()).exec():
            self._to_newest = True

    def withdraw(self) -> None:
        """Withdraw the version with the cursor."""
        version = self.version
        if version is not None and version.in_force:
            WithdrawDialog(self._context, version, self.window()).exec()

    def open_pdf(self) -> None:
        """Show the frozen PDF in the PC's own program."""
        version = self.version
        if version is not None:
            name = f"{version.name}{version.title}.pdf"
            self._context.read(_pdf, version.id, done=partial(self._open_it, name), owner=self)

    def _open_it(self, name: str, pdf: bytes) -> None:
        printing.open_outside(pdf, name, self)

    def save(self) -> None:
        """Save the frozen PDF or text."""
        version = self.version
        if version is None:
            return
        path = ask.save_file("另存这一版", f"{version.name}{version.title}.pdf", _FILTERS, parent=self)
        if path is not None:
            self._context.read(_save, version.id, path, done=self._saved, owner=self)

    def _saved(self, path: Path) -> None:
        self._context.said.emit(f"已保存：{path}")


def _line(version: Version) -> Line:
    row = version.row
    tip = f"{row.at} {row.by} 定稿" + (
        f"\n{row.withdrawn_at} {row.withdrawn_by} 撤回" if row.withdrawn_at else ""
    )
    roles = {0: "ok"} if version.in_force else dict.fromkeys(range(len(_COLUMNS)), "muted")
    title = f"{version.title}（有效）" if version.in_force else version.title
    return Line((title, row.at[:10], row.by), version.id, roles, tip)


def _facts(version: Version) -> str:
    row = version.row
    size = f"{version.numbers} 个指标，{version.pages} 页，数据截至 {row.as_of}"
    parts = [
        f"{row.at[:16]} {row.by} 签　{size}　校验值 {_HASH}{row.sha256[:_NAMED]}…",
        f"说明：{row.reason}" if row.reason else "",
        f"{row.withdrawn_at[:16]} {row.withdrawn_by} 撤回：{row.withdrawn_why}" if row.withdrawn_at else "",
    ]
    return "\n".join(part for part in parts if part)


def _read(ledger: Ledger, order: Order) -> _Seen:
    all_of_year = ledger.frozen.versions(order.year)
    which = (order.template, order.span)
    versions = tuple(one for one in all_of_year if (one.row.template, one.row.span) == which)
    name = name_of(ledger, order.template, order.year, order.span)
    return _Seen(name, versions, ledger.frozen.state(order.year, order.template, order.span))


def _changes(ledger: Ledger, id: int) -> list[Difference]:
    return ledger.frozen.changes(id)


def _pdf(ledger: Ledger, id: int) -> bytes:
    return ledger.frozen.pdf_of(id)


def _save(ledger: Ledger, id: int, path: Path) -> Path:
    return ledger.frozen.save(id, path)
