"""The grammar of `tables.yml`: the tables of the contract and their columns."""

from typing import Literal

from pydantic import Field, RootModel

from esrdata.knowledge.schema.base import InThree, Strict, Text


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
    public: bool = False
    """`true` for a name that is public whoever bears it"""


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
