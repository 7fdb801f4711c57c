from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop import own_files


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A small program as it is installed, with its list."""
    files = {"logs.py": "a = 1\n", "ui/窗口.py": "b = 2\n", "resources/icons/add.svg": "<svg/>\n"}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = own_files.listing((name, tmp_path / name) for name in files)
    assert made == own_files.listing((name, tmp_path / name) for name in reversed(list(files)))
    (tmp_path / own_files.LIST).write_text(made, encoding="utf-8", newline="\n")
    return tmp_path


def test_an_untouched_program_is_sound_and_so_is_one_that_ran(installed: Path) -> None:
    cache = installed / "__pycache__"
    cache.mkdir()
    (cache / "logs.cpython-311.pyc").write_bytes(b"")
    found = own_files.check(installed)
    assert found.sound
    assert found.sentence() == "完整（3 个文件与发布时一致）"


def test_what_was_changed_is_missing_or_does_not_belong_there_is_named(installed: Path) -> None:
    (installed / "logs.py").write_text("a = 2\n", encoding="utf-8")
    (installed / "resources" / "icons" / "add.svg").unlink()
    (installed / "ui" / "old.py").write_text("", encoding="utf-8")
    (installed / "Thumbs.db").write_bytes(b"")
    found = own_files.check(installed)
    assert (found.changed, found.missing, found.extra) == (
        ("logs.py",), ("resources/icons/add.svg",), ("ui/old.py",)
    )  # fmt: skip
    assert "有 3 处" in found.sentence()


@pytest.mark.parametrize("text", ["", "no list\n", f"{'0' * 64}  ../../etc/passwd\n"])
def test_a_list_that_is_none_is_a_changed_file(installed: Path, text: str) -> None:
    (installed / own_files.LIST).write_text(text, encoding="utf-8")
    assert own_files.check(installed).changed == (own_files.LIST,)


def test_a_checkout_has_no_list() -> None:
    found = own_files.check()
    assert found.sound
    assert found.sentence() == "开发版，没有清单"
