"""The fuzzers' seeds, some mutations of each, and every input that ever failed."""

from pathlib import Path

import pytest

from fuzz.mutate import mutated
from fuzz.seeds import seeds
from fuzz.target import FORMATS, read

FOUND = sorted((Path(__file__).parent.parent / "fuzz" / "found").glob("*.*"))


@pytest.mark.parametrize("ending", FORMATS)
def test_seeds_and_their_mutations_are_read(ending: str) -> None:
    some = list(seeds(ending))
    assert some
    for data in some:
        read(data, ending)
        for seed in range(4):
            read(mutated(data, ending, seed), ending)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_failed_once_is_read(path: Path) -> None:
    read(path.read_bytes(), path.suffix[1:])


def test_a_mutation_is_the_same_for_the_same_seed() -> None:
    (data,) = seeds("docx")
    assert mutated(data, "docx", 7) == mutated(data, "docx", 7)
    assert len({mutated(data, "docx", seed) for seed in range(20)}) > 10
