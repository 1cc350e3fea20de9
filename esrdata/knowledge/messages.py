"""The sentences of findings, with their values written as people read them."""

import datetime as dt
import re
from decimal import Decimal
from itertools import accumulate

from esrdata.errors import UsageError
from esrdata.knowledge import fields, load
from esrdata.knowledge.entries import in_language
from esrdata.knowledge.formats import date, is_missing, number
from esrdata.knowledge.wording import field_label, filled, project_code, quoted, word

# Longer than other quotations: these texts are ours, and each item in them counts.
_ITEMS = 400


def finding_kind(code: str, lang: str) -> str:
    """The name of a kind of finding, such as ``Value could not be read``."""
    name: str = load.messages()[code]["name"][lang]
    return name[:1].upper() + name[1:]


def message(
    code: str,
    lang: str,
    *,
    file: object,
    project: object,
    field: object,
    line: object,
    raw: object,
) -> str:
    """Return the sentence of a finding.

    Parameters
    ----------
    code
        Finding code, such as ``value_unreadable``.
    lang
        ``fi``, ``sv`` or ``en``.
    file, project, line, raw
        What the finding is about, missing where it does not apply; long texts are cut.
    field
        Dotted field name; the sentence has its label.

    Raises
    ------
    UsageError
        If the code, the language or the field is unknown.
    """
    if code not in load.messages():
        raise UsageError(f"There is no finding code {code!r}.")
    template = in_language(load.messages()[code], f"The finding {code!r}", lang)
    called = None if is_missing(project) else project_code(project, lang)
    plain = {"file": file, "project": called, "line": line, "raw": raw}
    ours = load.messages()[code].get("ours")
    if ours is not None and not is_missing(raw):
        # Only texts of ours: what a source says is quoted unchanged.
        plain["raw"] = in_words(str(raw), lang, ours, str(field))
    values = {
        name: word("format.missing", lang) if is_missing(v) else quoted(str(v))
        for name, v in plain.items()
        if f"{{{name}}}" in template
    }
    if ours is not None and "raw" in values and not is_missing(raw):
        values["raw"] = first_items(str(plain["raw"]), _SEPARATORS[ours], lang)
    return filled(template, {**values, "field": field_label(field, lang)})


# The separators in texts of ours, by kind.
_SEPARATORS = {"reasons": "; ", "values": " / ", "system": "; "}


def first_items(text: str, separator: str, lang: str, most: int = _ITEMS) -> str:
    """The first items of an enumeration that fit, and how many more there are."""
    items = [quoted(item, most) for item in text.split(separator)]
    ends = accumulate(len(item) + len(separator) for item in items)
    kept = max(1, sum(end - len(separator) <= most for end in ends))
    names = separator.join(items[:kept])
    more = len(items) - kept
    return word("format.more", lang, names=names, n=more) if more else names


#: Days and months as in tables, but not within names of files.
_DAY = re.compile(r"(?<![\w./:-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\w/:-]|\.\w)")
_PERIOD = re.compile(r"(?<![\w./:-])(\d{4})-(\d{4})(?![\w/:-]|\.\w)")
_FIGURE = re.compile(r"(?<![\w./:,-])(\d{4,})(?![\w/:,-]|\.\w)")
_SCORE = re.compile(r"(?<![\w./:,-])(\d+)\.(\d+)(?![\w/:,-]|\.\w)")
#: Fields whose large numbers are amounts, not codes.
_AMOUNTS = ("funding.", "indicators.")


def in_words(text: str, lang: str, kind: str, field: str = "") -> str:
    """A text of ours in language-neutral notation, with days and numbers in a language.

    Parameters
    ----------
    text
        Such as ``2017-06-30 (S20405.txt:15) / 2016-12-31 (page.txt:31)``.
    lang
        ``fi``, ``sv`` or ``en``.
    kind
        ``values`` of a field, ``reasons`` for linking a page to a project, or a message of the
        operating ``system``.
    field
        The field, to distinguish amounts from codes.
    """
    if kind == "system":
        return next(
            (entry[lang] for entry in load.words()[kind].values() if entry["en"] == text), text
        )
    if kind == "reasons":
        return "; ".join(_reason(part, lang) for part in text.split("; "))
    return text if _is_verbatim(field) else _valued(text, lang, field)


def _is_verbatim(field: str) -> bool:
    """Whether a field holds a name or other text of a source, which may contain years."""
    found = fields.find(field)
    if found is None or found.column is None or found.kind != "text":
        return False
    return "codes" not in load.table_specs()[found.table]["columns"][found.column]


def _valued(text: str, lang: str, field: str) -> str:
    if "-" in text:
        text = _DAY.sub(lambda found: _day(found, lang), text)
        text = _PERIOD.sub(r"\1–\2", text)
    if field.startswith(_AMOUNTS):
        text = _FIGURE.sub(lambda found: number(int(found[1]), lang), text)
    return text


def _day(found: re.Match[str], lang: str) -> str:
    year, month, day = found.groups()
    if not day:
        return f"{int(month)}/{year}"
    try:
        return date(dt.date(int(year), int(month), int(day)), lang)
    except ValueError:
        return found[0]


def _reason(part: str, lang: str) -> str:
    """A reason named by its evidence, a project with its score, or the title of a page."""
    evidence, _, rest = part.partition(" ")
    named = bool(rest) and evidence in load.words()["reason"]
    if named:
        rest = _valued(rest, lang, "funding." if evidence == "sum" else "")
        part = f"{word(f'reason.{evidence}', lang)} {rest}"
    elif _SCORE.fullmatch(rest) is None:
        return part
    return _SCORE.sub(lambda found: number(Decimal(found[0]), lang, len(found[2])), part)
