"""What is drawn at a place in centimetres: texts, bars, lines and keys."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Literal

from esrdata.present.charts import letters
from esrdata.present.charts.letters import POINT
from esrdata.present.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Height in centimetres of a line of a row.
LINE = 0.36
#: What a key has before its words, and between its entries.
_SAMPLE, _BETWEEN = (0.5, 0.2), 0.35

Align = Literal["left", "center", "right"]
Size = Literal["title", "subtitle", "text", "head", "small"]


class Canvas:
    """Axes of which one unit is one centimetre, from the top left, and y grows downwards."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def on(self, ax: "Axes", width: float, height: float) -> None:
        """Draw on these axes from now on."""
        from matplotlib.transforms import TransformedPatchPath

        ax.set_axis_off()
        ax.set_xlim(0, width)
        ax.set_ylim(height, 0)
        self.ax = ax
        self._edge = TransformedPatchPath(ax.patch)

    # ---- text

    def points(self, size: Size) -> float:
        """A size of the theme in points."""
        return float(getattr(self.theme.sizes, size))

    def colour(self, name: str) -> str:
        """A colour of the theme, or white."""
        return "#ffffff" if name == "white" else str(getattr(self.theme.colours, name))

    def width_of(self, text: str, size: Size = "text", weight: str = "regular") -> float:
        """Width of a line in centimetres."""
        return letters.width_of(text, self.points(size), weight)

    def fitted(
        self, text: str, width: float, most: int = 2, size: Size = "text", weight: str = "regular"
    ) -> list[str]:
        """Lines of a text in so many centimetres: wrapped, then shortened with ``…``."""
        return letters.fitted(text, width, self.points(size), weight, most)

    def told_apart(
        self,
        texts: Sequence[str],
        width: float,
        most: int = 2,
        size: Size = "text",
        weight: str = "regular",
        codes: Sequence[str] = (),
    ) -> list[list[str]]:
        """Lines of texts in so many centimetres, as `letters.told_apart` makes them."""
        return letters.told_apart(texts, width, self.points(size), weight, most, codes)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: Size = "text",
        weight: str = "regular",
        colour: str = "ink",
        align: Align = "left",
        on_white: bool = False,
    ) -> None:
        """Write one line, the middle of its capitals at y."""
        from esrdata.present.charts.line import Line

        points = self.points(size)
        box: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if on_white else None
        self.ax.add_artist(
            Line(
                x,
                y + letters.capital(self.theme, weight) * points * POINT / 2,
                text.translate(letters.PLAIN),
                ha=align,
                va="baseline",
                color=self.colour(colour),
                fontproperties=letters.font(self.theme, weight, points),
                parse_math=False,
                bbox=box,
                zorder=5,
                transform=self.ax.transData,
                # Texts may go over the edge; without a path matplotlib makes one for each.
                clip_path=self._edge,
                clip_on=False,
            )
        )

    def lines(self, x: float, y: float, lines: Sequence[str], **look: Any) -> None:
        """Write lines under each other, their middle at y."""
        for at, line in enumerate(lines):
            self.text(x, y + (at - (len(lines) - 1) / 2) * LINE, line, **look)

    def cell(self, x: float, y: float, text: str, **look: Any) -> None:
        """Write a figure that ends at x."""
        self.text(x, y, text, align="right", **look)

    # ---- marks

    def look(self, name: str) -> dict[str, Any]:
        """How a shape of a name looks: see the module."""
        # A band breaks a bar that is too long for its scale.
        fill, edge, wide, hatch = self.colour("white" if name == "band" else name), "none", 0.0, ""
        if name in ("faint", "white"):
            edge, wide = self.colour("rule" if name == "faint" else "dark"), 0.5
        if name == "added":
            edge, wide, hatch = self.colour("dark"), 0.6, "/////"
        if name == "second":
            fill, edge, wide, hatch = "#ffffff", self.colour("second"), 0.8, "/////"
        look: dict[str, Any] = {"facecolor": fill, "edgecolor": edge, "linewidth": wide}
        return look | ({"hatch": hatch, "hatch_linewidth": 0.6} if hatch else {})

    def bar(self, x: float, y: float, width: float, height: float, look: str) -> None:
        """Draw a bar from x, its middle at y."""
        from matplotlib import rc_context
        from matplotlib.patches import Rectangle

        shape = self.look(look)
        # A patch takes the colour of its hatch from the settings when it is made.
        hatched = "hatch" in shape
        with rc_context({"hatch.color": shape["edgecolor"]}) if hatched else nullcontext():
            patch = Rectangle((x, y - height / 2), width, height, zorder=3, **shape)
        # The limits of the axes stand: what is drawn is not measured for them.
        self.ax.add_artist(patch)

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: str = "rule",
        points: float = 0.8,
        **look: Any,
    ) -> None:
        """Draw a line through places."""
        from matplotlib.lines import Line2D

        look = {"solid_capstyle": "butt", "zorder": 2, **look}
        self.ax.add_artist(Line2D(xs, ys, color=self.colour(colour), linewidth=points, **look))

    def key(self, entries: Sequence[tuple[str, str]], x: float, y: float) -> float:
        """Write what each look stands for, on one line from x; return where it ends."""
        wide, high = _SAMPLE
        # Realised is drawn inside planned, and so it is lower; classes are alike.
        inside = {look for look, _ in entries} == {"pale", "dark"}
        for look, words in entries:
            self.bar(x, y, wide, high * (0.75 if inside and look == "dark" else 1.3), look)
            x += wide + 0.1
            self.text(x, y, words, size="head", colour="soft")
            x += self.width_of(words, "head") + _BETWEEN
        return x - _BETWEEN

    def key_width(self, words: Sequence[str]) -> float:
        """How wide a key with these words is."""
        each = [_SAMPLE[0] + 0.1 + self.width_of(word, "head") for word in words]
        return sum(each) + _BETWEEN * (len(each) - 1)
