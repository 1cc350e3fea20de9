"""How far the reader of claims looks, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Distances and bounds in reading claims.

    Attributes
    ----------
    words_ahead
        So many words may stand between a number and the noun it counts.
    words_back
        So many words may stand between a noun and the number behind it.
    words_share
        A noun that makes a share of a number without a sign stands so close in front of it.
    words_part
        So many words may stand between a part and what it is of (*kaksi kolmesta … vastaajasta*).
    goal_reach
        So many characters before a claim tell whether it is a goal itself (*tavoite oli 60*).
    denied_reach
        So many characters before a claim tell whether it is of what was not done.
    most_named
        Numbers behind a plural up to this one may tell which ones (*moduulit 1–3*).
    qualifier_reach
        So many characters before a number hold all that qualifies it.
    least_euros
        A smaller number behind a sum may be of something else than euros.
    longest
        A sentence with more characters is read in parts: it is a table or a list without marks.
    longest_word
        Longer than any compound.
    never_reach, year_reach
        Characters around a digit, and before a year, that patterns of what is no quantity reach.
    """

    words_ahead: int = 5
    words_back: int = 9
    words_share: int = 4
    words_part: int = 3
    goal_reach: int = 40
    denied_reach: int = 60
    most_named: int = 12
    qualifier_reach: int = 40
    least_euros: int = 1_000
    longest: int = 2_000
    longest_word: int = 200
    never_reach: int = 60
    year_reach: int = 24


SETTINGS = Settings()
