"""Labels and headings that the shelf knows, with what each gives."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from esrdata.knowledge import load

# The kind of value of a type of column, where it is not text.
_KINDS = {"date": "date", "integer": "integer", "money": "money"}


def known_labels(language: str) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Labels of forms and columns with what they give, and headings with their prose.

    A label that says little by itself (how many were planned) is known with its heading only.
    """
    entries: dict[str, dict[str, Any]] = {}
    narratives: dict[str, str] = {}
    for form in map(load.form, load.form_names()):
        for section in _sections(form["sections"]):
            titles = _texts(section, language)
            if "narrative" in section:
                narratives |= {load.fold(title): section["narrative"] for title in titles}
            for entry in section.get("entries", ()):
                raw = {k: v for k, v in entry.items() if k not in load.LANGUAGES}
                if isinstance(raw.get("template"), dict):
                    raw["template"] = raw["template"].get(language, [])
                alone = not any(name.startswith("indicators.") for name in fields(raw))
                for label in _texts(entry, language) if "score" not in raw else ():
                    for title in [*titles, *([""] if alone else [])]:
                        entries.setdefault(under(title, label), raw)
    for name, column in load.table_specs()["projects"]["columns"].items():
        if not {"record", "lookup", "made"} & column.keys():
            kind = "code" if name == "project_code" else _KINDS.get(column["type"], "text")
            raw = {"template": f"{{projects.{name}:{kind}}}"}
            entries.setdefault(under("", column["label"][language]), raw)
    for row in load.codes("narrative_sections"):
        narratives.setdefault(load.fold(row[f"label_{language}"]), f"narratives.{row['code']}")
    return entries, narratives


def under(title: str, label: str) -> str:
    """The key of a label under a heading."""
    return f"{load.fold(title)}\n{load.fold(label)}"


def _sections(raw: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in raw:
        yield section
        yield from _sections(section.get("sections", []))


def _texts(raw: Mapping[str, Any], language: str) -> list[str]:
    found = raw.get(language, [])
    return [found] if isinstance(found, str) else list(found)


def fields(raw: Mapping[str, Any]) -> list[str]:
    """The fields that an entry of a form gives."""
    templates = raw.get("template", [])
    shapes = [templates] if isinstance(templates, str) else templates
    names = [name for shape in shapes for name in re.findall(r"\{([^:{}]+):", shape)]
    return [*names, *(raw[key] for key in ("list", "free_text") if key in raw)]
