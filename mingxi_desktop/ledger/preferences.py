"""What the settings dialog keeps in the ledger file, all or none, and whom the history names."""

from __future__ import annotations

from collections.abc import Mapping

from mingxi_desktop.ledger import operators
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.storage.store import Store


@guarded
class Preferences:
    """The settings of one ledger file, changed together."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep several settings in one transaction."""
        with self._store.writing():
            for key, value in values.items():
                self._store.set_setting(key, value)

    def sign_as(self, operator: str) -> None:
        """Whom the history names from now on; "" for the user of the computer."""
        self._store.operator = operators.operator_of(operator)
