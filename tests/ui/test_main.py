"""From nothing to the window, when the file is fine and when it is not; and to another ledger."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import Ledger, held
from mingxi_desktop.ledger.safekeeping import closing
from mingxi_desktop.ledger.safekeeping.backups import Made
from mingxi_desktop.ledger.safekeeping.recovering import BUSY_TITLE
from mingxi_desktop.ui import app_setup, ask, main
from mingxi_desktop.ui.dialogs import unlock
from mingxi_desktop.ui.main import Program
from mingxi_desktop.ui.recent import recent_files
from tests.ui.small import rest


@pytest.fixture
def program(app, settings, answers, monkeypatch):
    """A program whose start dialog answers with `wanted`, in order."""
    made = Program(settings)
    made.wanted = []
    made.asked = 0

    def ask_for() -> Path | None:
        made.asked += 1
        return made.wanted.pop(0) if made.wanted else None

    monkeypatch.setattr(made, "_ask", ask_for)
    yield made
    if made.window is not None:
        made.window.hide()
    made.close()


def test_the_wanted_ledger_opens_and_is_remembered(program, db, settings) -> None:
    assert program.start(db)
    rest(program.worker)
    assert program.window.isVisible()
    assert program.window.years.currentData() == 2024, "the newest year with records"
    program.window.hide()
    program.close()
    again = Program(settings)
    assert again._last() == db
    assert recent_files(settings) == [db]
    db.unlink()
    assert again._last() is None


@pytest.mark.parametrize("content", [b"", b"not a ledger", b"SQLite format 3\0" + b"\0" * 4096])
def test_a_foreign_file_is_told_and_another_asked_for(program, answers, tmp_path, db, content) -> None:
    foreign = tmp_path / "别的.mxdb"
    foreign.write_bytes(content)
    program.wanted = [db]
    assert program.start(foreign)
    assert [type(error) for error in answers.told] == [UserError]
    answers.told.clear()
    assert program.asked == 1
    assert program.window.context.path == db
    assert foreign.read_bytes() == content


def test_a_missing_file_and_no_other_ends_quietly(program, answers, tmp_path) -> None:
    assert not program.start(tmp_path / "没有.mxdb")
    assert len(answers.told) == 1
    answers.told.clear()
    assert program.window is None


@pytest.mark.slow
def test_a_ledger_in_use_by_another_process_is_told(program, answers, db) -> None:
    code = (
        "import sys, pathlib\n"
        "from mingxi_desktop.ledger import Ledger\n"
        "with Ledger.open(pathlib.Path(sys.argv[1])) as ledger:\n"
        "    print('open', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout.readline().strip() == b"open"
        assert not program.start(db)
        assert len(answers.told) == 1
        answers.told.clear()
        assert program.asked == 1
    finally:
        other.communicate(timeout=20)
    assert program.start(db)


def test_a_ledger_that_is_open_already_asks_for_no_password(program, answers, db, monkeypatch) -> None:
    """Of an encrypted one nobody could tell but by the password, were its lock not looked at first."""

    def refuse(*_: object, **__: object) -> None:
        raise PasswordError("文件是加密的，打开要输入口令")

    monkeypatch.setattr(Ledger, "open", refuse)
    monkeypatch.setattr(unlock, "ask_for", lambda *_: pytest.fail("asked for a password"))
    monkeypatch.setattr(held.beside, "in_use", lambda _: True)
    shown: list[str] = []
    monkeypatch.setattr(main, "shown_by_first", lambda _, error, __: shown.append(error.title) or True)
    assert not program.start(db)
    assert shown == [BUSY_TITLE]
    assert not answers.told


def test_another_ledger_in_place_of_this_one(program, db, tmp_path) -> None:
    other = tmp_path / "另一本.mxdb"
    Ledger.create(other, bureau="沙县区应急管理局").close()
    program.start(db)
    rest(program.worker)
    program.wanted = [other]
    program.window.open_other()
    rest(program.worker)
    assert program.window.context.path == other
    assert "沙县区" in program.window.windowTitle()
    program.window.open_other()
    assert program.window.context.path == other, "nothing chosen, nothing changed"


def test_another_ledger_that_does_not_open_leads_back(program, answers, db, tmp_path) -> None:
    foreign = tmp_path / "别的.mxdb"
    foreign.write_bytes(b"no")
    program.start(db)
    rest(program.worker)
    program.wanted = [foreign]
    program.window.open_other()
    rest(program.worker)
    assert len(answers.told) == 1
    answers.told.clear()
    assert program.window.context.path == db
    assert program.window.isVisible()


def test_back_to_a_backup(program, db) -> None:
    program.start(db)
    rest(program.worker)
    made = []
    program.worker.run(lambda ledger: ledger.backup(), done=made.append)
    program.worker.run(lambda ledger: ledger.delete("hazard", [1]))
    rest(program.worker)
    program.window.reopen_from(made[0])
    rest(program.worker)
    found = []
    program.worker.run(lambda ledger: ledger.get("hazard", 1).deleted_at, done=found.append)
    rest(program.worker)
    assert found == [""]
    assert program.window.context.path == db


def test_the_window_waits_no_longer_for_python_than_it_must(app, monkeypatch) -> None:
    before = sys.getswitchinterval()
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(app_setup, "make_application", lambda *_, **__: app)
    monkeypatch.setattr(app_setup, "catch_bugs", lambda: None)
    monkeypatch.setattr(Program, "start", lambda *_: False)
    try:
        assert main.run(None) == 0
        assert sys.getswitchinterval() <= 0.0001, "it comes on top of every call while the worker computes"
    finally:
        sys.setswitchinterval(before)


def test_what_goes_on_beside_begins_once_the_page_is_there_and_not_in_a_window_that_is_closed(
    program, db, monkeypatch
) -> None:
    program.start(db)
    assert program.keeper is None, "the first page comes before the backups"
    rest(program.worker)
    assert program.keeper is not None
    program.window.hide()
    program.close()
    program.start(db)
    begun: list[object] = []
    accompany = Program._accompany
    monkeypatch.setattr(Program, "_accompany", lambda *given: (begun.append(given), accompany(*given)))
    window = program.window
    window.began.emit()
    window.setEnabled(False)
    rest(program.worker)
    assert begun
    assert program.keeper is None


@pytest.mark.parametrize("flaws", [(), ("隐患 #3 的内容和历史不一样",)], ids=["sound", "flawed"])
def test_what_the_closing_backup_could_not_do_besides_is_told(
    program, answers, db, monkeypatch, flaws
) -> None:
    """A full stick, or the workbook open in Excel: nobody would know until the stick is needed."""
    stick, book = "第二份备份没有存成（磁盘 E: 满了）", "全部台账的表格没有更新：磁盘 D: 满了"
    monkeypatch.setattr(closing, "back_up", lambda *_: Made(db, 1, flaws, warnings=(stick,)))
    monkeypatch.setattr(closing, "write_readable", lambda *_: book)
    texts: list[str] = []
    monkeypatch.setattr(ask, "show_message", lambda title, text: texts.extend((title, *text.split("\n\n"))))
    program.start(db)
    rest(program.worker)
    program.window.hide()
    program.close()
    assert texts[0] == "备份已做好，但有的事没有做成"
    assert texts[1:3] == [stick, book]
    assert len(texts) == 3 + bool(flaws)
    assert all(flaw in texts[3] and "检查数据完整性" in texts[3] for flaw in flaws)


def test_a_closing_backup_without_a_word_to_say_says_none(program, db, monkeypatch) -> None:
    monkeypatch.setattr(closing, "back_up", lambda *_: Made(db, 1))
    monkeypatch.setattr(closing, "write_readable", lambda *_: "")
    program.start(db)
    rest(program.worker)
    program.window.hide()
    program.close()
