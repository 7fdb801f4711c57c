"""What is left out of search texts is found all the same, and the same records as when it stood in them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mingxi_desktop import texts
from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Named, Record
from mingxi_desktop.domain.references import Entry
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import beginning, searching
from tests.ledger.conftest import adder_for

LEFT_OUT = Path(__file__).parents[1] / "data" / "words_left_out.json"
NEEDLES = (
    "盖洋", "盖", "gaiyang", "gyz", "盖y镇", "消防", "xf", "一般 盖洋", "yb 木业", "明溪木业 配电", "木业、二",
    "二厂、", "、", "台风", "tf", "2024", "应急", "yjj", "重大", "县局", "自己加的", "zjjd", "中雨", "zy", "zhongyu",
    "防暴雨 台风", "曾", "zeng", "ceng", "不存在", "%", "_",
)  # fmt: skip


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    """Records that point to lists of every sort, to other records, and hold words of choices."""
    with Ledger.open(file, operator="张三") as ledger:
        add = adder_for(ledger)
        ledger.save_entry(Entry("choice:industry", "自己加的"))
        add("hazard", description="配电箱未接地", place="明溪木业有限公司", field="消防", reporter="应急局")
        add("hazard", description="线路老化_100%", area="夏阳乡", field="自己加的", level="重大", plan="尽快整改",
            emergency_plan="有", owner="李四")  # fmt: skip
        add("hazard", description="台风中雨", place="曾楼")
        add("inspection", enterprises=("明溪木业有限公司", "二厂"))
        event = add("disaster_event", name="台风杜苏芮")
        add("response", event="台风杜苏芮", type="防暴雨")
        ledger.delete("hazard", [add("hazard", description="误录的消防隐患", place="二厂")])
        assert event == 1
        yield ledger


def whole_text(ledger: Ledger, record: Record) -> str:
    """Everything that a record shows and that is looked in, in one text."""
    kind = kinds.kind_of(record.kind)
    return texts.search_text([record.shown[field.name] for field in searching.searched(kind)])


def test_a_search_finds_what_one_text_of_everything_would_hold(ledger: Ledger) -> None:
    for kind in ("hazard", "inspection", "response", "disaster_event"):
        for trash in (False, True):
            every = [ledger.get(kind, number) for number in ledger.ids(Query(kind, trash=trash))]
            held = {one.id: whole_text(ledger, one) for one in every}
            for needle in NEEDLES:
                found = list(ledger.ids(Query(kind, search=needle, trash=trash)))
                expected = [number for number, text in held.items() if texts.matches(needle, text)]
                if "、" in needle and kind == "inspection":
                    assert set(expected) <= set(found)
                else:
                    assert found == expected, (kind, trash, needle)
                first = beginning.first_ids(ledger._store.schema, Query(kind, 2024, needle, trash=trash), 9)
                assert first is None or list(first) == found


def test_names_and_words_are_in_no_search_text(ledger: Ledger) -> None:
    table = ledger._store.schema.table["hazard"]
    first, second, *_ = (row[0] for row in table.select(table.search).order_by(table.id).tuples())
    assert "配电箱未接地 " in first
    assert not [name for name in ("盖洋", "木业", "消防", "一般") if name in first]
    assert "自己加的" in second, "no word that was delivered"
    assert len(first) < 80


def test_an_entry_of_another_name_is_found_without_its_records_being_written(ledger: Ledger) -> None:
    before = ledger._store.database.connection().total_changes
    firm = next(entry for entry in ledger.entries("enterprise") if entry.name == "明溪木业有限公司")
    ledger.save_entry(replace(firm, name="鸿发竹业"))
    assert ledger._store.database.connection().total_changes - before < 10
    for kind in ("hazard", "inspection"):
        assert list(ledger.ids(Query(kind, search="木业"))) == []
        assert list(ledger.ids(Query(kind, search="hfzy"))) == [1]


def test_a_hazard_of_thousands_of_places_is_found_by_a_part_of_their_names(file: Path) -> None:
    with Ledger.open(file, operator="张三") as ledger:
        with ledger._store.writing():
            for number in range(60):
                ledger._store.references.save(Entry("enterprise", f"第{number}加油站"))
        day = datetime.date(2024, 6, 9)
        ledger.add(
            "hazard",
            {"record_date": day, "area": "area:2", "description": "甲", "place": Named("第59加油站")},
        )
        assert list(ledger.ids(Query("hazard", search="加油站"))) == [1]
        assert list(ledger.ids(Query("hazard", search="第58加油站"))) == []


def test_no_word_that_search_texts_leave_out_is_forgotten() -> None:
    """A word taken out of a vocabulary has to stay in it as a spelling of another: records that hold it remain."""
    known = {name: {*one.values, *one.spellings} for name, one in delivered().items()}
    once = json.loads(LEFT_OUT.read_text(encoding="utf-8"))
    assert {
        name: sorted(set(words) - known[name]) for name, words in once.items() if set(words) - known[name]
    } == {}
