"""A place on a Debian machine where Windows programs run: Wine, a prefix with user 张三 and code page 936.

Wine 8 lacks three small libraries that Qt and Python ask for, and its own C runtime is not whole. The prefix gets
stubs of the three, compiled from packaging/windows/wine/*.c, and Microsoft's C runtime from a wheel that carries
it. None of it ever reaches the product (`tree` looks for it).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from devtools import DevError, libraries, quietly, say
from devtools.windows.parts import Parts

USER = "张三"
_PACKAGES = (
    "wine",
    "wine64",
    "gcc-mingw-w64-x86-64-win32",
    "xvfb",
    "xauth",
    "locales",
    "imagemagick",
    "xdotool",
)
_COMPILER = "x86_64-w64-mingw32-gcc"
_STUBS = {"icuuc": [], "mscms": [], "bcryptprimitives": ["-ladvapi32"]}
_OVERRIDES = "ucrtbase,mscms=n,b;winemenubuilder.exe,mscoree,mshtml,propsys="
_FIRST_OVERRIDES = "winemenubuilder.exe,mscoree,mshtml="
_FOLDERS = ("Desktop", "Documents", "Downloads", "Music", "Pictures", "Videos")
_SIZE = "1920x1200x24"
_PREFIX = "2"
"""Another one where a prefix is made otherwise than before, so that those on disk are made anew."""
DPI = {100: 96, 125: 120, 150: 144, 200: 192}
"""Windows' LogPixels for each scale in percent."""


class NoWineError(DevError):
    """Wine cannot be had here; the text says why."""


@dataclass
class Wine:
    """The prefix of a checkout.  folder: everything of it lies there."""

    parts: Parts
    folder: Path
    _screen: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _display: str = ""

    @property
    def drive(self) -> Path:
        """C: as this system sees it."""
        return self.folder / "prefix" / "drive_c"

    @property
    def profile(self) -> Path:
        """The user's own folder."""
        return self.drive / "users" / USER

    def version(self) -> str:
        """Wine's version in words."""
        return quietly(["wine", "--version"], self._settings())[1].splitlines()[0]

    def prepare(self) -> None:
        """Make the prefix where there is none; NoWineError where that cannot be done."""
        _provide()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._start_screen()
        ready = self.folder / "ready"
        if ready.exists() and ready.read_text(encoding="ascii") == _PREFIX:
            return
        started = time.monotonic()
        say("preparing a Windows to test in (a minute or two the first time) ...")
        shutil.rmtree(self.folder / "prefix", ignore_errors=True)
        self._locale()
        self.run(
            ["wineboot", "-i"], seconds=300, settings={"WINEDLLOVERRIDES": _FIRST_OVERRIDES}, windows=False
        )
        self.wait()
        if not self.profile.is_dir():
            raise NoWineError(f"Wine made no profile for {USER}: {list((self.drive / 'users').glob('*'))}")
        for name in _FOLDERS:  # or its links lead to the real home, and shortcuts are written there
            path = self.profile / name
            with suppress(OSError):
                path.unlink()
            path.mkdir(exist_ok=True)
        self._libraries()
        self.registry(r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug", "Debugger", "false")
        self.registry(r"HKCU\Software\Wine", "Version", "win10")
        # Wine would wait two seconds for the word of a window manager, at each window that it shows or hides.
        self.registry(r"HKCU\Software\Wine\X11 Driver", "Managed", "N")
        self.wait()
        ready.write_text(_PREFIX, encoding="ascii")
        say(f"prefix ready in {time.monotonic() - started:.0f} s")

    def run(
        self,
        command: Sequence[str | Path],
        *,
        seconds: float,
        settings: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        windows: bool = True,
        log: Path | None = None,
    ) -> tuple[int, str]:
        """Run a Windows program to its end: exit code and what it said.  TimeoutError after so many seconds.

        windows: False for Wine's own tools.  log: where its words go instead.
        """
        started = self.start(command, settings=settings, cwd=cwd, windows=windows, log=log)
        try:
            said, _ = started.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            started.kill()
            quietly(["wineserver", "-k"], self._settings())
            raise TimeoutError(f"not done after {seconds:.0f} s: {' '.join(map(str, command))}") from None
        return started.returncode, _words(said or b"")

    def start(
        self,
        command: Sequence[str | Path],
        *,
        settings: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        windows: bool = True,
        log: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a Windows program and go on; what it says can be read from its stdout, or goes to `log`."""
        first = ["wine"] if windows else []
        out: IO[bytes] | int = _writer(log) if log is not None else subprocess.PIPE
        return subprocess.Popen(
            [*first, *command],
            cwd=cwd or self.folder,
            env={**self._settings(), **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )

    def registry(self, key: str, name: str, value: str | int) -> None:
        """Write a value of the registry."""
        sort, text = ("REG_SZ", value) if isinstance(value, str) else ("REG_DWORD", str(value))
        code, said = self.run(["reg", "add", key, "/v", name, "/t", sort, "/d", text, "/f"], seconds=60)
        if code:
            raise NoWineError(f"the registry refuses {key}: {said}")

    def value(self, key: str, name: str = "") -> str | None:
        """A value of the registry as text; None where there is none."""
        which = ["/v", name] if name else ["/ve"]
        code, said = self.run(["reg", "query", key, *which], seconds=60)
        if code:
            return None
        line = next((one for one in said.splitlines() if "REG_" in one), "")
        return line.split("REG_", 1)[1].partition(" ")[2].strip() if line else None

    def scale(self, percent: int) -> None:
        """Set the screen's scale for programs that start from now on."""
        self.registry(r"HKCU\Control Panel\Desktop", "LogPixels", DPI[percent])
        self.wait()

    def wait(self) -> None:
        """Wait until no program runs any more."""
        quietly(["wineserver", "-w"], self._settings())

    def end(self) -> None:
        """End all programs, and the screen; also where Wine itself could not be had."""
        with suppress(FileNotFoundError):
            quietly(["wineserver", "-k"], self._settings())
        if self._screen is not None:
            self._screen.terminate()
            self._screen.wait()
            self._screen = None

    def picture(self, target: Path) -> None:
        """What is on the screen, as PNG."""
        code, said = quietly(["import", "-window", "root", target], {"DISPLAY": self._display})
        if code:
            raise DevError(f"no picture of the screen: {said}")

    def windows(self) -> list[str]:
        """The titles of the windows that can be seen."""
        _, said = quietly(["xdotool", "search", "--onlyvisible", "--name", "."], {"DISPLAY": self._display})
        titles = [
            quietly(["xdotool", "getwindowname", one], {"DISPLAY": self._display})[1] for one in said.split()
        ]
        return [title for title in titles if title]

    def keys(self, *names: str) -> None:
        """Press keys (xdotool's names) in the window that has the focus."""
        quietly(["xdotool", "key", "--clearmodifiers", *names], {"DISPLAY": self._display})

    def _settings(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "QT_", "MINGXI_"))
        }
        return kept | {
            "HOME": str(self.folder / "home"),
            "USER": USER,
            "LOGNAME": USER,
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _OVERRIDES,
            "LOCPATH": str(self.folder / "locale"),
            "LC_ALL": "zh_CN.UTF-8",
            "DISPLAY": self._display,
        }

    def _start_screen(self) -> None:
        if self._screen is not None:
            return
        (self.folder / "home").mkdir(exist_ok=True)
        ready, told = os.pipe()
        self._screen = subprocess.Popen(
            [
                "setpriv",
                "--pdeathsig",
                "TERM",
                "Xvfb",
                "-displayfd",
                str(told),
                "-screen",
                "0",
                _SIZE,
                "-nolisten",
                "tcp",
            ],
            pass_fds=[told],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(told)
        with os.fdopen(ready, encoding="ascii") as file:
            number = file.readline().strip()
        if not number:
            raise NoWineError("Xvfb gave no screen")
        self._display = f":{number}"

    def _locale(self) -> None:
        folder = self.folder / "locale"
        folder.mkdir(exist_ok=True)
        quietly(["localedef", "-i", "zh_CN", "-f", "UTF-8", folder / "zh_CN.UTF-8"])

    def _libraries(self) -> None:
        target = self.drive / "windows" / "system32"
        for name, more in _STUBS.items():
            source = self.parts.lists / "wine" / f"{name}.c"
            code, said = quietly(
                [_COMPILER, "-shared", "-O1", "-w", "-o", target / f"{name}.dll", source, *more]
            )
            if code:
                raise NoWineError(f"{source.name} could not be compiled:\n{said}")
        (carrier,) = self.parts.wheels("wine")
        with zipfile.ZipFile(carrier) as archive:
            inside = next(name for name in archive.namelist() if name.endswith("/ucrtbase.dll"))
            (target / "ucrtbase.dll").write_bytes(archive.read(inside))


def _provide() -> None:
    tools = ("wine", "wineserver", "Xvfb", _COMPILER, "localedef", "import", "xdotool")
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing and libraries.can_install():
        say("installing Wine and a cross compiler ...")
        libraries.install(list(_PACKAGES))
        missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        raise NoWineError(
            f"{', '.join(missing)} not there; have an administrator run: apt-get install {' '.join(_PACKAGES)}"
        )


def _writer(log: Path) -> IO[bytes]:
    """A pipe into a file: Windows Python under Wine takes no file for its standard output."""
    with log.open("wb") as file:
        cat = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file)
    assert cat.stdin is not None
    return cat.stdin


def _words(said: bytes) -> str:
    """What a Windows program said: in UTF-8 where it could choose, else in the system's code page."""
    try:
        text = said.decode("utf-8")
    except UnicodeDecodeError:
        text = said.decode("gb18030", "replace")
    lines = [line for line in text.splitlines() if "wine32" not in line and "multiarch" not in line]
    lines = [line for line in lines if not line.startswith(('execute "dpkg', "apt-get install wine32"))]
    return "\n".join(lines).strip()
