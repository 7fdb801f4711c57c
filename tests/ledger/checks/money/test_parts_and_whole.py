"""Parts of a sum of money: more than the whole, without their whole, beside their whole."""

from __future__ import annotations

from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import cure, found, ids
from tests.ledger.checks.money.test_both_directions import WAN, money
from tests.ledger.conftest import Add

EXCEED, BESIDE = "parts_exceed_whole", "part_beside_whole"


def test_parts_that_became_more_than_their_whole(ledger: Ledger, add: Add) -> None:
    whole = money(add, "争取", 100)
    parts = [money(add, "争取", amount, purpose="其他", parent=f"fund:{whole}") for amount in (60, 40)]
    assert found(ledger, EXCEED) == []
    # The program refuses it; a file that was written by others may hold it.
    table = ledger._store.schema.table["fund"]
    table.update(amount=70 * WAN).where(table.id == parts[0]).execute()
    (concern,) = found(ledger, EXCEED)
    assert ids(concern) == [whole, *parts]
    assert concern.message == "2024年7月5日争取的资金是100万元，它的2笔其中部分相加是110万元，多出10万元"
    table.update(direction="下拨").where(table.id.in_(parts)).execute()
    assert "从它下拨的2笔相加是110万元" in found(ledger, EXCEED)[0].message
    table.update(direction="争取").where(table.id == parts[1]).execute()
    assert found(ledger, EXCEED) == [], "each direction by itself"


def test_parts_whose_whole_is_in_the_trash(ledger: Ledger, add: Add) -> None:
    whole = money(add, "争取", 100)
    part = money(add, "争取", 60, purpose="其他", parent=f"fund:{whole}")
    ledger.delete("fund", [whole])
    (concern,) = found(ledger, EXCEED)
    assert ids(concern) == [part]
    assert "上级项目在回收站里，只算整笔的指标会漏掉60万元" in concern.message
    cure(ledger, EXCEED, "改为单独一笔")
    assert ledger.get("fund", part).values["parent"] is None
    assert found(ledger, EXCEED) == []


def test_parts_that_say_so_without_a_link(ledger: Ledger, add: Add) -> None:
    whole = money(add, "争取", 100, note="森林防灭火能力建设")
    parts = [money(add, "争取", amount, purpose="其他", note="其中：购置") for amount in (30, 20)]
    money(add, "争取", 7)
    (concern,) = found(ledger, BESIDE)
    assert ids(concern) == [*parts, whole]
    assert concern.message == (
        "2024年7月5日争取的100万元（自然灾害救灾）的其中2笔（合计50万元）没有写上级项目，争取总数会多算50万元"
    )
    cure(ledger, BESIDE, "记为其中部分")
    assert {ledger.get("fund", part).values["parent"] for part in parts} == {f"fund:{whole}"}
    assert found(ledger, BESIDE) == []


def test_sums_of_one_document_that_add_up_to_another(ledger: Ledger, add: Add) -> None:
    parts = [money(add, "下拨", amount, area=area, doc_no="明财〔2024〕3号")
             for amount, area in ((30, "盖洋镇"), (20, "胡坊镇"))]  # fmt: skip
    whole = money(add, "下拨", 50, doc_no="明财[2024]3号")
    money(add, "下拨", 50, doc_no="明财〔2024〕4号", area="夏阳乡")
    assert [ids(one) for one in found(ledger, BESIDE)] == [[*parts, whole]]
    money(add, "下拨", 1, doc_no="明财〔2024〕3号", area="夏阳乡")
    assert found(ledger, BESIDE) == []


def test_larger_parts_cannot_be_linked(ledger: Ledger, add: Add) -> None:
    money(add, "争取", 10)
    money(add, "争取", 12, purpose="其他", note="其中：购置")
    (concern,) = found(ledger, BESIDE)
    assert concern.message.endswith("争取总数会多算12万元，而且比整笔多出2万元")
    assert ledger.checks.cures(concern, 2024) == ()
