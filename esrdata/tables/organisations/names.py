"""Takes the name of an organisation apart: the body, its unit, and the key that spellings share.

Each name is read by itself, so joins never depend on the order or on other names. Similar names are
not joined: a typing error gives another key.
"""

from esrdata.tables.organisations.another import Another
from esrdata.tables.organisations.firms import company, described, numbers, plain_name
from esrdata.tables.organisations.identity import BARE, LISTED, Identity
from esrdata.tables.organisations.vocabulary import (
    PARTED,
    TOWN,
    Body,
    Tokens,
    Vocabulary,
    folded,
    tokens_of,
    unparted,
)
from esrdata.tables.organisations.written import written

_KNOWN = ("known",)
# `Vöyri-Maksamaan kunta`: town names have at most so many words.
_LONGESTTOWN = 2


class Names:
    """Reads names by `knowledge/organisations` and the code lists."""

    def __init__(self) -> None:
        self._words = Vocabulary()
        self._is_other = Another(self._words, self._identity).is_other

    # ---- one name

    def identify(self, name: str) -> Identity:
        """Take apart a name as written in a source."""
        given = written(name, self._words)
        text, rules = given.text, list(given.rules)
        tokens = self._words.plain(tokens_of(text))
        if given.others:
            whole = self._words.plain(unparted(tokens_of(name)))
            if whole in self._words.known:
                key, number = self._words.known[whole], given.business_id
                return Identity(key, None, " ".join(whole), business_id=number, rules=_KNOWN)
        if len(tokens) > 2 and tokens[-1] in self._words.notes:
            tokens = tokens[:-1]
            rules.append("note")
        if len(tokens) > 2 and tokens[0] in self._words.strays:
            tokens = tokens[1:]
            rules.append("stray")
        found = self._cut(text, rules) or self._identity(tokens)
        if found.key.startswith(BARE) and given.apart:
            # Without kind and legal form, each town may have one of this name.
            found = self._identity((*tokens, *self._words.plain(given.apart)))
        unit = self._of_unit(found, bool(given.others))
        if unit is not None and unit.key == found.key:
            # `Savon koulutuskuntayhtymä, Sakky`: a body's name repeated is no unit.
            done = tuple(rule for rule in found.rules if rule != "unit")
            found = found._replace(unit=unit.unit, rules=(*done, *unit.rules))
        for other in given.others:
            words = self._words.plain(tokens_of(other))
            beside = self._identity(words)
            if beside.key not in (found.key, unit and unit.key):
                # Two bodies in one name: joined with neither.
                key, whose = f"{found.key}({beside.key})", (beside.key, beside.name)
                two = _is_body(found) and self._is_other(tokens, words)
                found = Identity(key, None, text, None, *((None, None) if two else whose))
        if not rules and given.business_id is None and len(found.rules) < 2:
            return found
        used = tuple(dict.fromkeys([*rules, *found.rules]))
        return found._replace(business_id=given.business_id, rules=used)

    def _of_unit(self, found: Identity, beside: bool) -> Identity | None:
        """The unit identified as a name of its own; None where it cannot be one."""
        words = tuple(found.unit.split()) if found.unit else ()
        # Most units contain no word of a body's name.
        begins = words and (words[0] in self._words.first_words or words[:1] in self._words.alone)
        if not words or not (beside or begins or not set(words).isdisjoint(found.name.split())):
            return None
        return self._identity(words)

    def _cut(self, text: str, rules: list[str]) -> Identity | None:
        """The only known body whose name begins with this text."""
        if len(text) < self._words.cut_from:
            return None
        beginning = folded(tokens_of(text))
        found = {self._words.written[name]: name for name in self._words.begun(beginning)}
        if len(found) != 1 or beginning in self._words.written:
            return None
        rules.append("cut")
        ((key, name),) = found.items()
        return Identity(key, None, name)

    def _identity(self, tokens: Tokens) -> Identity:
        whole = unparted(tokens)
        if not whole:
            return Identity("", None, "")
        key = self._words.known.get(whole) or self._words.alone.get(whole)
        if key is not None:
            return Identity(key, None, " ".join(whole), rules=_KNOWN)
        together = self._words.run_together.get(folded(whole))
        if together is not None:
            return Identity(together, None, " ".join(whole), rules=("spelling",))
        known = self._known_prefix(tokens) or self._behind_acronym(tokens)
        if known is not None:
            return known
        bare, form = self._words.legal_form(whole)
        if bare in self._words.known:
            return Identity(self._words.known[bare], None, " ".join(bare), rules=("legal_form",))
        return (
            self._behind(tokens, bare)
            or self._body(tokens)
            or self._unit_alone(tokens)
            or self._company(tokens)
            or described(self._words, bare, form)
            or plain_name(self._words, tokens, bare, form)
        )

    def _company(self, tokens: Tokens) -> Identity | None:
        """A company with a unit behind its legal form, unless that is another body."""
        found = company(self._words, tokens)
        if found is None or found.unit is None:
            return found
        whole = unparted(tokens)
        cut = len(whole) - len(found.unit.split())
        return None if self._is_other(whole[:cut], whole[cut:]) else found

    def _known_prefix(self, tokens: Tokens) -> Identity | None:
        """A known body with a unit behind its full name."""
        if next(t for t in tokens if t != PARTED) not in self._words.first_words:
            return None
        for end in range(len(tokens) - 1, 0, -1):
            head = unparted(tokens[:end])
            if head in self._words.known and not numbers(tokens[end:]):
                if self._is_other(tokens[:end], tokens[end:]):
                    return None
                while (length := self._words.form_length(tokens, end)) > 0:
                    end += length
                unit = " ".join(unparted(tokens[end:])) or None
                done = ("unit",) if unit else ("legal_form",)
                return Identity(self._words.known[head], None, " ".join(head), unit, rules=done)
        return None

    def _behind_acronym(self, tokens: Tokens) -> Identity | None:
        """A known body with its acronym before its full name, or a unit of it behind a slash."""
        key = self._words.alone.get(tokens[:1])
        rest = tokens[1:]
        if key is None:
            return None
        if rest[0] == PARTED:
            if numbers(rest) or self._is_other(tokens[:1], rest):
                return None
            # An acronym is no full name, so the unit has the body as its parent.
            unit = " ".join(unparted(tokens))
            return Identity(f"unit:{folded(tokens)}", "unit", unit, None, key, tokens[0].upper())
        found = self._identity(rest)
        return found._replace(rules=("acronym", *found.rules)) if found.key == key else None

    def _behind(self, tokens: Tokens, bare: Tokens) -> Identity | None:
        """A known body with its acronym or a unit before its full name."""
        if PARTED in tokens or bare[-1] not in self._words.last_words:
            return None
        for start in range(1, len(bare)):
            head, tail = bare[:start], bare[start:]
            if tail not in self._words.known or head[-1] in self._words.directions:
                continue
            key = self._words.known[tail]
            # A unit of two bodies joined by a word belongs to neither alone.
            if head[-1] in self._words.joining or self._words.form_at(tokens, len(tokens) - 1):
                return None
            if _is_body(self._identity(head)) or self._words.ending(head) is not None:
                # Two bodies, the first with its whole name.
                return None
            unit = " ".join(bare)
            return Identity(f"unit:{folded(bare)}", "unit", unit, None, key, " ".join(tail))
        return None

    def _body(self, tokens: Tokens) -> Identity | None:
        """A body whose full name ends in a word for its kind, with any unit behind it."""
        # A legal form may stand before the name.
        first = self._words.leading(tokens)
        for at in range(first, len(tokens)):
            body = self._words.body(tokens[at])
            if body is None:
                continue
            before = tokens[first:at]
            if body.ending:
                if not self._ends(body, tokens, at, before):
                    continue
                before = _behind_last(before)
            if PARTED in before or (body.genitive and not before):
                continue
            town = self._words.municipalities.get(before)
            if body.kind == TOWN and town is None and len(before) > _LONGESTTOWN:
                return self._unit_of_town(tokens[first : at + 1])
            key = self._body_key(body, before, tokens[at])
            if key is None:
                continue
            head = _before_last(tokens[first:at]) if body.ending else ()
            end = at + 1
            while (length := self._words.form_length(tokens, end)) > 0:
                end += length
            rest = unparted((*head, *tokens[end:]))
            if rest and numbers(rest):
                return None
            if rest and self._is_other(tokens[first : at + 1], tokens[at + 1 :]):
                return None
            unit = " ".join(rest) or None
            done = ("unit",) if unit else ()
            return Identity(key, body.kind, " ".join(tokens[first : at + 1]), unit, rules=done)
        return None

    def _ends(self, body: Body, tokens: Tokens, at: int, before: Tokens) -> bool:
        """Whether the full name ends here, for words that end longer names."""
        last = self._words.form_at(tokens, len(tokens) - 1)
        # What a foundation runs may be on either side of a slash, but not another body.
        other = self._words.form_at(before, len(_before_last(before)) - 1) if before else None
        return (
            last in (None, body.form)
            and other is None
            and bool(_behind_last(before) or tokens[at] not in self._words.bodies)
        )

    def _unit_of_town(self, tokens: Tokens) -> Identity | None:
        """A unit before the name of its town: `Mallilan työpaja Kallilan kaupunki`."""
        if tokens[-3] in self._words.joining or self._words.ending(tokens[:-2]) is not None:
            # `Mallilan ja Kallilan kaupunki` are two, and so are `Mallia ry, Kallilan kaupunki`.
            return None
        parent = self._identity(tokens[-2:])
        if parent.kind != TOWN or not tokens[-2].endswith("n"):
            return None
        key = f"unit:{folded(tokens)}"
        return Identity(key, "unit", " ".join(tokens), None, parent.key, parent.name)

    def _body_key(self, body: Body, before: Tokens, word: str) -> str | None:
        if body.kind == TOWN:
            town = self._words.municipalities.get(before)
            # `Staden Jakobstad` and `Jakobstads stad` are in the list; other towns are genitives.
            return f"municipality:{town or folded(before)}"
        region = self._words.regions.get(before)
        if region is not None:
            # A region in the nominative is a mistake: `Keski-Pohjanmaa koulutusyhtymä`.
            before = self._words.genitives[region]
        if body.region:
            return None if region is None else f"{body.kind}:{region}"
        if body.kind == "state" and region is not None:
            return self._words.known.get((*before, word), f"state:{folded((*before, word))}")
        if body.genitive and not before[-1].endswith(("n", "s")):
            return None
        of_body = (
            self._words.bodies.get(self._words.of_body.get(before[-1], "")) if before else None
        )
        if of_body is not None and of_body.kind == body.kind:
            # `Turun yliopiston kauppakorkeakoulu` is a unit.
            return None
        known = self._words.known.get((*before, word))
        return known or f"{body.form or body.kind}:{folded((*before, word))}"

    def _unit_alone(self, tokens: Tokens) -> Identity | None:
        """A unit named with its body in the genitive, or before a slash and its body."""
        for at, token in enumerate(tokens):
            word = self._words.of_body.get(token)
            if word is None or at == 0 or at == len(tokens) - 1:
                continue
            if PARTED not in tokens and self._words.ending(tokens) is not None:
                # `Kotkan kaupungin vuokratalot Oy` is a company of the town, not a unit.
                return None
            if tokens[at + 1] in self._words.joining:
                # `Kotkan kaupungin ja Haminan kaupungin nuorisotyö` belongs to neither alone.
                return None
            parent = self._identity((*tokens[:at], word))
            if _is_body(parent):
                # Bodies in the nominative: `kauppakorkeakoulu` for `kauppakorkeakoulun`.
                key = f"unit:{folded([self._words.of_body.get(t, t) for t in tokens])}"
                return Identity(key, "unit", " ".join(tokens), None, parent.key, parent.name)
        if PARTED in tokens:
            cut = tokens.index(PARTED)
            before, behind = tokens[:cut], self._identity(tokens[cut + 1 :])
            if not before or _is_body(self._identity(before)):
                return None
            if _is_body(behind) and not self._is_other(tokens[cut + 1 :], before):
                key = f"unit:{folded(tokens)}"
                name = " ".join(before)
                return Identity(key, "unit", name, None, behind.key, behind.name)
        return None


def _is_body(found: Identity) -> bool:
    return found.kind is not None or found.key.startswith(LISTED)


def _before_last(tokens: Tokens) -> Tokens:
    """The words before the last separator."""
    return tokens[: _last_sign(tokens)] if PARTED in tokens else ()


def _behind_last(tokens: Tokens) -> Tokens:
    """The words behind the last separator; all if there is none."""
    return tokens[_last_sign(tokens) + 1 :] if PARTED in tokens else tokens


def _last_sign(tokens: Tokens) -> int:
    return len(tokens) - 1 - tokens[::-1].index(PARTED)
