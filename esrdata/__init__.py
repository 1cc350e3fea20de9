"""European Social Fund project descriptions as tidy pandas tables.

>>> import esrdata
>>> portfolio = esrdata.read("data/raw")            # doctest: +SKIP
>>> portfolio.overview()                            # doctest: +SKIP

Every value in scope is handled, explicitly ignored, or reported; `portfolio.explain` shows the
line each was read from.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from esrdata.renamed import former
from esrdata.version import __version__

if TYPE_CHECKING:
    import esrdata.present.charts as charts
    import esrdata.present.report as report
    import esrdata.search as search
    import esrdata.stats as stats
    from esrdata.errors import EsrdataError, SourceError, StoreError, UsageError
    from esrdata.explorer.page import explore
    from esrdata.limits import Limits
    from esrdata.packs.diff import diff
    from esrdata.packs.verify import verify
    from esrdata.portfolio import Portfolio, load, read
    from esrdata.portfolio.made_up import sample
    from esrdata.present.worded import in_words
    from esrdata.proofing.proof import proof
    from esrdata.reading.claims.find import find_claims
    from esrdata.stats.compare import compare
    from esrdata.stats.review_decisions import read_review
    from esrdata.tables.dictionary import data_dictionary
    from esrdata.tables.population import Population

__all__ = [
    "EsrdataError",
    "Limits",
    "Population",
    "Portfolio",
    "SourceError",
    "StoreError",
    "UsageError",
    "__version__",
    "charts",
    "compare",
    "data_dictionary",
    "diff",
    "explore",
    "find_claims",
    "in_words",
    "load",
    "proof",
    "read",
    "read_review",
    "report",
    "sample",
    "search",
    "stats",
    "verify",
]

# Imported when used, so that `import esrdata` takes almost no time.
_PLACES = {
    "Population": "esrdata.tables.population",
    "Limits": "esrdata.limits",
    "Portfolio": "esrdata.portfolio",
    "compare": "esrdata.stats.compare",
    "data_dictionary": "esrdata.tables.dictionary",
    "explore": "esrdata.explorer.page",
    "find_claims": "esrdata.reading.claims.find",
    "in_words": "esrdata.present.worded",
    "proof": "esrdata.proofing.proof",
    "read_review": "esrdata.stats.review_decisions",
    "load": "esrdata.portfolio",
    "read": "esrdata.portfolio",
    "sample": "esrdata.portfolio.made_up",
    "diff": "esrdata.packs.diff",
    "verify": "esrdata.packs.verify",
    "EsrdataError": "esrdata.errors",
    "SourceError": "esrdata.errors",
    "StoreError": "esrdata.errors",
    "UsageError": "esrdata.errors",
}
_MODULES = {
    "charts": "esrdata.present.charts",
    "report": "esrdata.present.report",
    "search": "esrdata.search",
    "stats": "esrdata.stats",
}

# Names of readers in other libraries.
_READ = ("read_csv", "read_excel", "read_html", "read_json", "read_folder", "from_folder", "open")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    return former(
        "esrdata",
        name,
        {"dictionary": "data_dictionary", "review_claims": "read_review"},
        {**dict.fromkeys(_READ, "esrdata.read(source)"), "Project": "portfolio.project(code)"},
    )


def __dir__() -> list[str]:
    return list(__all__)
