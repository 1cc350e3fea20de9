"""How a value stands on a line: one template serves the reader and the form writer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from esrdata.reading.quantities.kinds import KINDS, UnreadableError
from esrdata.reading.record import Content, Status

#: Kinds of number whose thousands may stand apart.
WITH_THOUSANDS = frozenset({"count", "money"})
_SLOT = re.compile(r"\{([^:{}]+):([a-z_]+)\}")
# A number with its label behind it.
_NUMBERED = re.compile(r"\{[^:{}]+:(?:integer|dotted)\}[.:] \{[^:{}]+:text\}")
# What goes on with a number (5.1, 5,1), or with further ones and no label (5 ja 4).
_GOES_ON = re.compile(r"[.,:]?\d+(?![^\W_])|(?=\D*\d)(?:[^\W\d_]{0,2}[\W\d_]+)*+(?:[^\W\d_]{0,2})$")
# No label without its number: one of another kind (TL5, V).
_NUMBER = re.compile(r".*\d|[IVX]+\W*$")


class Part(NamedTuple):
    """What a template found for one field: content, status, and place in the text given."""

    field: str
    status: Status
    content: Content
    start: int
    end: int


@dataclass(frozen=True)
class Template:
    """A written shape such as ``Alkaa {projects.start_date:date} ja päättyy {…:date}``."""

    shape: str

    @cached_property
    def slots(self) -> tuple[tuple[str, str], ...]:
        """Fields and kinds, in the order written."""
        return tuple((m[1], m[2]) for m in _SLOT.finditer(self.shape))

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Fields of the template."""
        return tuple(name for name, _ in self.slots)

    @cached_property
    def side_by_side(self) -> bool:
        """Whether only space stands between several values, some of which have spaces inside."""
        kinds = {kind for _, kind in self.slots}
        several = len(self.slots) > 1 and not _SLOT.sub("", self.shape).strip()
        return several and "text" not in kinds and bool(kinds & WITH_THOUSANDS)

    @cached_property
    def _numbered(self) -> bool:
        return _NUMBERED.fullmatch(self.shape) is not None

    def _pattern(self, strict: bool) -> re.Pattern[str]:
        parts, at = [], 0
        for i, slot in enumerate(_SLOT.finditer(self.shape)):
            parts.append(_literal(self.shape[at : slot.start()]))
            # A slot may be empty: the author left that part blank.
            wanted = KINDS[slot[2]].pattern if strict else ".*?"
            parts.append(f"(?P<g{i}>(?:{wanted})?)")
            at = slot.end()
        parts.append(_literal(self.shape[at:]))
        return re.compile("".join(parts), re.DOTALL)

    @cached_property
    def _strict(self) -> re.Pattern[str]:
        return self._pattern(strict=True)

    @cached_property
    def _lenient(self) -> re.Pattern[str]:
        return self._pattern(strict=False)

    def read(self, text: str, *, strict: bool) -> tuple[Part, ...] | None:
        """Read a text, None where it does not have this shape.

        `text`: the value without white space at its ends. `strict`: whether every part must look
        well formed; otherwise parts that do not become `unreadable`.
        """
        match = (self._strict if strict else self._lenient).fullmatch(text)
        if match is None or (self._numbered and _is_other_number(match["g0"], match["g1"])):
            return None
        return tuple(
            read_part(name, kind, match[f"g{i}"], match.start(f"g{i}"))
            for i, (name, kind) in enumerate(self.slots)
        )

    def write(self, facts: Mapping[str, Content]) -> str:
        """Write the template with these facts; a missing one is left blank."""
        return _SLOT.sub(lambda m: _written(m[1], m[2], facts), self.shape).strip()

    def cells(self, facts: Mapping[str, Content]) -> tuple[str, ...]:
        """The cells of a table row: one for each value where only space stands between them."""
        if _SLOT.sub("", self.shape).strip():
            return (self.write(facts),)
        return tuple(_written(name, kind, facts) for name, kind in self.slots)


def _is_other_number(number: str, label: str) -> bool:
    """Whether what was taken for a number and its label is a number of another kind."""
    return (_GOES_ON if number else _NUMBER).match(label.strip()) is not None


def _written(name: str, kind: str, facts: Mapping[str, Content]) -> str:
    content = facts.get(name)
    return "" if content is None else KINDS[kind].write(content)


def read_part(name: str, kind: str, text: str, start: int) -> Part:
    """Read one value from its text, which stands at `start` of the text given."""
    start, text = start + len(text) - len(text.lstrip()), text.strip()
    end = start + len(text)
    if not text:
        return Part(name, Status.BLANK, None, start, end)
    # A star in the place of a text is none.
    if kind == "text" and not any(map(str.isalnum, text)):
        return Part(name, Status.UNREADABLE, None, start, end)
    try:
        return Part(name, Status.READ, KINDS[kind].read(text), start, end)
    except UnreadableError:
        return Part(name, Status.UNREADABLE, None, start, end)


def _literal(text: str) -> str:
    """Match the words between slots; white space and light punctuation may differ."""
    if not text:
        return ""
    if text.strip() in {".", ":"}:
        return r"\s*[.:]?\s*"
    if not text.strip():
        return r"\s+"
    words = r"\s+".join(re.escape(word) for word in text.split())
    before = r"\s*" if text[0].isspace() or text.startswith(",") else ""
    after = r"\s*" if text[-1].isspace() else ""
    return before + words + after
