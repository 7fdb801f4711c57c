"""A ledger that may not be opened where it lies, or is none: the window says why and leads on."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, door, places
from mingxi_desktop.ledger.places import PlaceError, Sort, Unfit
from mingxi_desktop.ui import refused
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.first_words import tell
from mingxi_desktop.ui.jobs import Worker
from tests.ui.small import rest


def on_a_stick(path: Path) -> PlaceError:
    return PlaceError("台账不能放在U盘 E: 上直接用，没有打开", "", path, Unfit(Sort.REMOVABLE, "U盘 E:"))


def test_a_ledger_on_a_stick_is_copied_and_opened(app, answers, db, tmp_home) -> None:
    before = db.read_bytes()
    found = refused.way_on(db, on_a_stick(db))
    assert answers.asked == ["台账不能放在U盘 E: 上直接用，没有打开"]
    assert found == tmp_home / db.name
    assert found.read_bytes() == before == db.read_bytes()
    with Ledger.open(found) as ledger:
        assert ledger.verify() == []


def test_nothing_is_copied_unasked(app, answers, db, tmp_home) -> None:
    answers.yes = False
    assert refused.way_on(db, on_a_stick(db)) is None
    assert not (tmp_home / db.name).exists()


def test_a_copy_that_fails_is_told(app, answers, db, monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("mingxi_desktop.ledger.placing.copy", refuse)
    assert refused.way_on(db, on_a_stick(db)) is None
    assert [error.title for error in answers.told] == ["没有复制成"]
    assert "满" in answers.told.pop().detail


def test_a_backup_becomes_a_ledger_of_its_own(app, answers, db, tmp_home) -> None:
    backup = db.rename(db.with_suffix(".mxbak"))
    found = refused.way_on(backup, door.BackupFileError(backup))
    assert found == tmp_home / "台账.mxdb"
    assert backup.exists()
    with Ledger.open(found) as ledger:
        assert sum(ledger.counts().values())


def test_all_else_is_told_as_before(app, answers, tmp_path) -> None:
    error = UserError("文件不是台账，没有打开", "文件：x（这是图片）", "换一个。")
    assert refused.way_on(tmp_path / "没有.mxdb", error) is None
    assert answers.told == [error]
    answers.told.clear()


@pytest.mark.parametrize("portable", [False, True])
def test_what_is_said_first(app, settings, db, monkeypatch, portable) -> None:
    monkeypatch.setattr(places, "warning", lambda _: "台账放在U盘 E: 上，只作演示" if portable else "")
    worker = Worker(lambda: Ledger.open(db))
    context = Context(db, worker, settings)
    said: list[str] = []
    context.said.connect(said.append)
    tell(context)
    rest(worker)
    worker.close()
    assert said == (["▲ 台账放在U盘 E: 上，只作演示"] if portable else [])
