"""The manual: all pages are there, say what the program says, and F1 finds the right one."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from threading import Event
from types import CodeType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

import mingxi_desktop
from mingxi_desktop.app.verbs import VERBS
from mingxi_desktop.domain.kinds import ALL, TABS
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import manual as printed
from mingxi_desktop.ledger.manual import FIELDS, RULES, folder, pages
from mingxi_desktop.ui import ask, manual_pages, style
from mingxi_desktop.ui.actions import _MENUS
from mingxi_desktop.ui.dialogs.bare_frame import BareFrame
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.dialogs.manual import ManualDialog, open_manual, page_for
from mingxi_desktop.ui.dialogs.trash import TrashDialog
from mingxi_desktop.ui.gallery.pictures import INSTALLER, PICTURES
from mingxi_desktop.ui.manual_pages import (
    FIND,
    IMPORT,
    INDICATORS,
    OVERVIEW,
    RECORDS,
    REPORT,
    REPORTING,
    START,
)
from mingxi_desktop.ui.pages.reporting import ReportingPage
from mingxi_desktop.ui.waiting import Waiting
from tests.ledger.unprinted import draw_nothing
from tests.ui import small

PACKAGE = Path(mingxi_desktop.__file__).parent
MNEMONIC = re.compile(r"\(&.\)|…$")
FILES = [page for page in pages() if page.name.endswith(".md")]


@cache
def said() -> tuple[str, ...]:
    """Every text in the program, and the parts of those that are put together in the code.

    They are taken from the compiled modules: most are at hand, and parsing all sources takes seconds.
    """
    texts: list[str] = []
    for file in PACKAGE.rglob("*.py"):
        loader = SourceFileLoader(file.stem, str(file))
        texts += _texts_of(loader.get_code(file.stem))
    return tuple(texts)


def _texts_of(constant: object) -> Iterator[str]:
    if isinstance(constant, str):
        yield constant
    elif isinstance(constant, CodeType | tuple | frozenset):
        for part in constant.co_consts if isinstance(constant, CodeType) else constant:
            yield from _texts_of(part)


@cache
def shown() -> frozenset[str]:
    """What may stand on the screen: texts of the program with and without their mnemonics, names of ledgers."""
    own = {*TABS, *(kind.label for kind in ALL), *(field.label for kind in ALL for field in kind.fields)}
    return frozenset({*(MNEMONIC.sub("", text) for text in said()), *said(), *own})


@pytest.fixture
def manual(app):
    made = ManualDialog()
    made.show()
    yield made
    made.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def names_in(dialog: ManualDialog) -> list[str]:
    return [dialog.list.item(place).text() for place in range(dialog.list.count())]


def test_every_page_is_listed_and_can_be_read(manual) -> None:
    assert names_in(manual) == [page.title for page in pages()]
    assert [page.name for page in FILES] == sorted(path.name for path in folder().glob("*.md"))
    assert [page.name for page in pages()][-2:] == [RULES, FIELDS]
    for page in pages():
        manual.open_page(page.name)
        assert manual.page == page.name
        assert manual.view.toPlainText().startswith(page.title)
        assert manual.view.verticalScrollBar().value() == 0


def test_pages_are_short_and_their_names_travel() -> None:
    for page in FILES:
        text = (folder() / page.name).read_text(encoding="utf-8")
        assert page.name.isascii(), page.name
        assert text.startswith("# "), page.name
        assert len(text.splitlines()) <= 80, page.name
        assert "<" not in text, page.name
        pictures = re.findall(r"!\[[^]]+\]\(([^)]*)\)", text)
        assert all((folder() / name).is_file() for name in pictures), page.name
        links = re.findall(r"(?<!!)\[[^]]*\]\(([^)]*)\)", text)
        assert set(links) <= {other.name for other in pages()}, page.name


def test_every_picture_is_made_by_a_view_and_has_its_place() -> None:
    named = {name for page in FILES for name in re.findall(r"\(pictures/([\w-]+)\.png\)", page.text)}
    assert named == {*PICTURES.values(), *INSTALLER}
    files = sorted((folder() / "pictures").iterdir())
    assert [file.stem for file in files] == sorted(named)
    assert sum(file.stat().st_size for file in files if file.stem not in INSTALLER) < 3_000_000


def test_a_picture_is_no_wider_than_the_page(manual, qtbot) -> None:
    manual.open_page("06c-year-end.md")
    for width in (1040, 683):
        manual.resize(width, 384)
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: not manual.view._again.isActive())  # drawn anew once, and then no more
        assert not manual.view.horizontalScrollBar().maximum()


def test_it_is_printed_as_a_pdf(manual, monkeypatch, tmp_path) -> None:
    path, told = tmp_path / "手册.pdf", []
    monkeypatch.setattr(ask, "save_file", lambda *_, **__: path)
    monkeypatch.setattr(ask, "show_message", lambda title, text, **_: told.append(text))
    monkeypatch.setattr(printed, "write", lambda target: 7 if target == path else 0)
    manual.save()
    assert told == [f"{path}\n\n共 7 页，有目录。"]


@pytest.mark.parametrize("fault", [None, UserError("文件写不进去")])
def test_it_may_be_closed_while_it_becomes_a_pdf(app, monkeypatch, tmp_path, fault: UserError | None) -> None:
    """F1 in a dialog closes the one that belongs to another window."""
    manual, gone, told = ManualDialog(), Event(), []
    manual.destroyed.connect(gone.set)
    manual.show()

    def write(_path: Path) -> int:
        assert gone.wait(60)
        if fault is not None:
            raise fault
        return 7

    def tell(said: object, *_: object, parent: QWidget | None = None) -> None:
        assert ask._over(parent) is None
        told.append(said)

    monkeypatch.setattr(ask, "save_file", lambda *_, **__: tmp_path / "手册.pdf")
    monkeypatch.setattr(ask, "show_message", tell)
    monkeypatch.setattr(ask, "show_error", lambda error, parent=None: tell(error, parent=parent))
    monkeypatch.setattr(printed, "write", write)
    QTimer.singleShot(0, manual.reject)
    manual.save()
    assert told == [fault or "手册已存成 PDF"]


def test_what_stands_in_brackets_stands_on_the_screen() -> None:
    """【菜单 → 命令】 is in the menus; other 【words】 are texts of the window."""
    menus = {
        (MNEMONIC.sub("", title), MNEMONIC.sub("", MNEMONIC.sub("", text.partition("\t")[0])))
        for title, entries in _MENUS
        for _, text, *_ in entries
    }
    for page in FILES:
        quoted = set(re.findall(r"【([^】]*)】", page.text))
        entries = {one for one in quoted if "→" in one}
        assert not {one for one in entries if tuple(map(str.strip, one.split("→"))) not in menus}, page.name
        assert not quoted - entries - shown(), page.name


def test_keys_beside_a_menu_entry_are_its_keys() -> None:
    keys = {
        f"{MNEMONIC.sub('', title)} → {MNEMONIC.sub('', MNEMONIC.sub('', text))}": {key}
        for title, entries in _MENUS
        for _, text, key, *_ in entries
    }
    keys["报表 → 年度总结"].add("Ctrl+7")
    text = "".join(page.text for page in FILES)
    after = re.findall(r"【([^】]*→[^】]*)】（(Ctrl\+\w+|F\d)）", text)
    before = [(entry, key) for key, entry in re.findall(r"(Ctrl\+\w+|F\d)（【([^】]*→[^】]*)】）", text)]
    assert len(after) + len(before) > 4
    assert [pair for pair in after + before if pair[1] not in keys[pair[0]]] == []


def test_messages_are_those_of_the_program() -> None:
    text = "".join(page.text for page in FILES if page.name.startswith("10"))
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    messages = [row for row in rows if row not in ("提示", "---")]
    assert len(messages) > 60
    known = "\n".join(said())
    for message in messages:
        for part in filter(None, (part.strip("“”") for part in message.split("……"))):
            assert part in known, message


def test_all_verbs_that_work_are_in_the_table_and_no_others() -> None:
    text = next(page.text for page in FILES if page.name == manual_pages.COMMANDS)
    rows = re.findall(r"^\| ([a-z][a-z-]*) \|", text, re.MULTILINE)
    assert rows == [name for name, verb in VERBS.items() if "还没有" not in verb.help]
    options = set(re.findall(r"--[a-z][a-z-]*", text)) - {"--help"}
    assert {option for option in options if option not in said()} == set()


def test_every_ledger_is_said_to_be_on_its_tab() -> None:
    text = next(page.text for page in FILES if page.name == RECORDS)
    for kind in ALL:
        if not kind.parent:
            row = next(line for line in text.splitlines() if line.startswith(f"| {kind.tab} |"))
            assert kind.label in row.split("|")[2].strip().split("、")


# the dialog


def test_a_search_leaves_the_pages_that_have_it_and_marks_it(manual, write) -> None:
    write(manual.search, "零伤亡")
    titles = names_in(manual)
    assert "指标和口径" in titles
    assert "导出" not in titles
    assert manual.view.found > 0
    write(manual.search, "没有这个词")
    assert names_in(manual) == []
    manual.search.clear()
    assert len(names_in(manual)) == len(pages())
    assert manual.view.found == 0


def test_enter_goes_from_place_to_place_and_from_page_to_page(manual) -> None:
    manual.search.setText("打印机")
    assert manual.list.count() > 1
    seen = []
    for _ in range(30):
        QTest.keyClick(manual.search, Qt.Key.Key_Return)
        seen.append(manual.page)
        if len(set(seen)) == manual.list.count() and manual.page == seen[0] != seen[-2]:
            break
    assert len(set(seen)) == manual.list.count()
    assert manual.page == seen[0], "after the last it begins anew"
    assert seen[0] in seen[1:-1] or len(seen) > len(set(seen)) + 1, "from place to place before the next page"
    assert manual.isVisible()


def test_a_link_opens_its_page_and_back_returns(manual) -> None:
    manual.view.anchorClicked.emit(QUrl(IMPORT))
    assert manual.page == IMPORT
    manual.back()
    assert manual.page == START
    manual.view.anchorClicked.emit(QUrl("https://example.invalid/"))
    assert manual.page == START


def test_nothing_is_loaded_from_elsewhere(manual, tmp_path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"x")
    image = QTextDocument.ResourceType.ImageResource.value
    for name in (picture.as_uri(), str(picture), "../icons/add.svg", "https://example.invalid/a.png"):
        assert manual.view.loadResource(image, QUrl(name)) is None
    assert manual.view.loadResource(image, QUrl(START)) is not None


def test_another_look_draws_the_page_anew_where_it_was(manual, app) -> None:
    manual.open_page(FIELDS)
    QApplication.processEvents()
    bar = manual.view.verticalScrollBar()
    bar.setValue(500)
    try:
        style.apply(app, "dark")
        assert bar.value() == 500
    finally:
        style.apply(app, "light")


# F1


def shown_manuals() -> list[ManualDialog]:
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ManualDialog) and one.isVisible()
    ]


def test_f1_opens_the_page_for_where_the_user_is(window, monkeypatch) -> None:
    draw_nothing(monkeypatch)
    assert page_for(window) == OVERVIEW
    window.page(TABS[0]).today.reporting.grid.setFocus()
    assert page_for(window) == OVERVIEW
    window.go("overview:报送")
    window.findChild(ReportingPage).grid.setFocus()
    assert page_for(window) == REPORTING
    window.open_tab(TABS[1])
    assert page_for(window) == RECORDS
    window.ledger_tab().current.search.setFocus()
    assert page_for(window) == FIND
    window.open_tab(TABS[-1])
    window.page(TABS[-1]).view.setFocus()
    assert page_for(window) == REPORT
    window.page(TABS[-1]).open("指标")
    window.page(TABS[-1])._parts["指标"].search.setFocus()
    assert page_for(window) == INDICATORS
    window.start_import([])
    assert page_for(window) == IMPORT


def test_there_is_one_manual_beside_the_window(window, qtbot) -> None:
    window.actions_by_name["manual"].trigger()
    (first,) = shown_manuals()
    assert not first.isModal()
    assert first.page == OVERVIEW
    window.open_tab(TABS[1])
    window.actions_by_name["manual"].trigger()
    assert shown_manuals() == [first]
    assert first.page == RECORDS
    QTest.keyClick(first, Qt.Key.Key_F1)
    assert shown_manuals() == [first]
    QTest.keyClick(first, Qt.Key.Key_Escape)
    assert shown_manuals() == []
    telling = Waiting("正在做……", "", window)
    telling.show()
    telling.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is telling)
    QTest.keyClick(telling, Qt.Key.Key_F1)
    (second,) = shown_manuals()
    assert second.parentWidget() is window, "it stays when the work is done"
    telling.leave()
    second.reject()


def test_a_dialog_has_f1_too(window) -> None:
    open_manual(window)
    dialog = TrashDialog(window.context, "", window)
    dialog.show()
    dialog.activateWindow()
    small.rest(window.context.worker)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    (manual,) = shown_manuals()
    assert manual.page == manual_pages.HISTORY
    assert manual.parentWidget() is dialog
    manual.reject()
    dialog.reject()
    small.rest(window.context.worker)


def test_f1_while_it_becomes_a_pdf_does_not_close_it(manual, qtbot) -> None:
    telling = Waiting("正在排手册……", "", manual)
    telling.show()
    telling.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is telling)
    QTest.keyClick(telling, Qt.Key.Key_F1)
    assert shown_manuals() == [manual]
    telling.leave()


def test_every_dialog_and_page_has_a_page_of_the_manual(app) -> None:
    known = {page.name for page in pages()}
    assert set(manual_pages.PAGE_OF.values()) <= known
    for room in ("dialogs", "pages"):
        for file in sorted((PACKAGE / "ui" / room).glob("*.py")):
            module = importlib.import_module(f"mingxi_desktop.ui.{room}.{file.stem}")
            for kind in vars(module).values():
                mine = isinstance(kind, type) and kind.__module__ == module.__name__
                if mine and issubclass(kind, QDialog) and kind not in (BareFrame, Frame, ManualDialog):
                    said = getattr(kind, "manual", "") or manual_pages.PAGE_OF.get(f"{room}.{file.stem}")
                    assert said in known, f"{kind.__name__}: name its page in manual_pages.PAGE_OF"


def test_a_widget_may_name_its_page_itself(app, qtbot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    inner = QLineEdit(outer)
    inner.setFocus()
    outer.setProperty("manual", IMPORT)
    assert page_for(inner) == IMPORT
    inner.manual = FIND  # type: ignore[attr-defined]
    assert page_for(inner) == FIND
