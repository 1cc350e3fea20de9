"""A form file as typed objects, with its labels ready to match."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.form.templates import Template
from esrdata.reading.record import Content, Declared

Labels = dict[str, tuple[str, ...]]
Templates = dict[str, tuple[Template, ...]]


@dataclass(frozen=True)
class Entry:
    """A label of a section and what stands behind it."""

    labels: Labels
    templates: Templates
    colon: bool = True
    list: str | None = None
    free_text: str | None = None
    sets: dict[str, Content] = field(default_factory=dict)
    mark: bool = False
    optional: bool = False
    withheld: str | None = None
    codes: str | None = None

    def fields(self) -> tuple[str, ...]:
        """Every field this entry can give, lists under their common name."""
        shapes = (template for known in self.templates.values() for template in known)
        names = [name for template in shapes for name in template.fields]
        names += filter(None, (self.list, self.free_text))
        return tuple(dict.fromkeys([*names, *self.sets]))


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    key: str
    titles: Labels
    number: str | None = None
    entries: tuple[Entry, ...] = ()
    furniture: tuple[Labels, ...] = ()
    sections: tuple["Section", ...] = ()
    narrative: str | None = None
    partners: str | None = None
    ordered: bool = False
    optional: bool = False

    def walk(self) -> Iterator["Section"]:
        """The section and those inside it, in the order of the page."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True)
class Title:
    """A title line of the form and what it says of the project."""

    labels: Labels
    sets: dict[str, Content]


@dataclass(frozen=True)
class Inapplicable:
    """Indicators that do not apply to projects of which a field says so."""

    indicators: tuple[str, ...]
    when: dict[str, str]


@dataclass(frozen=True)
class Form:
    """A form file."""

    name: str
    languages: tuple[str, ...]
    sets: dict[str, Content]
    furniture: tuple[Labels, ...]
    titles: tuple[Title, ...]
    unseen_after: dict[str, str]
    sections: tuple[Section, ...]
    not_applicable: tuple[Inapplicable, ...]
    score_bounds: tuple[int, int] | None
    blank_words: frozenset[str]
    personal_words: tuple[str, ...]

    def walk(self) -> Iterator[Section]:
        """All sections in the order of the page."""
        for section in self.sections:
            yield from section.walk()

    @cached_property
    def declared(self) -> Declared:
        """What records read by the form share."""
        return Declared(self.fields(), self.code_lists(), self.score_bounds)

    def code_lists(self) -> dict[str, str]:
        """Field to the code list its values come from; of a list, the common name."""
        return {
            name: entry.codes
            for section in self.walk()
            for entry in section.entries
            if entry.codes is not None
            for name in entry.fields()
            if name != entry.free_text
        }

    def fields(self) -> tuple[str, ...]:
        """Every field the form declares, in the order of the page, contacts left out."""
        names = dict.fromkeys(self.sets)
        for title in self.titles:
            names.update(dict.fromkeys(title.sets))
        for section in self.walk():
            for entry in section.entries:
                if entry.withheld is None and not entry.optional:
                    names.update(dict.fromkeys(entry.fields()))
            if section.narrative is not None:
                names[section.narrative] = None
            if section.partners is not None:
                names[f"partners.{section.partners}"] = None
        return tuple(names)


def words_pattern(text: str) -> str:
    """Match a label as pages write it: white space, hyphens and apostrophes may differ."""
    folded = re.sub(r"[-\u2010\u2011]", "\x00", text.replace("\u2019", "'"))
    words = r"\s+".join(re.escape(word) for word in folded.split())
    return words.replace("\x00", "[-\u2010\u2011\u2013]\\s*").replace("'", "['\u2019]")


def first_signs(texts: Iterable[str]) -> frozenset[str] | None:
    """The signs that labels begin with as pages write them, as a `LinePattern` has them."""
    found: set[str] = set()
    for text in texts:
        sign = text.replace("\u2019", "'").lstrip()[:1]
        if not sign:
            return None
        if re.match("[-\u2010\u2011]", sign):
            found.update("-\u2010\u2011\u2013")
        elif sign == "'":
            found.update("'\u2019")
        else:
            found.add("0" if sign.isdecimal() else sign)
    return frozenset(found)


def _labels(raw: Mapping[str, Any]) -> Labels:
    found: Labels = {}
    for language in load.LANGUAGES:
        if language in raw:
            text = raw[language]
            found[language] = (text,) if isinstance(text, str) else tuple(text)
    return found


def _templates(raw: Any, languages: tuple[str, ...]) -> Templates:
    if raw is None:
        return {}
    by_language = raw if isinstance(raw, Mapping) else dict.fromkeys(languages, raw)
    found: Templates = {}
    for language, shapes in by_language.items():
        listed = (shapes,) if isinstance(shapes, str) else tuple(shapes)
        found[language] = tuple(Template(shape) for shape in listed)
    return found


def _of_criterion(shared: Any, criterion: str) -> Any:
    """What all scores share, written for one criterion; templates may be a list or by language."""
    if isinstance(shared, str):
        return shared.replace("*", criterion)
    if isinstance(shared, Mapping):
        return {key: _of_criterion(part, criterion) for key, part in shared.items()}
    if isinstance(shared, list):
        return [_of_criterion(part, criterion) for part in shared]
    return shared


def _entry(raw: dict[str, Any], form: Mapping[str, Any], languages: tuple[str, ...]) -> Entry:
    if "score" in raw:
        raw = {**_of_criterion(form["score"], raw["score"]), **raw}
    return Entry(_labels(raw), _templates(raw.get("template"), languages), **_plain(raw, Entry))


def _section(raw: Mapping[str, Any], form: Mapping[str, Any], langs: tuple[str, ...]) -> Section:
    inside: dict[str, Any] = {
        "entries": tuple(_entry(e, form, langs) for e in raw.get("entries", ())),
        "furniture": tuple(_labels(f) for f in raw.get("furniture", ())),
        "sections": tuple(_section(s, form, langs) for s in raw.get("sections", ())),
    }
    return Section(**_plain(raw, Section) | inside, titles=_labels(raw))


def _plain(raw: Mapping[str, Any], made: type) -> dict[str, Any]:
    """What a form file says in so many words, by the fields of what it is made into."""
    return {one.name: raw[one.name] for one in fields(made) if one.name in raw}


def parse(raw: Mapping[str, Any]) -> Form:
    """Build a form from its file, which `esrdata.knowledge.schema` has found to be right."""
    languages = tuple(raw["languages"])
    bounds = raw.get("score_bounds")
    return Form(
        name=raw["form"],
        languages=languages,
        sets=raw.get("sets", {}),
        furniture=tuple(_labels(f) for f in raw.get("furniture", ())),
        titles=tuple(Title(_labels(t), t.get("sets", {})) for t in raw["titles"]),
        unseen_after=raw.get("unseen_after", {}),
        sections=tuple(_section(s, raw, languages) for s in raw["sections"]),
        not_applicable=tuple(
            Inapplicable(tuple(rule["indicators"]), rule["when"])
            for rule in raw.get("not_applicable", ())
        ),
        score_bounds=(bounds[0], bounds[1]) if bounds else None,
        blank_words=frozenset(
            load.fold(word) for word in (*raw.get("blank_words", ()), *load.cells()["nothing"])
        ),
        personal_words=tuple(load.fold(word) for word in raw.get("personal_words", ())),
    )


@per_shelf
def form(name: str) -> Form:
    """One form of the shelf."""
    return parse(load.form(name))


def all_forms() -> tuple[Form, ...]:
    """Every form of the shelf."""
    return tuple(form(name) for name in load.form_names())
