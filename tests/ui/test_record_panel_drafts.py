"""What is typed survives: a killed program, a record changed or gone meanwhile, undo, a look elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.ask import Answer
from mingxi_desktop.ui.dialogs.twin import TwinDialog
from mingxi_desktop.ui.draft_todos import draft_todos
from mingxi_desktop.ui.focus import TabPlace
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.small import put as store
from tests.ui.small import rest, type_text

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def panel(context, shown):
    def make(kind: str = "hazard", record: int | None = None) -> RecordPanel:
        made = RecordPanel(context, kind_of(kind))
        shown(made, 520, 760)
        if record is not None:
            made.show_record(record)
        rest(context.worker)
        return made

    yield make
    drafts.settle()


def put(panel: RecordPanel, name: str, text: str) -> None:
    editor = panel.form.inputs[name].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    type_text(editor, text)


def noted(panel: RecordPanel, context) -> list[drafts.Draft]:
    """The drafts once half a second has gone by since something was typed."""
    waiting = panel.unfinished._timer
    if waiting.isActive():
        waiting.stop()
        waiting.timeout.emit()
    return drafts.pending(context.path)


def leave_draft(panel: RecordPanel, context) -> drafts.Draft:
    """The program ends without a word; what is left of it."""
    [draft] = noted(panel, context)
    panel._evidence.leave_waiting()
    panel.unfinished._place = None
    panel.clear()
    assert drafts.pending(context.path) == [draft]
    return draft


def look(context, fn):
    found = []
    context.worker.run(fn, done=found.append)
    rest(context.worker)
    return found[0]


def test_a_killed_program_loses_nothing(db, panel, context, qtbot, tmp_path) -> None:
    context.worker.close()
    code = f"""
        import sys, time
        sys.path.insert(0, {str(ROOT)!r})
        from pathlib import Path
        from PySide6.QtCore import QSettings
        from PySide6.QtTest import QTest
        from mingxi_desktop.domain.kinds import kind_of
        from mingxi_desktop.ledger import Ledger
        from mingxi_desktop.ui import app_setup
        from mingxi_desktop.ui.context import Context
        from mingxi_desktop.ui.jobs import Worker
        from mingxi_desktop.ui.record_panel import RecordPanel
        app_setup.make_application(["test"], appearance="light")
        worker = Worker(lambda: Ledger.open(Path({str(db)!r})))
        context = Context(Path({str(db)!r}), worker, QSettings({str(tmp_path / "x.ini")!r}, QSettings.Format.IniFormat))
        context.set_year(2024)
        panel = RecordPanel(context, kind_of("hazard"))
        panel.show()
        panel.start_new()
        while worker.busy:
            QTest.qWait(5)
        QTest.keyClicks(panel.form.inputs["description"].editor, "loudao duiwu")
        panel.form.inputs["owner"].editor.setFocus()
        QTest.keyClicks(panel.form.inputs["owner"].editor, "zhang")
        print("typed", flush=True)
        QTest.qWait(60_000)
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MINGXI_DATA": str(tmp_path / "data")}
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"typed"
        # A second at most; the disk of a busy machine takes its time.
        until = time.monotonic() + 60
        while not list(drafts.folder_of(db).glob("*.json")) and time.monotonic() < until:
            time.sleep(0.05)
        child.kill()
    [draft] = drafts.pending(db)
    assert (draft.kind, draft.record, draft.changed) == ("hazard", None, 2)
    assert draft.texts["description"] == "loudao duiwu"
    assert draft.texts["owner"] == "zhang"
    with Ledger.open(db) as ledger:
        assert ledger.verify() == []


def test_a_new_record_is_taken_up_again_and_its_draft_goes_when_it_is_saved(panel, context, qtbot) -> None:
    made = panel()
    made.start_new()
    rest(context.worker)
    assert noted(made, context) == [], "nothing typed, nothing noted"
    put(made, "area", "盖洋镇")
    put(made, "description", "楼道堆物")
    draft = leave_draft(made, context)
    again = panel()
    assert [one.place for one in again.bar.drafts] == [draft.place]
    assert again.bar.isVisible()
    again.bar.wanted.emit(again.bar.drafts[0])
    rest(context.worker)
    assert not again.bar.isVisible()
    assert again.dirty
    assert again._title.text() == "新增隐患"
    assert again.form.texts()["description"] == "楼道堆物"
    put(again, "field", "消防")
    assert [one.texts["field"] for one in noted(again, context)] == ["消防"]
    assert drafts.pending(context.path)[0].place == draft.place
    again.save()
    rest(context.worker)
    assert again.record_id == 7
    assert drafts.pending(context.path) == []
    assert not (context.path.parent / drafts.FOLDER).exists()


def test_a_record_changed_meanwhile_keeps_both_and_says_so(panel, context, qtbot) -> None:
    made = panel(record=1)
    put(made, "owner", "zhang")
    put(made, "category", "dianqi")
    leave_draft(made, context)
    context.write(lambda ledger: ledger.edit("hazard", 1, {"owner": "李四", "note": "别处改的"}), owner=made)
    rest(context.worker)
    again = panel()
    again.bar.wanted.emit(again.bar.drafts[0])
    rest(context.worker)
    texts = again.form.texts()
    assert (again.record_id, texts["owner"], texts["category"], texts["note"]) == (
        1,
        "zhang",
        "dianqi",
        "别处改的",
    )
    assert "整改责任人：现在是“李四”，您填的是“zhang”" in again.bar.note
    assert "备注" not in again.bar.note
    assert again.form.changed() == {"owner", "category"}
    again.revert()
    rest(context.worker)
    assert again.form.texts()["owner"] == "李四"
    assert again.bar.note == ""
    assert drafts.pending(context.path) == []


def test_rows_of_a_child_table_with_one_still_open(panel, context, qtbot) -> None:
    made = panel("supply_movement", 1)
    table = made.form.tables["supply_line"]
    quantity = [field.name for field in table.model.columns].index("quantity")
    table.model.setData(table.model.index(0, quantity), "150")
    table.model.remove(1)
    table.add_row()
    rest(context.worker)
    type_text(QApplication.focusWidget(), "zp")
    assert made.dirty
    draft = leave_draft(made, context)
    assert [texts["item"] for _, texts in draft.rows["supply_line"]] == ["棉被", "zp"]
    again = panel("supply_movement")
    again.bar.wanted.emit(again.bar.drafts[0])
    rest(context.worker)
    table = again.form.tables["supply_line"]
    assert [(row.id is not None, row.texts["item"], row.texts["quantity"]) for row in table.rows()] == [
        (True, "棉被", "150"), (False, "zp", ""),
    ]  # fmt: skip
    assert again.form.changed() == {"supply_line"}
    assert again.bar.note == ""


def test_a_record_that_is_gone_becomes_a_new_one(panel, context, qtbot) -> None:
    made = panel("supply_movement", 1)
    put(made, "note", "bufa")
    leave_draft(made, context)
    context.write(lambda ledger: ledger.delete("supply_movement", [1]), owner=made)
    rest(context.worker)
    again = panel("supply_movement")
    again.bar.wanted.emit(again.bar.drafts[0])
    rest(context.worker)
    assert again.record_id is None
    assert "已经不在台账里" in again.bar.note
    assert again.form.texts()["note"] == "bufa"
    assert again.form.texts()["receiver"] == "盖洋镇"
    assert [row.texts["item"] for row in again.form.tables["supply_line"].rows()] == ["棉被", "折叠床"]
    again.save()
    rest(context.worker)
    assert again.record_id == 2, (
        again.form._general.text(),
        [one.error for one in again.form.inputs.values()],
    )
    assert len(look(context, lambda ledger: ledger.children("supply_movement", 2))["supply_line"]) == 2


def test_drafts_are_dropped_after_a_question_only(panel, context, qtbot, answers) -> None:
    for text in ("one", "two"):
        made = panel()
        made.start_new()
        rest(context.worker)
        put(made, "owner", text)
        noted(made, context)
        made.unfinished._place = None
        made.clear()
    again = panel()
    assert len(again.bar.drafts) == 2
    answers.yes = False
    again.bar.unwanted.emit(again.bar.drafts[0])
    assert len(drafts.pending(context.path)) == 2
    answers.yes = True
    again.bar.unwanted.emit(again.bar.drafts[0])
    assert [one.texts["owner"] for one in again.bar.drafts] == ["one"]
    assert [one.texts["owner"] for one in drafts.pending(context.path)] == ["one"]


def test_saving_and_giving_up_take_the_draft_away(panel, context, qtbot, answers) -> None:
    made = panel(record=1)
    put(made, "owner", "abc")
    assert len(noted(made, context)) == 1
    answers.leave = Answer.DISCARD
    assert made.may_leave()
    assert drafts.pending(context.path) == []
    put(made, "quantity_rectified", "99")
    made.save()
    rest(context.worker)
    assert len(noted(made, context)) == 1, "a refused save keeps it"
    put(made, "quantity_rectified", "12")
    assert drafts.pending(context.path) == [], "typed back to what is stored"


# undo and other changes while something is typed


def test_undo_of_the_record_itself_turns_what_is_typed_into_a_new_one(panel, context) -> None:
    made = panel("supply_movement")
    made.start_new()
    rest(context.worker)
    texts = {"record_date": "2024-06-12", "type": "调拨", "area": "盖洋镇", "receiver": "盖洋镇"}
    lines = {"supply_line": [{"item": "帐篷", "quantity": "3"}]}
    context.worker.run(
        lambda ledger: store(ledger, "supply_movement", texts, lines), done=made.show_record, owner=made
    )
    rest(context.worker)
    assert made.record_id == 2
    put(made, "note", "typed")
    context.write(lambda ledger: ledger.undo(), owner=made)
    rest(context.worker)
    assert made.record_id is None
    assert made.dirty
    assert "没保存的内容还在" in made.bar.note
    assert made.form.texts()["note"] == "typed"
    assert [row.id for row in made.form.tables["supply_line"].rows()] == [None]
    context.write(lambda ledger: ledger.redo(), owner=made)
    rest(context.worker)
    assert made.record_id == 2
    assert made.form.changed() == {"note"}
    assert [row.id is None for row in made.form.tables["supply_line"].rows()] == [False]
    assert made.bar.note == ""


def test_other_fields_follow_a_change_from_elsewhere(panel, context, answers) -> None:
    made = panel(record=1)
    context.write(lambda ledger: ledger.edit("hazard", 1, {"category": "电气"}), owner=made)
    rest(context.worker)
    put(made, "owner", "abc")
    context.write(lambda ledger: ledger.undo(), owner=made)
    rest(context.worker)
    assert (made.form.texts()["category"], made.form.texts()["owner"]) == ("", "abc")
    assert made.form.inputs["owner"].editor.hasFocus()
    assert made.form.inputs["owner"].editor.cursorPosition() == 3
    answers.leave = Answer.DISCARD
    assert made.may_leave()
    assert (made.form.texts()["category"], made.form.texts()["owner"]) == ("", "")


def test_deleting_it_oneself_asks_once_and_drops_what_was_typed(panel, context, answers) -> None:
    made = panel(record=1)
    put(made, "owner", "abc")
    made.delete()
    rest(context.worker)
    assert made.record_id is None
    assert not made.dirty
    assert drafts.pending(context.path) == []


def test_a_look_at_another_record_sets_the_form_aside(panel, context, qtbot, monkeypatch) -> None:
    made = panel()
    made.start_new()
    rest(context.worker)
    put(made, "owner", "abc")
    monkeypatch.setattr(TwinDialog, "exec", lambda _: 0)
    made.form.record_wanted.emit("hazard", 3)
    assert made.form.texts()["owner"] == "abc", "compared only, nothing lost"
    monkeypatch.setattr(TwinDialog, "exec", lambda _: 1)
    with qtbot.waitSignal(context.record_wanted) as wanted:
        made.form.record_wanted.emit("hazard", 3)
    assert wanted.args == ["hazard", 3]
    made.show_record(3)
    rest(context.worker)
    assert not made.dirty
    [draft] = made.bar.drafts
    made.bar.wanted.emit(draft)
    rest(context.worker)
    assert made.record_id is None
    assert made.form.texts()["owner"] == "abc"


# what others may ask of the panel


def test_a_prefilled_form_asks_nothing_until_it_is_typed_into(panel, context, answers) -> None:
    made = panel()
    made.start_new({"description": "灯坏了", "nosuch": "x"})
    rest(context.worker)
    assert made.form.texts()["description"] == "灯坏了"
    assert made._save.isEnabled()
    assert made.may_leave()
    assert not answers.asked


class Around(QWidget):
    """Stands for what belongs to the record."""

    def __init__(self) -> None:
        super().__init__()
        self.doors = TabPlace(self)
        self.shown: list[int | None] = []

    def show_record(self, record: int | None) -> None:
        self.shown.append(record)


def test_what_belongs_to_the_record_stands_under_the_form(panel, context) -> None:
    made = panel(record=1)
    around = Around()
    made.set_related(around)
    assert made.form.isAncestorOf(around)
    made.show_record(2)
    rest(context.worker)
    made.start_new()
    rest(context.worker)
    made.clear()
    assert around.shown == [1, 2, None, None]


def test_the_first_page_can_tell_of_drafts(panel, context, qtbot) -> None:
    made = panel()
    made.start_new()
    rest(context.worker)
    put(made, "owner", "abc")
    left = leave_draft(made, context)
    [todo] = draft_todos(context.path)
    assert todo.sentence.startswith("有一份没保存完的隐患“abc”（今天 ")
    assert (todo.action, todo.target) == ("继续填写", f"drafts:hazard:{left.place.name}")
    other = panel()
    other.desk.go_on_with(left.place.name)
    rest(context.worker)
    assert other.form.texts()["owner"] == "abc", "one click, whether or not the ledger was looked into before"
    assert (other.dirty, other.bar.drafts) == (True, [])


def test_a_draft_that_is_gone_meanwhile_is_not_gone_on_with(panel, context) -> None:
    made = panel()
    made.desk.go_on_with("hazard-x.json")
    rest(context.worker)
    assert (made.dirty, made.bar.drafts) == (False, [])
