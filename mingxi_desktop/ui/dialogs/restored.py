"""What a restore has done, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mingxi_desktop.ledger.safekeeping.backup_names import read_name
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import button, label

_REPLACED = "-恢复前"
"""In the name of what a restore has replaced."""


class RestoredDialog(Frame):
    """Stays over the restored ledger until it is closed; the ledger can be looked at meanwhile."""

    def __init__(self, context: Context, backup: Path, aside: Path, parent: QWidget | None = None) -> None:
        """aside: the file that the ledger was until then."""
        undone = _REPLACED in backup.name and backup.suffix == context.path.suffix
        super().__init__("已撤消恢复" if undone else "已恢复", 560, 280, parent)
        self._context, self._aside = context, aside
        column = self.scrolled()
        title = "已撤消恢复，台账回到恢复前的样子，并检查过。" if undone else "台账已恢复，并检查过。"
        column.addWidget(label(title, "title"))
        before, back = ("刚才恢复的", "再恢复一次") if undone else ("恢复前的", "撤消恢复")
        sentences = (
            "" if undone else f"用的是：{_told(backup)}",
            f"{before}台账没有丢，改名为“{aside.name}”，就在台账旁边。",
            f"先看看对不对；不对就点“{back}”。以后也可以在【文件 → 从备份恢复】里点【撤消上次恢复】。",
        )
        for sentence in filter(None, sentences):
            said = label(sentence)
            said.setWordWrap(True)
            said.setToolTip(str(backup))
            column.addWidget(said)
        column.addStretch(1)
        keep = button("就用现在的" if undone else "就用恢复后的", self.accept, primary=True)
        self.close_with(button(back, self.undo, icon="undo"), None, keep, default=keep)

    def undo(self) -> None:
        """Back to what was replaced."""
        self.accept()
        self._context.restore_wanted.emit(self._aside)


def _told(backup: Path) -> str:
    """Which backup it was, as the list of backups told it."""
    named = read_name(backup)
    if named is None:
        return backup.name
    return f"{named.at:%Y-%m-%d %H:%M} 的备份（{named.reason or '手工备份'}）"
