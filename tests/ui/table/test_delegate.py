"""Cells that are typed into."""

from __future__ import annotations

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ui.inputs import Input, Sources
from mingxi_desktop.ui.table.model import LedgerModel
from mingxi_desktop.ui.table.view import LedgerTable


def test_a_day_is_seen_whole_while_it_is_typed_into_a_narrow_column(qtbot, worker, ledger) -> None:
    ledger.count = 2
    model = LedgerModel(kind_of("hazard"), worker)
    shown = LedgerTable(model, worker, None, Sources())
    model.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(900, 300)
    shown.show()
    with qtbot.waitSignal(model.loaded):
        model.set_query(Query("hazard"))
    index = model.index(1, model.column_of("record_date"))
    qtbot.waitUntil(lambda: str(index.data()).startswith("2024"))
    shown.horizontalHeader().resizeSection(index.column(), 60)
    shown.edit(index)
    line = shown.viewport().findChild(Input).line
    line.end(False)
    shown.grab()  # only drawn does it scroll
    begins = line.cursorRect().center().x() - line.fontMetrics().horizontalAdvance(line.text())
    assert (line.text()[:4], begins >= 0) == ("2024", True), f"its first {-begins} pixels are out of sight"
    shown.close()
