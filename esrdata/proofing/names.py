"""Finds names of groups in running text: regions, axes, authorities, applicants."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.portfolio import Portfolio
from esrdata.proofing.shelf import shelf
from esrdata.proofing.spelt import WRITTEN
from esrdata.reading.privacy.inflection import forms
from esrdata.stats.who import NAMED, organisations

#: Names are indexed by so many first letters.
_START = 4
_WORD = re.compile(r"[^\W_][\w.&-]*")
#: A Finnish, Swedish or English ending of a name.
_ENDING = r"(?::?\w{0,6}|['’]s?)"
#: Two periods in order, by the names in `forms`: vanhempi kausi.
_IN_ORDER = ("first period", "last period")
#: Prefix of what names a group, not a facet.
GROUP = "group:"


class Mention(NamedTuple):
    """A word that names a facet or a group: where it stands, what it names, and the value.

    `written` is the spelling in the sources of an organisation that was joined with others.
    """

    start: int
    end: int
    facet: str
    value: str
    written: str = ""

    def names(self, facet: str, value: str) -> bool:
        """Whether it names this value of this facet."""
        return self.facet == facet and self.value == value

    @property
    def is_group(self) -> bool:
        """Whether it names a group of projects."""
        return self.facet.startswith(GROUP)

    @property
    def is_organisation(self) -> bool:
        """Whether it names the projects of an organisation."""
        return self.facet.removeprefix(GROUP) in NAMED


class Names:
    """Finds the names of the groups that a portfolio has."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._starts: dict[str, list[_Name]] = {}
        for name, value, dimension, written in set(_names(portfolio)):
            first = _WORD.search(name)
            if first is None:
                continue
            # Searching starts at words, so a name must too: €1,000,000 and over.
            name = name[first.start() :]
            forms_of = shelf().forms.get(name, [first[0]])
            starts = {form[:_START].casefold() for form in forms_of}
            # Short names change near the beginning: Lappi, Lapissa.
            starts |= {start[:3] for start in starts if len(first[0]) <= 6}
            head = name.rpartition(" ")[0].casefold() if name not in shelf().forms else ""
            for start in starts:
                self._starts.setdefault(start, []).append(
                    _Name(name, head, dimension, value, written)
                )

    def find(self, text: str) -> Iterator[Mention]:
        """The names in a text, the longest at a place, in order."""
        end, folded = 0, text.replace("\u00a0", " ").casefold()
        same = len(folded) == len(text)
        for word in _WORD.finditer(text):
            if word.start() < end:
                continue
            start = word[0].casefold()
            found: list[Mention] = []
            for known in {start[:_START], start[:3]}:
                for name in self._starts.get(known, ()):
                    # There is a firm called Mediaani, and there are sums "mediaanilla mitattuna".
                    if name.is_proper and text[word.start()].islower():
                        continue
                    # Compile patterns only for names that can match here.
                    if same and not folded.startswith(name.head, word.start()):
                        continue
                    match = _compiled(name.name, name.dimension).match(text, word.start())
                    if match is not None:
                        begin = match.start() - text.endswith("€", 0, match.start())
                        found.append(Mention(begin, match.end(), GROUP + name.dimension,
                                             name.value, name.written))  # fmt: skip
            if found:
                longest = max(one.end for one in found)
                longest_ones = sorted({one for one in found if one.end == longest})
                yield from (one for one in longest_ones if one.written or not any(
                    other.written and other[2:4] == one[2:4] for other in longest_ones
                ))  # fmt: skip
                end = longest


class _Name(NamedTuple):
    name: str
    head: str
    dimension: str
    value: str
    written: str

    @property
    def is_proper(self) -> bool:
        """Whether it is the name of an organisation with a capital."""
        return self.dimension in NAMED and self.name[:1].isupper()


@lru_cache(maxsize=20_000)
def _compiled(name: str, dimension: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_pattern(name, dimension)})(?!\w)", re.IGNORECASE)


def _pattern(name: str, dimension: str) -> str:
    """A pattern for all forms of a name: its last word inflects, in some also the first."""
    if name in shelf().forms:
        return "|".join(shelf().forms[name])
    bare = re.sub(r"\s+", " ", name.strip())
    head, gap, last = bare.rpartition(" ")
    before = re.escape(head).replace(r"\ ", r"[\s\u00a0]+") + (r"[\s\u00a0]+" if gap else "")
    if not last[-1:].isalpha() or dimension == "project_code":
        return before + re.escape(last) + (r"(?::\w+)?" if dimension == "project_code" else "")
    return f"{before}(?:{forms(last.casefold())}|{re.escape(last)}{_ENDING})"


def _names(portfolio: Portfolio) -> Iterator[tuple[str, str, str, str]]:
    """Names of groups with their values, dimensions, and spellings in the sources."""
    for name, value, dimension in _plain(portfolio):
        yield name, value, dimension, ""
    yield from _organisations(portfolio)


def _organisations(portfolio: Portfolio) -> Iterator[tuple[str, str, str, str]]:
    projects = portfolio.projects
    # What bodies are called in the other languages.
    abroad = {row["label_fi"]: {row["label_sv"], row["label_en"]} - {""}
              for row in load.codes("organisations")}  # fmt: skip
    for dimension in NAMED:
        known = organisations(portfolio, dimension)
        spelt = projects[dimension + WRITTEN]
        every = zip(projects[dimension].fillna(""), known, spelt.fillna(""), strict=True)
        rows = {tuple(map(str, row)) for row in every if row[0] and not is_missing(row[1])}
        short: dict[str, str] = {}
        for written, name, _ in sorted(rows, key=lambda row: len(row[0])):
            # The shortest spelling is the authority's own name; longer ones may be its units.
            short.setdefault(name, written)
        for written, name, own in rows:
            names = {written, *abroad.get(written, ())}
            if dimension == "authority" and short[name] == written:
                names.update(_variants(written))
            yield from ((alias, name, dimension, own) for alias in names)
            yield name, name, dimension, own if name.casefold() == own else ""
            more = _variants(name) if dimension == "authority" else ()
            yield from ((alias, name, dimension, "") for alias in (*abroad.get(name, ()), *more))


def _bare(name: str) -> str:
    """A name without the commas that lists leave out."""
    return name.replace(",", "").casefold()


def _plain(portfolio: Portfolio) -> Iterator[tuple[str, str, str]]:
    projects = portfolio.projects
    places = portfolio.locations
    regions = set(places.loc[places["level"] == "region", "name"].dropna())
    if regions:
        yield from _labels("regions", "label_fi", "region")
    yield from _axes(portfolio)
    yield from _labels("organisation_types", "label_fi", "organisation_type")
    yield from _labels("size_bands", "code", "size_band")
    for period in projects["programme_period"].dropna().unique():
        for dash in "–-—":
            yield str(period).replace("-", dash), str(period), "programme_period"
    periods = sorted(projects["programme_period"].dropna().unique())
    if len(periods) == len(_IN_ORDER):
        yield from ((name, str(period), "programme_period")
                    for name, period in zip(_IN_ORDER, periods, strict=True))  # fmt: skip
    yield from _labels("fund", "code", "fund")
    yield from ((row["code"], row["code"], "fund") for row in load.codes("fund"))
    for short, code in (("ESF", "ESR"), ("ERUF", "EAKR"), ("ERDF", "EAKR")):
        yield short, code, "fund"
    for code, name in zip(projects["project_code"], projects["name"], strict=True):
        yield str(code), str(code), "project_code"
        if not is_missing(name) and len(str(name)) > 5:
            yield str(name), str(code), "project_code"


def _labels(table: str, key: str, dimension: str) -> Iterator[tuple[str, str, str]]:
    """The labels of a code list in every language."""
    for row in load.codes(table):
        yield from ((row[f"label_{lang}"], row[key], dimension) for lang in load.LANGUAGES)


def _axes(portfolio: Portfolio) -> Iterable[tuple[str, str, str]]:
    periods = set(portfolio.projects["programme_period"].dropna())
    for table, dimension in (("priority_axes", "priority_axis"),
                             ("specific_objectives", "specific_objective")):  # fmt: skip
        for row in load.codes(table):
            if row["programme_period"] not in periods:
                continue
            for key, label in row.items():
                if label and key.startswith(("label_", "short_")):
                    yield label, f"{row['programme_period']}|{row['code']}", dimension


def _variants(name: str) -> Iterator[str]:
    """Other names of an authority."""
    for row in load.codes("authorities"):
        labels = [row["label_fi"], row["label_sv"], row["label_en"], *row["variants"].split("|")]
        if _bare(name) in map(_bare, labels):
            for label in filter(None, labels):
                yield label
                # "Etelä-Savon ELY" is short for the full name.
                yield re.sub(r"-keskus$|-centralen(?= i )| Centre$", "", label)
                yield re.sub(r"^(ELY Centre) for (.+)$", r"\2 \1", label)
