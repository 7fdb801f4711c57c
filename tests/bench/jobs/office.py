"""LibreOffice without a window: `python -m tests.bench.jobs.office FORMAT FILE FOLDER` converts a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def convert(into: str, file: Path, folder: Path) -> None:
    """Make a file of another format of it in the folder, with a profile of its own there."""
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", into, "--outdir", str(folder), str(file)]
    subprocess.run(words, capture_output=True, check=True)


if __name__ == "__main__":
    convert(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
