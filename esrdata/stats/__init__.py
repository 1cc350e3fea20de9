"""Statistics of portfolios: what was planned, what came of it, and what changed on the way."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from esrdata.stats.change import amendments
    from esrdata.stats.comparison import associations, compare_groups
    from esrdata.stats.likes import peers
    from esrdata.stats.money import absorption, concentration, planned_and_realised, ratios
    from esrdata.stats.people import participant_pairs, participants
    from esrdata.stats.place_time import locations_summary, status_by_year, timeline
    from esrdata.stats.reach import coverage
    from esrdata.stats.review import accepted, review_claims, write_review
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

# Imported when used, as in esrdata itself. No module here has the name of a public function, or
# importing the one would hide the other.
_PLACES = {
    "absorption": "esrdata.stats.money",
    "accepted": "esrdata.stats.review",
    "amendments": "esrdata.stats.change",
    "associations": "esrdata.stats.comparison",
    "compare_groups": "esrdata.stats.comparison",
    "concentration": "esrdata.stats.money",
    "coverage": "esrdata.stats.reach",
    "horizontal_answers": "esrdata.stats.scores",
    "locations_summary": "esrdata.stats.place_time",
    "participant_pairs": "esrdata.stats.people",
    "participants": "esrdata.stats.people",
    "peers": "esrdata.stats.likes",
    "planned_and_realised": "esrdata.stats.money",
    "ratios": "esrdata.stats.money",
    "review_claims": "esrdata.stats.review",
    "stated_participants": "esrdata.stats.stated",
    "status_by_year": "esrdata.stats.place_time",
    "sustainability_profile": "esrdata.stats.scores",
    "timeline": "esrdata.stats.place_time",
    "unknown_units": "esrdata.stats.stated",
    "write_review": "esrdata.stats.review",
}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'esrdata.stats' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
