"""The program itself under the stopwatch, started as a user starts it: `… window_program FILE [start | jumps]`.

It opens the file, then its hazard ledger, jumps, sorts, filters, searches and saves; prints JSON, all times in
seconds, `painted` and `filled` since the process was started.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.bench.window_peers import JUMPS, STARTED, megabytes, office_screen

_PATIENCE = 600.0
_TICK = 0.002
_NO_REST = "the window does not come to rest"
_SAVES = 20
_READING = 0.05
"""Seconds between the last key and 保存: nobody is quicker."""
SEARCHES = ("灭火", "锅炉", "xfs", "不在")
"""A word that many records have, one that some have, initials, and one that none has."""


class Probe:
    """Watches the window from inside its event loop."""

    def __init__(self, upto: str) -> None:
        """upto: "start" or "jumps", after which nothing more is done; "" for everything."""
        self._upto = upto
        self.found: dict[str, Any] = {}
        self._beat = 0.0
        self._longest = 0.0

    def exec(self, _app: Any = None) -> int:
        """In place of the event loop: all measures, one after another."""
        window = next(one for one in self.app.topLevelWidgets() if type(one).__name__ == "MainWindow")
        # The first page is made only when the frame was on the screen.
        painted, self.found["painted_cpu"] = self._painted(window, lambda: True)
        self.found["painted"] = painted - STARTED
        self.found["modules"] = len([name for name in sys.modules if name.startswith("mingxi_desktop")])
        self.found["foreign"] = sorted(_foreign())
        filled, self.found["filled_cpu"] = self._painted(window, lambda: is_filled(window))
        self.found["filled"] = filled - STARTED
        self.found["megabytes"] = megabytes()
        self._rest(window)
        if self._upto != "start":
            self._ledger(window)
        self.found["megabytes_after"] = megabytes()
        window.close()
        _leave_without_backup()
        return 0

    def _painted(self, window: Any, ready: Callable[[], bool]) -> tuple[float, float]:
        """When what was ready is on the screen, and the processor seconds until then.

        In an event loop as every user has: a look every few milliseconds would be measured along.
        """
        from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

        painted: list[tuple[float, float]] = []
        waiting = QEventLoop()

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() != QEvent.Type.UpdateRequest or painted or not ready():
                    return False
                watched.event(event)
                painted.append((time.perf_counter(), time.process_time()))
                waiting.quit()
                return True

        watch, patience = Watch(), QTimer(singleShot=True)
        patience.timeout.connect(lambda: _give_up(_NO_REST))
        patience.start(int(_PATIENCE * 1000))
        window.installEventFilter(watch)
        waiting.exec()
        window.removeEventFilter(watch)
        patience.stop()
        return painted[0]

    @property
    def app(self) -> Any:
        from PySide6.QtWidgets import QApplication

        return QApplication.instance()

    def _until(self, reached: Callable[[], bool]) -> float:
        """Let the event loop turn until something holds; seconds. Notes the longest it was held up."""
        start = self._beat = time.perf_counter()
        while not reached():
            self.app.processEvents()
            now = time.perf_counter()
            self._longest = max(self._longest, now - self._beat)
            if now - start > _PATIENCE:
                _give_up(_NO_REST)
            time.sleep(_TICK)
            self._beat = time.perf_counter()
        return time.perf_counter() - start

    def _ledger(self, window: Any) -> None:
        loaded: list[int] = []
        start, spent = time.perf_counter(), time.process_time()
        window.open_tab("隐患排查")
        page = window.ledger_tab().current
        page.model.loaded.connect(loaded.append)
        self._until(lambda: _is_shown(page.table, page.model))
        page.table.viewport().repaint()
        self.found["ledger_first"] = time.perf_counter() - start
        self.found["ledger_cpu"] = time.process_time() - spent
        self._until(lambda: bool(loaded) or not window.context.worker.busy)
        self.found["ledger_all"] = time.perf_counter() - start
        self._rest(window)
        self.found["rows"] = page.model.rowCount()
        paintings = self._paintings(page)
        before = time.process_time()
        self.found["jumps"] = [self._jump(page, paintings) for _ in self._places(page)]
        self.found["jump_cpu"] = (time.process_time() - before) / JUMPS
        self._checked(window)
        self.found["megabytes_opened"] = megabytes()
        if self._upto == "jumps":
            return
        self.found["sorts"] = {
            field.label: self._change(page, window, lambda column=column: page.model.sort(column))
            for column, field in enumerate(page.model.fields)
            if field.column
        }
        page.model.sort(-1)
        self._rest(window)
        self.found["filters"] = {
            said: self._change(page, window, lambda name=name, value=value: page._filter(name, value))
            for said, name, value in _filters()
        }
        page.clear_filters()
        self._rest(window)
        self.found["searches"] = {word: self._search(page, window, word) for word in SEARCHES}
        page.clear_filters()
        self._rest(window)
        self.found["facade_saves"] = self._facade_saves(page, window)
        before = time.process_time()
        self.found["form_saves"] = [self._save(page, window, number) for number in range(_SAVES)]
        self.found["form_cpu"] = (time.process_time() - before) / _SAVES

    def _places(self, page: Any) -> Iterator[None]:
        chance = random.Random(1)
        for _ in range(JUMPS):
            self._row = chance.randrange(max(page.model.rowCount(), 1))
            yield

    def _jump(self, page: Any, paintings: list[bool]) -> float:
        """Until the table has been painted with the wanted row and all others in sight."""
        paintings.clear()
        column = page.table.horizontalHeader().logicalIndexAt(0)  # Qt goes to no cell of a hidden column
        wanted = page.model.index(self._row, column)
        start = time.perf_counter()
        page.table.scrollTo(wanted)
        page.table.viewport().repaint()
        self._until(lambda: any(paintings))
        spent = time.perf_counter() - start
        if not page.table.visualRect(wanted).intersects(page.table.viewport().rect()):
            _give_up("the table did not go where it was sent")
        return spent

    @staticmethod
    def _paintings(page: Any) -> list[bool]:
        """Grows with each painting of the table: whether all rows in sight were there."""
        from PySide6.QtCore import QEvent, QObject

        seen: list[bool] = []

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    seen.append(_is_shown(page.table, page.model))
                return False

        page.table.viewport().installEventFilter(Watch(page.table))
        return seen

    def _change(self, page: Any, window: Any, act: Callable[[], object]) -> dict[str, float]:
        """First rows, the whole list, processor time of all threads, and the longest the interface was held up."""
        loaded: list[int] = []
        self._rest(window)
        self._longest = 0.0
        page.model.loaded.connect(loaded.append)
        before = page.model.ids
        start, spent = time.perf_counter(), time.process_time()
        act()
        self._until(lambda: page.model.ids is not before and _is_shown(page.table, page.model))
        page.table.viewport().repaint()
        first, first_cpu = time.perf_counter() - start, time.process_time() - spent
        self._until(lambda: bool(loaded))
        page.model.loaded.disconnect(loaded.append)
        whole, spent = time.perf_counter() - start, time.process_time() - spent
        return {
            "first": first,
            "first_cpu": first_cpu,
            "all": whole,
            "cpu": spent,
            "held": self._longest,
        }

    def _search(self, page: Any, window: Any, word: str) -> dict[str, float]:
        def act() -> None:
            page.search.setText(word)
            page._search()

        return self._change(page, window, act)

    def _facade_saves(self, page: Any, window: Any) -> list[float]:
        """Changes of a record on the database's thread, without the window's part in it."""
        ids = list(page.model.ids[: _SAVES + 1])
        found: list[list[float]] = []
        window.context.worker.run(_timed_edits, ids, done=found.append)
        self._until(lambda: bool(found))
        return found[0][1:]

    def _save(self, page: Any, window: Any, number: int) -> float:
        self._rest(window)  # 已保存 is said before the record is shown as it is stored
        record = page.model.ids[number]
        page.panel.take(record, "note", f"第 {number} 次 {time.time_ns()}", "")
        self._until(lambda: page.panel.record_id == record and page.panel.dirty)
        self._rest(window)
        typed = time.perf_counter()
        self._until(lambda: time.perf_counter() > typed + _READING)  # all that was typed is painted by then
        from PySide6.QtCore import QEventLoop

        said: list[float] = []
        waiting = QEventLoop()  # a look every few milliseconds would be measured along
        window.context.said.connect(lambda _: said.append(time.perf_counter()))
        window.context.said.connect(waiting.quit)
        start = time.perf_counter()
        page.panel.save()
        waiting.exec()
        return said[0] - start

    def _checked(self, window: Any) -> None:
        """Until the checks have been through the records: before, memory says only how far they are."""
        from mingxi_desktop.ui.checking.concerns import Concerns

        self._until(lambda: not Concerns.of(window.context).looking)
        self._rest(window)

    def _rest(self, window: Any) -> None:
        self._until(lambda: not window.context.worker.busy)
        self.app.processEvents()


def _give_up(why: str) -> None:
    """Nothing can be measured any more; the database's thread would keep the process alive."""
    print(why, file=sys.stderr, flush=True)
    os._exit(3)


def _leave_without_backup() -> None:
    """The first backup of a ledger looks at every record, and a readable workbook follows: minutes at a million."""
    from mingxi_desktop.ledger.safekeeping import closing

    closing.back_up = lambda *_, **__: None  # type: ignore[assignment]


def _timed_edits(ledger: Any, ids: list[int]) -> list[float]:
    taken = []
    for number in ids:
        start = time.perf_counter()
        ledger.edit("hazard", number, {"note": f"改 {time.time_ns()}"})
        taken.append(time.perf_counter() - start)
    return taken


def is_filled(window: Any) -> bool:
    """Whether the first page shows what the ledger holds.

    Nothing is looked for among Qt's objects: PySide would load all classes of widgets to say what each of them is.
    """
    page = next(iter(window._pages.values()), None)
    if page is None or page.today._seen is None or page.today.charts[-1].view._data is None:
        return False
    return page.today.widget() is not None


def _is_shown(table: Any, model: Any) -> bool:
    """Whether every row in sight is there (or there are none, once the list has come)."""
    if not model.rowCount():
        return True
    top = max(table.rowAt(0), 0)
    bottom = table.rowAt(table.viewport().height() - 1)
    bottom = model.rowCount() - 1 if bottom < 0 else bottom
    return all(model.record(row) is not None for row in range(top, bottom + 1))


def _filters() -> Iterator[tuple[str, str, Any]]:
    import datetime

    from mingxi_desktop.domain.query import Range
    from tests.bench.hazards import YEAR

    yield "乡镇", "area", ("area:2",)
    yield "两个乡镇", "area", ("area:2", "area:3")
    yield "乡镇和等级", "level", ("一般",)
    yield "状态", "status", ("逾期",)
    yield "月份", "record_date", Range(datetime.date(YEAR, 6, 1), datetime.date(YEAR, 6, 30))


def _foreign() -> set[str]:
    """The packages loaded that are neither Python's own, Qt, peewee nor ours."""
    known = {"mingxi_desktop", "tests", "PySide6", "shiboken6", "shibokensupport", "signature_bootstrap"}
    known |= {"peewee", "psutil", "pylopdf_fonts_zh_cn", "sitecustomize"}  # fonts, and the system's own
    tops = {name.partition(".")[0] for name in sys.modules if not name.startswith("_")}
    return tops - known - set(sys.stdlib_module_names)


class _WhenLoaded:
    """Puts the probe in place of the event loop as soon as the window is being loaded.

    Not before: with PySide already there, what comes before the window would be loaded as in no start of a user.
    """

    def __init__(self, probe: Probe) -> None:
        self._probe = probe

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "mingxi_desktop.ui.main":
            from PySide6.QtWidgets import QApplication

            QApplication.exec = self._probe.exec  # type: ignore[method-assign,assignment]


def start(probe: Probe, file: str) -> None:
    """Start the program with a probe in place of its event loop."""
    sys.meta_path.insert(0, _WhenLoaded(probe))
    sys.argv = ["mingxi", "--db", file]
    from mingxi_desktop.__main__ import main as program

    program()


def main() -> None:
    """Put the program under the stopwatch."""
    office_screen()
    probe = Probe("".join(sys.argv[2:]))
    start(probe, sys.argv[1])
    print(json.dumps(probe.found), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
