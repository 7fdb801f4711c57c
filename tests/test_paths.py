from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError


def test_resources_of_the_checkout_exist() -> None:
    assert paths.resources() == Path(paths.__file__).parents[1] / "resources"
    assert paths.resources().is_dir()


def test_resources_of_a_wheel_lie_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    assert paths.resources() == tmp_path / "resources"


def test_resources_of_a_frozen_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "mingxi_desktop" / "resources"


def test_data_goes_where_the_environment_says(tmp_home: Path) -> None:
    assert paths.data_dir() == tmp_home
    assert paths.default_db() == tmp_home / "明溪应急台账.mxdb"
    assert paths.log_dir() == tmp_home / "logs"
    assert paths.log_dir().is_dir()
    assert not paths.default_db().exists()


def test_data_goes_to_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MINGXI_DATA")
    for name in ("XDG_DATA_HOME", "HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    folder = paths.data_dir()
    assert folder.is_dir()
    assert folder.name == "MingxiLedger"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2024年年报.pdf", "2024年年报.pdf"),
        ('瀚仙镇<1>:"/\\|?*.xlsx', "瀚仙镇_1________.xlsx"),
        ("aux.txt", "_aux.txt"),
        ("Com1", "_Com1"),
        ("com¹.csv", "_com¹.csv"),
        ("nul .tar.gz", "_nul .tar.gz"),
        ("CONIN$", "_CONIN$"),
        ("auxiliary.txt", "auxiliary.txt"),
        ("报告. . ", "报告"),
        ("  报告.docx ", "报告.docx"),
        ("甲\u202e乙\x00\n丙", "甲乙丙"),
        ("\ud800甲", "甲"),
        ("..", "未命名"),
        ("", "未命名"),
        ("\t\u200b", "未命名"),
    ],
)
def test_safe_name(text: str, name: str) -> None:
    assert paths.safe_name(text) == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("aux.txt", "“aux”是 Windows 留给设备的名字"),
        ("COM¹.xlsx", "设备"),
        ("conin$", "设备"),
        ("盖洋镇:隐患.xlsx", "不能有 :"),
        ("报告?*.pdf", "不能有 * ?"),
        ("甲\x01.pdf", "控制字符"),
        ("报告.", "句点或空格"),
        ("报告 ", "句点或空格"),
    ],
)
def test_a_name_that_is_none_on_windows_is_refused_with_one_that_is(name: str, why: str) -> None:
    with pytest.raises(UserError) as caught:
        paths.admit_name(Path("/x") / name)
    assert why in caught.value.detail
    assert paths.safe_name(name) in caught.value.hint
    paths.admit_name(Path("/x") / paths.safe_name(name))


def test_a_demonstration_keeps_its_data_beside_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MINGXI_DATA")
    monkeypatch.setenv(paths.PORTABLE, "1")
    installed = tmp_path / "U盘" / "app" / "site" / "mingxi_desktop"
    monkeypatch.setattr(paths, "_PACKAGE", installed)
    assert paths.data_dir() == tmp_path / "U盘" / "data"
    assert paths.default_db().parent == paths.log_dir().parent == paths.data_dir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "E" / "mingxi.exe"))
    assert paths.data_dir() == tmp_path / "E" / "data"


def test_a_long_name_is_cut_before_its_ending() -> None:
    assert paths.safe_name("a" * 300 + ".xlsx") == "a" * 115 + ".xlsx"
    cut = paths.safe_name("隐" * 300 + ".xlsx")
    assert cut == "隐" * 71 + ".xlsx"
    assert paths.safe_name("a" * 100 + "." + "b" * 100) == "a" * 100 + "." + "b" * 19


@given(st.text(max_size=300))
def test_every_safe_name_is_a_file_name(text: str) -> None:
    name = paths.safe_name(text)
    assert name
    assert len(name) <= 120
    assert len(name.encode("utf-8")) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert not name.endswith((".", " "))
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in name)
    assert paths.safe_name(name) == name
