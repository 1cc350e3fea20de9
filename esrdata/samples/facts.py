"""Facts of made-up projects, each field by its own rule or by its kind."""

import math
import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from statistics import NormalDist

from esrdata.errors import KnowledgeError
from esrdata.knowledge import load
from esrdata.reading.record import Content
from esrdata.samples.prose import Prose
from esrdata.samples.wanted import Wanted

Facts = dict[str, Content]
# Characters of one narrative, where a list has only one.
_LONGEST = 2_500
_MEDIAN_GRANT, _GRANT_SPREAD = 270_000, NormalDist(0, 0.9)
# 6 % of projects are below 0.8; the others fall short of 1 by 0.2 × u^3.65, so that the median of
# all is 0.98.
_LOW_SHARE, _LOW, _FALL = 0.06, 0.8, 3.65
# A closed programme: few projects still run, mostly among the least absorbed.
_STATES = ("ended", "running", "interrupted")
_STATES_LOW, _STATES_OTHER = (85, 10, 5), (97, 3, 0)
#: Narratives that say the project is synthetic, in forms that have them.
_NARRATED = ("narratives.summary", "narratives.final_report")


def make_facts(
    wanted: Wanted,
    code: str,
    chance: random.Random,
    *,
    grant: float,
    absorption: float,
    known: Mapping[str, Content] | None = None,
    short: bool = False,
) -> Facts:
    """Make up the facts of one project.

    Parameters
    ----------
    wanted
        The fields, of a form or a list.
    code
        The project code.
    chance
        The source of randomness.
    grant, absorption
        The project's quantiles (0 to 1) of grants and of absorption.
    known
        Existing facts, which are kept.
    short
        Whether narratives have only a few sentences.

    Returns
    -------
    dict
        Field (dotted) to content, as `esrdata.samples.writer` takes it.
    """
    made: Facts = {**wanted.sets, "projects.project_code": code, **(known or {})}
    maker = _Maker(wanted, made, chance, grant, absorption)
    if not short:
        maker.prose = Prose(code)
    for field in wanted.fields:
        if field not in made:
            maker.make(field)
    return {field: content for field, content in made.items() if field not in maker.left_out}


class _Maker:
    """Makes up the facts of one project, field by field in the order of the page."""

    def __init__(
        self, wanted: Wanted, made: Facts, chance: random.Random, grant: float, absorption: float
    ):
        self.wanted, self.made, self.chance = wanted, made, chance
        self.words = load.sample()
        self.period = str(made.get("projects.programme_period"))
        self.left_out: set[str] = set()
        self.grant = _MEDIAN_GRANT * math.exp(_GRANT_SPREAD.inv_cdf(grant))
        low = absorption < _LOW_SHARE
        if low:
            self.absorption = _LOW * (absorption / _LOW_SHARE) ** 0.3
        else:
            upward = (absorption - _LOW_SHARE) / (1 - _LOW_SHARE)
            self.absorption = 1 - (1 - _LOW) * (1 - upward) ** _FALL
        (self.state,) = chance.choices(_STATES, _STATES_LOW if low else _STATES_OTHER)
        narratives = [name for name in wanted.fields if name.startswith("narratives.")]
        self.narrated = {*_NARRATED} & {*narratives} or {*narratives[:1]}
        self.prose: Prose | None = None
        self._narratives_asked = len(narratives)

    def make(self, field: str) -> None:
        """Make up a field, with others that depend on it."""
        if field in self.words["choices"]:
            self.made[field] = self.chance.choice(self.words["choices"][field])
            return
        table, *rest = field.split(".")
        of_table: Callable[..., None] = getattr(self, f"_{table}", self._by_kind)
        rule: Callable[..., None] = getattr(self, f"_{table}_{rest[0]}", of_table)
        rule(field, *rest)

    # ---- what has no rule of its own

    def _by_kind(self, field: str, *_: str) -> None:
        """Make up a field by its kind, or from its code list if it has one."""
        kind, codes = self.wanted.fields[field]
        labels = self._labels(codes)
        name = f"{field}.0" if kind in ("list", "places") else field
        if kind != "stated":
            self.made[name] = self.chance.choice(labels) if labels else self._of_kind(kind)

    def _labels(self, codes: str | None) -> list[str]:
        """Labels of a code list in the language of the document; none without a list."""
        found = map(self._label, load.codes(codes) if codes is not None else ())
        return [label for label in found if label]

    def _label(self, row: Mapping[str, str]) -> str:
        return row.get(f"label_{self.wanted.language}") or row.get("label_fi") or ""

    def _of_kind(self, kind: str) -> Content:
        chance = self.chance
        match kind:
            case "text" | "vocabulary" | "coded" | "list" | "places":
                return str(chance.choice(self.words["themes"]))
            case "narrative":
                return str(chance.choice(self.words["sentences"]))
            case "code" | "list_code":
                return f"S{chance.randrange(10**4, 10**5)}"
            case "dotted" | "objective":
                return f"{chance.randint(1, 9)}.{chance.randint(1, 9)}"
            case "integer" | "axis":
                return chance.randint(1, 9)
            case "count":
                return round(chance.lognormvariate(1.0, 0.9))
            case "score":
                return chance.randint(*(self.wanted.bounds or (0, 10)))
            case "money" | "list_money":
                return round(self.grant * chance.uniform(0.1, 1.45))
            case "date":
                first, last = self._days()
                return first + timedelta(days=chance.randrange((last - first).days))
            case "business_id":
                return self._business_id()
        raise KnowledgeError(f"The sample has no rule for the kind {kind}.")

    def _days(self) -> tuple[date, date]:
        """First and last day of the programme period; of the last known one if it is unknown."""
        rows = {row["code"]: row for row in load.codes("programme_periods")}
        row = rows.get(self.period, list(rows.values())[-1])
        return date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])

    # ---- projects

    def _projects_name(self, field: str, *_: str) -> None:
        words = self.words
        theme, ending = self.chance.choice(words["themes"]), self.chance.choice(words["endings"])
        self.made[field] = f"{theme} {ending} {words['synthetic']['name']}"

    def _projects_priority_axis(self, field: str, *_: str) -> None:
        objective = self.made.get("projects.specific_objective")
        with_objective = "projects.specific_objective" in self.wanted.fields
        if objective is None and with_objective and self._objectives():
            self._projects_specific_objective("projects.specific_objective")
        elif self._axes():
            axis = self.chance.choice([*self._axes().values()])
            self._set_axis(axis)
        else:
            self._by_kind(field)

    def _projects_specific_objective(self, field: str, *_: str) -> None:
        if not self._objectives():
            self._by_kind(field)
            return
        row = self.chance.choice(self._objectives())
        self.made[field] = row["code"]
        self.made["projects.specific_objective_label"] = self._label(row)
        self._set_axis(self._axes()[row["priority_axis"]])

    def _set_axis(self, axis: Mapping[str, str]) -> None:
        self.made["projects.priority_axis"] = int(axis["code"])
        self.made["projects.priority_axis_label"] = self._label(axis)

    def _objectives(self) -> list[dict[str, str]]:
        """The period's objectives under ESR axes."""
        return [
            row
            for row in load.codes("specific_objectives")
            if row["programme_period"] == self.period and row["priority_axis"] in self._axes()
        ]

    def _axes(self) -> dict[str, dict[str, str]]:
        return {
            row["code"]: row
            for row in load.codes("priority_axes")
            if row["programme_period"] == self.period and row["fund"] == "ESR"
        }

    def _projects_start_date(self, field: str, *_: str) -> None:
        first, last = self._days()
        months = self.chance.choice([6, 12, 18, 24, 24, 30, 36])
        length = timedelta(days=30 * months)
        start = first + timedelta(days=self.chance.randrange((last - first - length).days))
        self.made[field] = start
        self.made["projects.end_date"] = start + length

    def _projects_status(self, field: str, *_: str) -> None:
        (row,) = (row for row in load.codes("status") if row["code"] == self.state)
        own = row.get("on_form") if self.wanted.language == "fi" else ""
        self.made[field] = own or self._label(row)

    def _projects_applicant(self, field: str, *_: str) -> None:
        self.made[field] = self.chance.choice(self.words["applicants"])

    def _projects_organisation_type(self, field: str, *_: str) -> None:
        rows = load.codes("organisation_types")
        of_form = [row for row in rows if row["form"] in (self.wanted.name, "both")]
        self.made[field] = self._label(self.chance.choice(of_form or list(rows)))

    def _projects_business_id(self, field: str, *_: str) -> None:
        self.made[field] = self._business_id()

    def _business_id(self) -> str:
        """A well-formed business ID from a range not in use."""
        from stdnum.fi import ytunnus

        while True:
            start = f"9{self.chance.randrange(10**6):06}"
            for digit in range(10):
                if ytunnus.is_valid(f"{start}-{digit}"):
                    return f"{start}-{digit}"

    def _projects_postal_code(self, field: str, *_: str) -> None:
        self.made[field] = f"{self.chance.randrange(100, 99999):05}"

    def _projects_city(self, field: str, *_: str) -> None:
        towns = [town for _, names in self.words["places"].values() for town in names]
        self.made[field] = self.chance.choice([town for town in towns if "," not in town])

    # ---- the other tables

    def _partners(self, field: str, role: str) -> None:
        if role != "co_organiser" or self.chance.random() > 0.3:
            return
        for i in range(self.chance.randint(1, 3)):
            self.made[f"partners.{i}.role"] = role
            self.made[f"partners.{i}.name"] = self.chance.choice(self.words["applicants"])
            self.made[f"partners.{i}.business_id"] = self._business_id()

    def _funding(self, field: str, measure: str, _: str) -> None:
        if field in self.made:
            return
        if measure not in ("eu_and_state", "public_total"):
            # Other sums are near the grant, too.
            whole = round(self.grant * self.chance.uniform(0.7, 1.6))
            self.made[f"funding.{measure}.planned"] = whole
            self.made[f"funding.{measure}.realised"] = round(whole * self.absorption)
            return
        public = round(self.grant * self.chance.uniform(1.0, 1.45))
        self.made["funding.eu_and_state.planned"] = round(self.grant)
        self.made["funding.eu_and_state.realised"] = round(self.grant * self.absorption)
        self.made["funding.public_total.planned"] = public
        self.made["funding.public_total.realised"] = round(public * self.absorption)

    def _locations(self, field: str, *_: str) -> None:
        if field in self.made or f"{field}.0" in self.made:
            return
        count = self.chance.choice([1, 1, 1, 2])
        for i, region in enumerate(self.chance.sample(list(self.words["places"]), count)):
            subregion, municipalities = self.words["places"][region]
            self.made[f"locations.region.{i}"] = region
            self.made[f"locations.subregion.{i}"] = subregion
            self.made[f"locations.municipality.{i}"] = self.chance.choice(municipalities)

    def _indicators(self, field: str, indicator: str, stage: str) -> None:
        if stage.endswith("_women"):
            total = self.made.get(field.removesuffix("_women"))
            women = round(total * self.chance.uniform(0.2, 0.9)) if isinstance(total, int) else None
            self.made[field] = women
            return
        people = indicator == "participants"
        for rule in self.wanted.not_applicable:
            if indicator in rule.indicators and all(
                self.made.get(name) == wanted for name, wanted in rule.when.items()
            ):
                # A rule for one indicator means zero, one for several that the form omits them.
                self.made[field] = 0
                if len(rule.indicators) > 1:
                    self.left_out.add(field)
                return
        women = f"{field}_women" in self.wanted.fields
        if people and stage == "realised" and not women and self.chance.random() < 0.8:
            # A form that does not ask for women seldom has realised participants.
            self.left_out.add(field)
        self.made[field] = round(self.chance.lognormvariate(4.2 if people else 1.0, 0.9))

    def _sustainability(self, field: str, criterion: str, part: str) -> None:
        if part == "justification":
            names = (f"sustainability.{criterion}.{e}" for e in ("direct", "indirect"))
            scores = [self.made.get(name) for name in names]
            justified = any(scores) and self.chance.random() < 0.7
            self.made[field] = self._justification() if justified else None
            return
        if self.wanted.bounds not in (None, (0, 10)):
            self._by_kind(field)
            return
        # Applicants prefer round numbers, above all zero.
        self.made[field] = self.chance.choices(range(11), [50, 6, 6, 6, 3, 10, 3, 3, 5, 2, 6])[0]

    def _horizontal(self, field: str, principle: str, *part: str) -> None:
        if part:
            self.made[field] = self._justification()
            return
        _, codes = self.wanted.fields[field]
        labels = self._labels(codes)
        if not labels:
            self._by_kind(field)
            return
        self.made[field] = self.chance.choices(labels, (3, *[1] * (len(labels) - 1)))[0]

    def _justification(self) -> str:
        sentence = str(self.chance.choice(self.words["sentences"]))
        return sentence if self.prose is None else self.prose.justification()

    def _narratives(self, field: str, section: str) -> None:
        words, chance = self.words, self.chance
        if section == "final_report" and self.state != "ended":
            return
        sentences = chance.sample(words["sentences"], chance.randint(2, 5))
        if section.endswith("target_groups"):
            sentences += ["\n".join(chance.sample(words["bullets"], 2))]
        if section == "final_report":
            n, few = chance.randint(20, 900), chance.randint(3, 40)
            sentences.append(chance.choice(words["results"]).format(n=n, few=few))
        if field in self.narrated:
            sentences.insert(0, words["synthetic"]["sentence"])
        if self.prose is not None:
            length = min(self.prose.length / self._narratives_asked, _LONGEST)
            sentences.append(self.prose.narrative(length, realised=section == "final_report"))
        self.made[field] = "\n\n".join(sentences)
