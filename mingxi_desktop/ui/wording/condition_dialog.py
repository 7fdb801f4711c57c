"""插入条件: when a sentence is printed."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox, QWidget

from mingxi_desktop.report.template import Condition, Place, Test, piece_text
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.shapes import button, label, row
from mingxi_desktop.ui.wording.choice import IndicatorChoice
from mingxi_desktop.ui.wording.faces import Faces
from mingxi_desktop.ui.wording.ranking import Candidate, candidates
from mingxi_desktop.ui.wording.source import Head, head_text

_TESTS = (
    (Test.KNOWN, "有数（有记录，而且不是 0）"),
    (Test.ZERO, "为零（都已报齐，确实是 0）"),
    (Test.EQUAL, "两个数相等"),
    (Test.MORE, "比上年上升"),
    (Test.LESS, "比上年下降"),
    (None, "否则（上面的条件都不成立）"),
)
_LONGEST = 26
"""Signs of the longest question, with room to spare."""
_WANTED = {Test.ZERO: 1, Test.EQUAL: 2, Test.MORE: 1, Test.LESS: 1}


class ConditionDialog(Frame):
    """Accepted with `source`: the condition as it is written down."""

    def __init__(
        self,
        faces: Faces,
        settings: QSettings,
        head: Head | None = None,
        *,
        follows: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """head: the condition that is to change.  follows: the line above has one that this may follow."""
        super().__init__("修改条件" if head is not None else "插入条件", 640, 540, parent)
        self._faces = faces
        self.test = CalmCombo("什么时候印")
        self.test.setMinimumContentsLength(_LONGEST)
        for test, words in _TESTS:
            if test is not None or follows or (head is not None and head.condition is None):
                self.test.addItem(words, test)
        self.otherwise = QCheckBox("接在上一个条件之后：上面的不成立时才看它")
        self.otherwise.setVisible(follows or bool(head and head.otherwise))
        name = label("什么时候印(&W)")
        name.setBuddy(self.test)
        self.column.addLayout(row(name, self.test, None))
        self.column.addWidget(self.otherwise)
        self.choice = IndicatorChoice(candidates(faces), settings, ticks=True)
        self.column.addWidget(self.choice, 1)
        self._said = label()
        self._said.setWordWrap(True)
        self.column.addWidget(self._said)
        self.go = button("改好" if head is not None else "插入", self.accept, primary=True)
        self.close_with(None, button("取消", self.reject), self.go, default=self.go)
        self._begin_with(head)
        self.test.currentIndexChanged.connect(lambda _: self._turn())
        self.otherwise.toggled.connect(lambda _: self._show())
        self.choice.changed.connect(self._show)
        self._turn()
        self.choice.search.setFocus()

    def _begin_with(self, head: Head | None) -> None:
        if head is None:
            return
        self.otherwise.setChecked(head.otherwise)
        test = head.condition.test if head.condition is not None else None
        self.test.setCurrentIndex(self.test.findData(test))
        if head.condition is not None:
            self.choice.chosen = [piece_text(place) for place in head.condition.places]

    @property
    def head(self) -> Head | None:
        """The condition; None while it is not complete."""
        test = self._test()
        if test is None:
            return Head(otherwise=True, condition=None)
        places = []
        for source in self.choice.chosen:
            place = self._faces.reader.place(source)
            if place is not None:
                places.append(place)
        wanted = _WANTED.get(test, len(places))
        if not places or len(places) != wanted:
            return None
        return Head(self._otherwise(), Condition(test, tuple(places)))

    @property
    def source(self) -> str:
        """The condition as it is written down; "" while it is not complete."""
        return head_text(self.head) if self.head is not None else ""

    def accept(self) -> None:
        if self.head is not None:
            super().accept()

    def _test(self) -> Test | None:
        """What is asked; Qt gives back a plain text."""
        data = self.test.currentData()
        return None if data is None else Test(data)

    def _otherwise(self) -> bool:
        return self.otherwise.isChecked() and not self.otherwise.isHidden()

    def _turn(self) -> None:
        """Another question: it is asked of other things."""
        test = self._test()
        self.choice.setEnabled(test is not None)
        self.choice.only(lambda one: self._askable(one, test))
        self._show()

    def _askable(self, one: Candidate, test: Test | None) -> bool:
        place = self._faces.reader.place(one.source)
        if not isinstance(place, Place) or place.fact:
            return False
        return test is Test.KNOWN or bool(one.id)

    def _show(self) -> None:
        head = self.head
        self.go.setEnabled(head is not None)
        if head is not None:
            self._said.setText(f"{self._faces.head_words(head)}……")
            return
        test = self._test()
        wanted = _WANTED.get(test, 1) if test is not None else 1
        self._said.setText(f"请勾 {wanted} 个指标，现在勾了 {len(self.choice.chosen)} 个")
