"""The log file: where bugs go, so that no traceback is ever shown."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_NAME = "mingxi.log"
_BYTES = 1_000_000
_KEPT = 5
# Of these only warnings are worth a line; peewee's debug lines would also hold what the user typed.
_TALKATIVE = ("peewee", "matplotlib", "fontTools", "PIL", "reportlab")


class _Handler(RotatingFileHandler):
    """Rotates when it can: on Windows another running program may hold the file open."""

    def doRollover(self) -> None:  # noqa: N802 - the name is the standard library's
        try:
            super().doRollover()
        except OSError:
            if self.stream is None:
                self.stream = self._open()


def set_up(log_dir: Path) -> Path:
    """Send all log records of level INFO and up to a UTF-8 file in that folder; return the file.

    Where the folder cannot be written, a folder for temporary files takes its place: a log must not keep the
    program from starting. May be called again; the last call counts. Under pythonw, where the standard streams
    are None, they are replaced by ones that swallow everything.
    """
    _replace_missing_streams()
    handler = _opened(log_dir)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    _remove_handlers()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    return Path(handler.baseFilename)


def log_file() -> Path:
    """The file that `set_up` opened. Raises RuntimeError before that: whoever names the log must have one."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, _Handler):
            return Path(handler.baseFilename)
    raise RuntimeError("logs.set_up has not been called")


def shut_down() -> None:
    """Close the log file, so that its folder can be moved or deleted."""
    _remove_handlers()
    logging.captureWarnings(capture=False)


def _opened(log_dir: Path) -> _Handler:
    try:
        log_dir.mkdir(parents=True, exist_ok=True)
        return _handler(log_dir)
    except OSError:
        import tempfile

        return _handler(Path(tempfile.mkdtemp(prefix="mingxi-log-")))


def _handler(folder: Path) -> _Handler:
    return _Handler(
        folder / _NAME, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", errors="backslashreplace"
    )


def _remove_handlers() -> None:
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, _Handler):
            root.removeHandler(handler)
            handler.close()


def _replace_missing_streams() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            swallow = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as we do
            setattr(sys, name, swallow)
