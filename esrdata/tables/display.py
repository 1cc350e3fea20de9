"""Tables in words: headings, codes and cells as people read them, in fi, sv or en."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.formats import date, is_missing, money, number, p_value, percent
from esrdata.knowledge.messages import finding_kind, in_words, message
from esrdata.knowledge.wording import code_label, field_label, word
from esrdata.tables.cells import plain_rows

#: Entries of columns by their names, as `tables.yml` and `overview.declared` have them.
Entries = Mapping[str, Mapping[str, Any]]
# Columns of several codes in a cell, with their list and what divides them.
_SEVERAL, _BAR = {"rule": "organisation_rules"}, "|"
# Columns in which we wrote values and reasons ourselves, by the others of their tables.
_OURS = {
    "value": {"field", "rank", "snapshot"},
    "reasons": {"candidate", "score"},
    "raw": {"severity", "code", "message"},
}
# Columns of a finding by what its sentence calls them.
_IN_SENTENCES = {name: name for name in ("file", "field", "line", "raw")} | {
    "project_code": "project"
}
_BESIDE = ("programme_period", "fund")
_BOOLEANS = {True: "display.true", False: "display.false"}


def labelled(table: pd.DataFrame, entries: Entries, lang: str) -> pd.DataFrame:
    """A table with its headings and codes in words; numbers, dates and texts stay what they are.

    A code that the shelf does not know stays as written, and a column without an entry keeps its
    name.
    """
    word("format.missing", lang)  # refuses an unknown language
    # Each column that is taken of a table with attrs would have a copy of them.
    table, made = pd.DataFrame(table), {}
    for name in table.columns:
        entry = entries.get(name, {})
        if "codes" in entry:
            made[name] = _in_words(table, name, entry["codes"], lang)
        elif "words" in entry:
            words = partial(_word_of, group=entry["words"], lang=lang)
            made[name] = table[name].map(words, na_action="ignore").astype("string")
        elif name in _SEVERAL:
            several = partial(_several, codelist=_SEVERAL[name], lang=lang)
            made[name] = table[name].map(several, na_action="ignore").astype("string")
        elif name in _OURS and _OURS[name] <= set(table.columns):
            texts = [_text_of(row, str(name), lang) for row in table.to_dict("records")]
            made[name] = pd.Series(texts, index=table.index, dtype="string")
        elif name in _NAMERS:
            made[name] = table[name].map(partial(_NAMERS[name], lang=lang)).astype("string")
        elif name == "code" and set(table[name].dropna()) <= load.messages().keys():
            made[name] = table[name].map(partial(_kind, lang=lang)).astype("string")
        elif name == "message" and _IN_SENTENCES.keys() <= set(table.columns):
            made[name] = pd.Series(
                [_sentence(row, lang) for row in table.to_dict("records")],
                index=table.index,
                dtype="string",
            )
        else:
            made[name] = table[name]
    found = pd.DataFrame(made, index=table.index)
    return found.set_axis(headings([_head(entries, str(n), lang) for n in table.columns]), axis=1)


def written(table: pd.DataFrame, entries: Entries, lang: str) -> pd.DataFrame:
    """A table as `labelled`, every cell a text as people read it; a missing one is an en dash."""
    named = labelled(table, entries, lang)
    texts = {}
    for place, name in enumerate(table.columns):
        values = named.iloc[:, place]
        write = _writer(values, entries.get(name, {}), lang)
        cells = [word("format.missing", lang) if is_missing(v) else write(v) for v in values]
        texts[named.columns[place]] = pd.Series(cells, index=table.index, dtype="string")
    return pd.DataFrame(texts, index=table.index)


def headings(labels: Sequence[str]) -> list[str]:
    """Headings of which no two are alike."""
    taken: dict[str, int] = {}
    found = []
    for label in labels:
        taken[label] = taken.get(label, 0) + 1
        found.append(label if taken[label] == 1 else f"{label} ({taken[label]})")
    return found


def _head(entries: Entries, name: str, lang: str) -> str:
    return str(entries[name]["label"][lang]) if name in entries else name


def _field(name: object, lang: str) -> str:
    try:
        return field_label(name, lang)
    except UsageError:
        # A field of a shelf that is not in use now.
        return str(name)


def _word_of(code: object, group: str, lang: str) -> str:
    """A code by a group of words; one that is not among them as it is called."""
    try:
        return word(f"{group}.{code}", lang)
    except UsageError:
        return str(code)


def _several(codes: str, codelist: str, lang: str) -> str:
    """Codes of one cell by their labels."""
    return "; ".join(_label(codelist, code, {}, lang) or code for code in codes.split(_BAR))


def _text_of(row: Mapping[Any, Any], name: str, lang: str) -> object:
    """What we wrote in signs of no language; what a source says is left as it is."""
    if is_missing(row[name]):
        return pd.NA
    text, field = str(row[name]), str(row.get("field"))
    if name == "reasons":
        return in_words(text, lang, "reasons")
    if name == "value":
        return in_words(text, lang, "values", field)
    ours = load.messages().get(row["code"], {}).get("ours")
    return text if ours is None else in_words(text, lang, ours, field)


def format_name(name: object, lang: str) -> object:
    """A format of files by its usual name; one without a name as it is called."""
    known = load.words()["content"]["format"]
    return word(f"content.format.{name}", lang) if name in known else name


def _kind(code: object, lang: str) -> object:
    """What a kind of finding is called."""
    return code if is_missing(code) else finding_kind(str(code), lang)


def form_names(form: object, lang: str) -> str:
    """Forms by their names; a file can hold several."""
    if is_missing(form):
        return word("format.missing", lang)
    known = load.words()["form"]
    names = str(form).split(", ")
    return ", ".join(word(f"form.{name}", lang) if name in known else name for name in names)


# Columns whose cells have names of their own.
_NAMERS: Mapping[Any, Callable[..., object]] = {
    "format": format_name, "field": _field, "form": form_names,
}  # fmt: skip


def _sentence(row: Mapping[Any, Any], lang: str) -> str:
    """A finding as a sentence; one of another version of esrdata as it was kept."""
    if row["code"] not in load.messages():
        return str(row["message"])
    try:
        return message(
            row["code"], lang, **{slot: row[name] for name, slot in _IN_SENTENCES.items()}
        )
    except UsageError:
        return str(row["message"])


def _in_words(table: pd.DataFrame, name: str, codelist: str, lang: str) -> "pd.Series[Any]":
    """A column of codes, or of what was written for them, as labels."""
    rows = load.codes(codelist)
    # Codes of axes have another meaning in another period or fund.
    beside = [c for c in _BESIDE if c != name and c in table and c in rows[0]]
    spellings = load.spellings(codelist)
    known = {row["code"] for row in rows}

    @cache
    def label(value: object, *others: object) -> object:
        if value is None:
            return pd.NA
        code = str(value) if str(value) in known else spellings.get(load.fold(str(value)))
        where = {c: v for c, v in zip(beside, others, strict=True) if v is not None}
        return _label(codelist, code, where, lang) or str(value)

    cells = [label(*row) for row in plain_rows(table, [name, *beside])]
    return pd.Series(cells, index=table.index, dtype="string")


def _label(codelist: str, code: str | None, where: Mapping[str, object], lang: str) -> str | None:
    """The label of a code; None where it has none or several."""
    if code is None:
        return None
    try:
        return code_label(codelist, code, lang, **where)
    except UsageError:
        return None


def _writer(values: "pd.Series[Any]", entry: Mapping[str, Any], lang: str) -> Callable[[Any], str]:
    """How the cells of a column are written."""
    if pd.api.types.is_bool_dtype(values.dtype):
        return lambda value: word(_BOOLEANS[bool(value)], lang)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return lambda value: date(value, lang)
    if not pd.api.types.is_numeric_dtype(values.dtype):
        return str
    decimals = 0 if _whole(values) else 2
    if entry.get("kind") == "percent":
        return lambda value: percent(value, lang)
    if entry.get("kind") == "p":
        return lambda value: p_value(value, lang)
    if entry.get("kind") == "text":
        return str
    if "money" in (entry.get("type"), entry.get("kind")):
        return lambda value: money(value, lang, decimals)
    return lambda value: number(value, lang, decimals)


def _whole(values: "pd.Series[Any]") -> bool:
    return bool((values.dropna() % 1 == 0).all())
