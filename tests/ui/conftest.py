"""The application as the program makes it, and a ledger that needs no file."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes, Record
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import app_setup, ask
from mingxi_desktop.ui.jobs import Worker

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
AREAS = ("盖洋镇", "雪峰镇", "沙溪乡")


class FakeLedger:
    """Answers like the facade, from memory. It notes on which threads it was used."""

    def __init__(self, count: int = 0) -> None:
        self.count = count
        self.threads = {threading.current_thread().name}
        self.closed = False
        self.asked: list[tuple[int, ...]] = []
        self.words: list[str] = []

    def close(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.closed = True

    def ids(self, query: Query) -> array[int]:
        found = array("q", range(1, self.count + 1))
        return array("q", reversed(found)) if any(down for _, down in query.sort) else found

    def records(self, kind: str, ids: Any) -> list[Record]:
        self.asked.append(tuple(ids))
        return [Record(kind, id, str(id), {}, shown_hazard(id)) for id in ids]

    def choices(self, field: Any) -> tuple[str, ...]:
        return (*delivered()[field.choices].values, *self.words)

    def add_choice(self, vocabulary: str, word: str) -> Changes:
        self.words.append(word)
        return Changes(f"添加{word}", lists=(f"choice:{vocabulary}",))

    def candidates(self, field: Any, text: str = "", limit: int = 20) -> list[tuple[str, str]]:
        return [(f"area:{place}", name) for place, name in enumerate(AREAS) if text in name]


def shown_hazard(id: int) -> dict[str, str]:
    return {
        "code": f"2024-{id:04d}",
        "record_date": "2024-06-09",
        "area": AREAS[id % 3],
        "description": f"第{id}处\n应急照明损坏",
        "level": "一般",
        "quantity_found": "1,683",
        "status": "逾期" if id % 2 else "已销号",
    }


@pytest.fixture(scope="session")
def app(qapp: QApplication) -> QApplication:
    """Fusion in our colours, with the bundled Chinese font."""
    return app_setup.make_application(fonts=[FONT], appearance="light")


@pytest.fixture
def ledger() -> FakeLedger:
    """The ledger behind `worker`; set its `count` before the first question."""
    return FakeLedger()


@pytest.fixture
def worker(app: QApplication, ledger: FakeLedger) -> Iterator[Worker]:
    """A database thread over the fake ledger; it ends with the test."""
    made = Worker(lambda: ledger)
    yield made
    made.close()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been shown in dialogs: UserErrors and bugs."""
    shown: list[Any] = []

    def take(error: UserError | BaseException, parent: object = None) -> None:
        shown.append(error)

    monkeypatch.setattr(ask, "show_error", take)
    monkeypatch.setattr(ask, "show_bug", take)
    return shown


@pytest.fixture
def write(app: QApplication) -> Callable[[QWidget, str], None]:
    """Types into a widget: letters and digits by keys, everything else as an input method does."""

    def typed(widget: QWidget, text: str) -> None:
        for sign in text:
            if sign.isascii():
                QTest.keyClicks(widget, sign)
            else:
                event = QInputMethodEvent()
                event.setCommitString(sign)
                QApplication.sendEvent(widget, event)

    return typed
