"""The nouns of a sentence, and which of them a number counts.

The order of the doors: a sign (euros, per cent), a known noun behind the number, a noun that makes
it a share (`vastausprosentti 35,6`), what was counted before (`joista 31`), a noun in front of it
(`Osallistujia oli 45`, `kävijämäärä oli 45`), and last a noun the vocabulary lacks.
"""

import re
from bisect import bisect_left

from esrdata.reading.claims.forms import (
    ALIKE,
    ending,
    is_nominative,
    is_partitive,
    is_plural_genitive,
)
from esrdata.reading.claims.numbers import NEXT, PERCENT, Number, Numbers
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import (
    OTHER,
    PEOPLE,
    Unit,
    case_of,
    is_measure,
    is_participle,
    is_share_noun,
    is_verb,
    unit_of,
    words,
)
from esrdata.reading.quantities.numerals import number_word

CLAUSE = re.compile(r"[.;:!?()–—]|,(?!\d)")
PIECE = "kappale"
_YEAR = "vuosi"
# The cases of a noun in its basic form, as far as its end tells.
_BASIC = frozenset({"bare", "one", "many"})
# Within a number word in such a case: kahdessatoista, viidelle, kolmeksi, but yksi and kaksi.
_LOCATIVE = re.compile(r"ss[aä]|ll[aäe]|(?<!y)(?<!ka)ksi$")
# A number that ends its clause, with or without another clause behind.
_LAST = re.compile(r"\s*(?:[,.;!)]|$)")
_ALONE = re.compile(r"\s*(?:[,.;)]|(?:ja|mutta)\b|$)")
SAMPLE = re.compile(r"\(n\s?=\s?$")
# Behind a noun that goes with the number behind it: Naisia 30 miehiä 15, naiset: 30.
_HEADS = re.compile(r":|\s\d")
# A genitive that ends its clause, or a list of such, is what somebody got: 8 opiskelupaikan.
_OBJECT = re.compile(r"(?:(?:,|\s(?:ja|sekä))\s\S+\s\w+n)*\s*(?:[.;!?)]|$)")
_JOINING = frozenset({"ja", "sekä", "tai"})
# What no noun in front of a number reaches across.
_BREAK = re.compile(r"[;!?]|\.(?=\s)|:(?!\s*$)")


def _ends(gap: str, word: str) -> bool:
    """Whether what stands before a word ends a phrase, as a new line with a capital does."""
    return CLAUSE.search(gap) is not None or ("\n" in gap and word[0].isupper())


def _not_units() -> frozenset[str]:
    return words().phrase_ends | words().attributes


class Nouns(Numbers):
    """A sentence that finds the noun of each of its numbers."""

    def __init__(self, text: str, small: str, before: Unit | None = None) -> None:
        super().__init__(text, small)
        # What the sentence before counted last.
        self.before = before

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
        if not self.text[near:end].rstrip().casefold().endswith(shelf.qualifier_ends):
            return None
        return shelf.qualifier.search(self.text, near, end)

    def _counted(self, number: Number, before: int, stop: int) -> tuple[Unit | None, int]:
        """What a number counts, and where the words that say so end."""
        if number.unit is not None:
            return number.unit, number.end
        ahead = self._ahead(number, stop)
        if ahead is not None and ahead[0].known and ahead[0].lemma != PIECE:
            return ahead
        if number.word and number.value == 0:
            # None: of what stands in front of it where nothing stands behind it.
            last = _LAST.match(self.text, number.end) is not None
            return self._earlier(
                number, before, number.start, plural=True
            ) if last else None, number.end
        if self._is_share(number, before):
            return PERCENT, number.end
        unknown = self._agreeing(number)
        if unknown is not None:
            return unknown
        back = self._back(number)
        if back is not None:
            nearer = self._earlier(number, max(before, back), number.start, plural=True)
            if nearer is not None:
                return nearer, number.end
            # Joista, heistä: what was counted before, or stands in front of that word.
            return self._earlier(number, before, back, any_case=True), number.end
        # Behind another number a noun in its basic form is what a verb did, not what is counted.
        only_many = bool(before and self._verb(number)) or self._is_for_each(number)
        earlier = self._earlier(number, before, number.start, plural=only_many)
        if earlier is not None:
            return earlier, ahead[1] if ahead is not None and ahead[0].known else number.end
        if ahead is None and self._did_people(number):
            return Unit("henkilö", PEOPLE), number.end
        return ahead if ahead is not None else (None, number.end)

    def _is_share(self, number: Number, before: int) -> bool:
        """Whether the noun close in front of the number makes it a share."""
        near = [t for t in self.tokens if before <= t.start() and t.end() <= number.start]
        return any(is_share_noun(t[0]) for t in near[-SETTINGS.words_share :])

    def _did_people(self, number: Number) -> bool:
        """Whether people did what the verb in front of a lone number says: saapui 18."""
        alone = _ALONE.match(self.text, number.end) is not None
        start, _ = self.qualified(number)
        following = NEXT.match(self.text, number.end)
        verb = words().people_verb
        return (alone and verb.search(self.text[:start].rstrip()) is not None) or (
            following is not None and verb.fullmatch(following[1].rstrip(".")) is not None
        )

    def _agreeing(self, number: Number) -> tuple[Unit, int] | None:
        """A noun the vocabulary lacks in the case of the number: kymmenissä aluetapaamissa."""
        following = NEXT.match(self.text, number.end)
        case = case_of(self.text[number.start : number.end])
        if following is None or not number.word or case not in ("in", "from"):
            return None
        word = following[1].casefold()
        ends = (word[-3:], self.text[number.end - 3 : number.end])
        same = case_of(word) == case and len({end.replace("ä", "a") for end in ends}) == 1
        known = unit_of(word) is not None or word in _not_units()
        return (Unit(word, OTHER, known=False), following.end(1)) if same and not known else None

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
            joins = folded in _JOINING and i > 0 and self._goes_on(following[i - 1])
            ends = folded in shelf.phrase_ends or (unit is None and is_verb(token[0]))
            gap = self.text[last : token.start()]
            if (ends and not joins) or (gap != " " and _ends(gap, token[0])):
                break
            if folded in shelf.pieces:
                pieces = token.end()
                continue
            heads = False
            if unit is not None:
                if pieces is None and not self._may_be_counted(number, unit, token):
                    break
                participle = i > 0 and is_participle(following[i - 1][0])
                fits = participle or self._fits(number, case, cases, pieces is not None, i)
                better = not found or participle or found[-1][0].weak
                better = better or (owner and self._is_counted(number, token, case))
                heads = fits and better and not (case == "of" and self._is_whose(number, folded))
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
        return self._unknown(number, following[0]) if following else None

    def _goes_on(self, token: re.Match[str]) -> bool:
        """Whether and behind a word joins two parts of one phrase: sosiaali- ja terveysalan."""
        return self.text[token.end()] == "-" or is_plural_genitive(token[0])

    def _is_counted(self, number: Number, noun: re.Match[str], case: str) -> bool:
        """Whether a noun stands as what is counted: in the partitive, behind "yksi" as it is.

        Of viiden koulun oppilaista 40 the pupils are of the number behind them.
        """
        one = self.text[number.start : number.end].casefold() == "yksi"
        whole = case == "from" and _HEADS.match(self.text, noun.end()) is not None
        return (is_partitive(noun[0]) and not whole) or (one and case in _BASIC)

    def _is_whose(self, number: Number, word: str) -> bool:
        """Whether a genitive tells whose things are that are counted: 15 yritysten tapahtumaa."""
        return number.value is not None and is_plural_genitive(word)

    def _may_own(self, number: Number, unit: Unit) -> bool:
        """Whether a genitive behind a number may be of what is counted, and not counted itself.

        Of kaksi yrityksen työntekijää the first noun only owns; of kahden yrityksen not. Neljä
        päivän mittaista retkeä are no four days; 4 päivän and kymmenen päivän are.
        """
        written = self.text[number.start : number.end].casefold()
        alike = not number.word or written.endswith(ALIKE)
        if is_measure(unit):
            return not alike and case_of(written) != "of"
        return alike or case_of(written) != "of"

    def _may_be_counted(self, number: Number, unit: Unit, token: re.Match[str]) -> bool:
        """Whether a noun behind a number is in a case of what is counted."""
        word = token[0]
        if words().each.match(self.text, token.end()) is not None:
            return False
        if unit.lemma == _YEAR and not self._open(*token.span()):
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

    def _is_for_each(self, number: Number) -> bool:
        """Whether what stands behind a number is for how many of it: 10 osallistujaa kohden."""
        noun = NEXT.match(self.text, number.end)
        return noun is not None and words().each.match(self.text, noun.end()) is not None

    def _right_before(self, number: Number) -> re.Match[str] | None:
        """The word right in front of a number."""
        start, _ = self.qualified(number)
        before = (t for t in reversed(self.tokens) if t.end() < start)
        word = next(before, None)
        return word if word and self.text[word.end() : start].strip(" :(") == "" else None

    def _unknown(self, number: Number, first: re.Match[str]) -> tuple[Unit, int] | None:
        """The word behind the number, where it looks like a noun that nobody knows."""
        if CLAUSE.search(self.text, number.end, first.start()):
            return None
        folded = first[0].casefold()
        # Of words with i at their end one and many look alike: härveliä.
        plain = first[0][0].islower() and (
            case_of(first[0]) in ("one", "from")
            or folded.endswith(("iä", "ia"))
            or (number.word and folded[-3:] == self.text[number.end - 3 : number.end] != "sta")
        )
        if (
            plain
            and not is_verb(first[0])
            and len(folded) > 3
            and unit_of(folded) is None
            and folded not in _not_units()
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

    def _back(self, number: Number) -> int | None:
        """Where a word such as joista stands close before the number."""
        if words().back.match(self.small, number.end + 1):
            return number.start  # kolmella niistä
        near = max(0, number.start - 60)
        starts = [m.start() for m in words().back.finditer(self.small, near, number.start)]
        return starts[-1] if starts else None

    def _verb(self, number: Number) -> bool:
        """Whether a verb follows the number."""
        following = NEXT.match(self.text, number.end)
        return following is not None and is_verb(following[1].rstrip("."))

    def _earlier(
        self, number: Number, before: int, at: int, *, any_case: bool = False, plural: bool = False
    ) -> Unit | None:
        """What stands in front of the number: Osallistujia oli 45."""
        any_case |= SAMPLE.search(self.text, 0, number.start) is not None
        if at == number.start and self.text[at - 2 : at - 1] == ".":
            # Osallistujia oli n. 45: the full stop of a qualifier ends nothing.
            at, _ = self.qualified(number)
        preceding = [t for t in self.tokens if before <= t.start() and t.end() <= at]
        for token in reversed(preceding[-SETTINGS.words_back :]):
            if _BREAK.search(self.text, token.end(), at):
                return None
            unit, case = unit_of(token[0]), case_of(token[0])
            amount = self._amount_of(token)
            if amount is not None:
                return amount
            out_of = case == "from" and token[0].casefold().endswith(("ista", "istä"))
            # Uudet työpaikat: 3, but of other things only many stand further off.
            close = self.text[token.end() : at].strip(" :") == ""
            if unit is None or (unit.kind == OTHER and case != "many" and not close):
                continue
            if (
                not any_case
                and is_nominative(token[0], unit.lemma)
                and self._is_subject(token, number)
            ):
                continue
            if self.text[at : at + 3].casefold() == "hei" and unit.kind != PEOPLE:
                continue
            if any_case or case == "many" or out_of or (case in ("bare", "one") and not plural):
                return unit
        return None

    def _is_subject(self, noun: re.Match[str], number: Number) -> bool:
        """Whether a noun in front of a number is who did it, or one thing: neither is counted.

        As in hanke työllisti 12, and osallistujat ostivat 12 härveliä.
        """
        following = next((t for t in self.tokens if t.start() >= number.end), None)
        if following is not None and following[0] in words().pieces:
            return False
        if not noun[0].endswith("t"):
            return True
        return following is not None and self._unknown(number, following) is not None

    def _amount_of(self, token: re.Match[str]) -> Unit | None:
        """What an amount is one of: kävijämäärä, osallistujien määrä."""
        match = words().amount_noun.fullmatch(token[0])
        if match is None:
            return None
        place = self.tokens.index(token)
        of = match["of"] or (self.tokens[place - 1][0] if place else "")
        return unit_of(of.rstrip("-"))
