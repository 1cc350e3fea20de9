"""Small complete pages of the two official forms, for tests; every person and place is made up."""

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import esrdata
from esrdata import Portfolio
from esrdata.knowledge.schema.recipe import Recipe
from esrdata.present import pack, recipe
from esrdata.present.model import Content

ROOT = Path(__file__).resolve().parents[1]
# The documents that tests know the figures of; data/raw may get more.
DOCUMENTS = ("S12577.txt", "S20405.txt", "S20562.txt", "S21684.html", "kaupunki-leader.txt")


def _copied() -> Path:
    """A folder with these documents alone, removed when the tests end."""
    top = Path(tempfile.mkdtemp(prefix="esrdata-tests-"))
    atexit.register(shutil.rmtree, top, ignore_errors=True)
    folder = top / "data" / "raw"
    folder.mkdir(parents=True)
    for name in DOCUMENTS:
        shutil.copyfile(ROOT / "data" / "raw" / name, folder / name)
    return folder


RAW = _copied()

# The criteria of section 8.2 as the page writes them, by our key.
CRITERIA = {
    "ecological": {
        "natural_resources": "Luonnonvarojen käytön kestävyys",
        "climate_risks": "Ilmastonmuutoksen aiheuttamien riskien vähentäminen",
        "biodiversity": "Kasvillisuus, eliöt ja luonnon monimuotoisuus",
        "water_soil_air": "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen "
        "väheneminen)",
        "natura_2000": "Natura 2000 -ohjelman kohteet",
    },
    "economic": {
        "materials_waste": "Materiaalit ja jätteet",
        "renewable_energy": "Uusiutuvien energialähteiden käyttö",
        "local_economy": "Paikallisen elinkeinorakenteen kestävä kehittäminen",
        "intangible_services": "Aineettomien tuotteiden ja palvelujen kehittäminen",
        "mobility_logistics": "Liikkuminen ja logistiikka",
    },
    "social": {
        "wellbeing": "Hyvinvoinnin edistäminen",
        "equality": "Tasa-arvon edistäminen",
        "social_cultural_equality": "Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus",
        "cultural_environment": "Kulttuuriympäristö",
        "environmental_competence": "Ympäristöosaaminen",
    },
}
DIMENSIONS = {
    "ecological": "Ekologinen kestävyys",
    "economic": "Taloudellinen kestävyys",
    "social": "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus",
}

EURA2014 = {
    "title": "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus",
    "code": "S20001",
    "name": "Pieni hanke",
    "axis": "5. Sosiaalinen osallisuus ja köyhyyden torjunta",
    "objective": "10.1. Työelämän ulkopuolella olevien työ- ja toimintakyvyn parantaminen",
    "period": "Alkaa 1.1.2016 ja päättyy 31.12.2016",
    "status": "Toiminta päättynyt",
    "authority": "Hämeen elinkeino-, liikenne- ja ympäristökeskus",
    "applicant": "Testiyhdistys ry",
    "organisation_type": "Kansalaisjärjestö",
    "business_id": "1234567-1",
    "street": "Testikatu 1",
    "phone": "000 0000001",
    "postal_code": "00100",
    "city": "Helsinki",
    "website": "http://www.example.org",
    "contact_name": "Testinen Tiina",
    "contact_position": "koordinaattori",
    "contact_email": "tiina.testinen@example.org",
    "contact_phone": "000 0000002",
    "arrangement": "Vain yksi hakija",
    "partners": "",
    "summary": "Hankkeessa kokeillaan.",
    "target_groups": "Asukkaat.",
    "indirect_target_groups": "Naapurit.",
    "eu_planned": "1 000",
    "eu_realised": "900",
    "public_planned": "2 000",
    "public_realised": "1 500",
    "regions": "Uusimaa",
    "subregions": "Helsingin",
    "municipalities": "Helsinki",
    "site_street": "",
    "site_postal_code": "",
    "site_city": "",
    "companies": "Suunniteltu: 1\nToteutunut seurantatietojen mukaan: 2",
    "participants": "Suunniteltu: 30",
    "analysis": "Kyllä",
    "mainstreaming": "Kyllä",
    "main_goal": "Ei",
    "scores": {},
    "final_report": "Kokeiltiin.",
}

EURA2007 = {
    "title": "Euroopan sosiaalirahaston (ESR) rahoittaman projektin kuvaus",
    "code": "S10001",
    "name": "Pieni projekti",
    "programme_section": "Etelä-Suomen suuralueosio",
    "axis": "2: Työllistymisen ja työmarkkinoilla pysymisen edistäminen sekä syrjäytymisen "
    "ehkäiseminen",
    "project_type": "Projekti, jossa on henkilöitä mukana",
    "period": "Alkaa 1.1.2010 ja päättyy 31.12.2011",
    "status": "Toiminta päättynyt",
    "authority": "Hämeen elinkeino-, liikenne- ja ympäristökeskus",
    "applicant": "Testiyhdistys ry",
    "organisation_type": "Järjestö tai yhdistys",
    "business_id": "1234567-1",
    "address": "Testikatu 1, 00100 Helsinki",
    "phone": "000 0000001",
    "website": "www.example.org",
    "project_website": "-",
    "contact_name": "Testinen Tiina",
    "contact_position": "koordinaattori",
    "contact_email": "tiina.testinen@example.org",
    "contact_phone": "000 0000002",
    "regions": "Uusimaa",
    "subregions": "Helsingin",
    "municipalities": "Helsinki",
    "target_groups": "Asukkaat.",
    "indirect_target_groups": "Naapurit.",
    "participants": "Suunniteltu: 30, joista naisia 20\n"
    "Toteutunut seurantatietojen mukaan: 28, joista naisia 21",
    "jobs": "Suunniteltu: 4, joista naisten työpaikkoja 2\n"
    "Toteutunut seurantatietojen mukaan: 3, joista naisten työpaikkoja 1",
    "companies": "Suunniteltu: 0, joista naisten perustamia 0\n"
    "Toteutunut seurantatietojen mukaan: 0, joista naisten perustamia 0",
    "qualifications": "Suunniteltu: 0, joista naisten tutkintoja 0\n"
    "Toteutunut seurantatietojen mukaan: 0, joista naisten tutkintoja 0",
    "summary": "Projektissa kokeillaan.",
    "communication_plan": "Kerrotaan lehdessä.",
    "dissemination_plan": "Kirjoitetaan opas.",
    "eu_planned": "1 000",
    "eu_realised": "900",
    "public_planned": "2 000",
    "public_realised": "1 500",
    "equality": "Tasa-arvopainotteinen projekti",
    "final_report": "Kokeiltiin.",
}


def _facts(known: dict[str, object], changes: dict[str, object]) -> dict[str, object]:
    unknown = set(changes) - set(known)
    if unknown:
        raise TypeError(f"no such part of the page: {sorted(unknown)}")
    return {**known, **changes}


def eura2014_page(**changes: object) -> str:
    """A whole page of the 2014-2020 form; `scores` holds what follows a criterion's label."""
    f = _facts(EURA2014, changes)
    scores = []
    for dimension, title in DIMENSIONS.items():
        scores.append(title)
        for key, label in CRITERIA[dimension].items():
            scores.append(f"{label} {f['scores'].get(key, '0 0')}".rstrip())
    return f"""Euroopan unioni Vipuvoimaa EU:lta

{f["title"]}

1 Hanke

Hankekoodi: {f["code"]}

Hankkeen nimi: {f["name"]}

Toimintalinja: {f["axis"]}

Erityistavoite: {f["objective"]}

Suunnitelman mukainen toteutusaika: {f["period"]}

Toiminnan tila: {f["status"]}

Vastuuviranomainen: {f["authority"]}

2 Hakijan perustiedot

Hakijan virallinen nimi: {f["applicant"]}

Organisaatiotyyppi: {f["organisation_type"]}

Y-tunnus: {f["business_id"]}

Jakeluosoite: {f["street"]}

Puhelinnumero: {f["phone"]}

Postinumero: {f["postal_code"]}

Postitoimipaikka: {f["city"]}

WWW-osoite: {f["website"]}

Hankkeen yhteyshenkilön nimi: {f["contact_name"]}

Yhteyshenkilön asema hakijaorganisaatiossa: {f["contact_position"]}

Yhteyshenkilön sähköpostisoite: {f["contact_email"]}

Yhteyshenkilön puhelinnumero: {f["contact_phone"]}

Hakijoiden lukumäärä tai tuen siirto -menettely: {f["arrangement"]}

{f["partners"]}

3 Suunnitelman mukainen tiivistelmä toteutuksesta

{f["summary"]}

4 Hankkeen kohderyhmät

4.1 Varsinaiset kohderyhmät

{f["target_groups"]}

4.2 Välilliset kohderyhmät

{f["indirect_target_groups"]}

5 Projektin julkinen rahoitus, euroa

Myönnetty EU- ja valtion rahoitus: {f["eu_planned"]}

Toteutunut EU- ja valtion rahoitus: {f["eu_realised"]}

Suunniteltu julkinen rahoitus yhteensä: {f["public_planned"]}

Toteutunut julkinen rahoitus yhteensä: {f["public_realised"]}

6 Maantieteellinen kohdealue

Maakunnat: {f["regions"]}

Seutukunnat: {f["subregions"]}

Kunnat: {f["municipalities"]}

Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa

Jakeluosoite: {f["site_street"]}

Postinumero: {f["site_postal_code"]}

Postitoimipaikka: {f["site_city"]}

7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista

7.1 Osallistuvien yritysten lukumäärä

{f["companies"]}

7.2 Osallistuvien henkilöiden lukumäärä

{f["participants"]}

8 Horisontaaliset periaatteet

8.1 Sukupuolten tasa-arvo

Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta: {f["analysis"]}
Asia on tutkittu.
Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen): {f["mainstreaming"]}
Asia on huomioitu.
Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: {f["main_goal"]}
Tavoite on toinen.

8.2 Kestävä kehitys

VälitönVälillinen
{chr(10).join(scores)}

9 Loppuraportin tiivistelmä

{f["final_report"]}
"""


def eura2007_page(**changes: object) -> str:
    """A whole page of the 2007-2013 form."""
    f = _facts(EURA2007, changes)
    return f"""Euroopan unioni

Vipuvoimaa EU:lta

{f["title"]}

1. Projekti

Projektikoodi: {f["code"]}

Projektin nimi: {f["name"]}

Osio: {f["programme_section"]}

Toimintalinja: {f["axis"]}

Projektityyppi: {f["project_type"]}

Suunnitelman mukainen toteutusaika: {f["period"]}

Toiminnan tila: {f["status"]}

Vastuuviranomainen: {f["authority"]}

2. Projektin toteuttaja

Toteuttajaorganisaation nimi: {f["applicant"]}

Organisaatiotyyppi: {f["organisation_type"]}

Y-tunnus: {f["business_id"]}

Osoite: {f["address"]}

Puhelinnumero: {f["phone"]}

Toteuttajaorganisaation Web-osoite: {f["website"]}

Projektin kotisivun osoite: {f["project_website"]}

Vastuuhenkilön nimi: {f["contact_name"]}

Asema: {f["contact_position"]}

Sähköposti: {f["contact_email"]}

Puhelinnumero: {f["contact_phone"]}

3. Projektin toteutusalue ja kohderyhmän kuvaus

3.1 Maantieteellinen kohdealue

Maakunnat: {f["regions"]}

Seutukunnat: {f["subregions"]}

Kunnat: {f["municipalities"]}

3.2 Varsinaiset kohderyhmät

{f["target_groups"]}

3.3 Välilliset kohderyhmät

{f["indirect_target_groups"]}

3.4 Aloittaneiden henkilöiden määrä

{f["participants"]}

4. Projektin tavoitteet, tulokset ja vaikutukset

4.1 Uusien työpaikkojen määrä

{f["jobs"]}

4.2 Uusien yritysten määrä

{f["companies"]}

4.3 Suoritettujen tutkintojen määrä

{f["qualifications"]}

5. Suunnitelman mukainen tiivistelmä toteutuksesta

{f["summary"]}

6. Tiedotus ja hyvien käytäntöjen levittäminen

6.1 Tiedotussuunnitelma

{f["communication_plan"]}

6.2 Suunnitelma hyvien käytäntöjen levittämisestä

{f["dissemination_plan"]}

7. Projektin julkinen rahoitus, euroa

Myönnetty EU- ja valtion rahoitus: {f["eu_planned"]}

Toteutunut EU- ja valtion rahoitus: {f["eu_realised"]}

Suunniteltu julkinen rahoitus yhteensä: {f["public_planned"]}

Toteutunut julkinen rahoitus yhteensä: {f["public_realised"]}

8. Vastuuviranomaisen tekemä projektin luokittelu

8.1 Horisontaalinen luokittelu

Tasa-arvo: {f["equality"]}

Kestävä kehitys: Kestävää kehitystä edistävä projekti

Kumppanuus: Kumppanuutta edistävä projekti

Innovatiivisuus: Innovatiivisia tuloksia tuottava projekti

9. Loppuraportin tiivistelmä

{f["final_report"]}
"""


def write(folder: Path, pages: Iterable[str]) -> Path:
    """Write pages into a folder as 0.txt, 1.txt, …"""
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        (folder / f"{number}.txt").write_text(page, encoding="utf-8", newline="\n")
    return folder


def read_pages(folder: Path, *pages: str, **options: object) -> Portfolio:
    """Write pages into a folder and read it."""
    return esrdata.read(write(folder, pages), **options)


@cache
def raw() -> Portfolio:
    """The shipped pages, read once; do not change its tables."""
    return esrdata.read(RAW)


@cache
def raw_content(lang: str) -> Content:
    """The content of the report on the shipped pages, made once in each language."""
    return pack.content(raw(), lang=lang, evidence={"S20405": "evidence/S20405.html"})


def chapters(portfolio: Portfolio, *names: str, **options: Any) -> Content:
    """The content of these chapters of ours alone: the others take most of the time of a report."""
    ours = {item.chapter: item for item in recipe.recipe().chapters}
    asked = Recipe(summary=False, chapters=[ours[name] for name in names])  # type: ignore[index]
    return pack.content(portfolio, recipe=asked, **options)
