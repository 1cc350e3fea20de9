"""A Document of an HTML page: its view without the furniture of the site, and its outline."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from esrdata.documents.document import Document
from esrdata.documents.html.outline import Region, furniture, outline
from esrdata.documents.html.page import view_and_tags
from esrdata.documents.layout import furniture as of_pages
from esrdata.documents.layout import is_known, tail
from esrdata.documents.lines import View

# A page begins with one of these tags near its top, and ends with one.
_BEGINS, _ENDS = (re.compile(p, re.IGNORECASE) for p in (r"<(?:html|body)\b", r"</(?:html|body)\b"))
_HEAD = 2_000
# Attributes of cells of LibreOffice and of older Excel, with the numbers they show.
_OF_SHEETS = ("sdval=", "x:num=")
# Addresses that a print has on its pages, and a page that a program made of it.
_OF_PRINTS = ("le://", "rrtiepa/")
# No notice of cookies does without one of these.
_OF_NOTICES = ("eväste", "kakor", "cookie")


def laid_out(document: Document) -> Document:
    """A document whose text is an HTML page, with what a person sees of it.

    Menus, notices of cookies and footers are furniture: they are left out of the view and counted,
    as the page numbers of a print are.
    """
    seen = view_and_tags(document.text)
    if seen.ordered and any(sign in document.text for sign in _OF_SHEETS):
        # Imported when used: few pages were saved by a program for spreadsheets.
        from esrdata.documents.html.kept import with_numbers

        seen = replace(seen, view=with_numbers(document.text, seen.view))
    parts = outline(document.text, seen.tags)
    cut = furniture(parts, seen.view[1]) if parts.regions else []
    letter = document.format == "eml"
    (view, starts, ends), dropped = _without(seen.view, cut, letter=letter)
    laid = replace(
        document,
        view=view,
        starts=starts,
        ends=ends,
        ordered=seen.ordered,
        furniture=tuple(dropped),
        outline=replace(parts, cut=tuple(cut)),
        mended=seen.left_out,
        cut_off=is_cut_off(document.text),
    )
    return replace(laid, merged=laid.merged_at(seen.merged)) if seen.merged else laid


def is_cut_off(text: str) -> bool:
    """Whether a page has the tag that begins one, and neither of those that end it."""
    return _BEGINS.search(text, 0, _HEAD) is not None and not (
        _ENDS.search(text, max(0, len(text) - _HEAD)) or _ENDS.search(text)
    )


def _without(seen: View, cut: list[Region], *, letter: bool) -> tuple[View, list[int]]:
    """A view without the lines of some regions and of the site, and where in it they stood."""
    view, starts, ends = seen
    texts = view.split("\n")
    begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
    out = {
        i
        for i, text in enumerate(texts if cut else ())
        if text and _inside(cut, starts[begins[i] : begins[i] + len(text)])
    }
    if any(word in view for word in _OF_NOTICES):
        out.update(i for i, t in enumerate(texts) if t and is_known("notices", t.strip()))
    full = [i for i, text in enumerate(texts) if text.strip() and i not in out]
    if any(sign in view for sign in _OF_PRINTS):
        put = of_pages([texts[i] for i in full])
        out.update(full[at] for at in put)
        full = [i for i in full if i not in out]
    out.update(full[len(full) - tail([texts[i] for i in full], letter=letter) :])
    if not out:
        return seen, []
    pieces: list[str] = []
    new_starts, new_ends = array("L"), array("L")
    dropped: list[int] = []
    for i, (first, text) in enumerate(zip(begins, texts, strict=False)):
        last = first + len(text)
        if i in out:
            dropped.append(len(new_starts))
            continue
        # The line end goes with its line; where lines went, one blank line is enough.
        stop = min(last + 1, len(view))
        if first == last and pieces and pieces[-1] == "\n":
            continue
        pieces.append(view[first:stop])
        new_starts.extend(starts[first:stop])
        new_ends.extend(ends[first:stop])
    left = "".join(pieces)
    length = len(left.rstrip("\n"))
    del new_starts[length:], new_ends[length:]
    return (left[:length], new_starts, new_ends), [min(at, length) for at in dropped]


def _inside(cut: list[Region], places: array[int]) -> bool:
    """Whether all of a line stands in one of some regions that follow one another."""
    last = bisect_right(cut, places[0], key=lambda region: region.start) - 1
    return last >= 0 and all(cut[last].start <= place < cut[last].end for place in places)
