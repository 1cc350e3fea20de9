"""The grammar of `pack.yml`: what a report has, in order."""

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from esrdata.knowledge.schema.base import Strict, Text

Chapter = Literal[
    "glance", "funding", "absorption", "participants", "indicators", "stated", "sustainability",
    "horizontal", "time", "comparison", "differences", "plausibility", "conflicts", "findings",
    "about", "method", "cards",
]  # fmt: skip
Group = Literal[
    "programme_period", "fund", "priority_axis", "specific_objective", "authority", "region",
    "size_band",
]  # fmt: skip


class Part(Strict):
    """A statistics table of a chapter of one's own, and its chart."""

    statistic: Text
    """a function of `esrdata.stats`"""
    by: list[Text] = Field(default_factory=list)
    """its groups; none is all projects together"""
    given: dict[str, Text | bool | int | float | list[Text]] = Field(
        default_factory=dict, alias="with"
    )
    """what else the statistic is asked, such as its `measure`, `value` or `code`"""
    columns: list[Text] = Field(default_factory=list)
    """columns of its table; none is all of them"""
    chart: Text | None = None
    """a function of `esrdata.charts`"""
    title: Text | None = None
    """the caption"""


class Item(Strict):
    """A chapter: one of ours by its name, or one's own with a title and parts."""

    chapter: Chapter | None = None
    """the name of a chapter of ours"""
    groups: list[Group] | None = None
    """what projects are compared by"""
    charts: bool = True
    """whether it has charts"""
    tables: bool = True
    """whether it has tables"""
    title: Text | None = None
    """a title of one's own"""
    parts: list[Part] = Field(default_factory=list)
    """what a chapter of one's own has"""

    @model_validator(mode="after")
    def _one_kind(self) -> "Item":
        if (self.chapter is None) == (not self.parts):
            raise PydanticCustomError("chapter_or_parts", "the name of a chapter, or parts")
        if self.chapter is None and self.title is None:
            raise PydanticCustomError("chapter_title", "a title for a chapter of its own")
        return self


class Recipe(Strict):
    """A report."""

    summary: bool = True
    """whether it begins with a page of summary"""
    chapters: list[Item] = Field(min_length=1)
    """its chapters, in order"""
