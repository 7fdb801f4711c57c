"""What is written into the document is read out of it again, to the letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingxi_desktop.ledger.reports import narrating
from mingxi_desktop.ledger.reports.narrating import SectionDraft, WordingDraft
from mingxi_desktop.report.template_lines import Fault
from mingxi_desktop.ui.wording import document
from mingxi_desktop.ui.wording.blocks import Role, blocks, role_of
from mingxi_desktop.ui.wording.chips import OBJECT
from mingxi_desktop.ui.wording.faces import Faces
from mingxi_desktop.ui.wording.source import Sort
from tests.ui.wording.conftest import SHORT

_LINES = st.sampled_from(
    [
        "排查{hazards_found}条{hazards_found.change}，去年{hazards_found.last_year}条。",
        "<b>不是标记</b>&amp;",
        "{没有的}花括号{",
        "若有 hazards_found、penalties：处罚{penalties:yu:100}次。",
        "否则若为零 penalties：没有处罚。",
        "否则：　　两格开头",
        "图：hazards_by_month",
        "历年表：hazards_found、penalties",
        "{year}{year}",
        "赟䶮𬭎",
    ]
)
_TEXTS = st.lists(st.tuples(_LINES, st.integers(1, 3)), max_size=8).map(
    lambda lines: "".join(f"{line}{chr(10) * breaks}" for line, breaks in lines).strip()
)


def plain(draft: WordingDraft) -> WordingDraft:
    return replace(draft, sections=tuple(replace(one, narrative=True) for one in draft.sections))


@pytest.mark.parametrize("name", narrating.TEMPLATES)
def test_delivered_wordings_go_in_and_come_out(edit, draft, name) -> None:
    template = narrating.delivered_template(name)
    wording = plain(narrating._draft(template))
    edit.load(wording)
    edit.finish()
    assert draft() == wording
    text = edit.document().toPlainText()
    assert "若有" not in text
    assert "{" not in text, "every place is a chip"
    assert not edit.document().isUndoAvailable()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_TEXTS, min_size=1, max_size=3))
def test_any_wording_goes_in_and_comes_out(edit, draft, texts) -> None:
    sections = tuple(SectionDraft(f"s{n}", f"（{n}）标题{{year}}", text) for n, text in enumerate(texts))
    wording = WordingDraft("{bureau}报告", sections)
    edit.load(wording)
    edit.finish()
    assert draft() == wording


def test_blocks_know_what_they_are_and_chips_what_they_say(edit) -> None:
    roles = [role_of(block) for block in blocks(edit.document())]
    assert roles[:3] == [Role.TITLE, Role.HEADING, Role.BODY]
    assert roles.count(Role.HEADING) == 3
    faces = {source: edit.faces.face(source) for _, source in edit.chips()}
    assert faces["{hazards_found}"].value == "1683"
    assert "排查问题隐患数" in faces["{hazards_found}"].tip
    condition = faces["若相等 hazards_found、hazards_rectified："]
    assert condition.name == "当〔排查问题隐患数〕 = 〔已整改隐患数〕时："
    assert faces["图：hazards_by_month"].name == "图：各月隐患排查整改情况"
    assert edit.reader.sort_of("否则：") is Sort.CONDITION


def test_a_fault_is_found_where_it_stands(edit) -> None:
    text = edit.document().toPlainText()
    written, ids = edit.written(), {"one": "one"}
    fault = Fault(2, "…", len("若相等 hazards_found、hazards_rectified：全"), 0, "one")
    start, end = written.where(replace(fault, end=fault.start + 2), ids)
    assert text[start:end] == "部整"
    chip = written.where(Fault(1, "…", 2, 2 + len("{hazards_found}"), "one"), ids)
    assert text[slice(*chip)] == OBJECT
    assert written.where(Fault(0, "…", 0, 3, narrating.TITLE), ids)[0] == 0
    new = written.where(Fault(1, "…", 0, 0, "#2"), ids)
    assert text[slice(*new)].startswith("见")


def test_saved_wording_is_what_was_loaded(edit, draft) -> None:
    assert draft() == SHORT


def test_it_is_read_once_for_each_change(edit, monkeypatch) -> None:
    read: list[object] = []
    whole = document.written
    monkeypatch.setattr(document, "written", lambda text: (read.append(1), whole(text))[1])
    edit.written(), edit.written()
    assert len(read) <= 1
    for change in (
        lambda: edit.textCursor().insertText("新"),
        edit.undo,
        edit.redo,
        lambda: (edit.load(SHORT), edit.finish()),
    ):
        change()
        assert edit.written() == whole(edit.document())


def test_other_numbers_are_measured_in_turns(edit, known, qtbot) -> None:
    edit.show()
    edit.set_faces(Faces(known))
    assert not edit._measuring.ended
    assert not edit._drawer._sizes, "no chip is measured before events had their turn"
    qtbot.waitUntil(lambda: edit._measuring.ended)
    assert {source for source, _ in edit._drawer._sizes} >= {source for _, source in edit.chips()}
