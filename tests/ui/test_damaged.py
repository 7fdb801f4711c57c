"""A ledger that turns out to be damaged while its window is open: closed, repaired, and open again."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import backups, recovering
from mingxi_desktop.ledger.safekeeping.recovering import Way
from mingxi_desktop.storage import seal
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.dialogs.recovery import RecoveryDialog
from mingxi_desktop.ui.main import Program
from tests.ui.small import rest


@pytest.fixture
def killed(db: Path) -> Path:
    """A ledger with a backup, whose window never was closed: there is no seal, so it opens at once."""
    copy = db.with_name("copy.mxdb")
    with Ledger.open(db) as ledger:
        ledger.set_setting(backups.READABLE, "0")
        ledger.backup()
        ledger.delete("hazard", [1])
        shutil.copyfile(db, copy)
    copy.replace(db)
    return db


@pytest.fixture
def program(app, settings, answers, monkeypatch):
    """A program in whose recovery dialog the way that it recommends is pressed."""
    made = Program(settings)
    made.ways = []

    def press(dialog: RecoveryDialog) -> int:
        made.ways.append(dialog._examined.best)
        if made.ways[-1] is not None:
            dialog.go(made.ways[-1])
        return int(QDialog.DialogCode.Accepted if dialog.path else QDialog.DialogCode.Rejected)

    monkeypatch.setattr(RecoveryDialog, "exec", press)
    yield made
    if made.window is not None:
        made.window.hide()
    made.close()


def edited(path: Path, statement: str) -> None:
    other = sqlite3.connect(path)
    other.execute(statement)
    other.commit()
    other.close()


def asked_and_open_again(program, path: Path, qtbot) -> None:
    program.start(path)
    first = program.window
    qtbot.waitUntil(lambda: bool(program.ways) and program.window not in (None, first), timeout=20_000)
    rest(program.worker)


def verified(program) -> tuple[list[str], int]:
    found: list[tuple[list[str], int]] = []
    program.worker.run(lambda ledger: (ledger.verify(), ledger.counts()["hazard"]), done=found.append)
    rest(program.worker)
    return found[0]


def test_a_history_edited_from_outside_is_found_behind_the_work_and_repaired(
    program, killed, answers, qtbot
) -> None:
    edited(killed, "UPDATE history SET by = 'x' WHERE id = 3")
    before = killed.read_bytes()
    asked_and_open_again(program, killed, qtbot)
    assert "损坏" in answers.asked[0]
    assert program.ways == [Way.CHANGES]
    assert verified(program) == ([], 5), "the backup, and what was done since"
    assert answers.told.pop() == "台账修复好了"
    (kept,) = killed.parent.glob("*-损坏*.mxdb")
    assert kept.stat().st_size == len(before)


def test_no_backup_of_the_damaged_ledger_is_taken_for_the_newest_good_one(
    program, killed, answers, qtbot
) -> None:
    edited(killed, "UPDATE hazard SET note = 'x' WHERE id = 3")
    asked_and_open_again(program, killed, qtbot)
    assert verified(program)[0] == []
    assert answers.told.pop() == "台账修复好了"


def test_who_does_not_want_to_repair_now_goes_on_and_nothing_changes(program, killed, answers, qtbot) -> None:
    edited(killed, "UPDATE hazard SET note = 'x' WHERE id = 3")
    answers.yes = False
    program.start(killed)
    qtbot.waitUntil(lambda: bool(answers.asked), timeout=20_000)
    rest(program.worker)
    assert program.window.isVisible()
    assert not list(killed.parent.glob("*-损坏*"))
    program.window.hide()
    program.close()
    assert answers.told.pop() == "备份已做好，但有的事没有做成", "the backup has what is wrong in it"


def test_a_large_one_changed_from_outside_is_closed_unwritten_and_repaired(
    program, db, answers, qtbot, monkeypatch
) -> None:
    with Ledger.open(db) as ledger:
        ledger.set_setting(backups.READABLE, "0")
        ledger.backup()
    edited(db, "UPDATE hazard SET note = 'x' WHERE id = 3")
    monkeypatch.setattr(seal, "AT_ONCE", 0)
    changed = db.read_bytes()
    asked_and_open_again(program, db, qtbot)
    assert program.ways == [Way.BACKUP]
    assert verified(program)[0] == []
    assert answers.told.pop() == "台账修复好了"
    (kept,) = db.parent.glob("*-损坏*.mxdb")
    assert kept.read_bytes() == changed


def test_a_list_of_what_was_lost_is_offered(app, killed, monkeypatch, qtbot) -> None:
    asked: list[str] = []
    opened: list[str] = []

    def answer(title: str, text: str = "", *, yes: str, **_: object) -> bool:
        asked.append(yes)
        return True

    monkeypatch.setattr(ask, "offer", answer)
    monkeypatch.setattr(
        "mingxi_desktop.ui.dialogs.recovery.QDesktopServices.openUrl",
        lambda url: opened.append(url.toLocalFile()),
    )
    shutil.rmtree(killed.parent / "备份")
    edited(killed, "UPDATE hazard SET note = 'x' WHERE id = 3")
    dialog = RecoveryDialog(recovering.examine(killed))
    dialog.go(Way.SALVAGE)
    assert asked == ["看没有救全的清单"]
    assert [Path(name).suffix for name in opened] == [".xlsx"]
    assert dialog.path == killed
