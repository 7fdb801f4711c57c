"""Pictures of every view, for the README and for those who look at the layout."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import screens
from mingxi_desktop.ui.gallery import dialogs, menus, pictures, tabs
from mingxi_desktop.ui.gallery.stage import Stage, View

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def surroundings(app, answers, monkeypatch):
    """`take` sets the scale for a program of its own; nothing of it stays for other tests."""
    monkeypatch.setenv("QT_SCALE_FACTOR", os.environ.get("QT_SCALE_FACTOR", "1"))
    monkeypatch.setenv("QT_QPA_PLATFORM", os.environ["QT_QPA_PLATFORM"])


_PARTS = "概览 有错的表单 年度总结-正文 开始-新建 菜单-文件 按钮-列 按钮-乡镇 菜单-表中 问-删除".split()


def _some(stage: Stage) -> Iterator[View]:
    """A view of each sort: pages, a form, open menus, the report of nothing, dialogs, messages."""
    yield from tabs.overview(stage)
    yield from tabs.faults(stage)
    yield from menus.menus(stage)
    yield from tabs.report(stage)
    yield from dialogs.start(stage)
    yield from dialogs.questions(stage)


def test_views_have_their_pictures_even_of_an_empty_ledger(tmp_path, monkeypatch) -> None:
    """With records in it all views are walked through by the audit."""
    monkeypatch.setattr(screens, "views", _some)
    path, folder = tmp_path / "空.mxdb", tmp_path / "图片"
    Ledger.create(path).close()
    made = screens.take(path, folder, scale=1.5, year=2024)
    assert [path.name for path in made] == sorted(path.name for path in folder.iterdir())
    assert [path.name[:4] for path in made] == [f"{number:03d}-" for number in range(1, len(made) + 1)]
    names = [path.stem.partition("-")[2] for path in made]
    assert {*_PARTS} <= {*names}
    assert _size(made[0]) == (911, 512), "what is left at 150 %"
    assert _colours(made[0]) > 8, "the page has come to rest with something on it"
    before, after = (made[names.index(name)] for name in ("按钮-乡镇", "按钮-列"))
    assert QImage(str(before)) != QImage(str(after)), "menus are in the pictures"


@pytest.mark.soak
def test_the_pictures_of_the_manual_are_made_of_views(tmp_path) -> None:
    made = screens.take_for_manual(tmp_path)
    assert {path.stem for path in made} == {*pictures.PICTURES.values()}
    assert all(_colours(path) > 8 for path in made)


@pytest.mark.soak
def test_every_view_has_its_picture_even_of_an_empty_ledger(tmp_path) -> None:
    path, folder = tmp_path / "空.mxdb", tmp_path / "图片"
    Ledger.create(path).close()
    made = screens.take(path, folder, year=2024)
    assert [path.name for path in made] == sorted(path.name for path in folder.iterdir())
    names = [path.stem.partition("-")[2] for path in made]
    assert len(names) == len(set(names)), "each view has a name of its own"
    for part in (
        *(
            "概览 隐患 新增隐患 有错的表单 应急响应 年度总结-正文 年度总结-图表 回收站 设置-名单 关于 开始-新建".split()
        ),
        *("菜单-文件 按钮-列 按钮-乡镇 菜单-表中 问-删除 新台账-概览 导入-核对 导入-结果".split()),
    ):
        assert part in names, part
    assert _size(made[0]) == screens.SIZE
    assert _colours(made[0]) > 8, "the page has come to rest with something on it"


def _size(path: Path) -> tuple[int, int]:
    image = QImage(str(path))
    return image.width(), image.height()


def _colours(path: Path) -> int:
    image = QImage(str(path))
    width, height = image.width(), image.height()
    return len({image.pixelColor(x, y).name() for x in range(0, width, 7) for y in range(0, height, 7)})
