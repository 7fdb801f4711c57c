"""The opening password in the window, locking, and numbers of people on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from mingxi_desktop import APP_NAME
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, locking
from mingxi_desktop.ui import idle, veil
from mingxi_desktop.ui.cover import TITLE, Cover
from mingxi_desktop.ui.dialogs.password import PasswordDialog
from mingxi_desktop.ui.dialogs.unlock import Pause, UnlockDialog
from mingxi_desktop.ui.idle import Lock
from mingxi_desktop.ui.inputs.veiling import Cover as InputCover
from mingxi_desktop.ui.main import Program
from mingxi_desktop.ui.shapes import label
from mingxi_desktop.ui.table.copying import clip
from tests.ui.audit import walk
from tests.ui.small import rest

SECRET = "明溪2024"
NUMBER, MASKED = "13812345678", "138****5678"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "_COST", 2)


@pytest.fixture
def locked_db(db: Path) -> Path:
    with Ledger.open(db) as ledger:
        ledger.remarks.set_password(SECRET)
    return db


def test_pauses_grow_and_end() -> None:
    pause = Pause()
    assert [pause.after_wrong() for _ in range(10)] == [0, 0, 0, 2, 4, 8, 16, 30, 30, 30]


def test_a_ledger_opens_after_its_password(app, settings, answers, locked_db, monkeypatch) -> None:
    program = Program(settings)
    monkeypatch.setattr(program, "_ask", lambda: None)
    monkeypatch.setattr(program, "_back_up", lambda *_: None)
    said: list[str] = []

    def type_in() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, UnlockDialog):
            return
        if dialog._trying is None:
            errors = [one.text() for one in dialog.findChildren(QLabel) if "口令不对" in one.text()]
            said.extend(errors)
            dialog.line.edit.setText(SECRET if errors else "别的")
            dialog.attempt()

    typing = QTimer(interval=20)
    typing.timeout.connect(type_in)
    typing.start()
    try:
        assert program.start(locked_db)
        assert said, "a wrong one is told, and the dialog stays"
        rest(program.worker)
        assert program.window is not None
        assert program.window.isVisible()
    finally:
        typing.stop()
        if program.window is not None:
            program.window.hide()
        program.close()


def test_who_does_not_know_it_gets_no_window(app, settings, answers, locked_db, monkeypatch) -> None:
    program = Program(settings)
    monkeypatch.setattr(program, "_ask", lambda: None)
    monkeypatch.setattr(UnlockDialog, "exec", lambda self: self.done(0) or QDialog.DialogCode.Rejected)
    before = locked_db.read_bytes()
    assert not program.start(locked_db)
    assert program.window is None
    assert locked_db.read_bytes() == before


def test_the_dialog_sets_changes_and_takes_away(window, context, qtbot) -> None:
    lock = Lock(context)
    dialog = PasswordDialog(context, window)
    dialog.show()
    rest(context.worker)
    walk.at_rest()
    assert dialog.height() == dialog._height_needed(), "no blank room"
    qtbot.addWidget(dialog)
    rest(context.worker)
    assert not lock.ready
    assert not dialog.idle.isEnabled()

    def type_in(*texts: str) -> None:
        for line, text in zip((dialog.old, dialog.new, dialog.again), texts, strict=True):
            line.edit.setText(text)

    type_in("", SECRET, "别的密码")
    assert not dialog._set.isEnabled()
    type_in("", SECRET, SECRET)
    dialog.set()
    rest(context.worker)
    assert lock.ready
    dialog.idle.setCurrentIndex(1)
    rest(context.worker)
    assert lock._minutes == idle.CHOICES[0]
    type_in("不对的", "新的口令", "新的口令")
    dialog.set()
    rest(context.worker)
    assert "原口令不对" in dialog._said.text()
    type_in(SECRET, "新的口令", "新的口令")
    dialog.set()
    rest(context.worker)
    type_in("新的口令", "", "")
    dialog.remove()
    rest(context.worker)
    assert not lock.ready
    assert "不用口令" in dialog._state.text()


@pytest.fixture
def lock(window: Any, context: Any) -> Lock:
    """A window that can be locked."""
    made = Lock(context)
    rest(context.worker)
    made._check = locking.Check(bytes(16) + locking._hash(SECRET, bytes(16)))
    yield made
    made._uncover()


def covers(of: QWidget) -> list[Cover]:
    return of.findChildren(Cover, options=Qt.FindChildOption.FindDirectChildrenOnly)


def test_a_locked_window_shows_and_does_nothing_and_comes_back_as_it_was(window, lock, qtbot) -> None:
    window.start_new("hazard")
    rest(window.context.worker)
    line = next(one for one in window.findChildren(QLineEdit) if one.isVisible() and not one.isReadOnly())
    line.setFocus()
    line.setText("半截的字")
    title = window.windowTitle()
    lost: list[QEvent.Type] = []
    dialog = QDialog(window)
    dialog.setWindowTitle("13 条隐患")
    inside = QLineEdit("正在填的内容", dialog)
    dialog.setModal(True)
    dialog.show()
    dialog.activateWindow()
    inside.setFocus()
    inside.editingFinished.connect(lambda: lost.append(QEvent.Type.FocusOut))
    lock.lock()
    for one in (window, dialog):
        assert one.windowTitle() == TITLE
        [cover] = covers(one)
        assert cover.geometry() == one.rect(), "menus and status bar are covered too"
    window.setWindowTitle("明溪县应急管理局 — 新的")
    assert window.windowTitle() == TITLE
    new = window.actions_by_name["new"]
    fired: list[bool] = []
    new.triggered.connect(fired.append)
    QTest.keyClick(covers(dialog)[0].line.edit, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(inside, "x")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    for _ in range(3):
        QTest.keyClick(covers(dialog)[0].line.edit, Qt.Key.Key_Tab)
    told = QDialog(window)
    told.show()
    assert covers(told), "what opens meanwhile is covered as well"
    told.done(0)
    assert not fired
    assert dialog.isVisible()
    lock.unlock("别的")
    assert lock.locked
    assert "口令不对" in covers(dialog)[0].said.text()
    lock.unlock(SECRET)
    assert not lock.locked
    assert (inside.text(), line.text()) == ("正在填的内容", "半截的字")
    assert not lost, "the field has not been left"
    assert (window.windowTitle(), dialog.windowTitle()) == ("明溪县应急管理局 — 新的", "13 条隐患")
    assert title.endswith(APP_NAME)
    dialog.done(0)
    line.setText("")


def test_it_locks_by_itself_and_masks_again(window, lock, monkeypatch) -> None:
    lock._minutes = 5
    lock._begin()
    veil.current().lift(True)
    now = idle.time.monotonic()
    monkeypatch.setattr(idle.time, "monotonic", lambda: now + 299)
    lock.look()
    assert not lock.locked, "a little is left"
    QTest.keyClick(window, Qt.Key.Key_Shift)
    monkeypatch.setattr(idle.time, "monotonic", lambda: now + 400)
    lock.look()
    assert not lock.locked, "somebody touched a key"
    monkeypatch.setattr(idle.time, "monotonic", lambda: now + 700)
    lock.look()
    assert lock.locked
    assert not veil.current().lifted


def test_it_locks_after_a_sleep_in_which_only_the_wall_clock_went_on(window, lock, monkeypatch) -> None:
    lock._minutes = 5
    lock._begin()
    asleep = idle.time.time() + 3_600
    monkeypatch.setattr(idle.time, "time", lambda: asleep)
    lock.look()
    assert lock.locked


def test_without_a_password_nothing_locks(window, context, answers) -> None:
    own = Lock(context)
    rest(context.worker)
    answers.yes = False
    window.actions_by_name["lock"].trigger()
    assert not own.locked
    assert answers.asked == ["还没有设置口令，不能锁定"]


def test_numbers_of_people_are_masked_until_they_are_wanted(window, context, qtbot) -> None:
    found: list[int] = []
    context.read(_first_hazard, f"业主 {NUMBER}", done=found.append, owner=window)
    rest(context.worker)
    window.show_record("hazard", found[0])
    rest(context.worker)
    page = window.ledger_tab().current
    owner = page.panel.form.inputs["owner"]
    column, row = page.model.column_of("owner"), page.model.row_of(found[0])
    cell = page.model.index(row, column)
    record = page.model.record(row)

    def seen() -> tuple[str, bool, str]:
        copied = clip([record], [page.kind.field("owner")]).text
        cover = owner.editor.findChild(InputCover)
        return cell.data(), cover is not None and cover.isVisible(), copied

    page.table.setFocus()
    assert seen() == (f"业主 {MASKED}", True, f"业主 {MASKED}")
    assert owner.text() == cell.data(Qt.ItemDataRole.EditRole) == f"业主 {NUMBER}", "what is edited is whole"
    assert not page.panel.dirty
    owner.editor.setFocus()
    assert not seen()[1], "whoever goes into a field works on it"
    page.table.setFocus()
    window.actions_by_name["personal"].trigger()
    assert seen() == (f"业主 {NUMBER}", False, f"业主 {NUMBER}")
    window.actions_by_name["personal"].trigger()
    assert seen()[0] == f"业主 {MASKED}"
    told = label(f"业主 {NUMBER}")
    qtbot.addWidget(told)
    assert told.text() == f"业主 {MASKED}"


def _first_hazard(ledger: Ledger, owner: str) -> int:
    number = ledger.ids(Query("hazard", year=2024))[0]
    ledger.edit("hazard", number, {"owner": owner})
    return number
