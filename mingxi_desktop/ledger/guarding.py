"""The faults of disk and file, whatever the facade was doing with them, as sentences for the user."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any, TypeVar

from mingxi_desktop.storage import sqlite
from mingxi_desktop.storage.store import Store

_Facade = TypeVar("_Facade", bound=type[Any])


def guarded(facade: _Facade) -> _Facade:
    """Class decorator: a fault of disk or file in a public method comes out as a UserError.

    On methods and not on single queries, because rows are read long after their query was sent.
    The class has the open `Store` as `_store`.
    """
    for name, member in list(vars(facade).items()):
        if isinstance(member, FunctionType) and not name.startswith("_") and name != "close":
            setattr(facade, name, _translating(member))
    return facade


def _translating(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def translating(self: Any, *args: Any, **kwargs: Any) -> Any:
        store: Store = self._store
        with sqlite.translated(store.path):
            try:
                return method(self, *args, **kwargs)
            except (TypeError, ValueError, LookupError, ArithmeticError) as error:
                # What no code could have stored is read from a damaged file only.
                if not store.database.is_closed() and sqlite.integrity(store.database):
                    raise sqlite.damaged(store.path) from error
                raise

    return translating
