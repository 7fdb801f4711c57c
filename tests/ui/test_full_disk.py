"""A disk without room under the window: told once, tried again, and nothing that is in the form goes."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage

from mingxi_desktop import paths
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import drafts, evidence_work, stored_settings
from mingxi_desktop.ui.dialogs.settings import SettingsDialog
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.small import rest


class Disk:
    """full: whether whatever is finished on it is refused."""

    full = False


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    made, give_name = Disk(), paths.give_name

    def refusing(part: Path, path: Path) -> None:
        if made.full:
            raise OSError(errno.ENOSPC, "No space left on device", str(part))
        give_name(part, path)

    monkeypatch.setattr(paths, "give_name", refusing)
    return made


@pytest.fixture
def said(context) -> list[str]:
    found: list[str] = []
    context.said.connect(found.append)
    return found


def test_a_draft_without_room_is_told_once_and_written_when_there_is(context, shown, disk, said) -> None:
    panel = RecordPanel(context, kind_of("hazard"))
    shown(panel, 520, 760)
    rest(context.worker)
    own = panel.unfinished

    def typed(text: str) -> None:
        panel.form.inputs["note"].set_text(text)
        own._note()
        drafts.settle()
        own._look()
        drafts.settle()

    disk.full = True
    for text in ("一", "一二", "一二三"):
        typed(text)
    [told] = [one for one in said if "草稿没有存下来" in one]
    assert "满了" in told
    assert own._later.isActive()
    assert not any(path.is_file() for path in (context.path.parent / drafts.FOLDER).rglob("*"))
    disk.full = False
    own._look()
    [draft] = drafts.pending(context.path)
    assert draft.texts["note"] == "一二三", "what was typed last, though no key was pressed since"
    own._later.stop()
    own._look()
    assert not own._later.isActive()
    disk.full = True
    typed("一二三四")
    assert len([one for one in said if "草稿没有存下来" in one]) == 2, "another full disk is told again"
    own.touched(dirty=False)
    drafts.settle()
    assert not drafts.again()
    assert drafts.pending(context.path) == []


def test_a_pasted_picture_without_room_leaves_nothing(context, disk) -> None:
    disk.full = True
    with pytest.raises(UserError) as caught:
        evidence_work.keep_pasted(None, QImage(8, 8, QImage.Format.Format_RGB32), context.path)
    assert "满了" in caught.value.detail
    assert caught.value.hint
    assert not any(path.is_file() for path in drafts.folder_of(context.path).iterdir())


def test_settings_that_are_not_written_are_told(real, settle, tmp_path) -> None:
    said: list[str] = []
    real.said.connect(said.append)
    aside = tmp_path / "盘"
    aside.write_bytes(b"a file where the folder should be")
    real.settings = QSettings(str(aside / "settings.ini"), QSettings.Format.IniFormat)
    dialog = SettingsDialog(real)
    settle()
    dialog._operator.setText("李四")
    dialog.save()
    settle()
    assert "本机的设置没有存下来" in said[-1]
    assert real.settings.value("operator") == "李四", "it holds as long as the program runs"
    aside.unlink()
    assert stored_settings.fault(real.settings) == ""
    assert "operator" in (aside / "settings.ini").read_text(encoding="utf-8")
