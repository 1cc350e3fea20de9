"""Cases drawn for reading: how many of each group, which ones, and the protocol."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest
from test_plausibility import HEADING, row

import esrdata
from esrdata import Population, Portfolio, UsageError, stats
from esrdata.stats.cases import _allocated

# Six projects of axis 4 and four of axis 5; the plan of project n is 1,000 n euros.
AXES = ["4"] * 6 + ["5"] * 4


@cache
def portfolio() -> Portfolio:
    rows = [
        row(n, ("900", "0", str(1000 * n), "0"), axis=axis) for n, axis in enumerate(AXES, start=1)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        text = "\n".join([HEADING.replace(",", ";"), *rows, row(11, ("900", "0", "", "0"))])
        path.write_text(text, encoding="utf-8")
        return esrdata.read(path)


def shuffled(seed: int) -> Portfolio:
    """The same portfolio with the rows of its tables in another order."""
    order = np.random.default_rng(seed)
    tables = {
        name: table.iloc[order.permutation(len(table))]
        for name, table in portfolio().tables.items()
    }
    return Portfolio(tables, portfolio().base, portfolio().shelf)


ALLOCATIONS = [
    # 10 × 50, 30, 20 of 100 are whole.
    (10, [50, 30, 20], [5, 3, 2]),
    # 7 of 100: 3.5, 2.1, 1.4; the largest remainder is that of the first.
    (7, [50, 30, 20], [4, 2, 1]),
    # Equal remainders, 1.5 each: the first, for the groups are equally large.
    (3, [10, 10], [2, 1]),
    # 3.96 and 0.04: the small group has one, taken from the large one.
    (4, [99, 1], [3, 1]),
    # Fewer cases than groups: nobody is promised one.
    (2, [50, 30, 20], [1, 1, 0]),
    (1, [1, 98, 1], [0, 1, 0]),
    (5, [3, 0, 2], [3, 0, 2]),
]


@pytest.mark.parametrize(("n", "sizes", "shares"), ALLOCATIONS)
def test_shares_of_groups(n: int, sizes: list[int], shares: list[int]) -> None:
    assert _allocated(n, sizes) == shares


def test_strata_and_their_sizes() -> None:
    table = stats.sample_cases(portfolio(), 4)
    # Eleven projects, the last of axis 5 too: 6/11 · 4 = 2.18 and 5/11 · 4 = 1.82.
    strata = table.attrs["protocol"]["strata"]
    assert [(one["group"]["priority_axis"], one["projects"], one["cases"]) for one in strata] == [
        (4, 6, 2),
        (5, 5, 2),
    ]
    assert table["priority_axis"].tolist() == [4, 4, 5, 5]
    assert table["case"].tolist() == [1, 2, 3, 4]
    assert set(table["reason"]) == {"lot"} and table["value"].isna().all()
    assert table["project_code"].is_unique


@pytest.mark.slow
@pytest.mark.parametrize("how", ["stratified", "extreme", "typical", "deviant"])
def test_the_order_of_rows_changes_nothing(how: str) -> None:
    first = stats.sample_cases(portfolio(), 5, how)
    for seed in range(3):
        again = stats.sample_cases(shuffled(seed), 5, how)
        assert again["project_code"].tolist() == first["project_code"].tolist()


def test_a_seed_is_a_draw_and_another_seed_another() -> None:
    draws = [
        tuple(stats.sample_cases(portfolio(), 3, by="fund", seed=seed)["project_code"])
        for seed in (1, 1, 2, 3, 4)
    ]
    assert draws[0] == draws[1] and len({*draws}) > 1


def test_more_cases_of_the_same_lot_keep_the_former_ones() -> None:
    few, more = (set(stats.sample_cases(portfolio(), n, by="fund")["project_code"]) for n in (3, 6))
    assert few < more


def cases(n: int, how: str, **more: object) -> list[tuple[str, str, float]]:
    table = stats.sample_cases(portfolio(), n, how, **more)  # type: ignore[arg-type]
    return list(table[["project_code", "reason", "value"]].itertuples(index=False, name=None))


def test_extreme_cases() -> None:
    assert cases(3, "extreme") == [
        ("S20010", "largest", 10_000),
        ("S20009", "largest", 9_000),
        ("S20001", "smallest", 1_000),
    ]
    assert cases(1, "extreme", side="smallest") == [("S20001", "smallest", 1_000)]
    assert cases(2, "extreme", side="largest", by="priority_axis") == [
        ("S20006", "largest", 6_000),
        ("S20010", "largest", 10_000),
    ]


def test_typical_and_deviant_cases() -> None:
    # The median of 1,000 to 10,000 is 5,500; deviations 500 to 4,500 twice each are 2,500 on
    # average, so that 5,000 and 6,000 are 0.2 from it and the ends 1.8.
    near, far = cases(2, "typical"), cases(2, "deviant")
    assert {code for code, _, _ in near} == {"S20005", "S20006"}
    assert [value for _, _, value in near] == [pytest.approx(0.2)] * 2
    assert {code for code, _, _ in far} == {"S20001", "S20010"}
    assert [value for _, _, value in far] == [pytest.approx(1.8)] * 2
    # A figure of which all are alike moves nobody.
    two = cases(2, "typical", figures=["public_total_planned", "eu_and_state_planned"])
    assert {code for code, _, _ in two} == {"S20005", "S20006"}


def test_who_could_be_drawn() -> None:
    table = stats.sample_cases(portfolio(), 10, "extreme")
    assert table.attrs["protocol"]["frame"] == 10
    assert {"reason": "A figure of the draw is missing.", "n": 1} in table.attrs["exclusions"]
    running = Population(statuses="running")
    with pytest.raises(UsageError, match="Only 0 projects can be drawn, so not 1"):
        stats.sample_cases(portfolio(), 1, population=running)


REFUSED = [
    ({"n": 1, "figures": "nonsense"}, "'nonsense'"),
    ({"n": 12}, "Only 11 projects can be drawn, so not 12."),
    ({"n": 11, "how": "extreme"}, "Only 10 projects can be drawn, so not 11."),
    ({"n": 0}, "Draw one case or more, not 0."),
    ({"n": 2.5}, "The number of cases is a whole number, not 2.5."),
    ({"n": 1, "seed": "a"}, "The seed is a whole number, not 'a'."),
    ({"n": 1, "how": "random"}, "no way of drawing 'random'"),
    ({"n": 1, "how": "extreme", "figures": ["a", "b"]}, "Name one figure"),
    ({"n": 1, "how": "typical", "figures": "public_total"}, "no figure 'public_total'"),
    ({"n": 1, "by": "region"}, "divide cases by something else"),
    ({"n": 1, "drawn": "today"}, "2024-01-31, not 'today'"),
]


@pytest.mark.parametrize(("asked", "sentence"), REFUSED)
def test_what_cannot_be_drawn_is_refused(asked: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        stats.sample_cases(portfolio(), **asked)  # type: ignore[arg-type]


HEADINGS = {
    "fi": (
        "## Luettavien hankkeiden poiminta",
        "- Arvonnan tunnusluku: 7",
        "päivä: 4.2.2024",
    ),
    "sv": ("## Urval av projekt för läsning", "- Lottningens startvärde: 7", "Urvalsdag: 4.2.2024"),
    "en": ("## Selection of projects for reading", "- Seed: 7", "selection: 4 February 2024"),
}


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_protocol(lang: str) -> None:
    table = stats.sample_cases(portfolio(), 3, seed=7)
    text = stats.sample_protocol(table, lang)
    title, seed, day = HEADINGS[lang]
    assert text.startswith(title) and seed in text.splitlines()
    assert "2024" not in text
    # 6/11 · 3 = 1.64 and 5/11 · 3 = 1.36.
    lines = text.splitlines()
    assert [sum(line.endswith(end) for line in lines) for end in ("| 6 | 2 |", "| 5 | 1 |")] == [
        1,
        1,
    ]
    for case, code, name in zip(table["case"], table["project_code"], table["name"], strict=True):
        assert f"| {case} | {code} | {name} |" in text
    dated = stats.sample_cases(portfolio(), 3, seed=7, drawn="2024-02-04")
    assert day in stats.sample_protocol(dated, lang)


def test_the_protocol_of_a_changed_table_is_refused() -> None:
    table = stats.sample_cases(portfolio(), 3)
    for other in (table.head(2), table.assign(project_code="S20001"), pd.DataFrame()):
        with pytest.raises(UsageError, match="as sample_cases gave it"):
            stats.sample_protocol(other)


@pytest.mark.parametrize(
    ("how", "there", "not_there"),
    [
        ("stratified", "the lowest are selected", "deviation"),
        ("extreme", "the largest or the smallest", "by lot"),
        ("typical", "Cases are the nearest", "by lot"),
        ("deviant", "Cases are the farthest", "by lot"),
    ],
)
def test_a_protocol_has_the_rule_of_its_own_draw(how: str, there: str, not_there: str) -> None:
    text = stats.sample_protocol(stats.sample_cases(portfolio(), 4, how), "en")
    assert there in text
    assert not_there not in text
    # Only a draw that divides cases among groups says how.
    assert ("rounded by the largest remainder" in text) is (how == "stratified")


def test_a_protocol_names_figures_only_where_some_led_the_draw() -> None:
    protocol = stats.sample_cases(portfolio(), 2).attrs["protocol"]
    assert (protocol["figures"], protocol["side"]) == ([], None)
    drawn = stats.sample_cases(portfolio(), 2, "extreme", figures="public_total_planned")
    assert drawn.attrs["protocol"]["figures"] == ["public_total_planned"]
    assert drawn.attrs["protocol"]["side"] is not None
