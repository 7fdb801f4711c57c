"""The settings about backups: where they go, the second place, and the readable copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.safekeeping import backups
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.shapes import button, label, row

KEYS = (backups.FOLDER_SETTING, backups.SECOND_PLACE, backups.READABLE)


class BackupSettings:
    """The rows about backups in a form; `fields` by the key they are kept under."""

    def __init__(self, ledger: Path, form: QFormLayout, parent: QWidget) -> None:
        self._ledger, self._parent = ledger, parent
        first = _field("备份文件夹", "空着就放在台账旁边")
        first.setToolTip(f"空着就放在台账旁边：{backups.folder_of(ledger, '')}")
        second = _field("第二份放在", "U盘或另一块硬盘上的文件夹；空着就不另存")
        self.fields = {backups.FOLDER_SETTING: first, backups.SECOND_PLACE: second}
        form.addRow("备份文件夹(&B)", first)
        show = button("打开备份文件夹", self._open, icon="folder")
        form.addRow("", row(button("选择…", partial(self._choose, first)), show, None))
        form.addRow("第二份放在(&E)", second)
        form.addRow("", row(button("选择…", partial(self._choose, second)), None))
        self._readable = QCheckBox("关闭时另存一份全部台账的表格，不装程序也能看(&W)")
        form.addRow("", self._readable)
        note = label(
            "每次备份后，U盘插着就把备份和佐证材料抄一份过去；没插不要紧，超过 7 天没抄，概览会提醒。",
            "muted",
        )
        note.setWordWrap(True)
        form.addRow(note)

    def show(self, found: Mapping[str, str]) -> None:
        """Show what is kept."""
        for key, field in self.fields.items():
            field.setText(found[key])
        self._readable.setChecked(found[backups.READABLE] != "0")

    def values(self, before: Mapping[str, str]) -> dict[str, str]:
        """What is wanted, by the key of the setting, in the form it is kept in."""
        wanted = {key: field.text().strip() for key, field in self.fields.items()}
        kept = before.get(backups.READABLE, "")
        wanted[backups.READABLE] = (kept if kept != "0" else "") if self._readable.isChecked() else "0"
        return wanted

    def _choose(self, field: QLineEdit) -> None:
        now = Path(field.text().strip() or backups.folder_of(self._ledger, ""))
        chosen = ask.folder(
            f"{field.accessibleName()}哪个文件夹"
            if field.accessibleName().endswith("在")
            else "备份放在哪个文件夹",
            start=now if paths.is_there(now) else None,
            parent=self._parent,
        )
        if chosen is not None:
            field.setText(str(chosen))

    def _open(self) -> None:
        folder = backups.folder_of(self._ledger, self.fields[backups.FOLDER_SETTING].text().strip())
        if paths.is_there(folder):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        else:
            ask.show_message("还没有备份", "用“文件 → 立即备份”做一个。", parent=self._parent)


def check(changed: Mapping[str, str], present: Callable[[str], str]) -> None:
    """UserError where a folder that was chosen cannot be used; the folders are made if need be."""
    for key in (backups.FOLDER_SETTING, backups.SECOND_PLACE):
        if changed.get(key):
            backups.check_folder(Path(changed[key]), key)
    second = changed.get(backups.SECOND_PLACE, present(backups.SECOND_PLACE))
    first = changed.get(backups.FOLDER_SETTING, present(backups.FOLDER_SETTING))
    if second and first and Path(second) == Path(first):
        raise UserError(
            "第二份和第一份在同一个文件夹，硬盘坏了会一起丢",
            f"文件夹：{second}",
            "第二份请放在U盘或另一块硬盘上。",
            field=backups.SECOND_PLACE,
        )


def _field(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setToolTip(hint)
    made.setAccessibleName(name)
    return made
