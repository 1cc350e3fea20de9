"""Every chart, for several sources, in three languages, with contact sheets to look at.

    python benchmarks/gallery.py OUT [LIST] [--sheets FOLDER]

Draws data/raw, 200 synthetic projects and, where it is given, a project list. OUT gets a folder of
pictures for each source and language; the contact sheets go to FOLDER, or else to OUT. What a
source has no figures for is left out, with a printed reason.
"""

import argparse
import datetime as dt
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pypdfium2
from PIL import Image, ImageColor, ImageDraw, ImageFont

import esrdata
from esrdata import Portfolio, UsageError, charts, stats
from esrdata.present.theme import current
from esrdata.samples import maker

HERE = Path(__file__).resolve().parents[1]
LANGUAGES = ("fi", "sv", "en")
COLUMNS, WIDE, GAP, HEAD = 3, 600, 14, 24
#: What stands on the pages of the Word file that the README shows, after the first page.
SHOWN = (r"(Kuvio|Figur|Figure) 2\.", r"(Kuvio|Figur|Figure) 5\.")
GROUND = (232, 235, 239)
#: Colours whose edges are smoothed on the sheets.
COLOURS = current().colours
STRONG = (COLOURS.ink, COLOURS.soft, COLOURS.second, COLOURS.dark, COLOURS.mid_text, COLOURS.pale)


def earlier(portfolio: Portfolio, ends: dict[str, dt.date]) -> Portfolio:
    """The same projects with other last days, as an older snapshot would have them."""
    projects = portfolio.projects.copy()
    moved = projects["project_code"].map(ends)
    projects["end_date"] = pd.to_datetime(moved).fillna(projects["end_date"])
    return Portfolio({**portfolio.tables, "projects": projects}, HERE)


def made_up_ends(portfolio: Portfolio) -> dict[str, dt.date]:
    """Last days of an older snapshot, made up: every third project was extended or shortened."""
    chance, ends = random.Random(1), {}
    names = ["project_code", "start_date", "end_date"]
    for code, start, end in portfolio.projects[names].dropna().itertuples(index=False):
        before = end - pd.Timedelta(days=chance.choice([-61, 92, 181, 365, 730]))
        if chance.random() < 1 / 3 and before > start:
            ends[code] = before.date()
    return ends


def some(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The table, if the column holds anything above zero."""
    if not len(table) or not (table[name].fillna(0) > 0).any():
        raise UsageError(f"nothing in {name}")
    return table


def drawings(p: Portfolio, before: Portfolio | None) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each chart, by the name of its picture, as a function of the language."""
    # An axis has another meaning in another period, and in another fund.
    funds = ["fund"] if p.projects["fund"].nunique() > 1 else []
    axes = ["programme_period", *funds, "priority_axis"]

    def axis(lang: str) -> Any:
        table = some(stats.absorption(p, by=axes), "n")
        return charts.absorption(table, ratios=stats.ratios(p, by=axes), lang=lang)

    def region(lang: str) -> Any:
        if p.locations.empty:
            raise UsageError("the source tells no places")
        return charts.planned_and_realised(stats.planned_and_realised(p, by="region"), lang=lang)

    def amended(lang: str) -> Any:
        if before is None:
            raise UsageError("there is no earlier snapshot")
        return charts.amendments(stats.amendments(before, p), lang=lang)

    def times(lang: str) -> Any:
        ends = None if before is None else stats.amendments(before, p)
        return charts.timeline(stats.timeline(p, amended=ends), lang=lang)

    def by_axis(lang: str) -> Any:
        return charts.planned_and_realised(stats.planned_and_realised(p, by=axes), lang=lang)

    def by_size(lang: str) -> Any:
        table = some(stats.absorption(p, by="size_band"), "n")
        return charts.absorption(table, lang=lang)

    def people(lang: str) -> Any:
        return charts.participants(some(stats.participants(p, by=axes), "n"), lang=lang)

    def stated(lang: str) -> Any:
        table = some(stats.stated_participants(p), "n_claims")
        return charts.stated_participants(table, lang=lang)

    def answers(lang: str) -> Any:
        return charts.horizontal_answers(stats.horizontal_answers(p), lang=lang)

    def heat(lang: str) -> Any:
        return charts.sustainability(some(stats.sustainability_profile(p), "n"), lang=lang)

    def shares(lang: str) -> Any:
        return charts.concentration(stats.concentration(p), lang=lang)

    def years(lang: str) -> Any:
        return charts.status_by_year(stats.status_by_year(p), lang=lang)

    def tiles(value: str) -> Callable[[str], Any]:
        def draw(lang: str) -> Any:
            table = some(stats.locations_summary(p), "n")
            return charts.tile_map(table, value, lang=lang)

        return draw

    def at_a_glance(lang: str) -> Any:
        more = {"ratios": stats.ratios(p), "timeline": stats.timeline(p)}
        more |= {"concentration": stats.concentration(p), "coverage": stats.coverage(p, by=None)}
        more["sizes"] = stats.planned_and_realised(p, by="size_band")
        return charts.glance(stats.planned_and_realised(p, by=axes), lang=lang, **more)

    yield "glance", at_a_glance
    yield "planned_and_realised", by_axis
    yield "planned_and_realised_region", region
    yield "absorption", axis
    yield "absorption_size", by_size
    yield "participants", people
    yield "stated_participants", stated
    yield "sustainability", heat
    yield "horizontal_answers", answers
    yield "status_by_year", years
    yield "timeline", times
    yield "amendments", amended
    yield "concentration", shares
    yield "tile_map", tiles("n")
    yield "tile_map_planned", tiles("planned")


def palette() -> Image.Image:
    """The colours of charts and some steps of each towards white: rare ones are not lost."""
    full = {
        *STRONG,
        COLOURS.mid,
        COLOURS.faint,
        COLOURS.added,
        COLOURS.rule,
        COLOURS.grid,
        "#ffffff",
    }
    steps = {
        tuple(round(255 - (255 - part) * step / 4) for part in ImageColor.getrgb(colour))
        for colour in full
        for step in ((1, 2, 3, 4) if colour in STRONG else (4,))
    }
    chosen = Image.new("P", (1, 1))
    chosen.putpalette([part for colour in sorted(steps | {GROUND}) for part in colour])
    return chosen


def sheet(pictures: list[Path], to: Path) -> None:
    """All pictures on one, each under its name, in columns filled from the shortest."""
    font = ImageFont.truetype(Path(mpl.get_data_path(), "fonts/ttf/DejaVuSans-Bold.ttf"), 13)
    bottoms, places = [GAP] * COLUMNS, []
    for path in pictures:
        with Image.open(path) as picture:
            tall = round(picture.height * WIDE / picture.width)
            small = picture.convert("RGB").resize((WIDE, tall), Image.Resampling.LANCZOS)
        at = bottoms.index(min(bottoms))
        places.append((small, path.stem, GAP + at * (WIDE + GAP), bottoms[at]))
        bottoms[at] += HEAD + tall + GAP
    whole = Image.new("RGB", (GAP + COLUMNS * (WIDE + GAP), max(bottoms)), GROUND)
    for picture, name, x, y in places:
        ImageDraw.Draw(whole).text((x, y + 5), name, fill="#1a1f26", font=font)
        whole.paste(picture, (x, y + HEAD))
    whole.quantize(palette=palette(), dither=Image.Dither.NONE).save(to, optimize=True)
    print(f"{to}: {len(pictures)} charts, {to.stat().st_size / 1000:.0f} kB")


def pages(portfolio: Portfolio, lang: str, to: Path) -> None:
    """Three pages of the Word file side by side, as LibreOffice sets them."""
    office = shutil.which("soffice")
    if office is None:
        print(f"no {to}: LibreOffice is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        esrdata.report.write(portfolio, folder, lang=lang)
        order = [office, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*order, f"{folder}/report.docx"], check=True, capture_output=True)
        document = pypdfium2.PdfDocument(f"{folder}/report.pdf")
        texts = [page.get_textpage().get_text_range() for page in document]
        at = [0, *(next(i for i, t in enumerate(texts) if re.search(p, t)) for p in SHOWN)]
        drawn = [document[number].render(scale=0.95).to_pil() for number in at]
        document.close()
    wide, tall = sum(one.width + GAP for one in drawn), max(one.height for one in drawn)
    whole, x = Image.new("RGB", (GAP + wide, tall + 2 * GAP), GROUND), GAP
    for one in drawn:
        whole.paste(one, (x, GAP))
        x += one.width + GAP
    whole.quantize(palette=palette(), dither=Image.Dither.NONE).save(to, optimize=True)
    print(f"{to}: {to.stat().st_size / 1000:.0f} kB")


def readme_chart(portfolio: Portfolio, lang: str, to: Path) -> None:
    """Absorption of the ESR projects of a list by axis."""
    chosen, by = portfolio.select(fund="ESR"), ["programme_period", "fund", "priority_axis"]
    table, dots = stats.absorption(chosen, by=by), stats.ratios(chosen, by=by)
    charts.save(charts.absorption(table, ratios=dots, lang=lang), to, lang=lang, close=True)
    for ending in (".svg", ".csv"):
        to.with_suffix(ending).unlink()
    with Image.open(to) as picture:
        few = picture.convert("RGB").quantize(palette=palette(), dither=Image.Dither.NONE)
    few.save(to, optimize=True)
    print(f"{to}: {to.stat().st_size / 1000:.0f} kB")


def sources(given: str | None) -> Iterator[tuple[str, Portfolio, Portfolio | None]]:
    raw = esrdata.read(HERE / "data/raw")
    # The list of 2016 told another end of this project than its description does.
    yield "raw", raw, earlier(raw, {"S20405": dt.date(2016, 12, 31)})
    with tempfile.TemporaryDirectory() as folder:
        maker.write(Path(folder), projects=200, seed=1, short=True)
        made = esrdata.read(folder)
    yield "synthetic", made, earlier(made, made_up_ends(made))
    if given:
        yield "list", esrdata.read(given), None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("list", nargs="?", help="a project list")
    parser.add_argument("--sheets", type=Path, help="folder of the contact sheets")
    given = parser.parse_args()
    sheets = given.sheets or given.out
    sheets.mkdir(parents=True, exist_ok=True)
    for source, portfolio, before in sources(given.list):
        for lang in LANGUAGES:
            folder, pictures = given.out / f"{source}-{lang}", []
            for name, draw in drawings(portfolio, before):
                try:
                    ax = draw(lang)
                except UsageError as error:
                    if lang == LANGUAGES[0]:
                        print(f"{source}: no {name}: {error}")
                    continue
                paths = charts.save(ax, folder / name, lang=lang, close=True)
                pictures.append(paths["png"])
            sheet(pictures, sheets / f"{source}-{lang}.png")
            if source == "raw":
                pages(portfolio, lang, sheets / f"pages-{lang}.png")
            if source == "list":
                readme_chart(portfolio, lang, sheets / f"absorption-{lang}.png")


if __name__ == "__main__":
    main()
