"""Ways in which people write addresses, numbers and names into prose: every one of a kind.

Nobody's: the numbers are not given out, the names and addresses are made up.
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

#: The contact person of the form.
PERSON = "HEINONEN TUULIKKI-ANNELI"

SPACES = {
    "space": " ", "no-break": "\u00a0", "thin": "\u2009", "narrow no-break": "\u202f",
    "figure": "\u2007", "en": "\u2002", "em": "\u2003", "hair": "\u200a", "ideographic": "\u3000",
    "tab": "\t", "two": "  ", "line end": "\n", "line end and indent": "\n    ",
    "zero width": "\u200b", "word joiner": "\u2060",
}  # fmt: skip
HYPHENS = {
    "hyphen": "-", "U+2010": "\u2010", "U+2011": "\u2011", "figure dash": "\u2012", "en dash": "–",
    "em dash": "—", "bar": "\u2015", "minus": "\u2212", "small": "\ufe63", "full width": "－",
    "between spaces": " - ", "en dash between spaces": " – ", "soft": "\u00ad",
}  # fmt: skip
SIGNS = {
    "@": "@", "full width": "＠", "small": "﹫", "spaces": " @ ", "at": " at ", "AT": " AT ",
    "At": " At ", "ät": " ät ", "(at)": "(at)", "[at]": "[at]", "{at}": "{at}", "<at>": "<at>",
    "(a)": "(a)", "[a]": "[a]", "(ät)": "(ät)", "[ät]": "[ät]", "{ät}": "{ät}", "(@)": "(@)",
    "[@]": "[@]", " (at) ": " (at) ", " [at] ": " [at] ", " {at} ": " {at} ", "( at )": "( at )",
    "(AT)": "(AT)", "(att)": "(att)", "-at-": "-at-", "_at_": "_at_", "*at*": "*at*", "/at/": "/at/",
    "|at|": "|at|", "\"at\"": "\"at\"", "(snabel-a)": "(snabel-a)", " snabel-a ": " snabel-a ",
    "(miukumauku)": "(miukumauku)", " miukumauku ": " miukumauku ", "(att-merkki)": "(ät-merkki)",
    "%40": "%40", "&#64;": "&#64;", "&commat;": "&commat;", "line end": "@\n", "before": "\n@",
    "(at) and line end": "(at)\n", "«at»": "«at»", "‹at›": "‹at›", "（at）": "（at）",
    "[ at ]": "[ at ]", "((at))": "((at))", "no-break": "\u00a0at\u00a0",
    "<a>": "<a>", "[ä]": "[ä]", "(ät )": "(ät )", "'at'": "'at'", "~at~": "~at~", "=at=": "=at=",
    "·at·": "·at·", "“at”": "“at”", " “at” ": " “at” ", " + at + ": " + at + ", "(@t)": "(@t)",
    "(a t)": "(a t)", "&#064;": "&#064;", "&#x0040;": "&#x0040;", " AT. ": " AT. ", "\\@": "\\@",
}  # fmt: skip
LOCALS = (
    "aakko.bebba",
    "aakko_bebba",
    "aakko-bebba",
    "a.bebba",
    "aakko.b.cebba",
    "aakkobebba",
    "AAKKO.BEBBA",
)
DOMAINS = {
    "x.fi": "xyxxy.fi", "sub": "mail.xyxxy.fi", "dash": "xy-xxy.fi", "piste": "xyxxy(piste)fi",
    "piste between spaces": "xyxxy piste fi", "dot": "xyxxy dot fi", "[dot]": "xyxxy[dot]fi",
    "(.)": "xyxxy(.)fi", "punkt": "xyxxy punkt se", "com": "xyxxy.com", "capitals": "XYXXY.FI",
    "space": "xyxxy .fi", "space behind": "xyxxy. fi", "line end": "xyxxy.\nfi", "å": "hyvä-työ.fi",
}  # fmt: skip
LABELS = (
    "puh.", "puh. ", "puh: ", "Puh ", "PUH. ", "puhelin ", "puhelin: ", "puhelinnumero ",
    "puhelinnumerosta ", "p. ", "p.", "GSM", "GSM ", "gsm: ", "gsm.", "matkapuhelin ", "matkapuh. ",
    "mobiili ", "kännykkä ", "kännykkäni ", "tel ", "tel. ", "tel: ", "Tfn ", "tfn. ", "telefon ",
    "telefonnummer ", "mobil ", "mobiltelefon ", "mob. ", "phone ", "Phone: ", "mobile ", "cell ",
    "ring ", "ring på ", "call ", "soita ", "soita numeroon ", "numerosta ", "tekstiviesti ",
    "tekstiviestillä numeroon ", "WhatsApp ", "faksi ", "fax ", "fax.", "Telefax: ", "telefaksi ",
    "vaihde ", "puh.nro ", "puh. nro ", "puh.no ", "p.nro ", "puhelimella ", "puhelimeen ",
    "puhelimesta ", "(puh. ", "puh/", "puh=", "puh – ", "☎ ", "☎", "✆ ", "📞 ", "tavoittaa numerosta ",
    "per telefon ", "nås på ", "contact: ", "suoranumero ", "direktnummer ", "päivystysnumero ",
)  # fmt: skip


class Shape(NamedTuple):
    """A kind, a name of the way of writing, the text as a sentence, and what must be covered."""

    kind: str
    way: str
    text: str
    secret: str


def shapes() -> Iterator[Shape]:
    """Every shape."""
    yield from _numbers()
    yield from _addresses()
    yield from _registers()
    yield from _names()


def _numbers() -> Iterator[Shape]:
    def shape(way: str, number: str, text: str = "Kysy {} lisää.") -> Shape:
        return Shape("phone", way, text.format(number), number)

    for name, space in SPACES.items():
        yield shape(f"mobile, {name}", f"040{space}711{space}1107")
        yield shape(f"abroad, {name}", f"+358{space}50{space}711{space}1107")
        yield shape(f"landline, {name}", f"019{space}711{space}1107")
    for name, hyphen in HYPHENS.items():
        yield shape(f"mobile, {name}", f"040{hyphen}711{hyphen}1107")
        yield shape(f"mobile once, {name}", f"050{hyphen}7111107")
        yield shape(f"abroad, {name}", f"+358{hyphen}40{hyphen}711{hyphen}1107")
        yield shape(f"landline, {name}", f"019{hyphen}7111107")
    for label in LABELS:
        yield shape(f"label {label!r}", "050 711 1107", f"Ks. {label}{{}}.")
        yield shape(f"label {label!r} without spaces", "0507111107", f"Ks. {label}{{}}.")
    for label in LABELS[:20]:
        yield shape(f"label {label!r}, a short number", "711 1107", f"Ks. {label}{{}}.")
    for prefix, rest in product(
        ("(+358) 40", "+358 (0)40", "+358 (0) 40", "+358(0) 40", "+ 358 40", "＋358 40", "(+358)40",
         "(358) 40", "00358 40", "00 358 40", "(00358) 40", "358 40", "+358-40", "+358.40",
         "+358/40", "[+358] 40", "+358 0 40", "0358 40", "0358-40", "O40", "o50", "+358-(0)40", "(+358 40)", "+358\u00a040", "(0)40",
         "(040)", "[040]", "040)", "040/", "040.", "0400", "0457", "044", "041", "046", "050"),
        (" 711 1107", "7111107", " 71 11 107", "-711 11 07"),
    ):  # fmt: skip
        yield shape(f"prefix {prefix}", f"{prefix}{rest}")
    for number in (
        "+46 70 711 11 07", "+46 (0)70-711 11 07", "0046 70 711 1107", "+372 5711 1107",
        "+47 411 11 107", "+45 40 71 11 07", "+49 151 711 11 107", "+44 7711 111107",
        "+7 921 711 11 07", "+7 (812) 711-11-07", "+358 9 711 1107", "+358 (0)9 711 1107",
        "09-711 1107", "(09) 711 1107", "09/7111107", "(09)7111107", "013-711 107", "0204 711 107",
        "020 711 1107", "029 711 1107", "0295 711 107", "010 711 1107", "075 711 1107", "0800 711 107",
    ):  # fmt: skip
        yield shape(f"number {number}", number)
    yield shape("semicolons", "040;711;1107")
    both = "040 711 1107 / 050 711 1108"
    yield Shape("phone", "two with a stroke", f"Kysy {both}.", "711 1108")
    yield Shape("phone", "two with tai", "Kysy 040 711 1107 tai 050 711 1108.", "711 1108")
    yield Shape("phone", "two with a comma", "Kysy 040 711 1107, 050 711 1108.", "711 1108")
    yield Shape("phone", "a day before it", "Soita ma 1.2.2016 040 711 1107.", "711 1107")
    yield Shape("phone", "hours behind it", "Soita 040 711 1107 klo 9-15.", "711 1107")
    yield Shape("phone", "name before", "Ohjaaja, 0407111107, vastaa.", "0407111107")
    yield Shape("phone", "bracketed", "Ohjaaja (0407111107) vastaa.", "0407111107")
    yield Shape("phone", "swedish", "Fråga på 040-711 11 07 mera.", "711 11 07")
    yield Shape("phone", "other digits", "Kysy ０４０ ７１１ １１０７.", "７１１")
    yield Shape("phone", "mathematical digits", "Kysy 𝟎𝟒𝟎 𝟕𝟏𝟏 𝟏𝟏𝟎𝟕.", "𝟕𝟏𝟏")


def _addresses() -> Iterator[Shape]:
    for name, sign in SIGNS.items():
        for local, domain in product(("aakko.bebba", "aakkobebba"), ("xyxxy.fi", "mail.xyxxy.fi")):
            written = f"{local}{sign}{domain}"
            yield Shape("e-mail", f"sign {name}", f"Kysy {written} niin.", local)
    for local in LOCALS:
        for sign in ("@", "(at)", " at ", " (ät) "):
            yield Shape("e-mail", f"local {local}", f"Kysy {local}{sign}xyxxy.fi niin.", local)
    for name, domain in DOMAINS.items():
        for sign in ("@", "(at)", " at "):
            text = f"Kysy aakko.bebba{sign}{domain} niin."
            yield Shape("e-mail", f"domain {name}", text, "aakko.bebba")
    for text in (
        "Kysy aakko.\nbebba@xyxxy.fi niin.", "Kysy aakko .bebba@xyxxy.fi niin.",
        "Kysy aakko\n.bebba@xyxxy.fi niin.", "Kysy aakko. bebba@xyxxy.fi niin.",
        "Kysy aakko.be-\nbba@xyxxy.fi niin.", "Kysy aakko.beb\u00adba@xyxxy.fi niin.",
        "Kysy aakko\u200b.bebba@xyxxy.fi niin.", "Kysy mailto:aakko.bebba@xyxxy.fi niin.",
        "Kysy <aakko.bebba@xyxxy.fi> niin.", "Kysy (aakko.bebba@xyxxy.fi) niin.",
        "Kysy aakko.bebba@xyxxy.fi/cebba niin.", "Kysy sähköposti:aakko.bebba@xyxxy.fi niin.",
        "Kysy e-mail aakko piste bebba at xyxxy piste fi niin.",
        "Kysy aakko(piste)bebba(at)xyxxy(piste)fi niin.", "Kysy aakko[.]bebba[at]xyxxy[.]fi niin.",
        "Kysy aakko.bebba@xyxxy niin.", "Kysy aakko.bebba (at) xyxxy niin.",
        "Kysy aakko.bebba, cakko.debba@xyxxy.fi niin.", "Kysy aakko.bebba/cakko.debba@xyxxy.fi niin.",
        "Kysy aakko.bebba ja cakko.debba@xyxxy.fi niin.", "Kysy aakko.bebba & cakko.debba(at)xyxxy.fi niin.",
        "Kysy cakko.debba, aakko.bebba och fakko.gebba@xyxxy.fi niin.",
        "Kysy aakko.bebba@ niin.", "Kysy aakko.bebba(at) niin.",
        "Kysy aakko.bebba@xyxxy.fi, cebba@xyxxy.fi niin.", "Kysy ‘aakko.bebba@xyxxy.fi’ niin.",
        "Kysy \"aakko.bebba\"@xyxxy.fi niin.", "Kysy (aakko.bebba)@xyxxy.fi niin.",
        "Kysy aakko.bebba ä xyxxy.fi niin.", "Kysy aakko . bebba @ xyxxy . fi niin.",
        "Kysy ”aakko.bebba@xyxxy.fi” niin.", "Kysy aakko+cebba.bebba@xyxxy.fi niin.",
    ):  # fmt: skip
        yield Shape("e-mail", "around", text, "bebba" if "bebba" in text else "ba")
        if "aakko. " not in text:
            # There a sentence may end.
            yield Shape("e-mail", "the first half", text, "aakko")


def _registers() -> Iterator[Shape]:
    for sign in "+-YXWVUABCDEF":
        code = f"120395{sign}123A"
        yield Shape("identity", f"sign {sign}", f"Hänen {code} on.", code)
        yield Shape("identity", f"hetu, sign {sign}", f"hetu {code} on.", code)
        small = code.lower()
        yield Shape("identity", f"small, sign {sign}", f"Hänen {small} on.", small)
    for name, hyphen in HYPHENS.items():
        if name == "soft":
            # Nobody sees that one.
            continue
        code = f"120395{hyphen}123A"
        yield Shape("identity", f"hyphen {name}", f"Hänen {code} on.", code)
    for text, secret in (
        ("henkilötunnus 120395-XXXX on", "120395"), ("henkilötunnuksensa 120395-123A on", "120395"),
        ("sotu 120395-123A on", "120395"), ("sosiaaliturvatunnus 120395-123A on", "120395"),
        ("personbeteckning 120395-123A är", "120395"), ("personnummer 120395-1234 är", "120395"),
        ("personnummer 19950312-1234 är", "19950312"), ("syntymäaika 12.3.1995 on", "12.3.1995"),
        ("hetu: 120395 123A on", "120395"), ("hetu 120395\n-123A on", "120395"),
        ("HETU120395-123A on", "120395"), ("(120395-123A)", "120395"), ("hlötunnus 120395-123A on", "120395"),
        ("1203 95-123F on", "1203"), ("12 03 95-123F on", "12 03"), ("12.03.95-123F on", "12.03"),
        ("120395-123 F on", "120395"), ("henkilötunnukseni on 120395-1234 ja", "120395"),
        ("hetu:120395-\n123A on", "120395"), ("född 12.3.1995 i", "12.3.1995"),
    ):  # fmt: skip
        yield Shape("identity", text, f"Hän, {text} niin.", secret)
    groups = ("FI21", "1234", "5600", "0007", "85")
    for name, space in {**SPACES, **HYPHENS, "none": "", "dot": "."}.items():
        number = space.join(groups)
        yield Shape("account", f"IBAN, {name}", f"Tili {number} on.", number)
        yield Shape("account", f"IBAN without a label, {name}", f"Se on {number}.", number)
    for text, secret in (
        ("IBAN: FI2112345600000785", "FI21"), ("IBAN FI 21 1234 5600 0007 85", "1234"),
        ("tilinumero on 1234 5600 0007 85", "1234"), ("FI21/1234/5600/0007/85", "1234"),
        ("FI21_1234_5600_0007_85", "1234"), ("iban:fi2112345600000785", "fi21"), ("tilinumero 123456-785", "123456"),
        ("tili: 123456-785", "123456"), ("tilille 123456-00000785", "123456"),
        ("kontonummer 123456-785", "123456"), ("FI21 12345600000785", "12345600000785"),
        ("FI21 1234 5600 0007 85 (OKOYFIHH)", "1234"), ("SE45 5000 0000 0583 9825 7466", "5000"),
        ("DE89 3704 0044 0532 0130 00", "3704"), ("EE382200221020145685", "EE38"),
        ("bankgiro 123-4567", "123-4567"), ("tilinro 123456-785", "123456"), ("FI21123456 00000785", "FI21123456"),
        ("NO93 8601 1117 947", "8601"), ("pankkitilille FI21 1234 5600 0007 85", "1234"),
    ):  # fmt: skip
        yield Shape("account", text, f"Maksa {text}, kiitos.", secret)


_ALONE = (
    "Heinonen", "Heinosen", "Heinosta", "Heinoselle", "Heinoselta", "Heinosella", "Heinosessa",
    "Heinosesta", "Heinoseen", "Heinosena", "Heinoseksi", "Heinosetta", "Heinoset", "Heinosten",
    "Heinosia", "Heinosille", "Heinosenkin", "Heinonenkin", "Heinosenkaan", "Heinosemme", "Heinonens",
    "HEINONEN", "HEINOSEN", "heinonen", "heinosen", "Tuulikki", "Tuulikin", "Tuulikkia", "Tuulikille",
    "Tuulikilta", "Tuulikkikin", "Tuulikkiin", "Tuulikista", "TUULIKKI", "Tuulikkis", "Anneli",
    "Annelin", "Annelia", "Annelille", "Annelilta", "Anneliin", "Annelis", "Tuulikki-Anneli",
    "Tuulikki-Annelin", "Tuulikki-Annelille", "Tuulikki Anneli",
)  # fmt: skip
_WHOLE = (
    "Tuulikki Heinonen", "Heinonen Tuulikki", "Heinonen, Tuulikki", "HEINONEN TUULIKKI", "HEINONEN, TUULIKKI",
    "tuulikki heinonen", "Tuulikki-Anneli Heinonen", "Heinonen Tuulikki-Anneli", "Heinonen, Tuulikki-Anneli",
    "Tuulikki Anneli Heinonen", "Tuulikki A. Heinonen", "Tuulikki A Heinonen", "T. Heinonen", "T Heinonen",
    "T.Heinonen", "T.A. Heinonen", "T. A. Heinonen", "T-A. Heinonen", "T-A Heinonen", "T.-A. Heinonen",
    "TA Heinonen", "T–A Heinonen", "T\u2011A. Heinonen", "Heinonen T.", "Heinonen T", "Heinonen, T.",
    "Heinonen T-A", "Heinonen T.-A.", "Tuulikki H.", "Tuulikki H", "Tuulikki-Anneli H.", "Tuulikki\nHeinonen",
    "Tuulikki\u00a0Heinonen", "Tuulikki  Heinonen", "Heinonen\nTuulikki", "Tuulikki-\nAnneli Heinonen",
    "Tuulikki\u2011Anneli Heinonen", "Tuulikki–Anneli Heinonen", "Tuulikki Hei-\nnonen", "Tuulikki Hei\u00adnonen",
    "Tuulikki Heinosen", "Tuulikin Heinosen", "Heinosen Tuulikin", "Heinosen Tuulikki", "Tuulikki Heinoselle",
    "Tuulikki Korpela-Heinonen", "Tuulikki Heinonen-Korpela", "Heinonen-Korpela", "Tuulikki \"Tuuli\" Heinonen",
    "Tuulikki (Anneli) Heinonen", "tuulikki.heinonen", "tuulikki_heinonen", "TuulikkiHeinonen", "TUULIKKI-ANNELI HEINONEN",
    "projektipäällikkö Heinonen", "Heinonen/Tuulikki", "Tuulikki Heinonen-niminen",
    "𝐓𝐮𝐮𝐥𝐢𝐤𝐤𝐢 𝐇𝐞𝐢𝐧𝐨𝐧𝐞𝐧", "Ｔｕｕｌｉｋｋｉ Ｈｅｉｎｏｎｅｎ", "Heinonen\u200b Tuulikki",
)  # fmt: skip


def _names() -> Iterator[Shape]:
    for name in _ALONE:
        yield Shape("name", f"alone, {name}", f"Mukana oli {name} itse.", name)
        if name[0].isupper():
            yield Shape("name", f"first, {name}", f"{name} oli mukana.", name)
    for name in _WHOLE:
        yield Shape("name", f"whole, {name!r}", f"Mukana oli {name} itse.", name)
        if name[0].isupper():
            yield Shape("name", f"whole first, {name!r}", f"{name} oli mukana.", name)


# ---- what must stay

_SUMS = (
    "1 234 567,89", "12 500", "57 634,00", "1.234.567,89", "1,234,567.89", "100 000", "050 000",
    "2 040 711 107", "40 711 107", "1 050 711 107", "358 407 111", "0,50", "040,00", "10 000–20 000",
    "10 000 - 20 000", "46434.00", "35857,27", "1\u00a0234\u00a0567", "+12 500", "-12 500", "12.500,-",
    "400 711 110", "044 277", "19 711 110", "9 711 110 700", "0400 000",
)  # fmt: skip
_MEASURES = (
    "{} euroa",
    "{} €",
    "€ {}",
    "{} EUR",
    "yhteensä {} euron",
    "summa on {}",
    "{} kr",
    "{} mk",
    "({} e)",
)
_DATES = (
    "1.1.2015", "01.01.2015", "1.1.2015-31.12.2016", "01.01.2015 - 31.12.2016", "1.1.–30.6.2016",
    "01.04.-30.06.2016", "2015-04-01", "2015/04/01", "04/2015", "04/2015-12/2016", "4/2015–12/2016",
    "050115", "010415–311216", "20150401", "2014-2020", "2007–2013", "2014, 2015 ja 2016", "klo 08.30-16.00",
    "klo 9–15.30", "08:30–16:00", "1.4.2015 klo 12", "01/04/2015", "1. 4. 2015", "2010 2011 2012 2013 2014",
    "vuosina 2014–2020", "kaudella 2014 - 2020", "Q1/2015–Q4/2016", "viikot 01-12/2015", "04.05.2016 08.00",
    "040516", "1.5.2015—31.12.2017", "0504.2015", "12/2015 - 04/2016", "kesä 2015–kevät 2016",
)  # fmt: skip
_CODES = (
    "S20405", "A31234", "S12577 ja S20562", "hankekoodi S10001", "projektikoodi S20405", "0160225-7", "1234567-8",
    "FI01602257", "Y-tunnus 0160225-7", "Y-tunnus: 01602257", "FO-nummer 0160225-7", "ALV FI01602257",
    "2014FI16M2OP001", "CCI 2007FI052PO001", "CCI 2014FI05M9OP001", "EURA 2014/1234/09 02 01 01/2015/ESAVI",
    "EURA 2014/567/09 02 01 01/2016/PSELY", "ESAVI/1234/04.08.01/2018", "ESAVI/0407/2018", "HAMELY/1234/2015",
    "LAPELY/0040/05.02.10/2015", "dnro 123/2014", "Dnro 041/07.02/2014", "diaarinumero 0407111107",
    "diaarinumero EURA 2014/2871/09 02 01 01/2015/KESELY", "dnr 5021/2014", "STM/123/2015", "VN/12345/2019",
    "VN/4071/2020-TEM-12", "OKM/40/592/2014", "TEM/1234/04.04.05/2015", "asianumero 050/2016", "KUHA-2015-04071",
    "lupanumero 0407111107", "ISBN 978-952-10-1234-5", "ISBN 951-37-1234-5", "ISSN 0355-0001", "DOI 10.1000/040711",
    "URN:NBN:fi-fe201504071110", "URN:ISBN:978-951-39-0407-1", "NUTS FI1C1", "toimiala 85.59", "TOL 85320",
    "sopimus 0500-2015-11", "tilausnumero 4071111", "viitenumero 0407111107", "laskunumero 0507111",
    "kunta 049", "kuntakoodit 049, 091 ja 092", "postinumerot 00530, 00540 ja 00550", "tutkintokoodi 374113",
    "opintojakso 0407 (5 op)", "versio 0.40.711", "1.0.0.1", "kohta 3.2.1", "luvut 4.1.1 ja 4.2.3", "toimintalinja 3",
    "erityistavoite 10.1", "RR 7711", "T24 Lainat 050", "osio 04.071.1107", "KA 2/0407/16", "SOTE 2015/0407",
)  # fmt: skip
_LAWS = (
    "laki 1301/2014", "lain 7/2014 nojalla", "asetus (EU) N:o 1303/2013", "asetus (EU) N:o 1304/2013",
    "asetuksen (EY) N:o 1081/2006", "förordning (EU) nr 1303/2013", "Regulation (EU) No 1407/2013", "1407/2013",
    "VNA 358/2014", "VNA 358/2014, 5 §", "laki 916/2012, 2 luku 3 §", "lag 1301/2014", "HE 358/2014 vp", "PL 40",
    "KOM(2010) 2020", "COM(2010) 2020 final", "2006/2004/EY", "direktiivi 2004/18/EY", "SopS 27/2016", "KHO:2015:40",
)  # fmt: skip
_PLACES = (
    "Kirkkokatu 12 A 3", "Mannerheimintie 4 B 50, 00100 Helsinki", "PL 123, 00531 Helsinki", "00530 Helsinki",
    "04400 Järvenpää", "FI-00530 Helsinki", "05800 Hyvinkää", "04200 Kerava", "Box 40, 00023", "02150 Espoo, Otakaari 1",
    "Kauppatie 050", "huone 0407", "60.1699 24.9384", "N 60° 10' 11\"", "koordinaatit 6671107, 385407",
    "05100 Röykkä – 04600 Mäntsälä", "tie 140", "E75 ja vt 4", "os. Kotikatu 5-7 C 40", "04071 postitoimipaikka",
)  # fmt: skip
_COUNTS = (
    "20 henkilöä", "noin 1 200 osallistujaa", "0,5 htv", "12,5 henkilötyövuotta", "3 kpl", "25 % ja 75 %",
    "1 024 naista ja 1 050 miestä", "10 / 12 / 14", "1/3", "5-10 yritystä", "15–29-vuotiaat", "18-64 -vuotiaita",
    "30-, 40- ja 50-vuotiaat", "24/7", "6 + 6 kk", "4 x 50 min", "2 + 2 + 3", "1) 2) 3) 4) 5)", "1. 2. 3. 4. 5. 6.",
    "01 02 03 04 05", "0 1 2 3 4 5", "10 20 30 40 50 60", "n = 407", "p < 0.050711", "0.123456789", "50 000 km",
    "040 osallistujaa", "050-malli", "+5 / -3", "3+1", "1000–5000 asukasta", "100 000 asukasta", "ka. 3,45 (0,71)",
    "kysely 1: 45/50, kysely 2: 40/50", "tulos 0-5-10-15", "12 345 678 tuntia", "050711 kpl", "5000 kävijää",
)  # fmt: skip
_WORDS = (
    "Työtä @ kaikille", "LIFE@WORK-hanke", "@hanke Twitterissä", "#työ", "hanke (a) tai (b)", "at home", "at work",
    "look at this", "ät ja at", "piste fi", "www.hanke.fi", "http://www.hanke.fi/fi/040", "hanke.fi/at/home",
    "Available at hanke.fi", "Read more at www.hanke.fi", "kohdat (a), (b) ja (c)", "[a]", "a/b/c",
    "Lisää (2015) @hanke.fi", "Se on a piste, ä on kirjain", "Lue at. hanke", "a + b + c", "Team at Work ry", "3D@Home", "Tekstiviesti tai puhelin", "Soita rohkeasti", "puh. tunnetaan", "hetu puuttuu",
    "tilille maksettu 12 500 euroa", "tili 4100", "tilit 4000-4999", "IBAN puuttuu", "Kysymys (0 = ei, 1 = kyllä)",
    "Yhteistyö Oy:n kanssa", "H. Heinäluoma", "Heinola", "Heino", "Heinävesi", "Tuulilasi",
    "Heinosaari", "Tuulikannel", "Tuuli", "Annika", "Annen", "Heinonkylä", "tuulikerho", "T-A-testi", "TAH", "Tule, Aino",
)  # fmt: skip


def kept() -> Iterator[tuple[str, str]]:
    """Kinds and texts that hold nothing of a person: nothing in them may be covered."""
    for number, measure in product(_SUMS, _MEASURES):
        yield "sum", measure.format(number)
    kinds = {
        "date": _DATES,
        "code": _CODES,
        "law": _LAWS,
        "place": _PLACES,
        "count": _COUNTS,
        "word": _WORDS,
    }
    for kind, texts in kinds.items():
        for text in texts:
            yield kind, text
            yield f"{kind} in brackets", f"({text})"
            yield f"{kind} behind a comma", f"siis 5, {text}"
