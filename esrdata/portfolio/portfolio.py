"""The Portfolio: tidy tables of many projects, each value with its source."""

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.explanation import ContextLine, Explanation, context
from esrdata.knowledge.fields import field_of
from esrdata.knowledge.shelf import OURS, Shelf, on_its_shelf
from esrdata.knowledge.wording import word
from esrdata.portfolio.attribute import Table
from esrdata.reading.record import Status
from esrdata.search import search, themes
from esrdata.selection import chosen, only
from esrdata.source_text import source_in
from esrdata.summary import summary
from esrdata.tables import store
from esrdata.tables.cells import cells
from esrdata.tables.failing import failures
from esrdata.tables.overview import overview
from esrdata.tables.population import Population


class Portfolio:
    """Projects as tidy tables.

    Every table is an attribute: `projects`, `funding`, `indicators`, `sustainability`,
    `horizontal`, `locations`, `partners`, `organisations`, `organisation_names`, `narratives`,
    `claims`, `provenance`, `links`, `issues`, `files`, and `contacts` where it was asked for;
    `conflicts()` is a method. `base` is the folder that file names in them are relative to.
    Columns, types and units are in the data dictionary (`esrdata.data_dictionary()`). A cell that
    holds nothing is missing, never zero; `provenance` says why. `shelf` is what it was read by;
    its labels come from there.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], base: Path, shelf: Shelf = OURS) -> None:
        self._tables = dict(tables)
        self.base = base
        self.shelf = shelf

    projects = Table("One row per project, from the best source of it.")
    funding = Table("One row per project, measure and stage, in euros.")
    indicators = Table("One row per project, indicator and stage.")
    sustainability = Table("One row per project and criterion: the applicant's own estimate.")
    horizontal = Table("One row per project and horizontal principle.")
    locations = Table("One row per project and place.")
    organisations = Table("One row per organisation, whatever its spellings.")
    organisation_names = Table("One row per organisation and way of writing it.")
    partners = Table("One row per project and partner organisation.")
    narratives = Table("One row per project and section of free text.")
    contacts = Table("One row per project and contact person; only with ``contacts=True``.")
    claims = Table("One row per quantity that a narrative states.")
    provenance = Table("One row per value: its status, its raw text and its place.")
    links = Table("One row per project that a web page mentions without its code.")
    issues = Table("One row per finding.")
    files = Table("One row per file, read or not.")
    passages = Table("One row per place of a file that `explain` must know of; no texts.")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            if name == "contacts":
                raise AttributeError(
                    "Contact persons were not read: read again with contacts=True to have them."
                )
            raise AttributeError(f"A portfolio has no table {name!r}.")

    def __dir__(self) -> list[str]:
        absent = {"contacts"} - self._tables.keys()
        return [name for name in super().__dir__() if name not in absent]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its name."""
        return dict(self._tables)

    def __len__(self) -> int:
        return len(self.projects)

    def __repr__(self) -> str:
        read = int((self.files["status"] == "read").sum())
        return (
            f"<Portfolio: {len(self)} projects from {read} of {len(self.files)} files, "
            f"{len(self.issues)} findings>"
        )

    @on_its_shelf
    def _repr_html_(self) -> str:
        return summary(self._tables)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Portfolio):
            return NotImplemented
        mine, theirs = self._tables, other._tables
        return mine.keys() == theirs.keys() and all(
            table.reset_index(drop=True).equals(theirs[name].reset_index(drop=True))
            for name, table in mine.items()
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def failures(self) -> str:
        """What esrdata itself failed at, as a log to send to the developers; empty where nothing.

        A line for each failure: the finding, the hash and the format of the file, and where in the
        code. No name of a file or folder, nothing that stands in a file. `save` writes it as
        ``failures.log``.
        """
        return failures(self._tables)

    @on_its_shelf
    def overview(self, population: Population | None = None) -> pd.DataFrame:
        """One wide row per project, ready for seaborn or a spreadsheet.

        Parameters
        ----------
        population
            Whom it is about; None is all projects.

        Returns
        -------
        DataFrame
            The project columns; planned and realised EU-and-state and total public funding
            (euros); realised / planned of each, as absorption of ended projects and under the
            name of paid_share of those whose sums may still grow; participants planned and
            realised, and women among them; whether participants apply; the number of partners;
            duration in days (first and last day counted); the mean direct and indirect
            sustainability score per dimension; then every other indicator that the tables hold,
            named like participants (``jobs_created_planned``), with women where any are stated.
            What was not read is missing. A population that is asked for leaves the other projects
            out; `attrs` then has its fields as `population_spec`.

        Raises
        ------
        UsageError
            If a code of the population is unknown; the sentence names the nearest.
        """
        table = overview(self._tables, population)
        if population is None:
            return table
        counts = population.members(self._tables)["reason"].isna()
        table = table[counts].reset_index(drop=True)
        table.attrs["population_spec"] = population.as_json()
        return table

    def conflicts(self, field: str | None = None) -> pd.DataFrame:
        """What the sources of one project disagree on, each value with its place.

        The same project may stand in descriptions, lists and web pages. A description comes
        before a list, a newer list before an older one, a list before a web page; within a kind
        the source with the most values comes first. Equal facts in other words (case, commas,
        spellings of one code, an authority and its successor) are no conflict, nor is a state
        that has moved on, nor a sum stated as about another within a tenth. Narratives and
        justifications are not compared.

        Parameters
        ----------
        field
            A dotted field as in `provenance`, such as ``projects.end_date``; all if None.

        Returns
        -------
        DataFrame
            One row per project, field and source that states it: project_code, field, rank (1 is
            the one used), source (description, list, web), form, value (as text), qualifier, raw,
            file, page, line, start, end, snapshot (the day of a list), snapshot_basis (whether it
            is stated or inferred, and from what).
        """
        table = self._tables["conflicts"]
        if field is None:
            return table.copy()
        return table[table["field"] == field].reset_index(drop=True)

    @on_its_shelf
    def explain(self, project_code: str, field: str, *, lang: str = "en") -> Explanation:
        """Show where a value comes from.

        Parameters
        ----------
        project_code
            The project.
        field
            Dotted name as in `provenance`, such as ``funding.public_total.realised``.
        lang
            Language of the labels: fi, sv or en.

        Returns
        -------
        Explanation
            Prints itself in a terminal and shows itself in a notebook: value, status, raw text,
            file, page, line and the lines around it.

        Raises
        ------
        UsageError
            If the project or the field is unknown; the sentence names the nearest right one.
        """
        word("explain.value", lang)  # an unknown language is refused at once
        codes = list(self.projects["project_code"])
        if project_code not in codes:
            raise UsageError(unknown("project", str(project_code), codes))
        rows = self.provenance[self.provenance["project_code"] == project_code]
        names = list(rows["field"])
        if field not in names:
            within = [name for name in names if name.startswith(f"{field}.")]
            raise UsageError(unknown("field", field, within[:1] or names))
        row = rows.iloc[names.index(field)]
        status = str(row["status"])
        raw = None if pd.isna(row["raw"]) else str(row["raw"])
        place = {key: None if pd.isna(row[key]) else int(row[key]) for key in _PLACE}
        lines: tuple[ContextLine, ...] = ()
        note = None
        value: object = None
        if status == Status.READ:
            # Parts of a joined value stand in no cell of their own.
            held = cells(self._tables, {project_code}, [field_of(field).table])
            value = held.get((project_code, field), raw)
        file = source_in(self._tables, self.base, str(row["file"]))
        if place["start"] is not None:
            lines, note = context(file, place["start"])
        return Explanation(
            project_code=project_code,
            field=field,
            value=value,
            status=status,
            raw=raw,
            file=file.file,
            context=lines,
            note=note,
            lang=lang,
            source=file,
            shelf=self.shelf,
            **place,
        )

    def search(
        self,
        words: str | Iterable[str],
        *,
        lang: str = "fi",
        context: int = 60,
        analyser: str | None = None,
    ) -> pd.DataFrame:
        """Find words in the narratives, inflected and in compounds.

        Parameters
        ----------
        words
            A word, several words of a phrase, `begin*` for what begins so, or `"exact wording"`
            in quotes; or several of these.
        lang
            Language of the narratives: fi, sv or en. One in another language gives few hits.
        context
            Characters shown before and after a hit, cut at words.
        analyser
            `voikko` or `simplemma`; None takes voikko where it is installed with its dictionary.

        Returns
        -------
        DataFrame
            One row per hit: project_code, section, word, hit, lemma, start, end (offsets in the
            narrative), before, after, analyser.

        Raises
        ------
        UsageError
            If a word or the language cannot be searched, or the analyser is not there.
        """
        return search(self.narratives, words, lang=lang, context=context, analyser=analyser)

    def themes(
        self,
        path: str | PathLike[str] | None = None,
        *,
        lang: str = "fi",
        analyser: str | None = None,
    ) -> pd.DataFrame:
        """Count groups of words per project and theme.

        Parameters
        ----------
        path
            A theme file that `esrdata.search.write_themes` wrote and you edited; the one that
            comes with esrdata if None.
        lang, analyser
            As for `search`.

        Returns
        -------
        DataFrame
            One row per project and theme: project_code, theme, hits, sections (with a hit),
            words_found. Zero where the narratives hold none, missing where there are none.

        Raises
        ------
        UsageError
            If the theme file is not well formed, or as for `search`.
        """
        codes = self.projects["project_code"]
        return themes(self.narratives, path, projects=codes, lang=lang, analyser=analyser)

    def select(self, mask: "pd.Series[bool] | None" = None, /, **conditions: object) -> Self:
        """Take some of the projects, in all tables at once.

        Parameters
        ----------
        mask
            Booleans, one per row of `projects` or of `overview()`; a Series in any order, by
            its index. A missing one counts as False.
        **conditions
            Any column of `projects`, or `region`, `subregion` or `municipality`; each a value or
            a list of values, all of which must hold. A project of the whole country has no
            region.

        Returns
        -------
        Portfolio
            Tables with these projects only; `files` and the findings of whole files stay where a
            chosen project was read from them.

        Raises
        ------
        UsageError
            If a condition names no column, or the mask does not fit.
        """
        codes = chosen(self._tables, mask, conditions)
        return type(self)(only(self._tables, codes), self.base, self.shelf)

    @on_its_shelf
    def save(self, folder: str | PathLike[str]) -> None:
        """Write every table as Parquet and CSV, with a data dictionary and a manifest.

        CSV is UTF-8 with a byte-order mark, so that Excel opens it; the same input gives the same
        bytes. The former files stay whole until the new ones are complete.

        Parameters
        ----------
        folder
            Where to; made if need be.

        Raises
        ------
        StoreError
            If the folder cannot be written.
        """
        store.save(self._tables, Path(folder), self.base, self.shelf)


_PLACE = ("page", "line", "start", "end")
