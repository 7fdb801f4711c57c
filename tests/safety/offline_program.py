"""The program with a watch on its sockets: `python -m tests.safety.offline_program ARGUMENTS`.

Python's own doors are watched by an audit hook, native code's by offline.c. Both write into OFFLINE_LOG.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

_DOORS = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostby",
)
_LIBRARIES = ("Qt6Network", "QtNetwork", "libcurl")
_NOWHERE = "192.0.2.1"
"""An address that belongs to nobody."""


def _note(line: str) -> None:
    with Path(os.environ["OFFLINE_LOG"]).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith(_DOORS):
        return
    if len(arguments) > 1 and isinstance(arguments[1], str | bytes):  # a socket within the computer
        return
    _note(f"python {event} {arguments[1:]}")
    raise OSError(f"{event}: not in this program")


def control() -> None:
    """What must be noticed: a connection by Python, a name looked up, and a connection past Python."""
    with suppress(OSError), socket.socket() as made:
        made.connect((_NOWHERE, 80))
    with suppress(OSError):
        socket.getaddrinfo("example.invalid", 80)
    address = b"\x02\x00\x00\x50" + socket.inet_aton(_NOWHERE) + bytes(8)
    with socket.socket() as made:
        ctypes.CDLL(None).connect(made.fileno(), address, len(address))


def main() -> int:
    """Run the program, or the control, watched; note which libraries for the network it has loaded."""
    sys.addaudithook(_watch)
    if sys.argv[1:] == ["control"]:
        control()
        return 0
    from mingxi_desktop.app import cli

    code = cli.main(sys.argv[1:])
    loaded = Path("/proc/self/maps").read_text(encoding="utf-8")
    for library in _LIBRARIES:
        if library in loaded:
            _note(f"loaded {library}")
    return code


if __name__ == "__main__":
    sys.exit(main())
