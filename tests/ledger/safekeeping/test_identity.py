"""An older file, or another one, in the ledger's place: told until it is settled, and settled in the history."""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import (
    Ledger,
)
from mingxi_desktop.ledger.safekeeping import (
    backup_names,
    identity,
    overtaken,
    proving,
    recovering,
    repairing,
    restoring,
)
from mingxi_desktop.ledger.safekeeping.backup_names import FOLDER_SETTING, backups_in
from mingxi_desktop.ledger.safekeeping.backups import BEFORE_IMPORT, CLOSING, MEANWHILE, Made, finish
from mingxi_desktop.ledger.safekeeping.recovering import Way
from mingxi_desktop.ledger.todos import note_check
from mingxi_desktop.storage import copies, seal
from tests.ledger.conftest import adder_for


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    """A ledger file that is not open, alone in its folder."""
    (tmp_path / "甲").mkdir()
    return Path(shutil.copyfile(empty_file, tmp_path / "甲" / "台账.mxdb"))


def kept(path: Path, *descriptions: str) -> Path:
    """Open, add, back up and close; the backup."""
    with Ledger.open(path, operator="张三") as ledger:
        add = adder_for(ledger)
        for text in descriptions:
            add("hazard", description=text)
        return ledger.backups.make(CLOSING).path


def told(path: Path) -> identity.Passed | None:
    with Ledger.open(path) as ledger:
        return overtaken.look(ledger)


def found(path: Path) -> list[str]:
    with Ledger.open(path) as ledger:
        return ledger.verify()


def confirmed(path: Path) -> None:
    with Ledger.open(path, operator="李四") as ledger:
        overtaken.confirm(ledger)


def described(path: Path) -> list[str]:
    with Ledger.open(path) as ledger:
        count = ledger.counts()["hazard"]
        return [ledger.get("hazard", number).values["description"] for number in range(1, count + 1)]


def test_an_older_file_is_told_at_every_opening_until_it_is_confirmed(path: Path) -> None:
    kept(path, "一")
    older = path.read_bytes()
    newest = kept(path, "二", "三")
    assert told(path) is None
    path.write_bytes(older)
    for _ in range(2):
        passed = told(path)
        assert passed is not None
        assert passed.newest.path == newest
        assert len(found(path)) == 1
        kept(path, "后来")  # a newer backup of the older file hushes nothing up
    with Ledger.open(path) as ledger:
        owner = ledger.setting(backup_names.OWNER)
    confirmed(path)
    assert (told(path), found(path)) == (None, [])
    with Ledger.open(path) as ledger:
        assert ledger.setting(backup_names.OWNER) != owner, "one of two copies that both go on"
        sets = ledger._store.schema.change_set
        said = sets.select(sets.sentence, sets.by).order_by(sets.id.desc()).tuples()[0]
        assert said == (identity.CONFIRMED, "李四")


def test_another_ledger_in_its_place_is_told(path: Path, tmp_path: Path) -> None:
    kept(path, "一")
    path.unlink()
    Ledger.create(path).close()
    passed = told(path)
    assert passed is not None
    assert not passed.own
    assert "另一份" in passed.sentence
    confirmed(path)
    assert (told(path), found(path)) == (None, [])


def test_settings_alone_hush_nothing_up(path: Path) -> None:
    kept(path, "一")
    older = path.read_bytes()
    kept(path, "二")
    for key, value in (("backup.owner", "ffff"), ("backup.overtaken", "99999")):
        path.write_bytes(older)
        with Ledger.open(path) as ledger:
            ledger.set_setting(key, value)
        assert told(path) is not None
        assert found(path)


def test_going_back_is_noted_and_so_no_longer_missed(path: Path, tmp_path: Path) -> None:
    """Also where the backups lie in a folder of their own."""
    with Ledger.open(path) as ledger:
        ledger.set_setting(FOLDER_SETTING, str(tmp_path / "别处"))
    first, second = kept(path, "一"), kept(path, "二")
    aside = restoring.restore(first, path)
    assert aside is not None
    assert (told(path), found(path)) == (None, [])
    kept(path, "三")
    restoring.restore(second, path)
    assert recovering.examine(path).problems == ()
    assert described(path) == ["一", "二"]


def test_repair_leads_on_from_an_older_file_to_what_came_after_it(path: Path) -> None:
    """Also from one in which nothing had been entered."""
    older = path.read_bytes()
    kept(path, "一", "二")
    path.write_bytes(older)
    examined = recovering.examine(path)
    assert examined.best is Way.BACKUP
    assert Way.ACCEPT in [offer.way for offer in examined.offers if offer.possible]
    repairing.repair(examined, Way.BACKUP)
    assert described(path) == ["一", "二"]
    assert found(path) == []


def test_what_was_confirmed_and_spoilt_then_can_be_replaced_by_the_backup_of_before(path: Path) -> None:
    """The file went on from nothing: no way of repair is open, and the backup that is there is named."""
    older = path.read_bytes()
    newest = kept(path, "一", "二")
    path.write_bytes(older)
    confirmed(path)
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    examined = recovering.examine(path)
    assert (examined.best, examined.backup, examined.other) == (None, None, newest)
    restoring.restore(newest, path)
    assert described(path) == ["一", "二"]


def test_two_copies_that_share_a_folder_do_not_disturb_each_other(path: Path, tmp_path: Path) -> None:
    """One was copied to a second PC; both go on."""
    with Ledger.open(path) as ledger:
        ledger.set_setting(FOLDER_SETTING, str(tmp_path / "共用"))
    kept(path, "共同")
    other = tmp_path / "乙" / "台账.mxdb"
    other.parent.mkdir()
    shutil.copyfile(path, other)
    kept(other, "乙一", "乙二")
    kept(path, "甲一")
    damage(other)
    examined = recovering.examine(other)
    assert examined.backup is not None
    repairing.repair(examined, Way.BACKUP)
    assert described(other) == ["共同", "乙一", "乙二"]
    confirmed(path)
    kept(path, "甲二")
    confirmed(other)
    kept(other, "乙三")
    kept(path, "甲三")
    assert (found(path), found(other)) == ([], [])
    owners = {one.owner for one in backups_in(tmp_path / "共用")}
    assert len(owners) == 2, "whoever went back to a backup is settled by that"


def damage(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("UPDATE hazard SET note = '篡改'")
    other.commit()
    other.close()


def test_a_renamed_ledger_keeps_its_backups(path: Path) -> None:
    kept(path, "一")
    renamed = path.rename(path.with_name("新名.mxdb"))
    older = renamed.read_bytes()
    newest = kept(renamed, "二")
    renamed.write_bytes(older)
    passed = told(renamed)
    assert passed is not None
    assert passed.newest.path == newest
    damage(renamed)
    assert recovering.examine(renamed).backup == newest


def test_a_file_of_an_earlier_version_gets_the_owner_of_its_backups(path: Path) -> None:
    kept(path, "一")
    with Ledger.open(path) as ledger:
        owner = ledger.setting(backup_names.OWNER)
        ledger.set_setting(backup_names.OWNER, "")
    assert told(path) is None
    with Ledger.open(path) as ledger:
        assert ledger.setting(backup_names.OWNER) == owner


def test_opening_looks_at_no_history_where_nothing_is_new(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(path, "一")
    monkeypatch.setattr(identity, "_not_in_history", lambda _store, named: [] if not named else 1 / 0)
    assert told(path) is None


def test_a_newer_file_is_no_damaged_one(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 9009")
    other.close()
    before = path.read_bytes()
    for look in (recovering.examine, recovering.problems_of):
        with pytest.raises(UserError, match="新版本"):
            look(path)
    assert path.read_bytes() == before


# a backup of a ledger that was changed outside


@pytest.mark.parametrize(
    "statement",
    ["UPDATE hazard SET note = 'x'", "CREATE TRIGGER t AFTER INSERT ON hazard BEGIN DELETE FROM hazard; END"],
)
def test_a_backup_of_a_spoilt_ledger_is_not_a_good_one(path: Path, statement: str) -> None:
    with Ledger.open(path) as ledger:
        adder_for(ledger)("hazard")
        draft = ledger.backups.begin(MEANWHILE)
        other = sqlite3.connect(draft.part)  # as if the ledger had been so
        other.execute(statement)
        other.commit()
        other.close()
        made = finish(draft)
    assert made.flaws
    assert [one.good for one in backups_in(made.path.parent)] == [False]
    assert seal.holds(made.path)


def test_only_those_that_somebody_waits_for_trust_the_seal(path: Path) -> None:
    with Ledger.open(path) as ledger:
        adder_for(ledger)("hazard")
        ledger.backups.make()
        for reason, proved in ((CLOSING, True), ("", False), (MEANWHILE, False)):
            draft = ledger.backups.begin(reason)
            assert draft.proved is proved
            draft.part.unlink()


@pytest.mark.parametrize(
    ("days", "proved"), [(None, False), (0, True), (6, True), (7, False), (-1, False)], ids=str
)
def test_once_a_week_the_closing_window_looks_at_every_record(
    path: Path, days: int | None, proved: bool
) -> None:
    with Ledger.open(path) as ledger:
        adder_for(ledger)("hazard")
        if days is not None:
            at = datetime.datetime.now() - datetime.timedelta(days)
            ledger.set_setting(backup_names.LAST_PROOF, f"{at:%Y-%m-%d %H:%M:%S}")
        for reason, trusting in ((CLOSING, proved), (BEFORE_IMPORT, True)):
            draft = ledger.backups.begin(reason)
            assert draft.proved is trusting
            draft.part.unlink()
        assert ledger.backups.make(CLOSING).proof is not proved
        assert ledger.backups.begin(CLOSING).proved
        (part,) = ledger.backups.folder.glob("*.part")
        part.unlink()


def test_a_flawed_ledger_is_not_noted_as_looked_through(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.backups.note(Made(path, 1, ("隐患 #1 不见了",), proof=True))
        assert ledger.setting(backup_names.LAST_PROOF) == ""
        note_check(ledger, ["隐患 #1 不见了"])
        assert ledger.setting(backup_names.LAST_PROOF) == ""
        note_check(ledger, [])
        assert ledger.setting(backup_names.LAST_PROOF) != ""


def test_a_large_ledger_is_looked_through_beside_the_work(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(path) as ledger:
        adder_for(ledger)("hazard")
        ledger.backups.make(BEFORE_IMPORT)
        assert not ledger.backups.due(), "a small one is when its window closes"
        monkeypatch.setattr(proving, "MOST_AT_ONCE", 1000)
        assert ledger.backups.due()
        ledger.backups.make(MEANWHILE)
        assert not ledger.backups.due()


def test_a_full_disk_says_that_the_backup_was_not_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise UserError("磁盘满了，没有保存", "磁盘：D", "腾出空间")

    monkeypatch.setattr(copies, "copy_to", full)
    with Ledger.open(path) as ledger, pytest.raises(UserError) as caught:
        ledger.backups.make()
    assert caught.value.title == "备份没有做成：磁盘满了"


def test_nothing_of_the_users_is_swept_away(path: Path) -> None:
    first = kept(path, "一")
    own = first.with_name(f"{first.name}.0123abcd.part")
    users = first.with_name("台账.mxbak.rar.part1.rar")
    for file in (own, users):
        file.write_bytes(b"x")
        os.utime(file, (0, 0))
    kept(path, "二")
    assert (own.exists(), users.exists()) == (False, True)
