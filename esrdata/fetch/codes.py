"""The codes to fetch: as given, or from a list."""

import re
from itertools import chain
from pathlib import Path

from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.errors import SourceError, UsageError
from esrdata.knowledge.error_words import why
from esrdata.knowledge.wording import sentence
from esrdata.reading.lists.read import read_list

_CODE = re.compile(r"[A-Z][0-9]{5}")
# Codes are ASCII, so the encoding of the rest does not matter; byte-order marks are skipped.
_FIRST_CELL = re.compile(rb"[^A-Za-z0-9,;\t]*([A-Za-z][0-9]{5})(?![A-Za-z0-9])")
# Around and between codes alone on a line. A separator before them is an empty cell.
_BEFORE, _AFTER = b" \"'[({\xef\xbb\xbf\xfe\xff", b" \t\"'])},;."
_BETWEEN, _WHOLE = re.compile(rb"[ \t,;|\"']++"), re.compile(rb"[A-Za-z][0-9]{5}")


def checked(code: str) -> str:
    """A code in capitals; other texts are refused."""
    tidy = str(code).strip().upper()
    if not _CODE.fullmatch(tidy):
        raise UsageError(sentence("error.project_code", given=str(code)))
    return tidy


def codes_in(path: Path) -> tuple[list[str], int]:
    """Codes of a project list, or at the start of a text's lines, and the number of other lines."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(sentence("error.list_unread", path=str(path), why=why(error))) from error
    document = open_document(str(path))
    listed = read_list(document) if isinstance(document, Document) else None
    if listed is not None:
        # Business aid has longer codes and no descriptions.
        found = [r.code for r in listed.records if r.code is not None and _CODE.fullmatch(r.code)]
        return list(dict.fromkeys(found)), listed.lines - 1 - len(found)
    if isinstance(document, Document) and document.sheets:
        data = document.view.encode("utf-8")
    lines = [line for line in data.replace(b"\0", b"").splitlines() if line.strip()]
    of_lines = [found for line in lines if (found := _codes(line))]
    if not of_lines:
        raise SourceError(sentence("error.no_codes", path=str(path)))
    return list(dict.fromkeys(chain.from_iterable(of_lines))), len(lines) - len(of_lines)


def _codes(line: bytes) -> list[str]:
    """All codes of a line with nothing else; otherwise the code it begins with."""
    cells = _BETWEEN.split(line.lstrip(_BEFORE).rstrip(_AFTER))
    if all(map(_WHOLE.fullmatch, cells)):
        return [cell.decode().upper() for cell in cells]
    first = _FIRST_CELL.match(line)
    return [] if first is None else [first[1].decode().upper()]
