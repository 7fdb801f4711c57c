"""The first rows of a long list are seen at once; what means all rows waits for the rest."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QModelIndex, Qt

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ui.table.model import PLACEHOLDER, LedgerModel
from mingxi_desktop.ui.table.pages import PAGE
from mingxi_desktop.ui.table.view import LedgerTable


def code(table: LedgerTable, row: int) -> object:
    model = table.model()
    return model.index(row, model.column_of("code")).data()


@pytest.fixture
def halved(qtbot, worker, ledger, monkeypatch):
    """A table scrolled down whose list, sorted anew, has begun: its rest comes once the event is set."""
    rest, ids = threading.Event(), ledger.ids

    def begun(select: int | None = None) -> LedgerTable:
        ledger.count = 1_000
        model = LedgerModel(kind_of("hazard"), worker)
        shown = LedgerTable(model, worker)
        model.setParent(shown)
        qtbot.addWidget(shown)
        shown.resize(960, 500)
        shown.show()
        qtbot.waitExposed(shown)
        with qtbot.waitSignal(model.loaded):
            model.set_query(Query("hazard", 2024))
        shown.setCurrentIndex(QModelIndex())
        if select is not None:
            shown.selectRow(select)
        shown.scrollToBottom()
        monkeypatch.setattr(ledger, "ids", lambda query: ids(query) if rest.wait(10) else None)
        monkeypatch.setattr(ledger, "first_ids", lambda query, limit: ids(query)[:limit])
        with qtbot.waitSignal(shown.model().begun):
            shown.model().sort(shown.model().column_of("record_date"), Qt.SortOrder.DescendingOrder)
        return shown

    yield begun, rest
    rest.set()


def test_the_first_records_are_seen_before_the_whole_list_is_there(qtbot, halved) -> None:
    begun, rest = halved
    shown = begun()
    model = shown.model()
    assert model.partial
    assert model.rowCount() == 400
    assert model.shown_in_words == "先显示 400 条，其余正在读取"
    assert shown.rowAt(0) == 0, "from the top, wherever the list before was scrolled to"
    assert code(shown, 0) == "2024-1000"
    assert code(shown, 2 * PAGE - 1) == f"2024-{1_001 - 2 * PAGE:04}"
    with qtbot.waitSignal(model.loaded):
        rest.set()
    assert not model.partial
    assert model.rowCount() == 1_000
    assert model.shown_in_words == "显示 1,000"
    assert code(shown, 0) == "2024-1000"
    assert shown.rowAt(0) == 0


@pytest.mark.parametrize(("key", "chosen", "row"), [(Qt.Key.Key_A, 1_000, 5), (Qt.Key.Key_End, 1, 999)])
def test_what_means_all_rows_waits_for_them(qtbot, halved, key, chosen, row) -> None:
    begun, rest = halved
    shown = begun()
    shown.selectRow(4)
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, key, Qt.KeyboardModifier.ControlModifier)
    assert (len(shown.selected_ids()), shown.currentIndex().row()) == (1, 5)
    with qtbot.waitSignal(shown.model().loaded):
        rest.set()
    assert (len(shown.selected_ids()), shown.currentIndex().row()) == (chosen, row)


def test_another_key_meanwhile_takes_its_place(qtbot, halved) -> None:
    begun, rest = halved
    shown = begun()
    shown.selectRow(5)
    qtbot.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    with qtbot.waitSignal(shown.model().loaded):
        rest.set()
    assert (len(shown.selected_ids()), shown.currentIndex().row()) == (1, 6)


def test_the_cursor_goes_back_to_its_record_unless_it_was_moved_meanwhile(qtbot, halved) -> None:
    begun, rest = halved
    shown = begun(select=2)
    with qtbot.waitSignal(shown.model().loaded):
        rest.set()
    assert shown.current_id() == 3
    assert shown.currentIndex().row() == 997


def test_a_record_chosen_while_the_rest_comes_keeps_the_cursor(qtbot, halved) -> None:
    begun, rest = halved
    shown = begun(select=2)
    shown.selectRow(7)
    with qtbot.waitSignal(shown.model().loaded):
        rest.set()
    assert shown.current_id() == 993
    assert shown.currentIndex().row() == 7


def test_the_same_list_read_anew_does_not_begin_again(qtbot, halved) -> None:
    begun, rest = halved
    rest.set()
    shown = begun()
    model = shown.model()
    qtbot.waitUntil(lambda: not model.partial)
    shown.scrollToBottom()
    top, beginnings = shown.rowAt(0), []
    model.begun.connect(lambda: beginnings.append(model.rowCount()))
    with qtbot.waitSignal(model.loaded):
        model.set_query(model.query)
    assert not beginnings
    assert shown.rowAt(0) == top


def test_after_a_jump_nothing_is_drawn_until_the_rows_are_there_or_take_long(
    qtbot, worker, ledger, monkeypatch
) -> None:
    ledger.count = 10_000
    model = LedgerModel(kind_of("hazard"), worker)
    shown = LedgerTable(model, worker)
    model.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(960, 500)
    shown.show()
    qtbot.waitExposed(shown)
    with qtbot.waitSignal(model.loaded):
        model.set_query(Query("hazard", 2024))
    qtbot.waitUntil(lambda: model.record(0) is not None)
    shown._arriving.show()  # on a busy machine the first rows may have been late, too
    shown.viewport().repaint()
    shown._arriving._patience.setInterval(60_000)
    column = shown.horizontalHeader().logicalIndexAt(0)
    drawn: list[int] = []
    look = model.look
    monkeypatch.setattr(model, "look", lambda index: drawn.append(index.row()) or look(index))
    gate = threading.Event()
    worker.run(lambda _: gate.wait(10))
    for late in (False, True):
        shown.scrollTo(model.index(9_000 if late else 5_000, column))
        drawn.clear()
        shown.viewport().repaint()
        assert not drawn
        if late:
            shown._arriving.show()
            shown.viewport().repaint()
            assert drawn
            assert code(shown, drawn[0]) == PLACEHOLDER
            drawn.clear()
        gate.set()
        qtbot.waitUntil(lambda: bool(drawn))
        assert code(shown, drawn[0]) != PLACEHOLDER
        gate.clear()
        worker.run(lambda _: gate.wait(10))
    gate.set()
