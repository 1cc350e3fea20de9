"""What the words of a text name: facets of figures, groups, sentences and clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from esrdata.proofing.names import GROUP, Mention, Names
from esrdata.proofing.number import GAP, Number
from esrdata.proofing.numbers import find
from esrdata.proofing.places import sentences
from esrdata.proofing.shelf import shelf
from esrdata.reading.privacy.inflection import forms

#: A single year, not one of a range.
_YEAR = re.compile(r"(?<![\d.,–/-])(?:19|20)\d{2}(?!\d|[.,/]\d|\s?[–-]\s?\d)")

_PROJECT = f"{GROUP}project_code"
_ONE_WORD = re.compile(r"\w+")
_COUNT = re.compile(rf"{GAP}\d{{3}}(?!\d|{GAP}\d{{3}})")
_CODE = re.compile(r"\d{1,2}(?:\.\d)?")
_NAME = re.compile(r"[ \u00a0][A-ZÅÄÖ][a-zåäö]+")
#: Note marks, spaces and hyphens in other code points; each replaced by one character.
_PLAIN = {
    **dict.fromkeys(map(ord, "¹²³⁰⁴⁵⁶⁷⁸⁹"), " "),
    **dict.fromkeys((*range(0x2000, 0x200B), 0x202F, 0x205F), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012), "-"),
}


@dataclass
class Passage:
    """A text with its numbers and the words that name figures.

    Attributes
    ----------
    text, lang
        The text and its language.
    names
        Finds names of groups.
    """

    text: str
    lang: str
    names: Names

    def __post_init__(self) -> None:
        self.text = self.text.translate(_PLAIN)

    @cached_property
    def groups(self) -> list[Mention]:
        """The groups that it names, also by number."""
        found = [m for m in self.names.find(self.text) if not self._is_word(m)]
        found = list(self._of_code(found))
        taken = [(m.start, m.end) for m in found]
        found += [
            m for m in self._numbered() if not any(a < m.end and m.start < b for a, b in taken)
        ]
        found += self._years()
        return sorted([*found, *self._referred(sorted(found))])

    def _of_code(self, found: Sequence[Mention]) -> Iterator[Mention]:
        """Leaves out namesakes of a project whose code stands beside its name."""
        projects = [m for m in found if m.facet == _PROJECT]
        coded = {
            m.value
            for m in projects
            if self.text[m.start : m.end].casefold().startswith(m.value.casefold())
        }
        for named in found:
            others = {m.value for m in projects if m.start == named.start} & coded
            if named.facet != _PROJECT or not others or named.value in others:
                yield named

    def _is_word(self, named: Mention) -> bool:
        """Whether a firm's name is only a word for figures: Mediaanikesto is, Mediaanin is not."""
        text, name = self.text[named.start : named.end].casefold(), named.value.casefold()
        word = _ONE_WORD.fullmatch(text) and (text == name or not re.fullmatch(forms(name), text))
        return bool(
            named.is_organisation and word and any(m.start == named.start for m in self._words)
        )

    @cached_property
    def _words(self) -> list[Mention]:
        """The words that name facets, also within names of groups."""
        return [
            Mention(*match.span(), facet, values[int((match.lastgroup or "f0")[1:])])
            for facet, (pattern, values) in shelf().facets[self.lang].items()
            for match in pattern.finditer(self.text)
        ]

    @cached_property
    def numbers(self) -> list[Number]:
        """Its numbers; those within names of groups and parts are out of scope."""
        inside = [(m.start, m.end) for m in self.groups]
        inside += [(m.start, m.end) for m in self.facets if m.facet == "part"]
        kept = []
        for number in find(self._parted(), self.lang):
            named = any(a <= number.start < b and number.start < b for a, b in inside)
            named = named or self._is_code(number)
            kept.append(
                Number(number.start, number.end, number.text, number.value, why="name",
                       decimals=number.decimals)
                if named and not number.why
                else number
            )  # fmt: skip
        return kept

    def _parted(self) -> str:
        """The text with the number of a group split from a count behind it.

        In "insatsområde 1 823 projekt" there are 823. A Finnish genitive leaves it open.
        """
        text = self.text
        for group in self._numbered():
            word = text[group.start : group.end].split()[0]
            if _COUNT.match(text, group.end) and not word.endswith("n"):
                text = f"{text[: group.end]}\n{text[group.end + 1 :]}"
        return text

    def _is_code(self, number: Number) -> bool:
        """Whether a number is the code of an axis before its name: 2 Innovaatiot ja verkostot."""
        if _CODE.fullmatch(number.text) is None:
            return False
        named = [m for m in self.groups if m.start == number.end + 1]
        if named:
            return any(m.value.rpartition("|")[2] == number.text for m in named)
        # In English a capital may begin the noun that is counted.
        capital = _NAME.match(self.text, number.end) is not None
        return capital and self.lang != "en" and not number.word

    @cached_property
    def facets(self) -> list[Mention]:
        """The facets that its words name."""
        found = list(self._words)
        stages = sorted(m for m in found if m.facet == "stage")
        taken = [(m.start, m.end) for m in self.groups]
        for one in self._referred(stages):
            if not any(a < one.end and one.start < b for a, b in taken):
                found.append(one)
        return found

    @cached_property
    def mentions(self) -> list[Mention]:
        """Facets and groups in order; no facets within names of groups."""
        taken = [(m.start, m.end) for m in self.groups]
        free = [f for f in self.facets if not any(a <= f.start < b for a, b in taken)]
        return sorted([*self.groups, *free])

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where its sentences begin and end."""
        return list(sentences(self.text))

    @cached_property
    def clauses(self) -> list[int]:
        """Where a clause ends."""
        return [match.start() for match in shelf().clause_end.finditer(self.text)]

    def has_year(self, start: int, end: int) -> bool:
        """Whether a stretch holds a year."""
        return _YEAR.search(self.text, start, end) is not None

    def within(self, start: int, end: int, unit: str | None = None) -> list[Number]:
        """Its numbers in scope between two offsets, of one unit or of any."""
        return [
            n for n in self.numbers
            if start <= n.start < end and not n.why and unit in (None, n.unit)
        ]  # fmt: skip

    def named(self, start: int, end: int) -> list[list[Mention]]:
        """The groups named between two offsets, by dimension."""
        by: dict[str, list[Mention]] = {}
        for mention in self.groups:
            if start <= mention.start < end:
                by.setdefault(mention.facet, []).append(mention)
        return list(by.values())

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence at an offset."""
        return next((s for s in self.sentences if s[0] <= at < s[1]), (0, len(self.text)))

    def _referred(self, named: list[Mention]) -> Iterator[Mention]:
        """What "the former" and "the latter" mean."""
        for match in shelf().referred[self.lang].finditer(self.text):
            before = [m for m in named if m.end <= match.start()]
            if any(m.start < match.end() and match.start() < m.end for m in named) or not before:
                continue
            values = list(dict.fromkeys(m.value for m in before if m.facet == before[-1].facet))
            if len(values) == 1 and before[-1].facet == f"{GROUP}programme_period":
                # With one of two periods named, "the other" is known.
                order = "earlier period" if match["former"] else "later period"
                values += [m.value for m in self.names.find(order) if m.value not in values]
                if match["former"]:
                    values.reverse()
            if len(values) > 1:
                value = values[-2 if match["former"] else -1]
                yield Mention(*match.span(), before[-1].facet, value)

    def is_unclear(self, start: int, end: int) -> bool:
        """Whether a stretch holds "the latter" without a known meaning."""
        return any(
            not any(m.start < match.end() and match.start() < m.end for m in self.groups)
            for match in shelf().referred[self.lang].finditer(self.text, start, end)
        )

    def has_namesakes(self, start: int, end: int) -> bool:
        """Whether a name in a stretch is shared by several organisations."""
        named = {m[:4] for m in self.groups if start <= m.start < end and m.is_organisation}
        return len(named) > len({one[:3] for one in named})

    def has_unknown(self, start: int, end: int) -> bool:
        """Whether a stretch without a group holds an unknown name, such as an office's."""
        if any(start <= m.start < end for m in self.groups):
            return False
        known = [(m.start, m.end) for m in self.facets]
        return any(
            not any(a < name.end() and name.start() < b for a, b in known)
            for name in _NAME.finditer(self.text, start, end)
            # The first word of a sentence has a capital anyway.
            if self.text[start : name.start()].strip()
        )

    def _years(self) -> Iterator[Mention]:
        """Years in which the projects of a sentence began: vuonna 2016 alkoi 12 hanketta."""
        for match in _YEAR.finditer(self.text):
            start, end = self.sentence(match.start())
            # "In 2008, 40 projects began. In 2009, 30 did so."
            before = max((a for a, _ in self.sentences if a < start), default=start)
            if shelf().started[self.lang].search(self.text, before, end):
                yield Mention(*match.span(), f"{GROUP}start_year", match[0])

    def _numbered(self) -> Iterator[Mention]:
        """Groups by their number: toimintalinjoilla 1, 2 ja 3."""
        pattern, names = shelf().numbered[self.lang]
        for match in pattern.finditer(self.text):
            index = next(i for i in range(len(names)) if match[f"b{i}"] is not None)
            span = match.span(f"n{index}")
            numbers = list(re.finditer(r"\d+(?:\.\d+)?", self.text[span[0] : span[1]]))
            if names[index] == "programme_period":
                continue
            for place, number in enumerate(numbers):
                start = match.start() if not place else span[0] + number.start()
                yield Mention(start, span[0] + number.end(), GROUP + names[index], number[0])
            for one, other in pairwise(numbers):
                between = self.text[span[0] + one.end() : span[0] + other.start()].strip()
                if between in ("–", "-") and one[0].isdigit() and other[0].isdigit():
                    for inner in range(int(one[0]) + 1, int(other[0])):
                        at = span[0] + one.end()
                        yield Mention(at, at, GROUP + names[index], str(inner))
