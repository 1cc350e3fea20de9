"""The grammar of a form file, each key of it documented here and nowhere else.

Descriptions of keys go into the JSON Schema for editors and into `docs/adding-a-form.md`.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from esrdata.knowledge.schema.base import Documented, Text, Wordings

Language = Literal["fi", "sv", "en"]


def _shapes(value: Any) -> Any:
    """One shape, several, or either for each language; what they hold is checked elsewhere."""
    inner = list(value.values()) if isinstance(value, dict) else [value]
    for shapes in inner:
        listed = shapes if isinstance(shapes, list) else [shapes]
        if not listed or not all(isinstance(shape, str) and shape.strip() for shape in listed):
            raise PydanticCustomError("no_template", "a template is text")
    return value


def _bounds(value: Any) -> Any:
    whole = isinstance(value, list) and len(value) == 2
    if not whole or not all(type(bound) is int for bound in value) or value[0] >= value[1]:
        raise PydanticCustomError("score_bounds", "two whole numbers")
    return value


def _set(value: Any) -> Any:
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError("string_type", "text")
    return value


_ONE_OR_MORE: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
}
Template = Annotated[
    Any,
    PlainValidator(_shapes),
    WithJsonSchema(
        {
            "anyOf": [
                *_ONE_OR_MORE["anyOf"],
                {
                    "type": "object",
                    "properties": dict.fromkeys(("fi", "sv", "en"), _ONE_OR_MORE),
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
Sets = dict[str, Annotated[Text, BeforeValidator(_set)]]


class Worded(Documented):
    """What stands on the page, in the languages of the form."""

    fi: Wordings = Field(default_factory=list)
    """the words as they stand on a Finnish page; a list gives further spellings, the first being \
the usual one. A language left out has not been seen. Labels of the same words in one section are \
taken in the order of the form"""
    sv: Wordings = Field(default_factory=list)
    """the same on a Swedish page"""
    en: Wordings = Field(default_factory=list)
    """the same on an English page"""


class Furniture(Worded):
    """A line that belongs to the page and not to the project."""


class Name(Documented):
    """What the form is called in reports."""

    fi: Text = ""
    """its name in Finnish; a language left out has the name of the first that is there"""
    sv: Text = ""
    """its name in Swedish"""
    en: Text = ""
    """its name in English"""


class Title(Worded):
    """A title line of the form."""

    sets: Sets = Field(default_factory=dict)
    """what the title says of the project: field and value, such as `{projects.fund: ESR}`"""


class Value(Documented):
    """How the value of a label is written, and where it goes."""

    template: Template = None
    """how the value is written, `{field:kind}` for each part of it: \
`"{projects.start_date:date} - {projects.end_date:date}"`. Of several templates the first that \
fits is taken; a mapping gives each language its own. Values with only a space between them, \
`"{funding.public_total.planned:money} {funding.public_total.realised:money}"`, are read where the \
line can be taken apart in one way only; cells of a table decide, and a template of one value says \
which one may stand alone"""
    colon: bool = True
    """`false` where the label carries no colon"""
    list: str | None = None
    """the field of a list divided by commas, such as `locations.municipality`; instead of \
`template`"""
    free_text: str | None = None
    """the field that takes the lines under the label, up to the next label"""
    sets: Sets = Field(default_factory=dict)
    """what the label itself says where it stands on the page: field and value"""
    mark: bool = False
    """`true` for a line that only divides the others, such as a heading within a table"""
    optional: bool = False
    """`true` where the page may lack the label: in a section with `ordered` a page without it is \
a finding otherwise. In other sections a label may always be lacking; its fields are absent then"""
    withheld: Literal["contacts", "always"] | None = None
    """a person's data: `contacts` is read only when contact persons are asked for, `always` \
never"""
    codes: str | None = None
    """the code list (`codes/NAME.csv`) the value should come from; another value is kept and \
reported"""


class Entry(Worded, Value):
    """A label of a section and the value behind it."""

    score: str | None = None
    """the criterion that a line of scores is about; what such a line looks like stands once, \
in `score` at the top of the file"""


class Section(Worded):
    """A heading and what stands under it."""

    key: Text
    """a name of the section within the file, no other section has it"""
    number: str | None = None
    """the number the page writes before the heading, in quotes: `"4.1"`. A heading with a number \
counts only where the page writes one; which number it is decides nothing"""
    entries: list[Entry] = Field(default_factory=list)
    """labels of the section, in the order of the page"""
    sections: list["Section"] = Field(default_factory=list)
    """sections inside this one"""
    furniture: list[Furniture] = Field(default_factory=list)
    """lines of the section that say nothing of the project, such as the heads of a table"""
    narrative: str | None = None
    """the field of the prose under the heading, such as `narratives.summary`"""
    partners: str | None = None
    """the role (`codes/partner_roles.csv`) of the organisations listed under the heading, one a \
line"""
    ordered: bool = False
    """`true` where free text stands between the labels, which then must come in this order; a \
look-alike inside the free text stays free text"""
    optional: bool = False
    """`true` where a page may lack the section without anything being missing"""


class NotApplicable(Documented):
    """Indicators that do not apply to projects of which a field says so."""

    indicators: Annotated[list[Text], Field(min_length=1)]
    """the indicators, as in `codes/indicators.csv`"""
    when: Annotated[dict[str, Text], Field(min_length=1)]
    """field and the value that rules them out"""
    why: str | None = None
    """the reason, for people"""


class Form(Documented):
    """A form file, `forms/NAME.yml`."""

    form: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    """the name of the form and of its file: small letters, digits and `_`"""
    what: str | None = None
    """what the form is, for people"""
    label: Name | None = None
    """the name of the form in reports, in the languages of its readers"""
    languages: Annotated[list[Language], Field(min_length=1)]
    """the languages its pages have been seen in"""
    sets: Sets = Field(default_factory=dict)
    """what is true of every project on this form, such as \
`{projects.programme_period: "2028-2034"}`"""
    titles: list[Title]
    """the lines that open a page; of several, each may say something else of the project"""
    sections: Annotated[list[Section], Field(min_length=1)]
    """headings and what stands under them, in the order of the page; the first label of the first \
section is the project code"""
    furniture: list[Furniture] = Field(default_factory=list)
    """lines that belong to the page and not to the project"""
    blank_words: list[Text] = Field(default_factory=list)
    """what authors write instead of leaving a field blank"""
    personal_words: list[Text] = Field(default_factory=list)
    """words of contact persons' lines: a line that nobody knows and that has one of them is not \
quoted in full"""
    unseen_after: dict[Language, str] = Field(default_factory=dict)
    """language and the key of the last section whose labels have been seen in it; what follows is \
reported instead of being taken for prose"""
    score: Value | None = None
    """what every `score` entry stands for; `*` is the criterion"""
    score_bounds: Annotated[
        Any,
        PlainValidator(_bounds),
        WithJsonSchema(
            {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
        ),
    ] = None
    """the least and the greatest score, such as `[0, 10]`; others are reported"""
    not_applicable: list[NotApplicable] = Field(default_factory=list)
    """rules by which an indicator does not apply to a project"""
