"""The ladder in the window: from a damaged file back to one that opens."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import recovering
from mingxi_desktop.ledger.safekeeping.recovering import Way
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.dialogs import recovery
from mingxi_desktop.ui.dialogs.recovery import RecoveryDialog
from mingxi_desktop.ui.second_start import Doorbell, shown_by_first


@pytest.fixture
def damaged(db: Path) -> Path:
    """A ledger with a backup in which somebody changed a record."""
    with Ledger.open(db) as ledger:
        ledger.backup()
        record = ledger._store.schema.table["hazard"].select().tuples()[0][0]
    other = sqlite3.connect(db)
    other.execute("UPDATE hazard SET note = 'x' WHERE id = ?", (record,))
    other.commit()
    other.close()
    return db


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was told in message boxes."""
    told: list[str] = []
    monkeypatch.setattr(ask, "show_message", lambda title, text="", **_: told.append(f"{title} {text}"))
    return told


def texts(dialog: RecoveryDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_dialog_says_what_is_wrong_and_repairs(app, damaged: Path, said: list[str]) -> None:
    dialog = RecoveryDialog(recovering.examine(damaged))
    assert "在程序之外被改动过" in texts(dialog)
    assert "不会删除" in texts(dialog)
    assert [way for way, button in dialog.ways.items() if button.isEnabled()] == [Way.BACKUP, Way.SALVAGE]
    assert dialog.ways[Way.BACKUP].isDefault()
    assert not any("删除" in button.text() for button in dialog.ways.values())
    dialog.ways[Way.BACKUP].click()
    assert dialog.path == damaged
    assert "损坏的文件留在" in said[0]
    with Ledger.open(damaged) as ledger:
        assert ledger.verify() == []


def test_a_backup_of_another_history_is_offered_and_what_did_not_come_along_is_told(
    app, damaged: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def restore(backup: Path, path: Path, *, said: Callable[[str], None]) -> None:
        said(f"{backup.name}少了 3 个佐证材料")

    monkeypatch.setattr("mingxi_desktop.ledger.safekeeping.restoring.restore", restore)
    dialog = RecoveryDialog(replace(recovering.examine(damaged), other=Path("备份/另一份.mxbak")))
    assert "另一份.mxbak" in texts(dialog)
    dialog.restore.click()
    assert dialog.path == damaged
    assert "另一份.mxbak少了 3 个佐证材料" in said[0]


def test_a_repair_that_fails_is_told_and_the_dialog_stays(
    app, damaged: Path, said: list[str], told: list[UserError], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UserError("没有修复成", "磁盘满了", "再试")

    monkeypatch.setattr("mingxi_desktop.ledger.safekeeping.repairing.repair", refuse)
    dialog = RecoveryDialog(recovering.examine(damaged))
    before = damaged.read_bytes()
    dialog.ways[Way.SALVAGE].click()
    assert [error.title for error in told] == ["没有修复成"]
    assert dialog.path is None
    assert dialog.isEnabled()
    assert damaged.read_bytes() == before
    dialog.reject()


def test_only_damage_is_a_case_for_repair(
    app, damaged: Path, told: list[UserError], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(RecoveryDialog, "exec", lambda dialog: shown.append(dialog._examined.path) or 0)
    assert recovery.recovered(damaged, UserError("找不到台账文件")) is None
    assert [error.title for error in told] == ["找不到台账文件"]
    with pytest.raises(recovering.DamagedError) as caught:
        Ledger.open(damaged)
    assert recovery.recovered(damaged, caught.value) is None
    assert shown == [damaged]


def test_a_second_start_shows_the_first_window(qtbot, app, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    bell = Doorbell(window, db)
    window.showMinimized()
    busy = UserError(recovering.BUSY_TITLE)
    assert not shown_by_first(db, UserError("anderes"))
    # Both starts are this process here: what waits must let the watcher look.
    monkeypatch.setattr("mingxi_desktop.ui.second_start.time.sleep", lambda _: app.processEvents())
    assert shown_by_first(db, busy)
    assert not window.isMinimized()
    bell.removePaths(bell.directories())
    monkeypatch.setattr("mingxi_desktop.ui.second_start._PATIENCE", 0.1)
    assert not shown_by_first(db, busy)
