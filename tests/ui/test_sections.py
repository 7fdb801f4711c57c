"""Sections of a form, taken out of their drawing."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mingxi_desktop.ui.sections import WIDE, Sections


def _section(parent: QWidget) -> tuple[QWidget, QLabel]:
    section = QWidget(parent)
    line = QLabel("一行", section)
    line.setWordWrap(True)
    column = QVBoxLayout(section)
    column.addWidget(QLabel("标题", section))
    column.addWidget(line)
    return section, line


def test_a_section_that_grows_is_given_the_room(qtbot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    form = Sections(outer)
    drawing = QVBoxLayout(form)
    made = [_section(form) for _ in range(3)]
    for section, _ in made:
        drawing.addWidget(section)
    form.hold([section for section, _ in made])
    QVBoxLayout(outer).addWidget(form)
    outer.resize(WIDE + 200, 600)
    outer.show()
    assert form.columns == 2
    outer.resize(WIDE // 2, 600)
    qtbot.waitUntil(lambda: form.columns == 1)
    before = form.heightForWidth(form.width())
    for _, line in made:
        line.setText("一行很长的话" * 20)
    qtbot.waitUntil(
        lambda: form.heightForWidth(form.width()) > before + 3 * made[0][1].fontMetrics().height()
    )
    for section, line in made:
        assert line.geometry().bottom() <= section.height()


def test_what_was_looked_at_empty_holds_its_sections_all_the_same(qtbot) -> None:
    form = Sections()
    qtbot.addWidget(form)
    form.resize(300, 200)
    form.grab()
    made = [_section(form)[0] for _ in range(2)]
    form.hold(made)
    form.show()
    assert form.columns == 1
    assert 0 < made[0].geometry().bottom() < made[1].geometry().top()
