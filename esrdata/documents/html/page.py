"""An HTML page to the lines a person sees, each character with its place in the source.

The tree builders give no places, so the page is taken as a stream of tags: block tags begin
a line, unclosed ones do no harm, and a page that is cut off reads as far as it goes. What stands
side by side on the screen (cells of a table row, a term and its description) stands on one line,
divided by a tab.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from esrdata.documents.document import Merged
from esrdata.documents.html import hidden
from esrdata.documents.html.hiding import HidingViewer
from esrdata.documents.html.outline import Tag
from esrdata.documents.html.viewer import Viewer
from esrdata.documents.left_out import HIDDEN_READ, HIDDEN_TEXT
from esrdata.documents.lines import View
from esrdata.documents.mapped import composed


@dataclass(frozen=True, slots=True)
class Seen:
    """The view of a page, and what else its tags tell.

    Attributes
    ----------
    view
        What a person sees, with the place of each character in the source. A line feed divides
        lines, a tab the cells of a table row; signs that take no room are left out. Places are not
        in order where a cell of several lines stands beside others: the rest of it stands below.
    tags
        Its block tags in order.
    ordered
        Whether the places of the view are in order.
    left_out
        How many elements with text were left out of each kind, or were read although hidden.
    merged
        Cells that reach over several rows or columns, their rows by places in the source.
    """

    view: View
    tags: list[Tag]
    ordered: bool
    left_out: tuple[tuple[str, int], ...]
    merged: tuple[Merged, ...]


def view_and_tags(text: str) -> Seen:
    """The view of a page, and what else its tags tell."""
    left_out = Counter[str]()
    # Most pages that browsers save name something hidden: they are not viewed twice for it.
    hiding = HidingViewer(text) if hidden.hides(text) else None
    viewer: Viewer = hiding or Viewer(text)
    viewer.run()
    if hiding is None and viewer.hides:
        viewer = hiding = HidingViewer(text)
        hiding.run()
    if hiding is not None:
        if hiding.panels:
            viewer = hiding = HidingViewer(text, panels=frozenset(hiding.panels))
            hiding.run()
        left_out = Counter(part.kind for part in hiding.left_out)
        signs = sum(part.signs for part in hiding.left_out if part.kind == HIDDEN_TEXT)
        if signs > len(viewer.starts):
            # The greater part of a page is its text: a script shows it, piece by piece.
            viewer = HidingViewer(text, hiding=False)
            viewer.run()
            left_out[HIDDEN_READ] = left_out.pop(HIDDEN_TEXT)
    whole = composed("".join(viewer.pieces), viewer.starts, viewer.ends)
    view, merged = (whole.text, whole.starts, whole.ends), tuple(viewer.merged)
    return Seen(view, viewer.tags, viewer.ordered, tuple(left_out.items()), merged)
