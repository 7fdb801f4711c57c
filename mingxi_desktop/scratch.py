"""Temporary files lie in a folder of our own, and what a killed run left there goes with the next start.

They hold what is being exported, handed over or recovered. The system's folder for temporary files is everybody's,
and nobody sweeps it on Windows.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.patterns import pattern

_FOLDER = "temp"
_NAME = pattern(r"(\d+)-[0-9a-z_]+")
"""The process, and what `tempfile` adds."""


@contextmanager
def own_folder() -> Iterator[None]:
    """Within, whatever asks `tempfile` for a place gets one in the data folder; it is gone at the end.

    Where the data folder cannot be written, the system's folder serves.
    """
    before = tempfile.tempdir
    try:
        home = paths.data_dir() / _FOLDER
        home.mkdir(exist_ok=True)
        _sweep(home)
        made = tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=home)
    except OSError:
        yield
        return
    tempfile.tempdir = made
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(made, ignore_errors=True)


def _sweep(home: Path) -> None:
    """Take away the folders of processes that are no more; one still shown by another program goes another day."""
    for folder in home.iterdir():
        found = _NAME.fullmatch(folder.name)
        if found is not None and not _alive(int(found[1])):
            with suppress(OSError):
                shutil.rmtree(folder)


def _alive(process: int) -> bool:
    import psutil

    return process != os.getpid() and psutil.pid_exists(process)
