"""Pictures of every tab and dialog with the data at hand."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QWidget

from mingxi_desktop import paths
from mingxi_desktop.domain.kinds import TABS, of_tab
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.report import fonts
from mingxi_desktop.ui import app_setup, ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.importing.check_step import DOUBTS, SENDERS
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.pages.ledger_tab import LedgerTab
from mingxi_desktop.ui.pages.report import ReportPage
from mingxi_desktop.ui.window import MainWindow

SIZE = (1366, 768)
_PATIENCE = 60.0


def take(
    db: Path, folder: Path, scale: float = 1.0, year: int | None = None, appearance: str = "light"
) -> list[Path]:
    """Write PNGs of the window into the folder; returns their paths in order.

    scale: 1.5 for a screen at 150 %.  year: the newest that has records unless given.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if _headless() else "")
    if not os.environ["QT_QPA_PLATFORM"]:
        del os.environ["QT_QPA_PLATFORM"]
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    folder.mkdir(parents=True, exist_ok=True)
    app_setup.make_application(["mingxi"], fonts=(fonts.delivered()[1],), appearance=appearance)
    settings = QSettings(str(folder / ".screens.ini"), QSettings.Format.IniFormat)
    settings.clear()
    faults: list[BaseException] = []
    # Nobody is there to close a dialog.
    told = ask.show_error, ask.show_bug
    ask.show_error = ask.show_bug = lambda error, *_: faults.append(error)
    worker = Worker(lambda: Ledger.open(db))
    window = MainWindow(Context(db, worker, settings))
    try:
        window.resize(*SIZE)
        window.show()
        _settle(worker)
        if year is not None:
            window.context.set_year(year)
        made = []
        for number, (name, shown) in enumerate(_views(window), 1):
            _settle(worker)
            path = folder / f"{number:02d}-{paths.safe_name(name)}.png"
            shown().grab().save(str(path))
            made.append(path)
            if faults:
                raise faults[0]
            _close_dialogs()
        return made
    finally:
        ask.show_error, ask.show_bug = told
        window.close()
        worker.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        (folder / ".screens.ini").unlink(missing_ok=True)


def _views(window: MainWindow) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """One view after the other: its name, and what to take a picture of once it has come to rest."""
    yield TABS[0], lambda: window
    for tab in TABS[1:-1]:
        window.open_tab(tab)
        page = window.page(tab)
        assert isinstance(page, LedgerTab)
        for kind in of_tab(tab):
            page.open(kind.name)
            _settle(window.context.worker)
            page.current.table.selectRow(0)
            yield kind.label, lambda: window
        page.open(of_tab(tab)[0].name)
        page.start_new()
        yield f"新增{of_tab(tab)[0].label}", lambda: window
        page.current.panel.clear()
    window.open_tab(TABS[-1])
    report = window.page(TABS[-1])
    assert isinstance(report, ReportPage)
    for part in ("正文", "文字", "指标", "图表"):
        report.open(part)
        _settle(window.context.worker)
        if part == "正文":
            report.show_number("hazards_found")
            report.view.reveal("hazards_found")
        yield f"年度总结-{part}", lambda: window
    yield from _dialogs(window)


def _dialogs(window: MainWindow) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    from mingxi_desktop.ui.dialogs.about import AboutDialog
    from mingxi_desktop.ui.dialogs.batches import BatchesDialog
    from mingxi_desktop.ui.dialogs.history import HistoryDialog
    from mingxi_desktop.ui.dialogs.indicator import IndicatorDialog
    from mingxi_desktop.ui.dialogs.manual import ManualDialog
    from mingxi_desktop.ui.dialogs.restore import RestoreDialog
    from mingxi_desktop.ui.dialogs.settings import SettingsDialog
    from mingxi_desktop.ui.dialogs.start import StartDialog
    from mingxi_desktop.ui.dialogs.trash import TrashDialog

    context = window.context
    yield from _import(window)
    window.open_tab(TABS[0])
    hazards = window.page(TABS[1])
    assert isinstance(hazards, LedgerTab)
    first = next(iter(hazards.page("hazard").model.ids), 0)
    makers: tuple[tuple[str, Callable[[], QWidget]], ...] = (
        ("导入记录", lambda: BatchesDialog(context, window)),
        ("回收站", lambda: TrashDialog(context, "hazard", window)),
        *((("历史", lambda: HistoryDialog(context, "hazard", first, window)),) if first else ()),
        ("指标溯源", lambda: IndicatorDialog(context, "hazards_found", window)),
        ("从备份恢复", lambda: RestoreDialog(context, window)),
        ("设置", lambda: SettingsDialog(context, window)),
        ("开始", lambda: StartDialog(context.settings)),
        ("使用手册", lambda: ManualDialog(window)),
        ("关于", lambda: AboutDialog(context, window)),
    )
    for name, make in makers:
        dialog = make()
        dialog.show()
        _open.append(dialog)
        yield name, lambda dialog=dialog: dialog  # type: ignore[misc]


_SHEETS = {
    "盖洋镇隐患.csv": "检查时间,单位名称,存在问题,发现数量,已整改,备注信息\n"
    "2024.6.9,某木业,配电箱未接地,2,1,已约谈\n6.10,某加油站,灭火器过期,1,1,\n2024.6.31,某宾馆,应急灯损坏,1,0,\n",
    "雪峰镇隐患.csv": "检查时间,乡镇,单位名称,存在问题,发现数量,已整改\n"
    "2024-06-12,雪峰镇,某小学,疏散通道堵塞,3,3\n2024-06-12,雪峰镇,某小学,疏散通道堵塞,3,2\n",
    "通讯录.csv": "花名,爱好\n甲,钓鱼\n",
}


def _import(window: MainWindow) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """The steps of the import over small files of our own, up to where something would be stored."""
    window.start_import([])
    yield "导入", lambda: window
    page = window.import_page()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in _SHEETS.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        page.start([Path(folder) / name for name in _SHEETS])
        page.files.year.setCurrentIndex(max(page.files.year.findData(2024), 0))
        yield "导入-文件", lambda: window
        page.forward()
        yield "导入-对应列", lambda: window
        page.forward()
        yield "导入-核对", lambda: window
        for part, name in ((DOUBTS, "已有或重复"), (SENDERS, "谁报了什么")):
            page.check.open(part)
            yield f"导入-{name}", lambda: window
    page.give_up()


_open: list[QWidget] = []


def _close_dialogs() -> None:
    while _open:
        dialog = _open.pop()
        dialog.close()
        dialog.deleteLater()


def _settle(worker: Worker) -> None:
    """Let everything that was asked for arrive."""
    calm, until = 0, time.monotonic() + _PATIENCE
    while calm < 8 and time.monotonic() < until:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        calm = 0 if worker.busy else calm + 1
        time.sleep(0.01)


def _headless() -> bool:
    return os.name != "nt" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY")
