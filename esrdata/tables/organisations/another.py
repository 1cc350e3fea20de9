"""Whether what stands behind a body's full name makes it the name of another body."""

from collections.abc import Callable
from typing import NamedTuple

from esrdata.tables.organisations.identity import LISTED, Identity
from esrdata.tables.organisations.vocabulary import Tokens, Vocabulary, unparted
from esrdata.tables.organisations.written import initials

# Kinds that a part of another body may have: an open university, an environment centre.
_UNSURE = ("unit", "university", "university_of_applied_sciences", "state")


class _Sort(NamedTuple):
    """A body's kind and the word for it, and the kinds it may be a unit of."""

    names: set[str]
    within: frozenset[str]


class Another:
    """Compares a full name with what stands behind it; `identity` reads either as a name."""

    def __init__(self, words: Vocabulary, identity: Callable[[Tokens], Identity]) -> None:
        self._words, self._identity = words, identity

    def is_other(self, head: Tokens, rest: Tokens) -> bool:
        """Whether what follows a full name makes it the name of another body, or of two.

        `Mallilan yliopisto Palvelut Oy` is a company, `Mallilan ammattikorkeakoulu -liikelaitos` an
        enterprise of a town, `Kotkan kaupunki / Kymenlaakson liitto` are two, and so is whatever
        stands behind *ja*.
        """
        head, rest = unparted(head), unparted(rest)
        body = self._words.body(head[-1])
        if rest[:1] and rest[0] in self._words.joining:
            return True
        # A legal form behind the full name belongs to that body.
        while length := self._words.form_length(rest, 0):
            rest = rest[length:]
        if not rest:
            return False
        if (body is not None and rest[0] in body.other_before) or rest[-1] in self._words.districts:
            return True
        if self._words.ending(rest) is not None:
            return not self._is_once_more(self._identity(head), head, rest)
        alone = rest in self._words.alone
        # Most hold no word that ends the full name of a body.
        names = [rest[: at + 1] for at, t in enumerate(rest) if alone or t in self._words.ends]
        first = self._identity(head) if names else None
        return first is not None and any(
            second.key != first.key and second.unit is None and _stands_alone(second)
            for name in names
            if not self._is_part(first, head, second := self._identity(name), name)
        )

    def _is_once_more(self, first: Identity, head: Tokens, rest: Tokens) -> bool:
        """Whether a name with a legal form repeats the same body's name, or is a note on it.

        `Kallion Vene Oy Kallio Båt Ab`, `Mallian Talo ja Tie Oy MTT Oy`, `Mallia Oy ent. Kalli Oy`.
        """
        bare, form = self._words.legal_form(rest)
        keys = (self._identity(rest).key, self._words.alone.get(bare))
        if first.key in keys or any(rest[:n] in self._words.noted for n in (1, 2)):
            return True
        # Two words for one form: a company has one form, in two languages.
        if form is not None and form == self._words.legal_form(head)[1] and rest[-1] not in head:
            return True
        return initials(rest, " ".join(head), self._words)

    def _is_part(self, first: Identity, head: Tokens, second: Identity, rest: Tokens) -> bool:
        """Whether a body may be a unit of another, or the owner named behind it."""
        if self._words.parents.get(second.key) == first.key or self._kind(second) == "unit":
            return True
        owner, part = self._sort(first, head), self._sort(second, rest)
        named = head[0] == rest[0] or rest[0] in self._words.bodies
        return not owner.names.isdisjoint(part.within) or (
            named and not part.names.isdisjoint(owner.within)
        )

    def _kind(self, found: Identity) -> str:
        return self._words.kinds.get(found.key) or found.kind or ""

    def _sort(self, found: Identity, tokens: Tokens) -> _Sort:
        word = next((t for t in reversed(tokens) if self._words.body(t)), "")
        kind = self._kind(found)
        body = self._words.body(word) or self._words.first_of_kind.get(kind)
        return _Sort({kind, word}, frozenset() if body is None else body.within)


def _stands_alone(found: Identity) -> bool:
    """Whether this is surely the name of a body; for unsure kinds only if the shelf has it."""
    return found.key.startswith(LISTED) or (found.kind is not None and found.kind not in _UNSURE)
