"""The real window, offscreen, doing one long job after the other under a pulse: `… long_jobs LEDGER WORKBOOK FOLDER`.

Works on a copy in FOLDER.  Words after that choose jobs; --blame says on stderr who held the thread.  Prints JSON:
job → what `pulse.Gaps` has seen of it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bench.hazards import YEAR
from tests.bench.jobs.clerk import CLOSE, JOBS, Clerk, Reached, Steps
from tests.bench.jobs.pulse import Pulse

_PATIENCE = 3_600.0
"""Seconds for a step of a job: of a million records some take ten minutes on a machine that has other work."""
_READS = 4.0
"""Seconds that the clerk looks at the first page, before anything is clicked."""
_STIR = 40
"""Beats from one turn of the table to the next."""


class Driver:
    """The event loop with a pulse, at whose beats the jobs are done one after the other."""

    def __init__(self, clerk: Clerk, names: Sequence[str], *, blame: bool) -> None:
        """Takes the place of the program's own call of the loop."""
        from PySide6.QtWidgets import QApplication

        self._clerk, self._names, self._blame = clerk, names, blame
        self._found: dict[str, Any] = {}
        self._waiting: Reached = lambda: True
        self._since, self._inside, self._beats = time.monotonic(), False, 0
        self._loop = QApplication.exec
        QApplication.exec = self.exec  # type: ignore[method-assign,assignment]

    def exec(self, *_: Any) -> int:
        """Until all jobs are done; then the process ends."""
        self._clerk.answer()
        self._pulse = Pulse(self._step, blame=self._blame)
        self._steps = self._everything()
        return self._loop()

    def _everything(self) -> Steps:
        self._clerk.window.context.set_year(YEAR)
        begun = time.monotonic()
        yield lambda: time.monotonic() - begun > _READS
        yield self._clerk.rested()
        for name in self._names:
            self._pulse.begin()
            yield from JOBS[name](self._clerk)
            yield self._clerk.rested()
            self._note(name)
        self.finish()

    def closed(self) -> None:
        """The program has come to its end by itself."""
        self._note(CLOSE)
        self.finish()

    def finish(self) -> None:
        """Tell what was found, and end the process."""
        print(json.dumps(self._found), flush=True)
        os._exit(0)

    def _note(self, name: str) -> None:
        self._found[name] = found = self._pulse.end()
        if self._blame:
            self._tell(name, found)

    def _step(self) -> None:
        if self._inside:  # a dialog's own loop: the step that opened it has not come back yet
            return
        self._inside = True
        try:
            self._beats += 1
            if self._beats % _STIR == 0:
                self._clerk.stir()
            if self._waiting():
                self._waiting, self._since = next(self._steps), time.monotonic()
            elif time.monotonic() - self._since > _PATIENCE:
                self._clerk.fail(f"nothing more happens after {list(self._found)}")
        except BaseException:  # noqa: BLE001
            self._clerk.fail(traceback.format_exc())
        finally:
            self._inside = False

    @staticmethod
    def _tell(name: str, found: dict[str, Any]) -> None:
        """A job, and below it the calls that were seen while a beat was late."""
        own, longest = (f"{found[key] * 1000:.0f} ms" for key in ("own", "longest"))
        held = f"{own} ({longest} by the clock), {found['late']} over 100 ms"
        lines = [f"{name}: {held}, {found['seconds']:.1f} s, {found['megabytes']:.0f} MB"]
        lines += [f"    {times:3} × {calls}" for calls, times in found["blame"]]
        print("\n".join(lines), file=sys.stderr, flush=True)


def main() -> None:
    """Start the program as a user does, with the clerk at its loop."""
    file, book = Path(tempfile.mkdtemp(dir=sys.argv[3]), "ledger.mxdb"), Path(sys.argv[2])
    shutil.copyfile(sys.argv[1], file)
    only = [word for word in sys.argv[4:] if word != "--blame"]
    names = [name for name in JOBS if not only or any(word in name for word in only)]
    driver = Driver(Clerk(file, book), names, blame="--blame" in sys.argv)
    sys.argv = ["mingxi", "--db", str(file)]
    from mingxi_desktop.__main__ import main as program

    with suppress(SystemExit):
        program()
    driver.closed()


if __name__ == "__main__":
    main()
