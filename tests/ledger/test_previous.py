"""What was written before is offered again: by its beginning, by pinyin, the frequent first."""

from __future__ import annotations

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger import Ledger, forms

HAZARD = kind_of("hazard")
GOOD = {"record_date": "6-9", "area": "盖洋镇", "field": "消防"}


def put(ledger: Ledger, **texts: str) -> int:
    saved = forms.save(ledger, "hazard", None, {**GOOD, **texts}, {}, {}, 2024)
    assert saved.id is not None
    return saved.id


def test_texts_of_a_field(ledger: Ledger) -> None:
    for number, owner in enumerate(("张三", "李四", "李四", "张德才", "")):
        put(ledger, description=f"第{number}处堵塞", owner=owner)
    gone = put(ledger, description="删去的", owner="王五")
    ledger.delete("hazard", [gone])
    owner = HAZARD.field("owner")
    assert ledger.previous.texts(owner) == ["李四", "张德才", "张三"]
    assert ledger.previous.texts(owner, "张") == ["张德才", "张三"]
    assert ledger.previous.texts(owner, "zs") == ["张三"]
    assert ledger.previous.texts(owner, "li") == ["李四"]
    assert ledger.previous.texts(owner, "李四") == [], "there is nothing to complete"
    assert ledger.previous.texts(HAZARD.field("description"), "堵塞", 2) == ["第4处堵塞", "第3处堵塞"]
    assert ledger.previous.texts(HAZARD.field("code")) == [], "a code is given once"


def test_the_record_before(ledger: Ledger) -> None:
    first = put(ledger, description="一", owner="张三")
    second = put(ledger, description="二", area="雪峰镇")
    assert ledger.previous.shown(HAZARD.field("area")) == "雪峰镇"
    assert ledger.previous.shown(HAZARD.field("area"), second) == "盖洋镇"
    assert ledger.previous.shown(HAZARD.field("owner"), second) == "张三"
    assert ledger.previous.shown(HAZARD.field("owner")) == ""
    assert ledger.previous.shown(HAZARD.field("owner"), first) == ""
