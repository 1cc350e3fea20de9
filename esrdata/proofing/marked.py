"""Marked copies of a draft: a page with colours and words, and Word comments at the numbers."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from html import escape
from pathlib import Path
from typing import Any

from esrdata.knowledge import wording
from esrdata.proofing.docx import W, gather_from, pieces, text_of
from esrdata.proofing.findings import (
    AMBIGUOUS,
    CONTRADICTED,
    NOT_DERIVABLE,
    OUT_OF_SCOPE,
    Finding,
)
from esrdata.proofing.places import CAPTION, CELL, FOOTNOTE, HEADING, Draft, Gathering, Place
from esrdata.proofing.words import reason, statistic

#: Verdicts that are written beside a number; the others are right or out of scope.
REPORTED = (CONTRADICTED, AMBIGUOUS, NOT_DERIVABLE)
#: A sign for each verdict, so that colour is never the only mark.
_SIGNS = {"equal": "✓", "rounded": "≈", CONTRADICTED: "✗", AMBIGUOUS: "?", NOT_DERIVABLE: "∅"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STYLE = Path(__file__).parents[1] / "present" / "templates" / "proof.css"


def page(draft: Draft, found: Sequence[Finding], summary: str) -> str:
    """The draft as an HTML page, every number marked with its verdict."""
    lang, by_place = draft.lang, _by_place(found)
    title = wording.word("proof.title", lang)
    names = {verdict: wording.word(f"proof.verdict.{verdict}", lang) for verdict in _SIGNS}
    key = " ".join(
        f'<mark class="{verdict}">{_SIGNS[verdict]} {escape(name)}</mark>'
        for verdict, name in names.items()
    )
    body, style = "\n".join(_body(draft, by_place)), _STYLE.read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}: {escape(Path(draft.path).name)}</h1>\n"
        f'<p class="summary">{escape(summary)}</p>\n<p class="key">{key}</p>\n'
        f"{body}\n</body>\n</html>\n"
    )


def _by_place(found: Sequence[Finding]) -> dict[int, list[Finding]]:
    by: dict[int, list[Finding]] = {}
    for one in found:
        by.setdefault(one.place.number, []).append(one)
    return by


def _body(draft: Draft, by_place: dict[int, list[Finding]]) -> Iterator[str]:
    done: set[int] = set()
    for place in draft.places:
        if place.kind == CELL:
            if place.ordinal not in done:
                done.add(place.ordinal)
                yield _table(draft, place.ordinal, by_place)
            continue
        text = _marked(place, by_place.get(place.number, ()), draft.lang)
        if place.kind == HEADING:
            level = min(max(place.level, 1) + 1, 6)
            yield f"<h{level}>{text}</h{level}>"
        elif place.kind in (CAPTION, FOOTNOTE):
            yield f'<p class="{place.kind}">{text}</p>'
        else:
            yield f"<p>{text}</p>"


def _table(draft: Draft, number: int, by_place: dict[int, list[Finding]]) -> str:
    grid = draft.grids[number]
    rows = []
    for row in range(grid.rows):
        cells = []
        for column in range(grid.columns):
            place = grid.cells.get((row, column))
            text = (
                "" if place is None else _marked(place, by_place.get(place.number, ()), draft.lang)
            )
            tag = "th" if row == 0 else "td"
            cells.append(f"<{tag}>{text}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div class="wide"><table>{"".join(rows)}</table></div>'


def _marked(place: Place, found: Sequence[Finding], lang: str) -> str:
    """A text with its numbers marked, each followed by its verdict."""
    parts, at = [], 0
    for one in found:
        number = one.number
        if one.verdict == OUT_OF_SCOPE or number.start < at:
            continue
        parts.append(escape(place.text[at : number.start]))
        name = wording.word(f"proof.verdict.{one.verdict}", lang)
        why = reason(one, lang)
        made = statistic(one)
        tip = escape(f"{name}: {why}" + (f" {made}" if made else ""), quote=True)
        inner = escape(place.text[number.start : number.end])
        parts.append(
            f'<mark class="{one.verdict}" title="{tip}">{_SIGNS[one.verdict]} {inner}</mark>'
        )
        if one.verdict in REPORTED:
            text = f"{name}: {why}" if one.verdict == CONTRADICTED else name
            parts.append(f' <span class="verdict {one.verdict}">[{escape(text)}]</span>')
        at = number.end
    parts.append(escape(place.text[at:]))
    return "".join(parts).replace("\n", "<br>")


# ---- Word


def commented(draft: Draft, found: Sequence[Finding], target: Path) -> None:
    """Write a copy of a Word draft with a comment at every number that is not right."""
    from docx import Document

    document = Document(draft.path)
    paragraphs = _paragraphs(document, draft)
    for one in found:
        if one.verdict not in REPORTED:
            continue
        holder, offset = _holder(paragraphs.get(one.place.number, []), one.number.start)
        if holder is None:
            continue
        runs = _runs(document, holder, offset, offset + one.number.end - one.number.start)
        if runs:
            name = wording.word(f"proof.verdict.{one.verdict}", draft.lang)
            text = f"{name[:1].upper()}{name[1:]}. {reason(one, draft.lang)}"
            made = statistic(one)
            document.add_comment(
                runs=runs, text=f"{text}\n{made}" if made else text, author="esrdata", initials="E"
            )
    document.save(str(target))


def _paragraphs(document: Any, draft: Draft) -> dict[int, list[Any]]:
    """The paragraphs of each place of the copy, which must read as the draft did."""
    gathered = Gathering()
    gather_from(document, gathered)
    assert len(gathered.places) == len(draft.places)
    return {
        place.number: place.holder if isinstance(place.holder, list) else [place.holder]
        for place in gathered.places if place.holder is not None
    }  # fmt: skip


def _holder(paragraphs: Sequence[Any], start: int) -> tuple[Any, int]:
    """The paragraph that holds an offset of a cell's text, and the offset in it."""
    at = 0
    for paragraph in paragraphs:
        size = len(text_of(paragraph))
        if start < at + size:
            return paragraph, start - at
        at += size + 1
    return None, 0


def _runs(document: Any, paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs that hold a stretch of a paragraph, split so that they hold nothing else."""
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    at, runs = 0, []
    parent = Paragraph(paragraph, document._body)
    for element, text in list(pieces(paragraph)):
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        run = element.getparent()
        if first >= last or run.tag != f"{W}r":
            continue
        if element.tag == f"{W}t":
            siblings = [e for e in run if e.tag != f"{W}rPr"]
            place = siblings.index(element)
            if first or place:
                _piece(run, siblings[:place], text[:first], after=False)
            if text[last:] or siblings[place + 1 :]:
                _piece(run, siblings[place + 1 :], text[last:], after=True)
            element.text = text[first:last]
            element.set(_SPACE, "preserve")
        runs.append(Run(run, parent))
    return runs


def _piece(run: Any, moved: Sequence[Any], text: str, *, after: bool) -> None:
    """Split off the text before or behind a number into a run of the same format."""
    other = run.makeelement(run.tag, dict(run.attrib))
    looks = run.find(f"{W}rPr")
    if looks is not None:
        other.append(deepcopy(looks))
    held = other.makeelement(f"{W}t", {_SPACE: "preserve"})
    held.text = text
    other.extend(moved)
    if text:
        other.insert(len(other) - len(moved) if after else len(other), held)
    (run.addnext if after else run.addprevious)(other)
