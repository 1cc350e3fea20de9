"""A column map of somebody's own table: what its columns may mean, proposed with reasons.

Nothing is read by a proposal. Written as a list file onto the user's shelf, and looked at there, it
becomes a list like any other.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from esrdata.documents.document import Document
from esrdata.knowledge import load
from esrdata.knowledge.headings import heading_key
from esrdata.knowledge.wording import field_label
from esrdata.reading.lists.heading import DIVIDERS
from esrdata.reading.lists.marks import is_nothing
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import CODE, Column, all_lists, heading_keys

_FILE = ("field", "kind", "codes", "required", "heading", "variants", "why")
_WRITTEN = frozenset({"csv", "text"})
# The likeness of the same headings.
_ALL = 100.0
_WORD = re.compile(r"[^\W\d_]+|\d+|[%‰$£¥]")
_CODE = re.compile(r"['\u2019]?[A-ZÅÄÖ]\d{5,9}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table with project codes: its headings, and its rows as texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_headed(self) -> bool:
        """Whether many headings are those of our lists, though not all that one needs."""
        known = sum(heading_key(text) in heading_keys() for text in self.headings)
        return known >= SETTINGS.fewest_headings

    def column(self, at: int) -> list[str]:
        """The cells of a column that hold something."""
        cells = (row[at].strip() for row in self.rows if at < len(row))
        return [cell for cell in cells if cell and not is_nothing(cell)]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a column may mean."""

    # As the table writes it.
    heading: str
    # As in a list file; the field is empty where nothing is proposed, and the kind `ignored`.
    field: str
    kind: str
    codes: str
    # The reason, a key of `words.yml` under `map`, and a known heading or a count of cells in it.
    why: str
    beside: str
    # The first cell of the column.
    sample: str


def own_table(document: Document) -> OwnTable | None:
    """The table of a document that has project codes in one of its columns, if there is one."""
    for sheet in document.view.split("\f") if document.sheets else [document.view]:
        for divider in DIVIDERS:
            if divider not in sheet:
                continue
            # The cells of pages and workbooks quote nothing.
            lines = csv.reader(
                io.StringIO(sheet),
                delimiter=divider,
                quoting=csv.QUOTE_MINIMAL if document.format in _WRITTEN else csv.QUOTE_NONE,
            )
            try:
                rows = [tuple(cells) for cells in lines if any(map(str.strip, cells))]
            except csv.Error:
                continue
            found = _table(rows)
            if found is not None:
                return found
    return None


def _table(rows: Sequence[tuple[str, ...]]) -> OwnTable | None:
    coded = [i for i, row in enumerate(rows) if any(_CODE.fullmatch(c.strip()) for c in row)]
    if len(coded) < SETTINGS.fewest_rows or coded[0] == 0:
        return None
    first = coded[0]
    at = next(i for i, cell in enumerate(rows[first]) if _CODE.fullmatch(cell.strip()))
    same = [i for i in coded if at < len(rows[i]) and _CODE.fullmatch(rows[i][at].strip())]
    heading = rows[first - 1]
    full = [cell for cell in heading if heading_key(cell)]
    if len(same) < SETTINGS.fewest_rows or len(full) < 2 or at >= len(heading):
        return None
    if not heading_key(heading[at]):
        return None
    return OwnTable(
        tuple(" ".join(c.replace("\u2028", " ").split()) for c in heading),
        tuple(rows[i] for i in same),
    )


# ---- proposals


def propose(table: OwnTable) -> list[Proposed]:
    """What each column may mean, in the order of the table.

    A column gets the field whose known headings are likest to its own and whose kind its cells are
    of; each field goes to the likeliest column. What nothing speaks for is left alone.
    """
    known = _known()
    scored = sorted(
        (
            (score, i, column, beside)
            for i, heading in enumerate(table.headings)
            for column, score, beside in _like(heading, known)
            if _fits(column, table.column(i))
        ),
        key=lambda each: (-each[0], each[1]),
    )
    chosen: dict[int, tuple[Column, str, str]] = {}
    for score, i, column, beside in scored:
        if i not in chosen and all(column.field != other.field for other, _, _ in chosen.values()):
            chosen[i] = column, "same" if score == _ALL else "like", beside
    for i, column in _by_content(table, known, chosen):
        chosen[i] = column, "content", str(len(table.column(i)))
    return [_proposed(table, i, chosen.get(i)) for i in range(len(table.headings))]


def _proposed(table: OwnTable, i: int, chosen: tuple[Column, str, str] | None) -> Proposed:
    cells = table.column(i)
    sample = cells[0] if cells else ""
    if chosen is None:
        return Proposed(table.headings[i], "", "ignored", "", "none", "", sample)
    column, why, beside = chosen
    return Proposed(
        table.headings[i], column.field, column.kind, column.codes or "", why, beside, sample
    )


def _known() -> dict[str, tuple[Column, tuple[str, ...]]]:
    """Fields that lists have, each with its column and every heading known for it."""
    found: dict[str, tuple[Column, tuple[str, ...]]] = {}
    own = load.cells()["own_headings"]
    for spec in all_lists():
        for column in spec.columns:
            if not column.field:
                continue
            before = found[column.field][1] if column.field in found else ()
            found.setdefault(column.field, (column, ()))
            found[column.field] = found[column.field][0], (*before, *column.headings)
    for name, (column, headings) in found.items():
        rest = name.partition(".")[2]
        labels = [field_label(name, lang) for lang in load.LANGUAGES]
        words = [rest.replace(".", "_"), name, *own.get(name, ())]
        found[name] = column, tuple(dict.fromkeys((*headings, *words, *labels)))
    return found


def _like(
    heading: str, known: dict[str, tuple[Column, tuple[str, ...]]]
) -> Iterator[tuple[Column, float, str]]:
    """Fields whose known headings are like one, how much, and the heading that is."""
    key = heading_key(heading)
    # A heading such as `Budjetti (1000 €)` says that its sums are none in euros.
    if not key or re.search("|".join(load.cells()["scaled"]), heading, re.IGNORECASE):
        return
    for column, headings in known.values():
        if any(key == heading_key(text) for text in headings):
            yield column, _ALL, next(t for t in headings if key == heading_key(t))
            continue
        best, text = max((_likeness(heading, text), text) for text in headings)
        if best >= SETTINGS.like:
            yield column, min(best, _ALL - 1), text


def _likeness(heading: str, known: str) -> float:
    """How like two headings are, of 100; nothing where they do not differ as spellings do."""
    ours, theirs = _words(heading), _words(known)
    parts = load.cells()["heading_parts"]
    if any((part in ours) != (part in theirs) for part in parts):
        return 0.0
    if sorted(ours) == sorted(theirs):
        # `EU and state funding, granted` is `Granted EU and state funding`.
        return _ALL
    if 1 in (len(ours), len(theirs)):
        ours, theirs = ["".join(ours)], ["".join(theirs)]
    same = len(ours) == len(theirs) and all(
        abs(len(one) - len(other)) <= SETTINGS.longer
        for one, other in zip(ours, theirs, strict=True)
    )
    return _ALL * SequenceMatcher(None, "".join(ours), "".join(theirs)).ratio() if same else 0.0


def _words(text: str) -> list[str]:
    """The words of a heading that tell what it is of; all where none of them does."""
    words = _WORD.findall(load.fold(text))
    return [word for word in words if word not in load.cells()["heading_fillers"]] or words


def _fits(column: Column, cells: Sequence[str]) -> bool:
    """Whether most cells of a column are of a kind; one without any fits every kind."""
    return sum(map(column.reads, cells)) >= SETTINGS.mostly * len(cells)


def _by_content(
    table: OwnTable,
    known: dict[str, tuple[Column, tuple[str, ...]]],
    chosen: dict[int, tuple[Column, str, str]],
) -> Iterator[tuple[int, Column]]:
    """Columns known by their cells alone: codes of projects, and words of a code list."""
    taken = {column.field for column, _, _ in chosen.values()}
    for name, (column, _) in known.items():
        listed = column.kind in ("coded", "vocabulary") or column.codes == "authorities"
        if name in taken or not (name == CODE or listed):
            continue
        fits = [
            i
            for i in range(len(table.headings))
            if i not in chosen and table.column(i) and _is_of(column, table.column(i))
        ]
        if len(fits) == 1:
            yield fits[0], column


def _is_of(column: Column, cells: Sequence[str]) -> bool:
    if column.field == CODE or column.codes is None:
        return _fits(column, cells)
    spellings = load.spellings(column.codes)
    codes = {load.fold(row["code"]) for row in load.codes(column.codes)}
    of = sum(load.fold(cell) in spellings or load.fold(cell) in codes for cell in cells)
    return of >= SETTINGS.mostly * len(cells)


def list_file(proposed: Sequence[Proposed]) -> str:
    """The proposal as the text of a list file, the project code first.

    Every column that gives a field is required: a table that lacks one is another table. So is
    every other one where the code alone is known: any table has a heading like that.
    """
    alone = sum(each.field != "" for each in proposed) == 1
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FILE)
    for each in sorted(proposed, key=lambda p: (p.field != CODE, not p.field)):
        if heading_key(each.heading):
            why = f"proposed: {each.why} {each.beside}".strip()
            required = "yes" if each.field or alone else "no"
            row = (each.field, each.kind, each.codes, required, each.heading, "", why)
            writer.writerow(row)
    return text.getvalue()
