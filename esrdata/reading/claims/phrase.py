"""The phrase that a number begins: what qualifies it, and the noun behind it that it counts."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from esrdata.reading.claims.forms import (
    ALIKE,
    ending,
    is_nominative,
    is_partitive,
    is_plural_genitive,
    is_plural_oblique,
)
from esrdata.reading.claims.number import Number
from esrdata.reading.claims.numbers import Numbers
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import (
    OTHER,
    Unit,
    case_of,
    case_of_number,
    is_measure,
    is_participle,
    is_verb,
    unit_of,
    words,
)
from esrdata.reading.quantities.numerals import number_word

CLAUSE = re.compile(r"[.;:!?()–—]|,(?!\d)")
PIECE = "kappale"
_AGES = re.compile(r"\s\d+\s?[-–—]\s?\d+[-–]$")
# The cases of a noun in its basic form, as far as its end tells.
_BASIC = frozenset({"bare", "one", "many"})
# Within a number word in such a case: kahdessatoista, viidelle, kolmeksi, but yksi and kaksi.
_LOCATIVE = re.compile(r"ss[aä]|ll[aäe]|(?<!y)(?<!ka)ksi$")
# Behind a noun that goes with the number behind it: Naisia 30 miehiä 15, naiset: 30.
_HEADS = re.compile(r":|\s\d")
# A genitive that ends its clause, or a list of such, is what somebody got: 8 opiskelupaikan.
_OBJECT = re.compile(r"(?:(?:,|\s(?:ja|sekä))\s\S+\s\w+n)*\s*(?:[.;!?)]|$)")
# Etänä, läsnä: how, not what, unless it is one: yksi ikkuna.
_AS = ("na", "nä")
_JOINING = frozenset({"ja", "sekä", "tai"})


def _ends(gap: str, word: str) -> bool:
    """Whether what stands before a word ends a phrase, as a new line with a capital does."""
    return CLAUSE.search(gap) is not None or ("\n" in gap and word[0].isupper())


def is_no_unit(word: str) -> bool:
    """Whether a word ends phrases or stands within them, and so is no noun that nobody knows."""
    return word in words().phrase_ends or word in words().attributes


def _are_alike(tokens: Sequence[re.Match[str]]) -> bool:
    """Whether two attributes of one noun are joined: 12 pientä ja keskisuurta yritystä."""
    if len(tokens) < 4:
        return False
    before, _, behind, noun = (token[0] for token in tokens)
    units = unit_of(before), unit_of(behind)
    attributes = all(unit is None or unit.weak for unit in units)
    partitive = all(map(is_partitive, (before, behind, noun)))
    return attributes and partitive and unit_of(noun) is not None


class Phrase(Numbers):
    """A sentence that finds what stands around each of its numbers."""

    def qualified(self, number: Number) -> tuple[int, str]:
        """Where the claim begins with its qualifier, and how sure it is."""
        start, qualifier = number.start, number.qualifier
        while (match := self._qualifier(start)) is not None:
            named = words().qualifiers[" ".join(match["word"].split()).casefold()]
            # The word nearest to the number yields to one before it: yli n. 100 is over 100.
            qualifier = named if start == number.start or named != "about" else qualifier
            start = match.start("word")
        return start, qualifier

    def _qualifier(self, end: int) -> re.Match[str] | None:
        """What qualifies, right before a place: the end of the words there tells most from it."""
        shelf, near = words(), max(0, end - SETTINGS.qualifier_reach)
        if not self.small[near:end].rstrip().endswith(shelf.qualifier_ends):
            return None
        return shelf.qualifier.search(self.text, near, end)

    def _ahead(self, number: Number, stop: int) -> tuple[Unit, int] | None:
        """What stands behind the number, at most some attributes between."""
        shelf = words()
        if self.text[number.end : number.end + 1] == "/":
            return None  # 12–18/ryhmä: so many in each
        first = bisect_left(self.tokens, number.end, key=re.Match.start)
        near = self.tokens[first : first + SETTINGS.words_ahead]
        following = [t for t in near if t.start() < stop]
        cases: list[str] = []
        found: list[tuple[Unit, int]] = []
        pieces: int | None = None
        owner = False
        for i, token in enumerate(following):
            last = following[i - 1].end() if i else number.end
            folded = token[0].casefold()
            unit = unit_of(token[0])
            case = self._case(token[0], unit)
            joins = (
                folded in _JOINING
                and i > 0
                # Sosiaali- ja terveysalan, kuntien ja yritysten
                and (
                    self.text[last] == "-"
                    or is_plural_genitive(following[i - 1][0])
                    or _are_alike(following[i - 1 : i + 3])
                )
            )
            ends = folded in shelf.phrase_ends or (unit is None and is_verb(token[0]))
            gap = self.text[last : token.start()]
            if gap != " ":
                # Kuusi 18–24-vuotiasta: how old they are is no end.
                gap = _AGES.sub(" ", gap)
            if (ends and not joins) or (gap != " " and _ends(gap, token[0])):
                break
            if folded in shelf.pieces:
                pieces = token.end()
                if self.text[pieces : pieces + 1] == "/":
                    break  # 4 kpl/asiakas
                continue
            heads = False
            if unit is not None:
                if pieces is None and not self._may_be_counted(number, unit, token):
                    break
                participle = i > 0 and is_participle(following[i - 1][0])
                fits = participle or self._fits(number, case, cases, pieces is not None, i)
                better = not found or participle or found[-1][0].weak
                better = better or (owner and self._is_counted(number, token, case, unit))
                heads = fits and better
                if case == "in" and heads:
                    heads = not self._is_of_many(number, unit, token)
                elif case == "of" and heads:
                    off = bool(cases) and self._stands_off(following, i)
                    heads = not off and not self._is_whose(number, token)
            if heads and unit is not None:
                found.append((unit, token.end()))
                owner = case == "of" and self._may_own(number, unit)
            elif found and not found[-1][0].weak and i > 1:
                break
            if folded not in shelf.attributes and not joins:
                cases.append(case)
        if found:
            return found[-1]
        if pieces is not None:
            return Unit(PIECE, OTHER), pieces
        return self._unknown(number, following) if following else None

    def _stands_off(self, tokens: Sequence[re.Match[str]], at: int) -> bool:
        """Whether a genitive belongs to no genitive before it: 10 laati suunnitelman ja 4 haki."""
        before, noun = tokens[at - 1], tokens[at]
        joined = self.text[before.end()] == "-" or ending(before[0]) == "genitive"
        return ending(noun[0]) == "genitive" and not joined

    def _is_counted(self, number: Number, noun: re.Match[str], case: str, unit: Unit) -> bool:
        """Whether a noun stands as what is counted: in the partitive, behind "yksi" as it is.

        Of viiden koulun oppilaista 40 the pupils are of the number behind them.
        """
        one = self.text[number.start : number.end].casefold() == "yksi"
        whole = case == "from" and _HEADS.match(self.text, noun.end()) is not None
        # Kunta only looks like a partitive: of 3 200 asukkaan kunta the residents are counted.
        partitive = is_partitive(noun[0]) and not noun[0].casefold().endswith(unit.lemma)
        # 3 000:lla alueen asukkaalla
        same = case == "in" and ":" in self.text[number.start : number.end]
        return (partitive and not whole) or (one and case in _BASIC) or same

    def _is_of_many(self, number: Number, unit: Unit, noun: re.Match[str]) -> bool:
        """Whether a noun is of many where digits count one form: 4 opasta ja 2 kunnille.

        Of what ends in -i one may look so too (kurssille), and messut are many.
        """
        if number.word or not is_plural_oblique(noun[0]):
            return False
        one = unit.lemma.endswith("i") and unit.lemma not in words().e_stems
        return unit.known and not one and unit.lemma not in words().always_many

    def _is_whose(self, number: Number, noun: re.Match[str]) -> bool:
        """Whether a genitive tells whose things are that are counted: 15 yritysten tapahtumaa.

        Or what somebody got: seitsemän aloitti opinnot ja kuusi työkokeilun.
        """
        written = self.text[number.start : number.end].casefold()
        stem = written.removesuffix("toista")
        basic = number.word and not stem.endswith(("n", "t")) and number.value != 1
        got = basic and ending(noun[0]) == "genitive" and self._in_basic_form(number)
        return number.value is not None and (is_plural_genitive(noun[0]) or got)

    def _may_own(self, number: Number, unit: Unit) -> bool:
        """Whether a genitive behind a number may be of what is counted, and not counted itself.

        Of kaksi yrityksen työntekijää the first noun only owns; of kahden yrityksen not. Neljä
        päivän mittaista retkeä are no four days; 4 päivän and kymmenen päivän are.
        """
        written = self.text[number.start : number.end].casefold()
        alike = not number.word or written.endswith(ALIKE)
        if is_measure(unit):
            return not alike and case_of_number(written) != "of"
        return alike or case_of_number(written) != "of"

    def _may_be_counted(self, number: Number, unit: Unit, token: re.Match[str]) -> bool:
        """Whether a noun behind a number is in a case of what is counted."""
        word = token[0]
        if words().each.match(self.text, token.end()) is not None:
            return False
        if unit.lemma == "vuosi" and not self._open(*token.span()):
            return False  # 45 vuoden 2017 loppuun mennessä
        # One of them, or none: yksi työpaja, yksikään yritys.
        if number.value in (0, 1) and number.high is None:
            return True
        if case_of(word) == "many" and _HEADS.match(self.text, token.end()):
            before = self._right_before(number)
            return before is None or unit_of(before[0]) is None
        if is_partitive(word):
            return True
        written = self.text[number.start : number.end].casefold()
        # Kahdet messut, but naiset 30 miehet 15.
        if is_nominative(word, unit.lemma):
            return number.word and written.endswith("t")
        digits = not number.word or written.endswith(ALIKE)
        ends = digits and ending(word) == "genitive" and not is_measure(unit)
        return not ends or _OBJECT.match(self.text, token.end()) is None

    def _right_before(self, number: Number) -> re.Match[str] | None:
        """The word right in front of a number."""
        start, _ = self.qualified(number)
        before = (t for t in reversed(self.tokens) if t.end() < start)
        word = next(before, None)
        return word if word and self.text[word.end() : start].strip(" :(") == "" else None

    def _unknown(self, number: Number, tokens: Sequence[re.Match[str]]) -> tuple[Unit, int] | None:
        """The word behind the number, where it looks like a noun that nobody knows."""
        first = tokens[0]
        if self.text[number.end : first.start()].strip("- "):
            return None
        if len(tokens) > 1 and first[0].casefold() in words().attributes:
            first = tokens[1]  # 3 uutta härveliä
        folded = first[0].casefold()
        # Of words with i at their end one and many look alike: härveliä.
        plain = (
            first[0].rpartition("-")[2][:1].islower()
            and not (folded.endswith(_AS) and number.value != 1)
            and (
                case_of(first[0]) in ("one", "from")
                or folded.endswith(("iä", "ia"))
                or (number.word and folded[-3:] == self.text[number.end - 3 : number.end] != "sta")
            )
        )
        if (
            plain
            and not is_verb(first[0])
            and len(folded) > 3
            and unit_of(folded) is None
            and not is_no_unit(folded)
            and number_word(folded) is None
        ):
            return Unit(folded, OTHER, known=False), first.end()
        return None

    @staticmethod
    def _case(word: str, unit: Unit | None) -> str:
        """The case of a noun: of one that ends in -i, the form in -ia is of one (konseptia)."""
        if unit is not None and unit.lemma.endswith("i") and unit.lemma not in words().e_stems:
            one = word.casefold().endswith((f"{unit.lemma}a", f"{unit.lemma}ä"))
            return "one" if one else case_of(word)
        return case_of(word)

    def _fits(self, number: Number, case: str, cases: list[str], pieces: bool, place: int) -> bool:
        """Whether a noun can be the head of a phrase that begins with the number."""
        if case == "many" and not pieces:
            # Naisia right behind a number counts; plurals further on belong to something else.
            # Behind "yksi" the noun is in its basic form, which may look so: työntekijä.
            one = self.text[number.start : number.end].casefold() == "yksi"
            return number.value is None or place == 0 or one
        if case == "in" and self._in_basic_form(number):
            return False  # "viisi ammattikoulussa": where, not what
        if not cases or pieces:
            return True
        if case == "in":
            return all(c in ("in", "from", "of") for c in cases)
        return "in" not in cases

    def _in_basic_form(self, number: Number) -> bool:
        """Whether a number word is in no case that a noun in -ssa or -lle agrees with."""
        written = self.text[number.start : number.end].casefold()
        return number.word and not number.scaled and _LOCATIVE.search(written) is None
