"""The elements of packed XML are counted before it is read: each takes memory, even if empty.

A part that packs to a thousandth of its size can hold millions of empty elements, of which a reader
makes an object each. They count as text does: so many characters each (`Limits.text_ratio`).
"""

from __future__ import annotations

import re
from typing import IO

from esrdata.limits import limits

#: Characters that an element or an attribute counts as.
EACH = 16
# In workbooks: cells and their values are dropped with their row, of other elements openpyxl makes
# objects that stay.
_CELL, _DEAR = 8, 96
_STAYS = re.compile(rb"<(?!(?:\w+:)?(?:c|v|f|row|is|t)\b)\w")
_CHUNK = 2**20


def check_elements(
    part: IO[bytes], packed: int, before: int = 0, *, of_workbook: bool = False
) -> int:
    """The weight of the elements and attributes of a part, and of the parts before it.

    Raises `LimitError` if it is too much for a file of `packed` bytes.
    """
    while chunk := part.read(_CHUNK):
        every = chunk.count(b"<") - chunk.count(b"</")
        if of_workbook:
            before += _CELL * every + (_DEAR - _CELL) * len(_STAYS.findall(chunk))
        else:
            before += EACH * (every + chunk.count(b"="))
        limits().check_weight(packed, before)
    return before
