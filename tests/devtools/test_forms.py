"""Forms compile to what is committed."""

from __future__ import annotations

import sys
from pathlib import Path

import PySide6
import pytest

from devtools import DevError, forms
from devtools.environment import Environment


@pytest.fixture(autouse=True)
def compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(PySide6.__file__).parent
    uic = package / "uic.exe" if sys.platform == "win32" else package / "Qt" / "libexec" / "uic"
    monkeypatch.setattr(forms, "_compiler", lambda _: uic)


def draw(env: Environment, title: str) -> None:
    (env.root / "forms").mkdir(exist_ok=True)
    (env.root / "forms" / "note.ui").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><ui version="4.0"><class>Note</class>'
        '<widget class="QDialog" name="Note"><property name="windowTitle">'
        f"<string>{title}</string></property></widget></ui>",
        encoding="utf-8",
    )


def test_committed_forms_are_as_drawn() -> None:
    assert forms.stale(Environment()) == []


def test_a_drawing_is_compiled_without_version_or_time(env: Environment) -> None:
    draw(env, "明溪")
    assert forms.stale(env) == ["ui_note.py"]
    forms.write(env)
    assert forms.stale(env) == []
    text = (env.root / "mingxi_desktop" / "ui" / "forms" / "ui_note.py").read_text(encoding="utf-8")
    assert "class Ui_Note" in text
    assert "version" not in text


def test_a_compiled_form_pauses_after_each_widget() -> None:
    text = (Environment().root / "mingxi_desktop" / "ui" / "forms" / "ui_hazard.py").read_text(
        encoding="utf-8"
    )
    lines = [line.strip() for line in text.splitlines()]
    pauses = [lines[place - 1] for place, line in enumerate(lines) if line == "yield"]
    placed = [line for line in lines if ".addWidget(" in line or ".setWidget(" in line]
    assert pauses == placed


def test_a_changed_and_a_removed_drawing_are_noticed(env: Environment) -> None:
    draw(env, "明溪")
    forms.write(env)
    draw(env, "三明")
    assert forms.stale(env) == ["ui_note.py"]
    (env.root / "forms" / "note.ui").unlink()
    assert forms.stale(env) == ["ui_note.py"]
    forms.write(env)
    assert forms.stale(env) == []


def test_a_broken_drawing_is_named(env: Environment) -> None:
    draw(env, "<")
    with pytest.raises(DevError, match=r"note\.ui"):
        forms.stale(env)
