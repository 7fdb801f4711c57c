"""What the command line says: one JSON document for programs, Chinese sentences for people."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingxi_desktop import APP_NAME, texts
from mingxi_desktop.errors import UserError
from mingxi_desktop.patterns import pattern

_WARNING = 0x30
"""MB_OK and MB_ICONWARNING."""
_COMMANDS = pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What a terminal obeys, or what turns the direction of writing; line ends and tabs are the program's own."""


class Output:
    """The answer goes to standard output, progress and messages to standard error.

    json: the answer is exactly one JSON document.  quiet: nothing but answers and errors.
    unheard: there is no console (pythonw): why nothing happens is told in a box.
    """

    def __init__(self, *, json: bool, quiet: bool, unheard: bool = False) -> None:
        self.json = json
        self.quiet = quiet
        self.unheard = unheard
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a console without Chinese shows ? and goes on
                stream.reconfigure(errors="replace")

    def answer(self, document: Any, text: str) -> None:
        """The result of a verb: the document for programs, or the text for people."""
        if self.json:
            self.line(document)
        elif text:
            with _to_a_reader():
                sys.stdout.write(harmless(text) + "\n")
                sys.stdout.flush()

    def line(self, document: Any) -> None:
        """One JSON document on a line of its own, handed on at once."""
        data = to_json(document).encode("utf-8") + b"\n"
        with _to_a_reader():
            sys.stdout.flush()
            # Not through the text layer: its code page is the console's, JSON is UTF-8.
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def note(self, text: str) -> None:
        """A message beside the answer."""
        if not self.quiet:
            self._tell(text)

    def error(self, error: UserError) -> None:
        """Why something was refused; on standard error where standard output cannot be written to."""
        try:
            if self.json:
                self.line(error_document(error))
            else:
                self._tell(str(error))
        except BrokenPipeError:
            raise
        except OSError:
            abandon_stdout()
            self._tell(str(error))
        if self.unheard:
            _show(harmless(str(error)))

    def _tell(self, text: str) -> None:
        with contextlib.suppress(OSError):  # nobody listens on standard error: nothing more to be said
            sys.stderr.write(harmless(text) + "\n")
            sys.stderr.flush()


@contextlib.contextmanager
def _to_a_reader() -> Iterator[None]:
    """BrokenPipeError where nobody reads on; Windows calls that an invalid argument."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from error
        raise


def _show(text: str) -> None:
    """A box of the system's own: Qt may be what cannot be started."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, APP_NAME, _WARNING)


def error_document(error: UserError) -> dict[str, Any]:
    """A refusal for programs: error, detail, hint, and field (None where none is at fault), as JSON has them."""
    return {
        "error": error.title,
        "detail": error.detail,
        "hint": error.hint,
        "field": error.field or None,
    }


def to_json(document: Any) -> str:
    """JSON text on one line, Chinese as it is; lone surrogates (bad file names) and what a terminal obeys escaped."""
    text = json.dumps(document, ensure_ascii=False, default=_plain, allow_nan=False)
    safe = _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return safe.encode("utf-8", "backslashreplace").decode("utf-8")


def harmless(text: str) -> str:
    """A text for people in which a record cannot give commands to their terminal: those are written as escapes."""
    return _COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def table(header: Sequence[str], rows: Sequence[Sequence[str]], widest: int = 28) -> str:
    """Columns in line, wide characters counted as two; longer texts end in …."""
    cut = [[_cut(" ".join(text.split()), widest) for text in row] for row in (header, *rows)]
    widths = [max(texts.wide_len(row[place]) for row in cut) for place in range(len(header))]
    lines = [
        "  ".join(
            text + " " * (width - texts.wide_len(text)) for text, width in zip(row, widths, strict=True)
        )
        for row in cut
    ]
    return "\n".join(line.rstrip() for line in lines)


def _cut(text: str, widest: int) -> str:
    if texts.wide_len(text) <= widest:
        return text
    while texts.wide_len(text) > widest - 2:
        text = text[:-1]
    return text + "…"


def abandon_stdout() -> None:
    """Nobody reads on: what is still waiting must not raise again when the program ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
