"""Every dialog of `ui.dialogs`, over the records at hand, and the questions of `ask`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog, QPushButton

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import ENTERPRISE, ITEM, LABELS, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping.recovering import CHANGED, Examined, Offer, Way
from mingxi_desktop.ledger.stock_sheet import StockRow
from mingxi_desktop.ui import ask, backup_opened, unwritten
from mingxi_desktop.ui.dialogs.about import AboutDialog
from mingxi_desktop.ui.dialogs.areas import AreasDialog
from mingxi_desktop.ui.dialogs.batches import BatchesDialog, TakenBack, TakenBackDialog
from mingxi_desktop.ui.dialogs.entry import EntryDialog
from mingxi_desktop.ui.dialogs.manual import ManualDialog
from mingxi_desktop.ui.dialogs.merge import MergeDialog
from mingxi_desktop.ui.dialogs.print_stock import PrintStockDialog
from mingxi_desktop.ui.dialogs.recovery import RecoveryDialog
from mingxi_desktop.ui.dialogs.restore import RestoreDialog
from mingxi_desktop.ui.dialogs.restored import RestoredDialog
from mingxi_desktop.ui.dialogs.settings import SettingsDialog
from mingxi_desktop.ui.dialogs.start import StartDialog
from mingxi_desktop.ui.dialogs.trash import TrashDialog
from mingxi_desktop.ui.drafts import Draft
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.proof import IndicatorDialog

_KIND = "hazard"
_INDICATOR = "hazards_found"
_BACKUP = Path("明溪应急台账-3f2a-00012-20240609-173000-9a8b7c6d-关闭时.mxbak")
_TYPED = {"description": "楼道堆放杂物，堵住消防通道"}
_DRAFT = Draft(
    "hazard", None, "", "", "新增隐患", _TYPED, {}, {"description": ""}, {}, {}, (), "2024-06-09 14:32:00"
)
_ASIDE = Path("明溪应急台账-恢复前20240610-083000.mxdb")

_EXAMINED = Examined(
    Path("明溪应急台账.mxdb"),
    (CHANGED, "隐患 #37 在程序之外被改动过", "检查帮扶 #12 不见了"),
    (
        Offer(
            Way.CHANGES,
            True,
            "2024-06-09 17:30 的备份，再把那以后的 2 条变更记录接上；每条记录都和变更历史核对。",
        ),
        Offer(
            Way.BACKUP,
            True,
            "回到 2024-06-09 17:30 的备份。那以后做的 2 步会没有，最近的：修改 隐患 2024-0037。",
        ),
        Offer(Way.SALVAGE, True, "能读出约 3,258 条记录，放进一个新文件；读不出的列成清单。"),
    ),
    best=Way.CHANGES,
)


def dialogs(stage: Stage) -> Iterator[View]:
    """The dialogs that need no record."""
    window, context = stage.window, stage.window.context
    last = datetime.date(context.year, 12, 31)
    makers: tuple[tuple[str, Callable[[], QDialog]], ...] = (
        ("导入记录", lambda: BatchesDialog(context, window)),
        ("撤销导入", lambda: TakenBackDialog(_taken_back(), window)),
        ("回收站", lambda: TrashDialog(context, _KIND, window)),
        ("指标溯源", lambda: IndicatorDialog(context, _INDICATOR, window)),
        ("从备份恢复", lambda: RestoreDialog(context, window)),
        ("已恢复", lambda: RestoredDialog(context, _BACKUP, _ASIDE, window)),
        ("修复台账", lambda: RecoveryDialog(_EXAMINED, parent=window)),
        ("设置", lambda: SettingsDialog(context, window)),
        ("设置-本机", lambda: _settings_page(SettingsDialog(context, window))),
        ("乡镇和村居", lambda: _typed(AreasDialog(context, window))),
        ("修改名单", lambda: EntryDialog(context, Entry(ITEM, "棉被", unit="床"), LABELS[ITEM], window)),
        ("使用手册", lambda: ManualDialog(window)),
        ("打印库存", lambda: PrintStockDialog(context, stage.ask(_stock, last), last, window)),
        ("合并名称", lambda: MergeDialog(context, ENTERPRISE, parent=window)),
        ("关于", lambda: AboutDialog(context, window)),
    )
    for name, make in makers:
        yield from stage.dialog(name, make)


def start(stage: Stage) -> Iterator[View]:
    """The first start: the ways to begin, and a new ledger."""
    for view in stage.dialog("开始", lambda: StartDialog(stage.window.context.settings)):
        yield view
        new = next(b for b in view.widget.findChildren(QPushButton) if b.accessibleName() == "新建台账")
        new.click()
        stage.settle()
        yield View("开始-新建", view.widget)


def questions(stage: Stage) -> Iterator[View]:
    """One of each of the program's questions and messages."""
    window = stage.window
    fault = UserError("台账文件正被另一个程序使用", "文件：D:\\台账\\2024.mxdb", "关掉另一个窗口再试。")
    makers: tuple[tuple[str, Callable[[], QDialog]], ...] = (
        (
            "问-删除",
            lambda: ask.question_box(
                "把选中的 3 条隐患移入回收站？",
                "可以从回收站恢复，也可以撤消。",
                yes="删除 3 条",
                parent=window,
                danger=True,
            ),
        ),
        (
            "问-做好以后",
            lambda: ask.offer_box(
                "已生成 2 个退回文件",
                "错的单元格标红，原因写在批注和最后一列。",
                yes="打开文件夹",
                parent=window,
            ),
        ),
        ("问-保存", lambda: ask.save_box("隐患 2024-0731", parent=window)),
        (
            "问-选择",
            lambda: ask.choice_box(*backup_opened.question(_BACKUP, window.context.path), parent=window),
        ),
        (
            "问-草稿没有存下来",
            lambda: ask.choice_box(*unwritten.question([_DRAFT], "磁盘 D: 满了"), parent=window),
        ),
        ("告诉-错误", lambda: ask.error_box(fault, window)),
        ("告诉-程序出错", lambda: ask.bug_box(RuntimeError("示例"), window)),
    )
    for name, make in makers:
        yield from stage.dialog(name, make)


def _stock(ledger: Ledger, as_of: datetime.date) -> list[StockRow]:
    return ledger.stock(as_of)


def _typed(dialog: AreasDialog) -> AreasDialog:
    """With a list that has a line which cannot be read."""
    dialog.text.setPlainText("云峰镇：东山村、西山村\n白石乡\n中山")
    return dialog


def _settings_page(dialog: SettingsDialog) -> SettingsDialog:
    """The page of what belongs to this PC."""
    dialog.show_page(dialog.pages - 1)
    return dialog


def _taken_back() -> TakenBack:
    left = (
        ("保留", "隐患", "2024-0007 盖洋镇", "导入后由李四在2024-06-20改过：整改数 1 → 2。"),
        ("没有撤成", "隐患", "2024-0009 雪峰镇", "所属的检查记录已删除，先从回收站恢复它。"),
    )
    return TakenBack(12, 3, 1, 1, left, Changes("撤销 导入 盖洋镇6月隐患"))
