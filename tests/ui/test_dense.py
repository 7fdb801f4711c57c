"""A row that closes up."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from mingxi_desktop.ui.dense import Dense
from mingxi_desktop.ui.flow import flow


def test_it_is_measured_when_it_is_seen_and_not_before(app, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    holder, long = QWidget(), QPushButton("很长很长很长很长很长很长很长很长")
    qtbot.addWidget(holder)
    row = flow([long], [])
    column = QVBoxLayout(holder)
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    column.addLayout(row)
    measured: list[bool] = []
    real = Dense._close_up

    def note(self: Dense, *, dense: bool) -> None:
        measured.append(dense)
        real(self, dense=dense)

    monkeypatch.setattr(Dense, "_close_up", note)
    made = Dense(holder, row, short={long: "短"})
    made.fit()
    made.set_text(long, "另外一个很长很长很长很长的名称")
    holder.resize(90, 60)
    assert not measured
    holder.show()
    assert measured[-2:] == [False, True]
    assert long.text() == "短"
    holder.resize(900, 60)
    qtbot.waitUntil(lambda: long.text() == "另外一个很长很长很长很长的名称")
