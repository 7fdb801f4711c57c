"""Files are attached to the first hazard, one after the other, as the window does it; each is said once it is.

python -m tests.safety.attaching_program --db LEDGER --json --quiet FILES…
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mingxi_desktop.ledger import Ledger


def main() -> None:
    """Attach what is named on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("files", type=Path, nargs="+")
    given = parser.parse_args()
    with Ledger.open(given.db) as ledger:
        for file in given.files:
            ledger.attach("hazard", 1, [file])
            print(json.dumps(file.name, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
