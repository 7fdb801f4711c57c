"""What lies beside the records is proved too, where the seal does not count: by `verify` and by the look-through."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mingxi_desktop.domain.records import BatchFile, IncomingRow
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import recovering, repairing
from mingxi_desktop.ledger.safekeeping.recovering import Way
from mingxi_desktop.ledger.safekeeping.walking import Walk
from mingxi_desktop.storage import digests, seal, sqlite
from mingxi_desktop.storage.legible import illegible
from mingxi_desktop.storage.seal import State
from mingxi_desktop.storage.store import Store
from tests.ledger.conftest import DEFAULTS, Add, adder_for, filled
from tests.sealing import outside

LISTS, OUTSIDE = "乡镇、单位、物资等名单", "在程序之外被改动过"
TRIGGER = "CREATE TRIGGER t AFTER INSERT ON hazard BEGIN UPDATE hazard SET quantity_found = 0; END"


@pytest.fixture(scope="module")
def cut_short_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose last session was cut short: its seal says nothing of what is in it."""
    path = Path(shutil.copyfile(empty_file, tmp_path_factory.mktemp("cut") / "台账.mxdb"))
    with Ledger.open(path, operator="张三") as ledger:
        adder_for(ledger)("hazard", place="甲厂")
        rows = [
            IncomingRow(
                "hazard", filled(ledger, "hazard", {**DEFAULTS["hazard"], "description": "导入"}), "表1", 3
            )
        ]
        ledger.store(rows, [BatchFile("a.xlsx", "表1", "hazard", 1, "ab" * 32)], sentence="导入 a.xlsx")
        ledger.notes.set_opening("hazards_found", 2023, "1500", "2023年年度总结")
        ledger.wordings.keep(2024, {"plan": "明年计划"}, "修改报告文字")
        ledger.add_choice("campaign", "打非治违")
        ledger.set_setting("signer", "李四")
        shutil.copyfile(path, path.with_name("cut.mxdb"))
    return path.with_name("cut.mxdb")


@pytest.fixture
def cut(cut_short_file: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copyfile(cut_short_file, tmp_path / "台账.mxdb"))


def walked(ledger: Ledger) -> list[str]:
    walk = Walk()
    while walk.step(ledger):
        pass
    return walk.problems


def test_a_session_cut_short_left_everything_right(cut: Path) -> None:
    with Ledger.open(cut) as ledger:
        assert ledger.sealing.state is State.UNSEALED
        assert ledger.verify() == []
        assert walked(ledger) == []


CHANGES = {
    "UPDATE reference SET name = '盖洋乡' WHERE name = '盖洋镇'": LISTS + OUTSIDE,
    "UPDATE setting SET value = '王五' WHERE key = 'signer'": "设置" + OUTSIDE,
    "UPDATE opening SET value = '15'": "期初数" + OUTSIDE,
    "INSERT INTO indicator VALUES ('x', '{}')": "指标定义" + OUTSIDE,
    "UPDATE narrative SET text = ''": "报告的文字" + OUTSIDE,
    "INSERT INTO zero_report VALUES (9, 'hazard', '', 'area:1', '2024-01', '', '')": "零报告" + OUTSIDE,
    "INSERT INTO acceptance VALUES (9, 'x', 'x', 2024, '', '', '', '')": "核对的说明" + OUTSIDE,
    "INSERT INTO attachment VALUES (9, 'hazard', 7, '', 'x', 1, '', NULL)": "佐证材料的登记" + OUTSIDE,
    "UPDATE batch SET files = replace(files, 'a.xlsx', 'b.xlsx')": "导入记录" + OUTSIDE,
    "UPDATE change_set SET sentence = '' WHERE id = 1": "变更历史的说明" + OUTSIDE,
    "UPDATE hazard SET batch = 1 WHERE id = 1": "隐患 #1 的来源（哪次导入）" + OUTSIDE,
    "UPDATE hazard SET batch = NULL WHERE id = 2": "隐患 #2 的来源（哪次导入）" + OUTSIDE,
}


def test_what_was_changed_beside_the_records_is_named(cut: Path) -> None:
    outside(cut, *CHANGES)
    with Ledger.open(cut) as ledger:
        assert sorted(walked(ledger)) == sorted(CHANGES.values())
        assert set(ledger.verify()) >= set(CHANGES.values())
        assert not ledger.sealing.proved
    assert not seal.holds(cut)


MARKED = {
    "uid": "'x'",
    "year": "2023",
    "created_at": "'2020-01-01 00:00:00'",
    "updated_at": "'2020-01-01 00:00:00'",
    "updated_by": "'某人'",
    "deleted_at": "'2020-01-01 00:00:00'",
    "deleted_by": "'某人'",
    "search": "''",
}
"""Column → what somebody writes into it."""


def test_what_no_history_covers_of_a_record_is_held_against_its_mark(cut: Path) -> None:
    """In a file that was cut short; a closed one has its seal."""
    with Ledger.open(cut) as ledger:
        add = adder_for(ledger)
        numbers = {column: add("hazard", description=column) for column in MARKED}
        ledger.delete("hazard", [numbers["deleted_at"], numbers["deleted_by"]])
        killed = Path(shutil.copyfile(cut, cut.with_name("killed.mxdb")))
    for column, value in MARKED.items():
        outside(killed, f"UPDATE hazard SET {column} = {value} WHERE id = {numbers[column]}")
    with Ledger.open(killed) as ledger:
        found, told = walked(ledger), ledger.verify()
    assert [text.partition("（")[0] for text in found] == [
        f"隐患 #{number} 的登记信息" for number in numbers.values()
    ]
    assert set(told) >= set(found)
    assert not seal.holds(killed)


def test_marks_follow_every_way_a_record_is_written(ledger: Ledger, add: Add) -> None:
    steps = [{"record_date": DEFAULTS["hazard"]["record_date"], "action": "下达整改"}]
    first = add("hazard", place="甲厂", hazard_step=steps)
    second = add("hazard", description="二", place="甲厂")
    ledger.edit("hazard", first, {"note": "改了"})
    ledger.delete("hazard", [first, second])
    ledger.restore("hazard", [first])
    place = next(entry for entry in ledger.entries("enterprise") if entry.name == "甲厂")
    ledger.save_entry(replace(place, name="乙厂"))
    assert ledger.verify() == []
    with pytest.raises(UserError):
        ledger.edit_each("hazard", {first: {"note": "x"}, second: {"note": "x"}})
    ledger.edit("hazard", first, {"note": "还能改"})
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM reference WHERE name = '打非治违'", LISTS + OUTSIDE),
        ("INSERT INTO setting VALUES ('backup.overtaken', '99999')", "设置" + OUTSIDE),
        ("UPDATE reference SET search = CAST(x'41ff' AS TEXT) WHERE id = 2", LISTS + "里有读不出来的文字"),
        (f"DELETE FROM setting WHERE key = '{digests.KEPT}'", "校验值不见了"),
        (f"UPDATE setting SET value = '[1' WHERE key = '{digests.KEPT}'", "校验值不见了"),
    ],
)
def test_each_alone_is_enough(cut: Path, statement: str, told: str) -> None:
    outside(cut, statement)
    store = Store.open(cut)
    try:
        found = illegible(store) or list(store.digests.check())
        assert [told in text for text in found if text] == [True]
    finally:
        store.close()


def test_a_change_of_the_lists_is_not_accepted_as_if_nothing_were_wrong(cut: Path) -> None:
    Ledger.open(cut).close()
    outside(cut, "UPDATE reference SET name = '盖洋乡' WHERE name = '盖洋镇'")
    seal.press(cut)
    examined = recovering.examine(cut)
    assert examined.problems == (LISTS + OUTSIDE,)
    assert Way.ACCEPT not in [offer.way for offer in examined.offers]


def test_a_trigger_is_told_refused_and_left_behind_by_the_repair(cut: Path) -> None:
    with Ledger.open(cut) as ledger:
        ledger._store.database.execute_sql(TRIGGER)
        assert any("触发器或视图：t" in text for text in ledger.verify())
        assert any("触发器或视图：t" in text for text in walked(ledger))
    seal.press(cut)
    before = cut.read_bytes()
    with pytest.raises(sqlite.DamagedError, match="触发器") as caught:
        Ledger.open(cut)
    assert recovering.concerns(cut, caught.value)
    assert cut.read_bytes() == before
    examined = recovering.examine(cut)
    assert examined.best is not None
    repairing.repair(examined, examined.best)
    with Ledger.open(cut) as ledger:
        assert ledger.verify() == []
        assert ledger.counts()["hazard"] == 2


def test_a_refused_change_leaves_the_digests_right(cut: Path) -> None:
    with Ledger.open(cut) as ledger:
        with pytest.raises(UserError):
            ledger.add("hazard", {"area": "area:1", "place": "乙厂"})
        ledger.edit("hazard", 1, {"description": "二"})
        ledger.undo()
        ledger.undo_import(1)
        assert ledger.verify() == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE hazard SET description = CAST(x'41ff' AS TEXT) WHERE id = 1", "隐患里有读不出来的文字"),
        ("UPDATE hazard SET search = CAST(x'e6' AS TEXT) WHERE id = 1", "隐患里有读不出来的文字"),
        ("UPDATE hazard SET batch = CAST(x'e6' AS TEXT) WHERE id = 1", "隐患里有读不出来的文字"),
        ("UPDATE history SET changes = CAST(x'e6' AS TEXT) WHERE id = 1", "变更历史里有读不出来的文字"),
    ],
)
def test_a_text_that_is_none_is_told_by_the_proof_that_reads_it(cut: Path, statement: str, told: str) -> None:
    outside(cut, statement)
    with Ledger.open(cut) as ledger:
        assert ledger.verify() == [told]


def test_records_that_are_gone_that_came_and_that_hold_bytes_are_all_named(cut: Path) -> None:
    with Ledger.open(cut) as ledger:
        numbers = [adder_for(ledger)("hazard", description=str(place)) for place in range(5)]
        killed = Path(shutil.copyfile(cut, cut.with_name("killed.mxdb")))
    columns = "uid, year, created_at, updated_at, updated_by, search"
    outside(
        killed,
        f"DELETE FROM hazard WHERE id IN (1, {numbers[1]}, {numbers[-1]})",
        f"INSERT INTO hazard (id, {columns}) SELECT -5, 'n', 2024, '', '', '', ''",
        f"INSERT INTO hazard (id, {columns}) SELECT 999, 'm', 2024, '', '', '', ''",
        f"UPDATE hazard SET note = x'00ff' WHERE id = {numbers[2]}",
        f"UPDATE hazard SET updated_by = x'00ff' WHERE id = {numbers[3]}",
    )
    with Ledger.open(killed) as ledger:
        found = [text for text in ledger.verify() if text.startswith("隐患 #")]
    changed = [f"隐患 #{number} 在程序之外被改动过" for number in (-5, numbers[2], 999)]
    gone = [f"隐患 #{number} 不见了" for number in (1, numbers[1], numbers[-1])]
    assert found[:6] == changed + gone
    assert found[6].startswith(f"隐患 #{numbers[3]} 的登记信息")
    assert len(found) == 7
