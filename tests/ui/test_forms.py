"""Record forms: drawn or generated, they follow the declaration."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from mingxi_desktop.domain.fields import Finding
from mingxi_desktop.domain.kinds import ALL, children_of, kind_of
from mingxi_desktop.ui import form_builder
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.inputs import Input, Sources, input_class
from mingxi_desktop.ui.table.child import ChildTable
from mingxi_desktop.ui.turns import at_once
from tests.ui.small import tab_order

DRAWN = ("hazard", "response", "supply_movement", "activity")
LEDGERS = [kind for kind in ALL if not kind.parent]


@pytest.fixture
def form(app, qtbot):
    made: list[RecordForm] = []

    def put(kind: str, width: int = 420, height: int = 900, **more) -> RecordForm:
        shown = RecordForm(kind_of(kind), Sources(), **more)
        qtbot.addWidget(shown)
        shown.resize(width, height)
        shown.show()
        shown.activateWindow()
        with qtbot.waitActive(shown):
            pass
        made.append(shown)
        return shown

    yield put
    for shown in made:
        shown.close()


@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "generated"])
def test_a_form_is_made_a_few_widgets_at_a_time(app, qtbot, drawn: bool) -> None:
    """Whole it would keep the window waiting; what few fields need, lists and messages, is made when it is needed."""
    shown = RecordForm(kind_of("hazard"), Sources(), drawn=drawn, later=True)
    qtbot.addWidget(shown)
    steps = [len(shown.findChildren(QWidget)) for _ in shown.making]
    assert max(after - before for before, after in pairwise(steps)) < 40, "a table of rows is the largest"
    assert len(shown.findChildren(QTimer)) == 0
    assert all("_message" not in vars(one) for one in shown.inputs.values())
    at_once_made = RecordForm(kind_of("hazard"), Sources(), drawn=drawn)
    qtbot.addWidget(at_once_made)
    assert _chain(at_once_made) == _chain(shown)
    assert len(at_once_made.findChildren(QWidget)) == len(shown.findChildren(QWidget))


def _chain(form: RecordForm) -> list[str]:
    """The fields in the order of Tab."""
    return [widget.objectName() for widget in tab_order(form) if isinstance(widget, Input)]


def test_what_is_being_typed_counts_without_leaving_the_field(form, qtbot) -> None:
    shown = form("hazard")
    day = shown.inputs["record_date"]
    day.editor.setFocus()
    QTest.keyClicks(day.editor, "2024.6.9")
    left: list[str] = []
    shown.left.connect(left.append)
    shown.finish_typing()
    assert day.text() == "2024-06-09"
    assert QApplication.focusWidget() is day.editor
    assert not left
    QApplication.sendEvent(day.editor, QInputMethodEvent("liu", []))
    shown.finish_typing()
    assert left == ["record_date"], "an input method is told to end"


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawn_form_has_the_declared_fields_and_no_others(app, qtbot, name: str) -> None:
    from importlib import import_module

    kind = kind_of(name)
    assert form_builder.has_drawing(kind)
    holder = QWidget()
    qtbot.addWidget(holder)
    at_once(import_module(f"mingxi_desktop.ui.forms.ui_{name}").Ui_Form().setupUi(holder))
    drawn = {found.objectName(): found for found in holder.findChildren(Input)}
    declared = {field.name: field for field in form_builder.form_fields(kind)}
    assert set(drawn) == set(declared)
    assert all(type(drawn[key]) is input_class(field) for key, field in declared.items())
    labels = {
        label.buddy().objectName(): label.text() for label in holder.findChildren(QLabel) if label.buddy()
    }
    assert labels == {key: field.label for key, field in declared.items()}
    tables = {table.objectName() for table in holder.findChildren(ChildTable)}
    assert tables == {child.name for child in children_of(name)}


@pytest.mark.parametrize(
    ("kind", "names"), [("hazard", ["code"]), ("fund", ["code"]), ("response", ["record_date"])]
)
def test_what_the_program_fills_in_says_that_it_may_stay_empty(form, kind: str, names: list[str]) -> None:
    shown = form(kind)
    for name in names:  # a day has hints of its own while it is typed in
        shown.inputs[name].setFocus()
    shown.inputs["note"].setFocus()
    hinted = [name for name, made in shown.inputs.items() if _hint(made) == "空着自动填写"]
    assert hinted == names


def _hint(made: Input) -> str:
    return made.editor.placeholderText() if isinstance(made.editor, QLineEdit) else ""


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [(kind, drawn) for kind in LEDGERS for drawn in ({False, kind.name in DRAWN})],
    ids=lambda value: getattr(value, "name", "drawn" if value else "generated"),
)
def test_every_ledger_has_a_form_that_fits(form, kind, drawn: bool) -> None:
    for width, columns in ((400, 1), (1000, 2)):
        shown = form(kind.name, width, drawn=drawn)
        assert set(shown.inputs) == {field.name for field in form_builder.form_fields(kind)}
        assert set(shown.tables) == {child.name for child in children_of(kind.name)}
        assert shown.sections.columns == columns
        shown.show_all(True)
        shown.set_record({}, {"supply_line": [{"item": "棉被", "quantity": "8,000", "value": "76,000"}]})
        content = shown._scroll.widget()
        assert content.minimumSizeHint().width() <= shown._scroll.viewport().width(), "form cut at the right"
        for name, widget in shown.inputs.items():
            label = shown._labels[name]
            assert label.buddy() is widget
            assert label.width() >= label.sizeHint().width(), f"{name}: label cut"
            assert "&" not in label.text()
            right = widget.mapTo(shown, widget.rect().topRight()).x()
            assert right <= width, f"{name} outside"
            assert abs(label.mapTo(shown, label.rect().center()).y() - middle(shown, widget)) <= 2, name


def middle(form: RecordForm, widget: Input) -> int:
    """Height of the middle of the input's first line."""
    return widget.mapTo(form, widget.rect().topLeft()).y() + 15


def test_texts_go_in_and_out(form) -> None:
    shown = form("hazard")
    shown.set_record(
        {"code": "2024-0001", "area": "盖洋镇", "quantity_found": "1,683", "status": "逾期 3 天"}
    )
    assert shown.texts()["area"] == "盖洋镇"
    assert "evidence" not in shown.texts()
    assert shown.changed() == set()
    assert "▲ 逾期 3 天" in shown._derived.text()
    heard: list[bool] = []
    shown.edited.connect(lambda: heard.append(True))
    shown.inputs["owner"].line.setText("")
    shown.inputs["owner"].line.insert("厂长")
    shown.inputs["owner"].changed_by_user()
    assert shown.changed() == {"owner"}
    assert heard
    shown.set_record(shown.texts())
    assert shown.changed() == set()


def test_fields_appear_when_they_matter(form, qtbot, write) -> None:
    shown = form("hazard")
    shown.set_record({"level": "一般"})
    assert not shown.is_shown("emergency_plan")
    shown.inputs["level"].line.clear()
    write(shown.inputs["level"].line, "重大")
    assert shown.is_shown("emergency_plan")
    assert shown._labels["emergency_plan"].isVisible()
    shown.set_record({"level": "一般", "emergency_plan": "有"})
    assert shown.is_shown("emergency_plan"), "what is filled is never hidden"
    shown.set_record({"level": "一般"})
    shown.set_findings([Finding("emergency_plan", "要写预案")])
    assert shown.is_shown("emergency_plan"), "what is wrong is never hidden"
    drill = form("activity")
    drill.set_record({"type": "宣传活动"})
    assert not drill.is_shown("evaluation")
    drill.set_record({"type": "应急演练"})
    assert drill.is_shown("evaluation")


def test_findings_stand_beside_their_fields_in_words(form) -> None:
    shown = form("hazard")
    shown.set_record({"level": "重大"})
    shown.set_findings(
        [
            Finding("quantity_rectified", "已整改数不能大于发现数"),
            Finding("owner", "重大隐患要写整改责任人", "entry"),
            Finding("emergency_plan", "五落实还缺预案", "warning"),
            Finding("", "同一天已有一条相同的记录", "warning"),
        ]
    )
    said = {name: (one.severity, one._message.text()) for name, one in shown.inputs.items() if one.error}
    assert said == {
        "quantity_rectified": ("error", "错误：已整改数不能大于发现数"),
        "owner": ("entry", "错误：重大隐患要写整改责任人"),
        "emergency_plan": ("warning", "提醒：五落实还缺预案"),
    }
    assert "同一天" in shown._general.text()
    shown.focus_first()
    assert shown.inputs["quantity_rectified"].editor.hasFocus()
    shown.clear_findings()
    assert not any(one.error for one in shown.inputs.values())


def test_a_long_message_shows_all_its_lines(form, qtbot) -> None:
    shown = form("hazard", 380)
    shown.set_findings(
        [Finding("owner", "重大隐患要写整改责任人、整改措施、整改资金、整改时限和应急预案，" * 3)]
    )
    message = shown.inputs["owner"]._message
    qtbot.waitUntil(lambda: message._text.height() >= message._text.heightForWidth(message._text.width()))
    assert message._text.height() > 60


def test_enter_goes_to_the_next_shown_field(form, qtbot) -> None:
    shown = form("hazard")
    shown.set_record({"level": "一般"})
    shown.focus_first("owner")
    order = []
    for _ in range(3):
        focused = next(name for name, one in shown.inputs.items() if one.editor.hasFocus())
        order.append(focused)
        if focused == "plan":
            break
        qtbot.keyClick(shown.inputs[focused].editor, Qt.Key.Key_Return)
    assert order == ["owner", "plan"]


@pytest.mark.parametrize("kind", LEDGERS, ids=lambda kind: kind.name)
def test_tab_goes_as_the_eye_does_and_every_stop_has_a_name(form, kind) -> None:
    width = 1000 if kind.name in DRAWN else 400
    shown = form(kind.name, width, 2400)
    shown.show_all(True)
    for table in shown.tables.values():
        table.set_rows([{}])
        assert table.view.accessibleName() == table.kind.label
    QApplication.processEvents()
    places = []
    first = next(iter(shown.inputs.values())).editor
    for stop in (first, *tab_order(first)):
        if shown.isAncestorOf(stop) and _takes_tab(stop):
            at = stop.mapTo(shown, stop.rect().topLeft())
            places.append((0 if width == 400 or at.x() < width // 2 else 1, at.y(), at.x()))
    assert places == sorted(places)
    assert len(places) >= len(shown.inputs) + len(shown.tables)
    for name, made in shown.inputs.items():
        field = kind.field(name)
        needed = field.required and not field.auto
        assert shown._labels[name].text() == field.label + (" *" if needed else "")
        for widget in (made, made.editor):
            assert widget.accessibleName().startswith(field.label)
            assert widget.accessibleDescription().startswith("必填") == needed
            assert field.help in widget.accessibleDescription()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def test_enter_passes_through_the_rows_of_a_child_table(form, qtbot, write) -> None:
    shown = form("supply_movement", height=380)
    shown.set_record({"type": "报废"})
    shown.focus_first("event")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    table = shown.tables["supply_line"]
    assert table.view.isAncestorOf(QApplication.focusWidget())
    qtbot.waitUntil(lambda: not table._add.visibleRegion().isEmpty())
    for text in ("棉被", "20", "", ""):
        write(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [row.texts["item"] for row in table.rows()] == ["棉被"]
    assert table.model.rowCount() == 1, "the row left empty is gone"
    assert shown.inputs["reporter"].editor.hasFocus()
    QApplication.processEvents()
    assert not shown.inputs["reporter"].editor.visibleRegion().isEmpty()


def test_what_a_major_hazard_still_needs(form, write) -> None:
    shown = form("hazard")
    shown.set_record({"level": "一般"})
    assert not shown._progress.isVisible()
    assert not shown.is_shown("supervision"), "its default is no reason to show it"
    shown.inputs["level"].line.clear()
    write(shown.inputs["level"].line, "重大")
    assert shown._progress.text() == "▲ 五落实：还缺 责任、措施、资金、时限、预案"
    for name in ("owner", "plan", "due_date"):
        write(shown.inputs[name].editor, "7")
    assert shown._progress.text() == "▲ 五落实：还缺 资金、预案"
    for name in ("rectify_fund", "emergency_plan"):
        write(shown.inputs[name].editor, "7")
    assert shown._progress.text() == "✓ 五落实：5 项都已落实"
    shown.inputs["level"].line.clear()
    write(shown.inputs["level"].line, "一般")
    assert not shown._progress.isVisible()
    assert shown.is_shown("rectify_fund"), "what is filled stays"
    assert shown.texts()["rectify_fund"] == "7"


def test_a_likely_duplicate_has_a_door(form, qtbot) -> None:
    shown = form("hazard")
    twin = Finding("record_date", "可能重复：已登记过", "warning", "W_DUP", ("hazard", 30))
    shown.set_findings([twin])
    door = shown.inputs["record_date"]._message._door
    assert door.isVisible()
    assert shown.inputs["record_date"].editor.nextInFocusChain() is door
    with qtbot.waitSignal(shown.record_wanted) as heard:
        qtbot.mouseClick(door, Qt.MouseButton.LeftButton)
    assert heard.args == ["hazard", 30]
    shown.set_findings([Finding("record_date", "太早")])
    assert not door.isVisible()
    assert shown.inputs["record_date"].isVisible()


def test_ctrl_d_repeats_the_record_before(app, qtbot) -> None:
    class Before(Sources):
        asked: list[tuple[str, int | None]] = []  # noqa: RUF012 - one test's own

        def before(self, field, record, done) -> None:
            self.asked.append((field.name, record))
            done({"owner": "厂长", "level": "重大"}.get(field.name, ""))

    shown = RecordForm(kind_of("hazard"), Before())
    qtbot.addWidget(shown)
    shown.set_record({}, record=8)
    shown.show()
    shown.activateWindow()
    with qtbot.waitActive(shown):
        pass
    for name, text in (("owner", "厂长"), ("level", "重大"), ("description", "")):
        shown.focus_first(name)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        assert shown.texts()[name] == text
    assert shown.changed() == {"owner", "level"}
    assert shown.is_shown("emergency_plan")
    assert shown.inputs["description"].error == "前一条没有填这一项"
    assert Before.asked == [("owner", 8), ("level", 8), ("description", 8)]
    shown.close()


def test_read_only_forms_take_no_text(form, qtbot, write) -> None:
    shown = form("hazard")
    shown.set_record({"owner": "厂长"})
    shown.set_read_only(True)
    write(shown.inputs["owner"].line, "x")
    assert shown.texts()["owner"] == "厂长"
    assert not shown.tables["hazard_step"]._add.isVisible()
