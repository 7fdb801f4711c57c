"""What of the prefix can be tried without Wine."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools import libraries
from devtools.windows import wine
from devtools.windows.parts import Parts


@pytest.fixture
def prefix(env, tmp_path: Path) -> wine.Wine:
    return wine.Wine(Parts(env), tmp_path / "wine")


def test_what_a_program_says_is_read_in_either_encoding() -> None:
    assert wine._words("应急\r\n台账\r\n".encode("gb18030")) == "应急\n台账"
    assert wine._words("应急\n".encode()) == "应急"
    assert (
        wine._words(b"it looks like wine32 is missing, you should install it.\nreal words\n") == "real words"
    )


def test_the_prefix_is_the_clerks_own(prefix: wine.Wine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("HOME", "/root")
    settings = prefix._settings()
    assert not {"PYTHONPATH", "QT_QPA_PLATFORM"} & set(settings)
    assert settings["HOME"] == str(prefix.folder / "home")
    assert settings["USER"] == "张三"
    assert prefix.profile == prefix.folder / "prefix" / "drive_c" / "users" / "张三"


def test_without_wine_it_says_what_to_install(prefix: wine.Wine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wine.shutil, "which", lambda _: None)
    monkeypatch.setattr(libraries, "can_install", lambda: False)
    with pytest.raises(wine.NoWineError, match="apt-get install wine wine64"):
        prefix.prepare()


def test_a_value_of_the_registry(prefix: wine.Wine, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "\r\nHKEY_CURRENT_USER\\Software\\x\r\n    名称    REG_SZ    C:\\a b\\c.exe\r\n"
    monkeypatch.setattr(wine.Wine, "run", lambda *_, **__: (0, said))
    assert prefix.value("HKCU\\Software\\x", "名称") == "C:\\a b\\c.exe"
    monkeypatch.setattr(wine.Wine, "run", lambda *_, **__: (1, "not found"))
    assert prefix.value("HKCU\\Software\\x") is None
