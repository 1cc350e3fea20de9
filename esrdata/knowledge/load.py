"""Reads the shelf: YAML and CSV files, each once per process."""

import csv
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from esrdata.errors import KnowledgeError

SHELF = files("esrdata.knowledge")
LANGUAGES = ("fi", "sv", "en")


def _yaml(*place: str) -> dict[str, Any]:
    text = SHELF.joinpath(*place).read_text(encoding="utf-8")
    # The C loader is eight times faster; PyYAML builds without it have the other one.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded = yaml.load(text, Loader=loader)
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"The file {'/'.join(place)} on the shelf is not a mapping.")
    return loaded


@cache
def form_names() -> tuple[str, ...]:
    """Names of the official forms on the shelf, in alphabetical order."""
    names = (p.name for p in SHELF.joinpath("forms").iterdir())
    return tuple(sorted(n.removesuffix(".yml") for n in names if n.endswith(".yml")))


@cache
def form(name: str) -> dict[str, Any]:
    """One form file as written."""
    return _yaml("forms", f"{name}.yml")


@cache
def table_specs() -> dict[str, Any]:
    """Every output table and column (`tables.yml`)."""
    return _yaml("tables.yml")


@cache
def words() -> dict[str, Any]:
    """Visible words in three languages (`words.yml`)."""
    return _yaml("words.yml")


@cache
def messages() -> dict[str, Any]:
    """Findings: severity and one sentence in three languages (`messages.yml`)."""
    return _yaml("messages.yml")


@cache
def furniture() -> dict[str, Any]:
    """Lines that printers and browsers put on pages (`furniture.yml`)."""
    return _yaml("furniture.yml")


@cache
def linkage() -> dict[str, Any]:
    """What tells that a web page speaks of a known project (`linkage.yml`)."""
    return _yaml("linkage.yml")


@cache
def web() -> dict[str, Any]:
    """Words of organisations' own web pages (`web.yml`)."""
    return _yaml("web.yml")


@cache
def claims(name: str) -> dict[str, Any]:
    """Words of quantities in narratives (`claims/name.yml`)."""
    return _yaml("claims", f"{name}.yml")


@cache
def quantities(name: str) -> dict[str, Any]:
    """Words of numbers, sums and periods (`quantities/name.yml`)."""
    return _yaml("quantities", f"{name}.yml")


@cache
def services() -> dict[str, Any]:
    """Information services that may be asked for descriptions (`services.yml`)."""
    return _yaml("services.yml")


@cache
def sample() -> dict[str, Any]:
    """Words of the synthetic portfolio (`sample.yml`)."""
    return _yaml("sample.yml")


@cache
def list_names() -> tuple[str, ...]:
    """Names of the project lists on the shelf, which are those of their programme periods."""
    names = (p.name for p in SHELF.joinpath("lists").iterdir())
    return tuple(sorted(n.removesuffix(".csv") for n in names if n.endswith(".csv")))


@cache
def list_columns(name: str) -> tuple[dict[str, str], ...]:
    """Columns of one project list (`lists/name.csv`), all cells as text."""
    return _rows("lists", name)


@cache
def codes(name: str) -> tuple[dict[str, str], ...]:
    """Rows of one code list (`codes/name.csv`), all cells as text."""
    return _rows("codes", name)


def _rows(folder: str, name: str) -> tuple[dict[str, str], ...]:
    text = SHELF.joinpath(folder, f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def fold(text: str) -> str:
    """Fold white space and case, so that a spelling met meets the spelling known."""
    return " ".join(text.split()).casefold()


@cache
def spellings(name: str) -> dict[str, str]:
    """Every known spelling of a code list, folded, with its code.

    Lists repaired by hand have lost the commas of their offices, so that a spelling with commas is
    known without them too.
    """
    found: dict[str, str] = {}
    for row in codes(name):
        known = [row.get(f"label_{lang}") or "" for lang in LANGUAGES]
        known += (row.get("variants") or "").split("|")
        for spelling in filter(None, (fold(k) for k in known)):
            found.setdefault(spelling, row["code"])
            found.setdefault(spelling.replace(",", ""), row["code"])
    return found
