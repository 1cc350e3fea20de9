"""The grammar of `explorer.yml`: what the explorer adds up, and what projects are chosen by."""

from typing import Annotated

from pydantic import Field, model_validator

from esrdata.knowledge.schema.base import Strict, Text

Number = int | float


class Facet(Strict):
    """Something that projects are chosen by."""

    keys: list[Text] = Field(default_factory=list)
    """the groups that together tell its values apart; none where its own name does"""
    several: bool = False
    """whether a project may have several of its values"""


class Figure(Strict):
    """A figure made of facts of projects; exactly one of the ways below."""

    count: list[Text] | None = None
    """how many projects have all of these facts"""
    lack: list[Text] | None = None
    """how many lack one of these facts"""
    sum: Text | None = None
    """the fact that is added up"""
    with_: list[Text] = Field(default_factory=list, alias="with")
    """facts that a project must have for its own to be added"""
    share: Annotated[list[Text], Field(min_length=2, max_length=2)] | None = None
    """a figure, and the figure it is divided by"""
    mean: Text | None = None
    """the fact whose mean it is"""
    quantile: Annotated[Number, Field(ge=0, le=1)] | None = None
    """which quantile"""
    below: Number | None = None
    """how many are below it"""
    above: Number | None = None
    """how many are above it"""
    between: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None
    """how many are not outside these two"""
    of: Text | None = None
    """the fact of a quantile or of bounds"""
    low: Text | None = None
    """the quantile or the share of counts whose interval it is the lower end of"""
    high: Text | None = None
    """the same of the upper end"""
    inner: bool = False
    """whether it only serves other figures, so that the statistic has no such column"""

    @model_validator(mode="after")
    def _one_way(self) -> "Figure":
        ways = ("count", "lack", "sum", "share", "mean", "low", "high")
        of_a_fact = ("quantile", "below", "above", "between")
        given = [name for name in (*ways, *of_a_fact) if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("a figure is made in exactly one way")
        if (given[0] in of_a_fact) != (self.of is not None):
            raise ValueError("a quantile and bounds are of a fact, and nothing else is")
        return self


class Statistic(Strict):
    """The figures of a statistic of `esrdata.stats`, named as its columns."""

    figures: dict[str, Figure]
    """each figure by the name of its column"""

    @model_validator(mode="after")
    def _ends_of_intervals(self) -> "Statistic":
        before: dict[str, Figure] = {}
        for name, figure in self.figures.items():
            of = figure.low or figure.high
            if of is not None and not (of in before and _has_interval(before[of], before)):
                raise ValueError(f"{name}: {of} is no quantile and no share of counts before it")
            before[name] = figure
        return self


def _has_interval(figure: Figure, others: dict[str, Figure]) -> bool:
    if figure.share is None:
        return figure.quantile is not None
    parts = [others[name] for name in figure.share if name in others]
    counts = [{"count", "below", "above", "between"} & part.model_fields_set for part in parts]
    return len(parts) == 2 and all(counts)


class Explorer(Strict):
    """`explorer.yml`."""

    facets: dict[str, Facet]
    """what projects are chosen by, in order"""
    groups: list[Text]
    """the facets that projects can be grouped by, in order"""
    statistics: dict[str, Statistic]
    """the statistics"""
