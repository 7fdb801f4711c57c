"""A disk without room under the window: told once, tried again, and nothing that is in the form goes."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage

from mingxi_desktop import paths
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import ask, drafts, evidence_work, stored_settings, unwritten
from mingxi_desktop.ui.dialogs.settings import SettingsDialog
from mingxi_desktop.ui.drafts import Draft
from mingxi_desktop.ui.record_panel import RecordPanel
from mingxi_desktop.ui.window import MainWindow
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


class Choosing:
    """Answers `ask.choose`.  answers: which way, one for each time; before: what is done first."""

    def __init__(self, *answers: int) -> None:
        self.asked: list[tuple[str, str]] = []
        self.answers = list(answers)
        self.before: list[Callable[[], None]] = []

    def __call__(self, title: str, text: str, options: Sequence[str], **_: object) -> int:
        self.asked.append((title, text))
        if self.before:
            self.before.pop(0)()
        return self.answers.pop(0)


@pytest.fixture
def looked_elsewhere(window, disk) -> MainWindow:
    """A new record was being typed in when the clerk looked at another one, and the disk is full."""
    window.start_new("hazard", {"area": "盖洋镇"})
    rest(window.context.worker)
    panel = window.ledger_tab().current.panel
    panel.form.inputs["description"].set_text("楼道堵塞")
    disk.full = True
    panel.desk.look_elsewhere("inspection", 1)
    rest(window.context.worker)
    assert drafts.pending(window.context.path) == []
    return window


def test_a_window_with_a_draft_that_has_no_room_asks_before_it_closes(
    looked_elsewhere, disk, monkeypatch, answers
) -> None:
    chosen = Choosing(-1)
    monkeypatch.setattr(ask, "choose", chosen)
    assert not looked_elsewhere.close()
    assert looked_elsewhere.isVisible()
    [(title, text)] = chosen.asked
    assert title == "有 1 份草稿没有存下来，现在关闭就没有了"
    assert "隐患“楼道堵塞”" in text
    assert "满了" in text
    chosen.answers, chosen.before = [0, 0], [lambda: None, lambda: setattr(disk, "full", False)]
    assert looked_elsewhere.close()
    assert len(chosen.asked) == 3, "once more on the full disk, then there was room"
    [draft] = drafts.pending(looked_elsewhere.context.path)
    assert draft.texts["description"] == "楼道堵塞"
    assert looked_elsewhere.close()
    assert len(chosen.asked) == 3


def test_a_draft_without_room_is_given_up_only_where_the_clerk_says_so(
    looked_elsewhere, disk, monkeypatch
) -> None:
    monkeypatch.setattr(ask, "choose", Choosing(1))
    assert looked_elsewhere.close()
    assert drafts.unwritten()[0] == []
    disk.full = False
    assert drafts.pending(looked_elsewhere.context.path) == []


def test_many_drafts_without_room_are_counted() -> None:
    draft = Draft("hazard", 3, "ab", "2024-06-09 08:00:00", "隐患 #3", {}, {}, {}, {}, {}, ())
    title, text, _ = unwritten.question([draft] * 5, "磁盘 D: 满了")
    assert "5 份" in title
    assert text.count("隐患 #3") == 3
    assert "还有 2 份" in text


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
