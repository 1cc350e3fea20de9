"""The same facts come out whatever shape a description is in."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import shapes
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from esrdata import Portfolio, read
from esrdata.errors import SourceError
from esrdata.knowledge import load
from esrdata.reading.form.spec import form
from esrdata.samples.facts import make_facts
from esrdata.samples.wanted import of_form
from esrdata.samples.writer import write_text

RAW = Path(__file__).parents[1] / "data" / "raw"
CODES = ("S20405", "S12577")
THIRD = "S20562"

# What is not read rightly today, and why. An entry goes when its shape is read.
_SPELLED = "a true hyphen at a line end of a hyphenated print is taken for hyphenation"
_DASH = "a dash and a hyphen that begins a word cannot be told apart at a line end"
KNOWN: dict[str, str] = {
    "pdf 12 cm hyphenated ascii": _SPELLED,
    "pdf largest": _DASH,
}

QUICK = [name for name, shape in shapes.SHAPES.items() if shape.needs is None]
# Prints take a second each to make: these few hold what is special of the others, which the
# benchmark measures.
PRINTED = (
    "pdf headers", "pdf 12 cm hyphenated", "pdf 12 cm hyphenated ascii", "pdf centred scores",
    "pdf left scores", "pdf largest", "pdf soffice", "pdf soffice 12 cm hyphenated",
)  # fmt: skip


def marked(names: list[str] | tuple[str, ...]) -> list[object]:
    return [
        pytest.param(
            name,
            marks=[pytest.mark.xfail(reason=KNOWN[name], strict=False)] if name in KNOWN else [],
        )
        for name in names
    ]


def text_of(code: str) -> str:
    return (RAW / f"{code}.txt").read_text(encoding="utf-8")


def read_or_none(folder: Path) -> Portfolio | None:
    try:
        return read(folder, contacts=True)
    except SourceError:
        return None


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], shapes.Facts]:
    """Facts of a clean text, read once."""
    folder = tmp_path_factory.mktemp("clean")

    @cache
    def facts(text: str, code: str) -> shapes.Facts:
        path = folder / "hanke.txt"
        path.write_text(text, encoding="utf-8", newline="\n")
        return shapes.facts_of(read(path, contacts=True), code)

    return facts


def check(
    shape: shapes.Shape,
    text: str,
    code: str,
    facts: shapes.Facts,
    folder: Path,
    *,
    paragraphs: bool = True,
) -> None:
    within = None if shape.whole is None else shapes.standing(shape, text, folder / "whole", code)
    path = shape.write(folder / "shape", text)
    portfolio = read_or_none(path.parent)
    assert portfolio is not None, "the file is not read"
    assert portfolio.projects["project_code"].tolist() == [code]
    score = shapes.compare(facts, shapes.facts_of(portfolio, code), within=within)
    assert score.perfect, f"\n{score.told()}"
    if paragraphs and shape.paragraphs:
        assert score.paragraphs == score.paragraphs_total
    met, lines = shapes.explained(portfolio)
    assert met == lines, portfolio.issues[portfolio.issues["code"] == "unrecognised_line"]["raw"]


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", marked(QUICK))
def test_every_shape_gives_the_same_facts(
    name: str, code: str, clean: Callable[[str, str], shapes.Facts], tmp_path: Path
) -> None:
    shape, text = shapes.SHAPES[name], text_of(code)
    check(shape, text, code, clean(shape.says(text), code), tmp_path)


@pytest.mark.parametrize("name", marked(PRINTED))
def test_every_print_gives_the_same_facts(
    name: str, clean: Callable[[str, str], shapes.Facts], tmp_path: Path
) -> None:
    shape, text = shapes.SHAPES[name], text_of(CODES[0])
    lacking = shapes.missing(shape.needs)
    if lacking:
        pytest.skip(lacking)
    check(shape, text, CODES[0], clean(text, CODES[0]), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1), (0, 2, 1)], ids=str)
@pytest.mark.parametrize("name", marked(tuple(shapes.SEVERAL)))
def test_several_descriptions_in_one_file(
    name: str,
    order: tuple[int, ...],
    clean: Callable[[str, str], shapes.Facts],
    tmp_path: Path,
) -> None:
    shape = shapes.SEVERAL[name]
    lacking = shapes.missing(shape.needs)
    if lacking:
        pytest.skip(lacking)
    if shape.needs and order != (0, 1, 2):
        pytest.skip("One print of several descriptions is enough.")
    codes = [(*CODES, THIRD)[i] for i in order]
    path = shape.write(tmp_path, "\n".join(text_of(code) for code in codes))
    portfolio = read_or_none(path.parent)
    assert portfolio is not None, "the file is not read"
    assert portfolio.projects["project_code"].tolist() == codes
    for code in codes:
        score = shapes.compare(clean(text_of(code), code), shapes.facts_of(portfolio, code))
        assert score.perfect, f"\n{score.told()}"


# A cut through a value ("1, joista nais") leaves it unreadable, which is right and no equal fact;
# pages cut at every second line have tests of their own (test_reading_traps.py).
WHOLE = [name for name in QUICK if name not in KNOWN and shapes.SHAPES[name].cut == 1.0]


@pytest.mark.slow
@given(
    name=st.sampled_from(WHOLE),
    kind=st.sampled_from(load.form_names()),
    seed=st.integers(0, 10**6),
    grant=st.floats(0.001, 0.999),
    absorption=st.floats(0.001, 0.999),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_any_project_in_any_shape(
    tmp_path_factory: pytest.TempPathFactory,
    clean: Callable[[str, str], shapes.Facts],
    name: str,
    kind: str,
    seed: int,
    grant: float,
    absorption: float,
) -> None:
    shape, spec = shapes.SHAPES[name], form(kind)
    made = make_facts(
        of_form(spec), "S90001", random.Random(seed), grant=grant, absorption=absorption
    )
    made["contacts.0.name"] = "Esimerkki Erkki"
    made["contacts.0.position"] = "projektipäällikkö"
    made["contacts.0.email"] = "erkki.esimerkki(at)example.org"
    text = write_text(spec, spec.languages[0], made)
    facts = clean(shape.says(text), "S90001")
    # In a few pages it may be chance that every page ends at the end of a paragraph.
    whole = "pages" not in name and "torn" not in name and "all at once" not in name
    check(shape, text, "S90001", facts, tmp_path_factory.mktemp("any"), paragraphs=whole)


# ---------------------------------------------------------------- the shapes and the measure


@pytest.mark.parametrize("name", QUICK)
def test_a_shape_is_made_the_same_way_twice(name: str) -> None:
    shape, text = shapes.SHAPES[name], text_of(CODES[0])
    assert shape.make(text) == shape.make(text)


@pytest.mark.parametrize("code", (*CODES, THIRD))
def test_a_page_is_made_of_every_word_of_the_text(code: str) -> None:
    text = text_of(code)
    parts = shapes.pieces(text)
    assert " ".join(f"{part.text} {part.value}" for part in parts).split() == text.split()
    kinds = [part.kind for part in parts]
    assert kinds.count("title") == 1
    assert kinds.count("row") == (15 if code != "S12577" else 0)
    assert kinds.count("pair") > 20


def test_known_shapes_exist() -> None:
    assert set(KNOWN) <= {*shapes.SHAPES, *shapes.SEVERAL}


def test_the_measure_sees_every_kind_of_difference() -> None:
    expected = {
        "projects.name": "Koe",
        "projects.city": "Kotka",
        "projects.website": None,
        "funding.eu_and_state.planned": 10.0,
        "narratives.summary": "Yksi kaksi kolme.\n\nNeljä.",
        "sustainability.wellbeing.justification": "Hyvä.",
    }
    same = shapes.compare(expected, dict(expected))
    assert same.perfect
    assert (same.right, same.total) == (5, 5)
    assert (same.words, same.words_total, same.words_added) == (5, 5, 0)
    assert (same.paragraphs, same.paragraphs_total) == (2, 2)
    got = {
        "projects.name": "Toinen",
        "projects.website": "www.example.org",
        "funding.eu_and_state.planned": 10.0,
        "narratives.summary": "Yksi kolme Sivu 2/7.",
        "sustainability.wellbeing.justification": "Hyvä.",
        "partners.0.name": "Sivu 2/7",
    }
    score = shapes.compare(expected, got)
    assert score.wrong == {"projects.name": ("Koe", "Toinen")}
    assert score.lost == {"projects.city": "Kotka"}
    assert set(score.invented) == {"projects.website", "partners.0.name"}
    assert set(score.prose) == {"narratives.summary"}
    assert (score.right, score.total) == (3, 5)
    assert (score.words, score.words_total, score.words_added) == (2, 5, 3)
    assert (score.paragraphs, score.paragraphs_total) == (1, 2)
    assert len(score.told().splitlines()) == 5


def test_behind_the_cut_a_value_may_be_lost_but_not_wrong() -> None:
    expected = {"projects.name": "Koe", "projects.city": "Kotka", "narratives.summary": "a b c d"}
    lost = shapes.compare(expected, {"projects.name": "Koe"}, within={"projects.name"})
    assert lost.perfect
    wrong = shapes.compare(
        expected, {"projects.name": "Koe", "projects.city": "Kot"}, within={"projects.name"}
    )
    assert set(wrong.wrong) == {"projects.city"}
