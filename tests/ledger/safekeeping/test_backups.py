"""When a backup is due, what it is called, which ones are kept, and the second place."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import closing, restoring, second_place
from mingxi_desktop.ledger.safekeeping.backup_names import Named, backups_in, name_of, read_name
from mingxi_desktop.ledger.safekeeping.backups import (
    BEFORE_IMPORT,
    CLOSING,
    FOLDER_SETTING,
    LAST_BACKUP,
    SECOND_BACKUP,
    SECOND_PLACE,
    Backups,
    finish,
)
from mingxi_desktop.ledger.safekeeping.retention import LEAST_GOOD, superfluous
from mingxi_desktop.storage import copies, seal
from mingxi_desktop.storage.store import Store
from tests.ledger.conftest import Add
from tests.ledgers import BACKUP_BEFORE

NOON = datetime.datetime(2024, 6, 9, 12)


@pytest.fixture(autouse=True)
def before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups before an import and the like, as delivered."""
    monkeypatch.setattr(Backups, "before", BACKUP_BEFORE)


def made(*times: datetime.datetime, reason: str = "") -> list[Named]:
    """Backups of these times in this order, numbered from 1."""
    return [Named(Path(f"{n}"), "台账", "3f2a", n, at, "00000000", reason) for n, at in enumerate(times, 1)]


def kept(backups: list[Named]) -> list[Named]:
    gone = set(superfluous(backups))
    return [one for one in backups if one not in gone]


# names


def test_a_name_says_whose_which_when_and_why(tmp_path: Path) -> None:
    name = name_of("明溪-2024", "3f2a", 12, "9a8b7c6d" * 8, "导入前")
    found = read_name(tmp_path / name)
    assert found is not None
    assert (found.stem, found.owner, found.number, found.tail) == ("明溪-2024", "3f2a", 12, "9a8b7c6d")
    assert (found.reason, found.good) == ("导入前", True)
    assert abs(found.at - datetime.datetime.now()) < datetime.timedelta(minutes=2)
    earlier = read_name(tmp_path / "台账-20240609-173000-9a8b7c6d.mxbak")
    assert earlier is not None
    assert (earlier.number, earlier.at) == (0, datetime.datetime(2024, 6, 9, 17, 30))
    assert read_name(tmp_path / "我自己起的名字.mxbak") is None
    assert read_name(tmp_path / "台账-20249999-173000-9a8b7c6d.mxbak") is None


# retention


def test_two_days_all_then_days_weeks_and_months() -> None:
    """Three years of work, four backups on each working day."""
    days = [NOON - datetime.timedelta(days=n) for n in range(3 * 365, -1, -1)]
    work = [day for day in days if day.weekday() < 5]
    backups = made(*(day + datetime.timedelta(hours=hour) for day in work for hour in (-3, 0, 2, 5)))
    left = kept(backups)
    by_day: dict[datetime.date, int] = {}
    for one in left:
        by_day[one.at.date()] = by_day.get(one.at.date(), 0) + 1
    newest = sorted(by_day, reverse=True)
    assert [by_day[day] for day in newest[:2]] == [4, 4]
    assert {by_day[day] for day in newest[2:]} == {1}
    assert newest[:14] == [day.date() for day in reversed(work)][:14]
    assert len({day.isocalendar()[:2] for day in newest}) >= 8
    assert len({(day.year, day.month) for day in newest}) == 24
    assert all(one.at.hour == 17 for one in left if one.at.date() not in newest[:2]), "the last of each day"
    assert len(left) < 50


def test_a_clock_set_back_or_forward_throws_nothing_real_away() -> None:
    week = [NOON - datetime.timedelta(days=n) for n in range(10, 0, -1)]
    for wrong in (NOON.replace(year=1999), NOON.replace(year=2099)):
        backups = made(*week, wrong, wrong, NOON)
        left = kept(backups)
        assert [one.at for one in left if one.at in week] == week
        assert backups[-1] in left
        again = kept(made(*week, wrong))
        assert again[-1].at == wrong, "the newest is the newest, whatever its clock says"


def test_an_earlier_version_s_backups_and_the_last_good_ones_stay() -> None:
    old = Named(Path("alt"), "台账", "", 0, NOON.replace(year=2020), "00000000")
    good = made(*(NOON.replace(year=2001, hour=hour) for hour in range(4)))
    bad = [
        Named(Path(f"x{n}"), "台账", "3f2a", 10 + n, NOON + datetime.timedelta(hours=n), "0", "关闭时有问题")
        for n in range(200)
    ]
    left = kept([old, *good, *bad])
    assert old in left
    assert sum(one.good for one in left if one.number) >= LEAST_GOOD


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40_000), st.integers(0, 86_399), st.booleans()), min_size=1, max_size=60
    )
)
def test_whatever_the_clock_does_the_newest_and_three_good_ones_are_kept(
    ticks: list[tuple[int, int, bool]],
) -> None:
    start = datetime.datetime(1990, 1, 1)
    backups = [
        Named(Path(f"{n}"), "台账", "3f2a", n, start + datetime.timedelta(days=day, seconds=second), "0",
              "" if good else "有问题")
        for n, (day, second, good) in enumerate(ticks, 1)
    ]  # fmt: skip
    left = kept(backups)
    assert backups[-1] in left
    good_ones = [one for one in backups if one.good]
    assert set(good_ones[-LEAST_GOOD:]) <= set(left)
    assert kept(left) == left, "thinning out again takes no more"


# making them


def test_a_backup_is_due_only_when_something_changed(ledger: Ledger, add: Add) -> None:
    own = ledger.backups
    assert not own.changed(), "a new ledger has nothing to lose"
    number = add("hazard")
    first = own.make(CLOSING)
    assert ledger.setting(LAST_BACKUP)
    assert not own.changed()
    assert closing.back_up(ledger) is None
    assert own.before(BEFORE_IMPORT) is None
    ledger.set_setting("bureau", "清流县应急管理局")
    assert own.changed(), "settings count too"
    second = own.make(CLOSING)
    ledger.edit("hazard", number, {"note": "改"})
    third = own.before(BEFORE_IMPORT)
    assert third is not None
    assert [made.number for made in (first, second, third)] == [1, 2, 3]
    assert third.path.name.endswith("-导入前.mxbak")
    assert [one.number for one in own.there()] == [3, 2, 1]
    assert seal.holds(third.path)


def test_numbers_go_on_after_the_folder_was_emptied_and_after_going_back(ledger: Ledger, add: Add) -> None:
    add("hazard")
    own = ledger.backups
    own.make()
    shutil.rmtree(own.folder)
    assert own.make().number == 2


def test_saving_goes_on_while_a_backup_is_checked(ledger: Ledger, add: Add) -> None:
    """What is saved after the pages were copied is not in it, and does no harm to it."""
    add("hazard")
    draft = ledger.backups.begin(CLOSING)
    add("hazard", description="后来的")
    done = finish(draft)
    assert done.flaws == ()
    assert ledger.backups.changed()
    with copies.looking(done.path) as copy:
        assert copies.records(copy) == 1


def test_a_backup_interrupted_after_its_copying_leaves_nothing(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_schema: object) -> None:
        raise KeyboardInterrupt

    add("hazard")
    monkeypatch.setattr(copies, "row_counts", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ledger.backups.begin(CLOSING)
    assert list(ledger.backups.folder.iterdir()) == []


def test_a_copy_that_lost_rows_is_no_backup(ledger: Ledger, add: Add) -> None:
    add("hazard")
    draft = ledger.backups.begin(CLOSING)
    other = sqlite3.connect(draft.part)
    other.execute("DELETE FROM hazard")
    other.commit()
    other.close()
    with pytest.raises(UserError, match="备份没有通过检查"):
        finish(draft)
    assert list(draft.folder.iterdir()) == []


def test_a_ledger_with_a_broken_history_is_still_backed_up_and_said_to_be_so(
    ledger: Ledger, add: Add, tmp_path: Path
) -> None:
    add("hazard")
    path = tmp_path / "坏.mxdb"
    shutil.copyfile(ledger.backup(tmp_path / "x.mxbak"), path)
    other = sqlite3.connect(path)
    other.execute("UPDATE history SET \"by\" = '李四'")
    other.commit()
    other.close()
    store = Store.open(path, as_is=True)
    try:
        done = Backups(store).make(CLOSING)
    finally:
        store.close()
    assert "被改动过" in done.flaws[0]
    found = backups_in(done.path.parent)
    assert [(one.reason, one.good) for one in found] == [("关闭时有问题", False)]


def test_a_chosen_folder_that_is_gone_does_not_keep_the_backup_away(
    ledger: Ledger, add: Add, tmp_path: Path
) -> None:
    add("hazard")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    ledger.set_setting(FOLDER_SETTING, str(tmp_path / "file" / "D盘"))
    done = ledger.backups.make()
    assert done.path.parent == tmp_path / "备份"
    assert "放在了台账旁边" in done.warnings[0]


def test_old_backups_go_but_those_of_another_ledger_stay(ledger: Ledger, add: Add, tmp_path: Path) -> None:
    add("hazard")
    own = ledger.backups
    first = own.make().path
    owner = first.name.split("-")[1]
    for number, day in enumerate((*[1] * 10, 2), 2):  # of long ago, ours and a namesake's
        for whose in (owner, "ffff"):
            name = f"台账-{whose}-{number:05d}-2001010{day}-1200{number:02d}-00000000.mxbak"
            shutil.copyfile(first, first.with_name(name))
    ledger.set_setting("bureau", "x")
    own.make()
    left = backups_in(own.folder)
    assert sum(one.owner == "ffff" for one in left) == 11
    assert [one.number for one in left if one.owner == owner] == [13, 12, 11, 1]


# the second place


def test_the_second_place_gets_each_backup_and_the_attachments(
    ledger: Ledger, add: Add, tmp_path: Path
) -> None:
    number = add("hazard")
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8 photo")
    ledger.attach("hazard", number, [photo])
    stick = tmp_path / "U盘"
    ledger.set_setting(SECOND_PLACE, str(stick))
    own = ledger.backups
    away = own.make()
    assert (away.second, away.warnings) == (None, ()), "a stick that is not plugged in is no fault"
    assert ledger.setting(SECOND_BACKUP) == ""
    stick.mkdir()
    done = own.make()
    assert done.second == stick / done.path.name
    assert done.second.read_bytes() == done.path.read_bytes()
    assert ledger.setting(SECOND_BACKUP)
    copies = [path for path in (stick / "附件").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in copies] == [photo.read_bytes()]
    assert not list(stick.rglob("*.part"))
    # on another PC, from the stick alone
    target = tmp_path / "新电脑" / "台账.mxdb"
    restoring.restore(done.second, target)
    with Ledger.open(target) as opened:
        assert opened.verify() == []
        assert opened.attachment_file("hazard", number, "现场.jpg").read_bytes() == photo.read_bytes()


def test_a_fault_of_the_second_place_is_told_and_spoils_nothing(
    ledger: Ledger, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("hazard")
    stick = tmp_path / "U盘"
    stick.mkdir()
    ledger.set_setting(SECOND_PLACE, str(stick))
    real = second_place.placing.digest_of
    monkeypatch.setattr(second_place.placing, "digest_of", lambda path: "0" * 64)
    done = ledger.backups.make()
    monkeypatch.setattr(second_place.placing, "digest_of", real)
    assert done.path.exists()
    assert done.second is None
    assert "读回来不一样" in done.warnings[0]
    assert list(stick.iterdir()) == []


def test_a_second_place_that_does_not_answer_spoils_no_backup(
    ledger: Ledger, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("hazard")
    stick = tmp_path / "上了锁的U盘"
    stick.mkdir()
    ledger.set_setting(SECOND_PLACE, str(stick))
    real = os.stat

    def locked(path: Any, **how: Any) -> os.stat_result:
        if str(path).startswith(str(stick)):
            raise OSError(errno.EINVAL, "locked", str(path))
        return real(path, **how)

    monkeypatch.setattr(os, "stat", locked)
    done = ledger.backups.make()
    assert done.path.exists()
    assert done.second is None
    assert str(stick) in done.warnings[0]
    assert ledger.setting(LAST_BACKUP), "it counts"
