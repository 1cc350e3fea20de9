"""Charts of statistics tables, in Finnish, Swedish and English."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from esrdata.present.charts.answers import horizontal_answers
    from esrdata.present.charts.changes import amendments
    from esrdata.present.charts.money import absorption, planned_and_realised
    from esrdata.present.charts.people import participants
    from esrdata.present.charts.places import tile_map
    from esrdata.present.charts.scores import sustainability, sustainability_effects
    from esrdata.present.charts.shares import concentration
    from esrdata.present.charts.shown import alt_text, save
    from esrdata.present.charts.stated import stated_participants
    from esrdata.present.charts.times import status_by_year, timeline

__all__ = [
    "absorption",
    "alt_text",
    "amendments",
    "concentration",
    "horizontal_answers",
    "participants",
    "planned_and_realised",
    "save",
    "stated_participants",
    "status_by_year",
    "sustainability",
    "sustainability_effects",
    "tile_map",
    "timeline",
]

# Imported when used, as in esrdata itself. No module here has the name of a public function, or
# importing the one would hide the other.
_PLACES = {
    "absorption": "money",
    "alt_text": "shown",
    "amendments": "changes",
    "concentration": "shares",
    "horizontal_answers": "answers",
    "participants": "people",
    "planned_and_realised": "money",
    "save": "shown",
    "stated_participants": "stated",
    "status_by_year": "times",
    "sustainability": "scores",
    "sustainability_effects": "scores",
    "tile_map": "places",
    "timeline": "times",
}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"esrdata.present.charts.{_PLACES[name]}"), name)
    raise AttributeError(f"module 'esrdata.charts' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
