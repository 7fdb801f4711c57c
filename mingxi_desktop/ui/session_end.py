"""The PC is shut down or its user logs off: what is typed is kept as drafts, the ledger closed, nothing asked.

Windows first asks every program whether the session may end, which another one may still prevent, and then gives
each a few seconds. So no backup is made here; the next start makes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication

from mingxi_desktop.ui import window_place
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QSessionManager

_PATIENCE = 2.0


class SessionEnd(QObject):
    """Watches for the end of the session.

    window: the one that is open; None between two.  close: lets go of the ledger without a word, once it is certain.
    """

    def __init__(
        self, app: QApplication, window: Callable[[], MainWindow | None], close: Callable[[], object]
    ) -> None:
        super().__init__(app)
        self._window = window
        self._close = close
        self._ending = False
        app.commitDataRequest.connect(self.prepare)
        app.aboutToQuit.connect(self.end)

    def prepare(self, _manager: QSessionManager | None = None) -> None:
        """The session may end: everything is put on the disk, and the window stays as it is."""
        self._ending = True
        window = self._window()
        if window is None:
            return
        from mingxi_desktop.ui import drafts  # the window shows before any form does
        from mingxi_desktop.ui.unfinished import Unfinished

        for unfinished in window.findChildren(Unfinished):
            unfinished.note_now()
        report = window.report_page()
        if report is not None:
            report.save_wording()  # there are no drafts of it, and this can be undone
            _wait_for(window.context)
        drafts.settle()
        window_place.note(window, window.context.settings)

    def end(self) -> None:
        """The session does end; the system takes the process away as soon as this returns."""
        window = self._window()
        # Had another program prevented it, the window would have been closed by its user before the program ends.
        if self._ending and window is not None and window.isVisible():
            self._close()


def _wait_for(context: Context) -> None:
    """Until what is being saved is saved; the system gives us five seconds in all."""
    from PySide6.QtCore import QEventLoop

    end = time.monotonic() + _PATIENCE
    while context.worker.busy and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
