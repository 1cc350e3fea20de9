"""The rows of project lists and code lists: the models of their columns."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from esrdata.knowledge.schema.base import Strict, Text


def _day(text: str) -> str:
    # A day that no calendar has is no day.
    return text and str(date.fromisoformat(text))


Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$"), AfterValidator(_day)]
Whole = Annotated[str, Field(pattern=r"^\d*$")]
# A name that stands between the dots of a field.
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Year = Annotated[str, Field(pattern=r"^\d{4}$")]
# A name that fits beside bars.
Short = Annotated[str, Field(max_length=45)]
Number = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]


class ListColumn(Strict):
    """A column of a project list, a row of `lists/PERIOD.csv`."""

    field: str
    """the dotted field its cells give, such as `projects.name`; empty for a column left alone"""
    kind: Text
    """what its cells hold"""
    codes: str
    """the code list of its values, where it has one"""
    required: Annotated[str, Field(pattern=r"^(yes|no)$")]
    """`yes` for the columns by which the list is known, two at least: without them it is another"""
    heading: Text
    """the heading as the list writes it"""
    variants: str
    """other spellings of the heading, divided by `|`"""
    why: str = ""
    """anything worth knowing, for people"""


class Code(Strict):
    """A row of a code list, `codes/NAME.csv`."""

    code: Text
    """the code that tables hold"""
    label_fi: Text
    """its label in Finnish"""
    label_sv: Text
    """its label in Swedish"""
    label_en: Text
    """its label in English"""
    variants: str = ""
    """other spellings of the label, divided by `|`"""
    source: str = ""
    """where the row comes from"""
    note: str = ""
    """anything worth knowing, for people"""


class Named(Code):
    """A code that is a part of dotted field names."""

    code: Name


class Criterion(Named):
    """A criterion of sustainability."""

    dimension: Text
    """the dimension it belongs to, as in `codes/sustainability_dimensions.csv`"""


class LocationLevel(Named):
    """A level of places."""

    codes: str = ""
    """the code list with the names of its places, where there is one"""


class Principle(Named):
    """A horizontal principle."""

    form: Text
    """the form that asks about it"""


class Stage(Named):
    """A stage of a project's figures."""

    grows: Annotated[str, Field(pattern=r"^(yes|no)$")]
    """`yes` where its figures grow while a project runs"""


class Region(Code):
    """A region."""

    genitive_fi: Text
    """its Finnish name in the genitive"""
    nuts3: Text
    """its NUTS 3 code"""
    nuts3_2016: str = ""
    """its NUTS 3 code in the classification of 2016"""
    tile_row: Whole = ""
    """its row on the tile map"""
    tile_column: Whole = ""
    """its column on the tile map"""


class Period(Code):
    """A programme period."""

    first_day: Day
    """the first day of eligibility"""
    last_day: Day
    """the last day of eligibility"""


class Axis(Code):
    """A priority axis of a programme period and a fund."""

    programme_period: Text
    """the programme period"""
    fund: Text
    """the fund"""
    short_fi: Short = ""
    """a name for charts in Finnish, of 45 characters at most; empty where the label is short"""
    short_sv: Short = ""
    """the same in Swedish"""
    short_en: Short = ""
    """the same in English"""


class Objective(Code):
    """A specific objective of a programme period."""

    programme_period: Text
    """the programme period"""
    priority_axis: Text
    """the priority axis it belongs to"""


class ProgrammeSection(Code):
    """A section of a programme."""

    programme_period: Text
    """the programme period"""
    fund: Text
    """the fund"""


class Fund(Code):
    """A fund."""

    short_fi: Short = ""
    """its letters in Finnish"""
    short_sv: Short = ""
    """its letters in Swedish"""
    short_en: Short = ""
    """its letters in English"""

    letter: Annotated[str, Field(pattern=r"^[A-ZÅÄÖ]$")]
    """the letter its project codes begin with"""


class Status(Code):
    """A state of projects."""

    phrase_fi: str = ""
    """what a sentence says of a project in it, in Finnish; empty where the label will do"""
    phrase_sv: str = ""
    """the same in Swedish"""
    phrase_en: str = ""
    """the same in English"""
    on_form: str = ""
    """what Finnish forms and lists write, where that is another word than the label"""


class Authority(Code):
    """An authority."""

    kind: str = ""
    """its kind"""
    first_day: Day = ""
    """the day it began"""
    last_day: Day = ""
    """the day it ended"""


class Successor(Code):
    """An authority that another follows."""

    successor: Text
    """the codes of those that follow it, divided by `|`"""
    from_day: Day
    """the day they took over"""


class OrganisationType(Code):
    """A type of organisation."""

    form: str = ""
    """the form whose word it is, or `both`"""


class Organisation(Code):
    """A body with names that no rule would join."""

    kind: str = ""
    """its kind, a code of `organisation_kinds`"""
    short: str = ""
    """names that count only when they stand alone, divided by `|`"""
    parent: str = ""
    """the code of the body it belongs to"""


class OrganisationKind(Code):
    """A kind of organisation."""

    legal_form: str = ""
    """the legal form that tells it"""


class MunicipalityName(Code):
    """A municipality, with the forms of its name that names of organisations have."""

    genitive_fi: Text
    """its Finnish name in the genitive"""
    genitive_sv: Text
    """its Swedish name in the genitive"""


class SizeBand(Code):
    """A band of project sizes."""

    lower: Whole
    """the least sum in euros; empty for none"""
    upper: Whole
    """the sum in euros below which the band ends; empty for none"""


class SnapshotBasis(Code):
    """What the day of a list rests on."""

    inferred: Annotated[str, Field(pattern=r"^(yes|no)$")]
    """`yes` where nothing states the day"""
    why: str = ""
    """the reason"""


class SourceKind(Code):
    """A kind of source."""

    rank: Whole
    """which comes first where sources disagree"""
    why: str = ""
    """the reason"""


class PlaceName(Strict):
    """A name of a place that holds a comma."""

    label_fi: Text
    """the name"""
    source: str = ""
    """where the row comes from"""


class Reference(Strict):
    """A figure from outside, which belongs to a year: a row of reference data."""

    year: Year
    """the year it is of"""
    value: Number
    """the figure, with a decimal point if it has decimals"""
    source: Text
    """where it was published: a key of `sources.yml` or a title with an address"""
    note: str = ""
    """anything worth knowing, for people"""


class Merger(Strict):
    """A municipality that became a part of another."""

    label_fi: Text
    """its Finnish name in full, such as `Mallilan kunta`"""
    successor: Text
    """the Finnish name in full of the one it is a part of since"""
    from_day: Annotated[Day, Field(min_length=1)]
    """the first day of the new municipality"""
    source: Text
    """where this was read"""
    note: str = ""
    """anything worth knowing, for people"""


class Frame(Reference):
    """The frame of a priority axis in a programme, as of a year."""

    programme_period: Text
    """the programme period"""
    fund: Text
    """the fund"""
    priority_axis: Whole
    """the priority axis"""
    measure: Name
    """what is framed, a code of `measures`, in euros"""


class Inhabitants(Reference):
    """The inhabitants of a region at the end of a year."""

    region: Text
    """the region, a code of `regions`"""


class PriceIndex(Reference):
    """The mean of a price index over a year."""

    series: Text
    """the series; series of one index join at the first year that both have"""


#: The model of each code list that has columns of its own; others have those of `Code`.
CODES: dict[str, type[Strict]] = {
    "authorities": Authority,
    "authority_successors": Successor,
    "frames": Frame,
    "fund": Fund,
    "horizontal_principles": Principle,
    "indicators": Named,
    "inhabitants": Inhabitants,
    "location_levels": LocationLevel,
    "measures": Named,
    "municipalities_with_comma": PlaceName,
    "narrative_sections": Named,
    "municipality_mergers": Merger,
    "municipality_names": MunicipalityName,
    "organisation_kinds": OrganisationKind,
    "organisation_types": OrganisationType,
    "organisations": Organisation,
    "partner_roles": Named,
    "price_index": PriceIndex,
    "priority_axes": Axis,
    "programme_periods": Period,
    "programme_sections": ProgrammeSection,
    "regions": Region,
    "size_bands": SizeBand,
    "snapshot_bases": SnapshotBasis,
    "source_kinds": SourceKind,
    "specific_objectives": Objective,
    "stages": Stage,
    "status": Status,
    "sustainability_criteria": Criterion,
    "sustainability_dimensions": Named,
}
#: Columns that hold codes of another list, or of their own; several are divided by `|`.
REFERENCES = {
    "authority_successors": {"code": "authorities", "successor": "authorities"},
    "frames": {"fund": "fund", "measure": "measures"},
    "inhabitants": {"region": "regions"},
    "organisations": {"kind": "organisation_kinds", "parent": "organisations"},
    "priority_axes": {"fund": "fund"},
    "programme_sections": {"fund": "fund"},
    "sustainability_criteria": {"dimension": "sustainability_dimensions"},
}
#: Columns of which the second may not be before or below the first.
ORDERED = {
    "authorities": ("first_day", "last_day"),
    "programme_periods": ("first_day", "last_day"),
    "size_bands": ("lower", "upper"),
}
#: Columns that tell the rows of a list apart, where a code alone does not.
KEYS = {
    "frames": ("programme_period", "fund", "priority_axis", "measure", "year"),
    "horizontal_principles": ("form", "code"),
    "inhabitants": ("region", "year"),
    "municipalities_with_comma": ("label_fi",),
    "municipality_mergers": ("label_fi",),
    "price_index": ("series", "year"),
    "priority_axes": ("programme_period", "fund", "code"),
    "specific_objectives": ("programme_period", "code"),
}
