"""A ledger for each test, copied from one that is made once: making one takes longer than most tests."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.domain.fields import Finding
from mingxi_desktop.domain.records import Child
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage.store import Store
from tests.ledger.importing_cases import Desk, Onlooker

Add = Callable[..., int]


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger file that is not open; copy it, do not change it."""
    path = tmp_path_factory.mktemp("template") / "empty.mxdb"
    Ledger.create(path).close()
    return path


@pytest.fixture
def ledger(empty_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    path = tmp_path / "台账.mxdb"
    shutil.copyfile(empty_file, path)
    with Ledger.open(path, operator="张三") as opened:
        yield opened


@pytest.fixture
def add(ledger: Ledger) -> Add:
    """Add a record to the empty ledger: see `adder_for`."""
    return adder_for(ledger)


def adder_for(ledger: Ledger) -> Add:
    """Add a record that is sound but for what the test gives; returns its id.

    Values may be texts where they name references; children are given by kind name as plain dicts.
    """

    def adder(kind: str, **values: Any) -> int:
        declared = ledger._store.schema.kinds
        named = [name for name in values if name in declared and declared[name].parent_kind == kind]
        children = {name: values.pop(name) for name in named}
        rows = {name: [Child(filled(ledger, name, row)) for row in items] for name, items in children.items()}
        changes = ledger.add(kind, filled(ledger, kind, {**DEFAULTS[kind], **values}), children=rows)
        return next(number for name, number in changes.added if name == kind)

    return adder


@pytest.fixture
def desk(ledger: Ledger, tmp_path: Path, one_child: None) -> Desk:
    """A clerk with an empty ledger who takes in files."""
    return Desk(ledger, tmp_path)


@pytest.fixture(scope="session")
def onlooker(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Onlooker]:
    """Somebody who looks at what an empty ledger would take in; opening one costs more than looking."""
    path = tmp_path_factory.mktemp("looked at") / "空.mxdb"
    shutil.copyfile(empty_file, path)
    with Ledger.open(path) as ledger:
        yield Onlooker(ledger)


def as_it_is(path: Path) -> Ledger:
    """A ledger although it was changed outside the program, for what reading it does then."""
    return Ledger(Store.open(path, as_is=True))


DAY = datetime.date(2024, 6, 9)
NOON = datetime.datetime(2024, 6, 9, 12)
DEFAULTS: dict[str, dict[str, Any]] = {
    "hazard": {"record_date": DAY, "area": "盖洋镇", "field": "消防", "description": "配电箱未接地"},
    "hazard_step": {"record_date": DAY, "action": "下达整改"},
    "inspection": {"record_date": DAY, "area": "盖洋镇", "type": "精准帮扶"},
    "enforcement_case": {
        "record_date": DAY, "area": "盖洋镇", "party": "某木业", "cause": "设置防盗网", "measure": ("警告",),
    },
    "disaster_event": {"record_date": DAY, "type": "暴雨洪涝"},
    "response": {"type": "防暴雨", "start_at": NOON},
    "response_step": {},
    "response_tally": {"record_date": DAY, "area": "盖洋镇", "basis": "当日新增"},
    "meeting": {"record_date": DAY, "type": "会商"},
    "disaster_loss": {"record_date": DAY, "area": "盖洋镇", "stage": "初报"},
    "supply_movement": {"record_date": DAY, "type": "调拨", "receiver": "盖洋镇", "area": "盖洋镇"},
    "supply_line": {},
    "fund": {"record_date": DAY, "direction": "争取", "purpose": "其他"},
    "activity": {"record_date": DAY, "area": "县直", "type": "宣传活动", "title": "咨询日"},
    "activity_output": {},
    "rescue_team": {"area": "盖洋镇", "type": "乡镇综合", "headcount": 10},
    "facility": {"area": "盖洋镇", "type": "消防站"},
    "accident": {"record_date": DAY, "area": "盖洋镇", "field": "消防", "grade": "一般"},
    "manual_entry": {"record_date": DAY, "area": "县直", "basis": "政务服务中心统计"},
}  # fmt: skip


def filled(ledger: Ledger, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with names turned into references, as the parser does it."""
    full: dict[str, Any] = {}
    for name, value in values.items():
        field = ledger._store.schema.kinds[kind].field(name)
        names = (value,) if isinstance(value, str) else value
        first = names[0] if field.targets and isinstance(names, tuple) and names else None
        if isinstance(first, str) and ":" not in first:
            parsed, findings = ledger.parse(kind, {name: "、".join(names)})
            assert not [item for item in findings if item.severity == "error"], findings
            value = parsed[name]
        full[name] = value
    return full


def day(number: int) -> datetime.date:
    """So many days after DAY."""
    return DAY + datetime.timedelta(days=number)


def refused(add: Add, kind: str, field: str, sentence: str, **values: Any) -> UserError:
    """Adding these values is refused for this field, with this sentence."""
    with pytest.raises(UserError) as caught:
        add(kind, **values)
    assert caught.value.field == field
    assert sentence in caught.value.title
    assert caught.value.hint
    return caught.value


def warned(ledger: Ledger, kind: str, id: int) -> list[Finding]:
    """What is pointed out about a stored record."""
    record = ledger.get(kind, id)
    return ledger.check(kind, record.values, record=id)
