"""Groups with subtotals, named views, and what a ledger's page remembers."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.table.views import View, Views
from tests.ui.small import rest


@pytest.fixture
def page(context, shown):
    def make(kind: str = "hazard") -> LedgerPage:
        made = LedgerPage(context, kind_of(kind))
        made.refresh()
        return shown(made)

    return make


def rows(page: LedgerPage) -> list[str]:
    """What stands in each row: a heading with its sum, or the record's number."""
    found = []
    for row in range(page.model.rowCount()):
        heading = page.model.heading(row)
        if heading is not None:
            found.append(f"{heading.label} {heading.count} 条 {heading.totals['quantity_found']}")
        else:
            found.append(str(page.model.id_at(row)))
    return found


def open_menu(page: LedgerPage) -> list[str]:
    page.view_menu.aboutToShow.emit()
    return [action.text() for action in page.view_menu.actions() if not action.isSeparator()]


def choose(page: LedgerPage, context, *path: str) -> None:
    """Take an entry of the menu, through its submenus."""
    open_menu(page)
    menu = page.view_menu
    for name in path[:-1]:
        menu = next(action.menu() for action in menu.actions() if action.text().startswith(name))
    next(action for action in menu.actions() if action.text().startswith(path[-1])).trigger()
    rest(context.worker)


def test_groups_with_subtotals_close_and_open(page, context) -> None:
    made = page()
    choose(made, context, "分组小计", "按乡镇")
    assert rows(made) == ["雪峰镇 1 条 5", "2", "盖洋镇 2 条 20", "3", "1", "瀚仙镇 1 条 20", "5",
                          "沙溪乡 1 条 1", "4", "合计 5 条 46"]  # fmt: skip
    assert made.model.index(0, made.model.column_of("quantity_found")).data() == "5"
    choose(made, context, "全部收起")
    assert rows(made) == [
        "雪峰镇 1 条 5",
        "盖洋镇 2 条 20",
        "瀚仙镇 1 条 20",
        "沙溪乡 1 条 1",
        "合计 5 条 46",
    ]
    made.show_record(3)
    rest(context.worker)
    assert made.table.current_id() == 3
    assert rows(made)[:4] == ["雪峰镇 1 条 5", "盖洋镇 2 条 20", "3", "1"]
    choose(made, context, "组内再分", "按月份")
    choose(made, context, "全部展开")
    assert rows(made)[:7] == [
        "雪峰镇 1 条 5",
        "6月 1 条 5",
        "2",
        "盖洋镇 2 条 20",
        "6月 1 条 12",
        "1",
        "7月 1 条 8",
    ]
    choose(made, context, "分组小计", "不分组")
    assert rows(made) == ["5", "4", "3", "2", "1"]


def test_subtotals_follow_a_change(page, context) -> None:
    made = page()
    made.group_by(["area"])
    rest(context.worker)
    context.write(lambda ledger: ledger.edit("hazard", 2, {"quantity_found": 7}), owner=made)
    rest(context.worker)
    assert rows(made)[0] == "雪峰镇 1 条 7"
    assert rows(made)[-1] == "合计 5 条 48"


def test_a_view_has_a_name_and_comes_back(page, context, settings, answers, monkeypatch) -> None:
    made = page()
    told: list[str] = []
    made.view_menu.named.connect(told.append)
    made.chips[0].chosen.emit("level", ("重大",))
    made.table.columns.show("owner", True)
    made.table.show_sort("due_date", True)
    monkeypatch.setattr(ask, "text", lambda *_, **__: " 重大&隐患 ")
    rest(context.worker)
    made.view_menu.save_as()
    assert told[-1] == "重大&隐患"
    assert open_menu(made)[:2] == ["全部记录", "重大&&隐患"]
    choose(made, context, "全部记录")
    assert (told[-1], made.table.columns.is_shown("owner"), len(made.model.ids)) == ("", False, 5)
    again = page()
    choose(again, context, "重大&&隐患")
    assert list(again.model.ids) == [4]
    assert again.table.columns.is_shown("owner")
    assert again.model.query.sort == (("due_date", True),)
    assert again.view_menu.current() == "重大&隐患"
    choose(again, context, "删除视图", "重大")
    assert answers.asked[-1].startswith("删除视图")
    assert Views(settings, "hazard").all() == {}


def test_conditions_and_groups_are_remembered_but_not_a_door_or_a_search(page, context) -> None:
    made = page()
    made.chips[0].chosen.emit("level", ("重大",))
    made.group_by(["field"])
    made.set_query(Query("hazard", year=2024, ids=(1,)))
    made.search.setText("消防")
    made._search()
    rest(context.worker)
    again = page()
    assert dict(again.query.where) == {"level": ("重大",)}
    assert (again.query.ids, again.query.search, again.model.by) == ((), "", ("field",))
    again.clear_filters()
    again.group_by([])
    assert page().query == Query("hazard", year=2024)


def test_what_is_broken_in_the_settings_is_passed_over(page, settings) -> None:
    settings.setValue("table/hazard/views", '{"甲": 3, "乙": {"by": "area", "nonsense": 1}}')
    settings.setValue("table/hazard/last", "[")
    assert Views(settings, "hazard").all() == {"乙": View(by="area")}
    assert page().query == Query("hazard", year=2024)
    settings.setValue("table/hazard/last", '{"by": "nonsense", "query": "{\\"where\\": {\\"gone\\": [1]}}"}')
    made = page()
    assert made.model.by == ()
    assert made.query == Query("hazard", year=2024)
