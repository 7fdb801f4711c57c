"""A new indicator made in the window by keys and mouse, live while it is made, and used at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from mingxi_desktop.app.cli import main
from mingxi_desktop.domain import indicator_ways
from mingxi_desktop.domain.indicator_ways import Way
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.reports import narrating, reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.defining.conditions import ConditionRow
from mingxi_desktop.ui.defining.form import IndicatorForm
from mingxi_desktop.ui.dialogs.indicator_editor import BLANK, IndicatorEditor
from mingxi_desktop.ui.dialogs.take_in_definitions import TakeInDialog
from mingxi_desktop.ui.inputs.sources import Sources
from tests.ledger.unprinted import draw_nothing
from tests.ui.small import rest, type_text


@pytest.fixture
def asked(context):
    """Do fn(ledger) on the ledger's thread and give its answer."""

    def run(fn):
        answers = []
        context.read(fn, done=answers.append, owner=context)
        rest(context.worker)
        return answers[0]

    return run


@pytest.fixture
def front(context, qtbot):
    """Shows a dialog until the test is over, if it is still there then."""
    made = []

    def show(dialog: QDialog, width: int, height: int = 660) -> QDialog:
        made.append(dialog)
        dialog.resize(width, height)
        dialog.show()
        dialog.activateWindow()
        with qtbot.waitActive(dialog):
            pass
        rest(context.worker)
        return dialog

    yield show
    for dialog in made:
        if shiboken6.isValid(dialog):
            dialog.hide()
            dialog.deleteLater()


@pytest.fixture
def open_editor(context, front, asked):
    """Opens the editor over the small ledger."""

    def run(indicator: Indicator | None = None, *, new: bool = True, width: int = 1080) -> IndicatorEditor:
        desk = asked(lambda ledger: ledger.definitions.desk())
        return front(IndicatorEditor(context, desk, indicator, new=new), width)

    return run


def press(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def choose(combo: QComboBox, words: str) -> None:
    """Choose by its words, as the arrows would."""
    combo.setFocus()
    place = combo.findText(words)
    assert place >= 0, [combo.itemText(one) for one in range(combo.count())]
    while combo.currentIndex() != place:
        press(combo, Qt.Key.Key_Down if combo.currentIndex() < place else Qt.Key.Key_Up)


def until_live(editor: IndicatorEditor, context) -> str:
    """The pause after the last change is over; the value that comes then."""
    rest(context.worker)
    if editor._pause.isActive():
        editor._pause.stop()
        editor._pause.timeout.emit()
    rest(context.worker)
    return editor.live._value.text()


def condition(editor: IndicatorEditor, field: str, typed: str) -> QWidget:
    """Add a condition with the mouse, its value found by initials; the input."""
    QTest.mouseClick(editor.form.conditions.add, Qt.MouseButton.LeftButton)
    row = editor.form.conditions._rows[-1]
    choose(row.field, field)
    line = row.values.editor
    line.setFocus()
    type_text(line, typed)
    press(line, Qt.Key.Key_Return)
    return row.values


def test_an_indicator_is_made_by_keys_and_stands_in_the_report(
    open_editor, context, asked, monkeypatch
) -> None:
    draw_nothing(monkeypatch)
    editor = open_editor()
    type_text(editor.form._label, "消防一般隐患")
    press(editor.form._label, Qt.Key.Key_Return)
    assert editor.focusWidget() is editor.form._kind  # Enter goes on, it does not store
    condition(editor, "行业领域", "xf")
    condition(editor, "隐患等级", "yb")
    assert until_live(editor, context) == "45 条"
    assert "行业领域为“消防”，隐患等级为“一般”" in editor.live._rule.text()
    assert len(editor.live.table.lines.lines) == 4
    rule = editor.form.printing._rule
    choose(rule, "约50　四舍五入到整十，带“约”")
    assert until_live(editor, context) == "约50 条"
    QTest.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(context.worker)
    assert asked(lambda ledger: ledger.definitions.book.own) == {"xfybyh"}

    def report(ledger):
        order = Order(2024)
        now = narrating.own_wording(ledger, order).now
        first = replace(now.sections[1], text="今年查出{消防一般隐患}条。")
        narrating.save(ledger, order, replace(now, sections=(now.sections[0], first, *now.sections[2:])))
        values = {value.indicator.id: value.value for value in ledger.indicators(2024)}
        return values["xfybyh"], reporting.make(ledger, order).document

    value, document = asked(report)
    assert value == 45
    assert "今年查出约50条。" in repr(document).replace("', '", "") or "约50" in repr(document)
    context.worker.close()
    assert main(["--db", str(context.path), "trace", "xfybyh", "--year", "2024"]) == 0


def test_what_is_wrong_is_said_at_its_line_and_nothing_is_lost(open_editor, context, answers) -> None:
    editor = open_editor()
    editor.save()
    assert "起个名称" in editor.form._answers["label"].error
    assert editor.focusWidget() is editor.form._label
    type_text(editor.form._label, "盖洋隐患")
    values = condition(editor, "乡镇", "盖样镇")
    assert until_live(editor, context) == "—"
    assert "名单里没有“盖样镇”" in editor.live._said.text()
    assert "名单里没有“盖样镇”" in values.error  # the line has been left
    values.set_text("盖洋镇")
    editor.form.changed.emit()
    assert until_live(editor, context) == "20 条"
    editor.form._label.setText("排查问题隐患数")
    editor.save()
    rest(context.worker)
    assert "已经有叫“排查问题隐患数”的指标" in editor.form._answers["label"].error
    assert not editor.saved
    editor.reject()
    assert answers.asked == ["这个指标"]
    assert editor.isVisible()
    answers.leave = ask.Answer.DISCARD
    editor.reject()
    assert not shiboken6.isValid(editor) or not editor.isVisible()


def test_a_narrow_window_keeps_the_value_in_sight(open_editor, context) -> None:
    editor = open_editor(width=640)
    until_live(editor, context)
    assert editor._now.isVisible()
    assert editor._now.text() == "现在：46 条"
    editor.resize(1080, 600)
    assert not editor._now.isVisible()


def test_a_delivered_one_is_changed(open_editor, context, asked) -> None:
    fines = asked(lambda ledger: ledger.definitions.book.get("hazards_found"))
    editor = open_editor(fines, new=False)
    assert not editor.form.touched
    choose(editor.form.printing._rule, "40余　去尾到整十，带“余”") if until_live(editor, context) else None
    editor.save()
    rest(context.worker)
    assert asked(lambda ledger: ledger.indicators(2024, only=["hazards_found"])[0].text) == "40余"
    assert asked(lambda ledger: ledger.definitions.book.changed) == {"hazards_found"}


def test_every_delivered_one_comes_out_of_the_form_as_it_went_in(app, asked) -> None:
    desk = asked(lambda ledger: ledger.definitions.desk())
    seen = set()
    for indicator in desk.book.indicators:
        way = indicator_ways.way_of(indicator)
        sort = (way, bool(indicator.until), indicator.years, indicator.whole, indicator.names)
        if sort in seen:
            continue
        seen.add(sort)
        form = IndicatorForm(desk, Sources(), indicator, new=False)
        quantity = kind_of(indicator.kind).quantity
        fields = indicator.fields or ((quantity,) if way in indicator_ways.SUMMING else ())
        assert form.indicator(final=True) == replace(indicator, fields=fields)
        form.deleteLater()
        QCoreApplication.sendPostedEvents(form, QEvent.Type.DeferredDelete)
    assert {way for way, *_ in seen} >= set(Way) - {Way.SHARE, Way.STATE_AREAS}


def area_condition(editor: IndicatorEditor, name: str) -> ConditionRow:
    """Add a condition on the township."""
    QTest.mouseClick(editor.form.conditions.add, Qt.MouseButton.LeftButton)
    row = editor.form.conditions._rows[-1]
    choose(row.field, "乡镇")
    row.values.editor.setFocus()
    type_text(row.values.editor, name)
    return row


def test_ranges_and_negations_by_keys(open_editor, context) -> None:
    editor = open_editor()
    type_text(editor.form._label, "六月外镇")
    QTest.mouseClick(editor.form.conditions.add, Qt.MouseButton.LeftButton)
    row = editor.form.conditions._rows[-1]
    choose(row.field, "日期")
    assert row.ask.currentText() == "从…到"
    first, last = row.values.editors()
    first.setFocus()
    type_text(first, "6.1")
    press(first, Qt.Key.Key_Return)
    assert editor.focusWidget() is last
    assert first.text() == "6月1日"
    type_text(last, "2024-6-30")
    press(last, Qt.Key.Key_Tab)
    assert until_live(editor, context) == "—"
    assert "要么都写年份" in row.values.first.error
    last.clear()
    type_text(last, "6月30日")
    press(last, Qt.Key.Key_Tab)
    assert until_live(editor, context) == "17 条"
    assert "日期从每年6月1日到6月30日" in editor.live._rule.text()
    other = area_condition(editor, "盖洋镇")
    assert until_live(editor, context) == "12 条"
    choose(other.ask, "不是")
    assert other.values.text() == "盖洋镇"  # the words stay when what is asked of them turns round
    assert until_live(editor, context) == "5 条"
    choose(area_condition(editor, "雪峰镇").ask, "不是")
    assert until_live(editor, context) == "0 条"
    assert [one.joint.text() for one in editor.form.conditions._rows] == ["", "且", "且"]
    editor.form.forget()
    editor.reject()


def test_a_range_of_a_number_says_what_is_no_number(open_editor, context) -> None:
    editor = open_editor()
    QTest.mouseClick(editor.form.conditions.add, Qt.MouseButton.LeftButton)
    row = editor.form.conditions._rows[-1]
    choose(row.field, "发现数")
    first, last = row.values.editors()
    last.setFocus()
    type_text(last, "几十")
    press(last, Qt.Key.Key_Backtab)
    assert row.values._last.error
    last.clear()
    first.setFocus()
    type_text(first, "8条")
    press(first, Qt.Key.Key_Tab)
    assert first.text() == "8"
    assert until_live(editor, context) == "40 条"
    editor.form.forget()
    editor.reject()


def test_the_form_follows_ledger_and_way(app, asked) -> None:
    desk = asked(lambda ledger: ledger.definitions.desk())
    form = IndicatorForm(desk, Sources(), BLANK, new=True)
    form._kind.setCurrentIndex(form._kind.findData("supply_line"))
    form.conditions.add_row()
    row = form.conditions._rows[0]
    assert row.field.currentText() == "物资"
    row.values.set_text("棉被")
    form.conditions.changed.emit()
    assert form.printing.unit(final=True) == "床"
    form._way.setCurrentIndex(form._way.findData(Way.RATIO))
    form.sharing._of.set_text("已整改隐患数")
    form.sharing._per.set_text("排查问题隐患数")
    made = form.indicator()
    assert (made.kind, made.unit, made.wording, made.where) == ("hazard", "%", "percent:2", None)
    form._kind.setCurrentIndex(form._kind.findData("rescue_team"))
    form._way.setCurrentIndex(form._way.findData(Way.STATE_SHARE))
    form._label.setText("建队率")
    form.sharing._target.setCurrentIndex(1)
    form.sharing._number.setText("12")
    made = form.indicator()
    assert (made.target, made.default_target, made.unit) == ("target.jdl", 12, "%")
    form._kind.setCurrentIndex(form._kind.findData("response_tally"))
    form._fields.more.click()
    assert [field.name for field in form._fields.chosen()] == ["evacuees", "cadres"]
    assert form.indicator().aggregate == "tally"
    form.deleteLater()


def test_a_file_is_looked_at_before_it_is_taken_in(context, front, asked) -> None:
    first = replace(BLANK, id="mine", label="我的")

    def text(ledger):
        ledger.definitions.save(first)
        ledger.definitions.save(replace(first, id="other", label="别的", wording="yu"))
        found = ledger.definitions.export_text()
        ledger.definitions.remove("mine", "other")
        return ledger.definitions.read(found)

    dialog = front(TakeInDialog(context, "指标定义.json", asked(text)), 760)
    assert dialog.go.text() == "导入 2 个"
    dialog.table.setFocus()
    press(dialog.table, Qt.Key.Key_Space)
    assert dialog.go.text() == "导入 1 个"
    dialog.store()
    rest(context.worker)
    assert dialog.taken == ("other",)
    assert asked(lambda ledger: ledger.definitions.book.own) == {"other"}
