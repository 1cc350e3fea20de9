"""Which lines of a page only lead to its parts: links, tabs, a table of contents."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.vocabulary import words

if TYPE_CHECKING:
    from esrdata.reading.web.lines import Lines

# What begins a link to a part of the page, or a tab, and so far before its words it may stand.
_JUMP = re.compile(
    r"""<a\s[^<>]*href\s*=\s*["']?#[^\s"'>]|<[a-z]++\s[^<>]*(?:role\s*=\s*["']?tab|toggle\s*=\s*["']?(?:tab|pill))(?![\w-])""",
    re.IGNORECASE,
)
_FAR = 600


def jumps(page: "Lines") -> frozenset[int]:
    """Lines of links to parts of a page, of its tabs, and of a table of contents."""
    text = page.document.text
    full, found = page.full, _contents(page, page.full)
    if page.document.outline is None or _JUMP.search(text) is None:
        return frozenset(found)
    before, end = False, 0
    for n, i in enumerate(full):
        start, last = page.place(i), end
        opening = text[max(last, start - _FAR) : start] if start > last else ""
        leads = len(page.lines[i].text) <= SETTINGS.heading and _JUMP.search(opening) is not None
        if leads and before:
            found.update((full[n - 1], i))
        before, end = leads, page.document.ends[page.lines[i].end - 1]
    return frozenset(found)


def _contents(page: "Lines", full: Sequence[int]) -> set[int]:
    """Lines of a table of contents: labels and captions alone, that stand below once more."""
    found: set[int] = set()
    run: list[int] = []
    for i in [*full, None]:
        if i is not None and (page.is_label(i) or page.spelled(i) in words().passed):
            run.append(i)
            continue
        twice = sum(page.times[page.spelled(n)] > 1 for n in run)
        if len(run) > SETTINGS.contents and twice >= SETTINGS.contents:
            found.update(run)
        run = []
    return found
