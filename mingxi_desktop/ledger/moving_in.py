"""A ledger that lies where none may is copied to this PC, with what belongs to it; nothing there is changed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mingxi_desktop.errors import UserError, disk_fault, is_full
from mingxi_desktop.ledger import held, places, placing
from mingxi_desktop.ledger.safekeeping import restoring, second_place
from mingxi_desktop.storage import beside, keys

_HINT = "原来的文件没有动。检查它是不是还插着、连着，本机硬盘有没有空间，再试一次。"
_COMPANIONS = (beside.journal_of, keys.beside)
"""What a ledger file cannot do without, by its name: an unfinished transaction, the wrapped key."""


def move_in(source: Path, target: Path) -> Path:
    """Copy a ledger file, its unfinished transaction and its attachments; the path of the copy, to be opened.

    What is there is read again and compared.  A number is added to a name that is taken.  UserError leaves no
    copy; attachments that cannot be read are told by checking the ledger.
    """
    places.admit_new(target)
    held.refuse_held(source, "关掉别处打开着它的窗口，再复制；否则抄到的会是一半。")
    target = placing.free(target)
    parts = {of: placing.part_of(of(target)) for of in (*_COMPANIONS, _itself)}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for of, part in parts.items():
            if of is _itself or (of(source).is_file() and of(source).stat().st_size):
                _copy(of(source), part)
        # Those first: without its journal the file would be one with half a change in it.
        for of, part in parts.items():
            if part.exists():
                placing.settle(part, of(target))
    except OSError as error:
        where = target if is_full(error) else source
        raise disk_fault("没有复制成", where, error, _HINT) from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()
        for of in () if target.exists() else _COMPANIONS:
            with suppress(OSError):
                of(target).unlink()
    _take_attachments(source, target)
    return target


def _itself(path: Path) -> Path:
    return path


def _copy(source: Path, part: Path) -> None:
    digest = placing.copy(source, part)
    if placing.digest_of(part) != digest or placing.digest_of(source) != digest:
        raise UserError("复制的和原来的不一样，没有留下", f"文件：{source}", _HINT)


def _take_attachments(source: Path, target: Path) -> None:
    with suppress(UserError, OSError):
        second_place.carry_attachments(source, target, restoring.attachments_of(target))
