"""A portfolio as the page has it: columns of numbers, texts named by their place, and words."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from esrdata.explorer import facts
from esrdata.explorer.facets import Facet, facets
from esrdata.explorer.words import steps
from esrdata.knowledge import load, wording
from esrdata.knowledge.wording import code_label, known_label, word
from esrdata.portfolio import Portfolio
from esrdata.present.charts.whom import how_chosen
from esrdata.stats import intervals
from esrdata.stats.columns import kind, label
from esrdata.stats.population import chosen
from esrdata.tables.cells import listed
from esrdata.tables.display import form_names
from esrdata.tables.linking.sources import newest_day, read_from
from esrdata.version import __version__


def core(portfolio: Portfolio, lang: str, title: str) -> dict[str, Any]:
    """What the page needs when it opens; details of projects and words come apart."""
    projects = portfolio.projects
    measures = facts.measures(portfolio)
    found = list(facets(portfolio, lang))
    return {
        "lang": lang,
        "title": title,
        "version": __version__,
        "source": source_line(portfolio, lang),
        "words": dict(_words(load.words()["explorer"], lang)),
        "format": _format(lang),
        "code": projects["project_code"].astype(str).tolist(),
        "uncoded": _uncoded(projects["project_code"], lang),
        "name": listed(projects["name"]),
        "start": facts.days(projects["start_date"]),
        "end": facts.days(projects["end_date"]),
        "facets": [_facet(one) for one in found],
        "groups": [name for name in load.explorer()["groups"] if name in {f.name for f in found}],
        "money": [_money(portfolio, measure, lang) for measure in measures],
        "stated": facts.stated(portfolio) if "public_total" in measures else {},
        "counts": [
            {"code": code, "label": _shelf_label("indicators", code, lang), **columns}
            for code, columns in facts.counts(portfolio)
        ],
        "scores": [_score(*one, lang) for one in facts.scores(portfolio)],
        "answers": [_answer(one, lang) for one in facts.answers(portfolio)],
        "tiles": _tiles(lang),
        "located": _located(portfolio),
        "statistics": _statistics(lang),
        "intervals": _intervals(len(projects)),
    }


def _uncoded(codes: "pd.Series[Any]", lang: str) -> dict[str, str]:
    """What is shown in place of keys that are no codes."""
    written = ((str(code), wording.project_code(code, lang)) for code in codes)
    return {code: text for code, text in written if text != code}


def _money(portfolio: Portfolio, measure: str, lang: str) -> dict[str, Any]:
    about = chosen("absorption", None, measure=measure)
    stages = {
        f"{stage}_label": word(f"funding_stage.{measure}.{stage}", lang)
        for stage in ("planned", "realised")
    }
    return {
        "code": measure,
        "label": code_label("measures", measure, lang),
        "whom": about.sentence(lang),
        **stages,
        **facts.money(portfolio, measure),
    }


def _score(criterion: str, effect: str, columns: Mapping[str, Any], lang: str) -> dict[str, Any]:
    dimension = {row["code"]: row["dimension"] for row in load.codes("sustainability_criteria")}
    return {
        "criterion": criterion,
        "label": _shelf_label("sustainability_criteria", criterion, lang),
        "dimension": _shelf_label("sustainability_dimensions", dimension.get(criterion, ""), lang),
        "effect": effect,
        "effect_label": word(f"sustainability_effect.{effect}", lang),
        **columns,
    }


def _answer(one: Mapping[str, Any], lang: str) -> dict[str, Any]:
    given = [
        {
            "code": code,
            "text": text,
            "label": known_label("answer_texts", text, lang)
            if code is None
            else _shelf_label("answers", code, lang),
        }
        for code, text in one["answers"]
    ]
    return {
        "principle": one["principle"],
        "label": _shelf_label("horizontal_principles", one["principle"], lang),
        "form": one["form"],
        "form_label": form_names(one["form"], lang),
        "answers": given,
        "of": one["of"],
    }


def _shelf_label(codelist: str, code: str, lang: str) -> str:
    """What a code is called; one that the shelf lacks is its own label."""
    known = {row["code"] for row in load.codes(codelist)}
    return code_label(codelist, code, lang) if code in known else code


def _facet(facet: Facet) -> dict[str, Any]:
    of = facet.of if facet.several else [own[0] if own else -1 for own in facet.of]
    return {
        "name": facet.name,
        "label": facet.label,
        "several": facet.several,
        "keys": facet.keys,
        "labels": facet.labels,
        "of": of,
    }


def _tiles(lang: str) -> list[dict[str, Any]]:
    return [
        {
            "key": row["label_fi"],
            "label": row[f"label_{lang}"],
            "row": int(row["tile_row"]),
            "column": int(row["tile_column"]),
        }
        for row in load.codes("regions")
    ]


def _located(portfolio: Portfolio) -> list[int]:
    """Of each project 2 where it has a region, 1 where it is of the whole country, else 0."""
    rows = portfolio.locations
    regions = set(rows.loc[rows["level"].eq("region") & rows["name"].notna(), "project_code"])
    country = set(rows.loc[rows["level"] == "country", "project_code"])
    return [
        2 if code in regions else 1 if code in country else 0
        for code in portfolio.projects["project_code"]
    ]


def _statistics(lang: str) -> dict[str, Any]:
    """The figures of the shelf with how each is made, written and called."""
    found = {}
    for statistic, spec in load.explorer()["statistics"].items():
        figures = {}
        for name, made in spec["figures"].items():
            called = (
                {}
                if made.get("inner")
                else {"kind": kind(statistic, name), "label": label(name, lang, statistic)}
            )
            figures[name] = {**made, **called}
        found[statistic] = figures
    return found


def _intervals(most: int) -> dict[str, Any]:
    """Where the ends of intervals lie among 1, 2 … up to so many values, and what Wilson's take.

    The places are those of `esrdata.stats.intervals`, as steps from one number to the next.
    """
    from scipy.stats import norm

    quantiles = {
        figure["quantile"]
        for spec in load.explorer()["statistics"].values()
        for figure in spec["figures"].values()
        if "quantile" in figure
    }
    numbers = np.arange(1, most + 1)
    lower = {q: intervals.lower_places(numbers, q) for q in quantiles | {1 - q for q in quantiles}}
    # An upper bound is as far from the last value as the lower one of the mirrored quantile from
    # the first: half the time, for 20,000 numbers.
    made = {f"{q:g}": _places(lower[q], numbers - 1 - lower[1 - q]) for q in sorted(quantiles)}
    joint = intervals.lower_places(numbers, level=intervals.JOINT)
    z = float(norm.ppf(1 - (1 - intervals.LEVEL) / 2))
    return {
        "z": z,
        "fewest": intervals.FEWEST,
        "quantiles": made,
        "joint": _places(joint, numbers - 1 - joint),
    }


def _places(low: Any, high: Any) -> dict[str, list[int]]:
    return {"low": steps(low.tolist()), "high": steps(high.tolist())}


def _format(lang: str) -> dict[str, str]:
    names = load.words()["format"]
    months = {f"month_{n}": word(f"month.{n}", lang) for n in range(1, 13)}
    return {**{name: names[name][lang] for name in names}, **months}


def _words(group: Mapping[str, Any], lang: str, before: str = "") -> Iterator[tuple[str, str]]:
    """The words of the page by their dotted keys."""
    for name, value in group.items():
        if isinstance(value.get(lang), str):
            yield f"{before}{name}", value[lang]
        else:
            yield from _words(value, lang, f"{before}{name}.")


def source_line(portfolio: Portfolio, lang: str) -> str:
    """What was read, of which day the newest list is, and how projects were chosen of it."""
    found = wording.sources(read_from(portfolio.tables), lang)
    day = newest_day(portfolio.files)
    line = found if day is None else f"{found}, {wording.day_of_data(*day, lang)}"
    origin = portfolio.origin
    sentences = how_chosen([] if origin is None else origin.in_short(), lang)
    return ". ".join([line, *(sentence.rstrip(".") for sentence in sentences)])
