"""One name of an organisation taken apart: the body, its unit, and the key that spellings share.

A name is read by itself, so that which names are joined never depends on their order or on what
other names there are. Nothing is joined by likeness: a typing error gives another key.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from esrdata.tables.organisations.vocabulary import (
    PARTED,
    Body,
    Tokens,
    Vocabulary,
    folded,
    tokens_of,
)

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BUSINESS_ID = re.compile(r"(?<!\d)\d{7}-\d(?!\d)")
_CARE_OF = re.compile(r"\s*\bc/o\b.*|(?<=\d)c/o\b.*", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?")
# `… 1.1.2012 alkaen X`: what the body was called later, without brackets.
_LATER = re.compile(r"[\s/]*\b\d{1,2}\.\d{1,2}\.\d{4}(?:\s+(?:alkaen|lukien|saakka)\b.*)?$")
_ACRONYM = re.compile(r"(?=.{2,8}$)(?=.*[A-ZÅÄÖ].*[A-ZÅÄÖ])[\w&+-]+|[A-ZÅÄÖ][a-zåäö]{1,5}")
# Beginnings of the keys of bodies that the code lists name.
# What numbers a body and is no name of a unit: a number, a letter, a Roman numeral.
_NUMBER = re.compile(r"\d+\w?|\w|[ivx]+")
_LISTED = ("known:", "authority:")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a name says of an organisation.

    Attributes
    ----------
    key
        What all spellings of one organisation share.
    kind
        The kind of body, as the shelf names it; None where its words do not say.
    name
        The body's name without unit, notes and acronyms in brackets.
    unit
        The unit written behind the body's full name, None where there is none.
    parent
        The key of the body that a unit named alone belongs to, None where none is named.
    parent_name
        The name of that body as the unit's name has it, in small letters.
    business_id
        A business ID that stands in the name.
    rules
        What was done to get from the name to the key, in order: codes of the shelf.
    """

    key: str
    kind: str | None
    name: str
    unit: str | None = None
    parent: str | None = None
    parent_name: str | None = None
    business_id: str | None = None
    rules: tuple[str, ...] = ()


class Names:
    """Reads names by the shelf: `knowledge/organisations` and the code lists."""

    def __init__(self) -> None:
        self._words = Vocabulary()

    # ---- one name

    def identify(self, name: str) -> Identity:
        """Take a name apart.

        Parameters
        ----------
        name
            A name as a source writes it.

        Returns
        -------
        Identity
            With the key that all spellings of the organisation share.
        """
        rules: list[str] = []
        text = _DASHES.sub("-", unicodedata.normalize("NFC", name)).strip()
        number = _BUSINESS_ID.search(text)
        text = _BUSINESS_ID.sub(" ", text)
        text = self._apart(_CARE_OF.sub("", text))
        text, inside = self._without_brackets(text, rules)
        text = _LATER.sub("", text) if _LATER.search(text) and _LATER.sub("", text) else text
        tokens = self._words.plain(tokens_of(text))
        if len(tokens) > 2 and tokens[0] in self._words.strays:
            tokens = tokens[1:]
            rules.append("stray")
        found = self._cut(text, rules) or self._identity(tokens, rules)
        for other in inside:
            beside = self._identity(self._words.plain(tokens_of(other)), [])
            if beside.key != found.key:
                # Two bodies in one name: neither is taken for the other.
                found = Identity(
                    f"{found.key}({beside.key})",
                    None,
                    text,
                    parent=beside.key,
                    parent_name=beside.name,
                )
        return Identity(
            found.key,
            found.kind,
            found.name,
            found.unit,
            found.parent,
            found.parent_name,
            number[0] if number else None,
            tuple(dict.fromkeys([*rules, *found.rules])),
        )

    def _cut(self, text: str, rules: list[str]) -> Identity | None:
        """The one known body whose written name begins with this text."""
        beginning = folded(tokens_of(text))
        if len(text) < self._words.cut_from:
            return None
        found = {
            key: name
            for name, key in self._words.written.items()
            if name.startswith(beginning) and name != beginning
        }
        if len(found) != 1 or beginning in self._words.written:
            return None
        rules.append("cut")
        ((key, name),) = found.items()
        return Identity(key, None, name)

    def _apart(self, text: str) -> str:
        """Put a space where capitals run on behind a body's name."""
        for pattern in self._words.glued:
            for match in pattern.finditer(text):
                rest = text[match.end() :]
                loud = match[1].isupper() and rest[:2].isupper()
                camel = match[1][-1].islower() and rest[:1].isupper()
                if loud or camel:
                    return self._apart(f"{text[: match.end()]} {rest}")
        return text

    def _without_brackets(self, text: str, rules: list[str]) -> tuple[str, list[str]]:
        """The name without what stands in brackets, and the names of other bodies in them."""
        others = []
        for match in _BRACKET.finditer(text):
            inside = match[1].strip()
            note = inside.casefold().startswith(self._words.notes) or _DAY.search(inside)
            tokens = self._words.plain(tokens_of(inside))
            if note:
                rules.append("note")
            elif _ACRONYM.fullmatch(inside):
                rules.append("acronym")
            elif self._is_body(tokens):
                others.append(inside)
            else:
                rules.append("unit")
        return " ".join(_BRACKET.sub(" ", text).split()), others

    def _is_body(self, tokens: Tokens) -> bool:
        return (
            tokens in self._words.known
            or any(t in self._words.bodies or t in self._words.of_body for t in tokens)
            or self._words.form_at(tokens, len(tokens) - 1) is not None
        )

    def _identity(self, tokens: Tokens, rules: list[str]) -> Identity:
        whole = tuple(t for t in tokens if t != PARTED)
        if not whole:
            return Identity("", None, "")
        for table in (self._words.known, self._words.alone):
            if whole in table:
                return Identity(table[whole], None, " ".join(whole), rules=("known",))
        known = self._known_prefix(tokens)
        if known is not None:
            return known
        bare, form = self._words.legal_form(whole)
        if bare in self._words.known:
            return Identity(self._words.known[bare], None, " ".join(bare), rules=("legal_form",))
        return (
            self._body(tokens)
            or self._unit_alone(tokens)
            or self._company(tokens)
            or self._plain_name(tokens, bare, form)
        )

    def _known_prefix(self, tokens: Tokens) -> Identity | None:
        """A known body with a unit behind its full name."""
        for end in range(len(tokens) - 1, 0, -1):
            head = tuple(t for t in tokens[:end] if t != PARTED)
            if head in self._words.known and not _numbers(tokens[end:]):
                unit = " ".join(t for t in tokens[end:] if t != PARTED)
                return Identity(
                    self._words.known[head], None, " ".join(head), unit, rules=("unit",)
                )
        return None

    def _body(self, tokens: Tokens) -> Identity | None:
        """A body whose full name ends in a word for its kind, with what stands behind it."""
        # A legal form may stand before the name.
        first = self._words.leading(tokens)
        for at in range(first, len(tokens)):
            body = self._words.bodies.get(tokens[at])
            before = tokens[first:at]
            if body is None or PARTED in before or (body.genitive and not before):
                continue
            key = self._body_key(body, before, tokens[at])
            if key is None:
                continue
            end = at + 1
            while (length := self._words.form_length(tokens, end)) > 0:
                end += length
            rest = tuple(t for t in tokens[end:] if t != PARTED)
            if rest and _numbers(rest):
                return None
            unit = " ".join(rest) or None
            done = ("unit",) if unit else ()
            return Identity(key, body.kind, " ".join(tokens[first : at + 1]), unit, rules=done)
        return None

    def _body_key(self, body: Body, before: Tokens, word: str) -> str | None:
        if body.kind == "municipality":
            town = self._words.municipalities.get(before)
            # `Staden Jakobstad` and `Jakobstads stad` are looked up; others are their genitive.
            return f"municipality:{town or folded(before)}"
        region = self._words.regions.get(before)
        if region is not None:
            # A region in the nominative is a slip: `Keski-Pohjanmaa koulutusyhtymä`.
            before = self._words.genitives[region]
        if body.region:
            return None if region is None else f"{body.kind}:{region}"
        if body.kind == "state" and region is not None:
            return self._words.known.get((*before, word), f"state:{folded((*before, word))}")
        if body.genitive and not before[-1].endswith(("n", "s")):
            return None
        return f"{body.form or body.kind}:{folded((*before, word))}"

    def _unit_alone(self, tokens: Tokens) -> Identity | None:
        """A unit named with its body in the genitive, or before its body."""
        for at, token in enumerate(tokens):
            word = self._words.of_body.get(token)
            if word is None or at == 0 or at == len(tokens) - 1:
                continue
            parent = self._identity((*tokens[:at], word), [])
            if parent.kind is not None or parent.key.startswith(_LISTED):
                key = f"unit:{folded(tokens)}"
                return Identity(key, "unit", " ".join(tokens), None, parent.key, parent.name)
        if PARTED in tokens:
            cut = tokens.index(PARTED)
            behind = self._identity(tokens[cut + 1 :], [])
            if behind.kind is not None or behind.key.startswith(_LISTED):
                key = f"unit:{folded(tokens)}"
                name = " ".join(tokens[:cut])
                return Identity(key, "unit", name, None, behind.key, behind.name)
        return None

    def _company(self, tokens: Tokens) -> Identity | None:
        """A name whose legal form is followed by a unit: `Cursor Oy Kotkan seudun …`."""
        first = self._words.leading(tokens)
        for at in range(first + 1, len(tokens)):
            length = self._words.form_length(tokens, at)
            if not length or at + length >= len(tokens):
                continue
            before = tuple(t for t in tokens[first:at] if t != PARTED)
            if first or not before or folded(before) in self._words.generic:
                return None
            while (more := self._words.form_length(tokens, at + length)) > 0:
                length += more
            if at + length >= len(tokens) or _numbers(tokens[at + length :]):
                return None
            form = self._words.form_at(tokens, at + length - 1)
            unit = " ".join(t for t in tokens[at + length :] if t != PARTED)
            return Identity(
                f"{form}:{folded(before)}", None, " ".join(before), unit, rules=("unit",)
            )
        return None

    def _plain_name(self, tokens: Tokens, bare: Tokens, form: str | None) -> Identity:
        parts = [bare] if PARTED not in tokens else [part for part in self._parts(tokens) if part]
        if form is None:
            ends = [part[-1] for part in parts]
            known = self._words.endings
            found = (f for end, f in known if any(last.endswith(end) for last in ends))
            form = next(found, None)
        # Two names may stand in either order.
        names = "/".join(sorted(map(folded, parts)))
        return Identity(f"{form or 'name'}:{names}", None, " ".join(bare), rules=("legal_form",))

    def _parts(self, tokens: Tokens) -> Iterator[Tokens]:
        part: list[str] = []
        for token in (*tokens, PARTED):
            if token == PARTED:
                yield self._words.legal_form(tuple(part))[0] if part else ()
                part = []
            else:
                part.append(token)


def _numbers(tokens: Tokens) -> bool:
    """Whether tokens only number a body, as in `Kiinteistö Oy Koivu 2`: no unit of it."""
    return all(_NUMBER.fullmatch(token) for token in tokens if token != PARTED)
