"""Which lines of a web page tell of persons.

A line is a person's by proof: a number, an address or a link to one, a label of contacts before a
value, the shape of a name beside a word for a contact, or a name whose first or last name is known.
Headings of places ("Yhteystiedot") stand in menus too, so that below them a name needs a number or
a role next to it.
"""

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.privacy import mask
from esrdata.reading.privacy.vocabulary import listed, pattern
from esrdata.reading.web.lines import HEADING, VALUE
from esrdata.reading.web.vocabulary import words

if TYPE_CHECKING:
    from esrdata.reading.web.page import Page

# A name of a person: two to four words with capitals, perhaps with a title behind a comma.
_PERSON = re.compile(r"\s*[A-ZÅÄÖÉ][\w'’-]+(?:\s+[A-ZÅÄÖÉ][\w.'’-]+){1,3}(?:\s*[,(–-].*)?\s*")
# The first may be an initial: "M. Mallinen".
_TWO_CAPITALS = re.compile(r"(?<!\w)[A-ZÅÄÖÉ](?:[\w'’-]+|\.)\s+[A-ZÅÄÖÉ][\w'’-]+")
_CAPITALS = re.compile(r"(?<!\w)[A-ZÅÄÖÉ][\w'’-]+,?\s+[A-ZÅÄÖÉ][\w'’-]+")
# "Mallinen, Maija (2019)", as libraries and portals of research write it.
_TURNED = re.compile(r"\s*([A-ZÅÄÖÉ][\w'’-]+), ([A-ZÅÄÖÉ][\w'’-]+)\s*(?:\([^()]*\)\s*)?\Z")
#: What divides names on a line.
_PARTS = re.compile(r"[,;/|:()\t]|\s[–-]\s|\b(?:ja|och|and|sekä)\b")
LAST_PART = re.compile(r"(?:(?<!\s)\s+)?[,;/]\s*")
#: What stands between a name and a person or a number behind it.
TAIL = re.compile(r"[\s,;:/(–-]+$")
# A word in the genitive is no name, but for a last name: Kotkan Toimipiste, Matti Mallinen.
_GENITIVE = re.compile(r"\w+(?<!ne)n")
# The fields whose labels name who carries a project out, or pays for it: bodies and no persons.
_BODIES = frozenset({"projects.applicant", "projects.authority"})
# Beside the name in the line of who wrote a text: "Teksti ja kuvat:", "Julkaissut".
_BESIDE_NAME = 4
# "pj.", "vpj."
_SHORT_ROLE = 5
_WORD = re.compile(r"[\w-]+")
_DAY = re.compile(
    r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d)(?:,? (?:klo|kl\.?|at)? ?\d{1,2}[.:]\d{2}(?!\d))?"
)
_NUMBERS = re.compile(r"(?:(?<!\w)(?:klo|kl\.?|at) )?\d[\d./:]*+")
_TAIL_OF_CAPITALS = re.compile(r"(?<![\w-])[A-ZÅÄÖÉ][\w'’-]+(?:\s+[A-ZÅÄÖÉ][\w.'’-]+){1,3}\s*\Z")
# Lines without one of these hold no address and no number of a person; quicker than masking.
PRIVATE = re.compile(r"@|[(\[]at[)\]]|[+0][\d()][\d \u00a0()-]{5}", re.IGNORECASE)


def is_private(text: str) -> bool:
    """Whether a text holds an address or a number of a person."""
    return PRIVATE.search(text) is not None and mask(text) != text


def is_name(text: str) -> bool:
    """Whether a text has the shape of a person's name and nothing more."""
    return _PERSON.fullmatch(text) is not None and words().organisation.search(text) is None


def is_address(text: str) -> bool:
    """Whether a text is a street with its number, or a postcode with its town."""
    return _address().fullmatch(text) is not None


@per_shelf
def _address() -> re.Pattern[str]:
    streets = "|".join(load.web()["streets"])
    return re.compile(
        rf"\s*(?:[A-ZÅÄÖ][\w-]*(?:{streets})\s+\d{{1,4}}(?:\s?[A-Za-z]\s?\d{{0,3}})?"
        r"|\d{5}\s+[A-ZÅÄÖ].*)\W*"
    )


def is_known_name(text: str) -> bool:
    """Whether a text is the name of a person, by a common first name or a last name in -nen."""
    if not is_name(text):
        return False
    first_names, no_last_name = _known_names()
    names = text.casefold().split()
    last = names[-1]
    return not first_names.isdisjoint(names) or (
        last.endswith("nen") and len(last) > 4 and no_last_name.fullmatch(last) is None
    )


def begins_with_person(text: str) -> bool:
    """Whether the first of several names is that of a person: "Maija Mallinen, Kylät ry"."""
    names = _names_on(next((part for part in _PARTS.split(text) if part.strip()), ""))
    return any(map(is_known_name, names))


def before_person(text: str, *, alone: bool) -> int | None:
    """Where the part of a value ends that comes before a person or a number; None without one.

    An organisation may have its contact person behind it on the same line; a value that is known
    by itself, `alone`, needs none to be told from a person.
    """
    role, person = words().role.search(text), _person_behind(text)
    if not is_private(text) and role is None and person is None:
        other = alone or not (is_name(text) or begins_with_person(text))
        return len(text) if other else None
    cut = min(len(text) if at is None else at for at in (role and role.start(), person))
    while cut and is_private(text[:cut]):
        cut = max(text.rfind(sign, 0, cut) for sign in " ,;/(\n")
        if cut <= 0:
            return None
    tail = TAIL.search(text, 0, cut)
    kept = text[: tail.start() if tail is not None else cut]
    # A name may stand between the two: "Kylät ry, Maija Mallinen, p. 0".
    parts = LAST_PART.split(kept)
    while len(parts) > 1 and is_name(parts[-1]):
        parts.pop()
    kept = kept[: kept.rindex(parts[-1]) + len(parts[-1])] if parts[-1] else kept
    if alone:
        return len(kept) if kept.strip() else None
    # Before a person who is known as one a name without a word of bodies is none of a person.
    body = words().organisation.search(kept) or (person is not None and not is_known_name(kept))
    return len(kept) if kept.strip() and body else None


def _person_behind(text: str, *, titled: bool = False) -> int | None:
    """Where a divider stands before the known name of a person: "Humak, lehtori Maija Mallinen".

    `titled`: only with an occupation before it, for a project may have such a name.
    """
    for divider in _PARTS.finditer(text):
        part = _PARTS.split(text[divider.end() :], maxsplit=1)[0]
        tail = _TAIL_OF_CAPITALS.search(part)
        if tail is not None and is_known_name(tail[0].strip()):
            before = part[: tail.start()]
            if len(before.split()) <= _BESIDE_NAME and (
                not titled or _occupation().search(before) or words().role.search(before)
            ):
                return divider.start()
    return None


def is_contact_label(text: str) -> bool:
    """Whether a line begins with a label of contacts, alone, with a colon, or with a name."""
    match = words().contact.match(text)
    if match is None:
        return False
    return match["after"] is not None or bool(_TWO_CAPITALS.match(text[match.end() :].lstrip()))


def personal_lines(page: "Page", readable: Container[int]) -> frozenset[int]:
    """Index of the lines that tell of contact persons.

    `readable`: lines whose digits are dates and sums and no phone numbers.
    """
    full = page.full
    proven = {i for i in full if i not in readable and _is_proven(page, i)}
    found = set(proven)
    for n, i in enumerate(full):
        if i in page.of_facts or i in proven or not _is_byline(page, i):
            continue
        found.add(i)
        below = full[n + 1] if n + 1 < len(full) else i
        if _is_occupation(page, below):
            found.add(below)
    for fact in page.facts:
        value, kind = page.document.view[fact.start : fact.end], fact.label.kind
        begins = fact.label.field in _BODIES and begins_with_person(value)
        behind = kind != "narrative" and _person_behind(value, titled=kind == "name") is not None
        if begins or behind:
            found.add(fact.line)
    for n, i in enumerate(full):
        text = page.lines[i].text
        label = words().contact.match(text) if i not in page.of_facts else None
        if label is not None and not text[label.end() :].strip(" :*#"):
            # Its person stands below.
            found |= _under(page, full[n + 1 :], proven, i)
    for i in sorted(proven):
        if is_contact_label(page.lines[i].text) and not is_private(page.lines[i].text):
            continue
        # A name, a role and an address stand next to their number, in lines of their own.
        n = full.index(i)
        for step in (-1, 1):
            at = n + step
            while 0 <= at < len(full) and _may_belong(page, full[at]):
                found.add(full[at])
                at += step
    return frozenset(found)


def persons_of(page: "Page") -> list[str]:
    """The names on the lines that tell of contact persons, by which they are known in prose."""
    texts = [page.lines[i].text for i in sorted(page.personal)]
    titled = {word for title in page.titles for word in title.casefold().split()}
    addresses = " ".join(texts).casefold()
    found = dict[str, None]()
    for name in (name for text in texts for name in _names_on(text)):
        known = name.casefold().split()
        # Kotkan Toimipiste, but Johan Malm where johan.malm@ stands beside it.
        place = _GENITIVE.fullmatch(known[0]) is not None and f"{known[0]}." not in addresses
        if titled.isdisjoint(known) and not place:
            found[name] = None
    return list(found)


def _names_on(text: str) -> Iterator[str]:
    """The parts of a line that have the shape of a name, without labels, roles and occupations."""
    turned = _TURNED.match(text)
    if turned is not None:
        yield f"{turned[2]} {turned[1]}"
    for part in _PARTS.split(_DAY.sub("", text)):
        if any(map(str.isdigit, part)):
            continue
        rest = _occupation().sub(" ", words().role.sub(" ", part)).split()
        # Hankkeen projektipäällikkö Maija Mallinen
        ahead = len(rest) > 2 and _GENITIVE.fullmatch(rest[0].casefold()) is not None
        name = " ".join(rest[ahead:])
        if is_name(name):
            yield name


def _is_byline(page: "Page", i: int) -> bool:
    """Whether a line is a person's name and at most a few words: "Teksti: Maija Mallinen".

    Behind a name an organisation may stand, and a label that nobody knows before it.
    """
    text = page.lines[i].text
    if len(text) > HEADING or _CAPITALS.search(text) is None:
        return False
    small = text.casefold()
    if _known_names()[0].isdisjoint(_WORD.findall(small)) and "nen" not in small:
        return False
    if page.level(i) in (1, 2) or page.is_titled(i):
        return False
    turned = _TURNED.match(text)
    if turned is not None and is_known_name(f"{turned[2]} {turned[1]}"):
        return True
    if page.has_prose_below(i, f"{page.spelled(i)}-hank"):
        # A project may be called so: "Anna Tukea -hanke".
        return False
    label, colon, behind = text.partition(":")
    if colon and len(label.split()) <= _BESIDE_NAME and begins_with_person(behind):
        return True
    parts = [part.strip() for part in _PARTS.split(_NUMBERS.sub("", text)) if part.strip()]
    if begins_with_person(text) and all(
        part[0].isupper() or len(part) <= _SHORT_ROLE or words().role.search(part) for part in parts
    ):
        # "Maija Mallinen, Mallilan kehitys Oy (pj.)"
        return True
    tails = [_TAIL_OF_CAPITALS.search(part) for part in parts]
    names = [tail is not None and is_known_name(tail[0]) for tail in tails]
    left = sum(
        len(part[: tail.start()].split() if known and tail is not None else part.split())
        for part, tail, known in zip(parts, tails, names, strict=True)
    )
    return any(names) and (colon != "" or left <= _BESIDE_NAME) and not page.is_prose(i)


def _is_occupation(page: "Page", i: int) -> bool:
    """Whether a line says what the person above it does: "Ohjaaja", "Viestinnän suunnittelija"."""
    text = page.lines[i].text
    return (
        len(text.split()) <= _BESIDE_NAME
        and i not in page.of_facts
        and page.level(i) is None
        and _occupation().search(text) is not None
        and not (page.is_prose(i) or page.is_titled(i))
    )


@per_shelf
def _known_names() -> tuple[frozenset[str], re.Pattern[str]]:
    """Common first names, and the words in -nen that are no last names."""
    first = frozenset(listed("names", "common_first_names"))
    return first, re.compile(pattern("names", "no_last_names"))


@per_shelf
def _occupation() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern('names', 'occupations')})(?!\w)", re.IGNORECASE)


def _is_proven(page: "Page", i: int) -> bool:
    text = page.lines[i].text
    if is_private(text) or _links_person(page, i):
        return True
    if i in page.of_facts or len(text) > VALUE:
        return False
    if is_contact_label(text):
        return True
    role = words().role.search(text) is not None and _TWO_CAPITALS.search(text) is not None
    return role and not page.is_prose(i) and page.level(i) is None


def _links_person(page: "Page", i: int) -> bool:
    """Whether the source of a line has an address or a number that only a click shows."""
    if not page.has_links:
        return False
    line = page.lines[i]
    raw = page.document.raw(page.document.span(line.start, line.end))
    return "mailto:" in raw or "tel:" in raw


def _under(page: "Page", following: list[int], proven: set[int], label: int) -> set[int]:
    """The lines below a label of contacts that are a person's."""
    # Above all prose and facts such a heading is an item of a menu, and below it stands a title.
    begun = min(page.of_facts, default=label) < label or any(
        page.is_prose(i) for i in range(label) if not page.lines[i].blank
    )
    menu = page.spelled(label) in words().contact_places and not begun
    found: set[int] = set()
    named = False
    for i in following[:8]:
        text = page.lines[i].text
        if i in page.of_facts or page.is_caption(i) or page.is_ending(i) or len(text) > HEADING:
            break
        if i in proven:
            named = True
        elif is_name(text):
            if _is_title(page, i) or (menu and not _beside_number(page, following, i, proven)):
                break
            named = True
        elif not named or not _may_belong(page, i):
            break
        found.add(i)
    return found


def _beside_number(page: "Page", following: list[int], i: int, proven: set[int]) -> bool:
    """Whether a number, an address or a role follows a name in the next lines."""
    at = following.index(i)
    near = following[at + 1 : at + 4]
    if not near:
        return True
    for n in near:
        if n in proven:
            return True
        if n in page.of_facts or page.is_prose(n) or page.level(n) is not None:
            return False
        if words().role.search(page.lines[n].text):
            return True
    return all(is_name(page.lines[n].text) for n in near)


def _is_title(page: "Page", i: int) -> bool:
    """Whether a line in the shape of a name is a title of the page."""
    level = page.level(i)
    if level in (1, 2) or page.is_titled(i):
        return True
    below = page.below(i)
    if level is not None or below is None:
        return False
    # Prose below a title names it; below a person it says what the person does.
    named = page.title_text(i).casefold() in page.lines[below].text.casefold()
    return below in page.of_facts or (
        named and page.is_prose(below) and not is_private(page.lines[below].text)
    )


def _may_belong(page: "Page", i: int) -> bool:
    """Whether a line next to a number is a name, a role or an address."""
    text = page.lines[i].text
    if i in page.of_facts or len(text) > HEADING or page.is_prose(i) or page.is_titled(i):
        return False
    if page.level(i) in (1, 2):
        return False
    if is_name(text) or is_address(text):
        return True
    role = words().role.search(text) is not None
    return role and len(text.split()) <= 4 and page.level(i) is None
