"""Every view of the program keeps the rules of the house; and the rules notice what they are there for."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.domain.references import ENTERPRISE, Entry
from mingxi_desktop.ledger import DEFAULT_BUREAU, Ledger, demo
from mingxi_desktop.ui import dialogs, style
from mingxi_desktop.ui.dialogs.bare_frame import BareFrame
from mingxi_desktop.ui.dialogs.frame import Frame
from tests.ui.audit import contrast, fit, keys, names, order, walk, whole, words


def said(rule: Callable[[QWidget], Iterable[str]], root: QWidget) -> str:
    return "\n".join(rule(root))


@pytest.mark.slow
@pytest.mark.timeout(600)  # stopped within an event of Qt's it would end the process
def test_every_view_keeps_the_rules(app, answers, db, tmp_path) -> None:
    with Ledger.open(db) as ledger:
        ledger.save_entry(Entry(ENTERPRISE, "某木业"))
    with walk.surroundings():
        # Where it is tightest most goes wrong; every size is walked by the test of the long run below.
        walked = walk.walk(db, tmp_path / "s.ini", walk.SIZES[-1:])
    assert not walked.found, _in_words(walked.found)
    twice = sorted({name for name in walked.names if walked.names.count(name) > 1})
    assert not twice, "each view has a name of its own"
    missing = {one.__name__ for one in _dialogs()} - {one.__name__ for one in walked.kinds}
    assert not missing, "these dialogs are in no view of ui.gallery: nobody looks at them"


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_view_at_every_size_with_a_whole_year(app, answers, tmp_path, look) -> None:
    db = tmp_path / "台账.mxdb"
    demo.build(db, demo.PUBLISHED_YEAR, DEFAULT_BUREAU)
    style.apply(app, look)
    try:
        with walk.surroundings():
            found = walk.walk(db, tmp_path / "s.ini", walk.SIZES).found
    finally:
        style.apply(app, "light")
    assert not found, _in_words(found)


def _in_words(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{view}: {one}" for view, ones in found.items() for one in ones)


def _dialogs() -> set[type[QDialog]]:
    found: set[type[QDialog]] = set()
    for module in pkgutil.iter_modules(dialogs.__path__, f"{dialogs.__name__}."):
        made = inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        found |= {one for _, one in made if issubclass(one, QDialog) and one.__module__ == module.name}
    return found - {BareFrame, Frame}


@pytest.fixture
def planted(qtbot) -> QWidget:
    """A window to plant faults into."""
    made = QWidget()
    made.setWindowTitle("窗口")
    made.resize(400, 300)
    qtbot.addWidget(made)
    return made


def test_notices_nameless_foreign_and_pale_things(planted) -> None:
    column = QVBoxLayout(planted)
    label, field = QLabel("Settings"), QLineEdit()
    pale = QLabel("看不清")
    pale.setStyleSheet("color: #b0b0b0; background: #ffffff")
    wrong = QLabel("●")
    wrong.setProperty("state", "error")
    for part in (label, field, pale, wrong):
        column.addWidget(part)
    planted.show()
    assert "QLineEdit" in said(names.unnamed, planted)
    assert "Settings" in said(words.foreign, planted)
    assert "看不清" in said(contrast.pale, planted)
    assert "error" in said(words.colour_alone, planted)
    field.setAccessibleName("名称")
    pale.setStyleSheet("color: #505050; background: #ffffff")
    assert not said(names.unnamed, planted)
    assert not said(contrast.pale, planted)


@pytest.mark.parametrize(
    ("text", "foreign"),
    [("打开 RK2024-006 购入 棉被269床", False), ("按 F5 更新", False), ("打开 Stock", True)],
)
def test_the_number_of_a_document_is_no_foreign_word(planted, text, foreign) -> None:
    label = QLabel(text, planted)
    planted.show()
    assert bool(said(words.foreign, label)) is foreign
    assert bool(said(whole.foreign, planted)) is foreign


def test_a_view_is_looked_at_when_all_that_is_nested_in_it_has_its_size(planted) -> None:
    inner = planted
    for _ in range(12):
        column = QVBoxLayout(inner)
        inner = QWidget(inner)
        column.addWidget(inner)
    planted.show()
    walk.at_rest()
    inner.setMinimumHeight(600)
    walk.at_rest()
    assert planted.height() > 600


def test_notices_an_order_that_jumps_about(planted) -> None:
    column = QVBoxLayout(planted)
    first, second, third = (QLineEdit() for _ in range(3))
    for field in (first, second, third):
        column.addWidget(field)
    planted.show()
    assert not said(order.misled, planted)
    QWidget.setTabOrder(third, second)
    QWidget.setTabOrder(second, first)
    assert "goes back" in said(order.misled, planted)
    panes = QHBoxLayout()
    column.addLayout(panes)
    panes.addWidget(QPushButton("左"))
    panes.addWidget(QPushButton("右"))


def test_notices_letters_and_keys_with_two_meanings(planted) -> None:
    column = QVBoxLayout(planted)
    for text in ("保存(&S)", "停止(&S)"):
        column.addWidget(QPushButton(text))
    action = QAction("删除", planted)
    action.setShortcut("Del")
    planted.addAction(action)
    QShortcut("Del", planted).setContext(Qt.ShortcutContext.WidgetShortcut)
    planted.show()
    assert "Alt+S" in said(keys.same_letters, planted)
    assert "Del" in said(keys.same_keys, planted)
    action.setEnabled(False)
    assert not said(keys.same_keys, planted)


def test_notices_what_is_cut_covered_or_outside(planted) -> None:
    parts = [QLabel("一句比地方长的话", planted), QPushButton("按钮", planted), QPushButton("远处", planted)]
    for part, place in zip(parts, ((0, 0, 50, 20), (20, 5, 80, 30), (390, 100, 80, 30)), strict=True):
        part.setGeometry(QRect(*place))
    planted.show()
    assert "cut by" in said(fit.cut, planted)
    assert "on each other" in said(fit.overlapping, planted)
    assert "远处" in "\n".join(fit.outside(planted, QSize(400, 300)))
    assert "larger than the screen" in "\n".join(fit.outside(planted, QSize(300, 300)))


def test_notices_dialogs_of_their_own_kind(qtbot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.keyPressEvent = lambda event: None  # type: ignore[method-assign]
    column = QVBoxLayout(dialog)
    for text in ("确定", "取消"):
        made = QPushButton(text, autoDefault=False)
        made.setProperty("primary", True)
        column.addWidget(made)
    dialog.show()
    assert "2 primary" in said(words.more_than_one_primary, dialog)
    manners = said(words.ill_mannered, dialog)
    assert "default buttons" in manners
    assert "Esc" in manners
