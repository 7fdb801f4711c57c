"""What is no ledger: refused untouched, told for what it is, with a next step of its own."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, door
from mingxi_desktop.storage.store import Store


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return file.getvalue()


def database(path: Path) -> bytes:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (a)")
    other.close()
    return path.read_bytes()


WHAT = {
    "empty": (b"", "0 字节", "拷贝"),
    "workbook": (zipped("[Content_Types].xml", "xl/workbook.xml"), "表格（.xlsx）", "导入"),
    "word": (zipped("[Content_Types].xml", "word/document.xml"), "Word 文档", "佐证材料"),
    "zip": (zipped("台账.mxdb"), "压缩文件", "解压"),
    "half a zip": (zipped("xl/workbook.xml")[:40], "压缩文件", "解压"),
    "old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式的表格", "导入"),
    "pdf": (b"%PDF-1.7\n", "PDF 文件", "佐证材料"),
    "photograph": (b"\xff\xd8\xff\xe0" + bytes(100), "图片", "佐证材料"),
    "text": ("日期,乡镇\n".encode("gb18030") * 900, "文本文件", "导入"),
    "zeros": (bytes(5000), "内容全是空的", "不要删除"),
    "scrambled": (bytes(range(256)) * 20, "认不出内容", "解密"),
    "short": (b"SQLite format 3\0" + bytes(20), "没有拷贝完整", "不要删除"),
}


@pytest.mark.parametrize("what", WHAT)
def test_each_sort_of_file_is_told(what: str, tmp_path: Path) -> None:
    content, said, next_step = WHAT[what]
    path = tmp_path / "x.mxdb"
    path.write_bytes(content)
    check(path, said, next_step)


def check(path: Path, said: str, next_step: str) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(UserError) as caught, door.through(path):
        Store.open(path)
    assert said in caught.value.detail
    assert str(path) in caught.value.detail
    assert "没有打开" in caught.value.title
    assert next_step in caught.value.hint
    assert "没有被改动" in caught.value.hint
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [one.name for one in path.parent.iterdir() if one.is_file()] == [path.name]


def test_another_programs_database(tmp_path: Path) -> None:
    database(tmp_path / "x.mxdb")
    check(tmp_path / "x.mxdb", "别的程序的数据库", "新建的台账文件")


def test_a_backup_and_a_package_are_for_restoring(empty_file: Path, tmp_path: Path) -> None:
    backup = tmp_path / "台账-备份.MXBAK"
    shutil.copyfile(empty_file, backup)
    package = tmp_path / "交接.mxdb"
    package.write_bytes(zipped("清单.json", "台账.mxbak"))
    for path, what, sort in ((backup, "备份", door.BackupFileError), (package, "交接包", door.BackupError)):
        before = path.read_bytes()
        with pytest.raises(sort, match=what) as caught, door.through(path):
            Store.open(path)
        assert "恢复" in caught.value.hint
        assert f'mingxi restore "{path}"' in caught.value.hint
        assert path.read_bytes() == before


def test_a_large_package_is_known_by_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_MOST_ENTRIES", 10)
    for names, said in ((("台账.mxbak", "清单.json"), "交接包"), (("台账.mxbak",), "压缩文件")):
        (tmp_path / "x.mxdb").write_bytes(zipped(*names))
        with pytest.raises(UserError) as caught, door.through(tmp_path / "x.mxdb"):
            Store.open(tmp_path / "x.mxdb")
        assert said in f"{caught.value.title}{caught.value.detail}"


def test_what_is_a_ledger_or_is_not_there_is_told_as_before(empty_file: Path, tmp_path: Path) -> None:
    for path, said in ((tmp_path / "没有.mxdb", "找不到"), (tmp_path, "文件夹")):
        with pytest.raises(UserError, match=said), door.through(path):
            Store.open(path)
    renamed = tmp_path / "改了名.txt"
    shutil.copyfile(empty_file, renamed)
    names = [renamed]
    if os.name != "nt":  # where links need a right
        names.append(tmp_path / "指向.mxdb")
        names[1].symlink_to(renamed)
    for path in names:
        with door.through(path):
            Store.open(path).close()
    with Ledger.open(renamed) as opened, pytest.raises(UserError, match="已经打开"), door.through(renamed):
        Store.open(opened.path)


def test_a_second_name_that_a_kill_has_left_goes_and_nothing_else(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "台账.mxdb"
    shutil.copyfile(empty_file, path)
    real = tmp_path / "台账-恢复前20240609-080000.mxdb"
    shutil.copyfile(empty_file, real)
    left = [tmp_path / "台账-恢复前20240610-080000.mxdb", tmp_path / "台账-损坏20240610-080000.mxdb"]
    for one in (*left, tmp_path / "我的副本.mxdb"):
        os.link(path, one)
    with door.through(path):
        Store.open(path).close()
    assert {one.name for one in tmp_path.iterdir() if one.is_file()} == {
        path.name,
        real.name,
        "我的副本.mxdb",
    }


def test_a_ledger_is_made_and_opened_by_a_name_as_text_too(tmp_path):
    path = tmp_path / "明溪 台账.mxdb"
    Ledger.create(str(path)).close()
    with Ledger.open(str(path)) as ledger:
        assert ledger.path == path
