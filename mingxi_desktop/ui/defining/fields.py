"""Which fields are looked at: one, or several that are added up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.ui.defining.answer import Choice
from mingxi_desktop.ui.flow import FlowLayout
from mingxi_desktop.ui.shapes import button, label

_NONE = ("", "（去掉）")
_MOST = 6


class FieldChoice(QWidget):
    """A drop-down list for the field, and further ones where several may be added up."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[Field, ...] = ()
        self._several = False
        self._count = 1
        self.more = button("再加一项", self._add, link=True, tip="几项加在一起算，如 死亡、失踪、受伤")
        self._lone = label(role="muted")
        self._lists = [Choice("字段" if not place else f"再加的第{place}项", self) for place in range(_MOST)]
        flow = FlowLayout()
        for part in (self._lone, *self._lists, self.more):
            flow.addWidget(part)
        self.setLayout(flow)
        for one in self._lists:
            one.currentIndexChanged.connect(lambda _: self._turned())

    def offer(self, fields: Sequence[Field], chosen: Sequence[str], *, several: bool) -> None:
        """Offer these fields; the chosen ones that are among them stay, else the first is."""
        self._offered, self._several = tuple(fields), several
        known = [name for name in chosen if any(field.name == name for field in fields)]
        self._show((known or [fields[0].name])[: _MOST if several else 1])

    def chosen(self) -> tuple[Field, ...]:
        """The fields, each once."""
        names = dict.fromkeys(one.key() for one in self._lists[: self._count])
        by_name = {field.name: field for field in self._offered}
        return tuple(by_name[name] for name in names if name in by_name)

    @property
    def first(self) -> QWidget:
        """Where the mnemonic leads."""
        return self._lists[0]

    def widgets(self) -> list[QWidget]:
        """What Tab comes to, in order."""
        return [*self._lists, self.more]

    def _show(self, names: Sequence[str]) -> None:
        """Show these; money and other things are not added up, so that some may fall away."""
        kinds = {field.name: field.type is FieldType.MONEY for field in self._offered}
        alike = [name for name in dict.fromkeys(names) if kinds[name] == kinds[names[0]]]
        self._count = len(alike)
        every = tuple((field.name, field.label) for field in self._offered)
        fitting = tuple((name, said) for name, said in every if kinds[name] == kinds[alike[0]])
        for place, one in enumerate(self._lists):
            if place < len(alike):
                one.set_options((_NONE, *fitting) if place else every, alike[place])
            one.setVisible(place < len(alike) and len(every) > 1)
        self._lone.setText(every[0][1])
        self._lone.setVisible(len(every) == 1)
        self.more.setVisible(self._several and len(alike) < min(_MOST, len(fitting)))

    def _add(self) -> None:
        taken = self.chosen()
        money = taken[0].type is FieldType.MONEY
        fresh = [one for one in self._offered if one not in taken and (one.type is FieldType.MONEY) == money]
        self._show([*(field.name for field in taken), fresh[0].name])
        self._lists[self._count - 1].setFocus()
        self.changed.emit()

    def _turned(self) -> None:
        self._show([field.name for field in self.chosen()])
        self.changed.emit()
