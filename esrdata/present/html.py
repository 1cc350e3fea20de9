"""A report's content as one HTML page that needs nothing beside it."""

import base64
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from esrdata.knowledge import formats, wording
from esrdata.present.model import Column, Content, Figure, Table, sheets_of
from esrdata.present.theme import css, current, families
from esrdata.present.traces import LISTED
from esrdata.terminal import visible
from esrdata.version import __version__

#: Rows that a table shows before the rest is folded.
OPEN_ROWS = 60
# Signs of the name of a project without a code, among the codes of others.
NAMED = 40


def templates(package: str = "esrdata.present") -> Environment:
    """The templates of a package: texts escaped, and a name that is missing an error."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        # What a file is quoted with may steer who reads the page in a terminal, and turn its lines.
        finalize=lambda value: visible(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def html(content: Content, figures: Mapping[str, tuple[Path, str]]) -> str:
    """A content as a page with all in it: of each figure its SVG file and what it shows.

    Tables can be sorted where scripts run, and are plain tables where they do not.
    """
    environment = templates()
    environment.tests["figure"] = lambda part: isinstance(part, Figure)
    numbers = {"Table": 0, "Figure": 0}

    def numbered(part: Table | Figure) -> int:
        kind = type(part).__name__
        numbers[kind] += 1
        return numbers[kind]

    return environment.get_template("pack.html").render(
        content=content,
        lang=content.lang,
        version=__version__,
        word=partial(wording.word, lang=content.lang),
        called=partial(_called, names=_codeless(content), lang=content.lang),
        cell=lambda value, column: column.write(value, content.lang),
        key=_sort_key,
        rows=_rows,
        theme=looks(css()),
        tongue=lambda part, column, index: _tongue(part, column, index, content.lang),
        numbered=numbered,
        pictures=lambda key: [(_embedded(path), text) for path, text in sheets_of(figures, key)],
        open_rows=OPEN_ROWS,
        behind=_behind(content),
    )


def _codeless(content: Content) -> dict[str, str]:
    """The names of projects without a code, by their keys."""
    projects = content.raw.get("projects")
    if projects is None or "name" not in projects:
        return {}
    rows = zip(projects["project_code"], projects["name"], strict=True)
    return {
        key: wording.quoted(name, most=NAMED)
        for key, name in rows
        if str(key).startswith(wording.KEY) and not formats.is_missing(name)
    }


def _called(code: str, names: Mapping[str, str], lang: str) -> str:
    """A project by its code, or by its name where its page states none."""
    return names.get(code) or wording.project_code(code, lang)


def looks(faces: str = "") -> dict[str, Any]:
    """What the theme in use says to the styles of a page; `faces` are the fonts in it."""
    own = {"faces": Markup(faces), "families": Markup(families())}
    return {**own, "colours": current().colours}


def _behind(content: Content) -> dict[str, list[tuple[str, list[str], list[tuple[str, str]]]]]:
    """The projects behind each statistics table, while a page can list them."""
    codes = {code for one in content.traced.values() for code in one.frame["project_code"].unique()}
    if len(codes) > LISTED:
        return {}
    return {key: one.by_group() for key, one in content.traced.items() if len(one.frame)}


def _rows(table: Table) -> list[list[Any]]:
    """The cells of a table by row."""
    return [
        list(row) for row in table.frame[[c.name for c in table.columns]].itertuples(index=False)
    ]


def _tongue(table: Table, column: Column, index: int, lang: str) -> Markup:
    """The language of a cell, where it is not that of the page."""
    language = table.languages(lang)[index] if column.foreign else lang
    return Markup("") if language == lang else Markup(' lang="{}"').format(language)


def _sort_key(value: Any, column: Column) -> str | None:
    """What a cell is sorted by where that is not what it shows; nothing where it is missing."""
    if formats.is_missing(value):
        return ""
    if column.kind in ("text", "figure"):
        return None
    return value.date().isoformat() if column.kind == "date" else repr(float(value))


def _embedded(path: Path) -> str:
    """A picture inside the page: as an image of its own it runs no script and names no address."""
    return f"data:image/svg+xml;base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
