"""Counts and sums of some of the names that an organisation is joined of."""

from functools import cache
from itertools import chain, combinations

from esrdata.portfolio import Portfolio
from esrdata.proofing.figure import Figure, adds_up
from esrdata.proofing.number import Number
from esrdata.proofing.projects import Projects
from esrdata.proofing.spelt import WRITTEN
from esrdata.stats import groups
from esrdata.stats.who import NAMED, organisations

#: Of so many names of one organisation it is tried which of them together a number is of.
_NAMES = 8


class Joined:
    """The names of organisations that are joined, as `with_spellings` has them."""

    def __init__(self, portfolio: Portfolio, projects: Projects) -> None:
        self.portfolio, self.projects = portfolio, projects

    def _joining(self, figure: Figure) -> str | None:
        """By what a group is one of organisations of several names; None if it is not."""
        for name, value in figure.group:
            if name in NAMED and value in self._joined(name):
                return name
        return None

    def may_be_another(self, figure: Figure, number: Number) -> bool:
        """Whether a count or a sum is right of some of the names that a group has joined."""
        name = self._joining(figure)
        if name is None or not adds_up(figure):
            return False
        parts = self._apart(figure, name)
        if len(parts) > _NAMES:
            return False
        some = chain.from_iterable(combinations(parts, n) for n in range(1, len(parts) + 1))
        return any(number.fits(sum(values)) for values in some)

    @cache  # noqa: B019 - there is one of these per proof
    def _apart(self, figure: Figure, name: str) -> tuple[float, ...]:
        """A count or a sum of each name, as it is written, of the organisations of a group."""
        keys = groups.keys(self.portfolio, [one for one, _ in figure.group])
        for one, value in figure.group:
            keys = keys[keys[one].astype("string") == value]
        written = self.portfolio.projects.set_index("project_code")[name + WRITTEN]
        codes = keys["project_code"].drop_duplicates()
        return tuple(
            self.projects.over(some, figure).value
            for _, some in codes.groupby(codes.map(written), dropna=False)
        )

    @cache  # noqa: B019 - there is one of these per proof
    def _joined(self, name: str) -> frozenset[str]:
        several = self.portfolio.projects[name + WRITTEN].notna()
        known = organisations(self.portfolio, name)
        return frozenset(one for one, named in zip(known, several, strict=True) if named)
