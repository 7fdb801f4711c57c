"""催报单 on the screen: the pages of all, or of one of those who owe something."""

from __future__ import annotations

import pytest
import shiboken6

from mingxi_desktop.report import fonts
from mingxi_desktop.ui.dialogs.reminder import ReminderDialog
from tests.ui.small import rest


@pytest.fixture(autouse=True)
def one_font_set(monkeypatch):
    """The PC's own fonts are not looked for again and again."""
    monkeypatch.setattr(fonts, "resolve", lambda bundled=fonts.resolve(bundled_only=True): bundled)  # noqa: B008


@pytest.fixture
def opened(context, app):
    """Opens the dialog and waits for its pages; what is still open at the end is closed."""
    made: list[ReminderDialog] = []

    def make(**more) -> ReminderDialog:
        dialog = ReminderDialog(context, **more)
        made.append(dialog)
        dialog.show()
        rest(context.worker)
        return dialog

    yield make
    for dialog in made:
        if shiboken6.isValid(dialog):
            dialog.reject()
    rest(context.worker)


def test_the_pages_of_all_and_of_one(context, opened, answers, tmp_path) -> None:
    copied: list[str] = []
    dialog = opened(copy=copied.append)
    scope = dialog.options.scope
    assert (scope.count(), scope.itemText(0), scope.itemText(2)) == (10, "全部 103 条", "盖洋镇（10）")
    assert dialog.print_button.isEnabled()
    assert not dialog.options.look.landscape
    scope.setCurrentIndex(2)
    rest(context.worker)
    dialog.copy_button.click()
    assert copied[0].split("\n")[1].startswith("盖洋镇：隐患（2024年1月至5月、8月至12月）")
    answers.file = tmp_path / "催报单.pdf"
    dialog.save_button.click()
    rest(context.worker)
    assert answers.file.read_bytes().startswith(b"%PDF")
    assert answers.asked == ["盖洋镇2024年台账报送催报单.pdf"]


def test_nobody_owes_anything(context, opened) -> None:
    context.set_year(2022)
    dialog = opened()
    assert dialog.message.text() == "没有应报未报的。"
    assert not dialog.print_button.isEnabled()
