"""One name of an organisation taken apart: the body, its unit, and the key that spellings share.

A name is read by itself, so that which names are joined never depends on their order or on what
other names there are. Nothing is joined by likeness: a typing error gives another key.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from esrdata.knowledge import load

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BUSINESS_ID = re.compile(r"(?<!\d)\d{7}-\d(?!\d)")
_CARE_OF = re.compile(r"\s*\bc/o\b.*|(?<=\d)c/o\b.*", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?")
# `… 1.1.2012 alkaen X`: what the body was called later, without brackets.
_LATER = re.compile(r"[\s/]*\b\d{1,2}\.\d{1,2}\.\d{4}(?:\s+(?:alkaen|lukien|saakka)\b.*)?$")
_ACRONYM = re.compile(r"(?=.{2,8}$)(?=.*[A-ZÅÄÖ].*[A-ZÅÄÖ])[\w&+-]+|[A-ZÅÄÖ][a-zåäö]{1,5}")
# A word, or a sign that parts two names: a slash, a semicolon, a full stop before a capital. A dash
# parts nothing, for it stands between spaces inside names too (`Kotkan - Haminan seudun …`).
_TOKEN = re.compile(r"[^\W_]+|[/;]|\.(?=[A-ZÅÄÖ][a-zåäö])")
_PARTED = "/"
# Beginnings of the keys of bodies that the code lists name.
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
    business_id: str | None = None
    rules: tuple[str, ...] = ()


Tokens = tuple[str, ...]


def _tokens(text: str) -> Tokens:
    found = (match[0] for match in _TOKEN.finditer(text))
    return tuple(t.casefold() if t[0].isalnum() else _PARTED for t in found)


def _folded(tokens: Sequence[str]) -> str:
    """Words run together; a space stays between digits, so that 1 1 is not 11."""
    text = " ".join(token for token in tokens if token != _PARTED)
    return re.sub(r"(?<!\d) | (?!\d)", "", text)


@dataclass(frozen=True)
class _Body:
    """Words that end a body's full name."""

    kind: str
    form: str | None
    genitive: bool
    region: bool


class Names:
    """Reads names by the shelf: `knowledge/organisations` and the code lists."""

    def __init__(self) -> None:
        shelf = load.organisation_names()
        self._cut_from: int = shelf["cut"]
        self._phrases = _phrases(shelf["phrases"])
        self._forms: dict[Tokens, str] = {
            _tokens(w): f for f, words in shelf["legal_forms"].items() for w in words
        }
        self._bodies = {
            word: _Body(b["kind"], b.get("form"), b.get("genitive", False), b.get("region", False))
            for b in shelf["bodies"]
            for word in b["words"]
        }
        self._of_body = {g: w for w, g in shelf["genitives"].items()}
        self._endings = [(e, form) for form, ends in shelf["endings"].items() for e in ends]
        self._generic = {_folded(self._plain(_tokens(text))) for text in shelf["generic"]}
        self._notes = tuple(shelf["notes"])
        self._strays = set(shelf["strays"])
        self._glued = [
            re.compile(rf"({word})(?=[^\W\d_])(?!{'|'.join(rest)})", re.I)
            for word, rest in shelf["glued"].items()
        ]
        self._known, self._whole = self._known_bodies()

    # ---- the shelf

    @cached_property
    def _regions(self) -> Mapping[Tokens, str]:
        """Regions in the genitive, Finnish and Swedish, with their codes."""
        found: dict[Tokens, str] = {}
        for row in load.codes("regions"):
            fi, sv = row["label_fi"], row["label_sv"]
            found[_tokens(row["genitive_fi"])] = row["code"]
            found[_tokens(sv if sv.endswith("s") else f"{sv}s")] = row["code"]
            found.setdefault(_tokens(sv), row["code"])
            found.setdefault(_tokens(fi), row["code"])
        return found

    @cached_property
    def _genitives(self) -> Mapping[str, Tokens]:
        """The Finnish genitive of each region."""
        return {row["code"]: _tokens(row["genitive_fi"]) for row in load.codes("regions")}

    @cached_property
    def _municipalities(self) -> Mapping[Tokens, str]:
        """Towns in the genitive, Finnish and Swedish, with their Finnish name."""
        found: dict[Tokens, str] = {}
        for row in load.codes("municipality_names"):
            for column in ("genitive_fi", "label_sv", "genitive_sv"):
                if row[column]:
                    found[_tokens(row[column])] = _folded(_tokens(row["genitive_fi"]))
        return found

    def _known_bodies(self) -> tuple[dict[Tokens, str], dict[Tokens, str]]:
        """Full names of known bodies, and names that count only when they stand alone."""
        full: dict[Tokens, str] = {}
        alone: dict[Tokens, str] = {}
        for row in load.codes("authorities"):
            names = [row["label_fi"], row["label_sv"], row["label_en"]]
            for name in filter(None, [*names, *row["variants"].split("|")]):
                tokens = self._plain(_tokens(name))
                full.setdefault(tokens, f"authority:{row['code']}")
                full.setdefault(self._legal_form(tokens)[0], f"authority:{row['code']}")
        for row in load.codes("organisations"):
            names = [row["label_fi"], row["label_sv"], row["label_en"]]
            for name in filter(None, [*names, *row["variants"].split("|")]):
                tokens = self._plain(tuple(t for t in _tokens(name) if t != _PARTED))
                # A user's own rows stand last and count before ours.
                full[tokens] = full[self._legal_form(tokens)[0]] = f"known:{row['code']}"
            for name in filter(None, (row.get("short") or "").split("|")):
                alone.setdefault(self._plain(_tokens(name)), f"known:{row['code']}")
        return full, alone

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
        tokens = self._plain(_tokens(text))
        if len(tokens) > 2 and tokens[0] in self._strays:
            tokens = tokens[1:]
            rules.append("stray")
        found = self._cut(text, rules) or self._identity(tokens, rules)
        for other in inside:
            beside = self._identity(self._plain(_tokens(other)), [])
            if beside.key != found.key:
                # Two bodies in one name: neither is taken for the other.
                found = Identity(f"{found.key}({beside.key})", None, text, parent=beside.key)
        return Identity(
            found.key,
            found.kind,
            found.name,
            found.unit,
            found.parent,
            number[0] if number else None,
            tuple(dict.fromkeys([*rules, *found.rules])),
        )

    def _cut(self, text: str, rules: list[str]) -> Identity | None:
        """The one known body whose written name begins with this text."""
        folded = _folded(_tokens(text))
        if len(text) < self._cut_from:
            return None
        found = {
            key: name
            for name, key in self._written.items()
            if name.startswith(folded) and name != folded
        }
        if len(found) != 1 or folded in self._written:
            return None
        rules.append("cut")
        ((key, name),) = found.items()
        return Identity(key, None, name)

    @cached_property
    def _written(self) -> Mapping[str, str]:
        """Known bodies by their names as written, words run together."""
        found: dict[str, str] = {}
        for table, kind in (("authorities", "authority"), ("organisations", "known")):
            for row in load.codes(table):
                for name in filter(None, [row["label_fi"], *row["variants"].split("|")]):
                    found.setdefault(_folded(_tokens(name)), f"{kind}:{row['code']}")
        return found

    def _apart(self, text: str) -> str:
        """Put a space where capitals run on behind a body's name."""
        for pattern in self._glued:
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
            note = inside.casefold().startswith(self._notes) or _DAY.search(inside)
            tokens = self._plain(_tokens(inside))
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
            tokens in self._known
            or any(t in self._bodies or t in self._of_body for t in tokens)
            or self._form_at(tokens, len(tokens) - 1) is not None
        )

    def _plain(self, tokens: Tokens) -> Tokens:
        """Write phrases in one way, as single words."""
        out: list[str] = []
        at = 0
        while at < len(tokens):
            for phrase, plain in self._phrases.get(tokens[at], ()):
                # A dash may part the words of a phrase.
                if tokens[at : at + len(phrase)] == phrase:
                    out.append(plain)
                    at += len(phrase)
                    break
            else:
                out.append(tokens[at])
                at += 1
        return tuple(out)

    def _identity(self, tokens: Tokens, rules: list[str]) -> Identity:
        whole = tuple(t for t in tokens if t != _PARTED)
        if not whole:
            return Identity("", None, "")
        for table in (self._known, self._whole):
            if whole in table:
                return Identity(table[whole], None, " ".join(whole), rules=("known",))
        known = self._known_prefix(tokens)
        if known is not None:
            return known
        bare, form = self._legal_form(whole)
        if bare in self._known:
            return Identity(self._known[bare], None, " ".join(bare), rules=("legal_form",))
        return (
            self._body(tokens)
            or self._unit_alone(tokens)
            or self._company(tokens)
            or self._plain_name(tokens, bare, form)
        )

    def _known_prefix(self, tokens: Tokens) -> Identity | None:
        """A known body with a unit behind its full name."""
        for end in range(len(tokens) - 1, 0, -1):
            head = tuple(t for t in tokens[:end] if t != _PARTED)
            if head in self._known:
                unit = " ".join(t for t in tokens[end:] if t != _PARTED)
                return Identity(self._known[head], None, " ".join(head), unit, rules=("unit",))
        return None

    def _body(self, tokens: Tokens) -> Identity | None:
        """A body whose full name ends in a word for its kind, with what stands behind it."""
        # A legal form may stand before the name.
        first = next(self._leading(tokens), 0)
        for at in range(first, len(tokens)):
            body = self._bodies.get(tokens[at])
            before = tokens[first:at]
            if body is None or _PARTED in before or (body.genitive and not before):
                continue
            key = self._body_key(body, before, tokens[at])
            if key is None:
                continue
            end = at + 1
            while (length := self._form_length(tokens, end)) > 0:
                end += length
            rest = tuple(t for t in tokens[end:] if t != _PARTED)
            unit = " ".join(rest) or None
            done = ("unit",) if unit else ()
            return Identity(key, body.kind, " ".join(tokens[first : at + 1]), unit, rules=done)
        return None

    def _body_key(self, body: _Body, before: Tokens, word: str) -> str | None:
        if body.kind == "municipality":
            town = self._municipalities.get(before)
            # `Staden Jakobstad` and `Jakobstads stad` are looked up; others are their genitive.
            return f"municipality:{town or _folded(before)}"
        region = self._regions.get(before)
        if region is not None:
            # A region in the nominative is a slip: `Keski-Pohjanmaa koulutusyhtymä`.
            before = self._genitives[region]
        if body.region:
            return None if region is None else f"{body.kind}:{region}"
        if body.kind == "state" and region is not None:
            return self._known.get((*before, word), f"state:{_folded((*before, word))}")
        if body.genitive and not before[-1].endswith(("n", "s")):
            return None
        return f"{body.form or body.kind}:{_folded((*before, word))}"

    def _unit_alone(self, tokens: Tokens) -> Identity | None:
        """A unit named with its body in the genitive, or before its body."""
        for at, token in enumerate(tokens):
            word = self._of_body.get(token)
            if word is None or at == 0 or at == len(tokens) - 1:
                continue
            parent = self._identity((*tokens[:at], word), [])
            if parent.kind is not None or parent.key.startswith(_LISTED):
                key = f"unit:{_folded(tokens)}"
                return Identity(key, "unit", " ".join(tokens), parent=parent.key)
        if _PARTED in tokens:
            cut = tokens.index(_PARTED)
            behind = self._identity(tokens[cut + 1 :], [])
            if behind.kind is not None or behind.key.startswith(_LISTED):
                key = f"unit:{_folded(tokens)}"
                return Identity(key, "unit", " ".join(tokens[:cut]), parent=behind.key)
        return None

    def _company(self, tokens: Tokens) -> Identity | None:
        """A name whose legal form is followed by a unit: `Cursor Oy Kotkan seudun …`."""
        first = next(self._leading(tokens), 0)
        for at in range(first + 1, len(tokens)):
            length = self._form_length(tokens, at)
            if not length or at + length >= len(tokens):
                continue
            before = tuple(t for t in tokens[first:at] if t != _PARTED)
            if first or not before or _folded(before) in self._generic:
                return None
            while (more := self._form_length(tokens, at + length)) > 0:
                length += more
            if at + length >= len(tokens):
                return None
            form = self._form_at(tokens, at + length - 1)
            unit = " ".join(t for t in tokens[at + length :] if t != _PARTED)
            return Identity(
                f"{form}:{_folded(before)}", None, " ".join(before), unit, rules=("unit",)
            )
        return None

    def _plain_name(self, tokens: Tokens, bare: Tokens, form: str | None) -> Identity:
        parts = [bare] if _PARTED not in tokens else [part for part in self._parts(tokens) if part]
        if form is None:
            ends = [part[-1] for part in parts]
            found = (f for end, f in self._endings if any(last.endswith(end) for last in ends))
            form = next(found, None)
        # Two names may stand in either order.
        folded = "/".join(sorted(map(_folded, parts)))
        return Identity(f"{form or 'name'}:{folded}", None, " ".join(bare), rules=("legal_form",))

    def _parts(self, tokens: Tokens) -> Iterator[Tokens]:
        part: list[str] = []
        for token in (*tokens, _PARTED):
            if token == _PARTED:
                yield self._legal_form(tuple(part))[0] if part else ()
                part = []
            else:
                part.append(token)

    # ---- legal forms

    def _form_length(self, tokens: Tokens, at: int) -> int:
        for length in (2, 1):
            if tokens[at : at + length] in self._forms and at + length <= len(tokens):
                return length
        return 0

    def _form_at(self, tokens: Tokens, at: int) -> str | None:
        """The legal form that ends at a token."""
        for length in (2, 1):
            form = self._forms.get(tokens[max(at - length + 1, 0) : at + 1])
            if form is not None:
                return form
        return None

    def _leading(self, tokens: Tokens) -> Iterator[int]:
        length = self._form_length(tokens, 0)
        if length and length < len(tokens):
            yield length

    def _legal_form(self, tokens: Tokens) -> tuple[Tokens, str | None]:
        """The name without legal forms at its ends, and the form."""
        form = None
        while len(tokens) > 1:
            length = next((n for n in (2, 1) if tokens[-n:] in self._forms and n < len(tokens)), 0)
            if not length:
                break
            form = form or self._forms[tokens[-length:]]
            tokens = tokens[:-length]
        start = next(self._leading(tokens), 0)
        if start:
            form = form or self._forms[tokens[:start]]
            tokens = tokens[start:]
        return tokens, form


def _phrases(groups: Sequence[Sequence[str]]) -> dict[str, list[tuple[Tokens, str]]]:
    """First word to the phrases that begin with it, the longest first, and what is kept."""
    found: dict[str, list[tuple[Tokens, str]]] = {}
    for group in groups:
        plain = _folded(_tokens(group[0]))
        for text in group:
            phrase = tuple(t for t in _tokens(text) if t != _PARTED)
            found.setdefault(phrase[0], []).append((phrase, plain))
    for phrases in found.values():
        phrases.sort(key=lambda item: -len(item[0]))
    return found
