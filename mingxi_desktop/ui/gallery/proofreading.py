"""The proofreading page with and without a draft, and choosing what a number means."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.pages.proofreading import ProofreadPage
from mingxi_desktop.ui.pages.report import ReportPage
from mingxi_desktop.ui.part_names import PROOFREADING
from mingxi_desktop.ui.proofreading.choose import ChooseDialog

_NAME = f"{TABS[-1]}-{PROOFREADING}"
_DRAFT = """某局年度工作总结
全年排查问题隐患1682条，已整改1679条，整改率达99.76%；作出行政处罚195次，罚款76.026万元。
启动各类应急响应四次，转移群众3028人，实现人员零伤亡。另有17件其他事项。
"""


def proofreading(stage: Stage) -> Iterator[View]:
    """The page with a draft; without one it is seen among the parts of the tab."""
    stage.window.open_tab(TABS[-1])
    report = stage.window.page(TABS[-1])
    assert isinstance(report, ReportPage)
    report.open(PROOFREADING)
    page = report.findChild(ProofreadPage)
    assert page is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "工作总结草稿.txt"
        path.write_text(_DRAFT, encoding="utf-8")
        page.open(path)
        yield stage.view(f"{_NAME}-草稿")
    one = next(iter(page.desk.checked), None)
    if one is not None:
        window = stage.window
        yield from stage.dialog(f"{_NAME}-另一个指标", lambda: ChooseDialog(window.context, one, window))
