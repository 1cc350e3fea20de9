"""A Markdown text written as Word or HTML: headings, paragraphs, captions, tables and footnotes."""

import re
from html import escape
from pathlib import Path
from typing import Any

_MARK = re.compile(r"\*\*|\[\^\d+\]")
_NOTE = re.compile(r"\[\^(\d+)\]:?\s?")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CAPTION = re.compile(r"(?:Taulukko|Kuvio|Tabell|Figur|Table|Figure) \d+\. ")


def write(text: str, path: Path) -> None:
    """Write a text as the ending of a file has it."""
    if path.suffix == ".docx":
        _word(text, path)
        return
    path.write_text(_page(text) if path.suffix == ".html" else text, encoding="utf-8")


def _blocks(text: str) -> list[tuple[str, Any]]:
    """Kind and content of each block: a level of heading, p, note, table, caption, item."""
    found: list[tuple[str, Any]] = []
    for line in text.split("\n"):
        if not line.strip() or re.fullmatch(r"[|:\s-]+", line):
            continue
        if line.startswith("#"):
            found.append((str(len(line) - len(line.lstrip("#"))), line.lstrip("# ")))
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if found and found[-1][0] == "table":
                found[-1][1].append(cells)
            else:
                found.append(("table", [cells]))
        elif line.startswith("[^"):
            found.append(("note", _NOTE.sub("", line)))
        elif line.startswith("- "):
            found.append(("item", _MARK.sub("", line[2:])))
        else:
            kind = "caption" if _CAPTION.match(line) else "p"
            found.append((kind, _MARK.sub("", line)))
        if found[-1][0] == "table" and not line.startswith("|"):
            found.append(("p", ""))
    return found


def _page(text: str) -> str:
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>.</title></head><body>"]
    for kind, content in _blocks(text):
        if kind == "table":
            rows = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
                    for row in content]  # fmt: skip
            parts.append(f"<table>{''.join(rows)}</table>")
        elif kind == "note":
            parts.append(f'<p class="footnote">{escape(content)}</p>')
        elif kind == "item":
            parts.append(f"<ul><li>{escape(content)}</li></ul>")
        else:
            tag = f"h{kind}" if kind.isdigit() else "p"
            parts.append(f"<{tag}>{escape(content)}</{tag}>")
    return "\n".join([*parts, "</body></html>"])


def _word(text: str, path: Path) -> None:
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document, notes = Document(), list[str]()
    for kind, content in _blocks(text):
        if kind == "table":
            table = document.add_table(len(content), len(content[0]), style="Table Grid")
            for r, row in enumerate(content):
                for c, cell in enumerate(row):
                    table.cell(r, c).text = cell
        elif kind == "note":
            notes.append(content)
        elif kind == "item":
            document.add_paragraph(content, style="List Bullet")
        elif kind.isdigit():
            document.add_heading(content, level=int(kind))
        else:
            document.add_paragraph(content, style="Caption" if kind == "caption" else None)
    if notes:
        inner = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:r><w:t xml:space="preserve">{escape(note)}</w:t></w:r>'
            "</w:p></w:footnote>" for n, note in enumerate(notes, start=1)
        )  # fmt: skip
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        blob = f'<w:footnotes xmlns:w="{_W}">{inner}</w:footnotes>'.encode()
        part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(path))
