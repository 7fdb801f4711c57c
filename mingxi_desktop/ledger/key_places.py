"""Who is let into an encrypted ledger, and where the key under its password (the wrap) lies.

It lies beside the ledger, in this PC's data folder, and at the end of every backup.  What is missing beside is
written anew from the others; the recovery code needs none of them.  Wrong passwords are counted nowhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.errors import PasswordError
from mingxi_desktop.ledger import placing
from mingxi_desktop.storage import cipher, keys, pages
from mingxi_desktop.storage.keys import Secret

_FOLDER = "keys"
_MOST = 6
"""Wraps of other ledgers and older days that are tried where the right one is missing: each takes a moment."""


def need(path: Path, password: str = "") -> None:
    """Have the key of an encrypted ledger or backup known; harmless for a plain file and for a known key.

    PasswordError where it is not known and this is neither its password nor its recovery code.
    """
    if cipher.encrypted(path) and cipher.known(path) is None:
        admit(path, password)


def admit(path: Path, password: str) -> bool:
    """Let in who has the password or the recovery code; False for a file that is not encrypted at all.

    PasswordError otherwise, known though the key may be.  The file is only read.
    """
    if not cipher.encrypted(path):
        return False
    if not password:
        raise PasswordError(
            "文件是加密的，打开要输入口令", f"文件：{path}", "输入口令；忘了就输入打印的恢复码。"
        )
    cipher.driver()
    code = keys.secret_of(password)
    if code is not None:
        _by_code(path, code)
        return True
    tried = False
    for wrap in _wraps(path):
        tried = True
        secret = keys.opened(wrap, password)
        if secret is not None and _is_its(path, secret):
            cipher.hold(secret, wrap)
            _bring_back(path, wrap)
            return True
    raise _refused(path, tried=tried)


def _by_code(path: Path, code: Secret) -> None:
    if not _is_its(path, code):
        raise PasswordError(
            "这不是这份文件的恢复码，没有打开",
            f"文件：{path}",
            "核对是不是另一份台账的、或者更换以前的恢复码；文件没有被改动。",
        )
    wrap = next((one for one in _wraps(path) if keys.id_of(one) == code.id), None)
    cipher.hold(code, wrap)
    if wrap is not None:
        _bring_back(path, wrap)


def _refused(path: Path, *, tried: bool) -> PasswordError:
    if not tried:
        return PasswordError(
            "没有找到这份台账的钥匙文件，口令打不开它",
            f"应该在：{keys.beside(path)}",
            "输入打印的恢复码（28 个字母和数字）就能打开；或者把钥匙文件拷回台账旁边，用任何一份备份恢复也行。",
        )
    return PasswordError(
        "口令不对，没有打开",
        f"文件：{path}",
        "核对大小写和输入法，再输入一次；忘了就输入打印的恢复码，抄错一个字也打不开。文件没有被改动。",
    )


def lets_in(path: Path, secret: Secret, password: str) -> bool:
    """Whether this is the password or the recovery code of an open ledger."""
    if keys.secret_of(password) == secret:
        return True
    wrap = keys.read(keys.beside(path)) or cipher.wrap_of(secret)
    return wrap is not None and keys.opened(wrap, password) == secret


def put(path: Path, wrap: bytes) -> None:
    """Write a wrap beside a ledger and into the data folder.  OSError where it cannot be beside."""
    with putting(path, wrap):
        pass


@contextmanager
def putting(path: Path, wrap: bytes) -> Iterator[None]:
    """The same once all within is done: then it takes but a name, for which even a full disk has room."""
    target = keys.beside(path)
    with _written(target, wrap) as part:
        yield
        placing.settle(part, target)
    with suppress(OSError):
        _write(_in_data(keys.id_of(wrap)), wrap)


def put_back(path: Path, wrap: bytes | None) -> None:
    """What was beside a ledger before, None for nothing, as far as the disk lets us."""
    with suppress(OSError):
        if wrap is None:
            keys.beside(path).unlink(missing_ok=True)
        elif keys.read(keys.beside(path)) != wrap:
            _write(keys.beside(path), wrap)


def after_restore(source: Path, path: Path, aside: Path | None) -> None:
    """The key files once another file has taken a ledger's place: each has its own beside it.

    source: what was restored.  aside: where the file of before is now.  The present password goes on to hold where
    the key is the same one.
    """
    before = keys.read(keys.beside(path))
    if aside is not None and before is not None:
        _write(keys.beside(aside), before)
    if not cipher.encrypted(path):
        keys.beside(path).unlink(missing_ok=True)
        return
    secret = cipher.key_of(path)
    assert secret is not None
    if before is not None and keys.id_of(before) == secret.id:
        return
    found = (keys.trailer(source), keys.read(keys.beside(source)), cipher.wrap_of(secret))
    wrap = next((one for one in found if one is not None and keys.id_of(one) == secret.id), None)
    if wrap is not None:
        put(path, wrap)


def _wraps(path: Path) -> Iterator[bytes]:
    """The wraps that may open a file, the likeliest first."""
    own = keys.trailer(path)
    if own is not None:
        yield own
        newer = keys.read(_in_data(keys.id_of(own)))
        if newer is not None and newer != own:
            yield newer
        return
    seen = set()
    beside = keys.read(keys.beside(path))
    if beside is not None:
        seen.add(keys.id_of(beside))
        yield beside
    for wrap in _elsewhere(path):
        if keys.id_of(wrap) not in seen and len(seen) < _MOST:
            seen.add(keys.id_of(wrap))
            yield wrap


def _elsewhere(path: Path) -> Iterator[bytes]:
    """The wraps in the data folder and in the newest backups."""
    from mingxi_desktop.ledger.safekeeping import backup_names, backups

    with suppress(OSError):
        kept = (paths.data_dir() / _FOLDER).glob("*.key")
        for file in sorted(kept, key=lambda one: one.stat().st_mtime, reverse=True):
            found = keys.read(file)
            if found is not None:
                yield found
    for named in backup_names.ordered(backup_names.backups_in(backups.folder_of(path, "")))[:_MOST]:
        found = keys.trailer(named.path)
        if found is not None and named.stem == path.stem:
            yield found


def _is_its(path: Path, secret: Secret) -> bool:
    """Whether a key is a file's: by its pages, or where all of them are damaged by what lies in it or beside it."""
    if pages.fits(path, secret):
        return True
    wrap = keys.trailer(path) or keys.read(keys.beside(path))
    return wrap is not None and keys.id_of(wrap) == secret.id


def _bring_back(path: Path, wrap: bytes) -> None:
    """Write what is missing beside a ledger, and in the data folder; a folder that refuses is no reason to stop."""
    with suppress(OSError):
        if keys.trailer(path) is None and keys.read(keys.beside(path)) != wrap:
            _write(keys.beside(path), wrap)
        if keys.trailer(path) is None and keys.read(_in_data(keys.id_of(wrap))) != wrap:
            _write(_in_data(keys.id_of(wrap)), wrap)


def _in_data(key: bytes) -> Path:
    return paths.data_dir() / _FOLDER / f"{key.hex()}.key"


def _write(target: Path, wrap: bytes) -> None:
    """Durably, over the one of before."""
    with _written(target, wrap) as part:
        placing.settle(part, target)


@contextmanager
def _written(target: Path, wrap: bytes) -> Iterator[Path]:
    """A wrap on the disk that has not its name yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = placing.part_of(target)
    try:
        placing.pour(io.BytesIO(wrap), part)
        yield part
    finally:
        with suppress(OSError):
            part.unlink()
