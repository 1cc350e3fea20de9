"""Quantities stated in Finnish narrative: what is counted, how much, how surely, and where."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from esrdata.reading.claims.numbers import NEXT, Number, Numbers
from esrdata.reading.claims.vocabulary import (
    MONEY,
    OTHER,
    PEOPLE,
    SHARE,
    Unit,
    case_of,
    unit_of,
    words,
)

_CLAUSE = re.compile(r"[.;:!?()–—]|,(?!\d)")
# What follows a number that shares the unit of the next one.
_LISTING = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:,|(?:ja|sekä|tai)\b)(?=\s+(?:\w+\s+){0,2}?(?:\d|yksi|kaksi|kolme|neljä|viisi|kuusi))"
)
_PIECE = "kappale"
# How a noun ends that is counted: 11 ohjausryhmän tapaamista, but 10 osallistujan ryhmä.
_PART = re.compile(r"(?:[ts][aä]|aa|ää|[oueiöy][aä])$")
# So many words may stand between a number and what it counts, or between that and the number.
_AHEAD, _BACK = 5, 9


class Claim(NamedTuple):
    """A quantity stated in a text.

    Attributes
    ----------
    kind
        people, organisations, events, measures, products, money, share or other.
    value, value_high
        The quantity (euros, per cent, pieces), of a range its ends; missing where only an
        indefinite plural is said (`tuhansia`).
    qualifier
        exact, about, over, at_least, under or up_to.
    unit
        What is counted, in its basic form where the shelf knows it; missing where nothing is named.
    text, sentence
        The words that state it, and their sentence.
    start, end
        Place of `text` in the text given.
    stage
        planned where it is told as a goal, realised where it is told as past, else unknown.
    indefinite, known_unit
        Whether no number is said; whether the shelf knows the unit.
    """

    kind: str
    value: float | None
    value_high: float | None
    qualifier: str
    unit: str | None
    text: str
    sentence: str
    start: int
    end: int
    stage: str
    indefinite: bool
    known_unit: bool


def find_claims(text: str) -> list[Claim]:
    """Find every quantity stated in a Finnish narrative.

    Dates, years, clock times, ages, ordinals, references, codes, numbers of phones and addresses,
    names with numbers and numbers of lists are no quantities. What is a unit, and of which kind,
    is on the shelf (`knowledge/claims/units.yml`); a word that the shelf lacks is kept as the unit
    of kind `other`.

    Parameters
    ----------
    text
        The narrative.

    Returns
    -------
    list of Claim
        In the order of the text; ``text[claim.start:claim.end] == claim.text``.
    """
    found: list[Claim] = []
    before: Unit | None = None
    for start, end in _sentences(text):
        sentence = _Sentence(text, start, end, before)
        found += sentence.claims()
        before = sentence.last or before
    return found


def _not_units() -> frozenset[str]:
    return words().phrase_ends | words().attributes


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for met in words().sentence_end.finditer(text):
        if met.start() > start:
            yield start, met.start()
        start = met.end()
    if start < len(text):
        yield start, len(text)


class _Sentence(Numbers):
    """One sentence: its numbers, and what each counts."""

    def __init__(self, text: str, start: int, end: int, before: Unit | None = None) -> None:
        super().__init__(text[start:end])
        self.start = start
        # What the sentence before counted last, and what this one does.
        self.before, self.last = before, before

    def claims(self) -> Iterator[Claim]:
        """The quantities of the sentence."""
        numbers = list(self.numbers())
        found: list[tuple[Number, Unit | None, int]] = []
        for n, number in enumerate(numbers):
            stop = numbers[n + 1].start if n + 1 < len(numbers) else len(self.text)
            before = numbers[n - 1].end if n else 0
            found.append((number, *self._counted(number, before, stop)))
        for n, (number, unit, end) in enumerate(found):
            if unit is None or not unit.known or unit.lemma == _PIECE:
                shared = self._shared(found, n)
                unit = shared if unit is None or (shared and shared.known) else unit
            if unit is None or self._is_no_one(number, unit, end):
                continue
            self.last = unit
            yield self._claim(number, unit, end)

    def _is_no_one(self, number: Number, unit: Unit, end: int) -> bool:
        """Whether a word for one counts nothing: yhteen paikkaan, kokosi yhteen."""
        if not number.word or number.value != 1:
            return False
        if end == number.end:
            return self.text[number.start : end].casefold() != "yksi"
        return not unit.known or unit.kind == OTHER

    def _claim(self, number: Number, unit: Unit, end: int) -> Claim:
        start, qualifier = self._qualified(number)
        return Claim(
            unit.kind, number.value, number.high, qualifier, unit.lemma or None,
            self.text[start:end], self.text.strip(), self.start + start, self.start + end,
            self._stage(number), number.value is None, unit.known,
        )  # fmt: skip

    def _stage(self, number: Number) -> str:
        """Whether the clause of a number tells a goal, or the sentence the past."""
        shelf = words()
        turns = [0, *(met.start() for met in shelf.turn.finditer(self.text)), len(self.text)]
        first = max(at for at in turns if at <= number.start)
        clause = self.text[first : min(at for at in turns if at > number.start)]
        if shelf.goal.search(clause):
            return "planned"
        return "realised" if shelf.past.search(self.text) else "unknown"

    def _qualified(self, number: Number) -> tuple[int, str]:
        """Where the claim begins with its qualifier, and how sure it is."""
        start, qualifier = number.start, number.qualifier
        met = words().qualifier.search(self.text, max(0, start - 40), start)
        while met is not None:
            said = words().qualifiers[" ".join(met["said"].split()).casefold()]
            # The word nearest to the number yields to one before it: yli n. 100 is over 100.
            qualifier = said if start == number.start or said != "about" else qualifier
            start = met.start("said")
            met = words().qualifier.search(self.text, max(0, start - 40), start)
        return start, qualifier

    # ---- what is counted

    def _counted(self, number: Number, before: int, stop: int) -> tuple[Unit | None, int]:
        """What a number counts, and where the words that say so end."""
        if number.unit is not None:
            return number.unit, number.end
        ahead = self._ahead(number, stop)
        if ahead is not None and ahead[0].known and ahead[0].lemma != _PIECE:
            return ahead
        back = self._back(number)
        if back is not None:
            nearer = self._earlier(number, max(before, back), number.start, plural=True)
            if nearer is not None:
                return nearer, number.end
            # Joista, heistä: what was counted before, or stands in front of that word.
            return self._earlier(number, before, back, any_case=True), number.end
        # Behind another number a noun in its basic form is what a verb did, not what is counted.
        earlier = self._earlier(
            number, before, number.start, plural=bool(before and self._verb(number))
        )
        if earlier is not None:
            return earlier, ahead[1] if ahead is not None and ahead[0].known else number.end
        return ahead if ahead is not None else (None, number.end)

    def _ahead(self, number: Number, stop: int) -> tuple[Unit, int] | None:
        """What stands behind the number, at most some attributes between."""
        shelf = words()
        following = [t for t in self.tokens if number.end <= t.start < stop][:_AHEAD]
        cases: list[str] = []
        found: list[tuple[Unit, int]] = []
        pieces: int | None = None
        owner = False
        for i, token in enumerate(following):
            last = following[i - 1].end if i else number.end
            folded = token.text.casefold()
            unit, case = unit_of(token.text), case_of(token.text)
            ends = folded in shelf.phrase_ends or (
                unit is None and shelf.verb.fullmatch(token.text) is not None
            )
            if ends or _CLAUSE.search(self.text, last, token.start):
                break
            if folded in shelf.pieces:
                pieces = token.end
                continue
            participle = i > 0 and shelf.participle.fullmatch(following[i - 1].text) is not None
            fits = participle or self._fits(number, case, cases, pieces is not None, i)
            better = (
                not found or participle or found[-1][0].weak or (owner and _PART.search(folded))
            )
            if unit is not None and fits and better:
                found.append((unit, token.end))
                owner = case == "of" and not number.word
            elif found and not found[-1][0].weak and i > 1:
                break
            if folded not in shelf.attributes:
                cases.append(case)
        if found:
            return found[-1]
        if pieces is not None:
            return Unit(_PIECE, OTHER), pieces
        first = following[0] if following else None
        if first is None or _CLAUSE.search(self.text, number.end, first.start):
            return None
        folded = first.text.casefold()
        # Of words with i at their end one and many look alike: härveliä.
        plain = first.text[0].islower() and (
            case_of(first.text) in ("one", "from")
            or folded.endswith(("iä", "ia"))
            or (number.word and folded[-3:] == self.text[number.end - 3 : number.end] != "sta")
        )
        if plain and len(folded) > 3 and unit_of(folded) is None and folded not in _not_units():
            return Unit(folded, OTHER, known=False), first.end
        return None

    def _fits(self, number: Number, case: str, cases: list[str], pieces: bool, place: int) -> bool:
        """Whether a noun can be the head of a phrase that begins with the number."""
        if case == "many" and not pieces:
            # Naisia right behind a number counts; plurals further on belong to something else.
            return number.value is None or place == 0
        if not cases or pieces:
            return True
        if case == "in":
            return all(c in ("in", "from", "of") for c in cases)
        return "in" not in cases

    def _back(self, number: Number) -> int | None:
        """Where a word such as joista stands close before the number."""
        if words().back.match(self.text, number.end + 1):
            return number.start  # kolmella niistä
        near = max(0, number.start - 60)
        met = [m.start() for m in words().back.finditer(self.text, near, number.start)]
        return met[-1] if met else None

    def _verb(self, number: Number) -> bool:
        """Whether a verb follows the number."""
        following = NEXT.match(self.text, number.end)
        return following is not None and words().verb.fullmatch(following[1]) is not None

    def _earlier(
        self, number: Number, before: int, at: int, *, any_case: bool = False, plural: bool = False
    ) -> Unit | None:
        """What stands in front of the number: Osallistujia oli 45."""
        any_case |= re.search(r"\(n\s?=\s?$", self.text[: number.start]) is not None
        preceding = [t for t in self.tokens if before <= t.start and t.end <= at]
        for token in reversed(preceding[-_BACK:]):
            between = self.text[token.end : at]
            if re.search(r"[;!?]|\.(?=\s)|:(?!\s*$)", between):
                return None
            unit, case = unit_of(token.text), case_of(token.text)
            out_of = case == "from" and token.text.casefold().endswith(("ista", "istä"))
            if unit is None or (unit.kind == OTHER and case != "many"):
                continue
            if self.text[at : at + 3].casefold() == "hei" and unit.kind != PEOPLE:
                continue
            if any_case or case == "many" or out_of or (case in ("bare", "one") and not plural):
                return unit
        return None

    def _shared(self, found: list[tuple[Number, Unit | None, int]], n: int) -> Unit | None:
        """The unit of another number: joista 12 jatkoi; 19, 7 ja 12 henkilöä; heistä kaksi."""
        number = found[n][0]
        behind = self.text[number.end :]
        after = next((unit for _, unit, _ in found[n + 1 :] if unit is not None), None)
        own = found[n][1]
        if own is not None and own.lemma == _PIECE:
            return next((u for _, u, _ in reversed(found[:n]) if u and u.kind != MONEY), None)
        earlier = next((unit for _, unit, _ in reversed(found[:n]) if unit is not None), None)
        earlier = None if earlier is not None and earlier.kind in (MONEY, SHARE) else earlier
        if self._back(number) is not None:
            return earlier or self.before
        if after is not None and _LISTING.match(behind) is not None:
            return after
        alone = re.match(r"\s*(?:[,.)]|ja\b|sekä\b|$)", behind) is not None
        return earlier if alone or self._verb(number) else None
