"""The form writer and the parser are each other's inverse."""

import random
import string

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from esrdata.documents.document import Document
from esrdata.documents.html.page import view_and_tags
from esrdata.knowledge import load
from esrdata.reading.form.description import read_document
from esrdata.reading.form.spec import all_forms, form
from esrdata.reading.record import Status
from esrdata.samples.facts import make_facts
from esrdata.samples.wanted import of_form
from esrdata.samples.writer import write_html, write_text

KEPT = {Status.READ, Status.BLANK}


def as_document(text: str, format_: str) -> Document:
    if format_ == "text":
        return Document("page", format_, "utf-8", "", text, text)
    view, starts, ends = view_and_tags(text).view
    return Document("page", format_, "utf-8", "", text, view, starts, ends)


def read_back(document: Document) -> dict[str, object]:
    (record,) = read_document(document, all_forms(), contacts=True)
    assert record.findings == []
    assert record.accounted == record.lines
    for value in record.values.values():
        if value.raw is not None:
            assert document.raw(value.span) == value.raw
    return {name: v.content for name, v in record.values.items() if v.status in KEPT}


WRITERS = {"text": write_text, "html": write_html}
# Prose of many scripts' worth of trouble, but no line that is a label or heading of a form.
WORD = st.text(string.ascii_letters + "åäöÅÄÖ&<>'\"-–()%/0123456789", min_size=1, max_size=12)
LINE = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
# Lines that look like a part of the form, as authors do write them into their prose.
LOOK_ALIKES = [
    "4.1 Hankkeen julkinen tiivistelmä (tavoitteet, toimenpiteet, tulokset)",
    "Tavoite: osallisuus",
    "Toimintalinja: 3. Työllisyys",
    "Hankekoodi: S20405",
    "Kunnat: Kotka ja Hamina",
    "Suunniteltu: 12",
    "Toteutunut seurantatietojen mukaan: 40, joista naisia 3",
    "5 Projektin julkinen rahoitus, euroa",
    "7. Projektin julkinen rahoitus, euroa",
    "Myönnetty EU- ja valtion rahoitus: 1 000",
    "Hankkeen kohderyhmät",
    "Osatoteuttajat",
    "Kestävä kehitys",
    "Hyvinvoinnin edistäminen 8 10",
    "Ekologinen kestävyys",
    "2015",
    "8.10.2015 mukana messuilla",
    "1.Vahvistetaan verkostoja",
]
PARAGRAPH = st.lists(LINE | st.sampled_from(LOOK_ALIKES), min_size=1, max_size=3).map("\n".join)
PROSE = st.lists(PARAGRAPH, min_size=1, max_size=3).map("\n\n".join)


@pytest.mark.slow
@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize("name", load.form_names())
@given(
    seed=st.integers(0, 10**6),
    grant=st.floats(0.001, 0.999),
    absorption=st.floats(0.001, 0.999),
    data=st.data(),
)
# Shrinking whole pages takes minutes; the seed and the prose of a failure say enough.
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_what_is_written_reads_back(name, format_, seed, grant, absorption, data):
    facts = make_facts(
        of_form(form(name)), "S90001", random.Random(seed), grant=grant, absorption=absorption
    )
    facts["contacts.0.name"] = "Esimerkki Erkki"
    facts["contacts.0.position"] = "projektipäällikkö: viestintä"
    facts["contacts.0.email"] = "erkki.esimerkki(at)example.org"
    facts["contacts.0.phone"] = "000 0000000"
    for field in [f for f in facts if f.startswith("narratives.")]:
        facts[field] = data.draw(PROSE, label=field)
    facts["projects.name"] = data.draw(LINE.map(lambda line: f"{line}: hanke!"), label="name")
    spec = form(name)
    page = WRITERS[format_](spec, spec.languages[0], facts)
    assert read_back(as_document(page, format_)) == facts


def test_a_page_is_written_as_the_service_writes_it():
    facts = {
        "projects.fund": "ESR",
        "projects.project_code": "S90001",
        "projects.name": "Koe",
        "funding.eu_and_state.planned": 1234567.5,
        "sustainability.wellbeing.direct": 8,
        "sustainability.wellbeing.indirect": 10,
        "sustainability.wellbeing.justification": "Perustelu.",
    }
    page = write_text(form("eura2014"), "fi", facts)
    assert "Hankekoodi: S90001\n\nHankkeen nimi: Koe\n" in page
    assert "Myönnetty EU- ja valtion rahoitus: 1 234 567,50\n" in page
    assert "\nHyvinvoinnin edistäminen 8 10\nPerustelu.\n" in page
    # What is no fact has no label either; what is None is left blank behind its label.
    assert "Toteutunut EU- ja valtion rahoitus" not in page
    assert "\nWWW-osoite:\n" in write_text(form("eura2014"), "fi", {"projects.website": None})
