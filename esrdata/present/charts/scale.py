"""A scale from zero in centimetres, cut where one value is far beyond the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from esrdata.knowledge import formats
from esrdata.present.charts.sheet import Sheet

#: One value so many times the next one is cut.
_FAR = 5.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values are drawn."""

    start: float
    end: float
    #: The value at the end.
    most: float

    def at(self, value: float) -> float:
        """The place of a value; of one that is cut, the end."""
        return self.start + (self.end - self.start) * min(value, self.most) / self.most

    def bar(self, sheet: Sheet, y: float, value: float, height: float, look: str) -> None:
        """Draw a bar from zero; one that is cut has a white band before its end."""
        sheet.bar(self.start, y, self.at(value) - self.start, height, look)
        if value > self.most:
            x, high = self.end - 0.35, height / 2 + 0.03
            for at in (x, x + 0.1):
                sheet.ax.plot(
                    [at - 0.05, at + 0.05], [y + high, y - high], color="white", linewidth=1.6,
                    zorder=4,
                )  # fmt: skip

    def pair(self, sheet: Sheet, y: float, planned: Any, realised: Any, tall: float = 0.38) -> None:
        """Draw a realised value inside a planned one, half as high; none that is not above zero."""
        for value, high, look in ((planned, tall, "pale"), (realised, tall / 2, "dark")):
            if not formats.is_missing(value) and value > 0:
                self.bar(sheet, y, float(value), high, look)

    def beyond(self, sheet: Sheet, y: float, text: str) -> None:
        """Write a value that is cut before its mark at the end."""
        sheet.text(self.end - 0.22, y, text, size="small", align="right", on_white=True)

    def draw(self, sheet: Sheet, top: float, write: Callable[[float], str]) -> None:
        """Draw the lines of the scale from `top` to what was drawn last, and number them below."""
        from matplotlib.ticker import MaxNLocator

        bottom = sheet.y + 0.04
        places: list[float] = []
        for count in (5, 4, 3, 2):
            found = MaxNLocator(count, steps=[1, 2, 2.5, 5, 10], integer=True)
            places = [float(p) for p in found.tick_values(0, self.most) if 0 <= p <= self.most]
            wide = sum(sheet.width_of(write(place), "small") + 0.25 for place in places)
            if wide < self.end - self.start:
                break
        for place in places:
            x = self.at(place)
            axis = place == 0
            sheet.line(
                [x, x], [top, bottom], "rule" if axis else "grid", 0.8 if axis else 0.6,
                zorder=4 if axis else 1,
            )  # fmt: skip
            sheet.text(x, bottom + 0.2, write(place), size="small", colour="soft", align="center")
        sheet.skip(0.46)


def scale_of(values: Sequence[Any], start: float, end: float) -> Scale:
    """A scale for all values; the largest is cut where it is five times the next one."""
    known = sorted(float(value) for value in values if not formats.is_missing(value))
    most = known[-1] if known else 1.0
    if len(known) > 1 and known[-2] > 0 and most > _FAR * known[-2]:
        # A little beyond the next one, so that it is seen to be whole.
        most = known[-2] * 1.25
    return Scale(start, end, most if most > 0 else 1.0)
