"""A synthetic portfolio, written through the form files: for trying, teaching and testing."""

import math
import random
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import NormalDist

from esrdata.errors import KnowledgeError, StoreError, UsageError
from esrdata.knowledge import load
from esrdata.reading.form.spec import Form, form
from esrdata.reading.record import Content
from esrdata.sample.printing import chromium, print_pdf
from esrdata.sample.shapes import SHAPES
from esrdata.sample.writer import write_html, write_list, write_text

Facts = dict[str, Content]
MIXED = "mixed"
_WRITERS: dict[str, Callable[[Form, str, Facts], str]] = {"txt": write_text, "html": write_html}
PRINTED, LISTED = "pdf", "csv"
PLAIN = "plain"
FORMATS = (*_WRITERS, PRINTED, LISTED)
# Codes from here on have not been given to real projects.
_FIRST_CODE = 90001
_MEDIAN_GRANT, _GRANT_SPREAD = 270_000, NormalDist(0, 0.9)
# 6 % of projects stay below 0.8; of the others the fall below 1 is 0.2 × u^3.65, which puts the
# median of all at 0.98.
_LOW_SHARE, _LOW, _FALL = 0.06, 0.8, 3.65
# A closed programme: few projects still run, and those among the least absorbed.
_STATES = ("ended", "running", "interrupted")
_STATES_LOW, _STATES_OTHER = (85, 10, 5), (97, 3, 0)


def write(
    folder: Path,
    *,
    projects: int = 200,
    seed: int = 1,
    form: str = MIXED,
    format: str = "txt",
    shape: str = PLAIN,
) -> list[Path]:
    """Write a synthetic portfolio, one file per project, or as project lists.

    Grants are log-normal around 270,000 €, median absorption is 0.98 with 6 % of projects below
    0.8. Every document says in its name and its text that it is synthetic.

    Parameters
    ----------
    folder
        Where to; made if need be.
    projects
        How many.
    seed
        The same seed gives the same files.
    form
        Name of a form, or ``mixed``.
    format
        ``txt``, ``html``, ``pdf`` where Chromium is installed to print it, or ``csv`` for a list
        of each programme period, written as the service writes them: nothing quoted.
    shape
        A name of `esrdata.sample.shapes.SHAPES`: how a text is encoded, wrapped and paged.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UsageError
        If the form, the format or the shape is unknown, or there is no Chromium to print with.
    StoreError
        If the folder cannot be written.
    """
    if form not in (*load.form_names(), MIXED):
        known = ", ".join((*load.form_names(), MIXED))
        raise UsageError(f"There is no form {form!r}: take one of {known}.")
    if format not in FORMATS:
        raise UsageError(f"The sample is not written as {format!r}: take {' or '.join(FORMATS)}.")
    if shape not in SHAPES or (shape != PLAIN and format != "txt"):
        raise UsageError(
            f"There is no shape {shape!r} of {format}: take a text in one of {', '.join(SHAPES)}."
        )
    if format == PRINTED:
        chromium()  # told before anything is written
    chance = random.Random(seed)
    # Even steps through each distribution, shuffled: a small portfolio has its shape too.
    steps = [(i + 0.5) / projects for i in range(projects)]
    grants, absorptions = (chance.sample(steps, projects) for _ in range(2))
    written = []
    rows: dict[str, list[Facts]] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for i in range(projects):
            name = chance.choice(load.form_names()) if form == MIXED else form
            code = f"S{_FIRST_CODE + i}"
            facts = make_facts(name, code, chance, grant=grants[i], absorption=absorptions[i])
            if format == LISTED:
                rows.setdefault(str(facts["projects.programme_period"]), []).append(facts)
                continue
            path = folder / f"{facts['projects.project_code']}.{format}"
            _write_page(path, name, facts, format, shape)
            written.append(path)
        for period, projects_of in sorted(rows.items()):
            written.append(folder / f"projektilista-{period}-synthetic.csv")
            written[-1].write_text(write_list(period, projects_of), encoding="utf-8", newline="\n")
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(f"Cannot write the folder {folder} ({why}): choose another.") from error
    return written


def _write_page(path: Path, name: str, facts: Facts, format: str, shape: str) -> None:
    if format != PRINTED:
        path.write_bytes(SHAPES[shape](page(name, facts, format)))
        return
    with tempfile.TemporaryDirectory(prefix="esrdata-") as folder:
        source = Path(folder, path.name).with_suffix(".html")
        source.write_text(page(name, facts, "html"), encoding="utf-8", newline="\n")
        print_pdf(source, path.resolve())


def page(name: str, facts: Facts, format: str) -> str:
    """One project as a page of a form, in the form's first language."""
    spec = form(name)
    return _WRITERS[format](spec, spec.languages[0], facts)


def make_facts(
    name: str, code: str, chance: random.Random, *, grant: float, absorption: float
) -> Facts:
    """Make up the facts of one project.

    Parameters
    ----------
    name
        The form, which decides which fields there are.
    code
        The project code.
    chance
        Where chance comes from.
    grant, absorption
        Which quantile (between 0 and 1) of grants and of absorption the project is.

    Returns
    -------
    dict
        Field (dotted) to content, as `esrdata.sample.writer` takes it.
    """
    spec = form(name)
    made: Facts = {**spec.sets, "projects.fund": "ESR", "projects.project_code": code}
    maker = _Maker(spec, made, chance, grant, absorption)
    for field in spec.fields():
        if field not in made:
            maker.make(field)
    return {field: content for field, content in made.items() if field not in maker.left_out}


class _Maker:
    """Makes one project's facts up, one field after another in the order of the page."""

    def __init__(
        self, spec: Form, made: Facts, chance: random.Random, grant: float, absorption: float
    ):
        self.spec, self.made, self.chance = spec, made, chance
        self.words = load.sample()
        self.period = str(made["projects.programme_period"])
        self.left_out: set[str] = set()
        self.grant = _MEDIAN_GRANT * math.exp(_GRANT_SPREAD.inv_cdf(grant))
        low = absorption < _LOW_SHARE
        if low:
            self.absorption = _LOW * (absorption / _LOW_SHARE) ** 0.3
        else:
            upward = (absorption - _LOW_SHARE) / (1 - _LOW_SHARE)
            self.absorption = 1 - (1 - _LOW) * (1 - upward) ** _FALL
        (self.state,) = chance.choices(_STATES, _STATES_LOW if low else _STATES_OTHER)

    def make(self, field: str) -> None:
        """Make a field up, with those that only make sense together with it."""
        if field in self.words["choices"]:
            self.made[field] = self.chance.choice(self.words["choices"][field])
            return
        table, *rest = field.split(".")
        rule: Callable[..., None] | None = getattr(self, f"_{table}_{rest[0]}", None)
        rule = rule or getattr(self, f"_{table}", None)
        if rule is None:
            raise KnowledgeError(f"The sample has no rule for the field {field}.")
        rule(field, *rest)

    def _pick(self, codelist: str, **where: str) -> dict[str, str]:
        rows = [
            row
            for row in load.codes(codelist)
            if all(row[column] in (wanted, "both") for column, wanted in where.items())
        ]
        return self.chance.choice(rows)

    # ---- projects

    def _projects_name(self, field: str, *_: str) -> None:
        words = self.words
        theme, ending = self.chance.choice(words["themes"]), self.chance.choice(words["endings"])
        self.made[field] = f"{theme} {ending} {words['synthetic']['name']}"

    def _projects_priority_axis(self, field: str, *_: str) -> None:
        objectives = [
            row
            for row in load.codes("specific_objectives")
            if row["programme_period"] == self.period and self._axis_fund(row) == "ESR"
        ]
        if objectives and "projects.specific_objective" in self.spec.fields():
            row = self.chance.choice(objectives)
            self.made["projects.specific_objective"] = row["code"]
            self.made["projects.specific_objective_label"] = row["label_fi"]
            axis = row["priority_axis"]
            label = self._axes()[axis]["label_fi"]
        else:
            axis, label = self.chance.choice(
                [(code, row["label_fi"]) for code, row in self._axes().items()]
            )
        self.made[field], self.made["projects.priority_axis_label"] = int(axis), label

    def _axes(self) -> dict[str, dict[str, str]]:
        return {
            row["code"]: row
            for row in load.codes("priority_axes")
            if row["programme_period"] == self.period and row["fund"] == "ESR"
        }

    def _axis_fund(self, objective: dict[str, str]) -> str | None:
        axis = self._axes().get(objective["priority_axis"])
        return axis["fund"] if axis is not None else None

    def _projects_start_date(self, field: str, *_: str) -> None:
        (row,) = (r for r in load.codes("programme_periods") if r["code"] == self.period)
        first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
        months = self.chance.choice([6, 12, 18, 24, 24, 30, 36])
        length = timedelta(days=30 * months)
        start = first + timedelta(days=self.chance.randrange((last - first - length).days))
        self.made[field] = start
        self.made["projects.end_date"] = start + length

    def _projects_status(self, field: str, *_: str) -> None:
        (row,) = (row for row in load.codes("status") if row["code"] == self.state)
        self.made[field] = row["label_fi"]

    def _projects_applicant(self, field: str, *_: str) -> None:
        self.made[field] = self.chance.choice(self.words["applicants"])

    def _projects_organisation_type(self, field: str, *_: str) -> None:
        self.made[field] = self._pick("organisation_types", form=self.spec.name)["label_fi"]

    def _projects_business_id(self, field: str, *_: str) -> None:
        self.made[field] = self._business_id()

    def _business_id(self) -> str:
        """A well-formed business ID from a range that is not given out."""
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

    def _funding(self, field: str, *_: str) -> None:
        if field in self.made:
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
        for rule in self.spec.not_applicable:
            if indicator in rule.indicators and all(
                self.made.get(name) == said for name, said in rule.when.items()
            ):
                # One indicator alone is stated as zero; where none applies the form asks nothing.
                self.made[field] = 0
                if len(rule.indicators) > 1:
                    self.left_out.add(field)
                return
        women = f"{field}_women" in self.spec.fields()
        if people and stage == "realised" and not women and self.chance.random() < 0.8:
            # The form that does not ask for women seldom states realised participants.
            self.left_out.add(field)
        self.made[field] = round(self.chance.lognormvariate(4.2 if people else 1.0, 0.9))

    def _sustainability(self, field: str, criterion: str, part: str) -> None:
        if part == "justification":
            scores = (self.made[f"sustainability.{criterion}.{e}"] for e in ("direct", "indirect"))
            said = any(scores) and self.chance.random() < 0.7
            self.made[field] = self.chance.choice(self.words["sentences"]) if said else None
            return
        # Applicants heap on round numbers, zero above all.
        self.made[field] = self.chance.choices(range(11), [50, 6, 6, 6, 3, 10, 3, 3, 5, 2, 6])[0]

    def _horizontal(self, field: str, principle: str, *part: str) -> None:
        if part:
            self.made[field] = self.chance.choice(self.words["sentences"])
            return
        self.made[field] = self.chance.choices(("Kyllä", "Ei"), (3, 1))[0]

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
        if section in ("summary", "final_report"):
            sentences.insert(0, words["synthetic"]["sentence"])
        self.made[field] = "\n\n".join(sentences)
