"""The records behind a number, beside the list of indicators."""

from __future__ import annotations

from mingxi_desktop.ui.proof import IndicatorProof
from tests.ui.small import rest

_BESIDE = 14
"""Pixels that a cell keeps free beside its text."""


def test_days_are_seen_whole_and_of_a_long_source_its_end(context, shown) -> None:
    proof = IndicatorProof(context)
    shown(proof, 400, 600)
    proof.show_indicator("hazards_found")
    rest(context.worker)
    table, metrics = proof.table, proof.table.fontMetrics()
    assert metrics.horizontalAdvance("2024-08-28") <= table.columnWidth(0) - _BESIDE
    room = table.columnWidth(4) - _BESIDE
    told = metrics.elidedText("盖洋镇2024年隐患.xlsx · 6月 · 第12行", table.textElideMode(), room)
    assert told.endswith("12行")
