"""Links projects of web pages to known projects, before the tables are built."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count
from typing import NamedTuple

from esrdata.knowledge import load
from esrdata.knowledge.wording import KEY
from esrdata.reading.dispatch import FileRead
from esrdata.reading.record import WEB, Finding, Record, Status, Value
from esrdata.reading.web.read import Mention
from esrdata.tables.issues import issue

Row = dict[str, object]
_NAME = "projects.name"
# Status of a project that a page only mentions: it is listed but never linked.
_MENTIONED = "told_of"
# So many digits of a page's SHA-256 tell pages apart; `_key` separates any others.
_DIGITS = 8


class Uncoded(NamedTuple):
    """A project of a web page without a code: file, a stand-in for its content, and record.

    `mentioned` is whether the page only mentions it.
    """

    path: str
    content: str
    record: Record
    mentioned: bool


def linked(files: Sequence[FileRead]) -> tuple[list[Row], dict[str, list[Row]]]:
    """Give the projects of web pages their codes; see `link_uncoded`."""
    uncoded = [found for read in files for found in uncoded_in(read)]
    return link_uncoded(
        uncoded, lambda: [r for f in files for r in f.records if r.code is not None]
    )


def uncoded_in(read: FileRead) -> Iterator[Uncoded]:
    """The projects on a web page whose codes it does not give."""
    content = str(read.sha256)[:_DIGITS]
    for record in read.records:
        if record.form == WEB and record.code is None:
            yield Uncoded(read.path, content, record, False)
    for mention in read.mentions:
        yield Uncoded(read.path, content, _mentioned(read.path, mention), True)


def link_uncoded(
    uncoded: Sequence[Uncoded], known: Callable[[], Sequence[Record]]
) -> tuple[list[Row], dict[str, list[Row]]]:
    """Give the projects of web pages their project codes.

    A page without a code is linked to the known project it is about, if that is sure enough. A
    project that stays unlinked gets a key made of the page's content and its line, such as
    `web:5f0c2d1e:46`, which does not depend on the page's place. Reports do not show the key as a
    code but say that there is none.

    Sets `given_code` of the records in `uncoded`; calls `known` for the records with a code only
    if there is something to link. Returns rows of the table `links`, and of `issues` by file.
    """
    if not uncoded:
        return [], {}
    from esrdata.tables.linking.linkage import link

    rows, issues = list[Row](), defaultdict[str, list[Row]](list)
    taken: set[str] = set()
    links = link([one.record for one in uncoded], known())
    for (path, content, record, mentioned), made in zip(uncoded, links, strict=True):
        name = record.values[_NAME]
        line = name.span.line if name.span is not None else None
        if not mentioned:
            record.given_code = made.project_code or _key(f"{KEY}{content}:{line}", taken)
        status = _MENTIONED if mentioned else str(made.status)
        row: Row = {
            "file": path,
            "line": line,
            "title": name.content,
            "status": status,
            "project_code": record.given_code,
            "candidate": made.candidate,
            "score": round(made.score, 3) if made.candidate is not None else None,
            "reasons": made.text() or None,
        }
        rows.append(row)
        issues[path].append(
            issue(path, made.project_code if not mentioned else None, _finding(row))
        )
    return rows, issues


def _key(place: str, taken: set[str]) -> str:
    """A unique key for a place; a page saved on one line has several projects there."""
    keys = chain([place], (f"{place}:{n}" for n in count(2)))
    key = next(key for key in keys if key not in taken)
    taken.add(key)
    return key


def _mentioned(path: str, mention: Mention) -> Record:
    """A record of a project that is only mentioned, as far as it can be compared."""
    # With its own path it takes no project from records that state facts.
    record = Record(f"{path}:{mention.line}", WEB, load.LANGUAGES[0])
    record.values[_NAME] = Value(Status.READ, mention.title, mention.title, mention.span)
    if mention.end_date is not None:
        record.values["projects.end_date"] = Value(Status.READ, mention.end_date)
        if mention.qualifier is not None:
            record.qualifiers["projects.end_date"] = mention.qualifier
    return record


def _finding(row: Row) -> Finding:
    sure = row["status"] == "linked"
    line = row["line"] if isinstance(row["line"], int) else None
    code = "web_project_linked" if sure else "web_project_unlinked"
    candidate = [f"{row['candidate']} {row['score']}", row["reasons"]] if row["candidate"] else []
    return Finding(code, line=line, raw="; ".join(map(str, [row["title"], *candidate])))
