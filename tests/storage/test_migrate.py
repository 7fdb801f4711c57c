"""Files of an older schema are brought up to date, after a checked copy of them was put aside."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.declare import choice, count, date, ref, text
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import common_fields
from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import copies, migrate, sqlite
from mingxi_desktop.storage.schema import VERSION
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.zero_reports import ZeroTable
from tests.sealing import never_sealed, outside

RELEASED = sorted((Path(__file__).parents[1] / "data").glob("ledger-*.mxdb"))
LATER = (VERSION[0], VERSION[1] + 1)
PATROL = Kind(
    name="patrol",
    label="巡查",
    tab="隐患排查",
    title=("route",),
    quantity="times",
    key=("record_date", "route"),
    since=LATER,
    fields=(*common_fields()[:2], text("route", "路线", required=True), count("times", "次数", "次", default=1),
            *common_fields()[2:]),
)  # fmt: skip
FRESH = (
    text("weather", "天气", since=LATER),
    count("fans", "风扇", "台", since=LATER),
    date("seen", "看到日期", since=LATER),
    choice("mood", "程度", "approx", since=LATER),
    ref("guide", "带路", "enterprise", since=LATER),
)
DECLARED = (
    *(replace(kind, fields=(*kind.fields, *FRESH)) if kind.name == "hazard" else kind for kind in kinds.ALL),
    PATROL,
)


def shape(path: Path) -> dict[str, Any]:
    """Tables with their columns, checks and indexes, in no order."""
    with sqlite3.connect(path) as other:
        tables = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        indexes = other.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''"
        ).fetchall()
        found: dict[str, Any] = dict(indexes)
        for name, sql in tables:
            columns = {tuple(row[1:]) for row in other.execute(f'PRAGMA table_info("{name}")')}
            found[name] = (columns, sorted(sql.replace(",", " ").replace("(", " ").replace(")", " ").split()))
    other.close()
    return found


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of a later version: a new ledger, new fields in an old one."""
    monkeypatch.setattr(kinds, "ALL", DECLARED)
    for module in ("store", "migrate"):
        monkeypatch.setattr(f"mingxi_desktop.storage.{module}.VERSION", LATER)


@pytest.mark.usefixtures("next_version")
@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_migrated_file_equals_a_fresh_one(released: Path, tmp_path: Path) -> None:
    old, fresh = tmp_path / "old.mxdb", tmp_path / "fresh.mxdb"
    shutil.copyfile(released, old)
    with Ledger.open(old) as ledger:
        assert ledger.verify() == []
        assert ledger.get("hazard", 1).values["weather"] is None
        ledger.edit("hazard", 1, {"weather": "大雨", "fans": 2})
        ledger.add(
            "patrol",
            {"record_date": ledger.get("hazard", 1).values["record_date"], "area": "area:1", "route": "x"},
        )
        assert ledger.verify() == []
    Store.create(fresh).close()
    assert shape(old) == shape(fresh)
    assert sqlite.version_of(sqlite.look(old)[1]) == LATER
    version = released.stem.removeprefix("ledger-")
    aside = tmp_path / f"old-升级前{version}.mxdb"
    assert sqlite.version_of(sqlite.look(aside)[1]) == tuple(map(int, version.split(".")))
    assert shape(aside) == shape(released)
    assert sorted(item.name for item in tmp_path.glob("*.*")) == sorted([old.name, fresh.name, aside.name])


@pytest.mark.usefixtures("next_version")
def test_a_migration_is_whole_or_not_at_all(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shape(file)

    def failing(_: object) -> None:
        raise RuntimeError("pulled the plug")

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", ((LATER, failing),))
        with pytest.raises(RuntimeError, match="pulled the plug"):
            Store.open(file)
    assert shape(file) == before
    assert sqlite.version_of(sqlite.look(file)[1]) == VERSION
    Store.open(file).close()
    assert sorted(item.name for item in file.parent.glob("台账-升级前*")) == [
        f"台账-升级前{VERSION[0]}.{VERSION[1]}-2.mxdb", f"台账-升级前{VERSION[0]}.{VERSION[1]}.mxdb",
    ]  # fmt: skip


@pytest.mark.usefixtures("next_version")
def test_no_migration_without_a_good_copy(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    monkeypatch.setattr(copies, "faults", lambda *_: (["坏了"], []))
    with pytest.raises(UserError, match="升级前的备份没有通过检查，没有升级"):
        Store.open(file)
    assert file.read_bytes() == before
    assert [item.name for item in file.parent.glob("*.*")] == [file.name]


@pytest.mark.usefixtures("next_version")
def test_steps_of_versions_that_a_file_has_are_not_repeated(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    steps = [((1, 0), lambda _: done.append("1.0")), (LATER, lambda _: done.append("1.1"))]
    monkeypatch.setattr(migrate, "STEPS", tuple(steps))
    Store.open(file).close()
    Store.open(file).close()
    assert done == ["1.1"]


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_every_released_file_opens(released: Path, tmp_path: Path) -> None:
    path = tmp_path / "台账.mxdb"
    shutil.copyfile(released, path)
    then = sqlite.version_of(sqlite.look(path)[1])
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []
        assert ledger.setting("bureau") == "某县应急管理局"
        counts = ledger.counts()
        assert [kind.name for kind in kinds.ALL if kind.since <= then and not counts[kind.name]] == []
        movement = ledger.get("supply_movement", 1)
        assert movement.shown["receiver"] == "盖洋镇"
        assert [row.shown["item"] for row in ledger.children("supply_movement", 1)["supply_line"]] == [
            "棉被",
            "毛毯",
        ]
        assert [entry.action for entry in ledger.history("hazard", 1)] == ["新增", "修改"]
        assert ledger.trace("quilts_dispatched", 2024).value.value == 100
        ledger.add("supply_line", {"movement": "supply_movement:1", "item": "item:140", "quantity": 3})
        assert ledger.verify() == []
    assert released.stat().st_size < 400_000


def test_there_is_a_file_of_every_release() -> None:
    assert [path.name for path in RELEASED] == [f"ledger-1.{minor}.mxdb" for minor in range(5)]


def test_zero_reports_of_months_become_those_of_periods(tmp_path: Path) -> None:
    path = tmp_path / "台账.mxdb"
    shutil.copyfile(RELEASED[1], path)
    with Ledger.open(path) as ledger:
        area = next(entry.ref for entry in ledger.entries("area") if entry.name == "盖洋镇")
        table = ZeroTable(ledger._store, ledger._journal)
        assert list(table.of_kind("hazard")) == [(area, "2024-03")]


def test_what_a_file_covers_already_is_not_taken_anew(tmp_path: Path) -> None:
    """Else an upgrade would vouch for what somebody has changed."""
    path = Path(shutil.copyfile(RELEASED[3], tmp_path / "台账.mxdb"))
    outside(path, "UPDATE reference SET name = '盖洋乡' WHERE name = '盖洋镇'")
    never_sealed(path)
    with Ledger.open(path) as ledger:
        assert [text.partition("等")[0] for text in ledger.verify()] == ["乡镇、单位、物资"]


def test_search_texts_lose_the_names_of_lists_and_nobody_is_vouched_for(tmp_path: Path) -> None:
    path = Path(shutil.copyfile(RELEASED[4], tmp_path / "台账.mxdb"))
    outside(path, "UPDATE hazard SET updated_by = '某人' WHERE id = 2")
    never_sealed(path)
    with Ledger.open(path) as ledger:
        assert ledger.verify() == [
            "隐患 #2 的登记信息（标识、年度、时间、操作人或检索文字）在程序之外被改动过"
        ]
        table = ledger._store.schema.table["hazard"]
        texts = dict(table.select(table.id, table.search).tuples())
        assert not [text for text in texts.values() for name in ("盖洋", "甲厂", "消防") if name in text]
        for search in ("盖洋 pdx", "甲厂 xiaofang", "gyz 大排查 配电箱", "jiachang"):
            assert ledger.ids(Query("hazard", search=search)).tolist() == [1], search
