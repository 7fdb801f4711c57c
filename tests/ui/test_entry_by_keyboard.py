"""The four main ledgers filled in without a mouse: from Ctrl+N until the status bar says 已保存."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ui.inputs import Input
from mingxi_desktop.ui.inputs.suggest import SuggestInput
from tests.ui import small

Walk = Sequence[tuple[str, str]]
"""What is typed into which field, each followed by Enter; "" leaves what is there."""


class Clerk:
    """Hands on the keyboard. presses: keys pressed so far, each committed word of the input method as one."""

    def __init__(self, window: Any, qtbot: Any) -> None:
        self.window = window
        self.qtbot = qtbot
        self.presses = 0
        self.heard: list[str] = []
        window.context.said.connect(self.heard.append)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.presses += 1
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        if modifiers:
            small.rest(self.window.context.worker)

    def write(self, text: str) -> None:
        self.presses += len(text) if text.isascii() else 1
        small.type_text(QApplication.focusWidget(), text)
        if text.isascii() and text.isalpha():
            # Whoever looks for a word by its letters sees it in the list before going on.
            self.qtbot.waitUntil(self.list_open)

    def list_open(self) -> bool:
        """Whether the field offers a row that Enter takes."""
        widget = self.input()
        return isinstance(widget, SuggestInput) and widget.popup.highlighted() is not None

    def here(self) -> str:
        """The field with the focus."""
        widget = self.input()
        return widget.field.name if widget is not None else ""

    def input(self) -> Input | None:
        """The input that is typed into."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Input):
            widget = widget.parentWidget()
        return widget

    def walk(self, way: Walk) -> None:
        for field, text in way:
            assert self.here() == field
            self.write(text)
            self.press(Qt.Key.Key_Return)

    def record(self, tab: str, kind: str, way: Walk) -> dict[str, str]:
        """Enter a record and give what was stored of it, its rows as texts by child kind."""
        self.window.open_tab(tab)
        self.window.page(tab).open(kind)
        small.rest(self.window.context.worker)
        self.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.walk(way)
        self.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        assert self.heard[-1].startswith("已保存"), self.heard[-1]
        answers: list[Any] = []
        self.window.context.worker.run(_newest, kind, done=answers.append)
        small.rest(self.window.context.worker)
        return answers[0]


def _newest(ledger: Any, kind: str) -> dict[str, Any]:
    number = max(ledger.ids(Query(kind)))
    children = ledger.children(kind, number)
    rows = {name: [row.shown for row in found] for name, found in children.items()}
    return {**ledger.get(kind, number).shown, **rows}


@pytest.fixture
def clerk(window: Any, qtbot: Any) -> Clerk:
    return Clerk(window, qtbot)


def test_a_major_hazard(clerk: Clerk) -> None:
    stored = clerk.record(
        "隐患排查",
        "hazard",
        [
            ("record_date", "6-9"),
            ("area", "gyz"),
            ("place", "惠民超市"),
            ("field", "xf"),
            ("description", "疏散通道堵塞"),
            ("level", "zd"),
            ("quantity_found", "3"),
            ("quantity_rectified", ""),
            ("due_date", "7.9"),
            ("owner", "张三"),
            ("plan", "清理"),
            ("rectify_fund", "1.2万"),
            ("emergency_plan", "有"),
            ("supervision", "县"),
            ("rectified_date", ""),
            ("record_date", ""),  # the steps: nothing to say yet
            ("campaign", "zbgj"),
        ],
    )
    assert stored["record_date"] == "2024-06-09"
    assert stored["area"] == "盖洋镇"
    assert (stored["place"], stored["field"], stored["level"]) == ("惠民超市", "消防", "重大")
    assert (stored["rectify_fund"], stored["supervision"], stored["due_date"]) == (
        "12,000",
        "县",
        "2024-07-09",
    )
    assert stored["campaign"] == "治本攻坚三年行动"
    assert stored["hazard_step"] == []
    assert clerk.presses < 70


def test_a_response_with_its_changes_of_level(clerk: Clerk) -> None:
    steps = (("qd", "4", "7.1 8:00", "明汛电〔2024〕30号"), ("ts", "3", "7.1 20:00", ""),
             ("jd", "4", "7.2 8:00", ""), ("zz", "4", "7.3 8:00", ""))  # fmt: skip
    names = ("action", "level", "at", "doc_no")
    stored = clerk.record(
        "防汛响应",
        "response",
        [
            ("type", "fby"),
            ("area", "xz"),
            ("event", ""),
            ("start_at", "7.1 8:00"),
            ("end_at", "7.3 8:00"),
            *((name, text) for step in steps for name, text in zip(names, step, strict=True)),
            ("action", ""),
        ],
    )
    assert (stored["type"], stored["area"], stored["top_level"]) == ("防暴雨", "县直", "Ⅲ")
    assert [(row["action"], row["level"], row["at"]) for row in stored["response_step"]] == [
        ("启动", "Ⅳ", "2024-07-01 08:00"),
        ("提升", "Ⅲ", "2024-07-01 20:00"),
        ("降低", "Ⅳ", "2024-07-02 08:00"),
        ("终止", "Ⅳ", "2024-07-03 08:00"),
    ]
    assert clerk.presses < 130


def test_a_dispatch_of_five_goods(clerk: Clerk) -> None:
    goods = (("棉被", "20"), ("毛毯", "30"), ("折叠床", "１０"), ("帐篷", "2"), ("棉大衣", "15"))
    stored = clerk.record(
        "救灾调拨",
        "supply_movement",
        [
            ("doc_no", "DB-7"),
            ("type", "db"),
            ("record_date", "7月3日"),
            ("area", "gyz"),
            ("receiver", "盖洋镇"),
            ("event", ""),
            ("beneficiaries", ""),
            *((name, text) for item, count in goods for name, text in
              (("item", item), ("quantity", count), ("value", ""))),
            ("item", ""),
        ],
    )  # fmt: skip
    assert (stored["type"], stored["receiver"]) == ("调拨", "盖洋镇")
    assert [(row["item"], row["quantity"]) for row in stored["supply_line"]] == [
        (item, count.replace("１０", "10")) for item, count in goods
    ]


def test_a_drill(clerk: Clerk) -> None:
    stored = clerk.record(
        "培训演练",
        "activity",
        [
            ("record_date", "20240512"),
            ("area", "xfz"),
            ("type", "yjyl"),
            ("title", "防汛转移演练"),
            ("venue", "村部"),
            ("sessions", ""),
            ("participants", "200余"),
            ("approx", ""),
            ("drill_form", "桌面推演"),
            ("hazard_type", "fx"),
            ("evaluation", "达到预期"),
        ],
    )
    assert (stored["type"], stored["drill_form"], stored["hazard_type"]) == ("应急演练", "桌面", "防汛")
    assert (stored["area"], stored["participants"]) == ("雪峰镇", "200")
    assert stored["evaluation"] == "达到预期"
