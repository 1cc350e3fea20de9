"""Finds the figures that the words around a number name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from esrdata.knowledge import load
from esrdata.proofing.context import Reading
from esrdata.proofing.figure import Figure
from esrdata.proofing.figures import COUNTS, MONEY_FIGURES, PEOPLE, USE, Figures
from esrdata.proofing.mentions import Passage
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.shelf import shelf
from esrdata.proofing.spelt import meant

#: Companies, where no word says whether they took part or were created.
COMPANIES = "companies"
#: Facets that a figure has only if words name them.
_MARKED = ("agg", "part")
#: Parts that words leave out: projects that state the value.
SILENT = "with_"
#: The measures that may be meant where no word names one.
MEASURES = ("public_total", "eu_and_state")


@dataclass(frozen=True)
class Asked:
    """A number of a passage, what its words name, and the figures to search."""

    figures: Figures
    measures: Sequence[str]
    passage: Passage
    number: Number
    read: Reading

    def of(self, group: Mapping[str, str]) -> list[Figure]:
        """The figures of a group that agree with the words, the likeliest first."""
        read = Reading(self.read.facets, self.read.loose, [group])
        return candidates(self.figures, read, self.number, self.measures)


def candidates(
    figures: Figures, read: Reading, number: Number, measures: Sequence[str] = MEASURES
) -> list[Figure]:
    """The figures that agree with all words, the likeliest first."""
    found: list[Figure] = []
    wanted = _families(figures, read, number)
    for group in (one for named in read.groups for one in meant(named)):
        for figure in _of_group(figures, group, wanted, read, number.unit):
            if agrees(figure, read, number, measures):
                found.append(figure)
    return sorted(dict.fromkeys(found), key=lambda f: _rank(f, read))


def _families(figures: Figures, read: Reading, number: Number) -> list[str]:
    """The families of figures that such words may name."""
    named = {read.facets.get("what"), read.loose.get("what")}
    found = [MONEY_FIGURES]
    if number.unit == PERCENT or read.facets.get("part", "").startswith(("below", "above")):
        found.append(USE)
    if named & {"participants", "cost_per"} or read.facets.get("part") == "women":
        found.append(PEOPLE)
    if named & {*(figures.indicators - {"participants"}), COMPANIES}:
        found.append(COUNTS)
    return found


def _of_group(
    figures: Figures, group: Mapping[str, str], wanted: Sequence[str], read: Reading, unit: str
) -> Iterator[Figure]:
    known = {"project_code", *load.proof("figures")["groups"]}
    asked = {name: value for name, value in group.items() if name in known}
    if len(asked) < len(group):
        return
    if unit == PERCENT and asked and asked.keys() <= {"programme_period", "fund"}:
        # The only fund has the whole: its share is 100 per cent.
        yield from (f for f in figures.of(asked, wanted) if f.kind == "share" and not f.part)
    # With one period or one fund in the programme, naming it changes nothing.
    if figures.periods == 1:
        asked.pop("programme_period", None)
    if figures.funds == 1:
        asked.pop("fund", None)
    named = "status_code" in asked
    rate = "rate" in (read.facets.get("kind"), read.loose.get("kind"))
    for figure in figures.of(asked, wanted):
        # Figures of ended projects only need words that say so.
        plain = figure.part == "with_ratio" or (figure.kind == "ratio" and not figure.agg)
        if not figure.about or named or rate or not plain:
            yield figure
    # A statistic of ended projects also fits these words.
    status = asked.pop("status_code", None)
    if status is not None:
        yield from (
            f for f in figures.of(asked, wanted) if dict(f.about).get("status_code") == status
        )


def agrees(
    figure: Figure, read: Reading, number: Number, measures: Sequence[str] = MEASURES
) -> bool:
    """Whether a figure agrees with the words and the unit of the number."""
    facets, loose = read.facets, read.loose
    if figure.unit != number.unit or number.unit not in (MONEY, PERCENT, PLAIN):
        return False
    for name in _MARKED:
        own = getattr(figure, name)
        silent = name == "part" and own.startswith(SILENT)
        asked = facets.get(name)
        if name == "agg" and own and own == number.end_of and asked is None:
            continue
        if asked is not None and own != asked and not (name == "agg" and own == "" and
                                                       asked in ("max", "min")):  # fmt: skip
            return False
        if own and not silent and asked is None and loose.get(name) != own:
            return False
    if figure.measure and not _measure(figure, facets, loose, measures):
        return False
    stage = facets.get("stage")
    if figure.stage and stage is not None and figure.stage != stage:
        return False
    return _what(figure, read, number)


def _measure(
    figure: Figure, facets: Mapping[str, str], loose: Mapping[str, str], read_as: Sequence[str]
) -> bool:
    counts = figure.what == "projects" and figure.kind == "count"
    asked = facets.get("measure") or (None if counts else loose.get("measure"))
    if asked:
        return figure.measure == asked
    # All projects are as many whatever is measured; those that state a sum are not.
    return (counts and not figure.part) or figure.measure in read_as


def _what(figure: Figure, read: Reading, number: Number) -> bool:
    what = read.facets.get("what")
    kind = read.facets.get("kind")
    if number.unit == PERCENT:
        if kind in ("ratio", "rate", "share", "gap") and figure.kind != kind.replace(
            "rate", "ratio"
        ):
            return False
        if figure.kind == "ratio" and not figure.agg and kind is None:
            # "60 per cent of projects" is no ratio of sums.
            named = read.facets.get("stage") or read.loose.get("kind") in ("ratio", "rate")
            if not named:
                return False
        if figure.kind == "gap" and kind is None:
            return False
        if figure.kind in ("ratio", "gap"):
            # "Hankkeista" says whose money it is.
            return what == figure.what or (
                what in (None, "funding", "projects") and figure.what == "funding"
            )
        return what is None or figure.what == what or figure.part != ""
    if figure.kind == "gap":
        return kind == "gap" and what in (None, "funding")
    if kind == "gap" and number.unit == MONEY:
        return False
    if what in (None, "funding"):
        what = what or read.loose.get("what")
        if number.unit == PLAIN and read.facets.get("part", "").startswith(("below", "above")):
            what = "projects"
    if what is None:
        return number.unit == MONEY and figure.what == "funding"
    if what == "duration":
        units = shelf().lengths.get(figure.kind, ())
        return figure.what == what and number.noun.casefold().startswith(units)
    if what == COMPANIES:
        # Companies that took part or that were created, as an earlier word says.
        either = {"participating_companies", "companies_created"}
        return figure.what in (either & {read.loose.get("what")} or either)
    return figure.what == what


def _rank(figure: Figure, read: Reading) -> tuple[int, ...]:
    """Sort key, the plainest figure first: of the first group, with no default assumed."""
    stage = read.facets.get("stage") or read.loose.get("stage") or "planned"
    measure = read.facets.get("measure") or read.loose.get("measure") or "public_total"
    place = next(
        (i for i, group in enumerate(read.groups)
         if any(one.items() <= dict(figure.group).items() for one in meant(group))
         and (group or not figure.group)), 99,
    )  # fmt: skip
    return (
        place,
        int(figure.part.startswith(SILENT)),
        int(bool(figure.stage) and figure.stage != stage),
        int(bool(figure.measure) and figure.measure != measure),
        int(figure.agg != read.facets.get("agg", "")),
    )
