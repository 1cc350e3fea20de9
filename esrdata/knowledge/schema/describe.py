"""The grammar written out from the models: a JSON Schema for editors, tables of keys for the docs.

What each key means stands in `grammar.yml` or in the docstring under it, and nowhere else.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from esrdata.errors import KnowledgeError
from esrdata.knowledge import load
from esrdata.knowledge.fields import COLUMN, NUMBER, PART, Shape, shapes, value_tables
from esrdata.knowledge.schema import forms, plausibility
from esrdata.knowledge.schema.models import model_named, model_of

#: What `esrdata form schema --kind` may describe.
KINDS: dict[str, type[BaseModel]] = {
    "form": forms.Form,
    "list": model_named("ListColumn"),
    "codes": model_named("Code"),
    "plausibility": plausibility.Plausibility,
    "claims": model_of("claims/words.yml"),
    "units": model_of("claims/units.yml"),
    **{
        kind: model_of(f"{kind}.yml")
        for kind in ("tables", "messages", "linkage", "furniture", "sources", "services", "themes")
    },
}
# The parts of a form file, in the order of the page that explains them.
_PARTS: dict[str, type[BaseModel]] = {
    "The file": forms.Form,
    "A title (`titles`)": forms.Title,
    "A section (`sections`)": forms.Section,
    "A label (`entries`)": forms.Entry,
    "What does not apply (`not_applicable`)": forms.NotApplicable,
    "A column of a list (`lists/PERIOD.csv`)": model_named("ListColumn"),
    "A row of a code list (`codes/NAME.csv`)": model_named("Code"),
    "A rule of plausibility (`plausibility.yml`)": plausibility.Rule,
    "A condition of such a rule": plausibility.Condition,
}
# So many columns are not listed: the data dictionary has them.
_MANY = 5
_WORDINGS = tuple(load.LANGUAGES)


def json_schema(kind: str = "form") -> dict[str, Any]:
    """The JSON Schema of a kind of file, a key of `KINDS`; of CSV files that of a row."""
    schema: dict[str, Any] = KINDS[kind].model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        for spec in part.get("properties", {}).values():
            spec.pop("title", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def grammar() -> str:
    """The keys of the grammar as tables in Markdown, for `docs/adding-a-form.md`."""
    return "\n".join([*_keys(), *_kinds()])


def _keys() -> Iterator[str]:
    for title, model in _PARTS.items():
        yield f"### {title}\n"
        yield "| key | needed | what it means |"
        yield "| --- | --- | --- |"
        for name, info in model.model_fields.items():
            # The wordings are the same everywhere; they stand once, with the label.
            if name in _WORDINGS and issubclass(model, forms.Worded) and model is not forms.Entry:
                continue
            needed = "yes" if info.is_required() else ""
            yield f"| `{name}` | {needed} | {_cell(info.description or '')} |"
        if issubclass(model, forms.Worded) and model is not forms.Entry:
            yield "\nAnd `fi`, `sv`, `en`, as in a label."
        yield ""


def _kinds() -> Iterator[str]:
    for kind, title in (("form", "Kinds of values in templates"), ("list", "Kinds of columns")):
        yield f"### {title}\n"
        yield "| kind | what it looks like |"
        yield "| --- | --- |"
        for name, spec in load.kinds()[kind].items():
            yield f"| `{name}` | {_cell(spec['meaning'])} |"
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def field_names() -> str:
    """The shapes of dotted names as a table in Markdown."""
    lines = ["| table | fields | the braces hold |", "| --- | --- | --- |"]
    for table in value_tables():
        columns = load.table_specs()[table]["columns"]
        for shape in shapes(table):
            if shape.columns:
                held = (
                    _held(shape, brace, columns) for brace in re.findall(r"\{(\w+)\}", shape.name)
                )
                lines.append(f"| {table} | `{shape.name}` | {'; '.join(held)} |")
    return "\n".join(lines) + "\n"


def _held(shape: Shape, brace: str, columns: dict[str, Any]) -> str:
    """What a brace of the shape of a name holds."""
    if brace == COLUMN:
        some = shape.columns if len(shape.columns) < _MANY else ()
        return ", ".join(f"`{name}`" for name in some) or "a column of the table"
    if brace == PART:
        return ", ".join(f"`{part}`" for group in shape.joined for part in group)
    if brace == NUMBER:
        return "the place in the list, from 0"
    return f"{brace}: a code of `codes/{columns[brace]['codes']}.csv`"


def fill(page: str) -> str:
    """A page of the docs with its generated parts made anew."""
    for name, text in (("fields", field_names()), ("grammar", grammar())):
        pattern = re.compile(rf"(<!-- {name}:.*? -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        found = pattern.search(page)
        if found is None:
            raise KnowledgeError(f"The page has no place for the {name}.")
        page = f"{page[: found.end(1)]}\n{text}\n{page[found.start(2) :]}"
    return page


if __name__ == "__main__":
    for name in sys.argv[1:]:
        place = Path(name)
        place.write_text(fill(place.read_text(encoding="utf-8")), encoding="utf-8")
