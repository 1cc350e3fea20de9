"""Pages and accounts of persons: what stands behind linkedin.com/in/ is whose page it is."""

import re
from collections.abc import Iterator

from esrdata.documents.text import found_at
from esrdata.reading.privacy.signs import Plain
from esrdata.reading.privacy.vocabulary import listed

_PAGES = (".com/", "/profile/")
_WHOSE = re.compile(r"[\w.%~+-]+")
# An account with a dot or a digit: Skype: tiina.testinen, but not Skype:n kautta.
_ACCOUNT = re.compile(r"skype[: ][ \t]?((?:live:)?[^\W\d_][\w-]*(?:[._][\w-]+|\d[\w-]*))")


def profiles(plain: Plain) -> Iterator[tuple[int, int]]:
    """Where names of pages and accounts of persons stand."""
    small = plain.small
    if any(page in small for page in _PAGES):
        for page in listed("profiles", "pages"):
            for at in found_at(small, page):
                whose = _WHOSE.match(small, at + len(page))
                if whose is not None:
                    yield whose.span()
    if "skype" in small:
        for account in _ACCOUNT.finditer(small):
            yield account.span(1)
