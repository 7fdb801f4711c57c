"""Long work: its own thread, answers on the interface's, nothing left behind."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage.stopping import is_unwanted, let_others_in
from mingxi_desktop.storage.store import Store
from mingxi_desktop.ui import jobs, memory
from mingxi_desktop.ui.jobs import Cancelled, Job, Priority, Worker


def name_of_thread(ledger: Any) -> str:
    return threading.current_thread().name


def hold(worker: Worker) -> threading.Event:
    """Keep the worker busy until the event is set."""
    gate, started = threading.Event(), threading.Event()

    def wait(ledger: Any) -> None:
        started.set()
        gate.wait(5)

    worker.run(wait)
    assert started.wait(5)
    return gate


def test_work_runs_on_the_database_thread_and_answers_on_this_one(qtbot, worker, ledger) -> None:
    answers: list[tuple[str, str]] = []
    worker.run(name_of_thread, done=lambda name: answers.append((name, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("database", threading.main_thread().name)]


def test_ledger_is_opened_used_and_closed_on_one_thread(qtbot, app, ledger_class) -> None:
    made: list[Any] = []

    def opener() -> Any:
        made.append(ledger_class())
        return made[0]

    worker = Worker(opener)
    worker.run(lambda ledger: None)
    worker.close()
    assert made[0].closed
    assert made[0].threads == {"database"}


def test_user_error_goes_to_failed_or_else_to_the_user(qtbot, worker, told) -> None:
    def refuse(ledger: Any) -> None:
        raise UserError("文件被占用")

    failed: list[UserError] = []
    ended: list[int] = []
    worker.run(refuse, failed=failed.append, ended=lambda: ended.append(1))
    worker.run(refuse, ended=lambda: ended.append(2))
    qtbot.waitUntil(lambda: ended == [1, 2])
    assert [error.title for error in failed] == ["文件被占用"]
    assert [error.title for error in told] == ["文件被占用"]


def test_bug_is_logged_and_shown_and_the_thread_lives_on(qtbot, worker, told, caplog) -> None:
    answers: list[int] = []
    worker.run(lambda ledger: 1 // 0, done=answers.append)
    worker.run(lambda ledger: 7, done=answers.append)
    qtbot.waitUntil(lambda: answers == [7])
    assert isinstance(told[0], ZeroDivisionError)
    assert "job failed" in caplog.text


def test_why_a_ledger_that_was_changed_outside_cannot_be_read_is_told(qtbot, worker, ledger, told) -> None:
    damage = UserError("在程序之外被改动过")

    def settle() -> None:
        raise damage

    ledger.settle = settle
    given_out: list[int] = []
    worker.run(lambda ledger: 1 // 0)
    worker.run(lambda ledger: given_out.append(1), priority=Priority.LONG)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert (told, given_out) == ([damage, damage], [])


def test_progress_is_reported_and_cancel_stops_the_work(qtbot, worker) -> None:
    seen: list[tuple[int, int]] = []
    answers: list[str] = []
    ended: list[bool] = []
    gate = threading.Event()

    def count(ledger: Any, progress: Any) -> str:
        progress(10, 10)
        gate.wait(5)
        progress(11, 10)
        return "not reached"

    job = worker.run(
        count, done=answers.append, progress=lambda *at: seen.append(at), ended=lambda: ended.append(True)
    )
    qtbot.waitUntil(lambda: seen == [(10, 10)])
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: ended == [True])
    assert not answers
    with pytest.raises(Cancelled):
        job.progress(1, 2)


def test_what_is_looked_at_goes_before_long_work(qtbot, worker) -> None:
    order: list[str] = []
    gate = hold(worker)
    worker.run(lambda ledger: order.append("long"), priority=Priority.LONG)
    worker.run(lambda ledger: order.append("save"))
    worker.run(lambda ledger: order.append("visible"), priority=Priority.VISIBLE)
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["visible", "save", "long"]


def test_answers_for_a_deleted_owner_are_dropped(qtbot, worker) -> None:
    answers: list[int] = []
    gate = threading.Event()
    owner = QObject()
    worker.run(lambda ledger: gate.wait(5) and 1, done=answers.append, owner=owner)
    worker.run(lambda ledger: 2, done=answers.append)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed, timeout=1000, raising=False).wait()
    gate.set()
    qtbot.waitUntil(lambda: answers == [2])


def test_close_finishes_writes_and_drops_reads(qtbot, app, ledger) -> None:
    worker = Worker(lambda: ledger)
    gate = hold(worker)
    saved: list[str] = []
    read: list[str] = []
    worker.run(lambda ledger: read.append("read"), priority=Priority.VISIBLE)
    worker.run(lambda ledger: "saved", done=saved.append)
    threading.Timer(0.05, gate.set).start()
    worker.close()
    worker.close()
    assert saved == ["saved"]
    assert not read
    assert ledger.closed
    assert not jobs.running_jobs()
    late = worker.run(lambda ledger: "late", done=saved.append)
    assert late.finished
    assert saved == ["saved"]
    assert not jobs.running_jobs()


def test_a_ledger_that_does_not_open_fails_every_job(qtbot, app, told) -> None:
    def opener() -> Any:
        raise UserError("打不开")

    worker = Worker(opener)
    failed: list[UserError] = []
    worker.run(lambda ledger: 1, failed=failed.append)
    worker.run(lambda ledger: 2, failed=failed.append)
    qtbot.waitUntil(lambda: len(failed) == 2)
    worker.close()
    assert not told


@pytest.fixture
def ledger_class(ledger: Any) -> Any:
    return type(ledger)


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


@pytest.mark.parametrize("priority", [Priority.VISIBLE, Priority.BESIDE])
def test_what_only_reads_stops_in_the_midst_of_a_query(qtbot, worker, db, priority) -> None:
    ended: list[bool] = []
    started = threading.Event()

    def search(ledger: Any) -> None:
        store = Store.open(db)
        try:
            started.set()
            store.database.execute_sql(ENDLESS).fetchall()
        finally:
            assert store.database.execute_sql("SELECT 1").fetchone() == (1,), "the next one is not touched"
            store.close()

    job = worker.run(search, priority=priority, ended=lambda: ended.append(True))
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: ended == [True])


@pytest.mark.parametrize("priority", [Priority.PAGE, Priority.BEHIND])
def test_a_reading_gives_way_in_the_midst_of_a_query_and_is_begun_anew(qtbot, worker, db, priority) -> None:
    order: list[str] = []
    started = threading.Event()

    def read(ledger: Any) -> str:
        order.append("read")
        if len(order) == 1:
            store = Store.open(db)
            try:
                started.set()
                store.database.execute_sql(ENDLESS).fetchall()
            finally:
                store.close()
        return "told"

    worker.run(read, priority=priority, done=order.append)
    assert started.wait(5)
    worker.run(lambda ledger: order.append("save"))
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order == ["read", "save", "read", "told"]


def test_what_is_seen_is_read_amid_the_checks_which_go_on(qtbot, worker, ledger) -> None:
    started, gate = threading.Event(), threading.Event()
    order: list[str] = []

    def check(ledger: Any) -> str:
        started.set()
        gate.wait(5)
        for part in range(2):
            order.append(f"part {part}")
            let_others_in()
        return "told"

    def look(asked: Any) -> str:
        assert asked is ledger
        order.append("look")
        let_others_in()
        return "seen"

    worker.run(check, priority=Priority.BEHIND, done=order.append)
    assert started.wait(5)
    worker.run(lambda ledger: order.append("page"), priority=Priority.PAGE)
    for _ in range(2):
        worker.run(look, priority=Priority.VISIBLE)
    gate.set()
    qtbot.waitUntil(lambda: {"told", "page"} <= {*order})
    assert [said for said in order if said != "told"] == ["part 0", "look", "look", "part 1", "page"]


def test_long_reading_lets_in_what_is_seen_and_is_begun_once(qtbot, worker) -> None:
    order: list[str] = []
    started, gate = threading.Event(), threading.Event()

    def read(ledger: Any) -> str:
        started.set()
        gate.wait(5)
        order.append("half")
        let_others_in()
        return "told"

    worker.run(read, priority=Priority.BESIDE, done=order.append)
    assert started.wait(5)
    worker.run(lambda ledger: "saved", done=order.append)
    worker.run(lambda ledger: order.append("look"), priority=Priority.VISIBLE)
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order == ["half", "look", "told", "saved"]


def test_after_work_that_took_long_memory_is_given_back(qtbot, worker, monkeypatch) -> None:
    given: list[str] = []
    monkeypatch.setattr(memory, "give_back", lambda: given.append(threading.current_thread().name))
    for enough, times in ((3_600.0, 0), (-1.0, 1)):
        monkeypatch.setattr(jobs, "_MUCH", enough)
        answers: list[int] = []
        worker.run(lambda ledger: 1, done=answers.append)
        qtbot.waitUntil(lambda answers=answers: bool(answers))
        qtbot.waitUntil(lambda times=times: len(given) >= times)
        assert given == ["database"] * times


def test_what_comes_without_a_pause_does_not_keep_the_checks_from_their_end(qtbot, worker) -> None:
    order: list[str] = []

    def check(ledger: Any) -> str:
        for part in range(3):
            order.append(f"part {part}")
            let_others_in()
        return "told"

    def again() -> None:
        if "told" not in order:
            worker.run(lambda ledger: None, priority=Priority.VISIBLE, ended=again)

    again()
    worker.run(check, priority=Priority.BEHIND, done=order.append)
    qtbot.waitUntil(lambda: "told" in order)
    assert order == ["part 0", "part 1", "part 2", "told"]


@pytest.fixture
def slow_query(monkeypatch):
    """A job that is one query; the clock goes on only when it is asked. Gives (the job, runs it was begun in)."""
    ticks = itertools.count()
    monkeypatch.setattr(jobs.time, "monotonic", lambda: next(ticks) * 0.01)
    begun: list[int] = []

    def query(ledger: Any) -> None:
        begun.append(1)
        for _ in range(100):
            if is_unwanted():
                raise sqlite3.OperationalError("interrupted")

    return Job(
        query, jobs._Relay(), done=None, failed=None, progress=None, ended=None, owner=None, reads=True
    ), begun


def test_a_query_that_was_stopped_for_what_is_seen_has_it_wait_longer_each_time(app, slow_query) -> None:
    job, begun = slow_query
    while not job.run(None, lambda: Priority.VISIBLE):
        assert len(begun) < 10
    assert len(begun) > 2


def test_a_save_does_not_wait_for_a_query_however_often_it_was_stopped(app, slow_query) -> None:
    job, begun = slow_query
    assert not any(job.run(None, lambda: Priority.NORMAL) for _ in range(20))
    assert len(begun) == 20


def test_long_work_gives_way_to_nobody(qtbot, worker) -> None:
    started, gate = threading.Event(), threading.Event()
    order: list[str] = []

    def work(ledger: Any) -> None:
        started.set()
        gate.wait(5)
        order.append("work")

    worker.run(work, priority=Priority.LONG)
    assert started.wait(5)
    worker.run(lambda ledger: order.append("save"))
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["work", "save"]


def test_while_a_large_ledger_opens_and_closes_the_screen_lives(qtbot, app) -> None:
    ready, beats = threading.Event(), []

    class Slow:
        """A ledger that opens and closes only once a timer of the interface's thread has had its turn."""

        def __init__(self) -> None:
            ready.wait(5)
            ready.clear()

        def close(self) -> None:
            assert ready.wait(5)

        def settle(self) -> None:
            """It has no seal."""

    def beat() -> None:
        beats.append(threading.current_thread().name)
        ready.set()

    def soon() -> None:
        QTimer.singleShot(0, beat)

    soon()
    worker = Worker(Slow)
    worker.wait_open(painting=True)
    soon()
    worker.close(painting=True)
    assert beats == [threading.main_thread().name] * 2
    worker.close()
