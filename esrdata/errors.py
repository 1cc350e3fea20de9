"""The errors that esrdata raises; the text of each is one plain sentence."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Self


class EsrdataError(Exception):
    """Any error that esrdata raises on purpose."""


class SourceError(EsrdataError):
    """The source does not exist, or holds nothing readable at all."""


class SavedError(SourceError):
    """The source is a folder saved by esrdata, which is loaded, not read.

    Attributes
    ----------
    folder
        Its path.
    """

    def __init__(self, text: str, folder: str) -> None:
        super().__init__(text)
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        """Copied and pickled with all attributes."""
        return type(self), (self.args[0], self.folder)


class UsageError(EsrdataError):
    """A name, a language or an argument that esrdata does not know."""


class UnknownNameError(UsageError, KeyError):
    """An unknown key in brackets; a `KeyError`, too, as mappings need."""

    # `KeyError` would show the sentence in quotes.
    __str__ = Exception.__str__


class NotStatedError(UsageError):
    """A comparison in which one side does not state the compared value.

    Attributes
    ----------
    side, measure
        The side, and the value that it does not state.
    """

    def __init__(self, side: str, measure: str) -> None:
        self.side, self.measure = side, measure
        text = (
            f"No project of {side} states {measure}, so it cannot be compared: its sources do "
            "not ask for it, or leave it blank (see esrdata.stats.coverage)."
        )
        super().__init__(Sentence(text, "error.compare_side", side=side, measure=measure))

    def __reduce__(self) -> tuple[object, ...]:
        """Copied and pickled with all attributes."""
        return type(self), (self.side, self.measure)


class StoreError(EsrdataError):
    """A saved portfolio that cannot be loaded, or a folder that cannot be written."""


class KnowledgeError(EsrdataError):
    """A file on the shelf of knowledge that breaks the rules for it."""


class Sentence(str):
    """An English sentence that can be written in other languages too.

    Attributes
    ----------
    key
        Its key in `words.yml`.
    values
        The values of its placeholders.
    """

    key: str
    values: dict[str, object]

    def __new__(cls, text: str, key: str, **values: object) -> Self:
        """Keep the key and the values with the text."""
        made = super().__new__(cls, text)
        made.key, made.values = key, values
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Copied with all attributes: pandas copies the contents of `attrs`."""
        return _sentence, (str(self), self.key, self.values)


def _sentence(text: str, key: str, values: dict[str, object]) -> Sentence:
    return Sentence(text, key, **values)


# Without a near name, so many are listed: codes of projects, or our own names, which explain more.
_FEW, _MANY = 12, 30
# So many letters identify a name by its beginning.
_TELLING = 3


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most likely meant; None if none is similar."""
    folded = {each.casefold(): each for each in reversed(list(known))}
    wanted = name.casefold()
    near = get_close_matches(wanted, list(reversed(folded)), n=1, cutoff=0.6)
    if not near and len(wanted) >= _TELLING:
        names = list(reversed(folded))
        near = [each for each in names if each.startswith(wanted)]
        # `axis` is part of `priority_axis`, `participants` of `indicators.participants.planned`.
        near = near or [n for n in names if f"_{wanted}" in f"_{n.replace('.', '_')}"]
    return folded[near[0]] if near else None


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """The sentence for an unknown name.

    It gives the nearest known name; if none is similar, all names if they are few.
    """
    names = list(dict.fromkeys(map(str, known)))
    text = f"There is no {kind} {name!r}"
    near = nearest(name, names)
    if near is not None:
        key, values = "unknown_near", {"near": near}
        text += f"; the nearest is {near!r}."
    elif 0 < len(names) <= (_FEW if kind == "project" else _MANY):
        key, values = "unknown_known", {"known": ", ".join(names)}
        text += f"; there are {values['known']}."
    else:
        key, values = "unknown", {}
        text += "."
    return Sentence(text, f"error.{key}", kind=kind, name=name, **values)
