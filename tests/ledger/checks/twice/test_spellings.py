"""One enterprise under several spellings that records use, and credit codes that cannot be one."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.references import ENTERPRISE, ORG, Entry
from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import cure, found, ids
from tests.ledger.conftest import Add

CODE = "enterprise_spellings"
RIGHT = "91350421MA31A2B3XX"


def used(add: Add, *names: str, area: str = "盖洋镇") -> list[int]:
    """A hazard of each."""
    return [
        add("hazard", place=name, area=area, description=f"灭火器过期{number}")
        for number, name in enumerate(names)
    ]


def test_spellings_that_the_year_uses_are_named_with_what_they_do(ledger: Ledger, add: Add) -> None:
    hazards = used(add, "鑫源木业有限公司", "鑫源木业有限公司", "明溪县鑫源木业公司")
    visit = add(
        "inspection", enterprises=("明溪县鑫源木业公司", "乙厂"), record_date=datetime.date(2023, 5, 1)
    )
    ledger.save_entry(Entry(ENTERPRISE, "鑫源木业（明溪）"))
    (concern,) = found(ledger, CODE)
    assert concern.message == (
        "“鑫源木业有限公司”（2024年2条）、“明溪县鑫源木业公司”（2024年1条）像是同一家企业的不同写法"
        "（只差县名、公司等字），企业数会多算1家"
    )
    assert ids(concern) == [hazards[2], *hazards[:2]]
    assert cure(ledger, CODE, "合并为“明溪县鑫源木业公司”").startswith(
        "把“鑫源木业有限公司”并入“明溪县鑫源木业公司”"
    )
    assert found(ledger, CODE) == []
    assert len(ledger.get("inspection", visit).values["enterprises"]) == 2
    ledger.undo()
    assert cure(ledger, CODE, "不是同一家").endswith("不是同一家，以后不再提示")
    assert found(ledger, CODE) == []


def test_one_spelling_in_each_of_two_years(ledger: Ledger, add: Add) -> None:
    used(add, "鑫源木业有限公司")
    add("hazard", place="明溪鑫源木业", record_date=datetime.date(2023, 6, 9))
    (concern,) = found(ledger, CODE)
    assert "“明溪鑫源木业”（往年1条）" in concern.message
    assert concern.message.endswith("和往年一起算时企业数会多算1家")


@pytest.mark.parametrize(
    "names",
    [
        ("大森林木业有限公司", "大森林木业有限公司分公司", "大森林木业一厂", "大森林木业二厂"),
        ("三明宾馆", "明溪宾馆"),
        ("鑫源木业", "鑫泉木业"),
        ("福瑞祥加油站", "福和祥加油站"),
        ("夏阳中心小学", "夏坊中心小学"),
    ],
)
def test_names_that_no_clerk_takes_for_one(ledger: Ledger, add: Add, names: tuple[str, ...]) -> None:
    used(add, *names)
    assert found(ledger, CODE) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南方制药厂", "南方制要厂"),
        ("城关农资门市经营部", "城关农资门经营部"),
        ("大森林竹木工艺品厂", "大森木竹木工艺品厂"),
        ("明溪县城关加油站", "城关加油站"),
        ("鑫源木业（三明）厂", "鑫源木业厂"),
        ("盖洋镇鑫源木业", "鑫源木业有限责任公司"),
    ],
)
def test_names_that_she_does(ledger: Ledger, add: Add, one: str, other: str) -> None:
    used(add, one, other)
    assert [len(ids(concern)) for concern in found(ledger, CODE)] == [2]


def test_a_township_before_the_name_counts_where_it_is(ledger: Ledger, add: Add) -> None:
    used(add, "盖洋镇鑫源木业")
    used(add, "鑫源木业", area="胡坊镇")
    assert found(ledger, CODE) == []
    used(add, "鑫源石材厂", area="胡坊镇")
    used(add, "鑫原石材厂")
    assert found(ledger, CODE) == [], "of one sound, but somewhere else"
    used(add, "胡坊镇卫生院门诊部", "盖洋镇卫生院门诊部", "卫生院门诊部")
    assert found(ledger, CODE) == [], "two townships have one"


def test_offices_of_the_city_are_not_those_of_the_county(ledger: Ledger, add: Add) -> None:
    ledger.save_entry(Entry(ORG, "三明市水利局"))
    ledger.save_entry(Entry(ORG, "明溪水利局机关"))
    for number, name in enumerate(("三明市水利局", "明溪县水利局")):
        add("hazard", reporter=name, description=f"灭火器过期{number}")
    assert found(ledger, CODE) == []


def test_credit_codes_with_letters_for_digits_are_mended(ledger: Ledger, add: Add) -> None:
    (hazard, _) = used(add, "甲厂", "乙厂")
    first, second = (entry for entry in ledger.entries(ENTERPRISE))
    references = ledger._store.references
    references.save(Entry(ENTERPRISE, first.name, id=first.id, code=RIGHT.lower().replace("1", "I")))
    references.save(Entry(ENTERPRISE, second.name, id=second.id, code="350421100012345"))
    (concern,) = found(ledger, "credit_code")
    assert (ids(concern), concern.subject) == ([hazard], first.ref)
    assert f"应是{RIGHT}" in concern.message
    cure(ledger, "credit_code", "改正代码")
    assert ledger.entries(ENTERPRISE)[0].code == RIGHT
    references.save(Entry(ENTERPRISE, second.name, id=second.id, code=RIGHT.replace("3XX", "3XY")))
    assert "校验码" in found(ledger, "credit_code")[0].message


def test_groups_are_kept_until_the_list_changes(ledger: Ledger, add: Add) -> None:
    used(add, "甲木业厂", "明溪县甲木业厂")
    groups = ledger.register.groups(ENTERPRISE, sure=True)
    used(add, "甲木业厂")
    assert ledger.register.groups(ENTERPRISE, sure=True) is groups
    used(add, "乙木业厂", "明溪县乙木业厂")
    assert len(ledger.register.groups(ENTERPRISE, sure=True)) == 2
