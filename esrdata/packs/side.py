"""One of the two packs that are compared, with the statistics that were computed of it."""

import inspect
import json
from functools import cached_property
from pathlib import Path

import pandas as pd

from esrdata import stats
from esrdata.knowledge import load as known
from esrdata.packs.hashes import ensure_pack
from esrdata.portfolio.opening import load
from esrdata.stats.calls import Call
from esrdata.tables import crate
from esrdata.tables.population import Population

#: What is computed of packs that hold no report.
PLAIN: tuple[tuple[str, dict[str, object]], ...] = (("absorption", {}), ("participants", {}))


class Side:
    """One of the two packs."""

    def __init__(self, folder: Path) -> None:
        ensure_pack(folder)
        self.portfolio = load(folder)
        self.manifest = crate.read(folder)
        self.name = folder.resolve().name
        self._made: dict[str, pd.DataFrame | None] = {}

    @cached_property
    def calls(self) -> list[str]:
        """What was computed of it alone, as JSON, each once."""
        parts = [(part["statistic"], part["arguments"]) for part in self.manifest["parts"]]
        asked = [(name, given) for name, given in parts if name and _of_one(name)]
        return list(dict.fromkeys(as_json([*one]) for one in asked or PLAIN))

    def table(self, call: str) -> pd.DataFrame | None:
        """A statistic of it."""
        if call not in self._made:
            statistic, given = json.loads(call)
            given = dict(given or {})
            if isinstance(given.get("population"), dict):
                given["population"] = Population.from_json(given["population"])
            made = Call(statistic, given, {"portfolio": self.portfolio}, ())
            self._made[call] = made.again()
        return self._made[call]


def _of_one(statistic: str) -> bool:
    """Whether a statistic is one of ours that takes one portfolio and says what it is made of."""
    if statistic not in known.statistics()["columns"] or statistic not in stats.__all__:
        return False
    first = next(iter(inspect.signature(getattr(stats, statistic)).parameters), None)
    return first == "portfolio" and statistic in known.traces()["columns"]


def as_json(value: object) -> str:
    """A value as JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
