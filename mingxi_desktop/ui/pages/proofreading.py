"""校稿: a draft read, each of its numbers held against the records, and the marked draft saved."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.reports import proof_choices, proof_files
from mingxi_desktop.report.proofreading.model import Checked, Draft
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.importing.work import ENDINGS
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.made_later import MadeLater
from mingxi_desktop.ui.proofreading.choose import ChooseDialog
from mingxi_desktop.ui.proofreading.desk import ProofDesk
from mingxi_desktop.ui.shapes import Card, button, card, label, row
from mingxi_desktop.ui.turns import Making

FILTER = "草稿 (*.docx *.txt *.pdf);;所有文件 (*)"
_TABLES = frozenset(f".{ending}" for ending in ENDINGS) - {".txt"}
"""Dropped here these are still for the import."""
_READABLE = 720
_WHAT = "把写好的总结拿来校对"
_DOES = (
    "程序找出草稿里的每一个数（阿拉伯数字、汉字数字、百分数、日期），按前后文字认出是哪个指标，"
    "再和台账核对：相符、不一致（台账是多少）、自相矛盾，认不出的也列出来。"
)
_TAKES = (
    "可以打开 Word 文档（.docx）、文本（.txt）和有文字的 PDF，也可以把文件拖到这里，"
    "或者在别处复制一段文字再来粘贴。原稿不会改动；核对完可以另存一份带批注的 Word 标注稿。"
)


class _Work(QWidget):
    """What is seen once there is a draft."""

    desk: ProofDesk


class ProofreadPage(QWidget):
    """Proofreads one draft against the records of the context's year."""

    status = Signal(str)
    """What the status bar says of this page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._as_of: datetime.date | None = None
        self._draft: Draft | None = None
        self._source: Path | None = None
        self._meant: dict[proof_choices.Place, str] = {}
        self._stale = False
        self._job: Job | None = None
        self._coming: Job | None = None
        """The draft that is read: another one that is asked for meanwhile comes instead of it."""
        # What is made inside its parent is polished once, not at every move.
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._begin())
        self._work = MadeLater(self._make_work, self._stack)  # nobody sees it before a draft is there
        self._stack.addWidget(self._work)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setAcceptDrops(True)
        for keys, by in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, partial(self.step, by))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        context.changed.connect(lambda _: self._again())
        context.year_changed.connect(lambda _: self._again())

    def _begin(self) -> Card:
        """What the page is for, while there is no draft."""
        made = card(self._stack)
        inner = QWidget(made)
        inner.setMaximumWidth(_READABLE)
        column = QVBoxLayout(inner)
        for text, role in ((_WHAT, "title"), (_DOES, "muted"), (_TAKES, "muted")):
            said = label(text, role)
            said.setWordWrap(True)
            column.addWidget(said)
        column.addSpacing(theme.GAP)
        first = button("打开草稿…", self.choose, icon="folder", primary=True)
        column.addLayout(flow([first, button("粘贴草稿", self.paste, icon="copy")], []))
        made.column.addStretch(1)
        line = row(None, inner, None)
        line.setStretch(1, 8)
        made.column.addLayout(line)
        made.column.addStretch(2)
        return made

    @property
    def desk(self) -> ProofDesk:
        """The draft and its numbers."""
        return self._work.part.desk

    def _make_work(self, place: QWidget) -> Making[_Work]:
        """The draft and what can be done with it."""
        made = _Work(place)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self._save = button("另存标注稿…", self.save, icon="save", tip="存成带批注的 Word 文档，原稿不动")
        column.addLayout(
            flow(
                [
                    button("打开草稿…", self.choose, icon="folder"),
                    button("粘贴草稿", self.paste, icon="copy", tip="校对剪贴板里的文字（Ctrl+V）"),
                    self._save,
                ],
                [
                    button("上一处", partial(self.step, -1), tip="上一处不一致或自相矛盾（Shift+F8）"),
                    button("下一处", partial(self.step, 1), tip="下一处不一致或自相矛盾（F8）"),
                ],
            )
        )
        yield
        desk = made.desk = ProofDesk(self._context, made)
        column.addWidget(desk, 1)
        desk.paste_wanted.connect(self.paste)
        desk.other_wanted.connect(self._ask_meaning)
        desk.none_wanted.connect(lambda: self._mean(desk.place, proof_choices.NONE))
        desk.auto_wanted.connect(lambda: self._mean(desk.place, None))
        return made

    def set_as_of(self, day: datetime.date | None) -> None:
        """Hold drafts against the records up to a day; None: the whole year."""
        if day != self._as_of:
            self._as_of = day
            self._again()

    # a draft comes

    def choose(self) -> None:
        """Ask for a draft."""
        folder = self._source.parent if self._source is not None else None
        path = ask.open_file("打开草稿", FILTER, folder=folder, parent=self)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Read a draft from a file and proofread it."""
        self.status.emit(f"正在读取{path.name}……")
        self._come(
            self._context.read(
                proof_files.read, path,
                done=lambda draft: self._take(draft, path), failed=self._refused, owner=self,
                priority=Priority.LONG,
            )
        )  # fmt: skip

    def paste(self) -> None:
        """Proofread what is on the clipboard: text, or a file that was copied."""
        found: QMimeData | None = QGuiApplication.clipboard().mimeData()
        mime = QMimeData() if found is None else found  # nothing was copied yet
        files = _drafts_of(mime)
        if files:
            self.open(files[0])
            return
        self._come(
            self._context.read(
                proof_files.pasted, mime.text(),
                done=lambda draft: self._take(draft, None), failed=self._refused, owner=self,
            )
        )  # fmt: skip

    def _come(self, job: Job) -> None:
        if self._coming is not None:
            self._coming.cancel()
        self._coming = job

    def _take(self, draft: Draft, source: Path | None) -> None:
        self._draft, self._source, self._meant = draft, source, {}
        self.desk.set_draft(draft)
        self._stack.setCurrentWidget(self._work)
        self._save.setEnabled(False)
        self.desk.view.setFocus()
        self._judge()

    def _refused(self, error: UserError) -> None:
        self.status.emit(error.title)
        ask.show_error(error, self)

    # judging

    def _again(self) -> None:
        """Records or year are others: judge anew, at once or when the page is next seen."""
        self._stale = self._draft is not None
        if self._stale and self.isVisible():
            self._judge()

    def _judge(self) -> None:
        self._stale = False
        if self._job is not None:
            self._job.cancel()
        self._job = self._context.read(
            proof_choices.proofread, self._draft, self._context.year, self._as_of, dict(self._meant),
            done=self._show, failed=self._refused, owner=self, priority=Priority.LONG,
        )  # fmt: skip

    def _show(self, checked: tuple[Checked, ...]) -> None:
        self.desk.set_checked(checked, self._meant, self._as_of)
        self._save.setEnabled(True)
        self.say()

    def _ask_meaning(self) -> None:
        one, place = self.desk.current, self.desk.place
        if one is None:
            return
        dialog = ChooseDialog(self._context, one, self)
        dialog.accepted.connect(lambda: self._mean(place, dialog.indicator))
        dialog.setModal(True)
        dialog.show()

    def _mean(self, place: proof_choices.Place | None, indicator: str | None) -> None:
        """The clerk says what a number stands for; None: let the program find out."""
        if place is None:
            return
        if indicator is None:
            self._meant.pop(place, None)
        else:
            self._meant[place] = indicator
        self._judge()

    # going about

    def step(self, by: int) -> None:
        """To the next or previous number that is wrong."""
        if self._draft is not None and not self.desk.step(by):
            self.status.emit("没有不一致的数，也没有自相矛盾的地方")

    def say(self) -> None:
        """Say in the status bar how the draft stands."""
        if self._draft is None:
            self.status.emit("打开或粘贴一份草稿，逐个数和台账核对")
        elif self.desk.checked:
            self.status.emit(f"{self._context.year}年的台账；{self.desk.summary}")

    def save(self) -> None:
        """Save the marked draft."""
        if self._draft is None:
            return
        stem = Path(self._draft.name).stem or "草稿"
        folder = self._source.parent if self._source is not None else None
        path = ask.save_file(
            "另存标注稿", f"{stem}-标注.docx", "Word 文档 (*.docx)", folder=folder, parent=self
        )
        if path is not None:
            self._context.read(
                proof_files.write_marked, path, self._source, self._draft, self.desk.checked,
                done=lambda path: self._context.said.emit(f"已保存标注稿：{path}"), owner=self,
            )  # fmt: skip

    # what Qt calls

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self._judge()
        self.say()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _drafts_of(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()  # tables are for the import, which the window begins

    def dropEvent(self, event: QDropEvent) -> None:
        files = _drafts_of(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.open(files[0])


def _drafts_of(mime: QMimeData) -> list[Path]:
    """The files that may be drafts."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() not in _TABLES]
