"""The two analysers that tell which words of a text are forms or compounds of a searched word."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib import import_module, metadata
from itertools import accumulate, pairwise
from typing import Any, Protocol

from esrdata.errors import UsageError
from esrdata.knowledge.load import LANGUAGES
from esrdata.search.dictionaries import dictionaries
from esrdata.search.kept_words import KeptWords, kept_words
from esrdata.search.readings import SecondReadings

NAMES = ("voikko", "simplemma")
#: Words and parts shorter than this make no compound with simplemma.
SHORTEST = 3
#: Before a last part as long as this, or beside a longer one, simplemma need not know the rest: it
#: may be a prefix, an unknown word or a clitic.
LONG = 5

# A first part may be a genitive without its ending ("nais"): its last letter, and the ending.
_GENITIVE = ("s", "en")


class Analyser(Protocol):
    """Words come folded: NFC, lower case, no soft hyphens."""

    name: str
    version: str

    def knows(self, word: str) -> bool:
        """Whether the dictionary holds the word."""

    def lemma(self, word: str) -> str:
        """The basic form; the word itself where the analyser has none."""

    def find(self, query: str, vocabulary: Collection[str]) -> dict[str, str]:
        """Words that are forms of the query or have it as a part, each with its basic form."""


def choose(name: str | None, lang: str) -> Analyser:
    """Take the analyser asked for; for None voikko where it is installed, else simplemma.

    Raises
    ------
    UsageError
        If the language or the name is unknown, or the analyser or its dictionary is missing.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"There is no language {lang!r}; there are {', '.join(LANGUAGES)}.")
    if name is not None and name not in NAMES:
        raise UsageError(f"There is no analyser {name!r}; there are {' and '.join(NAMES)}.")
    if name == "voikko" and lang != "fi":
        raise UsageError(f"The analyser voikko is for Finnish only: search {lang} with simplemma.")
    if lang == "fi" and name != "simplemma":
        found = _voikko()
        if isinstance(found, Voikko):
            return found
        if name == "voikko":
            raise UsageError(
                f"The analyser voikko is not usable ({found}): install esrdata[voikko] and its "
                "Finnish dictionary (Debian packages libvoikko1 and voikko-fi)."
            )
    return _simplemma(lang, kept_words())


@cache
def _voikko() -> "Voikko | str":
    """Voikko, or what is missing of it."""
    try:
        library = import_module("libvoikko")
    except ImportError:
        return "the Python package libvoikko is missing"
    try:
        return Voikko(library.Voikko("fi"), library.Voikko.getVersion())
    except OSError:
        return "the library libvoikko is missing"
    except library.VoikkoException:
        return "its Finnish dictionary is missing"


@cache
def _simplemma(lang: str, kept: KeptWords | None) -> "Simplemma":
    try:
        package, strategies = import_module("simplemma"), import_module("simplemma.strategies")
        own = import_module("simplemma.strategies.dictionaries").LOW_MEMORY_DICTIONARY_FACTORY
    except ImportError as error:
        raise UsageError(
            "The analyser simplemma is missing: install simplemma (it comes with esrdata)."
        ) from error
    words = dictionaries(own.get_dictionary)
    lemmatizer = package.Lemmatizer(
        lemmatization_strategy=strategies.DefaultStrategy(dictionary_factory=words)
    )
    lookup = strategies.DictionaryLookupStrategy(words)
    lemmas, known = (kept or KeptWords(None)).answers(
        (Simplemma.name, metadata.version(Simplemma.name), lang),
        lambda word: str(lemmatizer.lemmatize(word, lang)).casefold(),
        lambda word: lookup.get_lemma(word, lang) is not None,
    )
    knows = known.__getitem__
    return Simplemma(lemmas.__getitem__, knows, SecondReadings(lang, knows))


class Voikko:
    """Finnish by libvoikko: all readings of a word, and its parts at their true borders."""

    name = "voikko"

    def __init__(self, voikko: Any, version: str) -> None:
        self.version = version
        self._analyze: Callable[[str], list[dict[str, str]]] = voikko.analyze
        self._read: dict[str, tuple[list[str], frozenset[str]]] = {}

    def knows(self, word: str) -> bool:
        """Whether voikko has a reading of the word."""
        return bool(self._analyze(word))

    def lemma(self, word: str) -> str:
        """The basic form of the first reading."""
        return self._reading(word)[0][0]

    def find(self, query: str, vocabulary: Collection[str]) -> dict[str, str]:
        """Words that share a basic form with the query, as a whole or as parts of a compound."""
        lemmas = self._reading(query)[0]
        wanted = {query} if query in lemmas else set(lemmas)
        found = {}
        for word in vocabulary:
            lemmas, keys = self._reading(word)
            if not wanted.isdisjoint(keys):
                found[word] = next((lemma for lemma in lemmas if lemma in wanted), lemmas[0])
        return found

    def _reading(self, word: str) -> tuple[list[str], frozenset[str]]:
        """Basic forms of a word, and the basic forms of all its runs of parts."""
        if word not in self._read:
            lemmas, keys = self._readings(word)
            pieces = word.split("-")
            if not lemmas:
                last = self._readings(pieces[-1])[0] or [pieces[-1]]
                lemmas = ["-".join([*pieces[:-1], lemma]) for lemma in last]
            if len(pieces) > 1:
                for piece in filter(None, pieces):
                    keys |= self._reading(piece)[1]
            self._read[word] = lemmas, frozenset(keys.union(lemmas, [word]))
        return self._read[word]

    def _readings(self, word: str) -> tuple[list[str], set[str]]:
        # Of "nuoriso|takuu" and "nuori|sota|kuu" the one with fewer parts is meant.
        read = self._analyze(word)
        fewest = min((reading["STRUCTURE"].count("=") for reading in read), default=0)
        lemmas, keys = list[str](), set[str]()
        for reading in read:
            if reading["STRUCTURE"].count("=") > fewest:
                continue
            lemma, borders = _lemma(reading, word), _borders(reading)
            lemmas.append(lemma)
            parts = [word[a:b] for a, b in pairwise(borders)]
            tail = lemma[borders[-1] :]
            for first in range(len(parts) + 1):
                keys.add("".join(parts[first:]) + tail)
                for last in range(first, len(parts)):
                    before = "".join(parts[first:last])
                    keys |= {before + form for form in self._part(parts[last].rstrip("-"))}
        return list(dict.fromkeys(lemmas)), keys

    def _part(self, part: str) -> set[str]:
        """Basic forms of a part that is not the last."""
        words = [part, _ended(part)]
        lemmas = next(filter(None, ([_lemma(r, w) for r in self._analyze(w)] for w in words)), [])
        return {part} if part in lemmas else {part, *lemmas}


def _ended(part: str) -> str:
    """A part that lacks the ending of its genitive as a whole word; any other as it is."""
    last, ending = _GENITIVE
    return part + ending if part.endswith(last) else part


def _lemma(reading: dict[str, str], word: str) -> str:
    base = reading["BASEFORM"].casefold()
    if reading.get("MOOD") == "MINEN-infinitive":
        # The noun "osaaminen", which voikko takes for a form of the verb "osata".
        at = word.rfind("mi")
        return word[:at] + "minen"
    return base


def _borders(reading: dict[str, str]) -> list[int]:
    """Where the words of a compound begin; endings and borders inside one word do not count."""
    marked, at = {0}, 0
    for sign in reading["STRUCTURE"]:
        if sign == "=":
            marked.add(at)
        else:
            at += 1
    if "WORDBASES" not in reading:  # so with names of institutions
        return sorted(marked)
    begins, at = list[int](), 0
    for surface in re.findall(r"([^+()]+)(?:\([^)]*\))?", reading["WORDBASES"]):
        if at in marked and surface != "-":
            begins.append(at)
        at += len(surface)
    return begins


def _probe(part: str) -> str:
    """What every form of a part begins with."""
    return part[: min(max(SHORTEST, len(part) - 3), 5)]


class _Index:
    """Words of a vocabulary by their units: the word, and its pieces between hyphens."""

    def __init__(self, vocabulary: Collection[str], lemmas: Callable[[str], Iterable[str]]) -> None:
        self.words: dict[str, list[str]] = {}
        self.by_lemma: dict[str, list[str]] = {}
        for word in vocabulary:
            for unit in {word, *filter(None, word.split("-"))}:
                self.words.setdefault(unit, []).append(word)
        # Words that begin alike are looked up in one part of a dictionary.
        for unit in sorted(self.words):
            for lemma in lemmas(unit):
                self.by_lemma.setdefault(lemma, []).append(unit)
        self._units = list(self.words)
        self._text = "\n".join(self._units)
        self._starts = [0, *accumulate(len(unit) + 1 for unit in self._units)]

    def holding(self, letters: str) -> Iterator[str]:
        """The units that hold some letters, in one search through all of them."""
        at = self._text.find(letters)
        while at >= 0:
            place = bisect_right(self._starts, at)
            yield self._units[place - 1]
            at = self._text.find(letters, self._starts[place])


class Simplemma:
    """Finnish, Swedish and English by simplemma: one basic form a word, and no borders.

    Where a word has two, `further` gives the other. A compound is recognised by its parts: one is a
    form of the searched word, and the dictionary holds what is left on either side.
    """

    name = "simplemma"

    def __init__(
        self,
        lemma: Callable[[str], str],
        known: Callable[[str], bool],
        further: Callable[[str], list[str]],
    ) -> None:
        self.version = metadata.version(self.name)
        self.lemma, self.knows = lemma, known
        # Parts of compounds are asked about again and again.
        self._lemmas = cache(lambda word: (lemma(word), *further(word)))
        self._indexed: tuple[Collection[str], _Index] | None = None

    def find(self, query: str, vocabulary: Collection[str]) -> dict[str, str]:
        """Words of which the query, or a piece between hyphens, is the basic form or a part."""
        wanted = {query}
        # simplemma takes "työ" for a form of "sinä".
        if self.lemma(query)[0] == query[0]:
            wanted.add(self.lemma(query))
        index = self._index(vocabulary)
        units = {unit for form in wanted for unit in (form, *index.by_lemma.get(form, ()))}
        for part in wanted:
            if len(part) >= SHORTEST:
                held = index.holding(_probe(part))
                units.update(unit for unit in held if self._compound(unit, part))
        words = {word for unit in units for word in index.words.get(unit, ())}
        return {word: word if word in wanted else self._meant(word, wanted) for word in words}

    def _meant(self, word: str, wanted: Collection[str]) -> str:
        """The basic form of a word that was found: of two the one searched for."""
        return next((lemma for lemma in self._lemmas(word) if lemma in wanted), self.lemma(word))

    def _index(self, vocabulary: Collection[str]) -> "_Index":
        """The index of a vocabulary; the last one is kept, for many queries ask the same."""
        if self._indexed is None or self._indexed[0] is not vocabulary:
            self._indexed = vocabulary, _Index(vocabulary, self._lemmas)
        return self._indexed[1]

    def _compound(self, word: str, part: str) -> bool:
        whole, long = len(word), len(part)
        # Too short a rest is no word, and neither is anything before or behind it.
        return any(
            self._splits(word, at, end, part)
            for at in (found.start() for found in re.finditer(re.escape(_probe(part)), word))
            if at == 0 or at >= SHORTEST
            for end in range(at + long - 2, min(at + long + 6, whole) + 1)
            if end == whole or end <= whole - SHORTEST
        )

    def _splits(self, word: str, start: int, end: int, part: str) -> bool:
        """Whether the part stands there in some form, with words on both sides or at an end."""
        left, middle, right = word[:start], word[start:end], word[end:]
        rests = [rest for rest in (left, right) if rest]
        forms = {middle, _ended(middle)} if right else {middle}
        if part != middle and all(part not in self._lemmas(form) for form in forms):
            return False
        if not right and self.knows(word) and not self.lemma(word).endswith(part):
            return False  # "voimaa" is no kind of "maa"
        if len(part) >= LONG and not right:
            return True
        if len(part) > LONG and middle == part and not self.knows(word):
            return True
        # Where two words make it up, as "nuoriso" and "takuu", three others do not.
        return all(self._stem(rest) or (self._two(rest) and not self._two(word)) for rest in rests)

    def _two(self, word: str) -> bool:
        """Whether the word is two known words joined."""
        cuts = range(SHORTEST, len(word) - SHORTEST + 1)
        return any(self._stem(word[:cut]) and self._stem(word[cut:]) for cut in cuts)

    def _stem(self, rest: str) -> bool:
        return self.knows(rest) or self.knows(_ended(rest))
