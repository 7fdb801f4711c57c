"""From nothing to the window: settings, the ledger file, the worker, and back again."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from mingxi_desktop import paths
from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import Ledger, door, operators
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.ui import (
    app_setup,
    ask,
    recent,
    stored_settings,
    taking_apart,
    taskbar,
    turns,
    veil,
    window_place,
)
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority, Worker
from mingxi_desktop.ui.second_start import Doorbell, shown_by_first
from mingxi_desktop.ui.session_end import SessionEnd
from mingxi_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from mingxi_desktop.ledger.safekeeping.backups import Made
    from mingxi_desktop.ui.idle import Lock
    from mingxi_desktop.ui.keeper import Keeper

_LAST = "ledger/last"
_PAINTED = 100
"""Milliseconds in which the first page is painted."""
_RECORDS_SAVED = "记录都已保存。"
_MADE_LATER = "不想等可以先不做，下次打开半小时后补上。"
_TAKES_TURNS = 0.0001
"""Seconds after which the thread that computes gives Python to one that waits for it; Python's own are 0.005.

Nearly every call from Qt into Python and back may have to wait that long while the worker computes: a turn in which a
page is made has up to a hundred of them, and 0.0005 added as much to it as it takes itself.  Windows counts in whole
milliseconds and so waits not at all, which serves the same end.
"""


class Program:
    """The window and what it stands on; opens one ledger at a time."""

    def __init__(self, settings: QSettings) -> None:
        self.settings = settings
        self.window: MainWindow | None = None
        self.worker: Worker | None = None
        self.keeper: Keeper | None = None

    def open(self, path: Path) -> MainWindow:
        """A window on a ledger, for which a password may be asked; UserError when it cannot be opened.

        PasswordError where nobody knew the password.
        """
        entered = str(self.settings.value("operator", ""))
        operator = operators.operator_of(entered)

        def begin(password: str = "") -> Worker:
            return Worker(lambda: Ledger.open(path, operator=operator, password=password, later=True))

        try:
            window = self._window_on(path, begin())
        except PasswordError as error:
            from mingxi_desktop.ledger import held
            from mingxi_desktop.ui.dialogs import unlock

            held.refuse_held(path)  # an encrypted one says so before anybody sees that it is in use
            worker = unlock.ask_for(path, begin, error)
            if worker is None:
                raise
            window = self._window_on(path, worker)
        self.worker, self.window = window.context.worker, window
        veil.current().lift(False)
        window.reopen = self._reopen
        self.settings.setValue(_LAST, str(path))
        recent.remember(self.settings, path)
        taskbar.remember(path)
        window_place.put_back(window, self.settings)
        window.began.connect(partial(self._go_on, window))
        window.show()
        for said in (operators.notice(entered), stored_settings.fault(self.settings)):
            if said:
                window.context.said.emit(said)
        Doorbell(window, path).backup_wanted.connect(partial(_look_at, window))
        return window

    def _go_on(self, window: MainWindow) -> None:
        """Once nobody waits for the ledger any more, the first page is there, and is painted before all else."""
        then = partial(QTimer.singleShot, _PAINTED, window, partial(self._accompany, window))
        window.context.read(_nothing, done=lambda _: then(), owner=window, priority=Priority.LAST)

    def _accompany(self, window: MainWindow) -> None:
        """What goes on beside the clerk's work."""
        if self.window is not window or not window.isEnabled():
            return  # it is closed already, or about to be
        from mingxi_desktop.ui import first_words
        from mingxi_desktop.ui.idle import Lock
        from mingxi_desktop.ui.keeper import Keeper
        from mingxi_desktop.ui.loading_ahead import LoadingAhead
        from mingxi_desktop.ui.looking_through import LookingThrough
        from mingxi_desktop.ui.own_files_look import OwnFilesLook

        context = window.context
        self.keeper = Keeper(context)
        self._watch_clocks(window, Lock(context), self.keeper)
        first_words.tell(context)
        LookingThrough(context, self._damaged, self._changed)
        OwnFilesLook(context)
        LoadingAhead(context)

    def _window_on(self, path: Path, worker: Worker) -> MainWindow:
        """A window, not yet shown; what keeps the file from being opened leaves none."""
        window = MainWindow(
            Context(path, worker, self.settings)
        )  # meanwhile: it asks nothing before it is seen
        try:
            # A fault is told before a window shows; the one before stays alive until then.
            worker.wait_open(painting=any(one.isVisible() for one in QApplication.topLevelWidgets()))
        except BaseException:
            worker.close()
            window.deleteLater()
            raise
        return window

    @staticmethod
    def _watch_clocks(window: MainWindow, lock: Lock, keeper: Keeper) -> None:
        """After a sleep and at midnight: the lock, the backup that is due, and all that depends on today."""
        from mingxi_desktop.ui.waking import Waking

        waking = Waking(window)
        waking.woke.connect(lock.look)
        waking.woke.connect(keeper.catch_up)
        waking.new_day.connect(window.look_around)
        waking.new_day.connect(partial(_tell_new_day, window.context))

    def leave(self) -> None:
        """Let go of the file at once and ask nothing: the session ends, and the system waits for seconds only."""
        if self.window is not None:
            self.window.leaving = True
            self.window.close()
        if self.worker is not None:
            self.worker.close()
        self.close("")

    def close(self, reason: str | None = None) -> None:
        """Finish what is being saved, make a backup if anything changed, and let go of the file.

        reason: of the backup; None for the closing.  "" for none, for one of a damaged ledger would be taken for the
        newest good one.
        """
        from mingxi_desktop.ledger.safekeeping.backups import CLOSING

        if self.window is not None:
            turns.paint_later(self.window)
            self.window.setEnabled(False)  # what is typed from now on would be in no backup
        if self.keeper is not None:
            self.keeper.close()
            self.keeper = None
        if self.worker is not None:
            if reason != "":
                self._back_up(self.worker, reason or CLOSING)
            self.worker.close(painting=reason != "")
            self.worker = None
        if self.window is not None:
            for dialog in self.window.findChildren(QDialog):
                dialog.close()
            taking_apart.let_go(self.window)
            self.window = None

    def _back_up(self, worker: Worker, reason: str) -> None:
        """The backup of the closing window; a fault is told and keeps nobody from leaving."""
        from mingxi_desktop.ledger.safekeeping import backups, closing
        from mingxi_desktop.ui import waiting

        try:
            last = reason == backups.CLOSING
            made = waiting.on_worker(
                worker,
                f"{_RECORDS_SAVED}正在备份台账……{_MADE_LATER}" if last else "正在备份台账……",
                lambda ledger, progress: closing.back_up(ledger, reason, progress),
                skip="这次不备份" if last else "",
            )
            if made is None:
                return
            readable = ""
            if last:
                text = "备份已做好，正在另存一份全部台账的表格……"
                readable = waiting.on_worker(worker, text, _write_readable, skip="这次不存表格") or ""
            _tell_missed(made, readable)
        except UserError as error:
            hint = f"{error.hint}{_RECORDS_SAVED}"
            ask.show_error(UserError(f"{error.title}（{reason}的备份）", error.detail, hint))

    def _damaged(self, problems: Sequence[str]) -> None:
        """The open ledger turned out to be damaged: close it, repair it, open it again."""
        from mingxi_desktop.ledger.safekeeping.plain_words import in_plain_words
        from mingxi_desktop.ui.dialogs import recovery

        found = "；".join(in_plain_words(problems)[:3])
        text = (
            f"{found}。\n\n点“修复…”先关上窗口，再选修复的办法；损坏的文件会改名保留。"
            "点“取消”先接着用，下次打开再核对。"
        )
        title = "台账上次没有正常关闭，核对时发现它损坏了"
        if self.window is None or not ask.question(title, text, yes="修复…", parent=self.window):
            return
        path = self.window.context.path
        self.close("")
        if not self.start(recovery.repaired(path) or path):
            QApplication.quit()

    def _changed(self, error: UserError) -> None:
        """The open ledger was changed outside the program: close it, to which nothing was written, and repair it."""
        if self.window is None:
            return
        from mingxi_desktop.ui.dialogs import recovery

        path = self.window.context.path
        self.close("")
        doing = "台账文件在程序之外被改动过，先不打开了。正在检查……"
        if not self._open_or_ask(recovery.recovered(path, error, doing=doing)):
            QApplication.quit()

    def start(self, wanted: Path | None) -> bool:
        """Open the wanted ledger, the last one, or ask; whether a window is open."""
        return self._open_or_ask(wanted or self._last())

    def _open_or_ask(self, path: Path | None) -> bool:
        backup = None
        while True:
            if path is None:
                path = self._ask()
                if path is None:
                    return False
            try:
                window = self.open(path)
            except PasswordError:
                path = None  # nothing to tell: who was asked has cancelled
            except door.BackupError as error:
                path, backup = self._opened_backup(error.path)
            except UserError as error:
                if shown_by_first(path, error, backup):
                    return False
                path = _recovered(path, error)
            else:
                if backup is not None:
                    QTimer.singleShot(0, window, partial(_look_at, window, backup))
                return True

    def _opened_backup(self, source: Path) -> tuple[Path | None, Path | None]:
        """(the ledger to open, the backup to look at in it)."""
        from mingxi_desktop.ui import backup_opened

        last = self._last()
        known = [last, *recent.recent_files(self.settings)] if last is not None else []
        return backup_opened.way_on(source, known)

    def _last(self) -> Path | None:
        kept = str(self.settings.value(_LAST, ""))
        path = Path(kept) if kept else paths.default_db()
        try:
            return path if path.exists() else None
        except OSError:
            return path  # on a disk that is locked: opening it tells, where no file would be taken for none at all

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
        from mingxi_desktop.ledger.safekeeping.backups import BEFORE_RESTORE

        self.close(BEFORE_RESTORE if backup is not None else None)
        try:
            aside = None
            missing: list[str] = []
            if backup is not None:
                from mingxi_desktop.ledger.safekeeping import restoring
                from mingxi_desktop.ui import waiting

                restore = partial(restoring.restore, backup, chosen, said=missing.append)
                aside = waiting.on_its_own("正在恢复……", restore)
            window = self.open(chosen)
            if backup is not None:
                from mingxi_desktop.ui.undone import note_restored

                note_restored(window.context, backup, aside, window)
            if missing:
                from mingxi_desktop.ui import refused

                refused.tell_missing(missing, window)
        except PasswordError:
            if not self.start(before if before != chosen else None):
                QApplication.quit()
        except UserError as error:
            again = None if shown_by_first(chosen, error) else _recovered(chosen, error)
            if not self.start(again or before):
                QApplication.quit()


def _recovered(path: Path, error: UserError) -> Path | None:
    from mingxi_desktop.ui import refused

    return refused.way_on(path, error)


def _look_at(window: MainWindow, backup: Path) -> None:
    from mingxi_desktop.ui import backup_opened

    backup_opened.look_at(window, backup)


def _tell_new_day(context: Context) -> None:
    from mingxi_desktop.domain.records import Changes

    context.changed.emit(Changes("新的一天"))


def _nothing(_: Ledger) -> None:
    """Nothing but a place among what is asked of the ledger."""


def _tell_missed(made: Made, readable: str) -> None:
    """What did not go as it should besides a backup that was made.  readable: why there is no new workbook."""
    flaws = [f"台账本身有问题：{one}；下次打开，用【工具 → 检查数据完整性】看看。" for one in made.flaws[:1]]
    said = [*made.warnings, *filter(None, [readable]), *flaws]
    if said:
        ask.show_message("备份已做好，但有的事没有做成", "\n\n".join(said))


def _write_readable(ledger: Ledger, progress: Callable[[int, int], None]) -> str:
    from mingxi_desktop.ledger.safekeeping import closing

    return closing.write_readable(ledger, progress)


def open_settings() -> QSettings:
    """The settings of this PC, an INI file in the data folder."""
    folder = paths.data_dir()
    folder.mkdir(parents=True, exist_ok=True)
    return QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)


def run(db: Path | None) -> int:
    """Show the window and work until it is closed; the exit code."""
    sys.setswitchinterval(_TAKES_TURNS)
    gc.disable()  # for the whole process: see `garbage`; on another thread it would destroy Qt objects
    settings = open_settings()
    sans = delivered()[1]
    appearance = str(settings.value("appearance", "system"))
    app = app_setup.make_application(sys.argv[:1], fonts=(sans,), appearance=appearance)
    app.setQuitOnLastWindowClosed(False)
    app_setup.catch_bugs()
    program = Program(settings)
    app.lastWindowClosed.connect(lambda: _maybe_quit(program))
    SessionEnd(app, lambda: program.window, program.leave)
    if not program.start(db):
        return 0
    code = app.exec()
    program.close()
    return code


def _maybe_quit(program: Program) -> None:
    """The last window closed: the end, unless another ledger is being opened."""
    if program.window is None or not program.window.isVisible():
        QApplication.quit()
