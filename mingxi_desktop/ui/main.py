"""From nothing to the window: settings, the ledger file, the worker, and back again."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, operators
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.ui import app_setup, ask, recent
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.window import MainWindow

_LAST = "ledger/last"


class Program:
    """The window and what it stands on; opens one ledger at a time."""

    def __init__(self, settings: QSettings) -> None:
        self.settings = settings
        self.window: MainWindow | None = None
        self.worker: Worker | None = None

    def open(self, path: Path) -> MainWindow:
        """A window on a ledger; UserError when it cannot be opened."""
        entered = str(self.settings.value("operator", ""))
        operator = operators.operator_of(entered)
        worker = Worker(lambda: Ledger.open(path, operator=operator))
        context = Context(path, worker, self.settings)
        window = MainWindow(context)  # made while the file is being opened: it asks nothing before it is seen
        try:
            worker.wait_open()  # a fault is told before a window shows
        except BaseException:
            worker.close()
            window.deleteLater()
            raise
        self.worker, self.window = worker, window
        window.reopen = self._reopen
        self.settings.setValue(_LAST, str(path))
        recent.remember(self.settings, path)
        window.show()
        if notice := operators.notice(entered):
            context.said.emit(notice)
        return window

    def close(self) -> None:
        """Finish what is being saved and let go of the file."""
        if self.worker is not None:
            self.worker.close()
            self.worker = None
        if self.window is not None:
            self.window.deleteLater()
            self.window = None

    def start(self, wanted: Path | None) -> bool:
        """Open the wanted ledger, the last one, or ask; whether a window is open."""
        path = wanted or self._last()
        while True:
            if path is None:
                path = self._ask()
                if path is None:
                    return False
            try:
                self.open(path)
            except UserError as error:
                ask.show_error(error)
                path = None
            else:
                return True

    def _last(self) -> Path | None:
        kept = str(self.settings.value(_LAST, ""))
        path = Path(kept) if kept else paths.default_db()
        return path if path.exists() else None

    def _ask(self) -> Path | None:
        from mingxi_desktop.ui.dialogs import start

        dialog = start.StartDialog(self.settings)
        return dialog.path if dialog.exec() == QDialog.DialogCode.Accepted else None

    def _reopen(self, path: Path | None, backup: Path | None) -> None:
        """Another ledger (asked for when path is None), or the same one from a backup."""
        before = self.window.context.path if self.window else None
        chosen = path or self._ask()
        if chosen is None:
            return
        self.close()
        try:
            if backup is not None:
                from mingxi_desktop.ledger import keeping

                keeping.restore(backup, chosen)
            self.open(chosen)
        except UserError as error:
            ask.show_error(error)
            if not self.start(before):
                QApplication.quit()


def open_settings() -> QSettings:
    """The settings of this PC, an INI file in the data folder."""
    folder = paths.data_dir()
    folder.mkdir(parents=True, exist_ok=True)
    return QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)


def run(db: Path | None) -> int:
    """Show the window and work until it is closed; the exit code."""
    settings = open_settings()
    sans = delivered()[1]
    appearance = str(settings.value("appearance", "system"))
    app = app_setup.make_application(sys.argv[:1], fonts=(sans,), appearance=appearance)
    app.setQuitOnLastWindowClosed(False)
    app_setup.catch_bugs()
    program = Program(settings)
    app.lastWindowClosed.connect(lambda: _maybe_quit(program))
    if not program.start(db):
        return 0
    code = app.exec()
    program.close()
    return code


def _maybe_quit(program: Program) -> None:
    """The last window closed: the end, unless another ledger is being opened."""
    if program.window is None or not program.window.isVisible():
        QApplication.quit()
