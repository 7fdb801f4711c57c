"""ods packages made in memory: of flat files (fods), and of packages that the reader would not take."""

from __future__ import annotations

import io
import re
import zipfile

from mingxi_desktop.exchange.reading.markup import utf8_xml

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)

_BETWEEN = re.compile(rb">[ \t\r]*\n\s*<")
"""Line breaks for the looks of the XML, which the reader does not expect."""


def as_package(content: bytes) -> bytes:
    """The ods package whose content.xml this is."""
    content = _BETWEEN.sub(b"><", content)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", _MIMETYPE)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)
    return file.getvalue()


def repacked(data: bytes) -> bytes | None:
    """A guarded ods package without what may disturb the reader; None of any other file."""
    if not data.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next((name for name in archive.namelist() if name.casefold() == "content.xml"), None)
        return as_package(utf8_xml(archive.read(name))) if name else None
