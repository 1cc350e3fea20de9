"""A mistake in a file of knowledge: where it stands, and the one sentence that names it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from esrdata.errors import KnowledgeError
from esrdata.knowledge.wording import quoted, word

# So few right words are all named; of more only the nearest.
_FEW = 4
# What stands there is shown up to this length: enough to find it by.
_LENGTH = 60

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """A mistake in a file of knowledge.

    Attributes
    ----------
    file
        The file or folder, as it was given.
    code
        Key of its sentence, `shelf.wrong.code` in `words.yml`.
    line
        Line of the file, from 1; None where the mistake has none.
    path
        Place in a YAML file as its keys and positions, or a column of a CSV file.
    values
        What the sentence has in braces.
    near, known
        The nearest right word, and all of them where they are few.
    """

    file: str
    code: str
    line: int | None = None
    path: Path = ()
    values: Mapping[str, str] = field(default_factory=dict)
    near: str | None = None
    known: tuple[str, ...] = ()

    def sentence(self, lang: str = "en") -> str:
        """One sentence: the place, what stands there, and the nearest right word."""
        values = {name: _short(text) for name, text in self.values.items()}
        sentence = f"{self.place(lang)}: {word(f'shelf.wrong.{self.code}', lang, **values)}"
        if self.known:
            sentence += word("shelf.known", lang, known=", ".join(self.known))
        if self.near is not None:
            sentence += word("shelf.near", lang, near=self.near)
        return sentence + "."

    def place(self, lang: str = "en") -> str:
        """File, line and place in it, as far as they are known."""
        parts = [self.file]
        if self.line is not None:
            parts.append(word("shelf.line", lang, line=str(self.line)))
        if self.path:
            parts.append(written(self.path))
        return ", ".join(parts)

    def __str__(self) -> str:
        return self.sentence()


class ShelfError(KnowledgeError):
    """A shelf with mistakes; the text has one sentence for each, on a line of its own.

    Attributes
    ----------
    problems
        The mistakes, in the order of the files and of their lines.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """The sentences in a language, a line each."""
        return "\n".join(problem.sentence(lang) for problem in self.problems)

    def __reduce__(self) -> tuple[type["ShelfError"], tuple[tuple[Problem, ...]]]:
        # An error made in a worker process arrives with its problems.
        return type(self), (self.problems,)


def _short(text: str) -> str:
    return quoted(text, _LENGTH)


def written(path: Path) -> str:
    """A place as people write it, such as ``sections[2].entries[1].template``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def nearest(found: str, known: Iterable[str]) -> str | None:
    """The known word most like the one found; None where nothing is known."""
    matcher = SequenceMatcher(b=found.casefold(), autojunk=False)
    best: tuple[float, bool] = (-1.0, False)
    near = None
    for text in known:
        matcher.set_seq1(text.casefold())
        # Of words equally alike the one with the same letters: two of them were swapped.
        likeness = matcher.ratio(), sorted(text.casefold()) == sorted(found.casefold())
        if likeness > best:
            best, near = likeness, text
    return near


def hints(found: str, known: Iterable[str]) -> dict[str, Any]:
    """The arguments of a problem that say which word would be right."""
    words = tuple(dict.fromkeys(known))
    return {"near": nearest(found, words), "known": words if 1 < len(words) <= _FEW else ()}
