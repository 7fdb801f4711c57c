"""The program with one of its safeguards taken away, for the controls: harnesses that must notice it.

    python -m tests.safety.weakened synchronous=off [journal_mode=wal] [late] -- ARGUMENTS OF THE PROGRAM

NAME=VALUE is a setting of the connection; `late` commits only every fifth time, as a program would that says
"saved" too early.  Nothing in the program itself can do this.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence

from mingxi_desktop.app import cli
from mingxi_desktop.storage import seal, sqlite


def weaken(what: Sequence[str]) -> None:
    """Take these safeguards away from this process."""
    for word in what:
        name, given, value = word.partition("=")
        if given:
            sqlite.PRAGMAS[name] = value
            # A change of the journal's sort changes the header, and a sealed file is refused then.
            seal.Seal.state = lambda *_: seal.State.UNSEALED
        else:
            _commit_late()


def _commit_late() -> None:
    database, turns = sqlite.Database, itertools.count(1)
    begin, commit = database.begin, database.commit

    def begin_once(self, *arguments):
        if not self.connection().in_transaction:
            begin(self, *arguments)

    def commit_some(self):
        if next(turns) % 5 == 0:
            commit(self)

    database.begin, database.commit = begin_once, commit_some


if __name__ == "__main__":
    at = sys.argv.index("--")
    weaken(sys.argv[1:at])
    sys.argv[1:] = sys.argv[at + 1 :]
    sys.exit(cli.main())
