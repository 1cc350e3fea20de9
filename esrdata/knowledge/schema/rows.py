"""Project lists and code lists: the columns of their files, and what their rows must hold to."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, ValidationError

from esrdata.knowledge import load
from esrdata.knowledge.schema.base import Strict, Text
from esrdata.knowledge.schema.csv_text import Rows, read_rows
from esrdata.knowledge.schema.names import Known
from esrdata.knowledge.schema.problems import hints
from esrdata.knowledge.schema.templates import check_field
from esrdata.knowledge.schema.yaml_text import Located

Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Whole = Annotated[str, Field(pattern=r"^\d*$")]
# A name that stands between the dots of a field.
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Year = Annotated[str, Field(pattern=r"^\d{4}$")]
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
    """`yes` for the columns by which the list is known: without them it is another list"""
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

    letter: Annotated[str, Field(pattern=r"^[A-ZÅÄÖ]$")]
    """the letter its project codes begin with"""


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
    """A municipality whose names no rule would join."""

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
    from_day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
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
    "location_levels": Named,
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
    "sustainability_criteria": Criterion,
    "sustainability_dimensions": Named,
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
# Lists by whose spellings values are looked up: one spelling may not stand for two codes.
_SPELT = {"status", "answers", "regions", "organisation_types", "applicant_arrangements", "fund"}


def _columns(model: type[Strict]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every column of a model, and those a file must have."""
    fields = model.model_fields
    return tuple(fields), tuple(name for name, f in fields.items() if f.is_required())


def _check_cells(found: Rows, line: int, row: dict[str, str], model: type[Strict]) -> bool:
    try:
        model.model_validate(row)
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            column = str(wrong["loc"][0])
            text = row.get(column, "")
            if column == "required":
                found.problem("none_of", line, column, hints(text, ("yes", "no")), found=text)
            elif not text.strip():
                found.problem("no_cell", line, column)
            else:
                near = _slug(text) if column == "code" else None
                found.problem("bad_cell", line, column, {"near": near}, found=text)
        return False
    return True


def _slug(text: str) -> str:
    """A code as it should be written."""
    return re.sub(r"\W+", "_", text.strip().lower())


def check_codes(text: str, file: str, known: Known, name: str) -> Rows:
    """Read and check a code list; its good rows are added to what is known."""
    model = CODES.get(name, Code)
    found = read_rows(text, file, *_columns(model))
    if found.problems:
        known.unsure.add(name)
    key = KEYS.get(name, ("code",))
    rows = known.rows.setdefault(name, [])
    taken = {tuple(row[part] for part in key): 0 for row in rows}
    spelt = {s: row["code"] for row in rows for s in _spellings(row)} if "code" in key else {}
    codes = known.codes.setdefault(name, set())
    for line, row in found.rows:
        # What a template names is there, even where another cell of its row is wrong.
        code = row.get("code", "")
        codes |= {code, _slug(code)}
        known.unsure |= set() if code.strip() else {name}
        if not _check_cells(found, line, row, model):
            continue
        own = tuple(row[part] for part in key)
        if own in taken:
            first = taken[own]
            code = " ".join(own)
            if first:
                found.problem("code_twice", line, key[-1], found=code, first=str(first))
            else:
                found.problem("code_taken", line, key[-1], found=code, list=name)
            continue
        taken[own] = line
        if name in _SPELT:
            for spelling in _spellings(row):
                other = spelt.setdefault(spelling, row["code"])
                if other != row["code"]:
                    found.problem("spelling_taken", line, found=spelling, other=other)
        if name == "horizontal_principles" and not _form(row["form"], known):
            hint = hints(row["form"], sorted(known.forms))
            found.problem("unknown_form", line, "form", hint, found=row["form"])
        dimensions = known.codes["sustainability_dimensions"]
        if name == "sustainability_criteria" and row["dimension"] not in dimensions:
            hint = hints(row["dimension"], sorted(dimensions))
            found.problem(
                "unknown_code",
                line,
                "dimension",
                hint,
                found=row["dimension"],
                list="sustainability_dimensions",
            )
        rows.append(row)
    return found


def _form(name: str, known: Known) -> bool:
    return name in known.forms or "forms" in known.unsure


def _spellings(row: Mapping[str, str]) -> set[str]:
    known = [row.get(f"label_{lang}") or "" for lang in load.LANGUAGES]
    known += (row.get("variants") or "").split("|")
    return {load.fold(text) for text in known if text}


def check_list(text: str, file: str, known: Known, name: str) -> Rows:
    """Read and check the columns of a project list."""
    found = read_rows(text, file, *_columns(ListColumn))
    if name in known.lists:
        found.problem("name_taken", 1, found=name)
    headings: dict[str, int] = {}
    fields: dict[str, int] = {}
    for line, row in found.rows:
        _check_cells(found, line, row, ListColumn)
        _check_kind(found, line, row, known)
        for heading in (row["heading"], *row["variants"].split("|")):
            folded = load.fold(heading)
            if folded and headings.get(folded, line) != line:
                found.problem(
                    "heading_twice",
                    line,
                    "heading",
                    found=heading.strip(),
                    first=str(headings[folded]),
                )
            headings.setdefault(folded, line)
        if row["field"] and row["field"] in fields:
            found.problem(
                "field_twice", line, "field", field=row["field"], first=str(fields[row["field"]])
            )
        fields.setdefault(row["field"], line)
    if found.rows and not found.problems and "projects.project_code" not in fields:
        found.problem("no_code_column", found.rows[0][0])
    return found


def _check_kind(found: Rows, line: int, row: dict[str, str], known: Known) -> None:
    kinds, kind, codes = known.kinds["list"], row["kind"], row["codes"]
    column = None
    if row["field"]:
        # The problems of a field are the same here as in a template.
        located = Located(found.file, lines={("field",): line})
        column = check_field(located, known, ("field",), row["field"], whole=kind == "places")
        found.problems += located.problems
    if kind and kind not in kinds:
        found.problem("unknown_kind", line, "kind", hints(kind, kinds), found=kind)
    elif column is not None and kind and column not in kinds[kind]["columns"]:
        right = [k for k, spec in kinds.items() if column in spec["columns"]]
        found.problem(
            "kind_of_column", line, "kind", hints(kind, right), found=kind, field=row["field"]
        )
    elif not row["field"] and kind != "ignored":
        found.problem("no_field", line, "field")
    if codes and codes not in known.codes:
        hint = hints(codes, sorted(known.codes))
        found.problem("unknown_list", line, "codes", hint, found=codes)
    elif not codes and kind in ("vocabulary", "coded"):
        found.problem("no_codes", line, "codes", found=kind)
