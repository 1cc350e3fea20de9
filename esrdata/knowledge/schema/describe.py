"""The grammar written out from the models: a JSON Schema for editors, tables of keys for the docs.

What each key means stands in the docstring under it, and nowhere else.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from esrdata.errors import KnowledgeError
from esrdata.knowledge import load
from esrdata.knowledge.fields import COLUMN, NUMBER, PART, Shape, shapes, value_tables
from esrdata.knowledge.schema import (
    code_rows,
    files,
    forms,
    linking,
    plausibility,
    tables,
    vocabulary,
)
from esrdata.knowledge.schema.base import InThree

#: What `esrdata form schema --kind` may describe.
KINDS: dict[str, type[BaseModel]] = {
    "form": forms.Form,
    "list": code_rows.ListColumn,
    "codes": code_rows.Code,
    "tables": tables.Tables,
    "messages": files.Messages,
    "linkage": linking.Linkage,
    "plausibility": plausibility.Plausibility,
    "furniture": files.FurnitureFile,
    "sources": files.Sources,
    "services": files.Services,
    "themes": files.Themes,
    "claims": vocabulary.ClaimWords,
    "units": vocabulary.ClaimUnits,
}
# The parts of a form file, in the order of the page that explains them.
_PARTS: dict[str, type[BaseModel]] = {
    "The file": forms.Form,
    "A title (`titles`)": forms.Title,
    "A section (`sections`)": forms.Section,
    "A label (`entries`)": forms.Entry,
    "What does not apply (`not_applicable`)": forms.NotApplicable,
    "A column of a list (`lists/PERIOD.csv`)": code_rows.ListColumn,
    "A row of a code list (`codes/NAME.csv`)": code_rows.Code,
    "A rule of plausibility (`plausibility.yml`)": plausibility.Rule,
    "A condition of such a rule": plausibility.Condition,
}
# So many columns are not listed: the data dictionary has them.
_MANY = 5
_WORDINGS = tuple(load.LANGUAGES)


def json_schema(kind: str = "form") -> dict[str, Any]:
    """The JSON Schema of a kind of file, a key of `KINDS`; of CSV files that of a row."""
    model = KINDS[kind]
    schema: dict[str, Any] = model.model_json_schema()
    for name, part in {model.__name__: schema, **schema.get("$defs", {})}.items():
        found = _model(name)
        if found is not None:
            documented = descriptions(found)
            for key, spec in part.get("properties", {}).items():
                spec.pop("title", None)
                if key in documented:
                    spec["description"] = documented[key]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def grammar() -> str:
    """The keys of the grammar as tables in Markdown, for `docs/adding-a-form.md`."""
    return "\n".join([*_keys(), *_kinds()])


def _keys() -> Iterator[str]:
    for title, model in _PARTS.items():
        documented = descriptions(model)
        yield f"### {title}\n"
        yield "| key | needed | what it means |"
        yield "| --- | --- | --- |"
        for name, info in model.model_fields.items():
            # The wordings are the same everywhere; they stand once, with the label.
            if name in _WORDINGS and issubclass(model, forms.Worded) and model is not forms.Entry:
                continue
            needed = "yes" if info.is_required() else ""
            yield f"| `{name}` | {needed} | {_cell(documented.get(name, ''))} |"
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


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """What each key of a model means, its own and those it shares with others."""
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, BaseModel) and part.__module__.startswith("esrdata."):
            found |= _docstrings(sys.modules[part.__module__]).get(part.__name__, {})
    aliases = {name: info.alias for name, info in model.model_fields.items() if info.alias}
    return {aliases.get(name, name): text for name, text in found.items()}


@cache
def _docstrings(module: ModuleType) -> dict[str, dict[str, str]]:
    """The docstrings under the fields of the classes of a module."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            pairs = zip(node.body, node.body[1:], strict=False)
            found[node.name] = {
                one.target.id: " ".join(str(other.value.value).split())
                for one, other in pairs
                if isinstance(one, ast.AnnAssign)
                and isinstance(one.target, ast.Name)
                and isinstance(other, ast.Expr)
                and isinstance(other.value, ast.Constant)
            }
    return found


def _model(name: str) -> type[BaseModel] | None:
    """The model of a definition of a schema."""
    for module in (forms, code_rows, files, plausibility, vocabulary):
        found = getattr(module, name, None)
        if isinstance(found, type) and issubclass(found, BaseModel):
            return found
    return InThree if name == "InThree" else None


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
