"""sqlitebrowser with the hazards of a ledger, until its window is there: `… jobs.browser LEDGER`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

_LONGEST = 60
"""Seconds after which it is given up."""
TOOLS = ("sqlitebrowser", "xdotool", *(() if os.environ.get("DISPLAY") else ("Xvfb",)))
"""Only a window on a screen is found by xdotool: where there is none, one is made."""


def main() -> None:
    """Start it, wait for its window, end it; tells the seconds it took, and those of the processor."""
    with _screen() as display:
        words = ["sqlitebrowser", "-R", "-t", "hazard", sys.argv[1]]
        start = time.perf_counter()
        with subprocess.Popen(
            words, env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        ) as process:
            try:
                _wait_for_window(process, display)
                used = psutil.Process(process.pid).cpu_times()
                print(
                    json.dumps(
                        {"painted": time.perf_counter() - start, "painted_cpu": used.user + used.system}
                    )
                )
            finally:
                process.kill()


@contextmanager
def _screen() -> Iterator[str]:
    """The name of a screen."""
    if at_hand := os.environ.get("DISPLAY"):
        yield at_hand
        return
    words = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii"
    ) as server:
        try:
            if server.stdout is None or not (number := server.stdout.readline().strip()):
                raise SystemExit("Xvfb: no screen")
            yield f":{number}"
        finally:
            server.terminate()


def _wait_for_window(process: subprocess.Popen[bytes], display: str) -> None:
    look = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)]
    end = time.perf_counter() + _LONGEST
    while not subprocess.run(
        look, capture_output=True, check=False, env={**os.environ, "DISPLAY": display}
    ).stdout:
        if process.poll() is not None or time.perf_counter() > end:
            raise SystemExit(f"sqlitebrowser: no window, ended: {process.poll()}")
        time.sleep(0.005)


if __name__ == "__main__":
    main()
