"""Project lists and code lists checked, row by row."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from esrdata.knowledge import load
from esrdata.knowledge.headings import heading_key
from esrdata.knowledge.schema.csv_text import Rows, read_rows
from esrdata.knowledge.schema.models import code_list, model_named
from esrdata.knowledge.schema.names import Known
from esrdata.knowledge.schema.problems import hints
from esrdata.knowledge.schema.templates import check_field
from esrdata.knowledge.schema.yaml_text import Located

# Lists by whose spellings values are looked up: one spelling may not stand for two codes.
_SPELT = {
    "answers", "applicant_arrangements", "authorities", "fund", "organisation_types", "regions",
    "status",
}  # fmt: skip
_CODE = "projects.project_code"
# Bodies are joined by names, and a user's own rows come before ours.
_SPELT_BY_USERS = "organisations"
# A table is known by the headings that it must have: with one of them it would be any table.
_FEWEST_REQUIRED = 2


def _columns(model: type[BaseModel]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every column of a model, and those a file must have."""
    fields = model.model_fields
    return tuple(fields), tuple(name for name, f in fields.items() if f.is_required())


def _check_cells(found: Rows, line: int, row: dict[str, str], model: type[BaseModel]) -> bool:
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
                near = _slug(text) if column == "code" and _slug(text)[:1].isalpha() else None
                found.problem("bad_cell", line, column, {"near": near}, found=text)
        return False
    return True


def _slug(text: str) -> str:
    """A code as it should be written."""
    plain = text.strip().lower().translate(str.maketrans("äöå", "aoa"))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def check_codes(text: str, file: str, known: Known, name: str) -> Rows:
    """Read and check a code list; its good rows are added to what is known."""
    model = model_named(code_list(name).get("rows", "Code"))
    found = read_rows(text, file, *_columns(model))
    if found.problems:
        known.unsure.add(name)
    key = code_list(name).get("key", ("code",))
    rows = known.rows.setdefault(name, [])
    taken = {tuple(row[part] for part in key): 0 for row in rows}
    by_code = "code" in key and name != _SPELT_BY_USERS
    spelt = {s: row["code"] for row in rows for s in _spellings(row)} if by_code else {}
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
        if name in _SPELT or name == _SPELT_BY_USERS:
            for spelling in sorted(_spellings(row)):
                other = spelt.setdefault(spelling, row["code"])
                if other != row["code"]:
                    found.problem("spelling_taken", line, found=spelling, other=other)
        if name == "horizontal_principles" and not _form(row["form"], known):
            hint = hints(row["form"], sorted(known.forms))
            found.problem("unknown_form", line, "form", hint, found=row["form"])
        _check_order(found, line, row, name)
        rows.append(row)
    return found


def _check_order(found: Rows, line: int, row: Mapping[str, str], name: str) -> None:
    first, last = code_list(name).get("order", ("", ""))
    low, high = row.get(first, ""), row.get(last, "")
    if low and high and (len(high), high) < (len(low), low):
        found.problem("below", line, last, found=high, first=low, other=first)


def check_references(found: Rows, known: Known, name: str) -> None:
    """Name the codes of other lists that are not there, once all lists were read."""
    for column, other in code_list(name).get("refers", {}).items():
        if other in known.unsure:
            continue
        for line, row in found.rows:
            for code in filter(None, (part.strip() for part in row.get(column, "").split("|"))):
                if code not in known.codes[other]:
                    hint = hints(code, sorted(known.codes[other]))
                    found.problem("unknown_code", line, column, hint, found=code, list=other)


def _form(name: str, known: Known) -> bool:
    return name in known.forms or "forms" in known.unsure


def _spellings(row: Mapping[str, str]) -> set[str]:
    known = [row.get(f"label_{lang}") or "" for lang in load.LANGUAGES]
    known += (row.get("variants") or "").split("|")
    # The letter of a fund, which begins the codes of its projects.
    known.append(row.get("letter") or "")
    return {load.fold(text) for text in known if text}


def check_list(text: str, file: str, known: Known, name: str) -> Rows:
    """Read and check the columns of a project list."""
    model = model_named("ListColumn")
    found = read_rows(text, file, *_columns(model))
    if name in known.lists:
        found.problem("name_taken", 1, found=name)
    headings: dict[str, int] = {}
    fields: dict[str, int] = {}
    for line, row in found.rows:
        _check_cells(found, line, row, model)
        _check_kind(found, line, row, known)
        for heading in filter(str.strip, (row["heading"], *row["variants"].split("|"))):
            key = heading_key(heading)
            if not key:
                found.problem("heading_signs", line, "heading", found=heading.strip())
            elif headings.setdefault(key, line) != line:
                first = str(headings[key])
                found.problem("heading_twice", line, "heading", found=heading.strip(), first=first)
        if row["field"] and row["field"] in fields:
            found.problem(
                "field_twice", line, "field", field=row["field"], first=str(fields[row["field"]])
            )
        fields.setdefault(row["field"], line)
    if found.rows and not found.problems and _CODE not in fields:
        found.problem("no_code_column", found.rows[0][0])
    required = sum(row["required"] == "yes" for _, row in found.rows)
    if found.rows and not found.problems and required < _FEWEST_REQUIRED:
        found.problem("few_required", found.rows[0][0], "required")
    return found


def _kinds_of(field: str, column: str, kinds: Mapping[str, Any]) -> list[str]:
    """The kinds of cells that a field takes; with any text for a code, sums would be projects."""
    if field == _CODE:
        return ["list_code"]
    return [kind for kind, spec in kinds.items() if column in spec["columns"]]


def _check_kind(found: Rows, line: int, row: dict[str, str], known: Known) -> None:
    kinds, kind, codes = known.kinds["list"], row["kind"], row["codes"]
    column = None
    if row["field"]:
        # The problems of a field are the same here as in a template.
        located = Located(found.file, lines={("field",): line})
        column = check_field(located, known, ("field",), row["field"], whole=kind == "places")
        found.problems += located.problems
        # A form may withhold its labels; of a row every cell is shown.
        if row["field"].startswith("contacts."):
            found.problem("contacts_listed", line, "field")
    if kind and kind not in kinds:
        found.problem("unknown_kind", line, "kind", hints(kind, kinds), found=kind)
    elif column is not None and kind:
        right = _kinds_of(row["field"], column, kinds)
        if kind not in right:
            hint = hints(kind, right)
            found.problem("kind_of_column", line, "kind", hint, found=kind, field=row["field"])
    elif not row["field"] and kind != "ignored":
        found.problem("no_field", line, "field")
    if codes and codes not in known.codes:
        hint = hints(codes, sorted(known.codes))
        found.problem("unknown_list", line, "codes", hint, found=codes)
    elif not codes and kind in ("vocabulary", "coded"):
        found.problem("no_codes", line, "codes", found=kind)
