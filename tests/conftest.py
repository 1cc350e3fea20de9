"""Pages made by the tests themselves, and short ways to read them."""

import gc
import os
import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from html import escape
from itertools import count

import pytest
from hypothesis import settings

from esrdata.documents.document import Document
from esrdata.documents.html.page import view_and_tags
from esrdata.reading.form.description import read_document
from esrdata.reading.form.spec import all_forms
from esrdata.reading.record import Record

# Where a change lands the same examples are tried each time; elsewhere new ones are sought. None
# has a time of its own: a busy machine would fail it.
settings.register_profile("sought", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "sought")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes by the argument's name: an archive holds the time it was made, each process another."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is collected stays to the end: it is not searched for garbage again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test has read is nothing to another, nor to whoever runs them."""
    folder = tmp_path_factory.getbasetemp() / f"cache-{next(_COUNT)}"
    monkeypatch.setenv("ESRDATA_CACHE", str(folder))


_COUNT = count()

PAGE_2014 = {
    "banner": "Euroopan unioni Vipuvoimaa EU:lta",
    "title": "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus",
    "project": """1 Hanke

Hankekoodi: S99901

Hankkeen nimi: Sillat: työhön ja takaisin!

Toimintalinja: 5. Sosiaalinen osallisuus ja köyhyyden torjunta

Erityistavoite: 10.1. Työelämän ulkopuolella olevien työ- ja toimintakyvyn parantaminen

Suunnitelman mukainen toteutusaika: Alkaa 1.5.2015 ja päättyy 30.6.2017

Toiminnan tila: Toiminta päättynyt

Vastuuviranomainen: Hämeen elinkeino-, liikenne- ja ympäristökeskus""",
    "applicant": """2 Hakijan perustiedot

Hakijan virallinen nimi: Mallilan kyläyhdistys ry

Organisaatiotyyppi: Kansalaisjärjestö

Y-tunnus: 1234567-1

Jakeluosoite: Mallitie 1 A

Puhelinnumero: 050 7654321

Postinumero: 00420

Postitoimipaikka: MALLILA

WWW-osoite:

Hankkeen yhteyshenkilön nimi: TESTINEN TAINA TUULIKKI

Yhteyshenkilön asema hakijaorganisaatiossa: ----

Yhteyshenkilön sähköpostisoite: taina.testinen(at)example.org

Yhteyshenkilön puhelinnumero: 040 1234567

Hakijoiden lukumäärä tai tuen siirto -menettely: Vain yksi hakija""",
    "summary": """3 Suunnitelman mukainen tiivistelmä toteutuksesta

Mallilassa avataan ovia niille, joilta työ on jäänyt kesken.

2015
Kesällä kierretään kylät ja kysytään, mitä kukin osaa.""",
    "target_groups": """4 Hankkeen kohderyhmät

4.1 Varsinaiset kohderyhmät

Työtä vailla olevat aikuiset.

4.2 Välilliset kohderyhmät

Heidän perheensä ja alueen yhdistykset.""",
    "funding": """5 Projektin julkinen rahoitus, euroa

Myönnetty EU- ja valtion rahoitus: 46 434

Toteutunut EU- ja valtion rahoitus: 39 720

Suunniteltu julkinen rahoitus yhteensä: 57 634

Toteutunut julkinen rahoitus yhteensä: 49 361""",
    "area": """6 Maantieteellinen kohdealue

Maakunnat: Kymenlaakso, Etelä-Karjala

Seutukunnat: Kotkan-Haminan

Kunnat: Kotka, Hamina

Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa

Jakeluosoite:

Postinumero:

Postitoimipaikka:""",
    "indicators": """7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista

7.1 Osallistuvien yritysten lukumäärä

Suunniteltu: 0

Toteutunut seurantatietojen mukaan: 3

7.2 Osallistuvien henkilöiden lukumäärä

Suunniteltu: 43""",
    "gender": """8 Horisontaaliset periaatteet

8.1 Sukupuolten tasa-arvo

Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta: Kyllä
Luvut on koottu kylittäin.
Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen): Kyllä
Ryhmät ovat avoimia kaikille.
Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: Ei
Tavoite on osallisuus.""",
    "sustainability": """8.2 Kestävä kehitys

VälitönVälillinen
Ekologinen kestävyys
Luonnonvarojen käytön kestävyys 0 1
Kaikki kalusteet ovat käytettyjä.
Ilmastonmuutoksen aiheuttamien riskien vähentäminen 0 2
Kasvillisuus, eliöt ja luonnon monimuotoisuus 0 3
Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen) 0 4
Natura 2000 -ohjelman kohteet 0 0
Taloudellinen kestävyys
Materiaalit ja jätteet 1 5
Jätettä syntyy vähän.
Uusiutuvien energialähteiden käyttö 1 6
Paikallisen elinkeinorakenteen kestävä kehittäminen 1 7
Aineettomien tuotteiden ja palvelujen kehittäminen 1 8
Liikkuminen ja logistiikka 1 9
Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus
Hyvinvoinnin edistäminen 8 10
Naapurit tutustuvat.
Tasa-arvon edistäminen 10 9
Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus 7 6
Kulttuuriympäristö 2 3
Ympäristöosaaminen 4 5
Lajittelua opitaan yhdessä.""",
    "final_report": """9 Loppuraportin tiivistelmä

Ovet avattiin, ja osa kulkijoista löysi töitä.""",
}

PAGE_2007 = {
    "banner": "Euroopan unioni\n\nVipuvoimaa EU:lta",
    "title": "Euroopan sosiaalirahaston (ESR) rahoittaman projektin kuvaus",
    "project": """1. Projekti

Projektikoodi: S98801

Projektin nimi: Yrittäjyys+

Osio: Etelä-Suomen suuralueosio

Toimintalinja: 2: Työllistymisen edistäminen

Projektityyppi: Projekti, jossa on henkilöitä mukana

Suunnitelman mukainen toteutusaika: Alkaa 1.1.2010 ja päättyy 31.10.2012

Toiminnan tila: Keskeytynyt

Vastuuviranomainen: Hämeen elinkeino-, liikenne- ja ympäristökeskus""",
    "applicant": """2. Projektin toteuttaja

Toteuttajaorganisaation nimi: Mallilan kylät ry

Organisaatiotyyppi: Järjestö tai yhdistys

Y-tunnus: 1234567-1

Osoite: Toinen mallitie 3 (4. krs)

Puhelinnumero: 050 7654321

Toteuttajaorganisaation Web-osoite: www.example.org

Projektin kotisivun osoite: Ei ole.

Vastuuhenkilön nimi: Taina Testinen

Asema: toiminnanjohtaja

Sähköposti: taina.testinen(at)example.org

Puhelinnumero: 040 1234567""",
    "area": """3. Projektin toteutusalue ja kohderyhmän kuvaus

3.1 Maantieteellinen kohdealue

Maakunnat: Varsinais-Suomi

Seutukunnat: Loimaan

Kunnat: Koski, Tl, Loimaa""",
    "target_groups": """3.2 Varsinaiset kohderyhmät

Alkavat yrittäjät.

3.3 Välilliset kohderyhmät

Heidän asiakkaansa.""",
    "participants": """3.4 Aloittaneiden henkilöiden määrä

Suunniteltu: 12, joista naisia 7

Toteutunut seurantatietojen mukaan: 10, joista naisia 6""",
    "results": """4. Projektin tavoitteet, tulokset ja vaikutukset

4.1 Uusien työpaikkojen määrä

Suunniteltu: 5, joista naisten työpaikkoja 2

Toteutunut seurantatietojen mukaan: 4, joista naisten työpaikkoja 1

4.2 Uusien yritysten määrä

Suunniteltu: 3, joista naisten perustamia 1

Toteutunut seurantatietojen mukaan: 0, joista naisten perustamia 0

4.3 Suoritettujen tutkintojen määrä

Suunniteltu: 9

Toteutunut seurantatietojen mukaan: 8, joista naisten tutkintoja 8""",
    "summary": """5. Suunnitelman mukainen tiivistelmä toteutuksesta

Yrittäjäksi aikova saa rinnalleen kokeneen kulkijan.""",
    "dissemination": """6. Tiedotus ja hyvien käytäntöjen levittäminen

6.1 Tiedotussuunnitelma

Kerrotaan lehdissä.

6.2 Suunnitelma hyvien käytäntöjen levittämisestä

Kirjoitetaan opas (kts. 8.1. ja 8.2.).""",
    "funding": """7. Projektin julkinen rahoitus, euroa

Myönnetty EU- ja valtion rahoitus: 37 500

Toteutunut EU- ja valtion rahoitus: 37 400,50

Suunniteltu julkinen rahoitus yhteensä: 50 000

Toteutunut julkinen rahoitus yhteensä: 49 900""",
    "classification": """8. Vastuuviranomaisen tekemä projektin luokittelu

8.1 Horisontaalinen luokittelu

Tasa-arvo: Tasa-arvopainotteinen projekti

Kestävä kehitys: Kestävän kehityksen kannalta neutraali projekti

Kumppanuus: Kumppanuutta selvästi edistävä projekti

Innovatiivisuus: Selvästi innovatiivisia tuloksia tuottava projekti""",
    "final_report": """9. Loppuraportin tiivistelmä

Kymmenen aloitti, kahdeksan sai tutkinnon.""",
}

PAGE_ENGLISH = {
    "banner": "European Union\n\nLeverage from the EU",
    "title": "Description of the project funded by the European Social Fund (ESF)",
    "project": """1 Project

Project code: S99902

Project name: Bridges to work

Policy: 3. Employment and labour mobility

Specific objective: 7.1. Improving productivity and well-being at work

Planned completion time: Start 1.2.2016 and end 31.12.2018

Operational status: Ended

Responsible authority: Model Centre""",
    "applicant": """2 Basic applicant information

Official name of the applicant: Model Association

Organisation type: University

Business ID: 1234567-1

Street: Model Street 1

Telephone number: 050 7654321

Postal code: 00420

City/town: MODELTOWN

Website: www.example.org

Project contact person's name: TESTINEN TAINA TUULIKKI

Contact person's position in the organisation: Manager

Contact person’s email address: taina.testinen(at)example.org

Contact person's phone number: 040 1234567

Number of applicants or subsidy transfer: Several

Co-organisers

Model Town, Education/Youth, 7654321-2""",
    "summary": """3 Plan-specified summary of the project completion

The project opens doors.""",
}

Pages = Callable[..., str]


def _compose(parts: Mapping[str, str]) -> Pages:
    def page(swap: Mapping[str, str] | None = None, **changes: str | None) -> str:
        """A page; `changes` replace a part or leave it out (None), `swap` replaces words."""
        assert set(changes) <= set(parts), "a change must name a part of the page"
        text = "\n\n".join(part for part in {**parts, **changes}.values() if part is not None)
        for old, new in (swap or {}).items():
            assert text.count(old) == 1, f"{old!r} must stand in the page once"
            text = text.replace(old, new)
        return text

    return page


@pytest.fixture(scope="session")
def page_2014() -> Pages:
    return _compose(PAGE_2014)


@pytest.fixture(scope="session")
def page_2007() -> Pages:
    return _compose(PAGE_2007)


@pytest.fixture(scope="session")
def page_english() -> Pages:
    return _compose(PAGE_ENGLISH)


def _document(text: str, format_: str = "text") -> Document:
    view, starts, ends = (
        view_and_tags(text).view if format_ == "html" else (text, array("L"), array("L"))
    )
    return Document("page", format_, "utf-8", "0" * 64, text, view, starts, ends)


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    return _document


@pytest.fixture(scope="session")
def read_all() -> Callable[..., list[Record]]:
    """Every description of a page given as text."""

    def read(text: str, format_: str = "text", *, contacts: bool = False) -> list[Record]:
        return read_document(_document(text, format_), all_forms(), contacts=contacts)

    return read


@pytest.fixture(scope="session")
def read_one(read_all: Callable[..., list[Record]]) -> Callable[..., Record]:
    """The one description of a page given as text."""

    def read(text: str, format_: str = "text", *, contacts: bool = False) -> Record:
        (record,) = read_all(text, format_, contacts=contacts)
        return record

    return read


_HEADING = re.compile(r"\d{1,2}(\.\d)?\.? [A-ZÅÄÖ][^.]*|Osatoteuttajat|Tuen siirronsaajat")
_SCORES = re.compile(r"(.+) (\d+) (\d+)")


def _table(lines: list[str]) -> str:
    rows = ["<tr><th></th><th>Välitön</th><th>Välillinen</th></tr>"]
    for line in lines[1:]:
        met = _SCORES.fullmatch(line)
        cells = met.groups() if met else (line,)
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


@pytest.fixture(scope="session")
def to_html() -> Callable[..., str]:
    """The page as the service marks it up: div, h2, h3 and p; scores in a table if asked."""

    def convert(text: str, *, table: bool = False) -> str:
        out = ["<!DOCTYPE html>\n<html><head><title>Hanke</title></head>\n<body>\n<div>"]
        for block in re.split(r"\n{2,}", text.strip("\n")):
            lines = block.split("\n")
            if len(lines) == 1 and _HEADING.fullmatch(block):
                deep = not re.match(r"\d+\.? ", block)
                out.append("" if deep else "</div>\n<div>")
                out.append(f"<h{2 + deep}>{escape(block)}</h{2 + deep}>")
            elif table and lines[0] == "VälitönVälillinen":
                out.append(_table(lines))
            else:
                out.append("<p>" + "<br>\n".join(map(escape, lines)) + "</p>")
        return "\n".join([*out, "</div>\n</body>\n</html>\n"])

    return convert
