"""Files at records: copied whole into a folder beside the ledger, in the history, undoable, checked."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.attaching import save_as
from mingxi_desktop.ledger.safekeeping import restoring
from mingxi_desktop.storage.journal import Journal
from tests.ledger.conftest import DAY, Add, as_it_is
from tests.ledger.evidence import PHOTO, copies, folder, made, names


@pytest.fixture
def hazard(add: Add) -> int:
    return add("hazard")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return made(tmp_path / "照片.jpg", PHOTO)


def test_a_file_is_copied_noted_and_told(ledger: Ledger, hazard: int, photo: Path) -> None:
    changes = ledger.attach("hazard", hazard, [photo])
    assert changes.changed == (("hazard", hazard),)
    assert changes.fields == ("evidence",)
    assert changes.sentence.startswith("添加佐证材料 照片.jpg（隐患 ")
    [found] = ledger.attachments("hazard", hazard)
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    assert (found.name, found.size, found.sha256) == ("照片.jpg", len(PHOTO), sha256)
    assert found.path == folder(ledger) / sha256[:2] / f"{sha256}.jpg"
    assert found.path.read_bytes() == PHOTO
    assert not found.path.stat().st_mode & 0o222, "nobody saves over it by mistake"
    assert photo.read_bytes() == PHOTO
    assert copies(ledger) == [f"{sha256[:2]}/{sha256}.jpg"]
    assert ledger.attachment_file("hazard", hazard, "照片.jpg") == found.path
    record = ledger.get("hazard", hazard)
    assert (record.values["evidence"], record.shown["evidence"]) == (("照片.jpg",), "照片.jpg")
    entry = ledger.history("hazard", hazard)[-1]
    assert (entry.action, entry.changes) == ("修改", {"evidence": ("", "照片.jpg")})
    assert entry.values == {"evidence": (None, ("照片.jpg",))}
    assert entry.sentence.endswith("张三 佐证材料添加“照片.jpg”")
    assert ledger.verify() == []


def test_several_at_once_and_one_off_again(ledger: Ledger, hazard: int, photo: Path, tmp_path: Path) -> None:
    notice = made(tmp_path / "通知.PDF", b"notice")
    changes = ledger.attach("hazard", hazard, [photo, notice])
    assert "照片.jpg 等2个" in changes.sentence
    assert names(ledger) == ["照片.jpg", "通知.PDF"]
    first, second = ledger.attachments("hazard", hazard)
    assert second.path.suffix == ".pdf"
    changes = ledger.detach("hazard", hazard, first.id)
    assert changes.sentence.startswith("移除佐证材料 照片.jpg（隐患 ")
    assert names(ledger) == ["通知.PDF"]
    assert first.path.read_bytes() == PHOTO, "the history and the trash still need it"
    told = ledger.history("hazard", hazard)[-1]
    assert told.changes == {"evidence": ("照片.jpg、通知.PDF", "通知.PDF")}
    assert told.sentence.endswith("佐证材料移除“照片.jpg”")
    assert ledger.verify() == []
    with pytest.raises(UserError, match="已经不在这条记录里了"):
        ledger.detach("hazard", hazard, first.id)
    with pytest.raises(UserError, match="已经不在这条记录里了"):
        ledger.attachment_file("hazard", hazard, "照片.jpg")


def test_the_same_content_twice_is_noticed(ledger: Ledger, add: Add, hazard: int, photo: Path,
                                           tmp_path: Path) -> None:  # fmt: skip
    copy, other = made(tmp_path / "拷贝.jpg", PHOTO), made(tmp_path / "另一张.jpg", b"other")
    assert ledger.attach("hazard", hazard, [photo]).findings == ()
    changes = ledger.attach("hazard", hazard, [photo, copy, other])
    assert [(found.severity, found.message) for found in changes.findings] == [
        ("info", "“照片.jpg”这条记录里已经有了，没有重复添加"),
        ("info", "“拷贝.jpg”和“照片.jpg”内容相同，没有重复添加"),
    ]
    assert names(ledger) == ["照片.jpg", "另一张.jpg"]
    [found] = ledger.attach("hazard", add("hazard", description="另一处"), [copy]).findings
    assert "“照片.jpg”也附在隐患 2024-0001 上" in found.message
    ledger.delete("hazard", [hazard])
    third = add("hazard", description="第三处")
    [found] = ledger.attach("hazard", third, [copy]).findings
    assert "2024-0002" in found.message, "what is in the trash does not count"


def test_a_copy_elsewhere_is_whole_or_not_there(ledger: Ledger, hazard: int, photo: Path,
                                                tmp_path: Path) -> None:  # fmt: skip
    ledger.attach("hazard", hazard, [photo])
    kept = ledger.attachment_file("hazard", hazard, "照片.jpg")
    target = made(tmp_path / "旧的.jpg", b"old")
    save_as(kept, target)
    assert target.read_bytes() == PHOTO
    target.write_bytes(b"again, because a copy may be written to")
    kept.chmod(0o644)
    kept.unlink()
    with pytest.raises(UserError, match="写不进去") as caught:
        save_as(kept, target)
    assert caught.value.hint
    assert target.read_bytes() == b"again, because a copy may be written to"
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_undo_and_redo(ledger: Ledger, hazard: int, photo: Path) -> None:
    def state() -> tuple[list[str], list[str]]:
        assert ledger.verify() == []
        return names(ledger), list(ledger.get("hazard", hazard).values["evidence"])

    ledger.attach("hazard", hazard, [photo])
    ledger.detach("hazard", hazard, ledger.attachments("hazard", hazard)[0].id)
    assert state() == ([], [])
    ledger.undo()
    assert state() == (["照片.jpg"], ["照片.jpg"])
    changes = ledger.undo()
    assert changes is not None
    assert changes.changed == (("hazard", hazard),)
    assert changes.sentence.startswith("撤消 添加佐证材料 照片.jpg")
    assert state() == ([], [])
    ledger.redo()
    assert state() == (["照片.jpg"], ["照片.jpg"])
    ledger.redo()
    assert state() == ([], [])
    assert "佐证材料移除“照片.jpg”（重做" in ledger.history("hazard", hazard)[-1].sentence


def test_undo_of_what_was_changed_since_is_refused(ledger: Ledger, hazard: int, photo: Path,
                                                   tmp_path: Path) -> None:  # fmt: skip
    ledger.attach("hazard", hazard, [photo])
    # As another step that this session's undo does not know of.
    ledger._attacher.attach(ledger._kind("hazard"), hazard, [made(tmp_path / "b.jpg", b"b")])
    with pytest.raises(UserError, match="后来又改过") as caught:
        ledger.undo()
    assert "佐证材料" in caught.value.detail
    assert names(ledger) == ["照片.jpg", "b.jpg"]


def test_trash_restore_and_edits_keep_the_attachments(ledger: Ledger, hazard: int, photo: Path) -> None:
    ledger.attach("hazard", hazard, [photo])
    ledger.edit("hazard", hazard, {"quantity_found": 3})
    ledger.delete("hazard", [hazard])
    assert ledger.verify() == []
    with pytest.raises(UserError, match="在回收站里"):
        ledger.attach("hazard", hazard, [photo])
    assert names(ledger) == ["照片.jpg"]
    ledger.restore("hazard", [hazard])
    assert names(ledger) == ["照片.jpg"]
    for _ in range(3):
        ledger.undo()
        assert ledger.verify() == []
    assert names(ledger) == ["照片.jpg"]


def test_the_same_content_lies_there_once(ledger: Ledger, add: Add, photo: Path, tmp_path: Path) -> None:
    first, second = add("hazard"), add("hazard", description="二")
    twin = made(tmp_path / "抄" / "另一张.jpg", PHOTO)
    ledger.attach("hazard", first, [photo])
    before = (folder(ledger) / copies(ledger)[0]).stat()
    ledger.attach("hazard", second, [twin])
    assert len(copies(ledger)) == 1
    after = (folder(ledger) / copies(ledger)[0]).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns), "never overwritten"
    assert (names(ledger, first), names(ledger, second)) == (["照片.jpg"], ["另一张.jpg"])
    with pytest.raises(UserError, match="都有了"):
        ledger.attach("hazard", first, [photo, twin])
    assert ledger.undo_sentence.startswith("添加佐证材料 另一张.jpg")
    ledger.attach("hazard", first, [twin, made(tmp_path / "新.jpg", b"new")])
    assert names(ledger, first) == ["照片.jpg", "新.jpg"]


def test_equal_names_are_told_apart_even_after_removal(ledger: Ledger, hazard: int, photo: Path,
                                                       tmp_path: Path) -> None:  # fmt: skip
    others = [made(tmp_path / f"{number}" / "照片.jpg", b"%d" % number) for number in range(3)]
    ledger.attach("hazard", hazard, [photo, *others[:2]])
    assert names(ledger) == ["照片.jpg", "照片 (2).jpg", "照片 (3).jpg"]
    ledger.detach("hazard", hazard, ledger.attachments("hazard", hazard)[0].id)
    ledger.attach("hazard", hazard, [others[2]])
    assert names(ledger) == ["照片 (2).jpg", "照片 (3).jpg", "照片 (4).jpg"]
    ledger.attach("hazard", hazard, [photo])
    assert names(ledger) == ["照片.jpg", "照片 (2).jpg", "照片 (3).jpg", "照片 (4).jpg"], "it comes back"
    contents = [item.path.read_bytes() for item in ledger.attachments("hazard", hazard)]
    assert contents == [PHOTO, b"0", b"1", b"2"]
    for _ in range(4):
        ledger.undo()
        assert ledger.verify() == []
    assert names(ledger) == []


def test_names_are_made_fit_to_show(ledger: Ledger, hazard: int, tmp_path: Path) -> None:
    line = "" if os.name == "nt" else "\n"  # which Windows allows in no name
    odd = made(tmp_path / f"现场\u202egpj.{line}exe.照片", b"x")
    ledger.attach("hazard", hazard, [odd])
    [found] = ledger.attachments("hazard", hazard)
    assert found.name == "现场gpj.exe.照片"
    assert found.path.suffix == "", "an ending that is none is left out"
    assert ledger.attachment_names([odd]) == ["现场gpj.exe.照片"]


def test_child_rows_may_have_files_too(ledger: Ledger, add: Add, photo: Path) -> None:
    add("hazard", hazard_step=[{"record_date": DAY, "action": "下达整改"}])
    ledger.attach("hazard_step", 1, [photo])
    assert names(ledger, 1, "hazard_step") == ["照片.jpg"]
    ledger.edit("hazard", 1, {"note": "x"})
    ledger.edit("hazard", 1, {"record_date": DAY.replace(day=1)})
    assert names(ledger, 1, "hazard_step") == ["照片.jpg"]
    assert ledger.verify() == []


def test_a_ledger_that_cannot_be_written_attaches_nothing(ledger: Ledger, hazard: int, photo: Path,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr(Journal, "seal", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ledger.attach("hazard", hazard, [photo])
    assert names(ledger) == []
    assert ledger.verify() == []
    ledger.attach("hazard", hazard, [photo])
    assert names(ledger) == ["照片.jpg"]
    assert ledger.verify() == []


def test_evidence_is_no_value_to_be_typed(ledger: Ledger, hazard: int, add: Add) -> None:
    with pytest.raises(UserError, match="佐证材料是文件"):
        ledger.edit("hazard", hazard, {"evidence": ("a.jpg",)})
    ledger.edit("hazard", hazard, {"evidence": (), "note": "x"})


# what happens to the copies


def test_missing_and_changed_copies_are_reported_and_can_be_put_back(ledger: Ledger, hazard: int, photo: Path,
                                                                     tmp_path: Path) -> None:  # fmt: skip
    scan = made(tmp_path / "扫描件.pdf", b"scan")
    ledger.attach("hazard", hazard, [photo, scan])
    gone, changed = (item.path for item in ledger.attachments("hazard", hazard))
    gone.chmod(0o644)
    gone.unlink()
    changed.chmod(0o644)
    changed.write_bytes(b"scam")
    first, second = ledger.verify()
    assert first == f"隐患 #1 的佐证材料“照片.jpg”不见了：附件/{gone.parent.name}/{gone.name}"
    assert second.startswith("隐患 #1 的佐证材料“扫描件.pdf”在程序之外被改动过：附件/")
    assert names(ledger) == ["照片.jpg", "扫描件.pdf"]
    with pytest.raises(UserError, match=r"“照片\.jpg”不见了") as caught:
        ledger.attachment_file("hazard", hazard, "照片.jpg")
    assert "重新添加" in caught.value.hint
    changes = ledger.attach("hazard", hazard, [photo, scan])
    assert changes.sentence.startswith("补回佐证材料 照片.jpg 等2个")
    assert not changes.changed
    assert ledger.verify() == []
    assert (gone.read_bytes(), changed.read_bytes()) == (PHOTO, b"scan")
    assert [item.read_bytes() for item in changed.parent.glob("*.损坏")] == [b"scam"], (
        "nothing is thrown away"
    )


def test_a_lost_folder_is_no_crash(ledger: Ledger, add: Add, tmp_path: Path) -> None:
    for number in range(25):
        add("hazard", description=f"{number}")
        ledger.attach("hazard", number + 1, [made(tmp_path / f"{number}.jpg", b"%d" % number)])
    folder(ledger).rename(tmp_path / "别处")
    found = ledger.verify()
    assert len(found) == 21
    assert found[-1] == "另有5个佐证材料有类似问题"
    assert names(ledger, 3) == ["2.jpg"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM attachment",
        "UPDATE attachment SET removed_at = '2024-06-09 12:00:00'",
        "UPDATE attachment SET name = '别的.jpg'",
        "UPDATE attachment SET size = 1",
        "UPDATE attachment SET sha256 = '../../../../etc/passwd'",
        "UPDATE attachment SET record = 2",
        "INSERT INTO attachment (kind, record, sha256, name, size, at) VALUES ('hazard', 1, 'a', 'a', 1, '')",
    ],
)
def test_rows_changed_outside_are_noticed(ledger: Ledger, add: Add, photo: Path, statement: str) -> None:
    first = add("hazard")
    add("hazard", description="二")
    ledger.attach("hazard", first, [photo])
    path = ledger.path
    ledger.close()
    other = sqlite3.connect(path)
    other.execute(statement)
    other.commit()
    other.close()
    with as_it_is(path) as opened:
        assert "隐患 #1 在程序之外被改动过" in opened.verify()
        if "passwd" in statement:
            with pytest.raises(UserError, match="记载被改动过"):
                opened.attachment_file("hazard", 1, "照片.jpg")


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_only_copies_in_the_folder_are_opened(
    ledger: Ledger, hazard: int, photo: Path, tmp_path: Path
) -> None:
    ledger.attach("hazard", hazard, [photo])
    [found] = ledger.attachments("hazard", hazard)
    found.path.chmod(0o644)
    found.path.unlink()
    found.path.symlink_to(made(tmp_path / "外面.jpg", b"x"))
    with pytest.raises(UserError, match="没有打开"):
        ledger.attachment_file("hazard", hazard, "照片.jpg")


def test_a_backup_holds_the_rows_and_the_folder_stays(ledger: Ledger, hazard: int, photo: Path,
                                                      tmp_path: Path) -> None:  # fmt: skip
    ledger.attach("hazard", hazard, [photo])
    backup = ledger.backup()
    ledger.detach("hazard", hazard, ledger.attachments("hazard", hazard)[0].id)
    path = ledger.path
    ledger.close()
    restoring.restore(backup, path)
    with Ledger.open(path) as opened:
        assert names(opened) == ["照片.jpg"]
        assert opened.verify() == []
    elsewhere = tmp_path / "新电脑" / "台账.mxdb"
    restoring.restore(backup, elsewhere)
    with Ledger.open(elsewhere) as opened:
        assert "的佐证材料“照片.jpg”不见了" in opened.verify()[0]
    shutil.copytree(path.parent / "附件", elsewhere.parent / "附件")
    with Ledger.open(elsewhere) as opened:
        assert opened.verify() == []


def test_an_import_taken_back_keeps_records_that_got_files(ledger: Ledger, hazard: int, photo: Path) -> None:
    from mingxi_desktop.domain.records import IncomingRow

    values = ledger.get("hazard", hazard).values
    row = IncomingRow("hazard", {name: values[name] for name in ("record_date", "area", "field")}
                      | {"description": "导入"}, "表1", 3)  # fmt: skip
    changes = ledger.store([row], [], sentence="导入")
    number = changes.added[0][1]
    ledger.attach("hazard", number, [photo])
    reversal = ledger.undo_import(changes.batch or 0)
    assert not reversal.reversed
    assert "佐证材料" in reversal.kept[0][2]
