"""Reads the files of the shelf in use: YAML and CSV, each once per shelf."""

import csv
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import yaml

from esrdata.errors import KnowledgeError
from esrdata.knowledge.shelf import OURS, PACKAGE, PLAUSIBILITY, WORDS, Source, active, per_shelf

LANGUAGES = ("fi", "sv", "en")
# The group of `words.yml` that names forms.
_FORM = "form"
# The group with the words of the command line.
_CLI = "cli"


def _parsed(source: Source) -> dict[str, Any]:
    # The C loader is eight times faster, but some builds of PyYAML lack it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loaded = yaml.load(source.text, Loader=loader)
    except yaml.YAMLError as error:
        why = " ".join(str(error).split())
        raise KnowledgeError(f"The file {source.path} is not YAML: {why}.") from error
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"The file {source.path} on the shelf is not a mapping.")
    return loaded


def _yaml(place: str) -> dict[str, Any]:
    """A parsed file; if several folders have it, the first."""
    found = active().sources(place)
    if not found:
        raise KnowledgeError(
            f"The file {PACKAGE / place} of the package is not there: esrdata is installed as "
            "files, not imported from within a zip file."
        )
    return _parsed(found[0])


def _file_of_ours(place: str) -> Callable[[], dict[str, Any]]:
    """A function that loads a file which only the package has: once, whatever shelf is in use."""
    return cache(partial(_yaml, place))


def _folder_of_ours(folder: str) -> Callable[[str], dict[str, Any]]:
    """A function that loads a file by name from a folder which only the package has."""
    return cache(lambda name: _yaml(f"{folder}/{name}.yml"))


#: Every output table and column.
table_specs = _file_of_ours("tables.yml")
#: Units and labels of the columns of statistics.
statistics = _file_of_ours("statistics.yml")
#: How figures of statistics are computed.
traces = _file_of_ours("traces.yml")
#: The findings in titles of charts, by chart and condition.
titles = _file_of_ours("titles.yml")
#: How charts, Word and HTML look.
theme = _file_of_ours("theme.yml")
#: What the explorer adds up, and how projects can be filtered.
explorer = _file_of_ours("explorer.yml")
#: Lines that printers and browsers put on pages.
furniture = _file_of_ours("furniture.yml")
#: What personal data look like in prose.
privacy = _file_of_ours("privacy.yml")
#: Signs that a web page is about a known project.
linkage = _file_of_ours("linkage.yml")
#: Words of organisations' own web pages.
web = _file_of_ours("web.yml")
#: Kinds of web pages, what their prose says about a project, and portals.
web_pages = _file_of_ours("web_pages.yml")
#: Kinds of values in templates (`form`) and in columns of lists (`list`).
kinds = _file_of_ours("kinds.yml")
#: Words with two basic forms, by language.
readings = _file_of_ours("readings.yml")
#: Information services that may be asked for descriptions.
services = _file_of_ours("services.yml")
#: How names of organisations are written.
organisation_names = _file_of_ours("organisations/names.yml")
#: The keys of knowledge files and what they mean.
grammar = _file_of_ours("schema/grammar.yml")
#: Words of the synthetic portfolio.
sample = _file_of_ours("sample.yml")
#: Words of quantities in narratives.
claims = _folder_of_ours("claims")
#: Words of numbers, sums and periods.
quantities = _folder_of_ours("quantities")
#: Words of drafts that are checked.
proof = _folder_of_ours("proof")


@per_shelf
def form_names() -> tuple[str, ...]:
    """Names of the official forms on the shelf, the package's in alphabetical order first."""
    return active().names("forms")


@per_shelf
def form(name: str) -> dict[str, Any]:
    """One form file as written."""
    return _yaml(f"forms/{name}.yml")


@per_shelf
def words() -> dict[str, Any]:
    """Visible words in three languages (`words.yml`), with the names of forms."""
    whole: dict[str, Any] = {}
    for source in active().sources(WORDS):
        whole = _with(whole, _parsed(source), source.path)
    return {**whole, _FORM: {**whole[_FORM], **{name: _form_label(name) for name in form_names()}}}


@per_shelf
def command_words() -> dict[str, Any]:
    """Only the words of the command line: its help needs no others."""
    if active() is not OURS:
        own: dict[str, Any] = words()[_CLI]
        return own
    (source,) = OURS.sources(WORDS)
    # A group ends at the next line that is not indented.
    group = re.search(rf"^{_CLI}:\n.*?(?=^\w)", source.text, re.MULTILINE | re.DOTALL)
    if group is None:
        raise KnowledgeError(f"The file {source.path} has no group {_CLI!r}.")
    found: dict[str, Any] = _parsed(source._replace(text=group[0]))[_CLI]
    return found


def _form_label(name: str) -> dict[str, str]:
    """The name of a form; for languages without one, the first name given."""
    given: dict[str, str] = form(name).get("label", {})
    first = next(iter(given.values()), name)
    return {lang: given.get(lang, first) for lang in LANGUAGES}


def _with(words: Mapping[str, Any], more: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Words with more words added; existing ones cannot be replaced."""
    whole = dict(words)
    for key, value in more.items():
        if key not in whole:
            whole[key] = value
        elif isinstance(value, Mapping) and isinstance(whole[key], Mapping):
            whole[key] = _with(whole[key], value, where)
        else:
            raise KnowledgeError(f"The word {key!r} in {where} is taken: give it another name.")
    return whole


@per_shelf
def messages() -> dict[str, Any]:
    """Findings: severity and one sentence in three languages.

    From `messages.yml`, and from the rules of plausibility that have a finding.
    """
    rules = {
        code: {key: rule[key] for key in ("severity", "meaning", "why", "todo")}
        # A value and its limit; the rule's label names the kind of finding.
        | {"ours": "values", "name": rule["label"]}
        | rule["finding"]
        for code, rule in plausibility().items()
        if "finding" in rule
    }
    return {**_yaml("messages.yml"), **rules}


@per_shelf
def plausibility() -> dict[str, Any]:
    """Rules of plausibility (`plausibility.yml`); a later rule replaces one of the same name."""
    found: dict[str, Any] = {}
    for source in active().sources(PLAUSIBILITY):
        found |= _parsed(source)
    return found


@per_shelf
def cells() -> dict[str, Any]:
    """What cells and headings of lists hold apart from values (`cells.yml`)."""
    return _yaml("cells.yml")


@per_shelf
def list_names() -> tuple[str, ...]:
    """Names of the project lists on the shelf; each is the name of a programme period."""
    return active().names("lists")


@per_shelf
def list_columns(name: str) -> tuple[dict[str, str], ...]:
    """Columns of one project list (`lists/name.csv`), all cells as text."""
    return _rows("lists", name)


@per_shelf
def codes(name: str) -> tuple[dict[str, str], ...]:
    """Rows of one code list (`codes/name.csv`), all cells as text."""
    return _rows("codes", name)


def _rows(folder: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a file in all folders; a column that a file lacks is empty there."""
    place = f"{folder}/{name}.csv"
    sources = active().sources(place)
    if not sources:
        raise FileNotFoundError(place)
    tables = [csv.DictReader(source.text.splitlines()) for source in sources]
    columns = dict.fromkeys(map(str.strip, tables[0].fieldnames or ()), "")
    return tuple(
        {**columns, **{key.strip(): cell.strip() for key, cell in row.items()}}
        for table in tables
        for row in table
    )


@per_shelf
def labels(name: str) -> tuple[str, ...]:
    """Every label and variant of a code list as written, the longest first."""
    rows = codes(name)
    known = [row.get(f"label_{lang}") or "" for row in rows for lang in LANGUAGES]
    known += [variant for row in rows for variant in (row.get("variants") or "").split("|")]
    return tuple(sorted(filter(None, dict.fromkeys(known)), key=len, reverse=True))


def fold(text: str) -> str:
    """Fold white space and case, so that spellings compare."""
    return " ".join(text.split()).casefold()


@per_shelf
def spellings(name: str) -> dict[str, str]:
    """Every known spelling of a code list, folded, with its code.

    Lists repaired by hand have lost commas in names of offices, so each spelling also counts
    without commas.
    """
    found: dict[str, str] = {}
    for row in codes(name):
        known = [row.get(f"label_{lang}") or "" for lang in LANGUAGES]
        known += (row.get("variants") or "").split("|")
        for spelling in filter(None, (fold(k) for k in known)):
            found.setdefault(spelling, row["code"])
            found.setdefault(spelling.replace(",", ""), row["code"])
    return found


@per_shelf
def place_list(level: str) -> str | None:
    """The code list for places of a level; None if there is none."""
    listed = {row["code"]: row.get("codes") for row in codes("location_levels")}
    return listed.get(level) or None
