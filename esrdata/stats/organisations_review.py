"""Joins of organisations for a person to decide: out to a workbook, and the decisions back."""

import csv
import io
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import count
from os import PathLike
from pathlib import Path
from typing import Any

from esrdata.errors import SourceError, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import code_label, sentence, word
from esrdata.portfolio import Portfolio
from esrdata.staging import put
from esrdata.tables.organisations.proposals import propose
from esrdata.tables.organisations.vocabulary import REVIEWED, folded, tokens_of
from esrdata.workbook import workbook

#: Columns of both sheets, and how many characters wide they are.
_WIDTHS = {
    "organisation_id": 26, "name": 44, "other_id": 26, "other_name": 44, "mentions": 10,
    "why": 40, "decision": 14, "mark": 10,
}  # fmt: skip
_DECISIONS = ("same", "apart")
_FILE = Path("codes", "organisations.csv")
_COLUMNS = ("code", *(f"label_{lang}" for lang in load.LANGUAGES), "variants", "source")
# Columns that a decision is read from, and how many of all tell a sheet of this workbook.
_NEEDED = ("name", "other_name", "decision")
_LEAST_HEADS = 4


@on_its_shelf
def write_organisations(
    portfolio: Portfolio, path: str | PathLike[str], *, lang: str = "fi"
) -> Path:
    """Write the workbook in which a person joins organisations, or takes joins back.

    Parameters
    ----------
    portfolio
        The projects whose organisations are meant.
    path
        Where to; a file name that ends in ``.xlsx``.
    lang
        Language of headings and choices: fi, sv or en.

    Returns
    -------
    Path
        The file. Its first sheet has a row per proposal: two names that may be one by a typing
        error or a cut. Its second sheet has a row per spelling that was joined by rule. The last
        column that is shown is for the decision: *same* joins a proposal, *apart* takes a spelling
        out. A hidden one tells whether the names of a row still belong together.

    Raises
    ------
    UsageError
        If the language is unknown, the name does not end in ``.xlsx``, or the file is there
        already: it can hold decisions.
    StoreError
        If the folder cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise UsageError(sentence("error.out_ending", path=target.name, known=".xlsx"))
    if target.exists():
        raise UsageError(sentence("error.decisions_there", file=str(target)))
    packed = io.BytesIO()
    with workbook(packed, in_memory=True) as book:
        for sheet, rows, choice in (
            ("proposals", _proposals(portfolio), "same"),
            ("joined", _joined(portfolio, lang), "apart"),
        ):
            _write(book, word(f"organisations_review.{sheet}", lang), list(rows), choice, lang)
    put(target, packed.getvalue())
    return target


Row = dict[str, object]


def _proposals(portfolio: Portfolio) -> Iterator[Row]:
    table = portfolio.organisation_names
    ids = {
        str(name): str(key)
        for name, key in zip(table["name"], table["organisation_id"], strict=True)
    }
    mentions = {str(name): int(n) for name, n in zip(table["name"], table["mentions"], strict=True)}
    of_all = {
        str(key): int(n) for key, n in table.groupby("organisation_id")["mentions"].sum().items()
    }
    names_of = portfolio.organisations.set_index("organisation_id")["name"]
    for proposal in propose(ids.items()):
        # The organisation named more often stays, by the name it goes by: of few spellings
        # that are alike the wrong one may be the commoner. Of two as common the longer one stays,
        # for letters are left out more often than added.
        names = (proposal.name, proposal.other)
        kept, other = sorted(names, key=lambda name: (-of_all[ids[name]], -len(name), name))
        yield {
            "organisation_id": ids[kept], "name": str(names_of[ids[kept]]), "other_id": ids[other],
            "other_name": other, "mentions": mentions[other],
            "why": f"organisations_review.{proposal.why}",
        }  # fmt: skip


def _joined(portfolio: Portfolio, lang: str) -> Iterator[Row]:
    organisations = portfolio.organisations
    several = organisations[organisations["spellings"] > 1]
    names = dict(zip(several["organisation_id"], several["name"], strict=True))
    for row in portfolio.organisation_names.itertuples(index=False):
        if row.organisation_id not in names:
            continue
        rules = str(row.rule).split("|") if isinstance(row.rule, str) else ["spelling"]
        yield {
            "organisation_id": row.organisation_id, "name": names[row.organisation_id],
            "other_id": None, "other_name": row.name, "mentions": row.mentions,
            "why": ", ".join(code_label("organisation_rules", rule, lang) for rule in rules),
        }  # fmt: skip


def _write(book: Any, title: str, rows: Sequence[Row], choice: str, lang: str) -> None:
    look = {"text_wrap": True}
    sheet = book.add(title)
    heads = [word(f"organisations_review.{name}", lang) for name in _WIDTHS]
    book.table(sheet, 0, len(rows), heads, **look)
    for place, width in enumerate(_WIDTHS.values()):
        sheet.set_column(place, place, width)
    sheet.set_column(len(_WIDTHS) - 1, len(_WIDTHS) - 1, None, None, {"hidden": True})
    for number, row in enumerate(rows, start=1):
        marked = {**row, "mark": _mark(str(row["name"]), str(row["other_name"]))}
        for place, name in enumerate(_WIDTHS):
            cell = marked.get(name)
            if isinstance(cell, str):
                text = word(cell, lang) if cell.startswith("organisations_review.") else cell
                book.text(sheet, number, place, text, **look)
            elif cell is not None:
                sheet.write_number(number, place, float(str(cell)), book.format(**look))
    place = list(_WIDTHS).index("decision")
    listed = [word(f"organisations_review.{choice}", lang)]
    sheet.data_validation(
        1, place, max(len(rows), 1), place, {"validate": "list", "source": listed}
    )
    sheet.freeze_panes(1, 0)


def _mark(name: str, other: str) -> str:
    """What tells that the two names of a row are those that were written into it."""
    # A letter before it, so that no program takes it for a number.
    return f"m{sha256(f'{_letters(name)}|{_letters(other)}'.encode()).hexdigest()[:8]}"


def read_organisations(path: str | PathLike[str], shelf: str | PathLike[str]) -> int:
    """Read the decisions of `write_organisations` into ``codes/organisations.csv`` of a shelf.

    Parameters
    ----------
    path
        The workbook.
    shelf
        The folder of the user's own shelf; made if need be. Rows of others stay as they are, and
        former decisions too, unless the workbook decides otherwise on the same spelling.

    Returns
    -------
    int
        How many decisions were read.

    Raises
    ------
    SourceError
        If the file cannot be read or is no such workbook.
    UsageError
        If a decision is in other words than those offered, is against another one, lacks its
        names or stands beside others than were written, or if a column of the workbook is gone.
    StoreError
        If the shelf cannot be written.
    """
    target = Path(shelf) / _FILE
    same, apart = _decisions(Path(path))
    columns, others_rows, kept = _former(target)
    joined = {name: others for name, others in kept.items() if others or name not in same}
    for name in apart:
        rest = {n: [o for o in others if o != name] for n, others in joined.items()}
        joined = {n: others for n, others in rest.items() if others or not joined[n]}
        joined[name] = []
    for name, others in same.items():
        joined = {n: found for n, found in joined.items() if found or n not in others}
        # A rule joins what is alike but for case: a row of its own would take it out.
        new = [other for other in others if _letters(other) != _letters(name)]
        whole = list(dict.fromkeys([*joined.get(name, []), *new]))
        joined |= {name: whole} if whole else {}
    rows = [*others_rows, *_rows(joined, {row["code"] for row in others_rows})]
    if rows:
        made = io.StringIO()
        table = csv.DictWriter(made, columns, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
        put(target, made.getvalue().encode("utf-8"))
    else:
        # A file of no rows is a mistake of a shelf.
        target.unlink(missing_ok=True)
    return sum(map(len, same.values())) + len(apart)


def _rows(joined: Mapping[str, list[str]], taken: Collection[str]) -> Iterator[dict[str, str]]:
    """Decisions as rows of the code list."""
    alone: list[tuple[str, list[str]]] = [(n, []) for n, others in joined.items() if not others]
    groups = _connected({n: others for n, others in joined.items() if others})
    codes = (code for number in count(1) if (code := f"own_{number}") not in taken)
    for name, others in [*groups, *alone]:
        label = {f"label_{lang}": name for lang in load.LANGUAGES}
        yield {"code": next(codes), **label, "variants": "|".join(others), "source": REVIEWED}


def _decisions(path: Path) -> tuple[dict[str, list[str]], list[str]]:
    """Spellings by the name that they are joined to, and those that are taken out."""
    found: dict[str, tuple[str, str]] = {}
    for place, row in _decided(path):
        decision, name, other = row["decision"], row.get("name"), row.get("other_name")
        if decision not in _DECISIONS:
            raise UsageError(sentence("error.decision_unknown", place=place, decision=decision))
        if not name or not other:
            raise UsageError(sentence("error.decision_nameless", place=place))
        if row.get("mark", _mark(name, other)) != _mark(name, other):
            # Columns sorted one by one would join anything; a name of one's own, nothing.
            raise UsageError(sentence("error.decision_moved", place=place, name=name, other=other))
        if decision == "apart" and name != other and _letters(name) == _letters(other):
            raise UsageError(sentence("error.decision_alike", place=place, name=name, other=other))
        if found.setdefault(other, (decision, name)) != (decision, name):
            raise UsageError(sentence("error.decision_otherwise", place=place, name=other))
    same: dict[str, list[str]] = {}
    for other, (decision, name) in found.items():
        if decision == "same":
            same.setdefault(name, []).append(other)
    return same, [other for other, (decision, _) in found.items() if decision == "apart"]


def _letters(name: str) -> str:
    """A name without what no rule tells apart: case, spaces and punctuation."""
    return folded(tokens_of(name))


def _former(target: Path) -> tuple[list[str], list[dict[str, str]], dict[str, list[str]]]:
    """What the shelf has already: columns, rows of others, and decisions.

    A decision is a name, and the spellings joined to it.
    """
    if not target.exists():
        return [*_COLUMNS], [], {}
    with target.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        rows = list(table)
        heads = table.fieldnames or ()
    if not {"code", "source"} <= {*heads} or any(None in row for row in rows):
        # Divided by semicolons, say: with rows of ours behind it, it would be a mixture.
        raise UsageError(sentence("error.decisions_shelf", file=str(target)))
    columns = list(dict.fromkeys([*heads, *_COLUMNS]))
    ours = [row for row in rows if row.get("source") == REVIEWED]
    decided = {row["label_fi"]: [v for v in row["variants"].split("|") if v] for row in ours}
    return columns, [row for row in rows if row not in ours], decided


def _connected(same: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """Names that were joined, also by way of a third, with the first of each group."""
    group: dict[str, list[str]] = {}
    for name, others in same.items():
        for other in others:
            whole = [*group.get(name, [name]), *group.get(other, [other])]
            whole = list(dict.fromkeys(whole))
            group.update(dict.fromkeys(whole, whole))
    for whole in {id(found): found for found in group.values()}.values():
        yield whole[0], whole[1:]


def _decided(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows with a decision, which is given as its code where it is one of the words offered."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, InvalidFileException) as error:
        raise SourceError(sentence("error.workbook_unread", file=str(path))) from error
    labels = {_words(name, lang): name for lang in load.LANGUAGES for name in _WIDTHS}
    decisions = {_words(code, lang): code for lang in load.LANGUAGES for code in _DECISIONS}
    known = False
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        heads = [labels.get(load.fold(str(cell or ""))) for cell in next(rows, ())]
        lacking = [name for name in _NEEDED if name not in heads]
        if len(set(heads) & set(_WIDTHS)) < _LEAST_HEADS:
            continue
        if lacking:
            column = word(f"organisations_review.{lacking[0]}", load.LANGUAGES[0])
            where = {"sheet": sheet.title, "file": path.name}
            raise UsageError(sentence("error.decision_column", column=column, **where))
        known = True
        for number, cells in enumerate(rows, start=2):
            row = {h: str(c) for h, c in zip(heads, cells, strict=False) if h and c is not None}
            if "decision" in row and row["decision"].strip():
                given = load.fold(row["decision"])
                where = {"file": path.name, "sheet": sheet.title, "row": str(number)}
                place = sentence("error.decision_place", **where)
                yield place, {**row, "decision": decisions.get(given, row["decision"])}
    if not known:
        raise SourceError(sentence("error.decision_none", file=str(path)))


def _words(name: str, lang: str) -> str:
    return load.fold(word(f"organisations_review.{name}", lang))
