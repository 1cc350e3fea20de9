"""The nouns of a sentence, and which of them a number counts.

The order of the doors: a sign (euros, per cent), a known noun behind the number (`phrase.py`), a
noun that makes it a share (`vastausprosentti 35,6`), what was counted before (`joista 31`), a noun
in front of it (`Osallistujia oli 45`, `kävijämäärä oli 45`), and last a noun the vocabulary lacks.
"""

import re

from esrdata.reading.claims import clues
from esrdata.reading.claims.apart import count_of
from esrdata.reading.claims.forms import is_nominative, is_partitive
from esrdata.reading.claims.number import ALONE, EURO, NEXT, PERCENT, Number
from esrdata.reading.claims.phrase import PIECE, Phrase, is_no_unit
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import (
    ORGANISATIONS,
    OTHER,
    PEOPLE,
    Unit,
    case_of,
    case_of_number,
    is_participle,
    is_verb,
    unit_of,
    words,
)

# A number that ends its clause, with or without another clause behind.
_LAST = re.compile(r"\s*(?:[,.;!)]|$)")
# Between two numbers that have a noun each.
_NEXT_OF_LIST = re.compile(r"\s(?:\w+\s)?(\w+)(?:,|,?\s(?:ja|sekä|mutta))\s(?:\w+\s){0,3}")
# Between two numbers of what did one thing and another.
_DID = re.compile(r"\s(?:\w+\s)??(\w+)\s(\w+)(,|,?\s(?:ja|sekä|mutta))?\s")
_OPENED = re.compile(r"\((?:yht(?:\.|eensä)\s)?$")
_ASIDE = re.compile(r"\s\([^()]{1,30}\)(?=\s\w)")
_TO_WHOM = (":lle", ":lta", ":ltä")
SAMPLE = re.compile(r"\(n\s?=\s?$")
# Osallistujat: Kotka 12, Hamina 15
_OF_PLACES = re.compile(r":\s[A-ZÅÄÖ][a-zåäö-]+\s(\d++)(?:,|\sja)\s[A-ZÅÄÖ][a-zåäö-]+\s\d")
# What no noun in front of a number reaches across; a year may tell when: Osallistujia: 2015: 34.
_BREAK = re.compile(r"[;!?]|:(?!\s*(?:(?:19|20)\d\d:?\s*)?$)")


class Nouns(Phrase):
    """A sentence that finds the noun of each of its numbers."""

    # What the sentence before counted last.
    before: Unit | None = None

    def _counted(self, number: Number, before: int, stop: int) -> tuple[Unit | None, int]:
        """What a number counts, and where the words that say so end."""
        if number.unit is not None:
            return number.unit, number.end
        ahead = self._ahead(number, stop)
        if ahead is not None and ahead[0].known and ahead[0].lemma != PIECE:
            named = self._which_kind(number, before, ahead[1]) if ahead[0].weak else None
            return ahead if named is None else (named, ahead[1])
        if number.word and number.value == 0:
            # None: of what stands in front of it where nothing stands behind it.
            last = _LAST.match(self.text, number.end) is not None
            return self._earlier(
                number, before, number.start, plural=True
            ) if last else None, number.end
        if (sign := self._sign_of_noun(number, before)) is not None:
            return sign, number.end
        if ahead is not None and not ahead[0].known:
            # Kaksi osa-aikaista (50 %) työntekijää: what stands in brackets is left out.
            aside = _ASIDE.match(self.text, ahead[1])
            behind = number._replace(end=aside.end()) if aside is not None else None
            noun = self._ahead(behind, len(self.text)) if behind is not None else None
            if noun is not None and noun[0].known:
                return noun
        unknown = self._in_time(number, before) or self._agreeing(number)
        if unknown is not None:
            return unknown
        back = self._back(number)
        if back is not None:
            nearer = self._earlier(number, max(before, back), number.start, plural=True)
            if nearer is not None:
                return nearer, number.end
            # Joista, heistä: what was counted before, or stands in front of that word.
            named = self._earlier(number, before, back, any_case=True)
            return None if self._is_within(number, back, named) else named, number.end
        if ahead is not None and self._is_another(before, number, ahead[0]):
            return ahead
        # Behind another number a noun in its basic form is what a verb did, not what is counted.
        only_many = bool(before and self._verb(number)) or self._is_for_each(number)
        earlier = self._earlier(number, before, number.start, plural=only_many)
        if earlier is not None:
            return earlier, ahead[1] if ahead is not None and ahead[0].known else number.end
        if ahead is None and (goal := self._goal_before(number)) is not None:
            # Yritysten määrä jäi alle tavoitteen: tavoite 10, toteuma 4.
            named = self._earlier(number, before, goal, plural=only_many)
            if named is not None:
                return named, number.end
        if ahead is None and self._did_people(number, before):
            return Unit("henkilö", PEOPLE), number.end
        return ahead if ahead is not None else (None, number.end)

    def _which_kind(self, number: Number, before: int, end: int) -> Unit | None:
        """What is of a kind that people are, too: 20 yritystä, joista 12 kotkalaisia."""
        start, _ = self.qualified(number)
        many = self.text[end - 2 : end] in ("ia", "iä")
        back = words().back_out.search(self.small, max(0, start - 8), start) if many else None
        if back is None:
            return None
        named = self._earlier(number, before, back.start(), any_case=True)
        return None if named is None or named.kind == PEOPLE else named

    def _sign_of_noun(self, number: Number, before: int) -> Unit | None:
        """Per cent or euros of a number without a sign, by the noun close in front of it."""
        near = [t for t in self.tokens if before <= t.start() and t.end() <= number.start]
        nouns = [t[0] for t in near[-SETTINGS.words_share :]]
        part = 0 < (number.value or 0) < 1  # läpäisyaste oli 0,8
        if not part and any(map(words().share_nouns.fullmatch, nouns)):
            return PERCENT
        # Budjetti oli 240 000; in thousands it would be less.
        large = not number.word and (number.value or 0) >= SETTINGS.least_euros
        if (
            large
            and ALONE.match(self.text, number.end)
            and any(map(words().sum_nouns.fullmatch, nouns))
        ):
            return EURO
        return None

    def _goal_before(self, number: Number) -> int | None:
        """Where a word for a goal or for what came of it stands right before a lone number."""
        if ALONE.match(self.text, number.end) is None:
            return None
        word = self._right_before(number)
        return word.start() if word is not None and words().goal_nouns.fullmatch(word[0]) else None

    def _goes_on_of_bodies(self, number: Number, before: int) -> bool:
        """Whether a clause goes on with another verb of what the number before it counts."""
        did = _DID.fullmatch(self.text, before, number.start) if before else None
        unit = unit_of(did[1]) if did is not None and is_verb(did[2]) else None
        if did is None or unit is None or unit.kind != ORGANISATIONS:
            return False
        # Of 130 yrityksestä vastasi 47 so many companies did, of 12 kunnasta vastasi 47 people.
        many = count_of(self.text[:before].rpartition(" ")[2])
        return did[3] is not None or (many or 0) >= (number.value or 0)

    def _did_people(self, number: Number, before: int) -> bool:
        """Whether people did what the verb in front of a lone number says: saapui 18."""
        if self._goes_on_of_bodies(number, before):
            return False  # 5 yritystä lopetti ja 7 aloitti
        alone = ALONE.match(self.text, number.end) is not None
        start, _ = self.qualified(number)
        following = NEXT.match(self.text, number.end)
        verb = words().people_verb
        return (alone and verb.search(self.text[:start].rstrip()) is not None) or (
            # Of 12 aloitti so many did, of ryhmät 1 ja 2 aloittivat the groups.
            following is not None
            and not following[1].endswith(("vat", "vät"))
            and verb.fullmatch(following[1]) is not None
        )

    def _in_time(self, number: Number, before: int) -> tuple[Unit, int] | None:
        """In how long a time: viidessä vuodessa, 45 nuorta 3 vuodessa, but kolme vuodessa."""
        following = NEXT.match(self.text, number.end)
        lemma = words().durations.get(following[1]) if following is not None else None
        if following is None or lemma is None:
            return None
        inside = number.word and case_of_number(self.text[number.start : number.end]) == "in"
        noun = before and len(self.text[before : number.start].split()) == 1
        return (Unit(lemma, OTHER), following.end(1)) if inside or noun else None

    def _agreeing(self, number: Number) -> tuple[Unit, int] | None:
        """A noun the vocabulary lacks in the case of the number: kymmenissä aluetapaamissa."""
        following = NEXT.match(self.text, number.end)
        case = case_of_number(self.text[number.start : number.end])
        if following is None or not number.word or case not in ("in", "from"):
            return None
        word = following[1].casefold()
        ends = (word[-3:], self.text[number.end - 3 : number.end])
        same = case_of(word) == case and len({end.replace("ä", "a") for end in ends}) == 1
        known = unit_of(word) is not None or is_no_unit(word)
        return (Unit(word, OTHER, known=False), following.end(1)) if same and not known else None

    def _is_another(self, before: int, number: Number, unit: Unit) -> bool:
        """Whether a noun nobody knows is the next one of a list: 12 nuorta ja tehtiin 3 härveliä.

        An adjective or a participle is of the noun before it: 12 nuorta ja 3 keskeyttänyttä.
        """
        if not before or unit.known or not is_partitive(unit.lemma):
            return False
        last = unit.lemma.rpartition("-")[2]
        said = words().adjectives.fullmatch(last) is not None or is_participle(last)
        listed = _NEXT_OF_LIST.fullmatch(self.text, before, number.start)
        return not said and listed is not None and unit_of(listed[1]) is not None

    def _is_for_each(self, number: Number) -> bool:
        """Whether what stands behind a number is for how many of it: 10 osallistujaa kohden."""
        noun = NEXT.match(self.text, number.end)
        return noun is not None and words().each.match(self.text, noun.end()) is not None

    def _back(self, number: Number) -> int | None:
        """Where a word such as joista stands close before the number."""
        if not self._told & clues.BACK:
            return None
        if words().back.match(self.small, number.end + 1):
            return number.start  # kolmella niistä
        near = max(0, number.start - 60)
        starts = [m.start() for m in words().back.finditer(self.small, near, number.start)]
        return starts[-1] if starts else None

    def _is_within(self, number: Number, back: int, named: Unit | None) -> bool:
        """Whether a number tells how many there are in or at things: 2 ryhmää, joissa oli 9.

        Of people it may be as many of them, and of what stands in such a case itself.
        """
        if named is None or named.kind == PEOPLE or not words().within.match(self.small, back):
            return False
        written = self.text[number.start : number.end]
        return case_of_number(written) != "in" and ":" not in written

    def _verb(self, number: Number) -> bool:
        """Whether a verb follows the number."""
        following = NEXT.match(self.text, number.end)
        return following is not None and is_verb(following[1])

    def _earlier(
        self, number: Number, before: int, at: int, *, any_case: bool = False, plural: bool = False
    ) -> Unit | None:
        """What stands in front of the number: Osallistujia oli 45."""
        any_case |= SAMPLE.search(self.text, 0, number.start) is not None
        opened = self._pieces_aside(number)
        if opened is not None:
            any_case, at = True, opened
        preceding = [t for t in self.tokens if before <= t.start() and t.end() <= at]
        for token in reversed(preceding[-SETTINGS.words_back :]):
            if self._is_aside(token.start(), at):
                continue
            broken = _BREAK.search(self.text, token.end(), at) is not None
            listed = _OF_PLACES.match(self.text, token.end()) if broken else None
            if broken and (listed is None or listed.start(1) != at):
                return None
            unit, case = unit_of(token[0]), case_of(token[0])
            amount = self._amount_of(token)
            if amount is not None:
                return amount
            out_of = case == "from" and token[0].casefold().endswith(("ista", "istä"))
            # Uudet työpaikat: 3, but of other things only many stand further off.
            close = self.text[token.end() : at].strip(" :") == ""
            if unit is None or unit.lemma == PIECE:
                continue
            if broken and unit.kind not in (PEOPLE, ORGANISATIONS):
                return None  # Kurssit: Suomi 1, Englanti 2
            if unit.kind == OTHER and case != "many" and not close:
                continue
            if (
                not any_case
                and is_nominative(token[0], unit.lemma)
                and self._is_subject(token, number)
            ):
                continue
            if self.text[at : at + 3].casefold() == "hei" and unit.kind != PEOPLE:
                continue
            if unit.kind != PEOPLE and not out_of and self._is_whom(number):
                continue
            partitive = case == "from" and token[0].casefold().endswith(f"{unit.lemma}ta")
            if partitive and self._in_pieces(number):
                return unit  # opasta painettiin 500 kpl
            is_thing = case == "one" and unit.kind != PEOPLE and not any_case
            if is_thing and self._is_mass(number, token):
                continue
            if any_case or case == "many" or out_of or (case in ("bare", "one") and not plural):
                return unit
        return None

    def _pieces_aside(self, number: Number) -> int | None:
        """Where a bracket begins that tells how many there were: seminaareihin (3 kpl), (3)."""
        opened = _OPENED.search(self.text, max(0, number.start - 12), number.start)
        if opened is None or self._in_pieces(number):
            return None if opened is None else opened.start()
        last = next((t[0] for t in reversed(self.tokens) if t.end() <= opened.start()), "")
        bare = self.text.startswith(")", number.end) and unit_of(last) is not None
        return opened.start() if bare else None

    def _in_pieces(self, number: Number) -> bool:
        """Whether a word for pieces stands behind a number: 1 500 kappaletta."""
        following = NEXT.match(self.text, number.end)
        return following is not None and following[1].casefold() in words().pieces

    def _is_whom(self, number: Number) -> bool:
        """Whether a number tells to or from how many something came: paikkoja löytyi 46:lle."""
        return self.text[number.start : number.end].endswith(_TO_WHOM)

    def _is_mass(self, number: Number, noun: re.Match[str]) -> bool:
        """Whether a noun in front of a number is none of several: palvelua sai 56.

        Of what is counted by pieces it may be: esitettä painettiin 1 500 kappaletta.
        """
        return is_partitive(noun[0]) and number.value != 1 and not self._in_pieces(number)

    def _is_subject(self, noun: re.Match[str], number: Number) -> bool:
        """Whether a noun in front of a number is who did it, or one thing: neither is counted.

        As in hanke työllisti 12, and osallistujat ostivat 12 härveliä.
        """
        following = next((t for t in self.tokens if t.start() >= number.end), None)
        if following is not None and following[0] in words().pieces:
            return False
        if not noun[0].endswith("t"):
            return True
        return following is not None and self._unknown(number, [following]) is not None

    def _amount_of(self, token: re.Match[str]) -> Unit | None:
        """What an amount is one of: kävijämäärä, osallistujien määrä."""
        if not self._told & clues.AMOUNT:
            return None
        match = words().amount_nouns.fullmatch(token[0])
        if match is None:
            return None
        place = self.tokens.index(token)
        of = match["of"] or (self.tokens[place - 1][0] if place else "")
        return unit_of(of.rstrip("-"))
