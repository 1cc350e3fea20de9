"""Holds the package's own files to the models; run by tests, never when reading."""

from collections.abc import Iterator
from importlib.resources import files

from pydantic import BaseModel

from esrdata.knowledge import load
from esrdata.knowledge.schema.explorer import Explorer
from esrdata.knowledge.schema.form_check import advice, check_form
from esrdata.knowledge.schema.models import model_of
from esrdata.knowledge.schema.names import Known, known_names
from esrdata.knowledge.schema.plausibility import Plausibility, check_rules
from esrdata.knowledge.schema.problems import Problem
from esrdata.knowledge.schema.recipe import Recipe
from esrdata.knowledge.schema.rows import check_codes, check_list, check_references
from esrdata.knowledge.schema.structure import check_structure
from esrdata.knowledge.schema.theme import Theme
from esrdata.knowledge.schema.titles import Titles
from esrdata.knowledge.schema.words import check_words
from esrdata.knowledge.schema.yaml_text import read_yaml
from esrdata.knowledge.shelf import PLAUSIBILITY

#: The model of each YAML file, forms and words apart.
MODELS: dict[str, type[BaseModel]] = {
    "plausibility.yml": Plausibility,
    "theme.yml": Theme,
    "titles.yml": Titles,
    "pack.yml": Recipe,
    "explorer.yml": Explorer,
    **{place: model_of(place) for place in load.grammar()["files"]},
}


def check_package() -> list[Problem]:
    """Every mistake in the package's own files of knowledge; none, unless one was just made."""
    return [*_yaml(), *_codes(), *_forms(), *_lists(), *_words()]


def yaml_files() -> list[str]:
    """Every YAML file of the package but forms and words, by its place."""
    root = files("esrdata.knowledge")
    top = [p.name for p in root.iterdir() if p.name.endswith(".yml")]
    folders = [p for p in root.iterdir() if p.is_dir() and p.name not in ("forms", "schema")]
    inner = [f"{f.name}/{p.name}" for f in folders for p in f.iterdir() if p.name.endswith(".yml")]
    return sorted({*top, *inner} - {"words.yml"})


def _text(place: str) -> str:
    return files("esrdata.knowledge").joinpath(*place.split("/")).read_text(encoding="utf-8")


def _yaml() -> Iterator[Problem]:
    for place in yaml_files():
        located = read_yaml(_text(place), place)
        if place == PLAUSIBILITY:
            check_rules(located, known_names())
        elif place in MODELS:
            check_structure(located, MODELS[place])
        else:
            located.problem("no_model", ())
        yield from located.problems


def _codes() -> Iterator[Problem]:
    names = known_names()
    for name in names.codes:
        # Its own rows are to be new: what else is known may stay.
        others = known_names()
        others.codes[name], others.rows[name] = set(), []
        place = f"codes/{name}.csv"
        rows = check_codes(_text(place), place, others, name)
        check_references(rows, others, name)
        yield from rows.problems


def _forms() -> Iterator[Problem]:
    for name in load.form_names():
        known = known_names()
        known.forms.discard(name)
        place = f"forms/{name}.yml"
        located = read_yaml(_text(place), place)
        check_form(located, known, name)
        yield from (*located.problems, *advice(located))


def _lists() -> Iterator[Problem]:
    for name in load.list_names():
        known: Known = known_names()
        known.lists.discard(name)
        place = f"lists/{name}.csv"
        yield from check_list(_text(place), place, known, name).problems


def _words() -> Iterator[Problem]:
    located = read_yaml(_text("words.yml"), "words.yml")
    check_words(located, {})
    # How dates and months are written differs by language, and so do the braces.
    yield from (p for p in located.problems if p.path[:1] != ("format",))
