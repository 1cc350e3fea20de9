"""The form writer: turns facts into a page of a form, the inverse of reading."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from esrdata.errors import UsageError
from esrdata.reading.form.spec import Entry, Form, Labels, Section
from esrdata.reading.lists.spec import ListSpec
from esrdata.reading.quantities.kinds import KINDS
from esrdata.reading.record import Content

Facts = Mapping[str, Content]
# Written in place of a phone number, which forms have and esrdata never keeps.
_NO_PHONE = "000 0000000"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a page: a heading (level 1-3), a line, prose, or the cells of a table row."""

    kind: str
    text: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    tight: bool = False


def write_text(form: Form, language: str, facts: Facts) -> str:
    """Write a description as plain text.

    Parameters
    ----------
    form, language
        The form and the language of its labels.
    facts
        Dotted field to content. None leaves the field blank behind its label; a missing field has
        no label either.

    Returns
    -------
    str
        The page, from which the same facts are read.

    Raises
    ------
    UsageError
        If the form has no labels in the language.
    """
    text = ""
    for piece in _pieces(form, language, facts):
        line = piece.text + "".join(f" {cell}" for cell in piece.cells if cell)
        text += f"{'' if piece.tight else chr(10)}{line}\n"
    return text.lstrip("\n")


def write_html(form: Form, language: str, facts: Facts) -> str:
    """Write a description as a page of the service; see `write_text`."""
    body = []
    table = opened = False
    for piece in _pieces(form, language, facts):
        if table and not piece.cells and not piece.tight:
            body.append("</table>")
            table = False
        if piece.kind == "heading" and piece.level == 2:
            body.append(f"{'</div>' if opened else ''}\n<div>")
            opened = True
        if piece.cells and not table:
            body.append("<table>")
            table = True
        body.append(_tags(piece, table))
    body += ["</table>" if table else "", "</div>" if opened else ""]
    head = f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"></head>\n<body>'
    return f"{head}\n{chr(10).join(filter(None, body))}\n</body>\n</html>\n"


def _tags(piece: _Piece, table: bool) -> str:
    if piece.kind == "heading":
        return f"<h{piece.level}>{escape(piece.text)}</h{piece.level}>"
    paragraphs = [
        "<br>\n".join(escape(line) for line in paragraph.split("\n"))
        for paragraph in piece.text.split("\n\n")
    ]
    if table:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in piece.cells)
        span = "" if piece.cells else ' colspan="3"'
        inner = (
            paragraphs[0] if len(paragraphs) == 1 else "".join(f"<p>{p}</p>" for p in paragraphs)
        )
        return f"<tr><td{span}>{inner}</td>{cells}</tr>"
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _pieces(form: Form, language: str, facts: Facts) -> Iterator[_Piece]:
    if language not in form.languages:
        raise UsageError(f"The form {form.name} has no labels in {language!r}.")
    banner = [_first(labels, language) for labels in form.furniture if language in labels]
    yield from (_Piece("line", text) for text in banner[:1])
    for title in form.titles:
        if language in title.labels and all(facts.get(n) == c for n, c in title.sets.items()):
            yield _Piece("heading", _first(title.labels, language), level=1)
    for section in form.sections:
        yield from _section(section, language, facts, level=2)


def _first(labels: Labels, language: str) -> str:
    return labels[language][0]


def _section(section: Section, language: str, facts: Facts, level: int) -> Iterator[_Piece]:
    if language not in section.titles or (section.optional and not _has(section, facts)):
        return
    title = _first(section.titles, language)
    number = f"{section.number} " if section.number is not None else ""
    yield _Piece("heading", number + title, level=level)
    inner = [s for s in section.sections if _has(s, facts, without=section.narrative)]
    if section.narrative is not None and not inner:
        text = facts.get(section.narrative)
        if text is not None:
            yield _Piece("prose", str(text))
        return
    yield from (_Piece("line", _first(labels, language)) for labels in section.furniture[:1])
    for entry in section.entries:
        yield from _entry(entry, language, facts, tight=section.ordered)
    if section.partners is not None:
        yield from _partners(section.partners, facts)
    for below in section.sections:
        yield from _section(below, language, facts, level + 1)


def _has(section: Section, facts: Facts, without: str | None = None) -> bool:
    """Whether any facts belong under a heading."""
    names = [name for entry in section.entries for name in entry.fields()]
    names += [name for name in (section.narrative,) if name is not None and name != without]
    if section.partners is not None and section.partners in _roles(facts).values():
        return True
    if section.partners is not None:
        names.append(f"partners.{section.partners}")
    found = any(name in facts or f"{name}.0" in facts for name in names)
    return found or any(_has(below, facts, without) for below in section.sections)


def _entry(entry: Entry, language: str, facts: Facts, *, tight: bool) -> Iterator[_Piece]:
    if language not in entry.labels:
        return
    label = _first(entry.labels, language)
    if entry.mark:
        yield _Piece("line", label, tight=tight)
    if entry.withheld == "always":
        yield _Piece("line", f"{label}: {_NO_PHONE}")
    if entry.sets and all(facts.get(name) == content for name, content in entry.sets.items()):
        yield _Piece("line", label)
    if entry.list is not None:
        items = [str(facts[name]) for name in _listed(entry.list, facts)]
        if items or entry.list in facts:
            yield _Piece("line", f"{label}: {', '.join(items)}".strip())
    if templates := entry.templates.get(language):
        names = [name for name in templates[0].fields if name in facts]
        usual = templates[0] if names else None
        shape = next((t for t in templates if set(t.fields) == set(names)), usual)
        if shape is not None:
            filled = any(facts[n] is not None for n in names)
            if entry.colon:
                value = shape.write(facts) if filled else ""
                yield _Piece("line", f"{label}: {value}".strip(), tight=tight)
            else:
                cells = shape.cells(facts) if filled else ()
                yield _Piece("row", label, cells=cells, tight=tight)
    if entry.free_text is not None and facts.get(entry.free_text) is not None:
        yield _Piece("prose", str(facts[entry.free_text]), tight=True)


def _listed(name: str, facts: Facts) -> list[str]:
    found: list[str] = []
    while f"{name}.{len(found)}" in facts:
        found.append(f"{name}.{len(found)}")
    return found


def _roles(facts: Facts) -> dict[str, Content]:
    return {
        name: content
        for name, content in facts.items()
        if name.startswith("partners.") and name.endswith(".role")
    }


def _partners(role: str, facts: Facts) -> Iterator[_Piece]:
    for name, content in _roles(facts).items():
        if content == role:
            partner = name.removesuffix(".role")
            parts = (facts.get(f"{partner}.name"), facts.get(f"{partner}.business_id"))
            yield _Piece("line", ", ".join(str(part) for part in parts if part is not None))


def write_list(spec: ListSpec, projects: Iterable[Mapping[str, Content]]) -> str:
    """Write a project list as the service exports it: separated by unquoted commas.

    Parameters
    ----------
    spec
        The list.
    projects
        The facts of each project; fields that the list lacks are left out.
    """
    columns = [column for column in spec.columns if column.field]
    # Quoted if there is prose, which commas would break up.
    quoted = any(column.kind == "narrative" for column in columns)
    lines = [",".join(column.headings[0] for column in columns)]
    for facts in projects:
        # Only the first of several places, which a comma would separate.
        contents = (facts.get(c.field, facts.get(f"{c.field}.0")) for c in columns)
        cells = ("" if content is None else _cell(content) for content in contents)
        lines.append(",".join(f'"{cell}"' if quoted and "," in cell else cell for cell in cells))
    return "\n".join(lines) + "\n"


def _cell(content: Content) -> str:
    if isinstance(content, date):
        return KINDS["date"].write(content)
    if isinstance(content, float) and content.is_integer():
        # Sums in a list have no spaces, and a point before cents.
        return f"{content:g}"
    # A row is a single line.
    return " ".join(str(content).split())
