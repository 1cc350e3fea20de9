"""The parts of a report, each made or left out: what fails costs itself and is reported."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from esrdata.errors import StoreError
from esrdata.guard import Failure, attempt
from esrdata.knowledge.wording import word
from esrdata.portfolio import Portfolio
from esrdata.present.model import Content, Figure, Section, Table
from esrdata.reading.record import Finding
from esrdata.tables.issues import issue, with_findings

T = TypeVar("T")
#: What is no fault of a part: a folder that cannot be written ends the report.
_STORE = (OSError, StoreError)


class Parts:
    """Remembers which parts of one report failed, so that it is made again without them.

    Parameters
    ----------
    strict
        Whether what a part raises is raised.

    Attributes
    ----------
    failed
        The name of each part (``chapter money``, ``figure absorption``, ``report.docx``) and the
        project that it is about, with the kind of error and the places in the code.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self._passing = (Exception,) if strict else _STORE
        self.failed: dict[tuple[str, str | None], str] = {}

    def made(
        self,
        name: str,
        work: Callable[[], T],
        project: str | None = None,
        passing: tuple[type[Exception], ...] = (),
    ) -> T | None:
        """What some work gives; None where it fails, or has failed before.

        What is of the types `passing` is raised.
        """
        if (name, project) in self.failed:
            return None
        made = attempt(work, passing=(*self._passing, *passing))
        if isinstance(made, Failure):
            self.failed[name, project] = made.raw
            return None
        return made

    def each(self, name: str, projects: Iterable[str], make: Callable[[list[str]], T]) -> T | None:
        """What is made of projects together, without those with which it fails alone."""
        kept = [code for code in projects if (name, code) not in self.failed]
        if not kept:
            return None
        made = self.made(name, lambda: make(kept))
        if (name, None) in self.failed:
            for code in kept:
                self.made(name, lambda code=code: make([code]), code)  # type: ignore[misc]
            if any((name, code) in self.failed for code in kept):
                del self.failed[name, None]
        return made

    def written(self, name: str, content: Content, write: Callable[[Content], T]) -> T | None:
        """What a content is written as, without the tables and figures that fail alone."""
        made = self.made(name, lambda: write(content))
        if made is None and (name, None) in self.failed:
            plain = _without_picture(content)
            parts = [(section, part) for section in content.sections for part in section.parts]
            alone = {
                name_of(part): replace(
                    plain, sections=(replace(section, paragraphs=(), parts=(part,), cards=()),)
                )
                for section, part in parts
            }
            if content.summary is not None and content.summary.picture is not None:
                alone[name_of(content.summary.picture)] = replace(content, sections=())
            for part_name, one in alone.items():
                only = replace(one, raw={}, traced={})
                self.made(part_name, lambda only=only: write(only))  # type: ignore[misc]
            if any((part_name, None) in self.failed for part_name in alone):
                # It is tried again without them.
                del self.failed[name, None]
        return made

    def kept(self, content: Content) -> Content:
        """A content without the tables and figures that failed, a sentence in their place."""
        first = None if content.summary is None else content.summary.picture
        if first is not None and (name_of(first), None) in self.failed:
            content = _without_picture(content)
        return replace(content, sections=[self._kept(s, content.lang) for s in content.sections])

    def _kept(self, section: Section, lang: str) -> Section:
        gone = [part for part in section.parts if (name_of(part), None) in self.failed]
        if not gone:
            return section
        words = [word("content.part_failed", lang, title=part.title) for part in gone]
        parts = [part for part in section.parts if part not in gone]
        return replace(section, paragraphs=(*section.paragraphs, *words), parts=parts)

    def reported(self, portfolio: Portfolio) -> Portfolio:
        """The portfolio, what failed among its findings."""
        if not self.failed:
            return portfolio
        issues = with_findings(portfolio.issues, self._issues())
        tables: Mapping[str, pd.DataFrame] = {**portfolio.tables, "issues": issues}
        return Portfolio(tables, portfolio.base, portfolio.shelf, portfolio.origin)

    def _issues(self) -> Iterator[dict[str, object]]:
        for (name, project), raw in self.failed.items():
            found = Finding("part_failed", raw=f"{name}: {raw}")
            yield issue(None, project, found)


def _without_picture(content: Content) -> Content:
    """A content without the charts of its first page."""
    if content.summary is None:
        return content
    return replace(content, summary=replace(content.summary, picture=None))


def name_of(part: Table | Figure) -> str:
    """What a table or a figure is called among the parts."""
    return f"{'figure' if isinstance(part, Figure) else 'table'} {part.key}"
