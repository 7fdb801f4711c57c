"""Reading that stops when nobody waits for it any more, so that typing never queues behind old searches."""

from __future__ import annotations

from mingxi_desktop.storage.sqlite import Stopped, stoppable

__all__ = ["Stopped", "stoppable"]
