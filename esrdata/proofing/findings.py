"""The findings on the numbers of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from esrdata.proofing.figure import Figure
from esrdata.proofing.number import Number
from esrdata.proofing.places import Place

EQUAL, ROUNDED, CONTRADICTED = "equal", "rounded", "contradicted"
AMBIGUOUS, NOT_DERIVABLE, OUT_OF_SCOPE = "ambiguous", "not_derivable", "out_of_scope"
VERDICTS = (EQUAL, ROUNDED, CONTRADICTED, AMBIGUOUS, NOT_DERIVABLE, OUT_OF_SCOPE)


@dataclass(frozen=True)
class Finding:
    """A number of a draft and its verdict.

    Attributes
    ----------
    place, number
        Where it stands, and the number.
    verdict
        One of `VERDICTS`.
    expected
        What it should be, in the unit of the number; None where nothing is expected of it.
    figure
        The figure it is, or should be.
    others
        Further figures that fit.
    confidence
        From 0 to 1: how sure the verdict is.
    reason
        A key of the words of `proof.reason`.
    made
        How its own table gives it, such as a sum; empty where it is a figure.
    """

    place: Place
    number: Number
    verdict: str
    expected: float | None = None
    figure: Figure | None = None
    others: Sequence[Figure] = ()
    confidence: float = 1.0
    reason: str = ""
    made: str = ""


def of_value(
    place: Place, number: Number, figure: Figure, *, confidence: float, reason: str = "words",
    others: Sequence[Figure] = (),
) -> Finding:  # fmt: skip
    """A number that is a figure."""
    verdict = EQUAL if number.is_equal(figure.value) else ROUNDED
    return Finding(place, number, verdict, figure.value, figure, others, confidence, reason)


def differing(
    place: Place, number: Number, figure: Figure, *, confidence: float, reason: str = "differs",
    others: Sequence[Figure] = (),
) -> Finding:  # fmt: skip
    """A number that should be a figure and differs from it."""
    return Finding(place, number, CONTRADICTED, figure.value, figure, others, confidence, reason)


def none_of(place: Place, number: Number, found: Sequence[Figure], *, confidence: float) -> Finding:
    """A number that differs from all figures like the first; the nearest is what it should be."""
    alike = [f for f in found if f.is_like(found[0])]
    figure = min(alike, key=lambda f: abs(f.value - (number.value or 0.0)))
    others = [f for f in alike if f.group != figure.group][:1]
    return differing(place, number, figure, confidence=confidence, others=others)


def unclear(
    place: Place, number: Number, figure: Figure, others: Sequence[Figure] = (), *,
    confidence: float = 0.4, reason: str = "several",
) -> Finding:  # fmt: skip
    """A number that equals a figure which its words do not clearly name."""
    return Finding(place, number, AMBIGUOUS, None, figure, others, confidence, reason)


def none_like(place: Place, number: Number) -> Finding:
    """A number that fits no figure."""
    return Finding(place, number, NOT_DERIVABLE, confidence=0.5, reason="none")
