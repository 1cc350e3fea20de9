"""Errors planted in copies of our own Word reports, and what is noticed of them."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document

from benchmarks.proofing.errors import changed, transposed
from benchmarks.proofing.tally import Tally
from esrdata.proofing.draft import read
from esrdata.proofing.findings import CONTRADICTED, EQUAL, OUT_OF_SCOPE, ROUNDED
from esrdata.proofing.proof import Proofer

_CELL = re.compile(r"^[−-]?€?\d[\d\u00a0 .,]*(?: ?[%€]|\u00a0[%€])?$")
#: An error stands in so many of the cells with numbers.
_EVERY = 14
_SUM = re.compile(r"^(?:Yhteensä|Totalt|Total)\b")


def of_pack(report: Path, proofer: Proofer, folder: Path, seed: int) -> Tally:
    """One report as it is, and a copy with errors."""
    tally = Tally()
    for one in proofer.findings(read(report)):
        if one.verdict == OUT_OF_SCOPE:
            continue
        tally.true += 1
        tally.verdicts[one.verdict] += 1
        tally.contradicted += one.verdict == CONTRADICTED
        if one.verdict not in (EQUAL, ROUNDED):
            text = one.place.text[max(0, one.number.start - 60) : one.number.end + 30]
            tally.misses.append(f"TRUE {report.parent.name}: {one.verdict} {one.expected} | {text}")
    document = Document(str(report))
    planted = list(_plant(document, random.Random(seed)))
    worse = folder / "worse.docx"
    document.save(str(worse))
    found = {}
    for one in proofer.findings(read(worse)):
        found.setdefault((one.place.ordinal, one.place.row, one.place.column), []).append(one)
    for place, kind, text in planted:
        tally.planted[kind] += 1
        here = [one for one in found.get(place, ()) if one.place.kind == "cell"]
        if any(one.verdict == CONTRADICTED for one in here):
            tally.noticed[kind] += 1
        else:
            shown = [(one.number.text, one.verdict) for one in here]
            tally.misses.append(f"MISSED {kind} {report.parent.name} {place}: {text} {shown}")
    return tally


def _plant(document: Any, rng: random.Random) -> Iterator[tuple[tuple[int, int, int], str, str]]:
    """Change cells of tables; gives where, the kind of error, and what was written over what."""
    kinds = (
        "digit changed", "transposed", "other stage", "other group", "other unit",
        "last year's value", "wrong rounding", "sum not updated",
    )  # fmt: skip
    turn = 0
    for number, table in enumerate(document.tables, start=1):
        rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
        places = [
            (r, c) for r, cells in enumerate(rows) for c, text in enumerate(cells)
            if r and c and _CELL.match(text) and len(cells) == len(rows[0])
        ]  # fmt: skip
        for r, c in rng.sample(places, len(places) // _EVERY):
            for kind in (kinds[turn % len(kinds)], *rng.sample(kinds, len(kinds))):
                made = _wrong(rows, r, c, kind, rng)
                if made is not None and made != rows[r][c]:
                    _write(table.rows[r].cells[c], made)
                    yield (number, r, c), kind, f"{rows[r][c]} → {made}"
                    turn += 1
                    break


def _wrong(rows: list[list[str]], r: int, c: int, kind: str, rng: random.Random) -> str | None:
    text = rows[r][c]
    if kind == "digit changed":
        return changed(text, rng)
    if kind == "transposed":
        return transposed(text, rng)
    if kind == "other stage":
        beside = [t for i, t in enumerate(rows[r]) if abs(i - c) == 1 and _CELL.match(t)]
        alike = [t for t in beside if t[-1] == text[-1] or (t[-1].isdigit() and text[-1].isdigit())]
        return rng.choice(alike) if alike else None
    if kind == "other group":
        others = [cells[c] for i, cells in enumerate(rows) if i not in (0, r) and len(cells) > c
                  and _CELL.match(cells[c])]  # fmt: skip
        return rng.choice(others) if others else None
    value, decimals = _value(text)
    if value is None or value == 0:
        return None
    if kind == "other unit":
        return _shaped(value * 1000, text, decimals)
    if kind == "last year's value":
        return _shaped(value * rng.uniform(0.8, 0.95), text, decimals)
    if kind == "wrong rounding" and decimals:
        return _shaped(value + rng.choice((-1, 1)) * 10.0**-decimals, text, decimals)
    if kind == "sum not updated" and _SUM.match(rows[r][0]) and r > 1:
        less, _ = _value(rows[r - 1][c]) if len(rows[r - 1]) > c else (None, 0)
        return _shaped(value - less, text, decimals) if less and not text.endswith("%") else None
    return None


def _value(text: str) -> tuple[float | None, int]:
    bare = re.sub(r"[^\d.,]", "", text)
    mark = re.search(r"[.,](\d{1,2})$", bare)
    decimals = len(mark[1]) if mark else 0
    digits = re.sub(r"\D", "", bare)
    return (int(digits) / 10**decimals if digits else None), decimals


def _shaped(value: float, text: str, decimals: int) -> str:
    """A value as the cell had it."""
    english = "€" in text[:1] or ("," in text and "." in text) or re.search(r"\.\d{1,2}\D?$", text)
    made = f"{value:,.{decimals}f}"
    if not english and "," not in re.sub(r",\d{1,2}\D*$", "", text):
        made = made.replace(",", "\u00a0").replace(".", ",")
    before = re.match(r"\D*", text)
    after = re.search(r"\D*$", text)
    return f"{before[0] if before else ''}{made}{after[0] if after else ''}"


def _write(cell: Any, text: str) -> None:
    """Write over the text of a cell, its looks kept."""
    runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
    runs[0].text = text
    for run in runs[1:]:
        run.text = ""
