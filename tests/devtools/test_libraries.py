"""What Qt needs of a Linux system, with apt-get replaced by a stand-in."""

from __future__ import annotations

import sys

import pytest

from devtools import DevError, libraries


@pytest.fixture
def nothing_there(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A Linux without any of the libraries; returns the commands that are run."""
    commands: list[list[str]] = []

    def quietly(command: list[str], settings: dict[str, str]) -> tuple[int, str]:
        commands.append(command)
        monkeypatch.setattr(libraries, "_present", lambda _: True)
        return 0, ""

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(libraries, "_present", lambda _: False)
    monkeypatch.setattr(libraries, "quietly", quietly)
    return commands


def test_root_on_debian_installs_them(
    nothing_there: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "can_install", lambda: True)
    libraries.provide()
    update, install = nothing_there
    assert update[-1] == "update"
    assert {"libegl1", "libxcb-cursor0", "libglib2.0-0"} <= set(install)


def test_others_are_told_the_command(nothing_there: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "can_install", lambda: False)
    with pytest.raises(DevError, match=r"apt-get install --no-install-recommends libbrotli1 libdbus-1-3"):
        libraries.provide()
    assert not nothing_there


def test_without_a_screen_its_libraries_are_not_missed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(libraries, "can_install", lambda: False)
    monkeypatch.setattr(libraries, "_present", lambda name: name in libraries.ALWAYS)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    libraries.provide()
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("DISPLAY", ":0")
    libraries.provide()
    assert "libxcb-cursor0" in capsys.readouterr().err


def test_a_library_is_found_or_not() -> None:
    assert libraries.missing_packages({"libmingxi.so.9": "libmingxi9"}) == ["libmingxi9"]
    if sys.platform.startswith("linux"):
        assert libraries.missing_packages({"libc.so.6": "libc6"}) == []
