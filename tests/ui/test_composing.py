"""Input methods work in every field of every ledger and in every cell of their child tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.kinds import ALL
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.inputs import Input, Sources

WORD = "盖洋镇"
LEDGERS = [kind for kind in ALL if not kind.parent]
PARENTS = [kind for kind in ALL if kind.parent]


@pytest.fixture
def form(app: QApplication, qtbot: Any) -> Iterator[Any]:
    made: list[RecordForm] = []

    def put(kind: Any) -> RecordForm:
        shown = RecordForm(kind, Sources())
        qtbot.addWidget(shown)
        shown.resize(420, 900)
        shown.show_all(True)
        shown.show()
        shown.activateWindow()
        with qtbot.waitActive(shown):
            pass
        made.append(shown)
        return shown

    yield put
    for shown in made:
        shown.close()


def compose(made: Input) -> None:
    """Letters that are no text yet, keys that belong to the input method, then the word."""
    target = QApplication.focusWidget()
    assert target is not None
    before, left = made.text(), []
    made.entered.connect(lambda: left.append("entered"))
    QApplication.sendEvent(target, QInputMethodEvent("gai y", []))
    assert made.text() == before
    assert made.composing or made.field.type is FieldType.BOOL
    if made.composing:
        QTest.keyClick(target, Qt.Key.Key_Return)
        assert not left
        assert QApplication.focusWidget() is target
    popup = getattr(made, "popup", None)
    assert popup is None or not popup.isVisible(), "two lists one over the other"
    commit = QInputMethodEvent()
    commit.setCommitString(WORD)
    QApplication.sendEvent(target, commit)
    assert not made.composing


@pytest.mark.parametrize("kind", LEDGERS, ids=lambda kind: kind.name)
def test_every_field_takes_what_is_composed(form: Any, kind: Any) -> None:
    shown = form(kind)
    for name, made in shown.inputs.items():
        if made.field.type is FieldType.FILES:
            continue
        made.set_text("")
        shown.focus_first(name)
        compose(made)
        assert made.text() == WORD, name
        made.finish()
        assert WORD in made.text(), f"{name}: what was typed is lost"
        if made.field.type not in (FieldType.TEXT, FieldType.REF, FieldType.MULTI_REF):
            assert made.severity == "error", name
            assert made.error


@pytest.mark.parametrize("kind", PARENTS, ids=lambda kind: kind.name)
def test_every_cell_takes_what_is_composed(form: Any, kind: Any) -> None:
    shown = form(next(parent for parent in ALL if parent.name == kind.parent_kind))
    table = shown.tables[kind.name]
    table._show_more()
    table.add_row()
    for place, field in enumerate(table.model.columns):
        table._edit(0, place)
        made = table.view.viewport().findChildren(Input)[-1]
        assert made.field is field
        made.set_text("")
        compose(made)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert WORD in table.model.texts(0)[field.name], field.name
