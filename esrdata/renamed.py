"""Names that have changed: a former one works for one version more, and says what to write now."""

import warnings
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from esrdata.errors import nearest


def former(module: str, name: str, now: Mapping[str, str]) -> Any:
    """Give what a former name of a module means, with a warning.

    Parameters
    ----------
    module
        Name of the module.
    name
        The name asked for.
    now
        The new name of each former one.

    Raises
    ------
    AttributeError
        If it is no former name.
    """
    if name not in now:
        # A module that is being imported has no names yet.
        near = nearest(name, vars(import_module(module)).get("__all__", ()))
        hint = "" if near is None else f"; the nearest is {near!r}"
        raise AttributeError(f"module {module!r} has no attribute {name!r}{hint}")
    text = f"{module}.{name} is called {now[name]} now; the former name goes in the next version."
    warnings.warn(text, DeprecationWarning, stacklevel=3)
    return getattr(import_module(module), now[name])
