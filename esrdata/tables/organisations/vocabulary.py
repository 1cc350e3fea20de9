"""The vocabulary of names of organisations: kinds of bodies, legal forms, places."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, takewhile

from esrdata.knowledge import load

# A word or a separator (slash, semicolon). Dashes also stand between spaces inside names (`Kotkan -
# Haminan seudun …`), and only its capitals tell `Malli.Kalli` from an abbreviation, while names in
# capitals mean the same: neither separates.
_TOKEN = re.compile(r"[^\W_]+|[/;]")
# A letter outside Finnish and Swedish.
_MARKED = re.compile("[^\x00-\x7fåäöÅÄÖ]")
# A space not between two digits.
_BETWEEN = re.compile(r"(?<!\d) | (?!\d)")
PARTED = "/"
# The kind of municipalities.
TOWN = "municipality"
#: Source of rows decided by a person; without variants, such a row takes a spelling out of a join.
REVIEWED = "review"
_LEAST_GENITIVE = 3
# Cache size: words and names.
_WORDS = 65_536
# Grave, acute, circumflex, cedilla.
_ACCENTS = frozenset("\u0300\u0301\u0302\u0327")

Tokens = tuple[str, ...]


@lru_cache(_WORDS)
def tokens_of(text: str) -> Tokens:
    """The words of a name in lower case, and its separators.

    Accents are dropped: `Café` is `Cafe`.
    """
    found = _TOKEN.findall(_without_marks(text))
    return tuple([t.casefold() if t[0].isalnum() else PARTED for t in found])


def _without_marks(text: str) -> str:
    """The text without accents; ä, ö, å and ü are letters of their own: `Müller`, `Muller`."""
    letters = unicodedata.normalize("NFC", text)
    if _MARKED.search(letters) is None:
        return letters
    parts = unicodedata.normalize("NFD", letters)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _ACCENTS))


def unparted(tokens: Tokens) -> Tokens:
    """The words without separators."""
    return tuple([t for t in tokens if t != PARTED]) if PARTED in tokens else tokens


def folded(tokens: Sequence[str]) -> str:
    """Words joined together, with a space only between digits: 1 1 is not 11."""
    words = [token for token in tokens if token != PARTED]
    together = "".join(words)
    return together if together.isalpha() else _BETWEEN.sub("", " ".join(words))


@dataclass(frozen=True)
class Body:
    """A kind of body and how the words that end its full name behave."""

    kind: str
    form: str | None
    genitive: bool
    region: bool
    ending: bool
    other_before: tuple[str, ...]
    within: frozenset[str]


class Vocabulary:
    """What names are read by: `knowledge/organisations` and the code lists."""

    def __init__(self) -> None:
        shelf = load.organisation_names()
        self.cut_from: int = shelf["cut"]
        self._phrases = _phrases(shelf["phrases"])
        self._forms: dict[Tokens, str] = {
            tokens_of(w): f for f, words in shelf["legal_forms"].items() for w in words
        }
        self._begin_forms = frozenset(form[0] for form in self._forms)
        self._end_forms = frozenset(form[-1] for form in self._forms)
        self.bodies = {
            word: Body(
                b["kind"],
                b.get("form"),
                b.get("genitive", False),
                b.get("region", False),
                b.get("ending", False),
                tuple(b.get("other_before", ())),
                frozenset(b.get("within", ())),
            )
            for b in shelf["bodies"]
            for word in b["words"]
        }
        self._endings_of_bodies = {w: b for w, b in self.bodies.items() if b.ending}
        # Names share most of their words.
        self.body = lru_cache(_WORDS)(self._body)
        self._parted = lru_cache(_WORDS)(self._parts)
        self.is_form = lru_cache(_WORDS)(self._is_form)
        self._run_on = tuple(shelf["run_on"])
        self._before_towns = [tokens_of(words) for words in shelf["before_towns"]]
        self.joining = frozenset(shelf["joining"])
        self.areas = frozenset(shelf.get("areas", ()))
        self.directions = frozenset(shelf["directions"])
        self.of_body = {g: w for w, g in shelf["genitives"].items()}
        self.beginnings = {w: form for form, ws in shelf["beginnings"].items() for w in ws}
        self.endings = [(e, form) for form, ends in shelf["endings"].items() for e in ends]
        self.any_ending = tuple(ending for ending, _ in self.endings)
        self.districts = frozenset(shelf["districts"])
        self.of_district = tuple(f" {word}" for word in shelf["districts"])
        self.of_districts = tuple(shelf["of_districts"].items())
        self.describing = frozenset(self.plain(tokens_of(w))[0] for w in shelf["describing"])
        self.generic = {folded(self.plain(tokens_of(text))) for text in shelf["generic"]}
        self.notes = tuple(shelf["notes"])
        self.noted = frozenset(tokens_of(note) for note in self.notes)
        self.strays = set(shelf["strays"])
        # Words that may be run together with lower-case words before them.
        self.glued = [
            (word, re.compile(rf"({word})(?=[^\W\d_])(?!{'|'.join(rest)})", re.I))
            for word, rest in shelf["glued"].items()
        ]
        self.glued += [
            (word.casefold(), re.compile(rf"\b({word})(?=[^\W\d_]{{2}})"))
            for word in shelf["glued_forms"]
        ]
        self.known, self.alone = self._known_bodies()
        self.first_words = frozenset(tokens[0] for tokens in self.known if tokens)
        self.last_words = frozenset(tokens[-1] for tokens in self.known if tokens)
        # Words that may end the full name of a body.
        self.ends = self.last_words | self.bodies.keys()
        rows = {key: row for key, _, row in known_names("label_fi")}
        self.kinds = {key: row["kind"] for key, row in rows.items()}
        self.parents = {k: f"known:{row['parent']}" for k, row in rows.items() if row.get("parent")}
        self.first_of_kind = {body.kind: body for body in reversed(self.bodies.values())}

    # ---- the shelf

    @cached_property
    def regions(self) -> Mapping[Tokens, str]:
        """Region codes by the genitive, Finnish or Swedish, and the name."""
        found: dict[Tokens, str] = {}
        for row in load.codes("regions"):
            fi, sv = row["label_fi"], row["label_sv"]
            found[tokens_of(row["genitive_fi"])] = row["code"]
            found[tokens_of(sv if sv.endswith("s") else f"{sv}s")] = row["code"]
            found.setdefault(tokens_of(sv), row["code"])
            found.setdefault(tokens_of(fi), row["code"])
        return found

    @cached_property
    def genitives(self) -> Mapping[str, Tokens]:
        """The Finnish genitive of each region."""
        return {row["code"]: tokens_of(row["genitive_fi"]) for row in load.codes("regions")}

    @cached_property
    def municipalities(self) -> Mapping[Tokens, str]:
        """The Finnish genitive of each town, by its names and genitives."""
        found: dict[Tokens, str] = {}
        for row in load.codes("municipality_names"):
            for column in ("genitive_fi", "label_fi", "label_sv", "genitive_sv"):
                if row[column]:
                    found[tokens_of(row[column])] = folded(tokens_of(row["genitive_fi"]))
        return found

    @cached_property
    def towns(self) -> frozenset[Tokens]:
        """Names of towns in the nominative."""
        rows = load.codes("municipality_names")
        return frozenset(tokens_of(row[f"label_{lang}"]) for row in rows for lang in ("fi", "sv"))

    def _known_bodies(self) -> tuple[dict[Tokens, str], dict[Tokens, str]]:
        """Full names of known bodies, and names valid only by themselves."""
        full: dict[Tokens, str] = {}
        alone: dict[Tokens, str] = {}
        for key, name, row in known_names("label_fi", "label_sv", "label_en"):
            tokens = self.plain(unparted(tokens_of(name)))
            # A user's own rows come last and win, except for authorities.
            if key.startswith("authority:"):
                full.setdefault(tokens, key)
                full.setdefault(self.legal_form(tokens)[0], key)
                continue
            full[tokens] = key
            # A spelling taken out by a person is taken out only as written.
            if row["source"] != REVIEWED or row["variants"]:
                full[self.legal_form(tokens)[0]] = key
        # `City of Kotka`; other names of towns end in the word for a town.
        words = [word for word, body in self.bodies.items() if body.kind == TOWN]
        for row in load.codes("municipality_names"):
            town = tokens_of(row["genitive_fi"])
            listed = (full[*town, word] for word in words if (*town, word) in full)
            key = next(listed, f"{TOWN}:{folded(town)}")
            for label in ("label_fi", "label_sv"):
                full |= {(*before, *tokens_of(row[label])): key for before in self._before_towns}
        for row in load.codes("organisations"):
            for name in filter(None, (row.get("short") or "").split("|")):
                alone.setdefault(self.plain(tokens_of(name)), f"known:{row['code']}")
        return full, alone

    def plain(self, tokens: Tokens) -> Tokens:
        """Tokens with known phrases replaced by single words."""
        parted = self._parted
        tokens = tuple([part for token in tokens for part in parted(token)])
        if self._phrases.keys().isdisjoint(tokens):
            return tokens
        out: list[str] = []
        at = 0
        while at < len(tokens):
            for phrase, plain in self._phrases.get(tokens[at], ()):
                # The words of a phrase may be hyphenated.
                if tokens[at : at + len(phrase)] == phrase:
                    out.append(plain)
                    at += len(phrase)
                    break
            else:
                out.append(tokens[at])
                at += 1
        return tuple(out)

    def _parts(self, token: str) -> Tokens:
        """Two words run together: a genitive and the word for its body."""
        for word in self._run_on:
            before = token.removesuffix(word)
            if before != token and before.endswith("n") and len(before) > _LEAST_GENITIVE:
                return before, word
        return (token,)

    def _body(self, token: str) -> Body | None:
        """The kind of body that a word ends."""
        found = self.bodies.get(token)
        if found is None:
            ends = self._endings_of_bodies
            found = next((b for word, b in ends.items() if token.endswith(word)), None)
        return found

    @cached_property
    def written(self) -> Mapping[str, str]:
        """Known bodies by the letters of their names."""
        found: dict[str, str] = {}
        for key, name, _ in known_names("label_fi"):
            found.setdefault(folded(tokens_of(name)), key)
        return found

    def begun(self, beginning: str) -> list[str]:
        """Longer names in `written` that begin so, in alphabetical order."""
        names = self._alphabetical
        rest = islice(names, bisect_right(names, beginning), None)
        return list(takewhile(lambda name: name.startswith(beginning), rest))

    @cached_property
    def _alphabetical(self) -> list[str]:
        return sorted(self.written)

    @cached_property
    def run_together(self) -> Mapping[str, str]:
        """Known bodies by full name without spaces, except names that two bodies share."""
        found: dict[str, set[str]] = {}
        for tokens, key in self.known.items():
            found.setdefault(folded(tokens), set()).add(key)
        return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}

    # ---- legal forms

    def form_length(self, tokens: Tokens, at: int) -> int:
        """The number of words of the legal form that begins at a token, or 0."""
        if at >= len(tokens) or tokens[at] not in self._begin_forms:
            return 0
        for length in (2, 1):
            if tokens[at : at + length] in self._forms and at + length <= len(tokens):
                return length
        return 0

    def _is_form(self, part: str) -> bool:
        """Whether a word is or begins with a legal form."""
        return self.form_at(self.plain(tokens_of(part)), 0) is not None

    def form_at(self, tokens: Tokens, at: int) -> str | None:
        """The legal form that ends at a token."""
        if not 0 <= at < len(tokens) or tokens[at] not in self._end_forms:
            return None
        for length in (2, 1):
            form = self._forms.get(tokens[max(at - length + 1, 0) : at + 1])
            if form is not None:
                return form
        return None

    def ending(self, tokens: Tokens) -> str | None:
        """The legal form that the last word is or implies: `Oy`, `…yhdistys`."""
        form = self.form_at(tokens, len(tokens) - 1)
        return form or next((f for end, f in self.endings if tokens[-1].endswith(end)), None)

    def leading(self, tokens: Tokens) -> int:
        """The number of words of the legal form that begins the name, or 0."""
        length = self.form_length(tokens, 0)
        return length if length < len(tokens) else 0

    def legal_form(self, tokens: Tokens) -> tuple[Tokens, str | None]:
        """The name without legal forms at its ends, and the form."""
        form = None
        while len(tokens) > 1 and tokens[-1] in self._end_forms:
            length = next((n for n in (2, 1) if tokens[-n:] in self._forms and n < len(tokens)), 0)
            if not length:
                break
            form = form or self._forms[tokens[-length:]]
            tokens = tokens[:-length]
        start = self.leading(tokens)
        # Before a different form it is part of the name: `RS Malli Oy`.
        if start and form in (None, first := self._forms[tokens[:start]]):
            form, tokens = first, tokens[start:]
        return tokens, form


def known_names(*labels: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """The names of known bodies: key, name and row of the code list."""
    for table, kind in (("authorities", "authority"), ("organisations", "known")):
        for row in load.codes(table):
            for name in filter(None, [*(row[x] for x in labels), *row["variants"].split("|")]):
                yield f"{kind}:{row['code']}", name, row


def _phrases(groups: Sequence[Sequence[str]]) -> dict[str, list[tuple[Tokens, str]]]:
    """Phrases by first word, the longest first, each with its replacement."""
    found: dict[str, list[tuple[Tokens, str]]] = {}
    for group in groups:
        plain = folded(tokens_of(group[0]))
        for text in group:
            phrase = unparted(tokens_of(text))
            found.setdefault(phrase[0], []).append((phrase, plain))
    for phrases in found.values():
        phrases.sort(key=lambda item: -len(item[0]))
    return found
