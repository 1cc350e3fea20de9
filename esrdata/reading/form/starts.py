"""Where descriptions begin in a document, and the form and language that explain each best."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from esrdata.documents.document import Document
from esrdata.reading.form.headings import find_candidates, find_headings, finder, whole_lines
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.form.spec import Form
from esrdata.reading.quantities.kinds import KINDS

_AHEAD = re.compile(rf"\s*(?P<value>.{{0,{SETTINGS.code_length}}})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a description begins, and by which form and language it is read.

    `tied` are forms and languages that explain it as well; `other_titles` places of lines within
    it that would open a description of another form.
    """

    at: int
    form: Form
    language: str
    tied: tuple[str, ...] = ()
    other_titles: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The form and language, for a sentence."""
        return f"{self.form.name} ({self.language})"


class _Code(NamedTuple):
    """A label of a project code that opens a description, and the last label near it."""

    at: int
    last: int


class _Claim(NamedTuple):
    """What a form in a language takes for a beginning; `last` is None for a title alone."""

    start: Start
    last: int | None


def find_starts(document: Document, forms: Sequence[Form]) -> list[Start]:
    """Find where descriptions begin.

    Where several forms or languages claim a beginning, the one that explains most of the lines up
    to the next description reads it: headings and labels in the order of the form, few lines left
    over. They are compared only there, so that one form more on the shelf costs nothing elsewhere.

    In the order of the page. Of forms that explain one equally well, the first given.
    """
    groups = _groups(document, forms)
    found: list[Start] = []
    for i, group in enumerate(groups):
        later = groups[i + 1] if i + 1 < len(groups) else []
        end = min((claim.start.at for claim in later), default=len(document.view))
        start = _best(document, [claim.start for claim in group], end)
        before = found[-1] if found else None
        names, following = ({claim.start.name for claim in some} for some in (group, later))
        if before is not None:
            sure = before.name in names
        else:
            # A line above a description may happen to be the title of another form.
            alone = all(claim.last is None for claim in group)
            sure = not (alone and later and names.isdisjoint(following))
        if sure or _gains(document, start, end, before):
            found.append(start)
        elif before is not None:
            found[-1] = replace(before, other_titles=(*before.other_titles, start.at))
    return [replace(s, at=_with_furniture(document, s.form, s.at)) for s in found]


def _gains(document: Document, start: Start, end: int, before: Start | None) -> bool:
    """Whether a description that is to begin explains more than the one before it would, going on.

    The form before may explain the same lines: as its own, or as an author's text.
    """
    worth = _worth(document, start, start.at, end)
    if before is not None:
        worth -= _worth(document, before, before.at, end)
        worth += _worth(document, before, before.at, start.at)
    return worth > SETTINGS.another


def _groups(document: Document, forms: Sequence[Form]) -> list[list[_Claim]]:
    """Claims by the description that they are about, in the order of the page."""
    readers = [(form, language) for form in forms for language in form.languages]
    titles = [_titles(document, *reader, 0, len(document.view)) for reader in readers]
    codes = sorted(
        (
            (code, i)
            for i, reader in enumerate(readers)
            for code in _codes(document, *reader, titles[i])
        ),
        key=lambda pair: pair[0].at,
    )
    # Codes of one description stand among each other's labels.
    together: list[list[tuple[_Code, int]]] = []
    for code, i in codes:
        known = {j for _, j in together[-1]} if together else set()
        if together and i not in known and code.at <= max(c.last for c, _ in together[-1]):
            together[-1].append((code, i))
        else:
            together.append([(code, i)])
    groups: list[list[_Claim]] = []
    previous = -1
    for some in together:
        claims = [_claim(document, *readers[i], titles[i], previous, code) for code, i in some]
        groups.append(claims)
        previous = max(code.last for code, _ in some)
    for i, reader in enumerate(readers):
        # A page cut off under its title is a description still.
        last = max((code.at for code, j in codes if j == i), default=-1)
        for at in (at for at in titles[i] if at > last):
            claim = _Claim(Start(at, *reader), None)
            same = next((group for group in groups if _spans(group, at)), None)
            if same is not None:
                same.append(claim)
            else:
                groups.append([claim])
    # The order of the shelf decides between forms that tie.
    names = [f"{form.name} ({language})" for form, language in readers]
    for group in groups:
        group.sort(key=lambda claim: names.index(claim.start.name))
    return sorted(groups, key=lambda group: min(claim.start.at for claim in group))


def _spans(group: list[_Claim], at: int) -> bool:
    """Whether a place lies within the lines that opened a description."""
    return min(c.start.at for c in group) <= at <= max(c.last or c.start.at for c in group)


def _claim(
    document: Document, form: Form, language: str, titles: list[int], previous: int, code: _Code
) -> _Claim:
    """What opens a description above its project code: a title, or else the first heading."""
    title = next((at for at in reversed(titles) if previous < at < code.at), None)
    if title is None:
        hits = find_candidates(document, form, language, previous + 1, code.at)
        first = [hit.start for hit in hits if hit.order == 0]
        title = first[-1] if first else code.at
    return _Claim(Start(title, form, language), code.last)


def _best(document: Document, rivals: list[Start], end: int) -> Start:
    """The rival that explains most of the lines up to a place."""
    if len(rivals) == 1:
        return rivals[0]
    begin = min(start.at for start in rivals)
    worths = [_worth(document, start, begin, end) for start in rivals]
    best = max(worths)
    first, *others = [
        start for start, worth in zip(rivals, worths, strict=True) if worth >= best - SETTINGS.tie
    ]
    return replace(first, tied=tuple(start.name for start in others))


def _worth(document: Document, start: Start, begin: int, end: int) -> float:
    """How well a form explains the lines of a slice of the view."""
    form, language = start.form, start.language
    headings = find_headings(document, form, language, begin, end)
    top = headings.chosen[0].start if headings.chosen else end
    banner = document.matches(whole_lines(form.furniture, language), begin, top)
    titles = [at for at in _titles(document, form, language, begin, end) if at < top]
    known = len({document.line_index(hit.start()) for hit in banner}) + len(titles)
    # Lines above the first heading were counted as unexplained.
    title = SETTINGS.heading if titles else 0.0
    return headings.worth - SETTINGS.unexplained * known + title


def _titles(document: Document, form: Form, language: str, begin: int, end: int) -> list[int]:
    titles = whole_lines(tuple(title.labels for title in form.titles), language)
    return [match.start() for match in document.matches(titles, begin, end)]


def _codes(document: Document, form: Form, language: str, titles: Sequence[int]) -> Iterator[_Code]:
    """Places of the label that opens every description of the form.

    Prose may mention the label: a description has a code behind it, or the title of the form
    before it, and goes on with other labels of its first section.
    """
    previous = -1
    known, view = finder(form, language), document.view
    labels = known.labels[0]
    for hit in document.matches(known.code, 0, len(view)):
        if 0 not in labels.of(hit):
            continue
        index = document.line_index(hit.start())
        below = (i for i in range(index + 1, len(document.lines)) if not document.lines[i].blank)
        lines = ((i, document.lines[i].start) for i in islice(below, SETTINGS.near))
        found = ((i, labels.lines.pattern.match(view, at)) for i, at in lines)
        near = {i: labels.of(match) for i, match in found if match and 0 not in labels.of(match)}
        ahead = _AHEAD.match(view, hit.end())
        enough = len(set(near.values())) >= SETTINGS.labels_near
        coded = ahead is not None and re.fullmatch(KINDS["code"].pattern, ahead["value"])
        if enough and (coded or any(previous < at < hit.start() for at in titles)):
            previous = document.lines[max(near)].start
            yield _Code(hit.start(), previous)


def _with_furniture(document: Document, form: Form, at: int) -> int:
    """Move a start up over the banner that stands above the title."""
    banner = whole_lines(form.furniture).pattern
    index = first = document.line_index(at)
    while index > 0:
        line = document.lines[index - 1]
        if banner.fullmatch(line.text):
            first = index - 1
        elif not line.blank:
            break
        index -= 1
    return document.lines[first].start
