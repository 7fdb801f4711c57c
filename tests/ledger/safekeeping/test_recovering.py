"""A damaged ledger: what is found, which ways are offered, and what each of them saves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import backup_names, recovering, repairing, restoring, walking
from mingxi_desktop.ledger.safekeeping.recovering import Way
from mingxi_desktop.storage import merging, seal, sqlite
from mingxi_desktop.storage.merging import RETOLD, Merged
from mingxi_desktop.storage.seal import State
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.wreck import Wreck
from tests.ledger.conftest import adder_for
from tests.pages import leaves
from tests.sealing import never_sealed, outside

PAGE = 4096


@pytest.fixture(scope="module")
def folder(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed ledger with a backup, and changes since; copy the folder, do not change it."""
    folder = tmp_path_factory.mktemp("recovering")
    path = Path(shutil.copyfile(empty_file, folder / "台账.mxdb"))
    with Ledger.open(path, operator="张三") as ledger:
        add = adder_for(ledger)
        for number in range(60):
            add("hazard", description=f"第{number}条 {'配电箱未接地' * 12}", place="甲厂")
        add("inspection", enterprises=("甲厂", "乙厂"))
        ledger.backup()
        ledger.edit("hazard", 7, {"note": "备份以后改的", "quantity_rectified": 1})
        ledger.delete("hazard", [9])
        add("hazard", description="备份以后加的")
        ledger.set_setting("bureau", "备份以后的名称")
    return folder


@pytest.fixture
def path(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of that ledger with its backup; whatever a test does, nothing half made may be left."""
    shutil.copytree(folder, tmp_path / "台账")
    yield tmp_path / "台账" / "台账.mxdb"
    assert not list(tmp_path.rglob("*.part*"))


def without_backups(path: Path) -> Path:
    shutil.rmtree(path.parent / backup_names.FOLDER)
    return path


def leaf_of(path: Path, record: int) -> int:
    """The page on which a hazard lies."""
    data = path.read_bytes()
    said = f"第{record - 1}条 ".encode()
    return next(page for page in leaves(path, "hazard") if said in data[(page - 1) * PAGE : page * PAGE])


def zeroed(path: Path, *pages: int) -> bytes:
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(data)
    return bytes(data)


def check_repaired(path: Path, damaged: bytes) -> repairing.Repaired:
    """Repair in the best way: all there is after the backup is there again, and the damaged file is kept."""
    examined = recovering.examine(path)
    assert path.read_bytes() == damaged
    assert examined.best is Way.CHANGES
    done = repairing.repair(examined, Way.CHANGES, "李四")
    assert done.kept is not None
    assert "损坏" in done.kept.name
    assert done.kept.read_bytes() == damaged
    assert seal.holds(path)
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []
        assert ledger.counts()["hazard"] == 60
        assert ledger.get("hazard", 7).values["note"] == "备份以后改的"
        assert ledger.get("hazard", 9).deleted_at
        assert ledger.get("hazard", 61).values["description"] == "备份以后加的"
        assert ledger.setting("bureau") == "备份以后的名称"
    return done


def test_a_sound_file_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    examined = recovering.examine(path)
    assert (examined.problems, examined.offers) == ((), ())
    assert path.read_bytes() == before


def test_a_record_changed_outside_becomes_what_the_history_says(path: Path) -> None:
    outside(path, "UPDATE hazard SET note = '篡改', quantity_found = 99 WHERE id IN (3, 7)")
    problems = recovering.problems_of(path)
    assert problems[0] == recovering.CHANGED
    assert {"隐患 #3 在程序之外被改动过", "隐患 #7 在程序之外被改动过"} <= set(problems)
    done = check_repaired(path, path.read_bytes())
    assert done.merged is not None
    assert done.merged.losses == []


def test_a_record_moved_to_another_year_since_the_backup_is_counted_in_that_year(path: Path) -> None:
    with Ledger.open(path) as ledger:
        day = ledger.get("hazard", 7).values["record_date"]
        ledger.edit("hazard", 7, {"record_date": day.replace(year=day.year - 1)})
    outside(path, "UPDATE hazard SET note = '篡改' WHERE id = 7")
    check_repaired(path, path.read_bytes())
    with Ledger.open(path) as ledger:
        assert list(ledger.ids(Query("hazard", year=day.year - 1))) == [7]
        assert 7 not in ledger.ids(Query("hazard", year=day.year))


@pytest.mark.parametrize("pages", ["header", "old records", "changed record"])
def test_pages_that_are_gone_come_back_from_backup_and_changes(path: Path, pages: str) -> None:
    page = {"header": 1, "old records": leaf_of(path, 30), "changed record": leaf_of(path, 7)}[pages]
    done = check_repaired(path, zeroed(path, page))
    assert done.merged is not None
    assert done.merged.losses == []


def test_the_backup_alone(path: Path) -> None:
    damaged = zeroed(path, leaf_of(path, 30))
    examined = recovering.examine(path)
    offer = next(offer for offer in examined.offers if offer.way is Way.BACKUP)
    assert "4 步会没有" in offer.text or "3 步会没有" in offer.text
    done = repairing.repair(examined, Way.BACKUP)
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged
    with Ledger.open(path) as ledger:
        assert (ledger.counts()["hazard"], ledger.verify()) == (60, [])


def test_salvage_lists_what_is_gone(path: Path) -> None:
    damaged = zeroed(without_backups(path), leaf_of(path, 30))
    examined = recovering.examine(path)
    assert [offer.way for offer in examined.offers if offer.possible] == [Way.SALVAGE]
    done = repairing.repair(examined, Way.SALVAGE, "李四")
    assert done.merged is not None
    lost = {loss.record for loss in done.merged.losses}
    assert 30 in lost
    assert done.listed is not None
    sheet = openpyxl.load_workbook(done.listed).worksheets[0]
    said = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "读不出来" in said
    assert "新增" in said
    with Ledger.open(path) as ledger:
        assert ledger.counts()["hazard"] == 60 - len(lost)
        assert ledger.verify() == []
        assert ledger.get("hazard", 7).values["note"] == "备份以后改的"
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged


@pytest.mark.parametrize("room", range(0, 24, 4))
def test_a_full_disk_while_records_are_saved_is_no_reason_to_leave_some_out(
    path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """room: pages that the sound file may grow by."""
    merge = merging.merge

    def into_little_room(store: Store, wreck: Wreck) -> Merged:
        (pages,) = store.database.execute_sql("PRAGMA page_count").fetchone()
        store.database.execute_sql(f"PRAGMA max_page_count = {pages + room}")
        return merge(store, wreck)

    damaged = zeroed(without_backups(path), leaf_of(path, 30))
    monkeypatch.setattr(merging, "merge", into_little_room)
    with pytest.raises(UserError, match="磁盘满了"):
        repairing.repair(recovering.examine(path), Way.SALVAGE)
    assert path.read_bytes() == damaged


def test_salvage_without_a_header_finds_every_record(path: Path) -> None:
    zeroed(without_backups(path), 1)
    done = repairing.repair(recovering.examine(path), Way.SALVAGE)
    assert done.merged is not None
    assert done.merged.losses == []
    with Ledger.open(path) as ledger:
        assert (ledger.counts()["hazard"], ledger.verify()) == (60, [])
        assert ledger.get("inspection", 1).values["enterprises"]
        assert ledger.setting("bureau") == "备份以后的名称"


def test_a_history_cut_or_edited_is_told_and_salvage_chains_it_anew(path: Path) -> None:
    without_backups(path)
    outside(path, "UPDATE history SET \"by\" = '某人' WHERE id = 5", "DELETE FROM history WHERE id = 8")
    assert any("变更历史第5条" in problem for problem in recovering.problems_of(path))
    done = repairing.repair(recovering.examine(path), Way.SALVAGE)
    assert done.merged is not None
    assert (done.merged.missing_entries, done.merged.edited_entries) == (1, [5])
    with Ledger.open(path) as ledger:
        assert (ledger.counts()["hazard"], ledger.verify()) == (60, [])


def test_a_change_outside_the_records_can_be_accepted_and_is_noted(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[80] ^= 1
    path.write_bytes(data)
    examined = recovering.examine(path)
    assert examined.best is Way.ACCEPT
    repairing.repair(examined, Way.ACCEPT, "李四")
    with Ledger.open(path) as ledger:
        assert ledger.sealing.state is State.WHOLE
        sets = ledger._store.schema.change_set
        newest = sets.select(sets.sentence, sets.by).order_by(sets.id.desc()).limit(1).tuples()[0]
        assert "在程序之外被改动过" in newest[0]
        assert newest[1] == "李四"


def test_a_trigger_put_in_from_outside_is_not_accepted_and_not_taken_over(path: Path) -> None:
    outside(path, "CREATE TRIGGER t AFTER INSERT ON hazard BEGIN DELETE FROM hazard; END")
    examined = recovering.examine(path)
    assert any("触发器" in problem for problem in examined.problems)
    assert Way.ACCEPT not in [offer.way for offer in examined.offers]
    repairing.repair(examined, Way.SALVAGE)
    with Ledger.open(path) as ledger:
        assert ledger.counts()["hazard"] == 60
        assert sqlite.strange(ledger._store.database) == []


def test_garbage_truncation_and_an_empty_file(path: Path) -> None:
    data = path.read_bytes()
    middle = len(data) // 2 // PAGE * PAGE
    for damaged in (data[:middle] + b"\xa5" * 9000 + data[middle + 9000 :], data[: middle + 700], b""):
        path.write_bytes(damaged)
        examined = recovering.examine(path)
        assert examined.problems
        assert examined.best in (Way.CHANGES, Way.BACKUP)
        assert examined.best is not None
        done = repairing.repair(examined, examined.best)
        assert done.kept is not None
        assert done.kept.read_bytes() == damaged
        with Ledger.open(path) as ledger:
            assert ledger.verify() == []
            assert ledger.counts()["hazard"] >= 60


def test_what_never_was_a_ledger_is_no_case_for_repair(path: Path, tmp_path: Path) -> None:
    empty = tmp_path / "leer.mxdb"
    empty.write_bytes(b"")
    path.write_bytes(b"")
    for file, ours in ((empty, False), (path, True)):
        with pytest.raises(UserError) as caught:
            Ledger.open(file)
        assert recovering.concerns(file, caught.value) is ours
    with pytest.raises(UserError, match="走不通"):
        repairing.repair(recovering.examine(empty), Way.SALVAGE)
    assert empty.read_bytes() == b""


def test_an_older_file_in_the_ledgers_place_is_told_by_the_newest_backup(path: Path) -> None:
    older = path.read_bytes()
    with Ledger.open(path) as ledger:
        ledger.edit("hazard", 1, {"note": "später"})
        newest = ledger.backup()
    path.write_bytes(older)
    with Ledger.open(path) as ledger:
        told = ledger.verify()
    assert len(told) == 1
    assert newest.name in told[0]
    first = min((path.parent / backup_names.FOLDER).iterdir(), key=lambda one: one.name.split("-")[2])
    restoring.restore(first, path)
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []


def test_a_session_cut_short_is_looked_through_and_damage_in_it_found(path: Path) -> None:
    never_sealed(path)
    with Ledger.open(path) as ledger:
        assert walking.unsettled(ledger)
        assert walking.settle(ledger) == []
        assert not walking.unsettled(ledger)
    assert seal.holds(path)
    outside(path, "UPDATE hazard SET note = 'x' WHERE id = 3")
    never_sealed(path)
    with Ledger.open(path) as ledger:
        assert walking.settle(ledger) == ["隐患 #3 在程序之外被改动过"]
    assert not seal.holds(path)


def test_what_no_history_covers_comes_back_from_the_backup_or_is_listed(path: Path) -> None:
    """Record 7 was changed since the backup, record 3 was not, and the place of all has another name since."""
    with Ledger.open(path) as ledger:
        place = next(entry for entry in ledger.entries("enterprise") if entry.name == "甲厂")
        ledger.save_entry(replace(place, name="癸厂"))
    outside(path, "UPDATE hazard SET updated_by = '某人', search = '', uid = uid || 'x' WHERE id IN (3, 7)")
    damaged = path.read_bytes()
    without = Path(shutil.copyfile(path, path.parent.parent / "单独.mxdb"))
    done = check_repaired(path, damaged)
    assert done.merged is not None
    assert done.merged.losses == []
    with Ledger.open(path) as ledger:
        for number in (3, 7):
            record = ledger.get("hazard", number)
            assert (record.updated_by, "x" in record.uid) == ("张三", False)
            assert number in ledger.ids(Query("hazard", search="peidianxiang"))
        assert 5 in ledger.ids(Query("hazard", search="癸厂"))
    done = repairing.repair(recovering.examine(without), Way.SALVAGE)
    assert done.merged is not None
    assert [(loss.record, loss.what) for loss in done.merged.losses] == [(3, RETOLD), (7, RETOLD)]
    with Ledger.open(without) as ledger:
        assert "抢救" in ledger.history("hazard", 3)[-1].sentence, "what was done, where no field is another"


def test_what_is_saved_of_an_older_file_is_found_as_in_a_new_one(tmp_path: Path) -> None:
    """A page of it is gone, so that it cannot be brought up to date first."""
    released = Path(__file__).parents[2] / "data" / "ledger-1.4.mxdb"
    path = Path(shutil.copyfile(released, tmp_path / "台账.mxdb"))
    zeroed(path, *leaves(path, "meeting"))
    repairing.repair(recovering.examine(path), Way.SALVAGE)
    with Ledger.open(path) as ledger:
        assert ledger.ids(Query("hazard", search="甲厂 jc")).tolist() == [1]
        place = next(entry for entry in ledger.entries("enterprise") if entry.name == "甲厂")
        ledger.save_entry(replace(place, name="癸厂"))
        assert ledger.ids(Query("hazard", search="甲厂")).tolist() == []
        assert ledger.ids(Query("hazard", search="癸厂 gc 配电")).tolist() == [1]


def test_lists_and_settings_that_were_changed_outside_are_the_backups(path: Path) -> None:
    """What was added since, which records may name, is there all the same."""
    with Ledger.open(path, operator="张三") as ledger:
        adder_for(ledger)("hazard", description="新企业", place="丙厂")
    outside(
        path,
        "UPDATE hazard SET note = 'x' WHERE id = 3",
        "UPDATE reference SET name = '盖洋乡' WHERE name = '盖洋镇'",
        "UPDATE setting SET value = '某局' WHERE key = 'bureau'",
    )
    without = Path(shutil.copyfile(path, path.parent.parent / "单独.mxdb"))
    for file, way, area, bureau in (
        (path, Way.CHANGES, "盖洋镇", "明溪县应急管理局"),
        (without, Way.SALVAGE, "盖洋乡", "某局"),
    ):
        done = repairing.repair(recovering.examine(file), way)
        assert [text[:4] for text in done.problems] == ["乡镇、单", "设置在程"]
        assert "盖洋" not in done.sentence()
        with Ledger.open(file) as ledger:
            assert ledger.verify() == []
            assert ledger.get("hazard", 1).shown["area"] == area
            assert ledger.get("hazard", 62).shown["place"] == "丙厂"
            assert ledger.setting("bureau") == bureau
