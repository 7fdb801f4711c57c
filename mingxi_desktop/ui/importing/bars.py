"""The rows under the steps: how far the reading is, and the buttons; and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from mingxi_desktop.ledger.intake.result import Preview
from mingxi_desktop.ledger.intake.wish import Source
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.importing import told
from mingxi_desktop.ui.name_line import NameLine
from mingxi_desktop.ui.shapes import button, row

FILES, COLUMNS, CHECK, RESULT = range(4)
STEPS = ("1 文件", "2 对应列", "3 核对", "4 结果")


class Bars(QWidget):
    """The foot of the import page: progress, and the buttons 上一步, 生成退回文件, 取消, 下一步."""

    def __init__(
        self,
        back: Callable[[], object],
        give_back: Callable[[], object],
        leave: Callable[[], object],
        forward: Callable[[], object],
        halt: Callable[[], object],
    ) -> None:
        super().__init__()
        self.doing = NameLine("muted")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("进度")
        self.halt = button("停止(&S)", halt, tip="停止读文件（Esc）")
        self.back = button("上一步(&B)", back)
        self.give_back = button("生成退回文件(&G)", give_back, icon="export")
        self.leave = button("取消(&C)", leave, tip="取消导入，什么也不存（Esc）")
        self.next = button("下一步", forward, primary=True)
        self.stops = (self.halt, self.back, self.give_back, self.leave, self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        # Shown and hidden as one: at each of them Qt would lay the whole page out anew.
        self._work = QWidget()
        line = row(self.doing, self.progress, self.halt)
        self._work.setLayout(line)
        column.addWidget(self._work)
        column.addLayout(row(self.back, self.give_back, None, self.leave, self.next))

    def show_state(self, step: int, found: Preview | None, *, busy: bool, ready: bool) -> None:
        """What is shown and can be pressed now.  ready: whether there are files, or tables."""
        self._work.setVisible(busy)
        self.back.setVisible(step in (COLUMNS, CHECK))
        self.back.setEnabled(not busy)
        faults = returnable(found) if found is not None else 0
        self.give_back.setVisible(step in (CHECK, RESULT) and faults > 0)
        self.give_back.setText(f"生成退回文件（{faults:,} 处标红）(&G)")
        self.give_back.setAccessibleName(f"生成退回文件，{faults:,} 处标红")
        self.give_back.setEnabled(not busy)
        self.leave.setVisible(step != RESULT)
        self.leave.setEnabled(not busy)
        text, can = next_step(step, found, ready=ready)
        self.next.setText(text)
        self.next.setAccessibleName(text)
        self.next.setToolTip(f"{text}（Alt+N）")
        self.next.setEnabled(can and not busy)
        self.next.setShortcut(QKeySequence("Alt+N"))


def returnable(found: Preview) -> int:
    """Faults that can be marked in a copy of the file they are in."""
    return sum(1 for sheet in found.sheets if sheet.taken for fault in sheet.rejected if fault.row)


def next_step(step: int, found: Preview | None, *, ready: bool) -> tuple[str, bool]:
    """Text of the primary button, and whether it can be pressed."""
    if step == FILES:
        return "下一步", ready
    if step == COLUMNS:
        return ("下一步", True) if ready else ("没有能导入的表", False)
    if step == RESULT:
        return "完成", True
    count = found.ready if found is not None else 0
    if not count:
        return "没有可以导入的", False
    wrong = found is not None and bool(found.rejected)
    return (f"接收正确的 {count:,} 条" if wrong else f"导入 {count:,} 条"), True


def said(step: int, found: Preview | None) -> str:
    """The sentence under the title."""
    if step == FILES or found is None:
        return "选好文件就可以下一步。读的时候不改动原文件，核对完才存。"
    if step == RESULT:
        return "可以查看、撤销，或者接着导入别的文件；没有导入的，原因在下面的表里。"
    if step != COLUMNS:
        return f"{told.summary(found)}。"
    open_tables = sum(1 for sheet in found.sheets if told.unclear(sheet))
    return f"{told.summary(found)}。" + (
        f"有 {open_tables:,} 张表要看一下，见左边“要看的”。" if open_tables else "列都认得，可以直接下一步。"
    )


def reading(sources: Sequence[Source], done: int) -> str:
    """正在读第 3 个，共 9 个：盖洋镇.xlsx."""
    if len(sources) == 1:
        return f"正在读 {sources[0].path.name}……"
    place = min(done, len(sources) - 1)
    return f"正在读第 {place + 1:,} 个，共 {len(sources):,} 个：{sources[place].path.name}"
