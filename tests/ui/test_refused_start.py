"""From a start on a ledger that lies on a stick, or on a backup, to the window on its copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from mingxi_desktop.ledger import Ledger, places
from mingxi_desktop.ledger.drives import Drive
from mingxi_desktop.ledger.safekeeping import handover
from mingxi_desktop.ui import key_asking, refused
from mingxi_desktop.ui.dialogs.start import StartDialog
from mingxi_desktop.ui.main import Program
from tests.ui.small import rest


@pytest.fixture
def stick(tmp_path, db, monkeypatch) -> Path:
    """A ledger on a USB stick."""
    folder = tmp_path / "E"
    folder.mkdir()
    found = Path(shutil.copyfile(db, folder / "台账.mxdb"))
    monkeypatch.setattr(
        places, "drive_of", lambda path: Drive.REMOVABLE if path.is_relative_to(folder) else Drive.FIXED
    )
    return found


def test_a_start_on_a_stick_leads_to_a_copy(app, settings, answers, stick, tmp_home) -> None:
    before = stick.read_bytes()
    program = Program(settings)
    assert program.start(stick)
    rest(program.worker)
    assert program.window.context.path == tmp_home / "台账.mxdb"
    assert len(answers.asked) == 1
    program.window.hide()
    program.close()
    assert stick.read_bytes() == before
    assert [one.name for one in stick.parent.iterdir()] == ["台账.mxdb"]


def test_the_start_dialog_neither_opens_nor_makes_one_there(
    app, settings, answers, stick, tmp_home, qtbot, monkeypatch
) -> None:
    dialog = StartDialog(settings)
    qtbot.addWidget(dialog)
    monkeypatch.setattr("mingxi_desktop.ui.ask.open_file", lambda *_, **__: stick)
    dialog.open_existing()
    qtbot.waitUntil(lambda: dialog.path is not None)
    assert dialog.path == tmp_home / "台账.mxdb"
    other = StartDialog(settings)
    qtbot.addWidget(other)
    other._file.setText(str(stick.with_name("新.mxdb")))
    other.make_new()
    qtbot.waitUntil(lambda: bool(answers.told))
    assert "没有新建" in answers.told.pop().title
    other.reject()
    assert not stick.with_name("新.mxdb").exists()


def test_a_start_on_a_backup_leads_to_a_ledger(app, settings, answers, db, tmp_home) -> None:
    backup = db.rename(db.with_suffix(".mxbak"))
    program = Program(settings)
    assert program.start(backup)
    rest(program.worker)
    assert program.window.context.path == tmp_home / "台账.mxdb"
    program.window.hide()
    program.close()


def test_a_newcomer_with_a_package_alone_finds_the_way_in(
    app, settings, answers, db, tmp_home, qtbot, monkeypatch
) -> None:
    """The button says so, the ledger gets its own name back, and what is asked says what the file is."""
    with Ledger.open(db) as ledger:
        backup = ledger.backup()
    package = db.with_name("某局台账-交接包20260110.zip")
    handover.write(package, backup, db, (), ())
    dialog = StartDialog(settings)
    qtbot.addWidget(dialog)
    monkeypatch.setattr("mingxi_desktop.ui.ask.open_file", lambda *_, **__: package)
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "从备份恢复…").click()
    assert dialog.path == tmp_home / "某局台账.mxdb"
    assert answers.asked == ["这是台账的交接包，要用它做成一份台账吗？"]
    assert package.exists()
    assert refused.ledger_name(backup) == "台账"
    assert refused.ledger_name(db.with_name("随便.zip")) == "随便"


def test_an_encrypted_one_whose_password_nobody_knows_is_not_made(
    app, settings, answers, db, tmp_home, monkeypatch
) -> None:
    backup = db.rename(db.with_suffix(".mxbak"))
    monkeypatch.setattr(key_asking, "known", lambda *_: False)
    assert refused.made_of(backup) is None
    assert not list(tmp_home.glob("*.mxdb"))


def test_what_did_not_come_along_with_a_backup_is_told(app, answers, db, tmp_path, tmp_home) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8\xff photo")
    with Ledger.open(db) as ledger:
        row = {"record_date": "2024-03-01", "area": "盖洋镇", "description": "通道堵塞"}
        changes = ledger.add("hazard", ledger.parse("hazard", row)[0])
        ledger.attach("hazard", changes.added[0][1], [photo])
    alone = tmp_path / "stick"
    alone.mkdir()
    backup = Path(shutil.copyfile(db, alone / "台账.mxbak"))
    assert refused.made_of(backup) == tmp_home / "台账.mxdb"
    assert answers.told.pop() == "台账恢复好了，有的没有跟来"
