"""Words, labels, numbers and dates as people read them, in Finnish, Swedish and English.

The formats are on the shelf (`words.yml`): the machine's locale never decides how a report looks.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache
from numbers import Integral, Real
from pathlib import Path
from string import Formatter
from typing import Any

from esrdata.errors import Sentence, StoreError, UsageError, unknown
from esrdata.knowledge import fields, load
from esrdata.knowledge.shelf import per_shelf

#: Longest quotation in a sentence; `issues.raw` keeps the whole of it.
QUOTED = 200
#: Most decimals of a sum in millions: single euros.
_FINEST = 6
_SPACES = re.compile(r"[ \t\r\n\f]+")


def word(key: str, lang: str, **values: object) -> str:
    """Return a visible word or sentence.

    Parameters
    ----------
    key
        Key in `words.yml`; dots lead into groups, as in ``column.planned``.
    lang
        ``fi``, ``sv`` or ``en``.
    **values
        What the sentence has in braces, neither more nor less. Whole numbers are written as
        `number` writes them; ``{n:one|several}`` is a form by the number, as `filled` has it.

    Raises
    ------
    UsageError
        If the key or the language is unknown, or the values are not those of the sentence.
    """
    template = in_language(_entry(key), f"The word {key!r}", lang)
    wanted = _named(template)
    if wanted != values.keys():
        named = ", ".join(sorted(wanted)) or "no values"
        raise UsageError(f"The word {key!r} takes {named}, not {', '.join(values) or 'none'}.")
    return filled(template, {name: _text(value, lang) for name, value in values.items()})


def filled(template: str, texts: Mapping[str, str]) -> str:
    """A template with texts for the names in its braces.

    Of ``{n}`` ``{n:project|projects}`` the second is a noun by the number: the first form behind
    one, the other behind all else.
    """
    return template.format_map({name: _Counting(text) for name, text in texts.items()})


class _Counting(str):
    """The text of a number, which chooses between the forms of a noun."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        one, bar, several = forms.partition("|")
        if not bar:
            return super().__format__(forms)
        return one if self == "1" else several


def sentence(key: str, **values: object) -> Sentence:
    """The English sentence of an error, which can be written in the other languages too."""
    return Sentence(word(key, "en", **values), key, **values)


def joined(sentences: Sequence[Sentence], key: str = "error.two") -> Sentence:
    """Sentences behind one another, as one."""
    whole, *others = sentences
    for other in others:
        whole = sentence(key, first=whole, second=other)
    return whole


def listed(parts: Sequence[Sentence]) -> Sentence:
    """Parts of a sentence, as a list with commas."""
    return joined(parts, "error.listed")


def reason(text: str) -> str:
    """A reason why a project is out, as a sentence for all languages where the words have it."""
    words = load.words()
    for group in ("population", "trace"):
        for name, entry in words[group]["reason"].items():
            if entry["en"] == text and not list(placeholders(text)):
                return sentence(f"{group}.reason.{name}")
    return text


def why(error: OSError) -> str:
    """What the operating system says of an error; in all languages where the words have it."""
    text = error.strerror or str(error)
    for name, entry in load.words()["system"].items():
        if entry["en"] == text:
            return sentence(f"system.{name}")
    return text


def unwritable(folder: Path, error: OSError) -> StoreError:
    """The error of a folder that cannot be written."""
    return StoreError(sentence("error.cannot_write", folder=str(folder), why=why(error)))


def unknown_column(kind: str, name: str, known: Iterable[str]) -> str:
    """The sentence of a name that is no column of projects; its label in a language is named."""
    names = list(known)
    found = called(name, names)
    if found is None:
        return unknown(kind, name, names)
    text = word("error.unknown_near", "en", kind=kind, name=name, near=found)
    return Sentence(text, "error.unknown_near", kind=kind, name=name, near=found)


def called(name: str, columns: Iterable[str]) -> str | None:
    """The column of projects that is called so in Finnish, Swedish or English; None if none is."""
    wanted = load.fold(name.replace("_", " "))
    specs: dict[str, Any] = load.table_specs()["projects"]["columns"]
    for column in columns:
        labels = [specs[column]["label"][lang] for lang in load.LANGUAGES if column in specs]
        if column == "region":
            labels = [code_label("location_levels", "region", lang) for lang in load.LANGUAGES]
        if wanted in map(load.fold, labels):
            return column
    return None


def number(value: object, lang: str, decimals: int = 0) -> str:
    """Write a number with the separators of the language; a missing one is an en dash.

    Halves are rounded away from zero, as spreadsheets do.
    """
    if is_missing(value):
        return word("format.missing", lang)
    sign, digits = _rounded(value, decimals, lang)
    return sign + digits


def in_unit(value: object, lang: str, divisor: int, decimals: int = 0) -> str:
    """Write a sum in thousands or millions; what is not zero is not written as zero."""
    if is_missing(value):
        return word("format.missing", lang)
    with localcontext(_OUR_OWN):
        scaled = _decimal(value) / divisor
        if not scaled:
            return number(0, lang)
        while not round(scaled, decimals) and decimals < _FINEST:
            decimals += 1
    return number(scaled, lang, decimals)


def p_value(value: object, lang: str) -> str:
    """Write a p value with three decimals; below them that it is below."""
    if not is_missing(value) and float(str(value)) < 0.001:
        return f"<\u00a0{number(0.001, lang, 3)}"
    return number(value, lang, 3)


def p_equals(value: object, lang: str) -> str:
    """A p value behind its sign, for a sentence: ``= 0.032`` or ``< 0.001``."""
    text = p_value(value, lang)
    return text if text.startswith("<") else f"=\u00a0{text}"


def money(value: object, lang: str, decimals: int = 0) -> str:
    """Write a sum in euros, such as ``1 234 €`` or ``€1,234``; a missing one is an en dash."""
    if is_missing(value):
        return word("format.missing", lang)
    sign, digits = _rounded(value, decimals, lang)
    return _pattern("format.money", lang).format(sign=sign, number=digits)


def percent(ratio: object, lang: str, decimals: int = 1) -> str:
    """Write a ratio as per cent: 0.125 is ``12,5 %`` or ``12.5%``; a missing one is an en dash."""
    if is_missing(ratio):
        return word("format.missing", lang)
    sign, digits = _rounded(_decimal(ratio) * 100, decimals, lang)
    return _pattern("format.percent", lang).format(sign=sign, number=digits)


def points(ratio: object, lang: str, decimals: int = 1) -> str:
    """Write what two ratios differ by, such as ``2,0 %-yks.``; a missing one is an en dash."""
    if is_missing(ratio):
        return word("format.missing", lang)
    sign, digits = _rounded(_decimal(ratio) * 100, decimals, lang)
    return _pattern("format.points", lang).format(sign=sign, number=digits)


def date(value: object, lang: str) -> str:
    """Write a date, such as ``30.6.2017`` or ``30 June 2017``; a missing one is an en dash."""
    if is_missing(value):
        return word("format.missing", lang)
    if not isinstance(value, dt.date):
        raise UsageError(f"The value {value!r} is not a date.")
    pattern = in_language(_entry("format.date"), "The date format", lang)
    return pattern.format(
        day=value.day,
        month=value.month,
        month_name=word(f"month.{value.month}", lang),
        year=value.year,
    )


def day_of_data(day: object, inferred: bool, lang: str) -> str:
    """The day of a list; one that the list does not state is said to be inferred."""
    text = date(day, lang)
    return word("footer.inferred", lang, day=text) if inferred else text


def field_value(field: object, value: object, lang: str) -> str:
    """A value of a dotted field as people write it: days and sums as elsewhere, others as written.

    Parameters
    ----------
    field
        Its dotted name.
    value
        What tables hold, or that as text (``2017-06-30``); cents are kept, for sources may differ
        in them.
    lang
        ``fi``, ``sv`` or ``en``.
    """
    found = None if is_missing(field) else fields.find(str(field))
    kind = None if found is None else found.kind
    if is_missing(value) or kind not in ("date", "money"):
        return word("format.missing", lang) if is_missing(value) else str(value)
    try:
        if kind == "date":
            return _day(value, lang)
        amount = float(str(value))
    except ValueError:
        # What is no day or sum stays as it stands in the source.
        return str(value)
    return money(amount, lang, 0 if amount.is_integer() else 2)


def _day(value: object, lang: str) -> str:
    """A day, or a month of which no day is told."""
    if isinstance(value, dt.date):
        return date(value, lang)
    year, month, *day = str(value).split("-")
    return date(dt.date.fromisoformat(str(value)), lang) if day else f"{int(month)}/{int(year)}"


def table_label(table: str, lang: str) -> str:
    """Return the name of a table."""
    return in_language(_table(table)["label"], f"The table {table!r}", lang)


def column_label(table: str, column: str, lang: str) -> str:
    """Return the heading of a column; columns that a table includes are found too."""
    spec = _table(table)
    if column in spec["columns"]:
        name = f"The column {table}.{column}"
        return in_language(spec["columns"][column]["label"], name, lang)
    if "include" in spec:
        return column_label(spec["include"], column, lang)
    raise UsageError(f"The table {table!r} has no column {column!r}.")


def code_label(codelist: str, code: object, lang: str, **where: object) -> str:
    """Return the label of a code; a missing code is an en dash.

    Parameters
    ----------
    codelist
        Name of the code list, such as ``indicators``.
    code
        The code; whole numbers are looked up as text.
    lang
        ``fi``, ``sv`` or ``en``.
    **where
        Other columns of the list that tell equal codes apart, such as
        ``programme_period="2014-2020"`` for priority axes.

    Raises
    ------
    UsageError
        If the list or the code is unknown, or the code has several labels.
    """
    if is_missing(code):
        return word("format.missing", lang)
    try:
        rows = load.codes(codelist)
    except FileNotFoundError:
        raise UsageError(f"There is no code list {codelist!r}.") from None
    wanted = {"code": code, **where}
    found = {
        _label_of(row, codelist, lang)
        for row in rows
        if all(row.get(column) == str(value) for column, value in wanted.items())
    }
    asked = ", ".join(f"{column} {value}" for column, value in wanted.items())
    if not found:
        raise UsageError(f"The code list {codelist!r} has no {asked}.")
    if len(found) > 1:
        raise UsageError(f"The code list {codelist!r} has several labels for {asked}.")
    return found.pop()


def field_label(field: object, lang: str) -> str:
    """Return a dotted field name of provenance as a person would say it.

    ``funding.public_total.realised`` is *Julkinen rahoitus yhteensä, toteutunut*; places in a
    list count from one, so ``partners.0.name`` ends in *1, organisaation nimi* in Finnish. The
    name of a table or of one of its columns is labelled too. A missing name is an en dash.

    Raises
    ------
    UsageError
        If there is no such field, or one of its codes is not in its code list.
    """
    if is_missing(field):
        return word("format.missing", lang)
    name = str(field)
    table, _, column = name.partition(".")
    found = fields.find(name)
    columns = load.table_specs().get(table, {}).get("columns", {})
    # `partners.name` is a column of the list, and no role of that name.
    if found is not None and (found.column is not None or column not in columns):
        return ", ".join(_field_parts(found, lang))
    if table not in load.table_specs():
        raise UsageError(f"There is no field {name!r}.")
    return column_label(table, column, lang) if column else table_label(table, lang)


def _field_parts(field: fields.Field, lang: str) -> Iterator[str]:
    """What a value belongs to, and what of it the value is."""
    spec, shape = _table(field.table), field.shape
    place = "" if field.number is None else f" {field.number + 1}"
    if field.keys:
        column, code = field.keys[0]
        yield code_label(spec["columns"][column]["codes"], code, lang) + place
    elif place:
        yield word(f"row.{field.table}", lang) + place
    if shape.words:
        keys = [shape.write(field.values, key) for key in shape.words]
        yield word(next((key for key in keys if _is_word(key)), keys[-1]), lang)
    elif len(shape.columns) > 1 or field.part is not None:
        labelled = (
            (field.table, field.column) if field.part is None else (shape.parts_of, field.part)
        )
        label = column_label(str(labelled[0]), str(labelled[1]), lang)
        yield lower_first(label) if field.keys or place else label


#: What the keys of projects begin with whose page states no project code.
KEY = "web:"


def project_code(code: object, lang: str) -> str:
    """Return a project's code as people read it: a key that is no code is called none.

    Parameters
    ----------
    code
        As tables have it; missing where there is no project.
    lang
        ``fi``, ``sv`` or ``en``.
    """
    if is_missing(code):
        return word("format.missing", lang)
    return word("format.no_code", lang) if str(code).startswith(KEY) else str(code)


def placeholders(template: str) -> Iterator[str]:
    """Yield the names in braces of a template."""
    return (name for _, name, _, _ in Formatter().parse(template) if name is not None)


@cache
def _named(template: str) -> frozenset[str]:
    return frozenset(placeholders(template))


def quoted(text: str, most: int = QUOTED) -> str:
    """Return text fit for one sentence: on one line, and cut after a word where it is long."""
    # No-break spaces are left alone: they belong to numbers.
    # Most texts need no look at each sign: a page of a list is made of three hundred thousand.
    whole = text.isprintable() and "  " not in text
    line = (text if whole else _SPACES.sub(" ", text)).strip()
    if len(line) <= most:
        return line
    # A word that takes most of the room is cut itself.
    end = line.rfind(" ", most // 2, most)
    return line[: most - 1 if end < 0 else end].rstrip(" ,;:–-") + "…"


def is_missing(value: object) -> bool:
    """Tell whether a value is None, NaN or one of pandas' missing marks."""
    if isinstance(value, str):
        return False
    # Known by name, for importing pandas takes a third of a second.
    if value is None or type(value).__name__ == "NAType":
        return True
    # Only NaN and NaT differ from themselves.
    return bool(value != value)


@per_shelf
def _entry(key: str) -> Mapping[str, str]:
    # The help of the command line reads no words but its own.
    own = key.startswith("cli.")
    found: Any = {"cli": load.command_words()} if own else load.words()
    for part in key.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise UsageError(f"There is no word {key!r} in words.yml.")
        found = found[part]
    if not isinstance(found, Mapping) or not all(isinstance(v, str) for v in found.values()):
        raise UsageError(f"The key {key!r} of words.yml is a group, not a word.")
    return found


def _is_word(key: str) -> bool:
    try:
        _entry(key)
    except UsageError:
        return False
    return True


def _table(table: str) -> dict[str, Any]:
    specs = load.table_specs()
    if table not in specs:
        raise UsageError(f"There is no table {table!r}.")
    spec: dict[str, Any] = specs[table]
    return spec


def in_language(entry: Mapping[str, str], name: str, lang: str) -> str:
    """The text of an entry in a language; `name` is what an error calls the entry."""
    if lang not in load.LANGUAGES:
        known = ", ".join(load.LANGUAGES)
        raise UsageError(f"The language {lang!r} is not one of {known}.")
    if lang not in entry:
        raise UsageError(f"{name} has no text in {lang!r}.")
    return entry[lang]


def sources(kinds: Sequence[str], lang: str) -> str:
    """What was read, in words for a source line.

    Parameters
    ----------
    kinds
        Codes of `source_kinds` in their order, or ``made_up`` alone.
    lang
        fi, sv or en.

    Returns
    -------
    str
        Without a full stop; empty where nothing was read.
    """
    service = "_".join(kind for kind in kinds if kind != "web")
    if not service:
        return word("footer.read_from.web", lang) if kinds else ""
    found = word(f"footer.read_from.{service}", lang)
    return word("footer.read_from.with_web", lang, service=found) if "web" in kinds else found


def _label_of(row: Mapping[str, str], codelist: str, lang: str) -> str:
    labels = {
        column.removeprefix("label_"): text
        for column, text in row.items()
        if column.startswith("label_") and text
    }
    return in_language(labels, f"The code {row.get('code')} of {codelist!r}", lang)


def _text(value: object, lang: str) -> str:
    if isinstance(value, Sentence):
        return word(value.key, lang, **value.values)
    return value if isinstance(value, str) else number(value, lang)


def lower_first(label: str) -> str:
    """A label within a sentence; abbreviations (FO-nummer, Y-tunnus) keep their capital."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Integral | Real | Decimal):
        raise UsageError(f"The value {value!r} is not a number.")
    if isinstance(value, Integral):
        return Decimal(int(value))
    # The shortest decimal form of a float is the number people see elsewhere.
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not exact.is_finite():
        raise UsageError(f"The value {value!r} is not a finite number.")
    return exact


#: How far decimals are exact is an option of the user's.
_OUR_OWN = Context(prec=28)
#: Below it a float is the whole number that it is written as.
_EXACT = 2**53


def _rounded(value: object, decimals: int, lang: str) -> tuple[str, str]:
    """Sign and digits of a number."""
    if decimals >= 0 and isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        # Most sums are whole, and a list has a hundred thousand.
        digits = f"{abs(int(value)):,}".replace(",", _sign("thousands", lang))
        digits += _sign("decimal", lang) + "0" * decimals if decimals else ""
        return _sign("minus", lang) if value < 0 else "", digits
    step = Decimal((0, (1,), -decimals))
    rounded = _decimal(value).quantize(step, ROUND_HALF_UP, _OUR_OWN)
    whole, _, fraction = f"{rounded.copy_abs():,f}".partition(".")
    digits = whole.replace(",", _sign("thousands", lang))
    if fraction:
        digits += _sign("decimal", lang) + fraction
    return _sign("minus", lang) if rounded < 0 else "", digits


@per_shelf
def _pattern(key: str, lang: str) -> str:
    """How a number stands with its unit; a list has sixty thousand sums."""
    word(key, lang, sign="", number="")  # refuses a pattern that has other values
    return in_language(_entry(key), f"The word {key!r}", lang)


@per_shelf
def _sign(name: str, lang: str) -> str:
    """A sign of numbers, of which a report writes a hundred thousand."""
    return word(f"format.{name}", lang)
