"""The sheet a chart is drawn on: places in centimetres from the top left, rows from above.

A sheet is as wide as the theme says (16 cm) and as high as its rows; what goes below the tallest
(23 cm) comes on a second one, with title and heading again. One unit of the axes is one
centimetre and y grows downwards, so whatever matplotlib draws on ``sheet.ax`` has its place in
centimetres too. The y of a text, a bar and a cell is that of their middle.

>>> with paper(about, lang, **look) as sheet:                           # doctest: +SKIP
...     sheet.heading(lambda: sheet.heads({sheet.right(16.0): ("n", "")}))
...     for row in rows:
...         lines = sheet.fitted(row["name"], 5.6)
...         y = sheet.row(len(lines))           # the middle of a new row; a new sheet if need be
...         sheet.lines(0, y, lines)
...         sheet.bar(5.85, y, row["rate"] * 4.75, 0.38, "pale")
...     sheet.rule()                            # thin; `sheet.rule("thick")`

Leaving the block writes the notes and the source and gives the figures their size. Looks of bars
are names of colours of the theme: ``dark mid mid_text pale faint second added white``; `faint` has
an outline, `second` and `added` are hatched, so that no two differ by hue alone.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.present.charts import letters, style
from esrdata.present.charts.canvas import LINE, Canvas, Size
from esrdata.present.charts.describe import About, Words, keep
from esrdata.present.theme import current

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Heights in centimetres: what a row has besides its lines, and before a heading.
AROUND, BEFORE_HEADING = 0.16, 0.22
#: Lines of the title, the subtitle and the notes.
_TITLE, _SUBTITLE, _NOTE = 0.50, 0.40, 0.335
#: Space above all, and under the title and the subtitle.
_TOP, _UNDER = 0.12, 0.14
#: What follows the last row, beside notes, and what the numbers of a scale take more.
_BELOW, NUMBERS = 0.3, 0.34
#: The narrowest axes that hold a chart.
_NARROWEST = 13.0


class Sheet(Canvas):
    """A sheet being drawn, and those after it."""

    def __init__(
        self, words: Words, lang: str, ax: "Axes | None", wanted: tuple[bool, bool]
    ) -> None:
        super().__init__(current())
        self.lang, self.words = lang, words
        self.with_title, self.with_notes = wanted
        self.given = ax is not None
        self.axes: list[Axes] = []
        #: Places of what was drawn last: the next thing begins here.
        self.y = 0.0
        #: Where the rows of the sheet in hand begin.
        self.top = 0.0
        #: What is to follow the last row, beside rules and notes.
        self.below = 0.0
        #: What to draw below the last row of a sheet that others follow.
        self.ending: Callable[[], None] | None = None
        self._ends: list[float] = []
        self._heading: Callable[[], None] | None = None
        self._begin(ax)

    # ---- pages

    @property
    def first(self) -> "Axes":
        """The axes of the first sheet, which charts return."""
        return self.axes[0]

    def right(self, place: float) -> float:
        """A place as far from the right edge as it is on a sheet of 16 cm."""
        return self.width - (16.0 - place)

    def _begin(self, ax: "Axes | None") -> None:
        import matplotlib.pyplot as plt

        self.width, self.tallest = self.theme.sheet.width, self.theme.sheet.height
        if ax is None:
            size = (self.width / 2.54, self.tallest / 2.54)
            ax = plt.figure(figsize=size, facecolor="white").add_axes((0, 0, 1, 1))
        else:
            self.width, self.tallest = _size_of(ax)
            if self.width < _NARROWEST:
                raise UsageError("The axes are too narrow for the chart: give wider ones, or none.")
        self.on(ax, self.width, self.tallest)
        self.axes.append(ax)
        self.y = _TOP
        self._titles()

    def _titles(self) -> None:
        logo = self.theme.logo
        if logo.width and len(self.axes) == 1:
            self._logo()
        if not self.with_title:
            return
        room = self.width - (logo.width + 0.3 if logo.width else 0)
        for text, size, weight, colour, line in (
            (self.words.title, "title", "bold", "ink", _TITLE),
            (self.words.subtitle, "subtitle", "regular", "soft", _SUBTITLE),
        ):
            points = self.points(cast("Size", size))
            for part in letters.wrap(text, room, points, weight):
                where = self.y + line / 2
                self.text(0, where, part, size=cast("Size", size), weight=weight, colour=colour)
                self.y += line
        self.y += _UNDER

    def _logo(self) -> None:
        logo, picture = self.theme.logo, self.theme.picture
        if picture is not None:
            import matplotlib.image as image

            place = (self.width - logo.width, self.width, logo.height, 0)
            self.ax.imshow(image.imread(picture), extent=place, aspect="auto")
            self.ax.set_xlim(0, self.width)
            self.ax.set_ylim(self.tallest, 0)

    def heading(self, draw: Callable[[], None]) -> None:
        """Draw the heading of the columns now, and again on every sheet that follows."""
        self._heading = draw
        draw()
        self.top = self.y

    def row(self, lines: int = 1, *, tall: float | None = None, keep: float = 0.0) -> float:
        """The middle of a new row of so many lines or so tall, on a new sheet where it has no room.

        `keep` centimetres are to follow on the same sheet, as after a heading.
        """
        high = lines * LINE + AROUND if tall is None else tall
        if self.y + high + keep + self._end() > self.tallest and self.y > self.tallest / 3:
            if self.given:
                raise UsageError("The axes are too low for the chart: give higher ones, or none.")
            if self.ending is not None:
                self.ending()
            self._ends.append(self.y)
            self._begin(None)
            if self._heading is not None:
                self._heading()
            self.top = self.y
        self.y += high
        return self.y - high / 2

    def page(self) -> None:
        """Go on a new sheet; the one in hand is as high as what is on it."""
        if self.given:
            raise UsageError("The axes are too low for the chart: give higher ones, or none.")
        self._ends.append(self.y)
        self._begin(None)

    def skip(self, centimetres: float) -> None:
        """Leave space."""
        self.y += centimetres

    def _end(self) -> float:
        return _BELOW + self.below + _NOTE * len(self._notes())

    def _notes(self) -> list[str]:
        if not self.with_notes:
            return []
        points, parts = self.points("small"), [" ".join(self.words.notes), self.words.source]
        return [line for part in parts if part for line in letters.wrap(part, self.width, points)]

    def finish(self) -> None:
        """Write notes and source, and give each figure its size."""
        if lines := self._notes():
            self.y += 0.12
            for line in lines:
                self.text(0, self.y + _NOTE / 2, line, size="small", colour="soft")
                self.y += _NOTE
        if self.given:
            if self.y > self.tallest + 0.05:
                raise UsageError("The axes are too low for the chart: give higher ones, or none.")
            return
        for ax, end in zip(self.axes, [*self._ends, self.y], strict=True):
            tall = end + 0.06
            cast("Figure", ax.get_figure(root=True)).set_size_inches(self.width / 2.54, tall / 2.54)
            ax.set_ylim(tall, 0)

    # ---- what goes over the whole width

    def heads(self, columns: Mapping[float, tuple[str, str]], y: float | None = None) -> None:
        """Write headings of columns that end at their places, with their units, and a thick rule.

        Without y the headings are lines of their own below what was drawn.
        """
        tall = LINE if any(unit for _, unit in columns.values()) else 0.0
        where = self.y + LINE / 2 if y is None else y
        for x, (head, unit) in columns.items():
            self.text(x, where, head, size="head", weight="semibold", align="right")
            if unit:
                self.text(x, where + tall, unit, size="small", colour="soft", align="right")
        self.y = where + LINE / 2 + tall + 0.04
        self.rule("thick")

    def columns(self, heads: Mapping[float, tuple[str, str]]) -> None:
        """Head columns with their units on every sheet, their places as on one of 16 cm."""
        self.heading(lambda: self.heads({self.right(x): head for x, head in heads.items()}))

    def figures(self, y: float, cells: Mapping[float, str], **look: Any) -> None:
        """Write figures of a row under the heads of their columns."""
        for x, text in cells.items():
            self.cell(self.right(x), y, text, **look)

    def word(self, key: str, **values: object) -> str:
        """Words of charts in the language of the sheet."""
        return wording.word(f"charts.{key}", self.lang, **values)

    def rule(self, kind: Literal["thick", "thin"] = "thin", start: float = 0.0) -> None:
        """Draw a rule over the whole width below what was drawn."""
        thick = kind == "thick"
        ends = [start, self.width]
        self.line(ends, [self.y, self.y], "ink" if thick else "rule", 0.8 if thick else 0.6)
        self.y += 0.04


@contextmanager
def paper(
    about: About,
    lang: str,
    ax: "Axes | None" = None,
    *,
    with_title: bool = True,
    with_notes: bool = True,
) -> Iterator[Sheet]:
    """Give a sheet to draw on, and finish it afterwards.

    Parameters
    ----------
    about
        What the chart shows: its name, its table, its words by language, its data in the order
        of the picture.
    lang
        Language of the chart.
    ax
        Axes to draw on, 13 cm wide at least and high enough; None makes figures.
    with_title, with_notes
        False leaves out title and subtitle, or notes and source, for a page that writes them
        itself: `charts.words` gives them.
    """
    import matplotlib.pyplot as plt
    from matplotlib import axes

    if ax is not None and not isinstance(ax, axes.Axes):
        raise UsageError(f"The argument ax is matplotlib Axes or None, not {ax!r}.")
    # They are drawn, and asked for as a caption, as a text alternative and inside of both images.
    about = replace(about, words=cache(about.words))
    words = about.words(lang)
    before = set(plt.get_fignums())
    finished = False
    try:
        with style.styled():
            sheet = Sheet(words, lang, ax, (with_title, with_notes))
            yield sheet
            sheet.finish()
        keep(sheet.axes, about)
        finished = True
    finally:
        if not finished:
            for number in set(plt.get_fignums()) - before:
                plt.close(number)


def _size_of(ax: "Axes") -> tuple[float, float]:
    """Width and height of axes in centimetres."""
    box, figure = ax.get_position(), cast("Figure", ax.get_figure(root=True))
    wide, tall = figure.get_size_inches()
    return float(box.width * wide * 2.54), float(box.height * tall * 2.54)
