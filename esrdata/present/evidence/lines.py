"""The lines of a source on an evidence page, cut where values begin and end."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from esrdata.present.evidence.model import Line, Mark, Piece, Source
from esrdata.present.evidence.text import FileText
from esrdata.reading.record import Status

# A mark longer than this has its note at the foot of the window, not beside it.
_LONG = 80
#: How a piece of text that belongs to several values is drawn: as the first of these.
DRAWN = (Status.UNREADABLE, Status.BLANK, Status.NOT_APPLICABLE, Status.READ)


def lines_of(
    text: FileText, marks: Sequence[Mark], chosen: Sequence[int], *, bare: bool
) -> list[Line]:
    """The chosen lines of a source with values of the project; `bare` shows nothing but these."""
    document = text.document
    on: dict[int, list[Mark]] = {}
    for mark in (mark for mark in marks if mark.placed):
        for i in text.touched(mark):
            on.setdefault(i, []).append(mark)
    lines: list[Line] = []
    anchored: set[str] = set()
    before, page = -1, 0 if document.paged else 1
    for first, last in _runs(text, chosen):
        # A name may run over the end of a line, so lines that follow each other are covered as one.
        held = {id(mark): mark for i in range(first, last + 1) for mark in on.get(i, ())}
        covered = text.covered(first, last, held.values(), bare)
        begin = document.lines[first].start
        for i in (i for i in range(first, last + 1) if not document.lines[i].blank):
            line = document.lines[i]
            at, number = text.place(i)
            cut = covered[line.start - begin : line.end - begin]
            withheld = i in text.text.withheld
            pieces = list(_pieces(cut, line.start, on.get(i, ()), withheld, anchored))
            left_out = bool(text.between(before, i))
            lines.append(Line(number, pieces, i - 1 != before, None, left_out, withheld))
            if at != page:
                lines[-1].page = page = at
            before = i
    return lines


def _runs(text: FileText, chosen: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Lines that follow each other but for blank ones, as first and last."""
    run: list[int] = []
    for i in chosen:
        if run and text.between(run[-1], i):
            yield run[0], run[-1]
            run = []
        run.append(i)
    if run:
        yield run[0], run[-1]


def _pieces(
    text: str, begin: int, marks: Sequence[Mark], withheld: bool, anchored: set[str]
) -> Iterator[Piece]:
    """A line cut where values begin and end; of a withheld line the values alone."""
    end = begin + len(text)
    cuts = {begin, end}
    for mark in marks:
        cuts |= {min(max(at, begin), end) for at in (mark.start, mark.end)}
    for at, following in [*pairwise(sorted(cuts)), (end, end)]:
        slots = tuple(mark for mark in marks if mark.start == mark.end == at)
        if slots:
            yield _piece("", slots, anchored)
        if following == at:
            continue
        within = tuple(mark for mark in marks if mark.start <= at and following <= mark.end)
        part = text[at - begin : following - begin]
        if within:
            yield _piece(part, within, anchored)
        elif not withheld:
            yield Piece(part)


def _piece(text: str, marks: tuple[Mark, ...], anchored: set[str]) -> Piece:
    statuses = {mark.value.status for mark in marks}
    kind = next(status for status in DRAWN if status in statuses)
    classes = [kind.replace("_", "-")]
    classes += ["slot"] * (not text) + ["long"] * (len(text) > _LONG)
    classes += ["unused"] * (not any(mark.used for mark in marks))
    new = tuple(mark.anchor for mark in marks if mark.anchor not in anchored)
    anchored.update(new)
    tip = "\n\n".join(mark.tip for mark in marks)
    return Piece(text, marks, " ".join(classes), tip, new)


def line_of(
    text: FileText, source: Source, line_at: Mapping[int, Line], finding: Mapping[str, Any]
) -> int | None:
    """Index of the shown line that a finding is about; None where several have its number."""
    if finding["file"] != source.file or finding["line"] is None:
        return None
    for mark in source.marks:
        place = mark.value.field, mark.value.line
        if mark.placed and place == (finding["field"], finding["line"]):
            return text.document.line_index(mark.start)
    found = [i for i, line in line_at.items() if line.number == finding["line"]]
    if len(found) > 1:
        raw = " ".join(str(finding["raw"] or "").partition("\n")[0].split())
        lines = text.document.lines
        found = [i for i in found if raw and raw in " ".join(lines[i].text.split())]
    return found[0] if len(found) == 1 else None
