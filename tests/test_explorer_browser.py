"""Ten tasks of an evaluator in a real browser, on portfolios of three sizes, and what guards them.

Expectations come from the tables by plain pandas, never from the page's own code.
"""

import csv
import os
import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pages
import pandas as pd
import pytest

import esrdata
from esrdata.knowledge.formats import money, number, percent
from esrdata.knowledge.wording import word
from esrdata.portfolio import Portfolio

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium here."),
    pytest.mark.skipif(find_spec("playwright") is None, reason="Playwright is not installed."),
]

LANG = "fi"
#: What is done takes at most so long in the test, whatever else the machine does.
PATIENCE = 60_000


def thousandfold(folder: Path, rows: int) -> Portfolio:
    """A list of so many rows: one of sixty made-up projects, again and again under other codes."""
    from esrdata.samples.maker import write

    write(folder, projects=60, seed=4, format="csv", form="2007-2013")
    made = esrdata.read(folder, workers=1, cache=False)
    times = rows // len(made)
    tables = dict(made.tables)
    for name in ("projects", "funding", "indicators", "locations", "provenance"):
        whole = pd.concat([tables[name]] * times, ignore_index=True)
        again = [n for n in range(times) for _ in range(len(tables[name]))]
        whole["project_code"] = whole["project_code"] + "-" + pd.Series(again, dtype="string")
        tables[name] = whole
    return Portfolio(tables, made.base, made.shelf)


class Explored:
    """A portfolio in a browser."""

    def __init__(self, browser: Any, portfolio: Portfolio, file: Path) -> None:
        self.portfolio, self.file = portfolio, file
        self.context = browser.new_context(accept_downloads=True)
        self.asked: list[str] = []
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.watch(self.page)

    def watch(self, page: Any) -> None:
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, address: str = "", page: Any = None) -> Any:
        page = page or self.page
        page.goto("about:blank")
        page.goto(f"{self.file.as_uri()}#{address}")
        page.wait_for_selector("body[data-shown]")
        return page

    def settle(self, act: Any) -> None:
        """Do something that shows the page anew."""
        before = int(self.page.get_attribute("body", "data-shown"))
        act()
        self.page.wait_for_selector(f"body[data-shown='{before + 1}']", state="attached")

    def choose(self, facet: str, label: str, behind: str = "") -> None:
        """Take a value by what its label begins with, and what stands further behind."""
        fold = self.page.locator(f"[data-facet={facet}]")
        if not fold.evaluate("one => one.open"):
            fold.locator("summary").click()
        choice = fold.get_by_label(re.compile(rf"^{re.escape(label)}.*{re.escape(behind)}"))
        self.settle(choice.check)

    def view(self, name: str) -> None:
        link = self.page.locator("#views").get_by_role(
            "link", name=word(f"explorer.view.{name}", LANG), exact=True
        )
        self.settle(link.click)

    def figure(self, key: str) -> str:
        return str(self.page.locator(f"[data-figure={key}] .value").inner_text())

    def rows(self) -> list[list[str]]:
        """The cells of the table of the view, opened if it is folded away."""
        fold = self.page.locator("#view details.behind")
        if fold.count() and not fold.first.evaluate("one => one.open"):
            fold.first.locator("summary").click()
            # Its rows are made once it is open.
            fold.first.locator("tbody tr").first.wait_for(state="attached")
        found = self.page.locator("#view tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
        )
        return [list(row) for row in found]

    def count(self) -> str:
        return str(self.page.locator("#count").inner_text())

    def counted(self, n: int) -> str:
        return word("explorer.count", LANG, n=n, all=len(self.portfolio))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


# Of 20,000 rows the tasks take minutes: ESRDATA_LARGE=1 has them too.
LARGE = ["rows"] if os.environ.get("ESRDATA_LARGE") else []


@pytest.fixture(scope="module", params=["raw", "made_up", *LARGE])
def explored(
    request: Any, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Explored]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "raw":
        portfolio = esrdata.read(pages.RAW, workers=1)
    elif request.param == "made_up":
        from esrdata.samples.maker import write

        write(folder / "from", projects=200, seed=11, short=True)
        portfolio = esrdata.read(folder / "from", cache=False)
    else:
        portfolio = thousandfold(folder / "from", 20_000)
    file = esrdata.explore(portfolio, folder / "explorer.html", lang=LANG)
    made = Explored(browser, portfolio, file)
    yield made
    assert made.faults == []
    # Nothing was asked for but the file itself and what the page made on its own.
    assert {url.split(":")[0] for url in made.asked} <= {"file", "blob", "data", "about"}
    made.context.close()


def sums(portfolio: Portfolio, codes: Any = None) -> pd.DataFrame:
    """Planned and realised public funding, a row per project that states both."""
    rows = portfolio.funding
    rows = rows[(rows["measure"] == "public_total") & (rows["qualifier"] == "exact")]
    wide = rows.pivot(index="project_code", columns="stage", values="amount_eur").dropna()
    return wide if codes is None else wide[wide.index.isin(codes)]


def planned(portfolio: Portfolio) -> "pd.Series[Any]":
    """Planned public funding by project, whether the actual sum is stated or not."""
    rows = portfolio.funding
    rows = rows[(rows["measure"] == "public_total") & (rows["stage"] == "planned")]
    rows = rows[rows["qualifier"].eq("exact").fillna(False)]
    return rows.set_index("project_code")["amount_eur"].dropna().astype(float)


def test_participants_of_an_axis_in_a_region(explored: Explored) -> None:
    """How many participants did projects of axis 5 in Kymenlaakso plan and get?"""
    portfolio = explored.portfolio
    projects = portfolio.projects
    period = "2014-2020" if (projects["programme_period"] == "2014-2020").any() else "2007-2013"
    places = portfolio.locations
    there = set(places.loc[places["name"] == "Kymenlaakso", "project_code"])
    axes = projects[(projects["programme_period"] == period) & (projects["fund"] == "ESR")]
    # Of made-up projects none may be of axis 5 there; then it is asked of another axis.
    held = axes.loc[axes["project_code"].isin(there), "priority_axis"].dropna()
    number_of = 5 if 5 in set(held) or held.empty else int(held.iloc[0])
    axis = axes[axes["priority_axis"] == number_of]
    codes = set(axis["project_code"]) & there
    explored.open()
    if not codes:  # lists of 2007–2013 name no places
        assert explored.page.locator("[data-facet=region]").count() == 0
        explored.choose("priority_axis", str(number_of), f"{period.replace('-', '–')}, ESR")
        assert explored.count() == explored.counted(len(axis))
        return
    explored.choose("priority_axis", str(number_of), f"{period.replace('-', '–')}, ESR")
    explored.choose("region", "Kymenlaakso")
    assert explored.count() == explored.counted(len(codes))
    rows = portfolio.indicators
    rows = rows[(rows["indicator"] == "participants") & rows["project_code"].isin(codes)]
    rows = rows[rows["applicable"].ne(False).fillna(True)]
    for stage in ("planned", "realised"):
        total = rows.loc[rows["stage"] == stage, "total"].dropna()
        expected = number(int(total.sum()), LANG) if len(total) else "–"
        assert explored.figure(f"participants_{stage}") == expected
    if explored.file.parent.name.startswith("raw"):
        assert (explored.figure("participants_planned"), explored.count()) == (
            "43",
            explored.counted(1),
        )


def test_bars_in_each_other_are_of_the_same_projects(explored: Explored) -> None:
    rows = explored.portfolio.indicators
    rows = rows[(rows["indicator"] == "participants") & rows["applicable"].ne(False).fillna(True)]
    stages = rows.pivot(index="project_code", columns="stage", values="total")
    both = stages.dropna() if {"planned", "realised"} <= {*stages} else stages.iloc[:0]
    if both.empty:  # lists, and the pages of data/raw, have no project with both numbers
        return
    explored.open("view=participants&count=participants")
    last = explored.page.locator("#view svg text").all_text_contents()[-4:]
    total = [number(int(both[stage].sum()), LANG) for stage in ("planned", "realised")]
    assert last == ["Yhteensä", *total, number(len(both), LANG)]


def test_how_much_of_the_plan_ended_projects_used(explored: Explored) -> None:
    portfolio = explored.portfolio
    explored.open()
    explored.choose("programme_period", "Ohjelmakausi 2007–2013")
    projects = portfolio.projects[portfolio.projects["programme_period"] == "2007-2013"]
    ended = sums(portfolio, projects.loc[projects["status_code"] == "ended", "project_code"])
    ended = ended[ended["planned"] > 0]
    ratio = ended["realised"].sum() / ended["planned"].sum()
    assert explored.figure("ratio_of_sums") == percent(round(float(ratio), 12), LANG)
    median = (ended["realised"] / ended["planned"]).astype(float).median()
    assert explored.figure("median_ratio") == percent(median, LANG)


def test_sums_by_status_are_those_of_the_tables(explored: Explored) -> None:
    portfolio = explored.portfolio
    explored.open("view=funding&by=status_code")
    total = explored.rows()[-1]
    wide = sums(portfolio)
    assert total[2] == number(len(wide), LANG)
    assert total[3] == money(round(float(wide["planned"].sum()), 2), LANG)
    assert total[4] == money(round(float(wide["realised"].sum()), 2), LANG)


def test_the_largest_beneficiary(explored: Explored) -> None:
    portfolio = explored.portfolio
    explored.open()
    explored.view("organisations")
    planned = portfolio.funding[
        (portfolio.funding["measure"] == "public_total") & (portfolio.funding["stage"] == "planned")
    ]
    by = planned.merge(portfolio.projects[["project_code", "applicant_id"]], on="project_code")
    largest = by.groupby("applicant_id")["amount_eur"].sum().max()
    assert explored.rows()[0][2] == money(round(float(largest), 2), LANG)


def test_an_inflected_word_is_found(explored: Explored) -> None:
    explored.open()
    word_of = "asukkaiden" if explored.file.parent.name.startswith("raw") else "nuori"
    stem = word_of[:5] if word_of == "asukkaiden" else "nuor"
    explored.settle(
        lambda: (explored.page.fill("#search", word_of), explored.page.press("#search", "Enter"))
    )
    forms = explored.page.locator("#found").inner_text()
    assert stem in forms
    shown = int(explored.count().split()[1].replace("\u00a0", ""))
    assert shown > 0
    assert f"q={word_of}" in explored.page.url


def test_a_word_inside_others_is_offered(explored: Explored) -> None:
    explored.open("q=koulu")
    offer = explored.page.locator("#wider")
    before = int(re.sub(r"\D", "", explored.count().partition("/")[0]))
    if offer.is_hidden():  # no text of made-up projects and lists has it within a word
        assert not explored.file.parent.name.startswith("raw")
        return
    more = int(re.sub(r"\D", "", offer.inner_text()))
    explored.settle(offer.click)
    assert "q=*koulu*" in explored.page.url
    assert explored.count() == explored.counted(before + more)
    assert offer.is_hidden()


def test_the_largest_project_and_the_line_it_is_from(explored: Explored) -> None:
    portfolio = explored.portfolio
    explored.open("view=projects")
    header = explored.page.locator("th button[data-sort=planned]")
    explored.settle(header.click)
    explored.settle(explored.page.locator("th button[data-sort=planned]").click)
    assert explored.page.locator("th[aria-sort=descending]").count() == 1
    wide = planned(portfolio)
    code = explored.rows()[0][0]
    assert wide[code] == wide.max()
    explored.settle(explored.page.locator("#view tbody th a").first.click)
    rows = portfolio.provenance
    line = rows.loc[
        (rows["project_code"] == code) & (rows["field"] == "funding.public_total.planned"), "line"
    ].iloc[0]
    row = explored.page.locator(
        "tr",
        has_text=money(
            float(wide[code]),
            LANG,
            0 if float(wide[code]).is_integer() else 2,
        ),
    ).first
    assert f"rivi {line}" in row.inner_text()
    button = row.locator("button")
    if button.count():
        button.click()
        mark = explored.page.locator("mark.here")
        assert mark.evaluate("one => one === document.activeElement")
        text = mark.inner_text()
        assert re.sub(r"\D", "", text)[:5] == str(int(wide[code]))[:5]


def test_two_selections_beside_each_other(explored: Explored) -> None:
    portfolio = explored.portfolio
    explored.open()
    explored.settle(explored.page.locator("#pin").click)
    explored.choose("status_code", "Päättynyt")
    ended = int((portfolio.projects["status_code"] == "ended").sum())
    first = explored.rows()[0]
    assert first[1].startswith(number(ended, LANG))
    assert first[2].startswith(number(len(portfolio), LANG))
    assert first[3] == number(ended - len(portfolio), LANG)
    # What is pinned is named, and that differences of overlapping selections have no interval.
    part = explored.page.locator("[data-part=compare]")
    assert word("explorer.chosen.all", LANG) in part.inner_text()
    shared = word("explorer.compare.common", LANG, n=ended)
    assert (shared in part.inner_text()) == (ended > 0)
    explored.view("years")
    assert explored.page.locator(".side").count() == 2


def test_the_selection_is_taken_as_csv(explored: Explored) -> None:
    portfolio = explored.portfolio
    explored.open("fund=ESR")
    with explored.page.expect_download() as waiting:
        explored.page.locator("#take-csv").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    codes = list(portfolio.projects.loc[portfolio.projects["fund"] == "ESR", "project_code"])
    assert [row[0] for row in rows[1:]] == codes
    at = rows[0].index("Julkinen rahoitus yhteensä, suunniteltu")
    wide = planned(portfolio)
    given = sum(float(row[at].replace(",", ".")) for row in rows[1:] if row[at])
    assert given == pytest.approx(float(wide[wide.index.isin(codes)].sum()))


def test_a_chart_is_taken_as_svg_and_png(explored: Explored) -> None:
    explored.open("view=funding&by=status_code")
    for ending, begin in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with explored.page.expect_download() as waiting:
            explored.page.get_by_role("button", name=re.compile(ending)).click()
        data = Path(waiting.value.path()).read_bytes()
        assert data.startswith(begin)
        assert len(data) > 1500
        assert b"var(--" not in data


def test_a_view_is_sent_to_a_colleague(explored: Explored) -> None:
    explored.open()
    explored.choose("status_code", "Päättynyt")
    explored.view("funding")
    told, address = explored.count(), explored.page.url.partition("#")[2]
    rows = explored.rows()
    other = explored.context.new_page()
    explored.watch(other)
    explored.open(address, other)
    assert other.locator("#count").inner_text() == told
    mine, explored.page = explored.page, other
    assert explored.rows() == rows
    explored.page = mine
    other.close()
    explored.page.go_back()
    explored.page.wait_for_selector("[data-figure=n]")
    page = explored.open("status_code=nowhere&colour=blue")
    told = page.locator("#unknown").inner_text()
    assert "status_code=nowhere" in told and "colour=blue" in told
    assert page.locator("#count").inner_text() == explored.counted(0)


# ---- by keyboard, by axe-core, and against hostile text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Portfolio, Path]:
    """Shipped documents whose texts try to be markup, script, formulas and styles."""
    made = esrdata.read(pages.RAW, workers=1)
    evil = "</script><script>window.owned=1</script><img src=x onerror=window.owned=2>\"'&{{7*7}}"
    projects, narratives = made.projects.copy(), made.narratives.copy()
    projects["name"] = evil
    projects["applicant"] = "=cmd|' /C calc'!A0"
    narratives["text"] = f"{evil} javascript:window.owned=3"
    narratives["title"] = evil
    portfolio = Portfolio(
        {**made.tables, "projects": projects, "narratives": narratives}, made.base, made.shelf
    )
    file = tmp_path_factory.mktemp("hostile") / "explorer.html"
    return portfolio, esrdata.explore(portfolio, file, lang="en", title=evil)


def test_hostile_text_stays_text(browser: Any, hostile: tuple[Portfolio, Path]) -> None:
    portfolio, file = hostile
    explored = Explored(browser, portfolio, file)
    explored.open(f"project={portfolio.projects['project_code'].iloc[0]}")
    evil = portfolio.projects["name"].iloc[0]
    assert explored.page.locator("#project-name").inner_text() == evil
    for address in (
        "",
        "view=projects",
        "view=funding&by=applicant",
        "q=script&view=organisations",
    ):
        explored.open(address)
    assert explored.page.evaluate("window.owned") is None
    assert explored.page.locator("img, iframe, object").count() == 0
    explored.open("fund=ESR")
    with explored.page.expect_download() as waiting:
        explored.page.locator("#take-csv").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert not re.search(r"(?:^|,)\"?=cmd", text, re.MULTILINE)
    assert explored.faults == []
    explored.context.close()


def test_the_page_can_be_used_by_keyboard_alone(
    browser: Any, hostile: tuple[Portfolio, Path]
) -> None:
    explored = Explored(browser, *hostile)
    page = explored.open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("[data-facet=fund] summary").focus()
    page.keyboard.press("Enter")
    # A key pressed before the choices are there goes elsewhere.
    page.wait_for_selector("[data-facet=fund][open] input")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "choice-fund-0"
    explored.settle(lambda: page.keyboard.press("Space"))
    # Where one was, one stays.
    assert page.evaluate("document.activeElement.id") == "choice-fund-0"
    assert page.evaluate("document.activeElement.checked") is True
    explored.context.close()


AXE = find_spec("axe_playwright_python")


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python is not installed.")
@pytest.mark.parametrize(
    ("width", "scheme", "views"),
    [
        (1280, "light", ("", "view=funding", "view=sustainability", "view=map", "project=S12577")),
        (390, "dark", ("", "view=absorption", "view=projects", "region=Kymenlaakso&pin=all")),
    ],
)
def test_axe_finds_nothing_serious(
    browser: Any, tmp_path: Path, width: int, scheme: str, views: tuple[str, ...]
) -> None:
    assert AXE is not None and AXE.submodule_search_locations is not None
    script = Path(AXE.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")
    portfolio = esrdata.read(pages.RAW, workers=1)
    file = esrdata.explore(portfolio, tmp_path / "explorer.html", lang="sv")
    # The policy of the page lets no other script run: axe-core is the browser's guest.
    context = browser.new_context(
        bypass_csp=True, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    found = {}
    for address in views:
        page.goto("about:blank")
        page.goto(f"{file.as_uri()}#{address}")
        page.wait_for_selector("body[data-shown]")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.evaluate(script)
        told = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (one["id"], [node["html"][:120] for node in one["nodes"][:3]])
            for one in told["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        if serious:
            found[address] = serious
        # Nothing sticks out sideways on a narrow page.
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == {}
    context.close()
