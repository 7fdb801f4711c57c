"""What the seal of an open ledger file says, and whether the file is known to be sound."""

from __future__ import annotations

from mingxi_desktop.storage.seal import State
from mingxi_desktop.storage.store import Store


class Sealing:
    """Of one open ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self) -> bool:
        """Begin to look at it where that was left for later; whether nobody would have to wait any more."""
        return self._store.look()

    @property
    def state(self) -> State:
        """What the seal said when the file was opened; waits where it is still to be looked at."""
        return self._store.state

    @property
    def proved(self) -> bool:
        """Whether the file is known to be sound, so that it is sealed when it is closed; waits as `state` does."""
        return self._store.proved

    def vouch(self) -> None:
        """The file has been looked through, and nothing is wrong."""
        self._store.vouch()
