"""What can be chosen before a table is printed: which records, paper, direction, type size, sums."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from mingxi_desktop.report.table_pages.model import FIT, PAPERS, SIZES, Look
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import label, row

_DIRECTIONS = (("横向", True), ("纵向", False))
_KEY = "print/{}"


class PrintOptions(QWidget):
    """A flowing row of choices; what was chosen last is remembered on this PC."""

    changed = Signal()
    """Another look is wanted."""
    scope_changed = Signal()
    """Other records are wanted."""

    def __init__(self, settings: QSettings, selected: int, parent: QWidget | None = None) -> None:
        """selected: how many records are selected in the table."""
        super().__init__(parent)
        self._settings = settings
        self.scope = CalmCombo("打印范围")
        self.scope.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self.scope.addItem("全部记录", False)
        if selected:
            self.scope.addItem(f"选中的 {selected:,} 条", True)
        self.direction = _combo("方向", _DIRECTIONS)
        self.paper = _combo("纸张", tuple((name, name) for name in PAPERS))
        sizes = tuple((f"{name}（{size:g} 磅）", size) for name, size in SIZES.items())
        self.type_size = _combo("字号", (("缩放到页宽", FIT), *sizes))
        self.totals = QCheckBox("带合计行")
        self.personal = QCheckBox("个人信息不遮住(&N)")
        self.personal.setToolTip("电话、身份证号等照原样印，纸上注明“注意保管”，并记入变更历史；每次都要另选")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        named = (
            ("范围(&R)", self.scope),
            ("方向(&O)", self.direction),
            ("纸张(&P)", self.paper),
            ("字号(&F)", self.type_size),
        )
        column.addLayout(
            flow([*(_named(name, combo) for name, combo in named), self.totals, self.personal], [])
        )
        self._restore()
        self.scope.currentIndexChanged.connect(lambda _: self.scope_changed.emit())
        self.personal.toggled.connect(lambda _: self.scope_changed.emit())
        for combo in (self.direction, self.paper, self.type_size):
            combo.currentIndexChanged.connect(lambda _: self._choose())
        self.totals.toggled.connect(lambda _: self._choose())

    @property
    def look(self) -> Look:
        """How the pages are to look."""
        return Look(
            paper=self.paper.currentData(),
            landscape=self.direction.currentData(),
            size=self.type_size.currentData(),
            totals=self.totals.isChecked(),
        )

    @property
    def selected_only(self) -> bool:
        """Whether only the selected records are wanted."""
        return bool(self.scope.currentData())

    def set_count(self, count: int, counted: str = "条") -> None:
        """How many rows there are in all.  counted: the word by which they are counted."""
        self.scope.setItemText(0, f"全部 {count:,} {counted}")

    def _choose(self) -> None:
        look = self.look
        for name in ("paper", "landscape", "size", "totals"):
            self._settings.setValue(_KEY.format(name), str(getattr(look, name)))
        self.changed.emit()

    def _restore(self) -> None:
        """As they were left; Look's own values the first time."""
        usual = Look()
        for name, combo in (("paper", self.paper), ("landscape", self.direction), ("size", self.type_size)):
            wanted = str(self._settings.value(_KEY.format(name), str(getattr(usual, name))))
            datas = [str(combo.itemData(place)) for place in range(combo.count())]
            combo.setCurrentIndex(datas.index(wanted) if wanted in datas else 0)
        self.totals.setChecked(str(self._settings.value(_KEY.format("totals"), "True")) != "False")


def _combo(name: str, choices: tuple[tuple[str, object], ...]) -> CalmCombo:
    made = CalmCombo(name)
    for text, data in choices:
        made.addItem(text, data)
    return made


def _named(name: str, combo: CalmCombo) -> QWidget:
    """A name and its box, which stay together where the row breaks."""
    made = QWidget()
    made.setLayout(row(_buddy(name, combo), combo, spacing=4))
    return made


def _buddy(name: str, combo: CalmCombo) -> QLabel:
    made = label(name)
    made.setBuddy(combo)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
