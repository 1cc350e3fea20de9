"""Patterns put together by what they begin with match where they did."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esrdata.reading.claims.beginnings import by_beginning

PATTERNS = [
    r"\b(?:ab|a(?:b|\||[|)])c|ca)d?",
    r"(?<!\w)(?:b|c)\(",
    r"(?<![a,])b+a",
    r"[AB][AB]*\d|c,",
    r"(?<!\w)[AB]\s",
    r"\w+,,",
    r"(?:a)?\|",
    r"(?i:b)0",
    r"\b(?:a|,)0",
    r"\(0|\(?1",
    r"(?:[\])]a|d[^]|])0",
    "cc",
    r"\b(?:(?:\(a|Bc)d)",
    r"(?:(?:(?:B|0)(?:1|2)))3",
]


@given(st.text("abcdAB01,|() ", max_size=12))
def test_they_match_at_the_same_places_and_nothing_else(text: str) -> None:
    made = by_beginning(PATTERNS)
    for at in range(len(text) + 1):
        before = {found.end() for one in PATTERNS if (found := re.compile(one).match(text, at))}
        now = {found.end() for one in made if (found := one.match(text, at))}
        assert bool(now) == bool(before)
        assert now <= before


@pytest.mark.parametrize(
    ("patterns", "begun"),
    [
        (["ab", r"\bac", "(?:b|a)d"], ["a(?:b(?:(?:))|(?:)d|(?<!\\wa)(?:c(?:(?:))))|b(?:(?:)d)"]),
        (["abc", "adc", "(?:ab|e)f"], ["a(?:b(?:(?:c)|(?:)f)|d(?:(?:c)))|e(?:(?:)f)"]),
        (["[ab]c", "a"], ["a(?:(?:))", "[ab](?:c(?:(?:)))"]),
        (["a?b", "b"], ["b(?:(?:))", "(?:a?b)"]),
        ([r"\b(?:(?:a|b)c)"], [r"a(?:(?<!\wa)(?:(?:)c))|b(?:(?<!\wb)(?:(?:)c))"]),
    ],
)
def test_each_kind_of_beginning_is_one_pattern(patterns: list[str], begun: list[str]) -> None:
    assert [one.pattern for one in by_beginning(patterns)] == begun
