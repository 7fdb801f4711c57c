"""Files put in their place: whole and on the disk, or not at all, and never over another one."""

from __future__ import annotations

import datetime
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from mingxi_desktop import paths
from mingxi_desktop.errors import is_full
from mingxi_desktop.storage import beside, sqlite

_BLOCK = 1 << 20


def part_of(target: Path) -> Path:
    """A working name beside a file that is being made; nobody else has it."""
    return target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")


def free(path: Path) -> Path:
    """The path, with a number where there is such a file already."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def settle(part: Path, target: Path) -> None:
    """Give a finished file its name, over the one that has it.  OSError where that is not possible."""
    paths.give_name(part, target)
    sqlite.sync_folder(target.parent)


def copy(source: Path, target: Path) -> str:
    """A copy that is on the disk when this returns; its SHA-256."""
    with source.open("rb") as file:
        return pour(file, target)


def pour(file: BinaryIO, target: Path, check: Callable[[int], None] = lambda _size: None) -> str:
    """What a stream gives, as a file that is on the disk when this returns; its SHA-256.

    check: told how many bytes there will be, before each block is written.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with target.open("wb") as out:
            while block := file.read(_BLOCK):
                size += len(block)
                check(size)
                digest.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        if is_full(error) and error.filename is None:
            error.filename = str(target)  # so that the right disk is named, wherever this is told
        raise
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def second_name(path: Path, other: Path) -> None:
    """The same file under another name too, so that it is kept when the first name goes to something else."""
    try:
        os.link(path, other)
    except OSError:  # not every disk knows two names for one file
        copy(path, other)
        with suppress(OSError):
            shutil.copystat(path, other)


def take_place(part: Path, path: Path, word: str) -> Path | None:
    """A finished file becomes the ledger file in one step; where the one of before is kept, with what belongs to it.

    word: in that name.  None where there was none before.  OSError leaves everything as it was.
    """
    if not path.exists():
        settle(part, path)
        return None
    stamp = f"{datetime.datetime.now():%Y%m%d-%H%M%S}"
    kept = free(path.with_name(f"{path.stem}-{word}{stamp}{path.suffix}"))
    # An unfinished save belongs to the old file; beside the new one it would spoil it.
    unfinished = [of for of in (beside.journal_of, beside.wal_of) if of(path).exists()]
    names = [kept, *(of(kept) for of in unfinished)]
    try:
        for of in unfinished:
            second_name(of(path), of(kept))
        second_name(path, kept)
        settle(part, path)
    except OSError:
        if part.exists():  # else the file of before has the other name only
            for name in names:
                with suppress(OSError):
                    name.unlink()
        raise
    for of in unfinished:
        of(path).unlink()
    return kept
