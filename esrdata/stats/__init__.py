"""Statistics of portfolios: what was planned, what came of it, and what changed on the way."""

from typing import Any

from esrdata.renamed import former
from esrdata.stats.absorption import absorption, planned_and_realised, ratios
from esrdata.stats.amendments import amendments
from esrdata.stats.associations import associations
from esrdata.stats.behind import recompute
from esrdata.stats.case_protocol import sample_protocol
from esrdata.stats.cases import sample_cases
from esrdata.stats.claims_review import accepted_claims
from esrdata.stats.columns import columns
from esrdata.stats.compare import compare, differences
from esrdata.stats.comparison import compare_groups
from esrdata.stats.concentration import concentration
from esrdata.stats.coverage import coverage
from esrdata.stats.extensions import extensions
from esrdata.stats.indicators import indicators
from esrdata.stats.inhabitants import per_inhabitant
from esrdata.stats.made import portfolio_of, state
from esrdata.stats.participants import participant_pairs, participants
from esrdata.stats.peers import peers
from esrdata.stats.places import locations_summary
from esrdata.stats.plausibility import doubtful, plausibility, without_doubtful
from esrdata.stats.population import Population
from esrdata.stats.prices import constant_prices
from esrdata.stats.rates import rates
from esrdata.stats.review_decisions import read_review
from esrdata.stats.review_workbook import write_review
from esrdata.stats.scores import horizontal_answers, sustainability_profile
from esrdata.stats.scores_of_projects import sustainability_scores
from esrdata.stats.sizes import types_and_sizes
from esrdata.stats.stated import stated_participants, unknown_units
from esrdata.stats.time import status_by_year, timeline
from esrdata.stats.tracing import trace

__all__ = [
    "Population",
    "absorption",
    "accepted_claims",
    "amendments",
    "associations",
    "columns",
    "compare",
    "compare_groups",
    "concentration",
    "constant_prices",
    "coverage",
    "differences",
    "doubtful",
    "extensions",
    "horizontal_answers",
    "indicators",
    "locations_summary",
    "participant_pairs",
    "participants",
    "peers",
    "per_inhabitant",
    "planned_and_realised",
    "plausibility",
    "portfolio_of",
    "rates",
    "ratios",
    "read_review",
    "recompute",
    "sample_cases",
    "sample_protocol",
    "state",
    "stated_participants",
    "status_by_year",
    "sustainability_profile",
    "sustainability_scores",
    "timeline",
    "trace",
    "types_and_sizes",
    "unknown_units",
    "without_doubtful",
    "write_review",
]

_OF_MONEY = dict.fromkeys(("funding", "money", "budget"), "esrdata.stats.planned_and_realised")


def __getattr__(name: str) -> Any:
    now = {"accepted": "accepted_claims", "review_claims": "read_review"}
    return former(__name__, name, now, {"overview": "portfolio.overview()", **_OF_MONEY})
