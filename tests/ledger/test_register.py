"""Names of enterprises: finding what may be one, and making it one in all records, with the way back."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.references import ENTERPRISE, ORG, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, likeness
from tests.ledger.conftest import Add
from tests.ledger.test_history import everything

KEPT, OTHER, THIRD = "甲木业有限公司", "明溪县甲木业有限公司", "甲木业（明溪）"
CODE = "91350421MA31A2B3XX"


def ref(ledger: Ledger, name: str) -> str:
    """The entry of that very name."""
    return next(entry.ref for entry in ledger.entries(ENTERPRISE, active_only=False) if entry.name == name)


def groups(ledger: Ledger) -> dict[frozenset[str], str]:
    """Names that may be one → why."""
    return {
        frozenset(item.entry.name for item in group.spellings): group.reason
        for group in ledger.register.alike(ENTERPRISE)
    }


def named(ledger: Ledger, *names: str) -> None:
    """Register names as they are."""
    for name in names:
        ledger.save_entry(Entry(ENTERPRISE, name))


@pytest.fixture
def three(ledger: Ledger, add: Add) -> dict[str, int]:
    """One enterprise under three names: hazards of two, an inspection of all, a case, one in the trash."""
    day = datetime.date(2024, 6, 9)
    found = {
        "kept": add("hazard", place=KEPT),
        "other": add("hazard", place=OTHER, description="灭火器过期"),
        "visits": add("inspection", record_date=day, enterprises=(OTHER, KEPT, "乙厂", THIRD), visits=4),
        "case": add("enforcement_case", party=THIRD),
        "trashed": add("hazard", place=THIRD, description="通道堵塞"),
    }
    ledger.delete("hazard", [found["trashed"]])
    return found


def test_other_spellings_are_found_and_other_places_are_not(ledger: Ledger) -> None:
    named(
        ledger,
        "甲厂",
        "甲厂（明溪）",
        "丙纸业有限公司",
        "福建省三明市丙纸业公司",
        "城关便民购物超市",
        "城关便民购务超市",
    )
    named(
        ledger, "夏阳中心小学", "夏坊中心小学", "城关第一中学", "城关第二中学", "滨河加油站", "滨河东加油站"
    )
    assert groups(ledger) == {
        frozenset({"甲厂", "甲厂（明溪）"}): likeness.SAME_CORE,
        frozenset({"丙纸业有限公司", "福建省三明市丙纸业公司"}): likeness.SAME_CORE,
        frozenset({"城关便民购物超市", "城关便民购务超市"}): likeness.ONE_APART,
    }


def test_the_most_used_name_comes_first_and_different_codes_are_different_enterprises(
    ledger: Ledger, three: dict[str, int]
) -> None:
    (group,) = ledger.register.alike(ENTERPRISE)
    assert [(item.entry.name, item.uses) for item in group.spellings] == [(KEPT, 2), (OTHER, 2), (THIRD, 2)]
    entries = {entry.name: entry for entry in ledger.entries(ENTERPRISE)}
    ledger.save_entry(Entry(ENTERPRISE, KEPT, id=entries[KEPT].id, code=CODE))
    assert len(ledger.register.alike(ENTERPRISE)[0].spellings) == 3
    ledger.register.keep_apart([entries[KEPT].ref, entries[THIRD].ref])
    assert groups(ledger).keys() == {frozenset({KEPT, OTHER})}
    ledger.undo()
    assert groups(ledger).keys() == {frozenset({KEPT, OTHER, THIRD})}


def test_merging_is_one_step_that_undo_takes_back_and_redo_does_again(
    ledger: Ledger, three: dict[str, int]
) -> None:
    before, names = everything(ledger), [entry.name for entry in ledger.entries(ENTERPRISE)]
    kept, other, third = (ref(ledger, name) for name in (KEPT, OTHER, THIRD))
    changes = ledger.register.merge(kept, [other, third])
    assert changes.sentence == f"合并企业名称 {KEPT}←{OTHER}、{THIRD}" == ledger.undo_sentence
    assert set(changes.changed) == {
        ("hazard", three["other"]), ("hazard", three["trashed"]),
        ("inspection", three["visits"]), ("enforcement_case", three["case"]),
    }  # fmt: skip
    assert (changes.lists, changes.added, changes.removed) == ((ENTERPRISE,), (), ())

    def pointing() -> list[object]:
        return [
            ledger.get("hazard", three["other"]).shown["place"],
            ledger.get("hazard", three["trashed"]).shown["place"],
            ledger.get("inspection", three["visits"]).shown["enterprises"],
            ledger.get("enforcement_case", three["case"]).shown["party"],
        ]

    merged = [KEPT, KEPT, f"{KEPT}、乙厂", KEPT]
    assert pointing() == merged
    entries = {entry.name: entry for entry in ledger.entries(ENTERPRISE, active_only=False)}
    assert set(entries) == {KEPT, "乙厂"}
    assert entries[KEPT].aliases == (OTHER, THIRD)
    assert ledger.parse("hazard", {"place": THIRD})[0]["place"] == kept
    assert ledger.count(Query("hazard", search="明溪县甲木业")) == 0
    assert f"由“{OTHER}”改为“{KEPT}”" in ledger.history("hazard", three["other"])[-1].sentence
    assert ledger.verify() == []
    ledger.undo()
    assert everything(ledger) == before
    assert [entry.name for entry in ledger.entries(ENTERPRISE)] == names
    assert ref(ledger, OTHER) == other
    assert ledger.count(Query("hazard", search="明溪县甲木业")) == 1
    assert ledger.parse("hazard", {"place": THIRD})[0]["place"] == third
    ledger.redo()
    assert pointing() == merged
    assert ledger.verify() == []


def test_numbers_of_different_enterprises_are_right_after_merging(
    ledger: Ledger, three: dict[str, int]
) -> None:
    def enterprises() -> object:
        return next(
            item.value for item in ledger.indicators(2024) if item.indicator.id == "assisted_enterprises"
        )

    assert enterprises() == 4
    ledger.register.merge(ref(ledger, KEPT), [ref(ledger, OTHER), ref(ledger, THIRD)])
    assert enterprises() == 2
    assert ledger.relations.story(ref(ledger, KEPT)).total == 4


def test_what_cannot_be_one_is_refused_and_nothing_changes(ledger: Ledger, three: dict[str, int]) -> None:
    entries = {entry.name: entry for entry in ledger.entries(ENTERPRISE)}
    kept, other = entries[KEPT].ref, entries[OTHER].ref
    tail = ledger.history_hash()
    for refs in ([], [kept]):
        with pytest.raises(UserError, match="只选了一个名称"):
            ledger.register.merge(kept, refs)
    with pytest.raises(UserError, match="不能合并"):
        ledger.register.merge(kept, [ledger.entries(ORG)[0].ref])
    with pytest.raises(UserError, match="不能合并"):
        ledger.register.merge(ledger.entries("area")[0].ref, [ledger.entries("area")[1].ref])
    assert ledger.history_hash() == tail
    ledger.register.merge(kept, [other])
    with pytest.raises(UserError, match="已经不在名单里"):
        ledger.register.merge(kept, [other])


def test_undo_does_not_undo_what_was_changed_by_hand_since(ledger: Ledger, three: dict[str, int]) -> None:
    kept = ref(ledger, KEPT)
    ledger.register.merge(kept, [ref(ledger, OTHER)])
    entry = next(item for item in ledger.entries(ENTERPRISE) if item.ref == kept)
    ledger.save_entry(Entry(ENTERPRISE, KEPT, id=entry.id, aliases=(*entry.aliases, "甲老厂")))
    with pytest.raises(UserError, match="后来又改过"):
        ledger.undo()
    assert ledger.verify() == []


def test_offices_are_merged_with_the_child_rows_that_name_them(ledger: Ledger, add: Add) -> None:
    ledger.save_entry(Entry(ORG, "县消防大队甲"))
    ledger.save_entry(Entry(ORG, "县消防大队乙"))
    kept, gone = (entry.ref for entry in ledger.entries(ORG)[-2:])
    number = add(
        "hazard",
        reporter="县消防大队乙",
        hazard_step=[{"action": "下达整改", "record_date": datetime.date(2024, 6, 9)}],
    )
    changes = ledger.register.merge(kept, [gone])
    assert changes.sentence == "合并单位名称 县消防大队甲←县消防大队乙"
    assert set(changes.changed) == {("hazard", number), ("hazard_step", 1)}
    assert ledger.children("hazard", number)["hazard_step"][0].shown["reporter"] == "县消防大队甲"


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("9135042", "现在是7位"),
        ("91350421MA31A2B3X1", "校验码"),
        ("91350421MA31A2B3XO", "没有字母"),
    ],
)
def test_a_wrong_credit_code_is_told_with_what_is_wrong(ledger: Ledger, code: str, word: str) -> None:
    with pytest.raises(UserError, match=word) as caught:
        ledger.save_entry(Entry(ENTERPRISE, "丁厂", code=code))
    assert caught.value.field == "code"
    assert caught.value.hint


def test_a_credit_code_is_kept_in_one_spelling(ledger: Ledger) -> None:
    ledger.save_entry(Entry(ENTERPRISE, "丁厂", code=" ９１350421 ma31a2b3xx"))
    assert ledger.entries(ENTERPRISE)[-1].code == CODE


def test_a_renamed_entry_is_still_known_by_its_old_name(ledger: Ledger, add: Add) -> None:
    add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
    quilt = next(entry for entry in ledger.entries("item") if entry.name == "棉被")
    ledger.save_entry(replace(quilt, name="加厚棉被"))
    renamed = next(entry for entry in ledger.entries("item") if entry.id == quilt.id)
    assert "棉被" in renamed.aliases
    assert ledger.indicators(2024, only=["quilts_dispatched"])[0].value == 5
    ledger.save_entry(replace(renamed, name="棉被"))
    again = next(entry for entry in ledger.entries("item") if entry.id == quilt.id)
    assert "棉被" not in again.aliases, "its name is no other name of it"


def test_the_county_itself_keeps_its_name(ledger: Ledger) -> None:
    county = next(entry for entry in ledger.entries("area") if entry.name == "县直")
    with pytest.raises(UserError, match="“县直”不能改名"):
        ledger.save_entry(replace(county, name="县级"))
    ledger.save_entry(replace(county, aliases=("县级",)))
