"""The words of names and narratives by their basic forms, so that a page finds inflected ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from esrdata.portfolio import Portfolio
from esrdata.search.analysers import choose
from esrdata.search.hits import WORD, fold
from esrdata.tables.cells import plain_rows

#: Stands for whatever letters come before or behind.
ANY = "*"


@dataclass(frozen=True)
class Words:
    """An index of words.

    Attributes
    ----------
    forms
        Every form that stands in the texts, folded, in the order of its characters.
    lemmas
        The basic form of each.
    places
        The places of the projects whose texts have each, rising.
    analyser
        What gave the basic forms.
    """

    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]
    analyser: str

    def find(self, query: str) -> set[int] | None:
        """Places of the projects that have every word of a query; None where it has no word.

        A word finds its own form and all that have its basic form; one that begins or ends with
        `ANY` all that end or begin so, as they are written.
        """
        found: set[int] | None = None
        for word in query.split():
            own = {place for at in self._matching(word) for place in self.places[at]}
            found = own if found is None else found & own
        return found

    def _matching(self, word: str) -> Iterable[int]:
        before, behind = word.startswith(ANY), word.endswith(ANY)
        text = fold(word.strip(ANY))
        forms = enumerate(self.forms)
        if not text:
            return ()
        if before and behind:
            return [at for at, form in forms if text in form]
        if before:
            return [at for at, form in forms if form.endswith(text)]
        if behind:
            return [at for at, form in forms if form.startswith(text)]
        wanted = {text, *(lemma for at, lemma in enumerate(self.lemmas) if self.forms[at] == text)}
        return [at for at, form in forms if form == text or self.lemmas[at] in wanted]

    def as_json(self) -> dict[str, object]:
        """The index as a page has it: places as the steps from one to the next."""
        distinct = sorted(set(self.lemmas))
        place = {lemma: i for i, lemma in enumerate(distinct)}
        return {
            "forms": "\n".join(self.forms),
            "lemmas": "\n".join(distinct),
            "of": [place[lemma] for lemma in self.lemmas],
            "places": [steps(own) for own in self.places],
            "analyser": self.analyser,
        }


def steps(places: Sequence[int]) -> list[int]:
    """Rising numbers as the first and the steps from one to the next."""
    return [now - before for before, now in zip((0, *places), places, strict=False)]


def words(portfolio: Portfolio, *, narratives: bool = True, lang: str = "fi") -> Words:
    """Index the names of projects, and their narratives if wanted; pieces between hyphens too.

    The language is that of the texts: it decides their basic forms.
    """
    analyser = choose(None, lang)
    texts: dict[str, list[str]] = {
        str(code): [] if name is None else [name]
        for code, name in plain_rows(portfolio.projects, ["project_code", "name"])
    }
    if narratives:
        rows = portfolio.narratives.dropna(subset="text")
        for code, text in zip(rows["project_code"], rows["text"], strict=True):
            texts[str(code)].append(text)
    folded = cache(partial(fold, knows=analyser.knows))
    places: dict[str, list[int]] = {}
    for place, own in enumerate(texts.values()):
        raw = {found for text in own for found in WORD.findall(text)}
        units = {unit for one in map(folded, raw) for unit in (one, *one.split("-")) if unit}
        for unit in units:
            places.setdefault(unit, []).append(place)
    forms = sorted(places)
    lemmas = (analyser.lemma(form) for form in forms)
    return Words(
        tuple(forms),
        # simplemma takes some words for forms of quite another one.
        tuple(
            base if base[:1] == form[:1] else form for form, base in zip(forms, lemmas, strict=True)
        ),
        tuple(tuple(places[form]) for form in forms),
        analyser.name,
    )
