"""An argument of a wrong type in one sentence, whatever the function failed at."""

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import pages
import pandas as pd
import pytest

import esrdata
from esrdata import UsageError, stats
from esrdata.annotated import fits, telling
from esrdata.errors import UnknownNameError


@pytest.mark.parametrize(
    ("value", "annotation", "right"),
    [
        (None, str | None, True), (5, str | None, False), ("a", Iterable[str], True),
        (["a", 1], Iterable[str], False), ([], list[str], True), (("a",), list[str], False),
        (True, int, False), (1, float, True), (True, float, False), (1.5, int, False),
        (print, Callable[[str], None], True), (1, Callable[[str], None] | None, False),
        (Path("a"), str | PathLike[str], True), (5, str | PathLike[str], False),
        ("b", Literal["a", "b"], True), ("c", Literal["a", "b"], False), (object(), Any, True),
        ({"a": 1}, Mapping[str, int], True), ("a", Mapping[str, int], False),
        (pd.Series([1]), "pd.Series[int]", True),
    ],
)  # fmt: skip
def test_what_fits_its_annotation(value: object, annotation: Any, right: bool) -> None:
    assert fits(value, annotation) is right


def test_only_a_call_that_failed_is_told_of() -> None:
    def half(number: int) -> float:
        return number / 2

    with telling(half, "half", (3.0,), {}):
        assert half(3.0) == 1.5  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"^half takes int as number, not 'x'\.$"):  # noqa: SIM117
        with telling(half, "half", (), {"number": "x"}):
            half(number="x")  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError), telling(half, "half", (1,), {}):
        raise ZeroDivisionError
    with pytest.raises(UnknownNameError, match="our own"), telling(half, "half", ("x",), {}):
        raise UnknownNameError("our own")
    # An error with arguments that fit is a fault of ours, and stays what it is.
    with pytest.raises(TypeError, match="ours"), telling(half, "half", (1,), {}):
        raise TypeError("ours")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda p: p.search(5), "search takes str | Iterable[str] as words, not 5."),
        (lambda p: stats.concentration(p, municipalities="2013"),
         "The argument municipalities is a year, not '2013'."),
        (lambda p: esrdata.report.write(p, "out", population="ESR"),
         "esrdata.report.write takes Population | None as population, not 'ESR'."),
        (lambda p: esrdata.read(pages.RAW, progress=True),
         "read takes Callable[[int, int, str], None] | None as progress, not True."),
        (lambda p: esrdata.load(None), "The argument folder is a folder, not None."),
        (lambda p: p.save(5), "The argument folder is a folder, not 5."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_wrong_type(
    call: Callable[[Any], object], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as raised:
        call(pages.raw())
    assert str(raised.value) == told
    assert not list(tmp_path.iterdir())
