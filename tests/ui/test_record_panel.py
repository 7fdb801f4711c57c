"""The form beside the table: typing, saving, refusing, leaving, child rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.small import rest, type_text


@pytest.fixture
def panel(context, shown):
    def make(kind: str = "hazard", record: int | None = None) -> RecordPanel:
        made = RecordPanel(context, kind_of(kind))
        shown(made, 520, 760)
        if record is not None:
            made.show_record(record)
        rest(context.worker)
        return made

    return make


def look(context, fn):
    """What fn(ledger) gives, on the database's thread."""
    found = []
    context.worker.run(fn, done=found.append)
    rest(context.worker)
    return found[0]


def stored(context, kind: str, record: int):
    return look(context, lambda ledger: ledger.get(kind, record).shown)


def rows(context, kind: str, record: int, child: str, *names: str):
    def read(ledger: Ledger):
        return [tuple(row.shown[name] for name in names) for row in ledger.children(kind, record)[child]]

    return look(context, read)


def put(panel: RecordPanel, name: str, text: str) -> None:
    """Replace the text of a field as a person does."""
    line = panel.form.inputs[name].editor
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    type_text(line, text)


def test_giving_up_a_new_record_is_asked_first(panel, context, monkeypatch) -> None:
    answers, asked = [False, True], []
    monkeypatch.setattr(ask, "question", lambda title, *_, **__: asked.append(title) or answers.pop(0))
    made = panel()
    made.start_new()
    rest(context.worker)
    put(made, "description", "通道堵塞")
    made._revert.click()
    assert made.form.texts()["description"] == "通道堵塞"
    made._revert.click()
    assert not made.dirty
    assert asked == ["放弃正在填的隐患？"] * 2


def test_a_changed_field_is_saved_and_told(panel, context, qtbot) -> None:
    made = panel(record=1)
    assert made.form.texts()["quantity_found"] == "12"
    assert not made.dirty
    assert not made._save.isEnabled()
    heard = []
    context.changed.connect(heard.append)
    put(made, "quantity_found", "15")
    assert made.dirty
    with qtbot.waitSignal(made.saved):
        made.save()
    assert not made.dirty
    assert made.form.inputs["quantity_found"].editor.hasFocus()
    rest(context.worker)
    assert heard[0].changed == (("hazard", 1),)
    assert heard[0].fields == ("quantity_found",)
    assert stored(context, "hazard", 1)["quantity_found"] == "15"


def test_what_is_wrong_in_a_row_gets_the_cursor(panel, context) -> None:
    made = panel(record=1)
    steps = made.form.tables["hazard_step"]
    steps.model.add({"record_date": "6-12", "action": "销号"})
    steps.model.add({"record_date": "6-13", "action": "现场责令"})
    made.save()
    rest(context.worker)
    assert steps.view.hasFocus()
    here = steps.view.currentIndex()
    assert (here.row(), steps.model.columns[here.column()].name) == (1, "action")
    assert "第 2 行动作" in steps._message._text.text()


def test_wrong_input_stands_beside_its_field_and_nothing_typed_is_lost(panel, context) -> None:
    made = panel(record=1)
    put(made, "record_date", "6月45日")
    put(made, "quantity_rectified", "99")
    put(made, "owner", "chang")
    made.save()
    rest(context.worker)
    assert made.dirty
    inputs = made.form.inputs
    assert inputs["record_date"].error
    assert inputs["record_date"].text() == "6月45日" or "45" in inputs["record_date"].text()
    assert "已整改数" in inputs["quantity_rectified"].error
    assert inputs["owner"].text() == "chang"
    assert stored(context, "hazard", 1)["quantity_rectified"] == "12"
    assert inputs["record_date"].editor.hasFocus()
    made.revert()
    rest(context.worker)
    assert not made.dirty
    assert inputs["owner"].text() == ""


def test_findings_of_one_record_never_show_on_another(panel, context) -> None:
    made = panel(record=1)
    put(made, "quantity_rectified", "99")
    made.saving.check()
    made.show_record(2)
    rest(context.worker)
    assert made.record_id == 2
    assert not made.form.inputs["quantity_rectified"].error


def test_the_last_thing_asked_for_is_shown(panel, context) -> None:
    made = panel(record=1)
    made.start_new()
    made.show_record(2)
    rest(context.worker)
    assert made.record_id == 2
    made.show_record(3)
    made.start_new()
    rest(context.worker)
    assert made.record_id is None
    assert made._title.text() == "新增隐患"


def test_what_is_typed_while_saving_stays(panel, context, qtbot) -> None:
    made = panel(record=1)
    put(made, "owner", "abc")
    made.save()
    QTest.keyClicks(made.form.inputs["owner"].editor, "def")
    rest(context.worker)
    assert stored(context, "hazard", 1)["owner"] == "abc"
    assert made.form.inputs["owner"].text() == "abcdef"
    assert made.dirty


def test_undo_of_data_is_not_swallowed_by_a_field_without_typing(window, context, qtbot) -> None:
    window.open_tab("隐患排查")
    page = window.ledger_tab().current
    page.show_record(1)
    rest(context.worker)
    put(page.panel, "owner", "abc")
    QTest.keyClick(page.panel.form.inputs["owner"].editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(context.worker)
    assert stored(context, "hazard", 1)["owner"] == "abc"
    editor = page.panel.form.inputs["owner"].editor
    assert editor.hasFocus()
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest(context.worker)
    assert stored(context, "hazard", 1)["owner"] == ""
    assert editor.text() == ""


def test_leaving_asks_and_does_what_was_answered(panel, context, answers) -> None:
    made = panel(record=1)
    done = []
    assert made.may_leave(lambda: done.append("at once"))
    assert not answers.asked
    put(made, "owner", "abc")
    assert not made.may_leave(lambda: done.append("cancelled"))
    assert made.form.inputs["owner"].text() == "abc"
    answers.leave = ask.Answer.SAVE
    assert not made.may_leave(lambda: done.append("saved"))
    assert done == []
    rest(context.worker)
    assert done == ["saved"]
    assert stored(context, "hazard", 1)["owner"] == "abc"
    put(made, "owner", "xyz")
    answers.leave = ask.Answer.DISCARD
    assert made.may_leave(lambda: done.append("discarded"))
    assert not made.dirty
    assert made.form.inputs["owner"].text() == "abc"
    rest(context.worker)
    assert done == ["saved"]


def test_leaving_with_faults_stays(panel, context, answers) -> None:
    made = panel(record=1)
    put(made, "quantity_rectified", "99")
    answers.leave = ask.Answer.SAVE
    done = []
    assert not made.may_leave(lambda: done.append(True))
    rest(context.worker)
    assert not done
    assert made.form.inputs["quantity_rectified"].error
    assert made.form.inputs["quantity_rectified"].text() == "99"


def test_a_new_record_is_filled_in_by_keyboard_alone(panel, context, qtbot) -> None:
    made = panel()
    made.start_new()
    rest(context.worker)
    order = []
    texts = {"record_date": "7-9", "area": "xfz", "field": "消防", "description": "楼道堆物"}
    for _ in range(40):
        focus = QApplication.focusWidget()
        name = next((name for name, one in made.form.inputs.items() if one.editor is focus), "")
        order.append(name)
        if name in texts:
            if hasattr(focus, "selectAll"):
                focus.selectAll()
            type_text(focus, texts.pop(name))
            rest(context.worker)
            if name == "area":  # what letters may stand for is asked after a pause
                qtbot.waitUntil(made.form.inputs[name].popup.isVisible)
        if not texts:
            break
        key = Qt.Key.Key_Tab if made.form.inputs[name].takes_enter() else Qt.Key.Key_Return
        QTest.keyClick(focus, key)
    assert not texts, order
    made.save_and_new()
    rest(context.worker)
    assert made.record_id is None, made._title.text()
    assert made._title.text() == "新增隐患"
    assert made.form.texts()["description"] == ""
    assert made.form.texts()["area"] == "雪峰镇", "the area used last is offered"
    assert made.form.inputs["record_date"].editor.hasFocus()
    new = look(context, lambda ledger: ledger.records("hazard", ledger.ids(Query("hazard"))))
    found = next(record for record in new if record.shown["description"] == "楼道堆物")
    assert (found.shown["record_date"], found.shown["area"]) == ("2024-07-09", "雪峰镇")
    assert found.shown["code"] == "2024-0006"


def test_an_empty_new_record_is_refused_field_by_field(panel, context) -> None:
    made = panel()
    made.start_new()
    rest(context.worker)
    made.saving.check()
    rest(context.worker)
    assert not made.form.inputs["description"].error, "nothing is wrong before it was touched"
    made.save()
    rest(context.worker)
    assert "隐患描述" in made.form.inputs["description"].error
    assert made.form.inputs["area"].text() == "盖洋镇", "the area used last is offered"
    assert not made.form.inputs["area"].error


def test_a_response_with_three_steps(panel, context) -> None:
    made = panel("response")
    made.start_new()
    rest(context.worker)
    for name, text in {"type": "防台风", "start_at": "7-20 8:00", "end_at": "7-22 8:00"}.items():
        editor = made.form.inputs[name].editor
        editor.setFocus()
        editor.selectAll()
        type_text(editor, text)
    table = made.form.tables["response_step"]
    columns = [field.name for field in table.model.columns]
    for line in (("启动", "Ⅳ", "7-20 8:00"), ("提升", "Ⅲ", "7-20 20:00"), ("终止", "Ⅲ", "7-22 8:00")):
        table.add_row()
        row = table.model.rowCount() - 1
        for name, text in zip(("action", "level", "at"), line, strict=True):
            index = table.model.index(row, columns.index(name))
            if index != table.view.currentIndex():
                table.view.setCurrentIndex(index)
                table.view.edit(index)
            type_text(QApplication.focusWidget(), text)
    # The last cell is still open for typing.
    made.save()
    rest(context.worker)
    assert made.record_id == 2, [table.model._findings, made.form._general.text()]
    assert rows(context, "response", 2, "response_step", "action", "level", "at") == [
        ("启动", "Ⅳ", "2024-07-20 08:00"), ("提升", "Ⅲ", "2024-07-20 20:00"), ("终止", "Ⅲ", "2024-07-22 08:00"),
    ]  # fmt: skip
    assert stored(context, "response", 2)["top_level"].startswith("Ⅲ")
    assert not made.dirty


def test_rows_that_do_not_follow_are_refused_in_words(panel, context) -> None:
    made = panel("response", 1)
    table = made.form.tables["response_step"]
    assert table.model.rowCount() == 3
    columns = [field.name for field in table.model.columns]
    table.model.setData(table.model.index(1, columns.index("level")), "Ⅳ")
    made.save()
    rest(context.worker)
    assert made.dirty
    assert "要高于Ⅳ级" in made.form._general.text()
    assert not made.form.inputs["type"].error
    assert table.model.index(1, columns.index("level")).data() == "Ⅳ"


def test_missing_cells_of_a_new_row_are_marked(panel, context) -> None:
    made = panel("supply_movement", 1)
    table = made.form.tables["supply_line"]
    columns = [field.name for field in table.model.columns]
    place = table.model.add({"item": "帐篷", "quantity": ""})
    made.saving.check()
    rest(context.worker)
    quantity = table.model.index(place, columns.index("quantity"))
    assert not quantity.data(Qt.ItemDataRole.ToolTipRole), "it is still being filled in"
    made.save()
    rest(context.worker)
    assert "数量" in quantity.data(Qt.ItemDataRole.ToolTipRole)
    assert made.dirty
    made.saving.check()
    rest(context.worker)
    assert quantity.data(Qt.ItemDataRole.ToolTipRole), "what was refused stays marked until it is filled in"


def test_lines_of_a_movement_are_changed_taken_off_and_added(panel, context) -> None:
    made = panel("supply_movement", 1)
    table = made.form.tables["supply_line"]
    columns = [field.name for field in table.model.columns]
    assert [row.texts["item"] for row in table.rows()] == ["棉被", "折叠床"]
    table.model.setData(table.model.index(0, columns.index("quantity")), "150")
    table.view.setCurrentIndex(table.model.index(1, 0))
    table.remove_row()
    for line in ({"item": "帐篷", "quantity": "30"}, {"item": "毛毯", "quantity": "20"}):
        table.model.add(line)
    made.save()
    rest(context.worker)
    assert not made.dirty, (made.form._general.text(), table.model._findings)
    assert rows(context, "supply_movement", 1, "supply_line", "item", "quantity") == [
        ("棉被", "150"), ("帐篷", "30"), ("毛毯", "20"),
    ]  # fmt: skip
    gone = look(context, lambda ledger: ledger.count(Query("supply_line", trash=True)))
    assert gone == 1


def test_deleting_moves_children_along_and_undo_brings_them_back(panel, context, answers) -> None:
    made = panel("response", 1)
    answers.yes = False
    made.delete()
    rest(context.worker)
    assert made.record_id == 1
    answers.yes = True
    made.delete()
    rest(context.worker)
    assert made.record_id is None
    assert not made.form.isVisible()
    assert look(context, lambda ledger: ledger.count(Query("response_step", trash=True))) == 3
    context.write(lambda ledger: ledger.undo(), owner=made)
    rest(context.worker)
    assert len(rows(context, "response", 1, "response_step", "action")) == 3


def test_changes_from_elsewhere_are_shown_unless_something_is_typed(panel, context) -> None:
    made = panel(record=1)
    context.write(lambda ledger: ledger.edit("hazard", 1, {"owner": "张三"}), owner=made)
    rest(context.worker)
    assert made.form.inputs["owner"].text() == "张三"
    put(made, "owner", "wang")
    context.write(lambda ledger: ledger.edit("hazard", 1, {"category": "电气"}), owner=made)
    rest(context.worker)
    assert made.form.inputs["owner"].text() == "wang"
    made.save()
    rest(context.worker)
    found = stored(context, "hazard", 1)
    assert (found["owner"], found["category"]) == ("wang", "电气")


def test_a_save_that_breaks_leaves_the_panel_alive(panel, context, answers, monkeypatch) -> None:
    made = panel(record=1)
    put(made, "owner", "abc")

    def broken(*_: object, **__: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(Ledger, "edit", broken)
    made.save()
    rest(context.worker)
    assert [type(error) for error in answers.told] == [OSError]
    answers.told.clear()
    assert made.form.inputs["owner"].text() == "abc"
    monkeypatch.undo()
    made.save()
    rest(context.worker)
    assert not made.dirty
