"""A hazard ledger of any size, made by the storage layer and kept in the temporary folder between runs."""

from __future__ import annotations

import datetime
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import peewee

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.references import AREA, ENTERPRISE, Entry
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.storage import indexes
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.schema import VERSION, Schema, stored_fields
from mingxi_desktop.storage.store import Store

YEAR = 2024
_PLACES = 2_000
_WHERE = (
    "一楼西侧", "二楼走廊", "生产车间", "危险品仓库", "配电房", "员工宿舍", "厨房", "地下停车场", "东侧楼梯间",
    "装卸平台", "锅炉房", "空压机房", "办公楼大厅", "成品堆场", "污水处理站", "油库", "实验室", "门卫室",
    "消防水泵房", "屋面",
)  # fmt: skip
_WHAT = (
    "灭火器压力不足", "疏散指示标志损坏", "配电箱未接地", "安全出口上锁", "消防通道堵塞", "电线私拉乱接",
    "应急照明不亮", "特种作业证过期", "未设置警示标志", "防护栏缺失", "燃气软管老化", "消火栓无水", "违规住人",
    "危化品混存", "安全帽未佩戴", "应急预案未演练", "隐患台账不全", "梯子无防滑措施", "吊钩保险失效", "粉尘未清扫",
)  # fmt: skip
_TRADES = ("木业", "纺织", "加油站", "矿山", "宾馆", "小学", "超市", "化工", "养老院", "建材")


def ledger_of(rows: int, folder: Path | None = None) -> Path:
    """A ledger with so many hazards, all of `YEAR`; made when there is none of today's schema yet."""
    place = folder or Path(tempfile.gettempdir()) / "mingxi-bench"
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"hazards-{rows}-{_schema_mark()}.mxdb"
    if not path.exists():
        part = path.with_suffix(".new")
        part.unlink(missing_ok=True)
        _build(part, rows)
        part.rename(path)
    return path


def _schema_mark() -> str:
    """Another one for each shape of the tables."""
    hazard = kind_of("hazard")
    schema = Schema(peewee.SqliteDatabase(":memory:"))
    tables = {table._meta.table_name: sorted(table._meta.fields) for table in schema.system}
    columns = [field.name for field in stored_fields(hazard)]
    shape = VERSION, columns, sorted(indexes.all_of(hazard)), sorted(tables.items())
    return f"{crc32(repr(shape).encode()):08x}"


def _build(path: Path, rows: int) -> None:
    store = Store.create(path, "张三")
    journal = Journal(store.schema)
    records = Rows(store, journal)
    try:
        with store.writing():
            change_set = journal.begin(store.operator, f"导入 全省隐患 {rows} 条")
            places = [
                store.references.save(
                    Entry(ENTERPRISE, f"明溪县第{number}{_TRADES[number % 10]}有限公司")
                ).ref
                for number in range(_PLACES)
            ]
            areas = [entry.ref for entry in store.references.all(AREA)]
            records.insert_many(kind_of("hazard"), _values(rows, areas, places), change_set, None)
            journal.seal()
    finally:
        store.close()


def _values(rows: int, areas: list[str], places: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    chance = random.Random(1)
    fields = delivered()["industry"].values
    days = [datetime.date(YEAR, 1, 1) + datetime.timedelta(day) for day in range(366)]
    for number in range(1, rows + 1):
        day = chance.choice(days)
        found = chance.choice((1, 1, 1, 2, 3, 12))
        done = chance.choice((found, found, found, found // 2, 0))
        major = chance.random() < 0.02
        yield (
            YEAR,
            {
                "code": f"{YEAR}{number:07}",
                "record_date": day,
                "area": chance.choice(areas),
                "place": chance.choice(places),
                "field": chance.choice(fields),
                "description": f"{chance.choice(_WHERE)}{chance.choice(_WHAT)}{chance.randrange(1, 10)}处",
                "level": "重大" if major else "一般",
                "quantity_found": found,
                "quantity_rectified": done,
                "in_total": True,
                "owner": "王某",
                "due_date": day + datetime.timedelta(15),
                "rectified_date": day + datetime.timedelta(9) if done == found else None,
                "granularity": "逐条",
            },
        )
