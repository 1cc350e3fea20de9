"""Basic forms that a dictionary does not give, where a word has two."""

from collections.abc import Callable

from esrdata.knowledge import load


class SecondReadings:
    """The further basic forms of words of a language, by `readings.yml`.

    Parameters
    ----------
    lang
        The language.
    knows
        Whether the dictionary holds a word.
    """

    def __init__(self, lang: str, knows: Callable[[str], bool]) -> None:
        of = load.readings().get(lang, {"endings": {}, "words": {}})
        self._endings: dict[str, list[str]] = of["endings"]
        self._words = {form: base for base, forms in of["words"].items() for form in forms}
        self._longest = max(map(len, self._endings), default=0)
        self._knows = knows

    def __call__(self, word: str) -> list[str]:
        """The basic forms of a word besides the one that the dictionary gives."""
        if word in self._words:
            return [self._words[word]]
        found = []
        for long in range(1, self._longest + 1):
            for end in self._endings.get(word[-long:], ()):
                base = word[:-long] + end
                if self._knows(base):
                    found.append(base)
        return found
