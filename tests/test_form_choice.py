"""The form that explains most of a page reads it, whatever other forms stand on the shelf."""

import copy
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import ROOT

from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.knowledge import load
from esrdata.reading.form.description import read_document
from esrdata.reading.form.spec import Form, all_forms, form, parse
from esrdata.reading.record import Record
from esrdata.samples.facts import make_facts
from esrdata.samples.maker import page
from esrdata.samples.wanted import of_form

# The documents whose form a person has read off the page.
REAL = {
    "S12577.txt": "eura2007",
    "S20405.txt": "eura2014",
    "S20562.txt": "eura2014",
    "S21684.html": "eura2014",
}
MADE = 3


def text_document(text: str) -> Document:
    return Document("page", "text", "utf-8", "", text, text)


@cache
def documents() -> tuple[tuple[str, str, Document], ...]:
    """Name, form and document of every sample: the real ones and some that the writer wrote."""
    found = []
    for file, name in REAL.items():
        document = open_document(str(ROOT / "data" / "raw" / file))
        assert isinstance(document, Document)
        found.append((file, name, document))
    for name in load.form_names():
        for i in range(MADE):
            asked = of_form(form(name))
            facts = make_facts(asked, f"S9990{i}", random.Random(i), grant=0.5, absorption=0.5)
            found.append((f"{name}-{i}", name, text_document(page(name, facts, "txt"))))
    return tuple(found)


SAMPLES = [pytest.param(*sample[1:], id=sample[0]) for sample in documents()]


def read(document: Document, forms: tuple[Form, ...]) -> list[Record]:
    return read_document(document, forms, contacts=False)


def codes(record: Record) -> set[str]:
    return {finding.code for finding in record.findings}


@pytest.mark.parametrize(("name", "document"), SAMPLES)
def test_every_document_is_read_by_its_own_form_only(name: str, document: Document) -> None:
    for forms in (all_forms(), all_forms()[::-1]):
        (record,) = read(document, forms)
        assert record.form == name
        assert "form_tied" not in codes(record)
    others = tuple(other for other in all_forms() if other.name != name)
    assert read(document, others) == []


@pytest.mark.parametrize(("name", "document"), SAMPLES)
def test_an_exact_copy_is_a_tie_and_the_first_reads(name: str, document: Document) -> None:
    twin = parse({**load.form(name), "form": "twin"})
    for forms, first in (((*all_forms(), twin), name), ((twin, *all_forms()), "twin")):
        (record,) = read(document, forms)
        assert record.form == first
        (tied,) = (finding for finding in record.findings if finding.code == "form_tied")
        assert tied.raw in (f"{name} (fi), twin (fi)", f"twin (fi), {name} (fi)")


def places(sections: list[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """Every section of a form file, as the list that holds it and the place in it."""
    for i, section in enumerate(sections):
        yield sections, i
        yield from places(section.get("sections", []))


def order_on(document: Document, raw: dict[str, Any]) -> list[str]:
    """Titles of a form file in its order, those alone that stand on a page."""
    lines = {line.text.strip().lstrip("0123456789. ") for line in document.lines}
    found = []
    for sections, i in places(raw["sections"]):
        said = sections[i].get("fi", [])
        titles = [said] if isinstance(said, str) else said
        found += [title for title in titles if title in lines]
    return found


@st.composite
def changed(draw: Callable[..., Any], raw: dict[str, Any]) -> dict[str, Any]:
    """A copy of a form file with some sections dropped, renamed or moved."""
    raw = {**copy.deepcopy(raw), "form": "copy"}
    for _ in range(draw(st.integers(1, 3))):
        every = list(places(raw["sections"]))
        if len(every) < 3:
            break
        sections, i = every[draw(st.integers(0, len(every) - 1))]
        match draw(st.sampled_from(["drop", "rename", "move"])):
            case "drop":
                del sections[i]
            case "rename":
                sections[i]["fi"] = draw(st.sampled_from(["Muut tiedot", "Liitteet", "Rahoitus"]))
            case "move":
                section = sections.pop(i)
                others = list(places(raw["sections"]))
                sections, i = others[draw(st.integers(0, len(others) - 1))]
                sections.insert(i, section)
    return raw


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_form_that_is_a_changed_copy_disturbs_nothing(data: st.DataObject) -> None:
    file, name, document = data.draw(st.sampled_from(documents()), label="document")
    of = data.draw(st.sampled_from(load.form_names()), label="copy of")
    raw = data.draw(changed(load.form(of)), label="copy")
    plain = read(document, all_forms())
    with_copy = read(document, (*all_forms(), parse(raw)))
    assert [record.values for record in with_copy] == [record.values for record in plain]
    seen = of == name and order_on(document, raw) != order_on(document, load.form(of))
    if of != name or seen:
        # The true form explains more, so that the order on the shelf decides nothing.
        (record,) = read(document, (parse(raw), *all_forms()))
        assert record.form == name
        assert "form_tied" not in codes(record)
    assert file


def test_descriptions_of_different_forms_in_one_document_are_told_apart() -> None:
    texts = [(name, document.text) for _, name, document in documents()[-2 * MADE :]]
    mixed = [texts[0], texts[MADE], texts[1], texts[2], texts[MADE + 1]]
    document = text_document("\n\n".join(text for _, text in mixed))
    sections = load.form("eura2014")["sections"][:5]
    twin = parse({**load.form("eura2014"), "form": "twin", "sections": sections})
    for forms in (all_forms(), (*all_forms(), twin), (twin, *all_forms())):
        records = read(document, forms)
        assert [record.form for record in records] == [name for name, _ in mixed]
        alone = [read(text_document(text), (form(name),))[0] for name, text in mixed]
        for record, other in zip(records, alone, strict=True):
            contents = {name: value.content for name, value in record.values.items()}
            assert contents == {name: value.content for name, value in other.values.items()}


def test_a_title_of_another_form_in_an_authors_text_begins_nothing() -> None:
    raw = copy.deepcopy(load.form("eura2007"))
    raw |= {"form": "other", "titles": [{"fi": "Hankkeen vaiheet", "sets": {}}]}
    (text,) = (d.text for file, _, d in documents() if file == "eura2014-0")
    title = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n"
    assert title in text
    lines = text.replace(title, f"{title}\nEnsin tämä.\n\nHankkeen vaiheet\n\n")
    (record,) = read(text_document(lines), (parse(raw), *all_forms()))
    assert record.form == "eura2014"
    assert "Hankkeen vaiheet" in str(record.content("narratives.summary"))
    (record,) = read(text_document(f"Hankkeen vaiheet\n\n{text}"), (parse(raw), *all_forms()))
    assert record.form == "eura2014"
