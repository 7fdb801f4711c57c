"""sqlitebrowser with the hazards of a ledger, until its window is there: `… jobs.browser LEDGER`."""

from __future__ import annotations

import subprocess
import sys
import time


def main() -> None:
    """Start it, wait for its window, end it."""
    words = ["sqlitebrowser", "-R", "-t", "hazard", sys.argv[1]]
    with subprocess.Popen(words) as process:
        look = ["xdotool", "search", "--pid", str(process.pid)]
        while not subprocess.run(look, capture_output=True, check=False).stdout.strip():
            time.sleep(0.01)
        process.kill()


if __name__ == "__main__":
    main()
