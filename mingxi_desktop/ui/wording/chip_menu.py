"""The menu of a chip: what it shows, how the number is worded, and what else can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from mingxi_desktop.report.template import Aspect, Place, piece_text
from mingxi_desktop.ui.wording.faces import ASPECT_NAMES, Faces
from mingxi_desktop.ui.wording.rules import writings

_LONGEST = 24
"""Signs of an example; lists of names are longer."""


class ChipMenu(QMenu):
    """One chip's menu.  change: gets what is to stand in its place, "" for nothing."""

    def __init__(
        self, faces: Faces, source: str, change: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._faces = faces
        self._change = change
        face = faces.face(source)
        self._head(f"{face.name}　{face.value}" if face.value != face.name else face.name)
        place = faces.reader.place(source)
        if place is not None and place.name in faces.known.book.by_id:
            self._of_indicator(place)

    def add(self, text: str, do: Callable[[], object]) -> None:
        """Something else that can be done with the chip."""
        self.addAction(_text(text)).triggered.connect(lambda *_: do())

    def _head(self, text: str) -> None:
        head = self.addAction(_text(text))
        head.setEnabled(False)
        self.addSeparator()

    def _of_indicator(self, place: Place) -> None:
        value = self._faces.known.values.get(place.name)
        if value is not None:
            for one in writings(value, place.aspect, place.rule):
                source = piece_text(replace(place, rule=one.rule))
                if place.aspect in (Aspect.VALUE, Aspect.LAST_YEAR):
                    self._way(f"{one.example or '—'}　{one.name}", source, chosen=one.rule == place.rule)
            self.addSeparator()
        for aspect, name in ASPECT_NAMES.items():
            if aspect is Aspect.NAMES and place.aspect is not aspect and not (value and value.names):
                continue
            rule = place.rule if aspect is place.aspect else ""
            source = piece_text(Place(place.name, aspect, rule))
            example = self._faces.face(source).value.lstrip("，")
            self._way(f"印{name}：{example}", source, chosen=aspect is place.aspect)
        self.addSeparator()

    def _way(self, text: str, source: str, *, chosen: bool) -> None:
        action = self.addAction(_text(text))
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda *_: partial(self._change, source)())


def _text(text: str) -> str:
    shown = text if len(text) <= _LONGEST + 16 else f"{text[: _LONGEST + 15]}…"
    return shown.replace("&", "&&")
