"""A small ledger of 2024 (and a little of 2023) for the tests of the window, made once in a session."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop.ledger import Ledger, forms
from mingxi_desktop.ui import turns
from mingxi_desktop.ui.jobs import Worker

YEAR = 2024
Rows = Mapping[str, Sequence[Mapping[str, str]]]

HAZARDS = (
    ("2024-06-09", "盖洋镇", "配电箱未接地", "一般", 12, 12),
    ("2024-06-20", "雪峰镇", "消防通道堵塞", "一般", 5, 3),
    ("2024-07-02", "盖洋镇", "疏散指示灯损坏", "一般", 8, 0),
    ("2024-07-15", "沙溪乡", "液化气瓶存放不规范", "重大", 1, 0),
    ("2024-11-03", "瀚仙镇", "灭火器过期", "一般", 20, 20),
    ("2023-05-05", "盖洋镇", "应急照明损坏", "一般", 30, 30),
)
STEPS = (
    {"action": "启动", "level": "Ⅳ", "at": "2024-06-09 08:00", "doc_no": "明汛电〔2024〕11号"},
    {"action": "提升", "level": "Ⅲ", "at": "2024-06-09 20:00"},
    {"action": "终止", "level": "Ⅲ", "at": "2024-06-11 08:00"},
)
LINES = ({"item": "棉被", "quantity": "120"}, {"item": "折叠床", "quantity": "40"})


def put(ledger: Ledger, kind: str, texts: Mapping[str, str], rows: Rows | None = None) -> int:
    """Store a record as its form would; its id."""
    lines = {name: [(None, line) for line in items] for name, items in (rows or {}).items()}
    saved = forms.save(ledger, kind, None, texts, {}, lines, YEAR)
    assert saved.id is not None, saved.entered.findings
    forms.remember(ledger, saved, ledger.get(kind, saved.id))
    return saved.id


def build(path: Path) -> None:
    """Write the ledger: hazards 1 to 6, response 1, supply movement 1, activity 1, fund 1."""
    with Ledger.create(path, operator="李四") as ledger:
        for day, area, text, level, found, done in HAZARDS:
            major = {"owner": "厂长", "plan": "移出"} if level == "重大" else {}
            put(
                ledger,
                "hazard",
                {
                    "record_date": day, "area": area, "description": text, "level": level, "field": "消防",
                    "quantity_found": str(found), "quantity_rectified": str(done), **major,
                },
            )  # fmt: skip
        put(
            ledger,
            "response",
            {"type": "防暴雨", "start_at": "2024-06-09 08:00", "end_at": "2024-06-11 08:00"},
            {"response_step": STEPS},
        )
        put(
            ledger,
            "supply_movement",
            {"record_date": "2024-06-10", "type": "调拨", "area": "盖洋镇", "receiver": "盖洋镇"},
            {"supply_line": LINES},
        )
        put(
            ledger,
            "activity",
            {"record_date": "2024-05-12", "area": "县直", "type": "宣传活动", "title": "防灾减灾日咨询"},
        )
        put(
            ledger,
            "fund",
            {
                "record_date": "2024-03-03", "area": "县直", "direction": "争取", "purpose": "其他",
                "amount": "7.6万",
            },
        )  # fmt: skip


def rest(worker: Worker, patience: float = 90.0) -> None:
    """Let everything that was asked for arrive: until the worker has had nothing to do for some milliseconds.

    What arrives is taken up at once: a sleep between two looks would be one for each turn of whatever goes in turns.
    """
    calm, until = 0, time.monotonic() + patience

    def count() -> None:
        nonlocal calm
        calm += 1

    tick = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    tick.timeout.connect(count)
    tick.start()
    while calm < 4:
        assert time.monotonic() < until, "the worker does not come to rest"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if worker.busy or turns.under_way():
            calm = 0
    tick.stop()


def gone(patience: float = 10.0) -> None:
    """Let go what is done with: a window still being taken apart would be in front in the next test."""
    until = time.monotonic() + patience
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    while turns.under_way() and time.monotonic() < until:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def tab_order(first: QWidget) -> list[QWidget]:
    """All widgets of the window in the order of Tab, from the one behind `first` on.

    What waits to be deleted goes before: PySide takes each widget for a child of the one it was reached from, so that
    with a deleted one the Python halves of all that follow it would go.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found, widget = [], first.nextInFocusChain()
    while widget is not first and widget is not None:
        found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def type_text(widget: QWidget, text: str) -> None:
    """Type letters and digits by keys, everything else as an input method does."""
    for sign in text:
        if sign.isascii():
            QTest.keyClicks(widget, sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.sendEvent(widget, event)
