"""Charts of statistics tables, in Finnish, Swedish and English."""

from typing import Any

from esrdata.present.charts.absorption import absorption
from esrdata.present.charts.answers import horizontal_answers
from esrdata.present.charts.beneficiaries import concentration
from esrdata.present.charts.changes import amendments
from esrdata.present.charts.comparison import compare
from esrdata.present.charts.counts import indicators
from esrdata.present.charts.describe import Words, alt_text, save, sheets, words
from esrdata.present.charts.effects import associations, compare_groups
from esrdata.present.charts.glance import glance
from esrdata.present.charts.likeness import peers
from esrdata.present.charts.money import planned_and_realised
from esrdata.present.charts.people import participants
from esrdata.present.charts.places import tile_map
from esrdata.present.charts.scores import sustainability, sustainability_effects
from esrdata.present.charts.scores_of_projects import sustainability_scores
from esrdata.present.charts.stated import stated_participants
from esrdata.present.charts.times import status_by_year, timeline
from esrdata.present.theme import theme
from esrdata.renamed import former

__all__ = [
    "Words",
    "absorption",
    "alt_text",
    "amendments",
    "associations",
    "compare",
    "compare_groups",
    "concentration",
    "glance",
    "horizontal_answers",
    "indicators",
    "participants",
    "peers",
    "planned_and_realised",
    "save",
    "sheets",
    "stated_participants",
    "status_by_year",
    "sustainability",
    "sustainability_effects",
    "sustainability_scores",
    "theme",
    "tile_map",
    "timeline",
    "words",
]


def __getattr__(name: str) -> Any:
    instead = {
        "funding": "planned_and_realised",
        "money": "planned_and_realised",
        "map": "tile_map",
    }
    chart = {one: f"esrdata.charts.{name}" for one, name in instead.items()}
    return former(__name__, name, {}, chart)
