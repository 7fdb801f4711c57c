"""PySide loaded without what a program that works does not need: a quarter of what loading Qt takes.

PySide brings modules of its own in Python, as text that it compiles at each start: they know the signatures of all
functions, for messages about wrong arguments and for development tools. Here each of them is compiled and run when
something in it is first asked for. And PySide's import statement, which looks through the source of every module
for the case that one switches a feature of PySide on, gives its place back to Python's own.

To be loaded before anything else of PySide; later it changes nothing but the import statement.
"""

from __future__ import annotations

import builtins
from threading import RLock
from typing import Any

from mingxi_desktop.ui import lean_enums

_SIGNATURES = "shibokensupport/signature/"
_LATER = ("mapping", "errorhandler", "layout", "parser", "lib/tool", "lib/enum_sig", "lib/pyi_generator")
"""What PySide's loader only makes known under a second name."""
_UPDATE = "update_mapping"
_STUB = compile(f"from {__name__} import put_off\nput_off(globals())", "<put off>", "exec")

_lock = RLock()  # whoever asks on a second thread waits until the module is whole
_sources: dict[str, tuple[Any, str]] = {}
"""Name of a module → its source and where that stands; gone once it has been run."""


def put_off(module: dict[str, Any]) -> None:
    """Have a module, given by its names, run its source when one of them is first asked for."""
    own_name = module["__name__"]

    def load() -> None:
        with _lock:
            source = _sources.pop(own_name, None)
            if source is not None:
                exec(compile(*source, "exec", dont_inherit=True), module)  # noqa: S102 - PySide's own

    def asked(name: str) -> Any:
        if not name.startswith("__"):
            load()
            if name in module:
                return module[name]
        raise AttributeError(f"module {own_name!r} has no attribute {name!r}")

    def update() -> Any:
        load()
        return module[_UPDATE]()

    module["__getattr__"] = asked
    if own_name.endswith(".mapping"):
        module[_UPDATE] = update  # PySide looks it up past `__getattr__`


def restore() -> None:
    """From now on modules are imported as without PySide."""
    original = getattr(builtins, "__orig_import__", None)  # where PySide has put it
    if original is not None:
        builtins.__import__ = original


def waiting() -> set[str]:
    """The names of PySide's modules that have not been run."""
    return set(_sources)


def _load() -> None:
    """Load PySide's core, which loads those modules, with a `compile` that puts them off, and its enumerations."""
    original = builtins.compile
    later = {f"{_SIGNATURES}{name}.py": f"{_SIGNATURES}{name}".replace("/", ".") for name in _LATER}

    def sparing(source: Any, filename: Any, *rest: Any, **options: Any) -> Any:
        name = later.get(filename) if isinstance(filename, str) else None
        if name is None:
            return original(source, filename, *rest, **options)
        _sources[name] = source, filename
        return _STUB

    lean_enums.install()
    builtins.compile = sparing
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = original


_load()
