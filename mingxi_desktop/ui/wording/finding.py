"""查找 in the text: what is searched is what is seen, values of chips included."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mingxi_desktop.ui import theme
from mingxi_desktop.ui.shapes import button, label
from mingxi_desktop.ui.wording.blocks import blocks, runs
from mingxi_desktop.ui.wording.chip_edit import ChipEdit
from mingxi_desktop.ui.wording.chips import OBJECT
from mingxi_desktop.ui.wording.faces import Faces
from mingxi_desktop.ui.wording.source import Sort

_LONGEST = 20
"""Signs of a selection that is taken for what to look for."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def matches(document: QTextDocument, faces: Faces, wanted: str) -> list[tuple[int, int]]:
    """Where a text stands, half open; a chip counts where it begins or ends within."""
    found: list[tuple[int, int]] = []
    needle = _folded(wanted)
    if not needle:
        return found
    for block in blocks(document):
        seen = list(_seen(block.position(), runs(block), faces))
        text = _folded("".join(sign for sign, _, _ in seen))
        start = text.find(needle)
        while start >= 0:
            end = start + len(needle) - 1
            found.append((seen[start][1], seen[end][2]))
            start = text.find(needle, start + len(needle))
    return found


def _folded(text: str) -> str:
    """In small letters, sign for sign."""
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


def _seen(start: int, parts: Iterator, faces: Faces) -> Iterator[tuple[str, int, int]]:
    """Each sign that is seen, and where what it belongs to begins and ends in the document."""
    for run in parts:
        if run.sort is Sort.TEXT:
            for place, sign in enumerate(run.source):
                yield sign, start + run.at + place, start + run.at + place + 1
        else:
            for sign in faces.face(run.source).value:
                yield sign, start + run.at, start + run.end


class FindBar(QWidget):
    """A line to type into; Enter goes on to the next place, Shift+Enter back, Esc closes."""

    def __init__(self, edit: ChipEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self.line = QLineEdit()
        self.line.setAccessibleName("在文字里查找")
        self.line.setPlaceholderText("在文字里查找")
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumWidth(160)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(lambda _: self.seek(0))
        self._count = label(role="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._count)
        layout.addWidget(button("上一处", lambda: self.seek(-1)))
        layout.addWidget(button("下一处", lambda: self.seek(1)))
        layout.addWidget(button("关闭查找", self._close, link=True))
        self.hide()

    def begin(self) -> None:
        """Show the bar, with what is selected to look for."""
        selected = self._edit.textCursor().selectedText()
        self.show()
        if selected and len(selected) <= _LONGEST and selected.isprintable() and OBJECT not in selected:
            self.line.setText(selected)
        self.line.setFocus()
        self.line.selectAll()

    def seek(self, step: int) -> None:
        """Go to the next place (1), the one before (-1), or the first from here on (0), round the ends."""
        self._edit.finish()
        found = matches(self._edit.document(), self._edit.faces, self.line.text())
        self._tell(0, len(found))
        if not found:
            return
        here, places = self._edit.textCursor().selectionStart(), range(len(found))
        if step < 0:
            place = next((n for n in reversed(places) if found[n][0] < here), len(found) - 1)
        else:
            place = next((n for n in places if found[n][0] >= here + step), 0)
        self._edit.select(*found[place])
        self._tell(place + 1, len(found))

    def _tell(self, place: int, count: int) -> None:
        words = f"第 {place} 处，共 {count} 处" if count else "没有找到"
        self._count.setText(words if self.line.text() else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _ENTER:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.seek(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        return super().eventFilter(watched, event)

    def _close(self) -> None:
        self.hide()
        self._edit.setFocus()
