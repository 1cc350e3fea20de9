"""Charts of what applicants say of sustainability: by classes, or project by project."""

import warnings
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.conditions import FEW, alike, rounded, valued_by_all, zeros
from esrdata.present.charts.describe import About, Words
from esrdata.present.charts.frame import documented
from esrdata.present.charts.rows import check
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.titles import NEUTRAL, title
from esrdata.present.charts.whom import source_of, whom

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_EFFECTS = ("direct", "indirect")
#: Classes of scores from low to high, with their looks.
CLASSES = {
    "share_zero": "faint",
    "share_1_to_3": "pale",
    "share_4_to_7": "mid_text",
    "share_8_or_above": "dark",
}
_HIGH = "share_8_or_above"
_NEEDS = ("dimension", "criterion", "effect", "n", *CLASSES)
_OF_PROJECTS = ("project_code", "name", "dimension", "criterion", "effect", "score")
#: Width of labels, of bars, and places in centimetres: where the bars of each effect begin and the
#: column beside them ends; with a column of n and without.
_LABEL, _BAR, _TALL = 5.6, 0.34, 3.75
_PLACES = ((5.8, 10.5), (11.0, 15.7))
_PLACES_N, _TALL_N = ((5.8, 9.95), (10.4, 14.55)), 3.25
#: A narrower part of a bar has no figure.
_NARROW = 0.42
#: Fewer projects have no percentages.
FEWEST = 3
#: Projects side by side on a sheet; where the first one begins, and how far the next is.
_SIDE_BY_SIDE, _FIRST, _STEP = 3, 6.1, 3.3
#: From the beginning of a project: where figures of each effect end; then comes the bar.
_CELLS, _LONGEST, _MOST = (0.3, 1.9), 0.9, 10
#: From this score on it is high.
_FROM = 8


class _Row(NamedTuple):
    criterion: str
    #: Number of scores and shares of classes, by effect.
    n: tuple[int, int]
    shares: tuple[dict[str, Any], dict[str, Any]]


@documented("or has several groups")
@on_its_shelf
def sustainability(
    table: pd.DataFrame,
    *,
    ax: "Axes | None" = None,
    lang: str = "fi",
    with_title: bool = True,
    with_notes: bool = True,
) -> "Axes":
    """Draw how the scores of each criterion are divided into classes, direct beside indirect.

    Parameters
    ----------
    table
        What `esrdata.stats.sustainability_profile` returned, one group of it.
    """
    checked = check(table, "sustainability_profile", _NEEDS, lang)
    if checked.duplicated(["criterion", "effect"]).any():
        raise UsageError("The table has several groups: choose the rows of one to draw.")
    if (checked.groupby("criterion")["effect"].nunique() < len(_EFFECTS)).any():
        raise UsageError("The table lacks an effect of a criterion: choose whole criteria to draw.")
    found = _rows(checked)
    counts = {n for rows in found.values() for row in rows for n in row.n}
    order = [
        (row.criterion, effect) for rows in found.values() for row in rows for effect in _EFFECTS
    ]
    data = checked.set_index(["criterion", "effect"], drop=False).loc[order].reset_index(drop=True)
    about = About("sustainability", table, partial(_words, checked, counts), data)
    places, wide = (_PLACES, _TALL) if len(counts) == 1 else (_PLACES_N, _TALL_N)
    with paper(about, lang, ax, with_title=with_title, with_notes=with_notes) as sheet:
        sheet.heading(partial(_heading, sheet, places, len(counts) > 1))
        for dimension, rows in found.items():
            _dimension(sheet, dimension, LINE)
            for row in rows:
                label = wording.code_label("sustainability_criteria", row.criterion, lang)
                lines = sheet.fitted(label, _LABEL, 3)
                y = sheet.row(len(lines))
                sheet.lines(0, y, lines)
                for (x, end), shares, n in zip(places, row.shares, row.n, strict=True):
                    _classes(sheet, (x, y, wide), shares, n)
                    high = shares[_HIGH] if n >= FEWEST else None
                    sheet.cell(end, y, formats.percent(high, lang, 0))
                if len(counts) > 1:
                    each = dict.fromkeys(formats.number(n, lang) for n in row.n)
                    sheet.cell(16.0, y, "/".join(each))
        sheet.skip(0.14)
        sheet.rule()
    return sheet.first


def _rows(table: pd.DataFrame) -> dict[str, list[_Row]]:
    """Criteria by dimension; within one, by the share whose direct effect is one or more."""
    cells = table.set_index(["criterion", "effect"])
    found: dict[str, list[_Row]] = {}
    for dimension, part in table.groupby("dimension", sort=False):
        rows = []
        for criterion in part["criterion"].unique():
            each = [cells.loc[(criterion, effect)] for effect in _EFFECTS]
            direct, indirect = ({name: row[name] for name in CLASSES} for row in each)
            rows.append(_Row(criterion, (int(each[0]["n"]), int(each[1]["n"])), (direct, indirect)))
        rows.sort(key=lambda row: _zero(row.shares[0]))
        found[str(dimension)] = rows
    return found


def _zero(shares: dict[str, Any]) -> float:
    share = shares["share_zero"]
    return 2.0 if formats.is_missing(share) else float(share)


def _heading(sheet: Sheet, places: Sequence[tuple[float, float]], with_n: bool) -> None:
    lang = sheet.lang
    label = wording.word("charts.sustainability.score", lang)
    y = sheet.y + LINE / 2
    sheet.text(0, y, label, size="head", colour="soft")
    names = [wording.word(f"charts.sustainability.class.{name}", lang) for name in CLASSES]
    entries = list(zip(CLASSES.values(), names, strict=True))
    sheet.key(entries, sheet.width_of(label, "head") + 0.3, y)
    sheet.skip(LINE + 0.08)
    y = sheet.y + LINE / 2
    for effect, (x, end) in zip(_EFFECTS, places, strict=True):
        head = wording.word(f"charts.sustainability.{effect}", lang)
        sheet.text(x, y, head, size="head", weight="semibold")
        sheet.cell(
            end, y, wording.word("charts.sustainability.high", lang), size="small", colour="soft"
        )
    if with_n:
        sheet.cell(16.0, y, "n", size="head", weight="semibold")
    sheet.skip(LINE + 0.04)
    sheet.rule("thick")


def _dimension(sheet: Sheet, dimension: str, keep: float) -> None:
    """The name of a dimension over its criteria."""
    name = wording.code_label("sustainability_dimensions", dimension, sheet.lang)
    y = sheet.row(tall=LINE + 0.2, keep=2 * keep) + 0.06
    sheet.text(0, y, name, weight="bold")


def _classes(
    sheet: Sheet, place: tuple[float, float, float], shares: dict[str, Any], n: int
) -> None:
    """A bar of all the scores cut into classes."""
    x, y, wide = place
    if n < FEWEST:
        sheet.text(x, y, wording.word("format.missing", sheet.lang))
        return
    edges = []
    for name, look in CLASSES.items():
        part = float(shares[name]) * wide
        if part <= 0:
            continue
        sheet.bar(x, y, part, _BAR, look)
        edges.append(x)
        if look != "dark" and part > _NARROW:
            figure = formats.number(round(float(shares[name]) * 100, 9), sheet.lang)
            sheet.text(x + part / 2, y, figure, size="small", align="center")
        x += part
    for edge in edges[1:]:
        ends = [y - _BAR / 2 - 0.01, y + _BAR / 2 + 0.01]
        sheet.ax.plot([edge, edge], ends, color="white", linewidth=0.8, zorder=4)


def _words(table: pd.DataFrame, counts: set[int], lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    shares = zeros(table)
    if shares is None:
        heading = title("sustainability", NEUTRAL, lang)
    else:
        a, b = alike(shares, lang)
        heading = title("sustainability", "zeros", lang, a=a, b=b)
    if len(counts) == 1:
        subtitle = word("charts.sustainability.subtitle_n", n=formats.number(max(counts), lang))
    else:
        subtitle = word("charts.sustainability.subtitle")
    notes = [word("charts.sustainability.order"), word("charts.sustainability.n")]
    notes += _not_asked(table, lang)
    if any(n < FEWEST for n in counts):
        notes.append(word("charts.sustainability.fewest"))
    notes += [word("charts.sustainability.own"), *whom(table, lang)]
    classes = table.loc[table["n"] >= FEWEST, list(CLASSES)].itertuples(index=False)
    notes += [text for text in [rounded(classes, lang, 0)] if text]
    return Words(heading, subtitle, tuple(notes), source_of(table.attrs, lang), _facts(table, lang))


def _not_asked(table: pd.DataFrame, lang: str) -> list[str]:
    reasons = {row["reason"]: row["n"] for row in table.attrs.get("exclusions", [])}
    n = reasons.get("The form does not ask for scores.", 0)
    return [wording.word("charts.sustainability.not_asked", lang, n=n)] if n else []


def _facts(table: pd.DataFrame, lang: str) -> tuple[str, ...]:
    """The criteria whose direct effect was rated highest and lowest, most and least often."""
    direct = table[(table["effect"] == "direct") & (table["n"] >= FEWEST)]
    if not len(direct):
        return ()
    high = direct[_HIGH].astype(float)
    facts = []
    ends: tuple[tuple[str, Any], ...] = (("most", high.idxmax()), ("least", high.idxmin()))
    for key, at in ends:
        name = wording.code_label("sustainability_criteria", direct["criterion"][at], lang)
        share = formats.percent(high[at], lang, 0)
        facts.append(
            wording.word(f"charts.sustainability.{key}", lang, criterion=name, share=share)
        )
    return tuple(facts)


# ---- few projects


@documented()
@on_its_shelf
def sustainability_scores(
    table: pd.DataFrame,
    *,
    ax: "Axes | None" = None,
    lang: str = "fi",
    with_title: bool = True,
    with_notes: bool = True,
) -> "Axes":
    """Set the scores of a few projects side by side, three on a sheet, each with a small bar.

    Parameters
    ----------
    table
        What `esrdata.stats.sustainability_scores` returned, of at most 12 projects.
    """
    rows = check(table, "sustainability_scores", _OF_PROJECTS, lang)
    projects = rows.drop_duplicates("project_code")
    if len(projects) > FEW:
        raise UsageError(
            f"The table has {len(projects)} projects, more than {FEW}: give what "
            "esrdata.stats.sustainability_profile returned to charts.sustainability."
        )
    about = About("sustainability_scores", table, partial(_words_of_few, rows), rows)
    scores = rows.set_index(["project_code", "criterion", "effect"])["score"].to_dict()
    criteria = rows.drop_duplicates("criterion")
    names = dict(zip(projects["project_code"], projects["name"], strict=True))
    alike = projects["name"][projects["name"].duplicated(keep=False)].dropna()
    for code in projects["project_code"][alike.index]:
        names[code] = f"{names[code]} ({wording.project_code(code, lang)})"
    with paper(about, lang, ax, with_title=with_title, with_notes=with_notes) as sheet:
        codes = [str(code) for code in projects["project_code"]]
        for start in range(0, len(codes), _SIDE_BY_SIDE):
            chosen = codes[start : start + _SIDE_BY_SIDE]
            if start:
                sheet.page()
            sheet.heading(partial(_projects, sheet, [(code, names[code]) for code in chosen]))
            for dimension, part in criteria.groupby("dimension", sort=False):
                _dimension(sheet, str(dimension), LINE)
                for criterion in part["criterion"]:
                    label = wording.code_label("sustainability_criteria", criterion, lang)
                    lines = sheet.fitted(label, _LABEL, 3)
                    y = sheet.row(len(lines))
                    sheet.lines(0, y, lines)
                    for at, code in enumerate(chosen):
                        for effect, cell in zip(_EFFECTS, _CELLS, strict=True):
                            x = _FIRST + at * _STEP + cell
                            _score(sheet, x, y, scores.get((code, criterion, effect)))
            sheet.skip(0.14)
            sheet.rule()
    return sheet.first


def _projects(sheet: Sheet, projects: Sequence[tuple[str, Any]]) -> None:
    """Names of projects over their columns."""
    names = [
        wording.project_code(code, sheet.lang) if formats.is_missing(name) else str(name)
        for code, name in projects
    ]
    codes = [wording.project_code(code, sheet.lang) for code, _ in projects]
    wrapped = sheet.told_apart(names, _STEP - 0.25, 3, "head", "semibold", codes)
    tall = max(map(len, wrapped)) * LINE
    for at, lines in enumerate(wrapped):
        x = _FIRST + at * _STEP
        middle = sheet.y + tall - len(lines) * LINE / 2
        sheet.lines(x, middle, lines, size="head", weight="semibold")
        for effect, cell in zip(_EFFECTS, _CELLS, strict=True):
            word = wording.word(f"charts.sustainability.{effect}_short", sheet.lang)
            sheet.text(
                x + cell - _CELLS[0], sheet.y + tall + LINE / 2, word, size="small", colour="soft"
            )
    sheet.skip(tall + LINE + 0.05)
    sheet.rule("thick")


def _score(sheet: Sheet, x: float, y: float, score: Any) -> None:
    """A score and its bar; a missing one is a dash and has no bar."""
    high = not formats.is_missing(score) and score >= _FROM
    text = formats.number(score, sheet.lang)
    sheet.cell(
        x, y, text, weight="semibold" if high else "regular", colour="ink" if score else "soft"
    )
    if formats.is_missing(score):
        return
    start = x + 0.12
    if score > 0:
        sheet.bar(start, y, float(score) / _MOST * _LONGEST, 0.2, "dark" if high else "mid")
    sheet.line([start, start], [y - 0.16, y + 0.16], points=0.6)


def _words_of_few(rows: pd.DataFrame, lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    found = valued_by_all(rows)
    if found is None:
        heading = title("sustainability_scores", NEUTRAL, lang)
    else:
        name = wording.code_label("sustainability_criteria", found[0], lang)
        heading = title("sustainability_scores", "all", lang, criterion=name, score=found[1])
    notes = []
    forms: dict[str, list[str]] = {}
    for row in rows.attrs.get("not_asked", []):
        form = row["form"]
        name = word(f"form.{form}") if form else word("charts.not_known")
        forms.setdefault(name, []).append(wording.project_code(row["project_code"], lang))
    for name, codes in forms.items():
        if len(codes) == 1:
            key, values = "project_not_asked", {"code": codes[0]}
        else:
            key, values = "projects_not_asked", {"n": formats.number(len(codes), lang)}
        notes.append(word(f"charts.sustainability.{key}", form=name, **values))
    if rows["score"].isna().any():
        notes.append(word("charts.sustainability.blank"))
    notes += [word("charts.sustainability.own"), *whom(rows, lang)]
    n = rows["project_code"].nunique()
    facts = (word("charts.sustainability.projects", n=n),)
    subtitle = word("charts.sustainability.subtitle_few")
    return Words(heading, subtitle, tuple(notes), source_of(rows.attrs, lang), facts)


def sustainability_effects(table: pd.DataFrame, **look: Any) -> "Axes":
    """Draw what `sustainability` draws, which has both effects now."""
    warnings.warn(
        "charts.sustainability_effects is gone in the next version: charts.sustainability has both "
        "effects.",
        DeprecationWarning,
        stacklevel=2,
    )
    axes: Axes = sustainability(table, **look)
    return axes
