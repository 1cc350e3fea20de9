"""What a report holds, whatever it is written as: one content for HTML, Word and Excel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import formats, wording
from esrdata.present.written import KINDS
from esrdata.tables.cells import plain_rows

#: The column of a frame that has the language of the texts of each row.
FOREIGN = "_language"


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in the frame, its heading, and how its cells are written.

    Attributes
    ----------
    name
        Name in the frame.
    label
        Heading in the language of the report.
    kind
        One of `written.KINDS`; money, millions and thousands are of values in euros, percent
        of a ratio, points of a difference of two.
    decimals
        Decimals of a number or a percentage.
    foreign
        Whether its texts are in the language of the sources rather than that of the report, as the
        names of projects are; the column `FOREIGN` of the frame has the language of each row.
    """

    name: str
    label: str
    kind: str = "text"
    decimals: int = 0
    foreign: bool = False

    def write(self, value: object, lang: str) -> str:
        """A cell as people read it; a missing one is an en dash.

        Raises
        ------
        UsageError
            If the language or the kind is unknown.
        """
        if self.kind not in KINDS:
            raise UsageError(unknown("kind of column", self.kind, KINDS))
        if self.name == "project_code":
            return wording.project_code(value, lang)
        return KINDS[self.kind](value, lang, self.decimals)


@dataclass(frozen=True)
class Table:
    """A table with the values themselves: every writer formats the same numbers.

    Attributes
    ----------
    key
        A name for files and anchors, such as `absorption_by_priority_axis`.
    title, note
        The caption, and what stands below: population, exclusions, method.
    columns
        The columns shown, in order.
    frame
        The values; codes are already labels.
    statistic
        The table of `esrdata.stats` that it shows, row by row, with columns of the same names;
        None where it shows something else.
    total
        Whether the last row is the total of the others.
    whole
        The table of `esrdata.stats` that the total is the only row of; None where it is no such.
    bars
        Names of the columns that a chart in a workbook shows, by the first column.
    """

    key: str
    title: str
    columns: Sequence[Column]
    frame: pd.DataFrame
    note: str = ""
    statistic: pd.DataFrame | None = None
    total: bool = False
    whole: pd.DataFrame | None = None
    bars: Sequence[str] = ()

    def languages(self, lang: str) -> list[str]:
        """The language of the texts of each row that are not in that of the report."""
        if FOREIGN not in self.frame:
            return [lang] * len(self.frame)
        return [lang if formats.is_missing(v) else str(v) for v in self.frame[FOREIGN]]


@dataclass(frozen=True)
class Figure:
    """A chart and the words around it.

    Attributes
    ----------
    key
        A name for files and anchors.
    title, note
        The caption, and what stands below.
    draw
        Draws it: gives matplotlib Axes of its own; called once per report.
    subtitle
        What is shown, of whom, in which unit; stands between caption and picture.
    statistic
        The table of `esrdata.stats` that is drawn; None where it is no such.
    """

    key: str
    title: str
    draw: Callable[[], Any]
    note: str = ""
    subtitle: str = ""
    statistic: pd.DataFrame | None = None


def sheets_of(pictures: Mapping[str, tuple[Path, str]], key: str) -> list[tuple[Path, str]]:
    """The pictures of a figure: that of its key, and further sheets as ``key/2`` and so on.

    Raises
    ------
    UsageError
        If the figure has no picture.
    """
    if key not in pictures:
        raise UsageError(f"There is no picture for the figure {key!r}.")
    more = takewhile(pictures.__contains__, (f"{key}/{n}" for n in count(2)))
    return [pictures[name] for name in (key, *more)]


@dataclass(frozen=True)
class Traced:
    """What the figures of one table are made of.

    Attributes
    ----------
    frame
        A row per group, project and field, texts in the language of the report: `group`,
        `project_code`, `field`, `name` (the dotted field), `value`, `used_in` (headings of the
        columns that the project counts in; missing where in none), `reason` (why not), `outside`
        (those columns, where they only count projects without a figure), `file`, `page`, `line`.
    """

    frame: pd.DataFrame

    def by_group(self) -> list[tuple[str, list[str], list[tuple[str, str]]]]:
        """Of each group its name, the projects that count, and the others with the first reason."""
        # Of each project of a group why it is out; None where it counts.
        why: dict[str, dict[str, str | None]] = {}
        names = ["group", "project_code", "used_in", "outside", "reason"]
        for group, code, used_in, outside, reason in plain_rows(self.frame, names):
            of_group = why.setdefault(group, {})
            if outside is not None:
                of_group.setdefault(code, outside)
            elif used_in is not None:
                of_group[code] = None
            else:
                of_group.setdefault(code, reason or "")
        return [
            (
                group,
                [code for code, reason in of_group.items() if reason is None],
                [(code, reason) for code, reason in of_group.items() if reason is not None],
            )
            for group, of_group in why.items()
        ]


@dataclass(frozen=True)
class Card:
    """One project in brief.

    Attributes
    ----------
    code, name
        The project.
    facts
        Label and text, in order, already in the language of the report.
    texts
        Heading and prose of the narratives shown.
    evidence
        File name of its evidence page beside the report, None where there is none.
    language
        Language of its name and texts; that of the report if None.
    """

    code: str
    name: str
    facts: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str]] = ()
    evidence: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Summary:
    """The first page: what the data show and what they do not.

    Attributes
    ----------
    title
        The main figure in a sentence.
    figures
        Key figures: the number and what it is of.
    sentences
        What was found: its clause with the number, and what else there is to say.
    unread
        What could not be read: how many, and what that does to the figures.
    counted
        How the figures were counted.
    statistics
        The tables of `esrdata.stats` that the figures and sentences are from, and which of their
        columns.
    picture
        Small charts in a row; None where there are too few projects, or nothing to draw.
    """

    title: str
    figures: Sequence[tuple[str, str]]
    sentences: Sequence[tuple[str, str]] = ()
    unread: Sequence[tuple[str, str]] = ()
    counted: str = ""
    statistics: Sequence[tuple[pd.DataFrame, Sequence[str]]] = ()
    picture: Figure | None = None


@dataclass(frozen=True)
class Section:
    """A chapter: paragraphs, then tables and figures in order, then cards."""

    key: str
    title: str
    paragraphs: Sequence[str] = ()
    parts: Sequence[Table | Figure] = ()
    cards: Sequence[Card] = ()


@dataclass(frozen=True)
class Content:
    """A whole report.

    Attributes
    ----------
    lang
        fi, sv or en.
    title
        Its title.
    facts
        What the cover says: label and text (sources, number of files and projects, date of the
        newest source, version of esrdata).
    sections
        Its chapters, in order.
    raw
        Tables of the portfolio for the workbook, by name, and the data dictionary.
    traced
        What the figures of its statistics tables are made of, by the keys of the tables.
    linked
        The evidence page of each project that has one.
    summary
        Its first page; None if a recipe leaves it out.
    source
        What was read and when it is of, in one line.
    day
        The date of the data, None where no source has one.
    """

    lang: str
    title: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    raw: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    traced: Mapping[str, Traced] = field(default_factory=dict)
    linked: Mapping[str, str] = field(default_factory=dict)
    summary: Summary | None = None
    source: str = ""
    day: date | None = None

    @property
    def parts(self) -> list[Table | Figure]:
        """Tables and charts of the chapters, in order."""
        return [part for section in self.sections for part in section.parts]

    @property
    def tables(self) -> list[Table]:
        """Tables of the chapters, in order."""
        return [part for part in self.parts if isinstance(part, Table)]

    @property
    def figures(self) -> list[Figure]:
        """All charts in the order of the report, that of the first page too."""
        first = None if self.summary is None else self.summary.picture
        own = [part for part in self.parts if isinstance(part, Figure)]
        return own if first is None else [first, *own]
