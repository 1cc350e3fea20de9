"""News stories: the headline tells something, and the prose calls the project by its name."""

import re
from itertools import islice, takewhile

from esrdata.reading.web.called import called_in
from esrdata.reading.web.names import tells
from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS

_DAY = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\s?[-–]|\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def story_of(page: Page, title: int) -> tuple[bool, tuple[int, int] | None]:
    """Whether a line heads a story and is no name, and the name in the prose where that is sure.

    A day or the name of the writer stands right above or below the headline of a story, and the
    prose calls the project something that the headline has no word of; or it tells what happened.
    """
    told, dated = tells(page, title), _is_dated(page, title)
    if not (told or dated):
        return False, None
    called = called_in(page)
    if not told and (not called or called.agrees(page.title_text(title))):
        return False, None
    if len(called.names) != 1 or called.longer:
        return True, None
    found = next(iter(called.names.values()))
    whole = next((one for one in found if one[2]), None)
    if whole is None and not dated:
        # "Verso-hankkeen työtä" may be that of another project.
        return True, None
    return True, (whole or found[0])[:2]


def _is_dated(page: Page, title: int) -> bool:
    """Whether a day or a writer stands by a headline."""
    below = (i for i in page.full if i > page.title_end(title))
    under = takewhile(lambda i: not page.is_prose(i), islice(below, SETTINGS.near_head))
    above = [page.above(title)]
    return any(
        i in page.personal
        or page.is_stamp(i)
        or (len(page.lines[i].text) <= SETTINGS.heading / 2 and _DAY.search(page.lines[i].text))
        for i in (*under, *above)
        if i is not None and i not in page.of_facts
    )
