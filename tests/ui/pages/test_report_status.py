"""What the parts of 年度总结 say of themselves in the status bar."""

from __future__ import annotations

import re

import pytest

from tests.ledger.unprinted import draw_nothing
from tests.ui.small import rest

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Drawing the report's pages takes longer than all else."""
    draw_nothing(monkeypatch)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("文字", r"2024年法治政府建设年度报告的文字　\d+ 节，和保存的一样　数据截至 2024-12-31"),
        ("指标", r"显示 (\d+) / 共 \1 个指标　2024 年和 2023 年　数据截至 2024-12-31"),
        (
            "图表",
            "2024年各月隐患排查整改情况　合计 排查数 46 条、整改数 35 条，上年排查数 30 条　数据截至 2024-12-31",
        ),
        ("校稿", "打开或粘贴一份草稿.*"),
        ("定稿", "2024年法治政府建设年度报告还没有定稿"),
    ],
)
def test_each_part_says_what_it_shows(window, part: str, said: str) -> None:
    window.open_tab("年度总结")
    page = window.report_page()
    page.open(part)
    rest(window.context.worker, 60)
    assert re.fullmatch(said, window._status.page.text())
    window.open_tab("隐患排查")
    rest(window.context.worker, 60)
    window.open_tab("年度总结")
    rest(window.context.worker, 60)
    assert re.fullmatch(said, window._status.page.text()), "come back to"
    page.open(part)
    assert re.fullmatch(said, window._status.page.text()), "its small tab clicked again"
