"""forms/*.ui, drawn in Qt Designer, become mingxi_desktop/ui/forms/ui_*.py; both are committed.

Qt's compiler makes `setupUi` a function, which would keep the window waiting for the whole form. Ours is a generator
that pauses after each widget.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from devtools import DevError, say
from devtools.environment import Environment

_PUT_IN_PLACE = re.compile(r"^( +)self\.\w+\.(?:add|set)Widget\(.*\)$", re.MULTILINE)
"""A line of a compiled form after which one more of its widgets stands where it belongs."""


def write(env: Environment) -> None:
    """Bring the compiled forms up to date: write what differs, remove what has no drawing any more."""
    target = _target(env)
    compiled = _compile_all(env)
    target.mkdir(parents=True, exist_ok=True)
    for path in _committed(env):
        if path.name not in compiled:
            path.unlink()
            say(f"removed {path.relative_to(env.root)}")
    for name, text in compiled.items():
        path = target / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            say(f"wrote {path.relative_to(env.root)}")


def stale(env: Environment) -> list[str]:
    """Names of compiled forms that are missing, differ from their drawing, or have none."""
    compiled = _compile_all(env)
    committed = {path.name: path.read_text(encoding="utf-8") for path in _committed(env)}
    names = compiled.keys() | committed.keys()
    return sorted(name for name in names if compiled.get(name) != committed.get(name))


def _compile_all(env: Environment) -> dict[str, str]:
    drawings = sorted((env.root / "forms").glob("*.ui"))
    return {f"ui_{path.stem}.py": _compile(env, path) for path in drawings}


def _compile(env: Environment, drawing: Path) -> str:
    """The Python text of a drawing: with pauses, without the line that names the compiler's version."""
    result = subprocess.run(
        [_compiler(env), "-g", "python", drawing.name],
        cwd=drawing.parent,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if result.returncode or result.stderr.strip():
        raise DevError(f"forms/{drawing.name} does not compile:\n{result.stderr.strip()}")
    lines = result.stdout.splitlines()
    kept = [line for line in lines if not line.startswith("## Created by:")]
    return _PUT_IN_PLACE.sub(r"\g<0>\n\1yield", "\n".join(kept)).rstrip() + "\n"


def _compiler(env: Environment) -> Path:
    """Qt's own uic: pyside6-uic is only a slow way of starting it."""
    package = env.site_packages / "PySide6"
    return package / "uic.exe" if os.name == "nt" else package / "Qt" / "libexec" / "uic"


def _target(env: Environment) -> Path:
    return env.root / "mingxi_desktop" / "ui" / "forms"


def _committed(env: Environment) -> list[Path]:
    return sorted(_target(env).glob("ui_*.py"))
