"""The virtual environment: made once, stamped, and from then on found ready in milliseconds."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devtools import DevError, libraries, quietly, say

ROOT = Path(__file__).resolve().parents[2]
_WINDOWS = os.name == "nt"
_WHOLE_PYTHON = (
    "Install the full one from python.org (the embeddable package has no venv) and start again."
    if _WINDOWS
    else "Have an administrator run:\n  apt-get update && apt-get install {package}\nand start again."
)


@dataclass(frozen=True)
class Environment:
    """The virtual environment of the checkout at `root`, in its folder .venv."""

    root: Path = ROOT

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.tool("python")

    @property
    def site_packages(self) -> Path:
        """Where its distributions are; the folder need not exist."""
        if _WINDOWS:
            return self.folder / "Lib" / "site-packages"
        return next(self.folder.glob("lib/python3.*/site-packages"), self.folder / "lib")

    @property
    def constraints(self) -> Path:
        """The exact versions."""
        return self.root / "packaging" / "constraints.txt"

    def tool(self, name: str) -> Path:
        """An executable of the environment by its bare name."""
        return self.folder / "Scripts" / f"{name}.exe" if _WINDOWS else self.folder / "bin" / name

    def set_up(self) -> None:
        """Make everything ready that the program and its tests need; nothing to do costs milliseconds.

        Raises DevError with the next step in words where that is impossible.
        """
        if not self.ready():
            self._build()
        libraries.provide()

    def ready(self) -> bool:
        """Whether the last set-up ended well, for these dependencies, and is all still there."""
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if stamp.get("fingerprint") != self.fingerprint() or not self.python.exists():
            return False
        return set(stamp["distributions"]) <= set(self._distributions())

    def fingerprint(self) -> str:
        """Changes with everything that an installed environment depends on, and with nothing else."""
        project = self._project()
        parts: list[Any] = [
            str(self.root),
            self.constraints.read_text(encoding="utf-8"),
            project["build-system"],
            project["project"],
            project["tool"]["hatch"],
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()

    @property
    def _stamp(self) -> Path:
        return self.folder / "mingxi-set-up.json"

    @property
    def _busy(self) -> Path:
        """Lies there while packages are being installed; found at the start, it tells of an interruption."""
        return self.folder / "mingxi-set-up-not-finished"

    def _project(self) -> dict[str, Any]:
        return tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))

    def _distributions(self) -> list[str]:
        try:
            return sorted(path.name for path in self.site_packages.iterdir() if path.suffix == ".dist-info")
        except OSError:
            return []

    def _build(self) -> None:
        started = time.monotonic()
        self._stamp.unlink(missing_ok=True)
        if not self._sound():
            self._create()
        self._busy.touch()
        requires: list[str] = self._project()["build-system"]["requires"]
        say("installing the dependencies (a minute or two the first time) ...")
        self._pip(*requires)
        self._pip("--no-build-isolation", "--editable", f"{self.root}[dev]")
        self._busy.unlink()
        stamp = {"fingerprint": self.fingerprint(), "distributions": self._distributions()}
        self._stamp.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        say(f"set-up done in {time.monotonic() - started:.0f} s")

    def _sound(self) -> bool:
        """Whether an environment is there that pip can go on with."""
        return self._works() and not self._busy.exists() and self._at_home()

    def _at_home(self) -> bool:
        """Whether it was made where it lies now; the scripts of a copied or moved one still start the old one."""
        try:
            return str(self.folder) in (self.folder / "pyvenv.cfg").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return False

    def _works(self) -> bool:
        if not self.python.exists():
            return False
        probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
        return subprocess.run([self.python, "-c", probe], capture_output=True, check=False).returncode == 0

    def _create(self) -> None:
        if self.folder.exists():
            say("the virtual environment is broken, moved or half made: making it anew ...")
            try:
                shutil.rmtree(self.folder)
            except OSError as error:
                raise DevError(
                    f"{self.folder} cannot be removed: {error}\nEnd the programs that run from it and start again."
                ) from error
        else:
            say("making the virtual environment ...")
        _provide_ensurepip()
        code, said = quietly([sys.executable, "-m", "venv", self.folder])
        if code:
            say(said)
            raise DevError(f"python -m venv {self.folder} failed (above). Mend that and start again.")

    def _pip(self, *arguments: str) -> None:
        """pip install, as this machine is configured, in the exact versions."""
        options = [
            "--disable-pip-version-check",
            "--no-input",
            "install",
            "--constraint",
            str(self.constraints),
        ]
        code, said = quietly([self.python, "-m", "pip", *options, *arguments], cwd=self.root)
        if code == 0:
            return
        say(said)
        if code > 0:
            self._busy.unlink()  # pip ended by itself and left things in order
        raise DevError(
            "pip could not install the dependencies (its message is above). Most often the network or the\n"
            "package index cannot be reached: check that, then run the same command again. If it stays, delete\n"
            f"{self.folder} and run it once more."
        )


def _provide_ensurepip() -> None:
    """Debian keeps it in a package of its own. Raises DevError where it cannot be had."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if libraries.can_install():
        say(f"installing {package} ...")
        libraries.install([package])
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        raise DevError(
            f"This Python cannot make virtual environments. {_WHOLE_PYTHON.format(package=package)}"
        )
