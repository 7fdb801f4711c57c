"""Drafts from outside as text: Word documents, text files, PDF with text, and what was pasted.

What a file is, is seen from its content; its ending is not believed.
"""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading import refusals
from mingxi_desktop.report.proofreading.model import Draft
from mingxi_desktop.report.proofreading.pdf_text import pdf_text
from mingxi_desktop.report.proofreading.plain_text import decode, fit
from mingxi_desktop.report.proofreading.word_package import check_package
from mingxi_desktop.report.proofreading.word_text import WordText, open_word

_MOST_BYTES = 60_000_000
_MOST = {"个字": 1_000_000, "段": 50_000, "个数": 10_000}
"""Characters, paragraphs and numbers of a text: many times those of a long report with its annex."""
_NUMBER = pattern(r"[\d一二三四五六七八九十百千万]++")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED, _OLD_WORD = ("EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
_OTHERS = (
    (b"{\\rtf", "这是 RTF 文档"),
    (b"\x89PNG", "这是图片"),
    (b"\xff\xd8\xff", "这是图片"),
    (b"Rar!", "这是压缩包"),
    (b"7z\xbc\xaf", "这是压缩包"),
)
_READABLE = "可以校对的有：Word 文档（.docx）、文本（.txt）、有文字的 PDF；也可以用【粘贴草稿】。"


def read(path: Path) -> Draft:
    """The draft in a file.  UserError, in seconds, for what is no draft or cannot be read."""
    data = _bytes(path)
    if data.startswith(_ZIP):
        text = word_in(data, path.name).text
    elif _PDF in data[:_PDF_WITHIN]:
        text = fit(pdf_text(data, path.name))
    else:
        text = _plain(data, path.name)
    if not text.strip():
        raise UserError("草稿里没有文字", f"文件：{path}", f"请核对是不是这个文件。{_READABLE}")
    too_many = _too_many(text)
    if too_many:
        raise refusals.too_large(path.name, too_many)
    return Draft(text, path.name)


def pasted(text: str) -> Draft:
    """The draft that was pasted.  UserError where there is nothing, or far too much."""
    too_many = _too_many(text)
    if too_many:
        raise UserError("粘贴的文字太多", too_many, "请分几次校对。")
    found = fit(text)
    if not found:
        raise UserError("没有可以校对的文字", "粘贴的内容是空的", "先在草稿里选中文字、复制，再来粘贴。")
    return Draft(found)


def _too_many(text: str) -> str:
    """Of what a text has more than anybody can proofread: "12,345个数，最多10,000个"; "" for nothing."""
    found = {"个字": len(text), "段": text.count("\n"), "个数": sum(1 for _ in _NUMBER.finditer(text))}
    return next(
        (f"{found[of]:,}{of}，最多{most:,}{of[0]}" for of, most in _MOST.items() if found[of] > most), ""
    )


def word_draft(path: Path) -> WordText | None:
    """The Word document of that draft, to be marked; None where the file is of another kind.

    UserError as for `read`.
    """
    data = _bytes(path)
    return word_in(data, path.name) if data.startswith(_ZIP) else None


def word_in(data: bytes, name: str) -> WordText:
    """A Word document taken apart.  UserError for what is none."""
    check_package(data, name)
    return open_word(data, name)


def _bytes(path: Path) -> bytes:
    """The content of a file of ordinary size."""
    where = f"文件：{path}"
    try:
        if path.is_dir():
            raise UserError("这是一个文件夹，不是草稿", where, "请选择里面的草稿文件。")
        if not path.is_file():
            raise UserError("没有这份草稿", where, "请核对文件名和位置，再试一次。")
        if path.stat().st_size > _MOST_BYTES:
            raise refusals.too_large(path.name, f"超过{_MOST_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            "草稿打不开", f"{where}（{disk_reason(error)}）", "关闭正在使用它的程序，再试一次。"
        ) from error
    if not data.strip(b"\x00 \t\r\n"):
        raise UserError("草稿是空的", where, "请核对是不是这个文件，或请对方重发。")
    return data


def _plain(data: bytes, name: str) -> str:
    """The text of anything but Word and PDF."""
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise refusals.locked(name)
        if _OLD_WORD in data:
            raise refusals.wrong_kind(name, "这是 WPS 文字或 Word 的老格式（.wps、.doc）")
        raise refusals.wrong_kind(name, "这不是文字稿", _READABLE)
    for start, what in _OTHERS:
        if data.startswith(start):
            raise refusals.wrong_kind(name, what)
    text = decode(data)
    if text is None:
        raise refusals.wrong_kind(name, "这不是文本文件，或者看不出它的编码", _READABLE)
    return fit(text)
