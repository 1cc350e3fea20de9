"""The evaluation pack's content: which statistics, in which order, with which words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.knowledge import load, wording
from esrdata.portfolio import Portfolio
from esrdata.present import charts
from esrdata.present.charts.style import group_heading, group_label
from esrdata.present.model import Card, Column, Content, Figure, Section, Table
from esrdata.tables.dictionary import dictionary
from esrdata.version import __version__

#: So many projects or fewer are shown one by one and not compared in groups.
FEW = 8
#: Above so many, cards are left out unless they are asked for.
MANY = 200
#: Rows of findings, conflicts and claims in the report; the tables beside it have all.
SHOWN = 100
_GROUPS = ("priority_axis", "specific_objective", "authority", "region")


def content(
    portfolio: Portfolio,
    *,
    lang: str,
    title: str | None = None,
    cards: bool | None = None,
    before: Portfolio | None = None,
    evidence: Mapping[str, str] | None = None,
) -> Content:
    """Make the content of a report.

    Parameters
    ----------
    portfolio
        What to report.
    lang
        fi, sv or en.
    title
        Title of the report; one of our own if None.
    cards
        Whether projects have cards; None gives cards up to `MANY` projects.
    before
        An earlier snapshot, to show amendments since.
    evidence
        File name of the evidence page of each project that has one.
    """
    maker = _Maker(portfolio, lang, before, cards, evidence or {})
    tables = portfolio.tables
    return Content(
        lang=lang,
        title=title or maker.word("title"),
        facts=list(maker.cover()),
        sections=list(maker.sections()),
        raw={**tables, "overview": portfolio.overview(), "dictionary": dictionary()},
    )


class _Maker:
    """Makes the chapters of one report."""

    def __init__(
        self,
        portfolio: Portfolio,
        lang: str,
        before: Portfolio | None,
        cards: bool | None,
        evidence: Mapping[str, str],
    ) -> None:
        self.portfolio, self.lang, self.before = portfolio, lang, before
        self.evidence = evidence
        self.with_cards = len(portfolio) <= MANY if cards is None else cards
        self.few = len(portfolio) <= FEW
        self.overview = portfolio.overview()

    # ---- words

    def word(self, key: str, **values: object) -> str:
        return wording.word(f"content.{key}", self.lang, **values)

    def label(self, name: str) -> str:
        """The heading of a column: of the report, of charts, or of a table of the contract."""
        if name in load.words()["content"]["label"]:
            return self.word(f"label.{name}")
        if name in load.words()["column"]:
            return wording.word(f"column.{name}", self.lang)
        tables = load.table_specs()
        known = ("overview", "files", "claims")
        table = next(
            t
            for t in known
            if name in tables[t]["columns"]
            or (t == known[0] and name in tables[tables[t]["include"]]["columns"])
        )
        return wording.column_label(table, name, self.lang)

    def columns(self, **kinds: str) -> list[Column]:
        """Columns of these kinds; percentages have as many decimals as on cards."""
        return [
            Column(name, self.label(name), kind, int(kind == "percent"))
            for name, kind in kinds.items()
        ]

    def cover(self) -> Iterator[tuple[str, str]]:
        files, projects = self.portfolio.files, self.portfolio.projects
        read = int((files["status"] == "read").sum())
        yield self.word("cover.projects"), wording.number(len(projects), self.lang)
        yield self.word("cover.files"), self.word("cover.files_value", files=len(files), read=read)
        first, last = projects["start_date"].min(), projects["end_date"].max()
        if not wording.is_missing(first) and not wording.is_missing(last):
            span = {"first": wording.date(first, self.lang), "last": wording.date(last, self.lang)}
            yield self.word("cover.dates"), wording.word("report.date_range", self.lang, **span)
        newest = files["snapshot_date"].max()
        if not wording.is_missing(newest):
            yield self.word("cover.newest"), wording.date(newest, self.lang)
        yield self.word("cover.sources"), wording.word("footer.source_service", self.lang)
        yield self.word("cover.made"), f"esrdata {__version__}"

    def sections(self) -> Iterator[Section]:
        """The chapters in the order of the pack."""
        yield self.about()
        if not len(self.portfolio):
            yield self.findings()
            return
        for chapter in (
            self.glance, self.funding, self.absorption, self.participants, self.stated,
            self.sustainability, self.horizontal, self.time, self.conflicts, self.findings,
            self.method, self.project_cards,
        ):  # fmt: skip
            yield chapter()

    def section(self, key: str, *paragraphs: str, parts: Sequence[Table | Figure] = ()) -> Section:
        return Section(key, self.word(f"{key}.title"), paragraphs, parts)

    # ---- groups

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """What projects are compared by, where there is more than one group of them."""
        if self.few:
            return
        places = self.portfolio.locations
        for name in _GROUPS:
            axis = name in ("priority_axis", "specific_objective")
            by = ["programme_period", "fund", name] if axis else [name]
            if name == "region":
                found = places.loc[places["level"] == name, "name"].nunique()
            else:
                found = len(self.portfolio.projects.dropna(subset=[name])[by].drop_duplicates())
            if found > 1:
                yield name, by

    def grouped(self, table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
        """A statistics table with the labels of its groups in one column."""
        rows = table.to_dict("records")
        periods = len({row.get("programme_period") for row in rows}) > 1
        funds = len({row.get("fund") for row in rows}) > 1
        said = []
        for row in rows:
            own = {str(name): value for name, value in row.items()}
            label = group_label(own, by[-1:], self.lang)
            before = [str(own["programme_period"]).replace("-", "–")] if periods else []
            before += [str(own["fund"])] if funds else []
            said.append(": ".join([" ".join(before), label]) if before else label)
        return table.assign(group=pd.Series(said, index=table.index, dtype="string"))

    def headed(self, name: str, by: Sequence[str], table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
        """What a table is grouped by, and the table so labelled; by nothing is the whole."""
        if by:
            return group_heading(name, self.lang), self.grouped(table, by)
        head = wording.word("report.whole_material", self.lang)
        return head, table.assign(group=head)

    def more(self, shown: int, n: int, table: str) -> str:
        """What to say below rows that are not all; nothing if they are."""
        return "" if shown == n else self.word("more", shown=shown, n=n, table=table)

    def figure(self, key: str, title: str, chart: str, table: pd.DataFrame, **more: Any) -> Figure:
        def draw() -> Any:
            return getattr(charts, chart)(table, lang=self.lang, with_title=False, **more)

        return Figure(key, title, draw)

    # ---- chapters

    def about(self) -> Section:
        portfolio = self.portfolio
        files = portfolio.files
        kinds = files.groupby(["format", "form", "status"], dropna=False).size()
        table = kinds.reset_index(name="n").convert_dtypes()
        table["status"] = [
            wording.code_label("file_statuses", s, self.lang) for s in table["status"]
        ]
        table["form"] = [self.form(form) for form in table["form"]]
        shown = self.columns(format="text", form="text", status="text", n="integer")
        parts: list[Table | Figure] = [Table("files", self.word("about.files"), shown, table)]
        unread = files.loc[files["status"] != "read", ["file", "status"]]
        missed = unread.head(SHOWN)
        if len(missed):
            missed = missed.assign(
                status=[wording.code_label("file_statuses", s, self.lang) for s in missed["status"]]
            )
            columns = self.columns(file="text", status="text")
            note = self.more(len(missed), len(unread), "files")
            title = self.word("about.not_read")
            parts.append(Table("files_not_read", title, columns, missed, note))
        counts = portfolio.issues["severity"].value_counts()
        built = self.word(
            "about.built",
            files=len(files),
            read=int((files["status"] == "read").sum()),
            projects=len(portfolio),
            findings=len(portfolio.issues),
            errors=int(counts.get("error", 0)),
        )
        return self.section("about", self.word("about.what"), built, parts=parts)

    def form(self, form: object) -> str:
        if wording.is_missing(form):
            return wording.word("format.missing", self.lang)
        return ", ".join(wording.word(f"form.{name}", self.lang) for name in str(form).split(", "))

    def glance(self) -> Section:
        projects, overview = self.portfolio.projects, self.overview
        rows: list[tuple[str, str]] = [
            (self.word("cover.projects"), wording.number(len(projects), self.lang)),
            (
                self.word("glance.beneficiaries"),
                wording.number(projects["applicant"].nunique(), self.lang),
            ),
        ]
        for status in ("ended", "running", "interrupted"):
            n = int((projects["status_code"] == status).sum())
            rows.append((self.word(f"glance.{status}"), wording.number(n, self.lang)))
        sums = {
            "grant": "eu_and_state_planned",
            "planned": "public_total_planned",
            "realised": "public_total_realised",
        }
        for key, column in sums.items():
            known = overview[column].dropna()
            label = self.word("glance.known", label=self.word(f"glance.{key}"), n=len(known))
            total = known.sum() if len(known) else None
            rows.append((label, wording.money(total, self.lang)))
        frame = pd.DataFrame(rows, columns=["item", "value"], dtype="string")
        columns = [Column(name, self.word(f"glance.{name}")) for name in ("item", "value")]
        parts: list[Table | Figure] = [Table("glance", self.word("glance.table"), columns, frame)]
        by_year = stats.status_by_year(self.portfolio)
        if len(by_year) > 1 and not self.few:
            title = self.word("glance.years")
            parts.append(self.figure("status_by_year", title, "status_by_year", by_year))
        shares = stats.concentration(self.portfolio)
        if len(shares) > FEW:
            title = self.word("glance.concentration")
            parts.append(self.figure("concentration", title, "concentration", shares))
        return self.section("glance", parts=parts)

    def funding(self) -> Section:
        parts: list[Table | Figure] = []
        columns = self.columns(
            group="text", n="integer", planned="money", realised="money", ratio="percent",
            n_both="integer", planned_all="money",
        )  # fmt: skip
        whole = stats.planned_and_realised(self.portfolio)
        both = int(whole["n_both"].sum())
        note = self.word("excluded", n=both, left=len(self.portfolio) - both)
        for name, by in self.groups():
            table = stats.planned_and_realised(self.portfolio, by=by)
            title = self.word("funding.by", group=group_heading(name, self.lang))
            shown = self.grouped(table, by).assign(ratio=_ratio(table))
            parts.append(Table(f"funding_by_{name}", title, columns, shown, note))
            if name in ("priority_axis", "region"):
                parts.append(
                    self.figure(f"funding_by_{name}", title, "planned_and_realised", table)
                )
        if len(self.portfolio) <= SHOWN:
            parts.append(self.project_funding())
        places = stats.locations_summary(self.portfolio)
        if len(places) and places["n"].sum() and not self.few:
            parts.append(self.figure("regions", self.word("funding.map"), "tile_map", places))
        return self.section("funding", self.word("funding.intro"), parts=parts)

    def project_funding(self) -> Table:
        columns = self.columns(
            project_code="text", name="text", eu_and_state_planned="money",
            eu_and_state_realised="money", public_total_planned="money",
            public_total_realised="money", public_total_absorption="percent",
        )  # fmt: skip
        shown = self.overview.sort_values("public_total_planned", ascending=False)
        return Table("funding_by_project", self.word("funding.projects"), columns, shown)

    def absorption(self) -> Section:
        parts: list[Table | Figure] = []
        columns = self.columns(
            group="text", n="integer", planned="money", realised="money", ratio_of_sums="percent",
            median_ratio="percent", q1="percent", q3="percent", ci_low="percent",
            ci_high="percent", n_below_080="integer", n_above_100="integer",
        )  # fmt: skip
        whole = stats.absorption(self.portfolio)
        note = self.word("excluded", n=int(whole["n"].sum()), left=int(whole["n_excluded"].sum()))
        found = [("all", list[str]()), *self.groups()]
        for name, by in found:
            table = stats.absorption(self.portfolio, by=by) if by else whole
            head, shown = self.headed(name, by, table)
            title = self.word("absorption.by", group=head)
            parts.append(Table(f"absorption_by_{name}", title, columns, shown, note))
            if name == "priority_axis":
                ratios = stats.ratios(self.portfolio, by=by)
                parts.append(
                    self.figure(f"absorption_by_{name}", title, "absorption", table, ratios=ratios)
                )
        return self.section("absorption", self.word("absorption.intro"), parts=parts)

    def participants(self) -> Section:
        parts: list[Table | Figure] = []
        columns = self.columns(
            group="text", n="integer", n_not_applicable="integer", n_missing="integer",
            n_planned="integer", planned="integer", n_realised="integer", realised="integer",
            womens_share_planned="percent", womens_share_realised="percent",
            cost_per_planned="money", cost_per_realised="money",
        )  # fmt: skip
        for name, by in [("all", list[str]()), *self.groups()]:
            if name in ("authority", "region"):
                continue
            table = stats.participants(self.portfolio, by=by or None)
            head, shown = self.headed(name, by, table)
            title = self.word("participants.table", group=head)
            parts.append(Table(f"participants_by_{name}", title, columns, shown))
            if name == "priority_axis" and table["planned"].notna().any():
                parts.append(self.figure(f"participants_by_{name}", title, "participants", table))
        return self.section("participants", self.word("participants.intro"), parts=parts)

    def stated(self) -> Section:
        table = stats.stated_participants(self.portfolio)
        told = table[table["value"].notna()]
        if not len(told):
            return self.section("stated", self.word("stated.intro"), self.word("stated.none"))
        many = len(self.portfolio) > FEW
        rows = told[told["rank"] == 1] if many else told
        if many:
            rows = rows.sort_values("value", ascending=False, kind="stable")
        shown = rows.head(SHOWN)
        key = "largest" if many else "table"
        claims = [
            self.claim(qualifier, value)
            for qualifier, value in zip(shown["qualifier"], shown["value"], strict=True)
        ]
        columns = self.columns(
            project_code="text", planned="integer", claim="text", unit="text", sentence="text"
        )  # fmt: skip
        title = self.word(f"stated.{key}")
        note = self.more(len(shown), len(rows), "claims")
        parts: list[Table | Figure] = [
            Table("stated_participants", title, columns, shown.assign(claim=claims), note),
            self.figure("stated_participants", title, "stated_participants", table),
        ]
        return self.section("stated", self.word("stated.intro"), parts=parts)

    def claim(self, qualifier: object, value: object) -> str:
        said = wording.number(value, self.lang)
        if qualifier == "exact":
            return said
        return f"{wording.code_label('qualifiers', qualifier, self.lang)} {said}"

    def sustainability(self) -> Section:
        table = stats.sustainability_profile(self.portfolio)
        intro = self.word("sustainability.intro")
        if not len(table) or not table["n"].sum():
            return self.section("sustainability", intro, wording.word("no_data", self.lang))
        shown = table.assign(
            criterion=[
                wording.code_label("sustainability_criteria", c, self.lang)
                for c in table["criterion"]
            ],
            effect=[wording.word(f"column.{e}", self.lang) for e in table["effect"]],
        )
        columns = self.columns(
            criterion="text", effect="text", n="integer", mean="number", median="number",
            share_zero="percent", share_8_or_above="percent",
        )  # fmt: skip
        columns = [Column(c.name, c.label, c.kind, int(c.kind == "number")) for c in columns]
        title = self.word("sustainability.table")
        effects = self.word("sustainability.effects")
        parts: list[Table | Figure] = [
            Table("sustainability", title, columns, shown),
            self.figure("sustainability", title, "sustainability", table),
            self.figure("sustainability_effects", effects, "sustainability_effects", table),
        ]
        return self.section("sustainability", intro, parts=parts)

    def horizontal(self) -> Section:
        table = stats.horizontal_answers(self.portfolio)
        if not len(table):
            return self.section("horizontal", wording.word("no_data", self.lang))
        shown = table.assign(
            principle=[
                wording.code_label("horizontal_principles", p, self.lang)
                for p in table["principle"]
            ],
            answer=[
                answer
                if wording.is_missing(code)
                else wording.code_label("answers", code, self.lang)
                for code, answer in zip(table["answer_code"], table["answer"], strict=True)
            ],
        )
        columns = self.columns(
            principle="text", answer="text", n="integer", share="percent", n_missing="integer"
        )
        title = self.word("horizontal.table")
        parts: list[Table | Figure] = [
            Table("horizontal", title, columns, shown),
            self.figure("horizontal", title, "horizontal_answers", table),
        ]
        return self.section("horizontal", parts=parts)

    def time(self) -> Section:
        amended = None if self.before is None else stats.amendments(self.before, self.portfolio)
        parts: list[Table | Figure] = []
        table = stats.timeline(self.portfolio, amended=amended)
        if len(table):
            parts.append(self.figure("timeline", self.word("time.timeline"), "timeline", table))
        if amended is None:
            return self.section("time", self.word("time.no_before"), parts=parts)
        changed = amended[amended["amended"].fillna(False)]
        shown = changed.head(SHOWN)
        columns = [
            Column("project_code", self.label("project_code")), Column("name", self.label("name")),
            Column("extension_days", self.label("extension_days"), "integer"),
            Column("grant_change", self.label("grant_change"), "money"),
            Column("public_total_change", self.label("public_total_change"), "money"),
        ]  # fmt: skip
        title = self.word("time.amendments")
        cut = self.more(len(shown), len(changed), "figures/amendments.csv")
        note = f"{self.word('of', n=len(amended))} {cut}".strip()
        parts.append(Table("amendments", title, columns, shown, note))
        if len(amended):
            parts.append(self.figure("amendments", title, "amendments", amended))
        return self.section("time", parts=parts)

    def conflicts(self) -> Section:
        rows = self.portfolio.conflicts()
        table = rows.head(SHOWN)
        if not len(table):
            return self.section("conflicts", self.word("conflicts.none"))
        shown = table.assign(
            field=[wording.field_label(field, self.lang) for field in table["field"]],
            source=[
                wording.code_label("source_kinds", kind, self.lang) for kind in table["source"]
            ],
            place=[_place(row.file, row.line) for row in table.itertuples()],
        )
        columns = [
            Column("project_code", self.label("project_code")),
            Column("field", self.label("field")),
            Column("source", self.label("source")), Column("value", self.word("glance.value")),
            Column("place", self.label("place")),
        ]  # fmt: skip
        note = self.more(len(table), len(rows), "conflicts")
        parts: list[Table | Figure] = [
            Table("conflicts", self.word("conflicts.table"), columns, shown, note)
        ]
        return self.section("conflicts", parts=parts)

    def findings(self) -> Section:
        issues = self.portfolio.issues
        counts = issues.groupby(["severity", "code"]).size().reset_index(name="n").convert_dtypes()
        order = ["error", "warning", "info"]
        counts = counts.sort_values("severity", key=lambda s: s.map(order.index), kind="stable")
        counts["severity"] = [
            wording.code_label("severities", s, self.lang) for s in counts["severity"]
        ]
        parts: list[Table | Figure] = []
        if len(counts):
            columns = self.columns(severity="text", code="text", n="integer")
            parts.append(Table("findings_counts", self.word("findings.counts"), columns, counts))
        serious = issues[issues["severity"] != "info"]
        paragraphs = []
        if len(serious):
            shown = serious.head(SHOWN)
            said = [
                wording.message(
                    str(row.code), self.lang, file=row.file, project=row.project_code,
                    field=row.field, line=row.line, raw=row.raw,
                )
                for row in shown.itertuples()
            ]  # fmt: skip
            kinds = [wording.code_label("severities", s, self.lang) for s in shown["severity"]]
            frame = shown.assign(message=said, severity=kinds)
            columns = self.columns(severity="text", message="text")
            note = self.more(len(shown), len(serious), "issues")
            parts.append(Table("findings", self.word("findings.list"), columns, frame, note))
        else:
            paragraphs.append(self.word("findings.none"))
        return self.section("findings", *paragraphs, parts=parts)

    def method(self) -> Section:
        keys = ("reading", "sources", "sums", "intervals")
        return self.section("method", *(self.word(f"method.{key}") for key in keys))

    # ---- cards

    def project_cards(self) -> Section:
        if not self.with_cards:
            return self.section("cards", self.word("cards.left_out", n=len(self.portfolio)))
        texts = self.portfolio.narratives
        texts = texts[texts["section"].isin(["target_groups", "final_report"])]
        by_code = dict(list(texts.groupby("project_code", sort=False)))
        rows = self.overview.to_dict("records")
        made = [self.card({str(k): v for k, v in row.items()}, by_code) for row in rows]
        return Section("cards", self.word("cards.title"), cards=made)

    def card(self, row: Mapping[str, Any], texts: Mapping[Any, pd.DataFrame]) -> Card:
        code, lang = str(row["project_code"]), self.lang
        facts = [(self.label("applicant"), row["applicant"])]
        both = (wording.date(row["start_date"], lang), wording.date(row["end_date"], lang))
        span = wording.word("report.date_range", lang, first=both[0], last=both[1])
        money = [wording.money(row[f"public_total_{s}"], lang) for s in ("planned", "realised")]
        pair = self.word("cards.pair", planned=money[0], realised=money[1])
        facts += [
            (self.word("cards.period"), span),
            (self.label("status"), self.status(row)),
            (self.label("authority"), row["authority"]),
            (self.word("cards.money"), pair),
            (
                self.label("public_total_absorption"),
                wording.percent(row["public_total_absorption"], lang),
            ),
            (self.label("participants_planned"), self.people(row, "planned")),
        ]
        if not wording.is_missing(row["participants_realised"]):
            facts.append((self.label("participants_realised"), self.people(row, "realised")))
        missing = wording.word("format.missing", lang)
        said = [(name, missing if wording.is_missing(v) else str(v)) for name, v in facts]
        part = texts.get(code)
        prose = [] if part is None else [
            (wording.code_label("narrative_sections", one.section, lang), str(one.text))
            for one in part.itertuples()
        ]  # fmt: skip
        name = code if wording.is_missing(row["name"]) else str(row["name"])
        return Card(code, name, said, prose, self.evidence.get(code))

    def status(self, row: Mapping[str, Any]) -> object:
        """The status in the language of the report; one the shelf does not know as written."""
        if wording.is_missing(row["status_code"]):
            return row["status"]
        return wording.code_label("status", row["status_code"], self.lang)

    def people(self, row: Mapping[str, Any], stage: str) -> str:
        """Participants of a stage: a number counts only where participants apply."""
        applicable = row["participants_applicable"]
        if not wording.is_missing(applicable) and not applicable:
            return wording.code_label("value_statuses", "not_applicable", self.lang)
        return wording.number(row[f"participants_{stage}"], self.lang)


def _ratio(table: pd.DataFrame) -> "pd.Series[Any]":
    """Realised by planned; missing where nothing was planned."""
    planned = table["planned"].where(table["planned"] > 0)
    return table["realised"] / planned


def _place(file: object, line: object) -> str:
    return str(file) if wording.is_missing(line) else f"{file}:{line}"
