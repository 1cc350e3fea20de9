"""Every way of writing an address, a number or a name is covered; what is no person's stays."""

import re
from collections import Counter

import pytest
from privacy_shapes import PERSON, Shape, kept, shapes

from esrdata.reading.privacy import COVER, mask

# Words beside a name that name nobody.
_NOBODY = ("projektipäällikkö", "niminen")


def left_over(shape: Shape) -> str:
    """Letters and digits of the secret that a reader can still see."""
    covered = mask(shape.text, [PERSON])
    assert len(covered) == len(shape.text)
    at = shape.text.index(shape.secret)
    rest = covered[at : at + len(shape.secret)].replace(COVER, "")
    for word in _NOBODY:
        rest = rest.replace(word, "")
    return re.sub(r"[\W_]", "", rest)


@pytest.mark.parametrize("kind", ["phone", "e-mail", "identity", "account", "name"])
def test_every_shape_of_a_kind_is_covered(kind: str) -> None:
    of_kind = [shape for shape in shapes() if shape.kind == kind]
    assert len(of_kind) > 50
    assert [shape.text for shape in of_kind if left_over(shape)] == []


def test_what_stands_around_a_shape_stays() -> None:
    for shape in shapes():
        covered = mask(shape.text, [PERSON])
        first, last = shape.text.split()[0], shape.text.split()[-1]
        if shape.secret not in (first, last) and shape.kind != "name":
            assert covered.startswith(first[:4]), shape
            assert last[-1] == covered[-1], shape


def test_sums_dates_codes_laws_places_and_words_stay() -> None:
    of_kind: Counter[str] = Counter()
    covered = []
    for kind, text in kept():
        of_kind[kind] += 1
        whole = f"Ks. {text}, niin."
        if mask(whole, [PERSON]) != whole:
            covered.append((kind, text))
    assert covered == []
    assert of_kind.total() > 800


@pytest.mark.parametrize(
    ("person", "forms"),
    [
        ("Pekka", "Pekka Pekan Pekkaa Pekalle Pekasta"),
        ("Satu", "Satu Sadun Satua Sadulle"),
        ("Antti", "Antti Antin Anttia Antille Anttiin"),
        ("Markus", "Markus Markuksen Markusta Markukselle"),
        ("Rautavesi", "Rautavesi Rautaveden Rautavettä Rautavedelle"),
        ("Hans", "Hans Hansin Hansia Hansille"),
        ("Sarvas", "Sarvas Sarvaan Sarvasta Sarvaalle"),
        ("Käki", "Käki Käen Käkeä Käelle"),
        ("Vänskä", "Vänskä Vänskän Vänskää Vänskälle"),
        ("Pyykkö", "Pyykkö Pyykön Pyykköä Pyykölle"),
        ("Kaukoranta", "Kaukoranta Kaukorannan Kaukorantaa Kaukorannalle"),
        ("Nygård", "Nygård Nygårdin Nygårdia Nygårds"),
        ("Räsänen", "Räsänen Räsäsen Räsästä Räsäselle Räsäseen Räsästen"),
    ],
)
def test_a_name_is_covered_in_its_cases(person: str, forms: str) -> None:
    for form in forms.split():
        text = f"Mukana oli {form} itse."
        assert mask(text, [f"{person.upper()} XENIA"]) == text.replace(form, COVER * len(form))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        # A space behind each letter, in one word after the other, inflected too.
        ("Vastasi H e i n o n e n itse.", "Vastasi █ itse."),
        ("Laati T U U L I K K I  H E I N O S E N tiimi.", "Laati █  █ tiimi."),
        # Another sign in place of @, or that sign in brackets behind the name.
        ("Kysy aa.bb*mallila.fi nyt.", "Kysy █ nyt."),
        ("Kysy aa_bb§posti.mallila.fi nyt.", "Kysy █ nyt."),
        ("Kysy: aa.bb (@mallila.fi)", "Kysy: █)"),
        ("Kysy aa.bb(Q)mallila.fi nyt.", "Kysy █ nyt."),
        ("Kysy aa.bbⒶmallila.fi tai aa.bb ⓐ mallila.fi.", "Kysy █ tai █."),
        ("Kysy aa.bb a mallila.fi nyt.", "Kysy █ nyt."),
        ("Sähköposti: aa.bb(mallila.fi)", "Sähköposti: █)"),
        ("Kysy {aa.bb, cc.dd}@mallila.fi tai [ee|ff]@mallila.fi.", "Kysy █ tai █."),
        (
            "researchgate.net/profile/Aa-Bb ja calendly.com/aabb",
            "researchgate.net/profile/█ ja calendly.com/█",
        ),
        # Three initials with dots, or beside a day.
        ("Kirjasi T.A.H. ja 3.4.2016 TAH", "Kirjasi █ ja 3.4.2016 █"),
        ("TAH / 3.4.2016, HTA 5.4.2016", "█ / 3.4.2016, █ 5.4.2016"),
        ("TAH-mittari, VTAH 3.4.2016 ja T.A.", "TAH-mittari, VTAH 3.4.2016 ja T.A."),
        # Pages of persons, of a researcher and of a network; an account.
        ("orcid.org/0000-0002-1825-0097", "orcid.org/█"),
        (
            "https://fi.linkedin.com/in/aa-bb-12/ ja linkedin.com/company/malli",
            "https://fi.linkedin.com/in/█/ ja linkedin.com/company/malli",
        ),
        (
            "facebook.com/profile.php?id=1000012 ja facebook.com/mallilankylat",
            "facebook.com/profile.php?id=█ ja facebook.com/mallilankylat",
        ),
        ("Skype: aa.bb, skype:aabb1?call", "Skype: █, skype:█?call"),
        ("Skype:n kautta, Skype: joka viikko", "Skype:n kautta, Skype: joka viikko"),
        ("040 711 1101/1102 ja 040 711 1101/2016", "█ ja █/2016"),
        # Any word in brackets for the sign, a remark, an account, a birthday without dots.
        ("aa.bb(arroba)mallila.fi, aa.bb (poista) @mallila.fi", "█, █"),
        ("skype aa.bb1, synt. 010190, 010190-XXXX", "skype █, synt. █, █"),
        ("esim(ala)kohta, raportti(pdf)x.fi", "esim(ala)kohta, raportti(pdf)x.fi"),
        # Pages, kinds of files and words in brackets are no addresses.
        (
            "Ks. www.mallila(malli.fi) ja hanke(hanke.fi)",
            "Ks. www.mallila(malli.fi) ja hanke(hanke.fi)",
        ),
        ("The rate ended at 4.62 per cent, at 9.30.", "The rate ended at 4.62 per cent, at 9.30."),
        ("docs/adding-a-form.md ja rent-a-car.fi", "docs/adding-a-form.md ja rent-a-car.fi"),
        ("mallila.fi a malli.fi, vue.js a node.js", "mallila.fi a malli.fi, vue.js a node.js"),
        ("Kysy aa.bb#mallila.fi tai aa.bb•mallila.fi nyt.", "Kysy █ tai █ nyt."),
        (
            "mallila.fi#uutiset.fi, mallila.fi•malli.fi",
            "mallila.fi#uutiset.fi, mallila.fi•malli.fi",
        ),
        # Letters in place of digits.
        ("Soita o4o 123 4567, 04O-123 4567 tai 050-l23 456O.", "Soita █, █ tai █."),
        ("O4-hanke, o4o-malli ja 04 I 2016", "O4-hanke, o4o-malli ja 04 I 2016"),
        # An initial glued to the name, or beginnings of both, as accounts have it.
        ("Tunnus theinonen tai hheinosen.", "Tunnus █ tai █."),
        ("heintu01, tunnus: tuulhein, C:\\heinotu\\a", "█, tunnus: █, C:\\█\\a"),
        ("heintu, hein01, heinä01, tunnus heinä", "heintu, hein01, heinä01, tunnus heinä"),
        # A letter of one part of the name is another one.
        ("Heinönen Tuulikki sekä Tuulikki Heinoncn", "█ sekä █"),
        ("Tuulikki Heikkinen", "█ Heikkinen"),
        # Neither is a person's.
        (
            "Kokoja oli 3*4 ja a*b, ks. § 5.fi ja E S R.",
            "Kokoja oli 3*4 ja a*b, ks. § 5.fi ja E S R.",
        ),
        ("Silta (@silta.fi) ja Malli (@malli)", "Silta (@silta.fi) ja Malli (@malli)"),
    ],
)
def test_spaced_letters_other_signs_and_glued_initials(text: str, left: str) -> None:
    covered = mask(text, ["HEINONEN TUULIKKI-ANNELI"])
    assert re.sub(f"{COVER}+", COVER, covered) == left
