"""The look at a .docx before Word's own structure is taken apart: sizes, names, document types.

Everything is inflated in pieces and counted, because what the file says of itself need not be true.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from mingxi_desktop.report.proofreading import refusals

_MOST_PARTS = 5_000
_MOST_INFLATED = 300_000_000
_MOST_XML = 40_000_000
"""Bytes of all XML together; a report of a hundred pages has two or three million."""
_PIECE = 1 << 18
_ENCRYPTED = 0x1
_XML = (".xml", ".rels")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    expat.ExpatError,
    ValueError,
)


def check_package(data: bytes, name: str) -> None:
    """Raise UserError unless the zip is an ordinary Word document.  name: of the file, for the message."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name)
    except _BROKEN as error:
        raise refusals.damaged(name) from error


def _check(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    names = {entry.filename.casefold() for entry in entries}
    if "encryptedpackage" in names or any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusals.locked(name)
    if len(entries) > _MOST_PARTS or len(names) < len(entries):
        raise refusals.hostile(name, "部件过多或重名")
    if "word/document.xml" not in names:
        raise _other(names, name)
    if sum(entry.file_size for entry in entries) > _MOST_INFLATED:
        raise refusals.hostile(name, "解压后大得不正常")
    spent = xml = 0
    for entry in entries:
        parsed = entry.filename.casefold().endswith(_XML)
        parser = _strict_parser(name) if parsed else None
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                spent += len(piece)
                xml += len(piece) if parsed else 0
                if spent > _MOST_INFLATED or xml > _MOST_XML:
                    raise refusals.hostile(name, "解压后大得不正常")
                if parser is not None:
                    parser.Parse(piece, False)
        if parser is not None:
            parser.Parse(b"", True)


def _strict_parser(name: str) -> expat.XMLParserType:
    """A parser that stops at the first sign of a document type or an entity."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise refusals.hostile(name, "里面有实体定义（DTD）")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _other(names: set[str], name: str) -> Exception:
    """Why a zip without a Word text is refused."""
    if any(part.startswith("xl/") for part in names):
        return refusals.wrong_kind(
            name, "这是电子表格，不是文字稿", "校稿读的是 Word、文本和 PDF；表格请用【导入】。"
        )
    if any(part.startswith("ppt/") for part in names):
        return refusals.wrong_kind(name, "这是演示文稿，不是文字稿")
    if "content.xml" in names:
        return refusals.wrong_kind(name, "这是 OpenDocument 文档（.odt）")
    if "ofd.xml" in names:
        return refusals.wrong_kind(name, "这是 OFD 版式文件", refusals.COPY)
    if "[content_types].xml" in names:
        return refusals.damaged(name)
    return refusals.wrong_kind(name, "这是压缩包", "请先解压，再打开里面的草稿。")
