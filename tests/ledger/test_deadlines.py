"""The clerk's own holidays, deadlines and ticks: kept in the file, told in the history, taken back by undo."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from mingxi_desktop.domain.deadlines import Deadline, Proof, Shown
from mingxi_desktop.domain.workdays import Holiday, YearOff
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.deadlines import Deadlines
from mingxi_desktop.ledger.due import Due, Sort, State, due_list
from mingxi_desktop.ledger.fixed_deadlines import standing
from mingxi_desktop.ledger.overview import overview
from tests.ledger.conftest import Add

_D = datetime.date
_NEW_YEAR = YearOff(2027, (Holiday("元旦", _D(2027, 1, 1), _D(2027, 1, 3)),), (_D(2027, 1, 9),), "通知")


@pytest.fixture
def kept(ledger: Ledger) -> Deadlines:
    return ledger.deadlines


def test_a_year_is_added_and_taken_back_and_done_again(ledger: Ledger, kept: Deadlines) -> None:
    assert 2027 not in kept.years()
    changes = kept.keep_year(_NEW_YEAR)
    assert changes.sentence == "修改 2027年节假日"
    assert kept.workdays().next_workday(_D(2027, 1, 1)) == _D(2027, 1, 4)
    assert ledger.undo_sentence == "修改 2027年节假日"
    ledger.undo()
    assert 2027 not in kept.years()
    ledger.redo()
    path = ledger.path
    ledger.close()
    with Ledger.open(path) as again:
        assert again.deadlines.years()[2027] == _NEW_YEAR
        assert again.verify() == []


def test_a_delivered_year_may_be_corrected_and_put_back(kept: Deadlines) -> None:
    before = kept.years()[2026]
    kept.keep_year(replace(before, on=before.on[1:]))
    assert not kept.workdays().is_workday(before.on[0])
    kept.deliver_year(2026)
    assert kept.years()[2026] == before
    with pytest.raises(UserError, match="没有保存") as caught:
        kept.keep_year(replace(before, on=(_D(2026, 6, 1),)))
    assert "周一，本来就上班" in caught.value.detail


def test_a_deadline_of_the_clerks_own(ledger: Ledger, kept: Deadlines, add: Add) -> None:
    add("meeting", record_date=_D(2026, 3, 2))
    own = Deadline("", "安全生产年度考核", 10, 3, moved=True, lead=10)
    kept.keep(own)
    assert [one.name for one in kept.all()][-3] == "安全生产年度考核"
    (found,) = [one for one in standing(ledger, _D(2026, 10, 1)) if one.deadline.name == own.name]
    assert found.day == _D(2026, 10, 8), "the third is a holiday"
    with pytest.raises(UserError, match="已经有"):
        kept.keep(own)
    kept.deliver(found.deadline.id)
    assert own.name not in [one.name for one in kept.all()]
    ledger.undo()
    assert own.name in [one.name for one in kept.all()]


def test_records_prove_a_deadline(ledger: Ledger, kept: Deadlines, add: Add) -> None:
    kept.keep(
        Deadline(
            "", "汛前会商", 4, 15, proof=Proof.RECORDS, shows=(Shown("meeting", words="会商"),), since=(3, 1)
        )
    )
    add("meeting", record_date=_D(2026, 2, 2))
    (owed,) = [one for one in standing(ledger, _D(2026, 4, 16)) if one.deadline.name == "汛前会商"]
    assert (owed.state, owed.done) == ("逾期", None)
    add("meeting", record_date=_D(2026, 4, 2))
    (done,) = [one for one in standing(ledger, _D(2026, 4, 16)) if one.deadline.name == "汛前会商"]
    assert done.done is not None
    assert done.done.note == "有1条记录"


def test_ticks_of_the_clerk(ledger: Ledger, kept: Deadlines, add: Add) -> None:
    add("fund", record_date=_D(2025, 10, 9), purpose="防寒物资", amount=100)
    day = _D(2025, 11, 2)
    (owed,) = [one for one in standing(ledger, day) if one.deadline.id == "winter_relief"]
    assert owed.state == "逾期"
    assert owed.hint == "台账里已有1条资金记录，办好了就点“已办”"
    kept.tick("winter_relief", 2025, _D(2025, 10, 30), " 已报  市局 ")
    (done,) = [one for one in standing(ledger, day) if one.deadline.id == "winter_relief"]
    assert done.done is not None
    assert (done.done.day, done.done.note, done.done.by) == (_D(2025, 10, 30), "已报 市局", "张三")
    kept.untick("winter_relief", 2025)
    assert not kept.ticks()
    ledger.undo()
    assert kept.ticks()
    with pytest.raises(UserError, match="还没有到"):
        kept.tick("winter_relief", 2025, datetime.date.today() + datetime.timedelta(1))


def test_what_is_stopped_is_told_no_more(ledger: Ledger, kept: Deadlines, add: Add) -> None:
    add("fund", record_date=_D(2025, 1, 9), amount=100)
    kept.switch("winter_relief", active=False)
    assert "winter_relief" not in [one.deadline.id for one in standing(ledger, _D(2025, 10, 20))]


def test_when_it_comes_round_again_the_one_before_is_told_no_more(
    ledger: Ledger, kept: Deadlines, add: Add
) -> None:
    for year in (2025, 2026):
        add("fund", record_date=_D(year, 1, 9), amount=100)
    kept.keep(Deadline("", "考核材料", 3, 2))

    def told(day: datetime.date) -> list[int]:
        return [one.year for one in standing(ledger, day) if one.deadline.name == "考核材料"]

    assert told(_D(2026, 3, 1)) == [2025, 2026]
    assert told(_D(2026, 3, 2)) == [2026]


def _lines(ledger: Ledger, sort: Sort) -> list[Due]:
    return [one for one in due_list(ledger).lines if one.sort is sort]


def test_the_list_by_day_with_records_behind_each_line(ledger: Ledger, kept: Deadlines, add: Add) -> None:
    today = datetime.date.today()

    def day(number: int) -> datetime.date:
        return today + datetime.timedelta(number)

    found = day(-60)
    first = add("hazard", record_date=found, due_date=day(-20), quantity_found=3)
    second = add("hazard", record_date=found, due_date=day(-9), description="乙")
    soon = [
        add("hazard", record_date=found, due_date=day(9), description=f"第{number}处") for number in range(2)
    ]
    add("hazard", record_date=found, due_date=day(9), description="已改", quantity_rectified=1)
    add("hazard", record_date=found, due_date=day(90), description="还早")
    waits = add(
        "hazard", record_date=found, area="雪峰镇", quantity_rectified=1,
        hazard_step=[{"action": "整改反馈", "record_date": day(-15)}],
    )  # fmt: skip
    late, coming = _lines(ledger, Sort.RECTIFY)
    assert (late.state, late.day, late.where, late.number, late.left) == (
        State.OVERDUE, day(-20), "盖洋镇", 2, -20,
    )  # fmt: skip
    assert late.note == "到期日是最早的一条，未整改 4 处"
    assert late.workdays == kept.workdays().between(today, day(-20))
    assert late.query is not None
    assert list(ledger.ids(late.query)) == [first, second]
    assert (coming.state, coming.day, coming.number, coming.left) == (State.SOON, day(9), 2, 9)
    assert coming.query is not None
    assert sorted(ledger.ids(coming.query)) == soon
    (recheck,) = _lines(ledger, Sort.RECHECK)
    assert (recheck.state, recheck.day, recheck.where) == (State.OVERDUE, day(-5), "雪峰镇")
    assert recheck.query is not None
    assert list(ledger.ids(recheck.query)) == [waits]
    kept.keep_limit("ahead", 100)
    assert len(_lines(ledger, Sort.RECTIFY)) == 3


def test_a_hazard_whose_deadline_was_emptied_is_overdue_by_its_last_extension(ledger: Ledger, add) -> None:
    longer = {
        "action": "延期",
        "new_due": datetime.date(2024, 7, 15),
        "record_date": datetime.date(2024, 6, 20),
    }
    number = add("hazard", due_date=datetime.date(2024, 6, 30), hazard_step=[longer])
    ledger.edit("hazard", number, {"due_date": None})
    today = datetime.date(2024, 8, 1)
    assert any("逾期" in item.sentence for item in overview(ledger, 2024, today).todos)
    assert [
        line.number
        for line in due_list(ledger, today).lines
        if line.sort is Sort.RECTIFY and line.state is State.OVERDUE
    ] == [1]
    assert ledger.checks.look(2024, today).open
