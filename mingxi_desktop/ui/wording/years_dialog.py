"""插入指标的图、历年表: of which indicators, and how the chart divides the number."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from mingxi_desktop.domain.value_sorts import is_amount
from mingxi_desktop.ledger.indicator_charts import PARTED, SORTS, YEARS, sorts_for
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import button, label, toggle
from mingxi_desktop.ui.wording.choice import IndicatorChoice
from mingxi_desktop.ui.wording.faces import Faces
from mingxi_desktop.ui.wording.ranking import Candidate, candidates


class YearsDialog(Frame):
    """Accepted with `source`: a chart of one indicator, or the table of several over the years."""

    def __init__(
        self, faces: Faces, settings: QSettings, *, table: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("插入历年表" if table else "插入指标的图", 600, 480, parent)
        self._table = table
        self._faces = faces
        hint = "勾上要列的指标，一行一个，五年并排。" if table else "选一个指标，再选怎么画。"
        self.column.addWidget(label(hint, "muted"))
        found = [one for one in candidates(faces) if self._drawable(one)]
        self.choice = IndicatorChoice(found, settings, ticks=table)
        self.choice.taken.connect(self.accept)
        self.choice.changed.connect(self._show)
        self.column.addWidget(self.choice, 1)
        self.sorts: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        if not table:
            for sort, name in SORTS.items():
                self.sorts[sort] = toggle(name, "segment", self._show)
                group.addButton(self.sorts[sort])
            self.sorts[YEARS].setChecked(True)
            self.column.addLayout(flow([*self.sorts.values()], [], spacing=theme.HALF))
        self._said = label()
        self._said.setWordWrap(True)
        self.column.addWidget(self._said)
        self.go = button("插入", self.accept, primary=True)
        self.close_with(None, button("取消", self.reject), self.go, default=self.go)
        self._show()
        self.choice.search.setFocus()

    @property
    def source(self) -> str:
        """What is to be put in; "" where nothing is chosen."""
        one = self.choice.current()
        if self._table:
            ids = "、".join(source.strip("{}") for source in self.choice.chosen)
            return f"历年表：{ids}" if ids else ""
        if one is None:
            return ""
        sort = next((sort for sort, made in self.sorts.items() if made.isChecked()), YEARS)
        return f"历年图：{one.id}" if sort == YEARS else f"图：{sort}{PARTED}{one.id}"

    def accept(self) -> None:
        if self.source:
            super().accept()

    def _drawable(self, one: Candidate) -> bool:
        indicator = self._faces.known.book.by_id.get(one.id)
        return indicator is not None and is_amount(indicator)

    def _show(self) -> None:
        one = self.choice.current()
        possible = sorts_for(self._faces.known.book.get(one.id)) if one is not None else ()
        for sort, made in self.sorts.items():
            made.setEnabled(sort in possible)
            if made.isChecked() and sort not in possible:
                self.sorts[YEARS].setChecked(True)
        self.go.setEnabled(bool(self.source))
        self._said.setText(self._faces.face(self.source).name if self.source else "还没有选")
