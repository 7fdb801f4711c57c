"""The log file: where bugs go, so that no traceback is ever shown.

It tells what the program did and where it failed, never what stands in a record: long numbers are masked, of an
exception's words only those stay that are the program's own. A file may be sent to whoever maintains the program.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from contextlib import suppress
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from types import TracebackType

_NAME = "mingxi.log"
_BYTES = 1_000_000
_KEPT = 5
_OURS_ALONE = 0o600
# Of these only warnings are worth a line; peewee's debug lines would also hold what the user typed.
_TALKATIVE = ("peewee", "matplotlib", "fontTools", "PIL", "reportlab")

_LONG_NUMBER = (
    r"(?<!\d)(?P<day>(?:\d{5,9}-)?20\d{6}-\d{6}|(?:19|20)\d\d([-.]?)(?:0[1-9]|1[0-2])\2(?:[0-2]\d|3[01]))(?!\d)|"
    r"\d(?:[ \-‐-―－()（）]{0,3}\d){6,}[XxＸｘ]?"
)
"""Seven digits and more, with what people put between them; day: a day, or the stamp in the name of a backup."""
_SHOWN_DIGITS = 3
_QUOTED = r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\""
_NAME_LIKE = r"['\"][A-Za-z_][A-Za-z0-9_.<>]*['\"]"
_FOREIGN = r"[^\x00-\x7f]+"
_INVISIBLE = r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
_INDENT = "    "


class _Handler(logging.FileHandler):
    """A full file gives way to an empty one where it can: on Windows another running program may hold it open.

    Python's own that does so would load what sends records over a network, at every start.
    """

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and os.fstat(self.stream.fileno()).st_size >= _BYTES:
                self._begin_anew()
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is the standard library's
        """Of a full disk: what was to be logged is lost, and nobody's screen is filled with it."""

    def _begin_anew(self) -> None:
        """The next line opens the empty file, or goes on in the full one."""
        self.close()
        names = [
            Path(self.baseFilename),
            *(Path(f"{self.baseFilename}.{number}") for number in range(1, _KEPT + 1)),
        ]
        with suppress(OSError):
            for name, older in reversed([*pairwise(names)]):
                if name.exists():
                    name.replace(older)

    def _open(self) -> TextIOWrapper:
        """The file, readable by its user alone; one that an earlier version made is narrowed down."""
        path = Path(self.baseFilename)
        path.touch(mode=_OURS_ALONE)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(_OURS_ALONE)
        return super()._open()


class _Line(logging.Formatter):
    """A record is one line, whatever its text holds, and what belongs to it is indented: no line can be forged."""

    def format(self, record: logging.LogRecord) -> str:
        moment = self.formatTime(record)
        line = f"{moment} {record.levelname} {record.name}: {masked(_visible(record.getMessage()))}"
        if not record.exc_info:
            return line
        told = told_exception(record.exc_info[1]).splitlines()
        return "\n".join((line, *(f"{_INDENT}{_visible(one)}" for one in told)))


def set_up(log_dir: Path) -> Path:
    """Send all log records of level INFO and up to a UTF-8 file in that folder; return the file.

    Where the folder cannot be written, a folder for temporary files takes its place: a log must not keep the
    program from starting. May be called again; the last call counts. Under pythonw, where the standard streams
    are None, they are replaced by ones that swallow everything.
    """
    _replace_missing_streams()
    handler = _opened(log_dir)
    handler.setFormatter(_Line())
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


def masked(text: str) -> str:
    """The text with long numbers cut short (138********); days and moments in file names stay.

    So no telephone, ID card or bank card is left, however it is written.
    """
    return re.sub(_LONG_NUMBER, _mask, text)


def _mask(found: re.Match[str]) -> str:
    text = found.group()
    groups = re.findall(r"\d+", text)
    if found["day"] or (max(map(len, groups)) < 7 and sum(map(len, groups)) < 10):
        return text
    digits = 0
    shown = []
    for sign in text:
        digits += sign.isdigit()
        shown.append("*" if sign.isalnum() and digits > _SHOWN_DIGITS else sign)
    return "".join(shown)


def told_exception(error: BaseException | None) -> str:
    """An exception, its traceback and what led to it, without the values that its words hold.

    Files and lines of the program stay, and the names of files that the system refused; quoted texts that are no
    names of the program, and everything that is not ASCII, give way to their length.
    """
    parts: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        parts.append(_frames(error.__traceback__) + _words(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nled to\n".join(reversed(parts))


def _frames(trace: TracebackType | None) -> str:
    return "".join(traceback.format_tb(trace))


def _words(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, OSError) and error.errno is not None:
        names = [str(name) for name in (error.filename, error.filename2) if name is not None]
        return masked(f"{kind}: [{error.errno}] {' -> '.join(names)}".rstrip())
    try:
        said = str(error)
    except Exception:  # noqa: BLE001 - a bug in telling of a bug must not hide the first
        said = "(cannot be told)"
    hidden = re.sub(
        _QUOTED,
        lambda found: found[0] if re.fullmatch(_NAME_LIKE, found[0]) else _length(found[0][1:-1]),
        said,
    )
    return masked(f"{kind}: {re.sub(_FOREIGN, lambda found: _length(found[0]), hidden)}")


def _length(text: str) -> str:
    return f"<{len(text)} characters>"


def _visible(text: str) -> str:
    """Control signs, line ends and signs that turn the direction of writing, as escapes."""
    return re.sub(
        _INVISIBLE,
        lambda found: (
            found[0].encode("ascii", "backslashreplace").decode("ascii")
            if ord(found[0]) > 0xFF
            else f"\\x{ord(found[0]):02x}"
        ),
        text,
    )


def _opened(log_dir: Path) -> _Handler:
    try:
        log_dir.mkdir(parents=True, exist_ok=True)
        return _handler(log_dir)
    except OSError:
        import tempfile

        return _handler(Path(tempfile.mkdtemp(prefix="mingxi-log-")))


def _handler(folder: Path) -> _Handler:
    return _Handler(folder / _NAME, encoding="utf-8", errors="backslashreplace")


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
