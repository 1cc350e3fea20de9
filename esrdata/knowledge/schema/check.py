"""Checks shelves: every mistake in the folders of a user's own, before anything is read by them."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from esrdata.errors import UsageError
from esrdata.knowledge.schema.csv_text import Rows
from esrdata.knowledge.schema.form_check import advice, check_form
from esrdata.knowledge.schema.names import Known, known_names
from esrdata.knowledge.schema.plausibility import check_rules
from esrdata.knowledge.schema.problems import Problem, ShelfError, nearest
from esrdata.knowledge.schema.rows import check_codes, check_list, check_references
from esrdata.knowledge.schema.words import check_words
from esrdata.knowledge.schema.yaml_text import Located, read_yaml
from esrdata.knowledge.shelf import PACKAGE, PLACES, PLAUSIBILITY, WORDS
from esrdata.knowledge.wording import sentence

#: What a shelf of one's own may hold beside its folders.
FILES = (WORDS, PLAUSIBILITY)
# Notes and what systems leave behind are nobody's mistake.
_NOTES, _SYSTEM = (".md", ".txt"), {"thumbs.db", "desktop.ini"}
_ENDS = (".yml", ".yaml", ".csv")

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


def refuse_wrong(folders: Paths) -> None:
    """Refuse folders of knowledge with mistakes.

    Raises
    ------
    ShelfError
        If there are mistakes; all are named, one sentence each.
    UsageError
        If a folder does not exist.
    """
    problems = check_shelf(folders)
    if problems:
        raise ShelfError(problems)


def check_shelf(folders: Paths) -> list[Problem]:
    """Check folders of knowledge of one's own.

    Parameters
    ----------
    folders
        A folder laid out as ``esrdata/knowledge/`` (``forms/*.yml``, ``lists/*.csv``,
        ``codes/*.csv``, ``words.yml``, ``plausibility.yml``), or several, each of which may use
        the ones before.

    Returns
    -------
    list of Problem
        Every mistake, in the order of the folders, their files and lines; empty where all is
        well.

    Raises
    ------
    UsageError
        If a folder does not exist.
    """
    named = [folders] if isinstance(folders, str | PathLike) else list(folders)
    return _all_problems(named, known_names())


def _all_problems(named: Iterable[str | PathLike[str]], known: Known) -> list[Problem]:
    """The mistakes of folders, each of which adds to what is known."""
    roots = list({Path(name).resolve(): Path(name) for name in named}.values())
    checked = [_Folder(root, known) for root in roots]
    used = {name for folder in checked for name in folder.lists_used()}
    return [problem for folder in checked for problem in folder.check(used)]


def check_file(
    file: str | PathLike[str], before: Sequence[str | PathLike[str]] = ()
) -> list[Problem]:
    """Check one file of knowledge, or a whole shelf.

    A file inside ``forms``, ``lists`` or ``codes`` is checked with the shelf it belongs to, since
    it may use its codes; the problems of that shelf are named too, and those of the shelves
    `before` it. Any other YAML file is taken for a form by itself.

    Raises
    ------
    UsageError
        If the file does not exist.
    """
    path = Path(file)
    if path.is_dir():
        return check_shelf([*before, path])
    if not path.is_file():
        raise UsageError(sentence("error.no_such_file", path=str(path)))
    root = shelf_of_file(path)
    if root is not None and is_package(root):
        from esrdata.knowledge.schema.package import check_package

        return check_package()
    if root is not None:
        return check_shelf([*before, root])
    known = known_names()
    problems = _all_problems(before, known)
    text = _text(path, problems)
    if text is not None:
        located = read_yaml(text, str(path))
        if path.name == WORDS:
            check_words(located, known.words)
        elif path.name == PLAUSIBILITY:
            check_rules(located, known)
        else:
            check_form(located, known, path.stem)
        problems += located.problems
    return _in_order(problems)


def shelf_of_file(file: Path) -> Path | None:
    """The shelf that a file belongs to; None for a file outside ``forms``, ``lists``, ``codes``."""
    if file.parent.name in PLACES:
        return file.parent.parent
    whole = file.resolve()
    return whole.parent.parent if whole.parent.name in PLACES else None


def is_package(root: Path) -> bool:
    """Whether a folder is the shelf of the package itself."""
    return root.resolve() == PACKAGE.resolve()


def form_advice(file: Path) -> list[Problem]:
    """What is allowed in a form and seldom meant; empty where the file cannot be read."""
    problems: list[Problem] = []
    text = _text(file, problems)
    return [] if text is None else advice(read_yaml(text, str(file)))


class _Folder:
    """One folder being checked; what it names is added to what is known."""

    def __init__(self, root: Path, known: Known) -> None:
        self.root, self.known = root, known
        self.problems: list[Problem] = []

        if not root.exists():
            raise UsageError(sentence("error.no_shelf", path=str(root)))
        if not root.is_dir():
            raise UsageError(sentence("error.shelf_is_file", path=str(root)))
        self.found = {kind: self._files(kind, end) for kind, end in PLACES.items()}
        self.forms = {path: self._yaml(path) for path in self.found["forms"]}

    def lists_used(self) -> Iterator[str]:
        """The code lists that forms and project lists of the folder name."""
        for located in self.forms.values():
            yield from _values(located.data, "codes")
        for path in self.found["lists"]:
            text = path.read_text(encoding="utf-8", errors="backslashreplace")
            yield from (row.get("codes") or "" for row in csv.DictReader(text.splitlines()))

    def check(self, used: set[str]) -> list[Problem]:
        """Every mistake in the folder, where these code lists are used."""
        found, forms = self.found, self.forms
        self._top()
        files = [name for name in FILES if (self.root / name).exists()]
        if not any(found.values()) and not files and not self.problems:
            self.problems.append(Problem(str(self.root), "shelf_empty"))
        # Forms name codes, and codes name forms: names are gathered before meanings are checked.
        own = {str(f.data["form"]) for f in forms.values() if _named(f)}
        before = set(self.known.forms)
        # A file that is misnamed or broken has been reported, and its name is meant all the same.
        self.known.forms |= (
            own | {Path(p.file).stem for p in self.problems} | {p.stem for p in forms}
        )
        misplaced = {problem.near for problem in self.problems if problem.code == "no_place"}
        self.known.unsure |= {"forms"} if "forms" in misplaced or own & before else set()
        self.known.unsure |= set(self.known.codes) if "codes" in misplaced else set()
        self.known.unsure |= {Path(p.file).stem for p in self.problems if p.code == "wrong_end"}
        self._codes(used)
        self.known.forms = before
        for path, located in forms.items():
            check_form(located, self.known, path.stem)
            self.problems += located.problems
            if _named(located):
                self.known.forms.add(str(located.data["form"]))
        for path in found["lists"]:
            text = _text(path, self.problems)
            if text is not None:
                self.problems += check_list(text, str(path), self.known, path.stem).problems
                self.known.lists.add(path.stem)
        self._top_files()
        return _in_order(_once(self.problems))

    def _codes(self, used: set[str]) -> None:
        """The code lists, each of which somebody must use."""
        ours = set(self.known.codes)
        read: list[tuple[str, Rows]] = []
        for path in self.found["codes"]:
            text = _text(path, self.problems)
            if path.stem not in {*ours, *used}:
                near = nearest(path.stem, ours)
                self.known.unsure.add(near or "")
                values = {"found": path.stem}
                self.problems.append(Problem(str(path), "unused_list", None, (), values, near))
            if text is None:
                self.known.unsure.add(path.stem)
            else:
                read.append((path.stem, check_codes(text, str(path), self.known, path.stem)))
        for name, rows in read:
            check_references(rows, self.known, name)
            self.problems += rows.problems

    def _top_files(self) -> None:
        """The files beside the folders: words and rules."""
        if (self.root / WORDS).is_file():
            located = self._yaml(self.root / WORDS)
            check_words(located, self.known.words)
            self.problems += located.problems
            if isinstance(located.data, Mapping):
                self.known.words = _joined(self.known.words, located.data)
        if (self.root / PLAUSIBILITY).is_file():
            located = self._yaml(self.root / PLAUSIBILITY)
            check_rules(located, self.known)
            self.problems += located.problems

    def _yaml(self, path: Path) -> Located:
        text = _text(path, self.problems)
        return Located(str(path)) if text is None else read_yaml(text, str(path))

    def _files(self, kind: str, end: str) -> list[Path]:
        folder = self.root / kind
        if not folder.is_dir():
            return []
        found = []
        for path in sorted(folder.iterdir()):
            if _ignored(path):
                continue
            if path.is_file() and path.suffix == end:
                found.append(path)
            else:
                near = f"{path.stem}{end}" if path.is_file() else None
                values = {"end": end, "folder": kind}
                code = "wrong_end" if path.is_file() else "no_file"
                self.problems.append(Problem(str(path), code, None, (), values, near))
        return found

    def _top(self) -> None:
        for path in sorted(self.root.iterdir()):
            right = path.name in (PLACES if path.is_dir() else FILES)
            # A folder of pages to try the forms on may stand beside.
            other = path.is_dir() and not any(p.suffix in _ENDS for p in path.rglob("*"))
            if right or other or _ignored(path):
                continue
            near = _place(path) or nearest(path.name, (*PLACES, *FILES))
            self.problems.append(Problem(str(path), "no_place", near=near))


def _place(path: Path) -> str | None:
    """Where a form belongs that does not stand in the folder `forms` of the shelf."""
    if path.suffix not in {".yml", ".yaml"} or not path.is_file():
        return None
    if re.search(rb"^form:", path.read_bytes(), re.MULTILINE) is None:
        return None
    above = "../" if path.parent.name == "forms" else ""
    return f"{above}forms/{path.stem}.yml"


def _ignored(path: Path) -> bool:
    name = path.name.casefold()
    return name.startswith((".", "~", "__")) or name in _SYSTEM or path.suffix.lower() in _NOTES


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out what one mistake causes elsewhere: a row that is missing is missing once."""
    missing: set[tuple[str, str]] = set()
    for problem in problems:
        if problem.code == "unknown_code":
            row = problem.values["list"], problem.values["found"]
            if row in missing:
                continue
            missing.add(row)
        yield problem


def _values(data: Any, key: str) -> Iterator[str]:
    """Every text under a key, anywhere in the data of a file."""
    if isinstance(data, Mapping):
        found = data.get(key)
        if isinstance(found, str):
            yield found
    inner = data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ()
    for part in inner:
        yield from _values(part, key)


def _named(located: Located) -> bool:
    return isinstance(located.data, Mapping) and isinstance(located.data.get("form"), str)


def _joined(words: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(words)
    for key, value in more.items():
        inner = whole.get(key)
        both = isinstance(inner, Mapping) and isinstance(value, Mapping)
        whole[key] = _joined(inner, value) if both else value  # type: ignore[arg-type]
    return whole


def _text(path: Path, problems: list[Problem]) -> str | None:
    """The text of a file, its signs composed; None, and a problem, where it is not UTF-8."""
    raw = path.read_bytes()
    try:
        # Spreadsheets put a byte-order mark before a CSV; a Mac may write ä as two signs.
        return unicodedata.normalize("NFC", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(Problem(str(path), "no_utf8", line))
        return None


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file in the order given, by line within it; the same sentence comes once."""
    unique = {problem.sentence(): problem for problem in problems}.values()
    order = {file: i for i, file in enumerate(dict.fromkeys(p.file for p in unique))}
    return sorted(unique, key=lambda problem: (order[problem.file], problem.line or 0))
