"""What a project states, as plain Python has it, and the groups it belongs to."""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from esrdata import Portfolio

Key = tuple[Any, ...]
Value = float | None


class Sum(float):
    """A sum of money, which is compared to the cent."""


@dataclass
class Second:
    """A table of the library, and its figures computed a second time."""

    statistic: str
    asked: dict[str, Any]
    library: pd.DataFrame
    #: columns that name a row
    keys: list[str]
    #: key of a row to its figures by column
    rows: dict[Key, dict[str, Any]]
    attrs: dict[str, Any] = field(default_factory=dict)


def plain(value: Any) -> Any:
    """A cell as Python has it; missing is None."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return value.item() if isinstance(value, np.generic) else value


@cache
def codes(name: str) -> list[dict[str, str]]:
    """A code list of the shelf, read as a file."""
    path = files("esrdata") / "knowledge" / "codes" / f"{name}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def total(values: Iterable[Value]) -> Sum | None:
    """A sum to the cent; of nothing it is missing."""
    known = [value for value in values if value is not None]
    return Sum(round(math.fsum(known), 2)) if known else None


def quantile(values: Iterable[Value], q: float) -> Value:
    """Type 7 of Hyndman and Fan, written out."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    place = (len(known) - 1) * q
    low = math.floor(place)
    high = min(low + 1, len(known) - 1)
    return known[low] + (known[high] - known[low]) * (place - low)


def between(values: Iterable[Value], q: float, level: float = 0.95) -> tuple[Value, Value]:
    """The two order statistics that cover a quantile, by the quantiles of the binomial."""
    known = sorted(value for value in values if value is not None)
    n, half = len(known), (1 - level) / 2
    if not n:
        return None, None
    low, high = int(binom.ppf(half, n, q)), int(binom.ppf(1 - half, n, q)) + 1
    return (known[low - 1], known[high - 1]) if low >= 1 and high <= n else (None, None)


def wilson(count: int, n: int, least: int = 6) -> tuple[Value, Value]:
    """Wilson's interval; none of fewer projects than intervals are given of."""
    if n < least:
        return None, None
    low, high = proportion_confint(count, n, alpha=0.05, method="wilson")
    return float(low), float(high)


def ratio(part: Value, whole: Value) -> Value:
    return part / whole if part is not None and whole else None


class Facts:
    """The tables of a portfolio as dictionaries by project."""

    def __init__(self, portfolio: Portfolio) -> None:
        rows = portfolio.projects.to_dict("records")
        self.projects = {row["project_code"]: {k: plain(v) for k, v in row.items()} for row in rows}
        self.stated: dict[tuple[str, str, str], Value] = {}
        self.inexact: set[tuple[str, str, str]] = set()
        for row in portfolio.funding.to_dict("records"):
            key = (row["project_code"], row["measure"], row["stage"])
            self.stated[key] = plain(row["amount_eur"])
            if self.stated[key] is not None and plain(row["qualifier"]) not in (None, "exact"):
                self.inexact.add(key)
        self.counts = {
            (row["project_code"], row["indicator"], row["stage"]): {
                name: plain(row[name]) for name in ("total", "women", "applicable")
            }
            for row in portfolio.indicators.to_dict("records")
        }
        self.places: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in portfolio.locations.to_dict("records"):
            self.places[row["project_code"]].append((row["level"], plain(row["name"])))
        rows = portfolio.organisations[["organisation_id", "name", "business_id"]]
        names = [(row["organisation_id"], row["name"], plain(row["business_id"]))
                 for row in rows.to_dict("records")]  # fmt: skip
        named = Counter(name for _, name, _ in names)
        alone = Counter((name, number) for _, name, number in names)
        self.organisation = {}
        for key, name, number in names:
            # Of equal names the business ID, where it is of one of them only; none tells too.
            apart = number if alone[name, number] == 1 else key
            same = named[name] > 1 and apart is not None
            self.organisation[key] = f"{name} ({apart})" if same else name
        self.regions = {
            spelling.casefold(): row["label_fi"]
            for row in codes("regions")
            for spelling in [
                *filter(None, row["variants"].split("|")),
                *(row[f"label_{lang}"] for lang in ("fi", "sv", "en")),
            ]
        }

    def sum(self, code: str, measure: str, stage: str) -> Value:
        """A sum stated exactly."""
        key = (code, measure, stage)
        return None if key in self.inexact else self.stated.get(key)

    def regions_of(self, code: str) -> list[str]:
        found = [name for level, name in self.places[code] if level == "region" and name]
        return list(dict.fromkeys(self.regions.get(name.casefold(), name) for name in found))

    def keys(self, code: str, by: Sequence[str]) -> list[Key]:
        """The groups of a project, one for each of its regions where these are asked for."""
        each: list[Key] = [()]
        for name in by:
            values: list[Any] = [self._key(code, name)]
            if name == "region":
                values = list(self.regions_of(code)) or [None]
            each = [(*key, value) for key in each for value in values]
        return each

    def _key(self, code: str, name: str) -> Any:
        project = self.projects[code]
        if name == "start_year":
            return project["start_date"] and project["start_date"].year
        if name in ("applicant", "authority"):
            return self.organisation.get(project[f"{name}_id"])
        if name == "size_band":
            amount = self.sum(code, "public_total", "planned")
            if amount is None:
                return None
            bands = [(b["code"], float(b["lower"] or "-inf")) for b in codes("size_bands")]
            return [band for band, lower in bands if amount >= lower][-1]
        return project.get(name)

    def groups(self, by: str | Sequence[str] | None) -> dict[Key, list[str]]:
        """Codes of the projects of each group."""
        names = [] if by is None else [by] if isinstance(by, str) else list(by)
        found: defaultdict[Key, list[str]] = defaultdict(list)
        for code in self.projects:
            for key in self.keys(code, names):
                found[key].append(code)
        return dict(found) if names else {(): list(self.projects)}


def names(by: str | Sequence[str] | None) -> list[str]:
    return [] if by is None else [by] if isinstance(by, str) else list(by)
