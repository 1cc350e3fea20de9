"""The grammar of `proof/`: how evaluators write numbers, and the words that name figures."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, model_validator
from pydantic_core import PydanticCustomError

from esrdata.knowledge.schema.base import Pattern, Strict, Text

Lang = Literal["fi", "sv", "en"]
Patterns = dict[Lang, list[Pattern]]


def _row(value: Any) -> Any:
    """A pattern and what it is worth, in a list."""
    if not isinstance(value, list) or len(value) < 2 or not isinstance(value[0], str):
        raise PydanticCustomError("list_type", "a pattern and its value")
    try:
        re.compile(value[0])
    except re.error as error:
        raise PydanticCustomError("no_pattern", "{why}", {"why": str(error)}) from error
    return value


#: A pattern and its value, in a list.
Row = Annotated[Any, AfterValidator(_row)]
#: Value of a facet -> its words.
Facet = dict[str, Patterns]


class Numbers(Strict):
    """`proof/numbers.yml`: how numbers are written in prose."""

    words: dict[Literal["sv", "en"], dict[Text, int]]
    """number words that `quantities/numbers.yml` lacks"""
    ones: Patterns
    """words for one, which are articles as often"""
    fractions: dict[Lang, list[Row]]
    """parts of a whole: pattern and per cent"""
    scales: list[Row]
    """behind a number: pattern, how many times larger, and whether it holds the currency"""
    scales_after_sign: list[Row]
    """the same behind a number with a euro sign before it"""
    units: list[Row]
    """in a heading: the unit of the numbers below, how many of it are one, and its name"""
    percent: Pattern
    """behind a number: per cent"""
    points: Pattern
    """behind a number: a difference of percentages"""
    times: Pattern
    """behind a number: how many times as much"""
    times_words: dict[Lang, list[Row]]
    """one word for how many times as much: pattern and value"""
    ranks: dict[Lang, list[Row]]
    """places in a row: pattern and value"""
    most: Pattern
    """behind a place in a row: of what is the most"""
    qualifiers: dict[Literal["about", "over", "at_least", "under", "up_to"], Pattern]
    """before a number: how surely it stands"""
    ranges: Pattern
    """between the ends of a range"""
    between: dict[
        Literal[
            "before", "behind", "inner", "middle", "from", "from_case", "from_unit", "to_unit", "to"
        ],
        Pattern,
    ]
    """before the first end of a range, behind the last and between them; before ends of the middle
    half; and the ending of each end"""
    out_of_scope: dict[str, Pattern]
    """what is no figure of the sources, by why; a word of `proof.scope` in words.yml"""
    sentence_end: Pattern
    """the end of a sentence"""
    abbreviation: Pattern
    """what looks like the end of a sentence only"""
    clause_end: Pattern
    """the end of a clause"""
    caption: Pattern
    """the beginning of a caption"""
    after: dict[Lang, list[Text]]
    """words right behind a number that name nothing counted"""
    small_words: dict[Lang, list[Text]]
    """words that tell which language a draft is in"""


class Words(Strict):
    """`proof/words.yml`: the words around a number that say which figure it is."""

    stage: Facet
    """planned or realised"""
    what: Facet
    """what is counted or added up"""
    measure: Facet
    """which funding"""
    agg: Facet
    """how the values of projects are put together"""
    kind: Facet
    """per cent of what, or a difference"""
    part: Facet
    """of whom, where it is not all"""
    status_code: Facet
    """projects by what became of them"""
    whole: Facet
    """of all projects together"""
    numbered: Facet
    """what names a group by its number"""
    started: Patterns
    """words of beginning, beside which a year is that of the projects"""
    each: Patterns
    """words by which a number is that of each group named"""
    together: Patterns
    """words that take the groups before a number together"""
    former: Patterns
    """of two groups that were named the first"""
    latter: Patterns
    """of two groups that were named the second"""
    elsewhere: Patterns
    """words of numbers that are from elsewhere"""
    total_row: Patterns
    """first cells of rows that hold the whole"""
    forms: dict[str, list[Pattern]]
    """names that inflect otherwise than by rule"""


class Word(Strict):
    """A word in a role: by its own form, or by what stands before it."""

    word: Pattern = ""
    """the whole word"""
    before: Pattern = ""
    """what stands right before it"""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.word) == bool(self.before):
            raise PydanticCustomError("one_of", "give either word or before")
        return self


class Beside(Strict):
    """Words beside a number: before it, or right behind it."""

    before: Pattern
    behind: Pattern


class Grammar(Strict):
    """`proof/grammar.yml`: how words inflect and are joined."""

    adjective: dict[Lang, Pattern]
    """a word that may be an adjective of what is counted"""
    counted: dict[Lang, Pattern]
    """a word that may be a noun that is counted"""
    pieces: Pattern
    """behind a number that says no more than how many"""
    inside: dict[Lang, Word]
    """projects in which something is counted"""
    of_whole: dict[Lang, Word]
    """projects that a share is of"""
    goes_on: dict[Lang, Pattern]
    """between a count that was planned and what came of it"""
    conjunction: dict[Lang, Pattern]
    """between the numbers of a list"""
    compared: dict[Literal["more", "less", "apart"], dict[Lang, Beside]]
    """beside a number that tells how two groups differ"""
    than_plan: dict[Lang, Pattern]
    """behind a number that tells how far what came of a plan is from it"""
    foremost: dict[Literal["most", "least", "half"], dict[Lang, Pattern]]
    """of a group that no other goes before, or that has more than half of all"""
    list_words: dict[Lang, list[str]]
    """between the groups and numbers of a list of those that have most"""
    ranked_behind: dict[Lang, Pattern]
    """behind a group that has most, before the next one: it need not have more than half"""
    plain_words: dict[Lang, list[str]]
    """beside such a word, what tells of no other groups or projects"""
    per_project: dict[Lang, Pattern]
    """of a number of each project, which is no sum"""
    compared_before: dict[Lang, Pattern]
    """anywhere in a sentence before the group that another one is held against"""
    compared_behind: dict[Lang, Pattern]
    """right behind the group that another one is held against"""
    than: dict[Lang, Pattern]
    """before the group that another is held against"""
    level: dict[Lang, Word]
    """a number that is reached, beside such a word"""
    that_is: Pattern
    """between a sum and the same in per cent"""
    from_whole: Pattern
    """before a whole of which a part follows"""
    out_of: Pattern
    """between a part and its whole"""
    lengths: dict[Literal["months", "days", "years"], list[Text]]
    """what a length is counted in: beginnings of words"""


class Made(Strict):
    """What words name a figure."""

    what: Text = ""
    kind: Text
    stage: Literal["planned", "realised", ""] = ""
    agg: Text = ""
    part: Text = ""


class Figures(Strict):
    """`proof/figures.yml`: figures of statistics by the words that name them."""

    statistics: dict[str, dict[str, Made]]
    """statistic -> column -> its facets"""
    made: dict[str, Made]
    """what is made of the columns of a statistic -> its facets"""
    groups: list[Text]
    """what projects are grouped by where words name such a group, in order"""
    within: dict[str, list[Text]]
    """groups that are one within others only"""
    about: dict[str, dict[str, Text]]
    """words of groups that a statistic answers to, being about such projects"""


MODELS: dict[str, type[BaseModel]] = {
    "proof/numbers.yml": Numbers,
    "proof/words.yml": Words,
    "proof/figures.yml": Figures,
    "proof/grammar.yml": Grammar,
}
