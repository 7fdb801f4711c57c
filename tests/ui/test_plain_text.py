"""Text from outside is text on the screen: nothing in it is markup, nothing in it a mnemonic."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTableView, QToolTip, QWidget

from mingxi_desktop import ui
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.shapes import literal, without_mnemonic

HOSTILE = "<b>A&B</b><img src='file:///etc/hostname'>&lt;"
SOURCES = Path(ui.__file__).parent
OWN_LABELS = {
    "ask.py", "binder.py", "checking/look.py", "checking/strip.py", "defining/answer.py", "dialogs/about.py",
    "dialogs/change_many.py", "dialogs/start.py", "draft_bar.py", "form_builder.py", "form_order.py",
    "inputs/base.py", "inputs/message.py", "cover.py", "name_line.py", "shapes.py", "table/child.py", "todo_list.py",
    "veil.py", "status_line.py",
}  # fmt: skip
"""Where a label is made otherwise than by `shapes.label`: a picture, a constant, or plain text by its own words."""
CONSTANT = {"checking/look.py", "defining/answer.py", "dialogs/change_many.py", "veil.py"}
"""Of these, where no text comes from outside; pictures are told by what they do."""
MARKUP = re.compile(
    r"\b(setHtml|insertHtml|appendHtml|setMarkdown|RichText|MarkdownText|AutoText|QErrorMessage|QProgressDialog|"
    r"QWhatsThis|setWhatsThis|QSplashScreen|setOpenExternalLinks)\b"
)
ALLOWED = {
    ("manual_view.py", "setMarkdown"): "our own manual, without HTML",
    ("manual_view.py", "MarkdownText"): "the same",
    ("table/copying.py", "setHtml"): "for other programs, through the clipboard; its texts are escaped",
    ("dialogs/merge.py", "AutoText"): "a constant with a mnemonic",
}


@functools.cache
def sources() -> list[tuple[str, str]]:
    """(name from ui/, text) of each file that people write."""
    found = [path for path in SOURCES.rglob("*.py") if path.parent.name != "forms"]
    return [(path.relative_to(SOURCES).as_posix(), path.read_text(encoding="utf-8")) for path in found]


def test_markup_is_set_nowhere_but_where_it_is_known() -> None:
    found = {(name, word) for name, text in sources() for word in MARKUP.findall(text)}
    assert found <= ALLOWED.keys()


def test_labels_and_boxes_are_made_in_known_places_and_plain() -> None:
    made = {
        name: text for name, text in sources() if re.search(r"\bQLabel\(|\(QLabel\)|\bVeiledLabel\)", text)
    }
    assert made.keys() <= OWN_LABELS
    for name in made.keys() - CONSTANT:
        assert "PlainText" in made[name] or "setPixmap" in made[name], name
    boxes = {name for name, text in sources() if re.search(r"\b(QMessageBox|QInputDialog)[(.]", text)}
    assert boxes == {"ask.py"}


@pytest.fixture
def tip(app):
    """The format of the tool tip that is shown."""

    def shown() -> tuple[str, Qt.TextFormat]:
        (label,) = (one for one in app.topLevelWidgets() if one.metaObject().className() == "QTipLabel")
        assert isinstance(label, QLabel)
        return label.text(), label.textFormat()

    yield shown
    for one in app.topLevelWidgets():
        if one.metaObject().className() == "QTipLabel":
            one.hide()
            one.deleteLater()


def test_a_tool_tip_is_plain_on_a_widget_and_on_a_cell(app, qtbot, tip) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent

    table = QTableView()
    qtbot.addWidget(table)
    item = QStandardItem("甲")
    item.setToolTip(HOSTILE)
    model = QStandardItemModel(1, 1)
    model.setItem(0, 0, item)
    table.setModel(model)
    table.setToolTip(f"表{HOSTILE}")
    table.show()
    inside = table.visualRect(model.index(0, 0)).center()
    for widget, at, text in ((table.viewport(), inside, HOSTILE), (table, QPoint(1, 1), f"表{HOSTILE}")):
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
        assert tip() == (text, Qt.TextFormat.PlainText)
    QToolTip.showText(QPoint(2, 2), f"第三{HOSTILE}", table)
    assert tip() == (f"第三{HOSTILE}", Qt.TextFormat.PlainText)


def test_every_message_is_plain_and_every_choice_is_given_back_as_it_was(app, qtbot, monkeypatch) -> None:
    seen: list[QMessageBox] = []

    def execute(box: QMessageBox) -> None:
        seen.append(box)
        for text in box.findChildren(QLabel):
            assert text.textFormat() == Qt.TextFormat.PlainText or not text.text()
        assert box.text() == HOSTILE
        assert all("&" not in button.text().replace("&&", "") for button in box.buttons())
        box.buttons()[0].click()

    monkeypatch.setattr(QMessageBox, "exec", execute)
    assert ask.question(HOSTILE, HOSTILE, yes="删除 A&B", parent=None)
    assert ask.choose(HOSTILE, HOSTILE, ["A&B公司", "其他"]) == 0
    assert len(seen) == 2


def test_the_line_that_is_asked_for_has_a_plain_label(app, monkeypatch) -> None:
    from PySide6.QtWidgets import QInputDialog

    def execute(dialog: QInputDialog) -> int:
        assert all(one.textFormat() == Qt.TextFormat.PlainText for one in dialog.findChildren(QLabel))
        dialog.setTextValue(HOSTILE)
        return 1

    monkeypatch.setattr(QInputDialog, "exec", execute)
    parent = QWidget()
    assert ask.text("名称", HOSTILE, parent=parent) == HOSTILE


def test_what_a_record_holds_makes_no_mnemonic() -> None:
    assert without_mnemonic(f"撤消(&U) {literal('A&B&&C')}") == "撤消 A&B&&C"
