"""The application as the program makes it, and a ledger that needs no file."""

from __future__ import annotations

import datetime
import shutil
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from pytestqt.qtbot import QtBot

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes, Record
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.check import Check
from mingxi_desktop.storage import digests
from mingxi_desktop.ui import app_setup, ask, drafts, main
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.pages import overview
from tests.ledger import unprinted
from tests.ui import small

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
AREAS = ("盖洋镇", "雪峰镇", "沙溪乡")
_PATIENCE = 20_000
"""Milliseconds after which a dialog counts as waiting; at most twice as long."""
_LONG = 60_000
"""Milliseconds that tests wait for what they were promised; five seconds may be little on a busy machine."""
for _wait in (QtBot.waitActive, QtBot.waitCallback, QtBot.waitExposed, QtBot.waitSignal, QtBot.waitSignals):
    _wait.__kwdefaults__["timeout"] = _LONG


def _wait_until(bot: QtBot, holds: Callable[[], bool | None], *, timeout: int = _LONG) -> None:
    """As pytest-qt does it, but for looking five times as often: what tests wait for takes a millisecond or two."""
    until = time.monotonic() + timeout / 1000
    while not _held(holds):
        if time.monotonic() > until:
            raise QtTimeoutError(f"not in {timeout} ms")
        bot.wait(2)


def _held(holds: Callable[[], bool | None]) -> bool:
    with suppress(AssertionError):
        return holds() in (None, True)
    return False


QtBot.waitUntil = _wait_until


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

    def settle(self) -> None: ...  # it has no seal

    def ids(self, query: Query) -> array[int]:
        found = array("q", range(1, self.count + 1))
        return array("q", reversed(found)) if any(down for _, down in query.sort) else found

    @property
    def lists(self) -> FakeLedger:
        return self

    def first_ids(self, query: Query, limit: int) -> array[int] | None:
        return None

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


@pytest.fixture(autouse=True)
def nobody_answers(app: QApplication) -> Iterator[None]:
    """A dialog that nobody answers would wait for ever, deaf to the time limit: it is closed and fails the test."""
    waiting: list[str] = []
    seen: list[QWidget] = []

    def look() -> None:
        modal = QApplication.activeModalWidget()
        if modal is not None and modal in seen:
            waiting.append(f"{type(modal).__name__} {modal.windowTitle()} {getattr(modal, 'text', str)()}")
            modal.close()
        seen[:] = [modal] if modal is not None else []

    timer = QTimer(interval=_PATIENCE, timeout=look)
    timer.start()
    yield
    timer.stop()
    small.gone()
    assert not waiting


@pytest.fixture(autouse=True)
def no_key_held(app: QApplication) -> Iterator[None]:
    """A shortcut that leads away from its widget leaves Ctrl pressed: the next test would select with Ctrl."""
    yield
    if QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


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

    return small.type_text


# the window on a real ledger


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of `small`, not open; copy it, do not change it."""
    path = tmp_path_factory.mktemp("small") / "small.mxdb"
    small.build(path)
    return path


@pytest.fixture
def db(small_file: Path, tmp_path: Path) -> Path:
    """A copy of the small ledger, for one test."""
    path = tmp_path / "台账.mxdb"
    shutil.copyfile(small_file, path)
    return path


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """The settings of the PC, in a file of the test's own."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


class Answers:
    """Stands for the dialogs of `ask`: what they answer, and what was asked. No dialog opens."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.told: list[Any] = []
        self.yes = True
        self.leave = ask.Answer.CANCEL
        self.file: Path | None = None

    def question(self, title: str, text: str = "", **_: Any) -> bool:
        self.asked.append(title)
        return self.yes

    def save_changes(self, what: str, **_: Any) -> ask.Answer:
        self.asked.append(what)
        return self.leave

    def save_file(self, title: str, name: str, filters: str, **_: Any) -> Path | None:
        self.asked.append(name)
        return self.file

    def tell(self, said: Any, *_: Any, **__: Any) -> None:
        self.told.append(said)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    """The answers to every dialog; what a test was told and did not look at and clear fails it."""
    made = Answers()
    for name in ("question", "save_changes", "save_file"):
        monkeypatch.setattr(ask, name, getattr(made, name))
    for name in ("show_error", "show_bug", "show_message"):
        monkeypatch.setattr(ask, name, made.tell)
    yield made
    assert not made.told


@pytest.fixture
def context(app: QApplication, db: Path, settings: QSettings, answers: Answers) -> Iterator[Context]:
    """The small ledger behind its worker, in the year 2024."""
    worker = Worker(lambda: Ledger.open(db, operator="张三"))
    made = Context(db, worker, settings)
    made.set_year(small.YEAR)
    yield made
    worker.close()


@pytest.fixture
def shown(app: QApplication, context: Context, qtbot: Any) -> Iterator[Callable[[QWidget], QWidget]]:
    """Shows a page or panel in a window of its own and waits until it has read what it needs."""
    made: list[QWidget] = []

    def show(page: QWidget, width: int = 1280, height: int = 700) -> QWidget:
        qtbot.addWidget(page)
        made.append(page)
        page.resize(width, height)
        page.show()
        page.activateWindow()
        with qtbot.waitActive(page):
            pass
        small.rest(context.worker)
        return page

    yield show
    for page in made:
        page.hide()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the window one check looks through the records, and finds nothing.

    All of them take longer than most tests; they have tests of their own, and the audit's window has them.
    """
    nothing = Check("nothing", "", "", (), lambda _: ())
    monkeypatch.setattr(running, "every", lambda: (nothing,))


@pytest.fixture
def pages_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same report has its pages at once the second time; setting them has tests of its own."""
    unprinted.set_pages_once(monkeypatch)


@pytest.fixture(autouse=True)
def beside_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes on beside the clerk's work begins as soon as the first page has been read, not once it is painted."""
    monkeypatch.setattr(main, "_PAINTED", 0)


@pytest.fixture(autouse=True)
def no_drafts_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be written in another test is not tried again in this one."""
    monkeypatch.setattr(drafts, "_scribe", type(drafts._scribe)())


_SEEN: dict[Any, Any] = {}


@pytest.fixture
def overview_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page of the same records, lists and settings on the same day is known the second time.

    It is worked out at every start of a window, which takes longer than most tests; it has tests of its own.
    """

    def once(work: Callable[..., Any]) -> Callable[..., Any]:
        def known(ledger: Ledger, *asked: Any) -> Any:
            parts = [tuple(part(ledger)) if callable(part) else part for part in asked]
            folder = ledger.backups.folder
            state = [ledger.setting(name) for name in ("history.tail", digests.KEPT)]
            key = (work, *state, *parts, datetime.date.today(), folder.is_dir() and str(folder))
            if key not in _SEEN:
                _SEEN[key] = work(ledger, *asked)
            return _SEEN[key]

        return known

    for name in ("_look", "_draw"):
        monkeypatch.setattr(overview, name, once(getattr(overview, name)))


@pytest.fixture
def window(
    app: QApplication, few: None, pages_once: None, overview_once: None, context: Context, qtbot: Any
) -> Iterator[Any]:
    """The main window on the small ledger."""
    from mingxi_desktop.ui.window import MainWindow

    made = MainWindow(context)
    made.show()
    made.activateWindow()
    with qtbot.waitActive(made):
        pass
    small.rest(context.worker)
    yield made
    context.worker.close()
    made.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger file that is not open; copy it, do not change it."""
    path = tmp_path_factory.mktemp("empty") / "empty.mxdb"
    Ledger.create(path).close()
    return path


@pytest.fixture
def real(app: QApplication, empty_file: Path, tmp_path: Path) -> Iterator[Context]:
    """A context over a ledger file of its own, with nothing in it yet."""
    path = tmp_path / "ledger.mxdb"
    shutil.copyfile(empty_file, path)
    worker = Worker(lambda: Ledger.open(path, operator="王小敏"))
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Context(path, worker, settings)
    made.set_year(2024)
    yield made
    worker.close()
    made.deleteLater()


@pytest.fixture
def settle(qtbot: Any, real: Context) -> Callable[[], None]:
    """Wait until everything that was asked of the real ledger has arrived."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not real.worker.busy, timeout=30_000)

    return wait


@pytest.fixture
def on_ledger(real: Context, settle: Callable[[], None]) -> Callable[..., Any]:
    """Do fn(ledger, *args) on the real ledger's thread and give its answer."""

    def run(fn: Callable[..., Any], *args: Any) -> Any:
        answers: list[Any] = []
        real.worker.run(fn, *args, done=answers.append)
        settle()
        return answers[0]

    return run
