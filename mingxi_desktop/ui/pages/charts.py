"""The charts of the year: a list of them, the chosen one large, its figures beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import ChartData
from mingxi_desktop.charts.layout import amount_text
from mingxi_desktop.domain.query import Query
from mingxi_desktop.exchange.writing import files
from mingxi_desktop.ledger import Ledger, charting
from mingxi_desktop.report import fonts
from mingxi_desktop.ui import ask, listing
from mingxi_desktop.ui.chart_view import ChartView
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import button, card, label, thousands

_NAME = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SCREEN_DPI = 150


class ChartsPage(QWidget):
    """The charts that the report can show, on the screen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._data: ChartData | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("图表")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, title in charting.labels().items():
            item = QListWidgetItem(title)
            item.setData(_NAME, name)
            self.list.addItem(item)
        left = card()
        left.column.addWidget(label("图表", "title"))
        left.column.addWidget(self.list, 1)
        self._title = label(role="title")
        self.view = ChartView()
        self.view.opened.connect(self._open)
        middle = card()
        save = button("存为图片…", self.save, icon="save", tip="存成 PNG、SVG 或 PDF")
        copy = button("复制", self.copy, icon="copy", tip="复制到剪贴板，粘贴到 Word 或 WPS")
        middle.column.addLayout(flow([self._title], [copy, save]))
        middle.column.addWidget(self.view, 1)
        middle.column.addWidget(label("点击柱子打开它的记录", "muted"))
        self.table = self._make_table()
        right = card()
        right.column.addWidget(label("数据", "title"))
        right.column.addWidget(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, middle, right):
            splitter.addWidget(part)
        splitter.setSizes([220, 760, 340])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self.list.currentRowChanged.connect(lambda _: self.refresh())
        context.changed.connect(lambda _: self.refresh())
        context.year_changed.connect(lambda _: self.refresh())
        self.list.setCurrentRow(0)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget()
        table.setAccessibleName("图表的数据")
        listing.set_up(table)
        table.horizontalHeader().setDefaultAlignment(_RIGHT)
        return table

    @property
    def chosen(self) -> str:
        """The name of the chart shown."""
        item = self.list.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the chart anew; nothing while out of sight."""
        if self.isVisible() and self.chosen:
            self._context.read(charting.chart, self.chosen, self._context.year, done=self._show, owner=self)

    def _show(self, data: ChartData) -> None:
        self._data = data
        self._title.setText(f"{data.title}（{data.unit}）")
        self.view.set_data(data)
        self.table.setColumnCount(1 + len(data.series))
        self.table.setHorizontalHeaderLabels(["", *(series.name for series in data.series)])
        self.table.setRowCount(len(data.categories))
        for place, name in enumerate(data.categories):
            self.table.setItem(place, 0, QTableWidgetItem(name))
            for number, series in enumerate(data.series, 1):
                item = QTableWidgetItem(thousands(amount_text(series.values[place])))
                item.setTextAlignment(_RIGHT)
                self.table.setItem(place, number, item)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _open(self, key: object) -> None:
        if isinstance(key, Query):
            self._context.show(key)

    def save(self) -> None:
        """Save the chart as it prints."""
        if self._data is None:
            return
        filters = "PNG 图片 (*.png);;SVG 图形 (*.svg);;PDF 文件 (*.pdf)"
        path = ask.save_file("保存图表", f"{self._data.title}.png", filters, parent=self)
        if path is not None:
            self._context.read(
                _save, self._data, path, done=lambda _: self._context.said.emit(f"已保存：{path}"), owner=self
            )

    def copy(self) -> None:
        """Put the chart as a picture on the clipboard."""
        if self._data is not None:
            self._context.read(_picture, self._data, done=self._copied, owner=self)

    def _copied(self, png: bytes) -> None:
        QApplication.clipboard().setImage(QImage.fromData(png))
        self._context.said.emit("图表已复制")


def _save(_ledger: Ledger, data: ChartData, path: Path) -> None:
    font = fonts.ui_font_file()
    makers = {".svg": draw.svg, ".pdf": draw.pdf}
    maker = makers.get(path.suffix.lower())
    files.save(path, maker(data, font) if maker else draw.png(data, font))


def _picture(_ledger: Ledger, data: ChartData) -> bytes:
    return draw.png(data, fonts.ui_font_file(), _SCREEN_DPI)
