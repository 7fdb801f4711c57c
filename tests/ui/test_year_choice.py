"""A year is only asked for; what is shown stays chosen until somebody says otherwise."""

from __future__ import annotations

from mingxi_desktop.ui.year_choice import YearChoice


def _choose(choice: YearChoice, year: int) -> None:
    """As a click does it."""
    choice.setCurrentIndex(choice.findData(year))
    choice.activated.emit(choice.currentIndex())


def test_another_year_is_asked_for_and_not_yet_shown(app) -> None:
    choice = YearChoice(2024)
    choice.offer((year, f"{year}年") for year in (2025, 2024, 2023))
    asked: list[int] = []
    choice.wanted.connect(asked.append)
    assert choice.currentText() == "2024年"
    _choose(choice, 2023)
    assert asked == [2023]
    assert (choice.shown, choice.currentData()) == (2024, 2024)
    choice.show_year(2023)
    assert (choice.shown, choice.currentText()) == (2023, "2023年")
    _choose(choice, 2023)
    assert asked == [2023], "the same once more is no question"
