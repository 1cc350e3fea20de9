"""Choices of projects on the command line, `COLUMN=VALUE`; checked before anything is read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from esrdata.errors import UsageError, unknown
from esrdata.knowledge.wording import sentence

if TYPE_CHECKING:
    from esrdata.portfolio import Portfolio

Conditions = Mapping[str, list[object]]

SELECT = click.option("--select", "chosen", multiple=True, metavar="COLUMN=VALUE")


def conditions(chosen: tuple[str, ...]) -> Conditions:
    """The accepted values of each column, as numbers where the column has numbers."""
    if not chosen:
        return {}
    # Needs pandas, which takes a second to import.
    from esrdata.selection import LEVELS
    from esrdata.tables.columns import columns

    found: dict[str, list[object]] = {}
    known = columns("projects")
    for choice in chosen:
        name, equals, value = choice.partition("=")
        if not equals or not value:
            raise UsageError(sentence("error.choice_form", given=choice))
        if name not in known and name not in LEVELS:
            raise UsageError(unknown("column", name, [*known, *LEVELS]))
        whole = known.get(name, {}).get("type") == "integer"
        if whole and not value.removeprefix("-").isdecimal():
            raise UsageError(sentence("error.choice_number", column=name, value=value))
        found.setdefault(name, []).append(int(value) if whole else value)
    return found


def select(portfolio: "Portfolio", wanted: Conditions) -> "Portfolio":
    """Select the chosen projects; refuse a choice that no project meets."""
    if not wanted:
        return portfolio
    # Needs pandas, which takes a second to import.
    from esrdata.selection import none_has

    chosen = portfolio.select(**wanted)
    if len(chosen):
        return chosen
    for name, values in wanted.items():
        if not len(portfolio.select(**{name: values})):
            raise none_has(portfolio.tables, name, values)
    conditions = ", ".join(f"{name}={value}" for name, values in wanted.items() for value in values)
    raise UsageError(sentence("error.none_meets", conditions=conditions))
