"""The window on a disk that has become full: records, drafts, settings, backups."""

# ruff: noqa: F811 - fixtures
from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.main import Program
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.safety import deeds
from tests.safety.conftest import Reached
from tests.safety.program import LEDGER
from tests.safety.test_full_disk import disk, fill, names  # noqa: F401 - fixture
from tests.ui.conftest import Answers, answers, app, db, nobody_answers, small_file  # noqa: F401 - fixtures
from tests.ui.small import rest, type_text

_LONG_TEXT = "满" * 1900


@pytest.fixture
def program(
    app: QApplication, answers: Answers, disk: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """The window on a ledger; its data folder, settings, drafts and backups are all on the small disk."""
    monkeypatch.setenv("MINGXI_DATA", str(disk / "数据"))
    shutil.copyfile(db, disk / LEDGER)
    settings = QSettings(str(disk / "数据" / "settings.ini"), QSettings.Format.IniFormat)
    made = Program(settings)
    made.start(disk / LEDGER)
    rest(made.worker)
    yield made
    _leave(made)


def _leave(program: Program) -> None:
    if program.window is not None:
        program.window.hide()
    program.close()
    drafts.settle()


def _told(answers: Answers) -> list[tuple[str, str]]:
    """(title, detail) of what was refused; the errors themselves would hold the ledger file open."""
    found = [(one.title, one.detail) for one in answers.told]
    answers.told.clear()
    return found


def _panel(program: Program) -> RecordPanel:
    window = program.window
    assert window is not None
    window.start_new("hazard", {"record_date": "2024-06-09", "area": "盖洋镇", "field": "消防"})
    rest(program.worker)
    panel: RecordPanel = window.ledger_tab().current.panel
    return panel


@pytest.mark.safety
@pytest.mark.timeout(600)
def test_nothing_typed_is_lost_and_what_there_is_room_for_is_saved(
    program: Program, answers: Answers, disk: Path, qtbot, reached: Reached
) -> None:
    began = time.monotonic()
    said: list[str] = []
    assert program.window is not None
    program.window.context.said.connect(said.append)
    panel = _panel(program)
    filler = fill(disk, 0)
    editor = panel.form.inputs["description"].editor
    editor.setFocus()
    for text in ("楼道堵塞", "，要清理", _LONG_TEXT):
        type_text(editor, text)
        qtbot.wait(700)
    qtbot.waitUntil(lambda: any("草稿没有存下来" in one for one in said), timeout=5_000)
    panel.save()
    rest(program.worker)
    [(title, detail)] = _told(answers)
    assert "满" in title
    assert str(disk) in detail
    assert panel.dirty
    assert panel.form.texts()["description"].endswith(_LONG_TEXT)
    assert len([one for one in said if "草稿没有存下来" in one]) == 1
    filler.unlink()
    qtbot.waitUntil(lambda: len(drafts.pending(disk / LEDGER)) == 1, timeout=15_000)
    panel.save()
    rest(program.worker)
    assert not panel.dirty
    assert drafts.pending(disk / LEDGER) == []
    number = panel.record_id
    fill(disk, 0)
    _leave(program)
    assert all("备份" in title and "满" in title for title, _ in _told(answers))
    with Ledger.open(disk / LEDGER) as ledger:
        assert ledger.verify() == []
        assert ledger.get("hazard", number).values["description"].endswith(_LONG_TEXT)
        assert deeds.hazards(ledger)
    assert not [name for name in names(disk) if name.endswith((".part", "-journal", ".lock"))]
    reached("full disk under the window", 1, told=1, seconds=time.monotonic() - began)
