"""Pictures of every tab and dialog, for the README and for those who look at the layout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import screens

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def surroundings(app, answers, monkeypatch):
    """`take` sets the scale for a program of its own; nothing of it stays for other tests."""
    monkeypatch.setenv("QT_SCALE_FACTOR", os.environ.get("QT_SCALE_FACTOR", "1"))
    monkeypatch.setenv("QT_QPA_PLATFORM", os.environ["QT_QPA_PLATFORM"])


def names(made: list[Path]) -> str:
    return " ".join(path.stem for path in made)


def test_every_tab_and_dialog_has_its_picture(db, tmp_path) -> None:
    folder = tmp_path / "图片"
    made = screens.take(db, folder)
    assert [path.name for path in made] == sorted(path.name for path in folder.iterdir())
    for part in (
        TABS[0],
        "隐患",
        "应急响应",
        "新增隐患",
        "正文",
        "指标",
        "图表",
        "导入",
        "回收站",
        "设置",
        "关于",
    ):
        assert part in names(made), part
    first = QImage(str(made[0]))
    assert (first.width(), first.height()) == screens.SIZE
    colours = {first.pixelColor(x, y).name() for x in range(0, 1366, 7) for y in range(0, 768, 7)}
    assert len(colours) > 8, "the page has come to rest with something on it"


def test_an_empty_ledger_has_pictures_too(tmp_path) -> None:
    path = tmp_path / "空.mxdb"
    Ledger.create(path).close()
    made = screens.take(path, tmp_path / "图片", year=2024)
    assert len(made) > 20
