"""Labels that follow one another in a line: with colons, in bold letters, or glued to a value."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from esrdata.documents.document import Line
from esrdata.reading.web.alone import READ_ALONE, reads_alone
from esrdata.reading.web.cells import CELLS, Fact, known
from esrdata.reading.web.columns import Columns
from esrdata.reading.web.lines import VALUE
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import page_words
from esrdata.reading.web.vocabulary import words

_UNKNOWN_LABEL = re.compile(r"(?<!\S)[A-ZÅÄÖ][\w./-]*(?: [\w./-]+){0,3}:(?=\s)")
_BOLD = re.compile(r"<(?P<end>/?)(?:b|strong)(?=[\s>])[^<>]*>", re.IGNORECASE)


class Running(Columns):
    """Finds the facts of lines that hold several labels."""

    def _run_on(self, i: int) -> Iterator[Fact]:
        """Facts of a paragraph in which labels with colons follow one another."""
        line = self.lines[i]
        if line.text.count(":") < SETTINGS.run_on or CELLS.search(line.text) is not None:
            return
        for pattern in (words().run_on, words().in_a_row):
            matches = list(pattern.finditer(self.document.view, line.start, line.end))
            labels = [(label, match) for match in matches if (label := known(match["label"]))]
            if len(labels) >= SETTINGS.run_on:
                break
        else:
            return
        begins = {match: self._begin(line, match) for match in matches}
        for label, match in labels:
            stop = next((begins[m] for m in matches if m.start() >= match.end()), line.end)
            if label.kind == "sum" and begins[match] < match.start():
                self.leftovers.setdefault(i, []).append((begins[match], stop))
                continue
            stop = match.end() + len(self._text(match.end(), stop).rstrip(" ,;"))
            torn = _UNKNOWN_LABEL.search(self.document.view, match.end(), stop) is not None
            yield Fact(
                label, i, i, match.start("label"), match.end(), match.end(), stop, True, torn
            )

    def _begin(self, line: Line, match: re.Match[str]) -> int:
        """Where a label begins, with a word before it that makes it another label."""
        near = max(line.start, match.start() - SETTINGS.near_label)
        other = words().otherwise.search(self._text(near, match.start()))
        return near + other.start() if other is not None else match.start()

    def _bold(self, i: int) -> Iterator[Fact]:
        """Facts of a paragraph in which labels are set in bold letters and nothing else is."""
        line = self.lines[i]
        parts = self._bold_parts(line)
        labels = {part: known(self._text(*part).strip(" :")) for part in parts}
        known_ = sum(label is not None for label in labels.values())
        if known_ < SETTINGS.bold and not (
            known_ == len(parts) == 1 and self._opens_line(i, *parts[0])
        ):
            return
        left = [(line.start, parts[0][0])]
        behinds = [*parts[1:], (line.end, line.end)]
        if any(
            labels[part] is not None and page_words().equals.match(self._text(part[1], behind[1]))
            for part, behind in zip(parts, behinds, strict=True)
        ):
            # "Toteutusaika on 1.2.2018–31.1.2020" is a sentence.
            return
        for part, behind in zip(parts, behinds, strict=True):
            label = labels[part]
            if label is not None:
                yield Fact(label, i, i, *part, part[1], behind[0], only=True)
            elif words().contact.match(self._text(*part)) is None:
                left.append((part[0], behind[0]))
        self.leftovers[i] = [span for span in left if self._text(*span).strip()]

    def _opens_line(self, i: int, start: int, end: int) -> bool:
        """Whether bold letters open a line, with a value behind them and no sentence going on."""
        line = self.lines[i]
        rest = self._text(end, line.end).strip()
        opens = not self._text(line.start, start).strip(" •*·-–")
        return opens and rest[:1].isupper() and not self._text(start, end).rstrip().endswith(":")

    def _bold_parts(self, line: Line) -> list[tuple[int, int]]:
        """The parts of a line that are set in bold letters."""
        starts = self.document.starts
        if not self._has_bold or CELLS.search(line.text) is not None:
            return []
        first, last = starts[line.start], starts[line.end - 1]
        tags = list(_BOLD.finditer(self.document.text, first, last)) if first < last else []
        if not tags:
            return []
        found, opened = [], None if tags[0]["end"] == "" else line.start
        for tag in tags:
            at = bisect_left(starts, tag.start(), line.start, line.end)
            if tag["end"] == "":
                opened = at
            elif opened is not None:
                if self._text(opened, at).strip():
                    found.append((opened, at))
                opened = None
        return found

    @cached_property
    def _has_bold(self) -> bool:
        """Whether the page sets anything in bold letters."""
        return bool(self.document.starts) and _BOLD.search(self.document.text) is not None

    @cached_property
    def _glue(self) -> dict[int, re.Match[str]]:
        """Lines that begin with a label glued to a capital letter or a digit."""
        found = {}
        for i, line in enumerate(self.lines):
            if not line.blank and len(line.text) <= VALUE:
                match = words().glued.match(self.document.view, line.start, line.end)
                if match is not None:
                    found[i] = match
        return found

    def _glued(self, i: int) -> Fact | None:
        """A label glued to its value: "HakijaMallilan kylät ry"."""
        match = self._glue.get(i)
        label = known(match["label"]) if match is not None else None
        if match is None or label is None or label.kind == "narrative":
            return None
        line = self.lines[i]
        # A word with a capital inside may be a name; two such lines are a register's.
        if not reads_alone(label, self._text(match.end(), line.end)) and (
            label.kind in READ_ALONE or len(self._glue) < 2
        ):
            return None
        return Fact(label, i, i, match.start("label"), match.end(), match.end(), line.end)
