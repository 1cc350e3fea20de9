"""The few errors esrdata raises; the text of each is one plain sentence."""

from collections.abc import Iterable
from difflib import get_close_matches


class EsrdataError(Exception):
    """Any error that esrdata raises on purpose."""


class SourceError(EsrdataError):
    """The source does not exist, or holds nothing readable at all."""


class UsageError(EsrdataError):
    """A name, a language or an argument that esrdata does not know."""


class NotStatedError(UsageError):
    """A comparison of sides of which one states nothing of what is compared.

    Attributes
    ----------
    side, measure
        Which side, and what it does not state.
    """

    def __init__(self, side: str, measure: str) -> None:
        self.side, self.measure = side, measure
        super().__init__(
            f"No project of {side} states {measure}, so it cannot be compared: its sources do "
            "not ask for it, or leave it blank (see esrdata.stats.coverage)."
        )


class StoreError(EsrdataError):
    """A saved portfolio that cannot be loaded, or a folder that cannot be written."""


class KnowledgeError(EsrdataError):
    """A file on the shelf of knowledge that breaks its own rules."""


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """The sentence of a name that is none of those known; it has the nearest."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.0)
    hint = f"; the nearest is {near[0]!r}" if near else ""
    return f"There is no {kind} {name!r}{hint}."
