"""What every test gets: no screen, a home of its own, and a check that it left nothing behind."""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "0")
os.environ["MPLBACKEND"] = "agg"
if hasattr(time, "tzset") and "PYTEST_XDIST_WORKER" not in os.environ:
    # It is about noon in every run, for what tests start as well: a day that ends between two lines of a test, or
    # between collecting and running it, is another day than the test has written down.
    os.environ["TZ"] = f"NOON{time.gmtime().tm_hour - 12:+d}"
    time.tzset()
# Matplotlib's list of fonts takes a second to make: once, not in every process.
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "mingxi-tests-matplotlib"))
if sys.dont_write_bytecode:
    # Whoever wants no compiled files beside the sources has them elsewhere: else every process, each worker and
    # all that tests start, compiles the whole program and writes all assertions anew.
    sys.pycache_prefix = str(Path(tempfile.gettempdir()) / "mingxi-tests-bytecode")
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # it may have been -B

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers

if TYPE_CHECKING:
    from mingxi_desktop.exchange.reading.child import ReadingProcess

# Collecting makes hundreds of thousands of objects, and they stay: looking through them again and again for cycles
# took a twelfth of its time. They are looked at once, in `pytest_collection_finish`.
gc.disable()

hypothesis.settings.register_profile(
    "deterministic",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=40,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("deterministic")
# Numbers and words out of all modules loaded so far would make examples depend on the tests before, and looking
# for them reads the whole program.
providers._get_local_constants = lambda: providers._local_constants


_OPEN = "/proc/self/fd"
_HAS_OPEN = Path(_OPEN).is_dir()
_homes = itertools.count()


@pytest.fixture(autouse=True)
def tmp_home(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's data folder for this test alone, not made yet: most tests never write into it.

    It lies in the test's own folder where it has one, for making one takes longer than thousands of tests do.
    """
    if "tmp_path" in request.fixturenames:
        home: Path = request.getfixturevalue("tmp_path") / "home"
    else:
        home = request.getfixturevalue("tmp_path_factory").getbasetemp() / f"home-{next(_homes)}"
    monkeypatch.setenv("MINGXI_DATA", str(home))
    return home


@pytest.fixture(scope="session")
def reading() -> Iterator[ReadingProcess]:
    """One child that reads the files of all tests: starting one takes longer than most of them."""
    from mingxi_desktop.exchange.reading.child import ReadingProcess

    with ReadingProcess() as process:
        yield process


@pytest.fixture
def one_child(reading: ReadingProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing reads with the child of all tests; it cannot be stopped then."""
    from mingxi_desktop.ledger import importing

    monkeypatch.setattr(importing, "ReadingProcess", lambda **_: contextlib.nullcontext(reading))


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own checks look at what is imported, as they do for the clerk: see `tests.ledgers`."""
    from mingxi_desktop.ledger.checks.ahead import Arrival
    from tests import ledgers

    monkeypatch.setattr(Arrival, "_found", ledgers.LOOK_AHEAD)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Modules are imported as in the program: PySide, which pytest-qt has loaded, would read the source of each."""
    if "PySide6.QtCore" in sys.modules:
        from mingxi_desktop.ui import lean_qt

        lean_qt.restore()


_worker = os.environ.get("PYTEST_XDIST_WORKER", "")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Every second worker begins at the end, so that no two compile the same: each reads what the other has written.

    Compiling all tests of a fresh clone takes longer than collecting them.
    """
    report = yield
    if _worker and int(_worker.removeprefix("gw")) % 2 and isinstance(collector, pytest.Directory):
        report.result.reverse()
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """One order for all workers before it is shuffled, and the audit before all else.

    It is one test of many seconds: at the end one worker would wait for the other.
    """
    if _worker:
        items.sort(key=lambda item: item.path)
    yield
    items.sort(key=lambda item: "audit" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Thousands of tests and all that was imported for them stay to the end: no collection need look at them.

    Python looks for no cycles by itself: it would on any thread, xdist's own too, and destroy Qt objects there.
    """
    if "mingxi_desktop.storage.store" in sys.modules:
        from tests import ledgers

        ledgers.open_quickly()
    gc.collect()
    _freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After its fixtures are gone nothing of a test may live on: see `_left_behind`."""
    known = getattr(item, "funcargs", {})
    folder: Path | None = known.get("tmp_path") or known.get("tmp_home")
    yield
    logs = sys.modules.get("mingxi_desktop.logs")
    if logs is not None:
        logs.shut_down()
    gc.collect()  # what only waits for the collector is no leak
    found = _left_behind(folder)
    if found:  # it may have begun in an earlier test
        _unfreeze()
        gc.collect()
        found = _left_behind(folder)
    found += _visible_windows()
    if found:
        pytest.fail("left behind: " + "; ".join(found), pytrace=False)


_ended = itertools.count(1)
_freeze, _unfreeze = gc.freeze, gc.unfreeze


class _Frozen:
    """Whether the running test has frozen anything itself."""

    by_test = False


def _freeze_for_test() -> None:
    _Frozen.by_test = True
    _freeze()


def _unfreeze_for_test() -> None:
    """As in a process of the test's own: else each window that closes brings back all that was made before it.

    Looking through that takes longer than nearly all tests, and is done twice before it is frozen again.
    """
    if _Frozen.by_test:
        _unfreeze()


gc.freeze, gc.unfreeze = _freeze_for_test, _unfreeze_for_test


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, Any, Any]:
    """What Python would do by itself, on this thread alone: look for the cycles of a test, once it holds nothing more.

    What a test leaves for good is not looked at again, or each search would take longer than the one before.
    """
    _Frozen.by_test = False
    result = yield
    gc.disable()  # the program may have it on again
    if next(_ended) % 1_500 == 0:
        _unfreeze()
    gc.collect()
    _freeze()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """What a test printed may hold lone surrogates (bad file names); xdist can send only proper text."""
    report = yield
    return _sendable(report)


def _sendable(data: Any) -> Any:
    if isinstance(data, str):
        return data.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(data, list | tuple):
        return [_sendable(item) for item in data] if isinstance(data, list) else tuple(map(_sendable, data))
    if isinstance(data, dict):
        return {_sendable(key): _sendable(value) for key, value in data.items()}
    return data


def _left_behind(folder: Path | None) -> list[str]:
    """What a finished test still holds open, in words.

    folder: the test's own; what lies elsewhere belongs to fixtures that several tests share. Modules of the
    program that were never imported hold nothing, and are not imported for this.
    """
    found = [*_running_jobs(), *_threads()]
    if folder is not None:
        found += [*_open_ledgers(folder), *_open_files(folder)]
    return found


def _open_ledgers(folder: Path) -> list[str]:
    store = sys.modules.get("mingxi_desktop.storage.store")
    if store is None:
        return []
    return [f"open ledger {path}" for path in store.open_ledgers() if path.is_relative_to(folder)]


def _open_files(folder: Path) -> list[str]:
    """Linux tells what a process has open; a connection nobody knows of any more shows up here."""
    if not folder.exists():  # as for most tests without a folder of their own
        return []
    names = set()
    # Looked at after every test: Paths would take longer than all else here.
    for entry in os.listdir(_OPEN) if _HAS_OPEN else ():  # noqa: PTH208
        with contextlib.suppress(OSError):  # the listing's own entry is gone by now
            names.add(os.readlink(f"{_OPEN}/{entry}"))  # noqa: PTH115
    return [f"open file {name}" for name in sorted(names) if name.startswith(f"{folder}{os.sep}")]


def _running_jobs() -> list[str]:
    jobs = sys.modules.get("mingxi_desktop.ui.jobs")
    running = getattr(jobs, "running_jobs", None)
    return [f"running job {job!r}" for job in running()] if running is not None else []


def _visible_windows() -> list[str]:
    """Windows still on the screen; hidden here, so that only the test that left them fails."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or not isinstance(widgets.QApplication.instance(), widgets.QApplication):
        return []
    left = [widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"visible window {widget!r}" for widget in left]
    for widget in left:
        widget.hide()
    return names


def _threads() -> list[str]:
    """Threads that would keep the process from ending; one that is just finishing gets two seconds."""
    left = []
    for thread in threading.enumerate():
        if (
            thread is threading.main_thread()
            or thread.daemon
            or thread.name.startswith(("execnet", "pytest_timeout"))
        ):
            continue
        thread.join(2)
        if thread.is_alive():
            left.append(f"thread {thread.name}")
    return left
