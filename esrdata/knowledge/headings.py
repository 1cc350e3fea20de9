"""The key by which headings of lists are compared."""

import re
import unicodedata
from functools import lru_cache

# Superscripts, or a number with a bracket; digits in brackets separate copies of a column.
_NOTE = re.compile(r'(?<=[\w)])(?:\s?[¹²³\u2070\u2074-\u2079]++\)?|\s\d{1,2}\))[\s"]*$')


@lru_cache(maxsize=10_000)
def heading_key(text: str) -> str:
    """The letters and digits of a heading, for comparison.

    Quotes, line feeds, hyphens, colons, stray separators and `(€)` do not matter, nor does a unit
    of euros or days, nor the mark of a note at the end. Signs for shares or other currencies do.
    """
    text = _NOTE.sub("", text)
    return re.sub(r"[^\w%‰$£¥]+|_+", "", unicodedata.normalize("NFKC", text).casefold())
