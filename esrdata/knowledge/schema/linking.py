"""The grammar of `linkage.yml` and `organisations/names.yml`: who and what is the same."""

from typing import Annotated

from pydantic import Field

from esrdata.knowledge.schema.base import Strict, Text

Texts = list[Text]
Number = int | float
Share = Annotated[Number, Field(ge=0, le=1)]


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
    phases: dict[str, Texts]
    legal_forms: Texts
    kinds: list[Texts]
    areas: Texts
    endings: list[str]
    stems: list[Stem]


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
    before_towns: Texts
    """what stands before the bare name of a town"""
    endings: dict[str, Texts]
    """endings of names that tell a legal form"""
    beginnings: dict[str, Texts]
    """first words of names that tell a legal form"""
    districts: Texts
    """words for a district of a national association"""
    of_districts: dict[str, Text]
    """ends of names of national associations in the genitive, each with that of the name"""
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
