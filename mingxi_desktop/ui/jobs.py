"""The one way to run long work: functions on the database's own thread, answers on the interface's.

The worker's thread opens the ledger, is alone in using it, and closes it. Nothing else in the window
touches a ledger.
"""

from __future__ import annotations

import enum
import itertools
import logging
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from queue import PriorityQueue
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer, Signal

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.stopping import Stopped, stoppable
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.garbage import Garbage

_log = logging.getLogger(__name__)
_PROGRESS_EVERY = 0.05
"""Seconds between two reports of progress; more would only keep the interface busy."""
_LOOK = 5
"""Milliseconds between two looks whether another thread is ready."""
_SHORT = 0.2
"""Seconds after which a reading gives way: a shorter one is sooner finished than begun anew.

Begun anew it has what is visible wait for half as long, then for as long, then twice as long and so on.
"""
_MUCH = 0.3
"""Seconds after which work may have taken memory worth giving back."""


class Cancelled(Exception):  # noqa: N818 - a request that was granted, not an error
    """The job was asked to stop and stops."""


class Priority(enum.IntEnum):
    """Which waiting job goes first. Writes are NORMAL, so that they keep their order.

    VISIBLE, PAGE and BEHIND only read, and stop in the midst of a query when they are cancelled. PAGE and BEHIND also
    stop when something is wanted that goes before them, and are begun anew after it; what is VISIBLE is done between
    two of their queries, and each time it has stopped them they let it wait longer, so that they come to an end.
    BESIDE is LONG work that only reads: it is begun once, and stops and lets in what is VISIBLE like the others.
    """

    VISIBLE = 0
    NORMAL = 1
    PAGE = 2
    LONG = 3
    BESIDE = 4
    LAST = 5
    BEHIND = 6


_READING = frozenset({Priority.VISIBLE, Priority.PAGE, Priority.BESIDE, Priority.BEHIND})
_GIVEN_OUT = frozenset({Priority.LONG, Priority.BESIDE})
_GIVING_WAY = frozenset({Priority.PAGE, Priority.BEHIND})


class Ledgerlike(Protocol):
    """What the worker itself needs of a ledger."""

    def close(self) -> None: ...

    def settle(self) -> None: ...


class Job:
    """One piece of work under way. Made by `Worker.run` only.

    done(result), failed(UserError), progress(done, total) and ended() are called on the interface's
    thread, at most one of done and failed, then ended in every case; none of them when the owner is gone.
    """

    def __init__(
        self,
        work: Callable[[Any], Any],
        relay: _Relay,
        *,
        done: Callable[[Any], object] | None,
        failed: Callable[[UserError], object] | None,
        progress: Callable[[int, int], object] | None,
        ended: Callable[[], object] | None,
        owner: QObject | None,
        reads: bool = False,
    ) -> None:
        self._work = work
        self._reads = reads
        self._relay = relay
        self._done, self._failed, self._progress, self._ended = done, failed, progress, ended
        self._owner = owner
        self._stop = threading.Event()
        self._told = 0.0
        self._patience = 0.0
        self.finished = False

    def cancel(self) -> None:
        """Ask the job to stop: one that waits never starts, one that runs stops at its next `progress`.

        One that only reads stops in the midst of a query, too.
        """
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def progress(self, done: int, total: int) -> None:
        """Called by the work, on its thread: how far it is. Raises Cancelled if the job is to stop."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if self._progress is not None and (now - self._told >= _PROGRESS_EVERY or done >= total):
            self._told = now
            self._relay.post(lambda: self._call(self._progress, done, total))

    def run(
        self, ledger: Any, gives_way: Callable[[], int | None], let_in: Callable[[], None] | None = None
    ) -> bool:
        """Do the work; called on the worker's thread. False where it gave way to another and is to be begun anew.

        gives_way: the priority of another that goes before it; asked now and then while the work reads.
        let_in: does what waits to be seen; called between two queries of the work.
        """
        if self._stop.is_set():
            self._relay.post(lambda: self._finish(None))
            return True
        patience, self._patience = self._patience, 2 * self._patience or _SHORT / 2
        enough, since = time.monotonic() + _SHORT, None

        def unwanted() -> bool:
            nonlocal since
            now, other = time.monotonic(), gives_way()
            since = None if other is None else now if since is None else since
            late = since is not None and (other != Priority.VISIBLE or now - since >= patience)
            return self._stop.is_set() or (late and now > enough)

        def between() -> None:
            nonlocal since
            if let_in is not None:
                let_in()
            since = None

        try:
            with stoppable(unwanted, between) if self._reads else nullcontext():
                result = self._work(ledger)
        except (Cancelled, Stopped) as stopped:
            if isinstance(stopped, Stopped) and not self._stop.is_set():
                return False
            self._relay.post(lambda: self._finish(None))
        except UserError as error:
            self.fail(_cause(error, ledger))
        except BaseException as error:  # noqa: BLE001 - a panic of a library too: else nobody ever answers
            _log.exception("job failed")
            self.fail(_cause(error, ledger))
        else:
            self._relay.post(lambda: self._finish(self._done, result))
        return True

    def fail(self, error: BaseException) -> None:
        """End with an error; called on the worker's thread."""
        # The frames would keep alive whatever the work had in hand, on the wrong thread.
        inner: BaseException | None = error
        while inner is not None:
            inner.__traceback__ = None
            inner = inner.__cause__ or inner.__context__
        if isinstance(error, UserError):
            self._relay.post(lambda: self._finish(self._failed or ask.show_error, error))
        else:
            self._relay.post(lambda: self._finish(ask.show_bug, error))

    def _finish(self, callback: Callable[..., object] | None, *arguments: Any) -> None:
        """The end of the job, on the interface's thread. An answer that nobody wants any more is dropped."""
        self.finished = True
        _unfinished.discard(self)
        try:
            if not self.cancelled:
                self._call(callback, *arguments)
        finally:
            self._call(self._ended)
            self._done = self._failed = self._progress = self._ended = self._owner = None
            # What it was made of may be Qt objects: they go here, and not with the worker's last hold on the job.
            self._work = _done_already

    def _call(self, callback: Callable[..., object] | None, *arguments: Any) -> None:
        if callback is not None and (self._owner is None or shiboken6.isValid(self._owner)):
            callback(*arguments)


def _settled(fn: Callable[..., Any], ledger: Ledgerlike, *args: Any, **extra: Any) -> Any:
    """Do what is given out or takes long once the file is known to be as the program left it."""
    ledger.settle()
    return fn(ledger, *args, **extra)


def _cause(error: BaseException, ledger: Ledgerlike) -> BaseException:
    """Why a job failed: the damage of the file, where it was read before its seal was looked at."""
    try:
        ledger.settle()
    except UserError as damage:
        return damage
    return error


def _done_already(_: Any) -> None:
    """Stands for the work of a job that has ended."""


class Worker:
    """The thread that owns one ledger: opens it, works through the jobs, closes it.

    opener: gives the open ledger, or raises UserError, which then every job answers with.
    """

    def __init__(self, opener: Callable[[], Ledgerlike]) -> None:
        self._relay = _Relay()
        self._waiting: PriorityQueue[tuple[int, int, Job | None]] = PriorityQueue()
        self._numbers = itertools.count()
        self._jobs: weakref.WeakSet[Job] = weakref.WeakSet()
        self._current: tuple[int, Job | None] = (Priority.LAST, None)
        self._closed = False
        self._fault: BaseException | None = None
        self._opened = threading.Event()
        self._garbage = Garbage(running_jobs)
        self._thread = threading.Thread(target=self._live, args=(opener,), name="database")
        self._thread.start()

    def wait_open(self, *, painting: bool = False) -> None:
        """Return once the ledger is open; raises what kept it from being opened.  painting: as with `close`."""
        if painting:
            _paint_until(self._opened.is_set)
        self._opened.wait()
        if self._fault is not None:
            raise self._fault

    def run(
        self,
        fn: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
        ended: Callable[[], object] | None = None,
        owner: QObject | None = None,
        priority: Priority = Priority.NORMAL,
    ) -> Job:
        """Do fn(ledger, *args) on the database thread and call back on this one.

        With `progress` given, fn also gets the keyword progress: a function (done, total) that it calls
        now and then and that raises Cancelled when the job is to stop. Without `failed`, a UserError is
        shown to the user. Bugs go to the log and to `ask.show_bug`. After `close` nothing is done any more,
        and nobody is answered: a timer or a late answer of a window that is going may still ask.
        """
        extra: dict[str, Any] = {}
        if priority in _GIVEN_OUT:
            fn = partial(_settled, fn)
        job = Job(
            lambda ledger: fn(ledger, *args, **extra), self._relay,
            done=done, failed=failed, progress=progress, ended=ended, owner=owner,
            reads=priority in _READING,
        )  # fmt: skip
        if progress is not None:
            extra["progress"] = job.progress
        if self._closed:
            job.cancel()
            job.finished = True
            return job
        _unfinished.add(job)
        self._garbage.stir()
        self._put(priority, job)
        return job

    @property
    def busy(self) -> bool:
        """Whether any job is waiting or running, or its answer is still on its way."""
        return any(not job.finished for job in self._jobs)

    def close(self, *, painting: bool = False) -> None:
        """Finish the writes that wait, drop reads and long work, close the ledger, end the thread.

        Returns when the thread has ended and all answers have been given. May be called twice.
        painting: meanwhile what is on the screen goes on, but for keys and the mouse. A large file takes a second.
        """
        if self._closed:
            return
        self._closed = True
        for priority, _, job in list(self._waiting.queue):
            if job is not None and priority != Priority.NORMAL:
                job.cancel()
        priority, running = self._current
        if running is not None and priority in _GIVEN_OUT | _GIVING_WAY:
            running.cancel()
        self._waiting.put((max(Priority), next(self._numbers), None))
        if painting:
            _paint_until(lambda: not self._thread.is_alive())
        self._thread.join()
        self._garbage.stop()
        QCoreApplication.sendPostedEvents(self._relay, _RELAYED)

    def _put(self, priority: Priority, job: Job) -> None:
        self._jobs.add(job)
        self._waiting.put((priority, next(self._numbers), job))

    def _live(self, opener: Callable[[], Ledgerlike]) -> None:
        ledger: Ledgerlike | None = None
        try:
            ledger = opener()
        except UserError as error:
            self._fault = error.with_traceback(None)
        except BaseException as error:  # noqa: BLE001 - every job answers with it
            _log.exception("the ledger could not be opened")
            self._fault = error.with_traceback(None)
        self._opened.set()
        try:
            while self._next_job(ledger):
                pass
        finally:
            if ledger is not None:
                ledger.close()

    def _next_job(self, ledger: Any) -> bool:
        """Do one job; False when there will be none any more. No job outlives this frame on the thread."""
        priority, number, job = self._waiting.get()
        if job is None:
            return False
        self._current = priority, job
        began = time.monotonic()
        if self._fault is not None:
            job.fail(self._fault)
        elif not job.run(ledger, partial(self._before, priority), partial(self._let_in, ledger)):
            self._waiting.put((priority, number, job))
        self._current = Priority.LAST, None
        if time.monotonic() - began > _MUCH:
            from mingxi_desktop.ui import memory  # the window shows before anything takes long

            memory.give_back()
        return True

    def _before(self, priority: int) -> int | None:
        """The priority of a job that waits and to which one of this priority gives way; None where there is none."""
        waiting = self._waiting.queue  # only this thread takes any out
        first = waiting[0][0] if waiting and priority in _GIVING_WAY else priority
        return first if first < priority else None

    def _let_in(self, ledger: Any) -> None:
        """Amid another reading: what waits to be seen now, but not what comes meanwhile."""
        for _ in range(self._waiting.qsize()):
            if self._waiting.queue[0][0] != Priority.VISIBLE:
                return
            job = self._waiting.get()[2]
            if job is not None:
                job.run(ledger, lambda: None)


def running_jobs() -> list[Job]:
    """The jobs of all workers that have not answered yet."""
    return [job for job in _unfinished if not job.finished]


_unfinished: set[Job] = set()
_RELAYED = QEvent.Type.MetaCall


class _Relay(QObject):
    """Carries calls from the worker's thread to the interface's."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # The receiver lives on the interface's thread, so calls from another thread are queued.
        self._posted.connect(self._do)

    def post(self, call: Callable[[], object]) -> None:
        """Have the call made on the thread where this object was made."""
        self._posted.emit(call)

    def _do(self, call: Callable[[], object]) -> None:
        call()


def _paint_until(reached: Callable[[], bool]) -> None:
    """Paint and let timers go on until something is reached on another thread; keys and the mouse wait."""
    tick = QTimer(interval=_LOOK)
    tick.start()
    flags = QEventLoop.ProcessEventsFlag
    while not reached():
        QCoreApplication.processEvents(flags.ExcludeUserInputEvents | flags.WaitForMoreEvents)
    tick.stop()
