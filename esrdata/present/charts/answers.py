"""Charts of answers on horizontal principles."""

from functools import partial
from typing import Any, NamedTuple, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, load, wording
from esrdata.knowledge.wording import sentence
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.conditions import FEW, alike, rounded
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.rows import check, ends, in_percent
from esrdata.present.charts.sheet import AROUND, BEFORE_HEADING, Sheet, paper
from esrdata.present.charts.whom import NEUTRAL, around, title
from esrdata.stats import intervals

_NEEDS = ("form", "principle", "answer_code", "answer", "n", "n_answered", "n_missing")
_KEY = ["form", "principle"]
#: Texts of each principle at most; the rarest of more are one row.
_TEXTS = 12
#: Places in centimetres: labels, bars and columns.
_LABEL, _BARS, _END, _N, _SHARE = 6.6, 6.85, 12.4, 14.4, 16.0
_TALL, NBSP = 0.26, "\u00a0"
#: How bars look: the codes of answers, texts of the authority, and rare ones together.
_LOOKS = {"yes": "dark", "no": "pale", "text": "mid", "others": "faint"}
#: Sentences under the chart, and the kinds of rows they are about.
_NOTES = {"coded": {"yes", "no"}, "text": {"text"}, "others": {"others"}, "missing": {"missing"}}


class _Row(NamedTuple):
    """An answer and how many gave it; the share is of the projects that answered."""

    label: str
    kind: str
    n: int
    share: float | None


class _Principle(NamedTuple):
    """A question, how many answered it, and the answers in order."""

    code: str
    name: str
    answered: int
    rows: list[_Row]


@documented("or has several groups")
def horizontal_answers(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw how the projects asked about each principle answered, or did not.

    Classifications that no code list knows are as written whatever the language.

    Parameters
    ----------
    table
        What `esrdata.stats.horizontal_answers` returned, one group of it.
    """
    rows = check(table, "horizontal_answers", _NEEDS, lang)
    if rows.duplicated([*_KEY, "answer_code", "answer"]).any():
        raise UsageError(sentence("error.draw_groups"))
    about = About("horizontal_answers", table, partial(_words, rows), rows)
    with paper(about, lang, **look) as sheet:
        parts = _principles(rows, lang)
        # Shares of a few are counts.
        percent = any(part.answered >= intervals.FEWEST for part in parts)
        unit = "%" if percent else ""
        heads = {_N: (sheet.word("concentration.projects"), "n")}
        sheet.columns({**heads, _SHARE: (sheet.word("concentration.share"), unit)})
        for part in parts:
            _draw(sheet, part)
        sheet.skip(0.04)
        sheet.rule()
    return sheet.first


def _draw(sheet: Sheet, part: _Principle) -> None:
    lang = sheet.lang
    sheet.skip(BEFORE_HEADING if sheet.y > sheet.top + 0.1 else 0.04)
    lines = sheet.fitted(part.name, sheet.right(_N) - 1.2, 2, weight="bold")
    y = sheet.row(len(lines), keep=LINE + 0.16)
    sheet.lines(0, y, lines, weight="bold")
    sheet.cell(sheet.right(_N), y, formats.number(part.answered, lang), weight="bold")
    longest = sheet.right(_END) - _BARS
    for row in part.rows:
        lines = sheet.fitted(row.label, _LABEL, 2)
        y = sheet.row(len(lines))
        sheet.lines(0, y, lines)
        number = formats.number(row.n, lang)
        sheet.figures(y, {_N: number, _SHARE: _share(row, part, lang)})
        if row.share is None:
            continue
        if row.share:
            sheet.bar(_BARS, y, row.share * longest, _TALL, _LOOKS[row.kind])
        half = (len(lines) * LINE + AROUND) / 2
        sheet.line([_BARS, _BARS], [y - half, y + half], zorder=4)


def _share(row: _Row, part: _Principle, lang: str) -> str:
    """A share in per cent, of a few as a count: ``1/1``."""
    if part.answered < intervals.FEWEST and row.share is not None:
        return f"{row.n}/{part.answered}"
    return in_percent(row.share, lang)


def _principles(rows: pd.DataFrame, lang: str) -> list[_Principle]:
    parts = rows.groupby(_KEY, sort=False, dropna=False)
    return [_principle(part, lang) for _, part in parts]


def _principle(part: pd.DataFrame, lang: str) -> _Principle:
    code = str(part["principle"].iloc[0])
    answered, missing = int(part["n_answered"].iloc[0]), int(part["n_missing"].iloc[0])
    found: list[tuple[str, str, int]] = []
    if part["answer_code"].notna().any():
        # An answer of the form that nobody gave is a row of zero.
        per = part.groupby("answer_code")["n"].sum().to_dict()
        found += [
            (one[f"label_{lang}"], one["code"], int(per.get(one["code"], 0)))
            for one in load.codes("answers")
        ]
    texts = part[part["answer_code"].isna() & part["answer"].notna()]
    texts = texts.sort_values("n", ascending=False, kind="stable")
    kept, others = texts.iloc[:_TEXTS], texts.iloc[_TEXTS:]
    found += [
        (wording.known_label("answer_texts", str(text), lang), "text", int(n))
        for text, n in zip(kept["answer"], kept["n"], strict=True)
    ]
    if len(others):
        label = wording.word("charts.horizontal_answers.other", lang, n=len(others))
        found.append((label, "others", int(others["n"].sum())))
    parts = [_Row(label, kind, n, n / answered) for label, kind, n in found if answered]
    if missing:
        label = wording.word("charts.horizontal_answers.no_answer", lang)
        parts.append(_Row(label, "missing", missing, None))
    return _Principle(
        code, wording.code_label("horizontal_principles", code, lang), answered, parts
    )


def _words(rows: pd.DataFrame, lang: str) -> Words:
    word, key = partial(wording.word, lang=lang), "charts.horizontal_answers"
    parts = _principles(rows, lang)
    kinds = {row.kind for part in parts for row in part.rows}
    notes = [word(f"{key}.note")]
    notes += [word(f"{key}.{name}") for name, which in _NOTES.items() if which & kinds]
    given = [(part, row) for part in parts for row in part.rows if row.n and row.share is not None]
    facts = [
        word(f"{key}.fact_few", principle=part.name, answer=row.label, n=row.n, answered=answered)
        if (answered := part.answered) < intervals.FEWEST
        else word(
            f"{key}.fact",
            principle=part.name,
            answer=row.label,
            n=row.n,
            share=formats.percent(row.share, lang),
        )
        for part, row in ends(given)
    ]
    if not given:
        facts = [word(f"{key}.nothing")]
    shares = [
        [row.share for row in part.rows] for part in parts if part.answered >= intervals.FEWEST
    ]
    notes += [text for text in [rounded(shares, lang, 1)] if text]
    most = max(part.answered for part in parts)
    return around(rows, lang, _title(parts, lang), word(f"{key}.subtitle"), notes, facts, most)


def _title(parts: list[_Principle], lang: str) -> str:
    """The smallest and the largest share of yes, where there are questions of yes and no."""
    shares: list[Any] = [
        row.share for part in parts for row in part.rows if row.kind == "yes" and part.answered
    ]
    # Shares of a few answers are no finding.
    if not shares or min(part.answered for part in parts if part.answered) <= FEW:
        return title("horizontal_answers", NEUTRAL, lang)
    low, high = alike([min(shares), max(shares)], lang)
    share = low if low == high else f"{low.rstrip('% ' + NBSP)}–{high}"
    return title("horizontal_answers", "shares", lang, share=share)
