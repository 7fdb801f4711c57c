"""The pictures of the manual: which view makes which, so that none is ever out of date."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SIZE = (1100, 619)
"""Of the window, in pixels: its text can still be read when a page of the manual shows it smaller."""

PICTURES: Mapping[str, str] = MappingProxyType(
    {
        "概览": "overview",
        "概览-核对": "checks",
        "概览-报送-1": "reporting",
        "概览-期限": "deadlines",
        "隐患": "ledger",
        "年度总结-正文": "report",
        "年度总结-指标": "indicators",
        "文字-选中一个数": "wording",
        "年度总结-校稿-草稿": "proofreading",
        "定稿": "freeze",
        "期初数": "openings",
        "新建指标": "define",
        "粘贴到单元格": "paste",
        "历史": "history",
        "从备份恢复": "restore",
        "修复台账": "recovery",
        "开始": "start",
        "新台账-概览": "new-ledger",
        "第一天-有红字": "faults",
        "第一天-填好的表单": "first-form",
        "第一天-记好了": "first-record",
        "第一天-打印": "first-print",
        "导入-核对": "import-check",
    }
)
"""View of the gallery → the picture's name without its ending."""

INSTALLER = ("install-welcome", "install-parts", "install-done", "uninstall")
"""Those of the setup program: taken by hand while it ran, cut to its window."""
