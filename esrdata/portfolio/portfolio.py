"""The Portfolio: tidy tables of many projects, each value with its source."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self, overload

import pandas as pd
from pandas.api.types import is_bool_dtype, is_list_like

from esrdata.documents.remote import is_address
from esrdata.errors import UsageError, unknown
from esrdata.explanation import Explanation
from esrdata.given import at_home, with_known_arguments
from esrdata.given import folder as given_folder
from esrdata.knowledge.shelf import OURS, Shelf, on_its_shelf
from esrdata.knowledge.wording import word
from esrdata.portfolio.attribute import CalledTable, Table
from esrdata.portfolio.excel import write_workbook
from esrdata.portfolio.explained import explained
from esrdata.portfolio.meant import Named, meant, no_table
from esrdata.portfolio.project import Project, Rows
from esrdata.search import search, themes
from esrdata.selection import chosen, only
from esrdata.summary import summary
from esrdata.tables import columns, store
from esrdata.tables.display import Entries, written
from esrdata.tables.failing import failures
from esrdata.tables.origin import Origin
from esrdata.tables.origin import conditions as given
from esrdata.tables.overview import declared, overview
from esrdata.tables.population import Population
from esrdata.tables.stored import OnDemand


class Portfolio:
    """Projects as tidy tables.

    Every table is an attribute: `projects`, `funding`, `indicators`, `sustainability`,
    `horizontal`, `locations`, `partners`, `organisations`, `organisation_names`, `narratives`,
    `claims`, `provenance`, `conflicts`, `links`, `issues`, `files`, and `contacts` if asked for;
    `portfolio["funding"]` is the same as `portfolio.funding`. `len`, `in` and loops count, find and
    give its projects. File names in the tables are relative to the folder `base`.
    Columns, types and units are in the data dictionary (`esrdata.data_dictionary()`). An empty cell
    is missing, never zero; `provenance` says why. `shelf` is the knowledge it was read with, and
    the source of its labels. `origin` says how it was made, if known.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        base: Path | None = None,
        shelf: Shelf = OURS,
        origin: Origin | None = None,
    ) -> None:
        if base is None or not isinstance(tables, Mapping):
            raise UsageError("A portfolio is made by reading: esrdata.read('data/raw').")
        # Tables still on disk are read when they are first used.
        self._tables = dict(tables) if isinstance(tables, dict) else tables
        self.base = base
        self.shelf = shelf
        self.origin = origin

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
            tables = self.__dict__.get("_tables", {})
            if name == "contacts":
                text = "Contact persons were not read: read again with contacts=True to have them."
            elif name.startswith("_") or not tables:
                text = f"A portfolio has no {name!r}."
            else:
                text = meant(name, tables, [own for own in dir(self) if own[0] != "_"])
            # Otherwise Python would suggest similarly spelt private attributes.
            raise AttributeError(text, obj=self)

    def __dir__(self) -> list[str]:
        absent = {"contacts"} - self._tables.keys()
        return [name for name in super().__dir__() if name not in absent]

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Every table by its name."""
        return Named(self._tables) if isinstance(self._tables, dict) else self._tables

    def __len__(self) -> int:
        return len(self.projects)

    def __contains__(self, code: object) -> bool:
        found = code.code if isinstance(code, Project) else code
        return isinstance(found, str) and bool((self.projects["project_code"] == found).any())

    def __iter__(self) -> Iterator[Project]:
        rows = Rows(self)
        return (Project(self, str(code), rows=rows) for code in self.projects["project_code"])

    def __reversed__(self) -> Iterator[Project]:
        return reversed(list(self))

    def __add__(self, other: object) -> NoReturn:
        raise UsageError(
            "Portfolios are not put together by a sign: read their sources together, such as "
            "esrdata.read([a, b]), or take some projects with portfolio.select."
        )

    __radd__ = __sub__ = __or__ = __and__ = __add__

    def __array__(self, *_: object, **__: object) -> NoReturn:
        # Called by numpy, and by pandas when it makes a column of projects.
        raise UsageError(
            "A portfolio is several tables: portfolio.overview() has a row per project."
        )

    @overload
    def __getitem__(self, key: str) -> pd.DataFrame: ...
    @overload
    def __getitem__(self, key: "pd.Series[bool] | list[bool] | list[str]") -> Self: ...
    def __getitem__(self, key: Any) -> "pd.DataFrame | Self":
        """A table by its name, or some of the projects by a mask or a list of codes."""
        if isinstance(key, str) and key in self._tables:
            return self._tables[key]
        if is_list_like(key) and not isinstance(key, Mapping | tuple | pd.DataFrame):
            listed = pd.Series(key).infer_objects()
            if is_bool_dtype(listed.dtype):
                return self.select(key)
            codes = list(self.projects["project_code"])
            for code in listed:
                if code in self._tables:
                    raise UsageError(f"One table at a time is taken: portfolio[{code!r}].")
                if code not in codes:
                    raise UsageError(unknown("project", str(code), codes))
            return self.select(project_code=list(listed))
        raise UsageError(no_table(key, self._tables))

    def project(self, code: str, *, lang: str = "en") -> Project:
        """One project as a card: its facts, money, people, narratives and findings.

        Parameters
        ----------
        code
            Its project code.
        lang
            Language of the card: fi, sv or en.

        Raises
        ------
        UsageError
            If there is no such project; the sentence names the nearest.
        """
        if code not in self:
            raise UsageError(unknown("project", str(code), self.projects["project_code"]))
        return Project(self, code, lang)

    @on_its_shelf
    def tables_for_display(self, lang: str = "en") -> Mapping[str, pd.DataFrame]:
        """Every table as people read it: headings, codes, numbers and dates in a language.

        All cells are text. To compute, use the tables themselves.

        Parameters
        ----------
        lang
            fi, sv or en.

        Returns
        -------
        Mapping
            Tables by name, and `overview`; each is made when it is first used.
        """
        entries = self._entries()
        word("format.missing", lang)  # refuses an unknown language
        return OnDemand(entries, lambda name: written(*entries[name], lang))

    @on_its_shelf
    def to_excel(
        self,
        path: str | PathLike[str],
        *,
        lang: str = "en",
        tables: Iterable[str] | None = None,
        index: bool = False,
    ) -> None:
        """Write the tables into a workbook, a sheet each, with headings and codes in words.

        Parameters
        ----------
        path
            A file name that ends in ``.xlsx``. A file there is replaced when the new one is whole.
        lang
            fi, sv or en.
        tables
            Names of tables, `overview` among them; None is all.
        index
            As in pandas; the tables have no index to write, so it can only be False.

        Raises
        ------
        UsageError
            If there is no such table, the name ends otherwise, or a table does not fit on a sheet.
        StoreError
            If the folder cannot be written.
        """
        if index:
            raise UsageError("The tables of a portfolio have no index: leave index=True out.")
        entries = self._entries()
        asked = entries if tables is None else [tables] if isinstance(tables, str) else tables
        wanted = list(asked)
        for name in wanted:
            if name not in entries:
                raise UsageError(unknown("table", str(name), entries))
        write_workbook({name: entries[name] for name in wanted}, at_home(Path(path)), lang)

    def _entries(self) -> dict[str, tuple[pd.DataFrame, Entries]]:
        """The tables to display, each with the entries of its columns."""
        wide = {"overview": (overview(self._tables), declared(self._tables))}
        return wide | {
            name: (table, columns.columns(name))
            for name, table in self._tables.items()
            if not columns.is_internal(name)
        }

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

    def _ensure_unchanged(self) -> None:
        tables = self._tables
        made = tables.made if isinstance(tables, OnDemand) else tables.get
        held = {name: table for name in tables if (table := made(name)) is not None}
        columns.ensure_unchanged(held)

    def place_of(self, file: str) -> str:
        """Where a file of the tables is now: a path or an address.

        Parameters
        ----------
        file
            Its name in the tables.
        """
        moved = {} if self.origin is None else self.origin.places
        return moved.get(file) or (file if is_address(file) else str(self.base / file))

    @property
    def failures(self) -> str:
        """Errors in esrdata itself, as a log to send to the developers; empty if there were none.

        A line for each failure: the finding, the hash and format of the file, and the place in the
        code; no names of files or folders and no contents. `save` writes it as ``failures.log``.
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
            (euros); realised / planned of each, called absorption for ended projects and
            paid_share for those whose sums may still grow; participants planned and realised,
            and women among them; whether participants apply; the number of partners;
            duration in days (first and last day counted); the mean direct and indirect
            sustainability score per dimension; then every other indicator in the tables, named
            like participants (``jobs_created_planned``), with women where any are stated. What
            was not read is missing. A population leaves the other projects out; `attrs` then has
            its fields as `population_spec`.

        Raises
        ------
        UsageError
            If a code of the population is unknown; the sentence names the nearest.
        """
        if population is not None and not isinstance(population, Population):
            raise UsageError(f"A population is an esrdata.Population, not {population!r}.")
        table = overview(self._tables, population)
        failed = table.attrs.get("failed")
        if failed:
            self._ensure_unchanged()
            codes = ", ".join(failed)
            text = f"esrdata failed at figures of {codes}: they are missing, see attrs['failed']."
            warnings.warn(text, RuntimeWarning, stacklevel=3)
        if population is None:
            return table
        counts = population.members(self._tables)["reason"].isna()
        table = table[counts].reset_index(drop=True)
        table.attrs["population_spec"] = population.as_json()
        return table

    @property
    def conflicts(self) -> pd.DataFrame:
        """Facts on which the sources of one project disagree, each value with its place.

        The same project may be in descriptions, lists and web pages. A description comes
        before a list, a newer list before an older one, a list before a web page; within a kind
        the source with the most values comes first. Equal facts in other words (case, commas,
        spellings of one code, an authority and its successor) are no conflict, nor is a later
        state, nor a sum stated as "about" within a tenth of another. Narratives and
        justifications are not compared.

        Returns
        -------
        DataFrame
            One row per project, field and source that states it: project_code, field, rank (1 is
            the one in use), source (description, list, web), form, value (as text), qualifier, raw,
            file, page, line, start, end, snapshot (the day of a list), snapshot_basis (whether it
            is stated or inferred, and from what).
        """
        return CalledTable(self._tables["conflicts"])

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
        if project_code not in self:
            raise UsageError(unknown("project", str(project_code), self.projects["project_code"]))
        return explained(self._tables, project_code, field, self.place_of, lang, self.shelf)

    @with_known_arguments
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
            A word, a phrase of several words, `begin*` for words that begin so, or `"exact
            wording"` in quotes; or several of these.
        lang
            Language of the narratives: fi, sv or en. Texts in another language give few hits.
        context
            Characters shown before and after a hit, cut at words.
        analyser
            `voikko` or `simplemma`; None takes voikko if it is installed with its dictionary.

        Returns
        -------
        DataFrame
            One row per hit: project_code, section, word, hit, lemma, start, end (offsets in the
            narrative), before, after, analyser.

        Raises
        ------
        UsageError
            If a word or the language cannot be searched, or the analyser is not installed.
        """
        return search(self.narratives, words, lang=lang, context=context, analyser=analyser)

    @with_known_arguments
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
            A theme file that `esrdata.search.write_themes` wrote and you edited; None takes the
            one that comes with esrdata.
        lang, analyser
            As for `search`.

        Returns
        -------
        DataFrame
            One row per project and theme: project_code, theme, hits, sections (with a hit),
            words_found. Zero if the narratives have no hit, missing if there are no narratives.

        Raises
        ------
        UsageError
            If the theme file is not well formed, or as for `search`.
        """
        codes = self.projects["project_code"]
        return themes(self.narratives, path, projects=codes, lang=lang, analyser=analyser)

    def select(self, mask: "pd.Series[bool] | None" = None, /, **conditions: object) -> Self:
        """Select some of the projects, in all tables at once.

        Parameters
        ----------
        mask
            Booleans, one per row of `projects` or of `overview()`; a Series may be in any order
            if its index holds the row numbers or project codes. Missing counts as False.
        **conditions
            Any column of `projects`, or `region`, `subregion` or `municipality`; each a value or
            a list of values. All conditions must hold. A value of a code list may be in any
            language (``fund="ESF"``), and all spellings of a region or municipality are accepted.
            A project of the whole country has no region.

        Returns
        -------
        Portfolio
            Tables with these projects only, with `files` and the findings of the whole files that
            they were read from. Empty if no project meets all conditions, or if no project has a
            value of the code list.

        Raises
        ------
        UsageError
            If a condition names no column, or a value that neither a project nor a code list has;
            the sentence says what there is. If the mask does not fit.
        """
        codes = chosen(self._tables, mask, conditions)
        plain = given(conditions) if mask is None else None
        step = {"projects": list(codes)} if plain is None else {"select": plain}
        origin = None if self.origin is None else self.origin.then(**step)
        return type(self)(only(self._tables, codes), self.base, self.shelf, origin)

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
            If the folder cannot be written, or has a file of such a name that esrdata did not
            write.
        """
        target = given_folder("folder", folder)
        store.save(self._tables, target, self.base, self.shelf, self.origin)
