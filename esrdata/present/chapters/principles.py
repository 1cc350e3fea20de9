"""Sustainability and horizontal principles."""

import pandas as pd

from esrdata import stats
from esrdata.knowledge import formats, wording
from esrdata.present.chapters.maker import Maker
from esrdata.present.charts.conditions import FEW, rounded
from esrdata.present.charts.scores import FEWEST
from esrdata.present.model import Column, Figure, Section, Table


def sustainability(maker: Maker) -> Section | None:
    """Scores of sustainability; None where no source has them."""
    table = stats.sustainability_profile(maker.portfolio)
    intro = maker.word("sustainability.intro")
    if not len(table) or not table["n"].sum():
        return None
    columns = maker.columns(
        criterion="text", n="integer", mean="number", median="number",
        share_zero="percent", share_8_or_above="percent",
    )  # fmt: skip
    columns = [Column(c.name, c.label, c.kind, int(c.kind == "number")) for c in columns]
    title = maker.word("sustainability.table")
    parts: list[Table | Figure] = [_figure(maker, title, table)]
    for effect in table["effect"].unique():
        # The direct and the indirect effect each on half a page.
        part = table[table["effect"] == effect]
        labelled = part.assign(
            criterion=[
                wording.code_label("sustainability_criteria", c, maker.lang)
                for c in part["criterion"]
            ]
        )
        name = wording.word(f"charts.sustainability.{effect}", maker.lang)
        key, of = f"sustainability_{effect}", maker.word("sustainability.of_effect", effect=name)
        shown, rows = maker.of_few(columns, labelled, {"share_zero": "n", "share_8_or_above": "n"})
        parts.append(maker.table(key, of, shown, rows, statistic=part))
    return maker.section("sustainability", intro, parts=parts)


def _figure(maker: Maker, title: str, table: pd.DataFrame) -> Figure:
    """Scores by class, or those of a few projects side by side."""
    scores = stats.sustainability_scores(maker.portfolio)
    # Classes of fewer than three projects are not drawn.
    few = len(maker.portfolio) <= FEW or (table["n"] < FEWEST).all()
    if few and scores["project_code"].nunique() <= FEW:
        return maker.figure("sustainability", title, "sustainability_scores", scores)
    return maker.figure("sustainability", title, "sustainability", table)


def _answer(code: object, text: object, lang: str) -> str:
    if formats.is_missing(code) and not formats.is_missing(text):
        return wording.known_label("answer_texts", str(text), lang)
    return wording.code_label("answers", code, lang)


def horizontal(maker: Maker) -> Section | None:
    """Answers on horizontal principles; None where no source has them."""
    table = stats.horizontal_answers(maker.portfolio)
    if not len(table):
        return None
    labelled = table.assign(
        principle=[
            wording.code_label("horizontal_principles", p, maker.lang) for p in table["principle"]
        ],
        answer=[
            _answer(code, answer, maker.lang)
            for code, answer in zip(table["answer_code"], table["answer"], strict=True)
        ],
    )
    columns = maker.columns(
        principle="text", answer="text", n="integer", share="percent", share_low="percent",
        share_high="percent", n_missing="integer",
    )  # fmt: skip
    title = maker.word("horizontal.table")
    of = ["form", "principle"]
    note = rounded([part["share"] for _, part in table.groupby(of)], maker.lang, 1)
    columns, rows = maker.of_few(columns, labelled, {"share": "n_answered"})
    parts: list[Table | Figure] = [
        maker.figure("horizontal", title, "horizontal_answers", table),
        maker.table("horizontal", title, columns, rows, note, statistic=table),
    ]
    return maker.section("horizontal", parts=parts)
