"""The grammar of `statistics.yml` and `traces.yml`: what statistics are, and made of."""

from typing import Literal

from esrdata.knowledge.schema.base import InThree, Strict, Text

Texts = list[Text]


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
