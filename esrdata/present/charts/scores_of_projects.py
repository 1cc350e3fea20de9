"""The chart of what applicants say of sustainability, project by project."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.knowledge.wording import sentence
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.conditions import FEW, valued_by_all
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.rows import check, project_lines
from esrdata.present.charts.scores import EFFECTS, LABEL, write_dimension
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.whom import NEUTRAL, around, speaks, title

_NEEDS = ("project_code", "name", "dimension", "criterion", "effect", "score")
#: Projects side by side on a sheet; where the first one begins, and how far the next is.
_SIDE_BY_SIDE, _FIRST, _STEP = 3, 6.1, 3.3
#: From the beginning of a project: where figures of each effect end; then comes the bar.
_CELLS, _LONGEST, _MOST = (0.3, 1.9), 0.9, 10
#: From this score on it is high.
_FROM = 8


@documented()
def sustainability_scores(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Set the scores of a few projects side by side, three on a sheet, each with a small bar.

    Parameters
    ----------
    table
        What `esrdata.stats.sustainability_scores` returned, of at most 12 projects.
    """
    rows = check(table, "sustainability_scores", _NEEDS, lang)
    projects = rows.drop_duplicates("project_code")
    if len(projects) > FEW:
        raise UsageError(sentence("error.draw_projects", n=len(projects), most=FEW))
    about = About("sustainability_scores", table, partial(_words, rows), rows)
    scores = rows.set_index(["project_code", "criterion", "effect"])["score"].to_dict()
    criteria = rows.drop_duplicates("criterion")
    names = dict(zip(projects["project_code"], projects["name"], strict=True))
    with paper(about, lang, **look) as sheet:
        codes = [str(code) for code in projects["project_code"]]
        for start in range(0, len(codes), _SIDE_BY_SIDE):
            chosen = codes[start : start + _SIDE_BY_SIDE]
            if start:
                sheet.page()
            sheet.heading(partial(_projects, sheet, [(code, names[code]) for code in chosen]))
            for dimension, part in criteria.groupby("dimension", sort=False):
                write_dimension(sheet, str(dimension), LINE)
                for criterion in part["criterion"]:
                    label = wording.code_label("sustainability_criteria", criterion, lang)
                    lines = sheet.fitted(label, LABEL, 3)
                    y = sheet.row(len(lines))
                    sheet.lines(0, y, lines)
                    for at, code in enumerate(chosen):
                        for effect, cell in zip(EFFECTS, _CELLS, strict=True):
                            x = _FIRST + at * _STEP + cell
                            _score(sheet, x, y, scores.get((code, criterion, effect)))
            sheet.skip(0.14)
            sheet.rule()
    return sheet.first


def _projects(sheet: Sheet, projects: Sequence[tuple[str, Any]]) -> None:
    """Names of projects over their columns."""
    look: dict[str, Any] = {"size": "head", "weight": "semibold"}
    wrapped = [*project_lines(sheet, projects, _STEP - 0.25, 3, **look).values()]
    tall = max(map(len, wrapped)) * LINE
    for at, lines in enumerate(wrapped):
        x = _FIRST + at * _STEP
        middle = sheet.y + tall - len(lines) * LINE / 2
        sheet.lines(x, middle, lines, **look)
        for effect, cell in zip(EFFECTS, _CELLS, strict=True):
            word = sheet.word(f"sustainability.{effect}_short")
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


def _words(rows: pd.DataFrame, lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    found = valued_by_all(rows)
    n = rows["project_code"].nunique()
    if found is None or not speaks("sustainability_scores", "all", n):
        heading = title("sustainability_scores", NEUTRAL, lang)
    else:
        name = wording.code_label("sustainability_criteria", found[0], lang)
        heading = title("sustainability_scores", "all", lang, criterion=name, score=found[1])
    notes = []
    for row in rows.attrs.get("not_asked", []):
        name = word(f"form.{row['form']}") if row["form"] else word("charts.not_known")
        if row["n"] == 1:
            key, values = "project", {"code": wording.project_code(row["project_code"], lang)}
        else:
            key, values = "projects", {"n": formats.number(row["n"], lang)}
        notes.append(word(f"charts.sustainability.{key}_not_asked", form=name, **values))
    if rows["score"].isna().any():
        notes.append(word("charts.sustainability.blank"))
    notes.append(word("charts.sustainability.own"))
    n = rows["project_code"].nunique()
    facts = (word("charts.sustainability.projects", n=n),)
    subtitle = word("charts.sustainability.subtitle_few")
    return around(rows, lang, heading, subtitle, notes, facts)
