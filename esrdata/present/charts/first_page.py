"""The first page in a row of small pictures: money, its use, and time; of few projects money."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.present.charts import running
from esrdata.present.charts.absorption_picture import HIGH, LOW
from esrdata.present.charts.describe import Words
from esrdata.present.charts.portfolio_picture import FEW, Picture, Spread, nothing
from esrdata.present.charts.scale import Scale
from esrdata.present.charts.sheet import Sheet
from esrdata.present.charts.units import Unit, unit_of
from esrdata.present.charts.whom import source_of, speaks

#: Between panels; a third of what 16 cm leave is the width of one.
_GAP = 0.575
#: Lines of a title, of what is under it and of names; the least height of what is drawn.
_TITLE, _UNDER, _NAME, _TALL = 0.38, 0.31, 0.31, 2.7
#: Bars of money: their height, what is above them and above the next name.
_BAR, _ABOVE, _AFTER = 0.26, 0.05, 0.12
#: Most rows of money in a panel, and where bars begin when it is as wide as the page.
_ROWS, _LABEL = 5, 8.4


@dataclass(frozen=True)
class FirstPage:
    """What the row of pictures shows, and the words around it."""

    picture: Picture

    @property
    def few(self) -> bool:
        """Whether there are so few projects that only their money is drawn."""
        return self.picture.n <= FEW

    @cached_property
    def spread(self) -> Spread | None:
        """Used shares, where any is known."""
        ratios = None if self.few else self.picture.ratios
        found = None if ratios is None else Spread.of(ratios)
        return found if found is not None and found.n else None

    @cached_property
    def quarters(self) -> "running.Picture | None":
        """What ran on the last day of each quarter."""
        timeline = None if self.few else self.picture.timeline
        return None if timeline is None else running.of_dates(timeline)

    @property
    def unit(self) -> Unit:
        """The unit of the rows of money: thousands for projects."""
        if not self.picture.groups.projects:
            return self.picture.unit
        sums = self.picture.table["realised"]
        return unit_of(list(sums), self.picture.total("planned"), projects=True)

    def panels(self, lang: str) -> dict[str, tuple[str, str]]:
        """The finding of each panel and what is drawn in it, or that nothing is known of it."""
        heads = {"money": self._money(lang)}
        if not self.few:
            heads |= {"use": self._use(lang), "time": self._time(lang)}
        return heads

    def _money(self, lang: str) -> tuple[str, str]:
        word, picture = partial(wording.word, lang=lang), self.picture
        if not picture.money(lang, _ROWS)[0]:
            return word("charts.glance.money_title"), nothing("money", lang)
        what = word("charts.glance.row.money_what", unit=self.unit.sign(lang))
        if picture.ratio is None:
            return word("charts.glance.money_title"), what
        key = "money_so_far" if picture.table.attrs.get("n_running") else "money"
        used = picture.unit.short(picture.total("realised"), lang)
        share = formats.percent(picture.ratio, lang)
        return word(f"charts.glance.row.{key}", sum=used, share=share), what

    def _use(self, lang: str) -> tuple[str, str]:
        word, spread = partial(wording.word, lang=lang), self.spread
        if spread is None:
            return word("charts.glance.use_title"), nothing("use", lang)
        what = word("charts.glance.row.use_what")
        if not speaks("absorption", "median", spread.n):
            return word("charts.glance.use_title"), what
        return word("charts.glance.row.use", median=formats.percent(spread.median, lang)), what

    def _time(self, lang: str) -> tuple[str, str]:
        word, quarters = partial(wording.word, lang=lang), self.quarters
        if quarters is None:
            return word("charts.glance.time_title"), nothing("time", lang)
        _, _, n, day = quarters.peak()
        head = word("charts.glance.row.time", n=n)
        if not quarters.alone():
            return head, word("charts.glance.row.time_tied")
        return head, word("charts.glance.row.time_what", date=formats.date(day, lang))

    def words(self, lang: str) -> Words:
        """What is written around the picture."""
        around = self.picture.words(lang)
        heads = [
            f"{head}: {text[:1].lower()}{text[1:].rstrip('.')}"
            if text == nothing(name, lang)
            else head
            for name, (head, text) in self.panels(lang).items()
        ]
        n = f"n = {formats.number(self.picture.n, lang)}"
        notes = [wording.word(f"charts.glance.row.note{'_few' if self.few else ''}", lang)]
        notes += self.picture.left(lang)
        if self.spread is not None:
            notes.append(wording.word("charts.glance.row.classes", lang))
            notes += self.picture.of_use("charts.glance.row.ended", lang)
        scope = self.picture.groups.scope(lang)
        subtitle = wording.word("charts.glance.row.subtitle", lang)
        if self.few:
            per = self.picture.groups.grouped(lang)
            subtitle = wording.word("charts.glance.row.subtitle_few", lang, per=per).strip()
        subtitle = f"{scope}, {subtitle[:1].lower()}{subtitle[1:]}" if scope else subtitle
        source = source_of(self.picture.table.attrs, lang)
        return Words(around.title, subtitle, tuple(notes), source, (*heads, n))

    def data(self) -> pd.DataFrame:
        """What is drawn, in the order of the picture."""
        return self.picture.data(["money"] if self.few else ["money", "use", "time"])

    def draw(self, sheet: Sheet) -> None:
        """Draw the panels beside each other."""
        _Row(sheet, self).draw()


class _Row:
    def __init__(self, sheet: Sheet, page: FirstPage) -> None:
        self.sheet, self.page, self.lang = sheet, page, sheet.lang
        self.wide = sheet.width if page.few else (sheet.width - 2 * _GAP) / 3
        #: Left edge of the panel in hand.
        self.left = 0.0

    def draw(self) -> None:
        sheet, panels = self.sheet, self.page.panels(self.lang)
        heads = [
            (
                sheet.fitted(head, self.wide, 2, weight="bold"),
                sheet.fitted(under, self.wide, 3, "small"),
            )
            for head, under in panels.values()
        ]
        rows = [len(first) * _TITLE + len(under) * _UNDER for first, under in heads]
        top = max(rows) + 0.16
        # Rows of money need their height; what is beside them is as high.
        tall = self.money(0.0, drawn=False)
        tall = tall if self.page.few else max(tall, _TALL)
        place = sheet.row(tall=top + tall) - (top + tall) / 2
        draw: dict[str, Callable[[float, float], object]] = {
            "money": lambda begin, _: self.money(begin),
            "use": self.use,
            "time": self.time,
        }
        for at, (name, (first, under)) in enumerate(zip(panels, heads, strict=True)):
            self.left = at * (self.wide + _GAP)
            y = place + _TITLE / 2
            for line in first:
                sheet.text(self.left, y, line, weight="bold")
                y += _TITLE
            for line in under:
                sheet.text(self.left, y - 0.02, line, size="small", colour="soft")
                y += _UNDER
            draw[name](place + top, tall)
        sheet.skip(0.1)
        sheet.rule()

    def money(self, top: float, *, drawn: bool = True) -> float:
        """Bars under their names, beside them on a wide panel; gives their height."""
        sheet, picture, unit = self.sheet, self.page.picture, self.page.unit
        rows, texts = picture.money(self.lang, FEW if self.page.few else _ROWS)
        values = [unit.write(row["realised"], self.lang) for row in rows]
        after = max((sheet.width_of(value) for value in values), default=0.0) + 0.1
        beside = _LABEL + 0.25 if self.page.few else 0.0
        largest = max((float(max(r["planned"], r["realised"])) for r in rows), default=0.0) or 1.0
        scale = Scale(self.left + beside, self.left + self.wide - after, largest)
        y = top
        codes = [
            wording.project_code(r["project_code"], self.lang) for r in rows if "project_code" in r
        ]
        if self.page.few:
            names = sheet.told_apart(texts, _LABEL, 3, codes=codes)
        else:
            names = sheet.told_apart(texts, self.wide, 2, "small")
        for row, lines, value in zip(rows, names, values, strict=True):
            if self.page.few:
                high = len(lines) * 0.36 + _AFTER
                middle = y + high / 2
            else:
                high = len(lines) * _NAME + _ABOVE + _BAR + _AFTER
                middle = y + len(lines) * _NAME + _ABOVE + _BAR / 2
            if drawn and self.page.few:
                sheet.lines(self.left, middle, lines)
            elif drawn:
                for at, line in enumerate(lines):
                    sheet.text(self.left, y + (at + 0.5) * _NAME, line, size="small")
            if drawn:
                scale.pair(sheet, middle, row["planned"], row["realised"], _BAR)
                place = scale.at(float(max(row["planned"], row["realised"]))) + 0.1
                sheet.text(place, middle, value)
            y += high
        return y - top

    def use(self, top: float, tall: float) -> None:
        """A small histogram, and below it how many projects are beside its scale."""
        sheet, spread = self.sheet, self.page.spread
        if spread is None:
            return
        texts = []
        for name, n, limit in (("below", spread.below, LOW), ("above", spread.above, HIGH)):
            text = sheet.word(f"absorption.{name}", limit=limit)
            texts.append(f"{text}: {formats.number(n, self.lang)}")
        beside = sum(sheet.width_of(text, "small") for text in texts) + 0.3 <= self.wide
        under = 0.42 + (1 if beside else 2) * _UNDER
        base = top + tall - under - 0.05
        spread.draw(sheet, self.left + 0.2, self.wide - 0.45, base, base - top - 0.4)
        y = base + 0.42 + _UNDER / 2
        sheet.text(self.left, y, texts[0], size="small", colour="soft")
        if beside:
            sheet.cell(self.left + self.wide, y, texts[1], size="small", colour="soft")
        else:
            sheet.text(self.left, y + _UNDER, texts[1], size="small", colour="soft")

    def time(self, top: float, tall: float) -> None:
        """How many projects ran, with the quarter in which most did."""
        quarters = self.page.quarters
        if quarters is None:
            return
        left, room = self.left + 0.05, self.wide - 0.1
        running.small(self.sheet, quarters, left, room, top + 0.15, tall - 0.15 - 0.5)
