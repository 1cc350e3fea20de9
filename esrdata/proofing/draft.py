"""Reads a draft into places: Word, PDF, HTML, Markdown and plain text."""

import re
from os import PathLike
from pathlib import Path

from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.errors import SourceError
from esrdata.knowledge.wording import sentence
from esrdata.proofing import docx, pages, prints, texts
from esrdata.proofing.places import Draft, Gathering
from esrdata.proofing.shelf import shelf

#: Markdown is known by its file ending only; nothing in the text is sure.
_MARKDOWN = (".md", ".markdown", ".mdown", ".qmd", ".rmd")
_WORDS = re.compile(r"[^\W\d_]+")


def read(draft: str | PathLike[str], lang: str | None = None) -> Draft:
    """Read a draft.

    Parameters
    ----------
    draft
        A Word, PDF, HTML, Markdown or text file.
    lang
        Its language; None takes the one that most of its words are of.

    Raises
    ------
    SourceError
        If the file cannot be read, or holds no text.
    """
    path = Path(draft)
    if not path.exists():
        raise SourceError(sentence("error.no_such_file", path=str(path)))
    document = open_document(str(path))
    if not isinstance(document, Document):
        # Messages of source files mention projects, so a draft has its own.
        key = "draft_empty" if document.code == "file_empty" else "draft_unread"
        raise SourceError(sentence(f"error.{key}", file=str(path)))
    gathered, name = Gathering(), document.format
    if document.format == "docx":
        docx.gather(path, gathered)
    elif document.format in ("html", "mhtml", "webarchive"):
        name = "html"
        pages.gather(document.text, gathered)
    elif document.format in ("text", "csv") and path.suffix.lower() in _MARKDOWN:
        name = "markdown"
        texts.markdown(document.text, gathered)
    elif document.format == "pdf":
        prints.gather(path, gathered)
    else:
        texts.plain(document.text, gathered)
    if not gathered.places:
        raise SourceError(sentence("error.draft_empty", file=str(path)))
    found = lang or language(" ".join(place.text for place in gathered.places))
    return Draft(str(path), name, found, gathered.places, gathered.grids(), gathered.above())


def language(text: str) -> str:
    """The language most words of a text are in, by small words that only one language has."""
    words = [word.casefold() for word in _WORDS.findall(text[:200_000])]
    counts = {lang: sum(w in small for w in words) for lang, small in shelf().small_words.items()}
    return max(counts, key=lambda lang: counts[lang])
