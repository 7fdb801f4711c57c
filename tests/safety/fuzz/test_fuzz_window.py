"""What the window finds on the PC and is handed: settings, drafts, the clipboard, dropped files.

It starts with what is usual, or says what is wrong in a sentence; nothing of this is ever a bug report.
"""

# ruff: noqa: F811 - fixtures
from __future__ import annotations

import json
import random
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.clipboard import read_block
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.main import Program
from mingxi_desktop.ui.table.pasting import block_of, cells_of
from tests.safety.counts import few_and_many, wished
from tests.safety.fuzz.conftest import Fed
from tests.safety.fuzz.mutate import in_bytes, in_text
from tests.ui.conftest import Answers, answers, app, db, nobody_answers, settings, small_file  # noqa: F401 - fixtures
from tests.ui.small import rest

_PATIENCE = 60.0
_TRIES = wished("tries", 300)
_ODD: tuple[Any, ...] = (
    "", " ", "\x00", "²", "-1", "99999999999999999999", "nan", "x" * 5_000, "/没有/台账.mxdb", "{}", "[]",
    "[1, 2]", "{", "null", '{"a": 1}', '{"a": {"query": 5}}',
    '{"query": "领域=消防 OR ((", "by": "没有"}', "record_date:desc", "没有:asc", "area:²",
    "area:99999999999;field:0", "area:-5", "a:b:c;;:", "True", "dark", "紫色",
    QByteArray(b"\x01\xd9\xd0\xcbrubbish" * 9), QByteArray(), ["a", "b"], [], ["\x00", ""], QPoint(1, 2),
    {"a": 1}, 7, 2**40, 1.5, True,
)  # fmt: skip
_TEXTS = (
    "2024-06-09\t盖洋镇\t甲\n2024-06-10\t雪峰镇\t乙", '"a\nb"\tc', "\t\t\t", "sep=;\na;b", "=1+1\t@x",
    "\r\n\r\n", "\u2029甲\u2028乙", "甲" * 40_000, "a\tb\n" * 3_000,
)  # fmt: skip
_HTML = (
    (
        "<html><body><table><tr><td>2024-06-09</td><td rowspan=2 colspan=3>盖洋镇</td></tr>"
        "<tr><td>甲<br>乙</td></tr></table></body>"
    ),
    '<meta charset="gb2312"><table><tr><td colspan="99999999">a</td></tr></table>',
    "<table><tr><td><table><tr><td>内</td></tr></table></td></tr></table>",
)
_URLS = (
    "", "http://example.invalid/x.xlsx", "file:///没有.xlsx", "file:///", "file:///dev/zero",
    "file:///%00", "file://server/share/a.xlsx", "javascript:alert(1)", "data:text/html,x",
    "file:///proc/self/mem", "mailto:a@b", "file:relative.csv", "file:///tmp",
)  # fmt: skip


_AS_KEPT = object()


class OddSettings(QSettings):
    """Answers with what was never written there, now and then; given: what it answered."""

    draw: random.Random
    given: dict[str, Any]
    share = 0.25

    def value(self, key: str, *rest: Any) -> Any:
        """As QSettings."""
        if key not in self.given:
            self.given[key] = self.draw.choice(_ODD) if self.draw.random() < self.share else _AS_KEPT
        odd = self.given[key]
        return super().value(key, *rest) if odd is _AS_KEPT else odd


@pytest.mark.parametrize("tries", few_and_many(0, max(1, _TRIES // 10)))
def test_settings_that_were_never_written_are_passed_over(
    tries: int, app: QApplication, db: Path, answers: Answers, draw: random.Random, tmp_path: Path,
    feeding: Callable[[str], Fed], monkeypatch: pytest.MonkeyPatch, qtbot: Any,
) -> None:  # fmt: skip
    fed = feeding("settings of the window")
    while fed.tried < tries:
        fed.tried += 1
        settings = OddSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        settings.draw, settings.given = draw, {}
        program = Program(settings)
        monkeypatch.setattr(program, "_ask", lambda: None)
        with qtbot.captureExceptions() as uncaught:
            try:
                assert program.start(db)
                _walk(program)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
                uncaught.append((type(error), error, error.__traceback__))
            if program.window is not None:
                program.window.hide()
            program.close()
        bugs = [one for one in answers.told if not isinstance(one, UserError | str)]
        if uncaught or bugs:
            odd = {key: value for key, value in settings.given.items() if value is not _AS_KEPT}
            fed.fault(_told(uncaught, bugs), repr(odd).encode("utf-8", "replace"), "settings.txt")
        answers.told.clear()
    fed.end()


def _told(uncaught: Sequence[Any], bugs: Sequence[BaseException]) -> str:
    traces = [traceback.format_exception(*one) for one in uncaught] + [
        traceback.format_exception(one) for one in bugs
    ]
    return "\n".join("".join(trace) for trace in traces)


def _walk(program: Program) -> None:
    """Through all tabs of the window."""
    assert program.window is not None
    assert program.worker is not None
    rest(program.worker, _PATIENCE)
    for name in [name for name in program.window.actions_by_name if name.startswith("tab")]:
        program.window.actions_by_name[name].trigger()
        rest(program.worker, _PATIENCE)
    for name in ("reporting", "deadlines", "charts", "wording", "proofread", "freeze"):
        program.window.actions_by_name[name].trigger()
        rest(program.worker, _PATIENCE)


@pytest.mark.parametrize("tries", few_and_many(20, _TRIES * 3))
def test_drafts_that_are_none_are_put_aside(
    tries: int, draw: random.Random, tmp_path: Path, feeding: Callable[[str], Fed]
) -> None:
    fed = feeding("kept drafts of forms")
    ledger = tmp_path / "台账.mxdb"
    place = drafts.new_place(ledger, "hazard")
    sound = drafts.Draft(
        "hazard", 1, "ab", "2024-06-09 08:00:00", "隐患 #1", {"note": "x"}, {"a": ((7, {"b": "c"}), (None, {}))},
        {"note": ""}, {"a": ()}, {"area": ("area:3",)}, ("E:\\照片.jpg",),
    )  # fmt: skip
    drafts.keep(sound, place)
    drafts.settle()
    data = place.read_bytes()
    while fed.tried < tries:
        fed.tried += 1
        given = in_bytes(data, draw) if draw.random() < 0.4 else _other_sorts(data, draw)
        place.write_bytes(given)
        try:
            fed.taken += len(drafts.pending(ledger))
            drafts.look(ledger, "hazard")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            fed.fault(repr(error), given, "draft.json")
        for left in place.parent.iterdir():
            left.unlink()
    fed.end()


def _other_sorts(data: bytes, draw: random.Random) -> bytes:
    """The same JSON with something in it of another sort, or gone."""
    plain = json.loads(data)
    inside = plain
    while isinstance(inside, dict) and inside:
        key = draw.choice(sorted(inside))
        if draw.random() < 0.7 or not isinstance(inside[key], dict):
            if draw.random() < 0.2:
                del inside[key]
            else:
                inside[key] = draw.choice(
                    (None, 5, -1, 10**30, "", "x", [], [[]], [[1, 2, 3]], [5], {}, {"a": 1}, True, 1.5)
                )
            break
        inside = inside[key]
    return json.dumps(plain).encode()


@pytest.mark.parametrize("tries", few_and_many(10, _TRIES * 3))
def test_the_clipboard_is_a_block_or_none(
    tries: int, draw: random.Random, feeding: Callable[[str], Fed]
) -> None:
    fed = feeding("blocks on the clipboard")
    while fed.tried < tries:
        fed.tried += 1
        text, page = draw.choice(_TEXTS).encode(), draw.choice(_HTML).encode()
        given = draw.choice((in_bytes, in_text))(page if draw.random() < 0.5 else text, draw)
        mime = QMimeData()
        mime.setData(
            draw.choice(("text/html", "text/plain", "Csv", "XML Spreadsheet", "text/uri-list", "image/png")),
            given,
        )
        if draw.random() < 0.5:
            mime.setText(given.decode("utf-8", draw.choice(("replace", "ignore"))))
        try:
            block_of(mime)
            found = cells_of(mime)
            fed.taken += found is not None and bool(read_block(found[0], html=found[1]))
        except UserError:
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            fed.fault(repr(error), given, "clipboard")
    fed.end()


@pytest.mark.parametrize("tries", few_and_many(0, max(1, _TRIES // 10)))
def test_pasted_and_dropped_into_the_window(
    tries: int, app: QApplication, db: Path, answers: Answers, settings: QSettings, draw: random.Random,
    feeding: Callable[[str], Fed], monkeypatch: pytest.MonkeyPatch, qtbot: Any,
) -> None:  # fmt: skip
    fed = feeding("pastes and drops in the window")
    program = Program(settings)
    monkeypatch.setattr(program, "_ask", lambda: None)
    assert program.start(db)
    window, worker = program.window, program.worker
    assert window is not None
    assert worker is not None
    rest(worker, _PATIENCE)
    while fed.tried < tries:
        fed.tried += 1
        mime = QMimeData()
        given = [draw.choice(_URLS) for _ in range(draw.choice((1, 2, 20)))]
        with qtbot.captureExceptions() as uncaught:
            if draw.random() < 0.5:
                mime.setUrls([QUrl(url) for url in given])
                _drop(window, mime)
            else:
                given = [draw.choice(_TEXTS), draw.choice(_HTML)]
                mime.setText(given[0])
                if draw.random() < 0.5:
                    mime.setHtml(given[1])
                QGuiApplication.clipboard().setMimeData(mime)
                window.actions_by_name["tab2"].trigger()
                rest(worker, _PATIENCE)
                window.actions_by_name["paste"].trigger()
            rest(worker, _PATIENCE)
        bugs = [one for one in answers.told if not isinstance(one, UserError | str)]
        if uncaught or bugs:
            fed.fault(_told(uncaught, bugs), repr(given).encode(), "given.txt")
        answers.told.clear()
    # Where no system keeps it, Qt would take it away after Python has ended, and crash.
    QGuiApplication.clipboard().clear()
    window.hide()
    program.close()
    fed.end()


def _drop(window: Any, mime: QMimeData) -> None:
    at = window.rect().center()
    both = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at, *both)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(at), *both))
