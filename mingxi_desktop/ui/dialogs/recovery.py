"""A damaged ledger file: what was found, and the ways back as a ladder. None of them deletes anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import operators
from mingxi_desktop.ledger.safekeeping import backup_names, recovering, repairing, restoring
from mingxi_desktop.ledger.safekeeping.plain_words import in_plain_words
from mingxi_desktop.ledger.safekeeping.recovering import Examined, Offer, Way
from mingxi_desktop.ledger.safekeeping.repairing import Repaired
from mingxi_desktop.ui import ask, theme, waiting
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import Card, button, card, label, row

_WAYS = {
    Way.ACCEPT: ("接着用这个文件", "重新封好并打开"),
    Way.BACKUP: ("① 回到最新的好备份", "用备份修复(&B)"),
    Way.CHANGES: ("② 备份，再接上那以后的变更记录", "接上变更修复(&C)"),
    Way.SALVAGE: ("③ 把读得出的内容抢救到新文件", "抢救到新文件(&S)"),
}
_SHOWN = 4
_EXAMINING = "正在检查台账文件……"
_LONGEST_TIP = 1_000
_FILTER = f"台账备份 (*{backup_names.SUFFIX});;台账文件 (*.mxdb);;所有文件 (*)"


class RecoveryDialog(Frame):
    """`path` is the ledger file to open, once it was repaired and the dialog accepted."""

    def __init__(self, examined: Examined, operator: str = "", parent: QWidget | None = None) -> None:
        super().__init__("修复台账文件", 720, 600, parent)
        self._examined = examined
        self._operator = operator
        self.path: Path | None = None
        self.ways: dict[Way, QPushButton] = {}
        self.restore: QPushButton | None = None
        column = self.scrolled()
        column.addWidget(label("台账文件损坏了，没有打开", "title"))
        column.addWidget(_wrapped(f"文件：{examined.path}", "muted"))
        column.addWidget(self._found())
        column.addWidget(_wrapped("选一种办法修复。新文件先检查过才换上；损坏的文件改名留在原处，不会删除。"))
        offers = {offer.way: offer for offer in examined.offers}
        cards = [self._card(offers[way]) for way in _WAYS if way in offers]
        if examined.other is not None:  # the only way, where none is open
            cards.insert(len(cards) if examined.best else 0, self._other(examined.other))
        for one in cards:
            column.addWidget(one)
        column.addStretch(1)
        other = button("选别处的备份(&O)…", self.choose_other, icon="folder")
        close = button("现在不修", self.reject)
        best = self.ways.get(examined.best) if examined.best else self.restore
        self.close_with(other, None, close, default=best or close)
        (best or close).setFocus()

    def choose_other(self) -> None:
        """A backup that lies elsewhere: a USB stick, another PC."""
        backup = ask.open_file("选择备份文件", _FILTER, parent=self)
        if backup is not None:
            self._do(lambda: self._from(backup))

    def go(self, way: Way) -> None:
        """Repair the file in this way."""
        self._do(lambda: repairing.repair(self._examined, way, self._operator))

    # inside

    def _found(self) -> QWidget:
        found = card()
        problems = self._examined.problems
        found.column.addWidget(label("检查发现", "title"))
        plain = in_plain_words(problems)
        for problem in plain[:_SHOWN]:
            found.column.addWidget(_wrapped(f"▲ {problem}"))
        if len(plain) > _SHOWN:
            found.column.addWidget(_wrapped(f"……另有 {len(plain) - _SHOWN} 处", "muted"))
        found.setToolTip("\n".join(problems)[:_LONGEST_TIP])
        return found

    def _card(self, offer: Offer) -> Card:
        title, verb = _WAYS[offer.way]
        best = offer.way is self._examined.best
        go = button(verb, lambda: self.go(offer.way), primary=best)
        go.setEnabled(offer.possible)
        self.ways[offer.way] = go
        said = offer.text if offer.possible else f"走不通：{offer.text}"
        return _carded(f"{title}{'　推荐' if best else ''}", said, go)

    def _other(self, backup: Path) -> Card:
        only = self._examined.best is None
        self.restore = button("用它恢复(&R)", lambda: self._do(lambda: self._from(backup)), primary=only)
        said = f"{backup.name} 是好的，但变更历史和这份文件接不上。用它就回到它那时，这份文件里的不会接上。"
        return _carded("用另一份备份恢复", said, self.restore)

    def _from(self, backup: Path) -> Repaired:
        missing: list[str] = []
        path = self._examined.path
        kept = restoring.restore(backup, path, said=missing.append)
        return Repaired(path, Way.BACKUP, kept, problems=tuple(missing))

    def _do(self, work: Callable[[], Repaired]) -> None:
        self.setEnabled(False)
        try:
            done: Repaired = waiting.on_its_own("正在修复……", work, parent=self)
        except UserError as error:
            ask.show_error(error, self)
            return
        finally:
            self.setEnabled(True)
        self.path = done.path
        if done.listed is None:
            ask.show_message("台账修复好了", done.sentence(), parent=self)
        elif ask.offer("台账修复好了", done.sentence(), yes="看没有救全的清单", parent=self):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(done.listed)))
        self.accept()


def recovered(
    path: Path, error: UserError, parent: QWidget | None = None, doing: str = _EXAMINING
) -> Path | None:
    """Tell why a ledger could not be opened, and where it is damaged lead back; the file to open then, if any.

    doing: what is said while it is examined.
    """
    if not recovering.concerns(path, error):
        ask.show_error(error, parent)
        return None
    return repaired(path, parent, doing)


def repaired(path: Path, parent: QWidget | None = None, doing: str = _EXAMINING) -> Path | None:
    """Examine a ledger file that is not open and let the user repair it; the file to open then, if any."""
    try:
        examined: Examined = waiting.on_its_own(doing, recovering.examine, path, parent=parent)
    except UserError as fault:
        ask.show_error(fault, parent)
        return None
    if not examined.problems:
        return path
    dialog = RecoveryDialog(examined, operators.system_user(), parent)
    return dialog.path if dialog.exec() == QDialog.DialogCode.Accepted else None


def _carded(title: str, said: str, go: QPushButton) -> Card:
    made: Card = card()
    made.column.addWidget(label(title, "title"))
    line = row(_wrapped(said, "muted"), go, spacing=theme.WIDE_GAP)
    line.setStretch(0, 1)
    line.setAlignment(go, Qt.AlignmentFlag.AlignBottom)
    made.column.addLayout(line)
    return made


def _wrapped(text: str, role: str = "") -> QLabel:
    made = label(text, role)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
