"""Renamed functions: the former name works for one more version, with a warning."""

import warnings
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from esrdata.errors import nearest

#: At most so many names are listed.
_FEW = 30


def former(
    module: str, name: str, now: Mapping[str, str], instead: Mapping[str, str] | None = None
) -> Any:
    """Return what a module's former name stands for, with a warning.

    Parameters
    ----------
    module
        Name of the module.
    name
        The name asked for.
    now
        The new name of each former one.
    instead
        What to use for names from other libraries.

    Raises
    ------
    AttributeError
        If it is no former name.
    """
    if name not in now:
        # A module being imported has no names yet.
        known = vars(import_module(module)).get("__all__", ())
        public = module.replace(".present.", ".")
        hint, near = "", (instead or {}).get(name) or nearest(name, known)
        if name in (instead or {}):
            hint = f": see {near}"
        elif near is not None:
            hint = f"; the nearest is {near!r}"
        elif not name.startswith("_") and known:
            hint = f"; it has {', '.join(known)}" if len(known) <= _FEW else f": see dir({public})"
        raise AttributeError(f"module {public!r} has no attribute {name!r}{hint}")
    text = f"{module}.{name} is called {now[name]} now; the former name goes in the next version."
    warnings.warn(text, DeprecationWarning, stacklevel=3)
    return getattr(import_module(module), now[name])
