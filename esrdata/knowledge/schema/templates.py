"""The braces of a template: which fields and kinds they name, and what is wrong with them."""

import re
from collections.abc import Iterator

from esrdata.knowledge.fields import shapes
from esrdata.knowledge.schema.names import Known, Wrong
from esrdata.knowledge.schema.problems import Path, Problem, hints
from esrdata.knowledge.schema.structure import TODO
from esrdata.knowledge.schema.yaml_text import Located

_SLOT = re.compile(r"\{([^{}]*)\}")


def slots(shape: str) -> Iterator[tuple[str, str]]:
    """Field and kind of each part of a template that is written right."""
    for inside in _SLOT.findall(shape):
        name, colon, kind = inside.partition(":")
        if colon:
            yield name, kind


def check_template(located: Located, known: Known, path: Path, shape: str) -> None:
    """Add what is wrong with a template: its braces, its fields, its kinds."""
    if TODO in shape:
        located.problem("todo", path)
    elif re.search(r"[{}]", _SLOT.sub("", shape)):
        single = re.sub(r"([{}])\1+", r"\1", shape)
        tried = (single, f"{shape}}}", f"{{{shape}")
        right = (text for text in tried if not re.search(r"[{}]", _SLOT.sub("", text)))
        located.problem("brace_open", path, {"near": next(right, None)}, found=shape)
    else:
        if not _SLOT.search(shape):
            near = f"{{{shape}}}" if re.fullmatch(r"[\w.]+:\w+", shape) else None
            located.problem("no_slot", path, {"near": near}, found=shape)
        if "}{" in shape:
            located.problem("slots_touch", path, found=shape)
        for inside in _SLOT.findall(shape):
            _check_slot(located, known, path, inside)


def _check_slot(located: Located, known: Known, path: Path, inside: str) -> None:
    if re.search(r"\s", inside):
        tight = "".join(inside.split())
        located.problem("slot_spaces", path, {"near": f"{{{tight}}}"}, found=f"{{{inside}}}")
        return
    name, colon, kind = inside.partition(":")
    kinds = known.kinds["form"]
    if not colon:
        column = known.column(name)
        fits = [] if isinstance(column, Wrong) else _fitting(known, column.type or "text")
        near = f"{{{name}:{fits[0]}}}" if fits else None
        located.problem("slot_without_kind", path, {"near": near}, found=f"{{{inside}}}")
        return
    type_ = check_field(located, known, path, name)
    if kind not in kinds:
        located.problem("unknown_kind", path, hints(kind, kinds), found=kind)
    elif type_ is not None and type_ not in kinds[kind]["columns"]:
        hint = hints(kind, _fitting(known, type_))
        located.problem("kind_of_column", path, hint, found=kind, field=name)


def _fitting(known: Known, type_: str) -> list[str]:
    """The kinds of value that a column of a type takes."""
    return [kind for kind, spec in known.kinds["form"].items() if type_ in spec["columns"]]


def check_field(
    located: Located, known: Known, path: Path, name: str, *, whole: bool = False
) -> str | None:
    """The type of the column a dotted field goes to; None, and a problem, where there is none.

    `whole` allows the common name of a list, whose values are text.
    """
    if TODO in name:
        located.problem("todo", path)
        return None
    table = name.split(".")[0]
    found = known.column(name)
    if not isinstance(found, Wrong):
        if found.type is not None or whole:
            return found.type or "text"
        found = Wrong("whole_field", name, tuple(s.name for s in shapes(table) if s.columns))
    values = {
        "unknown_table": {"found": found.found},
        "unknown_column": {"found": found.found, "table": table},
        "unknown_code": {"found": found.found, "list": found.codes},
    }.get(found.code, {"found": found.found, "field": name})
    if found.code in ("field_shape", "whole_field"):
        values = {"found": name}
    hint = hints(found.found, found.known)
    located.problems.append(
        Problem(located.file, found.code, located.line(path), path, values, **hint)
    )
    return None
