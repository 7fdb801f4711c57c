"""The first step: what is known of the files before they are read."""

from __future__ import annotations

import pytest

from mingxi_desktop.ui.importing.files_step import FilesStep


@pytest.fixture
def step(app, qtbot) -> FilesStep:
    shown = FilesStep()
    qtbot.addWidget(shown)
    return shown


def test_dates_without_a_year_are_of_the_year_that_the_window_shows(step) -> None:
    step.set_year(2024)
    assert step.settings().year == 2024
    step.year.setCurrentIndex(step.year.findData(2023))
    step.set_year(2024)
    assert step.settings().year == 2023
    step.year.setCurrentIndex(0)
    step.set_year(2025)
    assert step.settings().year is None
    step.clear()
    step.set_year(2025)
    assert step.settings().year == 2025


def test_what_was_not_looked_through_stands_below_the_list(step, tmp_path) -> None:
    step.add([], "文件夹“E:”里的文件超过 50,000 个，没有看完")
    assert not step._said.isHidden()
    assert step._said.text() == "▲ 文件夹“E:”里的文件超过 50,000 个，没有看完"
