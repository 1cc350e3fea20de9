"""Figures of a portfolio by plain pandas, for the texts: nothing of esrdata's statistics."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

MONTH = 365.25 / 12
FI_IN = {
    "Uusimaa": "Uudellamaalla", "Varsinais-Suomi": "Varsinais-Suomessa",
    "Satakunta": "Satakunnassa",
    "Kanta-Häme": "Kanta-Hämeessä", "Pirkanmaa": "Pirkanmaalla", "Päijät-Häme": "Päijät-Hämeessä",
    "Kymenlaakso": "Kymenlaaksossa", "Etelä-Karjala": "Etelä-Karjalassa",
    "Etelä-Savo": "Etelä-Savossa", "Pohjois-Savo": "Pohjois-Savossa",
    "Pohjois-Karjala": "Pohjois-Karjalassa", "Keski-Suomi": "Keski-Suomessa",
    "Etelä-Pohjanmaa": "Etelä-Pohjanmaalla", "Pohjanmaa": "Pohjanmaalla",
    "Keski-Pohjanmaa": "Keski-Pohjanmaalla", "Pohjois-Pohjanmaa": "Pohjois-Pohjanmaalla",
    "Kainuu": "Kainuussa", "Lappi": "Lapissa",
}  # fmt: skip
FI_GEN = {
    "Uusimaa": "Uudenmaan", "Varsinais-Suomi": "Varsinais-Suomen", "Satakunta": "Satakunnan",
    "Kanta-Häme": "Kanta-Hämeen", "Pirkanmaa": "Pirkanmaan", "Päijät-Häme": "Päijät-Hämeen",
    "Kymenlaakso": "Kymenlaakson", "Etelä-Karjala": "Etelä-Karjalan", "Etelä-Savo": "Etelä-Savon",
    "Pohjois-Savo": "Pohjois-Savon", "Pohjois-Karjala": "Pohjois-Karjalan",
    "Keski-Suomi": "Keski-Suomen", "Etelä-Pohjanmaa": "Etelä-Pohjanmaan",
    "Pohjanmaa": "Pohjanmaan", "Keski-Pohjanmaa": "Keski-Pohjanmaan",
    "Pohjois-Pohjanmaa": "Pohjois-Pohjanmaan", "Kainuu": "Kainuun", "Lappi": "Lapin",
}  # fmt: skip
SV = {
    "Uusimaa": "Nyland", "Varsinais-Suomi": "Egentliga Finland", "Satakunta": "Satakunta",
    "Kanta-Häme": "Egentliga Tavastland", "Pirkanmaa": "Birkaland",
    "Päijät-Häme": "Päijänne-Tavastland", "Kymenlaakso": "Kymmenedalen",
    "Etelä-Karjala": "Södra Karelen", "Etelä-Savo": "Södra Savolax",
    "Pohjois-Savo": "Norra Savolax",
    "Pohjois-Karjala": "Norra Karelen", "Keski-Suomi": "Mellersta Finland",
    "Etelä-Pohjanmaa": "Södra Österbotten", "Pohjanmaa": "Österbotten",
    "Keski-Pohjanmaa": "Mellersta Österbotten", "Pohjois-Pohjanmaa": "Norra Österbotten",
    "Kainuu": "Kajanaland", "Lappi": "Lappland", "Häme": "Tavastland",
}  # fmt: skip
EN = {
    "Varsinais-Suomi": "Southwest Finland", "Etelä-Karjala": "South Karelia",
    "Etelä-Savo": "South Savo", "Pohjois-Savo": "North Savo", "Pohjois-Karjala": "North Karelia",
    "Keski-Suomi": "Central Finland", "Etelä-Pohjanmaa": "South Ostrobothnia",
    "Pohjanmaa": "Ostrobothnia", "Keski-Pohjanmaa": "Central Ostrobothnia",
    "Pohjois-Pohjanmaa": "North Ostrobothnia", "Lappi": "Lapland",
}  # fmt: skip
# Who was responsible, as in "Yliopistojen vastuulla oli"; and who it was, as in "Yliopistot".
TYPES = {
    "Yliopisto": {
        "fi": "yliopistojen", "sv": "universiteten", "en": "universities",
        "fi.pl": "yliopistot", "sv.pl": "universiteten", "sv.in": "universitet",
    },
    "Ammattikorkeakoulu": {
        "fi": "ammattikorkeakoulujen", "sv": "yrkeshögskolorna",
        "en": "universities of applied sciences",
        "fi.pl": "ammattikorkeakoulut", "sv.in": "yrkeshögskolor",
    },
    "Kuntayhtymä": {
        "fi": "kuntayhtymien", "sv": "samkommunerna", "en": "joint municipal authorities",
        "fi.pl": "kuntayhtymät", "sv.in": "samkommuner",
    },
}  # fmt: skip
# Funders that are no ELY Centre, by language and form.
FUNDERS = {
    "Finnvera": {"fi.gen": "Finnveran"},
    "Tekes": {"fi.gen": "Tekesin"},
    "Lapin liitto": {
        "fi.gen": "Lapin liiton", "sv": "Lapplands förbund", "en": "Regional Council of Lapland",
        "en.the": "the Regional Council of Lapland",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Groups:
    """Groups by their short names, each with the codes of its projects and its name."""

    codes: dict[str, set[str]]
    names: dict[str, str]


class Facts:
    """What the texts are filled with."""

    def __init__(self, folder: Path) -> None:
        def table(name: str) -> pd.DataFrame:
            return pd.read_parquet(folder / f"{name}.parquet")

        self.projects = table("projects").set_index("project_code")
        funding = table("funding")
        public = funding[funding["measure"] == "public_total"]
        self.sums = public.pivot_table(index="project_code", columns="stage", values="amount_eur")
        state = funding[funding["measure"] == "eu_and_state"]
        self.state = state.pivot_table(index="project_code", columns="stage", values="amount_eur")
        self.counts = people = table("indicators")
        self.people = people[people["indicator"] == "participants"]
        places = table("locations")
        places = places[places["level"] == "region"]
        self.places = places
        self.groups = self._groups(places)

    def _groups(self, places: pd.DataFrame) -> Groups:
        codes = {"all": set(self.projects.index)}
        names = {"all": ""}
        order = places.groupby("name")["project_code"].nunique().sort_values(ascending=False)
        for n, region in enumerate(order.index[:9], start=1):
            codes[f"R{n}"] = set(places.loc[places["name"] == region, "project_code"])
            names[f"R{n}"] = str(region)
        periods = self.projects["programme_period"]
        for n, period in enumerate(("2007-2013", "2014-2020"), start=1):
            codes[f"P{n}"] = set(periods.index[periods == period])
            names[f"P{n}"] = period
        late = self.projects[periods == "2014-2020"]
        for n, axis in enumerate(sorted(late["priority_axis"].dropna().unique()), start=1):
            codes[f"A{n}"] = set(late.index[late["priority_axis"] == axis])
            names[f"A{n}"] = str(int(axis))
        for n, aim in enumerate(sorted(late["specific_objective"].dropna().unique())[:9], start=1):
            codes[f"S{n}"] = set(late.index[late["specific_objective"] == aim])
            names[f"S{n}"] = str(aim)
        for n, funder in enumerate(FUNDERS, start=1):
            codes[f"V{n}"] = set(self.projects.index[self.projects["authority"] == funder])
            names[f"V{n}"] = funder
        authorities = self.projects["authority"].value_counts()
        regional = [name for name in authorities.index if str(name).endswith("ympäristökeskus")]
        for n, authority in enumerate(regional[:4], start=1):
            codes[f"E{n}"] = set(self.projects.index[self.projects["authority"] == authority])
            names[f"E{n}"] = str(authority)
        for n, fund in enumerate(("EAKR", "ESR"), start=1):
            codes[f"F{n}"] = set(self.projects.index[self.projects["fund"] == fund])
            names[f"F{n}"] = fund
        early = self.projects[(periods == "2007-2013") & (self.projects["fund"] == "ESR")]
        for n in range(1, 6):
            codes[f"L{n}"] = set(early.index[early["priority_axis"] == n])
            names[f"L{n}"] = str(n)
        years = self.projects["start_date"].dt.year
        for n, year in enumerate(years.value_counts().sort_index(kind="stable").nlargest(2).index):
            codes[f"Y{n + 1}"] = set(years.index[years == year])
            names[f"Y{n + 1}"] = str(int(year))
        for n, kind in enumerate(TYPES, start=1):
            codes[f"T{n}"] = set(self.projects.index[self.projects["organisation_type"] == kind])
            names[f"T{n}"] = kind
        applicants = self.projects["applicant_id"].value_counts()
        for n, one in enumerate(applicants.index[applicants >= 3][:2], start=1):
            chosen = self.projects[self.projects["applicant_id"] == one]
            codes[f"B{n}"] = set(chosen.index)
            names[f"B{n}"] = str(chosen["applicant"].mode().iloc[0])
        plans = self.sums["planned"].dropna()
        for short, one in (("J1", plans.idxmax()), ("K1", plans[plans > 0].idxmin())):
            codes[short], names[short] = {str(one)}, str(one)
        return Groups({k: v for k, v in codes.items() if v}, names)

    @cache  # noqa: B019 - there is one of these per portfolio
    def value(self, stat: str, group: str) -> float:
        """A figure: euros, per cent, a count or months; of two groups, what sets them apart."""
        if "-" in group or "~" in group:
            return self._apart(stat, group)
        if stat == "rankp":
            return self._rank(group)
        codes = set[str]()
        for one in group.split("+"):
            codes |= self.groups.codes[one]
        rows = self.projects.loc[self.projects.index.isin(codes)]
        sums = self.sums[self.sums.index.isin(codes)].dropna(subset=["planned", "realised"])
        state = self.state[self.state.index.isin(codes)].dropna(subset=["planned", "realised"])
        ended = sums[sums.index.isin(rows.index[rows["status_code"] == "ended"])]
        ended = ended[ended["planned"] > 0]
        use = ended["realised"] / ended["planned"]
        plans = self.sums.loc[self.sums.index.isin(codes), "planned"].dropna()
        people = self.people[self.people["project_code"].isin(codes)].dropna(subset=["total"])
        days = ((rows["end_date"] - rows["start_date"]).dt.days + 1).astype(float)
        whole = self.sums.dropna(subset=["planned", "realised"])
        made = {
            "n": lambda: len(rows),
            "planned": lambda: sums["planned"].sum(),
            "realised": lambda: sums["realised"].sum(),
            "gap": lambda: sums["planned"].sum() - sums["realised"].sum(),
            "ratio": lambda: 100 * sums["realised"].sum() / sums["planned"].sum(),
            "ended": lambda: (rows["status_code"] == "ended").sum(),
            "running": lambda: (rows["status_code"] == "running").sum(),
            "applicants": lambda: rows["applicant_id"].nunique(),
            "unused": lambda: 100 - 100 * sums["realised"].sum() / sums["planned"].sum(),
            "eplanned": lambda: state["planned"].sum(),
            "erealised": lambda: state["realised"].sum(),
            "q1p": lambda: plans.quantile(0.25), "q3p": lambda: plans.quantile(0.75),
            "top10": lambda: self._largest(10),
            "meanp": plans.mean, "medp": plans.median, "maxp": plans.max, "minp": plans.min,
            "medratio": lambda: 100 * use.median(),
            "below": lambda: (use < 0.8).sum(),
            "shareb": lambda: 100 * (use < 0.8).mean(),
            "meanr": lambda: sums["realised"].mean(),
            "medmonths": lambda: days.median() / MONTH,
            "medcost": lambda: self._cost(codes),
            "months": lambda: days.mean() / MONTH,
            "minmonths": lambda: days.min() / MONTH, "maxmonths": lambda: days.max() / MONTH,
            "sharen": lambda: 100 * len(rows) / len(self.projects),
            "sharep": lambda: 100 * sums["planned"].sum() / whole["planned"].sum(),
            "pplan": lambda: people.loc[people["stage"] == "planned", "total"].sum(),
            "preal": lambda: people.loc[people["stage"] == "realised", "total"].sum(),
            "womens": lambda: self._women(people),
            "sharer": lambda: 100 * sums["realised"].sum() / whole["realised"].sum(),
            "inter": lambda: (rows["status_code"] == "interrupted").sum(),
            "big": lambda: (plans >= 1_000_000).sum(),
            "top5": lambda: self._largest(5),
            "jplan": lambda: self._count("jobs_created", "planned", codes),
            "jreal": lambda: self._count("jobs_created", "realised", codes),
            "cplan": lambda: self._count("companies_created", "planned", codes),
            "creal": lambda: self._count("companies_created", "realised", codes),
        }  # fmt: skip
        return float(made[stat]())

    def _apart(self, stat: str, pair: str) -> float:
        """How two groups differ: d, by how much; x, how many times; c, by how many per cent."""
        first, second = (self.value(stat[1:], group) for group in re.split("[-~]", pair))
        if not first > second > 0:
            raise KeyError(pair)
        if stat[0] == "c":
            return 100 * (first - second) / (first if "~" in pair else second)
        return first - second if stat[0] == "d" else first / second

    def _rank(self, group: str) -> float:
        """The place of a region by what was planned, where no other has the same sum."""
        plans = self.places.join(self.sums["planned"], on="project_code").groupby("name")["planned"]
        rank = plans.sum().rank(ascending=False)[self.groups.names[group]]
        if not 2 <= rank <= 6 or rank % 1:
            raise KeyError(group)
        return float(rank)

    def _cost(self, codes: set[str]) -> float:
        """The median of what a participant cost, of projects that ended."""
        rows = self.people[self.people["stage"] == "realised"].set_index("project_code")["total"]
        ended = self.projects.index[self.projects["status_code"] == "ended"]
        both = self.sums[["realised"]].join(rows, how="inner").dropna()
        both = both[(both > 0).all(axis=1) & both.index.isin(codes) & both.index.isin(ended)]
        return float((both["realised"] / both["total"]).astype(float).median())

    def _women(self, people: pd.DataFrame) -> float:
        known = people[people["stage"] == "realised"].dropna(subset=["total", "women"])
        return 100 * known["women"].sum() / known["total"].sum()

    def _largest(self, n: int) -> float:
        """The share of the largest applicants in what was planned."""
        plans = self.sums["planned"].dropna()
        by = plans.groupby(self.projects["applicant_id"].reindex(plans.index)).sum()
        return 100 * by.nlargest(n).sum() / plans.sum() if len(by) > n else float("nan")

    def _count(self, indicator: str, stage: str, codes: set[str]) -> float:
        rows = self.counts[(self.counts["indicator"] == indicator)
                           & (self.counts["stage"] == stage)]  # fmt: skip
        return float(rows.loc[rows["project_code"].isin(codes), "total"].sum())

    def name(self, group: str, lang: str, form: str) -> str:
        """A group as it is called in a sentence."""
        name = self.groups.names[group]
        if group.startswith("E"):
            return self._authority(name, lang, form)
        if group.startswith("T"):
            return TYPES[name].get(f"{lang}.{form}", TYPES[name][lang])
        if group.startswith("V"):
            return FUNDERS[name].get(f"{lang}.{form}", FUNDERS[name].get(lang, name))
        if group.startswith("B"):
            return name
        if lang == "fi":
            inner = FI_IN[name]
            into = f"{inner[:-3]}lle" if inner.endswith("lla") else inner
            into = "Uudellemaalle" if name == "Uusimaa" else into
            return {"nom": name, "in": inner, "gen": FI_GEN[name], "ad": into}[form]
        return (SV if lang == "sv" else EN).get(name, name)

    def _authority(self, name: str, lang: str, form: str) -> str:
        region = name.split(" elinkeino")[0]
        if lang == "fi":
            short = f"{region} ELY-keskus"
            return {"of": f"{short[:-1]}ksen", "to": f"{short[:-1]}kselle", "full": name}.get(
                form, short
            )
        base = next((r for r, genitive in FI_GEN.items() if genitive == region), "Häme")
        if lang == "sv":
            return f"NTM-centralen i {SV[base]}"
        return f"{'the ' if form == 'the' else ''}ELY Centre for {EN.get(base, base)}"
