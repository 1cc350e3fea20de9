"""Commands for authors of forms: schema, check, draft."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esrdata.cli.errors import DONE, FINDINGS, one_sentence
from esrdata.cli.help import HelpedGroup
from esrdata.cli.language import LANG, LANG_OF_HELP
from esrdata.cli.output import echo, write_file
from esrdata.cli.places import Place
from esrdata.cli.reading import SHELF, opened
from esrdata.errors import UsageError
from esrdata.knowledge.wording import quoted, sentence, word

if TYPE_CHECKING:
    from esrdata.documents.document import Document
    from esrdata.reading.form.explained import ExplainedLine, ExplainedPage
    from esrdata.reading.form.spec import Form

# The text of a line and the values read from it are cut to this length.
_WIDTH = 46
_FILE = Place(path_type=Path)


@click.group(cls=HelpedGroup)
@LANG_OF_HELP
def form() -> None:
    """Write and check forms, lists and codes of your own; see docs/adding-a-form.md."""


@form.command()
@click.option("--kind", default="form", show_default=True)
@LANG_OF_HELP
@one_sentence
def schema(kind: str) -> int:
    """Print the JSON Schema of form files, by which an editor completes and checks them."""
    from esrdata.errors import unknown
    from esrdata.knowledge.schema.describe import KINDS, json_schema

    if kind not in KINDS:
        raise UsageError(unknown("kind of file", kind, KINDS))
    echo(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))
    return DONE


@form.command()
@click.argument("file", type=_FILE)
@click.argument("page", type=_FILE, required=False)
@SHELF
@LANG
@one_sentence
def check(file: Path, page: Path | None, shelf: tuple[str, ...], lang: str) -> int:
    """Name what is wrong with a form, a list or a code list, or with a whole shelf.

    With a PAGE on the form, show each of its lines beside what explains it; a line that nothing
    explains is marked. Exit 1 when something is wrong or a line is not explained.
    """
    from esrdata.knowledge.schema.check import check_file, form_advice

    problems = check_file(file, shelf)
    advice = form_advice(file) if file.suffix == ".yml" and not problems else []
    for problem in (*problems, *advice):
        echo(problem.sentence(lang))
    if problems or (advice and page is None):
        return FINDINGS
    if page is None:
        echo(word("cli.form.right", lang, file=str(file)))
        return DONE
    explained = _explained(file, opened(page, lang), shelf)
    for line in explained.lines:
        echo(_line(line))
    if explained.lacking:
        echo(word("cli.form.lacking", lang, labels=", ".join(explained.lacking)))
    return _judged(explained.lines, lang)


@form.command()
@click.argument("page", type=_FILE)
@click.option("--out", type=_FILE)
@click.option("--name")
@click.option("--language", type=click.Choice(["fi", "sv", "en"]))
@SHELF
@LANG
@one_sentence
def draft(
    page: Path,
    out: Path | None,
    name: str | None,
    language: str | None,
    shelf: tuple[str, ...],
    lang: str,
) -> int:
    """Write a first form file from the headings and labels of a PAGE.

    What the page cannot tell is marked TODO; `esrdata form check` names every one of them.
    """
    from esrdata.knowledge.opening import open_shelf
    from esrdata.knowledge.shelf import using
    from esrdata.reading.form.outline import TODO, draft_form
    from esrdata.reading.lists.mapping import own_table

    called = name or (out.stem if out is not None else TODO)
    document = opened(page, lang)
    if document.sheets or own_table(document) is not None:
        raise UsageError(sentence("error.no_page", file=str(page)))
    with using(open_shelf(shelf)):
        text = draft_form(document, name=called, language=language)
    if out is None:
        echo(text, nl=False)
        return DONE
    if out.exists():
        raise UsageError(sentence("error.file_there", file=str(out)))
    write_file(out, text)
    echo(word("cli.form.drafted", lang, file=str(out), todo=text.count(TODO) - 1))
    return DONE


def _explained(file: Path, document: "Document", shelf: Sequence[str]) -> "ExplainedPage":
    from esrdata.knowledge.opening import open_shelf
    from esrdata.knowledge.schema.check import is_package, shelf_of_file
    from esrdata.knowledge.shelf import using
    from esrdata.reading.form.explained import explain_page

    # A file inside a shelf is read with that shelf's codes and the shelves it builds on.
    root = shelf_of_file(file)
    own = [] if root is None or is_package(root) else [root]
    with using(open_shelf([*shelf, *own])):
        return explain_page(document, _form(file, root is not None))


def _form(file: Path, inside: bool) -> "Form":
    from esrdata.knowledge.schema.yaml_text import read_yaml
    from esrdata.reading.form.spec import form as of_shelf
    from esrdata.reading.form.spec import parse

    if inside:
        return of_shelf(file.stem)
    return parse(read_yaml(file.read_text(encoding="utf-8-sig"), str(file)).data)


def _line(line: "ExplainedLine") -> str:
    wrong = [f"{name}: ?" for name in line.unreadable]
    what = " · ".join(quoted(part, 2 * _WIDTH) for part in (*line.by, *wrong))
    mark = " " if line.by and not wrong else "?"
    return f"{mark} {line.number:>4}  {quoted(line.text, _WIDTH):<{_WIDTH}}  {what}".rstrip()


def _judged(lines: Sequence["ExplainedLine"], lang: str) -> int:
    unexplained = sum(not line.by and not line.unreadable for line in lines)
    unreadable = sum(bool(line.unreadable) for line in lines)
    if not any(line.by or line.unreadable for line in lines):
        echo(word("cli.form.no_description", lang))
        return FINDINGS
    values = {"lines": len(lines), "unexplained": unexplained, "unreadable": unreadable}
    echo(word("cli.form.explained", lang, **values))
    return FINDINGS if unexplained or unreadable else DONE
