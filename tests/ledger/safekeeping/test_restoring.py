"""What a restore would change, that it is whole or not at all, and the way back from it."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, placing
from mingxi_desktop.ledger.safekeeping import proving, recovering, repairing, restoring
from mingxi_desktop.ledger.safekeeping.restore_preview import difference, records_in
from mingxi_desktop.storage.beside import journal_of
from tests.ledger.conftest import Add, adder_for


def test_the_preview_tells_records_by_ledger_and_the_changes_since(ledger: Ledger, add: Add) -> None:
    first, second = add("hazard"), add("hazard", description="二")
    backup = ledger.backups.make().path
    assert records_in(backup) == 2
    assert difference(ledger, backup).sentence == "和现在的台账一样。台账坏了、佐证材料丢了，才用得着恢复。"
    ledger.edit("hazard", first, {"note": "改"})
    ledger.delete("hazard", [second])
    third = add("hazard", description="三")
    fourth = add("hazard", description="四")
    ledger.delete("hazard", [fourth])
    add("inspection")
    found = difference(ledger, backup)
    assert [kind.words for kind in found.kinds] == [
        "隐患 去掉 1 条、找回 1 条、改回 1 条",
        "检查帮扶 去掉 1 条",
    ]
    assert found.number == 6
    assert found.steps[0].sentence.startswith("新增 检查帮扶")
    assert found.steps[-1].sentence.startswith("修改 隐患")
    assert not found.stranger
    ledger.delete("hazard", [third])
    assert "隐患 找回 1 条、改回 1 条" in difference(ledger, backup).sentence


def test_the_preview_of_a_branch_and_of_a_stranger(ledger: Ledger, add: Add, tmp_path: Path) -> None:
    add("hazard")
    early = ledger.backups.make().path
    add("hazard", description="二")
    late = ledger.backups.make().path
    path = ledger.path
    ledger.close()
    restoring.restore(early, path)
    with Ledger.open(path) as opened:
        opened.delete("hazard", [1])
        found = difference(opened, late)
        assert (found.number, found.only_there) == (2, 1)  # going back is a step too
        assert [kind.words for kind in found.kinds] == ["隐患 找回 2 条"]
        other = tmp_path / "别的.mxdb"
        with Ledger.create(other) as stranger:
            adder_for(stranger)("hazard", description="别处的")
            foreign = stranger.backup(tmp_path / "别的.mxbak")
        assert difference(opened, foreign).stranger
        with pytest.raises(UserError, match="这就是正打开着的台账"):
            difference(opened, path)


def test_a_restore_is_undone_by_going_back_to_what_it_replaced(ledger: Ledger, add: Add) -> None:
    add("hazard")
    backup = ledger.backups.make().path
    add("hazard", description="二")
    path = ledger.path
    ledger.close()
    aside = restoring.restore(backup, path)
    assert aside is not None
    with Ledger.open(path) as opened:
        assert opened.counts()["hazard"] == 1
    assert restoring.restore(aside, path) is not None
    with Ledger.open(path) as opened:
        assert opened.counts()["hazard"] == 2
        assert opened.verify() == []


def test_a_restore_that_is_cut_short_leaves_the_ledger_in_its_place(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("hazard")
    backup = ledger.backups.make().path
    path = ledger.path
    ledger.close()
    before = path.read_bytes()

    def refuse(_part: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(placing, "settle", refuse)
    with pytest.raises(UserError, match="没有恢复成"):
        restoring.restore(backup, path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.part*"))


def test_a_backup_that_changed_since_it_was_made_is_refused(ledger: Ledger, add: Add) -> None:
    add("hazard")
    backup = ledger.backups.make().path
    path = ledger.path
    ledger.close()
    before = path.read_bytes()
    spoilt = bytearray(backup.read_bytes())
    spoilt[-5] ^= 4
    backup.write_bytes(spoilt)
    with pytest.raises(UserError, match="备份文件在做好以后变过"):
        restoring.restore(backup, path)
    assert path.read_bytes() == before


def test_attachments_that_did_not_come_along_are_told(ledger: Ledger, add: Add, tmp_path: Path) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"x")
    ledger.attach("hazard", add("hazard"), [photo])
    backup = Path(
        shutil.copy(ledger.backup(tmp_path / "好.mxbak"), tmp_path.parent / f"{tmp_path.name}.mxbak")
    )
    told: list[str] = []
    restoring.restore(backup, tmp_path / "新" / "台账.mxdb", said=told.append)
    assert "有 1 个佐证材料（如“现场.jpg”）没有找到" in told[0]
    assert str(tmp_path / "新" / "附件") in told[0]
    told.clear()
    restoring.restore(tmp_path / "好.mxbak", tmp_path / "旁" / "台账.mxdb", said=told.append)
    assert told == []
    backup.unlink()


def test_a_ledger_whose_last_session_was_cut_short_is_restored_without_the_half_change(
    ledger: Ledger, add: Add, tmp_path: Path
) -> None:
    add("hazard")
    torn = tmp_path / "断" / "台账.mxdb"
    torn.parent.mkdir()
    database = ledger._store.database
    with ledger._store.writing():
        database.execute_sql("PRAGMA cache_size = 1")
        for number in range(2000):
            ledger._store.set_setting(f"x{number}", "y" * 200)
        for one in (ledger.path, journal_of(ledger.path)):
            shutil.copyfile(one, torn.with_name(one.name))
    assert journal_of(torn).stat().st_size
    restoring.restore(torn, tmp_path / "新" / "台账.mxdb")
    with Ledger.open(tmp_path / "新" / "台账.mxdb") as opened:
        assert opened.verify() == []
        assert opened.setting("x1") == ""
        assert opened.counts()["hazard"] == 1


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_leads_to_the_file_that_is_replaced(ledger: Ledger, add: Add, tmp_path: Path) -> None:
    add("hazard")
    backup = ledger.backups.make().path
    path = ledger.path
    ledger.close()
    link = tmp_path / "链" / "台账.mxdb"
    link.parent.mkdir()
    link.symlink_to(path)
    restoring.restore(backup, link)
    spoilt = bytearray(path.read_bytes())
    spoilt[:16] = bytes(16)
    path.write_bytes(spoilt)
    done = repairing.repair(replace(recovering.examine(path), path=link), recovering.Way.BACKUP)
    assert link.is_symlink()
    assert done.path == path
    assert proving.check_file(path) == []


def test_an_unfinished_save_goes_with_the_file_it_belongs_to(tmp_path: Path) -> None:
    path, part = tmp_path / "台账.mxdb", tmp_path / "台账.mxdb.00000000.part"
    for one in (path, journal_of(path), part):
        one.write_bytes(one.name.encode())
    kept = placing.take_place(part, path, "恢复前")
    assert kept is not None
    assert (path.read_bytes(), journal_of(path).exists()) == (part.name.encode(), False)
    assert kept.read_bytes() == path.name.encode()
    assert journal_of(kept).read_bytes() == journal_of(path).name.encode()


def test_where_a_file_cannot_have_two_names_it_is_copied(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(placing.os, "link", refuse)
    source = tmp_path / "a"
    source.write_bytes(b"x")
    placing.second_name(source, tmp_path / "b")
    shutil.move(source, tmp_path / "c")
    assert (tmp_path / "b").read_bytes() == b"x"
