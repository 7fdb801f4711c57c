"""The program as it was installed under Wine: where it lies, and how it is started, looked at and ended."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devtools import DevError
from devtools.windows import suite, tree
from devtools.windows.wine import Wine

NAME = "明溪应急台账"
_WINDOW_SECONDS = 120
_POLL = 0.5


class TrialError(DevError):
    """The program or its setup did not do under Wine what it must; the text says what."""


def expect(right: object, what: str) -> None:
    """TrialError with `what` where something is not as it must be."""
    if not right:
        raise TrialError(what)


@dataclass(frozen=True)
class Installed:
    """The installed program of Wine's user, whether or not it is there just now."""

    wine: Wine

    @property
    def place(self) -> Path:
        """What the setup program makes by itself, and the uninstaller takes away."""
        return self.wine.profile / "AppData" / "Local" / "Programs" / NAME

    @property
    def folder(self) -> Path:
        """The program in it, whole as it was built."""
        return self.place / "app"

    @property
    def uninstaller(self) -> Path:
        """What takes it off again."""
        return self.place / "uninstall.exe"

    @property
    def shortcuts(self) -> list[Path]:
        """The shortcuts that it must have: program, uninstaller, desktop."""
        menu = self.wine.profile / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs" / NAME
        return [menu / f"{NAME}.lnk", menu / f"卸载{NAME}.lnk", self.wine.profile / "Desktop" / f"{NAME}.lnk"]

    @property
    def documents(self) -> Path:
        """The user's documents."""
        return self.wine.profile / "Documents"

    def named(self, path: Path) -> str:
        """A path as Windows programs name it."""
        return suite.windows_path(self.wine, path)

    def files(self) -> dict[str, str]:
        """Path → SHA-256 of all files of the program; {} when it is not installed."""
        return tree.contents(self.folder) if self.folder.is_dir() else {}

    def listed(self) -> dict[str, str]:
        """The same as the list that came with them says."""
        lines = (self.folder / tree.CONTENTS).read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}

    def whole(self) -> None:
        """TrialError where a file is missing, is another, or is left from another version."""
        there, listed = self.files(), self.listed()
        wrong = sorted({name for name, _ in there.items() ^ listed.items()})
        expect(not wrong, f"installed files are not those of the list: {', '.join(wrong[:5])} ({len(wrong)})")

    def says(self, *arguments: str | Path, seconds: float = 600) -> Any:
        """What a verb answers as JSON, paths given to it as Windows names them; TrialError where it refuses."""
        words = [one if isinstance(one, str) else self.named(one) for one in arguments]
        started = self._start("python.exe", [*words, "--json"], {})
        said, _ = started.communicate(timeout=seconds)
        text = said.decode("utf-8", "replace")
        if started.returncode:
            raise TrialError(f"mingxi {' '.join(words)} ended with {started.returncode}: {text[-2000:]}")
        lines = [line for line in text.splitlines() if line.startswith(("{", "["))]
        return json.loads(lines[-1]) if lines else None

    def open(self, ledger: Path, settings: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start the window on a ledger, as a double click on the file does, and wait until it is there."""
        log = self.wine.folder / "window.log"
        started = self._start("pythonw.exe", ["--db", self.named(ledger)], settings or {}, log)
        deadline = time.monotonic() + _WINDOW_SECONDS
        while not any(NAME in title for title in self.wine.windows()):
            if started.poll() is not None or time.monotonic() > deadline:
                raise TrialError(f"no window: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
            time.sleep(_POLL)
        return started

    def close(self, window: subprocess.Popen[bytes], seconds: float = 60) -> None:
        """Close the window as its corner button does, and wait for the end of the program."""
        self.wine.run(["taskkill", "/IM", "pythonw.exe"], seconds=60)  # asks: without /F it is a WM_CLOSE
        try:
            window.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TrialError(f"the window did not close: {self.wine.windows()}") from None
        expect(window.returncode == 0, f"the program ended with {window.returncode}")

    def _start(
        self, python: str, arguments: list[str], settings: Mapping[str, str], log: Path | None = None
    ) -> subprocess.Popen[bytes]:
        command: list[str | Path] = [self.folder / "python" / python, "-m", "mingxi_desktop", *arguments]
        return self.wine.start(command, settings=settings, cwd=self.documents, log=log)
