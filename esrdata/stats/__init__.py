"""Statistics of portfolios: what was planned, what came of it, and what changed on the way."""

from esrdata.stats.absorption import absorption, concentration, planned_and_realised, ratios
from esrdata.stats.amendments import amendments
from esrdata.stats.claims_review import accepted, review_claims, write_review
from esrdata.stats.comparison import associations, compare_groups
from esrdata.stats.coverage import coverage
from esrdata.stats.participants import participant_pairs, participants
from esrdata.stats.peers import peers
from esrdata.stats.places import locations_summary, status_by_year, timeline
from esrdata.stats.scores import horizontal_answers, sustainability_profile
from esrdata.stats.stated import stated_participants, unknown_units

__all__ = [
    "absorption",
    "accepted",
    "amendments",
    "associations",
    "compare_groups",
    "concentration",
    "coverage",
    "horizontal_answers",
    "locations_summary",
    "participant_pairs",
    "participants",
    "peers",
    "planned_and_realised",
    "ratios",
    "review_claims",
    "stated_participants",
    "status_by_year",
    "sustainability_profile",
    "timeline",
    "unknown_units",
    "write_review",
]
