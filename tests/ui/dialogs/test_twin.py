"""A record beside its likely duplicate."""

from __future__ import annotations

from mingxi_desktop.ui.dialogs.twin import OTHER, SAME, UNWRITTEN, TwinDialog


def test_fields_are_compared(context, qtbot) -> None:
    texts = {"record_date": "2024-06-09", "area": "盖洋镇", "description": "配电箱没有接地", "owner": "张三"}
    dialog = TwinDialog(context, "hazard", 1, texts)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.compared))
    compared = {name: (typed, stored, mark) for name, typed, stored, mark in dialog.compared}
    assert compared["日期"] == ("2024-06-09", "2024-06-09", SAME)
    assert compared["隐患描述"] == ("配电箱没有接地", "配电箱未接地", OTHER)
    assert compared["整改责任人"] == ("张三", "", OTHER)
    assert "编号" not in compared
    assert compared["隐患等级"] == ("", "一般", UNWRITTEN), "what is not typed yet is no difference"
    marks = [mark for *_, mark in dialog.compared]
    counted = f"{marks.count(SAME)} 项相同，{marks.count(OTHER)} 项不同，{marks.count(UNWRITTEN)} 项没有填。"
    assert dialog._count.text().startswith(counted)
    dialog.reject()
