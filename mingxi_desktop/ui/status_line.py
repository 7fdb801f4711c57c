"""The status bar: at the left what the page in front says of itself, at the right what was done last."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar

_NEWS = 20_000
"""Milliseconds that a remark stays."""
_STAYS = "已保存"
"""How a sentence begins that stays true."""


class StatusLine:
    """The two sentences of a window's status bar."""

    def __init__(self, bar: QStatusBar) -> None:
        bar.setSizeGripEnabled(False)
        self.page, self.news = QLabel(bar), QLabel(bar)
        self.news.setAccessibleName("最近的操作")
        for part in (self.page, self.news):
            part.setTextFormat(Qt.TextFormat.PlainText)
        bar.addWidget(self.page, 1)
        bar.addPermanentWidget(self.news)
        self._fading = QTimer(bar, singleShot=True, interval=_NEWS)
        self._fading.timeout.connect(self.news.clear)

    def say(self, text: str) -> None:
        """Of the page in front; "" for nothing."""
        self.page.setText(text)
        self.page.setToolTip(text)

    def tell(self, sentence: str) -> None:
        """What was done: that it is saved stays to be read, anything else is no longer true after a while."""
        self.news.setText(sentence)
        if sentence.startswith(_STAYS):
            self._fading.stop()
        else:
            self._fading.start()
