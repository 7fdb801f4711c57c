"""Makes ledger-MAJOR.MINOR.mxdb of the schema as it is: run once when a schema is released, never again.

python tests/data/make_ledger.py
"""

from __future__ import annotations

import datetime
import shutil
import sqlite3
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from mingxi_desktop.domain.records import BatchFile, Child, IncomingRow, Named
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import seal
from mingxi_desktop.storage.schema import VERSION

DAY = datetime.date(2024, 6, 9)
NOON = datetime.datetime(2024, 6, 9, 12)
HOUR = datetime.timedelta(hours=1)


def main() -> None:
    """A few records of every kind, history and trash, an import taken back."""
    name = f"ledger-{VERSION[0]}.{VERSION[1]}.mxdb"
    with tempfile.TemporaryDirectory() as folder:  # backups come to lie beside it
        path = Path(folder) / name
        fill(path)
        seal.press(path)
        shutil.copyfile(path, Path(__file__).parent / name)


def fill(path: Path) -> None:
    """Make the file, small."""
    with Ledger.create(path, bureau="某县应急管理局", operator="张三") as ledger:
        area = next(entry.ref for entry in ledger.entries("area") if entry.name == "盖洋镇")
        quilt, blanket = (
            next(entry.ref for entry in ledger.entries("item") if entry.name == name)
            for name in ("棉被", "毛毯")
        )
        here = {"record_date": DAY, "area": area}
        ledger.add("inspection", {**here, "type": "精准帮扶", "enterprises": (Named("甲厂"), Named("乙厂"))})
        hazard = {**here, "field": "消防", "description": "配电箱未接地", "campaign": ("大排查大整治",)}
        ledger.add(
            "hazard",
            {**hazard, "place": Named("甲厂"), "inspection": "inspection:1", "quantity_found": 3},
            children={"hazard_step": [Child({"record_date": DAY, "action": "下达整改"})]},
        )
        ledger.edit("hazard", 1, {"quantity_rectified": 1})
        ledger.add("hazard", {**hazard, "description": "误录"})
        ledger.delete("hazard", [2])
        ledger.add("enforcement_case", {
            **here, "party": Named("甲厂"), "cause": "设置防盗网", "measure": ("警告", "罚款"), "fine": 123456,
        })  # fmt: skip
        ledger.add("disaster_event", {**here, "type": "暴雨洪涝", "end_date": DAY})
        event = {"event": "disaster_event:1"}
        chain = [
            Child({"action": action, "level": level, "at": NOON + number * HOUR})
            for number, (action, level) in enumerate((("启动", "Ⅳ"), ("提升", "Ⅲ"), ("终止", "Ⅲ")))
        ]
        ledger.add("response", {**event, "type": "防暴雨", "start_at": NOON, "end_at": NOON + 9 * HOUR},
                   children={"response_step": chain})  # fmt: skip
        ledger.add("response_tally", {**here, **event, "basis": "累计", "evacuees": 120, "deaths": 0})
        ledger.add("meeting", {**here, "type": "会商", "townships": (area,)})
        ledger.add("disaster_loss", {**here, **event, "stage": "初报", "crops": Decimal("1.25"), "loss": 100})
        ledger.add("fund", {**here, "direction": "争取", "purpose": "其他", "amount": 760260_00})
        lines = [
            Child({"item": quilt, "quantity": Decimal(100)}),
            Child({"item": blanket, "quantity": Decimal(5)}),
        ]
        ledger.add("supply_movement", {**here, "type": "调拨", "receiver": area, "fund": "fund:1"},
                   children={"supply_line": lines})  # fmt: skip
        ledger.add("activity", {**here, "type": "宣传活动", "title": "咨询日"},
                   children={"activity_output": [Child({"item": "横幅", "quantity": 9})]})  # fmt: skip
        ledger.add(
            "rescue_team", {"area": area, "name": "一队", "type": "水泵", "headcount": 9, "from_date": DAY}
        )
        ledger.add("facility", {"area": area, "name": "一站", "type": "消防站", "from_date": DAY})
        ledger.add("accident", {**here, "field": "消防", "grade": "一般"})
        figure = ledger.entries("indicator")[0].ref
        ledger.add("manual_entry", {**here, "indicator": figure, "value": Decimal("12.5"), "basis": "统计表"})
        batch = ledger.store([IncomingRow("hazard", {**hazard, "description": "导入"}, "表1", 3)],
                             [BatchFile("a.xlsx", "表1", "hazard", 1, "ab" * 32)], sentence="导入").batch  # fmt: skip
        ledger.undo_import(batch or 0)
        ledger.add_choice("campaign", "打非治违")
        ledger.notes.set_opening("hazards_found", 2023, "1500", "2023年年度总结")
        ledger.wordings.keep(2024, {"plan": "明年计划"}, "修改报告文字")
    with sqlite3.connect(path) as file:  # small pages for what is nearly empty
        file.execute("PRAGMA page_size = 1024")
        file.execute("VACUUM")
    file.close()


if __name__ == "__main__":
    main()
