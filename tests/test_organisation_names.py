"""Who is who: pairs of made-up and public names, read by a person as one, apart, or a part."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esrdata.stats.who import _labels
from esrdata.tables.organisations.join import join
from esrdata.tables.organisations.names import Names
from esrdata.tables.organisations.proposals import propose

NAMES = Names()

SAME = [
    # Case, punctuation, spaces, legal forms and their places.
    ("MALLILAN PAJA OY", "Mallilan Paja Oy"),
    ("Oy Mallia Ab", "MALLIA OY"),
    ("A&B METALLI OY", "A & B Metalli Oy"),
    ("Mallilan kylät r.y.", "Mallilan kylät ry"),
    ("Mallilan Kyläyhdistys", "Mallilan kyläyhdistys ry"),
    ("Malli-säätiö", "MALLI- säätiö sr"),
    ("Kiint. Oy Mallilan Talo", "KIINTEISTÖ OY MALLILAN TALO"),
    ("Rakennus Malli Ky", "Rakennus Malli kommandiittiyhtiö"),
    ("Tmi Malli Puu", "MALLI PUU"),
    ("MALLI OY1234567-1", "Malli Oy"),
    # Acronyms, notes and units behind the full name.
    ("Mallilan koulutuskuntayhtymä (MAKO)", "Mallilan koulutuskuntayhtymä"),
    ("Mallilan koulutusky", "Mallilan koulutuskuntayht."),
    ("Mallilan koulutuskuntayhtymä", "MALLILAN KOULUTUSKUNTAYHT."),
    ("Mallilan kaupunki nuorisopalvelut", "Mallilan kaupunki"),
    ("MALLILAN KAUPUNKITEKNINEN TOIMI", "Mallilan kaupunki / Tekninen toimi"),
    ("Mallilan yliopisto.Fysiikan laitos", "Mallilan yliopisto"),
    ("Malli Oy (ent. Vanha Oy)", "Malli Oy"),
    ("Mallilan kuntayhtymä (1.1.2012 alkaen Suur-Mallilan kuntayhtymä)", "Mallilan kuntayhtymä"),
    ("Cursor Oy Kotkan-Haminan seudun kehittämisyhtiö", "Cursor Oy"),
    ("Mallila-säätiö", "Mallila-säätiö Kallilan yksikkö"),
    ("Mallilasäätiö / Mallilan kuntoutuskeskus", "Mallilan kuntoutuskeskus / Mallilasäätiö"),
    ("Oy Mallia Ltd / Kallila", "MALLIA OY"),
    ("Oy Mallia Ab / Oy Mallia Ab", "Mallia Oy"),
    ("Malli Oy jakautunut", "MALLI OY"),
    ("Mallilan Liikunta ja Urheilu MLU ry", "Mallilan Liikunta ja Urheilu ry"),
    ("MLU Mallilan Liikunta ja Urheilu ry", "Mallilan Liikunta ja Urheilu (MLU) ry"),
    ("Mallilan Teollisuuskylä Oy (MTK Oy)", "MALLILAN TEOLLISUUSKYLÄ OY"),
    ("OSEKK Oulun seudun koulutuskuntayhtymä", "Oulun seudun koulutuskuntayhtymä"),
    ("Luksia Länsi-Uudenmaan koulutuskuntayhtymä Luksia aikuisopisto", "Luksia"),
    ("MKR-Mallin Kallion Rakentajat Oy", "MALLIN KALLION RAKENTAJAT OY"),
    ("Mallilan festivaalit - Malfest ry", "Mallilan festivaalit ry"),
    ("Oulun kaupunki Oulun elinkeinoliikelaitos (BusinessOulu)", "Oulun kaupunki"),
    # A body's own short name is no unit of it.
    ("Savon koulutuskuntayhtymä, Sakky", "Savon koulutuskuntayhtymä"),
    ("ELY-keskus, Häme", "Hämeen ELY-keskus"),
    (
        "Elinkeino-, liikenne- ja ympäristökeskusten sekä työ- ja elinkeinotoimistojen "
        "kehittämis- ja hallintokeskus",
        "ELY-keskusten sekä TE-toimistojen KEHA-keskus",
    ),
    ("Österbottens NTM-central", "Pohjanmaan ELY-keskus"),
    ("Lahden ev.-lut. seurakunta", "Lahden seurakunta"),
    ("Lahden ev.lut. srk-yhtymä", "Lahden seurakuntayhtymä"),
    # Districts and former names of associations.
    ("SPR:n Lapin piiri", "Suomen Punaisen Ristin Lapin piiri ry"),
    ("Mannerheimin Lastensuojeluliitto, Kymen piiri", "MLL:n Kymen piiri ry"),
    ("Suomen Malliliitto - Kymen piiri", "Suomen Malliliiton Kymen piiri ry"),
    ("Hämeen 4H-piiri", "Hämeen 4H-piiri ry"),
    ("Mallilan Setlementti", "Mallilan Setlementti ry"),
    ("Suomen Mielenterveysseura", "MIELI Suomen Mielenterveys ry"),
    # A unit of a unit, with and without the genitive between them.
    (
        "Turun yliopiston kauppakorkeakoulun Mallilan yksikkö",
        "Turun yliopiston kauppakorkeakoulu Mallilan yksikkö",
    ),
    # Words for what a company is, before its name; legal forms that some leave out.
    ("Kehitysyhtiö Mallila Oy", "Mallila Oy"),
    ("Teknologiakeskus Oy Mallila Ab", "Oy Mallila Ab"),
    ("ProAgria Mallila", "ProAgria Mallila ry"),
    ("Föreningen Mallby", "Föreningen Mallby rf"),
    ("Stiftelsen Mallby", "Stiftelsen Mallby sr"),
    ("Mallien Liitto Mallila", "Mallien Liitto Mallila ry"),
    # Lines of a cell that have run together.
    ("MALLILA OYKALLILAN TEHDAS", "Mallila Oy"),
    ("MALLILA OYC/O KALLILA OY", "Mallila Oy"),
    ("MALLILAN PUU MATTILAT:MI", "Mallilan Puu Mattila T:mi"),
    ("MALLILAN KOULUTUKSENKUNTAYHTYMÄ", "Mallilan koulutuksen kuntayhtymä"),
    ("Dr.Malli Oy", "DR.MALLI OY"),
    ("MAA- JA ELINTARVIKETALOUDENTUTKIMUSKESKUS", "MTT"),
    # Towns in other languages and in the nominative, also those with one name in all.
    ("Kotka stad", "Kotkan kaupunki"),
    ("City of Joensuu", "Joensuun kaupunki"),
    ("Staden Esbo", "Espoon kaupunki"),
    ("Municipality of Savitaipale", "Savitaipale kommun"),
    ("City of Jakobstad", "Pietarsaaren kaupunki"),
    ("City of Kemi, Education Department", "Kemin kaupunki"),
    ("Lahti stad", "Lahden kaupunki"),
    # Bodies of the regions in three languages, and a joint authority without the word for it.
    ("Lapland ELY Centre", "Lapin ELY-keskus"),
    ("Lapplands välfärdsområde", "Lapin hyvinvointialue"),
    ("Wellbeing services county of Ostrobothnia", "Pohjanmaan hyvinvointialue"),
    ("Pirha", "Pirkanmaan hyvinvointialue / perhepalvelut"),
    ("Lapin sairaanhoitopiirin ky", "Lapin sairaanhoitopiiri"),
    ("Pirkanmaan sairaanhoitopiirin kuntayhtymä", "Pirkanmaan sairaanhoitopiiri"),
    ("National Institute for Health and Welfare", "THL"),
    # A full stop between letters parts nothing, with and without capitals.
    ("Com.Malli Oy", "COM.MALLI OY"),
    ("Malli.Kalli Oy", "MALLI.KALLI OY"),
    ("Mallilan yliopisto.Fysiikan laitos", "MALLILAN YLIOPISTO.FYSIIKAN LAITOS"),
    # Acronyms in capitals: letters without a vowel, or the beginnings of all words.
    ("MKR Mallin Kallion Rakentajat Oy", "MKR MALLIN KALLION RAKENTAJAT OY"),
    ("Mallikkalan teknologiakylä MTEK Oy", "MALLIKKALAN TEKNOLOGIAKYLÄ MTEK OY"),
    # Accents, that Finnish and Swedish leave out.
    ("Café Mallila Oy", "CAFE MALLILA OY"),
    # State offices with and without commas, in full and short, one written out wrong.
    ("Lapin elinkeino-, liikenne- ja ympäristökeskus", "Lapin ELY-keskus"),
    ("Lapin elinkeino- ympäristö- ja liikennekeskus", "Lapin Ely- keskus"),
    ("Ruotsi Lapin elinkeino-  liikenne- ja ympäristökeskus", "NTM-centralen i Lappland"),
    ("Lapin työvoima- ja elinkeinokeskus", "Lapin TE- keskus"),
    ("Lapin Ely", "Lapin ELY-keskus"),
    ("Pohjois-Karjalan elinkeino-, liikenne- ja ympäristökes", "Pohjois-Karjalan ELY-keskus"),
    # Languages, regional councils, renames.
    ("Mustasaaren kunta", "Korsholms kommun"),
    ("Närpiön kaupunki", "Närpes stad/Tekniska"),
    ("Egentliga Finlands förbund", "Varsinais-Suomen liitto"),
    ("Keski-Suomen maakuntaliitto", "Keski-Suomen liitto"),
    ("Oulun yliopisto", "University of Oulu"),
    ("Haaga X / Haaga Y -säätiö", "Haaga Y-säätiö/ Haaga X"),
    # Behind a company's name: itself in another language or in short, or what it was called.
    ("Mallian Vene Oy Mallia Båt Ab", "Mallian Vene Oy"),
    ("Mallian Puu ja Talo Oy MPT Oy", "Mallian Puu ja Talo Oy"),
    ("Mallia Oy, ent. Kallia Oy", "Mallia Oy"),
    # What was a body of its own before it became a part, and a school with its owner.
    ("Taideyliopisto, Sibelius-Akatemia", "Taideyliopisto"),
    ("Mallilan ammattikorkeakoulu / Mallilan kaupunki", "Mallilan ammattikorkeakoulu Oy"),
    ("Mallilan koulutuskuntayhtymä / Kallilan ammattikorkeakoulu", "Mallilan koulutuskuntayhtymä"),
    ("Mallialiitto ry (Lapin piiri)", "Mallialiiton Lapin piiri ry"),
    ("Hakija: Mallilan Sähkö Oy", "Mallilan Sähkö Oy"),
    ("Andelslaget Mallby Kraft", "Mallby Kraft andelslag"),
]  # fmt: skip

APART = [
    ("Juvan kunta", "Juuan kunta"),
    ("Kiinteistö Oy Mallila 1", "Kiinteistö Oy Mallila 2"),
    ("Kiinteistö Oy Mallikatu 1 1", "Kiinteistö Oy Mallikatu 11"),
    ("Malli Oy 1", "Malli Oy 2"),
    ("Malli ry II", "Malli ry"),
    ("Malli Oy (I)", "Malli Oy (II)"),
    ("Siun sote", "Pohjois-Karjalan hyvinvointialue"),
    ("Oulun yliopisto 2", "Oulun yliopisto"),
    ("Kaakkois-Suomen ELY-keskus", "Keski-Suomen ELY-keskus"),
    ("Malli Oy", "Malli ry"),
    ("Malli Ky", "Malli avoin yhtiö"),
    ("Malli Oy", "Malli Group Oy"),
    ("Lapin TE-keskus", "Lapin ELY-keskus"),
    ("Lapin ELY-keskus", "Lapin TE-toimisto"),
    ("Metsäntutkimuslaitos", "Luonnonvarakeskus"),
    ("Suomen Mallikuoro ry", "Suomen Mallikuoro Mallilan osasto ry"),
    # A company is no unit of the body that its name begins with, nor has it the body's acronym.
    ("TEM-Metalli Oy", "Työ- ja elinkeinoministeriö"),
    ("YM-Suunnittelu Oy", "Ympäristöministeriö"),
    ("Oulun yliopisto Palvelut Oy", "Oulun yliopisto"),
    ("Oulun kaupunki Palvelut Oy", "Oulun kaupunki"),
    ("Mallila-säätiö Palvelut Oy", "Mallila-säätiö"),
    ("OSEKK / Mallila Oy", "Oulun seudun koulutuskuntayhtymä"),
    ("Oulun kaupunki Mallilan Museosäätiö", "Oulun kaupunki"),
    # A short name is made of the beginnings of all words.
    ("Mallilan festivaalit - Kalfest ry", "Mallilan festivaalit ry"),
    ("Mallien Liitto Mallila", "Mallien Liitto ry"),
    # A town's enterprise is not the company that came after it.
    ("Mallilan ammattikorkeakoulu -liikelaitos", "Mallilan ammattikorkeakoulu Oy"),
    ("Lounais-Suomen ympäristökeskus", "Suomen ympäristökeskus"),
    ("KESLA OYJ", "KESLA J OY"),
    ("Müller Oy", "Muller Oy"),
    ("SANEERAUSTEKNIIKKA SARTEK OY", "SANEERAUSTEKNIIKKA OY"),
    ("Kehitysyhtiö Oulu Oy", "Oulu Oy"),
    ("Kehittämiskeskus Oy Mallila", "Kehittämiskeskus Oy Kallila"),
    ("City of Kotka Development Oy", "Kotkan kaupunki"),
    ("City of Juva", "Juuan kunta"),
    ("Etelä-Savon hyvinvointialue", "Pohjois-Savon hyvinvointialue"),
    ("Pirkanmaan sairaanhoitopiiri", "Pirkanmaan hyvinvointialue"),
    ("Suomen Punainen Risti", "Suomen Punainen Risti Satakunnan piiri"),
    ("Savonia-ammattikorkeakoulun kuntayhtymä", "Savonia-ammattikorkeakoulu Oy"),
    ("Suomen Malliliiton Kymen piiri", "Suomen Malliliiton Lapin piiri"),
    ("Suomen Malliliiton Kymen piiri ry", "Suomen Malliliitto ry"),
    ("MLL:n Kymen piiri", "Mannerheimin Lastensuojeluliitto ry"),
    ("Hämeen 4H-piiri", "Hämeen 4H-yhdistys"),
    ("Mallilan seurakunta", "Mallilan ortodoksinen seurakunta"),
    # Two bodies in one name are neither.
    ("Kotkan kaupunki ja Haminan kaupunki", "Kotkan kaupunki"),
    ("Kotkan kaupunki, Haminan kaupunki", "Kotkan kaupunki"),
    ("Turun yliopisto / Oulun yliopisto", "Turun yliopisto"),
    ("Turun yliopisto ja Turun AMK", "Turun yliopisto"),
    ("Lapin yliopisto, Lapin ammattikorkeakoulu", "Lapin yliopisto"),
    ("Helsingin kaupunki, Espoon kaupunki ja Vantaan kaupunki", "Helsingin kaupunki"),
    ("Mallia Oy ja Kallia Oy", "Mallia Oy"),
    ("Mallia ry / Kallia ry", "Mallia ry"),
    ("Mallia ry / Mallia Oy", "Mallia Oy"),
    ("Oy Mallia Ab / Oy Kallia Ab", "Mallia Oy"),
    ("Malli-säätiö / Kalli-säätiö", "Malli-säätiö"),
    ("Kotkan kaupunki / Kymenlaakson liitto", "Kotkan kaupunki"),
    ("Mallilan kaupunki, Mallilan seurakunta", "Mallilan kaupunki"),
    ("Mallilan kaupunki, Mallilan Yrittäjät", "Mallilan kaupunki"),
    ("Rovaniemen kaupunki / Lapin hyvinvointialue", "Rovaniemen kaupunki"),
    ("Lapin yliopisto, Luonnonvarakeskus", "Lapin yliopisto"),
    ("Luonnonvarakeskus / Helsingin yliopisto", "Luonnonvarakeskus"),
    ("Lapin liitto, Kainuun liitto ja Uudenmaan liitto", "Lapin liitto"),
    ("University of Vaasa and University of Oulu", "University of Vaasa"),
    # Districts and local associations are their own, and a bare name is one in each town.
    ("Mallialiitto ry, Lapin piiri", "Mallialiitto ry"),
    ("Mallien Lapset ry, Oulun yhdistys", "Mallien Lapset ry"),
    ("Kansalaisopisto (Espoo)", "Kansalaisopisto (Vantaa)"),
    # Likeness joins nothing.
    ("Mallilan ammattikorkeakoulu Oy", "Mallilan amattikorkeakoulu Oy"),
]

# A unit, and the body it belongs to.
PARTS = [
    ("Oulun kaupungin nuorisoasiainkeskus", "Oulun kaupunki"),
    ("Oulun yliopiston Kajaanin yliopistokeskus", "Oulun yliopisto"),
    ("Nuorisokeskus Malli/Kannonkosken kunta", "Kannonkosken kunta"),
    ("Malli-instituutti Helsingin yliopisto", "Helsingin yliopisto"),
    ("Mallilan tiedon ja taidon yksikkö Tampereen yliopisto", "Tampereen yliopisto"),
    ("Mallilan seudun työpaja Kannonkosken kunta", "Kannonkosken kunta"),
    ("Lapin ELY:n ympäristövastuualue", "Lapin ELY-keskus"),
    ("Turun yliopiston kauppakorkeakoulu Mallilan yksikkö", "Turun yliopisto"),
    # An acronym before a slash is no full name.
    ("OSEKK / Mallilan yksikkö", "Oulun seudun koulutuskuntayhtymä"),
]


# A name or a legal form once more is no unit: `units="apart"` counts them as one.
WHOLE = [
    "Savon koulutuskuntayhtymä, Sakky",
    "HAAGA-HELIA Oy Ab",
    "Yrkeshögskolan vid Åbo Akademi Ab",
    "Ab Yrkeshögskolan vid Åbo Akademi / Yrkeshögskolan Novia",
    "MALLI OYMALLI LTD",
]


@pytest.mark.parametrize("name", WHOLE)
def test_a_name_once_more_is_no_unit(name: str) -> None:
    assert NAMES.identify(name).unit is None


def test_a_unit_behind_a_name_once_more_is_named_alone() -> None:
    found = NAMES.identify("Svenska handelshögskolan / Hanken Fortbildning Vasa")
    assert found.unit == "fortbildning vasa"


# With a body before it in the genitive and still no unit: companies, associations, two bodies.
NO_PARTS = [
    "Kotkan kaupungin vuokratalot Oy",
    "Vasa stads bostäder Ab",
    "Kotkan kaupungin asukasyhdistys",
    "Mallilan kunnan yrittäjät",
    "Lapin yliopiston ylioppilaskunta",
    "Hämeen ammattikorkeakoulun opiskelijakunta HAMKO",
    "Mallilan ja Kallilan kaupunki",
    "Kotkan kaupungin ja Haminan kaupungin nuorisotyö",
    "Mallilan kaupunki / Kallilan kunta",
    "Lapin ELY-keskus, Kainuun ELY-keskus",
    "VTT / Aalto-yliopisto",
    "Mallia ry, Oulun kaupunki",
    "Mallia ry / Oulun yliopisto",
    "Kotkan kaupunki (Kymenlaakson liitto)",
]


@pytest.mark.parametrize("name", NO_PARTS)
def test_what_is_no_unit_of_a_body_has_no_parent(name: str) -> None:
    found = NAMES.identify(name)
    assert (found.unit, found.parent) == (None, None)


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_organisation_share_a_key(a: str, b: str) -> None:
    assert NAMES.identify(a).key == NAMES.identify(b).key


@pytest.mark.parametrize(("a", "b"), APART)
def test_other_organisations_do_not(a: str, b: str) -> None:
    assert NAMES.identify(a).key != NAMES.identify(b).key


@pytest.mark.parametrize(("unit", "body"), PARTS)
def test_a_unit_named_alone_has_a_parent_and_is_not_it(unit: str, body: str) -> None:
    found = NAMES.identify(unit)
    assert found.kind == "unit"
    assert found.parent == NAMES.identify(body).key != found.key


def test_the_row_of_an_organisation_says_why_its_spellings_are_one() -> None:
    joined = join(
        [("MALLIA OY", None)] * 3
        + [("Oy Mallia Ab", "1234567-1"), ("Oy Mallia Ab", None), ("Uusi Mallia Oy", "1234567-1")]
        + [("Oulun kaupungin museo", None)]
    )
    town, company, unit = joined.organisations
    assert company == {
        "organisation_id": "oy:mallia",
        "name": "Oy Mallia Ab",
        "kind": "company",
        "business_id": "1234567-1",
        "parent_id": None,
        "spellings": 3,
        "rule": "spelling|legal_form|business_id",
    }
    assert (unit["kind"], unit["parent_id"]) == ("unit", town["organisation_id"])
    # The town is not named by itself: it is there for its unit.
    assert (town["spellings"], town["kind"]) == (0, "municipality")
    assert town["name"] == "Oulun kaupunki"


def test_one_name_beside_two_business_ids_is_two_organisations() -> None:
    joined = join([("Malli Oy", "1234567-1"), ("Malli Oy", "0201256-6"), ("MALLI OY", None)])
    ids = [row["organisation_id"] for row in joined.organisations]
    assert ids == ["oy:malli", "oy:malli 0201256-6", "oy:malli 1234567-1"]


def test_letters_of_a_form_before_another_form_are_of_the_name() -> None:
    joined = join(
        [(name, None) for name in ("R&S Malli Oy", "RS Malli Oy", "Malli Oy", "Oy Malli Ab")]
    )
    assert [row["organisation_id"] for row in joined.organisations] == ["oy:malli", "oy:rsmalli"]


@pytest.mark.parametrize("number", ["1234567-8", "0000000-0"])
def test_a_business_id_that_cannot_be_right_joins_nothing(number: str) -> None:
    joined = join([("Malli Oy", number), ("Toinen Oy", number)])
    assert [row["organisation_id"] for row in joined.organisations] == ["oy:malli", "oy:toinen"]
    assert [row["business_id"] for row in joined.organisations] == [None, None]


EVERY = sorted({name for pair in [*SAME, *APART, *PARTS] for name in pair})


@given(st.lists(st.sampled_from(EVERY), min_size=2, max_size=8), st.randoms())
def test_joining_depends_neither_on_order_nor_on_other_names(names, random) -> None:
    shuffled = names[:]
    random.shuffle(shuffled)
    a, b = names[:2]
    alone, among, otherwise = (
        join([(name, None) for name in some]).ids for some in (names[:2], names, shuffled)
    )
    together = alone[a, None] == alone[b, None]
    assert (among[a, None] == among[b, None]) is together
    assert (otherwise[a, None] == otherwise[b, None]) is together


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Mallilan ammattikorkeakoulu Oy", "Mallilan amattikorkeakoulu Oy", "typo"),
        (
            "Mallilan kristillisen kansanopiston kannatusyhdistys ry",
            "Mallilan kristillisen kansanopiston kannatusyhdis",
            "cut",
        ),
        ("Kehitysyhtiö Mallila Oy", "Kehityshtiö Mallila Oy", "typo"),
        # A place without its case is the same place; another place is another body.
        ("Oulun yliopisto", "Oulu yliopisto", "typo"),
        ("Turun ammattikorkeakoulu Oy", "Turku ammattikorkeakoulu Oy", "typo"),
        ("Lapin ammattikorkeakoulu Oy", "Lahden ammattikorkeakoulu Oy", None),
        # A cell that ended at a comma, and a body and its unit in either order.
        ("Lapin elinkeino-", "Lapin elinkeino- liikenne- ja ympäristökeskus", "cut"),
        (
            "Mallilan ammattikorkeakoulu/Kallilan koulutuskuntayhtymä",
            "Kallilan koulutuskuntayhtymä / Mallilan ammattikorkeakoulu",
            "order",
        ),
        ("Malli Kallila", "Kallila Malli", None),
        ("OSEKK / Malliyksikkö", "Oulun seudun koulutuskuntayhtymä / Malliyksikkö", "order"),
        # A firm's name, and its owner's behind it.
        ("Mallipalvelu", "MALLIPALVELUMAIJA MALLI", "owner"),
        ("Mallin kukkakauppa Ruusu", "Mallin kukkakauppa Ruusu Maija Malli-Kalli", "owner"),
        ("Mallipalvelu", "Mallipalvelu Maija Malli", None),
        ("Mallipalvelu", "MALLIPALVELUMAIJA MALLI OY", None),
        ("Malli-Kallin kehittämiskeskus ry", "Malli-Kallin alueen kehittämiskeskus ry", "area"),
        ("Malli-Kallin kehittämiskeskus ry", "Malli-Kallin alueen kehittämiskeskus Oy", None),
        # Cut and written with a slip, with and without what stands behind.
        (
            "Mallien ja kallien tutkimusyhdistys Malliranta",
            "Mallien ja kallien tutkimusyhdistys ry (Malliranta-keskus)",
            "cut",
        ),
        (
            "Suomen mallillisen koulutuksen ja urheilun liitto",
            "Suomen mallillisen koulututuksen ja urheilun liitto SMKU ry",
            "cut",
        ),
        ("Juvan kunta", "Juuan kunta", None),
        ("Kaakkois-Suomen mallikeskus", "Keski-Suomen mallikeskus", None),
        ("Malliviennin tuki", "Malliviennin tuki ry", "form"),
        # What ky stands for, and a body of many towns named without that word.
        ("Mallilan koulutus ky", "Mallilan koulutuskuntayhtymä", "form"),
        ("Mallikeskus Kallio", "Mallikeskus Kallio -kuntayhtymä", "form"),
        # Districts.
        ("Mallillisten Liiton Kymen piiri ry", "Mallillisten Liiton Hämeen piiri ry", None),
        # A known body is compared by its other names, too.
        (
            "Maa- ja elintarviketalouden tutkimuskeskus",
            "MTT Maa- ja elintarviketaluoden tutkimuskeskus",
            "typo",
        ),
        # In a short name another letter is likelier another name.
        ("Müllari Oy", "Mullari Oy", "typo"),
        ("AM-Koneistus Oy", "UM-Koneistus Oy", None),
        ("Mallipak Oy", "Mallirak Oy", None),
        # Numbers, places and legal forms tell bodies apart.
        ("Kiinteistö Oy Mallikatu 1", "Kiinteistö Oy Mallikatu 2", None),
        ("Itä-Suomen Malliyhdistys ry", "Länsi-Suomen Malliyhdistys ry", None),
        ("Kalajoen kaupunki", "Kalvijoen kaupunki", None),
        ("Malliviennin tuki Oy", "Malliviennin tuki ry", None),
        ("Aho Oy", "Eho Oy", None),
    ],
)
def test_what_is_proposed_to_a_person(a: str, b: str, why: str | None) -> None:
    joined = join([(a, None), (b, None)])
    assert [
        proposal.why
        for proposal in propose(
            (str(r["name"]), str(r["organisation_id"])) for r in joined.spellings
        )
    ] == ([why] if why else [])


def test_a_slip_beside_many_spellings_of_one_body_is_proposed() -> None:
    units = [f"Lapin yliopisto yksikkö {chr(letter)}{chr(letter)}" for letter in range(97, 117)]
    spellings = [(name, NAMES.identify(name).key) for name in [*units, "Lapin yliopsito"]]
    found = [(one.first, one.second, one.why) for one in propose(spellings)]
    assert found == [("known:lapin_yliopisto", "name:lapinyliopsito", "typo")]


def test_business_ids_tell_organisations_of_one_name_apart() -> None:
    """Our own ids stand where two of one name have the same business id, or none."""
    table = pd.DataFrame(
        {
            "name": ["Malli ry", *["Mallilan kunta"] * 2, *["Paja ry"] * 2, *["Talo Oy"] * 2],
            "business_id": [
                "1234567-1",
                "2345678-2",
                "3456789-3",
                pd.NA,
                "4567890-4",
                pd.NA,
                pd.NA,
            ],
        },
        index=["ry:malli", "kunta:a", "kunta:b", "ry:paja", "ry:paja 2", "oy:talo", "oy:talo 2"],
    ).astype("string")
    assert list(_labels(table).values()) == [
        "Malli ry",
        "Mallilan kunta (2345678-2)",
        "Mallilan kunta (3456789-3)",
        "Paja ry",
        "Paja ry (4567890-4)",
        "Talo Oy (oy:talo)",
        "Talo Oy (oy:talo 2)",
    ]
