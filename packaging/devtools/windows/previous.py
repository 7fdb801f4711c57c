"""The version before this one, built from its commit, so that installing over it can be tried."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from devtools import DevError
from devtools.environment import Environment

COMMIT = "e87e53f5bbb15cb5c1925c2882d214c8a1394127"
"""The last commit of version 0.1.0: ledger files of format 1.2."""


class NoPreviousError(DevError):
    """The checkout has not that commit: it is shallow, or no repository at all."""


def checkout(env: Environment, folder: Path) -> Path:
    """The sources of the version before, put anew into `folder`; NoPreviousError where they cannot be had."""
    made = subprocess.run(
        ["git", "archive", "--format=zip", COMMIT], cwd=env.root, capture_output=True, check=False
    )
    if made.returncode:
        raise NoPreviousError(
            f"commit {COMMIT[:12]} is not in this checkout (git fetch --unshallow brings it): "
            f"{made.stderr.decode('utf-8', 'replace').strip()}"
        )
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(BytesIO(made.stdout)) as archive:
        archive.extractall(folder)
    return folder
