"""Time grows with the size, not with its square: every pattern of the package, and the readers."""

import math
import random
import re
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pages import eura2014_page
from patterns import Pattern, hard, patterns, searched

import esrdata
from esrdata.documents.document import Document
from esrdata.documents.markdown import is_markdown
from esrdata.reading.quantities.periods import find_period

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import growth

UNITS = (
    "1 ", "9", "a", " ", "\t", "\n", " \n", "1.1 ", "1,1 ", "1.1.2015 ", "noin 20 ", "A", "Aa ", "a-",
    "a@", "a.", "+358 ", "(", "<a ", "- ", "€", "&", "\u00a0", '"', "_", "/", ":", ";", "=", "0.", "-",
)  # fmt: skip
#: Twice the size may take so many times as long.
FACTOR = 2.5
#: Patterns are tried with twice as many signs again and again, until one try takes so many seconds or
#: so many signs are there; what takes less than so many seconds in all is not judged.
ENOUGH, LEAST, MOST, FLOOR = 0.005, 400, 12_800, 0.0008
# Of lists of hundreds of words, which are slow for any text, these alone are tried.
FEW, LONG = ("1 ", "9", "a", " ", "Aa ", "a-", "1.1 ", "noin 20 "), 1000
#: Patterns that no long text comes to, and what keeps it away.
SHORT = {
    "esrdata.documents.html.outline._META": "searched up to the last sign that ends a tag",
    "esrdata.documents.html.outline._TITLE": "the same",
    "esrdata.documents.html.style._PART": "searched up to the last sign that ends a rule",
    "esrdata.documents.html.tags.RAW_END": "searched up to the last sign that ends a tag",
    "esrdata.documents.office.rtf._TABLE_ROW": "searched up to the last sign that ends a row",
    "esrdata.present.charts.beneficiaries._IDENTIFIED": "names on an axis",
    "esrdata.reading.claims.vocabulary._units": "words of 200 letters at most",
}
# Narratives are searched in parts of so many characters, without what has no space for so long.
_PART, _WORD = 2000, 200


def grows(spent: Callable[[int], float], size: int, floor: float) -> float | None:
    """How time grows from a size to twice that, None where it is too little to judge.

    Processor's time is measured, which other processes on the machine disturb all the same: the
    smallest of several measurements counts, and what looks bad is measured again.
    """
    worst: float | None = None
    for _ in range(4):
        twice = spent(2 * size)
        if twice < floor:
            return None
        once = spent(size)
        if twice >= FACTOR * once:
            once, twice = min(once, spent(size)), min(twice, spent(2 * size))
        factor = twice / max(once, 1e-6)
        worst = factor if worst is None else min(worst, factor)
        if worst < FACTOR:
            return worst
    return worst


def growing(spent: Callable[[int], float], most: int, step: int) -> float | None:
    """How time grows for twice the size, over the last two doublings; None as above.

    Cheap patterns come to long texts so, dear ones to short texts, and each takes milliseconds.
    Texts are of whole steps: what is cut in two may end a search at once.
    """
    sizes: list[int] = []
    times: list[float] = []
    size = min(LEAST, most // 4)
    while len(times) < 3 or (times[-1] < ENOUGH and size <= most):
        sizes.append(max(size - size % step, step))
        times.append(spent(sizes[-1]))
        size *= 2
    if times[-1] < FLOOR:
        return None
    # What disturbs a measurement makes one of a pair longer; the best pair counts.
    doublings = math.log2(sizes[-1] / sizes[-3])
    best = times[-1] / max(times[-3], 1e-7)
    for _ in range(10):
        if best < FACTOR**doublings:
            break
        best = min(best, spent(sizes[-1]) / max(spent(sizes[-3]), 1e-7))
    return float(best ** (1 / doublings))


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Read something, so that patterns in use are compiled."""
    source = tmp_path_factory.mktemp("source")
    (source / "a.txt").write_text(eura2014_page(), encoding="utf-8")
    (source / "b.html").write_text(growth.description_html("hei"), encoding="utf-8")
    esrdata.read(source)


def repeats(pattern: Pattern, place: str, size: int) -> Iterator[tuple[str | bytes, int]]:
    """Long texts of whole repeated things each, as they may come to a pattern."""
    units = FEW if len(pattern.pattern) > LONG else (*UNITS, *hard(pattern, random.Random(1)))
    for unit in dict.fromkeys(filter(None, units)):
        if len(unit) > size:
            continue
        text = unit * (size // len(unit))
        step = len(unit)
        if place.startswith("esrdata.reading.claims."):
            text, step = f"{text[:_WORD]} " * (size // _WORD), _WORD + 1
        plain = isinstance(pattern.pattern, str)
        yield text if plain else text.encode("utf-8", "surrogatepass"), step


def slow_at(pattern: Pattern, place: str, ways: tuple[str, ...]) -> str | None:
    """A text for which the time of a pattern grows with the square, None where there is none."""
    most = _PART if place.startswith("esrdata.reading.claims.") else MOST
    for text, step in repeats(pattern, place, most):
        for way in ways:
            look = getattr(pattern, way)

            def spent(
                n: int, look: Callable[..., object] = look, text: str | bytes = text
            ) -> float:
                given = text[:n]
                start = time.process_time()
                look(given)
                return time.process_time() - start

            factor = growing(spent, most, step)
            if factor is not None and factor >= FACTOR:
                return f"{way} {text[:20]!r} {factor:.1f}"
    return None


@pytest.mark.slow
def test_no_pattern_grows_with_the_square(used: None) -> None:
    everywhere, slow, known = searched(), [], patterns()
    for pattern, place in known.items():
        name = pattern.pattern if place == "inline" else _name(place)
        ways = ("match", "search") if name in everywhere else ("match",)
        found = None if place in SHORT else slow_at(pattern, place, ways)
        if found is not None:
            slow.append(f"{place}: {found}: {pattern.pattern[:60]!r}")
    assert not slow, "\n".join(slow)
    # Those of modules, of what is kept of the shelf, and of inline use.
    assert len(known) > 600
    assert sum(_name(place) in everywhere for place in known.values()) > 100


def _name(place: str) -> str:
    """What a place is called in the code: a constant with its module, an attribute without it."""
    module, _, name = place.rpartition(".")
    return place if name.startswith("_") and module in sys.modules else name


@pytest.mark.parametrize(
    ("pattern", "way", "slow"),
    [
        (r"(?:\d+[.)]?\d*\s+)?kiitos", "match", True),
        (r"[ \t]*\n", "search", True),
        (r"(?:(?<![ \t])[ \t]+)?\n", "search", False),
        (r"[ \t]*\n", "match", False),
    ],
)
def test_the_walk_knows_a_slow_pattern(pattern: str, way: str, slow: bool) -> None:
    found = slow_at(re.compile(pattern), "somewhere", (way,))
    assert (found is not None) is slow


def test_words_of_time_before_a_date_take_no_time() -> None:
    # Twice as long for each word: 22 of them took four seconds.
    start = time.process_time()
    find_period("till " * 40 + "x 1.1.2015")
    assert time.process_time() - start < 2


def test_a_long_line_is_not_walked_through_for_each_of_its_values() -> None:
    # A fuzzer's list of 200,000 signs in a few lines, with signs left out of the view, took 35 s.
    size = 200_000
    places = array("L", range(1, size + 1))
    document = Document("a", "csv", None, "", "x" * (size + 1), "x" * size, places, places)
    start = time.process_time()
    spans = {document.span(at % 7, size) for at in range(3000)}
    assert time.process_time() - start < 2
    assert {(span.start, span.end) for span in spans} == {(at + 1, size) for at in range(7)}


def test_cells_that_stand_apart_in_the_text_have_the_place_of_all() -> None:
    document = Document("a", "pdf", None, "", "b a", "ab", array("L", [2, 0]), array("L", [3, 1]))
    assert document.span(0, 2)[:2] == (0, 3)
    assert document.span(1, 2)[:2] == (0, 1)


READ = (
    "prose '1 '.txt", "prose '1.1 '.txt", "text '1.1.2015 '.txt", "prose 'noin 20 '.txt",
    "text '9'.txt", "page '<h2>a<table><tr><td>'.html", "page '<h1>a</h1><table><tr><th>a'.html",
    "page '<!-- >'.html", "page '<textarea>'.html", "archive '<script '.mht", "columns.xml",
    "page '\\t'.html", "elements.xml", "deep.json", "page '<nav>a</nav>'.html", "page '<div></ul>'.html",
    "end of a row ' '.csv", "end of a row ','.csv", "texts 'a, '.csv",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_reading_grows_with_the_size(name: str, tmp_path: Path, used: None) -> None:
    text = dict(growth.cases())[name]
    path = tmp_path / f"a.{name.rpartition('.')[2]}"
    factor = grows(lambda n: growth.seconds(path, text(n)), 4000, floor=0.2)
    assert factor is None or factor < FACTOR


def test_a_list_of_rows_with_names_of_their_own_is_no_table(tmp_path: Path) -> None:
    rows = "".join(
        f"<r>{''.join(f'<c{n}_{i}>1</c{n}_{i}>' for n in range(2))}</r>" for i in range(240)
    )
    (tmp_path / "a.xml").write_text(f"<lista>{rows}</lista>", encoding="utf-8")
    portfolio = esrdata.read(tmp_path / "a.xml")
    assert list(portfolio.files["status"]) == ["unknown_form"]


def test_facts_before_a_text_that_never_end_are_read_in_one_way() -> None:
    # A file of YAML: each of its lines could be divided at any of its spaces, all of them together
    # in four to the power of twelve ways, and of a file of thirty lines the batch saw no end.
    text = "---\n" + "jobs:\n" + "    build: kaikki\n" * 12
    start = time.process_time()
    assert not is_markdown(text)
    assert time.process_time() - start < 0.2
