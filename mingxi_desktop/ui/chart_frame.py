"""A chart with its title and what can be done with it: saved as a file, copied as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import Amount, ChartData
from mingxi_desktop.ledger import Ledger, figures
from mingxi_desktop.report import fonts
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.chart_view import ChartView
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import Card, button, label

_DPI = 200
_FILTERS = "PNG 图片 (*.png);;SVG 图形 (*.svg);;PDF 文件 (*.pdf)"


class ChartFrame(Card):
    """Shows a `ChartData` as large as there is room.  opened: the key of the bar that was clicked or entered."""

    opened = Signal(object)

    def __init__(
        self, context: Context, tools: Sequence[QWidget] = (), hint: str = "", parent: QWidget | None = None
    ) -> None:
        """tools: stand in a row of their own below the title.  hint: below the chart, what a click does."""
        super().__init__(parent)
        self._context = context
        self.data: ChartData | None = None
        self._title = label(role="title")
        self._title.setWordWrap(True)
        self.view = ChartView()
        self.view.opened.connect(self.opened)
        self._save = button("存为图片…", self.save, icon="save", tip="存成 PNG、SVG 或 PDF")
        self._copy = button("复制图", self.copy, icon="copy", tip="把图复制到剪贴板，粘贴到 Word 或 WPS")
        self.column.addLayout(flow([self._title], [self._copy, self._save]))
        if tools:
            self.column.addLayout(flow(list(tools), []))
        self.column.addWidget(self.view, 1)
        hinted = label(hint, "muted")
        hinted.setWordWrap(True)
        hinted.setVisible(bool(hint))
        self.column.addWidget(hinted)

    def show_data(self, data: ChartData, before: Mapping[str, Amount] | None = None) -> None:
        """Show another chart; before: last year's values of the first row, by category."""
        self.data = data
        self._title.setText(data.caption)
        self.view.set_data(data, before)
        for tool in (self._copy, self._save):
            tool.setEnabled(not data.empty)

    def save(self) -> None:
        """Save the chart as it prints."""
        if self.data is None:
            return
        path = ask.save_file("保存图表", f"{self.data.title}.png", _FILTERS, parent=self)
        if path is not None:
            self._context.read(_save, self.data, path, done=self._said(f"已保存：{path}"), owner=self)

    def copy(self) -> None:
        """Put the chart on the clipboard, as a picture: beside a table, Word would take the table."""
        if self.data is not None:
            self._context.read(_picture, self.data, done=self._copied, owner=self)

    def _copied(self, png: bytes) -> None:
        QApplication.clipboard().setImage(QImage.fromData(png))
        self._context.said.emit("图已复制，可以粘贴到 Word 或 WPS")

    def _said(self, sentence: str) -> Callable[[object], None]:
        return lambda _: self._context.said.emit(sentence)


def _save(_ledger: Ledger, data: ChartData, path: Path) -> None:
    figures.save_picture(data, path)


def _picture(_ledger: Ledger, data: ChartData) -> bytes:
    return draw.png(data, fonts.ui_font_file(), _DPI)
