"""Comments of a sheet in an xlsx: the user's own stay, ours are added, those of an earlier return go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mingxi_desktop.exchange.cells import column_number, letters
from mingxi_desktop.exchange.writing.patch_rows import PLACE
from mingxi_desktop.exchange.writing.returned_plan import COMMENT_START, REASON_HEADER, Place, comment_text
from mingxi_desktop.exchange.writing.xml_text import attribute, element, escaped, insert_before_end, start_tag

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NEW_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{_MAIN}"><authors></authors>'
    "<commentList></commentList></comments>"
)
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_LEFT_OVER = re.compile(
    rf"(?:\r?\n|&#10;|_x000a_)?{COMMENT_START}[^<]*(</(?:\w+:)?t>(?:\s*</(?:\w+:)?r>)?).*?(</(?:\w+:)?text>)",
    re.IGNORECASE | re.DOTALL,
)
_SHAPE = re.compile(r"<v:shape\s.*?</v:shape>", re.DOTALL)
_ROW = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>")
_COLUMN = re.compile(r"<x:Column>\s*(\d+)\s*</x:Column>")
_SHAPE_NUMBER = re.compile(r"_s(\d+)")
_BLOCK = 1024


def new_drawing(sheet: int, shapes: int) -> str:
    """A drawing for the sheet of this number, with room for so many shapes but none yet."""
    blocks = ",".join(str(sheet + n) for n in range(shapes // _BLOCK + 1))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    return f"<xml {_NAMESPACES}>{layout}{_SHAPE_TYPE}</xml>"


def add_comments(text: str, added: Mapping[Place, Sequence[str]]) -> tuple[str, list[Place], list[Place]]:
    """The comments part with reasons added; (part, cells that need a shape, cells whose shape must go).

    A cell with a comment of the user's keeps it, and ours follows it.
    """
    text, gone = _without_ours(text)
    author, text = _author(text)
    waiting = {f"{letters(column)}{row + 1}": (row, column) for row, column in added}

    def extended(found: re.Match[str]) -> str:
        place = waiting.pop(attribute(found["attributes"], "ref") or "", None)
        if place is None:
            return found.group()
        run = _run(found["prefix"], f"\n{comment_text(added[place])}")
        return insert_before_end(found.group(), "text", run)

    text = element("comment").sub(extended, text)
    root = start_tag("commentList").search(text)
    p = root["prefix"] if root else ""
    made = []
    for ref, place in waiting.items():
        run = _run(p, comment_text(added[place]))
        made.append(f'<{p}comment ref="{ref}" authorId="{author}"><{p}text>{run}</{p}text></{p}comment>')
    new = list(waiting.values())
    return (
        insert_before_end(text, "commentList", "".join(made)),
        new,
        [place for place in gone if place not in new],
    )


def add_shapes(text: str, places: Sequence[Place], gone: Sequence[Place], sheet: int) -> str:
    """The drawing with a shape for each comment at these places, and without those that are gone."""
    out = set(gone) | set(places)
    text = _SHAPE.sub(lambda found: "" if _shape_place(found.group()) in out else found.group(), text)
    if "_x0000_t202" not in text:
        text = insert_before_end(text, "xml", _SHAPE_TYPE)
    last = max((int(found) for found in _SHAPE_NUMBER.findall(text)), default=sheet * _BLOCK)
    shapes = (_shape(last + n, place) for n, place in enumerate(places, 1))
    return insert_before_end(_declared(text), "xml", "".join(shapes))


def _without_ours(text: str) -> tuple[str, list[Place]]:
    """The part without what an earlier return wrote, and the cells whose comments went whole.

    Ours is told by how it begins: not every program keeps the authors.
    """
    gone: list[Place] = []

    def kept(found: re.Match[str]) -> str:
        rest = _LEFT_OVER.sub(r"\1\2", found.group())
        if rest == found.group() or any(
            (part["content"] or "").strip() for part in element("t").finditer(rest)
        ):
            return rest
        gone.append(_place(found))
        return ""

    return element("comment").sub(kept, text), gone


def _author(text: str) -> tuple[int, str]:
    """Our number among the authors, and the part with us among them."""
    authors = [found["content"] for found in element("author").finditer(text)]
    if REASON_HEADER in authors:
        return authors.index(REASON_HEADER), text
    root = start_tag("authors").search(text)
    p = root["prefix"] if root else ""
    return len(authors), insert_before_end(text, "authors", f"<{p}author>{REASON_HEADER}</{p}author>")


def _run(prefix: str, text: str) -> str:
    return f'<{prefix}r><{prefix}t xml:space="preserve">{escaped(text)}</{prefix}t></{prefix}r>'


def _place(comment: re.Match[str]) -> Place:
    found = PLACE.fullmatch(attribute(comment["attributes"], "ref") or "")
    return (int(found[2]) - 1, column_number(found[1])) if found else (-1, -1)


def _shape_place(shape: str) -> Place | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]), int(column[1])) if row and column else None


def _declared(text: str) -> str:
    """The drawing with the namespaces that our shapes use."""
    root = start_tag("xml").search(text)
    if root is None:
        raise ValueError("vml")
    missing = "".join(f" {name}" for name in _NAMESPACES.split(" ") if name.split("=")[0] not in root.group())
    return text[: root.end() - 1] + missing + text[root.end() - 1 :]


def _shape(shape: int, place: Place) -> str:
    row, column = place
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {max(row - 1, 0) + 5}, 4"
    return (
        f'<v:shape id="_x0000_s{shape}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
        'width:240pt;height:80pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
        f"<x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
