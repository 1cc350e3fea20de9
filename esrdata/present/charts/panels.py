"""A portfolio at a glance, drawn: a strip of key figures and six panels in two columns."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from esrdata.knowledge import formats, wording
from esrdata.present.charts import running
from esrdata.present.charts.absorption_picture import HIGH, LOW
from esrdata.present.charts.beneficiaries import plain_names
from esrdata.present.charts.canvas import Size
from esrdata.present.charts.conditions import slices
from esrdata.present.charts.portfolio_picture import Picture, Spread, nothing
from esrdata.present.charts.scale import Scale
from esrdata.present.charts.sheet import Sheet
from esrdata.present.charts.units import unit_of_largest
from esrdata.present.charts.whom import speaks

#: Width of a panel, where the second column begins, height of a panel, and of a line in it.
_WIDE, _SECOND, _TALL, _LINE = 7.75, 8.25, 3.3, 0.42
#: Height of the strip of key figures.
_STRIP = 1.35
#: Most rows of a panel.
_ROWS = 6
#: Where rows begin below the top of a panel, and the lines of a name that is too long for one.
_HEAD, _SMALL_LINE, _LINES = 0.75, 0.3, 3
#: So many beneficiaries have a row of their own; the bar below tells of more.
_LARGEST = 5
#: Height of a key above rows.
_KEY = 0.42


@dataclass(frozen=True)
class _Names:
    """Names of rows in lines, on one line each where all have room."""

    lines: list[list[str]]
    size: Size

    @property
    def step(self) -> float:
        """From one row to the next, in centimetres."""
        most = max(map(len, self.lines), default=1)
        return _LINE if most == 1 else most * _SMALL_LINE + 0.12


class Panels:
    """Draws the strip of key figures and the panels in two columns."""

    def __init__(self, sheet: Sheet, picture: Picture) -> None:
        self.sheet, self.picture, self.lang = sheet, picture, sheet.lang
        self.wide = _WIDE * sheet.width / 16
        #: Left edge and top of the panel in hand, and the height of its row of panels.
        self.left, self.top, self.high = 0.0, 0.0, _TALL

    def draw(self) -> None:
        """Draw the strip and below it the panels, two beside each other."""
        self.strip()
        panels: list[tuple[str, Callable[[], None], Any]] = [
            ("money", self.money, self.picture.table),
            ("use", self.use, self.picture.ratios),
            ("time", self.time, self.picture.timeline),
            ("beneficiaries", self.beneficiaries, self.picture.concentration),
            ("size", self.size, self.picture.sizes),
            ("known", self.known, self.picture.coverage),
        ]
        panels = [panel for panel in panels if panel[0] in self.picture.panels]
        for at, (name, panel, given) in enumerate(panels):
            if at % 2 == 0:
                beside = panels[at : at + 2]
                tall = max(
                    [_TALL, *(self.tall(each) for each, _, own in beside if own is not None)]
                )
                self.top, self.high = self.sheet.row(tall=tall) - tall / 2, tall
            self.left = self.sheet.right(_SECOND) if at % 2 else 0.0
            if given is None:
                self.nothing(name)
            else:
                panel()
        self.sheet.rule()

    def strip(self) -> None:
        """Key figures on a ground, in columns as wide as their words."""
        sheet, found = self.sheet, self.picture.figures(self.lang)
        y = sheet.row(tall=_STRIP)
        sheet.bar(0, y, sheet.width, _STRIP, "faint")
        widths = [
            max(sheet.width_of(number, "title", "bold") * 1.2, sheet.width_of(name, "small"))
            for number, name in found
        ]
        gap = (sheet.width - 0.4 - sum(widths)) / max(len(found) - 1, 1)
        x = 0.2
        for (number, name), wide in zip(found, widths, strict=True):
            sheet.text(x, y - 0.24, number, size="title", weight="bold", colour="dark")
            sheet.text(x, y + 0.32, name, size="small", colour="soft")
            x += wide + gap
        sheet.skip(0.25)

    def head(self, text: str) -> None:
        """Write the title of the panel in hand."""
        lines = self.sheet.fitted(text, self.wide, 1, weight="bold")
        self.sheet.text(self.left, self.top + 0.2, lines[0], weight="bold")

    def nothing(self, panel: str) -> None:
        """Say that a panel has no figures."""
        self.head(wording.word(f"charts.glance.{panel}_title", self.lang))
        lines = self.sheet.fitted(nothing(panel, self.lang), self.wide)
        self.sheet.lines(self.left, self.top + 0.57 + len(lines) * 0.18, lines, colour="soft")

    def label(self, text: str, y: float, width: float, **look: Any) -> None:
        """Write the label of a row on one line."""
        self.sheet.text(self.left, y, self.sheet.fitted(text, width, 1)[0], **look)

    def names(self, texts: list[str], width: float) -> _Names:
        """Names that are not cut: in smaller letters on several lines where one is too long."""
        if all(self.sheet.width_of(text) <= width for text in texts):
            return _Names([[text] for text in texts], "text")
        return _Names(self.sheet.told_apart(texts, width, _LINES, "small"), "small")

    def name(self, names: _Names, at: int, below: float = 0.0) -> float:
        """Write a name, so much below where rows begin; gives the middle of its row."""
        lines = names.lines[at]
        y = self.top + _HEAD + below + at * names.step + (names.step - _LINE) / 2
        for number, line in enumerate(lines):
            place = y + (number - (len(lines) - 1) / 2) * _SMALL_LINE
            self.sheet.text(self.left, place, line, size=names.size)
        return y

    def tall(self, panel: str) -> float:
        """How much room a panel needs for its rows, and what is below them."""
        if panel == "money":
            names = self._axes[1]
            return _HEAD + _KEY + len(names.lines) * names.step
        if panel == "beneficiaries":
            names = self._largest
            return _HEAD + len(names.lines) * names.step + 0.95
        return 0.0

    @cached_property
    def _axes(self) -> tuple[list[dict[str, Any]], _Names]:
        rows, texts = self.picture.money(self.lang, _ROWS)
        return rows, self.names(texts, 4.5)

    def money(self) -> None:
        """Planned and realised funding of the largest groups."""
        lang, groups = self.lang, self.picture.groups
        rows, names = self._axes
        if not rows:
            self.nothing("money")
            return
        unit = self.picture.unit
        per = groups.grouped(lang)
        text = wording.word("charts.glance.money", lang, per=per, unit=unit.sign(lang))
        text = " ".join(text.split()).replace(" ,", ",")
        self.head(text)
        entries = [
            (look, wording.word(f"indicator_stage.{stage}", lang))
            for look, stage in (("pale", "planned"), ("dark", "realised"))
        ]
        self.sheet.key(entries, self.left, self.top + _HEAD - 0.05)
        largest = max(float(max(r["planned"], r["realised"])) for r in rows) or 1.0
        scale = Scale(self.left + 4.65, self.left + self.wide - 1.2, largest)
        for at, row in enumerate(rows):
            y = self.name(names, at, _KEY)
            scale.pair(self.sheet, y, row["planned"], row["realised"], 0.3)
            place = scale.at(float(max(row["planned"], row["realised"]))) + 0.1
            self.sheet.text(place, y, unit.write(row["realised"], lang))

    def use(self) -> None:
        """How the used shares of projects spread."""
        lang, sheet = self.lang, self.sheet
        ratios = self.picture.ratios
        assert ratios is not None
        spread = Spread.of(ratios)
        head = sheet.word("glance.use_title")
        if speaks("absorption", "median", spread.n):
            middle = formats.percent(spread.median, lang)
            head = sheet.word("glance.use", median=middle)
        self.head(head)
        start, room, base = self.left + 1.1, self.wide - 1.3, self.top + self.high - 0.8
        highest = base - self.top - 1.0
        spread.draw(sheet, start, room, base, highest)
        largest = max(spread.counts) or 1
        for number, n, limit, where in (
            ("below", spread.below, LOW, start - 0.1),
            ("above", spread.above, HIGH, start + room),
        ):
            word = sheet.word(f"absorption.{number}", limit=limit)
            over = highest * max(spread.counts[-4:]) / largest if number == "above" else 0
            y = base - 0.62 - over
            sheet.text(where, y, word, size="small", colour="soft", align="right")
            sheet.cell(where, y + 0.4, formats.number(n, lang))

    def time(self) -> None:
        """How many projects ran on the last day of each quarter."""
        lang, timeline = self.lang, self.picture.timeline
        assert timeline is not None
        picture = running.of_dates(timeline)
        peak = picture.peak()
        n, day = formats.number(peak[2], lang), formats.date(peak[3], lang)
        alone = wording.word("charts.glance.time", lang, n=n, date=day)
        self.head(alone if picture.alone() else wording.word("charts.glance.time_tied", lang, n=n))
        running.small(self.sheet, picture, self.left + 0.1, self.wide - 0.4, self.top + 0.7, 1.75)

    @cached_property
    def _largest(self) -> _Names:
        shares = self.picture.concentration
        assert shares is not None
        known = shares.dropna(subset=["cumulative_share"])
        return self.names(plain_names([*map(str, known.iloc[:_LARGEST, 0])], self.lang), 3.95)

    def beneficiaries(self) -> None:
        """The largest beneficiaries, and one bar of all the money."""
        lang, sheet = self.lang, self.sheet
        shares = self.picture.concentration
        assert shares is not None
        known = shares.dropna(subset=["cumulative_share"])
        if known.empty:
            self.head(sheet.word("glance.beneficiaries_title"))
            return
        top = 10 if len(known) >= 30 else min(5, len(known))
        share = float(known["cumulative_share"].iloc[top - 1])
        text = formats.percent(share, lang, 0)
        self.head(sheet.word("glance.beneficiaries", n=top, share=text))
        total = float(known["amount"].sum())
        unit = unit_of_largest([total], total)
        largest = float(known["amount"].iloc[0]) or 1.0
        start, room = self.left + 4.1, self.wide - 4.1 - 1.5
        names = self._largest
        for at, value in enumerate(known["amount"].iloc[: len(names.lines)]):
            y = self.name(names, at)
            sheet.bar(start, y, float(value) / largest * room, 0.26, "dark")
            text = unit.short(value, lang)
            sheet.cell(self.left + self.wide, y, text)
        rest = [("dark", share, f"1–{top}" if top > 1 else "1")]
        ends, before = [int(last) for _, last in slices(len(known))[1:-1]], top
        for look, end in zip(("mid_text", "pale"), ends, strict=False):
            part = float(known["cumulative_share"].iloc[end - 1]) - share
            rest.append((look, part, f"{before + 1}–{end}"))
            share, before = share + part, end
        others = sheet.word("glance.others", n=len(known) - before)
        rest.append(("faint" if ends else "pale", 1 - share, others))
        below = self.top + _HEAD + len(names.lines) * names.step
        x, y, free = self.left, max(self.top + 2.55, below + 0.12), self.left
        for look, part, words in rest:
            wide = part * self.wide
            if part <= 0:
                continue
            sheet.bar(x, y, wide, 0.34, look)
            text = formats.percent(part, lang, 0)
            if sheet.width_of(text) + 0.2 < wide:
                colour = "white" if look == "dark" else "ink"
                sheet.text(x + 0.1, y, text, colour=colour, weight="semibold")
            own = sheet.width_of(words, "small")
            place = min(x + 0.1, self.left + self.wide - own)
            # Words of a part that is too narrow are left out where others stand.
            if place >= free:
                sheet.text(place, y + 0.42, words, size="small", colour="soft")
                free = place + own + 0.15
            x += wide

    def size(self) -> None:
        """Projects and money by the size of the planned sum."""
        lang, sheet = self.lang, self.sheet
        table = self.picture.sizes
        assert table is not None
        rows = table[table["size_band"].notna() & (table["n"] > 0)]
        if rows.empty:
            # No project has a planned sum, so none has a size.
            self.nothing("size")
            return
        # A size is that of the planned sum, whether or not the project has a realised one.
        n, money = float(rows["n"].sum()), float(rows["planned_all"].sum())
        last = rows.iloc[-1]
        text = sheet.word("glance.size_title")
        if money:
            band = wording.code_label("size_bands", last["size_band"], lang)
            share = formats.percent(float(last["planned_all"]) / money, lang, 0)
            key = "charts.glance.size_one" if last["n"] == 1 else "charts.glance.size"
            text = wording.word(key, lang, n=int(last["n"]), band=band, share=share)
        self.head(text)
        columns = (
            ("n", n, "mid", 3.1, "of_projects"), ("planned_all", money, "dark", 5.5, "of_money")
        )  # fmt: skip
        for _, _, _, place, word in columns:
            text = sheet.word(f"glance.{word}")
            sheet.text(self.left + place, self.top + 0.62, text, size="small", colour="soft")
        for at, row in enumerate(rows.to_dict("records")):
            y = self.top + 1.0 + at * 0.38
            self.label(wording.code_label("size_bands", row["size_band"], lang), y, 3.0)
            for name, whole, look, place, _ in columns:
                value = row[name]
                part = float(value) / whole if whole else None
                wide = (part or 0.0) * 1.4
                sheet.bar(self.left + place, y, wide, 0.24, look)
                text = formats.percent(part, lang, 0)
                sheet.text(self.left + place + wide + 0.1, y, text)

    def known(self) -> None:
        """How many projects tell what a reader asks first."""
        lang, sheet = self.lang, self.sheet
        self.head(sheet.word("glance.known_title"))
        for at, (_, name, n) in enumerate(self.picture.known()):
            y = self.top + 0.75 + at * _LINE
            sheet.cell(self.left + 1.1, y, formats.number(n, lang), weight="semibold")
            sheet.text(self.left + 1.3, y, sheet.word(f"glance.has.{name}"))
