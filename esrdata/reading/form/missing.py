"""What a description does not state: absent fields, what does not apply, sections it lacks."""

from functools import lru_cache

from esrdata.knowledge import load
from esrdata.knowledge.fields import find
from esrdata.reading.builder import Draft
from esrdata.reading.record import ABSENT, Status, Value


def fill_missing(draft: Draft) -> None:
    """Give each field that the form asks for and nobody read its state."""
    _fill_absent(draft)
    _judge_applicable(draft)


def _fill_absent(draft: Draft) -> None:
    values = draft.record.values
    roles = {value.content for name, value in values.items() if name.endswith(".role")}
    # All names in one text, each on a line: whether a field has parts is one look.
    names = "".join(f"\n{name}" for name in values)
    for name in draft.form.declared.fields:
        # Partners are numbered across roles, so a role tells by itself whether it has any.
        if name.startswith("partners.") and name.removeprefix("partners.") in roles:
            values.pop(name, None)
        elif name not in values and f"\n{name}." not in names:
            values[name] = ABSENT
            names += f"\n{name}"


def _judge_applicable(draft: Draft) -> None:
    """Tell which indicators apply; what the form does not state then is not applicable."""
    record, rules = draft.record, draft.form.not_applicable
    for indicator in dict.fromkeys(filter(None, map(_indicator, record.values))):
        record.applicable[indicator] = True
        for rule in (rule for rule in rules if indicator in rule.indicators):
            for name, text in rule.when.items():
                content = record.content(name)
                if isinstance(content, str) and load.fold(content) == load.fold(text):
                    record.applicable[indicator] = False
                elif content is None and record.applicable[indicator]:
                    record.applicable[indicator] = None
    for name, value in record.values.items() if False in record.applicable.values() else ():
        silent = value.status in (Status.ABSENT, Status.BLANK)
        if silent and record.applicable.get(_indicator(name) or "") is False:
            record.values[name] = Value(Status.NOT_APPLICABLE, None, value.raw, value.span)


@lru_cache(maxsize=10_000)
def _indicator(name: str) -> str | None:
    """The indicator that a field is about; a form under test may have fields that no table has."""
    field = find(name)
    return None if field is None else dict(field.keys).get("indicator")


def report_missing(draft: Draft, found: set[str]) -> None:
    """Report the sections that every description has and this one lacks."""
    language = draft.record.language
    missing = []
    for section in draft.form.walk():
        known = section.titles.get(language)
        if known and not section.optional and section.key not in found:
            missing.append(f"{section.number} {known[0]}" if section.number else known[0])
    if missing:
        draft.report("section_missing", raw=" · ".join(missing))
