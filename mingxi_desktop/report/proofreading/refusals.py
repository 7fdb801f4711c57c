"""Drafts that cannot be read, and what the clerk can do about it."""

from __future__ import annotations

from mingxi_desktop.errors import UserError

SAVE_AS = "请用 WPS 或 Word 打开，检查无误后另存为 Word 文档（.docx），再打开那一份。"
COPY = "也可以把文字复制下来，用【粘贴草稿】校对。"


def damaged(name: str, where: str = "") -> UserError:
    """What cannot be taken apart.  where: what was found, in Chinese."""
    detail = f"文件：{name}" + (f"（{where}）" if where else "")
    return UserError("草稿文件已损坏，读不出来", detail, SAVE_AS)


def hostile(name: str, why: str) -> UserError:
    """What no word processor writes.  why: in Chinese."""
    return UserError(
        "草稿文件不正常，没有读取", f"文件：{name}（{why}）", f"请先向给您文件的人核实；{SAVE_AS}"
    )


def locked(name: str) -> UserError:
    """What needs a password to be opened."""
    hint = "请在 WPS 或 Word 中取消打开密码，再打开这份草稿。"
    return UserError("草稿文件设有密码，读不出来", f"文件：{name}", hint)


def too_large(name: str, how: str) -> UserError:
    """More than any report has.  how: the limit it is above, in Chinese."""
    return UserError("草稿太大，没有读取", f"文件：{name}（{how}）", "请删去图片和附件，只留正文；" + COPY)


def wrong_kind(name: str, what: str, hint: str = "") -> UserError:
    """A file of a kind that is not read.  what: "这是 WPS 文字的老格式（.wps、.doc）"."""
    return UserError(f"{what}，读不出里面的文字", f"文件：{name}", hint or f"{SAVE_AS}{COPY}")
