"""A double click on a backup or a package: two clicks from there to the ledger as it was, and never opened itself."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping.recovering import BUSY_TITLE
from mingxi_desktop.ui import ask, backup_opened, second_start
from mingxi_desktop.ui.dialogs.restore import RestoreDialog
from mingxi_desktop.ui.main import Program
from mingxi_desktop.ui.second_start import Doorbell, shown_by_first
from tests.ui.small import rest


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What is chosen when a backup was opened; what was asked follows."""
    wanted: list[int] = []
    monkeypatch.setattr(ask, "choose", lambda *_, **__: wanted.pop(0))
    return wanted


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """Where the dialog of backups was opened: (the backup with the cursor, what is said of it); it restores."""
    found: list[tuple[Path, str]] = []

    def execute(dialog: RestoreDialog) -> int:
        rest(dialog._context.worker)
        found.append((dialog.table.current(), dialog._differs.text()))
        dialog.restore()
        return dialog.result()

    monkeypatch.setattr(RestoreDialog, "exec", execute)
    return found


@pytest.fixture
def backup(db: Path, tmp_path: Path) -> Path:
    """A backup on a stick, before a record was deleted."""
    target = tmp_path / "U盘" / "台账备份.mxbak"
    target.parent.mkdir()
    with Ledger.open(db) as ledger:
        ledger.backup(target)
        ledger.delete("hazard", [1])
    return target


def test_a_double_click_leads_to_the_ledger_as_it_was(
    app, few, settings, answers, db, backup, choose, looked, qtbot
) -> None:
    settings.setValue("ledger/last", str(db))
    choose.append(0)
    before = backup.read_bytes()
    program = Program(settings)
    assert program.start(backup)
    qtbot.waitUntil(lambda: bool(looked))
    rest(program.worker)
    assert looked == [(backup, looked[0][1])]
    assert "隐患 找回 1 条" in looked[0][1]
    assert program.window.context.path == db
    found: list[str] = []
    program.worker.run(lambda ledger: ledger.get("hazard", 1).deleted_at, done=found.append)
    rest(program.worker)
    assert found == [""]
    assert backup.read_bytes() == before
    program.window.hide()
    program.close("")


def test_which_ledger_it_is_of_and_where_there_is_none_one_is_made(
    app, settings, answers, db, backup, choose, tmp_path, monkeypatch
) -> None:
    other = tmp_path / "别的.mxdb"
    assert backup_opened.own_of(tmp_path / "台账-交接包20240610.zip", [other, db]) == db
    assert backup_opened.own_of(backup, [other, db]) == other, "a name that tells nothing: the one used last"
    made = tmp_path / "做成.mxdb"
    monkeypatch.setattr(backup_opened.refused, "made_of", lambda _source: made)
    assert backup_opened.way_on(backup, []) == (made, None)
    choose += [1, -1]
    assert backup_opened.way_on(backup, [db]) == (made, None)
    assert backup_opened.way_on(backup, [db]) == (None, None)
    title, text, _ = backup_opened.question(backup, db)
    assert "备份" in title
    assert str(db.parent) in text


def test_a_second_start_hands_the_backup_to_the_window_that_is_open(
    app, backup, window, db, looked, qtbot, monkeypatch
) -> None:
    """Two threads stand for the two processes."""
    wanted: list[Path] = []
    Doorbell(window, db).backup_wanted.connect(wanted.append)
    busy, answers = second_start.UserError(BUSY_TITLE), []
    second = threading.Thread(target=lambda: answers.append(shown_by_first(db, busy, backup)))
    second.start()
    qtbot.waitUntil(lambda: wanted == [backup])
    second.join()
    assert answers == [True]
    assert not shown_by_first(db, second_start.UserError("别的"))
    back: list[Path] = []
    window.context.restore_wanted.connect(back.append)
    backup_opened.look_at(window, wanted[0])
    assert back == [backup]


def test_an_open_dialog_is_not_disturbed(backup, window, looked, monkeypatch) -> None:
    said: list[str] = []
    window.context.said.connect(said.append)
    monkeypatch.setattr(backup_opened.QApplication, "activeModalWidget", lambda: window)
    backup_opened.look_at(window, backup)
    assert looked == []
    assert "先关上眼前的小窗口" in said[0]
