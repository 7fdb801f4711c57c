"""插入指标: which one, and what of it is to be shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QToolButton, QWidget

from mingxi_desktop.report.template import Aspect, Place, piece_text
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import button, label, literal, toggle
from mingxi_desktop.ui.wording.choice import IndicatorChoice
from mingxi_desktop.ui.wording.faces import ASPECT_NAMES, Faces
from mingxi_desktop.ui.wording.ranking import candidates

_ASPECTS = (Aspect.VALUE, Aspect.CHANGE, Aspect.LAST_YEAR, Aspect.NAMES)
MakeNew = Callable[[Callable[[Faces, str], None], QWidget], None]
"""Opens the editor of indicators over a dialog; what it is given gets the new faces and the indicator's id."""


class InsertDialog(Frame):
    """Accepted with `source`: what is to be put in, as it is written down."""

    def __init__(
        self,
        faces: Faces,
        settings: QSettings,
        *,
        exchange: bool = False,
        make_new: MakeNew | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """exchange: for a chip that is there already.  make_new: None where none can be made."""
        super().__init__("换成别的指标" if exchange else "插入指标", 640, 520, parent)
        self._exchange = exchange
        self._faces = faces
        self.choice = IndicatorChoice(candidates(faces), settings)
        self.choice.taken.connect(self.accept)
        self.choice.changed.connect(self._show)
        self.column.addWidget(self.choice, 1)
        self._aspects: dict[Aspect, QToolButton] = {}
        group = QButtonGroup(self)
        for aspect in _ASPECTS:
            self._aspects[aspect] = toggle(ASPECT_NAMES[aspect], "segment", self._show)
            group.addButton(self._aspects[aspect])
        self._aspects[Aspect.VALUE].setChecked(True)
        self.column.addLayout(
            flow([label("印什么", "muted"), *self._aspects.values()], [], spacing=theme.HALF)
        )
        self.with_unit = QCheckBox()
        self.with_unit.setChecked(True)
        self.with_unit.toggled.connect(lambda _: self._show())
        self.column.addWidget(self.with_unit)
        self._example = label()
        self._example.setWordWrap(True)
        self._example.setMinimumHeight(2 * self._example.fontMetrics().lineSpacing())
        self.column.addWidget(self._example)
        self.go = button("换成它" if exchange else "插入", self.accept, primary=True)
        new = button("新建指标…", self._new, icon="add")
        new.setVisible(make_new is not None)
        self._make_new = make_new
        self.close_with(new, None, button("取消", self.reject), self.go, default=self.go)
        self._show()
        self.choice.search.setFocus()

    @property
    def aspect(self) -> Aspect:
        """What is to be shown of the indicator."""
        return next((aspect for aspect, made in self._aspects.items() if made.isChecked()), Aspect.VALUE)

    @property
    def source(self) -> str:
        """What is to be put in; "" where nothing is chosen."""
        one = self.choice.current()
        if one is None or not one.id:
            return one.source if one is not None else ""
        return piece_text(Place(one.id, self.aspect))

    @property
    def unit(self) -> str:
        """The unit that is to be written after the number."""
        return self._unit() if self.with_unit.isChecked() else ""

    def _unit(self) -> str:
        one = self.choice.current()
        shown = self.aspect in (Aspect.VALUE, Aspect.LAST_YEAR)
        return one.unit if one is not None and one.id and shown and not self._exchange else ""

    def show_new(self, faces: Faces, id: str) -> None:
        """A new indicator has been made: it is the chosen one."""
        self._faces = faces
        self.choice.set_candidates(candidates(faces), f"{{{id}}}")

    def accept(self) -> None:
        if self.source:
            super().accept()

    def _new(self) -> None:
        if self._make_new is not None:
            self._make_new(self.show_new, self)

    def _show(self) -> None:
        one = self.choice.current()
        value = self._faces.known.values.get(one.id) if one is not None else None
        self._aspects[Aspect.NAMES].setEnabled(value is None or bool(value.names))
        if not self._aspects[self.aspect].isEnabled():
            self._aspects[Aspect.VALUE].setChecked(True)
        for made in self._aspects.values():
            made.setVisible(one is None or bool(one.id))
        self.go.setEnabled(bool(self.source))
        unit = self._unit()
        self.with_unit.setVisible(bool(unit))
        self.with_unit.setText(f"后面写上单位“{literal(unit)}”")
        example = f"{self._faces.face(self.source).value.lstrip('，')}{self.unit}" if self.source else ""
        self._example.setText(f"会印成：{example}" if example else "")
