"""Columns in which texts were cut off: several end with dots, or where a program ends them."""

from collections.abc import Iterable, Iterator

from esrdata.reading.lists.block import Block
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import Column

DOTS = ("…", "...")


def cut_columns(block: Block, texts: Iterable[str]) -> Iterator[Column]:
    """The columns with several of some texts that may be cut off: one may end so by itself."""
    found = set(texts)
    for at, column in enumerate(block.heading.columns) if len(found) > 1 else ():
        if column is not None:
            cut = found.intersection(block.texts(at))
            dotted = {text for text in cut if text.endswith(DOTS)}
            if len(dotted) > 1 or len(cut - dotted) > 1:
                yield column


def may_be_cut(text: str) -> bool:
    """Whether a narrative may have been cut off, as it stands in its cell: with quotes doubled."""
    return text.endswith(DOTS) or len(text.replace('""', '"')) in SETTINGS.cut_lengths
