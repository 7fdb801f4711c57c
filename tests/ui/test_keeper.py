"""Backups of the window: at close, half an hour after a change, on demand; going back in three clicks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from mingxi_desktop.ledger import Ledger, whole_book
from mingxi_desktop.ledger.safekeeping import backups
from mingxi_desktop.ledger.safekeeping.backup_names import backups_in
from mingxi_desktop.ui import keeper as keeper_module
from mingxi_desktop.ui import waiting
from mingxi_desktop.ui.dialogs.restore import RestoreDialog
from mingxi_desktop.ui.dialogs.restored import RestoredDialog
from mingxi_desktop.ui.keeper import Keeper
from mingxi_desktop.ui.main import Program
from tests.ui.small import rest


@pytest.fixture
def program(app, settings, answers, db, monkeypatch):
    """A program on the small ledger; the readable workbook is not written but where a test wants it."""
    written: list[Path] = []
    monkeypatch.setattr(whole_book, "write", lambda _ledger, path, told=None: written.append(path))
    made = Program(settings)
    made.written = written
    made.start(db)
    rest(made.worker)
    yield made
    leave(made)


def leave(program: Program) -> None:
    """The window is closed."""
    if program.window is not None:
        program.window.hide()
    program.close()


def reasons(db: Path) -> list[str]:
    return [one.reason for one in backups_in(db.parent / "备份")]


def press(dialog: Any, text: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == text).click()


def on(program: Program, fn: Any) -> Any:
    found: list[Any] = []
    program.worker.run(fn, done=found.append)
    rest(program.worker)
    return found[0]


def test_closing_makes_a_backup_and_a_readable_copy_but_only_of_changes(program, db) -> None:
    leave(program)
    assert reasons(db) == ["关闭时"]
    assert program.written == [db.parent / "备份" / "台账-全部台账.xlsx"]
    program.start(db)
    rest(program.worker)
    leave(program)
    assert reasons(db) == ["关闭时"], "nothing changed"
    program.start(db)
    on(program, lambda ledger: ledger.set_setting(backups.READABLE, "0"))
    on(program, lambda ledger: ledger.delete("hazard", [1]))
    leave(program)
    assert reasons(db) == ["关闭时"] * 2
    assert len(program.written) == 1


def test_a_backup_that_fails_at_close_is_told_and_the_window_goes(program, db, answers, monkeypatch) -> None:
    (db.parent / "备份").write_text("", encoding="utf-8")
    leave(program)
    assert program.window is None
    assert "记录都已保存" in answers.told[0].hint
    answers.told.clear()


def test_half_an_hour_after_a_change_a_backup_is_made_beside_the_work(
    program, db, qtbot, monkeypatch
) -> None:
    keeper = program.keeper
    assert keeper_module.EVERY == 30 * 60_000
    assert keeper._due.isActive(), "what has no backup yet, as after the PC was shut down, gets one"
    program.window.context.write(lambda ledger: ledger.delete("hazard", [1]), owner=program.window)
    rest(program.worker)
    assert keeper._due.isActive()
    keeper._due.setInterval(0)
    qtbot.waitUntil(lambda: reasons(db) == ["使用中"])
    qtbot.waitUntil(lambda: not keeper._worker.busy)  # it is noted after it has its name
    rest(program.worker)
    assert not keeper._due.isActive()
    assert on(program, lambda ledger: ledger.setting(backups.LAST_BACKUP))
    keeper.now()
    qtbot.waitUntil(lambda: len(reasons(db)) == 2)
    qtbot.waitUntil(lambda: not keeper._worker.busy)
    rest(program.worker)


def test_what_is_changed_while_a_backup_is_finished_gets_another_one(program, db, qtbot, monkeypatch) -> None:
    keeper, context = program.keeper, program.window.context
    begun = keeper._finish

    def copied(draft: Any) -> None:
        begun(draft)
        context.write(lambda ledger: ledger.delete("hazard", [1]), owner=program.window)

    monkeypatch.setattr(keeper, "_finish", copied)
    keeper.now()
    qtbot.waitUntil(lambda: len(reasons(db)) == 1)
    qtbot.waitUntil(lambda: not keeper._worker.busy)
    rest(program.worker)
    assert on(program, lambda ledger: ledger.backups.changed())
    assert keeper._due.isActive()


def test_after_a_sleep_the_half_hour_is_over(program, db, qtbot) -> None:
    keeper = program.keeper
    keeper.catch_up()
    qtbot.waitUntil(lambda: reasons(db) == ["使用中"])
    qtbot.waitUntil(lambda: not keeper._worker.busy)
    rest(program.worker)
    keeper.catch_up()
    rest(program.worker)
    assert len(reasons(db)) == 1, "nothing is due"


def test_an_automatic_backup_that_fails_interrupts_nobody_and_is_tried_again(program, db, qtbot) -> None:
    (db.parent / "备份").write_text("", encoding="utf-8")
    said: list[str] = []
    program.window.context.said.connect(said.append)
    program.keeper._meanwhile()
    rest(program.worker)
    assert "自动备份没有做成" in said[-1]
    assert program.keeper._due.isActive()
    (db.parent / "备份").unlink()


def test_back_to_a_backup_in_three_clicks_and_back_again_in_one(program, db, qtbot) -> None:
    """The menu, its entry, the button; then 撤消恢复."""
    on(program, lambda ledger: ledger.backup())
    on(program, lambda ledger: ledger.delete("hazard", [1, 2]))
    window = program.window
    dialog = RestoreDialog(window.context, window)  # what the menu's entry opens
    dialog.show()
    rest(program.worker)
    assert "隐患 找回 2 条" in dialog._differs.text()
    assert [line.texts[2] for line in dialog.steps.lines.lines] == ["删除 隐患 2 条"]
    texts = dialog.table.lines.lines[0].texts
    assert texts[2:5] == ("10", "手工备份", "已检查")
    press(dialog, "恢复这个备份")
    window.reopen_from(dialog.chosen)
    rest(program.worker)
    assert on(program, lambda ledger: ledger.counts()["hazard"]) == 6
    assert reasons(db)[0] == "恢复前"
    told = next(w for w in program.window.findChildren(RestoredDialog))
    assert told.isVisible()
    press(told, "撤消恢复")
    rest(program.worker)
    assert on(program, lambda ledger: ledger.counts()["hazard"]) == 4
    again = RestoreDialog(program.window.context, program.window)
    rest(program.worker)
    press(again, "撤消上次恢复")
    assert "恢复前" in again.chosen.name


def test_a_package_from_elsewhere_is_looked_into_before_it_is_taken(
    program, db, tmp_path, monkeypatch
) -> None:
    from mingxi_desktop.ui import ask

    bad = tmp_path / "照片.zip"
    bad.write_bytes(b"PK\x03\x04" + bytes(40))
    monkeypatch.setattr(ask, "open_file", lambda *_, **__: bad)
    dialog = RestoreDialog(program.window.context, program.window)
    rest(program.worker)
    dialog.choose_other()
    rest(program.worker)
    assert "▲ 交接包有问题" in dialog._differs.text()
    dialog.restore()
    assert dialog.chosen is None
    dialog.done(0)


def test_a_backup_in_vain_is_told_and_no_longer_promised(program, db, answers) -> None:
    (db.parent / "备份").write_text("", encoding="utf-8")
    said: list[str] = []
    program.window.context.said.connect(said.append)
    program.keeper.now()
    rest(program.worker)
    assert said == ["正在备份……", "▲ 备份没有做成"]
    assert len(answers.told) == 1
    answers.told.clear()
    (db.parent / "备份").unlink()


def test_a_package_takes_the_place_of_an_older_one_only_when_it_is_whole(
    program, db, answers, qtbot, monkeypatch
) -> None:
    from mingxi_desktop.errors import UserError
    from mingxi_desktop.ledger.safekeeping import handing_over as making
    from mingxi_desktop.ui import handing_over
    from mingxi_desktop.ui.waiting import Waiting

    target = answers.file = db.with_name("交接包.zip")
    target.write_bytes(b"of last year")
    held: list[bool] = []

    def in_vain(draft: Any, told: Any) -> making.Handed:
        backups.drop(draft)
        held.append(target.read_bytes() == b"of last year")
        told(1, 3)
        raise UserError("交接包没有写成")

    def made(draft: Any, told: Any) -> making.Handed:
        backups.drop(draft)
        draft.target.write_bytes(b"new")
        return making.Handed(draft.target, ())

    for make, content in ((in_vain, b"of last year"), (made, b"new")):
        monkeypatch.setattr(making, "make", make)
        handing_over.hand_over(program.window.context, program.window)
        qtbot.waitUntil(lambda: bool(answers.told))
        assert target.read_bytes() == content
        answers.told.clear()
    assert held == [True]
    qtbot.waitUntil(lambda: not program.window.findChildren(Waiting))
    assert [path.name for path in db.parent.glob("*.zip")] == ["交接包.zip"]


def test_a_package_can_be_stopped(program, db, answers, qtbot, monkeypatch) -> None:
    from mingxi_desktop.ledger.safekeeping import handing_over as making
    from mingxi_desktop.ui import handing_over
    from mingxi_desktop.ui.waiting import Waiting

    answers.file = db.with_name("交接包.zip")
    said: list[str] = []
    program.window.context.said.connect(said.append)

    def endless(draft: Any, told: Any) -> making.Handed:
        backups.drop(draft)
        while True:
            told(1, 3)

    monkeypatch.setattr(making, "make", endless)
    handing_over.hand_over(program.window.context, program.window)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(Waiting)))
    program.window.findChildren(Waiting)[0].reject()
    qtbot.waitUntil(lambda: said[-1] == "交接包没有做")
    assert not answers.file.exists()


def test_the_keeper_goes_with_its_window(program) -> None:
    keeper: Keeper = program.keeper
    keeper.now()
    leave(program)
    assert program.keeper is None
    with Ledger.open(program.settings and Path(str(program.settings.value("ledger/last")))) as ledger:
        assert ledger.verify() == []


def test_a_closing_window_gives_up_the_backup_that_nobody_asked_for(program, db, qtbot, monkeypatch) -> None:
    """That one looks at every record of a large ledger for minutes."""
    begun: list[backups.Draft] = []

    def endless(draft: backups.Draft, told: Any) -> backups.Made:
        if draft.reason != backups.MEANWHILE:
            return finish(draft, told)
        begun.append(draft)
        while True:
            told(1, 3)

    finish = backups.finish
    monkeypatch.setattr(backups, "finish", endless)
    program.keeper._meanwhile()
    qtbot.waitUntil(lambda: bool(begun))
    leave(program)
    assert reasons(db) == ["关闭时"]
    assert not list((db.parent / "备份").glob("*.part"))


def test_whoever_does_not_wait_closes_without_a_backup_and_gets_one_later(program, db, monkeypatch) -> None:
    told: list[str] = []

    def left_out(_worker: Any, text: str, _fn: Any, *, skip: str = "", **_: Any) -> None:
        told.extend((text, skip))

    with monkeypatch.context() as patched:
        patched.setattr(waiting, "on_worker", left_out)
        leave(program)
    assert (reasons(db), program.written) == ([], [])
    assert "记录都已保存" in told[0]
    assert told[1:] == ["这次不备份"]
    program.start(db)
    rest(program.worker)
    assert program.keeper._due.isActive()


@pytest.mark.parametrize(
    ("key", "left_out"), [(Qt.Key.Key_Return, False), (Qt.Key.Key_Escape, True)], ids=str
)
def test_enter_leaves_nothing_out(qtbot, key: Qt.Key, left_out: bool) -> None:
    class Endless:
        cancelled = False

        def cancel(self) -> None:
            self.cancelled = True

    shown, job = waiting.Waiting("正在备份台账……", "这次不备份", None), Endless()
    qtbot.addWidget(shown)
    shown.wait_for(job)
    shown.show()
    QTest.keyClick(shown.findChild(QPushButton), key)
    assert job.cancelled is left_out
    shown.leave()


@pytest.mark.parametrize(
    ("seconds", "done", "total", "said"),
    [
        (2, 50, 100, ""), (5, 0, 100, ""), (5, 0, 0, ""), (5, 100, 100, ""), (5, 50, 100, "大约还要 10 秒"),
        (10, 25, 100, "大约还要 30 秒"), (30, 20, 100, "大约还要 2 分钟"),
    ],
)  # fmt: skip
def test_work_says_how_long_it_goes_on(seconds: float, done: int, total: int, said: str) -> None:
    assert waiting.left(seconds, done, total) == said
