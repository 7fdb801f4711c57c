"""The map of the house shows the house as it is."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from devtools import house
from devtools.house_parts import Part


@pytest.fixture(scope="module")
def today() -> list[list[Part]]:
    pytest.importorskip("grimp", reason="import-linter is not laid beside a Windows Python")
    return house.measured()


def test_the_picture_is_of_todays_packages(today: list[list[Part]]) -> None:
    drawn = house.PICTURE.read_text(encoding="utf-8")
    arrows = set(re.findall(r'class="arrow" data-from="(\w+)" data-to="(\w+)"', drawn))
    assert arrows == house.arrows(today), "run dev.py map"
    found = re.findall(r'data-name="(\w+)" data-modules="(\d+)" data-lines="(\d+)"', drawn)
    sizes = {name: (int(modules), int(lines)) for name, modules, lines in found}
    parts = [part for layer in today for part in layer]
    assert list(sizes) == [part.name for part in parts], "run dev.py map"
    for part in parts:
        # Sizes may be a little behind, or each commit would change the picture.
        assert sizes[part.name][0] == pytest.approx(part.modules, rel=0.1, abs=3), (
            f"{part.name}: run dev.py map"
        )
        assert sizes[part.name][1] == pytest.approx(part.lines, rel=0.1, abs=50), (
            f"{part.name}: run dev.py map"
        )
        for room in part.rooms:
            assert re.search(rf"\b{room.name}\b", drawn), f"{part.name}.{room.name}: run dev.py map"


def test_an_arrow_that_others_lead_to_is_left_out() -> None:
    def part(name: str, *imports: str) -> Part:
        return Part(name, "", (), dict.fromkeys(imports, 1), ())

    drawn = house.arrows([[part("a", "b", "c")], [part("b", "c")], [part("c"), part("d")]])
    assert drawn == {("a", "b"), ("b", "c")}


def test_what_a_part_is_made_of(today: list[list[Part]]) -> None:
    parts = {part.name: part for layer in today for part in layer}
    assert "peewee" in parts["storage"].libraries
    assert parts["domain"].libraries == ()
    assert {"kinds", "parse"} <= {room.name for room in parts["domain"].rooms}
    assert parts["errors"].imports == {}


def test_what_is_drawn_is_a_picture(
    today: list[list[Part]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "PICTURE", tmp_path / "house.svg")
    monkeypatch.setattr(house, "ROOT", tmp_path)
    monkeypatch.setattr(house, "measured", lambda: today)
    house.write()
    drawn = ElementTree.parse(tmp_path / "house.svg").getroot()
    _, _, width, height = map(float, drawn.attrib["viewBox"].split())
    boxes = [box for box in drawn.iter() if box.tag.endswith("rect")][1:]
    assert len(boxes) == sum(map(len, today))
    for box in boxes:
        assert 0 <= float(box.attrib["x"]) <= width - float(box.attrib["width"])
        assert 0 <= float(box.attrib["y"]) <= height - float(box.attrib["height"])
