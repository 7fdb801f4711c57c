from __future__ import annotations

import struct
import subprocess
import sys

from mingxi_desktop.exchange.reading import FLAG, reader


def test_a_frozen_program_can_be_started_as_the_reading_process():
    done = subprocess.run(
        [sys.executable, "-m", "mingxi_desktop", FLAG],
        input=reader.IN_LENGTH.pack(5) + b"a,b\n1",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (length,) = struct.unpack(">I", done.stdout[:4])
    assert 0 < length < len(done.stdout)
