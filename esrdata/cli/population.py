"""The population of a report, from options of the command line."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from esrdata.errors import UsageError, unknown
from esrdata.knowledge.wording import sentence

if TYPE_CHECKING:
    from esrdata.tables.population import Population

_ANSWERS = {"yes": True, "no": False}


def population_of(conditions: tuple[str, ...]) -> "Population | None":
    """A population from conditions such as ``funds=ESR``; None without any."""
    from esrdata.tables.population import Population

    known = {one.name: isinstance(one.default, bool) for one in fields(Population)}
    given: dict[str, Any] = {}
    for condition in conditions:
        name, equals, value = condition.partition("=")
        if not equals or not value:
            raise UsageError(sentence("error.condition_form", given=condition))
        if name not in known:
            raise UsageError(unknown("condition", name, known))
        if known[name] and value not in _ANSWERS:
            raise UsageError(sentence("error.condition_yes_no", name=name, value=value))
        several = value.split(",") if name in ("statuses", "periods", "funds") else value
        given[name] = _ANSWERS[value] if known[name] else several
    return Population(**given) if given else None
