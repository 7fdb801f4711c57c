"""Going back to what a record was: values, child rows, attachments; refused in words, undone in one step."""

from __future__ import annotations

from typing import Any

import pytest

from mingxi_desktop.domain.records import Child
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.going_back import Difference, Past
from tests.ledger.conftest import DAY, NOON, Add, day, filled
from tests.ledger.evidence import PHOTO, made, names


@pytest.fixture
def past(ledger: Ledger) -> Past:
    return ledger.past


def content(ledger: Ledger, kind: str, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A record and the rows of its child tables as they stand."""
    rows = {
        name: {row.id: dict(row.values) for row in items}
        for name, items in ledger.children(kind, number).items()
    }
    return dict(ledger.get(kind, number).values), rows


def line(ledger: Ledger, item: str, quantity: int, row: int | None = None) -> Child:
    return Child(filled(ledger, "supply_line", {"item": item, "quantity": quantity}), row)


def test_every_state_of_a_record_and_its_rows_comes_back_exactly(
    ledger: Ledger, add: Add, past: Past
) -> None:
    number = add(
        "supply_movement", supply_line=[{"item": "棉被", "quantity": 5}, {"item": "毛毯", "quantity": 6}]
    )
    quilts, blankets = (row.id for row in ledger.children("supply_movement", number)["supply_line"])
    states = [content(ledger, "supply_movement", number)]

    def then() -> None:
        states.append(content(ledger, "supply_movement", number))

    lines = [line(ledger, "棉被", 50, quilts), line(ledger, "帐篷", 7)]
    ledger.edit("supply_movement", number, {"note": "补发"}, children={"supply_line": lines})
    then()
    ledger.edit("supply_movement", number, {"record_date": day(3), "note": None})
    then()
    ledger.delete("supply_line", [quilts])
    then()
    ledger.delete("supply_movement", [number])
    ledger.restore("supply_movement", [number])
    then()
    moments = past.moments("supply_movement", number)
    assert [moment.back for moment in moments] == [False, False, True, True, True, True]
    numbers = [moment.number for moment in reversed(moments) if moment.back]
    for place in (0, 3, 1, 2, 0):
        changes = past.back_to("supply_movement", number, numbers[place])
        assert content(ledger, "supply_movement", number) == states[place], place
        assert changes.sentence.startswith("恢复 物资收发 调拨 盖洋镇 2024-06-")
        assert changes.sentence.endswith(f" 到 {moments[0].at[:16]} 的内容")
        assert ledger.undo_sentence == changes.sentence
    assert blankets in content(ledger, "supply_movement", number)[1]["supply_line"]
    before = content(ledger, "supply_movement", number)
    past.back_to("supply_movement", number, numbers[1])
    ledger.undo()
    assert content(ledger, "supply_movement", number) == before, "one step takes all of it back"
    assert ledger.verify() == []
    told = past.moments("supply_movement", number)
    assert any("（恢复 物资收发" in entry.sentence for entry in told[1].entries)


def test_what_would_change_is_told_before(ledger: Ledger, add: Add, past: Past) -> None:
    number = add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
    quilts = ledger.children("supply_movement", number)["supply_line"][0].id
    first = past.moments("supply_movement", number)[0].number
    lines = [line(ledger, "棉被", 50, quilts), line(ledger, "帐篷", 7)]
    ledger.edit("supply_movement", number, {"note": "补发"}, children={"supply_line": lines})
    label = ledger._store.schema.kinds["supply_line"].label
    found = past.differences("supply_movement", number, first)
    assert found[0] == Difference("备注", "补发", "")
    assert Difference(found[1].what, "50", "5") == found[1]
    assert found[1].what.startswith(f"{label} 棉被")
    assert found[2].what.startswith(f"{label} 帐篷")
    assert (found[2].then, "7" in found[2].now) == ("（没有这一行）", True)
    newest = past.moments("supply_movement", number)[0]
    assert past.differences("supply_movement", number, newest.number) == []
    assert any("新增" in entry.sentence and "帐篷" in entry.sentence for entry in newest.entries)
    with pytest.raises(UserError, match="和那时一样"):
        past.back_to("supply_movement", number, newest.number)


def test_rules_of_today_refuse_and_nothing_changes(ledger: Ledger, add: Add, past: Past) -> None:
    number = add("hazard", code="A-1")
    first = past.moments("hazard", number)[0].number
    ledger.edit("hazard", number, {"code": "A-2", "note": "改号"})
    add("hazard", code="A-1", description="后来的")
    before, sentence = content(ledger, "hazard", number), ledger.undo_sentence
    with pytest.raises(UserError) as caught:
        past.back_to("hazard", number, first)
    assert caught.value.title.startswith("没有恢复：")
    assert "“A-1”这一年已经用过" in caught.value.title
    assert caught.value.hint
    assert content(ledger, "hazard", number) == before
    assert ledger.undo_sentence == sentence
    assert ledger.verify() == []


def test_a_record_in_the_trash_is_restored_first(ledger: Ledger, add: Add, past: Past) -> None:
    number = add("hazard")
    ledger.edit("hazard", number, {"note": "一"})
    first = past.moments("hazard", number)[-1].number
    ledger.delete("hazard", [number])
    gone = past.moments("hazard", number)[0].number
    with pytest.raises(UserError, match="在回收站里"):
        past.back_to("hazard", number, first)
    ledger.restore("hazard", [number])
    with pytest.raises(UserError, match="那时不在台账里"):
        past.back_to("hazard", number, gone)
    past.back_to("hazard", number, first)
    assert ledger.get("hazard", number).values["note"] is None


def test_attachments_go_back_too(ledger: Ledger, add: Add, past: Past, tmp_path) -> None:
    number = add("hazard")
    ledger.attach("hazard", number, [made(tmp_path / "照片.jpg", PHOTO)])
    with_photo = past.moments("hazard", number)[0].number
    ledger.detach("hazard", number, ledger.attachments("hazard", number)[0].id)
    ledger.edit("hazard", number, {"due_date": DAY})
    [date, files] = sorted(
        past.differences("hazard", number, with_photo), key=lambda one: one.now, reverse=True
    )
    assert (date.what, date.now) == ("整改期限", "2024-06-09")
    assert (files.now, files.then) == ("", "照片.jpg")
    past.back_to("hazard", number, with_photo)
    assert names(ledger) == ["照片.jpg"]
    assert ledger.get("hazard", number).values["due_date"] is None
    ledger.undo()
    assert names(ledger) == []
    assert ledger.verify() == []


def test_steps_that_no_longer_follow_are_refused_as_a_set(ledger: Ledger, add: Add, past: Past) -> None:
    number = add("response", response_step=[{"action": "启动", "level": "Ⅳ", "at": NOON}])
    first = past.moments("response", number)[0].number
    step = ledger.children("response", number)["response_step"][0]
    values = filled(ledger, "response_step", {"action": "终止", "level": "Ⅳ", "at": NOON.replace(hour=20)})
    ledger.edit(
        "response", number, {"end_at": NOON.replace(hour=20)},
        children={"response_step": [Child(dict(step.values) and filled(ledger, "response_step",
                  {"action": "启动", "level": "Ⅳ", "at": NOON}), step.id), Child(values)]},
    )  # fmt: skip
    past.back_to("response", number, first)
    assert [row.values["action"] for row in ledger.children("response", number)["response_step"]] == ["启动"]
    assert ledger.get("response", number).values["end_at"] is None
