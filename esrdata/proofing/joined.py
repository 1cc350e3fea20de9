"""Counts and sums for some of the names that were joined into one organisation."""

from functools import cache
from itertools import chain, combinations

from esrdata.portfolio import Portfolio
from esrdata.proofing.figure import Figure, adds_up
from esrdata.proofing.number import Number
from esrdata.proofing.projects import Projects
from esrdata.proofing.spelt import WRITTEN
from esrdata.stats import groups
from esrdata.stats.who import NAMED, organisations

#: Combinations of names are tried for at most so many names.
_NAMES = 8


class Joined:
    """The written names of joined organisations, as `with_spellings` gives them."""

    def __init__(self, portfolio: Portfolio, projects: Projects) -> None:
        self.portfolio, self.projects = portfolio, projects

    def _joining(self, figure: Figure) -> str | None:
        """The dimension in which a group is an organisation of several names; None if none is."""
        for name, value in figure.group:
            if name in NAMED and value in self._joined(name):
                return name
        return None

    def may_be_another(self, figure: Figure, number: Number) -> bool:
        """Whether a count or sum is right for some of the organisation's names."""
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
        """The count or sum for each written name of the organisation."""
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
