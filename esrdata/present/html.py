"""The report as one HTML page: what goes into it; how it looks is in `templates/`."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from esrdata.knowledge import load, words
from esrdata.portfolio import Portfolio
from esrdata.version import __version__

# Above these a portfolio is shown in brief first.
MANY_FILES = 40
MANY_PROJECTS = 60
MANY_FINDINGS = 300
#: Findings of each kind shown when there are many.
SHOWN = 5
#: Projects up to which the heat map has a column for each, and how many fit on a page.
MAPPED = 20
MAP_WIDTH = 10
#: Absorption below this is counted as low, above the other as more than planned.
LOW, FULL = 0.8, 1
#: Length of the longest bar.
BAR = 150
SCALE = range(11)
MARKS = {"blank": "○", "absent": "–", "not_applicable": "/", "unreadable": "×"}

_MEASURES = ("eu_and_state", "public_total")
_PARTICIPANTS = ("planned", "planned_women", "realised", "realised_women")
_EFFECTS = ("direct", "indirect")
_CRITERIA = "sustainability_criteria"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, or the key under `empty` in `words.yml` of the reason why there is none."""

    value: Any
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Shade:
    """A cell of a heat map: what is printed in it and its step on the colour scale."""

    shown: int | float | str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """A heat map: groups of columns, and for each criterion its cells and, of shares, their n."""

    caption: str
    groups: Sequence[tuple[str, Sequence[str | int]]]
    cells: Mapping[str, Sequence[Shade]]
    counts: Mapping[str, int]


class _Reasons:
    """Why values are missing, as provenance tells it."""

    def __init__(self, provenance: pd.DataFrame) -> None:
        keys = zip(provenance["project_code"], provenance["field"], strict=True)
        self._status = dict(zip(keys, provenance["status"], strict=True))

    def cell(self, value: Any, code: str, field: str) -> Cell:
        if not words.is_missing(value):
            return Cell(value)
        # A form that has no such field has no row in provenance either.
        status = self._status.get((code, field), "absent")
        return Cell(None, status if status in MARKS else "unreadable")


def page(portfolio: Portfolio, lang: str) -> str:
    """Render the report.

    Parameters
    ----------
    portfolio
        What to report.
    lang
        Language of the report: fi, sv or en.

    Returns
    -------
    str
        The whole page, styles and figures in it.
    """
    environment = Environment(
        loader=PackageLoader("esrdata.present"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    said = {
        name: partial(getattr(words, name), lang=lang)
        for name in ("word", "number", "money", "percent", "date", "code_label")
    }
    reasons = _Reasons(portfolio.provenance)
    overview = portfolio.overview()
    folder = _folder(portfolio.files["file"])
    return environment.get_template("report.html").render(
        said,
        lang=lang,
        version=__version__,
        folder=folder,
        scale=SCALE,
        summary=_summary(portfolio),
        periods=_periods(portfolio.projects, lang),
        first=portfolio.projects["start_date"].min(),
        last=portfolio.projects["end_date"].max(),
        files=_files(portfolio, folder),
        funding=_funding(overview, reasons),
        participants=_participants(overview, reasons),
        sustainability=_sustainability(portfolio, reasons),
        findings=_findings(portfolio.issues, folder, lang),
    )


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]


def _summary(portfolio: Portfolio) -> dict[str, int]:
    return {
        "projects": len(portfolio),
        "files": len(portfolio.files),
        "read": int((portfolio.files["status"] == "read").sum()),
        "findings": len(portfolio.issues),
        "errors": int((portfolio.issues["severity"] == "error").sum()),
    }


def _periods(projects: pd.DataFrame, lang: str) -> Iterator[tuple[str, int]]:
    known = {row["code"] for row in load.codes("programme_periods")}
    counts = projects["programme_period"].value_counts(dropna=False).sort_index()
    for period, n in counts.items():
        if words.is_missing(period):
            yield words.word("report.period_unknown", lang), int(n)
        elif period in known:
            yield words.code_label("programme_periods", period, lang), int(n)
        else:
            yield str(period), int(n)


# ---- files


def _folder(names: Iterable[str]) -> str:
    """The folder that all files are in, empty where there is none."""
    try:
        found = os.path.commonpath([Path(name).parent for name in names])
    except ValueError:
        # There are no files, or some have a root and others have not.
        return ""
    return "" if found == "." else found


def _within(name: Any, folder: str) -> Any:
    if words.is_missing(name):
        return None
    return os.path.relpath(name, folder) if folder else name


def _files(portfolio: Portfolio, folder: str) -> dict[str, Any]:
    files = portfolio.files.copy()
    found = portfolio.issues.groupby("file").size()
    files["findings"] = files["file"].map(found).fillna(0).astype("Int64")
    files["file"] = [_within(name, folder) for name in files["file"]]
    many = len(files) > MANY_FILES
    listed = files[files["status"] != "read"] if many else files
    folded = len(listed) > MANY_FILES
    rows = _rows(listed)
    for row in rows:
        row["forms"] = [] if words.is_missing(row["form"]) else row["form"].split(", ")
    rest = files if folded else files.drop(listed.index)
    by_status = [(status, _counted(some)) for status, some in rest.groupby("status", sort=False)]
    return {"rows": rows, "rest": by_status, "folded": folded, "all": _counted(files)}


def _counted(files: pd.DataFrame) -> dict[str, Any]:
    counted = ["descriptions", "lines", "lines_accounted", "findings"]
    return {"n": len(files), **{name: files[name].sum(min_count=1) for name in counted}}


# ---- planned and realised


def _pairs(table: pd.DataFrame, planned: str, realised: str) -> dict[str, Any]:
    """Sums over the rows that have both numbers."""
    both = table[table[planned].notna() & table[realised].notna()]
    sums = both[[planned, realised]].sum(min_count=1)
    ratio = sums[realised] / sums[planned] if len(both) and sums[planned] else pd.NA
    return {
        "n": len(both),
        "planned": sums[planned],
        "realised": sums[realised],
        "absorption": ratio,
    }


def _project(row: Mapping[str, Any], reasons: _Reasons) -> dict[str, Any]:
    code = row["project_code"]
    return {"code": code, "name": reasons.cell(row["name"], code, "projects.name")}


def _funding(overview: pd.DataFrame, reasons: _Reasons) -> dict[str, Any]:
    order = overview.sort_values(
        ["public_total_planned", "project_code"], ascending=[False, True], na_position="last"
    )
    bars = ["public_total_planned", "public_total_realised"]
    longest = order[bars].max().max()
    rows = []
    for row in _rows(order):
        code = row["project_code"]
        shown = _project(row, reasons)
        for measure in _MEASURES:
            for stage in ("planned", "realised"):
                field = f"funding.{measure}.{stage}"
                shown[f"{measure}_{stage}"] = reasons.cell(row[f"{measure}_{stage}"], code, field)
            ratio = row[f"{measure}_absorption"]
            missing = words.is_missing(ratio)
            shown[f"{measure}_absorption"] = Cell(None, "not_computed") if missing else Cell(ratio)
        shown["bars"] = [_bar(row[name], longest) for name in bars]
        rows.append(shown)
    sums = {m: _pairs(overview, f"{m}_planned", f"{m}_realised") for m in _MEASURES}
    for measure, found in sums.items():
        ratios = overview[f"{measure}_absorption"].dropna()
        found["ratios"] = len(ratios)
        found["median"] = ratios.median() if len(ratios) else pd.NA
        found["below"], found["above"] = int((ratios < LOW).sum()), int((ratios > FULL).sum())
    many = len(rows) > MANY_PROJECTS
    return {"rows": rows, "sums": sums, "many": many, "low": LOW, "full": FULL, "bar": BAR}


def _bar(value: Any, longest: Any) -> float | None:
    """Length of a bar; anything above zero is visible."""
    if words.is_missing(value) or not longest:
        return None
    return max(round(float(value / longest) * BAR, 1), 1.0) if value > 0 else 0.0


def _participants(overview: pd.DataFrame, reasons: _Reasons) -> dict[str, Any]:
    applies = overview["participants_applicable"].fillna(True).astype(bool)
    rows = []
    for row, applicable in zip(_rows(overview), applies, strict=True):
        shown = _project(row, reasons)
        shown["applies"] = applicable
        for column in _PARTICIPANTS:
            field = f"indicators.participants.{column}"
            value = row[f"participants_{column}"]
            shown[column] = reasons.cell(value, row["project_code"], field)
        rows.append(shown)
    counted = overview[applies].rename(columns=lambda name: name.removeprefix("participants_"))
    known = {
        column: {"n": counted[column].count(), "sum": counted[column].sum(min_count=1)}
        for column in _PARTICIPANTS
    }
    pairs = {}
    for part in ("", "_women"):
        found = _pairs(counted, f"planned{part}", f"realised{part}")
        for stage in ("planned", "realised"):
            pairs[f"{stage}{part}"] = {"n": found["n"], "sum": found[stage]}
    return {
        "rows": rows,
        "columns": _PARTICIPANTS,
        "sums": {"column.total_of_pairs": pairs, "column.total_of_known": known},
        "left_out": int((~applies).sum()),
        "many": len(rows) > MANY_PROJECTS,
    }


# ---- sustainability


def _sustainability(portfolio: Portfolio, reasons: _Reasons) -> dict[str, Any]:
    scores = portfolio.sustainability
    cells = {
        (row["project_code"], row["criterion"], effect): reasons.cell(
            row[effect], row["project_code"], f"sustainability.{row['criterion']}.{effect}"
        )
        for row in _rows(scores)
        for effect in _EFFECTS
    }
    with_table = {code for (code, _, _), cell in cells.items() if cell.why != "absent"}
    codes = [code for code in portfolio.projects["project_code"] if code in with_table]
    many = len(codes) > MAPPED
    if many:
        maps = [_shares(scores, effect) for effect in _EFFECTS]
    else:
        starts = range(0, len(codes), MAP_WIDTH)
        maps = [_scores(codes[start : start + MAP_WIDTH], cells) for start in starts]
    shown = {shade.shown for met in maps for row in met.cells.values() for shade in row}
    given = pd.concat([scores[effect] for effect in _EFFECTS]).dropna()
    dimensions: dict[str, list[str]] = {}
    for row in load.codes(_CRITERIA):
        dimensions.setdefault(row["dimension"], []).append(row["code"])
    return {
        "maps": maps,
        "many": many,
        "dimensions": dimensions,
        "left_out": len(portfolio) - len(codes),
        "marks": {why: mark for why, mark in MARKS.items() if mark in shown},
        "outside": int((~given.isin(list(SCALE))).sum()) if many else 0,
    }


def _scores(codes: Sequence[str], cells: Mapping[tuple[str, str, str], Cell]) -> Map:
    """A heat map with two columns for each project."""

    def shade(cell: Cell) -> Shade:
        if cell.why is not None:
            return Shade(MARKS[cell.why])
        return Shade(int(cell.value), min(max(int(cell.value), 0), SCALE[-1]))

    absent = Cell(None, "absent")
    rows = {
        row["code"]: [
            shade(cells.get((code, row["code"], effect), absent))
            for code in codes
            for effect in _EFFECTS
        ]
        for row in load.codes(_CRITERIA)
    }
    return Map("scores", [(code, _EFFECTS) for code in codes], rows, {})


def _shares(scores: pd.DataFrame, effect: str) -> Map:
    """A heat map of how many in a hundred projects gave each score."""
    given = scores.groupby("criterion")[effect].value_counts().to_dict()
    stated = scores.groupby("criterion")[effect].count().to_dict()
    counts = {row["code"]: stated.get(row["code"], 0) for row in load.codes(_CRITERIA)}
    rows = {
        criterion: [_share(given.get((criterion, score), 0), n) for score in SCALE]
        for criterion, n in counts.items()
    }
    return Map(f"scores_{effect}", [(effect, SCALE)], rows, counts)


def _share(count: int, n: int) -> Shade:
    if n == 0:
        return Shade(MARKS["absent"])
    # Rounded up, so that a rare score differs from one that nobody gave.
    step = -(-count * SCALE[-1] // n)
    return Shade("<1" if 0 < count * 200 < n else 100 * count / n, step)


# ---- findings


def _findings(issues: pd.DataFrame, folder: str, lang: str) -> dict[str, Any]:
    many = len(issues) > MANY_FINDINGS
    by = "code" if many else "file"
    severities = []
    for severity in (row["code"] for row in load.codes("severities")):
        met = issues[issues["severity"] == severity]
        groups = []
        for name, found in met.groupby(by, sort=False, dropna=False):
            shown = found.head(SHOWN) if many else found
            said = [_sentence(row, folder, lang) for row in _rows(shown)]
            label = name if many else _within(name, folder)
            groups.append({"name": label, "n": len(found), "said": said})
        if groups:
            severities.append({"code": severity, "n": len(met), "groups": groups})
    return {"severities": severities, "many": many, "n": len(issues), "shown": SHOWN}


def _sentence(row: Mapping[str, Any], folder: str, lang: str) -> str:
    field = row["field"]
    # What was written about a contact person stays out of the report.
    person = not words.is_missing(field) and str(field).startswith("contacts")
    return words.message(
        row["code"],
        lang,
        file=_within(row["file"], folder),
        project=row["project_code"],
        field=field,
        line=row["line"],
        raw=None if person else row["raw"],
    )
