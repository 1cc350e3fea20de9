"""The grammar of the smaller files that only the package has.

A user's shelf holds none of these; tests hold ours to the models.
"""

from typing import Annotated, Literal

from pydantic import Field, RootModel

from esrdata.knowledge.schema.base import InThree, Pattern, Strict, Text

Texts = list[Text]
Number = int | float


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
    ours: Literal["values", "reasons", "system"] | None = None
    """what `raw` holds where it is no quotation of a source: the sentence gives its days, numbers
    and evidence, or what the operating system says, in its language"""


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
    openers: Texts
    """what links and buttons say that show more of a text"""
    added: Texts
    for_readers: Texts
    """classes with which programs mark what they add to a page"""
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


class Readings(Strict):
    """Words of a language that have two basic forms."""

    endings: dict[str, Texts]
    """the end of a word, and those of basic forms that it may have"""
    words: dict[str, Texts]
    """a basic form, and forms that the dictionary gives another one"""


ReadingsFile = RootModel[dict[Literal["fi", "sv", "en"], Readings]]


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
    least_values: int
    give_up: int
    reason: Text
    source: Text


Services = RootModel[dict[str, Service]]
