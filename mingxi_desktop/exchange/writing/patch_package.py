"""An xlsx or xlsm with marks in it: only the parts that must change are changed, as text."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import unescape

from mingxi_desktop.exchange.writing.patch_comments import NEW_COMMENTS, add_comments, add_shapes, new_drawing
from mingxi_desktop.exchange.writing.patch_sheet import SheetPatch, relation_id, select_tab
from mingxi_desktop.exchange.writing.patch_styles import Styles
from mingxi_desktop.exchange.writing.returned_plan import SheetPlan
from mingxi_desktop.exchange.writing.xml_text import attribute, changed, insert_before_end, start_tag

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_RELATIONS}"></Relationships>'
)
_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)


def marked_package(data: bytes, plans: Mapping[str, SheetPlan]) -> bytes | None:
    """The file with the sheets marked; None where it is not built as we know it.  plans: by sheet name."""
    try:
        package = _Package(data)
        _mark(package, plans)
        return package.packed()
    except (ValueError, KeyError, IndexError, UnicodeError, zipfile.BadZipFile, expat.ExpatError):
        return None


class _Package:
    """The parts of the file as texts; changed ones are kept until it is packed."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.lower(): name for name in self._archive.namelist()}
        self._changed: dict[str, str] = {}

    def has(self, name: str) -> bool:
        """Whether there is such a part; case does not count."""
        name = self._names.get(name.lower(), name)
        return name in self._changed or name.lower() in self._names

    def text(self, name: str) -> str:
        """A part.  KeyError when there is none, ValueError when it is not UTF-8."""
        name = self._names.get(name.lower(), name)
        if name in self._changed:
            return self._changed[name]
        data = self._archive.read(name)
        if _ENCODING.match(data):
            raise ValueError(name)
        return data.decode("utf-8-sig")

    def put(self, name: str, text: str) -> None:
        """A part anew.  ExpatError when it is not well-formed any more."""
        if not name.endswith(".vml"):  # Excel's own are not always
            expat.ParserCreate().Parse(text.encode("utf-8"), True)
        self._changed[self._names.get(name.lower(), name)] = text

    def free(self, pattern: str) -> str:
        """The first name of a numbered part that is not taken."""
        return next(name for name in map(pattern.format, range(1, 10_000)) if not self.has(name))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (the last word of its type, the part it names)."""
        name = _relations_of(part)
        found: dict[str, tuple[str, str]] = {}
        for tag in start_tag("Relationship").finditer(self.text(name)) if self.has(name) else ():
            target = unescape(attribute(tag.group(), "Target") or "")
            path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            kind = (attribute(tag.group(), "Type") or "").rpartition("/")[2]
            found[attribute(tag.group(), "Id") or ""] = kind, path
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation; its id."""
        name = _relations_of(part)
        text = self.text(name) if self.has(name) else _NO_RELATIONS
        taken = self.relations(part)
        key = next(key for key in map("rIdReturned{}".format, range(1, 10_000)) if key not in taken)
        tag = f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="/{target}"/>'
        self.put(name, insert_before_end(text, "Relationships", tag))
        return key

    def declare(self, kind: str, name: str, content: str) -> None:
        """Say what type a part ("Override", "PartName") or an ending ("Default", "Extension") has."""
        text = self.text(_TYPES)
        key = "PartName" if kind == "Override" else "Extension"
        if any(attribute(tag.group(), key) == name for tag in start_tag(kind).finditer(text)):
            return
        self.put(
            _TYPES, insert_before_end(text, "Types", f'<{kind} {key}="{name}" ContentType="{content}"/>')
        )

    def packed(self) -> bytes:
        """The file; parts in their order, new ones at the end."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in self._archive.infolist():
                text = self._changed.pop(entry.filename, None)
                entry.extra = b""
                out.writestr(
                    entry,
                    self._archive.read(entry) if text is None else text.encode("utf-8"),
                    zipfile.ZIP_DEFLATED,
                )
            for name, text in self._changed.items():
                out.writestr(name, text.encode("utf-8"))
        return made.getvalue()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _mark(package: _Package, plans: Mapping[str, SheetPlan]) -> None:
    book = _named(package.relations(""), "officeDocument")
    text = package.text(book)
    related = package.relations(book)
    styles_part = _named(related, "styles")
    styles = Styles(package.text(styles_part))
    sheets = list(start_tag("sheet").finditer(text))
    parts = [related[relation_id(tag.group())][1] for tag in sheets]
    names = [unescape(attribute(tag.group(), "name") or "", {"&quot;": '"', "&apos;": "'"}) for tag in sheets]
    if set(plans) - set(names):
        raise ValueError("sheets")
    for place, (name, part) in enumerate(zip(names, parts, strict=True), 1):
        if name in plans:
            _mark_sheet(package, part, plans[name], styles, place)
    package.put(styles_part, styles.xml())
    seen = [place for place, tag in enumerate(sheets) if attribute(tag.group(), "state") in (None, "visible")]
    first = next((place for place in seen if names[place] in plans), None)
    if first is not None:
        view = start_tag("workbookView").search(text)
        if view is not None:
            package.put(book, changed(text, view.start(), activeTab=first, firstSheet=None))
        for place, part in enumerate(parts):
            if package.has(part):
                _select(package, part, chosen=place == first)


def _named(related: Mapping[str, tuple[str, str]], kind: str) -> str:
    """The part of a relation of this kind."""
    for word, path in related.values():
        if word == kind:
            return path
    raise ValueError(kind)


def _select(package: _Package, part: str, *, chosen: bool) -> None:
    before = package.text(part)
    after = select_tab(before, chosen)
    if after != before:
        package.put(part, after)


def _mark_sheet(package: _Package, part: str, plan: SheetPlan, styles: Styles, place: int) -> None:
    sheet = SheetPatch(package.text(part), plan, styles)
    related = package.relations(part)
    comments = next((path for kind, path in related.values() if kind == "comments"), None)
    if comments is None:
        comments = package.free("xl/comments{}.xml")
        package.declare("Override", f"/{comments}", _COMMENTS_TYPE)
        package.relate(part, "comments", comments)
    text = package.text(comments) if package.has(comments) else NEW_COMMENTS
    text, new, gone = add_comments(text, plan.comments)
    package.put(comments, text)
    drawing = related.get(sheet.drawing or "", ("", ""))[1]
    if not drawing:
        drawing = package.free("xl/drawings/vmlDrawing{}.vml")
        package.declare("Default", "vml", _DRAWING_TYPE)
        sheet.add_drawing(package.relate(part, "vmlDrawing", drawing))
    shapes = package.text(drawing) if package.has(drawing) else new_drawing(place, len(new))
    package.put(drawing, add_shapes(shapes, new, gone, place))
    package.put(part, sheet.xml())
