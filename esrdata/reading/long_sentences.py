"""Sentences that nobody writes: they are read in parts, so that time grows with the text."""

from collections.abc import Iterator


def parts(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """A sentence at a place; one of more characters in parts, cut at the last space before.

    Parameters
    ----------
    text
        Holds the sentence at ``start:end``.
    most
        The most characters of a part.

    Yields
    ------
    tuple
        The place of each part in the text; most sentences are one part.
    """
    while end - start > most:
        space = max(text.rfind(sign, start + 1, start + most) for sign in " \n\t")
        cut = space if space > 0 else start + most
        yield start, cut
        start = cut
    yield start, end
