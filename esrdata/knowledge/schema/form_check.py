"""What a form file means: its languages, keys, templates, codes and names hold together."""

from collections.abc import Iterator, Mapping
from typing import Any

from esrdata.knowledge import load
from esrdata.knowledge.schema.forms import Form
from esrdata.knowledge.schema.names import ANY, Known, Wrong
from esrdata.knowledge.schema.problems import Path, Problem, hints
from esrdata.knowledge.schema.structure import TODO, check_structure
from esrdata.knowledge.schema.templates import check_field, check_template, slots
from esrdata.knowledge.schema.yaml_text import Located

# One of these must say what an entry is for; a label that gives nothing would lose its value.
_PURPOSES = ("template", "list", "free_text", "sets", "mark", "score", "withheld")
# Column whose values need no row in a code list: a period is named by its first and last year.
_FREE = "projects.programme_period"

Raw = Mapping[str, Any]


def check_form(located: Located, known: Known, stem: str) -> None:
    """Add what is wrong with a form file to its problems.

    Parameters
    ----------
    located
        The file as read; nothing is checked where it could not be.
    known
        What its names may refer to.
    stem
        The name of the file without its end, which is the name of the form.
    """
    if located.data is None:
        return
    wrong = check_structure(located, Form)
    if isinstance(located.data, dict):
        _FormCheck(located, known, wrong).run(stem)


class _FormCheck:
    """One form file being checked; `wrong` holds the places that need no further sentence."""

    def __init__(self, located: Located, known: Known, wrong: set[Path]) -> None:
        self.located, self.known, self.wrong = located, known, wrong
        self.raw: Raw = located.data
        # Where the languages are in doubt, nothing that follows from them is named as well.
        named = _list(self.raw.get("languages"))
        doubted = {*wrong, *(problem.path for problem in located.problems)}
        doubted |= {(p.values["name"],) for p in located.problems if p.code == "key_twice"}
        sure = len(set(map(str, named))) == len(named)
        sure = sure and not any(path[:1] == ("languages",) for path in doubted)
        self.languages = tuple(map(str, named)) if sure else ()
        self.keys: dict[str, int | None] = {}
        self.given: dict[str, int | None] = {}
        self.prose: dict[str, Path] = {}

    def run(self, stem: str) -> None:
        self._name(stem)
        label = self.raw.get("label")
        if isinstance(label, Mapping) and TODO in label.values():
            self.located.problem("todo", ("label",))
        self._twice(("languages",))
        self._sets(self.raw, ())
        for key in ("titles", "furniture"):
            for i, words in _mappings(self.raw, key):
                self._wordings(words, (key, i))
                self._sets(words, (key, i))
        for i, section in _mappings(self.raw, "sections"):
            self._section(section, ("sections", i))
        self._score()
        self._unseen_after()
        for i, rule in _mappings(self.raw, "not_applicable"):
            self._rule(rule, ("not_applicable", i))

    def _name(self, stem: str) -> None:
        name = self.raw.get("form")
        if not isinstance(name, str) or ("form",) in self.wrong:
            return
        if name in self.known.forms | self.known.codes["source_kinds"]:
            self.located.problem("name_taken", ("form",), found=name)
        elif name != stem and TODO not in name:
            self.located.problem("name_of_file", ("form",), hints(name, [stem]), found=name)

    def _twice(self, path: Path) -> None:
        seen: list[object] = []
        for i, value in enumerate(_list(self.raw.get(str(path[0])))):
            if value in seen:
                self.located.problem("value_twice", (*path, i), found=str(value))
            seen.append(value)

    def _section(self, raw: Raw, path: Path) -> None:
        self._wordings(raw, path)
        key = raw.get("key")
        if isinstance(key, str):
            line = self.located.line((*path, "key"))
            if key in self.keys:
                self.located.problem(
                    "section_twice", (*path, "key"), found=key, first=str(self.keys[key])
                )
            else:
                self.keys[key] = line
        self._narrative(raw, path)
        role = raw.get("partners")
        if isinstance(role, str):
            self._code(role, "partner_roles", (*path, "partners"))
        for i, words in _mappings(raw, "furniture"):
            self._wordings(words, (*path, "furniture", i))
        for i, entry in _mappings(raw, "entries"):
            self._entry(entry, (*path, "entries", i))
        for i, section in _mappings(raw, "sections"):
            self._section(section, (*path, "sections", i))

    def _narrative(self, raw: Raw, path: Path) -> None:
        name, place = raw.get("narrative"), (*path, "narrative")
        if not isinstance(name, str) or place in self.wrong:
            return
        if name.startswith("narratives.") or TODO in name:
            check_field(self.located, self.known, place, name)
            # A section may leave its prose to one inside it; any other would lose the first.
            first = self.prose.setdefault(name, path)
            if path[: len(first)] != first and TODO not in name:
                line = str(self.located.line((*first, "narrative")))
                self.located.problem("field_twice", place, field=name, first=line)
        else:
            right = [
                f"narratives.{code}" for code in sorted(self.known.codes["narrative_sections"])
            ]
            self.located.problem("no_narrative", place, hints(name, right), found=name)

    def _entry(self, raw: Raw, path: Path) -> None:
        self._wordings(raw, path)
        self._value(raw, path)
        criterion = raw.get("score")
        if isinstance(criterion, str):
            self._criterion(criterion, (*path, "score"))
        wrong = any(self.wrong & {path, (*path, purpose)} for purpose in _PURPOSES)
        if not wrong and not any(raw.get(purpose) for purpose in _PURPOSES):
            self.located.problem("no_purpose", path, label=_first_wording(raw))

    def _value(self, raw: Raw, path: Path) -> None:
        """What an entry and the shared `score` have in common."""
        for place, shape in _shapes(raw.get("template"), (*path, "template")):
            language = next(
                (step for step in place[len(path) + 1 :] if isinstance(step, str)), None
            )
            if language is not None and self._undeclared(language, place):
                continue
            check_template(self.located, self.known, place, shape)
        named = {name for _, shape in _shapes(raw.get("template"), ()) for name, _ in slots(shape)}
        if any(name.startswith("contacts.") for name in named) and raw.get("withheld") is None:
            self.located.problem("contacts_open", (*path, "template"))
        self._sets(raw, path)
        listed = raw.get("list")
        if isinstance(listed, str):
            self._listed(listed, (*path, "list"))
        free = raw.get("free_text")
        if isinstance(free, str):
            kind = check_field(self.located, self.known, (*path, "free_text"), free)
            if kind is not None and kind != "text":
                self.located.problem("no_text_column", (*path, "free_text"), found=free)
                free = None
        codes = raw.get("codes")
        if isinstance(codes, str) and codes not in self.known.codes:
            hint = hints(codes, sorted(self.known.codes))
            self.located.problem("unknown_list", (*path, "codes"), hint, found=codes)
        if raw.get("withheld") is None and path != ("score",):
            found = (n for n in (listed, free) if isinstance(n, str))
            for name in (*sorted(named), *found):
                if TODO not in name:
                    self._once(name, path)

    def _once(self, name: str, path: Path) -> None:
        """A field that two labels give would lose the value of the first without a word."""
        if name in self.given:
            self.located.problem("field_twice", path, field=name, first=str(self.given[name]))
        self.given.setdefault(name, self.located.line(path))

    def _listed(self, name: str, path: Path) -> None:
        levels = sorted(self.known.codes["location_levels"])
        if check_field(self.located, self.known, path, name, whole=True) is None:
            return
        column = self.known.column(name)
        if isinstance(column, Wrong) or column.type is not None:
            right = [f"locations.{level}" for level in levels]
            self.located.problem("no_list_field", path, hints(name, right), found=name)

    def _criterion(self, criterion: str, path: Path) -> None:
        shared = self.raw.get("score")
        if not isinstance(shared, Mapping):
            if ("score",) not in self.wrong:
                self.located.problem("score_undeclared", path)
                self.wrong.add(("score",))
            return
        if TODO in criterion:
            self.located.problem("todo", path)
            return
        for _, shape in _shapes(shared.get("template"), ()):
            for name, _ in slots(shape):
                full = name.replace(ANY, criterion)
                if isinstance(self.known.column(full), Wrong) and not isinstance(
                    self.known.column(name), Wrong
                ):
                    check_field(self.located, self.known, path, full)
                    return

    def _score(self) -> None:
        shared = self.raw.get("score")
        if isinstance(shared, Mapping):
            self._value(shared, ("score",))
            names = [n for _, s in _shapes(shared.get("template"), ()) for n, _ in slots(s)]
            if any(ANY not in name for name in names):
                self.located.problem("score_no_star", ("score", "template"))

    def _unseen_after(self) -> None:
        after = self.raw.get("unseen_after")
        for language, key in (after if isinstance(after, Mapping) else {}).items():
            place = ("unseen_after", str(language))
            if isinstance(key, str) and place not in self.wrong and key not in self.keys:
                self.located.problem("unknown_section", place, hints(key, self.keys), found=key)

    def _rule(self, raw: Raw, path: Path) -> None:
        for i, indicator in enumerate(_list(raw.get("indicators"))):
            if isinstance(indicator, str):
                self._code(indicator, "indicators", (*path, "indicators", i))
        when = raw.get("when")
        for name in when if isinstance(when, Mapping) else ():
            check_field(self.located, self.known, (*path, "when", str(name)), str(name))

    def _code(self, code: str, codes: str, path: Path) -> None:
        known = self.known.codes[codes]
        if TODO in code:
            self.located.problem("todo", path)
        elif code not in known and codes not in self.known.unsure:
            hint = hints(code, sorted(known))
            self.located.problem("unknown_code", path, hint, found=code, list=codes)

    def _sets(self, raw: Raw, path: Path) -> None:
        sets = raw.get("sets")
        for name, value in (sets if isinstance(sets, Mapping) else {}).items():
            place = (*path, "sets", str(name))
            if place in self.wrong:
                continue
            if TODO in (str(value), name):
                self.located.problem("todo", place)
                continue
            if check_field(self.located, self.known, place, name) is None or name == _FREE:
                continue
            column = self.known.column(name)
            if not isinstance(column, Wrong) and column.codes is not None:
                self._code(str(value), column.codes, place)

    def _wordings(self, raw: Raw, path: Path) -> None:
        found = [language for language in load.LANGUAGES if language in raw]
        for language in found:
            self._undeclared(language, (*path, language))
            texts = raw[language] if isinstance(raw[language], list) else [raw[language]]
            wordings = [text for text in texts if isinstance(text, str)]
            if any(TODO in text for text in wordings):
                self.located.problem("todo", (*path, language))
            for text in wordings:
                if text.rstrip().endswith(":"):
                    near = f'"{text.rstrip().rstrip(":").rstrip()}"'
                    self.located.problem(
                        "wording_colon", (*path, language), {"near": near}, found=text
                    )
        if not found and path not in self.wrong:
            self.located.problem("no_wording", path, found=", ".join(self.languages))

    def _undeclared(self, language: str, path: Path) -> bool:
        if not self.languages or language in self.languages:
            return False
        hint = hints(language, self.languages)
        self.located.problem("language_undeclared", path, hint, found=language)
        return True


def advice(located: Located) -> list[Problem]:
    """What is allowed in a form and seldom meant: `form check` names it, nothing is refused."""
    raw: Raw = located.data if isinstance(located.data, dict) else {}
    section = next((section for _, section in _mappings(raw, "sections")), None)
    if section is None:
        return []
    first = next((entry for _, entry in _mappings(section, "entries")), {})
    names = {name for _, shape in _shapes(first.get("template"), ()) for name, _ in slots(shape)}
    if names == {"projects.project_code"}:
        return []
    path: Path = ("sections", 0)
    return [Problem(located.file, "no_project_code", located.line(path), path)]


def _first_wording(raw: Raw) -> str:
    found = next((raw[language] for language in load.LANGUAGES if raw.get(language)), "")
    return str(found[0] if isinstance(found, list) and found else found)


def _shapes(template: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every shape of a template with its place, whether it is one, a list, or by language."""
    if isinstance(template, str):
        yield path, template
    elif isinstance(template, list):
        for i, shape in enumerate(template):
            yield from _shapes(shape, (*path, i))
    elif isinstance(template, Mapping):
        for language, shapes in template.items():
            yield from _shapes(shapes, (*path, str(language)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(raw: Raw, key: str) -> Iterator[tuple[int, Raw]]:
    """The mappings in a list of a file, with their positions; what is none is a problem already."""
    for i, found in enumerate(_list(raw.get(key))):
        if isinstance(found, Mapping):
            yield i, found
