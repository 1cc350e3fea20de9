"""By what headings of lists are compared."""

import re
import unicodedata
from functools import lru_cache

# Raised digits, or a number and a bracket; digits in brackets tell copies of a column apart.
_NOTE = re.compile(r'(?<=[\w)])(?:\s?[¹²³\u2070\u2074-\u2079]++\)?|\s\d{1,2}\))[\s"]*$')


@lru_cache(maxsize=10_000)
def heading_key(text: str) -> str:
    """The letters and digits of a heading, by which headings are compared.

    Signs around and inside do not matter: quotes, line feeds, hyphens, a colon or a stray separator
    behind it, `(€)`. Nor does a word of the unit that tells nothing but euros or days. A sign that
    makes shares or another currency of sums does matter. The mark of a note behind it does not.
    """
    text = _NOTE.sub("", text)
    return re.sub(r"[^\w%‰$£¥]+|_+", "", unicodedata.normalize("NFKC", text).casefold())
