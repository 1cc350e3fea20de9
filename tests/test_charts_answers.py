"""The chart of answers on horizontal principles, by its structure."""

from collections.abc import Callable, Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from test_charts_second import bars, texts

from esrdata.errors import UsageError
from esrdata.present import charts

mpl.use("agg")
NBSP = "\u00a0"


# ---- a table made by hand


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


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def test_wrong_tables_are_refused() -> None:
    chart: Callable[..., Axes] = charts.horizontal_answers
    table = answers()
    open_before = plt.get_fignums()
    with pytest.raises(UsageError, match="no rows"):
        chart(table.iloc[:0])
    with pytest.raises(UsageError, match="no column"):
        chart(pd.DataFrame({"name": ["Hanke"]}))
    with pytest.raises(UsageError, match=r"takes a table that esrdata\.stats gave"):
        chart([1, 2])
    with pytest.raises(UsageError, match="language"):
        chart(table, lang="no")
    assert plt.get_fignums() == open_before


def test_each_answer_is_a_row_with_its_number_and_its_share_of_those_who_answered() -> None:
    ax = charts.horizontal_answers(answers())
    shown = " | ".join(texts(ax))
    # 1,203 and 340 of the 1,543 that answered; 12 did not, and have no share.
    assert "Kyllä | 1 203 | 78,0 | Ei | 340 | 22,0 | Ei vastausta | 12 | –" in shown
    # An answer of the form that nobody gave is a row of zero.
    assert "Kyllä | 0 | 0,0 | Ei | 1 543 | 100,0" in shown
    # Classifications come with the commonest first; nobody lacks one, so no row says so.
    assert (
        "Tasa-arvo | 40 | Tasa-arvoon neutraalisti suhtautuva projekti | 30 | 75,0 | "
        "Tasa-arvopainotteinen projekti | 10 | 25,0 | Kumppanuus | 0 | Ei vastausta | 40 | –"
    ) in shown
    # Bars of 5.55 cm are the whole: yes dark, no pale; zero and no answer have none.
    assert [bar.get_width() for bar in bars(ax, "dark")] == pytest.approx([5.55 * 1203 / 1543])
    pale = [bar.get_width() for bar in bars(ax, "pale")]
    assert pale == pytest.approx([5.55 * 340 / 1543, 5.55])
    assert [bar.get_width() for bar in bars(ax, "mid")] == pytest.approx([5.55 * 0.75, 5.55 * 0.25])


def test_the_title_has_the_smallest_and_the_largest_share_of_yes() -> None:
    table = answers()
    assert charts.words(charts.horizontal_answers(table), "fi").title.replace(NBSP, " ") == (
        "Kyllä-vastausten osuus oli 0–78 %"
    )
    one = charts.horizontal_answers(table.iloc[:2])
    assert charts.words(one, "en").title == "The share of yes answers was 78%"
    texts_only = charts.horizontal_answers(table.iloc[3:])
    assert charts.words(texts_only, "sv").title == "Svar på frågorna om horisontella principer"


def test_rare_texts_are_one_row() -> None:
    ax = charts.horizontal_answers(answers(big=True))
    # Twelve of 62 texts are rows; the other 50 have one project each.
    shown = " | ".join(texts(ax))
    assert "Muut vastaukset (50) | 50 | 50,0" in shown
    assert "Harvinaisimmat vastaukset" in shown


def test_answers_are_told_in_the_language_asked_for() -> None:
    ax = charts.horizontal_answers(answers(), lang="fi")
    assert "gender perspective: Yes 1,203 (78.0%)" in charts.alt_text(ax, "en")


def test_answers_of_several_groups_are_refused() -> None:
    table = pd.concat([answers().assign(fund="ESR"), answers().assign(fund="EAKR")])
    with pytest.raises(UsageError, match="several groups"):
        charts.horizontal_answers(table)


def test_no_answer_at_all_is_told() -> None:
    ax = charts.horizontal_answers(answers().iloc[-1:])
    assert "Kumppanuus | 0 | Ei vastausta | 40 | –" in " | ".join(texts(ax))
    assert "The questions were not answered" in charts.alt_text(ax, "en")


def test_of_fewer_than_six_answers_a_share_is_a_count() -> None:
    table = answers().iloc[:1].assign(n=1, n_answered=1, share=1.0, n_missing=0)
    ax = charts.horizontal_answers(table)
    assert "Kyllä | 1 | 1/1 | Ei | 0 | 0/1" in " | ".join(texts(ax))
    facts = charts.alt_text(ax)
    assert "Kyllä 1/1" in facts and "100" not in facts, facts


def test_classifications_that_the_shelf_knows_are_translated() -> None:
    found = texts(charts.horizontal_answers(answers(), lang="sv"))
    assert "Projekt med tyngdpunkt på jämställdhet" in found
    assert "Tasa-arvoon neutraalisti suhtautuva projekti" in found
