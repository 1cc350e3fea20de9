"""The official frame on the shelf: axes, objectives, authorities and their successors, regions."""

import datetime as dt
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

import esrdata.knowledge
from esrdata.knowledge import load

SHELF = Path(esrdata.knowledge.__file__).parent
SOURCES = yaml.safe_load((SHELF / "sources.yml").read_text(encoding="utf-8"))
FRAME = (
    "priority_axes",
    "specific_objectives",
    "authorities",
    "authority_successors",
    "programme_sections",
    "regions",
)
# What tells the rows of a list apart.
KEYS = {
    "priority_axes": ("programme_period", "fund", "code"),
    "specific_objectives": ("programme_period", "code"),
    "programme_sections": ("programme_period", "fund", "code"),
}
KINDS = {
    "elinvoimakeskus": 10,
    "ely": 15,
    "te_centre": 15,
    "provincial_office": 5,
    "regional_council": 19,
}
EMPTY = {"variants", "note", "first_day", "last_day"}

AUTHORITIES = {row["code"]: row for row in load.codes("authorities")}
LINKS = {row["code"]: row for row in load.codes("authority_successors")}


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def successors(code: str) -> list[str]:
    return LINKS[code]["successor"].split("|") if code in LINKS else []


def bare(text: str) -> str:
    """Fold a spelling and leave its punctuation out, as lists lose their commas."""
    kept = (" " if unicodedata.category(sign)[0] == "P" else sign for sign in text)
    return load.fold("".join(kept))


def spelt(row: dict[str, str]) -> list[str]:
    known = [row[f"label_{language}"] for language in load.LANGUAGES]
    return list(filter(None, known + row.get("variants", "").split("|")))


# ---- every list of the frame


@pytest.mark.parametrize("name", FRAME)
def test_rows_are_told_apart_by_their_key(name: str) -> None:
    key = KEYS.get(name, ("code",))
    met = Counter(tuple(row[part] for part in key) for row in load.codes(name))
    assert [code for code, count in met.items() if count > 1] == []
    assert len(met) >= 9


@pytest.mark.parametrize("name", FRAME)
def test_rows_have_labels_sources_and_no_empty_cell_unsaid(name: str) -> None:
    for row in load.codes(name):
        assert all(row[f"label_{language}"] for language in load.LANGUAGES), row
        assert set(row["source"].split("|")) <= set(SOURCES), row
        assert {column for column, cell in row.items() if not cell} <= EMPTY, row


@pytest.mark.parametrize("name", FRAME)
def test_a_row_says_where_it_was_read_beside_what_is_ours(name: str) -> None:
    ours = {key for key in SOURCES if key.startswith("own_")}
    unread = {row["code"] for row in load.codes(name) if set(row["source"].split("|")) <= ours}
    # That Tekes became Business Finland is known to all, and was read nowhere.
    assert unread <= {"agency_tekes"}
    for row in load.codes(name):
        keys = row["source"].split("|")
        assert len(keys) == len(set(keys)), row


@pytest.mark.parametrize("name", ["authorities", "programme_sections"])
def test_no_spelling_stands_for_two_rows(name: str) -> None:
    met = defaultdict(set)
    for row in load.codes(name):
        for spelling in spelt(row):
            met[bare(spelling)].add(row["code"])
    assert {spelling: codes for spelling, codes in met.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", ["authorities", "programme_sections"])
def test_a_row_says_each_spelling_once(name: str) -> None:
    for row in load.codes(name):
        said = [load.fold(variant) for variant in row["variants"].split("|") if variant]
        labels = {load.fold(row[f"label_{language}"]) for language in load.LANGUAGES}
        assert len(said) == len(set(said)), row
        assert not labels & set(said), row


# ---- axes and objectives


def test_axes_of_the_regional_fund_2007() -> None:
    # pohjois-suomi.fi (axes 1 to 4), docplayer.fi/5191768 (Southern Finland, 1 to 5),
    # lansisuomi.fi/se/program/eruf (1 to 4).
    axes = {
        row["code"]: row
        for row in load.codes("priority_axes")
        if (row["programme_period"], row["fund"]) == ("2007-2013", "EAKR")
    }
    assert sorted(axes) == ["1", "2", "3", "4", "5", "6"]
    assert axes["1"]["label_fi"] == "Yritystoiminnan edistäminen"
    assert axes["3"]["label_sv"] == "Förbättring av områdenas tillgänglighet och närmiljö"
    # One number means two things in the regional programmes: the row says so.
    assert {code for code, row in axes.items() if row["note"]} == {"4", "5", "6"}


def test_an_objective_points_to_an_axis_of_its_period() -> None:
    axes = {(row["programme_period"], row["code"]) for row in load.codes("priority_axes")}
    for row in load.codes("specific_objectives"):
        assert (row["programme_period"], row["priority_axis"]) in axes, row


def test_the_objectives_of_a_period_stand_in_the_order_of_their_numbers() -> None:
    met = [
        (row["programme_period"], *(int(part) for part in row["code"].split(".")))
        for row in load.codes("specific_objectives")
    ]
    assert met == sorted(met)


def test_the_thirteen_objectives_of_2014_and_four_of_react_eu() -> None:
    # "five priority axes and 13 specific objectives":
    # pohjois-pohjanmaa.fi/regional_development/programme_for_sustainable_growth_and_jobs_2014-2020;
    # REACT-EU, 12.1 to 12.4, came in 2021.
    axes = {
        row["code"]: row["priority_axis"]
        for row in load.codes("specific_objectives")
        if row["programme_period"] == "2014-2020"
    }
    react = {code for code in axes if code.startswith("12.")}
    assert (len(axes) - len(react), len(react)) == (13, 4)
    counted = Counter(axis for code, axis in axes.items() if code not in react)
    assert counted == {"1": 4, "2": 3, "3": 3, "4": 2, "5": 1}


@pytest.mark.parametrize(
    ("code", "axis", "label"),
    [
        # lappi.fi/lapinliitto/ajankohtaista/sisalto/-/view/418600
        ("2.1", "1", "Pk-yritysten kasvun ja kansainvälistymisen edistäminen"),
        # rakennerahastot.fi/-/eakr-rahoitusta-haettavana-lapin-liiton-taydennyshaussa-
        # rakennerahasto-ohjelmasta-2014-2020-1
        ("3.2", "2", "Uusiutuvan energian ja energiatehokkaiden ratkaisujen kehittäminen"),
        ("5.1", "2", "Yritysten innovaatiotoiminnan vahvistaminen"),
    ],
)
def test_objectives_of_2014_as_their_page_says(code: str, axis: str, label: str) -> None:
    (row,) = (
        row
        for row in load.codes("specific_objectives")
        if (row["programme_period"], row["code"]) == ("2014-2020", code)
    )
    assert (row["priority_axis"], row["label_fi"]) == (axis, label)


def test_axes_and_objectives_of_2021_as_their_pages_say() -> None:
    # satakunta.fi/rahoitus/eun-rakennerahastot/eun-rakennerahastot-2021-2027 (six axes) and
    # satakunta.fi/jtf-rahoitushaku-… (axis 7, objective 7.1). Technical assistance and the two
    # axes of 2026 (defence) have no number that was read, so the list is known to lack them.
    axes = {
        row["code"]: row["fund"]
        for row in load.codes("priority_axes")
        if row["programme_period"] == "2021-2027"
    }
    assert list(axes) == list("1234567")
    assert list(axes.values()) == ["EAKR"] * 3 + ["ESR"] * 3 + ["JTF"]
    objectives = {
        row["code"]: (row["priority_axis"], row["label_fi"])
        for row in load.codes("specific_objectives")
        if row["programme_period"] == "2021-2027"
    }
    assert len(objectives) == 13
    assert all(code.split(".")[0] == axis for code, (axis, _) in objectives.items())
    # rakennerahastot.fi/-/esr-haku-0525, rakennerahastot.fi/-/turvaverkkoja-haut-2024
    assert objectives["4.1"] == ("4", "Polkuja töihin")
    assert objectives["4.3"] == ("4", "Yhdenvertaiseen osallisuuteen")
    assert objectives["5.1"] == ("5", "Turvaverkkoja nuorten tulevaisuuteen")


# ---- authorities


def test_so_many_authorities_of_a_kind() -> None:
    # 15 TE-keskukset: fi.wikipedia.org/wiki/Työ-_ja_elinkeinokeskus; 15 ELY-keskukset:
    # stat.fi/fi/luokitukset/ely; ten elinvoimakeskukset: tem.fi/en/economic-development-centres;
    # 18 regional councils: localfinland.fi/regional-councils, and Itä-Uusimaa until 2010.
    counted = Counter(row["kind"] for row in AUTHORITIES.values())
    assert {kind: counted[kind] for kind in KINDS} == KINDS
    assert set(counted) - set(KINDS) == {"ministry", "agency", "other"}


def test_the_codes_of_authorities_are_our_own_keys() -> None:
    for code, row in AUTHORITIES.items():
        assert code.isascii() and code.replace("_", "").isalnum() and code == code.lower(), code
        if row["kind"] in KINDS:
            assert code.startswith(f"{row['kind']}_"), code


def test_an_authority_ends_after_it_began() -> None:
    for row in AUTHORITIES.values():
        first, last = day(row["first_day"]), day(row["last_day"])
        assert first is None or last is None or first < last, row


def test_an_authority_that_ended_has_a_successor_and_no_other_has() -> None:
    ended = {code for code, row in AUTHORITIES.items() if row["last_day"]}
    assert set(LINKS) == ended


def test_links_name_authorities_and_carry_their_labels() -> None:
    for code, link in LINKS.items():
        assert set(successors(code)) <= set(AUTHORITIES) - {code}, link
        assert len(successors(code)) == len(set(successors(code))), link
        for language in load.LANGUAGES:
            assert link[f"label_{language}"] == AUTHORITIES[code][f"label_{language}"], link


def test_a_successor_begins_the_day_after_its_predecessor_ends() -> None:
    for code, link in LINKS.items():
        from_day, last = day(link["from_day"]), day(AUTHORITIES[code]["last_day"])
        assert from_day is not None, link
        assert last is not None, link
        assert from_day == last + dt.timedelta(days=1), link
        first = day(AUTHORITIES[code]["first_day"])
        assert first is None or first < from_day, link
        for successor in successors(code):
            begun = day(AUTHORITIES[successor]["first_day"])
            assert begun is None or begun <= from_day, (link, successor)


def test_every_chain_of_successors_ends_without_a_cycle() -> None:
    def ends(code: str, met: tuple[str, ...] = ()) -> set[str]:
        assert code not in met, met
        found = [ends(after, (*met, code)) for after in successors(code)]
        return set().union(*found) if found else {code}

    for code in AUTHORITIES:
        assert all(not AUTHORITIES[end]["last_day"] for end in ends(code)), code
    assert ends("te_centre_hame") == {
        "elinvoimakeskus_sisa_suomi",
        "elinvoimakeskus_kaakkois_suomi",
    }
    assert ends("provincial_office_lappi") == {"elinvoimakeskus_lappi", "agency_permits"}


def test_every_ely_and_every_elinvoimakeskus_has_its_predecessors() -> None:
    before = defaultdict(set)
    for code in LINKS:
        for successor in successors(code):
            before[successor].add(code)
    for code, row in AUTHORITIES.items():
        if row["kind"] == "ely":
            assert {AUTHORITIES[c]["kind"] for c in before[code]} == {
                "te_centre",
                "provincial_office",
            }, code
        if row["kind"] == "elinvoimakeskus":
            assert {AUTHORITIES[c]["kind"] for c in before[code]} == {"ely"}, code


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # sttinfo.fi/tiedote/71717110 (Kanta-Häme to Sisä-Suomi, Päijät-Häme to Kaakkois-Suomi)
        ("ely_hame", {"elinvoimakeskus_sisa_suomi", "elinvoimakeskus_kaakkois_suomi"}),
        # sttinfo.fi/tiedote/71687772
        ("ely_satakunta", {"elinvoimakeskus_lounais_suomi"}),
        ("ely_varsinais_suomi", {"elinvoimakeskus_lounais_suomi"}),
        # sttinfo.fi/tiedote/71720765
        ("ely_kainuu", {"elinvoimakeskus_pohjois_suomi"}),
        ("ely_pohjois_pohjanmaa", {"elinvoimakeskus_pohjois_suomi"}),
        # kotiseutu-uutiset.com, 9.10.2025
        ("ely_etela_savo", {"elinvoimakeskus_ita_suomi"}),
        # ely-keskus.fi/sv/pohjanmaan-elinvoimakeskus
        ("ely_pohjanmaa", {"elinvoimakeskus_pohjanmaa"}),
        # edilex.fi/lainsaadanto/aiempi/19970121 (Oulun lääni: Pohjois-Pohjanmaa and Kainuu)
        ("provincial_office_oulu", {"ely_pohjois_pohjanmaa", "ely_kainuu", "avi_pohjois_suomi"}),
    ],
)
def test_successors_as_their_page_says(code: str, expected: set[str]) -> None:
    assert set(successors(code)) == expected


def test_short_names_of_ely_centres_follow_their_full_names() -> None:
    for code, row in AUTHORITIES.items():
        if row["kind"] != "ely":
            continue
        area_fi = row["label_fi"].removesuffix(" elinkeino-, liikenne- ja ympäristökeskus")
        area_sv = row["label_sv"].removeprefix("Närings-, trafik- och miljöcentralen i ")
        wanted = {
            f"{area_fi} ELY-keskus",
            f"NTM-centralen i {area_sv}",
            f"ELY-centralen i {area_sv}",
        }
        assert wanted <= set(row["variants"].split("|")), code


# The column Viranomainen of the project list 2007–2013, each authority as the list spells it;
# the repaired copy of the list has the commas gone.
LISTED = {
    "Etelä-Karjalan liitto": "regional_council_etela_karjala",
    "Etelä-Pohjanmaan elinkeino-, liikenne- ja ympäristökeskus": "ely_etela_pohjanmaa",
    "Etelä-Pohjanmaan liitto": "regional_council_etela_pohjanmaa",
    "Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus": "ely_etela_savo",
    "Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus, yritystuet": "ely_etela_savo",
    "Etelä-Savon maakuntaliitto": "regional_council_etela_savo",
    "Finnvera": "finnvera",
    "Finnvera, pääomasijoitustoiminta": "finnvera",
    "Hämeen elinkeino-, liikenne- ja ympäristökeskus": "ely_hame",
    "Hämeen elinkeino-  liikenne- ja ympäristökeskus  yritystuet": "ely_hame",
    "Hämeen liitto": "regional_council_hame",
    "Kaakkois-Suomen elinkeino- liikenne- ja ympäristökeskus": "ely_kaakkois_suomi",
    "Kainuun elinkeino- liikenne- ja ympäristökeskus": "ely_kainuu",
    "Kainuun liitto": "regional_council_kainuu",
    "Keski-Pohjanmaan liitto": "regional_council_keski_pohjanmaa",
    "Keski-Suomen elinkeino-,liikenne- ja ympäristökeskus": "ely_keski_suomi",
    "Keski-Suomen elinkeino-, liikenne- ja ympäristökeskus, yritystuet": "ely_keski_suomi",
    "Keski-Suomen liitto": "regional_council_keski_suomi",
    "Kymenlaakson liitto": "regional_council_kymenlaakso",
    "Lapin elinkeino- liikenne- ja ympäristökeskus": "ely_lappi",
    "Lapin liitto": "regional_council_lappi",
    "Liikennevirasto": "agency_transport",
    "Opetus- ja kulttuuriministeriö": "ministry_education",
    "Opetushallitus": "agency_education",
    "Pirkanmaan elinkeino- liikenne- ja ympäristökeskus": "ely_pirkanmaa",
    "Pirkanmaan liitto": "regional_council_pirkanmaa",
    "Pohjanmaan liitto": "regional_council_pohjanmaa",
    "Pohjois-Karjalan maakuntaliitto": "regional_council_pohjois_karjala",
    "Pohjois-Pohjanmaan elinkeino-, liikenne- ja ympäristökeskus": "ely_pohjois_pohjanmaa",
    "Pohjois-Pohjanmaan elinkeino- liikenne- ja ympäristökeskus yritystuet": (
        "ely_pohjois_pohjanmaa"
    ),
    "Pohjois-Pohjanmaan liitto": "regional_council_pohjois_pohjanmaa",
    "Pohjois-Savon liitto": "regional_council_pohjois_savo",
    "Päijät-Hämeen liitto": "regional_council_paijat_hame",
    "Satakunnan elinkeino- liikenne- ja ympäristökeskus": "ely_satakunta",
    "Satakuntaliitto": "regional_council_satakunta",
    "Sosiaali- ja terveysministeriö": "ministry_social_affairs",
    "Tekes": "agency_tekes",
    "Työ- ja elinkeinoministeriö": "ministry_economic_affairs",
    "Uudenmaan elinkeino- liikenne- ja ympäristökeskus": "ely_uusimaa",
    "Uudenmaan liitto": "regional_council_uusimaa",
    "Varsinais-Suomen liitto": "regional_council_varsinais_suomi",
    "Ympäristöministeriö": "ministry_environment",
}


def test_every_authority_of_the_list_is_known_with_and_without_its_commas() -> None:
    known = {bare(spelling): code for code, row in AUTHORITIES.items() for spelling in spelt(row)}
    assert {name: known.get(bare(name)) for name in LISTED} == LISTED
    assert {n: known.get(bare(n.replace(",", " "))) for n in LISTED} == LISTED


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Hämeen ELY-keskus", "ely_hame"),
        ("NTM-centralen i Tavastland", "ely_hame"),
        ("Pohjois-Pohjanmaan TE-keskus", "te_centre_pohjois_pohjanmaa"),
        ("Pohjois-Pohjanmaan työ- ja elinkeinokeskus", "te_centre_pohjois_pohjanmaa"),
        # finlex.fi/sv/laki/alkup/1997/19970122
        ("Södra Savolax arbetskrafts- och näringscentral", "te_centre_etela_savo"),
        # ely-keskus.fi/sv/pohjanmaan-elinvoimakeskus
        ("Livskraftscentralen i Österbotten", "elinvoimakeskus_pohjanmaa"),
        # tem.fi/en/economic-development-centres
        ("Economic Development Centre of Inland Finland", "elinvoimakeskus_sisa_suomi"),
        # okm.fi/OPM/Ministerioe_ja_hallinnonala/historia (renamed on 1 May 2010)
        ("Opetusministeriö", "ministry_education"),
    ],
)
def test_names_and_older_names_of_authorities(spelling: str, code: str) -> None:
    assert load.spellings("authorities")[load.fold(spelling)] == code


# ---- sections of the programmes, regions


def test_sections_are_those_of_the_list_in_their_funds() -> None:
    funds = defaultdict(set)
    for row in load.codes("programme_sections"):
        assert row["programme_period"] == "2007-2013"
        funds[row["fund"]].add(row["label_fi"])
    four = {"Etelä-Suomi", "Itä-Suomi", "Länsi-Suomi", "Pohjois-Suomi"}
    assert funds == {
        "EAKR": four,
        "ESR": {f"{name[:-1]}en suuralueosio" for name in four} | {"Valtakunnallinen osio"},
    }


def test_nineteen_regions_have_their_nuts_codes() -> None:
    regions = load.codes("regions")
    assert len(regions) == 19
    for column in ("nuts3", "nuts3_2016"):
        codes = [row[column] for row in regions]
        assert len(set(codes)) == 19
        assert all(len(c) == 5 and c.startswith("FI") for c in codes), codes
    # The NUTS 2 regions of mainland Finland and Åland.
    assert {row["nuts3"][:4] for row in regions} == {"FI19", "FI1B", "FI1C", "FI1D", "FI20"}


def test_every_mainland_region_has_its_council() -> None:
    councils = {row["code"] for row in AUTHORITIES.values() if row["kind"] == "regional_council"}
    still = {code for code in councils if not AUTHORITIES[code]["last_day"]}
    mainland = [row for row in load.codes("regions") if row["label_fi"] != "Ahvenanmaa"]
    assert len(still) == len(mainland) == 18
    assert councils - still == {"regional_council_ita_uusimaa"}
