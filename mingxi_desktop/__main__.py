"""`python -m mingxi_desktop`: the window without a verb, the command line with one."""

from __future__ import annotations

import sys

from mingxi_desktop.app.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
