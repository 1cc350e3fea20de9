"""About where on a page a report has come to, and what to put there next."""

from collections.abc import Sequence
from dataclasses import dataclass

#: A gap of more than this part of a page at its end is filled with what follows, if that can be.
GAP = 0.25


@dataclass
class Flow:
    """The page being filled, in twentieths of a point; estimates, for fonts differ."""

    height: int
    at: int = 0
    #: All that was put down, on however many pages.
    total: int = 0

    @property
    def left(self) -> int:
        """What is left of the page."""
        return self.height - self.at

    def add(self, height: int) -> None:
        """Count something that was put down, and may run over the page."""
        self.total += height
        self.at = (self.at + height) % self.height

    def keep(self, height: int, before: int = 0) -> None:
        """Begin the next page where so much does not fit on this; what stands before comes too."""
        if height > self.left:
            self.at = before

    def goes_first(self, heights: Sequence[tuple[int, int, int]]) -> bool:
        """Whether of two parts the second begins where the first would leave a large gap.

        Of each part: how high it is, and how much of it stands together at its beginning and end.
        """
        _, kept, _ = heights[0]
        if len(heights) < 2 or kept <= self.left or self.left < GAP * self.height:
            return False
        whole, start, end = heights[1]
        if whole <= self.left:
            return True
        # Nothing is won where the first finds no room beside what is left of the second.
        return start <= self.left and kept + max(whole - self.left, end) <= self.height
