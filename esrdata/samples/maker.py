"""Writes a synthetic portfolio by means of the form files: for trying, teaching and testing."""

import os
import random
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.errors import StoreError, UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.opening import Folders, open_shelf
from esrdata.knowledge.shelf import Shelf, using
from esrdata.knowledge.wording import sentence
from esrdata.reading.form.spec import Form
from esrdata.reading.form.spec import form as form_file
from esrdata.reading.lists.spec import ListSpec, all_lists
from esrdata.samples.facts import Facts, make_facts
from esrdata.samples.printing import chromium, print_pdf
from esrdata.samples.shapes import SHAPES
from esrdata.samples.wanted import of_form, of_list
from esrdata.samples.writer import write_html, write_list, write_text
from esrdata.staging import staged

MIXED = "mixed"
_WRITERS: dict[str, Callable[[Form, str, Facts], str]] = {"txt": write_text, "html": write_html}
PRINTED, LISTED = "pdf", "csv"
PLAIN = "plain"
FORMATS = (*_WRITERS, PRINTED, LISTED)
# Real codes grow upwards, and none has been seen that begins with 5 to 9: these are used from the
# first code up to the last that fits a form, then downwards.
_FIRST_CODE, _LAST_CODE, _LOWEST_CODE = 90001, 99999, 50001
_MOST = _LAST_CODE - _LOWEST_CODE + 1


def write(
    folder: Path,
    *,
    projects: int = 200,
    seed: int = 1,
    form: str = MIXED,
    format: str = "txt",
    shape: str = PLAIN,
    shelf: Folders | Shelf | None = None,
    short: bool = False,
) -> list[Path]:
    """Write a synthetic portfolio, one file per project, or as project lists.

    Grants are log-normal around 270,000 €, median absorption is 0.98 with 6 % of projects below
    0.8. Every document says in its name and its text that it is synthetic.

    Parameters
    ----------
    folder
        Where to; made if need be.
    projects
        How many, at most 49,999: there are no more codes that cannot be real ones.
    seed
        The same seed gives the same files.
    form
        Name of a form, or ``mixed``; for ``csv`` of a list too.
    format
        ``txt``, ``html``, ``pdf`` where Chromium is installed to print it, or ``csv`` for a list
        of each programme period, written as the service does: unquoted, except in a list with
        prose. ``mixed`` then takes the forms whose period has a list.
    shape
        A name of `esrdata.samples.shapes.SHAPES`: how a text is encoded, wrapped and paged.
    shelf
        Folders with forms, lists, codes and words of your own; their fields are made up by kind.
    short
        Whether narratives have only a few sentences; otherwise they have 8,000 to 15,000
        characters together, as real ones do.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UsageError
        If the form, the format or the shape is unknown, there are too many projects, or there is
        no Chromium to print with.
    StoreError
        If the folder cannot be written, or holds a file of such a name that is none of a sample.
    """
    if format not in FORMATS:
        raise UsageError(f"The sample is not written as {format!r}: take {' or '.join(FORMATS)}.")
    if projects > _MOST:
        raise UsageError(sentence("error.sample_most", n=_MOST))
    if shape not in SHAPES or (shape != PLAIN and format != "txt"):
        known = ", ".join(SHAPES)
        raise UsageError(sentence("error.sample_shape", shape=shape, format=format, known=known))
    if format == PRINTED:
        chromium()  # fails before anything is written
    with using(open_shelf(shelf)):
        forms = _forms(form, format)
        chance = random.Random(seed)
        # Even steps through each distribution, shuffled: small samples have its shape, too.
        steps = [(i + 0.5) / projects for i in range(projects)]
        grants, absorptions = (chance.sample(steps, projects) for _ in range(2))
        make = partial(_facts, chance=chance, format=format, short=short)
        made = (
            (name, make(name, _code(i), grant=grants[i], absorption=absorptions[i]))
            for i in range(projects)
            for name in [chance.choice(forms) if form == MIXED else form]
        )
        # All files or none: a full disk must not leave part of a sample.
        with staged(folder) as stage:
            if format == LISTED:
                paths = _write_lists(folder, stage, [facts for _, facts in made])
            else:
                _ensure_free(folder / f"{_code(i)}.{format}" for i in range(projects))
                paths = [_write_page(stage, name, facts, format, shape) for name, facts in made]
            return [path.replace(folder / path.name) for path in paths]


def _ensure_free(paths: Iterable[Path]) -> None:
    """Refuse to replace files, except those of a sample, which say that they are."""
    for path in filter(os.path.lexists, paths):
        there = open_document(str(path))
        mark = load.sample()["synthetic"]["name"]
        if not isinstance(there, Document) or mark not in there.view:
            raise StoreError(sentence("error.sample_there", path=str(path)))


def _code(number: int) -> str:
    """The code of a project, numbered from 0."""
    upwards = _FIRST_CODE + number
    return f"S{upwards if upwards <= _LAST_CODE else _FIRST_CODE + _LAST_CODE - upwards}"


def _lists() -> dict[str, ListSpec]:
    return {spec.name: spec for spec in all_lists()}


def _period(name: str) -> str:
    return str(of_form(form_file(name)).sets.get("projects.programme_period"))


def _forms(form: str, format: str) -> list[str]:
    """The forms to choose from; for lists, those whose period has a list."""
    forms = list(load.form_names())
    known = [*forms, *(_lists() if format == LISTED else ()), MIXED]
    if form not in known:
        raise UsageError(unknown("form", form, known))
    if format != LISTED:
        return forms
    if form in forms and _period(form) not in _lists():
        raise UsageError(sentence("error.sample_no_list", form=form))
    return [name for name in forms if _period(name) in _lists()]


def _facts(
    name: str,
    code: str,
    *,
    chance: random.Random,
    grant: float,
    absorption: float,
    format: str,
    short: bool,
) -> Facts:
    """Facts for a form, and for a list those that only the list has."""
    make = partial(make_facts, grant=grant, absorption=absorption, short=short)
    if name not in load.form_names():
        return make(of_list(_lists()[name]), code, chance)
    wanted = of_form(form_file(name))
    facts = make(wanted, code, chance)
    if format == LISTED:
        spec = of_list(_lists()[_period(name)])
        further = {field: kind for field, kind in spec.fields.items() if field not in wanted.fields}
        # Its own randomness, so that the same seed gives the same projects as pages.
        facts = make(replace(spec, fields=further), code, random.Random(code), known=facts)
    return facts


def _write_lists(folder: Path, stage: Path, projects: list[Facts]) -> list[Path]:
    rows: dict[str, list[Facts]] = {}
    for facts in projects:
        rows.setdefault(str(facts["projects.programme_period"]), []).append(facts)
    names = {period: f"projektilista-{period}-synthetic.csv" for period in sorted(rows)}
    _ensure_free(folder / name for name in names.values())
    for period, name in names.items():
        data = write_list(_lists()[period], rows[period]).encode("utf-8")
        (stage / name).write_bytes(data)
    return [stage / name for name in names.values()]


def _write_page(stage: Path, name: str, facts: Facts, format: str, shape: str) -> Path:
    path = stage / f"{facts['projects.project_code']}.{format}"
    if format != PRINTED:
        path.write_bytes(SHAPES[shape](page(name, facts, format)))
        return path
    with tempfile.TemporaryDirectory(prefix="esrdata-") as place:
        source = Path(place, path.name).with_suffix(".html")
        source.write_text(page(name, facts, "html"), encoding="utf-8", newline="\n")
        print_pdf(source, path.resolve())
    return path


def page(name: str, facts: Facts, format: str) -> str:
    """One project as a page of a form, in the form's first language."""
    spec = form_file(name)
    return _WRITERS[format](spec, spec.languages[0], facts)
