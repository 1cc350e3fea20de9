"""One project of a portfolio, as a card."""

from collections.abc import Iterator
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, NoReturn

import pandas as pd

from esrdata.errors import UnknownNameError, UsageError, nearest, unknown
from esrdata.explanation import Explanation
from esrdata.knowledge import load
from esrdata.knowledge.formats import date, is_missing
from esrdata.knowledge.shelf import Shelf, using
from esrdata.knowledge.wording import column_label, quoted, table_label, word
from esrdata.tables import columns
from esrdata.tables.display import written
from esrdata.terminal import visible

if TYPE_CHECKING:
    from esrdata.portfolio.portfolio import Portfolio

# Facts on the card, in order; dates and status follow.
_FACTS = ("applicant", "programme_period", "fund", "priority_axis", "authority")
_STAGES = ("planned", "realised")
_LEFT = "style='text-align:left;vertical-align:top'"
# The gap between columns of a table on a card in text.
_GAP = "  "


class Rows:
    """The rows of each project in every table; each table is grouped once."""

    def __init__(self, portfolio: "Portfolio") -> None:
        self._tables = portfolio.tables
        self._found: dict[str, Any] = {}

    def of(self, table: str, code: str) -> pd.DataFrame:
        """The rows of a project in a table."""
        frame = self._tables[table]
        if table not in self._found:
            self._found[table] = frame.groupby("project_code", sort=False).indices
        places = self._found[table].get(code, [])
        rows: pd.DataFrame = frame.iloc[places].reset_index(drop=True)
        return rows


class Project:
    """A project: its facts, money, people, narratives and findings.

    It shows itself as a card, in a terminal and in a notebook.

    Attributes
    ----------
    code
        The project code.
    lang
        The language of the card: fi, sv or en.
    """

    def __init__(
        self, portfolio: "Portfolio", code: str, lang: str = "en", rows: Rows | None = None
    ) -> None:
        word("format.missing", lang)  # refuses an unknown language
        self.code, self.lang = code, lang
        self._portfolio = portfolio
        self._rows = rows or Rows(portfolio)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Project):
            return NotImplemented
        return self.code == other.code and self._portfolio is other._portfolio

    def __hash__(self) -> int:
        return hash(self.code)

    def __getitem__(self, key: str) -> Any:
        """A fact by its column of `projects`, or the project's rows of a table by its name."""
        if key in self.facts.index:
            return self.facts[key]
        known = [name for name, table in self._portfolio.tables.items() if "project_code" in table]
        if key in known:
            return self.table(key)
        raise UnknownNameError(
            unknown("fact or table of a project", str(key), [*self.facts.index, *known])
        )

    # Otherwise Python would try integer keys.
    __iter__ = None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            text = f"A project has no {name!r}"
            if not name.startswith("_"):
                text += self._instead(name)
            # Otherwise Python would suggest similarly spelt private attributes.
            raise AttributeError(f"{text}.", obj=self)

    def _instead(self, name: str) -> str:
        tables = self._portfolio.tables
        if name in self.facts.index or name in tables:
            return f" of its own: see project[{name!r}]"
        if hasattr(type(self._portfolio), name):
            return f": see project.portfolio.{name}"
        own = [each for each in dir(self) if not each.startswith("_")]
        near = nearest(name, [*own, *self.facts.index])
        if near is None:
            return f"; it has {', '.join(own)}"
        return f"; the nearest is {near!r}" if near in own else f": see project[{near!r}]"

    @property
    def name(self) -> str | None:
        """Its name; None where it was not read."""
        found = self.facts["name"]
        return None if is_missing(found) else str(found)

    @cached_property
    def facts(self) -> "pd.Series[Any]":
        """Its row of `projects`; what was not read is missing."""
        return self.table("projects").iloc[0].rename(self.code)

    @property
    def money(self) -> pd.DataFrame:
        """Euros planned and realised, a row per measure."""
        wide = self._wide(self.table("funding"), "measure", ["amount_eur"])
        return wide.droplevel(0, axis=1)

    @property
    def people(self) -> pd.DataFrame:
        """Participants and what else the form counts: a row per indicator.

        Columns `planned`, `realised`, `planned_women`, `realised_women`; a count that does not
        apply to the project is missing.
        """
        wide = self._wide(self._counts, "indicator", ["total", "women"])
        return wide.set_axis([*_STAGES, *(f"{stage}_women" for stage in _STAGES)], axis=1)

    @property
    def _counts(self) -> pd.DataFrame:
        """Its rows of `indicators`, without counts that do not apply to it."""
        counts = self.table("indicators")
        off = counts["applicable"].eq(False).fillna(False).astype(bool)
        return counts.assign(total=counts["total"].mask(off), women=counts["women"].mask(off))

    @property
    def narratives(self) -> "pd.Series[Any]":
        """Its texts by their sections."""
        return self.table("narratives").set_index("section")["text"]

    @property
    def findings(self) -> pd.DataFrame:
        """Its rows of `issues`."""
        return self.table("issues")

    def table(self, name: str) -> pd.DataFrame:
        """Its rows of a table of the portfolio.

        Raises
        ------
        UsageError
            If no such table has rows of projects; the sentence names the nearest.
        """
        tables = self._portfolio.tables
        known = [each for each, frame in tables.items() if "project_code" in frame]
        if name not in known:
            raise UsageError(unknown("table of projects", str(name), known))
        return self._rows.of(name, self.code)

    def explain(self, field: str) -> Explanation:
        """Show where a value comes from, as `Portfolio.explain`."""
        return self._portfolio.explain(self.code, field, lang=self.lang)

    @property
    def portfolio(self) -> "Portfolio":
        """A portfolio of this project alone."""
        return self._portfolio.select(project_code=self.code)

    @staticmethod
    def _wide(rows: pd.DataFrame, key: str, values: list[str]) -> pd.DataFrame:
        order = list(dict.fromkeys(rows[key]))
        wanted = pd.MultiIndex.from_product([values, _STAGES])
        wide = rows.pivot_table(
            index=key, columns="stage", values=values, aggfunc="first", sort=False, dropna=False
        )
        return wide.reindex(index=order, columns=wanted).astype(rows.dtypes[values[0]])

    # ---- the card

    def _worded_facts(self) -> Iterator[tuple[str, str]]:
        table = columns.columns("projects")
        worded = written(self.table("projects"), table, self.lang).set_axis(list(table), axis=1)
        for name in _FACTS:
            if not is_missing(self.facts[name]):
                # Labels of periods repeat the heading.
                period = name == "programme_period"
                text = str(self.facts[name]).replace("-", "–") if period else worded[name].iloc[0]
                yield column_label("projects", name, self.lang), str(text)
        days = [date(self.facts[name], self.lang) for name in ("start_date", "end_date")]
        span = word("report.date_range", self.lang, first=days[0], last=days[1])
        yield word("content.cards.period", self.lang), span
        status = "status" if is_missing(self.facts["status_code"]) else "status_code"
        if not is_missing(self.facts[status]):
            yield column_label("projects", "status", self.lang), str(worded[status].iloc[0])

    def _worded_tables(self) -> Iterator[tuple[str, list[str], list[list[str]]]]:
        """The tables on the card: title, headings, rows."""
        counts = self._counts
        for name, rows, key, value in (
            ("funding", self.table("funding"), "measure", "amount_eur"),
            ("indicators", counts[counts["total"].notna()], "indicator", "total"),
        ):
            if rows.empty:
                continue
            entries = columns.columns(name)
            texts = written(rows, entries, self.lang).set_axis(list(rows.columns), axis=1)
            wide = texts.pivot(index=key, columns="stage", values=value)
            stages = list(dict.fromkeys(texts["stage"]))
            order = list(dict.fromkeys(texts[key]))
            wide = wide.reindex(index=order, columns=stages).fillna(
                word("format.missing", self.lang)
            )
            yield (
                table_label(name, self.lang),
                stages,
                [[str(row.Index), *map(str, row[1:])] for row in wide.itertuples()],
            )

    def _texts(self) -> Iterator[tuple[str, str]]:
        labels = {
            row["code"]: row[f"label_{self.lang}"] for row in load.codes("narrative_sections")
        }
        for section, text in self.narratives.items():
            yield labels.get(str(section), str(section)), str(text)

    def _sentences(self) -> Iterator[str]:
        worded = written(self.findings, columns.columns("issues"), self.lang)
        yield from worded.iloc[:, list(self.findings.columns).index("message")]

    def __repr__(self) -> str:
        with using(self._shelf):
            facts = list(self._worded_facts())
            width = max(len(name) for name, _ in facts)
            lines = [f"{self.code}{_GAP}{self.name or ''}".rstrip(), ""]
            lines += [f"{name.ljust(width)}{_GAP}{text}" for name, text in facts]
            for title, heads, rows in self._worded_tables():
                lines += ["", *_aligned([[title, *heads], *rows])]
            texts = list(self._texts())
            if texts:
                lines += ["", table_label("narratives", self.lang)]
                lines += [f"{_GAP}{name}: {quoted(text)}" for name, text in texts]
            found = list(self._sentences())
            if found:
                lines += ["", table_label("issues", self.lang)]
                lines += [f"{_GAP}{sentence}" for sentence in found]
        return visible("\n".join(lines))

    def _repr_html_(self) -> str:
        with using(self._shelf):
            facts = "".join(
                f"<tr><th {_LEFT}>{escape(name)}</th><td {_LEFT}>{escape(text)}</td></tr>"
                for name, text in self._worded_facts()
            )
            title = f"{escape(self.code)} {escape(self.name or '')}".strip()
            parts = [f"<table><caption {_LEFT}><b>{title}</b></caption>{facts}</table>"]
            for name, heads, rows in self._worded_tables():
                head = "".join(f"<th>{escape(text)}</th>" for text in heads)
                body = "".join(
                    f"<tr><td {_LEFT}>{escape(row[0])}</td>"
                    + "".join(f"<td style='text-align:right'>{escape(c)}</td>" for c in row[1:])
                    + "</tr>"
                    for row in rows
                )
                parts.append(f"<table><tr><th {_LEFT}>{escape(name)}</th>{head}</tr>{body}</table>")
            parts += [
                f"<details><summary>{escape(name)}</summary>"
                f"<div style='white-space:pre-wrap'>{escape(text)}</div></details>"
                for name, text in self._texts()
            ]
            found = "".join(f"<li>{escape(sentence)}</li>" for sentence in self._sentences())
            if found:
                parts.append(f"<p>{escape(table_label('issues', self.lang))}</p><ul>{found}</ul>")
        return "".join(parts)

    @property
    def _shelf(self) -> Shelf:
        return self._portfolio.shelf


def _aligned(rows: list[list[str]]) -> list[str]:
    """Rows as aligned lines, the first column to the left and the others to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        _GAP.join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
