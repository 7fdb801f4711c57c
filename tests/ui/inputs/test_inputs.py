"""Inputs: what is typed stays, is brought into its normal form, or is objected to beside the field."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.ui.inputs import Input, Sources, WorkerSources, input_class, make_input

HAZARD = kind_of("hazard")


class Year(Sources):
    def year(self) -> int:
        return 2024


@pytest.fixture
def place(app, qtbot):
    """Shows inputs one under the other in a window, and the fields by kind and name."""
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)

    def put(name: str, kind: str = "hazard", sources: Sources | None = None, **more) -> Input:
        made = make_input(kind_of(kind).field(name), sources or Year(window), window, **more)
        window.layout().addWidget(made)
        window.show()
        window.activateWindow()
        with qtbot.waitActive(window):
            pass
        made.setFocus()
        qtbot.waitUntil(made.editor.hasFocus)
        return made

    yield put
    window.close()


def type_and_leave(write, made: Input, text: str) -> None:
    write(made.editor, text)
    made.editor.clearFocus()


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_field_has_an_input_with_the_same_protocol(app, qtbot, kind) -> None:
    for field in kind.fields:
        made = make_input(field, Year())
        qtbot.addWidget(made)
        keeps_the_protocol(made, field)


def keeps_the_protocol(made: Input, field: Field) -> None:
    assert made.objectName() == field.name
    assert made.accessibleName().startswith(field.label)
    assert made.toolTip() == field.help
    sample = {FieldType.BOOL: "是", FieldType.FILES: "照片.jpg\n通知.pdf"}.get(field.type, "2024-06-09")
    heard: list[str] = []
    made.value_changed.connect(heard.append)
    made.set_text(sample)
    assert made.text() == sample
    made.set_text("")
    assert made.text() == ""
    assert heard == []
    made.set_error("不对", "warning")
    assert made.error == "不对"
    made.clear_error()
    assert made.error == ""
    made.set_read_only(True)


@pytest.mark.parametrize(
    ("kind", "name", "typed", "shown"),
    [
        ("hazard", "record_date", "2024年6月9日", "2024-06-09"),
        ("hazard", "record_date", "6-9", "2024-06-09"),
        ("hazard", "record_date", "20240609", "2024-06-09"),
        ("hazard", "quantity_found", "１２", "12"),
        ("hazard", "quantity_found", "1683条", "1,683"),
        ("hazard", "rectify_fund", "7.6万", "76,000"),
        ("disaster_loss", "crops", "１２．５", "12.5"),
        ("response", "start_at", "6月9日8时", "2024-06-09 08:00"),
        ("hazard", "level", "重大隐患", "重大"),
        ("hazard", "field", "交通", "道路交通"),
        ("response_step", "level", "三级", "Ⅲ"),
    ],
)
def test_typed_text_gets_its_normal_form(qtbot, place, kind, name, typed, shown, write) -> None:
    made = place(name, kind)
    type_and_leave(write, made, typed)
    assert made.text() == shown
    assert made.severity in ("", "info")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("record_date", "2024.6.31", "6月只有30天"),
        ("quantity_found", "很多", "很多"),
        ("quantity_found", "0", "不能小于1"),
        ("rectify_fund", "-5", "不能小于0"),
        ("level", "特大", "特大"),
    ],
)
def test_wrong_text_stays_and_is_objected_to(qtbot, place, name, typed, said, write) -> None:
    made = place(name)
    type_and_leave(write, made, typed)
    assert made.text() == typed
    assert made.severity == "error"
    assert said in made.error.replace(" ", "")
    made.setFocus()
    write(made.editor, "1")
    assert made.severity == ""


def test_an_approximate_number_stays_as_typed(qtbot, place, write) -> None:
    made = place("participants", "activity")
    type_and_leave(write, made, "200余")
    assert made.text() == "200余"


def test_length_is_checked_and_never_cut(qtbot, place) -> None:
    for name, most in (("owner", 200), ("description", 2000)):
        made = place(name)
        made.set_text("字" * (most + 3))
        assert len(made.text()) == most + 3
        assert f"已写{most + 3:,}字" in made.error


def test_tab_and_enter_leave_a_memo_and_alt_enter_makes_a_line(qtbot, place, write) -> None:
    memo, other = place("description"), place("owner")
    memo.setFocus()
    QApplication.processEvents()
    write(memo.editor, "甲")
    qtbot.keyClick(memo.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    write(memo.editor, "乙")
    with qtbot.waitSignal(memo.entered):
        qtbot.keyClick(memo.editor, Qt.Key.Key_Return)
    assert memo.text() == "甲\n乙"
    qtbot.keyClick(memo.editor, Qt.Key.Key_Tab)
    assert other.editor.hasFocus()


def test_enter_leaves_a_line(qtbot, place, write) -> None:
    made = place("record_date")
    write(made.editor, "6.9")
    with qtbot.waitSignal(made.entered):
        qtbot.keyClick(made.editor, Qt.Key.Key_Return)
    assert made.text() == "2024-06-09"


@pytest.mark.parametrize("name", ["record_date", "quantity_found", "field", "area", "description", "owner"])
def test_the_wheel_changes_nothing(qtbot, place, name, write) -> None:
    made = place(name)
    write(made.editor, "盖洋")
    made.editor.clearFocus()
    at = QPointF(5, 5)
    wheel = QWheelEvent(
        at, at, QPoint(0, 120), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(made.editor, wheel)
    assert made.text() == "盖洋"
    made.set_text("")


def test_the_calendar_writes_the_day(qtbot, place) -> None:
    made = place("start_at", "response")
    made.set_text("2024-06-09 08:30")
    from PySide6.QtCore import QDate

    made.take_day(QDate(2024, 7, 1))
    assert made.text() == "2024-07-01 08:30"
    made.open_calendar()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.calendar.selectedDate() == QDate(2024, 7, 1)
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Return)
    assert made.text() == "2024-07-02 08:30"
    assert QApplication.activePopupWidget() is None


def test_a_day_is_moved_with_the_arrows(qtbot, place, write) -> None:
    made = place("record_date")
    write(made.editor, "2.28")
    qtbot.keyClick(made.editor, Qt.Key.Key_Up)
    assert made.text() == "2024-02-29"
    for _ in range(2):
        qtbot.keyClick(made.editor, Qt.Key.Key_Down)
    assert made.text() == "2024-02-27"
    made.set_text("")
    qtbot.keyClick(made.editor, Qt.Key.Key_Down)
    assert made.text() == datetime.date.today().isoformat()
    made.set_text("六月初")
    qtbot.keyClick(made.editor, Qt.Key.Key_Up)
    assert made.text() == "六月初"
    qtbot.keyClick(made.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_a_large_amount_is_said_in_ten_thousands(qtbot, place, write) -> None:
    made = place("rectify_fund")
    type_and_leave(write, made, "1.2万元")
    assert (made.text(), made.error, made.severity) == ("12,000", "即 1.2万元", "info")
    made.set_text("76,000")
    made.finish()
    assert made.error == "", "nobody has typed anything"


class Remembering(Year):
    """Offers what was written before."""

    def previous(self, field, typed, done) -> None:
        done([text for text in ("张三", "张德才", "李四") if typed in text])


class TestFreeText:
    def test_only_a_row_that_was_chosen_is_taken(self, qtbot, place, write) -> None:
        made = place("owner", sources=Remembering())
        write(made.editor, "张")
        qtbot.waitUntil(made.popup.isVisible)
        assert [row.text for row in made.popup.rows()] == ["张三", "张德才"]
        with qtbot.waitSignal(made.entered):
            qtbot.keyClick(made.editor, Qt.Key.Key_Return)
        assert made.text() == "张"
        assert not made.popup.isVisible()
        qtbot.keyClick(made.editor, Qt.Key.Key_Down)
        qtbot.keyClick(made.editor, Qt.Key.Key_Down)
        qtbot.keyClick(made.editor, Qt.Key.Key_Return)
        assert made.text() == "张三"
        qtbot.keyClick(made.editor, Qt.Key.Key_Tab)
        assert made.text() == "张三"

    def test_a_memo_offers_how_others_began(self, qtbot, place, write) -> None:
        made = place("plan", sources=Remembering())
        write(made.editor, "张德")
        qtbot.waitUntil(made.popup.isVisible)
        write(made.editor, "明")
        qtbot.waitUntil(lambda: not made.popup.isVisible())
        assert made.text() == "张德明"
        qtbot.keyClick(made.editor, Qt.Key.Key_Backspace)
        qtbot.waitUntil(made.popup.isVisible)
        qtbot.keyClick(made.editor, Qt.Key.Key_Down)
        qtbot.keyClick(made.editor, Qt.Key.Key_Return)
        assert made.text() == "张德才"
        assert not made.popup.isVisible()


def test_yes_no_or_nothing(qtbot, place) -> None:
    made = place("in_total")
    assert made.text() == ""
    yes, no = made._group.buttons()
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    assert made.text() == "否"
    qtbot.keyClick(yes, Qt.Key.Key_Y)
    assert made.text() == "是"
    assert yes.isChecked()
    qtbot.keyClick(yes, Qt.Key.Key_Delete)
    assert made.text() == ""
    assert not yes.isChecked()
    made.set_text("√")
    assert made.text() == "是"
    made.set_text("也许")
    assert made.text() == "也许"
    assert made.error


class TestChoices:
    def test_containment_pinyin_and_initials_find(self, qtbot, place, write) -> None:
        made = place("field")
        for typed in ("交通", "dljt", "daolu", "道jt"):
            made.set_text("")
            write(made.editor, typed)
            assert "道路交通" in [row.text for row in made.popup.rows()]
        qtbot.keyClick(made.editor, Qt.Key.Key_Return)
        assert made.text() == "道路交通"
        assert not made.popup.isVisible()

    def test_tab_takes_the_highlighted_word(self, qtbot, place, write) -> None:
        made = place("level")
        write(made.editor, "zd")
        qtbot.keyClick(made.editor, Qt.Key.Key_Tab)
        made.editor.clearFocus()
        assert made.text() == "重大"

    def test_escape_closes_the_list_and_keeps_the_text(self, qtbot, place, write) -> None:
        made = place("field")
        write(made.editor, "消")
        assert made.popup.isVisible()
        qtbot.keyClick(made.editor, Qt.Key.Key_Escape)
        assert not made.popup.isVisible()
        assert made.text() == "消"

    def test_an_open_list_takes_a_new_word(self, qtbot, place, worker, ledger, write) -> None:
        sources = WorkerSources(worker, lambda: 2024)
        made = place("field", sources=sources)
        write(made.editor, "危险化工")
        row = made.popup.rows()[-1]
        assert row.text == "危险化工"
        with qtbot.waitSignal(sources.changed):
            made.popup.picked.emit(row)
        made.editor.clearFocus()
        assert made.text() == "危险化工"
        assert made.severity == ""
        qtbot.waitUntil(lambda: "危险化工" in sources.choices(HAZARD.field("field")))

    def test_a_closed_list_offers_no_new_word(self, qtbot, place, write) -> None:
        made = place("level")
        write(made.editor, "特大")
        assert made.popup.rows() == []

    def test_several_words_are_ticked_and_taken_back(self, qtbot, place, write) -> None:
        made = place("campaign")
        write(made.editor, "治本")
        qtbot.keyClick(made.editor, Qt.Key.Key_Down)
        qtbot.keyClick(made.editor, Qt.Key.Key_Return)
        assert made.text() == "治本攻坚三年行动"
        write(made.editor, "smtd")
        qtbot.keyClick(made.editor, Qt.Key.Key_Return)
        assert made.text() == "治本攻坚三年行动、生命通道·拆窗破网"
        ticked = [row.text for row in made.popup.rows() if row.checked]
        assert ticked == ["治本攻坚三年行动", "生命通道·拆窗破网"]
        made.popup.picked.emit(next(row for row in made.popup.rows() if row.text == "治本攻坚三年行动"))
        made.editor.clearFocus()
        assert made.text() == "生命通道·拆窗破网"
        assert not made.popup.isVisible()

    def test_read_only_offers_nothing(self, qtbot, place) -> None:
        made = place("level")
        made.set_read_only(True)
        qtbot.keyClick(made.editor, Qt.Key.Key_Down)
        assert not made.popup.isVisible()


class TestReferences:
    def test_candidates_come_from_the_ledger(self, qtbot, place, worker, write) -> None:
        made = place("area", sources=WorkerSources(worker, lambda: 2024))
        write(made.editor, "洋")
        qtbot.waitUntil(lambda: [row.text for row in made.popup.rows()] == ["盖洋镇"])
        with qtbot.waitSignal(made.entered):
            qtbot.keyClick(made.editor, Qt.Key.Key_Return)
        made.set_text("")
        write(made.editor, "洋")
        qtbot.waitUntil(made.popup.isVisible)
        qtbot.keyClick(made.editor, Qt.Key.Key_Return)
        assert made.text() == "盖洋镇"
        assert made.references() == ("area:0",)
        write(made.editor, "人民政府")
        assert made.references() == ()

    def test_an_answer_that_comes_too_late_opens_nothing(self, qtbot, place, write) -> None:
        waiting = []

        class Slow(Year):
            def fetch(self, field, text, done) -> None:
                waiting.append(done)

        made = place("area", sources=Slow())
        write(made.editor, "洋")
        qtbot.waitUntil(lambda: len(waiting) == 1)
        made.editor.clearFocus()
        waiting[0]([("area:0", "盖洋镇")])
        assert not made.popup.isVisible()
        assert made.text() == "洋"

    def test_a_new_name_of_a_growing_list_is_not_replaced(self, qtbot, place, write) -> None:
        class Similar(Year):
            def fetch(self, field, text, done) -> None:
                done([("enterprise:1", "惠民超市二店")])

        made = place("place", sources=Similar())
        write(made.editor, "惠民超市")
        qtbot.waitUntil(made.popup.isVisible)
        made.editor.clearFocus()
        assert made.text() == "惠民超市"


def test_files_are_dropped_and_listed(qtbot, place) -> None:
    made = place("evidence")
    made.set_text("照片.jpg")
    assert made._remove.isVisible()
    made._list.setCurrentRow(0)
    with qtbot.waitSignal(made.remove_wanted) as heard:
        qtbot.mouseClick(made._remove, Qt.MouseButton.LeftButton)
    assert heard.args == ["照片.jpg"]


def test_input_class_is_known_for_every_type() -> None:
    assert {input_class(field) for kind in ALL for field in kind.fields}
