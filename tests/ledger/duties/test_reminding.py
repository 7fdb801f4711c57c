"""催报单: what everybody owes, as text, as a table, and on pages."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.duties import DELIVERED, Duty
from mingxi_desktop.domain.periods import Often
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.duties import reminder_paper, reminding
from mingxi_desktop.report.table_pages.model import Look

DUE = datetime.date(2024, 7, 5)


@pytest.fixture
def asked(ledger: Ledger, add) -> reminding.Reminder:
    """Only 胡坊镇 (June) and 雪峰镇 (May, and the weeks of a campaign) owe anything."""
    towns = {entry.name: entry.ref for entry in ledger.entries("area") if entry.name != "县直"}
    add("hazard", record_date=datetime.date(2024, 1, 2))
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    gaps = {(towns["雪峰镇"], 4), (towns["胡坊镇"], 5)}
    spots = [(ref, place) for ref in towns.values() for place in range(6) if (ref, place) not in gaps]
    ledger.zeros.register(grid, spots)
    weeks = Duty(
        "hazard-2", "hazard", Often.WEEK, "大排查周报", (towns["雪峰镇"],), "大排查大整治",
        datetime.date(2024, 6, 3), datetime.date(2024, 6, 23), 2,
    )  # fmt: skip
    ledger.zeros.keep([*DELIVERED, weeks])
    return reminding.reminder(ledger, 2024, DUE)


def test_each_is_told_what_it_owes(ledger: Ledger, asked: reminding.Reminder) -> None:
    assert reminding.text_to(asked).split("\n") == [
        "截至2024年7月5日，以下台账应报未报，请尽快补报：",
        "雪峰镇：隐患（2024年5月）；大排查周报（2024年6.3–6.23共3周）。",
        "胡坊镇：隐患（2024年6月）。",
        "没有发生的，也请报零报告。",
        "明溪县应急管理局",
    ]
    (hufang,) = (ref for ref, name in asked.who if name == "胡坊镇")
    assert reminding.text_to(asked, hufang).split("\n")[1:2] == ["胡坊镇：隐患（2024年6月）。"]
    assert [(one.what, one.due, one.days) for one in asked.only(hufang)] == [("隐患", DUE, 0)]
    nothing = reminding.reminder(ledger, 2022, DUE)
    assert (nothing.owed, reminding.text_to(nothing)) == ((), "")


def test_of_one_grid_by_period(ledger: Ledger, asked: reminding.Reminder) -> None:
    grid = ledger.zeros.grid("hazard", 2024, DUE)
    assert reminding.text_of(grid, "明溪县应急管理局").split("\n") == [
        "请以下乡镇尽快报送2024年5月隐患台账：雪峰镇。",
        "请以下乡镇尽快报送2024年6月隐患台账：胡坊镇。",
        "没有发生的，也请报零报告。",
        "明溪县应急管理局",
    ]
    assert reminding.text_of(grid, "局", 5).count("\n") == 2
    assert reminding.text_of(grid, "局", 0) == ""


def test_it_is_printed_for_all_and_for_one(ledger: Ledger, asked: reminding.Reminder) -> None:
    everybody = reminder_paper.table(asked)
    assert everybody.title == "2024年台账报送催报单"
    assert everybody.conditions == "截至2024年7月5日，2个单位应报未报共5项。没有发生的，也请报零报告。"
    assert [(section.label, section.start, section.count) for section in everybody.sections] == [
        ("雪峰镇", 0, 4), ("胡坊镇", 4, 1),
    ]  # fmt: skip
    assert everybody.rows[0] == ("隐患", "2024年5月", "2024-06-05", "30")
    assert everybody.rows[4] == ("隐患", "2024年6月", "2024-07-05", "今天")
    one = reminder_paper.table(asked, asked.owed[0].ref)
    assert (one.title, len(one.rows), one.sections) == ("雪峰镇2024年台账报送催报单", 4, ())
    printed = reminder_paper.press(asked).render(Look(landscape=False))
    assert (printed.rendered.pages, printed.left_out, printed.rendered.warnings) == (1, (), ())
