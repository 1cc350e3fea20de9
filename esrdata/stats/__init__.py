"""Statistics of portfolios: what was planned, what came of it, and what changed on the way."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from esrdata.stats.change import amendments

__all__ = ["amendments"]

# Imported when used, as in esrdata itself. No module here has the name of a public function, or
# importing the one would hide the other.
_PLACES = {"amendments": "esrdata.stats.change"}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'esrdata.stats' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
