"""The package for a successor: everything in it, opened on another PC; and packages that are none."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import handing_over, handover, restoring
from mingxi_desktop.ledger.safekeeping.backups import finish
from mingxi_desktop.ledger.safekeeping.restore_preview import difference
from tests.ledger.conftest import adder_for

Listed = dict[str, Any]


@pytest.fixture(scope="module")
def office(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed ledger with one record and its photo; beside it a package without reports; do not change it."""
    path = Path(shutil.copyfile(empty_file, tmp_path_factory.mktemp("office") / "台账.mxdb"))
    photo = path.with_name("现场.jpg")
    photo.write_bytes(b"\xff\xd8 photo")
    paper = path.with_name("全部台账.xlsx")
    paper.write_bytes(b"PK paper")
    with Ledger.open(path, operator="张三") as ledger:
        number = adder_for(ledger)("hazard")
        ledger.attach("hazard", number, [photo])
        draft = handing_over.begin(ledger.backups, path.with_name("交接.mxbak"))
    backup = finish(draft).path
    missing = handover.write(path.with_name("交接.zip"), backup, path, draft.attachments, [paper])
    assert missing == []
    return path


def test_a_package_opens_on_another_pc(office: Path, tmp_path: Path) -> None:
    package = Path(shutil.copyfile(office.with_name("交接.zip"), tmp_path / "交接.zip"))
    with zipfile.ZipFile(package) as file:
        names = file.namelist()
        assert "从备份恢复…" in file.read("说明.txt").decode("utf-8-sig")
    assert {"台账.mxbak", "可读/全部台账.xlsx", "说明.txt", "清单.json"} <= set(names)
    target = tmp_path / "新电脑" / "台账.mxdb"
    assert restoring.restore(package, target) is None
    with Ledger.open(target) as ledger:
        assert ledger.verify() == []
        assert ledger.attachment_file("hazard", 1, "现场.jpg").read_bytes() == b"\xff\xd8 photo"
        assert difference(ledger, package).number == 0
        ledger.delete("hazard", [1])
        assert "找回 1 条" in difference(ledger, package).sentence


def test_a_package_is_made_though_its_scratch_files_cannot_be_cleared_away(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are swept at the next start."""
    remove = os.rmdir

    def refused(path: Any, *more: Any, **named: Any) -> None:
        if "mingxi-" in os.fspath(path):
            raise OSError(errno.EIO, "disk")
        remove(path, *more, **named)

    monkeypatch.setattr(handing_over, "_reports", lambda *_: ([], []))
    with Ledger.open(office) as ledger:
        draft = handing_over.begin(ledger.backups, tmp_path / "包.zip")
    monkeypatch.setattr(os, "rmdir", refused)
    assert zipfile.is_zipfile(handing_over.make(draft).path)


def test_the_whole_package_has_what_can_be_read_without_the_program(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def write(_ledger: Ledger, order: Any, path: Path) -> Any:
        written.append(order.year)
        if path.suffix == ".docx":
            raise UserError("文字里有错")
        path.write_bytes(b"%PDF")
        return type("Result", (), {"path": path})

    monkeypatch.setattr(handing_over.reporting, "write", write)
    with Ledger.open(office) as ledger:
        draft = handing_over.begin(ledger.backups, tmp_path / "包.zip")
    made = handing_over.make(draft)
    with zipfile.ZipFile(made.path) as file:
        names = set(file.namelist())
        said = file.read("可读/变更历史.csv").decode("utf-8-sig")
    assert {"可读/全部台账.xlsx", "可读/2024年度总结（草稿）.pdf"} <= names
    assert "新增 隐患" in said
    assert "没有放进去：文字里有错" in made.warnings[0]
    assert written == [2024, 2024]
    assert [path.name for path in tmp_path.iterdir()] == ["包.zip"]
    assert not list(office.parent.rglob("*.part*"))
    with pytest.raises(UserError, match="交接包已经存在"), Ledger.open(office) as ledger:
        handing_over.begin(ledger.backups, tmp_path / "包.zip")


def test_a_package_is_made_on_another_disk(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    replace = Path.replace

    def within_one_disk(self: Path, target: Path) -> Path:
        if self.parent != target.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", within_one_disk)
    monkeypatch.setattr(handing_over, "_papers", lambda *_: ([], []))
    with Ledger.open(office) as ledger:
        draft = handing_over.begin(ledger.backups, stick / "包.zip")
    assert list(stick.iterdir()) == [], "nothing goes to a slow stick while the ledger waits"
    assert handing_over.make(draft).path == stick / "包.zip"
    assert [one.name for one in stick.iterdir()] == ["包.zip"]
    assert not list(office.parent.rglob("*.part*"))


def test_making_a_package_tells_how_far_it_is_and_can_be_stopped(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "_papers", lambda *_: ([], []))
    with Ledger.open(office) as ledger:
        draft = handing_over.begin(ledger.backups, tmp_path / "包.zip")
        other = handing_over.begin(ledger.backups, tmp_path / "另.zip")
    steps: list[tuple[int, int]] = []
    handing_over.make(draft, lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1] == (100, 100)

    class StoppedError(Exception):
        pass

    def stopped(done: int, _total: int) -> None:
        if done > 60:
            raise StoppedError

    with pytest.raises(StoppedError):
        handing_over.make(other, stopped)
    assert [one.name for one in tmp_path.iterdir()] == ["包.zip"]
    assert not list(office.parent.rglob("*.part*"))


@pytest.mark.parametrize(("spoilt", "said"), [("可读/全部台账.xlsx", "损坏"), ("附件/", "没有找到")])
def test_what_is_damaged_beside_the_ledger_is_told(
    office: Path, tmp_path: Path, spoilt: str, said: str
) -> None:
    def other(name: str, data: bytes) -> bytes:
        return data[:-1] + b"\x01" if name.startswith(spoilt) else data

    package = repacked(office.with_name("交接.zip"), tmp_path / "坏.zip", contents=other)
    target, told = tmp_path / "新" / "台账.mxdb", list[str]()
    restoring.restore(package, target, said=told.append)
    assert f"交接包里有损坏的文件：{spoilt}" in told[0]
    assert said in told[-1]
    with Ledger.open(target) as ledger:
        assert ledger.counts()["hazard"] == 1


def entry(listed: Listed, name: str) -> Listed:
    return next(item for item in listed["files"] if item["name"] == name)


def repacked(
    package: Path,
    target: Path,
    change: Callable[[Listed], None] = lambda _: None,
    contents: Callable[[str, bytes], bytes] = lambda _name, data: data,
    more: Callable[[zipfile.ZipFile], None] = lambda _: None,
) -> Path:
    """The package with another list, other contents, or more in it."""
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        listed = json.loads(old.read("清单.json"))
        change(listed)
        for name in old.namelist():
            data = json.dumps(listed).encode() if name == "清单.json" else old.read(name)
            new.writestr(name, contents(name, data))
        more(new)
    return target


def grown(listed: Listed) -> None:
    entry(listed, "台账.mxbak")["size"] = 10


def newer(listed: Listed) -> None:
    listed["version"] = 2


def strange(listed: Listed) -> None:
    listed["files"] = "x"


def flipped(name: str, data: bytes) -> bytes:
    return data[:-1] + b"\x01" if name == "台账.mxbak" else data


def escaping(file: zipfile.ZipFile) -> None:
    file.writestr("../../外面.txt", "x")


def rooted(file: zipfile.ZipFile) -> None:
    file.writestr("C:/Windows/x.dll", "x")


def bomb(file: zipfile.ZipFile) -> None:
    file.writestr("附件/零", bytes(40_000_000))


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"change": grown}, "和清单对不上"),
        ({"change": newer}, "新版本的程序"),
        ({"change": strange}, "清单读不懂"),
        ({"contents": flipped}, "和清单对不上"),
        ({"more": escaping}, "会通到别处"),
        ({"more": rooted}, "会通到别处"),
        ({"more": bomb}, "大得不正常"),
    ],
)
def test_a_hostile_or_spoilt_package_changes_nothing(
    office: Path, tmp_path: Path, how: dict[str, Any], why: str
) -> None:
    package = repacked(office.with_name("交接.zip"), tmp_path / "坏.zip", **how)
    path = tmp_path / "这里" / "台账.mxdb"
    path.parent.mkdir()
    shutil.copyfile(office, path)
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        restoring.restore(package, path)
    assert why in f"{caught.value}"
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == ["台账.mxdb"]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["坏.zip", "这里"]


@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(50), b"not a zip at all" * 20, b""])
def test_a_foreign_file_is_no_package(tmp_path: Path, content: bytes) -> None:
    package = tmp_path / "照片.zip"
    package.write_bytes(content)
    with pytest.raises(UserError):
        restoring.restore(package, tmp_path / "台账.mxdb")
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("照片.jpg", "x")
    with pytest.raises(UserError, match="这个压缩包不是交接包"):
        restoring.restore(package, tmp_path / "台账.mxdb")
    assert not (tmp_path / "台账.mxdb").exists()
