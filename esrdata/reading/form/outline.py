"""A first form file from a page: its headings and labels, and what each probably is.

What the page cannot tell is marked TODO, and `form check` names every one of them.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from esrdata.documents.document import Document
from esrdata.knowledge import load
from esrdata.knowledge.fields import field_of
from esrdata.reading.form.known import fields, known_labels, under
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.quantities.figures import whole
from esrdata.reading.quantities.kinds import KINDS

TODO = "TODO"
_HEADING = re.compile(
    r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<dot>\.?)\s+(?P<title>[^\W\d_].{0,100})$"
)
_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][^:]{1,90}?)\s*:(?!//)\s*(?P<value>.*?)\s*$")
# The kinds of value that a text may show by itself, the narrowest first.
_TRIED = ("date", "code", "business_id", "count", "money")


@dataclass
class _Label:
    text: str
    value: str
    free: bool = False


@dataclass
class _Section:
    number: str
    title: str
    labels: list[_Label] = field(default_factory=list)
    prose: int = 0
    inner: list["_Section"] = field(default_factory=list)


def draft_form(document: Document, *, name: str = TODO, language: str | None = None) -> str:
    """Write a first form file from a page.

    Parameters
    ----------
    document
        A description on the form.
    name
        The name of the form.
    language
        The language of the page's labels, ``fi``, ``sv`` or ``en``; guessed where it is None.

    Returns
    -------
    str
        A form file in YAML. What a person must decide is marked ``TODO``.
    """
    language = language or _language(document.view)
    return _Draft(document, name, language).write()


def _language(text: str) -> str:
    """The language of which most labels, and most words for "and", stand on a page."""
    ands: Mapping[str, list[str]] = load.quantities("periods")["ands"]
    words = re.findall(r"\w+", text.casefold())
    starts = [load.fold(line.partition(":")[0]).lstrip("0123456789. ") for line in text.split("\n")]

    def worth(language: str) -> int:
        entries, narratives = known_labels(language)
        known = {key.partition("\n")[2] for key in entries} | set(narratives)
        return sum(words.count(word) for word in ands[language]) + sum(s in known for s in starts)

    return max(ands, key=worth)


class _Draft:
    """One draft being written."""

    def __init__(self, document: Document, name: str, language: str) -> None:
        self.name, self.language = name, language
        self.entries, self.narratives = known_labels(language)
        self.used: set[str] = set()
        self.keys: set[str] = set()
        self.top: list[str] = []
        self.sections = self._outline(document)

    def _outline(self, document: Document) -> list[_Section]:
        found: list[_Section] = []
        path: list[_Section] = []
        for line in (line for line in document.lines if not line.blank):
            heading = _HEADING.match(line.text)
            if heading is not None and _follows(heading["number"], [s.number for s in path]):
                number = heading["number"]
                section = _Section(number + heading["dot"], heading["title"].strip().rstrip(":"))
                path = path[: number.count(".")]
                (path[-1].inner if path else found).append(section)
                path.append(section)
            elif path:
                _add(path[-1], line.text)
            elif self.top and line.text.lstrip()[0].islower():
                # A title that is wrapped, as prints have it.
                self.top[-1] += f" {line.text.strip()}"
            else:
                self.top.append(line.text.strip())
        return found or [self._unnumbered()]

    def _unnumbered(self) -> _Section:
        """One section with the labels of a page that has no numbered headings."""
        found = _Section("", TODO)
        matches = (_LABEL.match(text) for text in self.top)
        for match in matches:
            if match is not None and len(match["label"].split()) <= SETTINGS.label_words:
                found.labels.append(_Label(match["label"], match["value"]))
        # Which line is the title, and which a person's, the page does not tell.
        self.top = []
        return found

    def write(self) -> str:
        """The whole file."""
        # What stands far above the first heading, and prose, is no banner of the form.
        title = self.top[-1] if self.top else TODO
        banner = [
            text for text in self.top[-SETTINGS.banner : -1] if len(text) <= SETTINGS.banner_line
        ]
        known = {w for name in load.form_names() for w in load.form(name)["personal_words"]}
        words = sorted(known | set(load.web()["contacts"][self.language]))
        lines = [
            "# A first draft, made from one page. Fill in every TODO, look at every guess, and",
            "# run `esrdata form check` until it names nothing more.",
            f"form: {self.name}",
            f"languages: [{self.language}]",
            "label:",
            f"  {self.language}: {TODO}",
            f"sets: {{projects.programme_period: {TODO}}}",
            'blank_words: ["-", "--", "–"]',
            f"personal_words: {_flow(words)}  # a guess: words in labels of persons",
        ]
        if banner:
            lines += ["furniture:", *(f"  - {{{self._words(text)}}}" for text in banner)]
        lines += ["titles:", f"  - sets: {{projects.fund: {_fund(title)}}}"]
        lines += [f"    {self._words(title)}", "sections:"]
        for section in self.sections:
            lines += self._section(section, "  ")
        return "\n".join(lines) + "\n"

    def _words(self, text: str) -> str:
        return f"{self.language}: {text if text == TODO else _quoted(text)}"

    def _section(self, section: _Section, indent: str) -> Iterator[str]:
        inside = f"{indent}  "
        yield f"{indent}- key: {self._key(section.title)}"
        if section.number:
            yield f"{inside}number: {_quoted(section.number)}"
        yield f"{inside}{self._words(section.title)}"
        if section.labels:
            if any(label.free for label in section.labels):
                yield f"{inside}ordered: true"
            yield f"{inside}entries:"
            for label in section.labels:
                yield from self._entry(label, section, f"{inside}  ")
        elif section.prose or not section.inner:
            yield f"{inside}narrative: {self._narrative(section.title)}"
        if section.inner:
            yield f"{inside}sections:"
            for inner in section.inner:
                yield from self._section(inner, f"{inside}  ")

    def _key(self, title: str) -> str:
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        key = "_".join(re.findall(r"[a-z0-9]+", plain)[:4]) or "section"
        number = 2
        while key in self.keys:
            key = f"{key.rstrip('0123456789_')}_{number}"
            number += 1
        self.keys.add(key)
        return key

    def _narrative(self, title: str) -> str:
        found = self.narratives.get(load.fold(title), f"narratives.{TODO}")
        return found if self._free([found]) else f"narratives.{TODO}"

    def _entry(self, label: _Label, section: _Section, indent: str) -> Iterator[str]:
        titles = (section.title, "")
        known = next(filter(None, (self.entries.get(under(t, label.text)) for t in titles)), None)
        guessed = known is not None and self._free(fields(known))
        raw = known if known is not None and guessed else self._unknown(label, section)
        raw = _with_label(raw, label.value)
        if label.free and "free_text" not in raw:
            raw = {**raw, "free_text": TODO}
        parts = [f"{self.language}: {_quoted(label.text)}"]
        parts += [f"{key}: {_scalar(value)}" for key, value in raw.items()]
        text = f"{indent}- {{{', '.join(parts)}}}"
        yield f"{text}  # a guess, by its label" if guessed else text

    def _unknown(self, label: _Label, section: _Section) -> dict[str, Any]:
        """An entry whose field a person must name; the kind is what its value looks like."""
        found = _indicator(label, section, self.language)
        if found is not None and self._free([found]):
            return {"template": f"{{{found}:count}}"}
        personal = set(map(load.fold, load.web()["contacts"][self.language]))
        if "@" in label.value or load.fold(label.text) in personal:
            return {"template": f"{{contacts.0.{TODO}:text}}", "withheld": "contacts"}
        return {"template": _shape(label.value)}

    def _free(self, names: list[str]) -> bool:
        """Take fields, unless one of them is given by another label already."""
        taken = any(name in self.used and not name.startswith("contacts.") for name in names)
        if not taken:
            self.used |= set(names)
        return not taken


def _add(section: _Section, text: str) -> None:
    found = _LABEL.match(text)
    begins = found is not None and len(found["label"].split()) <= SETTINGS.label_words
    if found is not None and (section.labels or (begins and not section.prose)):
        section.labels.append(_Label(found["label"], found["value"]))
    elif section.labels:
        section.labels[-1].free = True
    else:
        section.prose += 1


def _follows(number: str, path: list[str]) -> bool:
    """Whether a number is the next one of a page; a list inside prose counts anew."""
    steps = [whole(step) for step in number.split(".")]
    before = [whole(step) for step in path[-1].rstrip(".").split(".")] if path else [0]
    if len(steps) == len(before) + 1:
        return bool(path) and steps[:-1] == before and steps[-1] == 1
    level = len(steps)
    return level <= len(before) and steps == [*before[: level - 1], before[level - 1] + 1]


def _indicator(label: _Label, section: _Section, language: str) -> str | None:
    """The indicator that a heading names, and the stage that the label below it names."""
    stages = {load.fold(r[f"label_{language}"]): r["code"] for r in load.codes("stages")}
    stage = stages.get(load.fold(label.text))
    titles = {load.fold(r[f"label_{language}"]): r["code"] for r in load.codes("indicators")}
    indicator = titles.get(load.fold(section.title))
    if stage is None or indicator is None:
        return None
    return field_of(f"indicators.{indicator}.{stage}").name


def _shape(value: str) -> str:
    """A template of fields unknown, of the kinds that a value shows."""
    days = list(re.finditer(KINDS["date"].pattern, value))
    if len(days) > 1:
        return re.sub(KINDS["date"].pattern, f"{{{TODO}:date}}", value)
    kind = next((k for k in _TRIED if value and re.fullmatch(KINDS[k].pattern, value)), "text")
    return f"{{{TODO}:{kind}}}"


def _with_label(raw: dict[str, Any], value: str) -> dict[str, Any]:
    """The number and the label apart, where a column of the number has one for the label too."""
    column = re.fullmatch(r"\{projects\.(\w+):\w+\}", str(raw.get("template", "")))
    match = re.match(r"\d+(\.\d+)*(?P<between>[.:]?)\s+\D", value)
    columns = load.table_specs()["projects"]["columns"]
    if column is None or match is None or f"{column[1]}_label" not in columns:
        return raw
    kind = "integer" if columns[column[1]]["type"] == "integer" else "dotted"
    number, label = f"{{projects.{column[1]}:{kind}}}", f"{{projects.{column[1]}_label:text}}"
    return {**raw, "template": f"{number}{match['between']} {label}"}


def _fund(title: str) -> str:
    """The fund a title names, by any of its spellings."""
    words = load.fold(title)
    found = {code for spelling, code in load.spellings("fund").items() if spelling[:-1] in words}
    return found.pop() if len(found) == 1 else TODO


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _scalar(value: Any) -> str:
    if isinstance(value, list):
        return _flow(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_scalar(v)}" for key, v in value.items()) + "}"
    plain = isinstance(value, str) and re.fullmatch(r"[a-zA-Z_][\w.]*", value)
    return str(value) if plain else json.dumps(value, ensure_ascii=False)


def _flow(texts: list[Any]) -> str:
    return "[" + ", ".join(map(_scalar, texts)) + "]"
