"""Where searched words stand in narratives, each with the words around it."""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

import pandas as pd

from esrdata.errors import UsageError
from esrdata.search.analysers import Analyser, choose

_COLUMNS = {
    "project_code": "string",
    "section": "string",
    "word": "string",
    "hit": "string",
    "lemma": "string",
    "start": "Int64",
    "end": "Int64",
    "before": "string",
    "after": "string",
    "analyser": "string",
}

# Letters and digits, with combining marks and soft hyphens; none of them is given back.
_RUN = "[^\\W_]++(?:[\u0300-\u036f\u00ad]++[^\\W_]*+)*+"
# A hyphen joins, and so does one that breaks a line before a small letter; an abbreviation may
# have its ending after a colon.
WORD = re.compile(
    rf"{_RUN}(?:[-\u2010\u2011](?:\s*\n\s*(?=[a-zåäö]))?{_RUN})*"
    r"(?:(?<=[A-ZÅÄÖ\d]):[a-zåäö]{1,5}\b)?"
)
_QUOTES = '"”“'
_BREAK = re.compile(r"-\s+")


class Query(NamedTuple):
    """A searched word or phrase: its words, each with how it is to match."""

    text: str
    terms: tuple[tuple[str, str], ...]  # (how, folded); how is exact, prefix or form


def search(
    narratives: pd.DataFrame,
    words: str | Iterable[str],
    *,
    lang: str = "fi",
    context: int = 60,
    analyser: str | None = None,
) -> pd.DataFrame:
    """Find words in narratives, in any inflection and as parts of compounds.

    Parameters
    ----------
    narratives
        A table with `project_code`, `section` and `text`, such as `portfolio.narratives`. Rows
        without text are passed over.
    words
        One or more. ``maahanmuuttaja`` finds its forms and compounds; ``sosiaalinen osallisuus``
        the words one after another, each in any form; ``kotou*`` all that begins so, also after
        a hyphen; ``"sosiaalinen osallisuus"`` in quotes only that wording. Case, soft hyphens
        and hyphens at line ends make no difference.
    lang
        Language of the texts and of the words: fi, sv or en.
    context
        The most characters shown on either side.
    analyser
        ``voikko`` (Finnish only) or ``simplemma``; None takes voikko where it and its
        dictionary are installed, else simplemma.

    Returns
    -------
    DataFrame
        A row per hit, sorted by `project_code`, then in the order of the narratives and of the
        text: `project_code`, `section`; `word` (as searched), `hit` (as it stands in the text),
        `lemma` (its basic form in lower case, the words of a phrase in turn); `start`, `end`
        (Int64, characters from the beginning of the narrative; `end` is no longer part of it);
        `before`, `after` (context cut at word borders, white space made single spaces; empty
        where the text begins or ends); `analyser`. Nothing is missing. A place that two words
        find has a row for each.

        `attrs`: `analyser`, `analyser_version`, `lang`.

    Raises
    ------
    UsageError
        If a word, the language, the context or the table does not do, or the analyser is missing.

    Notes
    -----
    The analysers differ in what they find: compare counts only from the same one. A text in
    another language than `lang` gives few hits or none, which does not show in the table.
    """
    if context < 0:
        raise UsageError(f"The context is 0 or more characters, not {context}.")
    queries = parse([words] if isinstance(words, str) else words)
    chosen = choose(analyser, lang)
    found = []
    for (code, section, text), query, start, end, lemma in places(
        rows(narratives), queries, chosen
    ):
        before, after = _around(text, start, end, context)
        hit = text[start:end]
        found.append(
            (code, section, query.text, hit, lemma, start, end, before, after, chosen.name)
        )
    found.sort(key=lambda row: row[0])
    columns = list(zip(*found, strict=True)) or [()] * len(_COLUMNS)
    table = pd.DataFrame(
        {
            name: pd.Series(list(cells), dtype=dtype)
            for (name, dtype), cells in zip(_COLUMNS.items(), columns, strict=True)
        }
    )
    table.attrs = by(chosen, lang)
    return table


def by(analyser: Analyser, lang: str) -> dict[Hashable, str]:
    """What a table of hits says of how they were found."""
    return {"analyser": analyser.name, "analyser_version": analyser.version, "lang": lang}


def parse(words: Iterable[str]) -> list[Query]:
    """Read searched words, each once.

    Raises
    ------
    UsageError
        If there are none, or one holds signs that are no part of a word.
    """
    queries = []
    for word in dict.fromkeys(words):
        text = word.strip() if isinstance(word, str) else ""
        quoted = len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES
        terms = []
        for piece in (text[1:-1] if quoted else text).split():
            bare = piece if quoted else piece.removesuffix("*")
            how = "exact" if quoted else "form" if bare == piece else "prefix"
            if not WORD.fullmatch(bare):
                raise UsageError(f"{word!r} cannot be searched: {piece!r} is no word.")
            terms.append((how, fold(bare)))
        if not terms:
            raise UsageError(f"{word!r} cannot be searched: there is no word in it.")
        queries.append(Query(word, tuple(terms)))
    if not queries:
        raise UsageError("Give at least one word to search.")
    return queries


def rows(narratives: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Project, section and text of every narrative that has one."""
    wanted = ["project_code", "section", "text"]
    lacking = [name for name in wanted if name not in narratives]
    if lacking:
        raise UsageError(f"The table of narratives has no column {lacking[0]!r}.")
    kept = narratives[narratives["text"].notna()]
    return list(zip(*(kept[name].astype(str) for name in wanted), strict=True))


def fold(word: str, knows: Callable[[str], bool] | None = None) -> str:
    """A word as it is compared; a hyphen at a line end goes where the joined word is known."""
    if word.isalpha():
        # As nearly all are: without hyphens, colons and combining marks.
        return unicodedata.normalize("NFC", word).casefold()
    plain = unicodedata.normalize("NFC", word.replace("\u00ad", "").partition(":")[0])
    plain = re.sub("[\u2010\u2011]", "-", plain).casefold()
    joined = _BREAK.sub("", plain)
    if joined == plain:
        return plain
    return joined if knows is None or knows(joined) else _BREAK.sub("-", plain)


Place = tuple[tuple[str, str, str], Query, int, int, str]


def places(
    texts: Sequence[tuple[str, str, str]], queries: Sequence[Query], analyser: Analyser
) -> Iterator[Place]:
    """Every hit in the order of the texts; each distinct word is folded and analysed once."""
    words: set[str] = set()
    for _, _, text in texts:
        words.update(WORD.findall(text))
    folded = {raw: fold(raw, analyser.knows) for raw in words}
    vocabulary = set(folded.values())
    matching: dict[tuple[str, str], dict[str, str]] = {}
    begins: dict[str, list[Query]] = {}
    for query in queries:
        for term in query.terms:
            if term not in matching:
                matching[term] = _matching(term, vocabulary, analyser)
        for word in matching[query.terms[0]]:
            begins.setdefault(word, []).append(query)
    starting = {raw: begins[plain] for raw, plain in folded.items() if plain in begins}
    for row in texts:
        for token in WORD.finditer(row[2]):
            for query in starting.get(token.group(), ()):
                run = list(islice(WORD.finditer(row[2], token.start()), len(query.terms)))
                if not _follow(row[2], run, query, matching, folded):
                    continue
                lemma = " ".join(
                    matching[term][folded[part.group()]]
                    for part, term in zip(run, query.terms, strict=True)
                )
                yield row, query, token.start(), run[-1].end(), lemma


def _matching(term: tuple[str, str], vocabulary: set[str], analyser: Analyser) -> dict[str, str]:
    how, text = term
    if how == "form":
        return analyser.find(text, vocabulary)
    if how == "exact":
        matching = vocabulary & {text}
    else:
        matching = {word for word in vocabulary if word.startswith(text) or f"-{text}" in word}
    return {word: analyser.lemma(word) for word in matching}


def _follow(
    text: str,
    run: list[re.Match[str]],
    query: Query,
    matching: dict[tuple[str, str], dict[str, str]],
    folded: dict[str, str],
) -> bool:
    """Whether the words of a phrase stand one after another, with only space between."""
    return (
        len(run) == len(query.terms)
        and all(
            folded[token.group()] in matching[term]
            for token, term in zip(run, query.terms, strict=True)
        )
        and all(text[one.end() : two.start()].isspace() for one, two in pairwise(run))
    )


def _around(text: str, start: int, end: int, context: int) -> tuple[str, str]:
    """The words that fit before and after a place."""
    low, high = max(0, start - context), min(len(text), end + context)
    before, after = text[low:start], text[end:high]
    if low > 0 and not text[low - 1].isspace():
        before = re.sub(r"^\S+", "", before)
    if high < len(text) and not text[high].isspace():
        after = re.sub(r"\S+$", "", after)
    return re.sub(r"\s+", " ", before).lstrip(), re.sub(r"\s+", " ", after).rstrip()
