"""Visible words, sentences and labels, in Finnish, Swedish and English."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from esrdata.errors import Sentence, UsageError
from esrdata.knowledge import fields, load
from esrdata.knowledge.entries import in_language, is_word, placeholders, text_of
from esrdata.knowledge.formats import date, is_missing, money, number

#: Longest quotation in a sentence; `issues.raw` has the whole text.
QUOTED = 200
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
        Exactly the placeholders of the sentence. Whole numbers are formatted by `number`;
        ``{n:one|several}`` selects a form, see `filled`.

    Raises
    ------
    UsageError
        If the key or language is unknown, or the values do not match the placeholders.
    """
    template = text_of(key, lang)
    wanted = _named(template)
    if wanted != values.keys():
        named = ", ".join(sorted(wanted)) or "no values"
        raise UsageError(f"The word {key!r} takes {named}, not {', '.join(values) or 'none'}.")
    return filled(template, {name: _text(value, lang) for name, value in values.items()})


def filled(template: str, texts: Mapping[str, str]) -> str:
    """A template with its placeholders filled.

    In ``{n}`` ``{n:project|projects}`` the second is a noun by the number: the first form for 1,
    else the second.
    """
    return template.format_map({name: _Counting(text) for name, text in texts.items()})


class _Counting(str):
    """The text of a number, which selects the form of a noun."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        one, bar, several = forms.partition("|")
        if not bar:
            return super().__format__(forms)
        return one if self == "1" else several


def sentence(key: str, **values: object) -> Sentence:
    """The English sentence of an error, translatable into the other languages."""
    return Sentence(word(key, "en", **values), key, **values)


def day_of_data(day: object, inferred: bool, lang: str) -> str:
    """The day of a list, marked if it was only inferred."""
    text = date(day, lang)
    return word("footer.inferred", lang, day=text) if inferred else text


def field_value(field: object, value: object, lang: str) -> str:
    """A value of a dotted field as people write it: days and sums formatted, others unchanged.

    Parameters
    ----------
    field
        Its dotted name.
    value
        A value as in tables, or as text (``2017-06-30``); cents are kept, since sources may differ
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
        # What is no day or sum stays as in the source.
        return str(value)
    return money(amount, lang, 0 if amount.is_integer() else 2)


def _day(value: object, lang: str) -> str:
    """A day, or a month without a day."""
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
        Other columns of the list that distinguish equal codes, such as
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


def known_label(codelist: str, text: str, lang: str) -> str:
    """The label for a known spelling of a code; other text is unchanged."""
    code = load.spellings(codelist).get(load.fold(text))
    return text if code is None else code_label(codelist, code, lang)


def statistic_label(name: str, lang: str) -> str:
    """The label of a statistic; for one that is not from esrdata, its name."""
    return word(f"statistic.{name}", lang) if name in load.words()["statistic"] else name


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
    # `partners.name` is a column, not a role called "name".
    if found is not None and (found.column is not None or column not in columns):
        return ", ".join(_field_parts(found, lang))
    if table not in load.table_specs():
        raise UsageError(f"There is no field {name!r}.")
    return column_label(table, column, lang) if column else table_label(table, lang)


def _field_parts(field: fields.Field, lang: str) -> Iterator[str]:
    """The parts of a field's label: what the value belongs to, then the value itself."""
    spec, shape = _table(field.table), field.shape
    place = "" if field.number is None else f" {field.number + 1}"
    if field.keys:
        column, code = field.keys[0]
        yield code_label(spec["columns"][column]["codes"], code, lang) + place
    elif place:
        yield word(f"row.{field.table}", lang) + place
    if shape.words:
        keys = [shape.write(field.values, key) for key in shape.words]
        yield word(next((key for key in keys if is_word(key)), keys[-1]), lang)
    elif len(shape.columns) > 1 or field.part is not None:
        labelled = (
            (field.table, field.column) if field.part is None else (shape.parts_of, field.part)
        )
        label = column_label(str(labelled[0]), str(labelled[1]), lang)
        yield lower_first(label) if field.keys or place else label


#: Prefix of the keys of projects whose page states no project code.
KEY = "web:"


def project_code(code: object, lang: str) -> str:
    """Return a project code as people read it; a key in its place is shown as "no code".

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


@cache
def _named(template: str) -> frozenset[str]:
    return frozenset(placeholders(template))


def quoted(text: str, most: int = QUOTED) -> str:
    """Return text fit for one sentence: on one line, and cut after a word where it is long."""
    # No-break spaces stay: they belong to numbers.
    # Most texts need no search: a page of a list has three hundred thousand.
    whole = text.isprintable() and "  " not in text
    line = (text if whole else _SPACES.sub(" ", text)).strip()
    if len(line) <= most:
        return line
    # A word that fills most of the room is cut.
    end = line.rfind(" ", most // 2, most)
    return line[: most - 1 if end < 0 else end].rstrip(" ,;:–-") + "…"


def _table(table: str) -> dict[str, Any]:
    specs = load.table_specs()
    if table not in specs:
        raise UsageError(f"There is no table {table!r}.")
    spec: dict[str, Any] = specs[table]
    return spec


def sources(kinds: Sequence[str], lang: str) -> str:
    """The sources that were read, in words, for a source line.

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
