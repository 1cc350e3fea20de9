"""The fields of a form or a list, with their kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from esrdata.reading.form.spec import Form, Inapplicable
from esrdata.reading.lists.spec import ListSpec
from esrdata.reading.record import Content


@dataclass(frozen=True)
class Wanted:
    """The fields to make up for a form or a list.

    Attributes
    ----------
    name
        Name of the form or list.
    language
        Language of the document.
    fields
        Fields in the order of the document, each with its kind and code list. The kind ``stated``
        means that certain words state the value; it is not made up.
    sets
        Values that the form itself implies.
    not_applicable
        Indicators that do not apply to some projects.
    bounds
        Least and greatest score.
    """

    name: str
    language: str
    fields: Mapping[str, tuple[str, str | None]]
    sets: Mapping[str, Content]
    not_applicable: Sequence[Inapplicable] = ()
    bounds: tuple[int, int] | None = None


def of_form(form: Form) -> Wanted:
    """The fields of a form, in its first language."""
    kinds: dict[str, tuple[str, str | None]] = {}
    for section in form.walk():
        for entry in section.entries:
            for templates in entry.templates.values():
                slots = (slot for template in templates for slot in template.slots)
                kinds.update({name: (kind, entry.codes) for name, kind in slots})
            if entry.free_text is not None:
                kinds[entry.free_text] = ("narrative", None)
            if entry.list is not None:
                kinds[entry.list] = ("list", entry.codes)
        if section.narrative is not None:
            kinds[section.narrative] = ("narrative", None)
    # Of its titles the ESR's, if there is one: titles distinguish funds.
    titles = [title.sets for title in form.titles]
    of_esr = [sets for sets in titles if sets.get("projects.fund", "ESR") == "ESR"]
    sets = {**form.sets, **(of_esr or titles or [{}])[0]}
    fields = {name: kinds.get(name, ("stated", None)) for name in form.fields() if name not in sets}
    bounds = form.score_bounds
    return Wanted(form.name, form.languages[0], fields, sets, form.not_applicable, bounds)


def of_list(spec: ListSpec) -> Wanted:
    """The fields of a project list, in the language of its headings."""
    fields = {column.field: (column.kind, column.codes) for column in spec.columns if column.field}
    period = spec.period or spec.name
    sets = {"projects.programme_period": period, "projects.fund": "ESR"}
    return Wanted(period, "fi", fields, sets)
