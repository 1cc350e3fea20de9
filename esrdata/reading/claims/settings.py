"""How far the reader of claims looks, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Distances and bounds in reading claims."""

    words_ahead: int = 5  # so many words may stand between a number and the noun it counts
    words_back: int = 9  # and so many between a noun and the number behind it
    words_share: int = 4  # a noun that makes a share of a number stands so close in front of it
    # So many words may stand between a part and what it is of (kaksi kolmesta … vastaajasta).
    words_part: int = 3
    # So many characters before a claim tell whether it is a goal itself (tavoite oli 60), and
    # whether it is of what was not done.
    goal_reach: int = 40
    denied_reach: int = 60
    most_named: int = 12  # numbers behind a plural up to this may tell which ones (moduulit 1–3)
    qualifier_reach: int = 40  # so many characters before a number hold all that qualifies it
    least_euros: int = 1_000  # a smaller number behind a sum may be of something else than euros
    longest: int = 2_000  # a longer sentence is read in parts: a table, or a list without marks
    longest_word: int = 200  # longer than any compound
    # Characters around a digit, and before a year, that patterns of what is no quantity reach.
    never_reach: int = 60
    year_reach: int = 24


SETTINGS = Settings()
