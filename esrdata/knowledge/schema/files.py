"""The grammar of the files that only the package has: tables, words around figures, linkage, web.

A user's shelf holds none of these; tests hold ours to the models.
"""

from typing import Annotated, Literal

from pydantic import Field, RootModel

from esrdata.knowledge.schema.base import InThree, Pattern, Strict, Text

Texts = list[Text]
Number = int | float
Share = Annotated[Number, Field(ge=0, le=1)]


# ---- tables.yml


class Lookup(Strict):
    """A value that a code list gives for what another column holds."""

    list_: str = Field(alias="in")
    """the code list"""
    code: str | None = None
    """the column that holds the code"""
    text: str | None = None
    """the column that holds a label"""
    take: str | None = None
    """the column of the code list that is taken, where its name is another"""
    when: dict[str, str] = Field(default_factory=dict)
    """columns and what they must hold"""


class InTwo(Strict):
    """What stands in English elsewhere."""

    fi: Text
    """Finnish"""
    sv: Text
    """Swedish"""


class Column(Strict):
    """A column of a table."""

    type: Literal["text", "integer", "money", "number", "date", "boolean"]
    """the type of its values"""
    label: InThree
    """its heading"""
    description: Text
    """what it holds, and when it is missing, in English"""
    explained: InTwo
    """the same in the languages of forms"""
    unit: str | None = None
    """what a number counts; money is in euros"""
    codes: str | None = None
    """the code list whose codes or variants it holds"""
    record: str | None = None
    """what of the record stands in it"""
    lookup: Lookup | None = None
    """where its value is looked up, when no page states it"""
    made: Literal["organisations"] | None = None
    """what makes it of other columns, when no page states it"""
    prose: bool = False
    """`true` for an author's own text"""


class FieldShape(Strict):
    """A shape of dotted names."""

    name: Text
    """the shape, key columns and what tells values apart in braces"""
    columns: list[str] = Field(default_factory=list)
    """the columns that may hold the value"""
    joined: list[list[str]] = Field(default_factory=list)
    """the pieces of a value held joined"""
    parts_of: str | None = None
    """the table whose columns label the pieces"""
    words: list[str] = Field(default_factory=list)
    """keys of `words.yml` for what the keys do not label"""


class Table(Strict):
    """A table of the contract."""

    label: InThree
    """its name"""
    description: Text
    """what a row is"""
    key: list[str]
    """the columns that tell rows apart"""
    columns: dict[str, Column]
    """its columns, in order"""
    fields: list[FieldShape] = Field(default_factory=list)
    """the dotted names of the values it holds"""
    include: str | None = None
    """a table whose columns come first"""
    order: str | None = None
    """the key column whose code list orders the rows"""
    rows: str | None = None
    """which rows a project has"""
    internal: bool = False
    """`true` for a table of the machinery, which is saved but no part of reports"""


Tables = RootModel[dict[str, Table]]


# ---- statistics.yml


class StatisticUnit(Strict):
    """A unit of statistics."""

    dtype: Literal["string", "boolean", "datetime64[ns]", "Int64", "Float64"]
    """of the columns that have it"""
    kind: Literal["text", "integer", "number", "money", "percent", "p", "date"]
    """how reports write it"""


class PopulationSpec(Strict):
    """Conditions of a population; those left out are as `Population` has them by default."""

    statuses: Texts | None = None
    """codes of `status`, `missing` for projects without one"""
    measure: Text | None = None
    """a code of `measures` of which both sums are needed"""
    exact: bool = True
    """whether only sums stated exactly are sums"""
    negative: bool = True
    """whether realised sums below zero count"""
    periods: Texts | None = None
    """codes of `programme_periods`"""
    funds: Texts | None = None
    """codes of `fund`"""


class Mark(Strict):
    """A round value, of which a comparison says how many projects reach it."""

    value: float
    """in the unit of the figure"""
    label: InThree
    """the sentence about the projects that reach it"""


class ShareOfProjects(Strict):
    """A share of projects that is compared as a measure."""

    column: Literal["status_code", "fund", "programme_period"]
    """the column of `projects` with the codes"""
    codes: Texts
    """the codes that count"""
    label: InThree
    """its name"""
    mark: InThree
    """what is said of the projects that count, in a list of shares"""
    whom: InThree
    """a sentence on the projects it is of, with `{sides}`"""
    unknown: InThree
    """a sentence on those without a code, with `{n}`"""


class Statistics(Strict):
    """`statistics.yml`."""

    units: dict[str, StatisticUnit]
    """dtype and look of each unit"""
    populations: dict[str, PopulationSpec]
    """whom each statistic is about by default"""
    marks: dict[str, Mark]
    """values of figures of the overview, by the figure"""
    shares: dict[str, ShareOfProjects]
    """shares of projects that are compared as measures, by name"""
    columns: dict[str, dict[str, str]]
    """the columns of each statistic with their units, in order"""
    labels: dict[str, InThree]
    """what columns are called"""
    words: dict[str, Text]
    """columns of codes that no list of codes has, with the group of words.yml that has theirs"""


# ---- traces.yml


class TracedFigure(Strict):
    """A figure of the overview."""

    of: Texts
    """the dotted fields it is made of"""
    each: Literal["same", "quotient", "days", "difference", "mean", "number"] = "same"
    """what is done with the values of one project"""


class TracedColumn(TracedFigure):
    """A column of a statistic."""

    how: Literal[
        "count", "without", "sum", "mean", "median", "q1", "q3", "ratio", "share", "value", "test"
    ]
    """what is done with the values of the projects that count"""
    by: Text | None = None
    """a cell of the row that the figure is divided by"""
    parts: Texts | None = None
    """whose projects count; those of the column itself where left out"""


class Traces(Strict):
    """`traces.yml`."""

    given: dict[str, dict[str, Text]]
    """what braces hold that is neither an argument nor a cell"""
    figures: dict[str, TracedFigure]
    """figures of the overview"""
    columns: dict[str, dict[str, TracedColumn]]
    """the columns of each statistic that are made of values"""


# ---- organisations/names.yml


class Body(Strict):
    """Words that end the full name of a body."""

    words: Texts
    """the words, phrases written as one"""
    kind: Text
    """the kind of body, a code of `organisation_kinds`"""
    form: str | None = None
    """the legal form such a body has where none is written"""
    genitive: bool = False
    """whether a word in the genitive has to stand before it"""
    region: bool = False
    """whether only a region may stand before it"""
    ending: bool = False
    """whether it may be the end of a longer word"""
    other_before: Texts = Field(default_factory=list)
    """words behind it that make it another body"""


class OrganisationNames(Strict):
    """`organisations/names.yml`."""

    phrases: list[Texts]
    """ways of writing one phrase; the first is kept"""
    legal_forms: dict[str, Texts]
    """how each legal form is written"""
    bodies: list[Body]
    """words that end full names"""
    endings: dict[str, Texts]
    """endings of names that tell a legal form"""
    beginnings: dict[str, Texts]
    """first words of names that tell a legal form"""
    generic: Texts
    """words behind which a company's name goes on"""
    describing: Texts
    """words for what a company is, with its name alone behind them"""
    notes: Texts
    """beginnings of notes about another time"""
    strays: Texts
    """words of a neighbouring cell"""
    glued: dict[str, Texts]
    """words behind which capitals run on, and endings that are no other name"""
    glued_forms: Texts
    """legal forms behind which capitals run on"""
    run_on: Texts
    """words that run on behind a genitive"""
    joining: Texts
    """words between two names"""
    areas: Texts = Field(default_factory=list)
    """words for an area that names have or lack"""
    directions: Texts
    """first parts of names of regions, as `Etelä-Savo` and `Savo` are two"""
    genitives: dict[str, Text]
    """genitive forms of words for bodies"""
    cut: int
    """a name of so many characters that begins only one known name was cut off"""


# ---- messages.yml, sources.yml, furniture.yml, kinds.yml, themes.yml, services.yml


class Message(InThree):
    """A finding."""

    severity: Literal["error", "warning", "info"]
    """how grave it is"""
    meaning: Text
    """what it means"""
    why: Text
    """why it matters"""
    todo: Text
    """what to do"""
    action: Text = "check_source"
    """which of the actions of reports it asks for: a word of `content.todo` in words.yml"""
    name: InThree | None = None
    """what it is called where findings are counted"""
    ours: Literal["values", "reasons"] | None = None
    """what `raw` holds where we wrote it and it is no quotation: the sentence gives its days,
    numbers and evidence in its language"""


Messages = RootModel[dict[str, Message]]


class Origin(Strict):
    """Where facts on the shelf were taken from."""

    title: Text
    """what it is"""
    place: Annotated[str, Field(pattern="^https?://")] | None
    """its public address"""
    note: str | None
    """what was taken"""


Sources = RootModel[dict[str, Origin]]


class Furniture(Strict):
    """A line that printers and browsers put on pages."""

    what: Text
    """what it is"""
    pattern: Pattern
    """what the whole line looks like"""
    match: Texts
    """examples"""
    other: Texts
    """look-alikes that are none"""
    repeats: bool = False
    """`true` for what people write too: it counts only where it comes again, or at an end"""


class FurnitureFile(Strict):
    """`furniture.yml`."""

    patterns: list[Furniture]
    """lines of pages"""
    site_lines: list[Furniture]
    """lines with which web pages end"""
    notices: list[Furniture]
    """paragraphs of notices of cookies"""
    messages: list[Furniture]
    """lines with which a program goes on below a letter"""
    closings: list[Furniture]
    """lines with which letters close"""
    regions: dict[str, Texts]
    """a region of a web page, and words of ids and classes that tell of it"""


class Kind(Strict):
    """A kind of value."""

    columns: list[Literal["text", "integer", "money", "number", "date"]]
    """the types of column that take it"""
    meaning: Text
    """what it looks like"""


class Kinds(Strict):
    """`kinds.yml`."""

    form: dict[str, Kind]
    """behind the colon of a template"""
    list: dict[str, Kind]
    """in the column `kind` of a list"""


class Theme(Strict):
    """A theme."""

    label: InThree
    """its name"""
    words: Texts
    """what is searched for it"""


Themes = RootModel[dict[str, Theme]]


class Service(Strict):
    """An information service."""

    name: Text
    host: Text
    address: Annotated[str, Field(pattern=r"^https://.*\{code\}")]
    codes: Pattern
    labels: Texts
    pause: Number
    retries: int
    seconds: Number
    longest_wait: Number
    most_bytes: int
    give_up: int
    reason: Text
    source: Text


Services = RootModel[dict[str, Service]]


# ---- linkage.yml


class Weights(Strict):
    """Points of evidence that agrees."""

    title: Share
    organisation: Share
    sum: Share
    start_date: Share
    end_date: Share
    place: Share


class Against(Strict):
    """Points taken off by evidence that speaks against."""

    title_numbers: Share
    organisation: Share
    sum: Share
    start_date: Share
    end_date: Share
    start_moved: Share


class Stem(Strict):
    """The end of a name and how it looks in its stem."""

    end: Text
    stem: Text
    match: Texts


class Linkage(Strict):
    """`linkage.yml`."""

    weights: Weights
    against: Against
    threshold: Share
    title_floor: Share
    margin: Share
    sum_apart: Number
    sum_near: Number
    rounded: Number
    about: Share
    start_moved_days: int
    date_overlap: Share
    organisation_in_text: Share
    organisation_alike: Share
    organisation_other: Share
    title_part: Share
    title_in_brackets: Share
    title_near: Share
    shortlist: int
    title_words: Texts
    legal_forms: Texts
    kinds: list[Texts]
    areas: Texts
    endings: list[str]
    stems: list[Stem]
