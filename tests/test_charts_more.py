"""Charts of time, place, answers, shares and stated numbers, by their structure."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations

import charts_frames as frames
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.present import charts
from esrdata.present.charts import style

LANGUAGES = ("fi", "sv", "en")
NBSP = "\u00a0"
NAMES = (
    "Elinvoimaa ja osallisuutta",
    "Asukaslähtöinen kehittäminen Kotkassa - kaupunginosien osallistava työ",
    "Hyvinvoiva asukas - yhteisöllisen asumisen ja palveluverkoston kehittäminen Etelä-Savossa",
    None,
)


# ---- tables made by hand


def answers(big: bool = False) -> pd.DataFrame:
    """Yes and no, nobody who said yes, classifications, and a principle without answers."""
    rows: list[tuple] = []
    for principle, yes, no, missing in (
        ("gender_analysis", 1203, 340, 12),
        ("gender_main_goal", 0, 1543, 12),
    ):
        for code, n in (("yes", yes), ("no", no)):
            if n:
                share = n / (yes + no)
                rows.append(("eura2014", principle, code, None, n, share, yes + no, missing))
    texts = [
        ("Tasa-arvopainotteinen projekti", 10),
        ("Tasa-arvoon neutraalisti suhtautuva projekti", 30),
        *((f"Vastaus {at}", 1) for at in range(60 if big else 0)),
    ]
    whole = sum(n for _, n in texts)
    rows += [("eura2007", "equality", None, t, n, n / whole, whole, 0) for t, n in texts]
    rows.append(("eura2007", "partnership", None, None, 0, None, 0, 40))
    names = "form principle answer_code answer n share n_answered n_missing"
    table = pd.DataFrame(rows, columns=names.split())
    text = dict.fromkeys(("form", "principle", "answer_code", "answer"), "string")
    counts = dict.fromkeys(("n", "n_answered", "n_missing"), "Int64")
    return table.astype({**text, **counts, "share": "Float64"})


def regions(rule: str = "full_count", strange: bool = False) -> pd.DataFrame:
    """Kanta-Häme has no projects and so no sums; Pirkanmaa has spent nothing."""
    rows: list[tuple] = []
    for at, region in enumerate(load.codes("regions")):
        n = 0.0 if region["label_fi"] == "Kanta-Häme" else float(at + 1)
        n = n / 3 if rule == "equal_split" else n
        planned = n * 123_456.0 if n else None
        realised = 0.0 if region["label_fi"] == "Pirkanmaa" else planned
        rows.append((rule, "region", region["label_fi"], n, planned, n, realised, n))
    if strange:
        rows.append((rule, "region", "Ruija", 3.0, 1.0, 3.0, 1.0, 3.0))
    rows.append((rule, "country", None, 4.0, 1e6, 4.0, 1e6, 4.0))
    names = "rule level name n planned n_planned realised n_realised"
    table = pd.DataFrame(rows, columns=names.split())
    table = table.astype({**dict.fromkeys(("rule", "level", "name"), "string")})
    table = table.astype(dict.fromkeys(names.split()[3:], "Float64"))
    table.attrs = {"rule": rule, "n_several": 17}
    return table


def shares(n: int = 300) -> pd.DataFrame:
    """Beneficiaries of which each has nine tenths of the one before, down to a floor."""
    amount = np.round(1e6 * 0.9 ** np.arange(n) + 1000, 2)
    share = amount / amount.sum()
    long = "Itä-Suomen työllisyyspalveluyhdistysten yhteistoimintakuntayhtymänhallintoneuvosto ry"
    table = pd.DataFrame(
        {
            "applicant": [f"{long if at else 'Kaupunki'} {at}" for at in range(n)],
            "n": 2,
            "amount": amount,
            "share": share,
            "cumulative_share": share.cumsum(),
            "rank": range(1, n + 1),
        }
    ).astype({"applicant": "string", "n": "Int64", "amount": "Float64", "share": "Float64"})
    table["cumulative_share"] = table["cumulative_share"].astype("Float64")
    top = float(share[:10].sum())
    told = {
        "n_beneficiaries": n,
        "n_excluded": 3,
        "share_top10": top,
        "gini": 0.4372,
        "hhi": 0.0346,
    }
    table.attrs = {"measure": "eu_and_state", "stage": "planned", **told}
    return table


def stated(n: int = 5) -> pd.DataFrame:
    """Five kinds of projects: claims, many, none planned, no claim, no text."""
    claims: list[list[tuple]] = [
        [(800, None, "about", "realised"), (20, 30, "at_least", "unknown")],
        [(x, None, "exact", "realised") for x in (60, 50, 40, 30)]
        + [(999, None, "exact", "planned")],
        [(5, None, "under", "realised")],
        [],
        [],
    ]
    rows: list[dict] = []
    for at in range(n):
        kind = at % 5
        planned = [43, 0, None, 100, 1200][kind]
        base = {"project_code": f"S{20000 + at}", "name": NAMES[at % 4], "applicable": True}
        base |= {"planned": None if planned is None else planned + at, "final_report": kind != 4}
        base |= {"n_claims": len(claims[kind])}
        for rank, (value, high, qualifier, stage) in enumerate(claims[kind], 1):
            claim = {"rank": rank, "value": value, "value_high": high, "stage": stage}
            rows.append({**base, **claim, "qualifier": qualifier})
        rows += [] if claims[kind] else [base]
    table = pd.DataFrame(rows).assign(decision=None, value_corrected=None)
    order = "project_code name planned applicable final_report rank value value_high qualifier "
    order += "stage decision value_corrected n_claims"
    text = ("project_code", "name", "qualifier", "stage", "decision")
    kinds = dict.fromkeys(text, "string") | {"planned": "Int64", "rank": "Int64"}
    kinds |= dict.fromkeys(("value", "value_high", "value_corrected"), "Float64")
    return table[order.split()].astype(kinds)


DRAWN: dict[str, Callable[..., Axes]] = {
    "answers": lambda **k: charts.horizontal_answers(frames.from_descriptions(answers()), **k),
    "many answers": lambda **k: charts.horizontal_answers(
        frames.from_descriptions(answers(big=True)), **k
    ),
    "map": lambda **k: charts.tile_map(frames.from_descriptions(regions()), **k),
    "map of euros": lambda **k: charts.tile_map(
        frames.from_descriptions(regions(strange=True)), "realised", **k
    ),
    "concentration": lambda **k: charts.concentration(frames.from_descriptions(shares()), **k),
    "concentration of few": lambda **k: charts.concentration(
        frames.from_descriptions(shares(4)), **k
    ),
    "stated": lambda **k: charts.stated_participants(frames.from_descriptions(stated()), **k),
    "stated of 90": lambda **k: charts.stated_participants(
        frames.from_descriptions(stated(90)), **k
    ),
}
mpl.use("agg")

every_chart = pytest.mark.parametrize("name", DRAWN)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def drawn(name: str, lang: str) -> Axes:
    """A chart that several tests look at and none changes."""
    return DRAWN[name](lang=lang)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[Text]:
    """Every text that is seen in the figure of a chart."""
    found: list[Text] = []
    for axes in ax.get_figure().axes:
        legend = axes.get_legend()
        ticks = [*axes.get_xticklabels(), *axes.get_yticklabels()]
        found += [*axes.texts, axes.xaxis.label, *(legend.get_texts() if legend else [])]
        found += ticks if axes is ax else []
    return [text for text in found if text.get_text().strip() and text.get_visible()]


def plain(ax: Axes) -> str:
    """Texts of a chart, on one line with ordinary spaces."""
    return " ".join(" ".join(text.get_text().split()) for text in texts(ax)).replace(NBSP, " ")


def one_line(text: str) -> str:
    return " ".join(text.split()).replace(NBSP, " ")


def labels(ax: Axes) -> list[str]:
    return [one_line(label.get_text()) for label in ax.get_yticklabels()]


def bars(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def day(year: int, month: int, of_month: int) -> float:
    """A day as matplotlib counts it."""
    return (pd.Timestamp(year, month, of_month) - pd.Timestamp(1970, 1, 1)).days


# ---- every chart


@every_language
@every_chart
def test_nothing_stands_outside_the_figure_or_on_another_text(name: str, lang: str) -> None:
    ax = drawn(name, lang)
    figure = ax.get_figure()
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = [(text.get_text(), Text.get_window_extent(text, renderer)) for text in texts(ax)]
    assert len(boxes) > 4
    for text, box in boxes:
        assert box.x0 >= -0.5, text
        assert box.y0 >= -0.5, text
        assert box.x1 <= figure.bbox.width + 0.5, text
        assert box.y1 <= figure.bbox.height + 0.5, text
    for (one, first), (other, second) in combinations(boxes, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert min(wide, high) <= 1.5, (one, other)


@every_chart
def test_a_figure_fits_a_page_and_its_type_can_be_read(name: str) -> None:
    ax = DRAWN[name]()
    wide, tall = ax.get_figure().get_size_inches()
    assert wide == pytest.approx(16 / 2.54)
    assert tall <= 24.7 / 2.54
    assert min(text.get_size() for text in texts(ax)) >= 7


COUNTS = {
    "answers": 1555,
    "many answers": 1555,
    "map": 186,
    "map of euros": 186,
    "concentration": 300,
    "concentration of few": 4,
    "stated": 5,
    "stated of 90": 90,
}


@every_language
@every_chart
def test_the_chart_says_n_and_the_source(name: str, lang: str) -> None:
    said = plain(drawn(name, lang))
    assert {"fi": "Lähteet: ", "sv": "Källor: ", "en": "Sources: "}[lang] in said
    count = f"{COUNTS[name]:,}".replace(",", "," if lang == "en" else " ")
    assert re.search(rf"\b{count}\b", said)


@every_language
@every_chart
def test_a_chart_is_told_in_three_sentences_at_most(name: str, lang: str) -> None:
    said = charts.alt_text(drawn(name, "fi"), lang)
    assert 1 <= len(re.findall(r"\.(?= [A-ZÅÄÖ]|$)", said)) <= 3
    assert not re.search(r"[{}]|\bnan\b|<NA>|\n", said)
    count = f"{COUNTS[name]:,}".replace(",", "," if lang == "en" else NBSP)
    assert "map" in name or re.search(rf"\b{count}\b", said)


@every_chart
def test_the_decimal_mark_is_that_of_the_language(name: str) -> None:
    finnish, english = plain(drawn(name, "fi")), plain(drawn(name, "en"))
    assert not re.search(r"\d\.\d", finnish)
    assert not re.search(r"\d,\d(?!\d\d)", english)


@every_chart
def test_settings_of_matplotlib_are_as_before(name: str) -> None:
    before = dict(mpl.rcParams)
    DRAWN[name]()
    assert dict(mpl.rcParams) == before


@every_chart
def test_axes_of_somebody_hold_the_whole_chart(name: str) -> None:
    figure, (given, other) = plt.subplots(2, 1, figsize=(8, 26))
    other.remove()
    place = given.get_position().transformed(figure.transFigure)
    ax = DRAWN[name](ax=given, with_title=False)
    assert ax is given
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    for text in texts(ax):
        box = Text.get_window_extent(text, renderer)
        assert place.x0 - 2 <= box.x0, text
        assert box.x1 <= place.x1 + 2, text
        assert place.y0 - 2 <= box.y0, text
        assert box.y1 <= place.y1 + 2, text


@every_chart
def test_a_chart_is_written_with_its_table(name: str, tmp_path) -> None:
    paths = charts.save(DRAWN[name](), tmp_path / "kuvio")
    assert {path.suffix for path in paths.values()} == {".svg", ".png", ".csv"}
    assert charts.alt_text(DRAWN[name](), "fi").split(" (")[0][:40] in paths["svg"].read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("chart", "table"),
    [
        (charts.horizontal_answers, answers()),
        (charts.tile_map, regions()),
        (charts.concentration, shares()),
        (charts.stated_participants, stated()),
    ],
)
def test_wrong_tables_are_refused(chart: Callable[..., Axes], table: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="no rows"):
        chart(table.iloc[:0])
    with pytest.raises(UsageError, match="no column"):
        chart(pd.DataFrame({"name": ["Hanke"]}))
    with pytest.raises(UsageError, match="not a statistics table"):
        chart([1, 2])
    with pytest.raises(UsageError, match="language"):
        chart(table, lang="no")
    assert plt.get_fignums() == []


# ---- time


# ---- answers


def test_each_answer_is_a_bar_with_its_number_and_share() -> None:
    ax = charts.horizontal_answers(answers())
    rows = labels(ax)
    assert rows[1:4] == ["Kyllä", "Ei", "Ei vastausta"]
    assert rows[5:8] == ["Kyllä", "Ei", "Ei vastausta"]
    # Classifications come with the commonest first; nobody lacks one, so no bar says so.
    assert rows[8:11] == [
        "Tasa-arvo",
        "Tasa-arvoon neutraalisti suhtautuva projekti",
        "Tasa-arvopainotteinen projekti",
    ]
    assert rows[11:] == ["Kumppanuus", "Ei vastausta"]
    widths = [bar.get_width() for bar in bars(ax)]
    assert widths[:3] == pytest.approx([1203 / 1555, 340 / 1555, 12 / 1555])
    assert widths[3] == 0
    assert widths[-1] == 1
    said = plain(ax)
    for text in ("1 203 (77 %)", "340 (22 %)", "12 (1 %)", "0 (0 %)", "30 (75 %)", "40 (100 %)"):
        assert text in said
    bold = [label.get_text() for label in ax.get_yticklabels() if label.get_weight() == "bold"]
    assert len(bold) == 4
    hatched = [bool(bar.get_hatch()) for bar in bars(ax)]
    assert hatched == [False, False, True, False, False, True, False, False, True]


def test_rare_answers_are_added_together_where_they_do_not_fit() -> None:
    ax = charts.horizontal_answers(answers(big=True))
    (others,) = (label for label in labels(ax) if label.startswith("Muut vastaukset"))
    left_out = int(re.search(r"\((\d+)\)", others)[1])
    assert left_out > 40
    assert f"{left_out} ({left_out} %)" in plain(ax)
    assert "Harvinaisimmat vastaukset" in plain(ax)


def test_the_commonest_answer_is_told_in_the_language_asked_for() -> None:
    ax = charts.horizontal_answers(answers(), lang="fi")
    assert "(99%) is for the answer “No” to “The main objective" in charts.alt_text(ax, "en")
    ax = charts.horizontal_answers(answers().iloc[3:5], lang="sv")
    assert "(75 %) on vastauksella ”Tasa-arvoon neutraalisti" in one_line(charts.alt_text(ax))


def test_answers_of_several_groups_are_refused() -> None:
    table = pd.concat([answers().assign(fund="ESR"), answers().assign(fund="EAKR")])
    with pytest.raises(UsageError, match="several groups"):
        charts.horizontal_answers(table)


def test_no_answer_at_all_is_told() -> None:
    ax = charts.horizontal_answers(answers().iloc[-1:])
    assert labels(ax) == ["Kumppanuus", "Ei vastausta"]
    assert "the questions were not answered" in charts.alt_text(ax, "en")


# ---- places


def tiles(ax: Axes) -> dict[tuple[int, int], Rectangle]:
    return {(round(t.get_y() + 0.5), round(t.get_x() + 0.5)): t for t in bars(ax)}


@every_language
def test_every_region_has_its_tile_its_name_and_its_number(lang: str) -> None:
    ax = charts.tile_map(regions(), lang=lang)
    found = tiles(ax)
    assert len(found) == 19
    said = [one_line(text.get_text()) for text in ax.texts]
    for at, region in enumerate(load.codes("regions")):
        place = (int(region["tile_row"]), int(region["tile_column"]))
        assert (round(found[place].get_y() + 0.5), round(found[place].get_x() + 0.5)) == place
        name = said.index(region[f"label_{lang}"])
        assert said[name + 1] == ("0" if at == 3 else str(at + 1))
    assert "rOpenGov/geofi (BSD-2-Clause)" in plain(ax)


def test_a_larger_number_is_a_darker_tile_and_zero_is_white() -> None:
    ax = charts.tile_map(regions())
    found = tiles(ax)
    assert to_hex(found[6, 2].get_facecolor()) == style.SCALE[1]
    assert to_hex(found[6, 1].get_facecolor()) == style.SCALE[-1]
    assert to_hex(found[5, 2].get_facecolor()) == "#ffffff"
    assert not found[5, 2].get_hatch()
    assert not any(tile.get_hatch() for tile in found.values())


def test_a_sum_that_is_missing_is_not_zero() -> None:
    ax = charts.tile_map(regions(), "realised")
    found = tiles(ax)
    hatched = [place for place, tile in found.items() if tile.get_hatch()]
    # Kanta-Häme has no project; Pirkanmaa has spent nothing.
    assert hatched == [(5, 2)]
    said = [one_line(text.get_text()) for text in ax.texts]
    assert said[said.index("Kanta-Häme") + 1] == "–"
    assert said[said.index("Pirkanmaa") + 1] == "0"
    assert said[said.index("Uusimaa") + 1] == "0,12"
    assert "Vinoviivoitetusta maakunnasta ei ole lukua" in plain(ax)
    assert "Miljoonaa euroa" in plain(ax)
    assert "without a figure: 1" in charts.alt_text(ax, "en")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("full_count", "in full in each of them"),
        ("equal_split", "divided equally among them"),
        ("leave_out", "Projects covering several regions are left out"),
    ],
)
def test_the_caption_names_the_rule_and_what_is_not_on_the_map(rule: str, said: str) -> None:
    caption = plain(charts.tile_map(regions(rule, strange=True), lang="en"))
    assert said in caption
    assert "Projects covering several regions: 17." in caption
    assert "Nationwide projects with no region (not on the map): 4." in caption
    assert "In areas outside the regions on the map: 3 (Ruija)." in caption
    assert ("0.3" in caption) == (rule == "equal_split")


def test_other_levels_and_values_are_refused() -> None:
    with pytest.raises(UsageError, match="not one of n, planned, realised"):
        charts.tile_map(regions(), "area")
    with pytest.raises(UsageError, match="level='region'"):
        charts.tile_map(regions().assign(level="municipality"))


def test_a_map_without_projects_is_told() -> None:
    table = regions().assign(n=0.0)
    assert "No figure is above zero" in charts.alt_text(charts.tile_map(table), "en")


# ---- shares


def test_the_curve_runs_from_nothing_to_everything() -> None:
    table = shares()
    ax = charts.concentration(table)
    curve, even, top = ax.lines[:3]
    assert len(curve.get_xdata()) == 301
    assert curve.get_xydata()[0].tolist() == [0, 0]
    assert curve.get_xydata()[-1] == pytest.approx([1, 1])
    assert curve.get_xydata()[1] == pytest.approx([1 / 300, table["share"][0]])
    assert even.get_xydata().tolist() == [[0, 0], [1, 1]]
    assert top.get_xydata()[0] == pytest.approx([10 / 300, table.attrs["share_top10"]])
    assert to_hex(curve.get_color()) == style.REALISED
    said = plain(ax)
    assert "10 suurinta: 63 %" in said
    assert "Gini 0,44 HHI 0,035" in said
    assert "EU- ja valtion rahoitus, myönnetty. Ryhmittely: Hakija" in said
    assert "Kaupunki 0 " in said
    assert "9,7 %" in said


def test_a_few_beneficiaries_have_no_ten_largest() -> None:
    ax = charts.concentration(shares(4))
    assert len(ax.lines) == 2
    assert "10 suurinta" not in plain(ax)
    assert "Kymmenen" not in charts.alt_text(ax)
    assert "Gini-kerroin on 0,44" in charts.alt_text(ax)


def test_a_part_of_the_beneficiaries_and_a_whole_of_zero_are_refused() -> None:
    with pytest.raises(UsageError, match="not whole"):
        charts.concentration(shares().iloc[:20])
    bare = shares()
    bare.attrs = {}
    with pytest.raises(UsageError, match="not whole"):
        charts.concentration(bare)
    nothing = shares()
    nothing[["share", "cumulative_share"]] = pd.NA
    with pytest.raises(UsageError, match="zero"):
        charts.concentration(nothing)


# ---- what texts state


def dots(ax: Axes, marker: str) -> list[tuple[float, float]]:
    lines = [line for line in ax.lines if line.get_marker() == marker]
    return [(float(x), float(y)) for line in lines for x, y in line.get_xydata()]


def test_planned_is_hollow_and_claims_have_the_marks_of_their_qualifiers() -> None:
    ax = charts.stated_participants(stated())
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert [x for line in hollow for x in line.get_xdata()] == [43, 1, 103, 1204]
    assert [x for x, _ in dots(ax, "D")] == [60, 50, 40]
    assert [x for x, _ in dots(ax, ">")] == [20]
    assert [x for x, _ in dots(ax, "<")] == [5]
    about = [line for line in ax.lines if line.get_marker() == "o" and line not in hollow]
    assert [x for line in about for x in line.get_xdata()] == [800]
    # The fourth largest, the plan of 999 and every sum are absent.
    marked = [line for line in ax.lines if line.get_marker() != "None"]
    assert not {30, 999, 150, 820, 180} & {x for line in marked for x in line.get_xdata()}
    # A claim that is a range is drawn from end to end.
    assert [20, 30] in [list(line.get_xdata()) for line in ax.lines]


def test_the_largest_claim_is_told_beside_the_planned_number() -> None:
    ax = charts.stated_participants(stated())
    said = [one_line(text.get_text()) for text in ax.texts]
    assert said[:5] == ["43", "1", "–", "103", "1 204"]
    assert said[6:11] == ["≈ 800", "60", "< 5", "ei mainintaa", "ei tekstiä"]
    caption = plain(ax)
    assert "joten niitä ei ole laskettu yhteen" in caption
    assert "logaritminen" in caption
    assert "joita osallistujatieto ei koske: 1." in caption
    assert "Suunnitelmina mainitut luvut on jätetty pois (kpl: 1)." in caption
    alt = charts.alt_text(ax, "en")
    assert "in project S20000: ≈\u00a0800 (planned 43)" in alt
    assert "Projects with both known: 2; of these the text exceeds the plan in 2." in alt


def test_rejected_claims_are_left_out_and_corrected_ones_drawn() -> None:
    table = stated()
    table.loc[0, "decision"] = "rejected"
    table.loc[1, "value_corrected"] = 25.0
    ax = charts.stated_participants(table)
    assert 800 not in {x for line in ax.lines for x in line.get_xdata()}
    assert [x for x, _ in dots(ax, ">")] == [25]
    assert "hylätyt maininnat on jätetty pois: 1." in plain(ax)


def test_of_many_projects_the_largest_planned_are_drawn() -> None:
    table = stated(90)
    ax = charts.stated_participants(table)
    assert len(labels(ax)) == 30
    planned = table.drop_duplicates("project_code").set_index("project_code")["planned"]
    drawn = {label.split()[0] for label in labels(ax)}
    assert drawn == set(planned.sort_values(ascending=False).index[:30])
    assert "muut 60 hanketta ovat taulukossa." in plain(ax)


def test_no_claim_at_all_is_told() -> None:
    table = stated().iloc[-2:]
    ax = charts.stated_participants(table)
    assert [x for x, _ in dots(ax, "o")] == [103, 1204]
    assert "texts that state numbers: 0" in charts.alt_text(ax, "en")
