"""The explorer as one HTML file: data packed, scripts and styles in it, nothing loaded."""

import base64
import gzip
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from markupsafe import Markup

from esrdata.errors import UsageError
from esrdata.explorer.data import core, source_line
from esrdata.explorer.details import TOGETHER, Details
from esrdata.explorer.words import words
from esrdata.given import at_home
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import sentence, table_label, word
from esrdata.portfolio import Portfolio
from esrdata.present.html import looks, templates
from esrdata.staging import put
from esrdata.version import __version__

#: The first of the scripts; the others are those it imports, and so on.
_FIRST = "main.mjs"
_IMPORT = re.compile(r'^import ([^;]*?) from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async )?(?:function|const) (\w+)", re.MULTILINE)


@on_its_shelf
def explore(
    portfolio: Portfolio,
    path: str | PathLike[str],
    *,
    lang: str = "fi",
    title: str | None = None,
    narratives: bool = True,
) -> Path:
    """Write the explorer: one file to filter, search and look, which opens anywhere offline.

    The same portfolio gives the same bytes. Contact persons are never in it.

    Parameters
    ----------
    portfolio
        The projects.
    path
        The file, which ends in ``.html``; its folder is made if need be.
    lang
        Language of the page: fi, sv or en.
    title
        What the page is called; one of our own if None.
    narratives
        Whether texts of projects are in it. Without them the file can be sent outside: it then has
        neither narratives, justifications nor the lines of sources, and finds words in names only.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        If the language is unknown, or the name ends otherwise.
    StoreError
        If the file cannot be written.
    """
    target = at_home(Path(path))
    if target.suffix.lower() != ".html":
        raise UsageError(sentence("error.out_ending", path=str(target), known=".html"))
    text = page(portfolio, lang=lang, title=title, narratives=narratives)
    put(target, text.encode("utf-8"))
    return target


def page(
    portfolio: Portfolio, *, lang: str = "fi", title: str | None = None, narratives: bool = True
) -> str:
    """The explorer as text; see `explore`."""
    heading = title or word("explorer.title", lang)
    without = _without_contacts(portfolio)
    script, environment = script_of(_FIRST), templates("esrdata.explorer")
    style = environment.get_template("explorer.css").render(theme=looks())
    return environment.get_template("explorer.html").render(
        lang=lang,
        title=heading,
        version=__version__,
        source=source_line(portfolio, lang),
        footer=word("footer.made_with", lang, version=__version__),
        in_texts=narratives and bool(portfolio.narratives["text"].notna().any()),
        word=lambda key: word(f"explorer.{key}", lang),
        policy=policy(script, style),
        script=Markup(script),
        style=Markup(style),
        packed=dict(_packed(without, lang, heading, narratives, "contacts" in portfolio.tables)),
    )


def _packed(
    portfolio: Portfolio, lang: str, title: str, narratives: bool, contacts: bool
) -> Iterator[tuple[str, str]]:
    """What is in the page, by the ids of its elements."""
    # Lines of a source read with its contact persons would show them.
    details = Details(portfolio, lang, narratives=narratives, lines=narratives and not contacts)
    parts = {f"part-{n}": pack(part) for n, part in enumerate(details.parts())}
    tables = list(dict.fromkeys(table for _, table, _ in details.fields.rows))
    found = core(portfolio, lang, title) | {
        "fields": details.fields.rows,
        "statuses": details.statuses.rows,
        "files": [row[0] for row in details.files.rows],
        "tables": {table: table_label(table, lang) for table in tables},
        "together": TOGETHER,
        "narratives": narratives,
    }
    yield "core", pack(found)
    yield "words", pack(words(portfolio, narratives=narratives).as_json())
    yield from parts.items()


def pack(value: Any) -> str:
    """A value as JSON, packed, in letters that HTML takes as they are.

    Of a national list a level more takes 0.14 seconds for a fiftieth of the size; as tight as it
    goes, 1.3 seconds for another fortieth.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 5, mtime=0)).decode("ascii")


def script_of(first: str) -> str:
    """The scripts as one: each a function of its own, behind those that it imports.

    A module's names stay its own, as they are in files; what it exports is what its function gives.
    """
    folder = files("esrdata.explorer").joinpath("templates")
    done: dict[str, str] = {}

    def add(name: str) -> None:
        text = folder.joinpath(name).read_text(encoding="utf-8")
        for _, other in _IMPORT.findall(text):
            if other not in done:
                add(other)
        names = ", ".join(_EXPORT.findall(text))
        inner = _IMPORT.sub(
            lambda found: f"const {found[1].removeprefix('* as ')} = {_called(found[2])};\n", text
        )
        inner = inner.replace("\nexport ", "\n")
        done[name] = f"const {_called(name)} = (() => {{\n{inner}return {{ {names} }};\n}})();\n"

    add(first)
    return "\n".join(done.values())


def _called(file: str) -> str:
    return f"{file.removesuffix('.mjs')}_module"


def policy(script: str, style: str) -> str:
    """What the page may do: run this script, look as this style says, show pictures made here."""
    hashes = [
        f"'sha256-{base64.b64encode(sha256(f'{part}'.encode()).digest()).decode('ascii')}'"
        for part in (script, style)
    ]
    return (
        f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]}; "
        "img-src blob: data:; base-uri 'none'; form-action 'none'"
    )


def _without_contacts(portfolio: Portfolio) -> Portfolio:
    """The portfolio without contact persons, whom it may have been read with."""
    persons = {
        name: portfolio.tables[name]["field"].fillna("").str.startswith("contacts")
        for name in ("provenance", "issues", "conflicts")
    }
    if "contacts" not in portfolio.tables and not any(one.any() for one in persons.values()):
        # The same one, of which a report that is being made knows much already.
        return portfolio
    tables = {name: table for name, table in portfolio.tables.items() if name != "contacts"}
    tables |= {name: tables[name][~one] for name, one in persons.items()}
    return Portfolio(tables, portfolio.base, portfolio.shelf)
