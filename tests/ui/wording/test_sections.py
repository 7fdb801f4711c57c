"""Sections moved, inserted, removed and put back: numbered anew, and undone in one step."""

from __future__ import annotations

import pytest

from mingxi_desktop.ui.wording.numbering import numeral, renumbered
from mingxi_desktop.ui.wording.sections import Sections, place_of
from tests.ui.wording.conftest import SHORT


@pytest.fixture
def sections(edit) -> Sections:
    return Sections(edit.document())


def ids(draft) -> list[str]:
    return [section.id for section in draft().sections]


def headings(draft) -> list[str]:
    return [section.heading for section in draft().sections]


def test_a_section_changes_places_with_its_chips_and_its_number(edit, draft, sections) -> None:
    assert sections.move(1, 1, edit.reader)
    assert ids(draft) == ["opening", "two", "one"]
    assert headings(draft) == ["", "（一）图表", "（二）隐患排查"]
    assert draft().sections[2].text == SHORT.sections[1].text
    assert edit.faces.face("{hazards_found}").value == "1683"
    edit.undo()
    assert draft() == SHORT
    assert not sections.move(0, -1, edit.reader)
    assert sections.move(2, -2, edit.reader)
    assert ids(draft) == ["two", "opening", "one"]


def test_a_new_section_is_numbered_like_its_neighbours_and_can_go_again(edit, draft, sections) -> None:
    sections.insert(2, edit.reader)
    assert headings(draft) == ["", "（一）隐患排查", "（二）", "（三）图表"]
    sections.insert(4, edit.reader)
    assert headings(draft)[-1] == "（四）"
    sections.remove(1)
    assert headings(draft) == ["", "（一）", "（二）图表", "（三）"]
    for _ in range(3):
        edit.undo()
    assert draft() == SHORT
    sections.remove(0)
    assert ids(draft) == ["one", "two"]
    assert draft().title == SHORT.title


def test_a_section_and_the_whole_report_go_back_to_the_delivered_text(edit, draft, sections) -> None:
    place = place_of(edit.document(), edit.document().find("处罚").position())
    assert place == 2
    edit.go_to(0)
    edit.insertPlainText("改了标题")
    sections.remove(1)
    sections.put_back(1, SHORT.sections[2], edit.reader)
    edit.put_back(SHORT)
    assert draft() == SHORT
    edit.undo()
    assert draft().title.startswith("改了标题")
    assert ids(draft) == ["opening", "two"]
    sections.put_title_back(SHORT.title, edit.reader)
    assert draft().title == SHORT.title


def test_numbers_of_headings() -> None:
    assert [numeral(number) for number in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
    found = renumbered(["开头", "三、甲", "（五）乙", "(二)丙", "一、丁", "（九）戊"])
    assert [number for _, number in found] == ["", "一、", "（一）", "（二）", "二、", "（一）"]
