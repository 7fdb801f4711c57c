"""The steps of the import over small files of our own, to what was stored and what was not."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from mingxi_desktop.domain.kinds import TABS
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.importing.check_step import CONCERNS, DOUBTS, SENDERS

YEAR = 2024
_SHEETS = {
    "盖洋镇隐患.csv": "检查时间,单位名称,存在问题,发现数量,已整改,备注信息\n"
    "2024.6.9,某木业,配电箱未接地,2,1,已约谈\n6.10,某加油站,灭火器过期,1,1,\n2024.6.31,某宾馆,应急灯损坏,1,0,\n",
    "雪峰镇隐患.csv": "检查时间,乡镇,单位名称,存在问题,发现数量,已整改\n"
    "2024-06-12,雪峰镇,某小学,疏散通道堵塞,3,3\n2024-06-12,雪峰镇,某小学,疏散通道堵塞,3,2\n",
    "通讯录.csv": "花名,爱好\n甲,钓鱼\n",
}


def steps(stage: Stage) -> Iterator[View]:
    """From the empty list of files to the result. It stores records: only for a ledger of no value."""
    stage.window.start_import([])
    yield stage.view("导入")
    page = stage.window.import_page()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in _SHEETS.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        page.start([Path(folder) / name for name in _SHEETS])
        page.files.year.setCurrentIndex(max(page.files.year.findData(YEAR), 0))
        yield stage.view("导入-文件")
        page.forward()
        yield stage.view("导入-对应列")
        page.forward()
        yield stage.view("导入-核对")
        for part, name in ((DOUBTS, "已有或重复"), (CONCERNS, "疑点"), (SENDERS, "谁报了什么")):
            page.check.open(part)
            yield stage.view(f"导入-{name}")
        page.forward()
        yield stage.view("导入-结果")
    page.give_up()
    stage.settle()
    stage.window.open_tab(TABS[0])
