"""Back from a backup, a hand-over package or the readable workbook: whole or not at all, and nothing thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from mingxi_desktop.errors import PasswordError, UserError, disk_fault, disk_reason
from mingxi_desktop.ledger import (
    encrypting,
    filing,
    held,
    key_places,
    places,
    placing,
)
from mingxi_desktop.ledger.safekeeping import handover, recovering, second_place
from mingxi_desktop.ledger.safekeeping.backup_names import FOLDER, read_name
from mingxi_desktop.ledger.safekeeping.proving import check_file
from mingxi_desktop.storage import cipher, copies, seal, sqlite
from mingxi_desktop.storage.attachments import Attachments
from mingxi_desktop.storage.beside import journal_of
from mingxi_desktop.storage.store import open_ledgers

Said = Callable[[str], object]
KEPT = "恢复前"
"""In the name under which the file of before is kept."""
_MOST_SHOWN = 3
_HINT = "当前台账没有改动。请换一个备份。"


def restore(source: Path, path: Path, password: str = "", said: Said = lambda _: None) -> Path | None:
    """Put a checked backup, or the ledger of a hand-over package, in the place of the ledger file.

    The present file is kept beside it; returns where (None when there was none).  Attachments that lie with the
    backup or in the package and are missing beside the ledger are put there; `said` is told, in Chinese sentences,
    what did not come along.  UserError leaves everything as it was.  password: of an encrypted backup, or its
    recovery code; PasswordError where its key is not known and this is neither.  A plain backup that takes the
    place of an encrypted ledger is encrypted, if that one's key is known.
    """
    path = path.resolve()  # a link leads to the file that is replaced
    places.admit_new(path, "没有恢复")
    _admit_source(source)
    if not handover.is_package(source):
        key_places.need(source, password)
    fill, attach = _from_package(source) if handover.is_package(source) else _from_backup(source)
    _check_free(path)
    part = placing.part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fill(part)
        key_places.need(part, password)
        _encrypt_again(path, part, password)
        _check(source, part)
        recovering.note_restored(part, path)
        attached = attachments_of(part)
        _attach(attach, attached, path, said)
        return _take_place(source, part, path, said)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        sqlite.discard(part)


def admit(source: Path, password: str = "") -> None:
    """Have the key of an encrypted backup or package known; harmless for a plain one and for a known key.

    PasswordError where it is not known and this is neither its password nor its recovery code.
    """
    _admit_source(source)
    if handover.is_package(source):
        with handover.looked_into(source) as file:
            key_places.need(file, password)
    else:
        key_places.need(source, password)


def rebuild(book: Path, path: Path) -> tuple[Path | None, tuple[str, ...]]:
    """Make a ledger anew of a readable workbook, in the place of the ledger file.

    Returns (where the present file went, Chinese sentences on rows that did not come back).  UserError leaves
    everything as it was.
    """
    from mingxi_desktop.ledger import whole_book
    from mingxi_desktop.ledger.facade import Ledger

    path = path.resolve()
    places.admit_new(path, "没有恢复")
    _admit_source(book)
    _check_free(path)
    part = placing.part_of(path)
    try:
        there = whole_book.look(book)
        with Ledger.create(part, county=there.home.county, bureau=there.home.bureau) as ledger:
            back = whole_book.take_back(ledger, there)
        if not back.records:
            why = f"（{back.problems[0]}）" if back.problems else ""
            raise UserError(
                "这份表格里没有读到台账", f"文件：{book}{why}", "请选“全部台账”的表格；一张一张的表用导入。"
            )
        _encrypt_again(path, part, "")
        recovering.note_restored(part, path)
        problems = list(back.problems)
        return _take_place(path, part, path, problems.append), tuple(problems)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        sqlite.discard(part)


Fill = Callable[[Path], object]
Attach = Callable[[list[tuple[str, str]], Path], Iterable[str]]
"""((SHA-256, name) of each attachment, the ledger file): put the missing ones beside the ledger; what is damaged."""


def _admit_source(source: Path) -> None:
    if source.is_dir():
        raise UserError(
            "这是一个文件夹，不是备份", f"位置：{source}", "选里面的备份文件（.mxbak）或交接包（.zip）。"
        )
    if not source.is_file():
        raise UserError(
            "找不到要恢复的备份",
            f"文件：{source}",
            f"核对文件名和位置；备份在台账旁边的“{FOLDER}”文件夹里，在U盘上的先插好U盘。当前台账没有改动。",
        )


def _from_backup(source: Path) -> tuple[Fill, Attach]:
    application, _ = sqlite.look(source)
    if application not in sqlite.OURS:
        raise UserError("这不是台账的备份", f"文件：{source}", "当前台账没有改动。请选择本程序做的备份。")
    named = read_name(source)
    if named is not None and named.number and not seal.holds(source):
        raise UserError("备份文件在做好以后变过，没有恢复", f"文件：{source}", _HINT)
    held.refuse_held(source, "关掉别处打开着它的窗口，再恢复；否则抄到的会是一半。")

    def fill(part: Path) -> None:
        placing.copy(source, part)
        if journal_of(source).is_file():  # a ledger file, and its last session was cut short
            placing.copy(journal_of(source), journal_of(part))

    def attach(attached: list[tuple[str, str]], path: Path) -> Iterable[str]:
        if source.parent.resolve() != path.parent.resolve():
            second_place.carry_attachments(source, path, attached)
        return ()

    return fill, attach


def _from_package(source: Path) -> tuple[Fill, Attach]:
    return (
        lambda part: handover.take_out_ledger(source, part),
        lambda _attached, path: handover.take_out_attachments(source, path),
    )


def _attach(attach: Attach, attached: list[tuple[str, str]], path: Path, said: Said) -> None:
    """Have the attachments brought; nothing of it keeps the ledger from being restored."""
    try:
        damaged = tuple(attach(attached, path))
    except UserError as error:
        damaged = ()
        said("；".join(part for part in (error.title, error.detail) if part))
    if damaged:
        more = f"等 {len(damaged)} 个文件" if len(damaged) > _MOST_SHOWN else ""
        said(
            f"交接包里有损坏的文件：{'、'.join(damaged[:_MOST_SHOWN])}{more}。台账本身核对无误，已经恢复；"
            "请重新拷一份交接包，留着备查"
        )
    missing = [name for sha256, name in attached if not _is_there(path, sha256, name)]
    if missing:
        folder = filing.folder_of(path)
        said(
            f"有 {len(missing)} 个佐证材料（如“{missing[0]}”）没有找到，备份旁边和 {folder} 都找过了。"
            f"把原来电脑上台账旁边的“{filing.FOLDER}”文件夹拷到 {path.parent}，就齐了"
        )


def _is_there(path: Path, sha256: str, name: str) -> bool:
    with suppress(UserError):  # of a row that was tampered with
        return filing.place_of(path, sha256, name).is_file()
    return False


def _refused(path: Path, error: OSError) -> UserError:
    hint = "关闭正在使用台账的程序，或换一个能写的文件夹，再试一次。当前台账没有改动。"
    return disk_fault("没有恢复成", path, error, hint)


def attachments_of(path: Path) -> list[tuple[str, str]]:
    """(SHA-256, name) of what is attached in a ledger file that nobody writes to."""
    with copies.looking(path) as schema:
        return [(row.sha256, row.name) for row in Attachments(schema).all()]


def _check(source: Path, part: Path) -> None:
    try:
        problems = check_file(part)
    except UserError as error:
        problems = [error.title]
    if problems:
        raise UserError("备份有问题，没有恢复", f"文件：{source}（{'；'.join(problems[:3])}）", _HINT)


def _check_free(path: Path) -> None:
    """UserError while somebody has the ledger open, or where there is no file; a damaged one may be replaced."""
    if path.exists() and not path.is_file():
        sort = "文件夹" if path.is_dir() else "设备或管道"
        raise UserError(
            f"这是一个{sort}，不是台账文件", f"位置：{path}", "写上台账文件的名字再试。没有恢复。"
        )
    if path.resolve() in open_ledgers():
        raise UserError("台账正打开着，没有恢复", f"文件：{path}", "先关闭台账再恢复。")
    if not path.is_file() or not path.stat().st_size:
        return
    try:
        sqlite.close(sqlite.connect(path, secret=cipher.known(path)))
    except UserError as error:
        if error.title == sqlite.BUSY_TITLE:
            raise


def _encrypt_again(path: Path, part: Path, password: str) -> None:
    with suppress(PasswordError):  # nobody knows how the present file was encrypted: it need not be known
        key_places.need(path, password)
    encrypting.again(path, part)


def _take_place(source: Path, part: Path, path: Path, said: Said) -> Path | None:
    """The part becomes the ledger file; what was there is kept."""
    aside = placing.take_place(part, path, KEPT)
    try:
        key_places.after_restore(source, path, aside)
    except OSError as error:  # it is restored all the same
        said(f"钥匙文件没有写成（{disk_reason(error, path)}），打开时要输入恢复码")
    return aside
