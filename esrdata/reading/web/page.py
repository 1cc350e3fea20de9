"""A web page as a whole: its facts, its titles, and the lines of persons."""

import re
from functools import cached_property

from esrdata.documents.document import Document
from esrdata.reading.privacy import mask
from esrdata.reading.web.facts import READ_ALONE, Fact, FactFinder
from esrdata.reading.web.lines import HEADING, VALUE, Lines
from esrdata.reading.web.vocabulary import words

_LETTERS = re.compile(r"[^\W\d_]{2}")
_OPENING = re.compile(r"[\"'“”„»«(\[]*(?P<first>\w)")
_BULLET = re.compile(r"\s*(?:[*•·▪●◦]|[–-]\s)")
# A name of a person: two to four words with capitals, perhaps with a title behind a comma.
_PERSON = re.compile(r"\s*[A-ZÅÄÖÉ][\w'’-]+(?:\s+[A-ZÅÄÖÉ][\w.'’-]+){1,3}(?:\s*[,(–-].*)?\s*")
_TWO_CAPITALS = re.compile(r"(?<!\w)[A-ZÅÄÖÉ][\w'’-]+\s+[A-ZÅÄÖÉ][\w'’-]+")
# Lines without one of these hold no address and no number of a person; quicker than masking.
_PRIVATE = re.compile(r"@|[(\[]at[)\]]|[+0][\d()][\d \u00a0()-]{5}", re.IGNORECASE)


class Page(Lines):
    """A web page.

    Attributes
    ----------
    facts
        Its facts and headings, in order.
    leftovers
        Parts of their lines that no label explains.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        finder = FactFinder(self)
        self.facts: list[Fact] = finder.run()
        self.leftovers = finder.leftovers
        self.of_facts = frozenset(i for f in self.facts for i in range(f.line, f.last + 1))

    # ---- titles

    def is_headline(self, i: int) -> bool:
        """Whether a line may be a title: short, no sentence, and none of the known lines."""
        line = self.lines[i]
        text = line.text.strip()
        opening = _OPENING.match(text)
        return (
            0 < len(text) <= HEADING
            and text[-1] not in ".,;:…"
            and opening is not None
            and not opening["first"].islower()
            and _LETTERS.search(text) is not None
            and "\t" not in text
            and not (_PRIVATE.search(text) and mask(text) != text)
            and not _BULLET.match(text)
            and not (i - 1 in self.document.wraps and len(self.lines[i - 1].text) > HEADING)
            and i not in self.of_facts
            and not (self.is_furniture(i) or self.is_ending(i) or self.is_caption(i))
            and not self._is_contact_label(i)
            and not self.is_prose(i)
        )

    def opens_prose(self, i: int) -> bool:
        """Whether a line is a title by itself with a sentence below it."""
        if not (self.is_headline(i) and self.stands_alone(i)):
            return False
        below = self.below(i)
        return below is not None and below not in self.of_facts and self.is_prose(below)

    # ---- persons

    @cached_property
    def personal(self) -> frozenset[int]:
        """Lines that tell of contact persons."""
        last = len(self.lines)
        full = [i for i in range(last) if not self.lines[i].blank]
        found = {i for i in full if i not in self._readable and self._names_contact(i)}
        for i in full:
            if i in self.of_facts:
                continue
            if words().contact.match(self.lines[i].text) and self._is_open(i):
                found |= self._under(i, last)
        for i in sorted(found):
            # A name stands next to its number, in the same paragraph or in one above it.
            near = [n for n in (i - 1, i + 1) if n in full]
            above = next((n for n in reversed(full) if n < i), None)
            near += [above] if above is not None and self._is_name(above) else []
            found |= {n for n in near if n not in self.of_facts and self._is_short(n)}
        return frozenset(found)

    @cached_property
    def _readable(self) -> frozenset[int]:
        """Lines whose digits are dates and sums and no phone numbers."""
        kinds = READ_ALONE - {"code"}
        return frozenset(fact.line for fact in self.facts if fact.label.kind in kinds)

    def _names_contact(self, i: int) -> bool:
        text = self.lines[i].text
        if (_PRIVATE.search(text) and mask(text) != text) or self._links_person(i):
            return True
        if i in self.of_facts or len(text) > VALUE:
            return False
        if self._is_contact_label(i):
            return True
        role = words().role.search(text) is not None and _TWO_CAPITALS.search(text) is not None
        return role and not self.is_prose(i)

    @cached_property
    def _has_links(self) -> bool:
        text = self.document.text
        return bool(self.document.starts) and ("mailto:" in text or "tel:" in text)

    def _is_contact_label(self, i: int) -> bool:
        """Whether a line begins with a label of contacts, alone, with a colon, or with a name."""
        text = self.lines[i].text
        met = words().contact.match(text)
        if met is None:
            return False
        return met["after"] is not None or bool(_TWO_CAPITALS.match(text[met.end() :].lstrip()))

    def _links_person(self, i: int) -> bool:
        """Whether the source of a line has an address or a number that only a click shows."""
        if not self._has_links:
            return False
        raw = self.document.raw(self.document.span(self.lines[i].start, self.lines[i].end))
        return "mailto:" in raw or "tel:" in raw

    def _is_open(self, i: int) -> bool:
        """Whether a label of a contact stands alone, its person below."""
        met = words().contact.match(self.lines[i].text)
        return met is not None and not self.lines[i].text[met.end() :].strip(" :")

    def _under(self, i: int, last: int) -> set[int]:
        below = self.below(i)
        found = set()
        while below is not None and below < last and self._is_short(below):
            if below in self.of_facts or self.is_caption(below) or self.is_ending(below):
                break
            found.add(below)
            below = below + 1 if not self.lines[below].blank else None
            if below is not None and (below >= last or self.lines[below].blank):
                break
        return found

    def _is_name(self, i: int) -> bool:
        return _PERSON.fullmatch(self.lines[i].text) is not None

    def _is_short(self, i: int) -> bool:
        return len(self.lines[i].text) <= HEADING and not self.is_prose(i)
