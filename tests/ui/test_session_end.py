"""The PC is shut down with the window open: drafts and ledger are on the disk, and nobody is asked anything."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import walking
from mingxi_desktop.ui import drafts, session_end
from mingxi_desktop.ui.main import Program
from mingxi_desktop.ui.session_end import SessionEnd
from tests.ui.small import rest, type_text


@pytest.fixture
def program(app, few, settings, answers, db, monkeypatch):
    made = Program(settings)
    monkeypatch.setattr(made, "_back_up", lambda *_: pytest.fail("no time for a backup"))
    made.start(db)
    rest(made.worker)
    yield made
    if made.window is not None:  # a test that failed on its way; its thread would fail all that follow
        made.window.hide()
        made.leave()


@pytest.fixture
def ending(app, program):
    made = SessionEnd(app, lambda: program.window, program.leave)
    yield made
    app.commitDataRequest.disconnect(made.prepare)
    app.aboutToQuit.disconnect(made.end)
    made.deleteLater()


def typed(program: Program) -> None:
    """Something in a form that nobody has saved, and not a moment for its draft."""
    window = program.window
    window.show_record("hazard", 1)
    rest(program.worker)
    editor = window.ledger_tab().current.panel.form.inputs["owner"].editor
    editor.setFocus()
    type_text(editor, "未保存")


def test_a_shut_down_keeps_what_is_typed_and_closes_the_ledger_without_a_word(
    program, ending, answers, db: Path
) -> None:
    typed(program)
    window = program.window
    hidden = window.close  # what Qt does to each window that is left
    ending.prepare()
    [draft] = drafts.pending(db)
    assert draft.texts["owner"] == "未保存"
    assert window.isVisible(), "another program may still prevent it"
    ending.end()
    assert program.window is None
    assert not window.isVisible()
    assert hidden(), "when Qt closes what is left, nothing is asked"
    assert answers.asked == []
    with Ledger.open(db) as ledger:
        assert not walking.unsettled(ledger), "closed properly"
        assert ledger.verify() == []
    shutil.rmtree(drafts.folder_of(db).parent)


def test_a_shut_down_that_does_not_happen_changes_nothing(program, ending, db: Path) -> None:
    ending.prepare()
    assert drafts.pending(db) == []
    program.window.hide()
    ending.end()
    assert program.window is not None, "closed by its user later, in the ordinary way"
    program.leave()


def test_report_text_is_saved_and_waited_for(program, ending, db: Path, monkeypatch) -> None:
    """There are no drafts of it; its own saving asks the ledger's thread twice."""
    context = program.window.context

    class Report:
        def save_wording(self) -> None:
            def checked(_: object) -> None:
                context.write(lambda ledger: ledger.delete("hazard", [1]), owner=context)

            context.read(lambda _: time.sleep(0.01), done=checked, owner=context)

    monkeypatch.setattr(program.window, "report_page", Report)
    monkeypatch.setattr(session_end, "_PATIENCE", 60.0)  # two seconds may be little where others work, too
    ending.prepare()
    assert not context.worker.busy
    program.leave()
    with Ledger.open(db) as ledger:
        assert ledger.get("hazard", 1).deleted_at
