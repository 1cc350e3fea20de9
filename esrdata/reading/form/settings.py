"""The thresholds by which descriptions are found and read, all in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What a form needs to be seen on a page, and what its parts are worth there."""

    # labels_near, near: a label of the project code opens a description where so many other labels
    # of the first section stand on so many full lines below it; prose that mentions the label has
    # none.
    labels_near: int = 2
    near: int = 8
    code_length: int = 6  # signs behind that label that must be a project code
    # So many headings of a form are more than chance in a page without a project code.
    part_of_a_form: int = 3
    labels_of_form: int = 12  # so many of its labels, anywhere in a text, are more than chance
    heading: float = 2.0  # worth of a heading or title; a label is worth 1
    apart: float = 0.1  # worth of a blank line above or below a heading
    unexplained: float = -0.5  # worth of a line that nothing explains: it counts against a reading
    # Cost of one more description in a document: where another form is to begin within what one
    # form may read whole, it must explain more than this.
    another: float = 4.0
    # Two readings whose worth differs by less explain a page equally well. Worths are sums of a few
    # small numbers.
    tie: float = 1e-9
    # A section whose heading was lost is taken to stand where more than this share of the labels
    # that only it has do.
    implying: float = 2 / 3
    # fitting, filled, alone: worth of a label among free text with a value that it asks for, with
    # some value, and alone.
    fitting: float = 3.0
    filled: float = 2.0
    alone: float = 1.0
    # longest_odd_value, words_of_odd_value: signs and words of the longest thing that is put in the
    # place of a value; more is prose.
    longest_odd_value: int = 12
    words_of_odd_value: int = 3
    most_gaps: int = 12  # values side by side with more spaces among them are not taken apart
    # No project has a larger sum: of two ways to take a line apart, one with such a sum is none.
    largest_beside: float = 1e9
    tail: int = 40  # so many lines at the end of a description may be of its site or a letter
    short_line: int = 60  # a line of places with fewer signs ends a name where it ends
    label_words: int = 12  # of a draft of a form: more words before a colon are prose and no label
    # banner, banner_line: of a draft of a form: so many lines above the first heading, each of so
    # many characters, may be of the form itself.
    banner: int = 4
    banner_line: int = 80
    # behind, enough: a page has its values below its labels where fewer than this share of its
    # labels, of which there must be so many, have something behind them.
    behind: float = 0.25
    enough: int = 5


SETTINGS = Settings()
