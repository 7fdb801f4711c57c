"""`python -m mingxi_desktop`: the window without a verb, the command line with one."""

from __future__ import annotations

import sys

from mingxi_desktop.exchange.reading import FLAG


def main() -> int:
    """The program; or, in a frozen one that was started to be it, the process that reads spreadsheets."""
    try:
        return _run()
    except KeyboardInterrupt:  # while it was being loaded, or had just ended; `cli` tells of the rest
        print("已中断。已经保存的内容都在；其余的没有做。", file=sys.stderr)
        return 1


def _run() -> int:
    if sys.argv[1:] == [FLAG]:
        from mingxi_desktop.exchange.reading import reader

        reader.main()
        return 0
    from mingxi_desktop.app import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
