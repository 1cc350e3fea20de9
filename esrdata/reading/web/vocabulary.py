"""The words of web pages (`web.yml`), ready to match."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from esrdata.knowledge import load
from esrdata.reading.form.spec import words_pattern
from esrdata.reading.quantities.phrases import any_case, every, one_of
from esrdata.reading.record import Declared

# What stands before the words of a line in a list.
BULLET = (
    # Arrows, ticks and pictures too, as pages set them before a label; those of icon fonts have
    # signs of their own.
    r"(?:[*•·▪●◦»›–\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ue000-\uf8ff-]\ufe0f?\s+){0,2}"
    # The number of a question or a heading: "3. Toteutusaika".
    r"(?:\d{1,2}[.)]\s+)?"
)
# What a label may say of its value before the colon: "Budjetti (sis. alv):".
_ASIDE = r"(?:\s*\([^()\n]{1,40}\))?"


def plain(text: str) -> str:
    """A spelling by which labels are compared: case, spaces and kinds of hyphen do not matter."""
    return re.sub(r"(?:(?<!\s)\s+)?[-\u2010\u2011\u2013]\s*", "-", load.fold(text))


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its field (a period has two), what kind of value it has, and its languages.

    `colon` tells that it is none without a colon.
    """

    field: str
    kind: str
    languages: tuple[str, ...]
    colon: bool = False


def _known(entries: Iterable[tuple[str, str, Mapping[str, Any]]]) -> dict[str, Label]:
    """Labels by spelling; one that languages share counts for each of them."""
    found: dict[str, Label] = {}
    for field, kind, spellings in entries:
        for language in load.LANGUAGES:
            for spelling in spellings.get(language, ()):
                known = found.get(plain(spelling))
                before = known.languages if known is not None else ()
                colon = kind == "named"
                of_kind = "name" if colon else kind
                found[plain(spelling)] = Label(field, of_kind, (*before, language), colon)
    return found


PERIOD = "projects.period"


def _as_written(spellings: Iterable[str]) -> str:
    """Labels exactly as they are written, the longest first."""
    return "|".join(re.escape(text) for text in sorted(set(spellings), key=len, reverse=True))


def _spellings(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """The labels of some entries in all languages."""
    return [text for entry in entries for known in load.LANGUAGES for text in entry.get(known, ())]


def _head(spellings: Iterable[str]) -> re.Pattern[str]:
    """The head of a column, and nothing else."""
    return re.compile(rf"\s*(?P<label>{one_of(spellings)})(?P<colon>\s*:)?\s*\Z", re.IGNORECASE)


def _otherwise(shelf: Mapping[str, Any]) -> re.Pattern[str]:
    """The end of a text behind which the label of a sum is that of another sum."""
    years = rf"(?:{one_of(shelf['of_year'])})\s+\d{{4}}(?:\s*[-–]\s*\d{{4}})?"
    before = rf"(?:{one_of(every(shelf['otherwise']))})[^\W\d]*|{years}"
    between = rf"(?:\s+(?:{one_of(shelf['between_otherwise'])})){{0,3}}"
    return re.compile(rf"(?<!\w)(?:{before}){between}\s+$", re.IGNORECASE)


def _words_only(known: Iterable[str]) -> re.Pattern[str]:
    """Words of a list and signs, and nothing else; a note may be marked behind them."""
    return any_case(rf"(?:\W|[¹²³]|(?<!\w)(?:{one_of(known)})(?!\w))*")


def _plainly(spellings: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, spellings))


class Words:
    """The shelf of web pages.

    `labels` and `headings` go by plain spelling; the patterns match at the start of a cell.
    """

    def __init__(self) -> None:
        shelf = load.web()
        labels = _known((e.get("field", PERIOD), e["kind"], e) for e in shelf["labels"])
        headings = _known(
            (field, "narrative", spellings) for field, spellings in shelf["headings"].items()
        )
        known = sorted({*labels, *headings}, key=len, reverse=True)
        # "ESR+ -rahoitus" has a space before its hyphen.
        spelled = "|".join(words_pattern(text).replace("[-", r"\s?[-") for text in known)
        contacts = one_of(every(shelf["contacts"]))
        written = _as_written(_spellings([*shelf["labels"], *shelf["headings"].values()]))
        sums = one_of(_spellings(e for e in shelf["labels"] if e["kind"] == "sum"))
        kinds, codes = shelf["organisations"], one_of(shelf["code_words"])
        leads = one_of(shelf["leads"])
        planned = [word for word in shelf["planned"] if plain(word) not in labels]
        self.labels = labels
        self.headings = headings
        self.starts = frozenset(
            word.group()
            for text in [*known, *map(load.fold, planned)]
            if (word := re.match(r"\w+", text))
        )
        self.beginnings = frozenset(
            text[: space.start()] for text in known for space in re.finditer(" ", text)
        )
        self.label = any_case(
            # The same label may stand in two languages: "Rahoittaja / Finansiär:".
            # So may a word for what was planned before it: "Myönnetty ESR-rahoitus:".
            rf"\s*{BULLET}(?:(?:{one_of(planned)})\s+)?(?P<label>{spelled})(?:\s*/\s*(?P<second>{spelled}))?"
            # A question ends with its own sign: "Milloin? 1.1.2018–31.12.2019".
            rf"(?![\w/])(?!-\w)(?P<colon>{_ASIDE}\s*[:?])?"
        )
        self.passed = _plainly(every(shelf["captions"]))
        self.introductions = _plainly(shelf["introductions"])
        self.navigation = _plainly(every(shelf["navigation"]))
        self.endings = _plainly(every(shelf["endings"]))
        self.ending = re.compile("|".join(shelf["ending_patterns"]))
        self.others = any_case(rf"(?<!\s)\s*+{BULLET}(?:{one_of(every(shelf['others']))})(?![\w-])")
        self.totals = _plainly(shelf["totals"])
        self.planned = _plainly(shelf["planned"])
        self.several = _plainly(shelf["several"])
        self.lead = any_case(
            rf"(?<!\s)\s*+(?:\((?:{leads})\)|[,–-]\s*(?:{leads})(?=\s*(?:[,;\n]|\Z)))"
        )
        self.via = any_case(rf"(?<!\w)(?:{one_of(shelf['via'])})\s+")
        self.beside_fund = any_case(rf"(?:[\W\d_]|(?<!\w)(?:{one_of(shelf['beside_fund'])})\w*)*+")
        self.without_fund = any_case(rf"(?<!\w)(?:{one_of(shelf['without_fund'])})(?!\w)")
        self.over_facts = any_case(rf"(?<!\w)(?:{one_of(shelf['over_facts'])})")
        self.of_part = any_case(rf"(?<!\w)(?:{'|'.join(shelf['of_part'])})(?!\w)")
        self.after_name = any_case(rf"(?<!\w)(?:{one_of(shelf['after_name'])})")
        self.name = next(
            label for label in labels.values() if label.kind == "name" and not label.colon
        )
        self.funder = next(label for label in labels.values() if label.kind == "funder")
        self.period = next(label for label in labels.values() if label.kind == "period")
        self.says = re.compile(rf"(?<![\w-])(?:{one_of(shelf['says'])})(?![\w-])")
        self.project_column = _head(shelf["project_columns"])
        self.name_column = _head(shelf["name_columns"])
        self.otherwise = _otherwise(shelf)
        beside = [*every(load.quantities("sums")["lead"]), *every(shelf["beside"])]
        self.beside = _words_only(beside)
        self.beside_sums = _words_only([*beside, *every(shelf["beside_sums"])])
        self.within = any_case(rf"(?<![\w-])(?P<label>{sums})(?:n|ta|tä|ksi|en|et)?(?![\w-])")
        self.glued = re.compile(rf"\s*{BULLET}(?P<label>{written})(?=[A-ZÅÄÖ\d])")
        self.run_on = re.compile(
            # A print may have lost the space before a label.
            rf"(?:(?<![\w-])|(?<=[a-zåäö\d)€])(?=[A-ZÅÄÖ]))"
            rf"(?P<label>{written}|{contacts})(?P<colon>{_ASIDE}\s*:)"
        )
        periods = one_of(_spellings(e for e in shelf["labels"] if e["kind"] == "period"))
        self.period_label = any_case(rf"(?<![\w-])(?:{periods})\s*:")
        # With a comma before them labels may stand in small letters.
        self.in_a_row = any_case(
            rf"(?:(?<!.)|(?<=[,;.]\s))(?P<label>{written}|{contacts})(?P<colon>{_ASIDE}\s*:)"
        )
        self.contact_places = _plainly(shelf["contact_places"])
        self.contact = any_case(rf"\s*{BULLET}(?:{contacts})(?!\w)\.?(?P<after>\s*:|\s*$|\s*\t)?")
        self.role = any_case(rf"(?<!\w)(?:{contacts})(?!\w)")
        self.organisation = any_case(
            rf"(?:(?<!\w)(?:{one_of(kinds['words'])})|(?:{one_of(kinds['ends'])}))(?!\w)"
        )
        self.project = any_case(
            rf"(?<![\w-])(?:{'|'.join(every(shelf['project_words']))})(?![\w-])"
        )
        self.code = any_case(rf"(?<!\w)(?:{codes})\w*")
        self.and_others = any_case(rf"(?<!\s)\s++(?:{one_of(shelf['and_others'])})\s*+\Z")
        self.area = re.compile(
            rf"(?<=\w\s)(?:{one_of(shelf['areas'])})\Z|(?<!.)(?:{one_of(shelf['area_starts'])})\s",
            re.IGNORECASE | re.DOTALL,
        )
        self.blanks = frozenset(load.fold(word) for word in shelf["blank_words"])
        self.personal = tuple(shelf["personal_words"])
        self.sentence = re.compile(r"(?<=[.!?])\s+(?=[\"”»(]?[A-ZÅÄÖ])")


#: The shelf, read and compiled once.
words = cache(Words)


def names_part(text: str) -> bool:
    """Whether a heading is a partner's or that of a phase: "Mallilan AMK", "Pilotti Kotkassa"."""
    bodies = words().organisation.finditer(text)
    return words().of_part.search(text) is not None or any(m.end() == len(text) for m in bodies)


@cache
def declared() -> Declared:
    """Every field that a web page can give, in a fixed order."""
    shelf = load.web()
    names: dict[str, None] = {}
    for entry in shelf["labels"]:
        both = ("projects.start_date", "projects.end_date") if entry["kind"] == "period" else ()
        if entry["kind"] != "passed":
            names.update(dict.fromkeys(both or (entry["field"],)))
    names.update(dict.fromkeys(shelf["headings"]))
    return Declared(tuple(names), shelf["code_lists"])
